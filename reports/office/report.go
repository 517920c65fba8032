package office

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"counterclaim/compare"
	"counterclaim/reports/wording"
)

// Options of a report.
type Options struct {
	Provenance wording.Provenance
	MinScore   float64 // .docx, .odt: pairs with a lower score are counted but not shown
}

// WriteReportDOCX writes a comparison as a Word document.
func WriteReportDOCX(w io.Writer, v *wording.Report, o Options) error {
	return WriteDOCX(w, Report(v, o))
}

// WriteReportODT writes a comparison as an OpenDocument text.
func WriteReportODT(w io.Writer, v *wording.Report, o Options) error {
	return WriteODT(w, Report(v, o))
}

// manyParties is the number of parties from which the table has one column
// for all of them: more columns than three are too narrow to read on paper.
const manyParties = 4

// Report is a comparison as a document to edit: the parties, the count, the
// side-by-side table, what one party alone says, and the method.
func Report(v *wording.Report, o Options) Document {
	d := Document{
		Title: v.Title(), Subject: wording.NoVerdict, Footer: v.Title() + ": statements compared, not judged",
		Landscape: len(v.Case.Parties) > 2,
	}
	add := func(bs ...Block) { d.Blocks = append(d.Blocks, bs...) }

	add(P(Title, v.Title()))
	sub := "Statements compared"
	if date := wording.Date(v.Case.Date); date != "" {
		sub += " · " + date
	}
	add(P(Subtitle, sub), P(Notice, wording.NoVerdict))
	for i := range v.Case.Parties {
		add(Paragraph{Body, []Span{{v.Name(i), Strong}}})
		for _, s := range v.Statements(i) {
			add(P(Bullet, s))
		}
	}
	for _, s := range slices.Concat(v.JudgeLines(), v.Silences()) {
		add(P(Body, s))
	}

	add(Heading{1, "Summary"})
	byParty, all := v.Tallies()
	add(meetings(v), P(Note, v.PairCount()+"."))
	if s := v.WeakCount(); s != "" {
		add(P(Note, s+"."))
	}
	add(tallies(v, byParty, all))
	for _, r := range wording.Relations {
		add(Paragraph{Bullet, []Span{{string(r), charStyle(r)}, {": " + wording.Meaning(r), ""}}})
	}

	add(Heading{1, "Point by point"})
	if len(v.Rows) > 0 {
		add(pointTable(v, o))
	} else {
		add(P(Body, "There is no point that two parties speak to."))
	}
	if moments := v.Timeline(); len(moments) > 0 {
		add(Heading{1, "Timeline"}, P(Body, "What each party says happened when, by the dates and times that its claims name. A time that is on no day stands nowhere in it."),
			timeline(v, moments))
	}
	add(Heading{1, "Said by one party alone"})
	if len(v.Alone) == 0 && all.Claims > 0 {
		add(P(Body, "Every claim meets a claim of another party."))
	}
	for i := range v.Case.Parties {
		if cs := v.AloneOf(i); len(cs) > 0 {
			add(Heading{2, fmt.Sprintf("%s: %s", v.Name(i), wording.Count(len(cs), "claim"))}, aloneTable(v, cs))
		}
	}

	if struck := v.Struck(); len(struck) > 0 {
		add(Heading{1, "Pairs that our own judge finds and that were struck out"})
		for _, s := range struck {
			add(P(Bullet, s))
		}
	}

	add(Heading{1, "Method and limits"})
	for _, s := range wording.Method {
		add(P(Body, s))
	}
	add(hashes(v), P(Note, "Made by "+o.Provenance.String()+"."))
	return d
}

func charStyle(r compare.Relation) CharStyle {
	switch r {
	case compare.Agree:
		return Agree
	case compare.Conflict:
		return Conflict
	case compare.Framing:
		return Framing
	}
	return ""
}

// text is a cell of one paragraph.
func text(s string) Cell { return Cell{Paragraphs: []Paragraph{P(InTable, s)}} }

func number(n int) Cell { return text(strconv.Itoa(n)) }

func meetings(v *wording.Report) Table {
	t := Table{Widths: []int{6}, Header: []string{"Pairs of claims that meet"}}
	for _, r := range wording.Relations {
		t.Widths, t.Header = append(t.Widths, 2), append(t.Header, string(r))
	}
	for _, m := range v.Meetings() {
		row := []Cell{text(v.Short(m.A) + " and " + v.Short(m.B))}
		for _, r := range wording.Relations {
			row = append(row, number(m.Counts[r]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func tallies(v *wording.Report, byParty []wording.Tally, all wording.Tally) Table {
	t := Table{Widths: []int{6, 2, 2, 2}, Header: []string{"Every claim, accounted for", "claims", "in points", "alone"}}
	for i, n := range byParty {
		t.Rows = append(t.Rows, []Cell{text(v.Name(i)), number(n.Claims), number(n.InRows), number(n.Alone)})
	}
	t.Rows = append(t.Rows, []Cell{text("All"), number(all.Claims), number(all.InRows), number(all.Alone)})
	return t
}

// pointTable has one row per point: a column for every party, or one for all
// where they are many.
func pointTable(v *wording.Report, o Options) Table {
	many := len(v.Case.Parties) >= manyParties
	t := Table{Widths: []int{4}, Header: []string{"Point"}}
	if many {
		t.Widths, t.Header = append(t.Widths, 13), append(t.Header, "Who says what")
	} else {
		for i := range v.Case.Parties {
			t.Widths, t.Header = append(t.Widths, 7), append(t.Header, v.Name(i))
		}
	}
	t.Widths, t.Header = append(t.Widths, 9), append(t.Header, "Relation")
	for i, row := range v.Rows {
		cells := []Cell{{Shade: true, Paragraphs: []Paragraph{{InTable, []Span{{strconv.Itoa(i+1) + ". ", ""}, {wording.Clean(row.Topic), Strong}}}}}}
		var said Cell
		for party, claims := range row.Cells {
			ps := quotes(v, claims)
			switch {
			case !many && len(ps) == 0:
				cells = append(cells, text("–"))
			case !many:
				cells = append(cells, Cell{Paragraphs: ps})
			case len(ps) > 0:
				said.Paragraphs = append(said.Paragraphs, Paragraph{InTable, []Span{{v.Name(party), Strong}}})
				said.Paragraphs = append(said.Paragraphs, ps...)
			}
		}
		if many {
			cells = append(cells, said)
		}
		t.Rows = append(t.Rows, append(cells, findings(v, row, o.MinScore)))
	}
	return t
}

// quotes are the words of claims, each with its place and source.
func quotes(v *wording.Report, claims []int) []Paragraph {
	var out []Paragraph
	for _, c := range claims {
		where := v.Where(c)
		if s := wording.Clean(v.Claims[c].Source); s != "" {
			where += "; source: " + s
		}
		if s := wording.ReadBy(v.Claims[c]); s != "" {
			where += "; " + s
		}
		out = append(out, Paragraph{Quote, []Span{{v.Quote(c), ""}, {" " + where, Soft}}})
	}
	return out
}

func findings(v *wording.Report, row compare.Row, minScore float64) Cell {
	var c Cell
	full, weak, left := v.Split(row, minScore)
	for _, p := range full {
		about := " " + wording.Score(p.Score)
		if s := wording.DecidedBy(p); s != "" {
			about += "; " + s
		}
		c.Paragraphs = append(c.Paragraphs, Paragraph{InTable, []Span{
			{wording.Label(p), charStyle(p.Relation)}, {": " + v.Reason(p), ""}, {about, Soft},
		}})
	}
	if len(weak) > 0 {
		c.Paragraphs = append(c.Paragraphs, P(Note, wording.WeakLine(weak)))
	}
	if left > 0 {
		c.Paragraphs = append(c.Paragraphs, P(Note, wording.Count(left, "pair")+" with a score below "+wording.Score(minScore)+" not shown"))
	}
	return c
}

func timeline(v *wording.Report, moments []wording.Moment) Table {
	t := Table{Widths: []int{4, 4, 12}, Header: []string{"When", "Party", "What it says"}}
	for _, m := range moments {
		when := m.When
		for party, events := range m.Events {
			if len(events) == 0 {
				continue
			}
			var said Cell
			for _, e := range events {
				said.Paragraphs = append(said.Paragraphs, quotes(v, []int{e.Claim})...)
			}
			t.Rows = append(t.Rows, []Cell{{Shade: true, Paragraphs: []Paragraph{{InTable, []Span{{when, Strong}}}}}, text(v.Name(party)), said})
			when = "" // once for all that speak of it
		}
	}
	return t
}

func aloneTable(v *wording.Report, claims []int) Table {
	t := Table{Widths: []int{12, 2, 3}, Header: []string{"Claim", "Type", "Source"}}
	for _, c := range claims {
		q := v.Claims[c]
		source := wording.Clean(q.Source)
		if source == "" {
			source = "–"
		}
		t.Rows = append(t.Rows, []Cell{
			{Paragraphs: []Paragraph{{Quote, []Span{{v.Quote(c), ""}, {" " + v.Where(c), Soft}}}}},
			text(string(q.Type)), text(source),
		})
	}
	return t
}

func hashes(v *wording.Report) Table {
	t := Table{Widths: []int{4, 7, 2, 9}, Header: []string{"Party", "Statement", "Words", "SHA-256"}}
	for i, p := range v.Case.Parties {
		for _, d := range p.Statements {
			var sums Cell
			for _, s := range wording.Hashes(d) {
				sums.Paragraphs = append(sums.Paragraphs, P(Note, s))
			}
			t.Rows = append(t.Rows, []Cell{text(v.Name(i)), text(wording.Describe(d)), number(wording.Words(d)), sums})
		}
	}
	return t
}
