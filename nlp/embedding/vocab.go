package embedding

import (
	"bytes"
	"encoding/binary"
)

// vocabulary finds pieces by hash in the model file's own table, in place.
type vocabulary struct {
	size                     int
	pieces                   []byte // all pieces, joined
	ends                     []byte // little-endian int32: end of each piece
	slots                    []byte // little-endian int32: id+1 or 0, by hash, then the next free slot
	mask                     uint32
	longest                  int // bytes of the longest piece
	unknown, start, separate int32
}

func (r *reader) vocabulary(size int) vocabulary {
	v := vocabulary{size: size}
	shape := r.entries["vocab.hash"].Shape
	if len(shape) != 1 || shape[0] <= size || shape[0]&(shape[0]-1) != 0 {
		r.fail("hash table of shape %v for %d pieces", shape, size)
		return v
	}
	n := r.entries["vocab"].Shape
	if len(n) != 1 {
		r.fail("vocabulary of shape %v", n)
		return v
	}
	v.pieces = r.bytes("vocab", "U8", n[0])
	v.ends = r.bytes("vocab.ends", "I32", size)
	v.slots = r.bytes("vocab.hash", "I32", shape[0])
	v.mask = uint32(shape[0] - 1)
	if r.err != nil {
		return v
	}
	last := 0
	for i := range size {
		end := int(int32(binary.LittleEndian.Uint32(v.ends[4*i:])))
		if end < last || end > len(v.pieces) {
			r.fail("piece %d of the vocabulary ends at %d of %d bytes", i, end, len(v.pieces))
			return v
		}
		v.longest = max(v.longest, end-last)
		last = end
	}
	var ok [3]bool
	v.unknown, ok[0] = v.find([]byte("[UNK]"))
	v.start, ok[1] = v.find([]byte("[CLS]"))
	v.separate, ok[2] = v.find([]byte("[SEP]"))
	if ok != [3]bool{true, true, true} {
		r.fail("vocabulary lacks [UNK], [CLS] or [SEP]")
	}
	return v
}

// piece returns the bytes of a piece.
func (v *vocabulary) piece(id int32) []byte {
	if id < 0 || int(id) >= v.size {
		return nil
	}
	begin := uint32(0)
	if id > 0 {
		begin = binary.LittleEndian.Uint32(v.ends[4*(id-1):])
	}
	return v.pieces[begin:binary.LittleEndian.Uint32(v.ends[4*id:])]
}

// FNV-1a, 32 bits.
const (
	fnvBasis = 2166136261
	fnvPrime = 16777619
)

func fnv(h uint32, b []byte) uint32 {
	for _, c := range b {
		h = (h ^ uint32(c)) * fnvPrime
	}
	return h
}

func (v *vocabulary) find(piece []byte) (int32, bool) {
	return v.lookup(fnv(fnvBasis, piece), nil, piece)
}

// lookup finds the piece prefix+rest, whose hash is h.
func (v *vocabulary) lookup(h uint32, prefix, rest []byte) (int32, bool) {
	for slot, tries := h&v.mask, 0; tries <= v.size; slot, tries = (slot+1)&v.mask, tries+1 {
		id := int32(binary.LittleEndian.Uint32(v.slots[4*slot:])) - 1
		if id < 0 {
			return 0, false
		}
		if p := v.piece(id); len(p) == len(prefix)+len(rest) && bytes.HasPrefix(p, prefix) && bytes.Equal(p[len(prefix):], rest) {
			return id, true
		}
	}
	return 0, false
}
