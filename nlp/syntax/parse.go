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

// At each step the beamWidth best derivations are kept, without those that are
// beamMargin behind the best: most steps leave no doubt, and only then are
// cheap. In units of decoded; chosen on the development part of the English
// Web Treebank.
const (
	beamWidth  = 8
	beamMargin = 20_000
)

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

// step replaces the beam by the best states one step on: at most width, and
// none that is more than margin behind. Ties are broken by order, so the
// result is always the same.
func (w *workspace) step(s *sentence, width int, margin int64, score func([]uint64, []int32)) {
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
		if o.score < w.options[0].score-margin {
			break
		}
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
			w.step(s, beamWidth, beamMargin, p.directions[d].score)
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
