package embedding

// Sequences go through the layers in groups of about this many pieces: the
// weights of a layer are then read once for all of them while the group's
// rows stay in the cache. A multiple of rowGroup.
const groupRows = 258

// Rows that go through the two inner maps together. A multiple of rowGroup.
const ffnRows = 24

// workspace holds the buffers of one running call.
type workspace struct {
	q     []byte    // quantised rows, input of a matrix
	quant []quant   // of each row of q
	qkv   []float32 // queries, keys and values of a row
	ctx   []float32 // attention's mixture of values
	out   []float32 // output of a matrix, to be added to the row
	inner []float32 // rows of the inner layer
	keys  []float32 // keys of one head, transposed
	score []float32 // of a block of queries with all keys
	prod  product
	gemm  gemmArgs
}

// Run takes the batch through layers [from, to), in place. Attention stays
// inside each sequence.
func (m *Model) Run(h *Hidden, from, to int) {
	w := m.scratch.Get().(*workspace)
	defer m.scratch.Put(w)
	for first, at := 0, 0; first < len(h.Lens); {
		n, last := h.Lens[first], first+1
		for last < len(h.Lens) && n+h.Lens[last] <= groupRows {
			n += h.Lens[last]
			last++
		}
		rows := h.Rows[at*m.Dim : (at+n)*m.Dim]
		for i := from; i < to && n > 0; i++ {
			m.layer(w, &m.layers[i], rows, h.Lens[first:last])
		}
		at += n
		first = last
	}
}

// layer takes a group of sequences through one layer, in place.
func (m *Model) layer(w *workspace, l *layer, h []float32, lens []int) {
	n := len(h) / m.Dim
	stride := m.qkvStride()
	w.qkv = grow(w.qkv, (groups(n)*rowGroup+queryRows)*stride)
	w.multiply(m.kernels, w.qkv, stride, h, &l.qkv)
	w.ctx = grow(w.ctx, (n+queryRows)*m.Dim)
	at := 0
	for _, n := range lens {
		m.attend(w, w.ctx[at*m.Dim:], w.qkv[at*stride:], n)
		at += n
	}
	w.out = grow(w.out, groups(n)*rowGroup*m.Dim)
	w.multiply(m.kernels, w.out, m.Dim, w.ctx[:n*m.Dim], &l.attn)
	m.addNorm(h, w.out, &l.attnNorm)

	w.inner = grow(w.inner, min(ffnRows, groups(n)*rowGroup)*m.ffn)
	for at := 0; at < n; at += ffnRows {
		h := h[at*m.Dim : min(at+ffnRows, n)*m.Dim]
		inner := w.inner[:len(h)/m.Dim*m.ffn]
		w.multiply(m.kernels, w.inner, m.ffn, h, &l.up)
		m.kernels.gelu(inner)
		w.multiply(m.kernels, w.out, m.Dim, inner, &l.down)
		m.addNorm(h, w.out, &l.downNorm)
	}
}

// multiply quantises the rows of x and applies the matrix to them. dst has
// room for whole groups of rows.
func (w *workspace) multiply(k *kernels, dst []float32, stride int, x []float32, m *matrix) {
	n := len(x) / m.in
	rows := groups(n) * rowGroup
	w.q = grow(w.q, rows*m.in)
	w.quant = grow(w.quant, rows)
	for i := range n {
		w.quant[i] = k.quantize(w.q[i*m.in:][:m.in], x[i*m.in:][:m.in])
	}
	w.gemm = gemmArgs{dst: dst, stride: stride, rows: w.q[:rows*m.in], quant: w.quant, m: m, wide: w.gemm.wide}
	k.gemm(&w.gemm)
}

func (m *Model) addNorm(h, x []float32, n *layerNorm) {
	for at := 0; at < len(h); at += m.Dim {
		m.kernels.addNorm(h[at:at+m.Dim], x[at:at+m.Dim], n, m.eps)
	}
}

// grow returns a buffer of n cells, the old one if it is large enough. Its
// cells hold anything.
func grow[T any](b []T, n int) []T {
	if cap(b) < n {
		return make([]T, n+n/4)[:n]
	}
	return b[:n]
}

// groups counts the groups of rows that n rows fill.
func groups(n int) int { return (n + rowGroup - 1) / rowGroup }
