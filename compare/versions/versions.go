// Package versions says what became of the claims of a party from one of its
// statements to the next: which it kept, which it revised, which it dropped,
// and which it added.
//
// The law of the package: every claim of both statements is in at least one
// change; a claim that was dropped or added is in exactly one.
package versions

import (
	"context"

	"counterclaim/compare"
	"counterclaim/nlp"
)

// What became of a claim.
type What string

// The changes.
const (
	Kept    What = "kept"    // said again: the pair agrees as the same
	Revised What = "revised" // said again, but otherwise: narrower, broader, in conflict, in other terms
	Added   What = "added"
	Dropped What = "dropped"
)

// Change is one claim, or two that meet.
type Change struct {
	What          What
	Before, After int          // indexes of claims of the two statements; -1 if there is none
	Kind          compare.Kind // of the pair, for kept and revised
	Score         float64
}

// Between compares two statements of one party, which were analysed in one
// case. The changes are in the order of the earlier statement's claims; what
// was added comes last.
func Between(ctx context.Context, earlier, later *nlp.Document, o compare.Options) ([]Change, error) {
	r, err := compare.Compare(ctx, compare.Case{Parties: []compare.Party{
		{ID: "earlier", Statements: []*nlp.Document{earlier}},
		{ID: "later", Statements: []*nlp.Document{later}},
	}}, o)
	if err != nil {
		return nil, err
	}
	first := len(earlier.Claims) // index of the later statement's first claim
	met := make([]bool, len(r.Claims))
	meets := make([][]compare.Pair, first)
	for _, p := range r.Pairs {
		meets[p.A] = append(meets[p.A], p)
		met[p.A], met[p.B] = true, true
	}
	var out []Change
	for i := range earlier.Claims {
		if !met[i] {
			out = append(out, Change{What: Dropped, Before: i, After: -1})
		}
		for _, p := range meets[i] {
			c := Change{What: Revised, Before: i, After: p.B - first, Kind: p.Kind, Score: p.Score}
			if p.Kind == compare.Same {
				c.What = Kept
			}
			out = append(out, c)
		}
	}
	for i := range later.Claims {
		if !met[first+i] {
			out = append(out, Change{What: Added, Before: -1, After: i})
		}
	}
	return out, nil
}
