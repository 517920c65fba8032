package claims

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"counterclaim/nlp/lexicon"
	"counterclaim/nlp/syntax"
)

// Attribution is one thing that a sentence reports. Ranges are tokens.
type Attribution struct {
	Source  [2]int // words that name who says it; none where the sentence does not tell ("it was reported that")
	Cue     int    // the word that reports
	Content [2]int // what is said
}

// Sources finds who asserts the claim in tokens [from, to) when the sentence
// only reports it, from the nearest to the farthest: in "A says that B's claim
// that it rained is false" the rain is B's, reported by A. Each is the range of
// the words that name a source.
// A source that is the speaker himself ("we have said that") is for the
// caller to tell. Where the claim is all of "A says that it rained", A is its
// source.
func (t *Tree) Sources(from, to int) [][2]int {
	if from >= to {
		return nil
	}
	var out [][2]int
	add := func(s [2]int) {
		for _, o := range out {
			if o[0] < s[1] && s[0] < o[1] {
				return
			}
		}
		if s != none && (s[1] <= from || s[0] >= to || s[0] > from) {
			out = append(out, s)
		}
	}
	h := t.head(from, to)
	// "..., X said": the reporting verb hangs under the claim.
	for _, k := range t.kids[h] {
		if t.rel(k) == "parataxis" && t.reports(k) && (k < from || k >= to) && t.kid(k, "ccomp", "xcomp") < 0 && !t.apart(h, k) {
			add(t.speaker(k))
		}
	}
	// "X says that ..." as a whole: it is reported, too.
	if s := t.speaker(h); t.tells(h, from, to) && s != none && len(out) == 0 {
		out = append(out, s)
	}
	// A reporting word over the claim's head.
	for i, n := h, 0; n < 12; n++ {
		u := t.up(i)
		if u < 0 {
			break
		}
		if t.content(u, i) && (u < from || u >= to) && t.reports(u) {
			add(t.speaker(u))
		}
		i = u
	}
	if len(out) == 0 {
		if q := t.quotedAt(from, to); q != none {
			if v := t.quoter(q); v >= 0 {
				add(t.speaker(v))
			}
		}
	}
	for _, a := range t.according() {
		if a.Content[0] < to && from < a.Content[1] {
			add(a.Source)
		}
	}
	return out
}

// content reports whether what stands at i is what a word of saying at u
// presents, and not what it wants done or says by the way.
func (t *Tree) content(u, i int) bool {
	switch t.rel(i) {
	case "ccomp", "csubj":
		return true
	case "parataxis":
		return !t.apart(u, i) && lexicon.Supersense(t.lemma(u), 'v') == "verb.communication"
	case "acl":
		return t.nominal(u) && (t.marked(i, "that") || t.marked(i, "to"))
	case "xcomp":
		class, _ := lexicon.ClassOf(t.lemma(u))
		return class != lexicon.Appeal && class != lexicon.Insist
	}
	return false
}

// apart reports whether a mark stands between two clauses behind which another
// begins.
func (t *Tree) apart(a, b int) bool {
	for k := min(a, b) + 1; k < max(a, b); k++ {
		if t.tokens[k].Text == ";" {
			return true
		}
	}
	return false
}

// tells reports whether verb h, of the claim in tokens [from, to), is one of
// saying whose content lies in the claim as well.
func (t *Tree) tells(h, from, to int) bool {
	if t.tokens[h].UPOS != "VERB" || !t.reports(h) || lexicon.Supersense(t.lemma(h), 'v') != "verb.communication" || t.denied(h) {
		return false
	}
	if s := t.kid(h, "nsubj"); s >= 0 && !t.voice(s) {
		return false
	}
	k := t.kid(h, "ccomp")
	return k >= from && k < to && !t.marked(k, "to")
}

// reports reports whether a word presents what someone says or thinks.
func (t *Tree) reports(i int) bool {
	switch t.tokens[i].UPOS {
	case "VERB":
		return lexicon.Reporting(t.lemma(i))
	case "NOUN":
		l := t.lemma(i)
		if lexicon.Reporting(l) && lexicon.Supersense(l, 'n') == "noun.communication" {
			return true
		}
		v := lexicon.Family(l, 'n')
		return v != l && lexicon.Reporting(v) && (lexicon.Supersense(l, 'n') == "noun.communication" || lexicon.Supersense(l, 'n') == "noun.cognition")
	}
	return false
}

// speaker names who says what a reporting word presents: its subject, the
// agent of a passive, or the owner of a noun ("the Ministry's claim that").
func (t *Tree) speaker(i int) [2]int {
	if t.tokens[i].UPOS == "NOUN" {
		for _, k := range t.kids[i] {
			switch {
			case t.tokens[k].XPOS == "PRP$" || t.possessive(k):
				return t.owner(k)
			case t.rel(k) == "nmod" && (t.preposition(k) == "by" || t.preposition(k) == "of" || t.preposition(k) == "from") && t.animate(k):
				return t.phrase(k)
			}
		}
		if u := t.up(i); u >= 0 && t.rel(i) == "obj" && t.verbal(u) { // "made the claim that"
			return t.subjectOf(u)
		}
		return none
	}
	if t.passive(i) {
		for _, k := range t.kids[i] {
			if t.rel(k) == "obl" && t.preposition(k) == "by" {
				return t.phrase(k)
			}
		}
		return none
	}
	if t.tokens[i].XPOS == "VBN" || t.tokens[i].XPOS == "VBG" || t.kid(i, "nsubj") < 0 {
		if s := t.subjectOf(i); s != none {
			return s
		}
		return t.inherited(i)
	}
	return t.subjectOf(i)
}

// according finds "according to X", "in the words of X", "in X's view".
func (t *Tree) according() []Attribution {
	var out []Attribution
	n := len(t.tokens)
	for _, i := range t.accord {
		j := -1
		for _, h := range [...]int{t.tokens[i].Head, t.tokens[i+1].Head} {
			if h > i+1 && h < n && t.nominal(h) {
				j = h
				break
			}
		}
		if j < 0 {
			continue
		}
		s := t.phrase(j)
		s[0] = max(s[0], i+2)
		if s[0] >= s[1] {
			continue
		}
		// What is said is the clause that it stands on.
		over := t.up(j)
		for over >= 0 && !t.verbal(over) && t.up(over) >= 0 && t.kid(over, "nsubj", "cop") < 0 {
			over = t.up(over)
		}
		content := [2]int{0, n}
		if over >= 0 {
			content = t.clause(over)
		}
		out = append(out, Attribution{Source: s, Cue: i, Content: content})
	}
	return out
}

// Attributions finds everything that the sentence reports, in order of the
// cues: what people or documents say, think, want or judge.
func (t *Tree) Attributions() []Attribution {
	var out []Attribution
	for i := range t.tokens {
		content := none
		switch t.tokens[i].UPOS {
		case "VERB":
			content = t.reported(i)
		case "NOUN":
			if k := t.kid(i, "acl"); k >= 0 && t.reports(i) && (t.marked(k, "that") || t.marked(k, "to")) {
				content = t.clause(k)
			} else {
				content = t.topic(i)
			}
		}
		if content == none {
			if s := t.speaker(i); t.tokens[i].UPOS == "VERB" && t.elsewhere(i) && s != none {
				if h := t.Head(s); h >= 0 && !t.speech(h) && t.voice(h) {
					out = append(out, Attribution{Source: s, Cue: i, Content: none})
				}
			}
			continue
		}
		s := t.speaker(i)
		if s == none && t.tokens[i].UPOS == "VERB" && t.kid(i, "ccomp") < 0 && !(t.passive(i) && t.kid(i, "xcomp", "obl") >= 0) {
			continue
		}
		if h := t.Head(s); h >= 0 && (t.speech(h) || !t.voice(h) && t.kid(i, "ccomp", "parataxis") < 0) {
			continue
		}
		out = append(out, Attribution{Source: s, Cue: i, Content: content})
	}
	for _, q := range t.quoted { // "Pamela said" beside a quotation that the tree does not join to it
		v := t.quoter(q)
		if v >= 0 && slices.ContainsFunc(out, func(a Attribution) bool { return a.Cue == v }) {
			continue
		}
		if v >= 0 {
			out = append(out, Attribution{Source: t.speaker(v), Cue: v, Content: q})
		} else if n := q[1] - q[0]; n >= 3 && 2*n < len(t.tokens) { // the words of another in a sentence of one's own
			out = append(out, Attribution{Source: none, Cue: q[0], Content: q})
		}
	}
	out = append(out, t.according()...)
	if a, ok := t.labelled(); ok && len(out) == 0 {
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(a, b Attribution) int { return a.Cue - b.Cue })
	return out
}

// elsewhere reports whether verb i says something that stands in another sentence:
// "Clinton said.", "he continued:".
func (t *Tree) elsewhere(i int) bool {
	l := t.lemma(i)
	return lexicon.Reporting(l) && lexicon.Supersense(l, 'v') == "verb.communication" && t.kid(i, "nsubj") >= 0 && t.kid(i, "aux") < 0
}

// labelled finds who speaks in a sentence that begins with a name and a colon,
// as transcripts and headlines do: "WALLACE: Is that so?", or that is nothing
// but a dash and a name, as below a quotation.
func (t *Tree) labelled() (Attribution, bool) {
	n := len(t.tokens)
	i := 0
	for i < n && !startsWithLetter(t.tokens[i].Text) {
		i++
	}
	from := i
	for i < n && (t.tokens[i].UPOS == "PROPN" || t.marks[i] == Person || t.marks[i] == Group || i > from && t.tokens[i].Text == ".") {
		i++
	}
	if i == from && i < n && len(t.tokens[i].Text) > 2 && t.tokens[i].Text == strings.ToUpper(t.tokens[i].Text) { // "WALLACE"
		i++
	}
	switch {
	case i == from || i-from > 5:
		return Attribution{}, false
	case i+1 < n && t.tokens[i].Text == ":":
		return Attribution{Source: [2]int{from, i}, Cue: i, Content: [2]int{i + 1, n}}, true
	case from > 0 && dash(t.tokens[from-1].Text) && (i == n || quotes(t.tokens[i].Text)):
		return Attribution{Source: [2]int{from, i}, Cue: from - 1, Content: none}, true
	}
	return Attribution{}, false
}

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

func quotes(s string) bool {
	switch s {
	case `"`, "“", "„", "«", "``":
		return true
	}
	return false
}

func dash(s string) bool {
	switch s {
	case "—", "–", "―", "--", "-", "~":
		return true
	}
	return false
}

// topic is what a noun of saying or judging is about, where its owner is named:
// "the Foundation's estimate of growth", "her comments on the strike".
func (t *Tree) topic(i int) [2]int {
	l := t.lemma(i)
	v := lexicon.Family(l, 'n')
	class, _ := lexicon.ClassOf(v)
	if lexicon.Supersense(l, 'n') != "noun.communication" && !judging(class) || v == l && !lexicon.Reporting(l) {
		return none
	}
	if t.speaker(i) == none {
		return none
	}
	for _, k := range t.kids[i] {
		if t.rel(k) == "nmod" && k > i {
			switch t.preposition(k) {
			case "of", "on", "about", "for", "against", "to", "toward", "towards", "over":
				return t.phrase(k)
			}
		}
	}
	return none
}

// judging reports whether verbs of a class judge or demand something.
func judging(c lexicon.Class) bool {
	return c == lexicon.Appeal || c == lexicon.Insist || c == lexicon.Disapprove || c == lexicon.Reject || c == lexicon.Threaten
}

// reported is what verb i presents as said, thought, wanted or judged; none
// if it presents nothing.
func (t *Tree) reported(i int) [2]int {
	l := t.lemma(i)
	sense := lexicon.Supersense(l, 'v')
	class, _ := lexicon.ClassOf(l)
	says := lexicon.Reporting(l) || sense == "verb.communication"
	judges := judging(class)
	thinks := sense == "verb.cognition" || sense == "verb.emotion"
	if !says && !judges && !thinks && class != lexicon.Diplomacy {
		return none
	}
	stance := thinks || class == lexicon.Diplomacy // "fears the ban", "endorses the plan"
	if k := t.kid(i, "ccomp", "csubj"); k >= 0 {
		return t.clause(k)
	}
	if k := t.kid(i, "xcomp"); k >= 0 {
		return t.clause(k)
	}
	if !says && !judges && !(stance && t.kid(i, "nsubj") >= 0 && t.animate(t.kid(i, "nsubj"))) {
		return none
	}
	if u := t.up(i); u >= 0 && t.rel(i) == "parataxis" {
		return t.clause(u)
	}
	if k := t.kid(i, "parataxis", "obj"); k >= 0 && t.marks[k] != When {
		return t.clause(k)
	}
	for _, k := range t.kids[i] { // "called for a boycott"
		if t.rel(k) == "obl" && k > i && t.marks[k] != When {
			switch t.preposition(k) {
			case "for", "about", "of", "on", "against", "with", "to":
				return t.phrase(k)
			}
		}
	}
	return none
}

// speech reports whether a word names who speaks here, or is spoken to: what
// they say is not reported.
func (t *Tree) speech(h int) bool {
	switch t.lemma(h) {
	case "i", "we", "you", "let", "me", "us":
		return true
	}
	return false
}

// Unnamed reports whether a word names no source: who speaks here, nobody, or a
// relative pronoun.
func (t *Tree) Unnamed(h int) bool {
	return t.speech(h) || negatives[t.lemma(h)] || strings.HasPrefix(t.tokens[h].XPOS, "W")
}

// findings reports whether a word names what says something by what is written
// or found in it: a letter, a poll, an estimate.
func (t *Tree) findings(h int) bool {
	s := lexicon.Supersense(t.lemma(h), 'n')
	return s == "noun.communication" || s == "noun.cognition"
}

// voice reports whether a noun can say something: people and bodies of people,
// and what they write or find.
func (t *Tree) voice(h int) bool {
	return t.animate(h) || t.tokens[h].UPOS == "PROPN" && t.marks[h] == None || t.tokens[h].UPOS == "NOUN" && t.findings(h)
}

// quotations finds the ranges of tokens inside quotation marks. A quotation
// that is open at an end of the sentence goes on to there.
func quotations(tokens []syntax.Token) [][2]int {
	var out [][2]int
	open, closed := -1, false
	for i, tok := range tokens {
		starts, ends := false, false
		switch tok.Text {
		case "“", "„", "«", "``":
			starts = true
		case "”", "»", "''":
			ends = true
		case `"`:
			starts, ends = open < 0, open >= 0
		}
		switch {
		case starts && open < 0:
			open = i + 1
		case ends && open >= 0:
			if i > open {
				out = append(out, [2]int{open, i})
			}
			open, closed = -1, true
		case ends && !closed && len(out) == 0 && i > 0:
			out, closed = append(out, [2]int{0, i}), true
		}
	}
	if open >= 0 && open < len(tokens) {
		out = append(out, [2]int{open, len(tokens)})
	}
	return out
}

// quotedAt is the quotation that tokens [from, to) lie in.
func (t *Tree) quotedAt(from, to int) [2]int {
	k := sort.Search(len(t.quoted), func(i int) bool { return t.quoted[i][1] > from })
	if k < len(t.quoted) && t.quoted[k][0] <= from && to <= t.quoted[k][1]+1 && to-from >= 2 {
		return t.quoted[k]
	}
	return none
}

// beside is how far from a quotation the verb that reports it may stand.
const beside = 25

// quoter is the verb that reports a quotation: the nearest verb of saying
// outside of it that has a speaker; -1 for none.
func (t *Tree) quoter(q [2]int) int {
	for d := range beside {
		for _, i := range [...]int{q[1] + d, q[0] - 1 - d} {
			if i < 0 || i >= len(t.tokens) || t.tokens[i].UPOS != "VERB" || t.quotedAt(i, i+2) != none {
				continue
			}
			if l := t.lemma(i); lexicon.Reporting(l) && lexicon.Supersense(l, 'v') == "verb.communication" && t.kid(i, "nsubj") >= 0 {
				return i
			}
		}
	}
	return -1
}
