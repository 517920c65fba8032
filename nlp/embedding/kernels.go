package embedding

// kernels is one implementation of the inner loops. All implementations
// give the same bits: integer sums are exact, and float32 steps are single
// IEEE operations in the order that generic.go spells out.
type kernels struct {
	name string

	// gemm applies a matrix to quantised rows:
	// dst = (sum of products * row scale + weight sum * row least) * weight scale + bias.
	gemm func(*gemmArgs)

	// quantize writes x as dst*scale + least.
	quantize func(dst []byte, x []float32) quant

	// product is a float32 matrix product, summed in the order of k.
	product func(*product)

	// softmax turns each row of cols scores into weights that sum to 1; tail
	// is added to the last lanes of each row first.
	softmax func(x []float32, cols int, tail *[lanes]float32)

	// activate applies x * Phi(x) to each cell, then is quantize.
	activate func(dst []byte, x []float32) quant

	// addNorm adds x to the row h and normalises it.
	addNorm func(h, x []float32, n *layerNorm, eps float32)

	// transpose writes dst[j*dstStride+i] = src[i*srcStride+j] for i < n,
	// j < size.
	transpose func(dst []float32, dstStride int, src []float32, srcStride, n, size int)
}

// rowGroup is the number of rows that gemm does at once.
const rowGroup = 6

// quant says what the bytes of a quantised row mean: byte*scale + least.
type quant struct{ scale, least float32 }

// gemmArgs is a matrix applied to whole groups of rows.
type gemmArgs struct {
	dst    []float32
	stride int     // of dst
	rows   []byte  // m.in bytes per row
	quant  []quant // one per row
	m      *matrix

	wide []uint16 // scratch for rows, of kernels that want it
}

// product is dst[i][j] = sum over k of a[i][k] * b[k][j]; rows divide by
// queryRows and cols by lanes.
type product struct {
	dst, a, b                   []float32
	dstStride, aStride, bStride int
	k, rows, cols               int
}
