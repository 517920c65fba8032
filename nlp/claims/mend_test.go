package claims

import (
	"slices"
	"strings"
	"testing"

	"counterclaim/nlp/syntax"
)

func TestMend(t *testing.T) {
	for _, c := range []struct {
		text      string
		cut, want []string
	}{
		{"The guards closed the gate.", []string{"The guards closed the", "gate"}, []string{"The guards closed the gate"}},
		{"They published the report of the Ministry of Defence on Monday.", []string{"They published the report of the", "on Monday"},
			[]string{"They published the report of the Ministry of Defence", "on Monday"}},
		{"The guards closed the gate and they went home.", []string{"The guards closed the gate and", "they went home"},
			[]string{"The guards closed the gate", "they went home"}},
		{"The court heard items 31, 61 and 83 in May.", []string{"The court heard items 31", "61 and 83"}, []string{"The court heard items 31"}},
		{"Four.", []string{"Four"}, []string{"Four"}},
	} {
		tokens := syntax.Tokenize(c.text, 0)
		syntax.Parse(tokens)
		var spans []Span
		for _, s := range c.cut {
			at := strings.Index(c.text, s)
			spans = append(spans, Span{at, at + len(s)})
		}
		var got []string
		for _, s := range Mend(c.text, tokens, spans) {
			got = append(got, c.text[s.Start:s.End])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q cut as %q: got %q, want %q", c.text, c.cut, got, c.want)
		}
	}
}
