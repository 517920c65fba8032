package rows

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func TestGroup(t *testing.T) {
	party := func(i int) int { return i / 10 }
	for _, c := range []struct {
		name  string
		links []Link
		want  [][]int
	}{
		{"nothing meets", nil, nil},
		{"three agree and one dissents", []Link{{0, 10, .9}, {10, 20, .8}, {0, 30, .7}}, [][]int{{0, 10, 20, 30}}},
		{"two points", []Link{{0, 10, .9}, {1, 11, .8}}, [][]int{{0, 10}, {1, 11}}},
		{"a weak link does not join two points that are full", []Link{{0, 10, .9}, {1, 10, .8}, {2, 12, .9}, {3, 12, .8}, {1, 12, .2}}, [][]int{{0, 1, 10}, {2, 3, 12}}},
		{"a claim that only weakly meets a full point is in it", []Link{{0, 10, .9}, {1, 10, .8}, {2, 10, .2}}, [][]int{{0, 1, 2, 10}}},
	} {
		if got := Group(40, c.links, party); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// Every linked claim is in exactly one group, no other is in any.
func TestGroupHoldsEachOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var links []Link
		linked := map[int]bool{}
		for range rapid.IntRange(0, 60).Draw(t, "links") {
			a, b := rapid.IntRange(0, 9).Draw(t, "a"), rapid.IntRange(10, 19).Draw(t, "b")
			links = append(links, Link{a, b, float64(rapid.IntRange(0, 9).Draw(t, "meets")) / 10})
			linked[a], linked[b] = true, true
		}
		times := map[int]int{}
		for _, g := range Group(20, links, func(i int) int { return i / 10 }) {
			for _, i := range g {
				times[i]++
			}
		}
		for i := range 20 {
			if want := map[bool]int{true: 1}[linked[i]]; times[i] != want {
				t.Fatalf("claim %d is in %d groups, want %d", i, times[i], want)
			}
		}
	})
}
