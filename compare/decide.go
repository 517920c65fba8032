package compare

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"counterclaim/compare/evidence"
	"counterclaim/nlp"
)

// By says what sort of judge decided something.
type By string

// The judges beside our own.
const (
	Model  By = "model"  // a language model
	Person By = "person" // a person who reviewed the case
)

// Decided says who decided about a claim or a pair, beside our own judge.
type Decided struct {
	By   By
	Name string    // of the model or the person
	Time time.Time // zero if not known
	Note string    // a person's reason, in free words
	Own  *Verdict  // of a pair: what our own judge says, where that is something else
}

// Verdict is what a judge says of two claims.
type Verdict struct {
	Relation Relation // empty: they do not meet
	Kind     Kind
	Score    float64
}

// Judge is one who decided beside our own judge.
type Judge struct {
	By          By
	Name        string
	First, Last time.Time // of its answers; zero if not known
	Asked       int       // questions put to it; 0 for a person who reviews
	Answered    int       // questions that it answered
}

// Span is a run of bytes of one statement of a case.
type Span struct{ Party, Statement, Start, End int }

// ClaimDecision changes a claim, or adds the claim that stands at a span.
type ClaimDecision struct {
	At     Span
	To     Span     // its new bounds; the zero Span leaves them
	Drop   bool     // it is no claim
	Type   nlp.Type // empty leaves it
	Source *string  // nil leaves it
	Decided
}

// PairDecision says of two claims of different parties whether they meet. A
// claim that is not there yet is added.
type PairDecision struct {
	A, B Span
	Verdict
	Words [2]string // the words of A and B that the verdict rests on; may be empty
	Decided
}

// Decision is about a claim or about a pair: one of the two is nil.
type Decision struct {
	Claim *ClaimDecision
	Pair  *PairDecision
}

// DecisionError says why a decision was not applied.
type DecisionError struct {
	Index int // of the decision
	Err   error
}

func (e *DecisionError) Error() string { return e.Err.Error() }

// Unwrap is the reason.
func (e *DecisionError) Unwrap() error { return e.Err }

// Decide applies decisions, in order: a later one about the same claim or
// pair replaces an earlier one. Rows and claims alone are arranged anew. A
// decision that cannot be applied, because it is not about runs of words
// inside one sentence of two parties, is returned as an error of its own.
func (r *Result) Decide(decisions []Decision, o Options) []*DecisionError {
	var left []*DecisionError
	n := r.clone()
	for i, d := range decisions {
		var err error
		if d.Claim != nil {
			err = n.decideClaim(*d.Claim, o.Model)
		} else {
			err = n.decidePair(*d.Pair, o.Model)
		}
		if err != nil {
			left = append(left, &DecisionError{i, err})
		}
	}
	n.sortClaims()
	sortPairs(n.Pairs)
	sortPairs(n.Overruled)
	sortPairs(n.Apart)
	n.Rows, n.Alone = nil, nil
	n.arrange()
	*r = *n
	return left
}

// clone copies what Decide changes.
func (r *Result) clone() *Result {
	n := *r
	n.Claims, n.Pairs, n.Overruled, n.near = slices.Clone(r.Claims), slices.Clone(r.Pairs), slices.Clone(r.Overruled), slices.Clone(r.near)
	n.Apart = slices.Clone(r.Apart)
	return &n
}

// at is the claim that stands exactly at a span, or -1.
func (r *Result) at(s Span) int {
	return slices.IndexFunc(r.Claims, func(c Claim) bool {
		return c.Party == s.Party && c.Statement == s.Statement && c.Start == s.Start && c.End == s.End
	})
}

// read analyses the words at a span as a claim.
func (r *Result) read(s Span, model *nlp.Model) (nlp.Claim, error) {
	if s.Party < 0 || s.Party >= len(r.Case.Parties) || s.Statement < 0 || s.Statement >= len(r.Case.Parties[s.Party].Statements) {
		return nlp.Claim{}, fmt.Errorf("there is no statement %d of party %d", s.Statement, s.Party)
	}
	d := r.Case.Parties[s.Party].Statements[s.Statement]
	if c, ok := d.ClaimAt(s.Start, s.End, model); ok {
		return c, nil
	}
	return nlp.Claim{}, fmt.Errorf("bytes %d to %d of %s are no run of words inside one sentence", s.Start, s.End, d.Path)
}

func (r *Result) decideClaim(d ClaimDecision, model *nlp.Model) error {
	i := r.at(d.At)
	if d.Drop {
		if i >= 0 {
			r.drop(i)
		}
		return nil
	}
	if i < 0 {
		c, err := r.read(d.At, model)
		if err != nil {
			return err
		}
		i = len(r.Claims)
		r.Claims = append(r.Claims, Claim{Claim: c, Party: d.At.Party, Statement: d.At.Statement})
	}
	c := &r.Claims[i]
	if d.To != (Span{}) && d.To != d.At {
		if d.To.Party != c.Party || d.To.Statement != c.Statement {
			return fmt.Errorf("claim %s cannot move to another statement", c.ID)
		}
		read, err := r.read(d.To, model)
		if err != nil {
			return err
		}
		if c.Decided != nil { // type and source are not only the program's any more
			read.Type, read.TypeProbability, read.TypeReasons, read.Source = c.Type, c.TypeProbability, c.TypeReasons, c.Source
		}
		c.Claim = read
	}
	if d.Type != "" && d.Type != c.Type {
		c.Type, c.TypeProbability, c.TypeReasons = d.Type, 1, nil
	}
	if d.Source != nil {
		c.Source = *d.Source
	}
	decided := d.Decided
	c.Decided = &decided
	return nil
}

// drop takes a claim out, with its pairs.
func (r *Result) drop(claim int) {
	for _, list := range []*[]Pair{&r.Pairs, &r.Overruled, &r.Apart, &r.near} {
		*list = slices.DeleteFunc(*list, func(p Pair) bool { return p.A == claim || p.B == claim })
		for i := range *list {
			p := &(*list)[i]
			if p.A > claim {
				p.A--
			}
			if p.B > claim {
				p.B--
			}
		}
	}
	r.Claims = slices.Delete(r.Claims, claim, claim+1)
}

// sortClaims puts claims in order, and numbers those that have no id after
// the others of their statement: no id that was given changes.
func (r *Result) sortClaims() {
	order := make([]int, len(r.Claims))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := &r.Claims[a], &r.Claims[b]
		return cmp.Or(x.Party-y.Party, x.Statement-y.Statement, x.Start-y.Start, x.End-y.End)
	})
	sorted, now := make([]Claim, len(order)), make([]int, len(order))
	last := map[[2]int]int{}
	for to, from := range order {
		sorted[to], now[from] = r.Claims[from], to
		c := &sorted[to]
		key := [2]int{c.Party, c.Statement}
		number, err := strconv.Atoi(c.ID[strings.LastIndexByte(c.ID, '/')+1:])
		if err != nil {
			number = 0 // none yet
		}
		last[key] = max(last[key], number, len(r.Case.Parties[c.Party].Statements[c.Statement].Claims))
	}
	for i := range sorted {
		if c := &sorted[i]; c.ID == "" {
			key := [2]int{c.Party, c.Statement}
			last[key]++
			c.ID = fmt.Sprintf("%s/%d/%d", r.Case.Parties[c.Party].ID, c.Statement+1, last[key])
		}
	}
	r.Claims = sorted
	for _, list := range [][]Pair{r.Pairs, r.Overruled, r.Apart, r.near} {
		for i := range list {
			list[i].A, list[i].B = now[list[i].A], now[list[i].B]
		}
	}
}

// have is the claim at a span, which is added if need be.
func (r *Result) have(s Span, d Decided, model *nlp.Model) (int, error) {
	if i := r.at(s); i >= 0 {
		return i, nil
	}
	if err := r.decideClaim(ClaimDecision{At: s, Decided: Decided{By: d.By, Name: d.Name, Time: d.Time}}, model); err != nil {
		return -1, err
	}
	return len(r.Claims) - 1, nil
}

func (r *Result) decidePair(d PairDecision, model *nlp.Model) error {
	if d.A.Party == d.B.Party {
		return fmt.Errorf("a pair joins claims of two parties, not of one")
	}
	a, err := r.have(d.A, d.Decided, model)
	if err != nil {
		return err
	}
	b, err := r.have(d.B, d.Decided, model)
	if err != nil {
		return err
	}
	kind, words := d.Kind, d.Words
	if r.Claims[a].Party > r.Claims[b].Party {
		a, b, kind, words = b, a, flipped(kind), [2]string{words[1], words[0]}
	}
	is := func(p Pair) bool { return p.A == a && p.B == b }
	take := func(list *[]Pair) (Pair, bool) {
		i := slices.IndexFunc(*list, is)
		if i < 0 {
			return Pair{}, false
		}
		p := (*list)[i]
		*list = slices.Delete(*list, i, i+1)
		return p, true
	}
	take(&r.Apart)
	before, met := take(&r.Pairs)
	if !met {
		var overruled bool
		if before, overruled = take(&r.Overruled); !overruled {
			before, _ = take(&r.near)
			before.Relation, before.Kind, before.Score = "", "", before.meets // our own judge says that they do not meet
		}
	}
	own := before.own()
	decided := d.Decided
	if own.Relation != d.Relation || own.Kind != kind {
		decided.Own = &own
	}
	if d.Relation == "" {
		if own.Relation != "" {
			before.A, before.B, before.Relation, before.Kind, before.Score, before.Decided = a, b, own.Relation, own.Kind, own.Score, &decided
			r.Overruled = append(r.Overruled, before)
		}
		return nil
	}
	p := Pair{A: a, B: b, Relation: d.Relation, Kind: kind, Score: math.Round(d.Score*1e4) / 1e4, Evidence: before.Evidence, Decided: &decided, meets: d.Score}
	if p.Kind != before.Kind || len(p.Evidence) == 0 {
		p.Evidence = r.evidence(p)
	}
	if words[0] != "" && words[1] != "" {
		said := Evidence{What: string(kind), A: words[0], B: words[1]}
		p.Evidence = append([]Evidence{said}, p.Evidence[:min(len(p.Evidence), most-1)]...)
	}
	r.Pairs = append(r.Pairs, p)
	return nil
}

// own is what our own judge says of a pair, whoever decided it since.
func (p *Pair) own() Verdict {
	switch {
	case p.Decided == nil, p.Decided.Own == nil:
		return Verdict{p.Relation, p.Kind, p.Score}
	default:
		return *p.Decided.Own
	}
}

// evidence gathers the facts that a pair rests on which our own judge did not
// find, or found for another reason.
func (r *Result) evidence(p Pair) []Evidence {
	a, b := &r.Claims[p.A], &r.Claims[p.B]
	pa, pb := evidence.Prepare(r.document(p.A), &a.Claim), evidence.Prepare(r.document(p.B), &b.Claim)
	return explain(p.Kind, evidence.Compare(&pa, &pb).Facts, similarity(&a.Meaning, &b.Meaning), r.side(p.A), r.side(p.B))
}

func sortPairs(pairs []Pair) {
	slices.SortStableFunc(pairs, func(x, y Pair) int { return cmp.Or(x.A-y.A, x.B-y.B) })
}
