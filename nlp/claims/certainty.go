package claims

import (
	"strings"

	"counterclaim/nlp/lexicon"
)

func (t *Tree) modal(h int) string {
	for _, k := range t.kids[h] {
		if t.tokens[k].XPOS == "MD" {
			switch w := strings.ToLower(t.tokens[k].Text); w {
			case "'ll", "’ll", "wo":
				return "will"
			case "ca":
				return "can"
			case "'d", "’d":
				return "would"
			default:
				return w
			}
		}
	}
	// "could" reaches a coordinated verb without an auxiliary: "may seize and sell".
	if u := t.up(h); u >= 0 && t.rel(h) == "conj" && t.tokens[h].XPOS == "VB" && t.kid(h, "aux", "nsubj") < 0 && t.tokens[u].XPOS == "VB" {
		for _, k := range t.kids[u] {
			if t.tokens[k].XPOS == "MD" {
				return strings.ToLower(t.tokens[k].Text)
			}
		}
	}
	return ""
}

// certainty tells how surely the predicate is asserted: conditions,
// questions, demands and purposes are not; hedges on it or over it lower it.
func (t *Tree) certainty(a *Analysis) Certainty {
	c := Certain
	h := a.Head
	for _, k := range t.kids[h] {
		if t.rel(k) == "advmod" || t.rel(k) == "discourse" {
			c = max(c, hedge(t.lemma(k)))
		}
	}
	if a.Question || t.conditional(h) || t.imperative(h) {
		return Hypothetical
	}
	if t.kid(h, "xcomp") >= 0 {
		c = max(c, hedge(t.lemma(h))) // "appears to have sunk"
	}
	switch a.Modal {
	case "may", "might", "could":
		c = max(c, Possible)
	case "would":
		return Hypothetical
	}
	for i, n := h, 0; n < 3; n++ {
		u := t.up(i)
		if u < 0 {
			break
		}
		switch t.rel(i) {
		case "conj":
			i = u
			continue
		case "xcomp", "ccomp", "csubj", "acl":
			// A hedging word above: "appears to have fallen", "it is likely that".
			if t.rel(i) != "acl" || t.finite(i) {
				c = max(c, hedge(t.lemma(u)))
			}
			if t.asked(u, i) || t.rel(i) == "acl" && t.lemma(u) == "order" && t.marked(i, "to") {
				return Hypothetical
			}
		case "advcl":
			if t.marked(i, "to") && !t.finite(i) {
				return Hypothetical // a purpose
			}
		}
		break
	}
	return c
}

func hedge(word string) Certainty {
	switch lexicon.Hedge(word) {
	case "possible":
		return Possible
	case "probable":
		return Probable
	}
	return Certain
}

// conditional reports whether the predicate, or a clause that it stands in,
// is a condition: "if", "unless", "whether", "had he known", "should it fail".
func (t *Tree) conditional(h int) bool {
	for i, n := h, 0; i >= 0 && n < 4; n++ {
		subject := t.kid(i, "nsubj")
		for _, k := range t.kids[i] {
			switch l := t.lemma(k); t.rel(k) {
			case "mark", "advmod":
				if (l == "if" || l == "unless" || l == "whether" || l == "lest" || l == "provided") && t.rel(k) == "mark" {
					return true
				}
			case "aux", "cop":
				first := k == 0 || t.tokens[k-1].UPOS == "PUNCT" || t.tokens[k-1].UPOS == "CCONJ"
				w := strings.ToLower(t.tokens[k].Text)
				if first && subject > k && !t.comma(k, subject) && (w == "should" || w == "had" || w == "were") && t.tokens[len(t.tokens)-1].Text != "?" {
					return true
				}
			}
		}
		if r := t.rel(i); r != "conj" && r != "xcomp" {
			break
		}
		i = t.up(i)
	}
	return false
}

// imperative reports whether a predicate is a command: a bare verb without a
// subject at the root of the sentence.
func (t *Tree) imperative(h int) bool {
	if t.tokens[h].XPOS != "VB" || t.up(h) >= 0 || t.kid(h, "nsubj", "csubj", "expl", "mark") >= 0 {
		return false
	}
	for _, k := range t.kids[h] {
		if t.rel(k) == "aux" && t.lemma(k) != "do" {
			return false
		}
	}
	return true
}

// asked reports whether what u governs, at i, is wanted, asked, planned or
// threatened, and so not asserted.
func (t *Tree) asked(u, i int) bool {
	if s, ok := t.signature(u, i); ok {
		if s.Affirmed == lexicon.True || s.Affirmed == lexicon.False || s.Affirmed != lexicon.Open && hedge(t.lemma(u)) != Certain {
			return false
		}
		if t.marked(i, "to") {
			return true
		}
	}
	// "demands that it hand over": a bare verb in a clause with a subject
	if t.kid(i, "nsubj") < 0 || t.tokens[i].XPOS != "VB" && t.bare(i) != "be" && !t.subjunctive(i) {
		return false
	}
	for _, k := range t.kids[i] {
		if t.rel(k) == "aux" && t.lemma(k) != "be" || t.rel(k) == "aux" && t.tokens[k].XPOS != "VB" {
			return false
		}
	}
	return t.rel(i) == "ccomp" || t.rel(i) == "acl" || t.rel(i) == "csubj"
}

// subjunctive reports whether a verb has the form of the plural after one
// thing: "that the company pay".
func (t *Tree) subjunctive(i int) bool {
	if t.tokens[i].XPOS != "VBP" {
		return false
	}
	s := t.kid(i, "nsubj")
	switch t.tokens[s].XPOS {
	case "NN", "NNP":
		return t.kid(s, "conj") < 0 && t.marks[s] != Group
	case "PRP":
		l := t.lemma(s)
		return l == "he" || l == "she" || l == "it"
	}
	return false
}

// bare is the auxiliary or copula of a predicate in its base form.
func (t *Tree) bare(i int) string {
	for _, k := range t.kids[i] {
		if r := t.rel(k); (r == "aux" || r == "cop") && t.tokens[k].XPOS == "VB" {
			return t.lemma(k)
		}
	}
	return ""
}
