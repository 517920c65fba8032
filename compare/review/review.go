// Package review keeps what persons decide about a case: one file to which
// decisions are only ever added, and the way from it to a result.
//
// A decision names its claims by the party, the statement and an anchor: the
// words with a few words around them. So it holds when the program is run
// again and finds other claims, and when the statement was edited. A decision
// whose words cannot be found any more is kept, not applied, and listed.
//
// The law of the package: no record is ever changed or lost; the same file
// and the same result give the same outcome.
package review

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"counterclaim/compare"
	"counterclaim/compare/anchor"
	"counterclaim/nlp"
)

// FileName is the name of the file of decisions in the folder of a case.
const FileName = "review.jsonl"

// What a record does.
type What string

// The kinds of records.
const (
	Pair  What = "pair"  // says whether two claims meet, and how
	Claim What = "claim" // adds or changes a claim, or says that it is none
	Note  What = "note"  // remarks on a pair or a claim, and decides nothing
	Undo  What = "undo"  // takes back another record
)

// None is the relation of two claims that do not meet.
const None = "none"

// Record is one line of the file.
type Record struct {
	ID   string    `json:"id"`
	Time time.Time `json:"time"`
	Who  string    `json:"who"`
	What What      `json:"what"`

	A *Place `json:"a,omitempty"` // the claim
	B *Place `json:"b,omitempty"` // of a pair: the other claim

	Relation string   `json:"relation,omitempty"` // of a pair; none: they do not meet
	Kind     string   `json:"kind,omitempty"`
	Own      *Verdict `json:"own,omitempty"` // of a pair: what our own judge said at the time

	To     *Place  `json:"to,omitempty"`     // of a claim: its new bounds
	Type   string  `json:"type,omitempty"`   // of a claim: its new type
	Source *string `json:"source,omitempty"` // of a claim: its new source
	Drop   bool    `json:"drop,omitempty"`   // it is no claim

	Note string `json:"note,omitempty"`
	Undo string `json:"undo,omitempty"` // id of the record that is taken back

	Line int `json:"-"` // of the file, from 1
}

// Place is where the words of a claim stand.
type Place struct {
	Party     string `json:"party"`     // id
	Statement string `json:"statement"` // path
	anchor.Anchor
	Marked bool `json:"marked,omitempty"` // marked by the person: these words exactly, not a claim that the program finds
}

// Verdict is what our own judge said.
type Verdict struct {
	Relation string  `json:"relation"`
	Kind     string  `json:"kind,omitempty"`
	Score    float64 `json:"score"`
}

// Check says what is wrong with a record.
func (r *Record) Check() error {
	if r.ID == "" || r.Who == "" || r.Time.IsZero() {
		return errors.New(`"id", "who" and "time" are needed`)
	}
	switch r.What {
	case Pair:
		if r.A == nil || r.B == nil || r.A.Party == r.B.Party {
			return errors.New("a pair needs claims of two parties")
		}
		return checkLabels(r.Relation, r.Kind)
	case Claim:
		if r.A == nil {
			return errors.New("a claim needs its words")
		}
		if r.Type != "" && !slices.Contains(nlp.Types, nlp.Type(r.Type)) {
			return fmt.Errorf("unknown type %q", r.Type)
		}
	case Note:
		if r.A == nil {
			return errors.New("a note needs a claim or a pair")
		}
	case Undo:
		if r.Undo == "" {
			return errors.New("which record is taken back?")
		}
	default:
		return fmt.Errorf("unknown sort of record %q", r.What)
	}
	return nil
}

// Kinds lists the kinds of each relation.
var Kinds = map[compare.Relation][]compare.Kind{
	compare.Agree: {compare.Same, compare.Narrower, compare.Broader},
	compare.Conflict: {compare.Negation, compare.Antonym, compare.Quantity, compare.Time, compare.Place, compare.Actor, compare.Patient,
		compare.Blame, compare.Modality, compare.Status, compare.Other},
	compare.Framing: {compare.Naming, compare.Evaluation},
}

func checkLabels(relation, kind string) error {
	if relation == None && kind == "" {
		return nil
	}
	kinds, ok := Kinds[compare.Relation(relation)]
	if !ok {
		return fmt.Errorf("unknown relation %q", relation)
	}
	if !slices.Contains(kinds, compare.Kind(kind)) {
		return fmt.Errorf("kind %q is none of %s", kind, relation)
	}
	return nil
}

// Active are the records that were not taken back, in order. Taking back an
// undo restores what it took back.
func Active(records []Record) []Record {
	undoneBy := map[string][]int{}
	for i, r := range records {
		if r.What == Undo {
			undoneBy[r.Undo] = append(undoneBy[r.Undo], i)
		}
	}
	void := make([]bool, len(records))
	for i := len(records) - 1; i >= 0; i-- { // an undo can only name an earlier record
		for _, by := range undoneBy[records[i].ID] {
			if by > i && !void[by] {
				void[i] = true
			}
		}
	}
	var out []Record
	for i, r := range records {
		if !void[i] && r.What != Undo {
			out = append(out, r)
		}
	}
	return out
}

// Lost is a record that could not be applied, and why.
type Lost struct {
	Record Record
	Reason string
}

// Apply applies the active records to a result. It returns those that could
// not be applied.
func Apply(r *compare.Result, records []Record, o compare.Options) []Lost {
	a := applier{r: r, texts: map[[2]int]*anchor.Text{}}
	for _, c := range r.Claims {
		a.spans = append(a.spans, compare.Span{Party: c.Party, Statement: c.Statement, Start: c.Start, End: c.End})
	}
	active := Active(records)
	var decisions []compare.Decision
	var of []int
	var lost []Lost
	for i := range active {
		d, err := a.decision(&active[i])
		if err != nil {
			lost = append(lost, Lost{active[i], err.Error()})
			continue
		}
		if d.Claim != nil || d.Pair != nil {
			decisions, of = append(decisions, d), append(of, i)
		}
	}
	for _, e := range r.Decide(decisions, o) {
		lost = append(lost, Lost{active[of[e.Index]], e.Error()})
	}
	slices.SortStableFunc(lost, func(x, y Lost) int { return x.Record.Line - y.Record.Line })
	r.Judges = append(slices.Clip(r.Judges), judges(active)...)
	return lost
}

// judges counts who decided.
func judges(active []Record) []compare.Judge {
	var out []compare.Judge
	for _, r := range active {
		if r.What == Note {
			continue
		}
		i := slices.IndexFunc(out, func(j compare.Judge) bool { return j.Name == r.Who })
		if i < 0 {
			i = len(out)
			out = append(out, compare.Judge{By: compare.Person, Name: r.Who, First: r.Time, Last: r.Time})
		}
		j := &out[i]
		j.Answered++
		if r.Time.Before(j.First) {
			j.First = r.Time
		}
		if r.Time.After(j.Last) {
			j.Last = r.Time
		}
	}
	return out
}

// applier turns records into decisions, in order; spans are where the claims
// stand after those so far.
type applier struct {
	r     *compare.Result
	spans []compare.Span
	texts map[[2]int]*anchor.Text
}

func (a *applier) decision(r *Record) (compare.Decision, error) {
	decided := compare.Decided{By: compare.Person, Name: r.Who, Time: r.Time, Note: r.Note}
	switch r.What {
	case Pair:
		x, err := a.find(r.A)
		if err != nil {
			return compare.Decision{}, err
		}
		y, err := a.find(r.B)
		if err != nil {
			return compare.Decision{}, err
		}
		d := compare.PairDecision{A: x, B: y, Decided: decided}
		if r.Relation != None {
			d.Verdict = compare.Verdict{Relation: compare.Relation(r.Relation), Kind: compare.Kind(r.Kind), Score: 1}
		}
		a.have(x)
		a.have(y)
		return compare.Decision{Pair: &d}, nil
	case Claim:
		at, err := a.find(r.A)
		if err != nil {
			return compare.Decision{}, err
		}
		d := compare.ClaimDecision{At: at, Type: nlp.Type(r.Type), Source: r.Source, Drop: r.Drop, Decided: decided}
		if r.To != nil {
			if d.To, err = a.find(r.To); err != nil {
				return compare.Decision{}, err
			}
		}
		a.spans = slices.DeleteFunc(a.spans, func(s compare.Span) bool { return s == at && (r.Drop || r.To != nil) })
		switch {
		case r.To != nil:
			a.have(d.To)
		case !r.Drop:
			a.have(at)
		}
		return compare.Decision{Claim: &d}, nil
	case Note, Undo:
	}
	return compare.Decision{}, nil
}

func (a *applier) have(s compare.Span) {
	if !slices.Contains(a.spans, s) {
		a.spans = append(a.spans, s)
	}
}

// find is where the words of a place stand now: the claim that they are most
// of, or themselves where a person marked them.
func (a *applier) find(p *Place) (compare.Span, error) {
	party := slices.IndexFunc(a.r.Case.Parties, func(q compare.Party) bool { return q.ID == p.Party })
	if party < 0 {
		return compare.Span{}, fmt.Errorf("there is no party %q any more", p.Party)
	}
	statements := a.r.Case.Parties[party].Statements
	at := slices.IndexFunc(statements, func(d *nlp.Document) bool { return d.Path == p.Statement })
	if at < 0 && len(statements) == 1 {
		at = 0 // the file has another name
	}
	if at < 0 {
		return compare.Span{}, fmt.Errorf("%s has no statement %q any more", p.Party, p.Statement)
	}
	key := [2]int{party, at}
	if a.texts[key] == nil {
		a.texts[key] = anchor.NewText(statements[at].Text)
	}
	found, ok := p.Find(a.texts[key])
	if !ok {
		return compare.Span{}, fmt.Errorf("its words do not stand in %s any more: %q", statements[at].Path, p.Quote)
	}
	s := compare.Span{Party: party, Statement: at, Start: found.Start, End: found.End}
	if p.Marked || slices.Contains(a.spans, s) {
		return s, nil
	}
	best, share := s, 0.0
	for _, c := range a.spans {
		if c.Party == party && c.Statement == at {
			if n := overlap(c, s); n > share {
				best, share = c, n
			}
		}
	}
	if share < mostly {
		return s, nil
	}
	return best, nil
}

// mostly is the share of two runs from which one stands for the other.
const mostly = 0.5

// overlap is the intersection over union of the bytes of two runs.
func overlap(a, b compare.Span) float64 {
	n := min(a.End, b.End) - max(a.Start, b.Start)
	if n <= 0 {
		return 0
	}
	return float64(n) / float64(max(a.End, b.End)-min(a.Start, b.Start))
}

// PlaceOf anchors a run of a statement of a result.
func PlaceOf(r *compare.Result, s compare.Span) Place {
	p := r.Case.Parties[s.Party]
	d := p.Statements[s.Statement]
	return Place{Party: p.ID, Statement: d.Path, Anchor: anchor.Make(d.Text, s.Start, s.End)}
}
