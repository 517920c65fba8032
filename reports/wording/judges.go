package wording

import (
	"fmt"
	"strings"
	"time"

	"counterclaim/compare"
)

// who names a judge beside our own.
func who(by compare.By, name string) string {
	if name = Clean(name); name == "" {
		name = "unnamed"
	}
	switch by {
	case compare.Model:
		return "the model " + name
	case compare.Person:
		return name
	}
	return name
}

// JudgeLines says, in a sentence each, who decided beside our own judge, and how
// often they differ. It is empty where our own judge decided all.
func (v *Report) JudgeLines() []string {
	var out []string
	for _, j := range v.Judges {
		s := capital(who(j.By, j.Name)) + " decided"
		if j.Asked > 0 {
			s = fmt.Sprintf("%s answered %d of %s", capital(who(j.By, j.Name)), j.Answered, Count(j.Asked, "question"))
		}
		if t := span(j.First, j.Last); t != "" {
			s += " (" + t + ")"
		}
		s += " beside our own judge"
		if j.Asked > j.Answered {
			s += ", which decided the rest"
		}
		differ, overruled := 0, 0
		for _, p := range v.Pairs {
			if by(p, j) && p.Decided.Own != nil {
				differ++
			}
		}
		for _, p := range v.Overruled {
			if by(p, j) {
				overruled++
			}
		}
		out = append(out, fmt.Sprintf("%s. They differ on %s in the table; %s of our own judge %s struck out.",
			s, Count(differ, "pair"), Count(overruled, "pair"), map[bool]string{true: "was", false: "were"}[overruled == 1]))
	}
	return out
}

func capital(s string) string {
	if len(s) > 4 && s[:4] == "the " {
		return "The " + s[4:]
	}
	return s
}

func by(p compare.Pair, j compare.Judge) bool {
	return p.Decided != nil && p.Decided.By == j.By && p.Decided.Name == j.Name
}

// span writes when answers were given, to the minute.
func span(first, last time.Time) string {
	const minute = "2006-01-02 15:04 MST"
	switch {
	case last.IsZero():
		return ""
	case first.IsZero() || first.Equal(last):
		return last.UTC().Format(minute)
	}
	return first.UTC().Format(minute) + " to " + last.UTC().Format(minute)
}

// DecidedBy says who decided a pair, if it is marked in reports: a person
// always, a model where our own judge says something else.
func DecidedBy(p compare.Pair) string {
	d := p.Decided
	if d == nil || d.By == compare.Model && d.Own == nil {
		return ""
	}
	s := "decided by " + who(d.By, d.Name)
	if n := Clean(d.Note); n != "" {
		s += ": " + Quoted(n)
	}
	if d.Own != nil {
		s += "; our own judge: " + verdict(*d.Own)
	}
	return s
}

func verdict(w compare.Verdict) string {
	if w.Relation == "" {
		return "they do not meet"
	}
	return Label(compare.Pair{Relation: w.Relation, Kind: w.Kind})
}

// ReadBy says who added or changed a claim, if anyone but the program did.
func ReadBy(c compare.Claim) string {
	if c.Decided == nil {
		return ""
	}
	s := "claim by " + who(c.Decided.By, c.Decided.Name)
	if n := Clean(c.Decided.Note); n != "" {
		s += ": " + Quoted(n)
	}
	return s
}

// LookAlikes lists, in a line each, the pairs that look like conflicts
// and were not taken for one, with what keeps them apart.
func (v *Report) LookAlikes() []string {
	var out []string
	for _, p := range v.Apart {
		a, b := v.Claims[p.A].Party, v.Claims[p.B].Party
		out = append(out, fmt.Sprintf("%s %s / %s %s: %s", v.Short(a), v.Cite(p.A), v.Short(b), v.Cite(p.B), Clean(strings.Join(p.Reasons(), "; "))))
	}
	return out
}

// Struck lists, in a line each, the pairs that our own judge finds and that a
// model or a person says do not meet.
func (v *Report) Struck() []string {
	var out []string
	for _, p := range v.Overruled {
		a, b := v.Claims[p.A].Party, v.Claims[p.B].Party
		s := fmt.Sprintf("%s %s / %s %s: our own judge says %s", v.Short(a), v.Cite(p.A), v.Short(b), v.Cite(p.B), Label(p))
		if p.Decided != nil {
			s += "; " + who(p.Decided.By, p.Decided.Name) + " says that they do not meet"
			if n := Clean(p.Decided.Note); n != "" {
				s += ": " + Quoted(n)
			}
		}
		out = append(out, s)
	}
	return out
}
