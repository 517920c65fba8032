package main

import (
	"math"

	"counterclaim/compare"
	"counterclaim/nlp"
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
	f := together(premise, hypothesis).Reading.Follows
	p := pairAnswer{neutral, math.Exp(float64(f[0])), math.Exp(float64(f[1]))}
	switch {
	case f[0] >= f[1] && f[0] >= f[2]:
		p.label = entailment
	case f[1] >= f[2]:
		p.label = contradiction
	}
	return p
}

func veridicalOf(premise, embedded string) string {
	switch pairOf(premise, embedded).label {
	case entailment:
		return "true"
	case contradiction:
		return "false"
	default:
		return "open"
	}
}

func meetOf(a, b string) (score float64, meet bool) {
	m := together(a, b)
	return m.Meets, m.Shown
}
