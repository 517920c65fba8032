package syntax

import "encoding/binary"

// table maps hashes to numbers and is read in place from the bytes of the
// model file: slots with open addressing, each a uint32 fingerprint (0: empty)
// and a uint32 value, little endian.
type table struct {
	slots []byte
	size  uint64
}

// newTable makes an empty table with room for n entries; a third stays empty.
func newTable(n int) table {
	size := uint64(n)*3/2 + 2
	return table{slots: make([]byte, size*8), size: size}
}

// place is the slot where the search for a hash begins: the low half of the
// hash, scaled to the size of the table.
func place(hash, size uint64) uint64 { return hash & 0xFFFFFFFF * size >> 32 }

// fingerprintOf is never 0.
func fingerprintOf(hash uint64) uint32 { return uint32(hash>>32) | 1 }

// find gives the value of a hash. Two hashes are told apart by their
// fingerprints and their places.
func (t *table) find(hash uint64) (uint32, bool) {
	fingerprint := fingerprintOf(hash)
	for i := place(hash, t.size); ; {
		slot := t.slots[i*8 : i*8+8]
		f := binary.LittleEndian.Uint32(slot)
		if f == fingerprint {
			return binary.LittleEndian.Uint32(slot[4:]), true
		}
		if f == 0 {
			return 0, false
		}
		if i++; i == t.size {
			i = 0
		}
	}
}

// put adds an entry; the caller has made room for it.
func (t *table) put(hash uint64, value uint32) {
	i := place(hash, t.size)
	for binary.LittleEndian.Uint32(t.slots[i*8:]) != 0 {
		i = (i + 1) % t.size
	}
	binary.LittleEndian.PutUint32(t.slots[i*8:], fingerprintOf(hash))
	binary.LittleEndian.PutUint32(t.slots[i*8+4:], value)
}

// pack lays the table out for openTable.
func (t *table) pack() []byte {
	return append(binary.LittleEndian.AppendUint32(nil, uint32(t.size)), t.slots...)
}

// openTable reads a table at the head of data without copying it, and gives
// what follows it.
func openTable(data []byte) (table, []byte, error) {
	if len(data) < 4 {
		return table{}, nil, errModel
	}
	size := uint64(binary.LittleEndian.Uint32(data))
	if size == 0 || uint64(len(data)-4) < size*8 {
		return table{}, nil, errModel
	}
	end := 4 + int(size)*8
	return table{slots: data[4:end], size: size}, data[end:], nil
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
