package compare

import (
	"math"
	"slices"
	"testing"

	"counterclaim/compare/judge"
	"counterclaim/nlp"
)

// What one swapped word does, where the lexicon knows.
func TestAloneInfers(t *testing.T) {
	tests := []struct{ premise, hypothesis, want string }{
		{"The minister opened the bridge.", "The minister opened the bridge.", "entailment"},
		{"The minister opened the bridge.", "The minister closed the bridge.", "contradiction"},
		{"Four soldiers were killed at the gate.", "Nine soldiers were killed at the gate.", "contradiction"},
		{"The ship was sunk off France.", "The ship was sunk off Brazil.", "contradiction"},
		{"A boy ran across the road.", "A child ran across the road.", "entailment"},
	}
	for _, tt := range tests {
		m := Alone(nlp.AnalyzeClaim(tt.premise, nlp.Options{}), nlp.AnalyzeClaim(tt.hypothesis, nlp.Options{}))
		p := judge.DefaultInference().Probabilities(m.Follows)
		if got := judge.Inferences[slices.Index(p, slices.Max(p))]; got != tt.want {
			t.Errorf("%q, %q: %s %.2f, want %s", tt.premise, tt.hypothesis, got, p, tt.want)
		}
		if len(m.Inputs) != len(judge.Inputs) || m.Meets < 0 || m.Meets > 1 || math.IsNaN(m.Meets) {
			t.Errorf("%q, %q: %d inputs, meets %v", tt.premise, tt.hypothesis, len(m.Inputs), m.Meets)
		}
	}
	if m := Alone(nlp.AnalyzeClaim("", nlp.Options{}), nlp.AnalyzeClaim("It rained.", nlp.Options{})); m.Follows != nil || m.Meets != 0 {
		t.Errorf("no claim: %+v", m)
	}
}
