package syntax

import (
	"math"
	"sort"
)

// The tagger, the parser and the labeller are linear models over hashed
// features. A feature is a 64-bit hash; a class is a small number; the score
// of a class is the sum of its weights over the features that hold.
//
// weights is such a model, read in place from the bytes of the model file:
//
//	table: feature to first<<8 | count
//	cells: 2 bytes each: class, then the weight as a signed root, so that
//	       small weights stay precise and large ones fit (see decoded)
type weights struct {
	table
	cells []byte
}

// mix adds one more value to a hash.
func mix(h, x uint64) uint64 {
	h = (h ^ x) * 0x9E3779B97F4A7C15
	return h ^ h>>32
}

// hashString is FNV-1a followed by a final mix.
func hashString(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h, 1)
}

// add adds the weights of one feature to the scores of the classes.
func (w *weights) add(feature uint64, scores []int32) {
	at, ok := w.find(feature)
	if !ok {
		return
	}
	first, count := at>>8*2, at&255*2
	cells := w.cells[first : first+count]
	for k := 0; k+1 < len(cells); k += 2 {
		if c := int(cells[k]); c < len(scores) {
			scores[c] += decoded[cells[k+1]]
		}
	}
}

// decoded maps the byte of a weight to its value: the signed square of the
// byte read as an int8.
var decoded = func() (d [256]int32) {
	for i := range d {
		v := int32(int8(i))
		if v < 0 {
			d[i] = -v * v
		} else {
			d[i] = v * v
		}
	}
	return d
}()

// row is the weights of one feature while they are collected for packing.
type row struct {
	feature uint64
	class   []uint8
	weight  []float32
}

// strength is the largest weight of a row, without its sign.
func (r row) strength() (s float32) {
	for _, w := range r.weight {
		s = max(s, float32(math.Abs(float64(w))))
	}
	return s
}

// strongest gives the rows with the largest weights, at most limit, and the
// largest weight.
func strongest(rows []row, limit int) ([]row, float64) {
	strengths := make([]float32, len(rows))
	order := make([]int, len(rows))
	for i, r := range rows {
		strengths[i], order[i] = r.strength(), i
	}
	sort.Slice(order, func(i, j int) bool {
		a, b := order[i], order[j]
		if strengths[a] != strengths[b] {
			return strengths[a] > strengths[b]
		}
		return rows[a].feature < rows[b].feature
	})
	var kept []row
	for _, i := range order[:min(limit, len(order))] {
		kept = append(kept, rows[i])
	}
	return kept, float64(strengths[order[0]])
}

// packWeights lays rows out as bytes that openWeights reads. Weights are
// scaled so that the largest one just fits; those that round to nothing are
// dropped. At most limit rows are kept, those with the largest weights.
func packWeights(rows []row, limit int) []byte {
	rows, largest := strongest(rows, limit)
	t := newTable(len(rows))
	var cells []byte
	for _, r := range rows {
		first, count := len(cells)/2, 0
		for k, w := range r.weight {
			q := encode(w, largest)
			if q == 0 || count == 255 {
				continue
			}
			cells = append(cells, r.class[k], q)
			count++
		}
		if count > 0 {
			t.put(r.feature, uint32(first)<<8|uint32(count))
		}
	}
	return append(t.pack(), cells...)
}

// openWeights reads what packWeights wrote, without copying it.
func openWeights(data []byte) (weights, error) {
	t, cells, err := openTable(data)
	return weights{table: t, cells: cells}, err
}
