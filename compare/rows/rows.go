// Package rows gathers pairs of claims into points: one point is what
// several claims, one or more of each party, speak to.
package rows

import (
	"slices"
	"sort"
)

// Link is a pair with how surely its two claims meet.
type Link struct {
	A, B  int // claims
	Meets float64
}

// largest is how many claims of one party a point holds at most before
// weaker links stop pulling further ones in.
const largest = 2

// Group puts the claims that are linked into points: links are taken from
// the surest on, and two groups become one while no party would have more
// than a few claims in it. Each claim comes into exactly one group; claims
// without a link come into none. Groups and their members are in order of
// claim number. party gives the party of a claim.
func Group(claims int, links []Link, party func(claim int) int) [][]int {
	order := slices.Clone(links)
	sort.SliceStable(order, func(i, j int) bool {
		a, b := order[i], order[j]
		if a.Meets != b.Meets {
			return a.Meets > b.Meets
		}
		if a.A != b.A {
			return a.A < b.A
		}
		return a.B < b.B
	})
	group := make([]int, claims)
	members := make([][]int, claims)
	for i := range group {
		group[i] = i
		members[i] = []int{i}
	}
	linked := make([]bool, claims)
	for _, l := range order {
		linked[l.A], linked[l.B] = true, true
		a, b := group[l.A], group[l.B]
		if a == b {
			continue
		}
		alone := len(members[a]) == 1 || len(members[b]) == 1
		if !alone && tooLarge(members[a], members[b], party) {
			continue
		}
		if len(members[a]) < len(members[b]) {
			a, b = b, a
		}
		for _, m := range members[b] {
			group[m] = a
		}
		members[a] = append(members[a], members[b]...)
		members[b] = nil
	}
	var out [][]int
	for i, m := range members {
		if len(m) > 1 && linked[i] {
			slices.Sort(m)
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b []int) int { return a[0] - b[0] })
	return out
}

func tooLarge(a, b []int, party func(int) int) bool {
	count := map[int]int{}
	for _, list := range [][]int{a, b} {
		for _, m := range list {
			if count[party(m)]++; count[party(m)] > largest {
				return true
			}
		}
	}
	return false
}
