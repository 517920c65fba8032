package judge

import (
	"math"
	"slices"
)

// The judge looks twice. The first look weighs each pair by itself; the
// second also sees what the first says of the pairs around it: the same
// claims with others, the claims before and after, and third parties.

// contextInputs names what the second look sees besides Inputs.
var contextInputs = []string{
	"first look", "beside", "next to", "third parties", "around", "rival of A", "rival of B", "rivals of A", "rivals of B",
}

// contexts gives the context inputs of each pair, from what the first look
// says: meets, by pair. party holds the party of each claim.
func contexts(pairs [][2]int, meets []float64, party []int) [][]float64 {
	at := make(map[[2]int]float64, len(pairs))
	of := map[int][]partner{}
	for i, p := range pairs {
		at[p] = meets[i]
		of[p[0]] = append(of[p[0]], partner{p[1], meets[i]})
		of[p[1]] = append(of[p[1]], partner{p[0], meets[i]})
	}
	for _, list := range of {
		slices.SortFunc(list, func(x, y partner) int { return x.claim - y.claim })
	}
	near := func(p [2]int, da, db int) float64 {
		a, b := p[0]+da, p[1]+db
		if a < 0 || b < 0 || a >= len(party) || b >= len(party) || party[a] != party[p[0]] || party[b] != party[p[1]] {
			return 0
		}
		return at[[2]int{a, b}]
	}
	out := make([][]float64, len(pairs))
	for i, p := range pairs {
		beside := max(near(p, -1, -1), near(p, -1, 1)) + max(near(p, 1, -1), near(p, 1, 1))
		next := near(p, -1, 0) + near(p, 1, 0) + near(p, 0, -1) + near(p, 0, 1)
		around := 0.0
		for da := -2; da <= 2; da++ {
			for db := -2; db <= 2; db++ {
				if da != 0 || db != 0 {
					around += near(p, da, db)
				}
			}
		}
		bestA, sumA := rivals(of[p[0]], p[1])
		bestB, sumB := rivals(of[p[1]], p[0])
		m := meets[i]
		out[i] = []float64{
			math.Log(m/(1-m+1e-6) + 1e-3), beside, next, third(of[p[0]], of[p[1]]), around, bestA, bestB, sumA, sumB,
		}
	}
	return out
}

type partner struct {
	claim int
	meets float64
}

// rivals gives the best and the sum of the other pairs of a claim.
func rivals(list []partner, but int) (best, sum float64) {
	for _, p := range list {
		if p.claim != but {
			best = max(best, p.meets)
			sum += p.meets
		}
	}
	return best, sum
}

// third is how well two claims meet through claims of third parties: the sum
// of the two best ways.
func third(a, b []partner) float64 {
	var first, second float64
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].claim < b[j].claim:
			i++
		case a[i].claim > b[j].claim:
			j++
		default:
			way := min(a[i].meets, b[j].meets)
			if way > first {
				first, second = way, first
			} else {
				second = max(second, way)
			}
			i++
			j++
		}
	}
	return first + second
}
