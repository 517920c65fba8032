// Package candidates finds, for each claim, the claims of other parties that
// could speak to the same point: by place in the space of meaning, and by
// shared rare words, names and values. It looks claims up in an index; the
// cost grows about linearly with their number.
package candidates

import (
	"math"
	"slices"
	"sort"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// Item is what is known of one claim for the search.
type Item struct {
	Party   int
	Meaning []float32 // of length 1; all items of one size
	Keys    []string  // words, names and values, without repetition
	Place   float64   // in the party's statements, from 0 to 1
}

// Candidate is a pair of items of different parties, with how it was found.
// A is of the party with the lower number.
type Candidate struct {
	A, B       int     // indexes of items
	Similarity float64 // cosine of the meanings
	Margin     float64 // similarity above what A and B have with their other neighbours (CSLS)
	RankA      int     // place of B among the neighbours of A in B's party, 0 first
	RankB      int     // place of A among the neighbours of B in A's party
	Words      float64 // cosine of the keys, weighted by how rare they are
	GapA, GapB float64 // how much better the best neighbour of A (of B) does by margin
	WordsGap   float64 // how much better the candidates of A and of B do by words, summed
	Support    float64 // mean margin of the claims before A and B and of those after, whichever way the stories run
	Apart      float64 // how far A and B are from the same place in their stories, from 0 to 1
}

// Limits of the search, chosen on cross-validated cases.
const (
	neighbours = 8    // by margin, of each claim in each other party
	hubs       = 6    // neighbours whose mean similarity is taken off for the margin
	usual      = 0.3  // similarity of such a neighbour, for a party of few claims
	wordsAt    = 0.25 // weighted cosine of keys from which a pair is a candidate by words alone
	beyond     = -0.5 // margin where a story has no claim before or after
	common     = 64   // keys that more claims of a party have are not looked up
)

// Find returns the candidates, ordered by A, then B. The result does not
// depend on the order in which parties are numbered, but for A and B.
func Find(items []Item) []Candidate {
	parties := 0
	for _, it := range items {
		parties = max(parties, it.Party+1)
	}
	of := make([][]int, parties)
	for i, it := range items {
		of[it.Party] = append(of[it.Party], i)
	}
	weights := rarity(items)
	var out []Candidate
	for p := range of {
		for q := p + 1; q < len(of); q++ {
			if len(of[p]) > 0 && len(of[q]) > 0 {
				out = append(out, between(items, of[p], of[q], weights)...)
			}
		}
	}
	slices.SortFunc(out, func(a, b Candidate) int {
		if a.A != b.A {
			return a.A - b.A
		}
		return a.B - b.B
	})
	return out
}

// rarity weighs each key by the logarithm of how rare it is (inverse document
// frequency, Spärck Jones 1972).
func rarity(items []Item) map[string]float64 {
	count := map[string]int{}
	for _, it := range items {
		for _, k := range it.Keys {
			count[k]++
		}
	}
	w := make(map[string]float64, len(count))
	for k, n := range count {
		w[k] = math.Log(1 + float64(len(items))/float64(n))
	}
	return w
}

// near is one neighbour in the other party.
type near struct {
	item       int // position in the other party's list
	similarity float64
}

func between(items []Item, as, bs []int, weights map[string]float64) []Candidate {
	ab := nearest(items, as, bs)
	ba := nearest(items, bs, as)
	hubA, hubB := hubness(ab), hubness(ba)
	pairs := map[[2]int]*Candidate{} // by position in as and bs
	add := func(i, j int, sim float64) {
		if pairs[[2]int{i, j}] == nil {
			pairs[[2]int{i, j}] = &Candidate{A: as[i], B: bs[j], Similarity: sim, Margin: 2*sim - hubA[i] - hubB[j]}
		}
	}
	for i, list := range ab {
		for _, j := range best(list, func(n near) float64 { return 2*n.similarity - hubB[n.item] }) {
			add(i, j.item, j.similarity)
		}
	}
	for j, list := range ba {
		for _, i := range best(list, func(n near) float64 { return 2*n.similarity - hubA[n.item] }) {
			add(i.item, j, i.similarity)
		}
	}
	byWords(items, as, bs, weights, func(i, j int) {
		add(i, j, cosine(items[as[i]].Meaning, items[bs[j]].Meaning))
	})
	list := make([]*Candidate, 0, len(pairs))
	margin := func(i, j int) float64 {
		if i < 0 || j < 0 || i >= len(as) || j >= len(bs) {
			return beyond
		}
		return 2*cosine(items[as[i]].Meaning, items[bs[j]].Meaning) - hubA[i] - hubB[j]
	}
	for at, c := range pairs {
		i, j := at[0], at[1]
		c.Words = words(items[c.A].Keys, items[c.B].Keys, weights)
		c.Support = (max(margin(i-1, j-1), margin(i-1, j+1)) + max(margin(i+1, j-1), margin(i+1, j+1))) / 2
		c.Apart = math.Abs(items[c.A].Place - items[c.B].Place)
		list = append(list, c)
	}
	mostA, mostB := map[int]float64{}, map[int]float64{}
	for _, c := range list {
		mostA[c.A], mostB[c.B] = max(mostA[c.A], c.Words), max(mostB[c.B], c.Words)
	}
	for _, c := range list {
		c.WordsGap = mostA[c.A] + mostB[c.B] - 2*c.Words
	}
	rank(list, func(c *Candidate) int { return c.A }, func(c *Candidate, n int, gap float64) { c.RankA, c.GapA = n, gap })
	rank(list, func(c *Candidate) int { return c.B }, func(c *Candidate, n int, gap float64) { c.RankB, c.GapB = n, gap })
	out := make([]Candidate, len(list))
	for i, c := range list {
		out[i] = *c
	}
	return out
}

// best keeps the first neighbours by score.
func best(list []near, score func(near) float64) []near {
	list = slices.Clone(list)
	sort.SliceStable(list, func(x, y int) bool { return score(list[x]) > score(list[y]) })
	return list[:min(len(list), neighbours)]
}

func hubness(lists [][]near) []float64 {
	out := make([]float64, len(lists))
	for i, list := range lists {
		n := min(len(list), hubs)
		for _, x := range list[:n] {
			out[i] += x.similarity / hubs
		}
		out[i] += usual * float64(hubs-n) / hubs
	}
	return out
}

// rank sets place and gap of each candidate among those of the same claim.
func rank(list []*Candidate, of func(*Candidate) int, set func(c *Candidate, n int, gap float64)) {
	sort.Slice(list, func(x, y int) bool {
		a, b := list[x], list[y]
		if of(a) != of(b) {
			return of(a) < of(b)
		}
		if a.Margin != b.Margin {
			return a.Margin > b.Margin
		}
		return a.A+a.B < b.A+b.B
	})
	for from := 0; from < len(list); {
		to := from
		for to < len(list) && of(list[to]) == of(list[from]) {
			set(list[to], to-from, list[from].Margin-list[to].Margin)
			to++
		}
		from = to
	}
}

// byWords calls found for the pairs that share enough rare keys.
func byWords(items []Item, as, bs []int, weights map[string]float64, found func(i, j int)) {
	index := map[string][]int{}
	for j, b := range bs {
		for _, k := range items[b].Keys {
			index[k] = append(index[k], j)
		}
	}
	seen := map[int]bool{}
	for i, a := range as {
		clear(seen)
		for _, k := range items[a].Keys {
			if len(index[k]) > common {
				continue
			}
			for _, j := range index[k] {
				if !seen[j] {
					seen[j] = true
					if words(items[a].Keys, items[bs[j]].Keys, weights) >= wordsAt {
						found(i, j)
					}
				}
			}
		}
	}
}

func words(a, b []string, weights map[string]float64) float64 {
	var shared, na, nb float64
	for _, k := range a {
		na += weights[k]
		if slices.Contains(b, k) {
			shared += weights[k]
		}
	}
	for _, k := range b {
		nb += weights[k]
	}
	if shared == 0 {
		return 0
	}
	return shared / math.Sqrt(na*nb)
}

func cosine(a, b []float32) float64 {
	return float64(blas32.Dot(blas32.Vector{N: len(a), Inc: 1, Data: a}, blas32.Vector{N: len(b), Inc: 1, Data: b}))
}

// Sizes of the index of meanings: up to exact items are compared one by one;
// more are put into cells, of which a query looks into the nearest probes.
const (
	exact  = 384
	probes = 12
	keep   = 3 * neighbours
)

// nearest gives for each item of as its nearest ones in bs, best first.
func nearest(items []Item, as, bs []int) [][]near {
	out := make([][]near, len(as))
	if len(bs) <= exact {
		all := make([]int, len(bs))
		for j := range all {
			all[j] = j
		}
		compareAll(items, as, bs, all, func(i int, n near) { out[i] = append(out[i], n) })
	} else {
		cells, centres := cluster(items, bs)
		lookup := make([][]int, len(cells)) // claims of as that look into each cell
		toCentres := make([][]near, len(as))
		ids := make([]int, len(centres))
		for j := range ids {
			ids[j] = j
		}
		compareAll(items, as, centres, ids, func(i int, n near) { toCentres[i] = append(toCentres[i], n) })
		for i, list := range toCentres {
			order(list)
			for _, n := range list[:min(probes, len(list))] {
				lookup[n.item] = append(lookup[n.item], i)
			}
		}
		for c, members := range cells {
			from := make([]int, len(lookup[c]))
			for k, i := range lookup[c] {
				from[k] = as[i]
			}
			compareAll(items, from, bs, members, func(k int, n near) {
				out[lookup[c][k]] = append(out[lookup[c][k]], n)
			})
		}
	}
	for i := range out {
		order(out[i])
		out[i] = out[i][:min(len(out[i]), keep)]
	}
	return out
}

// order sorts by similarity, best first; equals by position.
func order(list []near) {
	slices.SortFunc(list, func(a, b near) int {
		switch {
		case a.similarity > b.similarity:
			return -1
		case a.similarity < b.similarity:
			return 1
		}
		return a.item - b.item
	})
}

// compareAll calls found with the similarity of each item of as to each of
// the members of bs.
func compareAll(items []Item, as, bs, members []int, found func(i int, n near)) {
	if len(as) == 0 || len(members) == 0 {
		return
	}
	dim := len(items[as[0]].Meaning)
	pack := func(n int, row func(int) []float32) blas32.General {
		g := blas32.General{Rows: n, Cols: dim, Stride: dim, Data: make([]float32, n*dim)}
		for i := range n {
			copy(g.Data[i*dim:], row(i))
		}
		return g
	}
	const rows = 256 // at a time, to bound memory
	right := pack(len(members), func(j int) []float32 { return items[bs[members[j]]].Meaning })
	for from := 0; from < len(as); from += rows {
		part := as[from:min(from+rows, len(as))]
		left := pack(len(part), func(i int) []float32 { return items[part[i]].Meaning })
		sims := blas32.General{Rows: len(part), Cols: len(members), Stride: len(members), Data: make([]float32, len(part)*len(members))}
		blas32.Gemm(blas.NoTrans, blas.Trans, 1, left, right, 0, sims)
		for i := range part {
			for j, m := range members {
				found(from+i, near{m, float64(sims.Data[i*sims.Stride+j])})
			}
		}
	}
}

// cluster puts items into about √n cells around centres spread over the
// list (one assignment of k-means).
func cluster(items []Item, bs []int) (cells [][]int, centres []int) {
	step := int(math.Sqrt(float64(len(bs))))
	for j := 0; j < len(bs); j += step {
		centres = append(centres, bs[j])
	}
	cells = make([][]int, len(centres))
	ids := make([]int, len(centres))
	for j := range ids {
		ids[j] = j
	}
	bestOf := make([]near, len(bs))
	for j := range bestOf {
		bestOf[j] = near{0, math.Inf(-1)}
	}
	compareAll(items, bs, centres, ids, func(i int, n near) {
		if n.similarity > bestOf[i].similarity {
			bestOf[i] = n
		}
	})
	for j, n := range bestOf {
		cells[n.item] = append(cells[n.item], j)
	}
	return cells, centres
}
