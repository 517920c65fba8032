package syntax

// arborescence finds the best tree over scored arcs by the algorithm of Chu,
// Liu and Edmonds. Its memory is kept from sentence to sentence.
type arborescence struct {
	scores []float64 // of the arc from head to child: scores[child*m+head]
	seen   []int
	alive  []int // words that stand for themselves or for a cycle
	cycles []cycle
}

// cycle is a cycle that was drawn together into its first word.
type cycle struct {
	words, heads []int
	outside      []passage
}

// passage says by which words of a cycle an arc from the word outside goes
// into it, and an arc to that word comes out of it.
type passage struct{ word, in, out int }

// manyRoots is taken from every arc from the root, so that no tree with two
// roots is better than one with one.
const manyRoots = 1e7

// decode gives each of the words 1 to m-1 a head, so that they form a tree
// under word 0 in which 0 heads one word alone, with the greatest sum of
// scores[child*m+head]. heads is reused.
func (a *arborescence) decode(scores []float32, m int, heads []int) []int {
	heads = append(heads[:0], make([]int, m)...)
	heads[0] = -1
	for i := 1; i < m; i++ {
		best := -1
		for h, s := range scores[i*m : i*m+m] {
			if h != i && (best < 0 || s > scores[i*m+best]) {
				best = h
			}
		}
		heads[i] = best
	}
	a.alive = a.alive[:0]
	for i := range m {
		a.alive = append(a.alive, i)
	}
	if roots(heads) == 1 && a.cycle(heads) == nil {
		return heads
	}
	a.scores = a.scores[:0]
	for _, s := range scores[:m*m] {
		a.scores = append(a.scores, float64(s))
	}
	for i := 1; i < m; i++ {
		a.scores[i*m] -= manyRoots
	}
	a.contract(m, heads)
	return heads
}

// roots counts the words under word 0.
func roots(heads []int) int {
	n := 0
	for _, h := range heads[1:] {
		n += one(h == 0)
	}
	return n
}

// cycle finds a cycle among the words that are alive, or nil.
func (a *arborescence) cycle(heads []int) []int {
	a.seen = append(a.seen[:0], make([]int, len(heads))...)
	for k, v := range a.alive {
		for v > 0 && a.seen[v] == 0 {
			a.seen[v] = k + 1
			v = heads[v]
		}
		if v > 0 && a.seen[v] == k+1 {
			cycle := []int{v}
			for u := heads[v]; u != v; u = heads[u] {
				cycle = append(cycle, u)
			}
			return cycle
		}
	}
	return nil
}

// contract takes the best head of each word that is alive, draws a cycle
// together into its first word, and so on until there is none; then it opens
// the cycles again.
func (a *arborescence) contract(m int, heads []int) {
	a.cycles = a.cycles[:0]
	score := func(child, head int) *float64 { return &a.scores[child*m+head] }
	for {
		for _, i := range a.alive[1:] {
			heads[i] = -1
			for _, h := range a.alive {
				if h != i && (heads[i] < 0 || *score(i, h) > *score(i, heads[i])) {
					heads[i] = h
				}
			}
		}
		words := a.cycle(heads)
		if words == nil {
			break
		}
		c := cycle{words: words}
		inside := make([]bool, m)
		for _, v := range words {
			inside[v] = true
			c.heads = append(c.heads, heads[v])
		}
		first := words[0]
		alive := a.alive[:0]
		for _, u := range a.alive {
			if inside[u] {
				if u == first {
					alive = append(alive, u)
				}
				continue
			}
			alive = append(alive, u)
			// An arc into the cycle takes the place of the one inside it; so
			// many points more or less than that the tree has.
			in, out := -1, -1
			var gain, best float64
			for k, v := range words {
				if g := *score(v, u) - *score(v, c.heads[k]); in < 0 || g > gain {
					in, gain = v, g
				}
				if s := *score(u, v); out < 0 || s > best {
					out, best = v, s
				}
			}
			c.outside = append(c.outside, passage{u, in, out})
			*score(first, u), *score(u, first) = gain, best
		}
		a.alive = alive
		a.cycles = append(a.cycles, c)
	}
	for k := len(a.cycles) - 1; k >= 0; k-- {
		c := &a.cycles[k]
		first := c.words[0]
		over, in := heads[first], 0
		for _, p := range c.outside {
			if p.word > 0 && heads[p.word] == first {
				heads[p.word] = p.out
			}
			if p.word == over {
				in = p.in
			}
		}
		for j, v := range c.words {
			heads[v] = c.heads[j]
		}
		heads[in] = over
	}
}
