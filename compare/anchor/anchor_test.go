package anchor

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestWords(t *testing.T) {
	tests := []struct {
		in, want string
	}{
		{"Twelve died.", "twelve died"},
		{"“They’re here”", "they re here"},
		{"\"They're here\"", "they re here"},
		{"**bold** _soft_ `code`", "bold soft code"},
		{"| a | 1,200 |", "a 1 200"},
		{"> quoted\n> lines", "quoted lines"},
		{"4.5 m³/s", "4 5 m3 s"},
		{"the ﬁrst", "the first"},
		{"soft\u00adhyphen", "softhyphen"},
		{"ÉCOLE e\u0301cole", "école école"},
		{"\xff a \x00b\xc3", "a b"},
		{"", ""},
	}
	for _, tt := range tests {
		var got []string
		for _, w := range Words(tt.in) {
			got = append(got, w.Text)
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%q: %s", tt.in, diff)
		}
	}
}

func TestLocate(t *testing.T) {
	text := "He said: “Nine people died.” Later, nine\npeople  died again."
	tests := []struct {
		quote string
		want  []string
	}{
		{"Nine people died", []string{"Nine people died", "nine\npeople  died"}},
		{"“nine people died.”", []string{"“Nine people died.”", "nine\npeople  died"}},
		{"\"nine people died\"", []string{"Nine people died", "nine\npeople  died"}},
		{"again.", []string{"again."}},
		{"people were", nil},
		{"… — !", nil},
		{"", nil},
	}
	for _, tt := range tests {
		var got []string
		for _, s := range NewText(text).Locate(tt.quote) {
			got = append(got, text[s.Start:s.End])
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q: %s", tt.quote, diff)
		}
	}
}

func TestFind(t *testing.T) {
	const text = "The council met. Nine people died at the gate on Friday. The minister said that nine people died at the gate, too. It rained."
	second := strings.LastIndex(text, "nine people died")
	a := Make(text, second, second+len("nine people died"))
	tests := []struct {
		name, now string // [ ] mark where it stands now
	}{
		{"unchanged", "The council met. Nine people died at the gate on Friday. The minister said that [nine people died] at the gate, too. It rained."},
		{"moved", "A new first sentence. The council met. Nine people died at the gate on Friday. The minister said that [nine people died] at the gate, too."},
		{"words before it gone", "The minister said that [nine people died] at the gate, too. Nine people died at the gate on Friday."},
		{"edited", "Some people died at the gate on Friday. The minister said that [nine brave people died] at the gate, too. It rained."},
		{"gone", "The council met. It rained."},
		{"rewritten", "The minister said that the fallen are no longer counted at the gate, too. It rained."},
	}
	for _, tt := range tests {
		now := strings.NewReplacer("[", "", "]", "").Replace(tt.now)
		want := Span{strings.Index(tt.now, "["), strings.Index(tt.now, "]") - 1}
		got, ok := a.Find(NewText(now))
		if ok != (want.Start >= 0) || ok && got != want {
			t.Errorf("%s: found %v %v, want %v", tt.name, got, ok, want)
		}
	}
}

// An anchor finds its own words in the text it was made from, and after any
// sentence was put before it.
func TestFindsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"nine", "ten", "people", "died.", "“fled”", "the", "gate\n", "é"}), 1, 40).Draw(t, "words")
		text := strings.Join(words, " ")
		list := Words(text)
		from := rapid.IntRange(0, len(list)-1).Draw(t, "from")
		to := rapid.IntRange(from, len(list)-1).Draw(t, "to")
		a := Make(text, list[from].Start, list[to].End)
		if got, ok := a.Find(NewText(text)); !ok || got != (Span{a.Start, a.End}) {
			t.Fatalf("%+v is found at %v %v", a, got, ok)
		}
		if got, ok := a.Find(NewText("Quite another sentence. " + text)); !ok || got.End-got.Start != a.End-a.Start {
			t.Fatalf("%+v is found at %v %v behind a new sentence", a, got, ok)
		}
	})
}

// Whatever is looked up, spans lie in the text, in order.
func FuzzFind(f *testing.F) {
	f.Add("Nine people died. Nine people fled.", "nine people", "", "fled", 18)
	f.Add("\xff\xfe“a”\u00ad", "“a”", "\xff", "", -4)
	f.Fuzz(func(t *testing.T, text, quote, before, after string, start int) {
		x := NewText(text)
		end := 0
		for _, w := range x.words {
			if w.Start < end || w.End <= w.Start || w.End > len(text) {
				t.Fatalf("word %+v after byte %d of %d", w, end, len(text))
			}
			end = w.End
		}
		for _, s := range x.Locate(quote) {
			if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
				t.Fatalf("span %v in %d bytes", s, len(text))
			}
		}
		s, ok := Anchor{Quote: quote, Before: before, After: after, Start: start}.Find(x)
		if ok && (s.Start < 0 || s.End > len(text) || s.Start >= s.End) {
			t.Fatalf("span %v in %d bytes", s, len(text))
		}
	})
}
