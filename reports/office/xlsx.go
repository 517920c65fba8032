package office

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/reports/internal/archive"
	"counterclaim/reports/wording"
)

// sheet is one table of the workbook.
type sheet struct {
	name    string
	columns []column
	rows    [][]any // text, whole numbers, scores and days
}

type column struct {
	name  string
	width float64 // in characters
}

// WriteXLSX writes a comparison as a workbook with the sheets about, points,
// pairs, claims, alone, timeline and statements. Each is one table under a frozen header
// with filters. Numbers and days are typed. A text is stored and formatted as
// text, so that one that begins with = + - @ is no formula, even after it was
// edited. The workbook carries every pair, whatever its score.
func WriteXLSX(w io.Writer, v *wording.Report, o Options) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // no file lies behind it
	b := &book{f: f}
	b.styles()
	for i, s := range []sheet{about(v, o), pointsSheet(v), pairsSheet(v), claimsSheet(v, all(v), "claims"), claimsSheet(v, v.Alone, "alone"), timelineSheet(v), statementsSheet(v)} {
		b.write(i, s)
	}
	if b.err == nil {
		b.err = f.SetDocProps(&excelize.DocProperties{
			Title: v.Title(), Subject: wording.NoVerdict, Creator: o.Provenance.String(), Language: "en-GB",
			Created: epoch, Modified: epoch,
		})
	}
	if b.err == nil {
		b.err = inOrder(w, f)
	}
	if b.err != nil {
		return fmt.Errorf("write the workbook: %w", b.err)
	}
	return nil
}

// inOrder writes the workbook with its members in the order of their names;
// excelize takes them from a map.
func inOrder(w io.Writer, f *excelize.File) error {
	buffer, err := f.WriteToBuffer()
	if err != nil {
		return err
	}
	z, err := zip.NewReader(bytes.NewReader(buffer.Bytes()), int64(buffer.Len()))
	if err != nil {
		return err
	}
	var files []archive.File
	for _, member := range z.File {
		r, err := member.Open()
		if err != nil {
			return err
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		files = append(files, archive.File{Name: member.Name, Data: data})
	}
	slices.SortFunc(files, func(a, b archive.File) int { return strings.Compare(a.Name, b.Name) })
	return archive.Write(w, files...)
}

// epoch is the time of every workbook, since a file's own time would make two
// runs differ. It is the first that a zip archive can hold.
const epoch = "1980-01-01T00:00:00Z"

// book writes sheets and keeps the first error.
type book struct {
	f                                        *excelize.File
	header, words, score, day, minute, whole int // styles
	err                                      error
}

func (b *book) style(s excelize.Style) int {
	id, err := b.f.NewStyle(&s)
	if b.err == nil {
		b.err = err
	}
	return id
}

// Excel's numbers for its own formats.
const (
	formatText, formatScore, formatWhole = 49, 2, 1
)

func (b *book) styles() {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	day := "yyyy-mm-dd"
	b.header = b.style(excelize.Style{
		Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{headerFill}},
		Alignment: top, NumFmt: formatText,
	})
	b.words = b.style(excelize.Style{Alignment: top, NumFmt: formatText})
	b.score = b.style(excelize.Style{Alignment: top, NumFmt: formatScore})
	b.whole = b.style(excelize.Style{Alignment: top, NumFmt: formatWhole})
	clock := "yyyy-mm-dd hh:mm"
	b.minute = b.style(excelize.Style{Alignment: top, CustomNumFmt: &clock})
	b.day = b.style(excelize.Style{Alignment: top, CustomNumFmt: &day})
}

func (b *book) write(i int, s sheet) {
	if b.err != nil {
		return
	}
	if i == 0 {
		b.err = b.f.SetSheetName("Sheet1", s.name)
	} else {
		_, b.err = b.f.NewSheet(s.name)
	}
	if b.err != nil {
		return
	}
	if b.err = b.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Orientation: new("landscape"), Size: new(9), FitToWidth: new(1), FitToHeight: new(0)}); b.err != nil {
		return
	}
	if b.err = b.f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: new(true)}); b.err != nil {
		return
	}
	out, err := b.f.NewStreamWriter(s.name)
	if err == nil {
		err = b.fill(out, s)
	}
	if err == nil {
		err = out.Flush()
	}
	if err == nil { // the header row on every printed page
		err = b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: s.name + "!$1:$1", Scope: s.name})
	}
	b.err = err
}

func (b *book) fill(out *excelize.StreamWriter, s sheet) error {
	for i, c := range s.columns {
		if err := out.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	cells := make([]any, len(s.columns))
	for i, name := range names(s.columns) {
		cells[i] = excelize.Cell{StyleID: b.header, Value: name}
	}
	if err := out.SetRow("A1", cells); err != nil {
		return err
	}
	for i, row := range s.rows {
		cells := make([]any, len(row))
		for j, value := range row {
			cells[j] = b.cell(value)
		}
		if err := out.SetRow("A"+strconv.Itoa(i+2), cells, excelize.RowOpts{Height: height(row, s.columns)}); err != nil {
			return err
		}
	}
	last, err := excelize.CoordinatesToCellName(len(s.columns), len(s.rows)+1)
	if err != nil {
		return err
	}
	return out.AddTable(&excelize.Table{Range: "A1:" + last, Name: "table_" + s.name, StyleName: "TableStyleLight1"})
}

// Heights of rows, in points. A spreadsheet lays a wrapped text out at the
// height that the file gives, so we say how many lines it will take.
const (
	lineHeight = 15.0
	maxHeight  = 405.0 // the most that Excel allows is 409.5
)

func height(row []any, cs []column) float64 {
	lines := 1
	for i, value := range row {
		s, ok := value.(string)
		if !ok {
			continue
		}
		n := 0
		for part := range strings.SplitSeq(s, "\n") {
			n += 1 + utf8.RuneCountInString(part)/int(cs[i].width*1.05)
		}
		lines = max(lines, n)
	}
	return min(lineHeight*float64(lines), maxHeight)
}

// firstYear is the first that a spreadsheet counts days from.
const firstYear = 1900

// cellLimit is the number of characters that a cell can hold.
const cellLimit = excelize.TotalCellChars

func (b *book) cell(value any) any {
	switch value := value.(type) {
	case int:
		return excelize.Cell{StyleID: b.whole, Value: value}
	case float64:
		return excelize.Cell{StyleID: b.score, Value: value}
	case time.Time:
		if value.Year() < firstYear {
			return nil
		}
		return excelize.Cell{StyleID: b.day, Value: value}
	case minute:
		t := time.Time(value)
		if t.Year() < firstYear {
			return nil
		}
		return excelize.Cell{StyleID: b.minute, Value: t}
	case string:
		if value == "" {
			return nil
		}
		s := wording.Visible(value)
		if r := []rune(s); len(r) > cellLimit/2 { // a character may count for two
			s = string(r[:cellLimit/2-1]) + "…"
		}
		return excelize.Cell{StyleID: b.words, Value: s}
	}
	return nil
}

// names are the names of columns, each different from the others even where
// case is not looked at, as a table asks for.
func names(cs []column) []string {
	seen := make(map[string]bool)
	out := make([]string, len(cs))
	for i, c := range cs {
		name := c.name
		for n := 2; seen[strings.ToLower(name)]; n++ {
			name = c.name + " (" + strconv.Itoa(n) + ")"
		}
		seen[strings.ToLower(name)] = true
		out[i] = name
	}
	return out
}

func about(v *wording.Report, o Options) sheet {
	s := sheet{name: "about", columns: []column{{"about", 24}, {"words", 110}}}
	add := func(name string, value any) { s.rows = append(s.rows, []any{name, value}) }
	add("note", wording.NoVerdict)
	add("case", v.Title())
	add("date", v.Case.Date)
	add("made by", o.Provenance.String())
	_, all := v.Tallies()
	add("claims", all.String())
	add("pairs", v.PairCount())
	if weak := v.WeakCount(); weak != "" {
		add("weak pairs", weak)
	}
	for _, line := range v.JudgeLines() {
		add("judge", line)
	}
	for _, line := range v.Struck() {
		add("struck out", line)
	}
	for _, line := range v.Silences() {
		add("silence", line)
	}
	for _, r := range wording.Relations {
		add(string(r), wording.Meaning(r))
	}
	for _, p := range wording.Method {
		add("method", p)
	}
	for i, p := range v.Case.Parties {
		for _, d := range p.Statements {
			for _, sum := range wording.Hashes(d) {
				add("SHA-256", sum+" "+v.Name(i)+": "+wording.Describe(d))
			}
		}
	}
	return s
}

func pointsSheet(v *wording.Report) sheet {
	s := sheet{name: "points", columns: []column{{"point", 8}, {"topic", 30}}}
	for i := range v.Case.Parties {
		s.columns = append(s.columns, column{v.Name(i), 45})
	}
	for _, r := range wording.Relations {
		s.columns = append(s.columns, column{string(r), 10})
	}
	s.columns = append(s.columns, column{"score", 8}, column{"findings", 70})
	for i, row := range v.Rows {
		cells := []any{i + 1, row.Topic}
		for _, claims := range row.Cells {
			var said []string
			for _, c := range claims {
				said = append(said, v.Cite(c))
			}
			cells = append(cells, strings.Join(said, "\n"))
		}
		counts, best := make(map[compare.Relation]int), 0.0
		var found []string
		for _, p := range row.Pairs {
			pair := v.Pairs[p]
			counts[pair.Relation]++
			best = max(best, pair.Score)
			found = append(found, v.Finding(pair))
		}
		for _, r := range wording.Relations {
			cells = append(cells, counts[r])
		}
		s.rows = append(s.rows, append(cells, wording.Round4(best), strings.Join(found, "\n")))
	}
	return s
}

func pairsSheet(v *wording.Report) sheet {
	s := sheet{name: "pairs", columns: []column{
		{"pair", 7}, {"point", 7}, {"relation", 10}, {"kind", 11}, {"score", 8},
		{"party a", 18}, {"line a", 7}, {"quote a", 50}, {"party b", 18}, {"line b", 7}, {"quote b", 50}, {"reason", 50},
		{"type a", 11}, {"source a", 18}, {"type b", 11}, {"source b", 18}, {"claim a", 16}, {"claim b", 16}, {"decided", 40},
	}}
	point := make([]any, len(v.Pairs))
	for i, row := range v.Rows {
		for _, p := range row.Pairs {
			point[p] = i + 1
		}
	}
	for i, p := range v.Pairs {
		a, b := v.Claims[p.A], v.Claims[p.B]
		s.rows = append(s.rows, []any{
			i + 1, point[i], string(p.Relation), string(p.Kind), wording.Round4(p.Score),
			v.Name(a.Party), v.Line(p.A), a.Text, v.Name(b.Party), v.Line(p.B), b.Text, v.Reason(p),
			string(a.Type), a.Source, string(b.Type), b.Source, a.ID, b.ID, wording.DecidedBy(p),
		})
	}
	return s
}

func all(v *wording.Report) []int {
	out := make([]int, len(v.Claims))
	for i := range out {
		out[i] = i
	}
	return out
}

func claimsSheet(v *wording.Report, claims []int, name string) sheet {
	s := sheet{name: name, columns: []column{
		{"claim", 16}, {"party", 20}, {"statement", 24}, {"date", 11}, {"line", 7}, {"quote", 70}, {"relations", 16},
		{"type", 12}, {"type probability", 11}, {"source", 20}, {"polarity", 10}, {"certainty", 12},
		{"actor", 20}, {"predicate", 16}, {"patient", 20}, {"time", 18}, {"place", 18}, {"quantities", 20}, {"names", 24}, {"decided", 30},
	}}
	for _, i := range claims {
		c, d := v.Claims[i], v.Document(i)
		relations := "alone"
		if rs := v.Relations[i]; len(rs) > 0 {
			var ss []string
			for _, r := range rs {
				ss = append(ss, string(r))
			}
			relations = strings.Join(ss, ", ")
		}
		s.rows = append(s.rows, []any{
			c.ID, v.Name(c.Party), d.Path, d.Date, v.Line(i), c.Text, relations,
			string(c.Type), wording.Round4(c.TypeProbability), c.Source, string(c.Polarity), string(c.Certainty),
			c.Actor, c.Predicate, c.Patient, c.Time, c.Place,
			strings.Join(wording.Quantities(c.Claim), "; "), strings.Join(wording.Names(c.Claim), "; "), wording.ReadBy(c),
		})
	}
	return s
}

// timelineSheet has one row for every claim that names a moment.
func timelineSheet(v *wording.Report) sheet {
	s := sheet{name: "timeline", columns: []column{
		{"when", 26}, {"from", 17}, {"before", 17}, {"party", 20}, {"line", 7}, {"quote", 70}, {"time from", 24}, {"day from the context", 12}, {"source", 20}, {"claim", 16},
	}}
	for _, m := range v.Timeline() {
		for party, events := range m.Events {
			for _, e := range events {
				inferred := ""
				if e.Inferred {
					inferred = "yes"
				}
				c := v.Claims[e.Claim]
				s.rows = append(s.rows, []any{m.When, minute(m.From), minute(m.To), v.Name(party), v.Line(e.Claim), c.Text, e.Words, inferred, c.Source, c.ID})
			}
		}
	}
	return s
}

// minute is a time that a sheet shows with its hour, and not as a day.
type minute time.Time

// statementsSheet has one row per block of a statement, so that a text of any
// length fits, and one can be read beside another.
func statementsSheet(v *wording.Report) sheet {
	s := sheet{name: "statements", columns: []column{
		{"party", 20}, {"statement", 24}, {"title", 30}, {"date", 11}, {"line", 7}, {"block", 12}, {"text", 100},
	}}
	for i, p := range v.Case.Parties {
		for _, d := range p.Statements {
			for _, b := range blocks(d) {
				s.rows = append(s.rows, []any{
					v.Name(i), d.Path, d.Title, d.Date, v.LineOf(d, b.start), b.kind, strings.TrimSpace(b.marker + " " + d.Text[b.start:b.end]),
				})
			}
		}
	}
	return s
}

type block struct {
	kind, marker string
	start, end   int
}

// blocks are the blocks of a statement that have words; the whole text where
// it has no blocks.
func blocks(d *nlp.Document) []block {
	var out []block
	for _, b := range d.Blocks {
		if b.Start < b.End && b.End <= len(d.Text) {
			out = append(out, block{string(b.Kind), b.Marker, b.Start, b.End})
		}
	}
	if len(out) == 0 && d.Text != "" {
		out = append(out, block{"paragraph", "", 0, len(d.Text)})
	}
	return out
}
