package lexicon

import (
	_ "embed"
	"strings"
)

// data is lexicon.bin, written by generate (whose table.go has the layout).
// It is read in place: nothing is decoded at start.
//
//go:embed lexicon.bin
var data string

// The sections of the file.
const (
	wordSection = iota
	synsetSection
	exceptionSection
	tagSection
	countrySection
	nameSection
)

const (
	headLen   = 8  // magic
	blockSize = 16 // records that share one offset
)

// table is a sorted list of keys with values, numbered from 0.
type table struct {
	n      int
	blocks string // four bytes for each block: its offset in body
	body   string
}

func u32(s string, at int) int {
	return int(s[at]) | int(s[at+1])<<8 | int(s[at+2])<<16 | int(s[at+3])<<24
}

// uvarint reads a number at the front of s and returns it with the rest.
func uvarint(s string) (int, string) {
	n, shift := 0, 0
	for i := 0; i < len(s); i++ {
		n |= int(s[i]&0x7f) << shift
		if s[i] < 0x80 {
			return n, s[i+1:]
		}
		shift += 7
	}
	return n, ""
}

// section returns one table of the file.
func section(i int) table {
	from, to := u32(data, headLen+4*i), u32(data, headLen+4*(i+1))
	s := data[from:to]
	n := u32(s, 0)
	nb := (n + blockSize - 1) / blockSize
	return table{n, s[4 : 4+4*nb], s[4+4*nb:]}
}

// first returns the first key of a block, which is written in full.
func (t table) first(block int) string {
	_, s := uvarint(t.body[u32(t.blocks, 4*block):])
	n, s := uvarint(s)
	return s[:n]
}

// find returns the number and the value of a key.
func (t table) find(key string) (number int, value string, ok bool) {
	number, value, ok, _ = t.locate(key)
	return number, value, ok
}

// hasPrefix reports whether some key begins with prefix.
func (t table) hasPrefix(prefix string) bool {
	_, _, ok, longer := t.locate(prefix)
	return ok || longer
}

// locate finds a key, or reports whether the first key after its place is
// longer than it and begins with it.
func (t table) locate(key string) (number int, value string, ok, longer bool) {
	lo, hi := 0, len(t.blocks)/4
	for lo < hi {
		mid := (lo + hi) / 2
		if t.first(mid) <= key {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return 0, "", false, t.n > 0 && strings.HasPrefix(t.first(0), key)
	}
	block := lo - 1
	s := t.body[u32(t.blocks, 4*block):]
	matched := 0 // length of the prefix that key shares with the record before
	for i := block * blockSize; i < min((block+1)*blockSize, t.n); i++ {
		var shared, n int
		shared, s = uvarint(s)
		n, s = uvarint(s)
		suffix := s[:n]
		n, s = uvarint(s[n:])
		value, s = s[:n], s[n:]
		if shared > matched {
			continue // still smaller than key
		}
		if shared < matched {
			return 0, "", false, false // past key
		}
		rest := key[matched:]
		k := 0
		for k < len(suffix) && k < len(rest) && suffix[k] == rest[k] {
			k++
		}
		matched += k
		switch {
		case k == len(suffix) && k == len(rest):
			return i, value, true, false
		case k == len(rest):
			return 0, "", false, true // past key, and an extension of it
		case k < len(suffix) && suffix[k] > rest[k]:
			return 0, "", false, false // past key
		}
	}
	next := block + 1
	return 0, "", false, next < len(t.blocks)/4 && strings.HasPrefix(t.first(next), key)
}

// at returns the record of a number.
func (t table) at(number int) (key, value string) {
	block := number / blockSize
	s := t.body[u32(t.blocks, 4*block):]
	for i := block * blockSize; ; i++ {
		var shared, n int
		shared, s = uvarint(s)
		n, s = uvarint(s)
		if n > 0 || shared > 0 {
			key = strings.Clone(key[:shared] + s[:n])
		}
		n, s = uvarint(s[n:])
		value, s = s[:n], s[n:]
		if i == number {
			return key, value
		}
	}
}
