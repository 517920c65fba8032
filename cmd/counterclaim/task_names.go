package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"counterclaim/compare/gold"
	"counterclaim/nlp/entities"
	"counterclaim/nlp/segment"
	"counterclaim/nlp/syntax"
)

// nameTypes are the types that the task counts.
var nameTypes = []string{string(entities.Person), string(entities.Organization), string(entities.Place)}

// nameFigures count names whose head word is inside the span found.
type nameFigures struct {
	Task      string                  `json:"task"`
	Documents int                     `json:"documents"`
	Typed     countFigures            `json:"typed"`   // and of the same type
	Untyped   countFigures            `json:"untyped"` // of whatever type
	ByType    map[string]countFigures `json:"by_type"`
}

func (f *nameFigures) table(w io.Writer) {
	fmt.Fprint(w, f.Task+countColumns)
	for _, t := range nameTypes {
		f.ByType[t].row(w, t)
	}
	f.Typed.row(w, "all")
	f.Untyped.row(w, "type left out")
}

// name is a name in a text, found or labelled.
type name struct {
	span
	head span // of a label only
	kind string
}

func (a *app) evalNames(ctx context.Context, files []string, predictions io.Writer) (figures, error) {
	documents := 0
	var untyped gold.Count
	byType := map[string]*gold.Count{}
	for _, t := range nameTypes {
		byType[t] = &gold.Count{}
	}
	for _, path := range files {
		err := a.eachLine(ctx, path, func(_ int, line []byte) error {
			documents++
			found, labels, err := namesItem(line, predictions)
			if err != nil {
				return err
			}
			for _, n := range found {
				byType[n.kind].Predicted++
			}
			for _, n := range labels {
				byType[n.kind].Gold++
			}
			untyped.Predicted += len(found)
			untyped.Gold += len(labels)
			untyped.Right += len(matchNames(found, labels, false))
			for _, i := range matchNames(found, labels, true) {
				byType[labels[i].kind].Right++
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	f := &nameFigures{Task: "names", Documents: documents, Untyped: newCountFigures(untyped), ByType: map[string]countFigures{}}
	var all gold.Count
	for t, c := range byType {
		f.ByType[t] = newCountFigures(*c)
		all.Right += c.Right
		all.Predicted += c.Predicted
		all.Gold += c.Gold
	}
	f.Typed = newCountFigures(all)
	return f, nil
}

// namesItem answers one document, and only then reads its labels.
func namesItem(line []byte, predictions io.Writer) (found, labels []name, err error) {
	var item struct {
		Doc  string `json:"doc"`
		Text string `json:"text"`
	}
	if err := json.Unmarshal(line, &item); err != nil {
		return nil, nil, badJSON(err)
	}
	points := newCodePoints(item.Text)
	answer := [][3]any{}
	var sentences [][]syntax.Token
	for _, s := range segment.Document(item.Text) {
		sentences = append(sentences, syntax.Tokenize(item.Text[s.Start:s.End], s.Start))
	}
	syntax.ParseAll(sentences)
	for _, names := range entities.NamesAll(sentences) { // as a statement is read: a name has one type throughout
		for _, e := range names {
			if slices.Contains(nameTypes, string(e.Type)) {
				found = append(found, name{span: span{e.Start, e.End}, kind: string(e.Type)})
				answer = append(answer, [3]any{points.point(e.Start), points.point(e.End), e.Type})
			}
		}
	}
	if err := writeJSONLine(predictions, struct {
		Doc      string   `json:"doc"`
		Entities [][3]any `json:"entities"`
	}{item.Doc, answer}); err != nil {
		return nil, nil, err
	}

	var labelled struct {
		Entities []struct {
			Start     int    `json:"start"`
			End       int    `json:"end"`
			HeadStart int    `json:"head_start"`
			HeadEnd   int    `json:"head_end"`
			Type      string `json:"type"`
			Named     int    `json:"named"`
		} `json:"entities"`
	}
	if err := json.Unmarshal(line, &labelled); err != nil {
		return nil, nil, badJSON(err)
	}
	for _, l := range labelled.Entities {
		if l.Named != 1 || !slices.Contains(nameTypes, l.Type) {
			continue
		}
		if l.Start < 0 || l.HeadStart < l.Start || l.HeadEnd < l.HeadStart || l.End < l.HeadEnd || l.End >= len(points) {
			return nil, nil, fmt.Errorf("entity [%d, %d] with head [%d, %d] is outside the text or itself", l.Start, l.End, l.HeadStart, l.HeadEnd)
		}
		labels = append(labels, name{span{points[l.Start], points[l.End]}, span{points[l.HeadStart], points[l.HeadEnd]}, l.Type})
	}
	return found, labels, nil
}

// matchNames pairs the names found with labels one to one, the closest spans
// first, and returns the labels that are matched. A name found must hold the
// head of the label.
func matchNames(found, labels []name, typed bool) []int {
	type match struct {
		found, label int
		iou          float64
	}
	var matches []match
	for i, f := range found {
		for j, l := range labels {
			if f.start <= l.head.start && l.head.end <= f.end && (!typed || f.kind == l.kind) {
				shared := min(f.end, l.end) - max(f.start, l.start)
				matches = append(matches, match{i, j, float64(shared) / float64(max(f.end, l.end)-min(f.start, l.start))})
			}
		}
	}
	slices.SortFunc(matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.iou, a.iou), cmp.Compare(a.found, b.found), cmp.Compare(a.label, b.label))
	})
	used := map[int]bool{}
	taken := map[int]bool{}
	var right []int
	for _, m := range matches {
		if !used[m.found] && !taken[m.label] {
			used[m.found], taken[m.label] = true, true
			right = append(right, m.label)
		}
	}
	return right
}
