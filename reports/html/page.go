package html

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/reports/wording"
)

// page is what the template shows. Claims are named by their index, so that
// no word of a statement gets into an id or a link.
type page struct {
	Policy     string
	Style      template.CSS
	Script     template.JS
	Provenance string
	Method     []string
	From       string // where the filter by score begins
	WeakCount  string

	Title, Date string
	Deck        string
	NoVerdict   string
	Silences    []string
	Struck      []string
	Many        bool // too many parties for a column each
	Parties     []partyView
	Meetings    []meetingView
	Relations   []relationView
	Total       wording.Tally
	Figures     *figures // nil where there are no two parties
	Moments     []momentView
	Points      []pointView
	Kinds       []compare.Kind
	Types       []nlp.Type
}

type partyView struct {
	Index      int
	Name       string
	Tally      wording.Tally
	Statements []statementView
	Alone      []claimView
}

type statementView struct {
	ID                          string
	Number                      int // of several, from 1; 0 where it is the only one
	Title, Date, Path, Describe string
	Hashes                      []string // SHA-256 of the file and of the text
	Words, Claims               int
	Parts                       []part
}

type relationView struct {
	Name    compare.Relation
	Letter  string
	Meaning string
	Count   int
}

type meetingView struct {
	A, B   string
	Counts []countView
	Total  int
	None   string // in place of the bar where there is no pair
}

type countView struct {
	Relation compare.Relation
	N        int
	X, Width string // of the bar, in hundredths of the longest
}

type momentView struct {
	When  string
	Cells []momentCell
}

type momentCell struct {
	Party  int
	Name   string
	Events []eventView
}

type eventView struct {
	Claim                int
	Quote, Where, Source string
	Words                string // that give the time
	Inferred             bool
	Letter, Class        string
}

type pointView struct {
	Number int
	Topic  string
	Cells  []cellView
	Pairs  []pairView
}

type cellView struct {
	Party  int
	Name   string
	Claims []claimView
}

type claimView struct {
	Index    int
	Quote    string
	Where    string
	Type     nlp.Type
	Source   string
	Analysis []string
	Decided  string
	Party    int
	Name     string
}

type pairView struct {
	A, B           int // claims
	PartyA, PartyB int
	NameA, NameB   string
	Relation       compare.Relation
	Letter         string
	Kind           compare.Kind
	Reason, Phrase string
	Score          string
	Weak           bool
	Decided        string
	Evidence       []compare.Evidence
}

// manyParties is the number of parties from which the table shows a point as
// a card instead of one column per party.
const manyParties = 5

func newPage(v *wording.Report, o Options) page {
	byParty, all := v.Tallies()
	p := page{
		Policy: policy(), Style: template.CSS(style), Script: template.JS(script), //nolint:gosec // our own constants
		Provenance: o.Provenance.String(), Method: wording.Method, From: wording.Score(from(v, o.MinScore)), WeakCount: v.WeakCount(),
		Title: v.Title(), Date: wording.Date(v.Case.Date), NoVerdict: wording.NoVerdict,
		Silences: slices.Concat(v.JudgeLines(), v.Silences()), Struck: v.Struck(), Many: len(v.Case.Parties) >= manyParties, Total: all,
		Meetings: meetings(v), Points: points(v), Figures: newFigures(v), Moments: moments(v), Kinds: kinds(v), Types: types(v),
	}
	statements := 0
	for i := range v.Case.Parties {
		pv := partyView{Index: i, Name: v.Name(i), Tally: byParty[i], Statements: statementsOf(v, i)}
		for _, c := range v.AloneOf(i) {
			pv.Alone = append(pv.Alone, claimOf(v, c))
		}
		statements += len(pv.Statements)
		p.Parties = append(p.Parties, pv)
	}
	p.Deck = fmt.Sprintf("%s, %s, %s.", parties(len(p.Parties)), wording.Count(statements, "statement"), wording.Count(all.Claims, "claim"))
	for _, r := range wording.Relations {
		n := 0
		for _, pair := range v.Pairs {
			if pair.Relation == r {
				n++
			}
		}
		p.Relations = append(p.Relations, relationView{Name: r, Letter: letter(r), Meaning: wording.Meaning(r), Count: n})
	}
	return p
}

// from is the score from which pairs are shown at first: weak ones are folded
// away, unless there are no others.
func from(v *wording.Report, least float64) float64 {
	for _, p := range v.Pairs {
		if p.Score >= max(least, wording.Weak) {
			return max(least, wording.Weak)
		}
	}
	return least
}

func parties(n int) string {
	if n == 1 {
		return "1 party"
	}
	return fmt.Sprintf("%d parties", n)
}

// letter marks a relation where colour can't be seen.
func letter(r compare.Relation) string {
	switch r {
	case compare.Agree:
		return "A"
	case compare.Conflict:
		return "C"
	case compare.Framing:
		return "F"
	}
	return "?"
}

func claimOf(v *wording.Report, i int) claimView {
	c := v.Claims[i]
	return claimView{
		Index: i, Quote: v.Quote(i), Where: v.Where(i), Type: c.Type, Source: wording.Clean(c.Source),
		Analysis: wording.Analysis(c.Claim), Decided: wording.ReadBy(c), Party: c.Party, Name: v.Name(c.Party),
	}
}

// moments are the times that claims name, each with who says what happened
// then.
func moments(v *wording.Report) []momentView {
	var out []momentView
	for _, m := range v.Timeline() {
		mv := momentView{When: m.When}
		for party, events := range m.Events {
			cell := momentCell{Party: party, Name: v.Name(party)}
			for _, e := range events {
				letters, class := marking(v.Relations[e.Claim])
				cell.Events = append(cell.Events, eventView{
					Claim: e.Claim, Quote: v.Quote(e.Claim), Where: v.Where(e.Claim), Source: wording.Clean(v.Claims[e.Claim].Source),
					Words: e.Words, Inferred: e.Inferred, Letter: letters, Class: class,
				})
			}
			mv.Cells = append(mv.Cells, cell)
		}
		out = append(out, mv)
	}
	return out
}

// marking is the letters and the class of a claim with these relations.
func marking(rs []compare.Relation) (letters, class string) {
	if len(rs) == 0 {
		return "○", "alone"
	}
	for _, r := range rs {
		letters += letter(r)
	}
	return letters, string(rs[0])
}

func points(v *wording.Report) []pointView {
	var out []pointView
	for i, row := range v.Rows {
		pt := pointView{Number: i + 1, Topic: wording.Clean(row.Topic)}
		for party, cell := range row.Cells {
			cv := cellView{Party: party, Name: v.Name(party)}
			for _, c := range cell {
				cv.Claims = append(cv.Claims, claimOf(v, c))
			}
			pt.Cells = append(pt.Cells, cv)
		}
		for _, i := range row.Pairs {
			pt.Pairs = append(pt.Pairs, pairOf(v, v.Pairs[i]))
		}
		out = append(out, pt)
	}
	return out
}

func pairOf(v *wording.Report, p compare.Pair) pairView {
	a, b := v.Claims[p.A].Party, v.Claims[p.B].Party
	pv := pairView{
		A: p.A, B: p.B, PartyA: a, PartyB: b, NameA: capital(v.Short(a)), NameB: v.Short(b),
		Relation: p.Relation, Letter: letter(p.Relation), Kind: p.Kind,
		Reason: capital(v.Reason(p)), Phrase: wording.Phrase(p.Kind), Score: wording.Score(p.Score), Weak: wording.IsWeak(p), Decided: wording.DecidedBy(p),
	}
	for _, e := range p.Evidence {
		pv.Evidence = append(pv.Evidence, compare.Evidence{
			What: wording.Clean(e.What), A: wording.Clean(e.A), B: wording.Clean(e.B), Note: wording.Clean(e.Note),
		})
	}
	return pv
}

// capital lets a sentence begin with a name that begins with an article.
func capital(s string) string {
	if rest, ok := strings.CutPrefix(s, "the "); ok {
		return "The " + rest
	}
	return s
}

func meetings(v *wording.Report) []meetingView {
	ms := v.Meetings()
	byParty, _ := v.Tallies()
	longest := 1
	for _, m := range ms {
		longest = max(longest, m.Total())
	}
	var out []meetingView
	for _, m := range ms {
		none := "nothing in common"
		if byParty[m.A].Claims == 0 || byParty[m.B].Claims == 0 {
			none = "no claim to compare"
		}
		mv := meetingView{None: none, A: capital(v.Short(m.A)), B: v.Short(m.B), Total: m.Total()}
		x := 0.0
		for _, r := range wording.Relations {
			n := m.Counts[r]
			width := 100 * float64(n) / float64(longest)
			mv.Counts = append(mv.Counts, countView{Relation: r, N: n, X: fmt.Sprintf("%.2f", x), Width: fmt.Sprintf("%.2f", width)})
			x += width
		}
		out = append(out, mv)
	}
	return out
}

// kinds lists the kinds that occur, in the order of the gold format.
func kinds(v *wording.Report) []compare.Kind {
	in := make(map[compare.Kind]bool)
	for _, p := range v.Pairs {
		in[p.Kind] = true
	}
	var out []compare.Kind
	for _, k := range wording.Kinds {
		if in[k] {
			out = append(out, k)
		}
	}
	return out
}

// types lists the types that occur, in the order of the gold format.
func types(v *wording.Report) []nlp.Type {
	in := make(map[nlp.Type]bool)
	for _, c := range v.Claims {
		in[c.Type] = true
	}
	var out []nlp.Type
	for _, t := range nlp.Types {
		if in[t] {
			out = append(out, t)
		}
	}
	return out
}

func statementsOf(v *wording.Report, party int) []statementView {
	var out []statementView
	docs := v.Case.Parties[party].Statements
	for i, d := range docs {
		claims := claimsOf(v, party, i)
		sv := statementView{
			ID: fmt.Sprintf("s%d-%d", party, i), Title: wording.Clean(d.Title), Date: wording.Date(d.Date), Path: wording.Clean(d.Path),
			Describe: wording.Describe(d), Hashes: wording.Hashes(d),
			Words: wording.Words(d), Claims: len(claims), Parts: parts(v, d, claims),
		}
		if len(docs) > 1 {
			sv.Number = i + 1
		}
		out = append(out, sv)
	}
	return out
}

// claimsOf lists the claims of one statement, in order.
func claimsOf(v *wording.Report, party, statement int) []int {
	var out []int
	for i, c := range v.Claims {
		if c.Party == party && c.Statement == statement {
			out = append(out, i)
		}
	}
	return out
}
