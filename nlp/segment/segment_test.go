package segment

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/jdkato/prose/v2"
	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"
)

// texts returns the sentences' words, line breaks folded to spaces.
func texts(text string, spans []Span) []string {
	var out []string
	for _, s := range spans {
		out = append(out, strings.Join(strings.Fields(text[s.Start:s.End]), " "))
	}
	return out
}

// TestGolden runs one sentence group of our own for each of the 52 golden
// rules of pragmatic_segmenter, and the abbreviations of statements.
func TestGolden(t *testing.T) {
	for _, path := range []string{"testdata/golden.jsonl", "testdata/statements.jsonl"} {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for sc := bufio.NewScanner(f); sc.Scan(); {
			var c struct {
				Rule      int
				Text      string
				Sentences []string
			}
			if err := json.Unmarshal(sc.Bytes(), &c); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.Sentences, texts(c.Text, Document(c.Text))); diff != "" {
				t.Errorf("%s, rule %d: %s", path, c.Rule, diff)
			}
		}
	}
}

// TestRules checks every rule against the example that documents it.
func TestRules(t *testing.T) {
	for _, r := range Rules {
		t.Run(r.ID, func(t *testing.T) {
			if r.Doc == "" || !strings.Contains(r.Example, "|") {
				t.Fatal("a rule needs a sentence of documentation and an example")
			}
			var want []string
			for s := range strings.SplitSeq(r.Example, "|") {
				want = append(want, strings.TrimSpace(s))
			}
			text := strings.ReplaceAll(r.Example, "| ", "")
			text = strings.ReplaceAll(text, "|", "")
			if diff := cmp.Diff(want, texts(text, Sentences(text))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestRuleFires proves that each rule's example needs the rule: it must
// decide at least one gap of it.
func TestRuleFires(t *testing.T) {
	for k, r := range Rules {
		text := strings.ReplaceAll(strings.ReplaceAll(r.Example, "| ", ""), "|", "")
		blocks := paragraphs(text, wrapped)
		g := newGaps(text, split(text, blocks[0]), engineStops(text, blocks))
		fired := false
		g.walk(func(i int) bool {
			fired = fired || Rules[k].apply(g, i) != silent
			return g.rule(i) == cut
		})
		if !fired {
			t.Errorf("rule %s is silent on its own example", r.ID)
		}
	}
}

func TestDocumentLines(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"heading", "Statement of the Ministry\n\nWe regret the loss. It was avoidable.", []string{"Statement of the Ministry", "We regret the loss.", "It was avoidable."}},
		{"wrapped", "The observers who reached the bridge on Monday found no\nUniversal Relief trucks there. They went home the\nsame day.", []string{"The observers who reached the bridge on Monday found no Universal Relief trucks there.", "They went home the same day."}},
		{"bullets", "We ask for:\n- free passage\n- fuel and water\n- a hearing", []string{"We ask for:", "- free passage", "- fuel and water", "- a hearing"}},
		{"lettered", "The Council\n(a) Condemns the attack;\n(b) Calls for restraint.", []string{"The Council", "(a) Condemns the attack;", "(b) Calls for restraint."}},
		{"signature", "We remain ready to help in every way that the parties may accept.\nYours sincerely,\nAna Petrov\nAmbassador", []string{"We remain ready to help in every way that the parties may accept.", "Yours sincerely,", "Ana Petrov", "Ambassador"}},
		{"markdown heading", "# Communiqué\nThe talks are over.", []string{"# Communiqué", "The talks are over."}},
		{"carriage returns", "One.\r\n\r\nTwo.", []string{"One.", "Two."}},
		{"space only", " \n\t\n ", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, texts(tt.text, Document(tt.text))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestAll proves that a block is cut the same way alone and among others.
func TestAll(t *testing.T) {
	text := "Heading of the paper\nMr. Lane left. He was tired.\n(skip this. Really.)\n“No.” She stayed"
	at := func(s string) Span { i := strings.Index(text, s); return Span{i, i + len(s)} }
	blocks := []Span{at("Heading of the paper"), at("Mr. Lane left. He was tired."), at("“No.” She stayed")}
	for i, spans := range All(text, blocks) {
		block := text[blocks[i].Start:blocks[i].End]
		if diff := cmp.Diff(texts(block, Sentences(block)), texts(text, spans)); diff != "" {
			t.Errorf("block %d: %s", i, diff)
		}
	}
}

// check fails if spans do not cover text as the package promises.
func check(t interface{ Fatalf(string, ...any) }, text string, spans []Span) {
	at := 0
	for _, s := range spans {
		if s.Start < at || s.End <= s.Start || s.End > len(text) {
			t.Fatalf("span %v after byte %d of %q", s, at, text)
		}
		if strings.TrimFunc(text[at:s.Start], unicode.IsSpace) != "" {
			t.Fatalf("%q lies outside the sentences of %q", text[at:s.Start], text)
		}
		if trim(text, s) != s {
			t.Fatalf("white space at the ends of %q", text[s.Start:s.End])
		}
		at = s.End
	}
	if strings.TrimFunc(text[at:], unicode.IsSpace) != "" {
		t.Fatalf("%q lies outside the sentences of %q", text[at:], text)
	}
}

func TestCover(t *testing.T) {
	piece := rapid.SampledFrom([]string{" ", "\n", "\n\n", ".", "!", "?", "…", ". .", "Mr", "U.S", "the", "The", "café", "Ünal", "1", "2.", "(a)", "•", "“", "”", "\"", "(", ")", "—", "\x00", "\xff", "\u00a0", "\u2028", "http://a.b", "-----------", "[1]"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 40).Draw(t, "pieces"), "")
		check(t, text, Document(text))
		check(t, text, Sentences(text))
	})
}

// TestLinearTime gives texts on which the engine or a regular expression could
// take quadratic time; each must be done in a fraction of the time limit.
func TestLinearTime(t *testing.T) {
	const n = 1 << 20
	inputs := map[string]string{
		"empty":        "",
		"nul":          "\x00\x00.",
		"invalid":      "a\xff\xfe. B\xc3",
		"brackets":     strings.Repeat("(", 20_000) + strings.Repeat(")", 20_000),
		"dots":         strings.Repeat(".", n),
		"spaced dots":  strings.Repeat(". ", n/2),
		"dotted":       strings.Repeat("a.", n/2),
		"run together": strings.Repeat("end.Begin", n/9),
		"digits":       strings.Repeat("1", n),
		"words":        strings.Repeat("word ", n/5),
		"initials":     strings.Repeat("A. ", n/3),
		"lines":        strings.Repeat("x\n", n/2),
		"quotes":       strings.Repeat("\"a.\" ", n/5),
		"marks":        strings.Repeat("a?! ", n/4),
	}
	for name, text := range inputs {
		start := time.Now()
		check(t, text, Document(text))
		if d := time.Since(start); d > 8*time.Second {
			t.Errorf("%s: %v for %d bytes", name, d, len(text))
		} else if testing.Verbose() {
			t.Logf("%s: %v", name, d)
		}
	}
}

// TestEngine proves that the engine that is kept says what prose says, also
// when it is used from several goroutines.
func TestEngine(t *testing.T) {
	texts := []string{
		"", ".", benchText()[:3000],
		"Mr. J. Smith of the U.N. said \"no.\" He left at 6 p.m. on Oct. 4. It rained… Then? “Yes!” she said. And so on. . . . Yahoo! is here. F.B.I. Agents came.",
		"One.\n\nTwo.  Three\u00a0. é.",
	}
	var g errgroup.Group
	for range 4 {
		for _, text := range texts {
			g.Go(func() error {
				doc, err := prose.NewDocument(text, prose.WithTagging(false), prose.WithExtraction(false), prose.WithTokenization(false))
				if err != nil {
					return err
				}
				var got, want []string
				for _, s := range engine().Tokenize(text) {
					got = append(got, strings.TrimSpace(s.Text))
				}
				for _, s := range doc.Sentences() {
					want = append(want, s.Text)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					return errors.New(diff)
				}
				return nil
			})
		}
	}
	if err := g.Wait(); err != nil {
		t.Error(err)
	}
}

// TestLong proves that a run without end is cut into pieces of the length of
// sentences, at the better places, and that a long sentence stays whole.
func TestLong(t *testing.T) {
	whole := strings.Repeat("and the river, ", 70)
	if got := Document(whole); len(got) != 1 {
		t.Errorf("210 words: %d sentences", len(got))
	}
	for name, unit := range map[string]string{
		"words":    "word ",
		"clauses":  "the army, which had crossed the river near the old town; ",
		"joined":   "the army crossed the river and ",
		"no space": "aé",
		"brackets": "([",
		"commas":   "a,",
		"invalid":  "\x80",
	} {
		text := strings.Repeat(unit, 40_000/len(unit))
		spans := Document(text)
		check(t, text, spans)
		for i, s := range spans {
			piece := text[s.Start:s.End]
			if n := len(strings.Fields(piece)); n > pieceSize || len(piece) > chunkBytes*pieceSize {
				t.Fatalf("%s: a piece of %d words, %d bytes", name, n, len(piece))
			}
			if i == len(spans)-1 {
				continue
			}
			if n := len(strings.Fields(piece)); name == "clauses" && !strings.HasSuffix(piece, ";") || name == "joined" && !strings.HasSuffix(piece, "river") || name == "words" && n < pieceSize/2 {
				t.Errorf("%s: cut after %q", name, piece)
			}
		}
	}
}

func FuzzDocument(f *testing.F) {
	for _, s := range []string{"", "Mr. X left. He ran.", "a.\n\nb", "1) A 2) B", ". . . . X", "world.Today", "\xff.\x00 A", "“No.” she said… [1] Yes", "— I", strings.Repeat("word, ", 400), strings.Repeat("é(", 3000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		check(t, text, Document(text))
		check(t, text, Sentences(text))
	})
}

func benchText() string {
	return strings.Repeat("The delegation of Velmora, led by Lt. Gen. Aro Tamm, said on 4 May 2031 that at least 12 people had died near the bridge. "+
		"“We did not fire,” it added. According to para. 4 of the letter (see S/2031/12), the shelling began at 6 a.m. and went on for 3.5 hours. "+
		"Who is to blame? The mission has no answer; it has asked both sides, e.g. by letter, to keep the peace.\n\n", 2500)
}

func BenchmarkDocument(b *testing.B) {
	text := benchText()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Document(text)
	}
}

// BenchmarkStart is one small text: the cost of starting the engine.
func BenchmarkStart(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Sentences("The talks failed. Nobody was surprised.")
	}
}

// An abbreviation of two classes would be of the one or the other by chance.
func TestOneClassEach(t *testing.T) {
	in := map[string]class{}
	for c, list := range abbreviations {
		for _, a := range strings.Fields(list) {
			a = strings.TrimSuffix(a, ".")
			if other, ok := in[a]; ok {
				t.Errorf("%s stands in the classes %d and %d", a, other, c)
			}
			in[a] = c
		}
	}
}
