package syntax

import (
	"encoding/binary"
	"math"
)

// stepWeights is the model of the parser: like weights, but with few classes
// and many look-ups, so that the weights stand in the slot itself. A slot has
// six bytes: 24 bits of fingerprint (0: empty), then one weight for each of
// the three actions, as a signed root.
type stepWeights struct {
	slots []byte // with two bytes to spare, so that eight can be read at once
	size  uint64
}

const stepSlot = 6

func stepFingerprint(feature uint64) uint64 { return feature>>40 | 1 }

// score sums up the weights of the features.
func (w *stepWeights) score(features []uint64, scores []int32) {
	var a, b, c int32
	for _, feature := range features {
		fingerprint := stepFingerprint(feature)
		for i := place(feature, w.size); ; {
			at := i * stepSlot
			slot := binary.LittleEndian.Uint64(w.slots[at : at+8])
			if slot&0xFFFFFF == fingerprint {
				a += decoded[slot>>24&255]
				b += decoded[slot>>32&255]
				c += decoded[slot>>40&255]
				break
			}
			if slot&0xFFFFFF == 0 {
				break
			}
			if i++; i == w.size {
				i = 0
			}
		}
	}
	scores[shift], scores[left], scores[right] = a, b, c
}

// packSteps lays rows out for openSteps; see packWeights.
func packSteps(rows []row, limit int) []byte {
	rows, largest := strongest(rows, limit)
	size := slotsFor(len(rows))
	slots := make([]byte, size*stepSlot+2)
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
		i := place(r.feature, size)
		for binary.LittleEndian.Uint64(slots[i*stepSlot:i*stepSlot+8])&0xFFFFFF != 0 {
			i = (i + 1) % size
		}
		f := stepFingerprint(r.feature)
		copy(slots[i*stepSlot:], []byte{byte(f), byte(f >> 8), byte(f >> 16), cell[0], cell[1], cell[2]})
	}
	return append(binary.LittleEndian.AppendUint32(nil, uint32(size)), slots...)
}

// openSteps reads what packSteps wrote, without copying it.
func openSteps(data []byte) (stepWeights, error) {
	if len(data) < 4 {
		return stepWeights{}, errModel
	}
	size := uint64(binary.LittleEndian.Uint32(data))
	if size == 0 || uint64(len(data)-4) != size*stepSlot+2 {
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
