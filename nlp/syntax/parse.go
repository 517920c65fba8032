package syntax

import (
	"math"
	"sync"
)

// The parser builds the tree by arc-hybrid transitions (Kuhlmann, Gómez and
// Satta 2011) with a beam search over whole derivations, scored by a linear
// model that was trained with max-violation updates (Huang, Fayong and Guo
// 2012). Its features are of the kind of Zhang and Nivre (2011). It decides
// on heads only; labels.go names the relations of the finished tree.
//
// A state is a stack of words whose heads are not known yet and a buffer of
// words to come. The root stands at the end of the buffer (Ballesteros and
// Nivre 2013). Each step does one of
//
//	shift  move the front of the buffer onto the stack
//	left   take the top off the stack: its head is the front of the buffer
//	right  take the top off the stack: its head is the word below it
//
// so that a sentence of n words takes exactly 2n steps, and the time is linear
// in n.
const (
	shift = iota
	left
	right
	actions
)

// beamWidth is the number of derivations kept at each step.
const beamWidth = 4

// maxSentence is the longest run of tokens that is parsed as one: longer ones
// are cut, which bounds the memory.
const maxSentence = 300

// node is a word on the stack or at the front of the buffer with its outermost
// children so far: positions in the sentence, -1 for none.
type node struct {
	word                  int32
	lc, lc2, rc, rc2      int32
	leftCount, rightCount uint8
}

func newNode(word int32) node { return node{word: word, lc: -1, lc2: -1, rc: -1, rc2: -1} }

// cons is a stack: its top and the rest.
type cons struct {
	node
	below *cons
	size  int32
}

type state struct {
	prev   *state
	top    *cons
	front  node
	score  int64
	action uint8
}

// atom is what the features see of a word.
type atom struct{ w, t, wt uint64 }

// sentence is the input of the parser: the words without the punctuation marks,
// which are attached later (see marks.go) and are seen here only as marks
// between words. Position n is the root, n+1 is "no word".
type sentence struct {
	n              int
	index          []int32 // position to token
	atoms          []atom
	mark           []uint64 // what stands between the word before a position and the word at it; 0 for nothing
	commas         []uint8  // number of commas and the like before a position
	verbs, joiners []uint8  // number of verbs and of conjunctions before a position
}

func (s *sentence) at(i int32) *atom {
	if i < 0 || int(i) > s.n {
		return &s.atoms[s.n+1]
	}
	return &s.atoms[i]
}

// markAt gives the mark before a position.
func (s *sentence) markAt(i int32) uint64 {
	if i < 0 || int(i) > s.n {
		return 9
	}
	return s.mark[i]
}

// workspace is the memory of one parse, kept from sentence to sentence.
type workspace struct {
	sentence   sentence
	states     []state
	stack      []cons
	beam       []*state
	next       []*state
	options    []option
	features   []uint64
	heads      []int32
	votes      []float32 // of arcs: votes[head*(n+1)+child], head n for the root
	chart      chart
	tree       tree
	partners   []int
	right      []int32 // for each token the next word after it
	candidates []candidate
	words      []word
}

// option is a step that an item of the beam may take.
type option struct {
	from   *state
	score  int64
	action uint8
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// prepare reads the tagged and lemmatized tokens, from the last to the first
// where reversed. A sentence of nothing but marks is taken to be words.
func (w *workspace) prepare(tokens []Token, reversed bool) *sentence {
	s := &w.sentence
	s.index, s.atoms, s.mark = s.index[:0], s.atoms[:0], append(s.mark[:0], 0)
	s.commas, s.verbs, s.joiners = append(s.commas[:0], 0), append(s.verbs[:0], 0), append(s.joiners[:0], 0)
	onlyMarks := true
	for i := range tokens {
		onlyMarks = onlyMarks && isMark(&tokens[i])
	}
	for k := range tokens {
		i := k
		if reversed {
			i = len(tokens) - 1 - k
		}
		t := &tokens[i]
		last := len(s.mark) - 1
		if !onlyMarks && isMark(t) {
			s.mark[last] = mix(s.mark[last], hashString(t.XPOS))
			if t.XPOS == "," || t.XPOS == ":" {
				s.commas[last]++
			}
			continue
		}
		a := atom{w: hashString(t.Lemma), t: mix(hashString(t.XPOS), hashString(t.UPOS))}
		a.wt = mix(a.w, a.t)
		s.index = append(s.index, int32(i))
		s.atoms = append(s.atoms, a)
		s.mark = append(s.mark, 0)
		s.commas = append(s.commas, s.commas[last])
		s.verbs = append(s.verbs, s.verbs[last]+uint8(one(t.UPOS == "VERB")))
		s.joiners = append(s.joiners, s.joiners[last]+uint8(one(t.UPOS == "CCONJ")))
	}
	s.n = len(s.index)
	s.atoms = append(s.atoms, atom{11, 12, 13}, atom{21, 22, 23})
	return s
}

// isMark says whether a token is a punctuation mark, by its tag.
func isMark(t *Token) bool { return t.UPOS == "PUNCT" }

// between sums up what lies between two positions.
func (s *sentence) between(a, b int32) uint64 {
	if a < 0 || b < 0 {
		return 999
	}
	cut := func(n, most uint8) uint64 { return uint64(min(n, most)) }
	b = min(b, int32(s.n))
	return cut(s.commas[b]-s.commas[a], 2) + 3*cut(s.verbs[b]-s.verbs[a+1], 2) + 9*cut(s.joiners[b]-s.joiners[a+1], 1)
}

// distance bins how far apart two positions are.
func distance(a, b int32) uint64 {
	if a < 0 || b < 0 {
		return 0
	}
	d := b - a
	if d < 0 {
		d = -d
	}
	switch {
	case d <= 4:
		return uint64(d)
	case d <= 7:
		return 5
	case d <= 12:
		return 6
	}
	return 7
}

// salt makes the features of different templates different.
var salt = func() (salts [128]uint64) {
	for i := range salts {
		salts[i] = mix(uint64(i+1)*0xD6E8FEB86659FD93, 5)
	}
	return salts
}()

// stateFeatures appends the features of a state.
func (s *sentence) stateFeatures(out []uint64, st *state) []uint64 {
	none := newNode(-1)
	s0, s1, s2 := &none, &none, int32(-1)
	if c := st.top; c != nil {
		s0 = &c.node
		if c = c.below; c != nil {
			s1 = &c.node
			if c = c.below; c != nil {
				s2 = c.word
			}
		}
	}
	b0 := &st.front
	A, B, C, D := s.at(s0.word), s.at(s1.word), s.at(b0.word), s.at(b0.word+1)
	E, F := s.at(b0.word+2), s.at(s2)
	al, ar, bl, br, cl := s.at(s0.lc), s.at(s0.rc), s.at(s1.lc), s.at(s1.rc), s.at(b0.lc)
	al2, ar2, br2, cl2 := s.at(s0.lc2), s.at(s0.rc2), s.at(s1.rc2), s.at(b0.lc2)
	dac, dba := distance(s0.word, b0.word), distance(s1.word, s0.word)
	k := 0
	one := func(a uint64) { out = append(out, mix(salt[k], a)); k++ }
	two := func(a, b uint64) { out = append(out, mix(mix(salt[k], a), b)); k++ }
	three := func(a, b, c uint64) { out = append(out, mix(mix(mix(salt[k], a), b), c)); k++ }
	four := func(a, b, c, d uint64) { out = append(out, mix(mix(mix(mix(salt[k], a), b), c), d)); k++ }
	one(A.w)
	one(A.t)
	one(A.wt)
	one(B.w)
	one(B.t)
	one(B.wt)
	one(C.w)
	one(C.t)
	one(C.wt)
	one(D.w)
	one(D.t)
	one(D.wt)
	one(E.t)
	one(E.wt)
	one(F.t)
	one(F.wt)
	// top of the stack and front of the buffer: left or shift
	two(A.wt, C.wt)
	two(A.wt, C.w)
	two(A.w, C.wt)
	two(A.wt, C.t)
	two(A.t, C.wt)
	two(A.w, C.w)
	two(A.t, C.t)
	// the two topmost of the stack: right
	two(B.wt, A.wt)
	two(B.wt, A.t)
	two(B.t, A.wt)
	two(B.w, A.w)
	two(B.t, A.t)
	two(B.t, C.t)
	two(B.wt, C.t)
	two(B.t, C.wt)
	two(B.w, C.w)
	two(C.t, D.t)
	two(C.wt, D.t)
	two(C.t, D.wt)
	two(A.wt, D.t)
	two(A.t, D.t)
	three(C.t, D.t, E.t)
	three(A.t, C.t, D.t)
	three(A.wt, C.t, D.t)
	three(A.t, C.wt, D.t)
	three(B.t, A.t, C.t)
	three(B.wt, A.t, C.t)
	three(B.t, A.wt, C.t)
	three(B.t, A.t, C.wt)
	three(B.w, A.w, C.t)
	three(F.t, B.t, A.t)
	four(B.t, A.t, C.t, D.t)
	four(F.t, B.t, A.t, C.t)
	// marks between the words
	mc, ma, mb, md := s.markAt(b0.word), s.markAt(s0.word+1), s.markAt(s0.word), s.markAt(b0.word+1)
	three(A.t, C.t, mc)
	three(A.t, C.t, ma)
	three(A.t, B.t, mb)
	three(A.t, B.t, mc)
	three(C.t, D.t, md)
	three(A.t, C.t, md)
	four(B.t, A.t, C.t, mc)
	four(B.t, A.t, mb, mc)
	two(A.wt, mc)
	two(A.wt, mb)
	two(C.wt, mc)
	two(B.wt, s.markAt(s1.word+1))
	// children
	three(A.t, al.t, C.t)
	three(A.t, ar.t, C.t)
	three(A.t, C.t, cl.t)
	three(A.w, al.t, C.t)
	three(A.t, ar.w, C.t)
	three(A.t, C.w, cl.t)
	three(B.t, A.t, al.t)
	three(B.t, A.t, ar.t)
	three(B.t, br.t, A.t)
	three(B.t, bl.t, A.t)
	three(B.w, br.t, A.t)
	three(B.w, A.t, al.w)
	three(B.t, A.t, al.w)
	three(A.w, B.w, al.w)
	three(A.t, al.t, al2.t)
	three(A.t, ar.t, ar2.t)
	three(B.t, br.t, br2.t)
	three(C.t, cl.t, cl2.t)
	three(A.wt, al.t, ar.t)
	three(B.wt, bl.t, br.t)
	two(C.wt, cl.t)
	two(A.w, al.w)
	two(A.w, ar.w)
	two(B.w, br.w)
	four(B.t, br.t, A.t, C.t)
	four(B.t, A.t, ar.t, C.t)
	four(A.t, al.t, C.t, cl.t)
	// distances, numbers of children, what lies between
	two(A.t, dac)
	two(A.wt, dac)
	two(C.t, dac)
	two(C.wt, dac)
	three(A.t, C.t, dac)
	three(A.w, C.w, dac)
	two(A.wt, dba)
	two(B.wt, dba)
	three(B.t, A.t, dba)
	three(B.w, A.t, dba)
	two(A.wt, uint64(s0.leftCount))
	two(A.wt, uint64(s0.rightCount))
	two(B.wt, uint64(s1.rightCount))
	two(C.wt, uint64(b0.leftCount))
	three(A.t, uint64(s0.leftCount), uint64(s0.rightCount))
	three(B.t, uint64(s1.leftCount), uint64(s1.rightCount))
	three(A.t, C.t, s.between(s0.word, b0.word))
	three(B.t, A.t, s.between(s1.word, s0.word))
	three(B.t, C.t, s.between(s1.word, b0.word))
	return out
}

// allowed says whether a state may take an action.
func (s *sentence) allowed(st *state, action uint8) bool {
	depth := int32(0)
	if st.top != nil {
		depth = st.top.size
	}
	atRoot := int(st.front.word) == s.n
	switch action {
	case shift:
		return !atRoot
	case left:
		return depth >= 2 && !atRoot || depth == 1
	default:
		return depth >= 2
	}
}

// reset makes room for a parse of n words and gives the first state.
func (w *workspace) reset(n, width int) *state {
	if need := (2*n + 2) * (width + 1); cap(w.states) < need {
		w.states, w.stack = make([]state, 0, need), make([]cons, 0, need)
	}
	w.states, w.stack = append(w.states[:0], state{front: newNode(0)}), w.stack[:0]
	return &w.states[0]
}

// apply takes one step. Room for it was made by reset.
func (w *workspace) apply(st *state, action uint8, score int64) *state {
	w.states = append(w.states, state{prev: st, score: score, action: action, front: st.front})
	next := &w.states[len(w.states)-1]
	push := func(n node, below *cons) *cons {
		size := int32(1)
		if below != nil {
			size += below.size
		}
		w.stack = append(w.stack, cons{node: n, below: below, size: size})
		return &w.stack[len(w.stack)-1]
	}
	switch action {
	case shift:
		next.top = push(st.front, st.top)
		next.front = newNode(st.front.word + 1)
	case left:
		f := &next.front
		// The children come from right to left: the newest is the leftmost.
		f.lc2, f.lc = f.lc, st.top.word
		f.leftCount = min(f.leftCount+1, 3)
		next.top = st.top.below
	case right:
		n := st.top.below.node
		n.rc2, n.rc = n.rc, st.top.word
		n.rightCount = min(n.rightCount+1, 3)
		next.top = push(n, st.top.below.below)
	}
	return next
}

// step replaces the beam by the best states one step on. Ties are broken by
// order, so the result is always the same.
func (w *workspace) step(s *sentence, width int, score func([]uint64, []int32)) {
	w.options = w.options[:0]
	var scores [actions]int32
	for _, st := range w.beam {
		w.features = s.stateFeatures(w.features[:0], st)
		score(w.features, scores[:])
		for a := range uint8(actions) {
			if !s.allowed(st, a) {
				continue
			}
			o := option{st, st.score + int64(scores[a]), a}
			i := len(w.options)
			if i == width {
				if w.options[i-1].score >= o.score {
					continue
				}
				i--
			} else {
				w.options = append(w.options, o)
			}
			for i > 0 && w.options[i-1].score < o.score {
				w.options[i] = w.options[i-1]
				i--
			}
			w.options[i] = o
		}
	}
	w.next = w.next[:0]
	for _, o := range w.options {
		w.next = append(w.next, w.apply(o.from, o.action, o.score))
	}
	w.beam, w.next = w.next, w.beam
}

// headsOf reads the heads off a finished derivation; the root's head is n.
func headsOf(heads []int32, st *state) {
	for ; st.prev != nil; st = st.prev {
		switch st.action {
		case left:
			heads[st.prev.top.word] = st.prev.front.word
		case right:
			heads[st.prev.top.word] = st.prev.top.below.word
		}
	}
}

// parser holds two models: one reads the sentence from left to right, the
// other from right to left. Each proposes the trees of its final beam, and
// the tree with the most votes is taken (Sagae and Lavie 2006).
type parser struct{ directions [2]stepWeights }

// temperature turns differences of scores into shares of a vote.
const temperature = 2e3

// parse fills Head of at most maxSentence tokens; that of a mark stays as it is.
func (p *parser) parse(tokens []Token, w *workspace) {
	n := w.prepare(tokens, false).n
	w.votes = append(w.votes[:0], make([]float32, (n+1)*(n+1))...)
	w.heads = append(w.heads[:0], make([]int32, n)...)
	for d := range p.directions {
		reversed := d == 1
		s := w.prepare(tokens, reversed)
		w.beam = append(w.beam[:0], w.reset(n, beamWidth))
		for range 2 * n {
			w.step(s, beamWidth, p.directions[d].score)
		}
		w.vote(n, reversed)
	}
	w.decode(n)
	index := w.prepare(tokens, false).index
	for i, h := range w.heads {
		if int(h) == n {
			tokens[index[i]].Head = -1
		} else {
			tokens[index[i]].Head = int(index[h])
		}
	}
}

// vote shares one vote between the derivations in the beam, by their scores,
// and gives it to the arcs of each.
func (w *workspace) vote(n int, reversed bool) {
	total := 0.0
	for _, st := range w.beam {
		total += math.Exp(float64(st.score-w.beam[0].score) / temperature)
	}
	for _, st := range w.beam {
		share := float32(math.Exp(float64(st.score-w.beam[0].score)/temperature) / total)
		headsOf(w.heads, st)
		for i, h := range w.heads {
			if reversed {
				i = n - 1 - i
				if int(h) < n {
					h = int32(n) - 1 - h
				}
			}
			w.votes[int(h)*(n+1)+i] += share
		}
	}
}
