package values

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"counterclaim/nlp/syntax"
)

var update = flag.Bool("update", false, "rewrite the golden file")

// reference of the golden file: a Wednesday, and the Friday before it as anchor.
var reference = Reference{
	Date:   time.Date(2031, 5, 14, 0, 0, 0, 0, time.UTC),
	Anchor: time.Date(2031, 5, 9, 0, 0, 0, 0, time.UTC),
}

// sentences are those of the golden file.
func sentences(t testing.TB) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/find.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimRight(line, "\n"); line != "" && !strings.HasPrefix(line, "    ") {
			out = append(out, line)
		}
	}
	return out
}

func find(text string) []Value {
	ref := reference
	ref.Text = text
	return Find(tokenize(text), ref)
}

// TestFind reads every sentence of testdata/find.txt and compares what is
// found with the lines below it. The wanted values were read by eye.
func TestFind(t *testing.T) {
	want, err := os.ReadFile("testdata/find.txt")
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, sentence := range sentences(t) {
		got.WriteString(sentence + "\n")
		for _, v := range find(sentence) {
			got.WriteString("    " + render(v) + "\n")
		}
	}
	if *update {
		if err := os.WriteFile("testdata/find.txt", []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	wantLines, gotLines := strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")
	sentence := ""
	for i := range min(len(wantLines), len(gotLines)) {
		if !strings.HasPrefix(gotLines[i], "    ") {
			sentence = gotLines[i]
		}
		if wantLines[i] != gotLines[i] {
			t.Fatalf("line %d, %q:\n got %s\nwant %s", i+1, sentence, gotLines[i], wantLines[i])
		}
	}
	if len(wantLines) != len(gotLines) {
		t.Fatalf("got %d lines, want %d", len(gotLines), len(wantLines))
	}
}

// TestFindNothing holds sentences without any value.
func TestFindNothing(t *testing.T) {
	for _, text := range []string{
		"", " ", "It may march on.", "They are at one with the law.", "One must not forget it.",
		"No longer do they come.", "There is no doubt of it.", "Resolution 1374 (2030) applies.",
		"Article 6 and paragraph 3 (b) apply.", "items 31, 61, 69, 83 and 109", "Order No. 44 was signed.",
		"S/2014/189, A/88/417 and 61/2033", "The F-16 met the A320.", "It is once again so; at once they left.",
		"Gate 7 and Runway 06 were closed.", "Version 3.2.1 came out.", "Wait a second.", "Nothing was found.",
		"This one and that one will do.", "He took it over.",
	} {
		for _, v := range find(text) {
			if v.Kind == Ordinal && text == "Wait a second." {
				continue // an ordinal until tags say that it is a noun
			}
			t.Errorf("%q: found %s", text, render(v))
		}
	}
}

// TestTokenizations finds the same values however the words are cut.
func TestTokenizations(t *testing.T) {
	for _, text := range sentences(t) {
		ref := reference
		ref.Text = text
		want := Find(tokenize(text), ref)
		got := Find(syntax.Tokenize(text, 0), ref)
		if len(got) != len(want) {
			t.Errorf("%q: %d values with one tokenizer, %d with the other", text, len(want), len(got))
			continue
		}
		for i := range got {
			if render(got[i]) != render(want[i]) {
				t.Errorf("%q: %s, with the other tokenizer %s", text, render(want[i]), render(got[i]))
			}
		}
	}
}

// check holds the laws of Find's result.
func check(t *testing.T, text string, values []Value) {
	t.Helper()
	end := 0
	for _, v := range values {
		if v.Start < end || v.End <= v.Start || v.End > len(text) {
			t.Fatalf("%q: bad span [%d, %d) after %d", text, v.Start, v.End, end)
		}
		end = v.End
		if text[v.Start:v.End] != v.Text {
			t.Fatalf("%q: text %q at [%d, %d)", text, v.Text, v.Start, v.End)
		}
		if !(v.Min <= v.Max) {
			t.Fatalf("%q: min %v above max %v", text, v.Min, v.Max)
		}
		if !v.From.IsZero() && !v.To.IsZero() && !v.To.After(v.From) {
			t.Fatalf("%q: from %v not before to %v", text, v.From, v.To)
		}
		if v.Counts != "" && v.CountsEnd <= v.CountsStart && v.Counts != "age" {
			t.Fatalf("%q: %q counted nowhere", text, v.Counts)
		}
		if Compare(v, v) != Same {
			t.Fatalf("%q: %s is not the same as itself", text, render(v))
		}
	}
}

func TestOffsets(t *testing.T) {
	for _, text := range sentences(t) {
		check(t, text, find(text))
	}
}

// TestBase keeps offsets that start elsewhere, and puts the text together from tokens.
func TestBase(t *testing.T) {
	got := Find(syntax.Tokenize("at least 12 dead", 100), Reference{})
	if len(got) != 1 || got[0].Start != 100 || got[0].End != 111 || got[0].Text != "at least 12" || got[0].CountsStart != 112 {
		t.Errorf("got %+v", got)
	}
}

func TestUnresolved(t *testing.T) {
	for _, c := range []struct {
		text             string
		year, month, day int
	}{
		{"It began on 5 May.", 0, 5, 5}, {"It began in June.", 0, 6, 0}, {"It began on Tuesday.", 0, 0, 0},
		{"It began yesterday.", 0, 0, 0}, {"It began two days later.", 0, 0, 0},
	} {
		got := Find(tokenize(c.text), Reference{})
		if len(got) != 1 || got[0].Kind != Date || !got[0].From.IsZero() || !got[0].To.IsZero() {
			t.Errorf("%q: got %v", c.text, got)
			continue
		}
		if got[0].Year != c.year || got[0].Month != c.month || got[0].Day != c.day {
			t.Errorf("%q: parts %d-%d-%d", c.text, got[0].Year, got[0].Month, got[0].Day)
		}
	}
}

func TestNextAnchor(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2031, 5, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		text string
		want time.Time
	}{
		{"On 5 May it began.", day(5)},
		{"At 06:40 on 6 May it sank.", day(6)},
		{"At 02:00 (UTC+7) on 6 May it sank.", day(6)},
		{"In 2030 all was well.", reference.Anchor},
		{"At 06:40 it sank.", reference.Anchor},
		{"On 5 May it began; two days later it was over.", day(7)},
	} {
		if got := NextAnchor(find(c.text), reference.Anchor); !got.Equal(c.want) {
			t.Errorf("%q: got %v, want %v", c.text, got, c.want)
		}
	}
}

func TestStatedZone(t *testing.T) {
	for _, c := range []struct {
		text string
		zone int
		ok   bool
	}{
		{"All times are UTC.", 0, true},
		{"Times are in Coordinated Universal Time (UTC).", 0, true},
		{"All times are local (UTC+4).", 240, true},
		{"All times local.", 0, false},
		{"He came many times to UTC.", 0, false},
	} {
		if zone, ok := StatedZone(tokenize(c.text)); zone != c.zone || ok != c.ok {
			t.Errorf("%q: got %d %v", c.text, zone, ok)
		}
	}
}

// TestTags lets tags settle what the words leave open.
func TestTags(t *testing.T) {
	tag := func(text string, upos ...string) []syntax.Token {
		tokens := tokenize(text)
		for i := range tokens {
			tokens[i].UPOS = upos[i]
			tokens[i].Lemma = singular(strings.ToLower(tokens[i].Text))
			tokens[i].XPOS = map[string]string{"NUM": "CD", "PRON": "PRP", "AUX": "MD", "NOUN": "NN"}[upos[i]]
		}
		return tokens
	}
	one := tag("one wounded police officer", "NUM", "ADJ", "NOUN", "NOUN")
	if got := Find(one, Reference{}); len(got) != 1 || got[0].Counts != "officer" {
		t.Errorf("got %+v", got)
	}
	possessive := tag("two of the operator's gatekeepers", "NUM", "ADP", "DET", "NOUN", "NOUN")
	if got := Find(possessive, Reference{}); len(got) != 1 || got[0].Counts != "gatekeeper" {
		t.Errorf("got %+v", got)
	}
	shots := tag("two warning shots fell", "NUM", "VERB", "NOUN", "VERB")
	if got := Find(shots, Reference{}); len(got) != 1 || got[0].Counts != "shot" {
		t.Errorf("got %+v", got)
	}
	pronoun := tag("and one saw", "CCONJ", "PRON", "VERB")
	if got := Find(pronoun, Reference{}); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
	count := tag("three sheep grazed", "NUM", "NOUN", "VERB")
	if got := Find(count, Reference{}); len(got) != 1 || got[0].Counts != "sheep" {
		t.Errorf("got %+v", got)
	}
}

func TestHostile(t *testing.T) {
	for name, text := range map[string]string{
		"brackets":  strings.Repeat("(", 20000),
		"digits":    strings.Repeat("9", 100000),
		"groups":    strings.Repeat("123 ", 20000),
		"commas":    strings.Repeat("1,234,", 20000),
		"numbers":   strings.Repeat("one hundred and ", 20000),
		"and":       strings.Repeat("two and a half and ", 20000),
		"bounds":    strings.Repeat("at least about ", 20000),
		"months":    strings.Repeat("May 3 to ", 20000),
		"clock":     strings.Repeat("10:20 to ", 20000),
		"of":        strings.Repeat("3 of ", 20000),
		"labels":    strings.Repeat("article 3, ", 20000),
		"items":     "items " + strings.Repeat("3, ", 20000),
		"units":     strings.Repeat("3 km/", 20000),
		"codes":     strings.Repeat("A/3-", 20000),
		"durations": strings.Repeat("3 hours 2 minutes and ", 20000),
		"slash":     strings.Repeat("1/2/", 20000),
		"ago":       "99999999999 years ago, 9999999999999 days later",
		"nul":       "a\x00b 12\x00 km \xff\xfe 3\xff",
	} {
		start := time.Now()
		values := find(text)
		check(t, text, values)
		if d := time.Since(start); d > 3*time.Second {
			t.Errorf("%s: %v for %d bytes", name, d, len(text))
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, text := range sentences(f) {
		f.Add(text)
	}
	f.Add("12\x00 \xff km")
	f.Fuzz(func(t *testing.T, text string) {
		ref := reference
		ref.Text = text
		for _, r := range []Reference{ref, {Text: text}} {
			values := Find(tokenize(text), r)
			check(t, text, values)
			values = values[:min(len(values), 20)]
			for _, a := range values {
				for _, b := range values {
					if Compare(a, b) != Compare(b, a) {
						t.Fatalf("%q: %s and %s compare differently in the other order", text, render(a), render(b))
					}
				}
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	var all [][]syntax.Token
	count := 0
	filler := tokenize("the delegation of the neighbouring country expressed its deep regret and asked that the letter be circulated to all members without delay")
	for _, text := range sentences(b) {
		tokens := tokenize(text)
		all = append(all, tokens, filler)
		count += len(tokens) + len(filler)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, tokens := range all {
			Find(tokens, reference)
		}
	}
	b.ReportMetric(float64(count)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
