package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCodePoints(t *testing.T) {
	text := "Ça “gèle” \U0001F976."
	points := newCodePoints(text)
	runes := []rune(text)
	for i := range len(runes) + 1 {
		if want := len(string(runes[:i])); points[i] != want {
			t.Errorf("code point %d begins at byte %d, want %d", i, points[i], want)
		}
		if got := points.point(points[i]); got != i {
			t.Errorf("byte %d is code point %d, want %d", points[i], got, i)
		}
	}
	for label, want := range map[string]string{
		`[3, 9, "decl"]`: "“gèle”",
		`[0, 12]`:        text,
		`[5, 5]`:         "",
	} {
		var fields []json.RawMessage
		if err := json.Unmarshal([]byte(label), &fields); err != nil {
			t.Fatal(err)
		}
		s, err := points.byteSpan(fields)
		if err != nil {
			t.Errorf("%s: %v", label, err)
		} else if got := text[s.start:s.end]; got != want {
			t.Errorf("%s is %q, want %q", label, got, want)
		}
	}
	for _, label := range []string{`[]`, `[1]`, `[-1, 2]`, `[3, 2]`, `[0, 13]`, `["a", 2]`} {
		var fields []json.RawMessage
		if err := json.Unmarshal([]byte(label), &fields); err != nil {
			t.Fatal(err)
		}
		if _, err := points.byteSpan(fields); err == nil {
			t.Errorf("%s: no error", label)
		}
	}
}

func TestTrim(t *testing.T) {
	text := " \n a b \u00a0\t"
	if got := (span{0, len(text)}).trim(text); text[got.start:got.end] != "a b" {
		t.Errorf("trimmed to %q", text[got.start:got.end])
	}
	if got := (span{0, 2}).trim(text); got.start != got.end {
		t.Errorf("white space trimmed to %q", text[got.start:got.end])
	}
}

func TestMatchNames(t *testing.T) {
	label := func(start, end, headStart, headEnd int, kind string) name {
		return name{span{start, end}, span{headStart, headEnd}, kind}
	}
	found := func(start, end int, kind string) name { return name{span: span{start, end}, kind: kind} }
	labels := []name{
		label(0, 30, 4, 12, "organization"), // "the Ministry of X"
		label(16, 30, 16, 30, "place"),      // nested in it
	}
	tests := []struct {
		name           string
		found          []name
		typed, untyped []int
	}{
		{"exact", []name{found(0, 30, "organization"), found(16, 30, "place")}, []int{1, 0}, []int{1, 0}},
		{"head only", []name{found(4, 12, "organization")}, []int{0}, []int{0}},
		{"part of the head", []name{found(4, 8, "organization")}, nil, nil},
		{"wrong type", []name{found(4, 12, "person")}, nil, []int{0}},
		{"one for two labels", []name{found(0, 30, "place")}, []int{1}, []int{0}},
		{"two for one label", []name{found(16, 30, "place"), found(14, 30, "place")}, []int{1}, []int{1}},
	}
	for _, tt := range tests {
		got := func(typed bool) []int { return matchNames(tt.found, labels, typed) }
		if len(got(true)) != len(tt.typed) || len(got(false)) != len(tt.untyped) {
			t.Errorf("%s: typed %v, want %v; untyped %v, want %v", tt.name, got(true), tt.typed, got(false), tt.untyped)
		}
	}
}

// A task answers from the text alone: other labels change no answer.
func TestTasksDoNotReadLabels(t *testing.T) {
	const text = `"doc": "a", "text": "Maria Lopez left Geneva. It rained."`
	answers := func(labels string) string {
		var sentences, names strings.Builder
		f, err := segmentItem([]byte("{"+text+labels+"}"), &sentences)
		if err != nil || f.Predicted == 0 {
			t.Fatalf("%v %v", f, err)
		}
		if _, _, err := namesItem([]byte("{"+text+labels+"}"), &names); err != nil {
			t.Fatal(err)
		}
		return sentences.String() + names.String()
	}
	without := answers("")
	with := answers(`, "sentences": [[0, 3]], "entities": [{"start": 0, "end": 11, "head_start": 0, "head_end": 11, "type": "place", "named": 1}]`)
	if diff := cmp.Diff(without, with); diff != "" {
		t.Error(diff)
	}
}
