package entities

import (
	"math/rand/v2"

	"counterclaim/nlp/syntax"
)

// Labelled is a sentence with its names, for training.
type Labelled struct {
	Tokens []syntax.Token
	Names  []TrainName
}

// TrainName is a name of a training sentence: tokens [From, To), of a Type or
// of "other".
type TrainName struct {
	From, To int
	Type     Type
}

// restarts is the number of perceptrons, each over its own orders of the
// sentences, whose weights are added up: the sum is steadier than any of them.
const restarts = 5

// Train fits the name tagger: averaged structured perceptrons. The same
// sentences, rounds and seed give the same bytes.
func Train(sentences []Labelled, rounds int, seed uint64) []byte {
	k := len(labels)
	type example struct {
		feats [][]uint32
		gold  []int
	}
	index := map[string]int{}
	for i, l := range labels {
		index[l] = i
	}
	examples := make([]example, len(sentences))
	for i, s := range sentences {
		e := &examples[i]
		e.gold = make([]int, len(s.Tokens))
		for _, n := range s.Names {
			b := index["B-"+string(n.Type)]
			for j := n.From; j < n.To; j++ {
				e.gold[j] = b + 1
			}
			e.gold[n.From] = b
		}
		ws := look(s.Tokens)
		for j := range ws {
			e.feats = append(e.feats, features(nil, ws, j))
		}
	}
	n := slotBytes + k*k
	total := make([]float64, n)
	for run := range restarts {
		w, sum, when := make([]float32, n), make([]float64, n), make([]int, n)
		step := 0
		update := func(i int, d float32) {
			sum[i] += float64(w[i]) * float64(step-when[i])
			when[i] = step
			w[i] += d
		}
		rng := rand.New(rand.NewPCG(seed, uint64(run)))
		for range rounds {
			for _, x := range rng.Perm(len(examples)) {
				e := &examples[x]
				step++
				rows := make([][]int32, len(e.feats))
				for i, fs := range e.feats {
					rows[i] = make([]int32, k)
					for _, f := range fs {
						for l := range k {
							rows[i][l] += int32(w[int(f%slots)*k+l])
						}
					}
					for l := range k { // margin: the gold label must win by more than noise
						if l != e.gold[i] {
							rows[i][l] += 3
						}
					}
				}
				got := best(rows, func(a, b int) int32 { return int32(w[slotBytes+a*k+b]) })
				prevGot, prevGold := outside, outside
				for i := range got {
					if got[i] != e.gold[i] {
						for _, f := range e.feats[i] {
							update(int(f%slots)*k+e.gold[i], 1)
							update(int(f%slots)*k+got[i], -1)
						}
					}
					if got[i] != e.gold[i] || prevGot != prevGold {
						update(slotBytes+prevGold*k+e.gold[i], 1)
						update(slotBytes+prevGot*k+got[i], -1)
					}
					prevGot, prevGold = got[i], e.gold[i]
				}
			}
		}
		for i := range w {
			update(i, 0)
			total[i] += sum[i]
		}
	}
	most := 0.0
	for _, v := range total {
		most = max(most, v, -v)
	}
	out := make([]byte, n)
	// A few transitions dominate: 127 stands for a third of the largest, what
	// is above is cut.
	for i, v := range total {
		out[i] = byte(int8(min(127, max(-127, v*381/most))))
	}
	return out
}
