package claims

import (
	"math"
	"strings"

	"counterclaim/nlp/lexicon"
)

// Who tells whose a token is: that of whoever speaks, of another party of the
// case, of some other name, or of none.
type Who uint8

// Whose a token can be.
const (
	Nobody Who = iota
	Speaker
	Rival
	Other
)

var called = [...]string{Speaker: "speaker", Rival: "other party", Other: "name"}

// Traits are what the type of the claim in tokens [from, to) may be seen by,
// each with a name that a person can read: its words and those around it, its
// predicate, who does what, tense, modals, what it is embedded in. a is what
// Analyse says of it, who has one entry for each token.
func (t *Tree) Traits(from, to int, a *Analysis, who []Who) []string {
	out := make([]string, 0, 192)
	seen := make(map[string]bool, 192)
	add := func(parts ...string) {
		name := strings.Join(parts, "")
		if !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	t.wording(from, to, add)
	t.setting(from, to, who, add)
	if a.Head < 0 {
		return out
	}
	h := a.Head
	head := t.tokens[h]
	lemma := t.lemma(h)
	class := t.class(h)
	add("tag ", head.XPOS)
	add("relation ", head.Rel)
	add("head ", lemma)
	if s := t.sense(h); s != "" {
		add("sense ", s)
	}
	if class != "" {
		add("act ", class)
	}
	switch p := lexicon.Polarity(lemma, letter(head.UPOS)); {
	case p > 0.2:
		add("good head")
	case p < -0.2:
		add("bad head")
	}
	modal := a.Modal
	if modal == "" {
		modal = "no modal"
	}
	negative := "affirmed"
	if a.Negative {
		negative = "denied"
	}
	add("modal ", modal)
	add(degrees[a.Certainty])
	add(negative)
	add("modal ", modal, ", ", negative)
	t.subjectTraits(h, modal, class, who, add)
	for _, k := range t.kids[h] {
		rel, word := t.rel(k), t.lemma(k)
		add("has ", rel)
		switch rel {
		case "aux", "cop", "mark", "obl", "xcomp", "ccomp", "advmod", "nmod", "acl":
			add(rel, " ", word)
		case "obj":
			add(rel, " ", word)
			add("object sense ", t.sense(k))
			if w := called[who[k]]; w != "" {
				word = w
			}
			add(lemma, " the ", word)
		}
	}
	if u := t.up(h); u >= 0 {
		add("under ", t.lemma(u))
		add("under act ", t.class(u))
		add("as ", head.Rel, " of ", t.tokens[u].UPOS)
	}
	return out
}

var degrees = [...]string{Certain: "certain", Probable: "probable", Possible: "possible", Hypothetical: "hypothetical"}

// subjectTraits say who or what the predicate is said of.
func (t *Tree) subjectTraits(h int, modal, class string, who []Who, add func(...string)) {
	s := t.kid(h, "nsubj", "csubj")
	if s < 0 {
		add("no subject")
		return
	}
	word := t.lemma(s)
	subject := t.tokens[s].UPOS
	switch {
	case who[s] != Nobody:
		subject = called[who[s]]
	case subject == "PRON" && first[strings.ToLower(t.tokens[s].Text)]:
		subject = "we"
	case subject == "PRON":
		subject = word
	}
	add("subject ", subject)
	add("subject ", subject, ", modal ", modal)
	add("subject ", subject, ", act ", class)
	add("subject ", subject, ", tag ", t.tokens[h].XPOS)
	add("subject ", subject, ", head ", t.lemma(h))
	if t.tokens[s].UPOS == "NOUN" {
		add("subject word ", word)
		add("subject sense ", t.sense(s))
	}
}

// first are the pronouns by which a party speaks of itself.
var first = map[string]bool{"i": true, "we": true, "our": true, "us": true, "my": true, "me": true, "ours": true, "ourselves": true}

// wording names the words of a claim and those around it.
func (t *Tree) wording(from, to int, add func(...string)) {
	word := func(i int) string {
		switch {
		case i < 0:
			return "<"
		case i >= len(t.tokens):
			return ">"
		}
		return digits(strings.ToLower(t.tokens[i].Text))
	}
	lemma := func(i int) string { return digits(t.lemma(i)) }
	before, was := "<", ""
	for i := from; i < to; i++ {
		w, l := word(i), lemma(i)
		add("word ", l)
		add("words ", before, " ", w)
		if i > from {
			add("lemmas ", was, " ", l)
		}
		before, was = w, l
	}
	add("words ", before, " >")
	add("begins ", word(from))
	add("before it ", word(from-1))
	add("after it ", word(to))
	for i := range t.tokens {
		if i < from || i >= to {
			add("beside it ", lemma(i))
		}
	}
}

// setting says how the claim lies in its sentence, and what it is about.
func (t *Tree) setting(from, to int, who []Who, add func(...string)) {
	good, bad, sum := false, false, 0.0
	for i := from; i < to; i++ {
		if who[i] != Nobody {
			add("names ", called[who[i]])
		}
		tok := t.tokens[i]
		p := lexicon.Polarity(t.lemma(i), letter(tok.UPOS))
		good, bad, sum = good || p > 0.3, bad || p < -0.3, sum+p
		if lexicon.Booster(t.lemma(i)) {
			add("insists")
		}
		switch tok.XPOS {
		case "JJS", "RBS":
			add("superlative")
		}
		switch t.marks[i] {
		case When:
			add("has a time")
		case Amount:
			add("has an amount")
		case Place:
			add("has a place")
		case None, Person, Group:
		}
	}
	if good {
		add("good words")
	}
	if bad {
		add("bad words")
	}
	add("good and bad ", sign(sum))
	if t.tokens[len(t.tokens)-1].Text == "?" {
		add("question")
	}
	add("long ", sign(math.Log2(float64(to-from+1))))
	if from == 0 {
		add("first in its sentence")
	}
	if to >= len(t.tokens)-1 {
		add("last in its sentence")
	}
}

// sign writes a small number by its halves.
func sign(x float64) string {
	n := int(math.Round(2 * max(-2, min(4, x))))
	switch {
	case n < 0:
		return strings.Repeat("-", -n)
	case n > 0:
		return strings.Repeat("+", n)
	}
	return "0"
}

// digits puts every number of as many digits in one form.
func digits(w string) string {
	if !strings.ContainsAny(w, "0123456789") {
		return w
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0'
		}
		return r
	}, w)
}

func letter(upos string) byte {
	switch upos {
	case "NOUN":
		return 'n'
	case "VERB":
		return 'v'
	case "ADJ":
		return 'a'
	case "ADV":
		return 'r'
	}
	return 0
}

func (t *Tree) sense(i int) string {
	if l := letter(t.tokens[i].UPOS); l != 0 {
		return lexicon.Supersense(t.lemma(i), l)
	}
	return ""
}

// class of acts that a verb, or a noun made from one, names.
func (t *Tree) class(i int) string {
	verb := t.lemma(i)
	switch t.tokens[i].UPOS {
	case "VERB":
	case "NOUN":
		if v := lexicon.Family(verb, 'n'); v != verb {
			verb = v
			break
		}
		return ""
	default:
		return ""
	}
	c, _ := lexicon.ClassOf(verb)
	return string(c)
}
