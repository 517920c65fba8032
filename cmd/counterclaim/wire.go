package main

import (
	"context"
	"strings"
	"unicode"

	"counterclaim/compare"
	"counterclaim/compare/casefile"
	"counterclaim/nlp"
	"counterclaim/nlp/read"
	"counterclaim/nlp/segment"
)

// Everything in this file stands in for a part of the pipeline that is not
// there yet, and goes when it comes.

type analyzeOptions struct{}

func analysis(*casefile.Case) analyzeOptions { return analyzeOptions{} }

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
