package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"counterclaim/compare/judge"
	"counterclaim/nlp"
	"counterclaim/nlp/logistic"
)

// What a task's last layer looks at when it is refitted: nil where a text
// makes no claim.
type inputsOf func(texts []string) []float64

// featuresOf is the same for a layer that looks at named features.
type featuresOf func(texts []string) []logistic.Feature

// typeFeatures are what the type of a sentence is told by: it as a whole, the
// claims that are found in it, and where it lies among others.
func typeFeatures(texts []string) []logistic.Feature {
	d := nlp.AnalyzeClaim(texts[0], nlp.Options{})
	if len(d.Claims) == 0 {
		return nil
	}
	x := d.TypeFeatures(&d.Claims[0])
	return append(x, placeFeatures(&d.Claims[0])...)
}

// placeFeatures are where a claim lies in the space of meaning.
func placeFeatures(c *nlp.Claim) []logistic.Feature {
	var x []logistic.Feature
	for i, v := range c.Meaning.Place {
		x = append(x, logistic.Feature{Name: "place " + strconv.Itoa(i), Value: 3 * float64(v)})
	}
	return x
}

// veridicalFeatures are what the clause stands under in the premise, and what
// the two are to each other by the encoder.
func veridicalFeatures(texts []string) []logistic.Feature {
	var x []logistic.Feature
	_, grounds, _ := nlp.Veridical(texts[0], texts[1])
	for _, g := range grounds {
		x = append(x, logistic.Feature{Name: g, Value: 1})
	}
	for i, v := range pairInputs(texts) {
		x = append(x, logistic.Feature{Name: judge.InferenceInputs[i], Value: v / 3})
	}
	return x
}

func pairInputs(texts []string) []float64 { return together(texts[0], texts[1]).Follows }

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

// penalties are those that a layer over named features is tried with, on
// heldOut parts of the items in turn.
var penalties = []float64{1, 3, 10, 30, 100}

const heldOut = 4

// refit fits a task's last layer to labelled items; an item without inputs or
// with an empty label is left out, and a label "not_x" says that it is any
// other than x.
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
	classes = slices.DeleteFunc(classes, func(c string) bool { return strings.HasPrefix(c, "not_") })
	if len(classes) < 2 {
		return nil, fmt.Errorf("--train: %d labels in %d items; at least two different ones are needed", len(classes), len(labels))
	}
	names := make([]string, len(x[0]))
	for i := range names {
		names[i] = fmt.Sprintf("input %d", i+1)
	}
	numbers := make([]int, len(labels))
	for i, l := range labels {
		if class, no := strings.CutPrefix(l, "not_"); !no {
			numbers[i] = slices.Index(classes, l)
		} else if c := slices.Index(classes, class); c >= 0 {
			numbers[i] = ^c
		} else {
			return nil, fmt.Errorf("--train: %q is the label of an item, %q of none", l, class)
		}
	}
	r, err := judge.Fit(classes, names, x, numbers, penalty)
	if err != nil {
		return nil, fmt.Errorf("--train: %w", err)
	}
	return r, a.saveFit(r)
}

// refitFeatures fits a layer that looks at named features, with the penalty
// that answers held-out items best.
func (a *app) refitFeatures(ctx context.Context, items []item, label func(*item) string, of featuresOf) (*logistic.Model, error) {
	all := make([][]logistic.Feature, len(items))
	if err := a.answerAll(ctx, len(items), func(i int) { all[i] = of(items[i].texts) }); err != nil {
		return nil, err
	}
	var examples []logistic.Example
	var labels []string
	for i := range items {
		if l := label(&items[i]); l != "" && all[i] != nil {
			examples, labels = append(examples, logistic.Example{Features: all[i], Weight: 1}), append(labels, l)
		}
	}
	classes := slices.Compact(slices.Sorted(slices.Values(labels)))
	if len(classes) < 2 {
		return nil, fmt.Errorf("--train: %d labels in %d items; at least two different ones are needed", len(classes), len(labels))
	}
	fold := make([]int, len(labels))
	for i, l := range labels {
		examples[i].Class = slices.Index(classes, l)
		fold[i] = i * heldOut / len(labels) // neighbours stay together: they are often of one document
	}
	const seen = 2
	l2, _, err := logistic.Choose(classes, examples, fold, seen, penalties)
	if err != nil {
		return nil, fmt.Errorf("--train: %w", err)
	}
	m, err := logistic.Fit(classes, examples, logistic.Options{L2: l2, Seen: seen})
	if err != nil {
		return nil, fmt.Errorf("--train: %w", err)
	}
	return m, a.saveFit(m)
}

// saveFit writes a refitted layer where the user wants it.
func (a *app) saveFit(layer any) error {
	if a.save == "" {
		return nil
	}
	data, err := json.Marshal(layer)
	if err != nil {
		return err
	}
	s, err := (&output{file: a.save}).open(a, nil)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s, "%s\n", data)
	return s.finish(err)
}

// answerFeatures is the likeliest class by a refitted layer; "" for texts
// without a claim.
func answerFeatures(m *logistic.Model, x []logistic.Feature) string {
	if x == nil {
		return ""
	}
	return m.Classes()[best(m.Probabilities(x))]
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
