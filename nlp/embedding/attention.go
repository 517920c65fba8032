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

// attend mixes the values of one sequence of n rows. Rows past the n-th of
// qkv are read and of ctx written without effect on the result.
func (m *Model) attend(w *workspace, ctx, qkv []float32, n int) {
	if n == 0 {
		return
	}
	size := m.Dim / m.heads
	stride := m.qkvStride()
	cols := (n + lanes - 1) / lanes * lanes
	keyStride := (cols/lanes | 1) * lanes
	w.keys = grow(w.keys, size*keyStride)
	w.score = grow(w.score, queryBlock*cols)
	var tail [lanes]float32
	for i := range tail {
		if cols-lanes+i >= n {
			tail[i] = masked
		}
	}
	for head := range m.heads {
		at := head * size
		m.kernels.transpose(w.keys, keyStride, qkv[m.Dim+at:], stride, n, size)
		for q := 0; q < n; q += queryBlock {
			rows := (min(queryBlock, n-q) + queryRows - 1) / queryRows * queryRows
			w.prod = product{
				dst: w.score, dstStride: cols, a: qkv[q*stride+at:], aStride: stride,
				b: w.keys, bStride: keyStride, k: size, rows: rows, cols: cols,
			}
			m.kernels.product(&w.prod)
			m.kernels.softmax(w.score[:rows*cols], cols, &tail)
			w.prod = product{
				dst: ctx[q*m.Dim+at:], dstStride: m.Dim, a: w.score, aStride: cols,
				b: qkv[2*m.Dim+at:], bStride: stride, k: n, rows: rows, cols: size,
			}
			m.kernels.product(&w.prod)
		}
	}
}
