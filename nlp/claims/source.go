package claims

import (
	"counterclaim/nlp/lexicon"
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
// cues.
func (t *Tree) Attributions() []Attribution {
	var out []Attribution
	for i := range t.tokens {
		if !t.reports(i) {
			continue
		}
		content := none
		noun := t.tokens[i].UPOS == "NOUN"
		if k := t.kid(i, "ccomp", "csubj"); k >= 0 && !noun {
			content = t.clause(k)
		} else if k := t.kid(i, "acl"); noun && k >= 0 && (t.marked(k, "that") || t.marked(k, "to")) {
			content = t.clause(k)
		} else if k := t.kid(i, "xcomp"); k >= 0 && !noun {
			content = t.clause(k)
		} else if u := t.up(i); u >= 0 && t.rel(i) == "parataxis" && !noun {
			content = t.clause(u)
		} else if k := t.kid(i, "parataxis"); k >= 0 && !noun {
			content = t.clause(k)
		} else if k := t.kid(i, "obj"); k >= 0 && !noun && t.marks[k] != When {
			content = t.phrase(k)
		}
		if content == none {
			continue
		}
		s := t.speaker(i)
		if s != none {
			h := t.Head(s)
			if h >= 0 && !t.animate(h) && lexicon.Supersense(t.lemma(h), 'n') != "noun.communication" && t.kid(i, "ccomp", "parataxis") < 0 {
				continue
			}
		} else if !noun && t.kid(i, "ccomp") < 0 {
			continue
		}
		out = append(out, Attribution{Source: s, Cue: i, Content: content})
	}
	return append(out, t.according()...)
}
