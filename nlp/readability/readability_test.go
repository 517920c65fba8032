package readability

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestSyllables(t *testing.T) {
	for word, want := range map[string]int{
		"the": 1, "table": 2, "tables": 2, "hope": 1, "hoped": 1, "hopes": 1, "waited": 2, "settled": 2, "ruled": 1, "movement": 2,
		"nation": 2, "special": 2, "media": 3, "society": 4, "being": 2, "going": 2, "didn't": 2, "rhythm": 2,
		"quiet": 2, "question": 2, "responsibility": 6, "sovereignty": 4, "21": 1, "well-known": 2, "x": 1, "": 1, "président": 3,
	} {
		if got := Syllables(word); got != want {
			t.Errorf("Syllables(%q) = %d, want %d", word, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	got := Words("“No,” said the skipper’s mate – at 21.40! (…)")
	want := []string{"No", "said", "the", "skipper’s", "mate", "at", "21.40"}
	if len(got) != len(want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("word %d is %q, want %q", i, got[i], want[i])
		}
	}
}

// Counted by hand: 10 words, 2 sentences, 13 syllables.
func TestGrade(t *testing.T) {
	got := Grade([]string{"The water rose over the bank.", "We left the valley."})
	want := 0.39*10/2 + 11.8*13/10 - 15.59
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("grade %f, want %f", got, want)
	}
	if got := Grade([]string{"…", " "}); got != 0 {
		t.Errorf("a text without words has the grade %f", got)
	}
	easy := Grade([]string{"The boat sank.", "They got out."})
	hard := Grade([]string{"Notwithstanding the aforementioned considerations, responsibility for the deterioration of humanitarian conditions remains indivisible."})
	if easy >= hard {
		t.Errorf("the easy text has grade %f, the hard one %f", easy, hard)
	}
}

func TestZipf(t *testing.T) {
	the, water, aerodrome, none := Zipf("the"), Zipf("water"), Zipf("aerodrome"), Zipf("xqzzy")
	if the < 7 || water < 5 || water >= the || aerodrome >= water || none != Rarest {
		t.Errorf("the %.1f, water %.1f, aerodrome %.1f, unknown %.1f", the, water, aerodrome, none)
	}
}

func TestMeaning(t *testing.T) {
	got, ok := Meaning("aerodrome", 'n')
	if want := "an airfield equipped with control tower and hangars as well as accommodations for passengers and cargo"; !ok || got != want {
		t.Errorf("got %q", got)
	}
	for _, w := range []string{"water", "xqzzy", ""} {
		if got, ok := Meaning(w, 'n'); ok {
			t.Errorf("%q means %q; such words have no meaning here", w, got)
		}
	}
	for k, m := range meanings() {
		if m == "" || len(k) < 2 {
			t.Fatalf("%q means %q", k, m)
		}
	}
}

func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		if n := Syllables(s); n < 1 || n > len(s)+2 {
			t.Fatalf("%d syllables", n)
		}
		if g := Grade([]string{s, s}); g < 0 || math.IsNaN(g) {
			t.Fatalf("grade %f", g)
		}
	})
}
