package evidence

import "counterclaim/nlp/lexicon"

// Swaps says how the words differ that only one of two claims has: the
// content words of A that B lacks against those of B that A lacks.
type Swaps struct {
	OnlyA, OnlyB int // content words without a counterpart

	// Pairs of such words, by what the lexicon knows of them.
	Synonyms  int
	Narrower  int // A's word is a kind of B's
	Broader   int // B's word is a kind of A's
	Exclusive int // of a class of which only one can hold, or opposed
	Siblings  int // kinds of the same thing
	Kindred   int // of one broad class: persons, foods, acts of moving
	Unrelated int
}

// kindSteps is how far above a word its kinds are looked for.
const kindSteps = 4

// Swapped compares the words that two claims do not share.
func Swapped(a, b *Parts) Swaps {
	left, right := without(a, b), without(b, a)
	s := Swaps{OnlyA: len(left), OnlyB: len(right)}
	for _, x := range left {
		for _, y := range right {
			pos := x.Pos
			if x.Pos != y.Pos { // "a brick wall", "a wooden wall": read both as nouns where both can be
				if pos = 'n'; !lexicon.Known(x.Lemma, pos) || !lexicon.Known(y.Lemma, pos) {
					pos = 0
				}
			}
			switch {
			case exclusive(x, y):
				s.Exclusive++
			case pos == 0:
			case lexicon.Synonyms(x.Lemma, y.Lemma, pos):
				s.Synonyms++
			case lexicon.Hypernym(x.Lemma, y.Lemma, pos, kindSteps):
				s.Narrower++
			case lexicon.Hypernym(y.Lemma, x.Lemma, pos, kindSteps):
				s.Broader++
			case lexicon.CoHyponyms(x.Lemma, y.Lemma, pos):
				s.Siblings++
			case lexicon.Supersense(x.Lemma, pos) != "" && lexicon.Supersense(x.Lemma, pos) == lexicon.Supersense(y.Lemma, pos):
				s.Kindred++
			default:
				s.Unrelated++
			}
		}
	}
	return s
}

// exclusive reports whether two words cannot both hold of one thing.
func exclusive(x, y *word) bool {
	if x.Pos == y.Pos && x.Opposed(&y.Lexeme) != lexicon.NotOpposed || lexicon.Exclusive(x.Lemma, y.Lemma) {
		return true
	}
	if a, b := lexicon.Demonym(x.text), lexicon.Demonym(y.text); a != "" && b != "" {
		return a != b
	}
	a, b := lexicon.Country(x.text), lexicon.Country(y.text)
	return a != "" && b != "" && a != b
}

// without gives the content words of a whose family b lacks.
func without(a, b *Parts) []*word {
	var out []*word
	for i := range a.words {
		if w := &a.words[i]; !b.stems[w.stem] {
			out = append(out, w)
		}
	}
	return out
}
