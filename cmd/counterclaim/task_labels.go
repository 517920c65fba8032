package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"counterclaim/compare/gold"
	"counterclaim/nlp"
)

// categoryTypes says which types answer a category of the campaign speech
// acts (Subramanian, Cohn and Baldwin 2019); the first stands for the
// category in the figures. A category that is not here and is no type, such as
// Interrogative, is left out.
var categoryTypes = map[string][]nlp.Type{
	"assertive":    {nlp.Fact},
	"assertive-s":  {nlp.Fact},
	"assertive-v":  {nlp.Evaluation, nlp.Accusation},
	"commissive-a": {nlp.Commitment},
	"commissive-o": {nlp.Commitment},
	"directive":    {nlp.Demand},
	"expressive":   {nlp.Ceremonial},
}

func (a *app) evalTypes(ctx context.Context, files []string, predictions io.Writer) (figures, error) {
	items, err := a.allItems(ctx, files, columns{id: []string{"id"}, label: []string{"category", "label"}, texts: [][]string{{"sentence"}}})
	if err != nil {
		return nil, err
	}
	answers := make([]nlp.Type, len(items))
	if err := a.answerAll(ctx, len(items), func(i int) { answers[i] = answerType(items[i].texts[0]) }); err != nil {
		return nil, err
	}
	var wanted, answered, categories []string
	for i, it := range items {
		fmt.Fprintf(predictions, "%s\t%s\n", it.id, answers[i])
		accepted := categoryTypes[it.label]
		if accepted == nil {
			if t := nlp.Type(it.label); slices.Contains(nlp.Types, t) {
				accepted = []nlp.Type{t}
			} else {
				continue
			}
		}
		answer := answers[i]
		if slices.Contains(accepted, answer) {
			answer = accepted[0]
		}
		wanted, answered, categories = append(wanted, string(accepted[0])), append(answered, string(answer)), append(categories, it.label)
	}
	return newLabelFigures("types", wanted, answered, categories), nil
}

func (a *app) evalVeridical(ctx context.Context, files []string, predictions io.Writer) (figures, error) {
	var all []item
	for _, path := range files {
		names, err := a.header(path)
		if err != nil {
			return nil, err
		}
		c := columns{id: []string{"id"}, label: []string{"label"}, texts: [][]string{{"premise"}, {"hypothesis", "prompt"}}}
		if !slices.Contains(names, "premise") {
			c.texts = [][]string{{"context"}, {"target"}, {"hypothesis", "prompt"}}
		}
		items, err := a.readItems(ctx, path, c)
		if err != nil {
			return nil, err
		}
		all = append(all, items...)
	}
	answered := make([]string, len(all))
	err := a.answerAll(ctx, len(all), func(i int) {
		texts := all[i].texts
		last := len(texts) - 1
		answered[i] = answerVeridical(strings.Join(texts[:last], " "), texts[last])
	})
	if err != nil {
		return nil, err
	}
	var wanted, categories []string
	for i, it := range all {
		fmt.Fprintf(predictions, "%s\t%s\n", it.id, answered[i])
		wanted, categories = append(wanted, it.label), append(categories, it.category)
	}
	return newLabelFigures("veridical", wanted, answered, categories), nil
}

// The labels of pairs, and the words that data files have for them.
const (
	entailment    = "entailment"
	contradiction = "contradiction"
	neutral       = "neutral"
	notEntailment = "not_entailment"
)

var pairLabels = map[string]string{
	"supports": entailment, "supported": entailment, "entails": entailment, "yes": entailment,
	"refutes": contradiction, "refuted": contradiction, "contradicts": contradiction,
	"unknown": neutral, "nei": neutral, "not enough info": neutral,
	"non-entailment": notEntailment, "no_entailment": notEntailment,
}

// pairAnswer is what the program says of a premise and a hypothesis.
type pairAnswer struct {
	label                     string
	entailment, contradiction float64
}

func (a *app) evalPairs(ctx context.Context, files []string, predictions io.Writer) (figures, error) {
	items, err := a.allItems(ctx, files, columns{
		id: []string{"id", "pair_ID"}, label: []string{"label", "entailment_judgment"},
		texts: [][]string{{"premise", "sentence_A"}, {"hypothesis", "sentence_B"}},
	})
	if err != nil {
		return nil, err
	}
	answers := make([]pairAnswer, len(items))
	err = a.answerAll(ctx, len(items), func(i int) { answers[i] = answerPair(items[i].texts[0], items[i].texts[1]) })
	if err != nil {
		return nil, err
	}
	wanted, categories := make([]string, len(items)), make([]string, len(items))
	twoWay := map[string]bool{} // by category, since some files mix
	for i, it := range items {
		wanted[i], categories[i] = it.label, it.category
		if l, ok := pairLabels[it.label]; ok {
			wanted[i] = l
		}
		twoWay[it.category] = twoWay[it.category] || wanted[i] == notEntailment
	}
	answered := make([]string, len(items))
	for i, it := range items {
		fmt.Fprintf(predictions, "%s\t%s\t%.6f\t%.6f\n", it.id, answers[i].label, answers[i].entailment, answers[i].contradiction)
		answered[i] = answers[i].label
		if twoWay[it.category] && answered[i] != entailment {
			answered[i] = notEntailment
		}
	}
	return newLabelFigures("pairs", wanted, answered, categories), nil
}

func (a *app) evalMeet(ctx context.Context, files []string, predictions io.Writer) (figures, error) {
	items, err := a.allItems(ctx, files, columns{
		id: []string{"pair_id", "id"}, label: []string{"label"}, texts: [][]string{{"claim_a"}, {"claim_b"}},
	})
	if err != nil {
		return nil, err
	}
	scores, meet := make([]float64, len(items)), make([]bool, len(items))
	err = a.answerAll(ctx, len(items), func(i int) { scores[i], meet[i] = answerMeet(items[i].texts[0], items[i].texts[1]) })
	if err != nil {
		return nil, err
	}
	positive := make([]bool, len(items))
	var count gold.Count
	for i, it := range items {
		fmt.Fprintf(predictions, "%s\t%.6f\n", it.id, scores[i])
		positive[i] = it.label != "none"
		if positive[i] {
			count.Gold++
		}
		if meet[i] {
			count.Predicted++
			if positive[i] {
				count.Right++
			}
		}
	}
	f := &rankFigures{Task: "meet", Items: len(items), Threshold: newCountFigures(count)}
	f.AveragePrecision, f.AUC = ranking(scores, positive)
	return f, nil
}

// allItems reads the items of several files.
func (a *app) allItems(ctx context.Context, files []string, c columns) ([]item, error) {
	var all []item
	for _, path := range files {
		items, err := a.readItems(ctx, path, c)
		if err != nil {
			return nil, err
		}
		all = append(all, items...)
	}
	return all, nil
}
