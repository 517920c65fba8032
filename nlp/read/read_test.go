package read

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// fixtures are the statements in testdata.
func fixtures(t testing.TB) []string {
	t.Helper()
	plain, err1 := filepath.Glob("testdata/*.txt")
	marked, err2 := filepath.Glob("testdata/*.md")
	if err := errors.Join(err1, err2); err != nil || len(plain) == 0 || len(marked) == 0 {
		t.Fatalf("fixtures: %v %v %v", plain, marked, err)
	}
	return append(plain, marked...)
}

func mustRead(t testing.TB, name string, data []byte) *Text {
	t.Helper()
	text, err := Read(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// dump shows a text block by block.
func dump(t *Text) string {
	var b strings.Builder
	day := "none"
	if !t.Date.IsZero() {
		day = t.Date.Format(time.DateOnly)
	}
	fmt.Fprintf(&b, "title: %s\ndate: %s\nlanguage: %s\n", t.Title, day, t.Language())
	for _, block := range t.Blocks {
		p := t.Source.Position(block.Start)
		fmt.Fprintf(&b, "\n%s", block.Kind)
		if block.Level > 0 {
			fmt.Fprintf(&b, " %d", block.Level)
		}
		if block.Marker != "" {
			fmt.Fprintf(&b, " %q", block.Marker)
		}
		fmt.Fprintf(&b, " at %d:%d", p.Line, p.Column)
		if block.RunIn.End > 0 {
			fmt.Fprintf(&b, " run-in %q", t.Canonical[block.RunIn.Start:block.RunIn.End])
		}
		fmt.Fprintf(&b, "\n%s\n", t.Canonical[block.Start:block.End])
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	for _, file := range fixtures(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := ReadFile(file, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			got, golden := dump(text), file+".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("differs from %s:\n%s", golden, got)
			}
		})
	}
}

// failer is a test, or a property test.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// laws checks what holds for every text.
func laws(t failer, data []byte, text *Text) {
	t.Helper()
	c := text.Canonical
	if !utf8.ValidString(c) {
		t.Fatal("canonical text is not UTF-8")
	}
	if strings.ContainsAny(c, "\r\f\t\u00ad\ufeff") || strings.Contains(c, "  ") || strings.Contains(c, "\n\n\n") {
		t.Fatalf("white space is not folded: %q", c)
	}
	end := 0
	for i, b := range text.Blocks {
		if b.Start < end || b.End < b.Start || b.End > len(c) || b.Start == b.End && b.Kind != Rule {
			t.Fatalf("block %d [%d,%d) after %d of %d", i, b.Start, b.End, end, len(c))
		}
		if i > 0 && c[end:b.Start] != "\n\n" {
			t.Fatalf("between blocks: %q", c[end:b.Start])
		}
		s := c[b.Start:b.End]
		if s != strings.TrimSpace(s) || b.Kind != Table && strings.Contains(s, "\n") {
			t.Fatalf("block %d: %q", i, s)
		}
		if r := b.RunIn; r != (Span{}) && (r.Start != b.Start || r.End <= r.Start || r.End > b.End) {
			t.Fatalf("run-in %v of block [%d,%d)", r, b.Start, b.End)
		}
		if b.Kind == "" {
			t.Fatalf("block %d has no kind", i)
		}
		end = b.End
	}
	if end != len(c) {
		t.Fatalf("blocks end at %d of %d", end, len(c))
	}
	last := Position{Line: 1, Column: 1}
	for i := -1; i <= len(c)+1; i++ {
		p := text.Source.Position(i)
		before := p.Line < last.Line || p.Line == last.Line && p.Column < last.Column
		if text.Source.places != nil { // notes come last, wherever they stand
			before, data = false, []byte(text.Source.text)
		}
		if p.Offset < last.Offset || before || p.Offset > len(data) {
			t.Fatalf("position %d: %+v after %+v, file of %d bytes", i, p, last, len(data))
		}
		last = p
	}
}

func TestLaws(t *testing.T) {
	for _, file := range fixtures(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		laws(t, data, mustRead(t, file, data))
	}
}

// TestPositionLeadsToTheByte: bytes of a UTF-8 file that were not changed are
// found again where Position says, on the line and column it says.
func TestPositionLeadsToTheByte(t *testing.T) {
	for _, file := range fixtures(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, variant := range []string{string(data), "\ufeff" + string(data), strings.ReplaceAll(string(data), "\n", "\r\n")} {
			text := mustRead(t, file, []byte(variant))
			lines := strings.Split(strings.TrimPrefix(variant, "\ufeff"), "\n")
			for i, r := range text.Canonical {
				if unicode.IsSpace(r) || r == '|' || r == '–' || r == '&' {
					continue // folded, or a decoded entity
				}
				p := text.Source.Position(i)
				if !strings.HasPrefix(variant[p.Offset:], string(r)) {
					t.Fatalf("%s: byte %d %q is not at %+v", file, i, r, p)
				}
				if got := []rune(lines[p.Line-1])[p.Column-1]; got != r {
					t.Fatalf("%s: byte %d %q: %q at %d:%d", file, i, r, got, p.Line, p.Column)
				}
			}
		}
	}
}

// TestPositionOfEnds: the end of a block is on the line where it ends.
func TestPositionOfEnds(t *testing.T) {
	text := mustRead(t, "x.md", []byte("# Head **of** it\n\nThe Ministry *denies*\nthat it fired on **them**.\n\n\nIt is so.\n\n"))
	for i, want := range []Position{{Line: 1, Column: 17}, {Line: 4, Column: 27}, {Line: 7, Column: 10}} {
		if got := text.Source.Position(text.Blocks[i].End); got.Line != want.Line || got.Column > want.Column || got.Column < want.Column-2 {
			t.Errorf("end of block %d: %+v, want about %+v", i, got, want)
		}
	}
}

// onlyWords keeps letters and digits.
func onlyWords(s string) string {
	return strings.Map(func(r rune) rune {
		if isWordRune(r) {
			return r
		}
		return -1
	}, s)
}

// withMarkers is the canonical text with every marker back in its place.
func withMarkers(text *Text) string {
	var b strings.Builder
	for _, block := range text.Blocks {
		b.WriteString(block.Marker + " " + text.Canonical[block.Start:block.End] + "\n")
	}
	return b.String()
}

// leftOut lists what is not to come through: targets of links, entities,
// comments, footnote marks, page numbers and running heads.
var leftOut = map[string][]string{
	"answers.md":   {`https://example.org/cray "map"`, "ndash", "amp;", "[^1]", "<!-- not for\nprint -->"},
	"article.md":   {"][1]", "[1]: https://example.org/report"},
	"wrapped.txt":  {"A/91/77                                                                1/2\n\f\nA/91/77", "A/91/77                                                                2/2"},
	"exported.txt": {"1 June.1 The", "31-09999 (E)\n*3109999*\n\fS/2031/404", "2/2                                                                            31-09999"},
}

// TestNoWordIsLost: every other letter and digit of the file comes through,
// in order.
func TestNoWordIsLost(t *testing.T) {
	for _, file := range fixtures(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := string(data)
		for _, gone := range leftOut[filepath.Base(file)] {
			if !strings.Contains(want, gone) {
				t.Fatalf("%s has no %q", file, gone)
			}
			kept := ""
			if gone == "1 June.1 The" {
				kept = "1 June. The"
			}
			want = strings.Replace(want, gone, kept, 1)
		}
		text := mustRead(t, file, data)
		if got, want := onlyWords(withMarkers(text)), onlyWords(want); got != want {
			i := 0
			for i < len(got) && i < len(want) && got[i] == want[i] {
				i++
			}
			t.Errorf("%s: got ...%.60q, want ...%.60q", file, got[i:], want[i:])
		}
	}
}

func TestEncodings(t *testing.T) {
	const s = "Statement of the Café “Zürich”\r\n\r\nThe Ministry said – on 4 May – that it had paid 5 € to 12 men. Nobody objected.\r\n"
	want := mustRead(t, "utf8.txt", []byte(s)).Canonical
	units := utf16.Encode([]rune(s))
	le, be := []byte{}, []byte{}
	for _, u := range units {
		le = append(le, byte(u), byte(u>>8))
		be = append(be, byte(u>>8), byte(u))
	}
	west := []byte{}
	for _, r := range s {
		switch r {
		case '“':
			west = append(west, 0x93)
		case '”':
			west = append(west, 0x94)
		case '–':
			west = append(west, 0x96)
		case '€':
			west = append(west, 0x80)
		default:
			west = append(west, byte(r))
		}
	}
	// Without a byte order mark only Western text is recognised; its dashes
	// and quotes have no zero byte but must not hide that.
	for name, data := range map[string][]byte{
		"utf-16le": append([]byte{0xFF, 0xFE}, le...),
		"utf-16be": append([]byte{0xFE, 0xFF}, be...),
		"bare le":  le,
		"bare be":  be,
		"cp1252":   west,
		"bom":      append([]byte("\ufeff"), s...),
	} {
		text := mustRead(t, name, data)
		if text.Canonical != want {
			t.Errorf("%s: %q, want %q", name, text.Canonical, want)
		}
		laws(t, data, text)
		at := strings.Index(text.Canonical, "Nobody")
		p := text.Source.Position(at)
		found := string(data[p.Offset:min(p.Offset+12, len(data))])
		if got := strings.ReplaceAll(found, "\x00", ""); !strings.HasPrefix(got, "Nobody") {
			t.Errorf("%s: Position(%d) = %+v, there is %q", name, at, p, found)
		}
		if wantColumn := utf8.RuneCountInString("The Ministry said – on 4 May – that it had paid 5 € to 12 men. ") + 1; p.Line != 3 || p.Column != wantColumn {
			t.Errorf("%s: %+v, want line 3, column %d", name, p, wantColumn)
		}
	}
}

func TestErrors(t *testing.T) {
	big := filepath.Join(t.TempDir(), "big.txt")
	if err := os.WriteFile(big, make([]byte, 101), 0o644); err != nil {
		t.Fatal(err)
	}
	read := func(name, data string) func() (*Text, error) {
		return func() (*Text, error) { return Read(name, []byte(data)) }
	}
	file := func(path string, limit int64) func() (*Text, error) {
		return func() (*Text, error) { return ReadFile(path, Limits{Bytes: limit}) }
	}
	for _, c := range []struct {
		name string
		read func() (*Text, error)
		want string // the beginning of the message
	}{
		{"empty", read("a.txt", ""), "a.txt: no text in this file; "},
		{"white space", read("a.txt", " \n\t\r\n \u00a0\ufeff"), "a.txt: no text in this file; "},
		{"only markup", read("a.md", "**  **\n\n#\n\n<br>\n"), "a.md: no text in this file; "},
		{"pdf", read("a.txt", "%PDF-1.7 ..."), "a.txt: damaged PDF: "},
		{"docx", read("a.docx", "PK\x03\x04...."), "a.docx: damaged ZIP archive: "},
		{"png", read("a.png", "\x89PNG\r\n"), "a.png: this is a PNG image; "},
		{"NUL", read("a.bin", "The state\x00ment"), "a.bin: this is a binary file"},
		{"controls", read("a.bin", strings.Repeat("a\x01b\x02", 50)), "a.bin: this is a binary file"},
		{"damaged UTF-8", read("a.txt", "Les Français\nsont allés à la gare où\nils ont \xff été vus.\n"), "a.txt:3: not valid UTF-8; "},
		{"cp1251", read("a.txt", "\xcc\xe8\xed\xe8\xf1\xf2\xe5\xf0\xf1\xf2\xe2\xee \xe7\xe0\xff\xe2\xe8\xeb\xee"), "a.txt:1: not valid UTF-8; "},
		{"too large", file(big, 100), big + ": too large: 101 bytes, the limit is 100; "},
		{"missing", file(big+"x", 0), big + "x: no such file; "},
		{"folder", file(filepath.Dir(big), 0), filepath.Dir(big) + ": this is a folder"},
	} {
		text, err := c.read()
		var input *InputError
		if text != nil || !errors.As(err, &input) || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v, want %s...", c.name, err, c.want)
		}
	}
}
