package main

import (
	"cmp"
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

var typeColumns = columns{id: []string{"id"}, label: []string{"category", "label"}, texts: [][]string{{"sentence"}}}

// categoryType is the type that stands for an item's category; "" if none
// does.
func categoryType(it *item) string {
	if accepted := categoryTypes[it.label]; accepted != nil {
		return string(accepted[0])
	}
	if slices.Contains(nlp.Types, nlp.Type(it.label)) {
		return it.label
	}
	return ""
}

func (a *app) evalTypes(ctx context.Context, files []string, predictions io.Writer) (figures, error) {
	items, err := a.allItems(ctx, files, typeColumns)
	if err != nil {
		return nil, err
	}
	answers := make([]nlp.Type, len(items))
	say := func(i int) { answers[i] = answerType(items[i].texts[0]) }
	if a.train != nil {
		known, err := a.allItems(ctx, a.train, typeColumns)
		if err != nil {
			return nil, err
		}
		m, err := a.refitFeatures(ctx, known, categoryType, typeFeatures)
		if err != nil {
			return nil, err
		}
		say = func(i int) {
			answers[i] = cmp.Or(nlp.Type(answerFeatures(m, typeFeatures(items[i].texts))), nlp.Ceremonial)
		}
	}
	if err := a.answerAll(ctx, len(items), say); err != nil {
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

// veridicalItems reads premises, a context joined to its target, and the
// clauses embedded in them.
func (a *app) veridicalItems(ctx context.Context, files []string) ([]item, error) {
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
		for i := range items {
			texts := items[i].texts
			last := len(texts) - 1
			items[i].texts = []string{strings.Join(texts[:last], " "), texts[last]}
		}
		all = append(all, items...)
	}
	return all, nil
}

func (a *app) evalVeridical(ctx context.Context, files []string, predictions io.Writer) (figures, error) {
	all, err := a.veridicalItems(ctx, files)
	if err != nil {
		return nil, err
	}
	answered := make([]string, len(all))
	say := func(i int) { answered[i] = answerVeridical(all[i].texts[0], all[i].texts[1]) }
	if a.train != nil {
		known, err := a.veridicalItems(ctx, a.train)
		if err != nil {
			return nil, err
		}
		m, err := a.refitFeatures(ctx, known, func(it *item) string { return it.label }, veridicalFeatures)
		if err != nil {
			return nil, err
		}
		say = func(i int) {
			answered[i] = cmp.Or(answerFeatures(m, veridicalFeatures(all[i].texts)), "open")
		}
	}
	if err := a.answerAll(ctx, len(all), say); err != nil {
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

var premiseColumns = columns{
	id: []string{"id", "pair_ID"}, label: []string{"label", "entailment_judgment"},
	texts: [][]string{{"premise", "sentence_A"}, {"hypothesis", "sentence_B"}},
}

// pairItems reads pairs to learn from, with the label that each teaches. A file that has no
// contradiction tells only what follows from what does not: its neutral pairs
// may contradict too.
func (a *app) pairItems(ctx context.Context, files []string) ([]item, error) {
	var all []item
	for _, path := range files {
		items, err := a.readItems(ctx, path, premiseColumns)
		if err != nil {
			return nil, err
		}
		twoWay := !slices.ContainsFunc(items, func(it item) bool { return cmp.Or(pairLabels[it.label], it.label) == contradiction })
		for i := range items {
			switch l := cmp.Or(pairLabels[items[i].label], items[i].label); l {
			case neutral:
				if items[i].label = l; twoWay {
					items[i].label = notEntailment
				}
			case entailment, contradiction, notEntailment:
				items[i].label = l
			default:
				items[i].label = ""
			}
		}
		all = append(all, items...)
	}
	if !slices.ContainsFunc(all, func(it item) bool { return it.label == contradiction }) {
		for i := range all { // two ways are all that there is to learn
			if all[i].label == notEntailment {
				all[i].label = neutral
			}
		}
	}
	return all, nil
}

func (a *app) evalPairs(ctx context.Context, files []string, predictions io.Writer) (figures, error) {
	items, err := a.allItems(ctx, files, premiseColumns)
	if err != nil {
		return nil, err
	}
	answers := make([]pairAnswer, len(items))
	say := func(i int) { answers[i] = answerPair(items[i].texts[0], items[i].texts[1]) }
	if a.train != nil {
		known, err := a.pairItems(ctx, a.train)
		if err != nil {
			return nil, err
		}
		r, err := a.refit(ctx, known, func(it *item) string { return it.label }, pairInputs)
		if err != nil {
			return nil, err
		}
		say = func(i int) {
			p, label := answer(r, pairInputs(items[i].texts))
			answers[i] = pairAnswer{label: cmp.Or(label, neutral)}
			for c, class := range r.Classes {
				switch {
				case p == nil:
				case class == entailment:
					answers[i].entailment = p[c]
				case class == contradiction:
					answers[i].contradiction = p[c]
				}
			}
		}
	}
	err = a.answerAll(ctx, len(items), say)
	if err != nil {
		return nil, err
	}
	wanted, categories := make([]string, len(items)), make([]string, len(items))
	twoWay := map[string]bool{} // by category, since some files mix
	for i, it := range items {
		wanted[i], categories[i] = cmp.Or(pairLabels[it.label], it.label), it.category
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

var meetColumns = columns{id: []string{"pair_id", "id"}, label: []string{"label"}, texts: [][]string{{"claim_a"}, {"claim_b"}}}

func (a *app) evalMeet(ctx context.Context, files []string, predictions io.Writer) (figures, error) {
	items, err := a.allItems(ctx, files, meetColumns)
	if err != nil {
		return nil, err
	}
	scores, meet := make([]float64, len(items)), make([]bool, len(items))
	say := func(i int) { scores[i], meet[i] = answerMeet(items[i].texts[0], items[i].texts[1]) }
	if a.train != nil {
		known, err := a.allItems(ctx, a.train, meetColumns)
		if err != nil {
			return nil, err
		}
		r, err := a.refit(ctx, known, func(it *item) string {
			if it.label == "none" {
				return "apart"
			}
			return "meet"
		}, meetInputs)
		if err != nil {
			return nil, err
		}
		say = func(i int) {
			if p, label := answer(r, meetInputs(items[i].texts)); p != nil {
				scores[i], meet[i] = p[1], label == "meet"
			}
		}
	}
	err = a.answerAll(ctx, len(items), say)
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
