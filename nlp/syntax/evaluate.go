package syntax

import (
	"fmt"
	"strings"
)

// Scores counts, over all tokens of a data set, how many were answered right.
type Scores struct {
	Tokens                 int
	XPOS, UPOS, Lemma      int
	Head                   int // right head: the unlabelled attachment score
	Labelled               int // right head and relation, subtypes dropped
	SentencesWithRightTree int // every head right
	Sentences              int
}

// Share gives n as a share of the tokens, in [0, 1]; 0 when there are none.
func (s Scores) Share(n int) float64 {
	if s.Tokens == 0 {
		return 0
	}
	return float64(n) / float64(s.Tokens)
}

// UAS is the unlabelled attachment score, in [0, 1].
func (s Scores) UAS() float64 { return s.Share(s.Head) }

// LAS is the labelled attachment score, in [0, 1].
func (s Scores) LAS() float64 { return s.Share(s.Labelled) }

// String gives the figures on one line.
func (s Scores) String() string {
	return fmt.Sprintf("XPOS %.4f UPOS %.4f lemma %.4f UAS %.4f LAS %.4f (%d tokens)", s.Share(s.XPOS), s.Share(s.UPOS), s.Share(s.Lemma), s.UAS(), s.LAS(), s.Tokens)
}

// Evaluate compares predicted sentences with gold ones, token by token.
// Punctuation counts like every other token; subtypes of relations
// ("nmod:poss") are dropped on both sides. The two must have the same tokens.
func Evaluate(gold, predicted [][]Token) (Scores, error) {
	var s Scores
	if len(gold) != len(predicted) {
		return s, fmt.Errorf("evaluate: %d gold sentences, %d predicted", len(gold), len(predicted))
	}
	for i := range gold {
		if len(gold[i]) != len(predicted[i]) {
			return s, fmt.Errorf("evaluate: sentence %d has %d gold tokens, %d predicted", i+1, len(gold[i]), len(predicted[i]))
		}
		right := 0
		for j, g := range gold[i] {
			p := predicted[i][j]
			s.Tokens++
			s.XPOS += one(g.XPOS == p.XPOS)
			s.UPOS += one(g.UPOS == p.UPOS)
			s.Lemma += one(g.Lemma == p.Lemma)
			if g.Head == p.Head {
				right++
				s.Labelled += one(withoutSubtype(g.Rel) == withoutSubtype(p.Rel))
			}
		}
		s.Head += right
		s.Sentences++
		s.SentencesWithRightTree += one(right == len(gold[i]))
	}
	return s, nil
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func withoutSubtype(rel string) string {
	rel, _, _ = strings.Cut(rel, ":")
	return rel
}
