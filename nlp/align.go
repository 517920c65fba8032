package nlp

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// Sizes of the net that sets two claims side by side word by word.
const (
	alignWord   = 64 // a word piece
	alignIn     = 4 * alignWord
	alignHidden = 96
	pairKinds   = 16 // in the order of the gold format
)

// alignWords gives, for the word pieces [from, to) of a statement, the rows
// that stand for them beside the words of other claims.
func (m *Model) alignWords(st *states, from, to int) []float32 {
	n := to - from
	if n <= 0 {
		return nil
	}
	dim := st.dim
	in := make([]float32, n*2*dim)
	for i := range n {
		row := in[i*2*dim : (i+1)*2*dim]
		copy(row, st.middle[(from+i)*dim:(from+i+1)*dim])
		copy(row[dim:], st.last[(from+i)*dim:(from+i+1)*dim])
		standardise(row)
	}
	out := m.enc.Dense("align.word", in)
	for i, v := range out {
		out[i] = float32(math.Tanh(float64(v)))
	}
	return out
}

// standardise gives a row mean 0 and variance 1.
func standardise(row []float32) {
	var sum, squares float64
	for _, v := range row {
		sum += float64(v)
	}
	mean := sum / float64(len(row))
	for _, v := range row {
		d := float64(v) - mean
		squares += d * d
	}
	scale := 1 / math.Sqrt(squares/float64(len(row))+1e-5)
	for i, v := range row {
		row[i] = float32((float64(v) - mean) * scale)
	}
}

// alignBatch is how many pairs are read word by word at once; it bounds
// memory.
const alignBatch = 64

// align reads pairs of claims word by word: each word of one claim is set
// beside the mixture of the other's words that answers it (decomposable
// attention, Parikh et al. 2016, arXiv:1606.01933).
func (m *Model) align(pairs [][2]*Meaning, out []Reading) {
	for from := 0; from < len(pairs); from += alignBatch {
		to := min(from+alignBatch, len(pairs))
		m.alignSome(pairs[from:to], out[from:to])
	}
}

func (m *Model) alignSome(pairs [][2]*Meaning, out []Reading) {
	n := 0
	for _, p := range pairs {
		n += len(p[0].words) + len(p[1].words)
	}
	rows := make([]float32, 0, n/alignWord*alignIn)
	for _, p := range pairs {
		a, b := matrixOf(p[0].words), matrixOf(p[1].words)
		rows = answers(rows, a, b)
		rows = answers(rows, b, a)
	}
	both := make([]float32, len(pairs)*2*alignWord)
	turn := make([]float32, len(pairs)*2*alignWord)
	if len(rows) > 0 {
		h := m.dense("align.compare", rows)
		for i, p := range pairs {
			na, nb := len(p[0].words), len(p[1].words)
			left, right := pool(h[:na]), pool(h[na:na+nb])
			h = h[na+nb:]
			for j := range left {
				both[i*2*alignWord+j] = left[j] + right[j]
				turn[i*2*alignWord+j] = left[j] - right[j]
			}
		}
	}
	z := m.enc.Dense("align.out", m.dense("align.both", both))
	turned := m.enc.Dense("align.turn", turn)
	const width = 4 + pairKinds + 3
	for i := range out {
		copy(out[i].Words[:], z[i*width:])
		copy(out[i].Kinds[:], z[i*width+4:])
		copy(out[i].Follows[:], z[i*width+4+pairKinds:(i+1)*width])
		out[i].Kinds[1] += turned[2*i] // narrower
		out[i].Kinds[2] -= turned[2*i] // broader
		out[i].Back = out[i].Follows
		out[i].Follows[0] += turned[2*i+1]
		out[i].Back[0] -= turned[2*i+1]
		for _, x := range [][]float32{out[i].Words[:], out[i].Kinds[:], out[i].Follows[:], out[i].Back[:]} {
			logSoftmax(x)
		}
	}
}

func matrixOf(words []float32) blas32.General {
	return blas32.General{Rows: len(words) / alignWord, Cols: alignWord, Stride: alignWord, Data: words}
}

// answers appends, for each word x of one claim, x, the mixture y of the
// other claim's words that answers it, |x-y| and x·y. rows has room for it.
func answers(rows []float32, x, y blas32.General) []float32 {
	if x.Rows == 0 {
		return rows
	}
	mixed := make([]float32, x.Rows*alignWord)
	if y.Rows > 0 {
		near := blas32.General{Rows: x.Rows, Cols: y.Rows, Stride: y.Rows, Data: make([]float32, x.Rows*y.Rows)}
		blas32.Gemm(blas.NoTrans, blas.Trans, 1/float32(math.Sqrt(alignWord)), x, y, 0, near)
		for i := range x.Rows {
			row := near.Data[i*y.Rows : (i+1)*y.Rows]
			logSoftmax(row)
			for j, v := range row {
				row[j] = float32(math.Exp(float64(v)))
			}
		}
		blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, near, y, 0, matrixOf(mixed))
	}
	for i := range x.Rows {
		a, b := x.Data[i*alignWord:(i+1)*alignWord], mixed[i*alignWord:(i+1)*alignWord]
		rows = rows[:len(rows)+alignIn]
		row := rows[len(rows)-alignIn:]
		copy(row, a)
		copy(row[alignWord:], b)
		apart, product := row[2*alignWord:3*alignWord], row[3*alignWord:]
		for j := range apart {
			apart[j] = float32(math.Abs(float64(a[j] - b[j])))
			product[j] = a[j] * b[j]
		}
	}
	return rows
}

// pool gives the mean and the maximum of rows of alignWord numbers.
func pool(h []float32) []float32 {
	out := make([]float32, 2*alignWord)
	n := len(h) / alignWord
	for i := range n {
		for j, v := range h[i*alignWord : (i+1)*alignWord] {
			out[j] += v
			out[alignWord+j] = max(out[alignWord+j], v)
		}
	}
	for j := range alignWord {
		out[j] /= float32(max(n, 1))
	}
	return out
}
