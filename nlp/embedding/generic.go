package embedding

import "math"

// Every product below that is added to something is wrapped in float32(),
// which forbids the compiler to fuse the two operations.

var generic = &kernels{
	name:      "generic",
	gemm:      gemmGeneric,
	quantize:  quantizeGeneric,
	product:   productGeneric,
	softmax:   softmaxGeneric,
	activate:  activateGeneric,
	addNorm:   addNormGeneric,
	transpose: transposeGeneric,
}

// gemmGeneric sums two outputs in one 64-bit number: the weight of output j
// of a block in the low half, that of output j+8 in the high half. Neither
// sum leaves 32 bits, so both come out exact.
func gemmGeneric(g *gemmArgs) {
	in := g.m.in
	pairs := make([][lanes / 2]int64, in)
	for block := 0; block < g.m.out; block += lanes {
		unpack(pairs, g.m.weights[block*in:][:lanes*in])
		for i := range g.quant {
			row := g.rows[i*in:][:len(pairs)]
			var s0, s1, s2, s3, s4, s5, s6, s7 int64
			for k := range pairs {
				x, w := int64(row[k]), &pairs[k]
				s0 += x * w[0]
				s1 += x * w[1]
				s2 += x * w[2]
				s3 += x * w[3]
				s4 += x * w[4]
				s5 += x * w[5]
				s6 += x * w[6]
				s7 += x * w[7]
			}
			for j, s := range [...]int64{s0, s1, s2, s3, s4, s5, s6, s7} {
				low := int32(s)
				g.put(i, block+j, low)
				g.put(i, block+j+lanes/2, int32((s-int64(low))>>32))
			}
		}
	}
}

// unpack spreads a block of weights, [in/4][16][4], into pairs by input.
func unpack(pairs [][lanes / 2]int64, weights []byte) {
	for k := range pairs {
		w := weights[k/4*4*lanes+k%4:]
		for j := range pairs[k] {
			pairs[k][j] = int64(int8(w[4*j])) + int64(int8(w[4*(j+lanes/2)]))<<32
		}
	}
}

// put scales the sum of output o for row i.
func (g *gemmArgs) put(i, o int, sum int32) {
	q := g.quant[i]
	x := float32(float32(sum)*q.scale) + float32(g.m.sum[o]*q.least)
	g.dst[i*g.stride+o] = float32(x*g.m.scale[o]) + g.m.bias[o]
}

// A range below this is no range: its inverse would overflow.
const leastRange = 1e-30

func quantizeGeneric(dst []byte, x []float32) quant {
	lo, hi := x[0], x[0]
	for _, v := range x[1:] {
		lo, hi = min(lo, v), max(hi, v)
	}
	lo += 0 // -0 becomes 0
	if !(hi-lo > leastRange) {
		clear(dst)
		return quant{0, lo}
	}
	scale := (hi - lo) / 255
	inverse := 255 / (hi - lo)
	for i, v := range x {
		// Adding 2^23 leaves the nearest integer, ties to even, in the low bits.
		dst[i] = byte(math.Float32bits(float32((v-lo)*inverse) + 1<<23))
	}
	return quant{scale, lo}
}

func productGeneric(p *product) {
	for i := range p.rows {
		a := p.a[i*p.aStride:][:p.k]
		for j := 0; j < p.cols; j += lanes {
			var sums [lanes]float32
			at := j
			for _, x := range a {
				b := (*[lanes]float32)(p.b[at:])
				for l := range sums {
					sums[l] += float32(x * b[l])
				}
				at += p.bStride
			}
			copy(p.dst[i*p.dstStride+j:], sums[:])
		}
	}
}

func softmaxGeneric(x []float32, cols int, tail *[lanes]float32) {
	for ; len(x) >= cols; x = x[cols:] {
		row := x[:cols]
		for i, t := range tail {
			row[cols-lanes+i] += t
		}
		top := row[0]
		for _, v := range row {
			top = max(top, v)
		}
		var sums [lanes]float32
		for i, v := range row {
			row[i] = exp(v - top)
			sums[i%lanes] += row[i]
		}
		inverse := 1 / fold(&sums)
		for i := range row {
			row[i] *= inverse
		}
	}
}

// fold sums the lanes by halves: lane i and i+8, then i and i+4, and so on.
func fold(s *[lanes]float32) float32 {
	for n := lanes / 2; n > 0; n /= 2 {
		for i := range n {
			s[i] += s[i+n]
		}
	}
	return s[0]
}

// Coefficients of exp on [-ln 2/2, ln 2/2], from the Cephes library (expf).
const (
	expLeast = -60 // smaller arguments count as this: all results stay normal numbers
	log2e    = 1.44269504088896341
	ln2High  = 0.693359375
	ln2Low   = -2.12194440e-4
	expC0    = 1.9875691500e-4
	expC1    = 1.3981999507e-3
	expC2    = 8.3334519073e-3
	expC3    = 4.1665795894e-2
	expC4    = 1.6666665459e-1
	expC5    = 5.0000001201e-1

	// Adding it leaves the nearest integer, ties to even, in the low bits.
	rounder = 3 << 22
)

// exp is e^x for x <= 0.
func exp(x float32) float32 {
	x = max(x, expLeast)
	t := float32(x*log2e) + rounder
	n := t - rounder
	r := x - float32(n*ln2High)
	r -= float32(n * ln2Low)
	p := float32(expC0*r) + expC1
	p = float32(p*r) + expC2
	p = float32(p*r) + expC3
	p = float32(p*r) + expC4
	p = float32(p*r) + expC5
	p = float32(p*float32(r*r)) + r
	p++
	return math.Float32frombits(math.Float32bits(p) + math.Float32bits(t)<<23)
}

// Phi(x) - 1/2 = x * P(x*x) for |x| <= geluLimit, least largest error of
// x*Phi(x) (3.3e-5); beyond, Phi is 0 or 1 to 7e-6.
const geluLimit = 4.5

var geluC = [...]float32{
	3.03643e-11, -3.3146703e-09, 1.5910007e-07, -4.451737e-06, 8.142525e-05,
	-0.0010375918, 0.0095852045, -0.06598466, 0.3987126,
}

func activateGeneric(dst []byte, x []float32) quant {
	for i, v := range x {
		c := max(min(v, geluLimit), -geluLimit)
		t := c * c
		p := geluC[0]
		for _, a := range geluC[1:] {
			p = float32(p*t) + a
		}
		p = float32(p*c) + 0.5
		p = max(min(p, 1), 0)
		x[i] = v * p
	}
	return quantizeGeneric(dst, x)
}

func addNormGeneric(h, x []float32, n *layerNorm, eps float32) {
	var sums [lanes]float32
	for i := range h {
		h[i] += x[i]
		sums[i%lanes] += h[i]
	}
	count := float32(len(h))
	mean := fold(&sums) / count
	sums = [lanes]float32{}
	for i := range h {
		h[i] -= mean
		sums[i%lanes] += float32(h[i] * h[i])
	}
	inverse := 1 / float32(math.Sqrt(float64(fold(&sums)/count+eps)))
	for i := range h {
		h[i] = float32(float32(h[i]*inverse)*n.gain[i]) + n.bias[i]
	}
}

func transposeGeneric(dst []float32, dstStride int, src []float32, srcStride, n, size int) {
	for i := range n {
		for j, v := range src[i*srcStride:][:size] {
			dst[j*dstStride+i] = v
		}
	}
}
