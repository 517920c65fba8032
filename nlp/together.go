package nlp

import (
	"math"

	"counterclaim/nlp/embedding"
	"counterclaim/nlp/read"
)

// Sizes that the net which reads two claims together was trained with.
const (
	claimPieces = 32 // of a claim, from its start
	pairKinds   = 16 // in the order of the gold format
	pairOut     = 4 + pairKinds + 3
)

// Reading is what the encoder's upper layers say of two claims that they
// read together. Relations are log-probabilities that they do not meet,
// agree, conflict, or frame one thing in rival words. Kinds are
// log-probabilities of the kinds of the gold format, were they to meet;
// narrower says that the first is. Follows are log-probabilities that the
// second follows from the first, contradicts it, or neither; Back the other
// way round.
type Reading struct {
	Relations     [4]float32
	Kinds         [pairKinds]float32
	Follows, Back [3]float32
}

// pairBatch is how many pairs are read at once; it bounds memory.
const pairBatch = 64

// Read reads pairs of claims, each in both orders: the result for (b, a) is
// that for (a, b) turned round.
func (m *Model) Read(pairs [][2]*Meaning) []Reading {
	out := make([]Reading, len(pairs))
	for from := 0; from < len(pairs); from += pairBatch {
		some := pairs[from:min(from+pairBatch, len(pairs))]
		scores, orders := m.together(some)
		for i, at := range orders {
			out[from+i] = joined(scores[at[0]*pairOut:][:pairOut], scores[at[1]*pairOut:][:pairOut])
		}
	}
	return out
}

// Turned is what is said of the second claim and the first.
func (r Reading) Turned() Reading {
	r.Kinds[1], r.Kinds[2] = r.Kinds[2], r.Kinds[1] // narrower, broader
	r.Follows, r.Back = r.Back, r.Follows
	return r
}

// joined is the mean of what was said of (a, b) and of (b, a).
func joined(there, back []float32) Reading {
	var r Reading
	r.Relations, r.Kinds, r.Follows = parts(there)
	relations, kinds, follows := parts(back)
	kinds[1], kinds[2] = kinds[2], kinds[1] // narrower, broader
	r.Back = follows
	mix(r.Relations[:], relations[:])
	mix(r.Kinds[:], kinds[:])
	return r
}

func parts(z []float32) (relations [4]float32, kinds [pairKinds]float32, follows [3]float32) {
	copy(relations[:], z)
	copy(kinds[:], z[4:])
	copy(follows[:], z[4+pairKinds:])
	logSoftmax(relations[:])
	logSoftmax(kinds[:])
	logSoftmax(follows[:])
	return relations, kinds, follows
}

// mix makes a the log of the mean of two distributions given by their logs.
func mix(a, b []float32) {
	for i := range a {
		a[i] = float32(math.Log((math.Exp(float64(a[i])) + math.Exp(float64(b[i]))) / 2))
	}
}

// together takes pairs through the upper layers, each in both orders, and
// gives the scores of the relations, the kinds, and what follows: pairOut
// numbers at each place that orders gives for a pair.
func (m *Model) together(pairs [][2]*Meaning) (scores []float32, orders [][2]int) {
	dim := m.enc.Dim
	parts, sequences, orders := m.parts(pairs)
	h := m.enc.Join(parts, sequences, m.enc.Text, m.enc.Layers)
	in := make([]float32, len(sequences)*3*dim) // the row that sums up, |a-b|, a·b
	mean := make([]float32, 2*dim)
	at := 0
	for i, s := range sequences {
		n := h.Lens[i]
		seq := h.Rows[at*dim : (at+n)*dim]
		at += n
		split := (1 + parts.Lens[s[1]]) * dim
		a, b := mean[:dim], mean[dim:]
		h.Mean(a, seq[dim:split])
		h.Mean(b, seq[split:])
		row := in[i*3*dim : (i+1)*3*dim]
		copy(row, seq[:dim])
		for j, x := range a {
			row[dim+j] = max(x-b[j], b[j]-x)
			row[2*dim+j] = x * b[j]
		}
	}
	return m.enc.Dense("pair.out", m.dense("pair.both", in)), orders
}

// parts gives what the sequences of pairs are made of: the row that sums up,
// and the rows of each claim as the first and as the second. orders holds for
// each pair its sequence in both orders: the same one for a claim with itself.
func (m *Model) parts(pairs [][2]*Meaning) (parts *embedding.Hidden, sequences [][]int, orders [][2]int) {
	dim := m.enc.Dim
	type part struct {
		claim  *Meaning
		second int // 1 if it is
	}
	known := map[part]int{}
	list := []part{{}}
	total := 1
	place := func(p part) int {
		at, ok := known[p]
		if !ok {
			at = len(list)
			known[p] = at
			list = append(list, p)
			total += p.claim.pieces()
		}
		return at
	}
	sequences = make([][]int, 0, 2*len(pairs))
	for _, p := range pairs {
		a, b := p[0], p[1]
		at := len(sequences)
		orders = append(orders, [2]int{at, at})
		sequences = append(sequences, []int{0, place(part{a, 0}), place(part{b, 1})})
		if a != b {
			orders[len(orders)-1][1]++
			sequences = append(sequences, []int{0, place(part{b, 0}), place(part{a, 1})})
		}
	}
	parts = &embedding.Hidden{Dim: dim, Rows: make([]float32, 0, total*dim), Lens: make([]int, 0, len(list))}
	for i, p := range list {
		if i == 0 {
			parts.Append(m.roles[:dim])
			continue
		}
		parts.Rows = p.claim.appendRows(parts.Rows, m.roles[(1+p.second)*dim:][:dim])
		parts.Lens = append(parts.Lens, p.claim.pieces())
	}
	return parts, sequences, orders
}

// keepRows keeps the rows of a claim's first pieces, as bytes. start is where
// the claim begins.
func (x *Meaning) keepRows(rows []float32, pieces []read.Span, start, dim int) {
	n := min(len(pieces), claimPieces)
	x.rows, x.scales, x.at = make([]int8, n*dim), make([]float32, n), make([]int32, n)
	for i := range n {
		x.at[i] = int32(pieces[i].Start - start)
		row := rows[i*dim : (i+1)*dim]
		var peak float32
		for _, v := range row {
			peak = max(peak, max(v, -v))
		}
		if peak == 0 {
			continue
		}
		x.scales[i] = peak / 127
		for j, v := range row {
			x.rows[i*dim+j] = int8(math.Round(float64(v / x.scales[i])))
		}
	}
}

// Words is the mean of the rows of the words in bytes [from, to) of the
// claim's text, of length 1; nil where none of them was kept.
func (x *Meaning) Words(from, to int) []float32 {
	if len(x.scales) == 0 {
		return nil
	}
	dim := len(x.rows) / len(x.scales)
	out, some := make([]float32, dim), false
	for i, at := range x.at {
		if int(at) < from || int(at) >= to {
			continue
		}
		some = true
		for j, v := range x.rows[i*dim : (i+1)*dim] {
			out[j] += float32(v) * x.scales[i]
		}
	}
	if !some {
		return nil
	}
	normalise(out)
	return out
}

// pieces counts the rows that were kept.
func (x *Meaning) pieces() int { return len(x.scales) }

// appendRows appends the claim's rows, role added to each.
func (x *Meaning) appendRows(dst, role []float32) []float32 {
	dim := len(role)
	for i, scale := range x.scales {
		for j, v := range x.rows[i*dim : (i+1)*dim] {
			dst = append(dst, float32(float32(v)*scale)+role[j])
		}
	}
	return dst
}
