package exchange

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/reports/wording"
)

// pairColumns are the columns of the CSV of a comparison.
var pairColumns = []string{
	"party_a", "statement_a", "line_a", "quote_a",
	"party_b", "statement_b", "line_b", "quote_b",
	"relation", "kind", "score", "evidence", "topic",
	"claim_a", "type_a", "source_a", "claim_b", "type_b", "source_b",
	"decided", "page_a", "page_b",
}

// Alone is the relation, in CSV, of a claim that meets no other.
const Alone = "alone"

// WriteCSV writes one record per pair, in the order of the rows, then one per
// claim alone, whose relation is "alone" and whose side b is empty. Parties
// are named by id. Records follow RFC 4180: comma, CRLF, UTF-8 without byte
// order mark. Quotes are on one line, control characters are made visible,
// and a cell that a spreadsheet would take for a formula begins with an
// apostrophe (see wording.Inert). The exact words are in the JSON.
func WriteCSV(w io.Writer, v *wording.Report) error {
	c := newCSV(w)
	c.record(pairColumns)
	done := make([]bool, len(v.Pairs))
	one := func(i int) {
		if !done[i] {
			done[i] = true
			c.record(pairRecord(v, v.Pairs[i], v.Topics[i]))
		}
	}
	for _, row := range v.Rows {
		for _, i := range row.Pairs {
			one(i)
		}
	}
	for i := range v.Pairs {
		one(i)
	}
	for _, i := range v.Alone {
		a := sideOf(v, i)
		c.record([]string{
			a.party, a.statement, a.line, a.quote, "", "", "", "",
			Alone, "", "", "", "",
			a.id, a.typ, a.source, "", "", "",
			wording.ReadBy(v.Claims[i]), a.page, "",
		})
	}
	return c.close()
}

type side struct{ party, statement, page, line, quote, id, typ, source string }

func sideOf(v *wording.Report, i int) side {
	c := v.Claims[i]
	return side{
		party: v.Case.Parties[c.Party].ID, statement: v.Document(i).Path, page: pageText(v.Place(i).Page), line: strconv.Itoa(v.Line(i)),
		quote: c.Text, id: c.ID, typ: string(c.Type), source: c.Source,
	}
}

// pageText is a page's number, or nothing where there are no pages.
func pageText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func pairRecord(v *wording.Report, p compare.Pair, topic string) []string {
	a, b := sideOf(v, p.A), sideOf(v, p.B)
	return []string{
		a.party, a.statement, a.line, a.quote, b.party, b.statement, b.line, b.quote,
		string(p.Relation), string(p.Kind), strconv.FormatFloat(wording.Round4(p.Score), 'f', -1, 64),
		evidenceText(p.Evidence), topic,
		a.id, a.typ, a.source, b.id, b.typ, b.source,
		wording.DecidedBy(p), a.page, b.page,
	}
}

// evidenceText is the evidence in one cell: "quantity: some thirty / fifty-one
// (the figures differ); name: ...".
func evidenceText(es []compare.Evidence) string {
	var parts []string
	for _, e := range es {
		s := e.What
		switch {
		case e.A != "" && e.B != "":
			s += ": " + e.A + " / " + e.B
		case e.A != "" || e.B != "":
			s += ": " + e.A + e.B
		}
		if e.Note != "" {
			s += " (" + e.Note + ")"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

var claimColumns = []string{
	"statement", "line", "quote", "type", "type_probability", "source", "polarity", "certainty",
	"actor", "predicate", "patient", "time", "place", "quantities", "names", "start", "end", "page",
}

// WriteClaimsCSV writes one record per claim, like WriteCSV.
func WriteClaimsCSV(w io.Writer, docs []*nlp.Document) error {
	c := newCSV(w)
	c.record(claimColumns)
	for _, d := range docs {
		lines := wording.NewLines(d)
		for _, cl := range d.Claims {
			c.record([]string{
				d.Path, strconv.Itoa(lines.Of(cl.Start)), cl.Text,
				string(cl.Type), strconv.FormatFloat(wording.Round4(cl.TypeProbability), 'f', -1, 64),
				cl.Source, string(cl.Polarity), string(cl.Certainty),
				cl.Actor, cl.Predicate, cl.Patient, cl.Time, cl.Place,
				strings.Join(wording.Quantities(cl), "; "), strings.Join(wording.Names(cl), "; "),
				strconv.Itoa(cl.Start), strconv.Itoa(cl.End), pageText(lines.Place(cl.Start).Page),
			})
		}
	}
	return c.close()
}

// csvWriter keeps the first error.
type csvWriter struct {
	w   *csv.Writer
	err error
}

func newCSV(w io.Writer) *csvWriter {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	return &csvWriter{w: c}
}

func (c *csvWriter) record(cells []string) {
	if c.err != nil {
		return
	}
	out := make([]string, len(cells))
	for i, s := range cells {
		out[i] = wording.Inert(wording.Clean(s))
	}
	c.err = c.w.Write(out)
}

func (c *csvWriter) close() error {
	if c.err != nil {
		return c.err
	}
	c.w.Flush()
	return c.w.Error()
}
