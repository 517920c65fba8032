package read

import (
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func FuzzRead(f *testing.F) {
	for _, file := range fixtures(f) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(true, data)
	}
	for _, s := range []string{
		"a\x00b\x00", "\xff\xfea\x00", "\xfe\xff\x00a\xd8\x00", "caf\xe9 au lait", "x\xff", "**a *b** c*", "[a](b[c](d", "[^1]: x[^1]",
		"```\na\n", "> > a\n>\n> b", "|a|b|\n|-|-|\n|c", "# \n#\n##a\n# b #\n", "a\n===\nb\n---\n", "---\na: b\n---\nc", "<!-- a\nb", "<a\n>",
		"\f1\f2\f3\f", "1. a\n(a) b\nA. c\nB. d\n", "a-\nb\nc–\nd—\ne", "&#0;&#xD800;&nbsp;&shy;", "a\t\tb\nc\t\td", "\u00ad\u200b\ufeff", "*\u00a0*\n_\u2028_", "$(Signed) a\nb", "Q: a\nA: b",
	} {
		f.Add(false, []byte(s))
		f.Add(true, []byte(s))
	}
	f.Fuzz(func(t *testing.T, markdown bool, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		name := "x.txt"
		if markdown {
			name = "x.md"
		}
		text, err := Read(name, data)
		if err != nil {
			if strings.Contains(err.Error(), "\n") || text != nil {
				t.Fatalf("%v with %v", err, text)
			}
			return
		}
		laws(t, data, text)
	})
}

// TestEveryWordIsKept: whatever the lines and marks, a text without links,
// tags, entities, footnotes, form feeds, page numbers and broken words comes
// through letter by letter.
func TestEveryWordIsKept(t *testing.T) {
	plain := []string{
		"The Ministry denies that", "it fired.", "we ask:", "a word", "\n", "\n", "\n\n", "    ", "\t", "- ", "(a) ", "A. ", "B. ", "> ", "Distr.: General",
		"LOUD WORDS", "Dear Sir,", "(Signed) Ann Orr", "ENDS", "Annex", "é“quoted”", "\u00a0", "\u00ad", "***", "[x]", "#", "_", "&", "<b>", "café,", "\r\n", "| a |",
		"9 May 2031", "1. ", "1 See", "o  sub",
	}
	marked := append([]string{"**", "*", "_", "__", "`", "# ", "## ", "\\", "~~", "[", "]", "(", ")", "\n---\n", "\n===\n", "|", "\n|-|-|\n", "!", "  \n", "**bold.**", "*slanted*"}, plain...)
	for name, pieces := range map[string][]string{"x.txt": plain, "x.md": marked} {
		rapid.Check(t, func(t *rapid.T) {
			glue := rapid.SampledFrom([]string{" ", ""}).Draw(t, "glue")
			in := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 60).Draw(t, "pieces"), glue)
			if name == "x.txt" && looksMarkdown(name, in, splitLines(in)) || name == "x.md" && strings.ContainsAny(in, "<&") || strings.Contains(in, "](") {
				t.Skip("markup that hides words")
			}
			text, err := Read(name, []byte(in))
			if err != nil {
				// Lines may hold no more than a marker each.
				if len(onlyWords(in)) > 2*(1+strings.Count(in, "\n")) {
					t.Fatal(err)
				}
				return
			}
			laws(t, []byte(in), text)
			if got, want := onlyWords(withMarkers(text)), onlyWords(in); got != want {
				t.Fatalf("got %q, want %q of %q", got, want, in)
			}
		})
	}
}

// TestReadLinearTime: inputs that make careless parsers quadratic take a
// fraction of a second; quadratic time would be minutes.
func TestReadLinearTime(t *testing.T) {
	word := "The Ministry denies it. "
	for name, in := range map[string]string{
		"brackets":         strings.Repeat("[", 20000),
		"bracket pairs":    strings.Repeat("[](", 20000),
		"links":            strings.Repeat("[a](b", 20000),
		"parentheses":      strings.Repeat("(", 20000) + strings.Repeat(")", 20000),
		"stars":            strings.Repeat("*a_ ", 50000),
		"star runs":        strings.Repeat("**a*", 50000),
		"backticks":        "a " + strings.Repeat("`", 100000) + "a",
		"tick ladders":     ladder(400),
		"tags":             strings.Repeat("<a ", 50000),
		"comments":         strings.Repeat("<!-- ", 50000),
		"comment lines":    strings.Repeat("<!-- a\n", 20000),
		"entities":         strings.Repeat("&a", 100000),
		"quotes":           strings.Repeat(">", 100000) + "a",
		"long line":        strings.Repeat(word, 1<<20/len(word)),
		"long word":        strings.Repeat("a", 1<<20),
		"short lines":      strings.Repeat("a\n", 100000),
		"blank lines":      strings.Repeat("\n", 1<<20) + "a",
		"spaces":           "a" + strings.Repeat(" ", 1<<20) + "b",
		"form feeds":       strings.Repeat("a\f", 100000),
		"table rows":       "|a|\n|-|\n" + strings.Repeat("|a", 100000),
		"hyphens":          strings.Repeat("The words of the lines are broken by hy-\nphens and more ", 5000),
		"lower paragraphs": strings.Repeat("and so the words of these lines go on and on\n\n", 5000),
		"markers":          strings.Repeat("1. a\n(a) b\n", 20000),
		"dates":            strings.Repeat("7 May 2031 ", 20000),
		"definitions":      strings.Repeat("[a]: b://c\n", 20000) + strings.Repeat("[a][a]", 20000) + " x",
		"underlines":       strings.Repeat("a\n-\n", 50000),
	} {
		for _, file := range []string{"x.md", "x.txt"} {
			start := time.Now()
			text, err := Read(file, []byte(in))
			if err != nil {
				if hasWord(in) {
					t.Errorf("%s: %v", name, err)
				}
				continue
			}
			for i := range 20000 {
				text.Source.Position(i * len(text.Canonical) / 20000)
			}
			if d := time.Since(start); d > 8*time.Second {
				t.Errorf("%s as %s took %v", name, file, d)
			} else if testing.Verbose() {
				t.Logf("%-16s %s %v", name, file, d)
			}
		}
	}
}

// ladder is runs of 1, 2, 3 ... backticks, none of which closes another.
func ladder(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		b.WriteString(strings.Repeat("`", i) + "a")
	}
	return b.String()
}

func BenchmarkRead(b *testing.B) {
	for _, file := range []string{"testdata/letter.txt", "testdata/wrapped.txt"} {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		big := []byte(strings.Repeat(string(data)+"\n\n", 1<<20/len(data)))
		b.Run(strings.TrimPrefix(file, "testdata/"), func(b *testing.B) {
			b.SetBytes(int64(len(big)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(file, big); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
