package wording

import (
	"fmt"
	"math"
	"strings"

	"counterclaim/compare"
)

// Tally accounts for the claims of one party, or of all.
type Tally struct {
	Claims int // all of them
	InRows int // in the rows of the table
	Alone  int // meeting no claim of another party
}

// Rest counts the claims that are neither in a row nor alone. It is 0 in a
// sound result; a report says so if it isn't rather than lose a claim.
func (t Tally) Rest() int { return t.Claims - t.InRows - t.Alone }

// String is the sum in words: "26 claims = 17 in rows + 9 alone".
func (t Tally) String() string {
	s := fmt.Sprintf("%s = %d in rows + %d alone", Count(t.Claims, "claim"), t.InRows, t.Alone)
	if n := t.Rest(); n != 0 {
		s += fmt.Sprintf(" + %d unaccounted for", n)
	}
	return s
}

// Tallies accounts for every claim, by party and in all.
func (v *Report) Tallies() (byParty []Tally, all Tally) {
	byParty = make([]Tally, len(v.Case.Parties))
	for _, c := range v.Claims {
		byParty[c.Party].Claims++
	}
	seen := make([]bool, len(v.Claims))
	for _, row := range v.Rows {
		for _, cell := range row.Cells {
			for _, c := range cell {
				if !seen[c] {
					seen[c] = true
					byParty[v.Claims[c].Party].InRows++
				}
			}
		}
	}
	for _, c := range v.Alone {
		byParty[v.Claims[c].Party].Alone++
	}
	for _, t := range byParty {
		all.Claims += t.Claims
		all.InRows += t.InRows
		all.Alone += t.Alone
	}
	return byParty, all
}

// AloneOf lists the claims alone of party i, in order.
func (v *Report) AloneOf(i int) []int {
	var cs []int
	for _, c := range v.Alone {
		if v.Claims[c].Party == i {
			cs = append(cs, c)
		}
	}
	return cs
}

// Meeting counts the pairs of two parties by relation.
type Meeting struct {
	A, B   int // indexes into Case.Parties, A before B
	Counts map[compare.Relation]int
}

// Total is the number of pairs.
func (m Meeting) Total() int {
	n := 0
	for _, k := range m.Counts {
		n += k
	}
	return n
}

// Meetings counts the pairs of every two parties, also of those that have
// nothing in common, in display order.
func (v *Report) Meetings() []Meeting {
	var ms []Meeting
	at := make(map[[2]int]int)
	for a := range v.Case.Parties {
		for b := a + 1; b < len(v.Case.Parties); b++ {
			at[[2]int{a, b}] = len(ms)
			ms = append(ms, Meeting{A: a, B: b, Counts: make(map[compare.Relation]int)})
		}
	}
	for _, p := range v.Pairs {
		a, b := v.Claims[p.A].Party, v.Claims[p.B].Party
		if i, ok := at[[2]int{min(a, b), max(a, b)}]; ok {
			ms[i].Counts[p.Relation]++
		}
	}
	return ms
}

// Silences says in words what is missing: a statement in which no claim was
// found, parties that have nothing in common. It is empty if nothing is.
func (v *Report) Silences() []string {
	var out []string
	byStatement := make(map[[2]int]int)
	heard := 0
	byParty, _ := v.Tallies()
	for _, c := range v.Claims {
		byStatement[[2]int{c.Party, c.Statement}]++
	}
	for i, p := range v.Case.Parties {
		if byParty[i].Claims > 0 {
			heard++
		}
		if len(p.Statements) == 0 {
			out = append(out, fmt.Sprintf("%s has no statement in this case.", v.Name(i)))
		}
		for j := range p.Statements {
			if byStatement[[2]int{i, j}] == 0 {
				out = append(out, fmt.Sprintf("No claim found in %s.", v.statement(i, j)))
			}
		}
	}
	if heard < 2 {
		return append(out, "There is nothing to compare: claims of at least two parties are needed.")
	}
	if len(v.Pairs) == 0 {
		return append(out, "Nothing in common: no claim of one party meets a claim of another.")
	}
	for _, m := range v.Meetings() {
		if m.Total() == 0 && byParty[m.A].Claims > 0 && byParty[m.B].Claims > 0 {
			out = append(out, fmt.Sprintf("%s and %s have nothing in common: no claim of one meets a claim of the other.", v.Short(m.A), v.Short(m.B)))
		}
	}
	return out
}

// statement names a statement inside a sentence.
func (v *Report) statement(party, i int) string {
	d := v.Case.Parties[party].Statements[i]
	s := "the statement of " + v.Name(party)
	if p := Clean(d.Path); p != "" {
		s += " (" + p + ")"
	}
	return s
}

// Weak is the score below which a pair is set apart where people read: the
// chance that it is right is less than one in five.
const Weak = 0.2

// IsWeak reports whether a pair is weak, by its score as it is written.
func IsWeak(p compare.Pair) bool { return math.Round(100*p.Score) < 100*Weak }

// Split parts the pairs of a row into those to show in full, those that are
// weak, and the number of those whose score is below the least asked for.
func (v *Report) Split(row compare.Row, least float64) (full, weak []compare.Pair, left int) {
	for _, i := range row.Pairs {
		switch p := v.Pairs[i]; {
		case p.Score < least:
			left++
		case IsWeak(p):
			weak = append(weak, p)
		default:
			full = append(full, p)
		}
	}
	return full, weak, left
}

// WeakLine names weak pairs in short: "2 weak pairs: agree (same) 0.14,
// framing (naming) 0.06".
func WeakLine(weak []compare.Pair) string {
	var parts []string
	for _, p := range weak {
		parts = append(parts, Label(p)+" "+Score(p.Score))
	}
	return Count(len(weak), "weak pair") + ": " + strings.Join(parts, ", ")
}

// WeakCount says how many pairs are weak, and what that means; empty if none
// is.
func (v *Report) WeakCount() string {
	n := 0
	for _, p := range v.Pairs {
		if IsWeak(p) {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	is := "are"
	if n == 1 {
		is = "is"
	}
	return fmt.Sprintf("%d of %s %s weak: a score below %s is less than one chance in five of being right", n, Count(len(v.Pairs), "pair"), is, Score(Weak))
}

// PairCount says how many pairs there are: "12 pairs: 5 conflict, 3 framing,
// 4 agree". It leaves out relations that do not occur.
func (v *Report) PairCount() string {
	s := Count(len(v.Pairs), "pair")
	var parts []string
	for _, rel := range Relations {
		n := 0
		for _, p := range v.Pairs {
			if p.Relation == rel {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, rel))
		}
	}
	if len(parts) > 0 {
		s += ": " + strings.Join(parts, ", ")
	}
	return s
}

// Count writes a number with its noun: "1 claim", "12 claims".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
