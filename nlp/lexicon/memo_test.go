package lexicon

import (
	"fmt"
	"sync"
	"testing"
)

// TestMemo proves that what was asked before does not change an answer, also
// where many ask at once.
func TestMemo(t *testing.T) {
	keys := []string{"", "the", "kill", "killed", "ship", "no such word", "ship\x00"}
	for i := range 9_000 { // more than there are places
		keys = append(keys, fmt.Sprint("ship", i))
	}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 2 {
				for _, key := range keys {
					for of := range nameSection + 1 {
						number, value, ok := find(of, key)
						n, v, o := section(of).find(key)
						if number != n || value != v || ok != o {
							t.Errorf("%q in section %d: %d %q %t, want %d %q %t", key, of, number, value, ok, n, v, o)
						}
					}
				}
			}
		})
	}
	wg.Wait()
}
