package compare

import (
	"slices"
	"strings"
	"time"

	"counterclaim/compare/llm"
)

// Dossier is the case as a language model is asked about it, with the pairs
// to decide: those that our own judge found, and those it nearly did.
func (r *Result) Dossier() (llm.Case, []llm.Candidate) {
	out := llm.Case{Title: r.Case.Title}
	for _, p := range r.Case.Parties {
		party := llm.Party{ID: p.ID, Name: p.Name}
		for _, d := range p.Statements {
			s := llm.Statement{Title: d.Title, Text: d.Text}
			if !d.Date.IsZero() {
				s.Date = d.Date.Format(time.DateOnly)
			}
			for _, sentence := range d.Sentences {
				s.Sentences = append(s.Sentences, llm.Span{Start: sentence.Start, End: sentence.End})
			}
			party.Statements = append(party.Statements, s)
		}
		out.Parties = append(out.Parties, party)
	}
	for _, c := range r.Claims {
		s := &out.Parties[c.Party].Statements[c.Statement]
		s.Claims = append(s.Claims, llm.Claim{Span: llm.Span{Start: c.Start, End: c.End}, Source: c.Source})
	}
	var candidates []llm.Candidate
	for _, list := range [][]Pair{r.Pairs, r.near} {
		for _, p := range list {
			candidates = append(candidates, llm.Candidate{A: r.ref(p.A), B: r.ref(p.B)})
		}
	}
	return out, candidates
}

func (r *Result) ref(claim int) llm.Ref {
	c := &r.Claims[claim]
	return llm.Ref{Party: c.Party, Statement: c.Statement, Span: llm.Span{Start: c.Start, End: c.End}}
}

// Heed applies what a language model, or a person in its place, answered.
// Where it is silent, our own judge's word stands. It returns the decisions
// that could not be applied, each as an error.
func (r *Result) Heed(answers *llm.Outcome, o Options) []*DecisionError {
	var decisions []Decision
	for _, d := range answers.Decisions {
		j := answers.Judges[d.Judge]
		by := Model
		if j.Person {
			by = Person
		}
		decisions = append(decisions, Decision{Pair: &PairDecision{
			A: span(d.A), B: span(d.B),
			Verdict: Verdict{Relation(d.Relation), Kind(d.Kind), d.Confidence},
			Words:   [2]string{d.WordsA, d.WordsB},
			Decided: Decided{By: by, Name: j.Name, Time: d.Time},
		}})
	}
	left := r.Decide(decisions, o)
	for _, j := range answers.Judges {
		by := Model
		if j.Person {
			by = Person
		}
		r.Judges = append(r.Judges, Judge{By: by, Name: j.Name, First: j.First, Last: j.Last, Asked: j.Asked, Answered: j.Answered})
	}
	slices.SortStableFunc(r.Judges, func(a, b Judge) int { return strings.Compare(string(a.By)+a.Name, string(b.By)+b.Name) })
	return left
}

func span(r llm.Ref) Span { return Span{r.Party, r.Statement, r.Start, r.End} }
