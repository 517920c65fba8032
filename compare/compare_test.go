package compare_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"counterclaim/compare"
	"counterclaim/compare/casefile"
	"counterclaim/nlp"
	"counterclaim/nlp/read"
)

// load analyses a case of the benchmark; order gives its parties.
func load(t testing.TB, name string, order func([]casefile.Party)) compare.Case {
	t.Helper()
	file, err := casefile.Load(filepath.Join("..", "testdata", "cases", name))
	if err != nil {
		t.Fatal(err)
	}
	order(file.Parties)
	c := compare.Case{Title: file.Title, Date: file.Date}
	for _, p := range file.Parties {
		c.Parties = append(c.Parties, compare.Party{ID: p.ID, Name: p.Name, Aliases: p.Aliases})
	}
	speakers := compare.Speakers(c, nil)
	for i, p := range file.Parties {
		for _, s := range p.Statements {
			text, err := read.ReadFile(file.File(s), read.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			c.Parties[i].Statements = append(c.Parties[i].Statements, nlp.Analyze(text, speakers[i]))
		}
	}
	return c
}

func compared(t testing.TB, c compare.Case, workers int) *compare.Result {
	t.Helper()
	r, err := compare.Compare(context.Background(), c, compare.Options{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// lines says every pair in words that do not depend on the order of parties.
func lines(r *compare.Result) []string {
	var out []string
	for _, p := range r.Pairs {
		a, b, kind := r.Claims[p.A].ID, r.Claims[p.B].ID, p.Kind
		if a > b {
			a, b = b, a
			switch kind {
			case compare.Narrower:
				kind = compare.Broader
			case compare.Broader:
				kind = compare.Narrower
			default:
			}
		}
		out = append(out, fmt.Sprintf("%s %s %s %s %.4f", a, b, p.Relation, kind, p.Score))
	}
	slices.Sort(out)
	return out
}

func TestOrderOfPartiesAndWorkers(t *testing.T) {
	for _, name := range []string{"crash", "budget"} {
		want := compared(t, load(t, name, func([]casefile.Party) {}), 1)
		if len(want.Pairs) == 0 {
			t.Fatalf("%s: no pairs", name)
		}
		turned := compared(t, load(t, name, slices.Reverse[[]casefile.Party]), 3)
		if a, b := lines(want), lines(turned); !slices.Equal(a, b) {
			t.Errorf("%s: other pairs when the parties are turned round:\n%q\n%q", name, a, b)
		}
		if len(want.Rows) != len(turned.Rows) || len(want.Alone) != len(turned.Alone) {
			t.Errorf("%s: %d rows and %d alone, turned round %d and %d", name, len(want.Rows), len(want.Alone), len(turned.Rows), len(turned.Alone))
		}
		for i := range want.Rows {
			if want.Rows[i].Topic != turned.Rows[i].Topic {
				t.Errorf("%s: row %d is %q, turned round %q", name, i, want.Rows[i].Topic, turned.Rows[i].Topic)
			}
		}
	}
}

// Every claim is in exactly one row or alone, and quotes its statement.
func TestEveryClaimOnce(t *testing.T) {
	r := compared(t, load(t, "siege", func([]casefile.Party) {}), 2)
	times := make([]int, len(r.Claims))
	for _, row := range r.Rows {
		for _, cell := range row.Cells {
			for _, i := range cell {
				times[i]++
			}
		}
	}
	for _, i := range r.Alone {
		times[i]++
	}
	for i, n := range times {
		if n != 1 {
			t.Errorf("claim %s is told %d times", r.Claims[i].ID, n)
		}
		c := &r.Claims[i]
		if d := r.Case.Parties[c.Party].Statements[c.Statement]; d.Text[c.Start:c.End] != c.Text {
			t.Errorf("claim %s: %q is not what stands there: %q", c.ID, c.Text, d.Text[c.Start:c.End])
		}
	}
	for _, p := range r.Pairs {
		if r.Claims[p.A].Party >= r.Claims[p.B].Party {
			t.Errorf("a pair of parties %d and %d", r.Claims[p.A].Party, r.Claims[p.B].Party)
		}
	}
}

// A text under two names agrees with itself, claim by claim.
func TestCopyAgrees(t *testing.T) {
	for _, name := range []string{"crash", "uprising"} {
		c := load(t, name, func([]casefile.Party) {})
		one := c.Parties[0]
		other := one
		other.ID, other.Name = "copy", "Copy"
		r := compared(t, compare.Case{Parties: []compare.Party{one, other}}, 2)
		if len(r.Claims) == 0 || len(r.Pairs) != len(r.Claims)/2 || len(r.Alone) != 0 {
			t.Errorf("%s: %d claims, %d pairs, %d alone", name, len(r.Claims), len(r.Pairs), len(r.Alone))
		}
		for _, p := range r.Pairs {
			if p.Relation != compare.Agree || p.Kind != compare.Same || p.Score != 1 || r.Claims[p.A].Text != r.Claims[p.B].Text {
				t.Errorf("%s: %q and %q: %s %s %g", name, r.Claims[p.A].Text, r.Claims[p.B].Text, p.Relation, p.Kind, p.Score)
			}
		}
	}
}

// What is said of the speaker is another thing in another's mouth.
func TestSpeakersSentenceIsNoCopy(t *testing.T) {
	texts := []string{"Our guards were attacked at the gate on Monday.", "Nobody slept. Our guards were attacked at the gate on Monday."}
	c := compare.Case{Parties: []compare.Party{{ID: "a", Name: "Avara"}, {ID: "b", Name: "Belin"}}}
	speakers := compare.Speakers(c, nil)
	for i, s := range texts {
		text, err := read.Read("s.txt", []byte(s))
		if err != nil {
			t.Fatal(err)
		}
		c.Parties[i].Statements = []*nlp.Document{nlp.Analyze(text, speakers[i])}
	}
	for _, p := range compared(t, c, 1).Pairs {
		if p.Score == 1 {
			t.Errorf("taken for a copy: %+v", p)
		}
	}
}
