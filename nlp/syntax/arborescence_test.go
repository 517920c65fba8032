package syntax

import (
	"math/rand/v2"
	"testing"
)

// The best tree with one root, compared with all trees of up to six words.
func TestArborescence(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var a arborescence
	for range 3000 {
		m := 2 + random.IntN(6)
		scores := make([]float32, m*m)
		for i := range scores {
			scores[i] = float32(random.IntN(20))
		}
		value := func(heads []int) (sum float32) {
			for i := 1; i < m; i++ {
				sum += scores[i*m+heads[i]]
			}
			return sum
		}
		best := float32(-1)
		heads := make([]int, m)
		var try func(i int)
		try = func(i int) {
			if i == m {
				if isTree(heads) {
					best = max(best, value(heads))
				}
				return
			}
			for h := range m {
				if h != i {
					heads[i] = h
					try(i + 1)
				}
			}
		}
		try(1)
		got := a.decode(scores, m, nil)
		if !isTree(got) {
			t.Fatalf("%v is no tree with one root", got)
		}
		if v := value(got); v != best {
			t.Fatalf("%v has %v, the best tree %v", got, v, best)
		}
	}
}

// isTree reports whether all words hang under word 0, one of them directly.
func isTree(heads []int) bool {
	for i := 1; i < len(heads); i++ {
		steps := 0
		for v := i; v != 0; v = heads[v] {
			if steps++; steps > len(heads) {
				return false
			}
		}
	}
	return roots(heads) == 1
}

// Where all cycles lie in one another, the time stays small.
func TestArborescenceOfManyCycles(t *testing.T) {
	const m = maxSentence + 1
	scores := make([]float32, m*m)
	for i := 1; i < m; i++ {
		for h := range m {
			scores[i*m+h] = -float32((i - h) * (i - h))
		}
	}
	var a arborescence
	if got := a.decode(scores, m, nil); !isTree(got) {
		t.Fatalf("%v is no tree with one root", got)
	}
}
