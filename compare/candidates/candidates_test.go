package candidates

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func items(n, parties int, seed uint64) []Item {
	r := rand.New(rand.NewPCG(seed, 1))
	out := make([]Item, n)
	for i := range out {
		v := make([]float32, 16)
		sum := 0.0
		for j := range v {
			v[j] = float32(r.NormFloat64())
			sum += float64(v[j]) * float64(v[j])
		}
		for j := range v {
			v[j] /= float32(math.Sqrt(sum))
		}
		out[i] = Item{Party: i % parties, Meaning: v, Keys: []string{fmt.Sprint("k", r.IntN(40))}}
	}
	return out
}

// Two parties with one claim each: what is alike stands out from the usual.
func TestFewClaims(t *testing.T) {
	same := []float32{1, 0}
	found := Find([]Item{{Party: 0, Meaning: same}, {Party: 1, Meaning: same}})
	if len(found) != 1 || found[0].Margin < 0.5 {
		t.Errorf("got %+v, want one candidate well above the usual", found)
	}
	found = Find([]Item{{Party: 0, Meaning: same}, {Party: 1, Meaning: []float32{0, 1}}})
	if len(found) != 1 || found[0].Margin > 0 {
		t.Errorf("got %+v, want one candidate below the usual", found)
	}
}

func TestFind(t *testing.T) {
	list := items(90, 3, 7)
	found := Find(list)
	per := map[[2]int]int{}
	for i, c := range found {
		if list[c.A].Party >= list[c.B].Party {
			t.Fatalf("candidate %+v joins parties %d and %d", c, list[c.A].Party, list[c.B].Party)
		}
		if i > 0 && (c.A < found[i-1].A || c.A == found[i-1].A && c.B <= found[i-1].B) {
			t.Fatalf("candidates out of order at %d", i)
		}
		per[[2]int{c.A, list[c.B].Party}]++
		per[[2]int{c.B, list[c.A].Party}]++
	}
	for i := range list {
		for p := range 3 {
			if p != list[i].Party && per[[2]int{i, p}] < neighbours {
				t.Errorf("claim %d has %d candidates in party %d, want %d at least", i, per[[2]int{i, p}], p, neighbours)
			}
		}
	}
}

// Numbering the parties the other way round finds the same pairs.
func TestFindInAnyOrder(t *testing.T) {
	list := items(60, 2, 9)
	want := map[[2]int]float64{}
	for _, c := range Find(list) {
		want[[2]int{c.A, c.B}] = c.Margin
	}
	for i := range list {
		list[i].Party = 1 - list[i].Party
	}
	found := Find(list)
	for _, c := range found {
		if m, ok := want[[2]int{c.B, c.A}]; !ok || math.Abs(m-c.Margin) > 1e-9 {
			t.Errorf("candidate %d, %d has margin %g, turned round %g", c.A, c.B, c.Margin, m)
		}
	}
	if len(found) != len(want) {
		t.Errorf("%d candidates, turned round %d", len(want), len(found))
	}
}
