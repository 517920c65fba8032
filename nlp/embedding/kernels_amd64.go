package embedding

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// available holds what this processor can run, the fastest last.
var available = detect()

var fastest = available[len(available)-1]

func detect() []*kernels {
	x := &cpu.X86
	all := []*kernels{generic}
	if x.HasAVX2 {
		all = append(all, avx2)
	}
	if x.HasAVX512F && x.HasAVX512BW && x.HasAVX512VL && x.HasAVX512VNNI {
		all = append(all, vnni)
	}
	return all
}

var avx2 = &kernels{
	name:      "avx2",
	gemm:      gemmAVX2,
	quantize:  quantizeFast,
	product:   productFast,
	softmax:   softmaxFast,
	activate:  activateFast,
	addNorm:   addNormFast,
	transpose: transposeFast,
}

var vnni = &kernels{
	name:      "avx512vnni",
	gemm:      gemmVNNI,
	quantize:  quantizeFast512,
	product:   productFast512,
	softmax:   softmaxFast512,
	activate:  activateFast512,
	addNorm:   addNormFast512,
	transpose: transposeFast,
}

// panel is the argument of the gemm kernels: some outputs for all rows.
// Offsets are known to gemm_amd64.s.
type panel struct {
	dst              *float32
	dstStride        int // bytes
	rows             unsafe.Pointer
	in               int // bytes of a row
	quant            *quant
	weights          *byte
	scale, sum, bias *float32
	groups           int // of rowGroup rows
}

func (g *gemmArgs) panel(out int) panel {
	return panel{
		dst: &g.dst[out], dstStride: g.stride * 4,
		rows: unsafe.Pointer(&g.rows[0]), in: g.m.in, quant: &g.quant[0],
		weights: &g.m.weights[out*g.m.in],
		scale:   &g.m.scale[out], sum: &g.m.sum[out], bias: &g.m.bias[out],
		groups: len(g.quant) / rowGroup,
	}
}

// check panics, as an index out of range does, if a kernel would leave its
// slices.
func (g *gemmArgs) check() {
	n := len(g.quant)
	_ = g.dst[(n-1)*g.stride+g.m.out-1]
	_ = g.rows[n*g.m.in-1]
	_ = g.m.weights[g.m.in*g.m.out-1]
}

func gemmVNNI(g *gemmArgs) {
	g.check()
	out := 0
	for ; out+64 <= g.m.out; out += 64 {
		p := g.panel(out)
		gemmVNNI64(&p)
	}
	for ; out < g.m.out; out += lanes {
		p := g.panel(out)
		gemmVNNI16(&p)
	}
}

func gemmAVX2(g *gemmArgs) {
	g.check()
	g.wide = grow(g.wide, len(g.rows))
	widenAVX2(&g.wide[0], &g.rows[0], len(g.rows))
	for out := 0; out < g.m.out; out += lanes {
		p := g.panel(out)
		p.rows, p.in = unsafe.Pointer(&g.wide[0]), 2*g.m.in
		gemmAVX2x8(&p, 0)
		gemmAVX2x8(&p, 1)
	}
}

//go:noescape
func gemmVNNI64(p *panel)

//go:noescape
func gemmVNNI16(p *panel)

//go:noescape
func gemmAVX2x8(p *panel, half int)

//go:noescape
func widenAVX2(dst *uint16, src *byte, n int)

// The wrappers below check sizes as slices do, then pass pointers.

func quantizeFast(dst []byte, x []float32) (q quant) {
	quantizeAVX2(&dst[:len(x)][0], &x[0], len(x), &q)
	return q
}

//go:noescape
func quantizeAVX2(dst *byte, x *float32, n int, q *quant)

func quantizeFast512(dst []byte, x []float32) (q quant) {
	quantize512(&dst[:len(x)][0], &x[0], len(x), &q)
	return q
}

//go:noescape
func quantize512(dst *byte, x *float32, n int, q *quant)

// product32 is product as float_amd64.s reads it; strides are bytes.
type product32 struct {
	dst, a, b                   *float32
	dstStride, aStride, bStride int
	k, rows, cols               int
}

// pointers checks that the product stays inside its slices.
func (p *product) pointers() product32 {
	_ = p.dst[(p.rows-1)*p.dstStride+p.cols-1]
	_ = p.a[(p.rows-1)*p.aStride+p.k-1]
	_ = p.b[(p.k-1)*p.bStride+p.cols-1]
	return product32{
		&p.dst[0], &p.a[0], &p.b[0],
		4 * p.dstStride, 4 * p.aStride, 4 * p.bStride, p.k, p.rows, p.cols,
	}
}

func productFast(p *product) {
	q := p.pointers()
	productAVX2(&q)
}

func productFast512(p *product) {
	q := p.pointers()
	product512(&q)
}

//go:noescape
func product512(p *product32)

//go:noescape
func productAVX2(p *product32)

func softmaxFast(x []float32, cols int, tail *[lanes]float32) {
	softmaxAVX2(&x[0], len(x)/cols, cols, tail)
}

//go:noescape
func softmaxAVX2(x *float32, rows, cols int, tail *[lanes]float32)

func softmaxFast512(x []float32, cols int, tail *[lanes]float32) {
	softmax512(&x[0], len(x)/cols, cols, tail)
}

//go:noescape
func softmax512(x *float32, rows, cols int, tail *[lanes]float32)

func activateFast(dst []byte, x []float32) quant {
	geluAVX2(&x[0], len(x))
	return quantizeFast(dst, x)
}

//go:noescape
func geluAVX2(x *float32, n int)

func activateFast512(dst []byte, x []float32) (q quant) {
	geluQuantize512(&dst[:len(x)][0], &x[0], len(x), &q)
	return q
}

//go:noescape
func geluQuantize512(dst *byte, x *float32, n int, q *quant)

func addNormFast(h, x []float32, n *layerNorm, eps float32) {
	size := len(h)
	addNormAVX2(&h[0], &x[:size][0], size, &n.gain[:size][0], &n.bias[:size][0], eps, float32(size))
}

//go:noescape
func addNormAVX2(h, x *float32, n int, gain, bias *float32, eps, count float32)

func addNormFast512(h, x []float32, n *layerNorm, eps float32) {
	size := len(h)
	addNorm512(&h[0], &x[:size][0], size, &n.gain[:size][0], &n.bias[:size][0], eps, float32(size))
}

//go:noescape
func addNorm512(h, x *float32, n int, gain, bias *float32, eps, count float32)

func transposeFast(dst []float32, dstStride int, src []float32, srcStride, n, size int) {
	whole := n - n%4
	if whole > 0 {
		_ = dst[(size-1)*dstStride+whole-1]
		_ = src[(whole-1)*srcStride+size-1]
		transposeAVX2(&dst[0], 4*dstStride, &src[0], 4*srcStride, whole, size)
	}
	if whole < n {
		transposeGeneric(dst[whole:], dstStride, src[whole*srcStride:], srcStride, n-whole, size)
	}
}

//go:noescape
func transposeAVX2(dst *float32, dstStride int, src *float32, srcStride, n, size int)
