package embedding

import "strings"

// linear reads the int8 heads: tensors "linear.NAME" and "linear.NAME.out".
func (r *reader) linear() map[string]*matrix {
	heads := map[string]*matrix{}
	for name, e := range r.entries {
		head, ok := strings.CutPrefix(name, "linear.")
		if !ok || strings.HasSuffix(head, ".out") {
			continue
		}
		if len(e.Shape) != 4 || e.Shape[0] == 0 || e.Shape[1] == 0 {
			r.fail("head %s has shape %v", head, e.Shape)
			continue
		}
		m := r.matrix(name, 4*e.Shape[1], lanes*e.Shape[0])
		heads[head] = &m
	}
	return heads
}

// Linear applies an int8 head to each row of x, which holds one or more rows
// of the head's input size, and returns the rows of outputs: weight·x + bias,
// no activation. It returns nil if the model has no such head or x is no whole
// number of rows, at least one.
func (m *Model) Linear(name string, x []float32) []float32 {
	l := m.linear[name]
	if l == nil || len(x) == 0 || len(x)%l.in != 0 {
		return nil
	}
	w := m.scratch.Get().(*workspace)
	defer m.scratch.Put(w)
	rows := len(x) / l.in
	dst := make([]float32, groups(rows)*rowGroup*l.out)
	w.multiply(m.kernels, dst, l.out, x, l)
	return dst[:rows*l.out]
}

// EmbedMeans is Embed for rows that stand for words: counts says how many of
// the ids, one after the other, belong to each row, at least one, and the row
// begins as the mean of their vectors. types and lens are of rows.
func (m *Model) EmbedMeans(ids []int32, counts []int, types []int32, lens []int) Hidden {
	h := Hidden{Dim: m.Dim, Rows: make([]float32, len(counts)*m.Dim), Lens: append([]int(nil), lens...)}
	rest := make([]float32, m.Dim)
	last := len(m.types)/m.Dim - 1
	at, id := 0, 0
	for _, n := range lens {
		for pos := range n {
			row := h.Rows[at*m.Dim:][:m.Dim]
			count := counts[at]
			for range count {
				m.words.add(row, int(ids[id]))
				id++
			}
			if count > 1 {
				for j := range row {
					row[j] /= float32(count)
				}
			}
			kind := min(max(int(types[at]), 0), last)
			copy(rest, m.types[kind*m.Dim:][:m.Dim])
			m.where.add(rest, pos)
			m.kernels.addNorm(row, rest, &m.embedNorm, m.eps)
			at++
		}
	}
	return h
}
