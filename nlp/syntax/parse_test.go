package syntax

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// randomTree gives the heads of a random projective tree over words [from, to)
// whose root has the head above.
func randomTree(random *rand.Rand, heads []int, from, to, above int) {
	if from == to {
		return
	}
	root := from + random.IntN(to-from)
	heads[root] = above
	for from < root {
		cut := from + 1 + random.IntN(root-from)
		randomTree(random, heads, from, cut, root)
		from = cut
	}
	for from = root + 1; from < to; {
		cut := from + 1 + random.IntN(to-from)
		randomTree(random, heads, from, cut, root)
		from = cut
	}
}

// The derivation of a projective tree builds that tree, from either side.
func TestDerivationBuildsItsTree(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	w := new(workspace)
	for range 300 {
		n := 1 + random.IntN(12)
		heads := make([]int, n)
		randomTree(random, heads, 0, n, n)
		for _, want := range [][]int{heads, mirror(heads)} {
			if diff := cmp.Diff(want, projective(append([]int(nil), want...))); diff != "" {
				t.Fatalf("a projective tree was changed: %s", diff)
			}
			actions := derivation(want)
			if len(actions) != 2*n {
				t.Fatalf("%v: %d actions for %d words", want, len(actions), n)
			}
			s := &sentence{n: n}
			st := w.reset(n, 1)
			for _, a := range actions {
				if !s.allowed(st, a) {
					t.Fatalf("%v: action %d is not allowed", want, a)
				}
				st = w.apply(st, a, 0)
			}
			got := make([]int32, n)
			headsOf(got, st)
			for i := range got {
				if int(got[i]) != want[i] {
					t.Fatalf("%v became %v", want, got)
				}
			}
		}
	}
}

func TestProjectiveLiftsCrossingArcs(t *testing.T) {
	// "a hearing is scheduled on it": on-it hangs on hearing, across the root
	got := projective([]int{1, 3, 3, 6, 5, 1})
	if diff := cmp.Diff([]int{1, 3, 3, 6, 5, 3}, got); diff != "" {
		t.Error(diff)
	}
}

// decode finds the best tree: compared with all trees of up to five words.
func TestDecodeFindsTheBestTree(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	w := new(workspace)
	for range 200 {
		n := 1 + random.IntN(5)
		w.votes = make([]float32, (n+1)*(n+1))
		for i := range w.votes {
			w.votes[i] = float32(random.IntN(8))
		}
		value := func(heads []int) (sum float32) {
			for i, h := range heads {
				sum += w.votes[h*(n+1)+i]
			}
			return sum
		}
		best := float32(-1)
		heads := make([]int, n)
		var try func(i int)
		try = func(i int) {
			if i == n {
				if derivation(heads) != nil && oneRoot(heads) {
					best = max(best, value(heads))
				}
				return
			}
			for h := range n + 1 {
				if h != i {
					heads[i] = h
					try(i + 1)
				}
			}
		}
		try(0)
		w.heads = make([]int32, n)
		w.decode(n)
		got := make([]int, n)
		for i, h := range w.heads {
			got[i] = int(h)
		}
		if derivation(got) == nil || !oneRoot(got) {
			t.Fatalf("%v is no projective tree", got)
		}
		if value(got) != best {
			t.Fatalf("%v has %v votes, the best tree %v", got, value(got), best)
		}
	}
}

func oneRoot(heads []int) bool {
	roots := 0
	for _, h := range heads {
		roots += one(h == len(heads))
	}
	return roots == 1
}

// What was packed is found again, up to rounding, and nothing else is.
func TestPackedWeights(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	var rows []row
	for range 2000 {
		rows = append(rows, row{feature: random.Uint64() | 1, uses: 1, class: []uint8{0, 2}, weight: []float32{float32(random.NormFloat64()), 4}})
	}
	w, err := openWeights(packWeights(rows, len(rows)))
	if err != nil {
		t.Fatal(err)
	}
	steps, err := openSteps(packSteps(rows, len(rows)))
	if err != nil {
		t.Fatal(err)
	}
	kept := 0
	for _, r := range rows {
		var a, b [actions]int32
		w.score([]uint64{r.feature}, a[:])
		steps.score([]uint64{r.feature}, b[:])
		if (a[0] > 0) != (r.weight[0] > 0) && a[0] != 0 || a[2] < 16000 || a[1] != 0 {
			t.Fatalf("%v became %v", r, a)
		}
		if a == b {
			kept++
		}
	}
	if kept < len(rows)*9/10 {
		t.Errorf("%d of %d rows are in the table of steps", kept, len(rows))
	}
	for range 2000 {
		var a, b [actions]int32
		f := random.Uint64()
		w.score([]uint64{f}, a[:])
		steps.score([]uint64{f}, b[:])
		if a != [actions]int32{} || b != [actions]int32{} {
			t.Errorf("%x was not packed and has weights %v, %v", f, a, b)
		}
	}
}

// Brackets depend on what they enclose.
func TestMarksStayInTheirPhrase(t *testing.T) {
	tokens := Tokenize("The mayor (a lawyer from Varn) left.", 0)
	Parse(tokens)
	for _, i := range []int{2, 7} {
		if h := tokens[i].Head; h < 3 || h > 6 {
			t.Errorf("%s depends on %s", tokens[i].Text, tokens[h].Text)
		}
	}
	if h := tokens[9].Head; tokens[h].Text != "left" {
		t.Errorf("the full stop depends on %s", tokens[h].Text)
	}
}

// A small model can be learned from a few sentences.
func TestTrain(t *testing.T) {
	want := gold(t)
	data := Train(want, TrainOptions{TagEpochs: 5, TagRows: 1 << 20, Folds: 2, ParseEpochs: 8, ParseRows: 1 << 20, Beam: 4, LabelEpochs: 5, LabelRows: 1 << 20, MarkRows: 1 << 20, Log: t.Output()})
	m, err := OpenModel(data)
	if err != nil {
		t.Fatal(err)
	}
	got := bare(want)
	for _, s := range got {
		m.Parse(s)
	}
	s, err := Evaluate(want, got)
	if err != nil {
		t.Fatal(err)
	}
	if s.Share(s.XPOS) < 0.95 || s.UAS() < 0.5 {
		t.Errorf("on its own training data: %s", s)
	}
}
