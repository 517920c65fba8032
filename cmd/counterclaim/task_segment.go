package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"counterclaim/compare/gold"
	"counterclaim/nlp/segment"
)

// segmentFigures counts exact sentence spans, outer white space folded.
type segmentFigures struct {
	Task      string       `json:"task"`
	Documents int          `json:"documents"`
	Sentences countFigures `json:"sentences"`
}

func (f *segmentFigures) table(w io.Writer) {
	fmt.Fprint(w, f.Task+countColumns)
	f.Sentences.row(w, "sentences")
}

func (a *app) evalSegment(ctx context.Context, files []string, predictions io.Writer) (figures, error) {
	count, documents, err := a.countLines(ctx, files, predictions, segmentItem)
	if err != nil {
		return nil, err
	}
	return &segmentFigures{"segment", documents, newCountFigures(count)}, nil
}

// segmentItem answers one document, and only then reads its labels.
func segmentItem(line []byte, predictions io.Writer) (gold.Count, error) {
	var count gold.Count
	var item struct {
		Doc  string `json:"doc"`
		Text string `json:"text"`
	}
	if err := json.Unmarshal(line, &item); err != nil {
		return count, badJSON(err)
	}
	points := newCodePoints(item.Text)
	answered := [][2]int{}
	found := map[span]bool{}
	for _, s := range segment.Document(item.Text) {
		s := span{s.Start, s.End}.trim(item.Text)
		found[s] = true
		answered = append(answered, [2]int{points.point(s.start), points.point(s.end)})
	}
	if err := writeJSONLine(predictions, struct {
		Doc       string   `json:"doc"`
		Sentences [][2]int `json:"sentences"`
	}{item.Doc, answered}); err != nil {
		return count, err
	}

	var labels struct {
		Sentences [][]json.RawMessage `json:"sentences"`
	}
	if err := json.Unmarshal(line, &labels); err != nil {
		return count, badJSON(err)
	}
	count.Predicted += len(answered)
	for _, label := range labels.Sentences {
		s, err := points.byteSpan(label)
		if err != nil {
			return count, err
		}
		count.Gold++
		if s = s.trim(item.Text); found[s] {
			count.Right++
			delete(found, s) // a label given twice is found once
		}
	}
	return count, nil
}
