package nlp

import (
	"math"

	"gonum.org/v1/gonum/blas/blas32"
)

// Meaning is where a claim lies among others.
type Meaning struct {
	// Place is of length 1; the cosine of two places says how near two claims
	// are: the mean of the cosines of the claims' mean rows, and of a
	// projection of them that was learned from annotated pairs.
	Place []float32

	sentence []float32 // mean of the rows of the whole sentence, of length 1
	rows     []int8    // of the claim's first pieces, for the upper layers; row i times scales[i]
	scales   []float32
	at       []int32 // where in the claim's text each of these pieces begins
}

// Nearness of two claims: cosines, part by part.
type Nearness struct{ Rows, Learned, Sentence float64 }

// Near compares two claims.
func Near(a, b *Meaning) Nearness {
	dim := len(a.sentence)
	return Nearness{
		Rows:     2 * dot(a.Place[:dim], b.Place[:dim]),
		Learned:  2 * dot(a.Place[dim:], b.Place[dim:]),
		Sentence: dot(a.sentence, b.sentence),
	}
}

func dot(a, b []float32) float64 {
	return float64(blas32.Dot(blas32.Vector{N: len(a), Inc: 1, Data: a}, blas32.Vector{N: len(b), Inc: 1, Data: b}))
}

// places gives the places of claims from the mean rows of each.
func (m *Model) places(means []float32) [][]float32 {
	dim := m.enc.Dim
	learned := m.enc.Dense("place", means)
	n := len(means) / dim
	width := len(learned) / n
	out := make([][]float32, n)
	for i := range out {
		p := make([]float32, 0, dim+width)
		p = append(p, means[i*dim:(i+1)*dim]...)
		normalise(p)
		p = append(p, learned[i*width:(i+1)*width]...)
		normalise(p[dim:])
		for j := range p {
			p[j] /= math.Sqrt2
		}
		out[i] = p
	}
	return out
}

// Alike is the cosine of two vectors of length 1; 0 where one is nil.
func Alike(a, b []float32) float64 {
	if a == nil || b == nil {
		return 0
	}
	return dot(a, b)
}
