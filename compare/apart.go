package compare

import (
	"fmt"
	"slices"
	"time"

	"counterclaim/compare/evidence"
	"counterclaim/compare/judge"
	"counterclaim/nlp"
	"counterclaim/nlp/values"
)

// keptApart says what keeps two claims apart that look as if they conflicted:
// they are about the same act or thing, but about another time, another
// place, or another count. It is empty where nothing of this is found.
func keptApart(p *judge.Pair) []Evidence {
	if !p.Evidence.SamePredicate && p.Evidence.SharedWords < 2 {
		return nil
	}
	a, b := p.A.Claim, p.B.Claim
	var out []Evidence
	if p.Evidence.SameTime+p.Evidence.FitTime == 0 && disjoint(a, b) {
		out = append(out, Evidence{What: string(evidence.Clock), A: a.Time, B: b.Time, Note: "they speak of different times"})
	}
	if a.Place != "" && b.Place != "" && p.Evidence.SharedNames == 0 && elsewhere(p) {
		out = append(out, Evidence{What: "place", A: a.Place, B: b.Place, Note: "they speak of different places"})
	}
	for _, f := range p.Evidence.Facts {
		if f.What == evidence.Scope {
			out = append(out, Evidence{What: string(f.What), A: f.A, B: f.B, Note: f.Note})
		}
	}
	return out
}

// disjoint reports whether two claims are about times of which none lies in
// the other.
func disjoint(a, b *nlp.Claim) bool {
	known := func(t time.Time) bool { return !t.IsZero() }
	if !dated(a) || !dated(b) || a.Time == "" || b.Time == "" || !known(a.TimeFrom) || !known(a.TimeTo) || !known(b.TimeFrom) || !known(b.TimeTo) {
		return false
	}
	return !a.TimeFrom.Before(b.TimeTo) || !b.TimeFrom.Before(a.TimeTo)
}

// dated reports whether a claim itself names a day, a month or a year; a time
// of day alone is rather what two claims conflict about.
func dated(c *nlp.Claim) bool {
	return slices.ContainsFunc(c.Values, func(v values.Value) bool { return v.Kind == values.Date })
}

// elsewhere reports whether the places of two claims are named, and share no
// word.
func elsewhere(p *judge.Pair) bool {
	a, b := evidence.Names(p.A.Claim.Place, p.A), evidence.Names(p.B.Claim.Place, p.B)
	return len(a) > 0 && len(b) > 0
}

// flippedEvidence turns evidence to the other order of its sides.
func flippedEvidence(list []Evidence) []Evidence {
	for i := range list {
		list[i].A, list[i].B = list[i].B, list[i].A
	}
	return list
}

// Reasons lists, in a few words each, what keeps an apart pair apart.
func (p *Pair) Reasons() []string {
	var out []string
	for _, e := range p.Evidence {
		out = append(out, fmt.Sprintf("%s (%s / %s)", e.Note, e.A, e.B))
	}
	return out
}
