package claims

import (
	"strings"

	"counterclaim/nlp/lexicon"
)

// Antecedent finds the noun that the pronoun at token i stands for, in its own
// sentence or in the one before (nil for none): the likeliest that agrees in
// number and kind, subjects before objects, the near before the far (after
// Lappin and Leass 1994). It gives the tree and the token, with ok false where
// no noun is likely enough.
func (t *Tree) Antecedent(before *Tree, i int) (in *Tree, head int, ok bool) {
	want := t.pronoun(i)
	if want == noPronoun {
		return nil, -1, false
	}
	best := least
	for _, tree := range []*Tree{t, before} {
		if tree == nil {
			continue
		}
		end := len(tree.tokens)
		if tree == t {
			end = i
		}
		for k := max(0, end-window); k < end; k++ {
			if !tree.agrees(k, want) {
				continue
			}
			if tree == t && t.bound(k, i) {
				continue
			}
			if s := tree.salience(k) + t.likeness(tree, k, i); s >= best {
				best, in, head, ok = s, tree, k, true
			}
		}
	}
	return in, head, ok
}

// window is how far back a noun is looked for, in tokens of a sentence.
const window = 120

// least is the least salience of an antecedent.
const least = 50

// pronouns by what they stand for.
type pronounKind uint8

const (
	noPronoun pronounKind = iota
	thing                 // it
	several               // they
	someone               // he, she
)

func (t *Tree) pronoun(i int) pronounKind {
	if t.tokens[i].UPOS != "PRON" {
		return noPronoun
	}
	switch strings.ToLower(t.tokens[i].Text) {
	case "it", "its", "itself":
		if t.rel(i) == "expl" || t.impersonal(i) {
			return noPronoun
		}
		return thing
	case "they", "them", "their", "theirs", "themselves":
		return several
	case "he", "him", "his", "himself", "she", "her", "hers", "herself":
		return someone
	}
	return noPronoun
}

// impersonal reports whether "it" stands for a clause that follows: "it is
// clear that", "it was agreed to".
func (t *Tree) impersonal(i int) bool {
	h := t.up(i)
	if h < 0 || t.rel(i) != "nsubj" {
		return false
	}
	if k := t.kid(h, "csubj", "ccomp", "xcomp"); k > h && (t.tokens[h].UPOS == "ADJ" || t.tokens[h].UPOS == "NOUN" || t.passive(h)) {
		return true
	}
	if lexicon.Supersense(t.lemma(h), 'v') == "verb.weather" {
		return true
	}
	switch t.lemma(h) {
	case "seem", "appear", "turn", "follow", "happen":
		return t.kid(h, "ccomp", "csubj", "xcomp") > h
	}
	return false
}

// agrees reports whether the noun at k can be what a pronoun stands for.
func (t *Tree) agrees(k int, want pronounKind) bool {
	tok := t.tokens[k]
	if tok.UPOS != "NOUN" && tok.UPOS != "PROPN" || t.marks[k] == When || t.marks[k] == Amount {
		return false
	}
	switch t.rel(k) {
	case "compound", "flat", "amod", "case", "fixed", "goeswith":
		return false
	}
	plural := tok.XPOS == "NNS" || tok.XPOS == "NNPS"
	joined := false
	for _, c := range t.kids[k] {
		if t.rel(c) == "conj" && t.nominal(c) && t.rel(k) != "conj" {
			if cc := t.kid(c, "cc"); cc >= 0 && t.lemma(cc) == "and" {
				joined = true
			}
		}
	}
	human := t.marks[k] == Person || tok.UPOS == "NOUN" && lexicon.Supersense(t.lemma(k), 'n') == "noun.person"
	switch want {
	case thing:
		return !plural && !joined && !human
	case several:
		group := t.marks[k] == Group || tok.UPOS == "NOUN" && lexicon.Supersense(t.lemma(k), 'n') == "noun.group"
		return plural || joined || group && !human
	case someone:
		return human && !plural && !joined || tok.UPOS == "PROPN" && t.marks[k] == None && !plural && (lexicon.GivenName(t.lemma(k)) || lexicon.FamilyName(t.lemma(k)))
	case noPronoun:
	}
	return false
}

// salience of a noun by the part that it plays.
func (t *Tree) salience(k int) int {
	var s int
	switch t.rel(k) {
	case "nsubj", "csubj":
		s = 80
	case "obj", "iobj", "root":
		s = 50
	case "obl":
		s = 35
	case "nmod":
		s = 20
		if t.possessive(k) {
			s = 30
		}
	case "conj":
		s = 25
	default:
		s = 20
	}
	s -= 6 * min(t.depth[k], 8)
	if t.tokens[k].UPOS == "PROPN" {
		s += 5
	}
	if d := t.kid(k, "det"); d >= 0 && (t.lemma(d) == "a" || t.lemma(d) == "no") {
		s -= 5
	}
	return s
}

// likeness adds for the same part in the sentence and for nearness.
func (t *Tree) likeness(tree *Tree, k, i int) int {
	s := 0
	if tree == t {
		s += 30
		s -= min(i-k, 40) / 4
	} else {
		s += 5
	}
	if tree.rel(k) == t.rel(i) {
		s += 15
	}
	return s
}

// bound reports whether the noun at k and the pronoun at i are arguments of
// one verb, so that the pronoun would be a reflexive.
func (t *Tree) bound(k, i int) bool {
	if strings.HasSuffix(strings.ToLower(t.tokens[i].Text), "self") || strings.HasSuffix(strings.ToLower(t.tokens[i].Text), "selves") {
		return false
	}
	if t.tokens[i].XPOS == "PRP$" {
		return t.up(i) == k
	}
	if t.up(k) >= 0 && t.up(k) == t.up(i) && t.rel(k) != "nmod" {
		return true
	}
	// "its refusal": the pronoun inside the noun itself
	for h, n := t.up(i), 0; h >= 0 && n < 12; h, n = t.up(h), n+1 {
		if h == k {
			return true
		}
		if t.verbal(h) {
			break
		}
	}
	return false
}

// Phrase is the run of tokens of the noun at i, without what stands behind it.
func (t *Tree) Phrase(i int) [2]int { return t.short(i) }
