package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"counterclaim/compare/gold"
	"counterclaim/nlp/syntax"
)

// parseFigures are shares of all tokens.
type parseFigures struct {
	Task      string  `json:"task"`
	Sentences int     `json:"sentences"`
	Tokens    int     `json:"tokens"`
	XPOS      float64 `json:"xpos"`
	UPOS      float64 `json:"upos"`
	Lemma     float64 `json:"lemma"`
	UAS       float64 `json:"uas"`
	LAS       float64 `json:"las"` // subtypes of relations dropped
}

func (f *parseFigures) table(w io.Writer) {
	fmt.Fprint(w, "parse\tsentences\ttokens\tXPOS\tUPOS\tlemma\tUAS\tLAS\t\n")
	fmt.Fprintf(w, "\t%d\t%d\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t\n", f.Sentences, f.Tokens, f.XPOS, f.UPOS, f.Lemma, f.UAS, f.LAS)
}

// evalParse reads words and sentence borders of a CoNLL-U file; the answers
// are made from nothing else of it.
func (a *app) evalParse(ctx context.Context, files []string, predictions io.Writer) (figures, error) {
	var wanted, answered [][]syntax.Token
	for _, path := range files {
		f, err := a.openData(path)
		if err != nil {
			return nil, err
		}
		sentences, err := syntax.ReadCoNLLU(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		wanted = append(wanted, sentences...)
	}
	for _, sentence := range wanted {
		answer := make([]syntax.Token, len(sentence))
		for j, t := range sentence {
			answer[j] = syntax.Token{Start: t.Start, End: t.End, Text: t.Text, Head: -1}
		}
		answered = append(answered, answer)
	}
	i := 0
	for some := range slices.Chunk(answered, 100) {
		a.progress("sentence %d of %d", i+1, len(wanted))
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		syntax.ParseAll(some)
		i += len(some)
	}
	a.progress("")
	if err := syntax.WriteCoNLLU(predictions, answered); err != nil {
		return nil, err
	}
	s, err := syntax.Evaluate(wanted, answered)
	if err != nil {
		return nil, err
	}
	share := func(n int) float64 { return gold.Ratio{Right: n, Total: s.Tokens}.Value() }
	return &parseFigures{"parse", len(wanted), s.Tokens, share(s.XPOS), share(s.UPOS), share(s.Lemma), s.UAS(), s.LAS()}, nil
}
