package lexicon

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// answer is what a section says of a key.
type answer struct {
	section int
	key     string
	number  int
	value   string
	ok      bool
}

// memo holds the answers given last, each at the place of its key's hash: a
// text asks for the same words again and again, and a look into the file costs
// a search and the decoding of a block. What stands there makes no difference
// to any answer.
var memo [1 << 13]atomic.Pointer[answer]

var memoSeed = maphash.MakeSeed()

// find returns the number and the value of a key in a section.
func find(of int, key string) (number int, value string, ok bool) {
	at := &memo[(maphash.String(memoSeed, key)+uint64(of))%uint64(len(memo))]
	if a := at.Load(); a != nil && a.section == of && a.key == key {
		return a.number, a.value, a.ok
	}
	number, value, ok = section(of).find(key)
	if len(key) <= 64 { // no long text is held
		at.Store(&answer{of, strings.Clone(key), number, value, ok}) // not the statement that the key is of
	}
	return number, value, ok
}

// get returns the value of a key in a section.
func get(of int, key string) (string, bool) {
	_, v, ok := find(of, key)
	return v, ok
}
