package nlp

import (
	"math"

	"gonum.org/v1/gonum/blas/blas32"
)

// Sizes of the net that reads pairs.
const (
	pairNets   = 3   // nets side by side in one; their answers are averaged
	placeDim   = 192 // of each, as the others
	pairHidden = 96
	pairIn     = pairNets * (2*pairHidden + placeDim)
)

// sqrtNets makes the projections of all nets together of length 1.
var sqrtNets = float32(math.Sqrt(pairNets))

// Meaning is where a claim lies among others.
type Meaning struct {
	// Place is of length 1; the cosine of two places says how near two claims
	// are: the mean of the cosines of the last rows, the middle rows, and a
	// projection learned from annotated pairs.
	Place []float32

	learned              []float32 // the projections, each of length 1
	traits               []float32 // what the net that reads pairs as a whole compares
	words                []float32 // what the net that reads them word by word compares
	lastRows, middleRows []float32 // of the content words' pieces, each of length 1
	sentence             []float32 // mean of the last rows of the whole sentence, of length 1
}

// Nearness of two claims: cosines, part by part.
type Nearness struct{ Last, Middle, Learned, Sentence float64 }

// Near compares two claims.
func Near(a, b *Meaning) Nearness {
	dim := len(a.sentence)
	return Nearness{
		Last:     3 * dot(a.Place[:dim], b.Place[:dim]),
		Middle:   3 * dot(a.Place[dim:2*dim], b.Place[dim:2*dim]),
		Learned:  dot(a.learned, b.learned) / pairNets,
		Sentence: dot(a.sentence, b.sentence),
	}
}

func dot(a, b []float32) float64 {
	return float64(blas32.Dot(blas32.Vector{N: len(a), Inc: 1, Data: a}, blas32.Vector{N: len(b), Inc: 1, Data: b}))
}

// place finds the meanings of claims from their vectors: for each the last
// and the middle rows' means, of length 1.
func (m *Model) place(vectors []float32) []Meaning {
	dim := 2 * m.enc.Dim
	n := len(vectors) / dim
	learned := m.enc.Dense("pair.place", vectors)
	traits := m.enc.Dense("pair.claim", vectors)
	for i, v := range traits {
		traits[i] = float32(math.Tanh(float64(v)))
	}
	out := make([]Meaning, n)
	for i := range out {
		l := learned[i*pairNets*placeDim : (i+1)*pairNets*placeDim]
		for k := range pairNets {
			normalise(l[k*placeDim : (k+1)*placeDim])
		}
		p := make([]float32, 0, dim+len(l))
		p = append(p, vectors[i*dim:(i+1)*dim]...)
		for _, v := range l {
			p = append(p, v/sqrtNets)
		}
		normalise(p)
		out[i] = Meaning{Place: p, learned: l, traits: traits[i*pairNets*pairHidden : (i+1)*pairNets*pairHidden]}
	}
	return out
}

// Reading is what the nets say of two claims. Whole and Words are
// log-probabilities that they do not meet, agree, conflict, or frame one
// thing in rival words: from each claim as a whole, and word by word. Kinds
// are log-probabilities of the kinds of the gold format, were they to meet;
// narrower says that the first is. Follows are log-probabilities that the
// second follows from the first, contradicts it, or neither; Back the other
// way round.
type Reading struct {
	Whole, Words  [4]float32
	Kinds         [pairKinds]float32
	Follows, Back [3]float32
}

// Read reads pairs of claims. The order of the two matters only to which is
// the narrower.
func (m *Model) Read(pairs [][2]*Meaning) []Reading {
	in := make([]float32, 0, len(pairs)*pairIn)
	for _, p := range pairs {
		a, b := p[0], p[1]
		for j := range a.traits {
			in = append(in, float32(math.Abs(float64(a.traits[j]-b.traits[j]))))
		}
		for j := range a.traits {
			in = append(in, a.traits[j]*b.traits[j])
		}
		for j := range a.learned {
			in = append(in, a.learned[j]*b.learned[j]*8)
		}
	}
	out := make([]Reading, len(pairs))
	rel := m.enc.Dense("pair.relation", m.dense("pair.both", in))
	for i := range out {
		copy(out[i].Whole[:], rel[i*4:i*4+4])
		logSoftmax(out[i].Whole[:])
	}
	m.align(pairs, out)
	return out
}
