package wording

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"counterclaim/compare"
	"counterclaim/reports/internal/fixture"
)

// decided is the fixture with a model and a person as judges.
func decided(t *testing.T) *Report {
	t.Helper()
	r := fixture.Ferry()
	at := time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC)
	own := compare.Verdict{Relation: compare.Agree, Kind: compare.Same, Score: 0.6}
	r.Pairs[0].Decided = &compare.Decided{By: compare.Model, Name: "m-1", Time: at, Own: &own}
	r.Pairs[1].Decided = &compare.Decided{By: compare.Model, Name: "m-1", Time: at}
	r.Pairs[2].Decided = &compare.Decided{By: compare.Person, Name: "Ada\x1b[31m", Time: at, Note: "read\nit", Own: &compare.Verdict{}}
	r.Claims[0].Decided = &compare.Decided{By: compare.Person, Name: "Ada"}
	struck := r.Pairs[0]
	struck.Decided = &compare.Decided{By: compare.Person, Name: "Ada\x1b[31m", Note: "no", Own: &own}
	r.Overruled = []compare.Pair{struck}
	r.Judges = []compare.Judge{
		{By: compare.Model, Name: "m-1", First: at, Last: at.Add(time.Hour), Asked: 3, Answered: 2},
		{By: compare.Person, Name: "Ada\x1b[31m", First: at, Last: at, Answered: 2},
		{By: compare.Model, Name: "m-2", Asked: 1, Answered: 1},
	}
	v, err := New(r)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestJudgeLines(t *testing.T) {
	want := []string{
		"The model m-1 answered 2 of 3 questions (2031-05-04 10:00 UTC to 2031-05-04 11:00 UTC) beside our own judge, which decided the rest. They differ on 1 pair in the table; 0 pairs of our own judge were struck out.",
		"Ada␛[31m decided (2031-05-04 10:00 UTC) beside our own judge. They differ on 1 pair in the table; 1 pair of our own judge was struck out.",
		"The model m-2 answered 1 of 1 question beside our own judge. They differ on 0 pairs in the table; 0 pairs of our own judge were struck out.",
	}
	v := decided(t)
	if diff := cmp.Diff(want, v.JudgeLines()); diff != "" {
		t.Error(diff)
	}
	plain, err := New(fixture.Ferry())
	if err != nil {
		t.Fatal(err)
	}
	if plain.JudgeLines() != nil || plain.Struck() != nil {
		t.Error("judges where there are none")
	}
}

func TestDecidedBy(t *testing.T) {
	v := decided(t)
	want := []string{
		"decided by the model m-1; our own judge: agree (same)",
		"", // the model and our own judge say the same
		"decided by Ada␛[31m: “read it”; our own judge: they do not meet",
		"",
	}
	for i, w := range want {
		if got := DecidedBy(v.Pairs[i]); got != w {
			t.Errorf("pair %d: %q", i, got)
		}
		if got := v.Finding(v.Pairs[i]); !strings.HasSuffix(got, w) {
			t.Errorf("pair %d: %q", i, got)
		}
	}
	if got := v.Cite(0); !strings.HasSuffix(got, "; claim by Ada)") {
		t.Errorf("claim: %q", got)
	}
	struck := v.Struck()
	if len(struck) != 1 || !strings.HasSuffix(struck[0], "our own judge says "+Label(v.Pairs[0])+"; Ada␛[31m says that they do not meet: “no”") {
		t.Errorf("struck %q", struck)
	}
}
