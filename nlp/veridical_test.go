package nlp

import (
	"slices"
	"testing"

	"counterclaim/nlp/lexicon"
)

func TestVeridical(t *testing.T) {
	tests := []struct {
		text, clause string
		want         lexicon.Implied
	}{
		{"The crew managed to close the valve.", "The crew closed the valve.", lexicon.True},
		{"The crew did not manage to close the valve.", "The crew closed the valve.", lexicon.False},
		{"The crew failed to close the valve.", "The crew closed the valve.", lexicon.False},
		{"The crew refused to close the valve.", "The crew closed the valve.", lexicon.False},
		{"The crew was ready to close the valve.", "The crew closed the valve.", lexicon.Open},
		{"The minister knows that the valve was open.", "The valve was open.", lexicon.True},
		{"Nobody realized that the valve was open.", "The valve was open.", lexicon.True},
		{"Did the minister know that the valve was open?", "The valve was open.", lexicon.True},
		{"I don't know that the valve was open.", "The valve was open.", lexicon.Unlikely},
		{"The minister claims that the valve was open.", "The valve was open.", lexicon.Open},
		{"The minister reported that the valve was open.", "The valve was open.", lexicon.Likely},
		{"The minister does not think that the valve was open.", "The valve was open.", lexicon.Unlikely},
		{"I could hardly believe that the valve was open.", "The valve was open.", lexicon.Likely},
		{"The minister denied that the valve was open.", "The valve was open.", lexicon.False},
		{"If the valve was open, the town is safe.", "The valve was open.", lexicon.Open},
		{"The valve may have been open.", "The valve may have been open.", lexicon.True},
		{"Was the valve open?", "The valve was open.", lexicon.Open},
		{"The valve was not open.", "The valve was open.", lexicon.False},
		{"It rained. The crew forgot to close the valve. We left.", "The crew closed the valve.", lexicon.False},
		{"Because the valve was open, the town flooded.", "The valve was open.", lexicon.True},
	}
	for _, tt := range tests {
		got, grounds, ok := Veridical(tt.text, tt.clause)
		if !ok || got != tt.want {
			t.Errorf("%q: %q is held %d (%v, %q), want %d", tt.text, tt.clause, got, ok, grounds, tt.want)
		}
	}
	if _, _, ok := Veridical("The crew left.", "Grain prices rose."); ok {
		t.Error("a clause is found in a text that has no word of it")
	}
	_, grounds, _ := Veridical("The crew did not manage to close the valve.", "The crew closed the valve.")
	if !slices.Contains(grounds, "over manage, to, denied") {
		t.Errorf("grounds %q", grounds)
	}
}
