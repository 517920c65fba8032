package nlp

import "sync"

// recall keeps what the model said of the sentences met last. Statements
// repeat sentences, their own and each other's: formulas, quotations, copies.
// What the model says of a sentence depends on its words alone, so that it is
// worked out once. It is safe for concurrent use.
type recall struct {
	mu            sync.Mutex
	newer, former map[sentenceKey][]Claim
}

// recalled is how many sentences newer holds before it becomes former, and
// the former are forgotten. A sentence takes about 40 kB.
const recalled = 512

// sentenceKey is what the reading of a sentence depends on.
type sentenceKey struct {
	text  string
	eager float32
}

// get finds the claims of a sentence as the model has them: their offsets
// count from its start.
func (r *recall) get(k sentenceKey) ([]Claim, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if found, ok := r.newer[k]; ok {
		return found, true
	}
	found, ok := r.former[k]
	if ok {
		r.keep(k, found)
	}
	return found, ok
}

// put keeps the claims of a sentence; they must not change any more.
func (r *recall) put(k sentenceKey, found []Claim) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keep(k, found)
}

func (r *recall) keep(k sentenceKey, found []Claim) {
	if r.newer == nil || len(r.newer) >= recalled {
		r.newer, r.former = make(map[sentenceKey][]Claim, recalled), r.newer
	}
	r.newer[k] = found
}
