// Package table writes a comparison as text: tables for a terminal, and
// Markdown.
//
// Every text that comes from a statement goes through wording.Clean before it
// is laid out, and through escape before it enters Markdown.
package table

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"counterclaim/compare"
	"counterclaim/reports/wording"
)

// Options of a text report. The zero value is a plain report of 80 columns.
type Options struct {
	Width      int                // columns; 80 if 0, never less than 40
	Color      bool               // colour the terminal's text
	MinScore   float64            // pairs with a lower score are counted but not shown
	Apart      bool               // show the pairs that look like conflicts, with what keeps them apart
	Provenance wording.Provenance // Markdown: how the report was made
}

func (o Options) width() int {
	if o.Width == 0 {
		return 80
	}
	return max(o.Width, 40)
}

const (
	minCell    = 16 // narrowest readable column of words
	frame      = 3  // columns that a cell's border and blanks take
	topicShare = 6  // the topic takes one part in this many of the width
)

// Write writes the comparison for a terminal: the parties and their
// statements, the side-by-side table, the claims alone, and the count. Where
// the parties are too many for the width, the table is stacked: one block
// per row instead of one column per party.
func Write(w io.Writer, v *wording.Report, o Options) error {
	p := &printer{v: v, o: o, wide: o.width(), paint: paint{o.Color}}
	p.header()
	for _, s := range slices.Concat(v.JudgeLines(), v.Silences()) {
		p.para(s)
	}
	if err := p.rows(); err != nil {
		return err
	}
	p.alone()
	p.apart()
	p.struck()
	p.count()
	_, err := io.WriteString(w, strings.TrimRight(p.b.String(), "\n")+"\n")
	return err
}

type printer struct {
	b     strings.Builder
	v     *wording.Report
	o     Options
	wide  int
	paint paint
}

func (p *printer) line(s string) { p.b.WriteString(s + "\n") }

// para prints a paragraph, wrapped, with a blank line after it.
func (p *printer) para(s string) {
	for _, l := range wrap(s, p.wide, 0) {
		p.line(l)
	}
	p.line("")
}

// item prints a text wrapped behind a prefix of indent columns.
func (p *printer) item(prefix, s string, style func(string) string) {
	indent := width(prefix)
	for i, l := range wrap(s, p.wide-indent, 0) {
		if i == 0 {
			p.line(prefix + style(l))
		} else {
			p.line(strings.Repeat(" ", indent) + style(l))
		}
	}
}

func plain(s string) string { return s }

func (p *printer) heading(s string) {
	for _, l := range wrap(s, p.wide, 0) {
		p.line(p.paint.bold(l))
	}
}

func (p *printer) header() {
	title := p.v.Title()
	if d := wording.Date(p.v.Case.Date); d != "" {
		title += " (" + d + ")"
	}
	p.heading(title)
	p.line("")
	for i := range p.v.Case.Parties {
		p.item("  ", p.v.Name(i), p.paint.bold)
		for _, s := range p.v.Statements(i) {
			p.item("    ", s, plain)
		}
	}
	p.line("")
}

func (p *printer) apart() {
	if p.o.Apart {
		p.list(apartHeading, p.v.LookAlikes())
	}
}

func (p *printer) struck() { p.list("Pairs of our own judge that were struck out", p.v.Struck()) }

const apartHeading = "Alike, and kept apart"

func (p *printer) list(heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.heading(heading)
	for _, s := range lines {
		p.item("  - ", s, plain)
	}
	p.line("")
}

func (p *printer) rows() error {
	if len(p.v.Rows) == 0 {
		return nil
	}
	p.heading(wording.Count(len(p.v.Rows), "point") + " that the parties speak to")
	p.line("")
	n := len(p.v.Case.Parties)
	// topic | one column per party | relation (twice as wide as a party's)
	topic := max(minCell-4, p.wide/topicShare)
	rest := p.wide - 1 - (n+2)*frame - topic
	cell := 2 * rest / (2*n + 3)
	if cell < minCell {
		p.stacked()
		return nil
	}
	relation := rest - n*cell
	return p.sideBySide(topic, cell, relation)
}

func (p *printer) sideBySide(topic, cell, relation int) error {
	t := p.grid(tw.On)
	head := []string{p.block("Point", topic, p.paint.bold)}
	for i := range p.v.Case.Parties {
		head = append(head, p.block(p.v.Name(i), cell, p.paint.bold))
	}
	t.Header(append(head, p.block("Relation", relation, p.paint.bold)))
	for i, row := range p.v.Rows {
		cells := []string{p.block(fmt.Sprintf("%d. %s", i+1, wording.Clean(row.Topic)), topic, plain)}
		for _, cs := range row.Cells {
			cells = append(cells, p.cites(cs, cell))
		}
		if err := t.Append(append(cells, p.findings(row, relation))); err != nil {
			return fmt.Errorf("lay out row %d: %w", i+1, err)
		}
	}
	if err := t.Render(); err != nil {
		return fmt.Errorf("lay out the table: %w", err)
	}
	p.line("")
	return nil
}

// grid is an empty table. Cells come to it wrapped: its own wrapping knows
// nothing of colour and changes with the locale. lines are drawn between rows.
func (p *printer) grid(lines tw.State) *tablewriter.Table {
	return tablewriter.NewTable(&p.b,
		tablewriter.WithEastAsian(tw.Off),
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Symbols:  tw.NewSymbols(tw.StyleLight),
			Settings: tw.Settings{Separators: tw.Separators{BetweenRows: lines}},
		})),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithHeaderAlignment(tw.AlignLeft),
		tablewriter.WithHeaderAutoWrap(tw.WrapNone),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithRowAlignment(tw.AlignLeft),
		tablewriter.WithTrimSpace(tw.Off),
	)
}

// block wraps a text to a column and styles each of its lines, since a style
// must not run over the border of a cell.
func (p *printer) block(s string, w int, style func(string) string) string {
	return p.hanging(s, w, 0, style)
}

// hanging is block with all lines but the first indented.
func (p *printer) hanging(s string, w, indent int, style func(string) string) string {
	lines := wrap(s, w, indent)
	for i, l := range lines {
		lines[i] = style(l)
	}
	return strings.Join(lines, "\n")
}

// silent stands in the cell of a party that does not speak to a point.
const silent = "–"

func (p *printer) cites(claims []int, w int) string {
	if len(claims) == 0 {
		return p.paint.faint(silent)
	}
	var parts []string
	for _, c := range claims {
		parts = append(parts, p.hanging(p.v.Cite(c), w, hang(len(claims)), plain))
	}
	return strings.Join(parts, "\n")
}

func (p *printer) findings(row compare.Row, w int) string {
	full, weak, left := p.v.Split(row, p.o.MinScore)
	var parts []string
	for _, pair := range full {
		parts = append(parts, p.hanging(p.v.Finding(pair), w, hang(len(row.Pairs)), p.colourLabel(pair)))
	}
	for _, s := range lesser(weak, left, p.o.MinScore) {
		parts = append(parts, p.hanging(s, w, hang(len(row.Pairs)), p.paint.faint))
	}
	return strings.Join(parts, "\n")
}

// hang is the indent that keeps several entries of a cell apart.
func hang(entries int) int {
	if entries > 1 {
		return 2
	}
	return 0
}

// colourLabel colours the label where it stands at the beginning of a line.
func (p *printer) colourLabel(pair compare.Pair) func(string) string {
	label := wording.Label(pair)
	return func(line string) string {
		switch {
		case strings.HasPrefix(line, label):
			return p.paint.relation(pair.Relation, label) + line[len(label):]
		case strings.HasPrefix(label, line):
			return p.paint.relation(pair.Relation, line)
		}
		return line
	}
}

// lesser are the lines on pairs that are not shown in full.
func lesser(weak []compare.Pair, left int, least float64) []string {
	var out []string
	if len(weak) > 0 {
		out = append(out, wording.WeakLine(weak))
	}
	if left > 0 {
		out = append(out, fmt.Sprintf("%s below %s not shown", wording.Count(left, "pair"), wording.Score(least)))
	}
	return out
}

// stacked prints each row as a block: the topic, what each party says, the
// relations.
func (p *printer) stacked() {
	for i, row := range p.v.Rows {
		p.item(fmt.Sprintf("%d. ", i+1), wording.Clean(row.Topic), p.paint.bold)
		for party, cs := range row.Cells {
			if len(cs) == 0 {
				continue
			}
			p.item("   ", p.v.Name(party), p.paint.bold)
			for _, c := range cs {
				p.item("     ", p.v.Cite(c), plain)
			}
		}
		if s := p.silentParties(row); s != "" {
			p.item("   ", s, p.paint.faint)
		}
		full, weak, left := p.v.Split(row, p.o.MinScore)
		for _, pair := range full {
			p.item("   → ", p.v.Finding(pair), p.colourLabel(pair))
		}
		for _, s := range lesser(weak, left, p.o.MinScore) {
			p.item("   → ", s, p.paint.faint)
		}
		p.line("")
	}
}

func (p *printer) silentParties(row compare.Row) string {
	var names []string
	for party, cs := range row.Cells {
		if len(cs) == 0 {
			names = append(names, p.v.Short(party))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "Nothing on this from " + strings.Join(names, ", ")
}

func (p *printer) alone() {
	if len(p.v.Alone) == 0 {
		return
	}
	p.heading("Said by one party alone")
	p.line("")
	for i := range p.v.Case.Parties {
		cs := p.v.AloneOf(i)
		if len(cs) == 0 {
			continue
		}
		p.item("  ", fmt.Sprintf("%s: %s", p.v.Name(i), wording.Count(len(cs), "claim")), p.paint.bold)
		for _, c := range cs {
			p.item("    ", p.v.Cite(c), plain)
		}
		p.line("")
	}
}

func (p *printer) count() {
	byParty, all := p.v.Tallies()
	p.line(p.paint.bold(all.String()))
	for i, t := range byParty {
		p.item("  ", p.v.Name(i)+": "+t.String(), plain)
	}
	p.line(p.v.PairCount())
	if s := p.v.WeakCount(); s != "" {
		p.item("  ", s, plain)
	}
	p.line("")
	p.para(wording.NoVerdict)
}
