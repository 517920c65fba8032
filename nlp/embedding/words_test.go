package embedding

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestEmbedMeans(t *testing.T) {
	m := tiny(t)
	ids, types, lens := []int32{2, 7, 8, 3, 2, 9, 3}, []int32{0, 1, 0, 0, 1, 0, 0}, []int{4, 3}
	ones := []int{1, 1, 1, 1, 1, 1, 1}
	want := m.Embed(ids, types, lens)
	got := m.EmbedMeans(ids, ones, types, lens)
	if !slices.Equal(got.Rows, want.Rows) || !slices.Equal(got.Lens, want.Lens) {
		t.Error("rows of one piece each differ from those of Embed")
	}
	// The mean of a piece and itself is that piece; of two others it is neither.
	same := m.EmbedMeans([]int32{2, 7, 7, 3}, []int{1, 2, 1}, []int32{0, 1, 0}, []int{3})
	for i, v := range same.Rows[m.Dim : 2*m.Dim] {
		if w := want.Rows[m.Dim+i]; math.Abs(float64(v-w)) > 1e-5 {
			t.Fatalf("cell %d of a mean of equal pieces is %v, want %v", i, v, w)
		}
	}
	mixed := m.EmbedMeans([]int32{2, 7, 9, 3}, []int{1, 2, 1}, []int32{0, 1, 0}, []int{3})
	if slices.Equal(mixed.Rows[m.Dim:2*m.Dim], same.Rows[m.Dim:2*m.Dim]) {
		t.Error("the second piece does not matter")
	}
}

// An int8 head gives about weight·x + bias, and the same bits on every kernel.
func TestLinear(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	m := tiny(t)
	const in, out, rows = 32, 48, 7
	weights := make([]byte, in*out)
	l := &matrix{in: in, out: out, weights: weights, scale: randomFloats(r, out, 0.01), sum: make([]float32, out), bias: randomFloats(r, out, 1)}
	value := func(o, i int) float64 { return float64(int8(weights[(o/16*in/4+i/4)*64+o%16*4+i%4])) }
	for k := range weights {
		weights[k] = byte(r.IntN(255) - 127)
	}
	for o := range out {
		for i := range in {
			l.sum[o] += float32(value(o, i))
		}
	}
	m.linear = map[string]*matrix{"head": l}
	x := randomFloats(r, in*rows, 1)
	var first []float32
	for _, k := range available {
		m.kernels = k
		got := m.Linear("head", x)
		if first == nil {
			first = got
		}
		if !slices.Equal(got, first) {
			t.Errorf("%s gives other bits than %s", k.name, available[0].name)
		}
	}
	for i := range rows {
		for o := range out {
			want, size := float64(l.bias[o]), 0.0
			for j := range in {
				p := value(o, j) * float64(l.scale[o]) * float64(x[i*in+j])
				want, size = want+p, size+math.Abs(p)
			}
			if d := math.Abs(want - float64(first[i*out+o])); d > 0.02*size+1e-4 {
				t.Fatalf("row %d, output %d is %v, want %v", i, o, first[i*out+o], want)
			}
		}
	}
	if m.Linear("none", x) != nil || m.Linear("head", x[1:]) != nil || m.Linear("head", nil) != nil {
		t.Error("no such head, half a row or nothing gives rows")
	}
}
