package embedding

import (
	"fmt"
	"math"
)

// Hidden is a packed batch of sequences: their rows one after the other,
// without padding.
type Hidden struct {
	Dim  int
	Rows []float32 // one row of Dim numbers per piece
	Lens []int     // rows of each sequence, in order
}

// Sequence returns the rows of sequence i, in place.
func (h *Hidden) Sequence(i int) []float32 {
	at := 0
	for _, n := range h.Lens[:i] {
		at += n
	}
	return h.Rows[at*h.Dim : (at+h.Lens[i])*h.Dim]
}

// Append adds a copy of the parts, each whole rows, as one new sequence, for
// instance the rows of two texts to be read together by the upper layers.
func (h *Hidden) Append(parts ...[]float32) {
	n := 0
	for _, p := range parts {
		h.Rows = append(h.Rows, p...)
		n += len(p) / h.Dim
	}
	h.Lens = append(h.Lens, n)
}

// Mean writes the mean of a sequence's rows to dst, which holds Dim numbers.
func (h *Hidden) Mean(dst []float32, rows []float32) {
	clear(dst)
	if len(rows) == 0 {
		return
	}
	for at := 0; at+h.Dim <= len(rows); at += h.Dim {
		for j, x := range rows[at : at+h.Dim] {
			dst[j] += x
		}
	}
	n := float32(len(rows) / h.Dim)
	for j := range dst {
		dst[j] /= n
	}
}

// Embed looks up the pieces of a packed batch: word, position and token
// type, then layer norm. lens holds the pieces of each sequence and must
// sum to len(ids); types may be nil for all 0. A position, id or type
// beyond the model's tables counts as the last one.
func (m *Model) Embed(ids, types []int32, lens []int) Hidden {
	total := 0
	for _, n := range lens {
		total += n
	}
	if total != len(ids) || types != nil && len(types) != len(ids) {
		panic(fmt.Sprintf("embedding: %d ids, %d types, sequences of %d pieces", len(ids), len(types), total))
	}
	h := Hidden{Dim: m.Dim, Rows: make([]float32, len(ids)*m.Dim), Lens: append([]int(nil), lens...)}
	rest := make([]float32, m.Dim)
	last := len(m.types)/m.Dim - 1
	at := 0
	for _, n := range lens {
		for pos := range n {
			row := h.Rows[at*m.Dim:][:m.Dim]
			kind := 0
			if types != nil {
				kind = min(max(int(types[at]), 0), last)
			}
			m.words.add(row, int(ids[at]))
			copy(rest, m.types[kind*m.Dim:][:m.Dim])
			m.where.add(rest, pos)
			m.kernels.addNorm(row, rest, &m.embedNorm, m.eps)
			at++
		}
	}
	return h
}

// At most this many pieces are in memory at once in Encode.
const encodeBatch = 1024

// Encode returns one unit vector per text: the mean of the last text
// layer's rows, as sentence-transformers computes it. A text of more than MaxPieces
// pieces is cut there.
func (m *Model) Encode(texts []string) [][]float32 {
	out := make([][]float32, 0, len(texts))
	var ids []int32
	var lens []int
	run := func() {
		h := m.Embed(ids, nil, lens)
		m.Run(&h, 0, m.Text)
		at := 0
		for _, n := range h.Lens {
			v := make([]float32, m.Dim)
			h.Mean(v, h.Rows[at*m.Dim:(at+n)*m.Dim])
			normalise(v)
			out = append(out, v)
			at += n
		}
		ids, lens = ids[:0], lens[:0]
	}
	for _, text := range texts {
		n := len(ids)
		ids = append(ids, m.IDs(text)...)
		lens = append(lens, len(ids)-n)
		if len(ids) >= encodeBatch {
			run()
		}
	}
	if len(lens) > 0 {
		run()
	}
	return out
}

// IDs returns the ids of a text's pieces between [CLS] and [SEP], at most
// MaxPieces in all.
func (m *Model) IDs(text string) []int32 {
	pieces := m.Tokenize(text)
	pieces = pieces[:min(len(pieces), m.MaxPieces-2)]
	ids := make([]int32, 0, len(pieces)+2)
	ids = append(ids, m.vocab.start)
	for _, p := range pieces {
		ids = append(ids, p.ID)
	}
	return append(ids, m.vocab.separate)
}

// normalise scales a vector to length 1; a zero vector stays.
func normalise(v []float32) {
	sum := float32(0)
	for _, x := range v {
		sum += float32(x * x)
	}
	if sum == 0 {
		return
	}
	length := float32(math.Sqrt(float64(sum)))
	for i := range v {
		v[i] /= length
	}
}

// Cosine is the cosine of two vectors of the same length; 0 if either is
// zero.
func Cosine(a, b []float32) float32 {
	var ab, aa, bb float32
	for i := range a {
		ab += float32(a[i] * b[i])
		aa += float32(a[i] * a[i])
		bb += float32(b[i] * b[i])
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / float32(math.Sqrt(float64(aa))*math.Sqrt(float64(bb)))
}
