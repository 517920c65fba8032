package wording

import "testing"

func TestInert(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "plain": "plain", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "＝1": "'＝1", "a=b": "a=b", "'=1": "'=1", "漢": "漢",
	} {
		if got := Inert(in); got != want {
			t.Errorf("Inert(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"plain": "plain", "=1": "'=1", "'=1": "''=1", "''@": "'''@", "'tis": "'tis", "": "", "'": "'"} {
		if got := InertExact(in); got != want {
			t.Errorf("InertExact(%q) = %q, want %q", in, got, want)
		}
	}
}
