package embedding

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// others lists the implementations that this machine can run, but generic.
func others() []*kernels {
	var all []*kernels
	for _, k := range available {
		if k != generic {
			all = append(all, k)
		}
	}
	return all
}

func randomFloats(r *rand.Rand, n int, scale float32) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64()) * scale
		switch r.IntN(50) {
		case 0:
			x[i] = 0
		case 1:
			x[i] = float32(math.Copysign(0, -1))
		case 2:
			x[i] *= 20
		}
	}
	return x
}

func sameBits(t *testing.T, what string, want, got []float32) {
	t.Helper()
	for i := range want {
		if math.Float32bits(want[i]) != math.Float32bits(got[i]) {
			t.Fatalf("%s: cell %d is %x (%g), generic has %x (%g)", what, i,
				math.Float32bits(got[i]), got[i], math.Float32bits(want[i]), want[i])
		}
	}
}

func TestGemmSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		in, out, n := 4*(1+r.IntN(40)), 16*(1+r.IntN(12)), rowGroup*(1+r.IntN(4))
		m := &matrix{
			in: in, out: out, weights: make([]byte, in*out),
			scale: randomFloats(r, out, 0.01), sum: make([]float32, out), bias: randomFloats(r, out, 1),
		}
		for i := range m.weights {
			m.weights[i] = byte(int8(r.IntN(255) - 127))
		}
		for i := range m.sum {
			m.sum[i] = float32(r.IntN(4000) - 2000)
		}
		g := gemmArgs{stride: out + 16*r.IntN(3), rows: make([]byte, n*in), quant: make([]quant, n), m: m}
		for i := range g.rows {
			g.rows[i] = byte(r.Uint32())
			if r.IntN(3) == 0 {
				g.rows[i] = 255
			}
		}
		for i := range g.quant {
			g.quant[i] = quant{r.Float32(), -r.Float32()}
		}
		g.dst = make([]float32, n*g.stride)
		generic.gemm(&g)
		for _, k := range others() {
			o := g
			o.dst = make([]float32, n*g.stride)
			k.gemm(&o)
			sameBits(t, k.name, g.dst, o.dst)
		}
	}
}

func BenchmarkGemm(b *testing.B) {
	const n = groupRows
	for _, size := range [][2]int{{384, 1152}, {384, 1536}, {1536, 384}} {
		in, out := size[0], size[1]
		m := &matrix{
			in: in, out: out, weights: make([]byte, in*out),
			scale: make([]float32, out), sum: make([]float32, out), bias: make([]float32, out),
		}
		g := gemmArgs{dst: make([]float32, n*out), stride: out, rows: make([]byte, n*in), quant: make([]quant, n), m: m}
		for _, k := range available {
			b.Run(fmt.Sprintf("%s/%dx%d", k.name, in, out), func(b *testing.B) {
				for range b.N {
					k.gemm(&g)
				}
				b.ReportMetric(2e-9*float64(b.N)*float64(n*in*out)/b.Elapsed().Seconds(), "GOP/s")
			})
		}
	}
}

func TestFloatKernelsSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for round := range 300 {
		n := lanes * (1 + r.IntN(30))
		scale := []float32{1, 1e-3, 100, 1e-35}[round%4]
		x := randomFloats(r, n, scale)
		if round%10 == 0 {
			for i := range x { // a row without range
				x[i] = x[0]
			}
		}
		h := randomFloats(r, n, scale)
		ln := &layerNorm{randomFloats(r, n, 1), randomFloats(r, n, 1)}
		var tail [lanes]float32
		for i := r.IntN(lanes) + 1; i < lanes; i++ {
			tail[i] = masked
		}
		for _, k := range others() {
			both := func(what string, f func(k *kernels, x []float32)) {
				a, b := slices.Clone(x), slices.Clone(x)
				f(generic, a)
				f(k, b)
				sameBits(t, k.name+" "+what, a, b)
			}
			both("softmax", func(k *kernels, x []float32) { k.softmax(x, lanes, &tail) })
			both("softmax of one row", func(k *kernels, x []float32) { k.softmax(x, n, &tail) })
			both("addNorm", func(k *kernels, x []float32) { k.addNorm(x, h, ln, 1e-12) })
			for what, f := range map[string]func(k *kernels, dst []byte, x []float32) quant{
				"quantize": func(k *kernels, dst []byte, x []float32) quant { return k.quantize(dst, x) },
				"activate": func(k *kernels, dst []byte, x []float32) quant { return k.activate(dst, x) },
			} {
				a, b := make([]byte, n), make([]byte, n)
				var p, q quant
				both(what, func(of *kernels, x []float32) {
					if of == generic {
						p = f(of, a, x)
					} else {
						q = f(of, b, x)
					}
				})
				sameBits(t, k.name+" "+what, []float32{p.scale, p.least}, []float32{q.scale, q.least})
				if !bytes.Equal(a, b) {
					t.Fatalf("%s %s: %v, generic %v", k.name, what, b, a)
				}
			}
		}
	}
}

func TestProductAndTransposeSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		p := product{rows: queryRows * (1 + r.IntN(4)), cols: lanes * (1 + r.IntN(4)), k: 1 + r.IntN(70)}
		p.aStride, p.bStride, p.dstStride = p.k+r.IntN(9), p.cols+r.IntN(9), p.cols+r.IntN(9)
		p.a = randomFloats(r, p.rows*p.aStride, 1)
		p.b = randomFloats(r, p.k*p.bStride, 1)
		p.dst = make([]float32, p.rows*p.dstStride)
		generic.product(&p)
		n, size := 1+r.IntN(40), 4*(1+r.IntN(9))
		srcStride, dstStride := size+r.IntN(5), n+r.IntN(5)
		src := randomFloats(r, n*srcStride, 1)
		turned := make([]float32, size*dstStride)
		generic.transpose(turned, dstStride, src, srcStride, n, size)
		for _, k := range others() {
			q := p
			q.dst = make([]float32, len(p.dst))
			k.product(&q)
			sameBits(t, k.name+" product", p.dst, q.dst)
			got := make([]float32, len(turned))
			k.transpose(got, dstStride, src, srcStride, n, size)
			sameBits(t, k.name+" transpose", turned, got)
		}
	}
}

// FuzzKernels proves for any numbers that every implementation gives the bits
// of the plain one: a row through a layer's steps, one after the other. What
// is not finite is left out: no weight and no row is.
func FuzzKernels(f *testing.F) {
	f.Add([]byte("the minister said that no one was injured in the attack on the harbour of the town"), uint8(3), uint8(1))
	f.Add(bytes.Repeat([]byte{0xff, 0x7f, 0x00, 0x80, 0x01}, 60), uint8(28), uint8(7))
	f.Add([]byte{}, uint8(1), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, rows, size uint8) {
		n, in := rowGroup*(1+int(rows)%4), lanes*(1+int(size)%8)
		at := 0
		next := func() float32 { // any sign, from 2^-40 to 2^20
			if len(data) == 0 {
				return 0
			}
			b := data[at%len(data)]
			at++
			e := int(data[at%len(data)])%60 - 40
			at++
			return float32(math.Ldexp(float64(int8(b))/128, e))
		}
		numbers := func(n int) []float32 {
			x := make([]float32, n)
			for i := range x {
				x[i] = next()
			}
			return x
		}
		x, other := numbers(n*in), numbers(n*in)
		m := &matrix{in: in, out: 5 * lanes, weights: make([]byte, in*5*lanes), scale: numbers(5 * lanes), sum: numbers(5 * lanes), bias: numbers(5 * lanes)}
		for i := range m.weights {
			if len(data) > 0 {
				m.weights[i] = byte(max(int8(data[(i*7+at)%len(data)]), -127))
			}
		}
		norm := &layerNorm{numbers(in), numbers(in)}
		layer := func(k *kernels) [][]float32 {
			var out [][]float32
			keep := func(x []float32) { out = append(out, slices.Clone(x)) }
			h := slices.Clone(x)
			var meaning []float32
			for i := range n {
				k.addNorm(h[i*in:][:in], other[i*in:][:in], norm, 1e-12)
			}
			keep(h)
			g := gemmArgs{dst: make([]float32, n*m.out), stride: m.out, rows: make([]byte, n*in), quant: make([]quant, n), m: m}
			for i := range n {
				g.quant[i] = k.quantize(g.rows[i*in:][:in], h[i*in:][:in])
				meaning = append(meaning, g.quant[i].scale, g.quant[i].least)
			}
			k.gemm(&g)
			keep(g.dst)
			bytes := make([]byte, m.out)
			for i := range n {
				row := g.dst[i*m.out:][:m.out]
				q := k.activate(bytes, row)
				meaning = append(meaning, q.scale, q.least)
				for _, b := range bytes {
					meaning = append(meaning, float32(b))
				}
			}
			keep(g.dst)
			keep(meaning)
			turned := make([]float32, in*n)
			k.transpose(turned, n, h, in, n, in)
			keep(turned)
			scores := make([]float32, 4*m.out)
			k.product(&product{dst: scores, dstStride: m.out, a: turned, aStride: n, b: g.dst, bStride: m.out, k: n, rows: 4, cols: m.out})
			keep(scores)
			var tail [lanes]float32
			tail[lanes-1] = masked
			k.softmax(scores, m.out, &tail)
			keep(scores)
			return out
		}
		want := layer(generic)
		for _, x := range want {
			for _, v := range x {
				if v-v != 0 {
					t.Skip("not finite")
				}
			}
		}
		for _, k := range others() {
			for i, got := range layer(k) {
				sameBits(t, fmt.Sprintf("%s, step %d", k.name, i), want[i], got)
			}
		}
	})
}
