package dataset

import (
	"fmt"
	"strings"

	"counterclaim/compare"
	"counterclaim/compare/corpus"
	"counterclaim/compare/versions"
	"counterclaim/nlp"
	"counterclaim/reports/wording"
)

// Add adds a case that was compared to the tables.
func (t *Tables) Add(c *corpus.Compared) error {
	for _, r := range c.Rejected {
		t.Rejected = append(t.Rejected, Rejected{Where: r.Where, ID: r.ID, Reason: r.Reason, Record: r.Record})
	}
	view, err := wording.New(c.Result)
	if err != nil {
		return err
	}
	a := adder{t: t, c: c, view: view, prefix: c.Case.ID + "/"}
	a.statements()
	a.rows()
	a.claims()
	a.pairs()
	a.versions()
	return nil
}

type adder struct {
	t      *Tables
	c      *corpus.Compared
	view   *wording.Report
	prefix string
	inRow  []string // by claim: id of its row, empty if alone
	ofPair []string // by pair: id of its row
}

func (a *adder) statements() {
	title := Optional(a.c.Case.Title)
	add := func(s *corpus.Statement, number int, d *nlp.Document) {
		r := Statement{
			ID: s.ID, Case: a.c.Case.ID, CaseTitle: title, Party: s.Party.ID, PartyName: s.Party.Name, Number: int32(number),
			Date: Optional(wording.Date(d.Date)), Title: Optional(d.Title), Address: Optional(s.Address), Path: Optional(s.Path),
			SHA256: s.SHA256, Words: int32(len(strings.Fields(d.Text))), Claims: int32(len(d.Claims)), Voice: s.ID, Shared: []string{}, Text: d.Text,
		}
		if s.Voice != "" {
			r.Voice = s.Voice
		}
		if g := s.Grouping; g != nil {
			r.Nearest, r.Similarity, r.Shared = Optional(g.Nearest), g.Similarity, append(r.Shared, g.Shared...)
		}
		a.t.Statements = append(a.t.Statements, r)
	}
	for p, party := range a.c.Result.Case.Parties {
		for n, d := range party.Statements {
			add(a.c.Statements[p][n], n+1, d)
		}
	}
	for _, s := range a.c.Copies {
		add(s.Statement, 0, &nlp.Document{Date: s.Text.Date, Title: s.Text.Title, Text: s.Text.Canonical})
	}
}

func (a *adder) claimID(i int) string { return a.prefix + a.view.Claims[i].ID }

func (a *adder) pairID(i int) string { return fmt.Sprintf("%sp%d", a.prefix, i+1) }

func (a *adder) partyID(i int) string { return a.view.Case.Parties[a.view.Claims[i].Party].ID }

func (a *adder) rows() {
	a.inRow, a.ofPair = make([]string, len(a.view.Claims)), make([]string, len(a.view.Pairs))
	for n, row := range a.view.Rows {
		r := Row{
			ID: fmt.Sprintf("%sr%d", a.prefix, n+1), Case: a.c.Case.ID, Number: int32(n + 1), Topic: row.Topic,
			Parties: []string{}, Silent: []string{}, Claims: []string{}, Pairs: []string{},
		}
		for p, cell := range row.Cells {
			id := a.view.Case.Parties[p].ID
			if len(cell) == 0 {
				r.Silent = append(r.Silent, id)
				continue
			}
			r.Parties = append(r.Parties, id)
			for _, i := range cell {
				r.Claims = append(r.Claims, a.claimID(i))
				a.inRow[i] = r.ID
			}
		}
		for _, i := range row.Pairs {
			r.Pairs = append(r.Pairs, a.pairID(i))
			a.ofPair[i] = r.ID
		}
		a.t.Rows = append(a.t.Rows, r)
	}
}

func (a *adder) claims() {
	for i, c := range a.view.Claims {
		r := Claim{
			ID: a.claimID(i), Case: a.c.Case.ID, Party: a.partyID(i), Statement: a.c.Statements[c.Party][c.Statement].ID, Row: Optional(a.inRow[i]),
			Sentence: int32(c.Sentence), Start: int32(c.Start), End: int32(c.End), Line: int32(a.view.Line(i)), Text: c.Text,
			Type: string(c.Type), TypeProbability: wording.Round4(c.TypeProbability), Source: Optional(c.Source),
			Polarity: string(c.Polarity), Certainty: string(c.Certainty),
			Actor: Optional(c.Actor), Predicate: Optional(c.Predicate), Patient: Optional(c.Patient), Time: Optional(c.Time), Place: Optional(c.Place),
			Quantities: append([]string{}, wording.Quantities(c.Claim)...), Names: []string{}, Keys: []string{},
		}
		for _, e := range c.Entities {
			r.Names, r.Keys = append(r.Names, e.Text), append(r.Keys, e.Key)
		}
		a.t.Claims = append(a.t.Claims, r)
	}
}

func (a *adder) pairs() {
	for i, p := range a.view.Pairs {
		a.t.Pairs = append(a.t.Pairs, Pair{
			ID: a.pairID(i), Case: a.c.Case.ID, Row: Optional(a.ofPair[i]),
			A: a.claimID(p.A), B: a.claimID(p.B), PartyA: a.partyID(p.A), PartyB: a.partyID(p.B),
			Relation: string(p.Relation), Kind: string(p.Kind), Score: wording.Round4(p.Score), Evidence: evidenceOf(p.Evidence),
		})
	}
}

func evidenceOf(list []compare.Evidence) []Evidence {
	out := []Evidence{}
	for _, e := range list {
		out = append(out, Evidence{What: e.What, A: e.A, B: e.B, Note: e.Note})
	}
	return out
}

func (a *adder) versions() {
	for _, v := range a.c.Versions {
		from, to := a.c.Statements[v.Party][v.Earlier], a.c.Statements[v.Party][v.Earlier+1]
		claim := func(statement, i int) Optional {
			if i < 0 {
				return ""
			}
			return Optional(fmt.Sprintf("%s%s/%d/%d", a.prefix, from.Party.ID, statement+1, i+1))
		}
		for _, c := range v.Changes {
			r := Version{
				Case: a.c.Case.ID, Party: from.Party.ID, From: from.ID, To: to.ID, Change: string(c.What),
				Before: claim(v.Earlier, c.Before), After: claim(v.Earlier+1, c.After),
			}
			if c.What == versions.Kept || c.What == versions.Revised {
				r.Kind, r.Score = Optional(c.Kind), wording.Round4(c.Score)
			}
			a.t.Versions = append(a.t.Versions, r)
		}
	}
}
