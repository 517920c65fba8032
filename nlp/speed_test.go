package nlp

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"counterclaim/nlp/claims"
	"counterclaim/nlp/entities"
	"counterclaim/nlp/read"
)

const paragraph = "The delegation of Velmora, led by Lt. Gen. Aro Tamm, said on 4 May 2031 that at least 12 people had died near the bridge of Osk. " +
	"“We did not fire,” it added. According to para. 4 of the letter (see S/2031/12), the shelling began at 6 a.m. and went on for 3.5 hours. " +
	"The Ministry of Foreign Affairs of the Republic of Ostria, which had promised to withdraw its troops within 24 hours, refused to answer. " +
	"Two days later the mission, whose 40 observers had reached the village, found more than 300 houses destroyed.\n\n"

// cpu is the time that this process has computed.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano())
}

// withoutEncoder does all of Analyze but what the encoder does: sentences,
// words, trees, names, values, and the fields of two claims a sentence.
func withoutEncoder(text string) *Document {
	d := &Document{Text: text, Blocks: []read.Block{{End: len(text)}}}
	d.Sentences = sentences(d)
	parse([]*Document{d})
	understand(d, Options{Names: entities.NewResolver(nil), Date: time.Date(2031, 5, 14, 0, 0, 0, 0, time.UTC)})
	a := newAnalyst(d)
	for i, s := range d.Sentences {
		a.read(i)
		for n := len(s.Tokens) - 1; n > 0; n -= max(6, len(s.Tokens)/2) {
			if c, ok := a.claim(claims.Span{Start: s.Tokens[max(0, n-8)].Start, End: s.Tokens[n].End}); ok {
				d.Claims = append(d.Claims, c)
			}
		}
	}
	return d
}

// varied is about n words in paragraphs of which no sentence stands twice: what
// stands again is worked out once.
func varied(n int) string {
	var b strings.Builder
	for i := range n / len(strings.Fields(paragraph)) {
		number := fmt.Sprint(i)
		_, _ = strings.NewReplacer("12 people", number+" people", "not fire,", "not fire "+number+" times,", "3.5 hours", number+".5 hours",
			"24 hours", number+" hours", "40 observers", number+" observers").WriteString(&b, paragraph) // a Builder does not fail
	}
	return b.String()
}

// BenchmarkAnalyze counts words a second of computing time, for all that the
// package does.
func BenchmarkAnalyze(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		text := varied(n)
		words := len(strings.Fields(text))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var spent time.Duration
			for b.Loop() {
				model, err := OpenModel([]byte(modelFile)) // which remembers nothing
				if err != nil {
					b.Fatal(err)
				}
				start := cpu()
				Analyze(&read.Text{Canonical: text, Blocks: []read.Block{{Kind: read.Paragraph, End: len(text)}}}, Options{Model: model})
				spent += cpu() - start
			}
			b.ReportMetric(float64(words*b.N)/spent.Seconds(), "words/cpu-s")
		})
	}
}

// BenchmarkWithoutEncoder counts words a second of computing time.
func BenchmarkWithoutEncoder(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		text := varied(n)
		words := len(strings.Fields(text))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			withoutEncoder(paragraph)
			start := cpu()
			for b.Loop() {
				withoutEncoder(text)
			}
			b.ReportMetric(float64(words*b.N)/(cpu()-start).Seconds(), "words/cpu-s")
		})
	}
}

// TestLongSentence proves that a text without a stop takes time in proportion
// to its length, and is read to its end.
func TestLongSentence(t *testing.T) {
	if testing.Short() {
		t.Skip("holds a clock")
	}
	for name, unit := range map[string]string{
		"words":  "word ",
		"clause": "the army crossed the river near the town ",
		"marks":  "a([",
	} {
		took := func(n int) time.Duration {
			text := strings.Repeat(unit, n/len(unit)+1)
			best := time.Hour
			for range 2 {
				start := cpu()
				d := Analyze(&read.Text{Canonical: text, Blocks: []read.Block{{Kind: read.Paragraph, End: len(text)}}}, Options{})
				best = min(best, cpu()-start)
				for _, c := range d.Claims {
					if d.Text[c.Start:c.End] != c.Text {
						t.Fatalf("%s: %q stands at %d", name, c.Text, c.Start)
					}
				}
				if last := d.Sentences[len(d.Sentences)-1]; last.End != len(strings.TrimRight(text, " ")) {
					t.Fatalf("%s: read to byte %d of %d", name, last.End, len(text))
				}
				if n := len(d.Claims); name == "clause" && n > 0 && d.Claims[n-1].End < len(text)*9/10 {
					t.Errorf("%s: last claim ends at byte %d of %d", name, d.Claims[n-1].End, len(text))
				}
			}
			return best
		}
		took(100)
		if small, large := took(4_000), took(16_000); large > 10*small {
			t.Errorf("%s: %v for 4 kB, %v for 16 kB", name, small, large)
		}
	}
}

// What is hostile takes no more than in proportion to its length.
func TestLinearTimeWithoutEncoder(t *testing.T) {
	if testing.Short() {
		t.Skip("holds a clock")
	}
	for name, unit := range map[string]string{
		"plain":          paragraph,
		"one sentence":   "the dam and the gate of the town in Osk and ",
		"pronouns":       "it and they said that it and they said that ",
		"according":      "according to the mission, ",
		"numbers":        "12 of 30 on 4 May at 6 a.m. within 2 hours, ",
		"names":          "Aro Tamm of Velmora, ",
		"possessives":    "its their our its ",
		"no spaces":      "aaaaaaaaaaaaaaaaaaaaaaaa",
		"marks":          ". , ; “ ( ) ” — ",
		"negation":       "not no never without failing to ",
		"relative":       "which that who which the ship that ",
		"capital letter": "A B C. D. ",
	} {
		took := func(n int) time.Duration {
			text := strings.Repeat(unit, n/len(unit)+1)
			best := time.Hour
			for range 2 {
				start := cpu()
				withoutEncoder(text)
				best = min(best, cpu()-start)
			}
			return best
		}
		small, large := took(1_000), took(8_000)
		if large > 24*max(small, 4*time.Millisecond) {
			t.Errorf("%s: %v for 1 kB, %v for 8 kB", name, small, large)
		}
	}
}
