package syntax

import (
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
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
	Dropout     float64   // share of the features left out at random, for tagger and labeller
	LabelEpochs int       // passes for the labeller
	LabelRows   int       // features kept in the labeller
	MarkRows    int       // features kept in the model of punctuation
}

// Train learns a model from sentences and gives the model file.
func Train(sentences [][]Token, o TrainOptions) []byte {
	t, l := trainTagger(sentences, o.TagEpochs, o)
	t.pack(l.average(), o.TagRows)
	lemmas := trainLemmas(sentences)
	m := &Model{lemmas: lemmas}
	tagged := jackknife(m, sentences, o)
	var steps [2][]row
	for d := range steps {
		steps[d] = trainParser(tagged, d == 1, o)
	}
	labels, labelRows := trainLabeller(tagged, o)
	markRows := trainMarker(tagged, o)
	out := []byte(magic)
	section := func(data []byte) {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
		out = append(out, data...)
		fmt.Fprintf(o.Log, "section %d bytes\n", len(data))
	}
	section([]byte(strings.Join(t.classes, "\n")))
	section(t.packed)
	section(t.lexicon.pack())
	var scripts []string
	for _, s := range lemmas.scripts {
		scripts = append(scripts, s.String())
	}
	section([]byte(strings.Join(scripts, "\n")))
	section(lemmas.choice.pack())
	for _, rows := range steps {
		section(packSteps(rows, o.ParseRows))
	}
	section([]byte(strings.Join(labels, "\n")))
	section(packWeights(labelRows, o.LabelRows))
	section(packWeights(markRows, o.MarkRows))
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
func trainParser(sentences [][]Token, reversed bool, o TrainOptions) []row {
	l := newStepLearner()
	random := rand.New(rand.NewPCG(o.Seed, 2))
	w := new(workspace)
	gold := make([][]uint8, len(sentences))
	for i, s := range sentences {
		if len(s) <= maxSentence && len(s) > 0 {
			heads := projective(wordHeads(w, s))
			if reversed {
				heads = mirror(heads)
			}
			gold[i] = derivation(heads)
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
			right += one(l.learnDerivation(w, w.prepare(sentences[n], reversed), gold[n], o.Beam))
		}
		fmt.Fprintf(o.Log, "parser epoch %d: %.4f of the trees right, %d features, %s\n", epoch+1, float64(right)/float64(total), len(l.sums), time.Since(start).Round(time.Second))
	}
	for n, s := range sentences {
		if gold[n] == nil {
			continue
		}
		in := w.prepare(s, reversed)
		st := w.reset(in.n, 1)
		for _, action := range gold[n] {
			w.features = in.stateFeatures(w.features[:0], st)
			l.count(w.features)
			st = w.apply(st, action, 0)
		}
	}
	return l.average()
}

// learnDerivation parses one sentence and corrects the weights at the step
// where the best derivation in the beam is furthest ahead of the right one. It
// says whether the right one won.
func (l *stepLearner) learnDerivation(w *workspace, s *sentence, gold []uint8, width int) bool {
	first := w.reset(s.n, width)
	w.beam = append(w.beam[:0], first)
	want := first
	var worst int64
	var wrong, missed *state
	var scores [actions]int32
	for _, action := range gold {
		w.features = s.stateFeatures(w.features[:0], want)
		l.score(w.features, scores[:])
		want = w.apply(want, action, want.score+int64(scores[action]))
		w.step(s, width, math.MaxInt32, l.score)
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
				l.update(w.features, action, by)
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

// wordHeads gives the heads of the words of a sentence, without the marks; n
// for the root.
func wordHeads(w *workspace, tokens []Token) []int {
	s := w.prepare(tokens, false)
	w.tree.read(s, tokens)
	heads := make([]int, s.n)
	for i := range heads {
		heads[i] = int(w.tree.heads[i])
		if heads[i] < 0 {
			heads[i] = s.n
		}
	}
	return heads
}

// projective lifts the arcs that cross another to the head of the head (Nivre
// and Nilsson 2005), the shortest first.
func projective(heads []int) []int {
	n := len(heads)
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

// mirror reverses the order of the words.
func mirror(heads []int) []int {
	n := len(heads)
	out := make([]int, n)
	for i, h := range heads {
		if h < n {
			h = n - 1 - h
		}
		out[n-1-i] = h
	}
	return out
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// trainMarker learns on the right trees where marks are attached.
func trainMarker(sentences [][]Token, o TrainOptions) []row {
	l := newLearner()
	random := rand.New(rand.NewPCG(o.Seed, 4))
	w := new(workspace)
	for epoch := range o.LabelEpochs {
		wrong, total := 0, 0
		for _, n := range random.Perm(len(sentences)) {
			tokens := slices.Clone(sentences[n])
			for i := range tokens {
				tokens[i].Rel = withoutSubtype(tokens[i].Rel)
			}
			w.prepare(tokens, false)
			w.partners = partners(w.partners, tokens)
			eachMark(tokens, w, func(mark int, all []candidate) {
				var best, gold []uint64
				most := int32(0)
				right := false
				for i, c := range all {
					features := markFeatures(nil, tokens, mark, w.partners[mark], c, all)
					var score [1]int32
					for _, f := range features {
						l.score(f, score[:])
					}
					if i == 0 || score[0] > most {
						best, most = features, score[0]
						right = c.token == tokens[mark].Head
					}
					if c.token == tokens[mark].Head {
						gold = features
					}
				}
				l.steps++
				total++
				l.count(best)
				if right {
					return
				}
				wrong++
				if gold != nil {
					l.update(gold, 0, 1)
					l.update(best, 0, -1)
				}
			})
		}
		fmt.Fprintf(o.Log, "marker epoch %d: %.4f wrong, %d features\n", epoch+1, float64(wrong)/float64(total), len(l.rows))
	}
	return l.average()
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
			t.read(w.prepare(tokens, false), tokens)
			for _, d := range t.order {
				if t.heads[d] < 0 {
					continue
				}
				gold := number[withoutSubtype(tokens[t.sentence.index[d]].Rel)]
				w.features = dropSome(t.labelFeatures(w.features[:0], d), random, o.Dropout)
				clear(scores)
				for _, f := range w.features {
					l.score(f, scores)
				}
				best := argmax(scores)
				t.labels[d] = int32(best)
				l.steps++
				total++
				if epoch == o.LabelEpochs-1 {
					l.count(w.features)
				}
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
	t.lexicon = usualTags(sentences)
	l := newLearner()
	random := rand.New(rand.NewPCG(o.Seed, 1))
	scores := make([]int32, len(t.classes))
	var features []uint64
	var words []word
	for epoch := range epochs {
		wrong, total := 0, 0
		for _, n := range random.Perm(len(sentences)) {
			tokens := sentences[n]
			words = t.wordsOf(words, tokens)
			t1, t2 := -1, -1
			for i := range tokens {
				gold := t.number[tokens[i].XPOS+"|"+tokens[i].UPOS]
				features = dropSome(tagFeatures(features[:0], words, i, t1, t2), random, o.Dropout)
				clear(scores)
				for _, f := range features {
					l.score(f, scores)
				}
				best := argmax(scores)
				l.steps++
				total++
				if epoch == epochs-1 {
					l.count(features)
				}
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

// dropSome leaves out a share of the features at random, so that the model does
// not come to rest on single words.
func dropSome(features []uint64, random *rand.Rand, share float64) []uint64 {
	if share == 0 {
		return features
	}
	limit := uint32(share * (1 << 32))
	kept := features[:0]
	for _, f := range features {
		if random.Uint32() >= limit {
			kept = append(kept, f)
		}
	}
	return kept
}

// usualTags numbers, for each word that is frequent enough, the set of tags
// that make up a tenth or more of its uses.
func usualTags(sentences [][]Token) table {
	const enough = 4
	counts := map[uint64]map[string]int{}
	for _, s := range sentences {
		for _, tok := range s {
			h := newWord(tok.Text).lower
			if counts[h] == nil {
				counts[h] = map[string]int{}
			}
			counts[h][tok.XPOS]++
		}
	}
	sets := map[string]uint32{}
	usual := map[uint64]string{}
	for h, tags := range counts {
		total := 0
		for _, n := range tags {
			total += n
		}
		if total < enough {
			continue
		}
		var set []string
		for tag, n := range tags {
			if n*10 >= total {
				set = append(set, tag)
			}
		}
		slices.Sort(set)
		usual[h] = strings.Join(set, " ")
	}
	for _, set := range slices.Sorted(maps.Values(usual)) {
		if _, ok := sets[set]; !ok {
			sets[set] = uint32(len(sets))
		}
	}
	t := newTable(len(usual))
	for _, h := range slices.Sorted(maps.Keys(usual)) {
		t.put(h, sets[usual[h]])
	}
	return t
}
