package gold

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestQuote(t *testing.T) {
	x := newIndex([]string{"One two, three. One two", "three four one TWO three"})
	tests := []struct {
		quote string
		want  []span
	}{
		{"one  **two**", []span{{0, 2}, {3, 5}, {7, 9}}},
		{"One two three", []span{{0, 3}, {7, 10}}}, // not over the border of two statements
		{"four", []span{{6, 7}}},
		{"five", nil},
		{"three four one two three four", nil},
		{"", nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, x.quote(tt.quote), cmp.AllowUnexported(span{})); diff != "" {
			t.Errorf("%q: %s", tt.quote, diff)
		}
	}
}

func TestBytes(t *testing.T) {
	texts := []string{"One two, three.", "four five"}
	x := newIndex(texts)
	tests := []struct {
		statement, start, end int
		want                  []span
	}{
		{0, 0, 7, []span{{0, 2}}},
		{0, 1, 5, []span{{0, 2}}}, // cut words count
		{0, 7, 9, nil},            // the comma
		{0, 9, 100, []span{{2, 3}}},
		{1, 0, 4, []span{{3, 4}}},
		{1, 9, 9, nil},
		{1, 5, 2, nil},
		{2, 0, 4, nil},
		{-1, 0, 4, nil},
	}
	for _, tt := range tests {
		got := x.bytes(tt.statement, tt.start, tt.end)
		if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(span{})); diff != "" {
			t.Errorf("%+v: %s", tt, diff)
		}
	}
}

// A text as a quote stands in itself, once and whole.
func FuzzWords(f *testing.F) {
	f.Add("“Twelve” died—and 4.5 m³/s soft\u00adhyphen")
	f.Add("\xff\xfe\x00a\u200bb")
	f.Fuzz(func(t *testing.T, text string) {
		x := newIndex([]string{text})
		if len(x.words) == 0 {
			return
		}
		whole := span{0, len(x.words)}
		if found := x.quote(text); len(found) != 1 || found[0] != whole {
			t.Errorf("the text as a quote stands at %v", found)
		}
		if found := x.bytes(0, 0, len(text)); len(found) != 1 || found[0] != whole {
			t.Errorf("all bytes are words %v", found)
		}
	})
}
