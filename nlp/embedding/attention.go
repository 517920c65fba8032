package embedding

const (
	queryRows  = 4  // rows that kernels.product does at once
	queryBlock = 32 // queries whose scores are in memory at once
	lanes      = 16 // cells that the float kernels do at once
)

// masked is added to the scores of keys beyond the sequence.
const masked = -3e38

// qkvStride is the distance between rows of queries, keys and values: an
// odd number of cache lines, so that a column doesn't fall on few sets.
func (m *Model) qkvStride() int { return (3*m.Dim/lanes | 1) * lanes }

// stretch is some rows of queries, keys and values that stand one after the
// other in a sequence.
type stretch struct {
	qkv  []float32
	rows int
}

// attend mixes the values of one sequence. Rows past its last one are written
// to ctx without effect on the result.
func (m *Model) attend(w *workspace, ctx []float32, sequence []stretch) {
	n := 0
	for _, s := range sequence {
		n += s.rows
	}
	if n == 0 {
		return
	}
	size := m.Dim / m.heads
	stride := m.qkvStride()
	cols := (n + lanes - 1) / lanes * lanes
	keyStride := (cols/lanes | 1) * lanes
	w.queries = grow(w.queries, (n+queryRows)*size)
	w.keys = grow(w.keys, size*keyStride)
	w.values = grow(w.values, n*size)
	w.score = grow(w.score, queryBlock*cols)
	var tail [lanes]float32
	for i := range tail {
		if cols-lanes+i >= n {
			tail[i] = masked
		}
	}
	for head := range m.heads {
		at := head * size
		first := 0
		for _, s := range sequence {
			if s.rows == 0 {
				continue
			}
			m.kernels.transpose(w.keys[first:], keyStride, s.qkv[m.Dim+at:], stride, s.rows, size)
			for i := range s.rows {
				row := s.qkv[i*stride+at:]
				copy(w.queries[(first+i)*size:][:size], row)
				copy(w.values[(first+i)*size:][:size], row[2*m.Dim:])
			}
			first += s.rows
		}
		for q := 0; q < n; q += queryBlock {
			rows := (min(queryBlock, n-q) + queryRows - 1) / queryRows * queryRows
			w.prod = product{
				dst: w.score, dstStride: cols, a: w.queries[q*size:], aStride: size,
				b: w.keys, bStride: keyStride, k: size, rows: rows, cols: cols,
			}
			m.kernels.product(&w.prod)
			m.kernels.softmax(w.score[:rows*cols], cols, &tail)
			w.prod = product{
				dst: ctx[q*m.Dim+at:], dstStride: m.Dim, a: w.score, aStride: cols,
				b: w.values, bStride: size, k: n, rows: rows, cols: size,
			}
			m.kernels.product(&w.prod)
		}
	}
}
