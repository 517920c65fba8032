package main

import (
	"encoding/binary"
	"fmt"
	"sort"
)

// blockSize is the number of records that share one offset; the reader scans
// at most that many after its binary search over the blocks.
const blockSize = 16

// table collects records and writes them sorted by key, each key without the
// prefix that it shares with the one before it in its block.
type table struct {
	values map[string]string
	keys   []string
}

func newTable() *table { return &table{values: map[string]string{}} }

// set adds or replaces a record.
func (t *table) set(key, value string) {
	if _, ok := t.values[key]; !ok {
		t.keys = append(t.keys, key)
	}
	t.values[key] = value
}

// sorted returns the keys in order; a key's rank in it is its number.
func (t *table) sorted() []string {
	sort.Strings(t.keys)
	return t.keys
}

// encode returns: number of records, offset of each block relative to the
// first, the blocks. A record is uvarint(shared), uvarint(len), rest of the
// key, uvarint(len), value.
func (t *table) encode() []byte {
	keys := t.sorted()
	var head, body []byte
	head = binary.LittleEndian.AppendUint32(head, uint32(len(keys)))
	prev := ""
	for i, k := range keys {
		if i%blockSize == 0 {
			head = binary.LittleEndian.AppendUint32(head, uint32(len(body)))
			prev = ""
		}
		shared := 0
		for shared < len(prev) && shared < len(k) && prev[shared] == k[shared] {
			shared++
		}
		body = binary.AppendUvarint(body, uint64(shared))
		body = binary.AppendUvarint(body, uint64(len(k)-shared))
		body = append(body, k[shared:]...)
		v := t.values[k]
		body = binary.AppendUvarint(body, uint64(len(v)))
		body = append(body, v...)
		prev = k
	}
	return append(head, body...)
}

// list is a table without keys: records in the order of their numbers.
type list struct{ records [][]byte }

func (l *list) encode() []byte {
	var head, body []byte
	head = binary.LittleEndian.AppendUint32(head, uint32(len(l.records)))
	for i, r := range l.records {
		if i%blockSize == 0 {
			head = binary.LittleEndian.AppendUint32(head, uint32(len(body)))
		}
		body = binary.AppendUvarint(body, 0)
		body = binary.AppendUvarint(body, 0)
		body = binary.AppendUvarint(body, uint64(len(r)))
		body = append(body, r...)
	}
	return append(head, body...)
}

// container joins the sections: magic, then the end of each section, then
// the sections.
func container(sections ...[]byte) []byte {
	out := []byte("CCLEX001")
	at := len(out) + 4*(len(sections)+1)
	out = binary.LittleEndian.AppendUint32(out, uint32(at))
	for i, s := range sections {
		at += len(s)
		out = binary.LittleEndian.AppendUint32(out, uint32(at))
		fmt.Printf("section %d: %d bytes\n", i, len(s))
	}
	for _, s := range sections {
		out = append(out, s...)
	}
	return out
}
