package nlp

import "math"

// Sizes of the net that reads pairs.
const (
	placeDim = 192
	pairIn   = 2*claimHidden + placeDim
)

// Meaning is where a claim lies among others.
type Meaning struct {
	// Place is of length 1; the cosine of two places says how near two claims
	// are: the mean of the cosines of the last rows, the middle rows, and a
	// projection learned from annotated pairs.
	Place []float32

	learned []float32 // the projection, of length 1
	traits  []float32 // what the net that reads pairs compares
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
		l := learned[i*placeDim : (i+1)*placeDim : (i+1)*placeDim]
		normalise(l)
		p := make([]float32, 0, dim+placeDim)
		p = append(append(p, vectors[i*dim:(i+1)*dim]...), l...)
		normalise(p)
		out[i] = Meaning{Place: p, learned: l, traits: traits[i*claimHidden : (i+1)*claimHidden : (i+1)*claimHidden]}
	}
	return out
}

// Reading is what the net says of two claims: log-probabilities that they do
// not meet, agree, conflict, or frame one thing in rival words.
type Reading [4]float32

// Read reads pairs of claims. The order of the two does not matter.
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
		copy(out[i][:], rel[i*4:i*4+4])
		logSoftmax(out[i][:])
	}
	return out
}
