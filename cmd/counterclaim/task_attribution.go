package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"counterclaim/compare/gold"
	"counterclaim/nlp"
)

// attributionFigures count sentences that report something.
type attributionFigures struct {
	Task      string       `json:"task"`
	Sentences countFigures `json:"sentences"`
}

func (f *attributionFigures) table(w io.Writer) {
	fmt.Fprint(w, f.Task+countColumns)
	f.Sentences.row(w, "sentences")
}

func (a *app) evalAttribution(ctx context.Context, files []string, predictions io.Writer) (figures, error) {
	count, _, err := a.countLines(ctx, files, predictions, attributionItem)
	if err != nil {
		return nil, err
	}
	return &attributionFigures{"attribution", newCountFigures(count)}, nil
}

// attributionItem answers one sentence, and only then reads its labels.
func attributionItem(line []byte, predictions io.Writer) (gold.Count, error) {
	var count gold.Count
	var item struct {
		Text string `json:"text"`
	}
	if err := json.Unmarshal(line, &item); err != nil {
		return count, badJSON(err)
	}
	points := newCodePoints(item.Text)
	type answer struct {
		Source  [][2]int `json:"source"`
		Cue     [][2]int `json:"cue"`
		Content [][2]int `json:"content"`
	}
	spans := func(r [2]int) [][2]int {
		if r[0] == r[1] {
			return [][2]int{}
		}
		return [][2]int{{points.point(r[0]), points.point(r[1])}}
	}
	answered := []answer{}
	for _, x := range nlp.Attributions(item.Text) {
		answered = append(answered, answer{spans(x.Source), spans(x.Cue), spans(x.Content)})
	}
	if err := writeJSONLine(predictions, struct {
		Attributions []answer `json:"attributions"`
	}{answered}); err != nil {
		return count, err
	}

	var labels struct {
		Attributions []json.RawMessage `json:"attributions"`
	}
	if err := json.Unmarshal(line, &labels); err != nil {
		return count, badJSON(err)
	}
	count.Predicted, count.Gold = min(len(answered), 1), min(len(labels.Attributions), 1)
	count.Right = min(count.Predicted, count.Gold)
	return count, nil
}
