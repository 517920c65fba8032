package compare

import (
	"context"
	"slices"
	"testing"

	"counterclaim/nlp"
	"counterclaim/nlp/read"
)

// TestAlike proves that pairs in the same words, which are read once, are
// each read as by itself.
func TestAlike(t *testing.T) {
	const once = "The army shelled the harbour on Monday. Twelve people were killed in the attack. No warning was given. "
	var c Case
	for id, text := range map[string]string{
		"north": once + "The army shelled the harbour on Monday. We demand an inquiry.",
		"south": once + "No warning was given. The harbour was empty.",
	} {
		statement, err := read.Read(id, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		c.Parties = append(c.Parties, Party{ID: id, Name: id, Statements: []*nlp.Document{nlp.Analyze(statement, nlp.Options{})}})
	}
	claims, model := Claims(c), nlp.DefaultModel()
	pairs, err := Pairs(context.Background(), c, claims, Options{Model: model, All: true})
	if err != nil {
		t.Fatal(err)
	}
	first, of := alike(c, claims, pairs)
	if len(first) == 0 || len(first) >= len(pairs) {
		t.Errorf("%d of %d pairs are read", len(first), len(pairs))
	}
	if !slices.ContainsFunc(of, func(p told) bool { return p.turned }) {
		t.Error("no pair is read the other way round")
	}
	for _, p := range pairs {
		a, b := &p.A.Claim.Meaning, &p.B.Claim.Meaning
		if got := model.Read([][2]*nlp.Meaning{{a, b}})[0]; got != p.Read {
			t.Errorf("%q and %q: read as %v, by themselves as %v", p.A.Claim.Text, p.B.Claim.Text, p.Read, got)
		}
	}
}
