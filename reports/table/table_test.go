package table

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/reports/internal/fixture"
	"counterclaim/reports/wording"
)

func report(t *testing.T, r *compare.Result) *wording.Report {
	t.Helper()
	v, err := wording.New(r)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// wide is a case with names and words of double width, right-to-left words,
// combining marks, emoji, and a word longer than any column.
func wide() *compare.Result {
	text := "東京都庁は会議を開いた。שלום עולם e\u0301te\u0301 👩🏽‍🚒 " + strings.Repeat("länge", 40)
	r := &compare.Result{Case: compare.Case{Title: "横幅", Parties: []compare.Party{
		{ID: "a", Name: "外務省", Statements: []*nlp.Document{{Path: "a.txt", Text: text}}},
		{ID: "b", Name: "Ա կողմ", Statements: []*nlp.Document{{Path: "b.txt", Text: text}}},
	}}}
	for i := range 2 {
		r.Claims = append(r.Claims, compare.Claim{Party: i, ID: "x", Claim: nlp.Claim{End: len(text), Text: text}})
	}
	r.Pairs = []compare.Pair{{A: 0, B: 1, Relation: compare.Agree, Kind: compare.Same, Score: 0.7}}
	r.Rows = []compare.Row{{Topic: "東京都庁 " + strings.Repeat("x", 100), Cells: [][]int{{0}, {1}}, Pairs: []int{0}}}
	return r
}

var escapes = regexp.MustCompile("\x1b\\[[0-9;]*m")

// No line is wider than asked for, colour or not, and no control character
// but our own colours reaches the terminal.
func TestWidth(t *testing.T) {
	for name, r := range map[string]*compare.Result{"ferry": fixture.Ferry(), "hostile": fixture.Hostile(), "wide": wide(), "many": fixture.Big(9, 120)} {
		v := report(t, r)
		for _, w := range []int{40, 57, 80, 100, 133, 200, 320} {
			for _, color := range []bool{false, true} {
				var b bytes.Buffer
				if err := Write(&b, v, Options{Width: w, Color: color}); err != nil {
					t.Fatal(err)
				}
				out := b.String()
				if color {
					if !strings.Contains(out, "\x1b[1m") {
						t.Errorf("%s, %d: no colour", name, w)
					}
					out = escapes.ReplaceAllString(out, "")
				}
				for line := range strings.SplitSeq(out, "\n") {
					if n := width(line); n > w {
						t.Errorf("%s, %d columns, color %v: a line has %d: %q", name, w, color, n, line)
					}
					if strings.ContainsFunc(line, unicode.IsControl) {
						t.Errorf("%s, %d columns, color %v: control character in %q", name, w, color, line)
					}
				}
			}
		}
	}
}

// The borders of a table stand under each other also where words are of
// double width.
func TestBordersAlign(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, report(t, wide()), Options{Width: 100}); err != nil {
		t.Fatal(err)
	}
	want := -1
	for line := range strings.SplitSeq(b.String(), "\n") {
		if !strings.ContainsAny(line, "│┌├└") {
			continue
		}
		if want < 0 {
			want = width(line)
		}
		if got := width(line); got != want {
			t.Errorf("line of %d columns in a table of %d: %q", got, want, line)
		}
	}
	if want < 0 {
		t.Error("no table")
	}
}

// Every claim is quoted, in whatever layout, as often as it should be.
func TestEveryClaimIsShown(t *testing.T) {
	r := fixture.Ferry()
	v := report(t, r)
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for _, w := range []int{60, 400} { // stacked, and so wide that no cell wraps
		var b bytes.Buffer
		if err := Write(&b, v, Options{Width: w}); err != nil {
			t.Fatal(err)
		}
		out := squeeze(b.String())
		for i := range r.Claims {
			if !strings.Contains(out, squeeze(v.Quote(i))) && w == 60 {
				t.Errorf("%d columns: claim %s is missing", w, r.Claims[i].ID)
			}
		}
		for _, p := range r.Pairs {
			if !strings.Contains(out, squeeze(wording.Label(p))) {
				t.Errorf("%d columns: no %s", w, wording.Label(p))
			}
		}
	}
}

// Pairs below the threshold are counted in words, not dropped in silence.
func TestMinScore(t *testing.T) {
	v := report(t, fixture.Ferry())
	for _, write := range []func(*bytes.Buffer) error{
		func(b *bytes.Buffer) error { return Write(b, v, Options{Width: 300, MinScore: 0.85}) },
		func(b *bytes.Buffer) error { return Write(b, v, Options{Width: 60, MinScore: 0.85}) },
		func(b *bytes.Buffer) error { return WriteMarkdown(b, v, Options{MinScore: 0.85}) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		out := b.String()
		if strings.Contains(out, "· 0.83") || !strings.Contains(out, "· 0.88") || !strings.Contains(out, "4 pairs below 0.85 not shown") {
			t.Errorf("threshold not kept:\n%s", out)
		}
	}
}

// Weak pairs are named in short, after the others, and counted.
func TestWeak(t *testing.T) {
	r := fixture.Ferry()
	row := r.Rows[1].Pairs
	r.Pairs[row[0]].Score, r.Pairs[row[2]].Score = 0.06, 0.19
	v := report(t, r)
	for name, write := range map[string]func(*bytes.Buffer) error{
		"table":    func(b *bytes.Buffer) error { return Write(b, v, Options{Width: 300}) },
		"stacked":  func(b *bytes.Buffer) error { return Write(b, v, Options{Width: 60}) },
		"markdown": func(b *bytes.Buffer) error { return WriteMarkdown(b, v, Options{}) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		out := strings.NewReplacer(`\`, "", "│", " ", "→", " ").Replace(b.String())
		out = strings.Join(strings.Fields(out), " ")
		line, full := strings.Index(out, "2 weak pairs: conflict (quantity) 0.06, conflict (quantity) 0.19"), strings.Index(out, "· 0.88")
		if line < full || full < 0 || strings.Contains(out, "· 0.06") || !strings.Contains(out, "2 of 12 pairs are weak") {
			t.Errorf("%s:\n%s", name, b.String())
		}
	}
}

// What is kept apart is shown on request, with what keeps it apart.
func TestApart(t *testing.T) {
	r := fixture.Ferry()
	p := r.Pairs[0]
	p.Evidence = []compare.Evidence{{What: "time", A: "the third of Maius", B: "the ninth of Iunius", Note: "they speak of different times"}}
	r.Apart = []compare.Pair{p}
	v := report(t, r)
	for name, write := range map[string]func(io.Writer, *wording.Report, Options) error{"table": Write, "markdown": WriteMarkdown} {
		for _, show := range []bool{false, true} {
			var b bytes.Buffer
			if err := write(&b, v, Options{Width: 300, Apart: show}); err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{apartHeading, "they speak of different times", "the third of Maius", "the ninth of Iunius"} {
				if strings.Contains(b.String(), want) != show {
					t.Errorf("%s, asked for %v: %q", name, show, want)
				}
			}
		}
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		in     string
		w, ind int
		want   string
	}{
		{"", 5, 0, ""},
		{"one two three", 7, 0, "one two|three"},
		{"one two three", 20, 0, "one two three"},
		{"abcdefghij", 4, 0, "abcd|efgh|ij"},
		{"ab cdefgh", 4, 0, "ab|cdef|gh"},
		{"one two three", 7, 2, "one two|  three"},
		{"東京都庁", 4, 0, "東京|都庁"},
		{"東京都", 3, 0, "東|京|都"},
		{"a\nb", 9, 0, "a|b"},
		{"word", 0, 0, "w|o|r|d"},
		{"👩🏽‍🚒👩🏽‍🚒", 2, 0, "👩🏽‍🚒|👩🏽‍🚒"},
	}
	for _, tt := range tests {
		if got := strings.Join(wrap(tt.in, tt.w, tt.ind), "|"); got != tt.want {
			t.Errorf("wrap(%q, %d, %d) = %q, want %q", tt.in, tt.w, tt.ind, got, tt.want)
		}
	}
}

func TestWrapKeepsEveryWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := wording.Clean(rapid.StringOf(rapid.RuneFrom([]rune("ab  é漢\u0301.-"))).Draw(t, "s"))
		w := rapid.IntRange(2, 30).Draw(t, "w")
		lines := wrap(s, w, 0)
		for _, l := range lines {
			if width(l) > w {
				t.Fatalf("%q is wider than %d", l, w)
			}
		}
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got := squeeze(strings.Join(lines, "")); got != squeeze(s) {
			t.Fatalf("%q became %q", s, lines)
		}
	})
}

func TestWrapIsLinear(t *testing.T) {
	start := time.Now()
	wrap(strings.Repeat("x", 1<<20), 40, 0)
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("1 MB without a blank took %v", d)
	}
}

// Markdown, read by a Markdown reader, is the tables, lists and headings that
// we wrote, and every text in them is what was said.
func TestMarkdownIsInert(t *testing.T) {
	r := fixture.Hostile()
	v := report(t, r)
	var b, page bytes.Buffer
	if err := WriteMarkdown(&b, v, Options{}); err != nil {
		t.Fatal(err)
	}
	md := goldmark.New(goldmark.WithExtensions(extension.GFM))
	if err := md.Convert(b.Bytes(), &page); err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(&page)
	if err != nil {
		t.Fatal(err)
	}
	allowed := map[string]bool{}
	for _, el := range strings.Fields("html head body h1 h2 h3 ul li p table thead tbody tr th td br strong") {
		allowed[el] = true
	}
	var rows []int
	var all strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.ElementNode && !allowed[n.Data]:
			t.Errorf("element <%s>", n.Data)
		case n.Type == html.CommentNode:
			t.Errorf("comment %q: raw HTML got through", n.Data)
		case n.Type == html.ElementNode && n.Data == "tr":
			cells := 0
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				if c.Type == html.ElementNode {
					cells++
				}
			}
			rows = append(rows, cells)
		case n.Type == html.TextNode:
			all.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	if want := len(r.Rows) + 1; len(rows) != want {
		t.Errorf("%d table rows, want %d", len(rows), want)
	}
	for _, cells := range rows {
		if want := len(r.Case.Parties) + 2; cells != want {
			t.Errorf("row of %d cells, want %d", cells, want)
		}
	}
	for i := range r.Claims {
		if !strings.Contains(all.String(), v.Quote(i)) {
			t.Errorf("claim %d does not read as written: %q", i, v.Quote(i))
		}
	}
}

func FuzzMarkdownEscape(f *testing.F) {
	f.Add(fixture.Payload)
	f.Add("1. list")
	f.Add("- list")
	f.Add("+")
	f.Add("---")
	f.Add("1. list\n- item\n+ item\n> quote\n# head\n=== \n--- \n    code")
	f.Add("www.example.test http://x.test me@x.test ~~a~~ :smile: [^1] &amp; \\")
	md := goldmark.New(goldmark.WithExtensions(extension.GFM))
	f.Fuzz(func(t *testing.T, s string) {
		want := wording.Clean(s)
		if strings.TrimSpace(want) == "" {
			t.Skip()
		}
		var page bytes.Buffer
		if err := md.Convert([]byte("- "+escape(s)+"\n\n"+escape(s)+"\n\n| a |\n| - |\n| "+escape(s)+" |\n"), &page); err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(&page)
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		var walk func(*html.Node)
		walk = func(n *html.Node) {
			if n.Type == html.ElementNode && (n.Data == "li" || n.Data == "p" || n.Data == "td") {
				var b strings.Builder
				for c := n.FirstChild; c != nil; c = c.NextSibling {
					if c.Type != html.TextNode {
						t.Errorf("%q made <%s>", s, c.Data)
					}
					b.WriteString(c.Data)
				}
				cells = append(cells, b.String())
			}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
		}
		walk(doc)
		if len(cells) != 3 || cells[0] != want || cells[1] != want || cells[2] != want {
			t.Errorf("%q reads as %q, want three times %q", s, cells, want)
		}
	})
}
