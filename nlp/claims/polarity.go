package claims

import (
	"strings"

	"counterclaim/nlp/lexicon"
)

// negatives are the words that deny what they stand on.
var negatives = map[string]bool{
	"not": true, "n't": true, "n’t": true, "never": true, "no": true, "nobody": true, "none": true,
	"nothing": true, "nowhere": true, "neither": true, "nor": true, "no-one": true,
	"hardly": true, "scarcely": true, "barely": true, "cannot": true, "nor yet": true,
}

// Negative reports whether a word denies what it stands on.
func Negative(word string) bool { return negatives[word] }

// negated reports whether the predicate is denied: by a negative word on it
// or on one of its arguments, by a word over it that implies that it is not
// so ("failed to", "denies that"), or by what it is coordinated with.
func (t *Tree) negated(h int) bool {
	odd := t.denied(h)
	if !odd && t.shared(h) {
		odd = t.denied(t.up(h))
	}
	// Words above: "failed to warn" denies the warning.
	for i, n := h, 0; n < 3; n++ {
		u := t.up(i)
		if u < 0 {
			break
		}
		switch t.rel(i) {
		case "xcomp", "ccomp", "csubj", "acl":
			if t.implied(u, i) {
				odd = !odd
			}
		case "conj":
			i = u
			continue
		}
		break
	}
	// The word itself, with what it governs in the claim: "refused to hand over".
	if k := t.kid(h, "xcomp"); k >= 0 && t.verbal(k) {
		switch s, _ := t.signature(h, k); {
		case !t.denied(h):
			if s.Affirmed == lexicon.False {
				odd = !odd
			}
		case s.Negated == lexicon.True: // "did not fail to warn"
			odd = !odd
		}
	}
	return odd
}

// denied looks for a negative word on a predicate and its arguments.
func (t *Tree) denied(h int) bool {
	found := false
	for _, k := range t.kids[h] {
		switch t.rel(k) {
		case "mark", "case":
			if l := t.lemma(k); l == "without" && t.verbal(h) {
				found = true // "without notifying us"
			}
			continue
		case "punct":
			continue
		case "cc":
			if l := t.lemma(k); l == "nor" && t.up(h) >= 0 && t.rel(h) == "conj" {
				found = true
			}
			continue
		}
		if negatives[t.lemma(k)] && t.denies(k) {
			found = true
		}
		if t.argument(k) && t.preposition(k) != "without" && t.preposition(k) != "with" {
			for _, c := range t.kids[k] {
				if negatives[t.lemma(c)] && (t.rel(c) == "det" || t.rel(c) == "advmod" || t.rel(c) == "cc" && t.lemma(c) == "neither") && t.denies(c) {
					found = true
				}
			}
			if t.lemma(k) == "one" && k > 0 && strings.EqualFold(t.tokens[k-1].Text, "no") {
				found = true // "no one"
			}
		}
	}
	// "far from being", "anything but"
	for _, k := range t.kids[h] {
		if (t.rel(k) == "mark" || t.rel(k) == "case") && t.lemma(k) == "from" && k > 0 && strings.EqualFold(t.tokens[k-1].Text, "far") {
			found = true
		}
	}
	return found || negatives[t.lemma(h)] && t.nominal(h)
}

// denies is false where a negative word does not deny: "not only", "no later
// than", "no doubt", "not least".
func (t *Tree) denies(k int) bool {
	if k+1 >= len(t.tokens) {
		return true
	}
	next := strings.ToLower(t.tokens[k+1].Text)
	switch next {
	case "only", "merely", "just", "least", "simply", "doubt":
		return false
	case "later", "less", "more", "fewer", "earlier", "sooner":
		return k+2 >= len(t.tokens) || !strings.EqualFold(t.tokens[k+2].Text, "than")
	}
	return true
}

// argument reports whether a dependent is what a negative determiner denies
// the whole clause by: "no one was hurt", "received no notice".
func (t *Tree) argument(k int) bool {
	switch t.rel(k) {
	case "nsubj", "obj", "obl", "iobj", "advmod", "csubj":
		return true
	}
	return false
}

// shared reports whether a coordinated verb stands under the auxiliary and
// the negation of the one before it: "did not warn or help".
func (t *Tree) shared(h int) bool {
	u := t.up(h)
	if u < 0 || t.rel(h) != "conj" || t.kid(h, "aux", "nsubj", "cop") >= 0 || t.tokens[h].XPOS != t.tokens[u].XPOS {
		return false
	}
	cc := t.kid(h, "cc")
	return cc >= 0 && (t.lemma(cc) == "or" || t.lemma(cc) == "nor" || t.lemma(cc) == "and" && t.tokens[h].XPOS == "VB")
}

// implied reports whether what word u governs, at i, is not so by what u
// means: "failed to", "denies that", "prevented from".
func (t *Tree) implied(u, i int) bool {
	s, ok := t.signature(u, i)
	if !ok {
		return false
	}
	if t.denied(u) {
		return s.Negated == lexicon.False
	}
	return s.Affirmed == lexicon.False
}

// signature is what a word implies of the complement at i.
func (t *Tree) signature(u, i int) (lexicon.Signature, bool) {
	var form lexicon.Complement
	switch {
	case t.tokens[i].XPOS == "VBG":
		form = lexicon.Gerund
	case t.marked(i, "to"):
		form = lexicon.To
		if (t.kid(u, "obj") >= 0 || t.passive(u)) && t.rel(i) == "xcomp" {
			form = lexicon.NPTo // "forced them to", "were forced to"
		}
	default:
		form = lexicon.That
	}
	word := t.lemma(u)
	if s, ok := lexicon.SignatureOf(word, form); ok {
		return s, ok
	}
	if t.tokens[u].UPOS == "NOUN" {
		if v := lexicon.Family(word, 'n'); v != word {
			return lexicon.SignatureOf(v, form)
		}
	}
	return lexicon.Signature{}, false
}

// marked reports whether a verb stands after "to" or another mark.
func (t *Tree) marked(i int, mark string) bool {
	for _, k := range t.kids[i] {
		if (t.rel(k) == "mark" || t.rel(k) == "aux") && t.lemma(k) == mark {
			return true
		}
	}
	return false
}
