package claims

import (
	"strings"

	"counterclaim/nlp/lexicon"
	"counterclaim/nlp/syntax"
)

// Mark says what a token is part of, so that a phrase of time is not taken for
// a place, nor a measure for an actor.
type Mark uint8

// The marks; None is the zero value.
const (
	None   Mark = iota
	When        // a date, a time of day, a duration, a frequency
	Amount      // a number, a measure, a sum
	Place       // the name of a place
	Person      // the name of a person
	Group       // the name of an organization, or a party
)

// Tree is a sentence with the dependents of each token at hand. It is built
// once for all claims of the sentence.
type Tree struct {
	tokens []syntax.Token
	marks  []Mark
	kids   [][]int
	depth  []int
	accord []int // where "according to" stands
	quoted [][2]int
}

// NewTree reads the heads of tokens, whatever they are. marks has one mark for
// each token, or is nil.
func NewTree(tokens []syntax.Token, marks []Mark) *Tree {
	n := len(tokens)
	t := &Tree{tokens: tokens, marks: marks, kids: make([][]int, n), depth: make([]int, n)}
	if marks == nil {
		t.marks = make([]Mark, n)
	}
	count := make([]int, n+1)
	for _, tok := range tokens {
		if tok.Head >= 0 && tok.Head < n {
			count[tok.Head]++
		}
	}
	all := make([]int, n)
	at := 0
	for i, c := range count[:n] {
		t.kids[i] = all[at : at : at+c]
		at += c
	}
	for i, tok := range tokens {
		if tok.Head >= 0 && tok.Head < n {
			t.kids[tok.Head] = append(t.kids[tok.Head], i)
		}
	}
	for i := 0; i+2 < n; i++ {
		if strings.EqualFold(tokens[i].Text, "according") && strings.EqualFold(tokens[i+1].Text, "to") {
			t.accord = append(t.accord, i)
		}
	}
	t.quoted = quotations(tokens)
	// A depth is 1 for a root; -1 while its path is walked, which ends a cycle.
	var path []int
	for i := range tokens {
		path = path[:0]
		j := i
		for j >= 0 && j < n && t.depth[j] == 0 {
			t.depth[j] = -1
			path = append(path, j)
			j = tokens[j].Head
		}
		d := 0
		if j >= 0 && j < n {
			d = max(t.depth[j], 0)
		}
		for k := len(path) - 1; k >= 0; k-- {
			d++
			t.depth[path[k]] = d
		}
	}
	return t
}

var none = [2]int{-1, -1}

// head is the token of the run whose own head lies outside of it; of several,
// the one nearest to the root of the sentence, verbs first.
func (t *Tree) head(from, to int) int {
	best, rank := -1, 1<<30
	for i := from; i < to; i++ {
		tok := t.tokens[i]
		if tok.UPOS == "PUNCT" || tok.Head >= from && tok.Head < to {
			continue
		}
		r := t.depth[i] * 4
		switch tok.UPOS {
		case "VERB", "AUX":
		case "NOUN", "PROPN", "ADJ", "NUM", "PRON":
			r++
		default:
			r += 40
		}
		if r < rank {
			best, rank = i, r
		}
	}
	if best < 0 {
		best = from
	}
	return best
}

func (t *Tree) lemma(i int) string {
	tok := t.tokens[i]
	if tok.Lemma != "" {
		return strings.ToLower(tok.Lemma)
	}
	return strings.ToLower(tok.Text)
}

func (t *Tree) rel(i int) string { return t.tokens[i].Rel }

// up is the head of a token, -1 for none.
func (t *Tree) up(i int) int {
	if h := t.tokens[i].Head; h >= 0 && h < len(t.tokens) && h != i {
		return h
	}
	return -1
}

// kid is the first dependent by one of the relations, -1 for none.
func (t *Tree) kid(i int, rels ...string) int {
	for _, k := range t.kids[i] {
		for _, r := range rels {
			if t.tokens[k].Rel == r {
				return k
			}
		}
	}
	return -1
}

func (t *Tree) nominal(i int) bool {
	switch t.tokens[i].UPOS {
	case "NOUN", "PROPN", "PRON":
		return true
	}
	return false
}

func (t *Tree) verbal(i int) bool { return t.tokens[i].UPOS == "VERB" || t.tokens[i].UPOS == "AUX" }

// Head is the head of a range of tokens: where a phrase that Analyse gives is
// to be looked up.
func (t *Tree) Head(r [2]int) int {
	if r[0] < 0 || r[0] >= r[1] || r[1] > len(t.tokens) {
		return -1
	}
	return t.head(r[0], r[1])
}

// longest is the most tokens of a phrase: a longer one has swallowed clauses.
const longest = 30

// phrase is the run of tokens under i: with what determines and complements
// it and what is coordinated with it, without clauses, appositions and
// afterthoughts behind a comma.
func (t *Tree) phrase(i int) [2]int {
	from, to := i, i+1
	var walk func(j, depth int)
	walk = func(j, depth int) {
		from, to = min(from, j), max(to, j+1)
		if depth > 20 {
			return
		}
		last := j // rightmost token so far
		for _, k := range t.kids[j] {
			switch t.rel(k) {
			case "acl", "appos", "parataxis", "punct", "advcl", "cop", "nsubj", "csubj", "cc", "mark", "aux", "expl", "discourse", "vocative", "dislocated", "list":
				continue
			case "case":
				if j == i && k < j {
					continue
				}
			case "conj":
				if !t.nominal(k) || t.kid(k, "nsubj", "cop") >= 0 {
					continue
				}
			case "advmod":
				if j == i && k < j && !Negative(t.lemma(k)) && t.leftmost(i, k) {
					continue // "already water", "also Armenia"
				}
			case "nmod", "obl":
				if k > j && (t.comma(last, k) || t.marks[k] == When && t.preposition(k) != "of") {
					continue
				}
			}
			if k > i && k-from >= longest || k < i && to-k >= longest {
				continue
			}
			walk(k, depth+1)
			last = max(last, to-1)
		}
	}
	walk(i, 0)
	for to > i+1 && t.tokens[to-1].UPOS == "PUNCT" {
		to--
	}
	return [2]int{from, to}
}

// short is the phrase of i up to its noun, with "of" and what follows it.
func (t *Tree) short(i int) [2]int {
	p := t.phrase(i)
	to := i + 1
	for _, k := range t.kids[i] {
		if k > i && k < p[1] && (t.rel(k) == "nmod" && t.preposition(k) == "of" || t.rel(k) == "flat" || t.rel(k) == "conj" || t.rel(k) == "compound") {
			to = max(to, t.short(k)[1])
		}
	}
	return [2]int{p[0], min(to, p[1])}
}

// leftmost reports whether no other dependent of i stands before k.
func (t *Tree) leftmost(i, k int) bool { return t.kids[i][0] == k || t.rel(t.kids[i][0]) == "case" }

// comma reports whether a mark stands between two tokens that sets them apart.
func (t *Tree) comma(a, b int) bool {
	for k := a + 1; k < b; k++ {
		switch t.tokens[k].Text {
		case ",", ";", ":", "–", "—", "(", "-":
			return true
		}
	}
	return false
}

// preposition of a phrase, lower case; of several words the last
// ("in front of": "of" hangs on "front" and is found there).
func (t *Tree) preposition(i int) string {
	for _, k := range t.kids[i] {
		if t.rel(k) == "case" && t.tokens[k].XPOS != "POS" {
			return t.lemma(k)
		}
	}
	return ""
}

// animate reports whether a noun or pronoun names people or a body of people.
func (t *Tree) animate(i int) bool {
	switch t.marks[i] {
	case Person, Group:
		return true
	case When, Amount:
		return false
	case None, Place:
	}
	tok := t.tokens[i]
	switch tok.UPOS {
	case "PRON":
		switch t.lemma(i) {
		case "i", "we", "you", "he", "she", "they", "who", "everyone", "everybody", "someone", "somebody", "anyone", "anybody", "us", "them", "me", "him", "her":
			return true
		}
		return false
	case "NOUN":
		switch lexicon.Supersense(t.lemma(i), 'n') {
		case "noun.person", "noun.group":
			return true
		}
		return lexicon.Clue(t.lemma(i)) == "org" || lexicon.Clue(t.lemma(i)) == "title"
	}
	return t.marks[i] == Place && tok.UPOS == "PROPN" // a state can act
}
