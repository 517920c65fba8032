package claims

import (
	"strings"
	"testing"

	"counterclaim/nlp/syntax"
)

// tree parses a sentence; the words of marked are marked in it.
func tree(sentence string, marked map[string]Mark) *Tree {
	tokens := syntax.Tokenize(sentence, 0)
	syntax.Parse(tokens)
	marks := make([]Mark, len(tokens))
	for words, m := range marked {
		start := strings.Index(sentence, words)
		for i, t := range tokens {
			if start >= 0 && t.Start >= start && t.End <= start+len(words) {
				marks[i] = m
			}
		}
	}
	return NewTree(tokens, marks)
}

// rangeOf gives the tokens of the first run of words in the sentence; of the
// whole sentence without its last mark if words is empty.
func rangeOf(t *testing.T, tr *Tree, sentence, words string) (from, to int) {
	t.Helper()
	if words == "" {
		words = strings.TrimRight(sentence, ".!?")
	}
	start := strings.Index(sentence, words)
	if start < 0 {
		t.Fatalf("%q is not in %q", words, sentence)
	}
	for i, tok := range tr.tokens {
		if tok.Start < start {
			from = i + 1
		}
		if tok.Start < start+len(words) {
			to = i + 1
		}
	}
	return from, to
}

func (t *Tree) words(sentence string, r [2]int) string {
	if r[0] < 0 {
		return ""
	}
	return sentence[t.tokens[r[0]].Start:t.tokens[r[1]-1].End]
}

// Each row is one class of errors that was found by reading claims.
func TestAnalyse(t *testing.T) {
	when := func(words string) map[string]Mark { return map[string]Mark{words: When} }
	place := func(words string) map[string]Mark { return map[string]Mark{words: Place} }
	for _, c := range []struct {
		sentence, claim                             string
		marks                                       map[string]Mark
		actor, predicate, patient, recipient, where string
	}{
		{sentence: "The crew opened the gates.", actor: "The crew", predicate: "open", patient: "the gates"},
		{sentence: "The gates were opened by the crew.", actor: "the crew", predicate: "open", patient: "The gates"},
		// A measure or a time behind "by" is no actor.
		{sentence: "The wall was overtopped by two metres.", marks: map[string]Mark{"two metres": Amount}, predicate: "overtop", patient: "The wall"},
		{sentence: "The road was closed by noon.", marks: when("noon"), predicate: "close", patient: "The road"},
		// A date is no place.
		{sentence: "The envoys visited the dam on 16 August.", marks: when("16 August"), actor: "The envoys", predicate: "visit", patient: "the dam"},
		{sentence: "The soldiers stood near the bridge.", actor: "The soldiers", predicate: "stand", where: "the bridge"},
		{sentence: "Rebels burned two houses in Varnel.", marks: place("Varnel"), actor: "Rebels", predicate: "burn", patient: "two houses", where: "Varnel"},
		// Nor is whoever did it, or whom it was asked of.
		{sentence: "The regime was created by Ostria.", marks: place("Ostria"), actor: "Ostria", predicate: "create", patient: "The regime"},
		{sentence: "Melia calls on Ostria to withdraw its troops.", marks: place("Ostria"), actor: "Melia", predicate: "call on", recipient: "Ostria", patient: "to withdraw its troops"},
		// Particles, and verbs that govern others.
		{sentence: "The bridge was swept away.", predicate: "sweep away", patient: "The bridge"},
		{sentence: "The army began to shell the town.", actor: "The army", predicate: "begin to shell", patient: "the town"},
		{sentence: "The company refused to publish the report.", actor: "The company", predicate: "refuse to publish", patient: "the report"},
		// Recipients.
		{sentence: "The council gave them money.", actor: "The council", predicate: "give", patient: "money", recipient: "them"},
		{sentence: "The mission sent a letter to the minister.", actor: "The mission", predicate: "send", patient: "a letter", recipient: "the minister"},
		{sentence: "The villagers were offered a house.", predicate: "offer", patient: "a house", recipient: "The villagers"},
		{sentence: "We asked the media to leave.", actor: "We", predicate: "ask", recipient: "the media", patient: "to leave"},
		// What a relative pronoun stands for.
		{sentence: "They shelled the village, which was empty.", claim: "which was empty", actor: "the village", predicate: "empty"},
		{sentence: "The blast, which killed six civilians, was heard in the city.", claim: "which killed six civilians", actor: "The blast", predicate: "kill", patient: "six civilians"},
		// Subjects of coordinated and dependent predicates.
		{sentence: "The guards closed the gate and arrested the driver.", claim: "arrested the driver", actor: "The guards", predicate: "arrest", patient: "the driver"},
		{sentence: "The troops crossed the river, ignoring the warnings.", claim: "ignoring the warnings", actor: "The troops", predicate: "ignore", patient: "the warnings"},
		// Nouns of action.
		{sentence: "We note the withdrawal of the armed forces from Lachin.", claim: "the withdrawal of the armed forces from Lachin", marks: place("Lachin"), actor: "the armed forces", predicate: "withdrawal", where: "Lachin"},
		{sentence: "They ended the occupation of the territories.", claim: "the occupation of the territories", predicate: "occupation", patient: "the territories"},
		{sentence: "We condemn the killing of the hostages by the rebels.", claim: "the killing of the hostages by the rebels", actor: "the rebels", predicate: "killing", patient: "the hostages"},
		// Coordinated phrases stay whole.
		{sentence: "Six civilians and two officers were killed.", predicate: "kill", patient: "Six civilians and two officers"},
	} {
		tr := tree(c.sentence, c.marks)
		from, to := rangeOf(t, tr, c.sentence, c.claim)
		a := tr.Analyse(from, to)
		for _, f := range []struct{ what, got, want string }{
			{"actor", tr.words(c.sentence, a.Actor), c.actor},
			{"predicate", a.Predicate, c.predicate},
			{"patient", tr.words(c.sentence, a.Patient), c.patient},
			{"recipient", tr.words(c.sentence, a.Recipient), c.recipient},
			{"place", tr.words(c.sentence, a.Place), c.where},
		} {
			if f.got != f.want {
				t.Errorf("%q: %s %q, want %q", c.sentence, f.what, f.got, f.want)
			}
		}
	}
}

func TestPolarity(t *testing.T) {
	for _, c := range []struct {
		sentence, claim string
		negative        bool
	}{
		{"The army did not fire.", "", true},
		{"No one was hurt.", "", true},
		{"The company received no notice.", "", true},
		{"Nobody warned the villagers.", "", true},
		{"At no time did the river rise.", "", true},
		{"The operator failed to warn the villagers.", "", true},
		{"The minister refused to resign.", "", true},
		{"The minister managed to escape.", "", false},
		{"They left without paying the workers.", "without paying the workers", true},
		{"They left without paying the workers.", "They left", false},
		{"The ship left without delay.", "", false},
		{"Not only the bridge was damaged.", "", false},
		{"The report was published no later than Monday.", "", false},
		{"They did not warn or help the villagers.", "help the villagers", true},
		{"The ministry denied that the army had fired.", "the army had fired", true},
		{"The ministry denied that the army had fired.", "", false},
		{"The driver never stopped.", "", true},
		{"The army fired.", "", false},
	} {
		tr := tree(c.sentence, nil)
		from, to := rangeOf(t, tr, c.sentence, c.claim)
		if got := tr.Analyse(from, to).Negative; got != c.negative {
			t.Errorf("%q in %q: negative is %v", c.claim, c.sentence, got)
		}
	}
}

func TestCertainty(t *testing.T) {
	for _, c := range []struct {
		sentence, claim string
		want            Certainty
	}{
		{"The bridge collapsed.", "", Certain},
		{"The bridge probably collapsed.", "", Probable},
		{"The bridge may have collapsed.", "", Possible},
		{"The bridge appears to have collapsed.", "have collapsed", Probable},
		{"Did the bridge collapse?", "", Hypothetical},
		{"If the bridge collapses, the town will flood.", "If the bridge collapses", Hypothetical},
		{"If the bridge collapses, the town will flood.", "the town will flood", Certain},
		{"Had we known this, we would have left.", "Had we known this", Hypothetical},
		{"Should the talks fail, we will go to court.", "we will go to court", Certain},
		{"Release the prisoners now.", "", Hypothetical},
		{"We demand that the company pay the workers.", "the company pay the workers", Hypothetical},
		{"The army crossed the river to take the town.", "to take the town", Hypothetical},
		{"They want to leave the country.", "to leave the country", Hypothetical},
	} {
		tr := tree(c.sentence, nil)
		from, to := rangeOf(t, tr, c.sentence, c.claim)
		if got := tr.Analyse(from, to).Certainty; got != c.want {
			t.Errorf("%q in %q: %d, want %d", c.claim, c.sentence, got, c.want)
		}
	}
}

func TestSources(t *testing.T) {
	for _, c := range []struct{ sentence, claim, want string }{
		{"The mission said that the bridge had collapsed.", "the bridge had collapsed", "The mission"},
		{"The bridge had collapsed, the mission said.", "The bridge had collapsed", "the mission"},
		{"According to the mission, the bridge had collapsed.", "the bridge had collapsed", "the mission"},
		{"The bridge had collapsed, according to two witnesses.", "The bridge had collapsed", "two witnesses"},
		{"The minister's claim that the bridge collapsed is false.", "the bridge collapsed", "The minister"},
		{"The mission says that the minister claims that the bridge collapsed.", "the bridge collapsed", "the minister; The mission"},
		{"The bridge had collapsed.", "The bridge had collapsed", ""},
		{"“The bridge had collapsed, and nobody warned us,” the mayor told the council.", "nobody warned us", "the mayor"},
		{"The mayor told the council: “The bridge had collapsed. Nobody warned us.”", "Nobody warned us", "The mayor"},
		{"The army shelled the town that the rebels held.", "the rebels held", ""},
	} {
		tr := tree(c.sentence, nil)
		from, to := rangeOf(t, tr, c.sentence, c.claim)
		var got []string
		for _, s := range tr.Sources(from, to) {
			got = append(got, tr.words(c.sentence, s))
		}
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("%q in %q: %q, want %q", c.claim, c.sentence, g, c.want)
		}
	}
}

func TestAntecedent(t *testing.T) {
	for _, c := range []struct{ before, sentence, pronoun, want string }{
		{"The operator opened the gates.", "It had warned the villagers.", "It", "operator"},
		{"", "The soldiers said that they had left.", "they", "soldiers"},
		{"", "It is clear that the bridge collapsed.", "It", ""},
		{"The ministers met on Monday.", "They signed the treaty.", "They", "ministers"},
		{"", "The army withdrew its troops.", "its", "army"},
	} {
		tr := tree(c.sentence, nil)
		var before *Tree
		if c.before != "" {
			before = tree(c.before, nil)
		}
		i, _ := rangeOf(t, tr, c.sentence, c.pronoun)
		got := ""
		if in, head, ok := tr.Antecedent(before, i); ok {
			got = in.tokens[head].Text
		}
		if got != c.want {
			t.Errorf("%s %s: %q is %q, want %q", c.before, c.sentence, c.pronoun, got, c.want)
		}
	}
}

func TestAttributions(t *testing.T) {
	for _, c := range []struct{ sentence, source, cue, content string }{
		{"The mission said that it did not fire.", "The mission", "said", "it did not fire"},
		{"According to the ministry, the bridge was open.", "the ministry", "According", ""},
		{"The minister replied.", "The minister", "replied", ""},
		{"HALDEN: The bridge was open.", "HALDEN", ":", "The bridge was open ."},
		{"— Maria Lopez", "Maria Lopez", "—", ""},
		{"The union endorsed the plan on Friday.", "The union", "endorsed", "the plan"},
		{"They rejected the ministry's criticism of the strike.", "the ministry", "criticism", "the strike"},
		{"The mayor was accused of fraud.", "", "accused", "fraud"},
		{"The bridge was open.", "", "", ""},
		{"We said that the bridge was open.", "", "", ""},
	} {
		tr := tree(c.sentence, nil)
		words := func(r [2]int) string {
			if r == none {
				return ""
			}
			var w []string
			for _, tok := range tr.tokens[r[0]:r[1]] {
				w = append(w, tok.Text)
			}
			return strings.Join(w, " ")
		}
		found := c.cue == "" && len(tr.Attributions()) == 0
		var all []string
		for _, a := range tr.Attributions() {
			source, cue, content := words(a.Source), tr.tokens[a.Cue].Text, words(a.Content)
			all = append(all, source+" | "+cue+" | "+content)
			found = found || source == c.source && cue == c.cue && strings.Contains(content, c.content)
		}
		if !found {
			t.Errorf("%s: %q", c.sentence, all)
		}
	}
}

// Nothing panics on trees that are none, and every range lies in the sentence.
func FuzzTree(f *testing.F) {
	f.Add("The army shelled the town, the mission said.", uint8(0), uint8(9))
	f.Add("a b c d", uint8(3), uint8(1))
	f.Add("no no no . according to to", uint8(1), uint8(200))
	f.Fuzz(func(t *testing.T, text string, seed, to uint8) {
		tokens := syntax.Tokenize(text, 0)
		if len(tokens) == 0 || len(tokens) > 60 {
			return
		}
		syntax.Parse(tokens)
		if seed%2 == 1 { // any heads, cycles too
			for i := range tokens {
				tokens[i].Head = (i*int(seed)+int(to))%(len(tokens)+2) - 1
			}
		}
		tr := NewTree(tokens, nil)
		from := int(seed) % len(tokens)
		end := min(len(tokens), from+1+int(to)%9)
		a := tr.Analyse(from, end)
		rs := append([][2]int{a.Actor, a.Patient, a.Recipient, a.Place}, tr.Sources(from, end)...)
		for _, at := range tr.Attributions() {
			rs = append(rs, at.Source, at.Content)
		}
		for _, r := range rs {
			if r != none && (r[0] < 0 || r[0] >= r[1] || r[1] > len(tokens)) {
				t.Errorf("range %v of %d tokens", r, len(tokens))
			}
		}
		for i := range tokens {
			tr.Antecedent(tr, i)
		}
	})
}
