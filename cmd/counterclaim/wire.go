package main

import (
	"context"
	"encoding/json"
	"io"

	"counterclaim/compare"
	"counterclaim/compare/casefile"
	"counterclaim/nlp"
	"counterclaim/nlp/read"
	"counterclaim/nlp/segment"
)

// Everything in this file stands in for a part of the pipeline that is not
// there yet, and goes when it comes.

type analyzeOptions struct{}

type reportOptions struct {
	Width    int
	Color    bool
	Version  string
	MinScore float64
}

var (
	reportFormats = []string{"table", "md", "html", "json", "csv"}
	claimFormats  = []string{"table", "md", "json", "csv"}
)

func analysis(*casefile.Case) analyzeOptions { return analyzeOptions{} }

func analyze(text *read.Text, _ analyzeOptions) *nlp.Document {
	d := &nlp.Document{Title: text.Title, Date: text.Date, Text: text.Canonical, Source: text.Source, Blocks: text.Blocks}
	for i, s := range segment.Document(text.Canonical) {
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

func writeReport(w io.Writer, r *compare.Result, format string, _ reportOptions) error {
	return json.NewEncoder(w).Encode(map[string]any{"schema": "counterclaim/1", "format": format, "claims": len(r.Claims)})
}

func writeClaims(w io.Writer, docs []*nlp.Document, format string, _ reportOptions) error {
	return json.NewEncoder(w).Encode(map[string]any{"schema": "counterclaim/1", "format": format, "claims": len(docs[0].Claims)})
}
func formatOf(string) (string, error) { return "json", nil }

func schema() []byte { return []byte("{}") }
