package embedding

// Sequences go through the layers in groups of about this many pieces: the
// weights of a layer are then read once for all of them while the group's
// rows stay in the cache. A multiple of rowGroup.
const groupRows = 258

// Rows that go through the two inner maps together. A multiple of rowGroup.
const ffnRows = 24

// workspace holds the buffers of one running call.
type workspace struct {
	q        []byte    // quantised rows, input of a matrix
	quant    []quant   // of each row of q
	qkv      []float32 // queries, keys and values of a row
	ctx      []float32 // attention's mixture of values
	out      []float32 // output of a matrix, to be added to the row
	inner    []float32 // rows of the inner layer
	sequence []stretch // that attends to itself
	queries  []float32 // of one head
	keys     []float32 // of one head, transposed
	values   []float32 // of one head
	score    []float32 // of a block of queries with all keys
	prod     product
	gemm     gemmArgs
}

// Run takes the batch through layers [from, to), in place. Attention stays
// inside each sequence.
func (m *Model) Run(h *Hidden, from, to int) {
	w := m.scratch.Get().(*workspace)
	defer m.scratch.Put(w)
	m.run(w, h, from, to)
}

func (m *Model) run(w *workspace, h *Hidden, from, to int) {
	inGroups(h, func(rows []float32, first, last int) {
		for i := from; i < to; i++ {
			l := &m.layers[i]
			m.project(w, l, rows)
			w.ctx = grow(w.ctx, len(rows)+queryRows*m.Dim)
			at := 0
			for _, n := range h.Lens[first:last] {
				w.sequence = append(w.sequence[:0], stretch{w.qkv[at*m.qkvStride():], n})
				m.attend(w, w.ctx[at*m.Dim:], w.sequence)
				at += n
			}
			m.finish(w, l, rows)
		}
	})
}

// Join takes sequences through layers [from, to). Each is made of parts, one
// after the other; what the first of the layers makes of a part by itself, its
// queries, keys and values, is worked out once for all the sequences that it
// stands in.
func (m *Model) Join(parts *Hidden, sequences [][]int, from, to int) Hidden {
	h := Hidden{Dim: m.Dim, Lens: make([]int, len(sequences))}
	starts := make([]int, len(parts.Lens)) // rows
	at := 0
	for i, n := range parts.Lens {
		starts[i] = at
		at += n
	}
	total := 0
	for i, s := range sequences {
		for _, p := range s {
			h.Lens[i] += parts.Lens[p]
		}
		total += h.Lens[i]
	}
	h.Rows = make([]float32, 0, total*m.Dim)
	for _, s := range sequences {
		for _, p := range s {
			h.Rows = append(h.Rows, parts.Rows[starts[p]*m.Dim:(starts[p]+parts.Lens[p])*m.Dim]...)
		}
	}
	if from >= to || total == 0 {
		return h
	}
	w := m.scratch.Get().(*workspace)
	defer m.scratch.Put(w)
	l := &m.layers[from]
	m.project(w, l, parts.Rows)
	inGroups(&h, func(rows []float32, first, last int) {
		w.ctx = grow(w.ctx, len(rows)+queryRows*m.Dim)
		at := 0
		for i := first; i < last; i++ {
			w.sequence = w.sequence[:0]
			for _, p := range sequences[i] {
				w.sequence = append(w.sequence, stretch{w.qkv[starts[p]*m.qkvStride():], parts.Lens[p]})
			}
			m.attend(w, w.ctx[at*m.Dim:], w.sequence)
			at += h.Lens[i]
		}
		m.finish(w, l, rows)
	})
	m.run(w, &h, from+1, to)
	return h
}

// inGroups calls do with the rows of sequences [first, last) of h, group by
// group.
func inGroups(h *Hidden, do func(rows []float32, first, last int)) {
	for first, at := 0, 0; first < len(h.Lens); {
		n, last := h.Lens[first], first+1
		for last < len(h.Lens) && n+h.Lens[last] <= groupRows {
			n += h.Lens[last]
			last++
		}
		if n > 0 {
			do(h.Rows[at*h.Dim:(at+n)*h.Dim], first, last)
		}
		at += n
		first = last
	}
}

// project writes the queries, keys and values of rows into w.qkv.
func (m *Model) project(w *workspace, l *layer, rows []float32) {
	stride := m.qkvStride()
	w.qkv = grow(w.qkv, groups(len(rows)/m.Dim)*rowGroup*stride)
	w.multiply(m.kernels, w.qkv, stride, rows, &l.qkv)
}

// finish takes a group of rows through what of a layer follows attention, in
// place.
func (m *Model) finish(w *workspace, l *layer, h []float32) {
	n := len(h) / m.Dim
	w.out = grow(w.out, groups(n)*rowGroup*m.Dim)
	w.multiply(m.kernels, w.out, m.Dim, w.ctx[:len(h)], &l.attn)
	m.addNorm(h, w.out, &l.attnNorm)

	w.inner = grow(w.inner, min(ffnRows, groups(n)*rowGroup)*m.ffn)
	for at := 0; at < n; at += ffnRows {
		h := h[at*m.Dim : min(at+ffnRows, n)*m.Dim]
		w.multiply(m.kernels, w.inner, m.ffn, h, &l.up)
		w.multiplyQuantised(m.kernels, w.out, m.Dim, w.inner[:len(h)/m.Dim*m.ffn], &l.down, m.kernels.activate)
		m.addNorm(h, w.out, &l.downNorm)
	}
}

// multiply quantises the rows of x and applies the matrix to them. dst has
// room for whole groups of rows.
func (w *workspace) multiply(k *kernels, dst []float32, stride int, x []float32, m *matrix) {
	w.multiplyQuantised(k, dst, stride, x, m, k.quantize)
}

// multiplyQuantised is multiply with another way to quantise a row.
func (w *workspace) multiplyQuantised(k *kernels, dst []float32, stride int, x []float32, m *matrix, quantize func([]byte, []float32) quant) {
	n := len(x) / m.in
	rows := groups(n) * rowGroup
	w.q = grow(w.q, rows*m.in)
	w.quant = grow(w.quant, rows)
	for i := range n {
		w.quant[i] = quantize(w.q[i*m.in:][:m.in], x[i*m.in:][:m.in])
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
