package read

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// patient reads also where the machine is busy with other things: the limit of
// time is one of the clock.
var patient = Limits{Time: 10 * time.Minute}

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
		{"pandoc.odt", 0.995}, {"office.odt", 0.995}, {"pandoc.rtf", 0.995}, {"office.rtf", 0.995}, {"pandoc.epub", 0.995},
		{"office-one.pdf", 0.995}, {"print-one.pdf", 0.995}, {"troff-one.pdf", 0.995}, {"rotated.pdf", 0.995}, {"open-locked.pdf", 0.995},
		{"office-two.pdf", 0.98}, {"print-two.pdf", 0.98}, {"troff-two.pdf", 0.98},
	} {
		t.Run(c.file, func(t *testing.T) {
			if testing.Short() && strings.HasSuffix(c.file, ".pdf") {
				t.Skip("PDFium is interpreted, which is slow under the race detector; TestParts reads a PDF")
			}
			text, err := ReadFile(filepath.Join("testdata/formats", c.file), patient)
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

// TestFormatsKeepTheLayout: headings, lists, tables and footnotes are told
// apart, whatever the document was made with.
func TestFormatsKeepTheLayout(t *testing.T) {
	const title = "Letter dated 13 August 2033 from the Permanent Representative of Elharin addressed to the Secretary of the Assembly"
	for _, file := range []string{
		"pandoc.docx", "office.docx", "pandoc.odt", "office.odt", "pandoc.rtf", "office.rtf", "pandoc.html", "office.html", "page.html", "pandoc.epub",
		"office-one.pdf", "troff-one.pdf",
	} {
		text, err := ReadFile(filepath.Join("testdata/formats", file), patient)
		if err != nil {
			t.Error(err)
			continue
		}
		kinds := map[Kind][]string{}
		for _, b := range text.Blocks {
			kinds[b.Kind] = append(kinds[b.Kind], text.Canonical[b.Start:b.End])
		}
		headings := strings.Join(kinds[Heading], "\n")
		for _, want := range []string{title, "The consequences", "The Agreement", "Demands"} {
			if !strings.Contains(headings, want) {
				t.Errorf("%s: no heading %q in %q", file, want, headings)
			}
		}
		if n := len(kinds[ListItem]); n != 4 {
			t.Errorf("%s: %d list items, want 4", file, n)
		}
		if notes := kinds[Footnote]; len(notes) != 3 || !strings.HasPrefix(notes[1], "See the register of the duty room, pages 212 to 218") {
			t.Errorf("%s: footnotes %q", file, notes)
		}
		if table := strings.Join(kinds[Table], "\n"); !strings.Contains(table, "21:30 | 2,050 | 900\n") {
			t.Errorf("%s: tables %q", file, table)
		}
		if strings.Contains(text.Canonical, "authorities1") {
			t.Errorf("%s: a footnote mark is left in the text", file)
		}
		if text.Title != title || text.Date.Format("2006-01-02") != "2033-08-13" && file != "page.html" {
			t.Errorf("%s: title %q, date %v", file, text.Title, text.Date)
		}
	}
}

// TestLetterhead: the head of the first page is the frame of a letter, that of
// the others is not read; what the sender says of itself is set aside.
func TestLetterhead(t *testing.T) {
	want := []string{
		"letterhead: WATER BOARD OF ELHARIN", "letterhead: Office of the Chair", "letterhead: 12 August 2033",
		"heading: Statement on the Adrun Dam",
		"paragraph: The Board has read the letter of the ministry with surprise. All five gates worked as designed, and the discharge peaked at 2,150 cubic metres per second.",
		"paragraph: Nobody was warned, because nobody had asked. We will publish the register within ten days.",
		"signature: For the Board:", "signature: Ysolde Marrant, Chair",
		"boilerplate: About the Water Board of Elharin",
		"boilerplate: The Water Board runs nine dams and four canals, and brings water to two million people.",
		"signature: Press contact: Tomas Rell, +372 555 0142, press@waterboard.example",
	}
	for _, file := range []string{"letterhead.odt", "letterhead.docx"} {
		text, err := ReadFile(filepath.Join("testdata/formats", file), patient)
		if err != nil {
			t.Error(err)
			continue
		}
		var got []string
		for _, b := range text.Blocks {
			got = append(got, string(b.Kind)+": "+text.Canonical[b.Start:b.End])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
		if text.Title != "Statement on the Adrun Dam" || text.Date.Format("2006-01-02") != "2033-08-12" {
			t.Errorf("%s: title %q, date %v", file, text.Title, text.Date)
		}
	}
}

// TestBoilerplate: a heading alone sets nothing aside.
func TestBoilerplate(t *testing.T) {
	const body = "The gates of the dam were closed at noon.\n\nNobody in the town was told about it.\n\n"
	for _, c := range []struct {
		text  string
		aside string // what of it makes no claims
	}{
		{"About Harbour Services\n\nHarbour Services runs nine cranes.\n", "About Harbour Services|Harbour Services runs nine cranes."},
		{"About Harbour Services: Harbour Services runs nine cranes.\n", "About Harbour Services: Harbour Services runs nine cranes."},
		{"About the accident\n\nThe crane fell into the water.\n", ""},
		{"About Harbour Services\n\nNobody knows why the crane fell.\n", ""},
		{"About Harbour Services\n\nHarbour Services runs nine cranes.\n\nWhat comes next\n\nThe inspectors meet on Monday.\n", ""},
		{"Forward-looking statements\n\nActual results may differ.\n\nWHAT COMES NEXT\n\nThe inspectors meet on Monday.\n", "Forward-looking statements|Actual results may differ."},
		{"Contact\n\nThe two ships had no contact for an hour.\n", ""},
		{"Contact\n\nIda Holm\n+47 555 01 234\n", "Contact|Ida Holm|+47 555 01 234"},
		{"We were called at 21:40 and could visit the ship.\n", ""},
		{"For more details, call the press office on +47 555 01 234.\n", "For more details, call the press office on +47 555 01 234."},
	} {
		text, err := Read("x.txt", []byte(body+c.text))
		if err != nil {
			t.Fatal(err)
		}
		var aside []string
		for _, b := range text.Blocks {
			if b.Kind == Boilerplate || b.Kind == Signature {
				aside = append(aside, text.Canonical[b.Start:b.End])
			}
		}
		if got := strings.Join(aside, "|"); got != c.aside {
			t.Errorf("%q: set aside %q, want %q", c.text, got, c.aside)
		}
	}
}

// TestTrackedChanges: insertions are text, deletions and comments are not.
func TestTrackedChanges(t *testing.T) {
	const want = "Statement on the events at the Adrun Dam\n\nThe discharge peaked at 2,150 cubic metres per second. All five gates worked as designed." +
		"\n\nOur crews acted with skill and courage."
	for _, file := range []string{"tracked.docx", "tracked.odt", "tracked.rtf"} {
		text, err := ReadFile(filepath.Join("testdata/formats", file), patient)
		if err != nil {
			t.Error(err)
			continue
		}
		if text.Canonical != want {
			t.Errorf("%s: got %q", file, text.Canonical)
		}
	}
}

// TestPlaces: page and line where there are pages, the paragraph elsewhere.
func TestPlaces(t *testing.T) {
	for file, want := range map[string]string{
		"office-one.pdf": "p. 2, l. 1", "troff-one.pdf": "p. 1, l. 26", "pandoc.docx": "para. 10", "pandoc.odt": "para. 10", "pandoc.rtf": "para. 10",
		"pandoc.html": "para. 10", "letter.md": "line 16",
	} {
		text, err := ReadFile(filepath.Join("testdata/formats", file), patient)
		if err != nil {
			t.Error(err)
			continue
		}
		at := strings.Index(text.Canonical, "compensation")
		if got := text.Source.Position(at).String(); at < 0 || got != want {
			t.Errorf("%s: %s, want %s", file, got, want)
		}
	}
}

// TestPageAround: what a page says of itself, and nothing of what is around
// its article.
func TestPageAround(t *testing.T) {
	text, err := ReadFile("testdata/formats/page.html", patient)
	if err != nil {
		t.Fatal(err)
	}
	for _, around := range []string{"cookies", "Accept", "Front page", "Sport", "engineer who", "Chirper", "rights reserved", "Privacy", "tracker"} {
		if strings.Contains(text.Canonical, around) {
			t.Errorf("%q is read", around)
		}
	}
	if got, want := text.Date.Format("2006-01-02")+" "+text.Author+" "+text.Address, "2033-08-14 Mission of Elharin https://courier.example/2033/08/elharin-letter"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestMail(t *testing.T) {
	text, err := ReadFile("testdata/formats/mail.eml", patient)
	if err != nil {
		t.Fatal(err)
	}
	if text.Title != "The gates of the Adrun Dam – our létter" || text.Author != "Mission of Elharin <mission@elharin.example>" || text.Date.Format("2006-01-02") != "2033-08-13" {
		t.Errorf("title %q, author %q, date %v", text.Title, text.Author, text.Date)
	}
	for _, want := range []string{"From: Mission of Elharin", "which says", "“Not one boat” came from upstream, as it says, and we ask that it be circulated", "Yours sincerely,", "létter.docx", "6,200 inhabitants had to flee"} {
		if found := strings.Contains(text.Canonical, want); found != (want != "which says") {
			t.Errorf("%q: %v", want, found)
		}
	}
	if strings.Count(text.Canonical, "Not one boat” came") != 1 {
		t.Error("the body is read as text and as HTML")
	}
	if len(text.Skipped) != 1 || !strings.HasPrefix(text.Skipped[0], "attachment log.bin: ") {
		t.Errorf("skipped %q", text.Skipped)
	}
}

func TestUnreadablePDF(t *testing.T) {
	for file, want := range map[string]string{
		"locked.pdf": "this PDF needs a password; ", "scan.pdf": "no text in this PDF of 1 pages: it is a scan or a picture; ",
	} {
		_, err := ReadFile(filepath.Join("testdata/formats", file), patient)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", file, err)
		}
	}
}
