package wordclass

import "testing"

func TestOf(t *testing.T) {
	sense := func(w string) uint16 { _, s := Of(w); return s }
	for _, like := range [][2]string{{"monday", "tuesday"}, {"france", "germany"}, {"azerbaijan", "armenia"}, {"university", "college"}} {
		if a, b := sense(like[0]), sense(like[1]); a == 0 || a != b {
			t.Errorf("%s is in class %d, %s in %d", like[0], a, like[1], b)
		}
	}
	if sense("monday") == sense("truck") {
		t.Error("monday and truck are in one class")
	}
	for _, w := range []string{"", "qqzzkx", "Monday", "a b"} {
		if f, s := Of(w); f != 0 || s != 0 {
			t.Errorf("%q has classes %d, %d", w, f, s)
		}
	}
}

// What was laid out is found again, and nothing else.
func TestTable(t *testing.T) {
	classes := map[string][2]uint16{"a": {1, 2}, "b": {3, 4}, "c": {500, 600}}
	table := string(Table(classes, []string{"a", "b", "c"}))
	for w, want := range classes {
		if f, s := find(table, w); f != want[0] || s != want[1] {
			t.Errorf("%s: %d, %d, want %v", w, f, s, want)
		}
	}
	if f, s := find(table, "d"); f != 0 || s != 0 {
		t.Errorf("d: %d, %d", f, s)
	}
	if f, s := find("", "a"); f != 0 || s != 0 {
		t.Errorf("a in nothing: %d, %d", f, s)
	}
}

func BenchmarkOf(b *testing.B) {
	for b.Loop() {
		Of("minister")
	}
}
