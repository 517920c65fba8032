package embedding

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Model is an opened encoder. It is safe for concurrent use.
type Model struct {
	Dim       int // size of a hidden row
	Layers    int // number of transformer layers
	Text      int // of these, the layers that Encode runs; the others are for pairs
	MaxPieces int // where Encode cuts a text, with [CLS] and [SEP]

	heads, ffn, positions int
	eps                   float32

	file      *file
	kernels   *kernels
	vocab     vocabulary
	words     table
	where     table
	types     []float32 // rows of token types
	embedNorm layerNorm
	layers    []layer
	dense     map[string]*dense
	linear    map[string]*matrix
	scratch   sync.Pool // of *workspace
}

// matrix is a linear map with int8 weights packed for the kernels in blocks
// of [out/16][in/4][16][4].
type matrix struct {
	in, out int
	weights []byte    // int8, in place
	scale   []float32 // of each output's weights
	sum     []float32 // of each output's integer weights
	bias    []float32
}

// table holds int8 rows with one scale each.
type table struct {
	rows, dim int
	cells     []byte // int8, in place
	scale     []float32
}

type layerNorm struct{ gain, bias []float32 }

type layer struct {
	qkv, attn, up, down matrix
	attnNorm, downNorm  layerNorm
}

// dense is a float32 head; weights are [in][out rounded up to 16].
type dense struct {
	in, out, padded int
	weights         []float32
	bias            []float32
}

// Open reads a model file. The weights are used in place: data must not
// change while the model is in use. Open checks the header and every shape;
// Verify checks the weights themselves.
func Open(data []byte) (*Model, error) {
	f, err := openFile(data)
	if err != nil {
		return nil, err
	}
	if f.meta["format"] != "counterclaim-encoder" || f.meta["version"] != "1" {
		return nil, fmt.Errorf("embedding: file of format %q version %q, want counterclaim-encoder version 1",
			f.meta["format"], f.meta["version"])
	}
	r := &reader{file: f}
	m := &Model{
		Dim:       r.number("dim", 16, 1<<13),
		Layers:    r.number("layers", 0, 64),
		Text:      r.number("text_layers", 0, 64),
		heads:     r.number("heads", 1, 64),
		ffn:       r.number("ffn", 16, 1<<14),
		positions: r.number("positions", 2, 1<<14),
		MaxPieces: r.number("max_tokens", 2, 1<<14),
		file:      f,
		kernels:   fastest,
	}
	eps, err := strconv.ParseFloat(f.meta["eps"], 32)
	if err != nil {
		r.fail("metadata eps is %q", f.meta["eps"])
	}
	m.eps = float32(eps)
	if m.Text > m.Layers {
		r.fail("%d text layers of %d", m.Text, m.Layers)
	}
	if m.Dim%(16*m.heads) != 0 || m.ffn%16 != 0 {
		r.fail("%d heads of %d and %d inner cells: sizes must divide by 16", m.heads, m.Dim, m.ffn)
	}
	vocab := r.number("vocab", 1, 1<<20)
	m.words = r.table("words", vocab, m.Dim)
	m.where = r.table("positions", m.positions, m.Dim)
	m.types = r.floats("types", r.number("types", 1, 64), m.Dim)
	m.embedNorm = r.norm("embed.norm", m.Dim)
	for n := range m.Layers {
		name := fmt.Sprintf("layer.%d.", n)
		m.layers = append(m.layers, layer{
			qkv:      r.matrix(name+"qkv", m.Dim, 3*m.Dim),
			attn:     r.matrix(name+"attn", m.Dim, m.Dim),
			up:       r.matrix(name+"up", m.Dim, m.ffn),
			down:     r.matrix(name+"down", m.ffn, m.Dim),
			attnNorm: r.norm(name+"attn.norm", m.Dim),
			downNorm: r.norm(name+"down.norm", m.Dim),
		})
	}
	m.dense = r.heads()
	m.linear = r.linear()
	m.vocab = r.vocabulary(vocab)
	if r.err != nil {
		return nil, r.err
	}
	m.scratch.New = func() any { return new(workspace) }
	return m, nil
}

// Verify reads the whole file and compares it with its checksum.
func (m *Model) Verify() error { return m.file.verify() }

func (r *reader) matrix(name string, in, out int) matrix {
	m := matrix{in: in, out: out, weights: r.bytes(name, "I8", out/16, in/4, 16, 4)}
	v := r.floats(name+".out", 3, out)
	if r.err == nil {
		m.scale, m.sum, m.bias = v[:out], v[out:2*out], v[2*out:]
	}
	return m
}

func (r *reader) table(name string, rows, dim int) table {
	return table{rows, dim, r.bytes(name, "I8", rows, dim), r.floats(name+".scale", rows)}
}

func (r *reader) norm(name string, dim int) layerNorm {
	v := r.floats(name, 2, dim)
	if r.err != nil {
		return layerNorm{}
	}
	return layerNorm{v[:dim], v[dim:]}
}

// add adds row i, times its scale, to dst. A row out of range counts as the
// nearest one.
func (t *table) add(dst []float32, i int) {
	i = min(max(i, 0), t.rows-1)
	scale := t.scale[i]
	cells := t.cells[i*t.dim:][:len(dst)]
	for j := range dst {
		dst[j] += float32(float32(int8(cells[j])) * scale)
	}
}

func (r *reader) heads() map[string]*dense {
	heads := map[string]*dense{}
	for name, e := range r.entries {
		name, ok := strings.CutPrefix(name, "dense.")
		if !ok || strings.HasSuffix(name, ".bias") {
			continue
		}
		b := r.entries["dense."+name+".bias"]
		if len(e.Shape) != 2 || len(b.Shape) != 1 || e.Shape[0] == 0 || b.Shape[0] == 0 || e.Shape[1] != (b.Shape[0]+15)/16*16 {
			r.fail("head %s has shapes %v and %v", name, e.Shape, b.Shape)
			continue
		}
		d := &dense{in: e.Shape[0], padded: e.Shape[1], out: b.Shape[0]}
		d.weights = r.floats("dense."+name, d.in, d.padded)
		d.bias = r.floats("dense."+name+".bias", d.out)
		heads[name] = d
	}
	return heads
}

// Heads lists the names of the model's float32 heads, sorted.
func (m *Model) Heads() []string {
	var names []string
	for n := range m.dense {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// Dense applies a float32 head to each row of x, which holds one or more
// rows of the head's input size, and returns the rows of outputs:
// weight·x + bias, no activation. It returns nil if the model has no such
// head or x is no whole number of rows, at least one.
func (m *Model) Dense(name string, x []float32) []float32 {
	d := m.dense[name]
	if d == nil || len(x) == 0 || len(x)%d.in != 0 {
		return nil
	}
	rows := len(x) / d.in
	padded := (rows + queryRows - 1) / queryRows * queryRows
	out := make([]float32, padded*d.padded)
	apply := func(in []float32, from, n int) {
		m.kernels.product(&product{
			dst: out[from*d.padded:], dstStride: d.padded, a: in, aStride: d.in,
			b: d.weights, bStride: d.padded, k: d.in, rows: n, cols: d.padded,
		})
	}
	whole := rows / queryRows * queryRows
	if whole > 0 {
		apply(x, 0, whole)
	}
	if whole < rows { // the kernel takes whole groups of rows
		last := make([]float32, queryRows*d.in)
		copy(last, x[whole*d.in:])
		apply(last, whole, queryRows)
	}
	for i := range rows { // rows move together, each behind where it was
		row := out[i*d.padded:][:d.out]
		y := out[i*d.out:][:d.out]
		for j, b := range d.bias {
			y[j] = row[j] + b
		}
	}
	return out[:rows*d.out]
}

// Tensor returns a float32 tensor that the exporter added, and its shape;
// nil if there is none of that name. It decodes on every call: keep it.
func (m *Model) Tensor(name string) (data []float32, shape []int) {
	e, ok := m.file.entries["tensor."+name]
	if !ok || e.Dtype != "F32" {
		return nil, nil
	}
	return decodeFloats(m.file.data[e.Offsets[0]:e.Offsets[1]]), slices.Clone(e.Shape)
}
