package office

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"counterclaim/compare"
	"counterclaim/reports/internal/fixture"
	"counterclaim/reports/wording"
)

var cases = map[string]func() *compare.Result{
	"ferry": fixture.Ferry, "hostile": fixture.Hostile, "silent": fixture.Silent,
	"empty": func() *compare.Result { return &compare.Result{} },
	"many":  func() *compare.Result { return fixture.Big(6, 200) },
}

type format struct {
	name  string
	write func(io.Writer, *wording.Report, Options) error
}

var formats = []format{{"docx", WriteReportDOCX}, {"odt", WriteReportODT}, {"xlsx", WriteXLSX}}

func report(t *testing.T, r *compare.Result) *wording.Report {
	t.Helper()
	v, err := wording.New(r)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func render(t *testing.T, f format, r *compare.Result, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.write(&b, report(t, r), o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// members reads an archive.
func members(t *testing.T, b []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[string][]byte)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// Every part is well-formed XML, with every prefix declared, whatever the
// statements hold, and two runs give the same bytes.
func TestWellFormed(t *testing.T) {
	for name, make := range cases {
		for _, f := range formats {
			t.Run(name+"/"+f.name, func(t *testing.T) {
				b := render(t, f, make(), Options{})
				if !bytes.Equal(b, render(t, f, make(), Options{})) {
					t.Error("two runs differ")
				}
				for part, data := range members(t, b) {
					if part == "mimetype" {
						continue
					}
					dec := xml.NewDecoder(bytes.NewReader(data))
					for {
						tok, err := dec.Token()
						if errors.Is(err, io.EOF) {
							break
						}
						if err != nil {
							t.Fatalf("%s: %v", part, err)
						}
						if el, ok := tok.(xml.StartElement); ok && f.name != "xlsx" && !strings.Contains(el.Name.Space, ":") {
							t.Fatalf("%s: <%s> has no namespace", part, el.Name.Local)
						}
					}
				}
			})
		}
	}
}

// The documents say on their face that they do not judge, hold every claim,
// and repeat the header rows of their tables.
func TestDocumentHoldsEveryClaim(t *testing.T) {
	for name, make := range cases {
		r := make()
		for _, f := range formats[:2] {
			part := map[string]string{"docx": "word/document.xml", "odt": "content.xml"}[f.name]
			data := members(t, render(t, f, r, Options{}))[part]
			got := plain(t, data)
			if !strings.Contains(got, wording.NoVerdict) {
				t.Errorf("%s %s does not say that it does not judge", name, f.name)
			}
			v := report(t, r)
			for i := range r.Claims {
				if !strings.Contains(got, v.Quote(i)) {
					t.Errorf("%s %s lacks claim %d", name, f.name, i)
				}
			}
			header := map[string]string{"docx": "<w:tblHeader/>", "odt": "<table:table-header-rows>"}[f.name]
			table := map[string]string{"docx": "<w:tbl>", "odt": "<table:table "}[f.name]
			if h, n := bytes.Count(data, []byte(header)), bytes.Count(data, []byte(table)); h != n || n == 0 {
				t.Errorf("%s %s: %d tables, %d with repeated header rows", name, f.name, n, h)
			}
		}
	}
}

// plain is the text of an XML document, with the blanks of OpenDocument.
func plain(t *testing.T, data []byte) string {
	t.Helper()
	var b strings.Builder
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch tok := tok.(type) {
		case xml.CharData:
			b.Write(tok)
		case xml.StartElement:
			if tok.Name.Local == "s" && len(tok.Attr) == 1 {
				n, err := strconv.Atoi(tok.Attr[0].Value)
				if err != nil {
					t.Fatal(err)
				}
				b.WriteString(strings.Repeat(" ", n))
			}
		}
	}
}

func TestODTMimetypeComesFirst(t *testing.T) {
	b := render(t, formats[1], fixture.Ferry(), Options{})
	if !bytes.HasPrefix(b[30:], []byte("mimetype"+odtType)) {
		t.Error("the type is not found at its place in the bytes")
	}
}

// Whatever a text holds, OpenDocument gives it back, blanks and all.
func TestODTTextReadsBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("ab <&\"  "))).Draw(rt, "text")
		got := plain(t, odtContent(Document{Blocks: []Block{P(Body, s)}}))
		if strings.Trim(got, "\n") != s {
			rt.Fatalf("%q, want %q", got, s)
		}
	})
}

func TestMinScore(t *testing.T) {
	d := Report(report(t, fixture.Ferry()), Options{MinScore: 0.8})
	got := plain(t, wordDocument(d))
	if strings.Contains(got, " 0.58") || !strings.Contains(got, "2 pairs with a score below 0.80 not shown") {
		t.Errorf("weak pairs are shown, or not counted: %s", got)
	}
}

// Weak pairs are named in short and counted.
func TestWeak(t *testing.T) {
	r := fixture.Ferry()
	r.Pairs[0].Score = 0.06
	got := plain(t, wordDocument(Report(report(t, r), Options{})))
	if !strings.Contains(got, "1 weak pair: conflict (time) 0.06") || !strings.Contains(got, "1 of 12 pairs is weak") || strings.Contains(got, "fifteen minutes apart") {
		t.Errorf("a weak pair is shown in full, or not counted: %s", got)
	}
}

// The workbook as excelize reads it: types, frozen and filtered header, and
// texts that are no formulas.
func TestWorkbook(t *testing.T) {
	for name, make := range cases {
		t.Run(name, func(t *testing.T) {
			r := make()
			b := render(t, formats[2], r, Options{})
			f, err := excelize.OpenReader(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if diff := cmp.Diff([]string{"about", "points", "pairs", "claims", "alone", "timeline", "statements"}, f.GetSheetList()); diff != "" {
				t.Error(diff)
			}
			for sheet, want := range map[string]int{"points": len(r.Rows), "pairs": len(r.Pairs), "claims": len(r.Claims), "alone": len(r.Alone)} {
				rows, err := f.GetRows(sheet)
				if err != nil {
					t.Fatal(err)
				}
				if len(rows) != want+1 {
					t.Errorf("%s: %d rows, want a header and %d", sheet, len(rows), want)
				}
				panes, err := f.GetPanes(sheet)
				if err != nil || !panes.Freeze || panes.YSplit != 1 {
					t.Errorf("%s: the header is not frozen: %+v, %v", sheet, panes, err)
				}
				tables, err := f.GetTables(sheet)
				if err != nil || len(tables) != 1 {
					t.Errorf("%s: %d tables, %v", sheet, len(tables), err)
				}
				for i, row := range rows {
					for j := range row {
						cell, err := excelize.CoordinatesToCellName(j+1, i+1)
						if err != nil {
							t.Fatal(err)
						}
						if formula, err := f.GetCellFormula(sheet, cell); err != nil || formula != "" {
							t.Errorf("%s!%s is the formula %q, %v", sheet, cell, formula, err)
						}
					}
				}
			}
			for i, c := range r.Claims {
				got, err := f.GetCellValue("claims", "F"+strconv.Itoa(i+2))
				if err != nil || got != strings.ReplaceAll(wording.Visible(c.Text), "\r", "") {
					t.Errorf("claim %d is %q, %v", i, got, err)
				}
			}
			if len(r.Pairs) > 0 {
				if typ, err := f.GetCellType("pairs", "E2"); err != nil || typ != excelize.CellTypeUnset && typ != excelize.CellTypeNumber {
					t.Errorf("the score is of type %v, %v", typ, err)
				}
			}
		})
	}
}

func TestNamesOfColumns(t *testing.T) {
	got := names([]column{{"a", 1}, {"A", 1}, {"b", 1}, {"a", 1}, {"a (2)", 1}})
	if diff := cmp.Diff([]string{"a", "A (2)", "b", "a (3)", "a (2) (2)"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestLongCell(t *testing.T) {
	r := fixture.Ferry()
	r.Case.Title = strings.Repeat("漢", 2*cellLimit)
	if _, err := excelize.OpenReader(bytes.NewReader(render(t, formats[2], r, Options{}))); err != nil {
		t.Fatal(err)
	}
}

// libreOffice converts files and returns what came out, by name; sheets of a
// workbook are files of their own. It skips the test where LibreOffice is
// missing.
func libreOffice(t *testing.T, files map[string][]byte, to string) map[string][]byte {
	t.Helper()
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice (soffice) is not installed")
	}
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", to, "--outdir", out}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, filepath.Join(dir, name))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if log, err := exec.CommandContext(ctx, program, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, log)
	}
	got := make(map[string][]byte)
	found, err := filepath.Glob(filepath.Join(out, "*"))
	if err != nil || len(found) == 0 {
		t.Fatalf("LibreOffice wrote nothing, %v", err)
	}
	for _, f := range found {
		if got[filepath.Base(f)], err = os.ReadFile(f); err != nil {
			t.Fatal(err)
		}
	}
	return got
}

// LibreOffice opens the documents and finds their words, headings and tables.
func TestLibreOfficeOpensDocuments(t *testing.T) {
	files := make(map[string][]byte)
	for _, f := range formats[:2] {
		files[f.name+"."+f.name] = render(t, f, fixture.Ferry(), Options{})
		files[f.name+"-hostile."+f.name] = render(t, f, fixture.Hostile(), Options{})
	}
	got := libreOffice(t, files, "html")
	for _, f := range formats[:2] {
		for _, want := range []string{"<h1", "<h2", "<thead", "does not judge"} {
			if !bytes.Contains(got[f.name+".html"], []byte(want)) {
				t.Errorf("%s: LibreOffice found no %q", f.name, want)
			}
		}
		if html := got[f.name+"-hostile.html"]; !bytes.Contains(html, []byte("&lt;script&gt;alert(1)")) || bytes.Contains(html, []byte("<script>alert")) {
			t.Errorf("%s: LibreOffice does not show the words of the hostile statement", f.name)
		}
	}
}

// LibreOffice reads the sheets, and a text that begins like a formula is the
// text.
func TestLibreOfficeOpensTheWorkbook(t *testing.T) {
	// Field separator, text delimiter, UTF-8, from line 1, ..., every sheet.
	sheets := libreOffice(t, map[string][]byte{"report.xlsx": render(t, formats[2], fixture.Hostile(), Options{})},
		"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1")
	if len(sheets) != 7 {
		t.Errorf("LibreOffice finds %d sheets", len(sheets))
	}
	var cells []string
	for name, sheet := range sheets {
		records, err := csv.NewReader(bytes.NewReader(sheet)).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, rec := range records {
			cells = append(cells, rec...)
		}
	}
	for _, want := range []string{`=HYPERLINK("http://evil.test","x") is first`, "-1+1 is first", "+topic", "@SUM(1+1)", "=1+1"} {
		if !slices.Contains(cells, want) {
			t.Errorf("LibreOffice does not show the text %q", want)
		}
	}
}
