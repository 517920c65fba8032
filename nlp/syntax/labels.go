package syntax

import "sort"

// labeller names the relation of each word to its head once the tree is
// known. It goes from the root downwards and, among the children of a word,
// from left to right, so that the relations of the head and of the sibling
// before are known.
type labeller struct {
	classes []string
	weights weights
}

// tree is a finished tree over the words of a sentence, without the marks, in
// the form that the labeller needs. Words are named by their positions.
type tree struct {
	sentence *sentence
	heads    []int32 // -1 for the root
	order    []int32 // heads before children, siblings from left to right
	first    []int32 // first and last child, next sibling and sibling before, -1 for none
	last     []int32
	next     []int32
	before   []int32
	labels   []int32 // -1 while unknown
	position []int32 // of each token, -1 for marks
}

// read takes the tree from the heads of the tokens. A word whose head is a
// mark, as can happen in training data, is given the head of that mark.
func (t *tree) read(s *sentence, tokens []Token) {
	fill := func(list []int32, n int) []int32 {
		list = list[:0]
		for range n {
			list = append(list, -1)
		}
		return list
	}
	n := s.n
	t.sentence = s
	t.position = fill(t.position, len(tokens))
	for p, i := range s.index {
		t.position[i] = int32(p)
	}
	t.heads, t.first, t.last, t.next, t.before, t.labels = fill(t.heads, n), fill(t.first, n), fill(t.last, n), fill(t.next, n), fill(t.before, n), fill(t.labels, n)
	t.order = t.order[:0]
	for p := range int32(n) {
		h := tokens[s.index[p]].Head
		for h >= 0 && t.position[h] < 0 {
			h = tokens[h].Head
		}
		if h < 0 {
			t.order = append(t.order, p)
			continue
		}
		head := t.position[h]
		t.heads[p] = head
		if t.first[head] < 0 {
			t.first[head] = p
		} else {
			t.next[t.last[head]] = p
			t.before[p] = t.last[head]
		}
		t.last[head] = p
	}
	for i := 0; i < len(t.order); i++ {
		for c := t.first[t.order[i]]; c >= 0; c = t.next[c] {
			t.order = append(t.order, c)
		}
	}
}

func (t *tree) label(i int32) uint64 {
	if i < 0 {
		return 77
	}
	return uint64(t.labels[i] + 1)
}

// labelFeatures appends the features of the arc to word d from its head.
func (t *tree) labelFeatures(out []uint64, d int32) []uint64 {
	s := t.sentence
	h := t.heads[d]
	D, H := s.at(d), s.at(h)
	g := int32(-1)
	if h >= 0 {
		g = t.heads[h]
	}
	G := s.at(g)
	dir := uint64(0)
	if h < d {
		dir = 1
	}
	dist := distance(h, d)
	prev, next := s.at(d-1), s.at(d+1)
	fc, lc := s.at(t.first[d]), s.at(t.last[d])
	sc := s.at(-1)
	if t.first[d] >= 0 {
		sc = s.at(t.next[t.first[d]])
	}
	sib, after := s.at(t.before[d]), s.at(t.next[d])
	sibLabel, headLabel := t.label(t.before[d]), t.label(h)
	if t.before[d] >= 0 && (t.before[d] < h) != (d < h) {
		sibLabel += 100 // on the other side of the head
	}
	hf, hl := s.at(-1), s.at(-1)
	if h >= 0 {
		hf, hl = s.at(t.first[h]), s.at(t.last[h])
	}
	subject := uint64(0) // the labels of the siblings before, as a set
	for b, k := t.before[d], 0; b >= 0 && k < 6; b, k = t.before[b], k+1 {
		subject |= 1 << (uint64(t.labels[b]) & 63)
	}
	k := 0
	one := func(a uint64) { out = append(out, mix(mix(salt[k], 301), a)); k++ }
	two := func(a, b uint64) { out = append(out, mix(mix(mix(salt[k], 302), a), b)); k++ }
	three := func(a, b, c uint64) { out = append(out, mix(mix(mix(mix(salt[k], 303), a), b), c)); k++ }
	dd := dir<<8 | dist
	one(D.w)
	one(D.t)
	one(D.wt)
	one(H.w)
	one(H.t)
	one(H.wt)
	two(D.t, dir)
	two(H.t, dir)
	two(D.wt, dir)
	two(H.wt, dir)
	three(D.t, H.t, dir)
	three(D.wt, H.t, dir)
	three(D.t, H.wt, dir)
	three(D.w, H.w, dir)
	three(D.t, H.t, dd)
	three(D.w, H.t, dd)
	two(D.wt, fc.w)
	two(D.t, fc.w)
	three(D.t, fc.w, dir)
	three(D.t, fc.w, H.t)
	three(H.w, fc.w, D.t)
	three(H.wt, fc.w, dir)
	three(D.w, fc.w, dir)
	three(D.t, fc.t, H.t)
	three(D.t, fc.t, lc.t)
	three(D.t, fc.t, sc.t)
	three(D.t, fc.w, sc.w)
	three(D.t, lc.t, H.t)
	three(D.t, sib.t, H.t)
	three(D.t, after.t, H.t)
	three(D.w, sib.t, H.t)
	three(D.t, sib.w, H.t)
	three(D.t, sibLabel, H.t)
	three(D.w, sibLabel, H.t)
	three(D.t, sibLabel, H.w)
	three(D.t, sibLabel, dir)
	three(D.t, subject, dir)
	three(D.t, subject, H.t)
	three(D.t, headLabel, H.t)
	three(D.t, headLabel, H.w)
	three(D.w, headLabel, H.t)
	three(D.t, headLabel, dir)
	three(fc.w, headLabel, D.t)
	three(G.t, H.t, D.t)
	three(G.w, H.t, D.t)
	three(G.t, H.w, D.t)
	three(D.t, hf.t, H.t)
	three(D.t, hl.t, H.t)
	three(D.t, hf.w, H.t)
	three(D.t, hl.w, H.t)
	three(prev.t, D.t, next.t)
	two(prev.w, D.t)
	two(next.w, D.t)
	three(prev.t, D.w, H.t)
	three(prev.t, D.t, H.t)
	three(next.t, D.t, H.t)
	three(prev.w, D.t, dir)
	three(next.w, D.t, dir)
	three(D.t, H.t, s.between(min(h, d), max(h, d)))
	three(D.t, sibLabel, after.t)
	mb, ma := s.markAt(d), s.markAt(d+1)
	three(D.t, H.t, mb)
	three(D.t, H.t, ma)
	three(D.t, mb, ma)
	three(D.wt, mb, ma)
	three(D.t, H.t, s.markAt(int32(s.n)))
	return out
}

// label fills Rel of the words, whose heads are known.
func (l *labeller) label(tokens []Token, w *workspace) {
	t := &w.tree
	s := w.prepare(tokens, false)
	t.read(s, tokens)
	scores := make([]int32, len(l.classes))
	for _, d := range t.order {
		token := &tokens[s.index[d]]
		if t.heads[d] < 0 {
			token.Rel = "root"
			continue
		}
		w.features = t.labelFeatures(w.features[:0], d)
		l.weights.score(w.features, scores)
		best := argmax(scores)
		t.labels[d] = int32(best)
		token.Rel = l.classes[best]
	}
}

func argmax(scores []int32) int {
	best := 0
	for c, s := range scores {
		if s > scores[best] {
			best = c
		}
	}
	return best
}

// relations lists the relations of a training set without "root".
func relations(sentences [][]Token) []string {
	seen := map[string]bool{"root": true}
	var list []string
	for _, s := range sentences {
		for _, t := range s {
			if r := withoutSubtype(t.Rel); !seen[r] {
				seen[r] = true
				list = append(list, r)
			}
		}
	}
	sort.Strings(list)
	return list
}
