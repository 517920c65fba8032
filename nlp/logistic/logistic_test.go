package logistic

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// weather has three classes, each told by a word of its own; "the" tells none.
func weather() []Example {
	var out []Example
	for i, word := range []string{"rain", "sun", "snow"} {
		for range 5 {
			out = append(out, Example{[]Feature{{"the", 1}, {word, 1}}, i, 1})
		}
	}
	return append(out, Example{[]Feature{{"hail", 1}}, 2, 1})
}

func TestFit(t *testing.T) {
	m, err := Fit([]string{"wet", "dry", "white"}, weather(), Options{L2: 0.1, Seen: 2})
	if err != nil {
		t.Fatal(err)
	}
	for i, word := range []string{"rain", "sun", "snow"} {
		x := []Feature{{"the", 1}, {word, 1}, {"never seen", 5}}
		p := m.Probabilities(x)
		if p[i] < 0.8 || math.Abs(p[0]+p[1]+p[2]-1) > 1e-9 {
			t.Errorf("%s: %v", word, p)
		}
		if r := m.Reasons(x, i, 5); len(r) == 0 || r[0].Name != word {
			t.Errorf("reasons for %s: %v", word, r)
		}
		if s := m.Strongest(i, 1); len(s) != 1 || s[0].Name != word {
			t.Errorf("strongest of class %d: %v", i, s)
		}
	}
	if _, ok := m.number["hail"]; ok {
		t.Error("a feature that was seen once is kept")
	}
	if _, err := Fit([]string{"one"}, weather(), Options{}); err == nil {
		t.Error("one class is no choice")
	}
}

// A heavier example pulls more.
func TestWeight(t *testing.T) {
	both := []Example{{[]Feature{{"cloud", 1}}, 0, 3}, {[]Feature{{"cloud", 1}}, 1, 1}}
	m, err := Fit([]string{"wet", "dry"}, both, Options{L2: 0.01})
	if err != nil {
		t.Fatal(err)
	}
	if p := m.Probabilities([]Feature{{"cloud", 1}}); math.Abs(p[0]-0.75) > 0.02 {
		t.Errorf("probabilities %v, want three to one", p)
	}
}

func TestChoose(t *testing.T) {
	x := weather()
	fold := make([]int, len(x))
	for i := range fold {
		fold[i] = i % 2
	}
	l2, right, err := Choose([]string{"wet", "dry", "white"}, x, fold, 1, []float64{1000, 0.1})
	if err != nil || len(right) != 2 || l2 != 0.1 || right[1] < 0.9 {
		t.Errorf("penalty %g, right %v, %v", l2, right, err)
	}
}

func TestBytes(t *testing.T) {
	m, err := Fit([]string{"wet", "dry", "white"}, weather(), Options{L2: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	data := m.Bytes(1e-6)
	got, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range [][]Feature{{{"rain", 1}}, {{"snow", 0.5}, {"sun", 1}}, nil} {
		a, b := m.Probabilities(x), got.Probabilities(x)
		for c := range a {
			if math.Abs(a[c]-b[c]) > 0.02 {
				t.Errorf("%v: %v after reading, %v before", x, b, a)
			}
		}
	}
	if text, err := json.Marshal(m); err != nil || !strings.Contains(string(text), `"classes":["wet","dry","white"]`) || !strings.Contains(string(text), `"rain":[`) {
		t.Errorf("as JSON: %s, %v", text, err)
	}
	if small := m.Bytes(1e9); len(small) >= len(data) {
		t.Error("no feature was left out")
	}
	for n := range data {
		if m, err := Open(data[:n]); err == nil && len(m.names) == len(got.names) {
			t.Fatalf("the first %d of %d bytes are taken for the whole", n, len(data))
		}
	}
}

func FuzzOpen(f *testing.F) {
	m, err := Fit([]string{"wet", "dry", "white"}, weather(), Options{L2: 0.1})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(m.Bytes(0))
	f.Add([]byte{2, 1, 'a'})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Open(data)
		if err != nil {
			return
		}
		if p := m.Probabilities([]Feature{{"rain", 1}}); len(p) != len(m.Classes()) {
			t.Errorf("%d probabilities of %d classes", len(p), len(m.Classes()))
		}
	})
}
