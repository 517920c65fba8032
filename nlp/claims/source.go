package claims

import (
	"slices"
	"sort"

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
// the words that name a source. What reports lies outside of the claim.
// A source that is the speaker himself ("we have said that") is for the
// caller to tell.
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
		if t.rel(k) == "parataxis" && t.reports(k) && (k < from || k >= to) {
			add(t.speaker(k))
		}
	}
	// A reporting word over the claim's head.
	for i, n := h, 0; n < 12; n++ {
		u := t.up(i)
		if u < 0 {
			break
		}
		switch t.rel(i) {
		case "ccomp", "parataxis", "acl", "csubj", "xcomp":
			if (u < from || u >= to) && t.reports(u) {
				add(t.speaker(u))
			}
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
			}
		}
		if content == none {
			continue
		}
		s := t.speaker(i)
		if s == none && t.tokens[i].UPOS == "VERB" && t.kid(i, "ccomp") < 0 {
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
	slices.SortStableFunc(out, func(a, b Attribution) int { return a.Cue - b.Cue })
	return out
}

// reported is what verb i presents as said, thought, wanted or judged; none
// if it presents nothing.
func (t *Tree) reported(i int) [2]int {
	l := t.lemma(i)
	sense := lexicon.Supersense(l, 'v')
	class, _ := lexicon.ClassOf(l)
	says := lexicon.Reporting(l) || sense == "verb.communication"
	judges := class == lexicon.Appeal || class == lexicon.Insist || class == lexicon.Disapprove || class == lexicon.Reject || class == lexicon.Threaten
	if !says && !judges && sense != "verb.cognition" && sense != "verb.emotion" {
		return none
	}
	if k := t.kid(i, "ccomp", "csubj"); k >= 0 {
		return t.clause(k)
	}
	if k := t.kid(i, "xcomp"); k >= 0 {
		return t.clause(k)
	}
	if !says && !judges {
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

// voice reports whether a noun can say something: people and bodies of people,
// and what they write.
func (t *Tree) voice(h int) bool {
	return t.animate(h) || t.tokens[h].UPOS == "PROPN" && t.marks[h] == None || t.tokens[h].UPOS == "NOUN" && lexicon.Supersense(t.lemma(h), 'n') == "noun.communication"
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
