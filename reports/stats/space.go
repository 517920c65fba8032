package stats

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/mds"
)

// similarity of each two parties: the share of agreeing pairs, drawn towards
// the share in the whole corpus as by prior pairs, so that two parties with
// hardly a pair are neither near nor far.
func similarity(d *data) [][]float64 {
	var agree, pairs float64
	for _, list := range d.meet {
		for _, m := range list {
			agree += float64(m.relation[0])
			pairs += float64(m.pairs())
		}
	}
	const prior = 5
	mean := 0.5
	if pairs > 0 {
		mean = agree / pairs
	}
	out := make([][]float64, len(d.parties))
	for i := range out {
		out[i] = make([]float64, len(d.parties))
		out[i][i] = 1
	}
	for i, a := range d.parties {
		for j, b := range d.parties[:i] {
			var x, n float64
			for _, m := range d.meet[[2]string{b, a}] {
				x += float64(m.relation[0])
				n += float64(m.pairs())
			}
			s := (x + prior*mean) / (n + prior)
			out[i][j], out[j][i] = s, s
		}
	}
	return out
}

// merge is one step of a clustering. Clusters are numbered: first the parties,
// then what each merge made.
type merge struct {
	left, right int
	height      float64
	size        int
}

// cluster merges parties step by step, always the two clusters with the
// smallest mean distance of their members (UPGMA). Of equal distances the
// first counts.
func cluster(s [][]float64) []merge {
	n := len(s)
	distance := make([][]float64, n)
	ids, sizes := make([]int, n), make([]int, n)
	for i := range s {
		ids[i], sizes[i] = i, 1
		distance[i] = make([]float64, n)
		for j := range s[i] {
			distance[i][j] = 1 - s[i][j]
		}
	}
	var out []merge
	for len(ids) > 1 {
		a, b := 0, 1
		for i := range ids {
			for j := i + 1; j < len(ids); j++ {
				if distance[i][j] < distance[a][b] {
					a, b = i, j
				}
			}
		}
		size := sizes[a] + sizes[b]
		out = append(out, merge{ids[a], ids[b], distance[a][b], size})
		for k := range ids {
			if k != a && k != b {
				m := (distance[a][k]*float64(sizes[a]) + distance[b][k]*float64(sizes[b])) / float64(size)
				distance[a][k], distance[k][a] = m, m
			}
		}
		ids[a], sizes[a] = n+len(out)-1, size
		ids, sizes = slices.Delete(ids, b, b+1), slices.Delete(sizes, b, b+1)
		distance = slices.Delete(distance, b, b+1)
		for k := range distance {
			distance[k] = slices.Delete(distance[k], b, b+1)
		}
	}
	return out
}

// newick writes a clustering in the format of that name, which tree viewers
// and R read.
func newick(names []string, merges []merge) string {
	if len(names) == 0 {
		return ";\n"
	}
	label := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	text, height := make([]string, 0, len(names)+len(merges)), make([]float64, len(names))
	for _, n := range names {
		text = append(text, label(n))
	}
	for _, m := range merges {
		text = append(text, fmt.Sprintf("(%s:%.4f,%s:%.4f)", text[m.left], (m.height-height[m.left])/2, text[m.right], (m.height-height[m.right])/2))
		height = append(height, m.height)
	}
	return text[len(text)-1] + ";\n"
}

// leaves is the order of parties in which no branch of the tree crosses
// another.
func leaves(n int, merges []merge) []int {
	if n == 0 {
		return nil
	}
	lists := make([][]int, 0, n+len(merges))
	for i := range n {
		lists = append(lists, []int{i})
	}
	for _, m := range merges {
		lists = append(lists, append(slices.Clone(lists[m.left]), lists[m.right]...))
	}
	return lists[len(lists)-1]
}

// place puts the parties on a plane so that distances come near 1 − similarity
// (classical scaling). It returns also the share of the variance that the two
// axes hold. The signs of the axes, which mean nothing, are fixed: the largest
// coordinate is positive.
func place(s [][]float64) ([][2]float64, float64) {
	n := len(s)
	out := make([][2]float64, n)
	if n < 2 {
		return out, 1
	}
	dis := mat.NewSymDense(n, nil)
	for i := range s {
		for j := range i {
			dis.SetSym(i, j, 1-s[i][j])
		}
	}
	var dst mat.Dense
	k, eig := mds.TorgersonScaling(&dst, make([]float64, n), dis)
	if k == 0 {
		return out, 0
	}
	var held, all float64
	for i, e := range eig {
		if e > 0 {
			all += e
			if i < 2 {
				held += e
			}
		}
	}
	for axis := range min(2, k) {
		sign, most := 1.0, 0.0
		for i := range n {
			if v := dst.At(i, axis); math.Abs(v) > most+1e-12 {
				most, sign = math.Abs(v), math.Copysign(1, v)
			}
		}
		for i := range n {
			out[i][axis] = sign * dst.At(i, axis)
		}
	}
	if all == 0 {
		return out, 0 // all parties are equally near
	}
	return out, held / all
}

// communities are groups of parties that agree with each other more than
// their shares would make them: Louvain, on the graph whose edges weigh the
// number of agreeing pairs. It returns the number of each party's community,
// the largest community first, and the modularity.
func communities(d *data) ([]int, float64) {
	g := simple.NewWeightedUndirectedGraph(0, 0)
	index := map[string]int64{}
	for i, p := range d.parties {
		index[p] = int64(i)
		g.AddNode(simple.Node(i))
	}
	edges := 0
	for i, a := range d.parties {
		for _, b := range d.parties[i+1:] {
			w := 0.0
			for _, m := range d.meet[[2]string{a, b}] {
				w += float64(m.relation[0])
			}
			if w > 0 {
				g.SetWeightedEdge(simple.WeightedEdge{F: simple.Node(index[a]), T: simple.Node(index[b]), W: w})
				edges++
			}
		}
	}
	out := make([]int, len(d.parties))
	if edges == 0 {
		for i := range out {
			out[i] = i + 1
		}
		return out, 0
	}
	found := community.Modularize(g, 1, rand.NewPCG(1, 2)).Communities()
	q := community.Q(g, found, 1)
	lists := make([][]int, len(found))
	for i, c := range found {
		for _, node := range c {
			lists[i] = append(lists[i], int(node.ID()))
		}
		slices.Sort(lists[i])
	}
	slices.SortFunc(lists, func(a, b []int) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return slices.Compare(a, b)
	})
	for i, list := range lists {
		for _, p := range list {
			out[p] = i + 1
		}
	}
	return out, q
}
