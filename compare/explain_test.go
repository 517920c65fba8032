package compare

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"counterclaim/compare/evidence"
	"counterclaim/nlp"
)

func TestExplain(t *testing.T) {
	tests := []struct {
		kind Kind
		a, b string
		want []Evidence // the first ones
	}{
		{Quantity, "The flood killed nine farmers.", "The flood killed no more than four farmers.",
			[]Evidence{{"number", "nine", "no more than four", "“nine” and “no more than four” cannot both be true"}}},
		// A figure that both give does not stand against the others.
		{Same, "The clerk counted 117 sheep and 61 goats.", "The shed held 61 goats.",
			[]Evidence{{"number", "61", "61", "“61” and “61” are the same"}}},
		// A figure that is denied is none, and stands against the same one.
		{Quantity, "It was not 120 sheep but 104 sheep.", "The clerk counted 120 sheep.",
			[]Evidence{{"number", "120", "120", "one side denies this figure"}, {"number", "104", "120", "“104” and “120” cannot both be true"}}},
		{Negation, "The clerk did not open the gate.", "The clerk opened the gate at noon.",
			[]Evidence{{"negation", "did not open the gate", "opened the gate at noon", "one side denies what the other says"}}},
		{Actor, "The miller burned the barn.", "It was burned by two soldiers.",
			[]Evidence{{"actor", "The miller", "two soldiers", "they name others as the ones who did it"}}},
		{Status, "The paper is a treaty in force.", "The paper is not a treaty.",
			[]Evidence{{"status", "is a treaty in force", "is not a treaty", "they give it another standing"}}},
		{Time, "The convoy came three hours late.", "The first lorry came at 09:25.",
			[]Evidence{{"time", "three hours", "09:25", "the times differ"}}},
		// What it cannot tell it does not quote.
		{Place, "The barn burned down.", "The barn fell at the river.",
			[]Evidence{{"place", "", "", "the places differ"}}},
		{Same, "The miller burned the barn.", "The barn was burned.",
			[]Evidence{{"act", "burned", "burned", ""}}},
	}
	for _, tt := range tests {
		a, b := nlp.AnalyzeClaim(tt.a, nlp.Options{}), nlp.AnalyzeClaim(tt.b, nlp.Options{})
		x, y := evidence.Prepare(a, &a.Claims[0]), evidence.Prepare(b, &b.Claims[0])
		of := func(d *nlp.Document) side { return side{&d.Claims[0], d.Roles(&d.Claims[0])} }
		got := explain(tt.kind, evidence.Compare(&x, &y).Facts, similarity(&x.Claim.Meaning, &y.Claim.Meaning), of(a), of(b))
		if diff := cmp.Diff(tt.want, got[:min(len(got), len(tt.want))]); diff != "" {
			t.Errorf("%s: %q, %q (-want +got):\n%s", tt.kind, tt.a, tt.b, diff)
		}
	}
}

func TestTopic(t *testing.T) {
	c := Case{Parties: []Party{{ID: "a"}, {ID: "b"}}}
	for i, s := range []string{"The clerk lost the key of the toll house in the river on Monday.", "We say that the key of the toll house was stolen by a boatman."} {
		c.Parties[i].Statements = []*nlp.Document{nlp.AnalyzeClaim(s, nlp.Options{})}
	}
	r := &Result{Case: c, Claims: Claims(c)}
	if got := r.topic([]int{0, 1}, r.usage()); got != "the key of the toll house" {
		t.Errorf("topic %q", got)
	}
}
