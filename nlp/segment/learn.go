package segment

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
)

// Example is a text with its true sentences, for Fit and Score.
type Example struct {
	Name      string
	Text      string
	Sentences []Span
}

const (
	runs    = 4   // trainings in different orders, averaged
	dropout = 0.2 // share of the features hidden at each step
	minSeen = 4   // gaps that a feature must occur at
)

// Fit trains the boundary model on examples and returns it in the format of
// weights.bin. It is logistic regression by AdaGrad with the given strength
// of the L2 penalty; the engine's verdict is one feature among others, and
// gaps that a rule decides are not learned from. The result depends on the
// arguments alone.
func Fit(examples []Example, epochs int, l2 float64) []byte {
	type gap struct {
		features []uint32
		ends     bool
	}
	var data []gap
	seen := make([]uint16, 1<<tableBits)
	for _, e := range examples {
		ends := map[int]bool{}
		for _, s := range e.Sentences {
			ends[s.End] = true
		}
		blocks := paragraphs(e.Text, laidOut)
		stops := engineStops(e.Text, blocks)
		for _, b := range blocks {
			g := newGaps(e.Text, split(e.Text, b), stops)
			g.walk(func(i int) bool {
				y := ends[g.words[i].end]
				if g.rule(i) == silent {
					f := g.features(i, nil)
					for _, k := range f {
						if seen[k] < math.MaxUint16 {
							seen[k]++
						}
					}
					data = append(data, gap{f, y})
				}
				return y
			})
		}
	}
	avg := make([]float64, 1<<tableBits)
	for seed := range uint64(runs) {
		rng := rand.New(rand.NewPCG(seed, 1))
		w := make([]float64, 1<<tableBits)
		sq := make([]float64, 1<<tableBits)
		var active []uint32
		for epoch := range epochs {
			rng.Shuffle(len(data), func(i, j int) { data[i], data[j] = data[j], data[i] })
			for _, d := range data {
				active = active[:0]
				z := 0.0
				for _, k := range d.features {
					if seen[k] >= minSeen && rng.Float64() >= dropout {
						active = append(active, k)
						z += w[k]
					}
				}
				grad := 1 / (1 + math.Exp(-z/(1-dropout)))
				if d.ends {
					grad--
				}
				for _, k := range active {
					gr := grad + l2*w[k]
					sq[k] += gr * gr
					w[k] -= 0.1 * gr / math.Sqrt(sq[k]+1e-6)
				}
			}
			if epoch >= epochs/2 {
				for k := range w {
					avg[k] += w[k] / float64((epochs-epochs/2)*runs)
				}
			}
		}
	}
	return quantise(avg)
}

func quantise(w []float64) []byte {
	top := 0.0
	for _, x := range w {
		top = max(top, math.Abs(x))
	}
	out := make([]byte, 4, 4+len(w))
	if top == 0 {
		top = 1
	}
	binary.LittleEndian.PutUint32(out, math.Float32bits(float32(top/127)))
	for _, x := range w {
		out = append(out, byte(int8(math.Round(x/top*127))))
	}
	return out
}

// Score counts exact sentence spans: true ones found, found ones, true ones.
func Score(e Example, found []Span) (right, answered, gold int) {
	want := map[Span]bool{}
	for _, s := range e.Sentences {
		want[trim(e.Text, s)] = true
	}
	for _, s := range found {
		if want[trim(e.Text, s)] {
			right++
		}
	}
	return right, len(found), len(want)
}
