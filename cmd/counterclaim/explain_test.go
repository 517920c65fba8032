package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"counterclaim/compare/gold"
	"counterclaim/nlp"
)

// Every relation, kind and type is explained, in the order of the gold
// format, and nothing else.
func TestExplanations(t *testing.T) {
	list, err := loadExplanations()
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, r := range gold.Kinds {
		want = append(want, "relation "+r.Relation)
	}
	for _, r := range gold.Kinds {
		for _, k := range r.Kinds {
			want = append(want, "kind of "+r.Relation+" "+k)
		}
	}
	for _, typ := range gold.Types {
		want = append(want, "type "+typ)
	}
	for _, e := range list {
		if strings.HasPrefix(e.Of, "rule") {
			if e.Title == "" || e.Example[0] == "" {
				t.Errorf("rule %s: no words or no example", e.Name)
			}
			continue
		}
		got = append(got, e.Of+" "+e.Name)
		if e.Title == "" || e.Text == "" || len(e.Example) == 0 {
			t.Errorf("%s %s: title, text or example missing", e.Of, e.Name)
		}
		if e.Of != "type" && len(e.Example) != 2 {
			t.Errorf("%s %s: an example of a pair has two claims", e.Of, e.Name)
		}
		for line := range strings.Lines(e.Text) {
			if len(line) > 79 {
				t.Errorf("%s %s: line too long: %s", e.Of, e.Name, line)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The scorer keeps its own list of types, so as not to depend on nlp.
func TestTypesAreThoseOfGold(t *testing.T) {
	var types []string
	for _, typ := range nlp.Types {
		types = append(types, string(typ))
	}
	if !slices.Equal(types, gold.Types) {
		t.Errorf("nlp has %v, gold %v", types, gold.Types)
	}
}
