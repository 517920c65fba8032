package html

import (
	"slices"
	"strconv"
	"strings"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/nlp/read"
	"counterclaim/reports/wording"
)

// part is a block of a statement, or a run of list items.
type part struct {
	Kind   read.Kind
	Level  int // of a heading, 3 to 6; of a list item, its depth
	Marker string
	Line   string // "12", or "3:12" for page and line
	Spans  []span
	Items  []part   // of a list
	Rows   [][]cell // of a table
}

type cell struct{ Spans []span }

// span is a run of a statement's text that lies in the same claims
// throughout. Claims may nest and overlap; spans never do.
type span struct {
	Text   string
	Claims string // indexes, parted by blanks; the shortest claim first
	Class  string // strongest relation of its claims, "alone", or empty outside claims
	Deep   bool   // lies in more than one claim
	Marks  []mark // of the claims that begin here
}

// mark is the letter before a claim, by which it is reached.
type mark struct {
	Claim  int
	Letter string
	Class  string
	Label  string // for a screen reader
	Href   string // the claim's row, or its line among the claims alone
}

// statementLevel is the level of the heading above a statement: the page's
// is 1, a section's 2, a party's 3.
const statementLevel = 3

// parts cuts a statement into blocks, and shows also text that is in none.
func parts(v *wording.Report, d *nlp.Document, claims []int) []part {
	t := &marker{v: v, text: d.Text, claims: claims, hrefs: hrefs(v)}
	var out []part
	at, level := 0, statementLevel
	gap := func(end int) {
		if start := at; strings.TrimSpace(d.Text[start:end]) != "" {
			out = append(out, part{Kind: read.Paragraph, Line: v.PlaceOf(d, start).Short(), Spans: t.spans(start, end)})
		}
	}
	for _, b := range d.Blocks {
		start, end := max(b.Start, at), min(b.End, len(d.Text))
		if start > len(d.Text) || end < start {
			continue
		}
		gap(start)
		p := part{Kind: b.Kind, Marker: wording.Clean(b.Marker), Line: v.PlaceOf(d, start).Short()}
		switch b.Kind {
		case read.Heading:
			level = min(max(b.Level, 1)+statementLevel, level+1, 6) // a reader of headings finds no level left out
			p.Level = level
		case read.ListItem:
			p.Level = max(b.Level, 0)
		default: // no levels
		}
		if b.Kind == read.Table {
			p.Rows = t.table(start, end)
		} else {
			p.Spans = t.spans(start, end)
		}
		at = end
		if last := len(out) - 1; b.Kind == read.ListItem && last >= 0 && out[last].Items != nil {
			out[last].Items = append(out[last].Items, p)
		} else if b.Kind == read.ListItem {
			out = append(out, part{Kind: read.ListItem, Items: []part{p}})
		} else {
			out = append(out, p)
		}
	}
	gap(len(d.Text))
	return out
}

// hrefs is, by claim, where it stands outside the statements.
func hrefs(v *wording.Report) []string {
	out := make([]string, len(v.Claims))
	for c := range out {
		out[c] = "#statements" // never needed in a sound result
	}
	for _, c := range v.Alone {
		out[c] = "#q" + strconv.Itoa(c)
	}
	for i, row := range v.Rows {
		for _, cs := range row.Cells {
			for _, c := range cs {
				out[c] = "#p" + strconv.Itoa(i+1)
			}
		}
	}
	return out
}

// marker walks once through a statement and its claims, which are in order
// of their start.
type marker struct {
	v      *wording.Report
	text   string
	claims []int // still to come
	active []int // begun and not ended
	hrefs  []string
}

// spans cuts text[start:end] wherever a claim begins or ends. Calls must go
// forward through the text.
func (t *marker) spans(start, end int) []span {
	var out []span
	for at := start; at < end; {
		var begun []int
		for len(t.claims) > 0 && t.v.Claims[t.claims[0]].Start <= at {
			begun = append(begun, t.claims[0])
			t.claims = t.claims[1:]
		}
		t.active = slices.DeleteFunc(append(t.active, begun...), func(c int) bool { return t.v.Claims[c].End <= at })
		next := end
		if len(t.claims) > 0 {
			next = min(next, t.v.Claims[t.claims[0]].Start)
		}
		for _, c := range t.active {
			next = min(next, t.v.Claims[c].End)
		}
		out = append(out, t.span(at, next, begun))
		at = next
	}
	return out
}

func (t *marker) span(start, end int, begun []int) span {
	s := span{Text: wording.Visible(t.text[start:end]), Deep: len(t.active) > 1}
	for _, c := range begun {
		s.Marks = append(s.Marks, t.mark(c))
	}
	if len(t.active) == 0 {
		return s
	}
	inner := slices.Clone(t.active)
	slices.SortStableFunc(inner, func(a, b int) int { return t.length(a) - t.length(b) })
	names := make([]string, len(inner))
	strongest := len(wording.Relations)
	for i, c := range inner {
		names[i] = strconv.Itoa(c)
		if rs := t.v.Relations[c]; len(rs) > 0 {
			strongest = min(strongest, slices.Index(wording.Relations, rs[0]))
		}
	}
	s.Claims, s.Class = strings.Join(names, " "), "alone"
	if strongest < len(wording.Relations) {
		s.Class = string(wording.Relations[strongest])
	}
	return s
}

func (t *marker) length(c int) int { return t.v.Claims[c].End - t.v.Claims[c].Start }

func (t *marker) mark(c int) mark {
	rs := t.v.Relations[c]
	m := mark{Claim: c, Href: t.hrefs[c], Label: "alone"}
	m.Letter, m.Class = marking(rs)
	if len(rs) > 0 {
		m.Label = joinRelations(rs)
	}
	m.Label = m.Letter + ": " + m.Label // a voice command names what is seen
	if typ := string(t.v.Claims[c].Type); typ != "" {
		m.Label += ", " + wording.Clean(typ)
	}
	return m
}

func joinRelations(rs []compare.Relation) string {
	var ss []string
	for _, r := range rs {
		ss = append(ss, string(r))
	}
	return strings.Join(ss, ", ")
}

// table cuts the text of a table, whose rows end in a line feed and whose
// cells are parted by " | ".
func (t *marker) table(start, end int) [][]cell {
	var rows [][]cell
	for at := start; at < end; {
		stop := end
		if i := strings.IndexByte(t.text[at:end], '\n'); i >= 0 {
			stop = at + i
		}
		var row []cell
		for from := at; ; {
			to := stop
			bar := strings.Index(t.text[from:stop], " | ")
			if bar >= 0 {
				to = from + bar
			}
			row = append(row, cell{Spans: t.spans(from, to)})
			if bar < 0 {
				break
			}
			from = to + len(" | ")
		}
		if stop > at {
			rows = append(rows, row)
		}
		at = stop + 1
	}
	return rows
}
