package syntax

import (
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
)

// TrainOptions says how a model is trained.
type TrainOptions struct {
	TagEpochs int       // passes over the data for the tagger
	TagRows   int       // features kept in the tagger
	Seed      uint64    // of the order of the sentences
	Log       io.Writer // progress
	Dev       [][]Token // scored as the training goes on; may be empty
}

// Train learns a model from sentences and gives the model file.
func Train(sentences [][]Token, o TrainOptions) []byte {
	t, l := trainTagger(sentences, o)
	t.pack(l.average(), o.TagRows)
	lemmas := trainLemmas(sentences)
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
	return out
}

// shuffled gives the numbers below n in random order.
func shuffled(n int, random *rand.Rand) []int { return random.Perm(n) }

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

func trainTagger(sentences [][]Token, o TrainOptions) (*taggerInTraining, *learner) {
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
	scores := make([]float32, len(t.classes))
	var features []uint64
	var words []word
	for epoch := range o.TagEpochs {
		wrong, total := 0, 0
		for _, n := range shuffled(len(sentences), random) {
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
				best := 0
				for c, s := range scores {
					if s > scores[best] {
						best = c
					}
				}
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
