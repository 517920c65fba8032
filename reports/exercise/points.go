package exercise

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"counterclaim/compare"
	"counterclaim/reports/wording"
)

// point is a row of the comparison that an exercise is made of: something on
// which two parties are sure to meet.
type point struct {
	lead  int   // the pair that questions are about
	pairs []int // all sure pairs of the row, the lead first, then by falling score
	fit   float64
}

// mostPoints is the number of points of an exercise, by level.
var mostPoints = [...]int{1: 5, 2: 6, 3: 8}

// unfit is what a level too plain or too subtle weighs against the score of a
// pair.
const unfit = 0.15

// difficulty is the level from which students see what a pair of this kind is
// about: figures and denials are plain, words for the same thing are subtle.
func difficulty(k compare.Kind) int {
	switch k {
	case compare.Same, compare.Quantity, compare.Time, compare.Place, compare.Negation, compare.Antonym:
		return 1
	case compare.Narrower, compare.Broader, compare.Actor, compare.Patient, compare.Blame, compare.Other:
		return 2
	case compare.Modality, compare.Status, compare.Naming, compare.Evaluation:
		return 3
	}
	return 2
}

// candidatePoints lists the rows that have a sure pair, the fittest for the
// level first; those that fit nearly alike are in an order of chance.
func candidatePoints(v *wording.Report, sources []*Source, minScore float64, level int, chance *rand.Rand) []point {
	var out []point
	for _, row := range v.Rows {
		var p point
		for _, i := range row.Pairs {
			if pair := v.Pairs[i]; sureness(pair) >= minScore && sourceOf(v, sources, pair.A) >= 0 && sourceOf(v, sources, pair.B) >= 0 && !asked(v, pair.A) && !asked(v, pair.B) {
				p.pairs = append(p.pairs, i)
			}
		}
		if len(p.pairs) == 0 {
			continue
		}
		fit := func(i int) float64 {
			pair := v.Pairs[i]
			off := difficulty(pair.Kind) - level
			return sureness(pair) - unfit*float64(max(off, -off)) - 0.1*awkward(v, pair)
		}
		slices.SortStableFunc(p.pairs, func(a, b int) int { return cmp.Compare(sureness(v.Pairs[b]), sureness(v.Pairs[a])) })
		p.lead = slices.MaxFunc(p.pairs, func(a, b int) int { return cmp.Compare(fit(a), fit(b)) })
		p.fit = fit(p.lead)
		at := slices.Index(p.pairs, p.lead)
		p.pairs = slices.Insert(slices.Delete(p.pairs, at, at+1), 0, p.lead)
		out = append(out, p)
	}
	band := func(p point) int { return int(p.fit * 8) }
	slices.SortStableFunc(out, func(a, b point) int { return cmp.Compare(band(b), band(a)) })
	for from := 0; from < len(out); {
		to := from
		for to < len(out) && band(out[to]) == band(out[from]) {
			to++
		}
		same := out[from:to]
		chance.Shuffle(len(same), func(i, j int) { same[i], same[j] = same[j], same[i] })
		from = to
	}
	return out
}

// awkward counts the claims of a pair that are hard to read out of their
// sentence.
func awkward(v *wording.Report, p compare.Pair) float64 {
	n := 0.0
	for _, c := range []int{p.A, p.B} {
		if !standsAlone(v, c) {
			n++
		}
	}
	return n
}

// choosePoints takes the points of the exercise, at least one of each
// relation where there is one, and says which units of the sources they need.
// With a budget of words per source, it takes only points that fit into it,
// but always one.
func choosePoints(v *wording.Report, sources []*Source, candidates []point, most, budget int) ([]point, []map[int]bool) {
	needed := make([]map[int]bool, len(sources))
	words := make([]int, len(sources))
	for i := range needed {
		needed[i] = map[int]bool{}
	}
	var out []point
	taken := make([]bool, len(candidates))
	take := func(i int) bool {
		pair := v.Pairs[candidates[i].lead]
		more := make([]int, len(sources))
		for _, c := range []int{pair.A, pair.B} {
			s := sourceOf(v, sources, c)
			for _, u := range sources[s].unitsFor(v.Claims[c].Start, v.Claims[c].End) {
				if !needed[s][u] {
					more[s] += sources[s].units[u].words
				}
			}
		}
		for s := range sources {
			if budget > 0 && len(out) > 0 && more[s] > 0 && words[s]+more[s] > budget {
				return false
			}
		}
		for _, c := range []int{pair.A, pair.B} {
			s := sourceOf(v, sources, c)
			for _, u := range sources[s].unitsFor(v.Claims[c].Start, v.Claims[c].End) {
				needed[s][u] = true
			}
			words[s] += more[s]
			more[s] = 0
		}
		taken[i] = true
		out = append(out, candidates[i])
		return true
	}
	for _, r := range wording.Relations {
		for i, p := range candidates {
			if v.Pairs[p.lead].Relation == r && len(out) < most && take(i) {
				break
			}
		}
	}
	for i := range candidates {
		if !taken[i] && len(out) < most {
			take(i)
		}
	}
	return out, needed
}

// chooseSources takes at most so many sources: the one that shares most sure
// pairs, and then, one by one, the source that shares most with those before. It
// gives the chosen ones their letters, in the order of the case.
func chooseSources(v *wording.Report, all []*Source, minScore float64, most int) (chosen, left []*Source) {
	shared := make([][]int, len(all))
	for i := range shared {
		shared[i] = make([]int, len(all))
	}
	for _, p := range v.Pairs {
		if x, y := sourceOf(v, all, p.A), sourceOf(v, all, p.B); x >= 0 && y >= 0 && sureness(p) >= minScore {
			shared[x][y]++
			shared[y][x]++
		}
	}
	in := make([]bool, len(all))
	for range min(most, len(all)) {
		best, value := -1, -1
		for i := range all {
			n := 0
			for j := range all {
				if in[j] {
					n += 1000 * shared[i][j]
				}
				n += shared[i][j] // settles the first, and ties
			}
			if !in[i] && n > value {
				best, value = i, n
			}
		}
		in[best] = true
	}
	for i, s := range all {
		if !in[i] {
			left = append(left, s)
			continue
		}
		s.Letter = letter(len(chosen))
		chosen = append(chosen, s)
	}
	return chosen, left
}

// sourceOf is the index of the source that a claim stands in, -1 without.
func sourceOf(v *wording.Report, sources []*Source, claim int) int {
	c := v.Claims[claim]
	return slices.IndexFunc(sources, func(s *Source) bool { return s.party == c.Party && s.statement == c.Statement })
}
