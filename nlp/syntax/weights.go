package syntax

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
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

// maxBatch is the number of features that are looked up side by side.
const maxBatch = 160

// score sums up the weights of the features for each class. It goes over them
// three times, for slots, for cells and for the sums: most of the time goes to
// waiting for memory, and so the waits overlap.
func (w *weights) score(features []uint64, scores []int32) {
	var fetched [maxBatch]uint64
	clear(scores)
	for len(features) > 0 {
		batch := features[:min(len(features), maxBatch)]
		features = features[len(batch):]
		for i, f := range batch {
			at := place(f, w.size) * 8
			fetched[i] = binary.LittleEndian.Uint64(w.slots[at : at+8])
		}
		found := 0
		for i, f := range batch {
			slot := fetched[i]
			if uint32(slot) == 0 {
				continue
			}
			at := uint32(slot >> 32)
			if uint32(slot) != fingerprintOf(f) {
				var ok bool
				if at, ok = w.find(f); !ok {
					continue
				}
			}
			fetched[found] = uint64(at) | uint64(w.cells[at>>8*2])<<32
			found++
		}
		for _, f := range fetched[:found] {
			at := uint32(f)
			first, count := at>>8*2, at&255*2
			cells := w.cells[first : first+count]
			for k := 0; k+1 < len(cells); k += 2 {
				if c := int(cells[k]); c < len(scores) {
					scores[c] += decoded[cells[k+1]]
				}
			}
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
	uses    int32 // how often it held in the training data
	class   []uint8
	weight  []float32
}

// largest is the largest weight of a row, without its sign.
func (r row) largest() (most float64) {
	for _, w := range r.weight {
		most = max(most, math.Abs(float64(w)))
	}
	return most
}

// strongest gives the rows that matter most, at most limit of them: those with
// large weights that are often used. It also gives the largest weight.
func strongest(rows []row, limit int) (kept []row, largest float64) {
	importance := make([]float64, len(rows))
	order := make([]int, len(rows))
	for i, r := range rows {
		importance[i], order[i] = r.largest()*math.Sqrt(float64(r.uses)), i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(importance[j], importance[i]), cmp.Compare(rows[i].feature, rows[j].feature))
	})
	for _, i := range order[:min(limit, len(order))] {
		kept = append(kept, rows[i])
		largest = max(largest, rows[i].largest())
	}
	return kept, largest
}

// packWeights lays rows out as bytes that openWeights reads. Weights are
// scaled so that the largest one just fits; those that round to nothing are
// dropped. At most limit rows are kept.
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
