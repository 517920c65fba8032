package syntax

import "encoding/binary"

// table maps hashes to numbers and is read in place from the bytes of the
// model file: a power of two of slots with open addressing, each a uint32
// fingerprint (0: empty) and a uint32 value, little endian.
type table struct {
	slots []byte
	mask  uint32
}

// newTable makes an empty table with room for n entries.
func newTable(n int) table {
	size := 8
	for size*7 < n*10 {
		size *= 2
	}
	return table{slots: make([]byte, size*8), mask: uint32(size - 1)}
}

// find gives the value of a hash. Two hashes are told apart by their
// fingerprints and their places: about 40 bits.
func (t *table) find(hash uint64) (uint32, bool) {
	fingerprint := uint32(hash>>32) | 1
	for i := uint32(hash>>1) & t.mask; ; i = (i + 1) & t.mask {
		slot := t.slots[i*8 : i*8+8]
		f := binary.LittleEndian.Uint32(slot)
		if f == fingerprint {
			return binary.LittleEndian.Uint32(slot[4:]), true
		}
		if f == 0 {
			return 0, false
		}
	}
}

// put adds an entry; the caller has made room for it.
func (t *table) put(hash uint64, value uint32) {
	i := uint32(hash>>1) & t.mask
	for binary.LittleEndian.Uint32(t.slots[i*8:]) != 0 {
		i = (i + 1) & t.mask
	}
	binary.LittleEndian.PutUint32(t.slots[i*8:], uint32(hash>>32)|1)
	binary.LittleEndian.PutUint32(t.slots[i*8+4:], value)
}

// pack lays the table out for openTable.
func (t *table) pack() []byte {
	return append(binary.LittleEndian.AppendUint32(nil, t.mask+1), t.slots...)
}

// openTable reads a table at the head of data without copying it, and gives
// what follows it.
func openTable(data []byte) (table, []byte, error) {
	if len(data) < 4 {
		return table{}, nil, errModel
	}
	size := binary.LittleEndian.Uint32(data)
	if size == 0 || size&(size-1) != 0 || uint64(len(data)-4) < uint64(size)*8 {
		return table{}, nil, errModel
	}
	end := 4 + int(size)*8
	return table{slots: data[4:end], mask: size - 1}, data[end:], nil
}
