package syntax

import (
	"encoding/binary"
	"math"
)

// stepWeights is the model of the parser: like weights, but with few classes
// and many look-ups, so that the weights stand in the slot itself. A slot has
// six bytes: 24 bits of fingerprint (0: empty), then one weight for each of
// the three actions, as a signed root. A feature is in one of the maxProbe
// slots from its place on, or not at all: where they were full when the table
// was made, the less important feature was left out.
type stepWeights struct {
	slots []byte // with maxProbe slots more than size, so that no search wraps
	size  uint64
}

const (
	stepSlot = 6
	maxProbe = 4
)

func stepFingerprint(feature uint64) uint64 { return feature>>40 | 1 }

// score sums up the weights of the features. It first fetches a slot for each
// and only then looks at them: most of the time goes to waiting for memory,
// and so the waits overlap.
func (w *stepWeights) score(features []uint64, scores []int32) {
	var fetched [maxBatch]uint64
	var a, b, c int32
	for len(features) > 0 {
		batch := features[:min(len(features), maxBatch)]
		features = features[len(batch):]
		for i, f := range batch {
			at := place(f, w.size) * stepSlot
			fetched[i] = binary.LittleEndian.Uint64(w.slots[at : at+8])
		}
		for i, f := range batch {
			fingerprint := stepFingerprint(f)
			slot := fetched[i]
			for probe := uint64(1); slot&0xFFFFFF != fingerprint; probe++ {
				if slot&0xFFFFFF == 0 || probe == maxProbe {
					slot = 0
					break
				}
				at := (place(f, w.size) + probe) * stepSlot
				slot = binary.LittleEndian.Uint64(w.slots[at : at+8])
			}
			a += decoded[slot>>24&255]
			b += decoded[slot>>32&255]
			c += decoded[slot>>40&255]
		}
	}
	scores[shift], scores[left], scores[right] = a, b, c
}

// stepBytes is the number of bytes of a table: the spare slots, and two bytes
// so that eight can be read at the last slot.
func stepBytes(size uint64) uint64 { return (size+maxProbe)*stepSlot + 2 }

// packSteps lays rows out for openSteps; see packWeights.
func packSteps(rows []row, limit int) []byte {
	rows, largest := strongest(rows, limit)
	size := uint64(len(rows))*5/4 + 2
	slots := make([]byte, stepBytes(size))
	for _, r := range rows {
		var cell [actions]byte
		some := false
		for k, w := range r.weight {
			cell[r.class[k]] = encode(w, largest)
			some = some || encode(w, largest) != 0
		}
		if !some {
			continue
		}
		first, f := place(r.feature, size), stepFingerprint(r.feature)
		for i := first; i < first+maxProbe; i++ {
			if slot := slots[i*stepSlot : (i+1)*stepSlot]; slot[0] == 0 {
				copy(slot, []byte{byte(f), byte(f >> 8), byte(f >> 16), cell[0], cell[1], cell[2]})
				break
			}
		}
	}
	return append(binary.LittleEndian.AppendUint32(nil, uint32(size)), slots...)
}

// openSteps reads what packSteps wrote, without copying it.
func openSteps(data []byte) (stepWeights, error) {
	if len(data) < 4 {
		return stepWeights{}, errModel
	}
	size := uint64(binary.LittleEndian.Uint32(data))
	if size == 0 || uint64(len(data)-4) != stepBytes(size) {
		return stepWeights{}, errModel
	}
	return stepWeights{slots: data[4:], size: size}, nil
}

// encode rounds a weight to a signed root, see decoded.
func encode(w float32, largest float64) byte {
	q := math.Round(math.Sqrt(math.Abs(float64(w))/largest) * 127)
	if w < 0 {
		q = -q
	}
	return byte(int8(q))
}
