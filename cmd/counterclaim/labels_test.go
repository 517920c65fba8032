package main

import (
	"bytes"
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestRanking(t *testing.T) {
	tests := []struct {
		name     string
		scores   []float64
		positive []bool
		ap, auc  float64
		reason   string
	}{
		{"perfect", []float64{0.9, 0.8, 0.1}, []bool{true, true, false}, 1, 1, ""},
		{"reversed", []float64{0.1, 0.2, 0.9}, []bool{true, true, false}, (1.0/2 + 2.0/3) / 2, 0, ""},
		{"one between", []float64{0.9, 0.5, 0.4, 0.1}, []bool{true, false, true, false}, (1 + 2.0/3) / 2, 0.75, ""},
		{"all equal", []float64{0.5, 0.5, 0.5, 0.5}, []bool{true, false, false, false}, 0.25, 0.5, "ties count as chance"},
		{"NaN last", []float64{math.NaN(), 0.1}, []bool{true, false}, 0.5, 0, ""},
		{"no positives", []float64{0.5}, []bool{false}, 0, 0, ""},
		{"nothing", nil, nil, 0, 0, ""},
	}
	for _, tt := range tests {
		ap, auc := ranking(tt.scores, tt.positive)
		if math.Abs(ap-tt.ap) > 1e-12 || math.Abs(auc-tt.auc) > 1e-12 {
			t.Errorf("%s: average precision %g, AUC %g; want %g, %g (%s)", tt.name, ap, auc, tt.ap, tt.auc, tt.reason)
		}
	}
}

func TestLabelFigures(t *testing.T) {
	got := newLabelFigures("pairs",
		[]string{"entailment", "entailment", "neutral", "neutral"},
		[]string{"entailment", "neutral", "neutral", "contradiction"},
		[]string{"a", "a", "b", "b"})
	want := &labelFigures{Task: "pairs", Items: 4, Accuracy: 0.5, MacroF1: (2.0/3 + 0.5) / 2,
		Labels: []labelCount{
			{"contradiction", countFigures{0, 1, 0, 0, 0, 0}},
			{"entailment", countFigures{1, 1, 2, 1, 0.5, 2.0 / 3}},
			{"neutral", countFigures{1, 2, 2, 0.5, 0.5, 0.5}},
		},
		Categories: []categoryCounts{{"a", 2, 0.5}, {"b", 2, 0.5}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(labelCount{}), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Error(diff)
	}
	var out bytes.Buffer
	table := tabwriter.NewWriter(&out, 0, 0, 2, ' ', tabwriter.AlignRight)
	got.table(table)
	if err := table.Flush(); err != nil || !strings.Contains(out.String(), "all      4    0.5000    0.5833") {
		t.Errorf("%v\n%s", err, out.String())
	}
}

func TestReadItems(t *testing.T) {
	c := columns{id: []string{"id", "pair_ID"}, label: []string{"label", "entailment_judgment"}, texts: [][]string{{"premise", "sentence_A"}, {"hypothesis", "sentence_B"}}}
	read := func(text string) ([]item, error) {
		path := filepath.Join(t.TempDir(), "data.tsv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		items, err := (&app{quiet: true}).readItems(context.Background(), path, c)
		if err != nil {
			_, after, _ := strings.Cut(err.Error(), "data.tsv")
			return nil, textError(after)
		}
		return items, nil
	}
	got, err := read("\ufeffpair_ID\tother\tsentence_A\tsentence_B\tentailment_judgment\tcategory\r\n1\tx\tA \"b\tC\tNEUTRAL\tnew\r\n\r\n2\tx\tD\tE\tENTAILMENT\told\r\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []item{{"1", []string{"A \"b", "C"}, "neutral", "new"}, {"2", []string{"D", "E"}, "entailment", "old"}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(item{})); diff != "" {
		t.Error(diff)
	}
	for text, want := range map[string]string{
		"id\tpremise\tlabel\n1\ta\tb\n":             ":1: no column hypothesis or sentence_B; the columns are id, premise, label",
		"id\tpremise\thypothesis\tlabel\n1\ta\tb\n": ":2: 3 columns, the header has 4",
		"id\tpremise\thypothesis\tlabel\n":          ": no items; write a header line and one item a line",
		"":                                          ": no items; write a header line and one item a line",
		"just prose\n":                              ":1: no column id or pair_ID; the columns are just prose",
		"label\tpremise\thypothesis\tjudgement\na\tb\tc\td\n": ":1: no column id or pair_ID; the columns are label, premise, hypothesis, judgement",
	} {
		if _, err := read(text); err == nil || err.Error() != want {
			t.Errorf("%q: error %v, want %s", text, err, want)
		}
	}
}

type textError string

func (e textError) Error() string { return string(e) }
