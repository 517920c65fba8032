package syntax

// marker attaches the punctuation marks to the finished tree of the words. By
// the guidelines of Universal Dependencies a mark depends on a word of the
// phrase that it sets off, and its arc crosses no other; so the candidates are
// the words around the mark and those above them. A linear model chooses.
type marker struct{ weights weights }

// maxAbove is how far the candidates reach up the tree from the words around.
const maxAbove = 12

// candidate is a word that a mark may depend on.
type candidate struct {
	token int
	level int // steps up from the word next to the mark
	right bool
	top   bool // the last of its side: its head is on the other side, or there is none
}

// candidatesOf lists the candidates for a mark between the words l and r (-1
// and len(tokens): none), those of the left side first. Where the chain of one
// side crosses over to a word of the other, that word ends the other chain:
// whatever is above it cannot be reached without crossing the arc.
func candidatesOf(out []candidate, tokens []Token, mark, l, r int) []candidate {
	out = out[:0]
	climb := func(i int, right bool) (over int) {
		for level := 0; level < maxAbove; level++ {
			h := tokens[i].Head
			out = append(out, candidate{token: i, level: level, right: right})
			if h < 0 || (h > mark) != right {
				return h
			}
			i = h
		}
		return -1
	}
	cut := func(from, last int) {
		for i := from; i < len(out); i++ {
			if out[i].token == last {
				out = out[:i+1]
				return
			}
		}
	}
	over := -1
	if l >= 0 {
		over = climb(l, false)
		if r < len(tokens) {
			if back := rightChainReaches(tokens, mark, r); back >= 0 {
				cut(0, back)
			}
		}
		out[len(out)-1].top = true
	}
	if r < len(tokens) {
		from := len(out)
		climb(r, true)
		if over >= 0 {
			cut(from, over)
		}
		out[len(out)-1].top = true
	}
	return out
}

// rightChainReaches gives the word on the left of the mark that the words
// above r depend on, -1 if there is none.
func rightChainReaches(tokens []Token, mark, r int) int {
	for level := 0; r > mark && level < maxAbove; level++ {
		r = tokens[r].Head
	}
	if r > mark {
		return -1
	}
	return r
}

// partners gives, for each token, the index of the mark that closes or opens
// the pair, -1 if there is none: brackets by nesting, quotation marks by turns.
func partners(out []int, tokens []Token) []int {
	out = out[:0]
	var brackets []int
	quote := -1
	for i := range tokens {
		out = append(out, -1)
		switch tokens[i].XPOS {
		case "-LRB-":
			brackets = append(brackets, i)
		case "-RRB-":
			if k := len(brackets); k > 0 {
				out[i], out[brackets[k-1]] = brackets[k-1], i
				brackets = brackets[:k-1]
			}
		case "``":
			quote = i
		case "''":
			if quote >= 0 {
				out[i], out[quote] = quote, i
				quote = -1
			}
		}
	}
	return out
}

// markFeatures appends the features of attaching a mark to a candidate.
func markFeatures(out []uint64, tokens []Token, mark, partner int, c candidate, all []candidate) []uint64 {
	v := &tokens[c.token]
	form, tag := hashString(foldForm(tokens[mark].Text[:min(len(tokens[mark].Text), maxForm)])), hashString(tokens[mark].XPOS)
	rel, vt := hashString(v.Rel), hashString(v.XPOS)
	side := uint64(one(c.right)) + 2*uint64(one(c.top))
	where := side + 4*uint64(min(c.level, 4))
	edge := uint64(one(mark == 0)) + 2*uint64(one(mark == len(tokens)-1)) + 4*uint64(one(all[0].right)) + 8*uint64(one(!all[len(all)-1].right))
	pair := uint64(0)
	if partner >= 0 {
		lo, hi := min(mark, partner), max(mark, partner)
		inside := func(i int) bool { return i > lo && i < hi }
		pair = 1 + uint64(one(inside(c.token))) + 2*uint64(one(v.Head >= 0 && inside(v.Head))) + 4*uint64(one(partner < mark && tokens[partner].Head == c.token))
	}
	// the tops of both sides
	var lt, rt, lr, rr uint64
	for _, o := range all {
		if o.top {
			if o.right {
				rt, rr = hashString(tokens[o.token].XPOS), hashString(tokens[o.token].Rel)
			} else {
				lt, lr = hashString(tokens[o.token].XPOS), hashString(tokens[o.token].Rel)
			}
		}
	}
	next, before := uint64(1), uint64(1)
	if mark+1 < len(tokens) {
		next = hashString(tokens[mark+1].XPOS)
	}
	if mark > 0 {
		before = hashString(tokens[mark-1].XPOS)
	}
	d := distance(int32(mark), int32(c.token))
	k := 64
	add := func(values ...uint64) {
		h := salt[k]
		for _, x := range values {
			h = mix(h, x)
		}
		out = append(out, h)
		k++
	}
	add(tag, where)
	add(form, where)
	add(tag, rel, side)
	add(tag, rel, where)
	add(tag, vt, side)
	add(tag, vt, rel, side)
	add(form, rel, side)
	add(form, where, edge)
	add(tag, rel, side, edge)
	add(tag, pair, side)
	add(tag, pair, where)
	add(tag, pair, rel)
	add(tag, d, side)
	add(tag, side, lr, rr)
	add(tag, where, lr, rr)
	add(tag, side, rel, rr)
	add(tag, side, rel, lr)
	add(tag, side, lt, rt)
	add(tag, side, rel, next)
	add(tag, side, rel, before)
	add(tag, where, next)
	add(tag, where, before)
	add(tag, where, before, next)
	add(tag, vt, side, next)
	add(tag, hashString(v.Lemma), side)
	return out
}

// attach fills Head and Rel of the marks; those of the words are known.
func (m *marker) attach(tokens []Token, w *workspace) {
	root := int(w.sentence.index[w.tree.order[0]])
	w.partners = partners(w.partners, tokens)
	eachMark(tokens, w, func(mark int, all []candidate) {
		best, most := root, int32(0)
		for i, c := range all {
			w.features = markFeatures(w.features[:0], tokens, mark, w.partners[mark], c, all)
			var score [1]int32
			m.weights.score(w.features, score[:])
			if i == 0 || score[0] > most {
				best, most = c.token, score[0]
			}
		}
		tokens[mark].Head, tokens[mark].Rel = best, "punct"
	})
}

// eachMark calls f for each mark of a sentence that has words, with the
// candidates for its head.
func eachMark(tokens []Token, w *workspace, f func(mark int, all []candidate)) {
	if len(w.sentence.index) == len(tokens) {
		return
	}
	w.right = append(w.right[:0], make([]int32, len(tokens))...)
	r := len(tokens)
	for i := len(tokens) - 1; i >= 0; i-- {
		w.right[i] = int32(r)
		if !isMark(&tokens[i]) {
			r = i
		}
	}
	l := -1
	for i := range tokens {
		if !isMark(&tokens[i]) {
			l = i
			continue
		}
		w.candidates = candidatesOf(w.candidates, tokens, i, l, int(w.right[i]))
		f(i, w.candidates)
	}
}
