package syntax

import (
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"time"
)

// TrainOptions says how a model is trained.
type TrainOptions struct {
	TagEpochs   int       // passes over the data for the tagger
	TagRows     int       // features kept in the tagger
	Seed        uint64    // of the order of the sentences
	Log         io.Writer // progress
	Folds       int       // of the data, for tagging it as new text is tagged
	ParseEpochs int       // passes for the parser
	ParseRows   int       // features kept in the parser
	Beam        int       // width of the beam in training
	LabelEpochs int       // passes for the labeller
	LabelRows   int       // features kept in the labeller
}

// Train learns a model from sentences and gives the model file.
func Train(sentences [][]Token, o TrainOptions) []byte {
	t, l := trainTagger(sentences, o.TagEpochs, o)
	t.pack(l.average(), o.TagRows)
	lemmas := trainLemmas(sentences)
	m := &Model{lemmas: lemmas}
	tagged := jackknife(m, sentences, o)
	p := trainParser(tagged, o)
	labels, labelRows := trainLabeller(tagged, o)
	out := []byte(magic)
	section := func(data []byte) {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
		out = append(out, data...)
		fmt.Fprintf(o.Log, "section %d bytes\n", len(data))
	}
	section([]byte(strings.Join(t.classes, "\n")))
	section(t.packed)
	var scripts []string
	for _, s := range lemmas.scripts {
		scripts = append(scripts, s.String())
	}
	section([]byte(strings.Join(scripts, "\n")))
	section(lemmas.choice.pack())
	section(packSteps(p, o.ParseRows))
	section([]byte(strings.Join(labels, "\n")))
	section(packWeights(labelRows, o.LabelRows))
	return out
}

// jackknife tags each part of the sentences with a tagger that was trained on
// the other parts, so that the parser learns from tags as good as those that
// it will meet. Heads and relations stay.
func jackknife(m *Model, sentences [][]Token, o TrainOptions) [][]Token {
	tagged := make([][]Token, len(sentences))
	quiet := o
	quiet.Log = io.Discard
	w := new(workspace)
	for fold := range o.Folds {
		var rest [][]Token
		for i, s := range sentences {
			if i*o.Folds/len(sentences) != fold {
				rest = append(rest, s)
			}
		}
		t, l := trainTagger(rest, o.TagEpochs, quiet)
		t.pack(l.average(), o.TagRows)
		m.tagger = t.tagger
		for i, s := range sentences {
			if i*o.Folds/len(sentences) == fold {
				tagged[i] = append([]Token(nil), s...)
				m.annotate(tagged[i], w)
			}
		}
	}
	scores, _ := Evaluate(sentences, tagged)
	fmt.Fprintf(o.Log, "jackknifed tags: %s\n", scores)
	return tagged
}

// trainParser learns the weights of the actions.
func trainParser(sentences [][]Token, o TrainOptions) []row {
	l := newLearner()
	random := rand.New(rand.NewPCG(o.Seed, 2))
	w := new(workspace)
	score := func(features []uint64, scores []int32) {
		clear(scores)
		for _, f := range features {
			l.score(f, scores)
		}
	}
	gold := make([][]uint8, len(sentences))
	for i, s := range sentences {
		if len(s) <= maxSentence {
			gold[i] = derivation(projective(s))
		}
	}
	for epoch := range o.ParseEpochs {
		start := time.Now()
		right, total := 0, 0
		for _, n := range random.Perm(len(sentences)) {
			if gold[n] == nil {
				continue
			}
			l.steps++
			total++
			right += one(l.learnDerivation(w, sentences[n], gold[n], o.Beam, score))
		}
		fmt.Fprintf(o.Log, "parser epoch %d: %.4f of the trees right, %d features, %s\n", epoch+1, float64(right)/float64(total), len(l.rows), time.Since(start).Round(time.Second))
	}
	return l.average()
}

// learnDerivation parses one sentence and corrects the weights at the step
// where the best derivation in the beam is furthest ahead of the right one. It
// says whether the right one won.
func (l *learner) learnDerivation(w *workspace, tokens []Token, gold []uint8, width int, score func([]uint64, []int32)) bool {
	s := w.prepare(tokens)
	first := w.reset(s.n, width)
	w.beam = append(w.beam[:0], first)
	want := first
	var worst int64
	var wrong, missed *state
	var scores [actions]int32
	for _, action := range gold {
		w.features = s.stateFeatures(w.features[:0], want)
		score(w.features, scores[:])
		want = w.apply(want, action, want.score+int64(scores[action]))
		w.step(s, width, score)
		if ahead := w.beam[0].score - want.score; ahead > worst || ahead == 0 && worst == 0 && !sameDerivation(w.beam[0], want) {
			worst, wrong, missed = ahead, w.beam[0], want
		}
	}
	if wrong == nil || worst == 0 && sameDerivation(w.beam[0], want) {
		return true
	}
	var path [2][]*state
	for k, st := range []*state{missed, wrong} {
		for ; st != nil; st = st.prev {
			path[k] = append(path[k], st)
		}
	}
	for k, by := range []int32{1, -1} {
		differ := false
		for i := len(path[k]) - 1; i > 0; i-- {
			action := path[k][i-1].action
			differ = differ || action != path[1-k][i-1].action
			if differ {
				w.features = s.stateFeatures(w.features[:0], path[k][i])
				l.update(w.features, int(action), by)
			}
		}
	}
	return false
}

func sameDerivation(a, b *state) bool {
	for ; a != nil && b != nil; a, b = a.prev, b.prev {
		if a.action != b.action {
			return false
		}
	}
	return a == b
}

// derivation gives the actions that build a projective tree.
func derivation(heads []int) []uint8 {
	n := len(heads)
	pending := make([]int, n+1) // children still to come
	for _, h := range heads {
		pending[h]++
	}
	var stack []int
	var out []uint8
	for front := 0; len(out) < 2*n; {
		if k := len(stack); k > 0 {
			top := stack[k-1]
			if pending[top] == 0 && heads[top] == front {
				out, stack = append(out, left), stack[:k-1]
				pending[front]--
				continue
			}
			if pending[top] == 0 && k > 1 && heads[top] == stack[k-2] {
				out, stack = append(out, right), stack[:k-1]
				pending[stack[k-2]]--
				continue
			}
		}
		if front == n {
			return nil // not projective, or not a tree
		}
		out, stack = append(out, shift), append(stack, front)
		front++
	}
	return out
}

// projective gives the heads of a sentence, n for the root, after lifting the
// arcs that cross another to the head of the head (Nivre and Nilsson 2005),
// the shortest first.
func projective(tokens []Token) []int {
	n := len(tokens)
	heads := make([]int, n)
	for i, t := range tokens {
		heads[i] = t.Head
		if t.Head < 0 {
			heads[i] = n
		}
	}
	under := func(i, h int) bool {
		for i != n && i != h {
			i = heads[i]
		}
		return i == h
	}
	for range n * n {
		best := -1
		for d, h := range heads {
			if h == n {
				continue
			}
			for k := min(d, h) + 1; k < max(d, h); k++ {
				if !under(k, h) {
					if length := abs(d - h); best < 0 || length < abs(best-heads[best]) {
						best = d
					}
					break
				}
			}
		}
		if best < 0 {
			return heads
		}
		heads[best] = heads[heads[best]]
	}
	return heads
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// trainLabeller learns the relations on the right trees.
func trainLabeller(sentences [][]Token, o TrainOptions) ([]string, []row) {
	classes := relations(sentences)
	number := map[string]int{}
	for i, c := range classes {
		number[c] = i
	}
	l := newLearner()
	random := rand.New(rand.NewPCG(o.Seed, 3))
	w := new(workspace)
	t := &w.tree
	scores := make([]int32, len(classes))
	for epoch := range o.LabelEpochs {
		wrong, total := 0, 0
		for _, n := range random.Perm(len(sentences)) {
			tokens := sentences[n]
			t.read(w.prepare(tokens), tokens)
			for _, d := range t.order {
				if t.heads[d] < 0 {
					continue
				}
				gold := number[withoutSubtype(tokens[d].Rel)]
				w.features = t.labelFeatures(w.features[:0], d)
				clear(scores)
				for _, f := range w.features {
					l.score(f, scores)
				}
				best := argmax(scores)
				t.labels[d] = int32(best)
				l.steps++
				total++
				if best != gold {
					wrong++
					l.update(w.features, gold, 1)
					l.update(w.features, best, -1)
				}
			}
		}
		fmt.Fprintf(o.Log, "labeller epoch %d: %.4f wrong, %d features\n", epoch+1, float64(wrong)/float64(total), len(l.rows))
	}
	return classes, l.average()
}

// taggerInTraining is a tagger whose weights are not packed yet.
type taggerInTraining struct {
	tagger
	number map[string]int
	packed []byte
}

func (t *taggerInTraining) pack(rows []row, limit int) {
	t.packed = packWeights(rows, limit)
	t.weights, _ = openWeights(t.packed)
}

func trainTagger(sentences [][]Token, epochs int, o TrainOptions) (*taggerInTraining, *learner) {
	t := &taggerInTraining{number: map[string]int{}}
	for _, s := range sentences {
		for _, tok := range s {
			c := tok.XPOS + "|" + tok.UPOS
			if _, ok := t.number[c]; !ok {
				t.number[c] = len(t.classes)
				t.classes = append(t.classes, c)
			}
		}
	}
	l := newLearner()
	random := rand.New(rand.NewPCG(o.Seed, 1))
	scores := make([]int32, len(t.classes))
	var features []uint64
	var words []word
	for epoch := range epochs {
		wrong, total := 0, 0
		for _, n := range random.Perm(len(sentences)) {
			tokens := sentences[n]
			words = wordsOf(words, tokens)
			t1, t2 := -1, -1
			for i := range tokens {
				gold := t.number[tokens[i].XPOS+"|"+tokens[i].UPOS]
				features = tagFeatures(features[:0], words, i, t1, t2)
				clear(scores)
				for _, f := range features {
					l.score(f, scores)
				}
				best := argmax(scores)
				l.steps++
				total++
				if best != gold {
					wrong++
					l.update(features, gold, 1)
					l.update(features, best, -1)
				}
				t1, t2 = best, t1
			}
		}
		fmt.Fprintf(o.Log, "tagger epoch %d: %.4f wrong, %d features\n", epoch+1, float64(wrong)/float64(total), len(l.rows))
	}
	return t, l
}
