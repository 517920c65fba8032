package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"counterclaim/compare/judge"
	"counterclaim/nlp"
)

// What a task's last layer looks at when it is refitted: nil where a text
// makes no claim.
type inputsOf func(texts []string) []float64

func typeInputs(texts []string) []float64 {
	d := nlp.AnalyzeClaim(texts[0], nlp.Options{})
	if len(d.Claims) == 0 {
		return nil
	}
	return claimInputs(&d.Claims[0])
}

// claimInputs are what is known of one claim: its type, and where it lies.
func claimInputs(c *nlp.Claim) []float64 {
	var x []float64
	for _, p := range c.TypeProbabilities {
		x = append(x, math.Log(p+1e-6))
	}
	for _, v := range c.Meaning.Place {
		x = append(x, float64(v))
	}
	return x
}

func pairInputs(texts []string) []float64 { return together(texts[0], texts[1]).Follows }

// veridicalInputs sees the premise as well: what is said of the clause is in
// the words around it.
func veridicalInputs(texts []string) []float64 {
	x, premise := pairInputs(texts), typeInputs(texts)
	if x == nil {
		return nil
	}
	return slices.Concat(x, premise)
}

func meetInputs(texts []string) []float64 {
	x := slices.Clone(together(texts[0], texts[1]).Inputs)
	for i, v := range x {
		if math.IsNaN(v) {
			x[i] = 0 // what only the other claims of a case would tell
		}
	}
	return x
}

// penalty of the squared weights of a refitted layer.
const penalty = 3

// refit fits a task's last layer to labelled items; an item without inputs or
// with an empty label is left out.
func (a *app) refit(ctx context.Context, items []item, label func(*item) string, of inputsOf) (*judge.Regression, error) {
	all := make([][]float64, len(items))
	if err := a.answerAll(ctx, len(items), func(i int) { all[i] = of(items[i].texts) }); err != nil {
		return nil, err
	}
	var x [][]float64
	var labels []string
	for i := range items {
		if l := label(&items[i]); l != "" && all[i] != nil {
			x, labels = append(x, all[i]), append(labels, l)
		}
	}
	classes := slices.Compact(slices.Sorted(slices.Values(labels)))
	if len(classes) < 2 {
		return nil, fmt.Errorf("--train: %d labels in %d items; at least two different ones are needed", len(classes), len(labels))
	}
	names := make([]string, len(x[0]))
	for i := range names {
		names[i] = fmt.Sprintf("input %d", i+1)
	}
	numbers := make([]int, len(labels))
	for i, l := range labels {
		numbers[i] = slices.Index(classes, l)
	}
	r, err := judge.Fit(classes, names, x, numbers, penalty)
	if err != nil {
		return nil, fmt.Errorf("--train: %w", err)
	}
	if a.save != "" {
		data, err := json.Marshal(r)
		if err != nil {
			return nil, err
		}
		s, err := (&output{file: a.save}).open(a, nil)
		if err != nil {
			return nil, err
		}
		_, err = fmt.Fprintf(s, "%s\n", data)
		if err = s.finish(err); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// answer is a refitted layer's probability of each class, and the likeliest
// class; nil and "" for texts without a claim.
func answer(r *judge.Regression, x []float64) ([]float64, string) {
	if x == nil {
		return nil, ""
	}
	p := r.Probabilities(x)
	return p, r.Classes[best(p)]
}
