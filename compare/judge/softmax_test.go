package judge

import "testing"

// What is said to be "not a" teaches that it is b or c, as the other examples
// tell b from c.
func TestFitNot(t *testing.T) {
	var x [][]float64
	var labels []int
	for i := range 300 {
		at, label := float64(i%3), i%3
		if i%2 == 0 && label != 0 {
			label = ^0
		}
		x, labels = append(x, []float64{at, at * at}), append(labels, label)
	}
	r, err := Fit([]string{"a", "b", "c"}, []string{"at", "square"}, x, labels, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	for c := range 3 {
		if p := r.Probabilities([]float64{float64(c), float64(c * c)}); p[c] < 0.8 {
			t.Errorf("class %d: %.2f", c, p)
		}
	}
}
