package main

import (
	"context"
	"strings"
	"time"
	"unicode"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/nlp/entities"
	"counterclaim/nlp/read"
	"counterclaim/nlp/segment"
)

// Everything in this file stands in for a part of the pipeline that is not
// there yet, and goes when it comes.

type analyzeOptions struct {
	Party, Speaker string
	Names          *entities.Resolver
	Date           time.Time
}

// A task whose component is not there yet is not offered.
var (
	answerType      func(sentence string) nlp.Type
	answerVeridical func(premise, embedded string) (label string)
	answerPair      func(premise, hypothesis string) pairAnswer
	answerMeet      func(a, b string) (score float64, meet bool)
)

func analyze(text *read.Text, _ analyzeOptions) *nlp.Document {
	d := &nlp.Document{Title: text.Title, Date: text.Date, Text: text.Canonical, Source: text.Source, Blocks: text.Blocks}
	for i, s := range segment.Document(text.Canonical) {
		if !strings.ContainsFunc(text.Canonical[s.Start:s.End], unicode.IsLetter) {
			continue
		}
		d.Sentences = append(d.Sentences, nlp.Sentence{Start: s.Start, End: s.End})
		d.Claims = append(d.Claims, nlp.Claim{Start: s.Start, End: s.End, Text: text.Canonical[s.Start:s.End], Sentence: i, Type: nlp.Fact})
	}
	return d
}

func compareCase(_ context.Context, c compare.Case) (*compare.Result, error) {
	r := &compare.Result{Case: c}
	for i, p := range c.Parties {
		for j, d := range p.Statements {
			for _, claim := range d.Claims {
				r.Alone = append(r.Alone, len(r.Claims))
				r.Claims = append(r.Claims, compare.Claim{Claim: claim, Party: i, Statement: j})
			}
		}
	}
	return r, nil
}
