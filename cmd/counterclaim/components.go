package main

import (
	"slices"

	"counterclaim/compare"
	"counterclaim/compare/judge"
	"counterclaim/nlp"
	"counterclaim/nlp/lexicon"
)

// The components that the tasks measure: those that compare uses. Tests put
// others in their place.
var (
	answerType      = typeOf
	answerVeridical = veridicalOf
	answerPair      = pairOf
	answerMeet      = meetOf
)

func typeOf(sentence string) nlp.Type {
	d := nlp.AnalyzeClaim(sentence, nlp.Options{})
	if len(d.Claims) == 0 {
		return nlp.Ceremonial // no word in it: no claim
	}
	return d.Claims[0].Type
}

func together(a, b string) compare.Meeting {
	return compare.Alone(nlp.AnalyzeClaim(a, nlp.Options{}), nlp.AnalyzeClaim(b, nlp.Options{}))
}

func pairOf(premise, hypothesis string) pairAnswer {
	x := together(premise, hypothesis).Follows
	if x == nil {
		return pairAnswer{label: neutral}
	}
	p := judge.DefaultInference().Probabilities(x)
	return pairAnswer{judge.Inferences[best(p)], p[slices.Index(judge.Inferences, entailment)], p[slices.Index(judge.Inferences, contradiction)]}
}

// best is the index of the largest number, the first of equals.
func best(x []float64) int { return slices.Index(x, slices.Max(x)) }

func veridicalOf(premise, embedded string) string {
	held, _, ok := nlp.Veridical(premise, embedded)
	if !ok {
		return "open"
	}
	switch held {
	case lexicon.True, lexicon.Likely:
		return "true"
	case lexicon.False, lexicon.Unlikely:
		return "false"
	case lexicon.Open:
	}
	return "open"
}

func meetOf(a, b string) (score float64, meet bool) {
	m := together(a, b)
	return m.Meets, m.Shown
}
