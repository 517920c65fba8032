// Package wordclass puts words into classes of like meaning and use, so that
// a model that was trained on little text can make something of a word that
// it never met: "Varnel" is unknown, but "lorry" is used as "truck" is.
//
// The classes are clusters of vectors of the sentence encoder: by form, of
// the vectors of a word's pieces alone; by sense, of the vector that the
// encoder gives to the word as a text. generate made the file.
package wordclass

import (
	_ "embed"
	"encoding/binary"
)

//go:embed classes.bin
var file string

// slotSize: a fingerprint of 4 bytes, then the two classes of 2 bytes each.
const slotSize = 8

// Of gives the classes of a word in lower case, from 1 on; 0, 0 for a word
// that is not listed.
func Of(lower string) (form, sense uint16) { return find(file, lower) }

func find(table, word string) (form, sense uint16) {
	slots := uint64(len(table) / slotSize)
	if slots == 0 {
		return 0, 0
	}
	h := hash(word)
	print := uint32(h>>32) | 1
	for at := h % slots; ; at = (at + 1) % slots {
		slot := table[at*slotSize : (at+1)*slotSize]
		switch f := uint32(slot[0]) | uint32(slot[1])<<8 | uint32(slot[2])<<16 | uint32(slot[3])<<24; f {
		case print:
			return uint16(slot[4]) | uint16(slot[5])<<8, uint16(slot[6]) | uint16(slot[7])<<8
		case 0:
			return 0, 0
		}
	}
}

// Table lays classes out for Of: a third of the slots stay empty.
func Table(classes map[string][2]uint16, order []string) []byte {
	slots := uint64(len(order))*3/2 + 1
	out := make([]byte, slots*slotSize)
	for _, w := range order {
		h := hash(w)
		print := uint32(h>>32) | 1
		at := h % slots
		for binary.LittleEndian.Uint32(out[at*slotSize:]) != 0 {
			at = (at + 1) % slots
		}
		binary.LittleEndian.PutUint32(out[at*slotSize:], print)
		binary.LittleEndian.PutUint16(out[at*slotSize+4:], classes[w][0])
		binary.LittleEndian.PutUint16(out[at*slotSize+6:], classes[w][1])
	}
	return out
}

// hash is FNV-1a with a final mix.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	return h ^ h>>33
}
