package claims

import (
	"strings"

	"counterclaim/nlp/lexicon"
	"counterclaim/nlp/syntax"
)

// Analysis is what a sentence says about one claim in it. Indexes are tokens
// of the sentence, -1 for none; ranges are [from, to).
type Analysis struct {
	Head      int    // of the predicate, or of the phrase
	Predicate string // lemma of the head, with its particle; a copula's complement
	Passive   bool
	Actor     [2]int // phrase of who did it, or of what the predicate is said of
	Patient   [2]int
	Place     [2]int
	Negative  bool
	Certainty Certainty
	Modal     string // "must", "will", "may", ... over the head; empty if none
	Question  bool
}

// Certainty of an assertion, lowest for what is not asserted.
type Certainty int

// The degrees.
const (
	Certain Certainty = iota
	Probable
	Possible
	Hypothetical
)

var none = [2]int{-1, -1}

// Analyse reads the tree of a sentence for the claim in tokens [from, to).
func Analyse(tokens []syntax.Token, from, to int) Analysis {
	a := Analysis{Head: -1, Actor: none, Patient: none, Place: none}
	if from >= to {
		return a
	}
	kids := children(tokens)
	a.Head = head(tokens, from, to)
	h := a.Head
	a.Predicate = predicate(tokens, kids, h)
	a.Passive = passive(tokens, kids[h])
	for _, k := range kids[h] {
		switch tokens[k].Rel {
		case "nsubj", "csubj":
			if a.Passive {
				a.Patient = phrase(tokens, kids, k)
			} else {
				a.Actor = phrase(tokens, kids, k)
			}
		case "obj":
			a.Patient = phrase(tokens, kids, k)
		case "obl", "nmod":
			switch p := preposition(tokens, kids[k]); {
			case p == "by" && a.Passive:
				a.Actor = phrase(tokens, kids, k)
			case placePrepositions[p] && a.Place == none:
				a.Place = phrase(tokens, kids, k)
			}
		}
	}
	if a.Actor == none && !a.Passive {
		a.Actor = inherited(tokens, kids, h)
	} else if a.Patient == none && a.Passive {
		a.Patient = inherited(tokens, kids, h)
	}
	a.Negative = negated(tokens, kids, h, from, to)
	a.Modal = modal(tokens, kids[h])
	a.Question = strings.HasSuffix(tokens[len(tokens)-1].Text, "?")
	a.Certainty = certainty(tokens, kids, a)
	return a
}

func children(tokens []syntax.Token) [][]int {
	kids := make([][]int, len(tokens))
	for i, t := range tokens {
		if t.Head >= 0 && t.Head < len(tokens) {
			kids[t.Head] = append(kids[t.Head], i)
		}
	}
	return kids
}

// head is the token of the run whose own head lies outside of it; of several,
// the one nearest to the root of the sentence, verbs first.
func head(tokens []syntax.Token, from, to int) int {
	best, rank := -1, 1<<30
	for i := from; i < to; i++ {
		t := tokens[i]
		if t.UPOS == "PUNCT" || t.Head >= from && t.Head < to {
			continue
		}
		r := depth(tokens, i) * 4
		switch t.UPOS {
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

func depth(tokens []syntax.Token, i int) int {
	d := 0
	for ; d < 100 && i >= 0 && i < len(tokens) && tokens[i].Head >= 0; d++ {
		i = tokens[i].Head
	}
	return d
}

func predicate(tokens []syntax.Token, kids [][]int, h int) string {
	p := lemma(tokens[h])
	for _, k := range kids[h] {
		if strings.HasPrefix(tokens[k].Rel, "compound") && tokens[k].XPOS == "RP" {
			p += " " + lemma(tokens[k])
		}
	}
	return p
}

func lemma(t syntax.Token) string {
	if t.Lemma != "" {
		return strings.ToLower(t.Lemma)
	}
	return strings.ToLower(t.Text)
}

func passive(tokens []syntax.Token, kids []int) bool {
	for _, k := range kids {
		if tokens[k].Rel == "aux" && (lemma(tokens[k]) == "be" || lemma(tokens[k]) == "get") {
			if h := tokens[k].Head; tokens[h].XPOS == "VBN" || tokens[h].XPOS == "VBD" {
				return true
			}
		}
	}
	return false
}

// phrase is the run of tokens under i, cut to what is contiguous around i and
// without relative clauses and appositions after it.
func phrase(tokens []syntax.Token, kids [][]int, i int) [2]int {
	from, to := i, i+1
	var walk func(j, depth int)
	walk = func(j, depth int) {
		from, to = min(from, j), max(to, j+1)
		if depth > 20 {
			return
		}
		for _, k := range kids[j] {
			switch tokens[k].Rel {
			case "acl", "appos", "parataxis", "punct", "advcl", "cop", "nsubj", "case", "cc", "conj", "mark", "aux":
				if tokens[k].Rel == "case" && j != i && depth > 0 {
					walk(k, depth+1)
				}
			default:
				walk(k, depth+1)
			}
		}
	}
	walk(i, 0)
	return [2]int{from, to}
}

func preposition(tokens []syntax.Token, kids []int) string {
	for _, k := range kids {
		if tokens[k].Rel == "case" {
			return lemma(tokens[k])
		}
	}
	return ""
}

var placePrepositions = map[string]bool{
	"in": true, "at": true, "near": true, "outside": true, "inside": true, "across": true,
	"on": true, "off": true, "along": true, "beside": true, "over": true, "within": true,
	"into": true, "from": true, "to": true, "above": true, "below": true, "through": true,
}

// inherited finds the subject of a predicate that has none of its own: that
// of the predicate it is coordinated with or depends on, or the noun that it
// modifies.
func inherited(tokens []syntax.Token, kids [][]int, h int) [2]int {
	for i, n := h, 0; n < 8; n++ {
		up := tokens[i].Head
		if up < 0 || up >= len(tokens) {
			return none
		}
		switch tokens[i].Rel {
		case "conj", "xcomp", "advcl", "ccomp", "parataxis":
			for _, k := range kids[up] {
				if tokens[k].Rel == "nsubj" {
					return phrase(tokens, kids, k)
				}
			}
			i = up
		case "acl":
			return phrase(tokens, kids, up)
		default:
			return none
		}
	}
	return none
}

// negated reports whether the predicate is denied: by a negative adverb on
// it, or by a negative subject, object or determiner of one in the claim.
func negated(tokens []syntax.Token, kids [][]int, h, from, to int) bool {
	odd := false
	for i := from; i < to; i++ {
		if !negatives[lemma(tokens[i])] {
			continue
		}
		// The word must hang on the head itself or on one of its arguments.
		at := tokens[i].Head
		switch {
		case i == h, at == h:
			odd = true
		case at >= 0 && at < len(tokens) && tokens[at].Head == h && argument(tokens[at].Rel):
			odd = true
		}
	}
	if !odd && tokens[h].Rel == "conj" && tokens[h].Head >= 0 {
		for _, k := range kids[h] {
			if tokens[k].Rel == "cc" && lemma(tokens[k]) == "nor" {
				odd = true
			}
		}
	}
	return odd
}

func argument(rel string) bool {
	switch rel {
	case "nsubj", "obj", "obl", "iobj", "aux", "advmod", "cop":
		return true
	}
	return false
}

var negatives = map[string]bool{
	"not": true, "n't": true, "n’t": true, "never": true, "no": true, "nobody": true, "none": true,
	"nothing": true, "nowhere": true, "neither": true, "nor": true, "without": true, "no-one": true,
	"hardly": true, "scarcely": true, "barely": true, "cannot": true,
}

func modal(tokens []syntax.Token, kids []int) string {
	for _, k := range kids {
		if tokens[k].XPOS == "MD" {
			switch w := strings.ToLower(tokens[k].Text); w {
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
	return ""
}

func certainty(tokens []syntax.Token, kids [][]int, a Analysis) Certainty {
	c := Certain
	for _, k := range kids[a.Head] {
		switch tokens[k].Rel {
		case "mark":
			switch lemma(tokens[k]) {
			case "if", "unless", "whether":
				return Hypothetical
			}
		case "advmod":
			switch lexicon.Hedge(lemma(tokens[k])) {
			case "possible":
				c = max(c, Possible)
			case "probable":
				c = max(c, Probable)
			}
		}
	}
	if a.Question {
		return Hypothetical
	}
	switch a.Modal {
	case "may", "might", "could":
		c = max(c, Possible)
	case "would":
		c = max(c, Hypothetical)
	}
	// A hedging verb above: "appears to have fallen".
	if up := tokens[a.Head].Head; up >= 0 && up < len(tokens) && (tokens[a.Head].Rel == "xcomp" || tokens[a.Head].Rel == "ccomp") {
		switch lexicon.Hedge(lemma(tokens[up])) {
		case "possible":
			c = max(c, Possible)
		case "probable":
			c = max(c, Probable)
		}
	}
	return c
}
