package claims

import (
	"strings"

	"counterclaim/nlp/lexicon"
	"counterclaim/nlp/syntax"
)

// Source finds who asserts the claim in tokens [from, to) when the sentence
// only reports it: the subject of a reporting verb over the claim ("X said
// that ...", "..., X said"), or the phrase after "according to". It gives the
// range of the words that name the source, with ok false if there are none.
// A source that is the speaker himself ("we have said that") is for the
// caller to tell.
func Source(tokens []syntax.Token, from, to int) (src [2]int, ok bool) {
	if from >= to {
		return none, false
	}
	kids := children(tokens)
	// "according to the mission, ..."
	for i := range tokens {
		if lemma(tokens[i]) != "accord" && strings.ToLower(tokens[i].Text) != "according" || i+1 >= len(tokens) || lemma(tokens[i+1]) != "to" {
			continue
		}
		for _, j := range []int{tokens[i].Head, tokens[i+1].Head} {
			if j > i+1 && j < len(tokens) && nominal(tokens[j]) {
				if p := phrase(tokens, kids, j); p[1] <= from || p[0] >= to || p[0] > from {
					p[0] = max(p[0], i+2)
					return p, p[0] < p[1]
				}
			}
		}
	}
	// A reporting verb over the claim's head.
	h := head(tokens, from, to)
	for i, n := h, 0; n < 12; n++ {
		up := tokens[i].Head
		if up < 0 || up >= len(tokens) {
			break
		}
		t := tokens[i]
		if t.Rel == "ccomp" || t.Rel == "parataxis" || t.Rel == "acl" && nominal(tokens[up]) && lexicon.Reporting(lexicon.Lemma(lemma(tokens[up]), 'n')) {
			if lexicon.Reporting(lemma(tokens[up])) && (up < from || up >= to) {
				if s := subject(tokens, kids, up); s != none {
					return s, true
				}
			}
		}
		i = up
	}
	// "..., X said": the reporting verb hangs under the claim.
	for _, k := range kids[h] {
		if tokens[k].Rel == "parataxis" && lexicon.Reporting(lemma(tokens[k])) && (k < from || k >= to) {
			if s := subject(tokens, kids, k); s != none {
				return s, true
			}
		}
	}
	return none, false
}

func nominal(t syntax.Token) bool {
	return t.UPOS == "NOUN" || t.UPOS == "PROPN" || t.UPOS == "PRON"
}

func subject(tokens []syntax.Token, kids [][]int, v int) [2]int {
	for _, k := range kids[v] {
		if tokens[k].Rel == "nsubj" {
			return phrase(tokens, kids, k)
		}
	}
	if tokens[v].Rel == "conj" || tokens[v].Rel == "xcomp" {
		return inherited(tokens, kids, v)
	}
	return none
}
