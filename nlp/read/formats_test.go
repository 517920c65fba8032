package read

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// source is the words of the letter that the fixtures were made from, its
// Markdown taken off by other means than those under test.
func source(t testing.TB, table bool) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/formats/letter.md")
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`\[\^\d\](: )?`).ReplaceAllString(string(data), "")
	text = regexp.MustCompile(`(?m)^(#+ |- |\|[:|-]+$)`).ReplaceAllString(text, "")
	if !table {
		text = regexp.MustCompile(`(?m)^\|.*$`).ReplaceAllString(text, "")
	}
	return wordsOf(strings.ReplaceAll(text, "|", " "))
}

// wordsOf are the letters and digits of each word.
func wordsOf(text string) []string {
	var out []string
	for _, f := range strings.Fields(text) {
		w := strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, f)
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}

// inOrder is how many words of a come in b in the same order: the longest
// common subsequence.
func inOrder(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			next := max(row[j+1], row[j])
			if x == y {
				next = max(next, diagonal+1)
			}
			diagonal, row[j+1] = row[j+1], next
		}
	}
	return row[len(b)]
}

// TestFormatsKeepTheWords: the words of a document come through in their
// order, whatever it was made with, and none that are not its own.
func TestFormatsKeepTheWords(t *testing.T) {
	for _, c := range []struct {
		file  string
		least float64
	}{
		{"pandoc.docx", 0.995}, {"office.docx", 0.995}, {"pandoc.html", 0.995}, {"office.html", 0.995}, {"page.html", 0.995},
		{"office-one.pdf", 0.995}, {"print-one.pdf", 0.995}, {"troff-one.pdf", 0.995}, {"rotated.pdf", 0.995}, {"open-locked.pdf", 0.995},
		{"office-two.pdf", 0.98}, {"print-two.pdf", 0.98}, {"troff-two.pdf", 0.98},
	} {
		t.Run(c.file, func(t *testing.T) {
			text, err := ReadFile(filepath.Join("testdata/formats", c.file), DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			laws(t, nil, text)
			want, got := source(t, c.file != "office-two.pdf"), wordsOf(text.Canonical)
			n := inOrder(want, got)
			found, right := float64(n)/float64(len(want)), float64(n)/float64(len(got))
			t.Logf("%.2f %% of the words in order, %.2f %% of what was read is of the text", 100*found, 100*right)
			if found < c.least || right < c.least {
				t.Errorf("%.4f of the words in order, %.4f of what was read is of the text, want %.3f", found, right, c.least)
			}
		})
	}
}
