// Package wording holds what every report says of a comparison in the same
// words: the names of the parties, the place of a claim in its statement, the
// reason of a pair and the count that accounts for every claim.
//
// The law of the package: it reads a compare.Result and decides nothing. What
// it returns is plain text, made harmless by Clean for a screen, but not yet
// escaped for Markdown or HTML; that is the work of the format.
package wording

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/nlp/read"
)

// Report is a result whose indexes were checked, with the words that the
// formats share. It is safe for concurrent reading.
type Report struct {
	*compare.Result
	Relations [][]compare.Relation // by claim: the relations it takes part in, as in Relations, without repetition
	Topics    []string             // by pair: the topic of its row, empty where it is in none
	lines     map[*nlp.Document]Lines
}

// New checks r and prepares its words. It fails if r points outside itself,
// so that no format can panic or print nonsense.
func New(r *compare.Result) (*Report, error) {
	if r == nil {
		return nil, fmt.Errorf("no result to report")
	}
	if err := check(r); err != nil {
		return nil, fmt.Errorf("inconsistent result: %w", err)
	}
	v := &Report{
		Result:    r,
		Relations: make([][]compare.Relation, len(r.Claims)),
		Topics:    make([]string, len(r.Pairs)),
		lines:     make(map[*nlp.Document]Lines),
	}
	for _, p := range r.Case.Parties {
		for _, d := range p.Statements {
			v.lines[d] = NewLines(d)
		}
	}
	for _, rel := range Relations {
		for _, p := range r.Pairs {
			if p.Relation == rel {
				v.Relations[p.A] = appendNew(v.Relations[p.A], rel)
				v.Relations[p.B] = appendNew(v.Relations[p.B], rel)
			}
		}
	}
	for _, row := range r.Rows {
		for _, p := range row.Pairs {
			v.Topics[p] = row.Topic
		}
	}
	return v, nil
}

func appendNew(rs []compare.Relation, r compare.Relation) []compare.Relation {
	if len(rs) > 0 && rs[len(rs)-1] == r {
		return rs
	}
	return append(rs, r)
}

func check(r *compare.Result) error {
	for i, p := range r.Case.Parties {
		for j, d := range p.Statements {
			if d == nil {
				return fmt.Errorf("party %d has no document for statement %d", i, j)
			}
		}
	}
	for i, c := range r.Claims {
		if !within(c.Party, len(r.Case.Parties)) {
			return fmt.Errorf("claim %d is of party %d of %d", i, c.Party, len(r.Case.Parties))
		}
		ss := r.Case.Parties[c.Party].Statements
		if !within(c.Statement, len(ss)) {
			return fmt.Errorf("claim %d is of statement %d of %d", i, c.Statement, len(ss))
		}
		if text := ss[c.Statement].Text; c.Start < 0 || c.End < c.Start || c.End > len(text) {
			return fmt.Errorf("claim %d is bytes %d to %d of a text of %d", i, c.Start, c.End, len(text))
		}
	}
	for i, p := range slices.Concat(r.Pairs, r.Overruled, r.Apart) {
		if !within(p.A, len(r.Claims)) || !within(p.B, len(r.Claims)) {
			return fmt.Errorf("pair %d joins claims %d and %d of %d", i, p.A, p.B, len(r.Claims))
		}
		if math.IsNaN(p.Score) || p.Score < 0 || p.Score > 1 {
			return fmt.Errorf("pair %d has the score %v", i, p.Score)
		}
	}
	for i, row := range r.Rows {
		if len(row.Cells) != len(r.Case.Parties) {
			return fmt.Errorf("row %d has %d cells for %d parties", i, len(row.Cells), len(r.Case.Parties))
		}
		for _, cell := range row.Cells {
			if err := allWithin(cell, len(r.Claims)); err != nil {
				return fmt.Errorf("row %d: claim %w", i, err)
			}
		}
		if err := allWithin(row.Pairs, len(r.Pairs)); err != nil {
			return fmt.Errorf("row %d: pair %w", i, err)
		}
	}
	if err := allWithin(r.Alone, len(r.Claims)); err != nil {
		return fmt.Errorf("claim alone %w", err)
	}
	return nil
}

func within(i, n int) bool { return i >= 0 && i < n }

func allWithin(is []int, n int) error {
	for _, i := range is {
		if !within(i, n) {
			return fmt.Errorf("%d of %d", i, n)
		}
	}
	return nil
}

// Document is the statement that claim c is of.
func (v *Report) Document(c int) *nlp.Document {
	cl := v.Claims[c]
	return v.Case.Parties[cl.Party].Statements[cl.Statement]
}

// Line is the line of its statement, from 1, on which claim c begins.
func (v *Report) Line(c int) int {
	return v.lines[v.Document(c)].Of(v.Claims[c].Start)
}

// Place is the page, if its statement has pages, and the line on which claim
// c begins.
func (v *Report) Place(c int) read.Position {
	return v.lines[v.Document(c)].Place(v.Claims[c].Start)
}

// LineOf is the line, from 1, of a byte of the canonical text of d, a
// statement of the case.
func (v *Report) LineOf(d *nlp.Document, offset int) int { return v.lines[d].Of(offset) }

// PlaceOf is Place of a byte of the canonical text of d.
func (v *Report) PlaceOf(d *nlp.Document, offset int) read.Position { return v.lines[d].Place(offset) }

// Where says where claim c stands: "line 14", "p. 3, l. 12", or "statement 2,
// line 14" where the party has several statements.
func (v *Report) Where(c int) string {
	cl := v.Claims[c]
	if len(v.Case.Parties[cl.Party].Statements) > 1 {
		return fmt.Sprintf("statement %d, %s", cl.Statement+1, v.Place(c))
	}
	return v.Place(c).String()
}

// Quote is the words of claim c on one line, in quotation marks.
func (v *Report) Quote(c int) string { return Quoted(v.Claims[c].Text) }

// Cite is the quote of claim c with its place, and its source where the party
// only reports it.
func (v *Report) Cite(c int) string {
	where := v.Where(c)
	if s := Clean(v.Claims[c].Source); s != "" {
		where += "; source: " + s
	}
	if s := ReadBy(v.Claims[c]); s != "" {
		where += "; " + s
	}
	return v.Quote(c) + " (" + where + ")"
}

// Name is the name of party i, or its id where it has none.
func (v *Report) Name(i int) string {
	p := v.Case.Parties[i]
	if s := Clean(p.Name); s != "" {
		return s
	}
	return Clean(p.ID)
}

// longName is the length in runes from which a name is tiresome inside a
// sentence.
const longName = 24

// Short is the name of party i as used inside a sentence: its name, or the
// first alias that is shorter than a long name.
func (v *Report) Short(i int) string {
	name := v.Name(i)
	if len([]rune(name)) <= longName {
		return name
	}
	for _, a := range v.Case.Parties[i].Aliases {
		if a = Clean(a); a != "" && len([]rune(a)) <= longName {
			return a
		}
	}
	return name
}

// Title is the title of the case, or the names of its parties where it has
// none.
func (v *Report) Title() string {
	if s := Clean(v.Case.Title); s != "" {
		return s
	}
	var names []string
	for i := range v.Case.Parties {
		names = append(names, v.Short(i))
	}
	switch n := len(names); {
	case n == 0:
		return "Untitled case"
	case n == 1:
		return capital(names[0])
	case n <= mostNamed:
		return capital(strings.Join(names[:n-1], ", ") + " and " + names[n-1])
	default:
		return capital(fmt.Sprintf("%s and %d others", strings.Join(names[:mostNamed-1], ", "), n-mostNamed+1))
	}
}

// mostNamed is the number of parties up to which a case without a title is
// called by all their names.
const mostNamed = 4

// Reason says in words why a pair has its relation, from its evidence: what
// each side says, then the note.
func (v *Report) Reason(p compare.Pair) string {
	a, b := v.Short(v.Claims[p.A].Party), v.Short(v.Claims[p.B].Party)
	e, ok := decisive(p)
	if !ok {
		e.Note = Phrase(p.Kind)
	}
	var s string
	switch ea, eb := Clean(e.A), Clean(e.B); {
	case ea != "" && eb != "" && !strings.EqualFold(ea, eb): // the same words on both sides tell nothing

		s = fmt.Sprintf("%s says %s, %s says %s", a, Quoted(ea), b, Quoted(eb))
	case ea != "" && eb == "":
		s = fmt.Sprintf("%s says %s, %s does not", a, Quoted(ea), b)
	case ea == "" && eb != "":
		s = fmt.Sprintf("%s says %s, %s does not", b, Quoted(eb), a)
	default: // no words are named: the claims' own, so that one sees which claims these are
		s = fmt.Sprintf("%s says %s, %s says %s", a, excerpt(v.Claims[p.A].Text), b, excerpt(v.Claims[p.B].Text))
	}
	if n := strings.TrimSuffix(Clean(e.Note), "."); n != "" {
		s += "; " + n
	}
	return s
}

// excerptWords is the number of words that are enough to know a claim by.
const excerptWords = 8

func excerpt(s string) string {
	words := strings.Fields(Clean(s))
	if len(words) <= excerptWords {
		return Quoted(s)
	}
	return Quoted(strings.Join(words[:excerptWords], " ") + " …")
}

// decisive is the evidence that the kind of the pair names; else the first
// that quotes both sides; else the first.
func decisive(p compare.Pair) (compare.Evidence, bool) {
	for _, e := range p.Evidence {
		if e.What == string(p.Kind) {
			return e, true
		}
	}
	for _, e := range p.Evidence {
		if e.A != "" && e.B != "" {
			return e, true
		}
	}
	if len(p.Evidence) > 0 {
		return p.Evidence[0], true
	}
	return compare.Evidence{}, false
}

// Finding is the relation, kind, reason and score of a pair in one line, and
// who decided it where that is marked.
func (v *Report) Finding(p compare.Pair) string {
	s := Label(p) + ": " + v.Reason(p) + " · " + Score(p.Score)
	if by := DecidedBy(p); by != "" {
		s += " · " + by
	}
	return s
}

// Label is the relation of a pair with its kind: "conflict (quantity)".
func Label(p compare.Pair) string {
	if p.Kind == "" {
		return Clean(string(p.Relation))
	}
	return Clean(string(p.Relation)) + " (" + Clean(string(p.Kind)) + ")"
}

// Score writes a score with two decimals.
func Score(s float64) string { return fmt.Sprintf("%.2f", s) }

// Round4 rounds a score to four decimals, the precision that is exchanged.
func Round4(s float64) float64 { return math.Round(s*1e4) / 1e4 }

// Statements describes the statements of party i, one line each: title,
// date, path.
func (v *Report) Statements(i int) []string {
	var out []string
	for _, d := range v.Case.Parties[i].Statements {
		out = append(out, Describe(d))
	}
	return out
}

// Describe is the title, date and path of a statement in one line.
func Describe(d *nlp.Document) string {
	var parts []string
	if s := Clean(d.Title); s != "" {
		parts = append(parts, Quoted(s))
	}
	if s := Date(d.Date); s != "" {
		parts = append(parts, s)
	}
	if s := Clean(d.Path); s != "" {
		parts = append(parts, s)
	}
	if len(parts) == 0 {
		return "untitled statement"
	}
	return strings.Join(parts, ", ")
}

// Date writes a day as 2031-05-04, and nothing for the zero time.
func Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
