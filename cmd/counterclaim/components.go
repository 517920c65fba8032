package main

import "counterclaim/nlp"

// The components that the tasks measure. A task whose component is not there
// is not offered.
var (
	answerType      func(sentence string) nlp.Type
	answerVeridical func(premise, embedded string) (label string)
	answerPair      func(premise, hypothesis string) pairAnswer
	answerMeet      func(a, b string) (score float64, meet bool)
)
