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

// tree is a finished tree in the form that the labeller needs.
type tree struct {
	sentence *sentence
	heads    []int32 // -1 for the root
	order    []int32 // heads before children, siblings from left to right
	first    []int32 // first and last child, next sibling and sibling before, -1 for none
	last     []int32
	next     []int32
	before   []int32
	labels   []int32 // -1 while unknown
}

func (t *tree) read(s *sentence, tokens []Token) {
	n := len(tokens)
	t.sentence = s
	fill := func(list []int32) []int32 {
		list = list[:0]
		for range n {
			list = append(list, -1)
		}
		return list
	}
	t.heads, t.first, t.last, t.next, t.before, t.labels = fill(t.heads), fill(t.first), fill(t.last), fill(t.next), fill(t.before), fill(t.labels)
	t.order = t.order[:0]
	for i := range tokens {
		h := int32(tokens[i].Head)
		t.heads[i] = h
		if h < 0 {
			t.order = append(t.order, int32(i))
			continue
		}
		if t.first[h] < 0 {
			t.first[h] = int32(i)
		} else {
			t.next[t.last[h]] = int32(i)
			t.before[i] = t.last[h]
		}
		t.last[h] = int32(i)
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
	return out
}

// label fills Rel of tokens whose heads are known.
func (l *labeller) label(tokens []Token, w *workspace) {
	t := &w.tree
	t.read(&w.sentence, tokens)
	scores := make([]int32, len(l.classes))
	for _, d := range t.order {
		if t.heads[d] < 0 {
			t.labels[d] = -1
			tokens[d].Rel = "root"
			continue
		}
		w.features = t.labelFeatures(w.features[:0], d)
		clear(scores)
		for _, f := range w.features {
			l.weights.add(f, scores)
		}
		best := argmax(scores)
		t.labels[d] = int32(best)
		tokens[d].Rel = l.classes[best]
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
