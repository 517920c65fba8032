package review

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"counterclaim/compare"
	"counterclaim/compare/anchor"
	"counterclaim/nlp"
	"counterclaim/nlp/read"
)

const (
	guard = "Four people died at the gate on Friday. Our soldiers did not open fire. The minister visited the wounded in Tarn."
	crowd = "Nine people were killed at the gate on Friday. The soldiers opened fire without warning. It rained all day."
)

func compared(t testing.TB, guard, crowd string) *compare.Result {
	t.Helper()
	c := compare.Case{Parties: []compare.Party{{ID: "guard", Name: "Guard"}, {ID: "crowd", Name: "Crowd"}}}
	for i, o := range compare.Speakers(c, nil) {
		text, err := read.Read("x", []byte([]string{guard, crowd}[i]))
		if err != nil {
			t.Fatal(err)
		}
		d := nlp.Analyze(text, o)
		d.Path = c.Parties[i].ID + ".txt"
		c.Parties[i].Statements = []*nlp.Document{d}
	}
	r, err := compare.Compare(context.Background(), c, compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func place(t testing.TB, r *compare.Result, party int, quote string) *Place {
	t.Helper()
	at := strings.Index(r.Case.Parties[party].Statements[0].Text, quote)
	if at < 0 {
		t.Fatalf("no %q", quote)
	}
	p := PlaceOf(r, compare.Span{Party: party, Start: at, End: at + len(quote)})
	p.Marked = true
	return &p
}

var clock = time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC)

func record(id string, r Record) Record {
	r.ID, r.Who, r.Time = id, "Ada", clock
	return r
}

func find(r *compare.Result, a, b string) *compare.Pair {
	for i, p := range r.Pairs {
		if r.Claims[p.A].Text == a && r.Claims[p.B].Text == b {
			return &r.Pairs[i]
		}
	}
	return nil
}

func TestActive(t *testing.T) {
	records := []Record{
		record("1", Record{What: Note}), record("2", Record{What: Note}),
		record("3", Record{What: Undo, Undo: "1"}),
		record("4", Record{What: Undo, Undo: "2"}), record("5", Record{What: Undo, Undo: "4"}),
		record("6", Record{What: Undo, Undo: "7"}), record("7", Record{What: Note}),
		record("8", Record{What: Undo, Undo: "nowhere"}),
	}
	var got []string
	for _, r := range Active(records) {
		got = append(got, r.ID)
	}
	if diff := cmp.Diff([]string{"2", "7"}, got); diff != "" {
		t.Error(diff)
	}
}

// A decision holds in the case as it was, and after the statements were
// edited; what is lost is listed.
func TestApply(t *testing.T) {
	r := compared(t, guard, crowd)
	source := "the mayor"
	records := []Record{
		record("1", Record{What: Pair, A: place(t, r, 0, "visited the wounded"), B: place(t, r, 1, "It rained all day"), Relation: "conflict", Kind: "other", Note: "odd"}),
		record("2", Record{What: Claim, A: place(t, r, 0, "visited the wounded"), To: place(t, r, 0, "The minister visited the wounded"), Type: "evaluation", Source: &source}),
		record("3", Record{What: Pair, A: place(t, r, 0, "The minister visited the wounded"), B: place(t, r, 1, "opened fire without warning"), Relation: "framing", Kind: "evaluation"}),
		record("4", Record{What: Note, A: place(t, r, 0, "Four people died"), Note: "look again"}),
	}
	if lost := Apply(r, records, compare.Options{}); lost != nil {
		t.Fatalf("lost %+v", lost)
	}
	moved := "The minister visited the wounded"
	first, second := find(r, moved, "It rained all day"), find(r, moved, "opened fire without warning")
	if first == nil || second == nil || first.Decided.Name != "Ada" || first.Decided.Note != "odd" || first.Score != 1 {
		t.Fatalf("%+v", r.Pairs)
	}
	if c := r.Claims[first.A]; c.Type != nlp.Evaluation || c.Source != source {
		t.Errorf("claim of type %s, source %q", c.Type, c.Source)
	}
	if want := []compare.Judge{{By: compare.Person, Name: "Ada", First: clock, Last: clock, Answered: 3}}; !cmp.Equal(want, r.Judges) {
		t.Errorf("judges %+v", r.Judges)
	}

	edited := compared(t, "A new beginning, of no weight. Four people died at the gate on Friday. The minister visited the wounded in Tarn on foot.",
		"The soldiers opened fire without warning. Nobody knows more.")
	lost := Apply(edited, records, compare.Options{})
	if find(edited, moved, "opened fire without warning") == nil {
		t.Errorf("not anchored again: %+v", edited.Pairs)
	}
	if len(lost) != 1 || lost[0].Record.ID != "1" || !strings.Contains(lost[0].Reason, `do not stand in crowd.txt any more: "It rained all day"`) {
		t.Errorf("lost %+v", lost)
	}

	renamed := compared(t, guard, crowd)
	renamed.Case.Parties[0].Statements[0].Path = "other.txt"
	if lost := Apply(renamed, records, compare.Options{}); lost != nil {
		t.Errorf("lost %+v", lost)
	}
	renamed.Case.Parties[1].ID = "mob"
	if lost := Apply(renamed, records, compare.Options{}); len(lost) != 2 || lost[0].Reason != `there is no party "crowd" any more` {
		t.Errorf("lost %+v", lost)
	}
}

// A claim that the program cuts a little differently is the same claim; one
// that a person marked is not.
func TestNearClaim(t *testing.T) {
	r := compared(t, guard, crowd)
	c := r.Claims[0]
	near := PlaceOf(r, compare.Span{Party: 0, Start: c.Start, End: c.Start + strings.LastIndexByte(c.Text, ' ')})
	if lost := Apply(r, []Record{record("1", Record{What: Claim, A: &near, Type: "legal"})}, compare.Options{}); lost != nil || r.Claims[0].Type != nlp.Legal {
		t.Errorf("%s, lost %+v", r.Claims[0].Type, lost)
	}
	n := len(r.Claims)
	near.Marked = true
	near.Anchor = anchor.Make(r.Case.Parties[0].Statements[0].Text, c.Start, c.Start+len("Four people"))
	if lost := Apply(r, []Record{record("2", Record{What: Claim, A: &near})}, compare.Options{}); lost != nil || len(r.Claims) != n+1 {
		t.Errorf("%d claims, lost %+v", len(r.Claims), lost)
	}
}

func TestLog(t *testing.T) {
	r := compared(t, guard, crowd)
	path := filepath.Join(t.TempDir(), FileName)
	log, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if rs, _, err := log.Records(); err != nil || rs != nil {
		t.Errorf("%v, %v", rs, err)
	}
	note := Record{Who: "Ada", What: Note, A: place(t, r, 0, "Four people died"), Note: "<b>\u2028x"}
	added, err := log.Append(note)
	if err != nil || added.ID == "" || added.Time.IsZero() {
		t.Fatalf("%+v, %v", added, err)
	}
	if _, err := log.Append(Record{Who: "Ada", What: Pair, A: note.A, B: note.A, Relation: "agree", Kind: "same"}); err == nil {
		t.Error("a pair of one party was kept")
	}

	// A crash leaves half a line; what comes after is safe.
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(slices.Clip(before), before[:20]...), 0o600); err != nil {
		t.Fatal(err)
	}
	if rs, problems, err := Read(path); err != nil || len(rs) != 1 || len(problems) != 1 {
		t.Errorf("%v, %v, %v", rs, problems, err)
	}
	if _, err := log.Append(note); err != nil {
		t.Fatal(err)
	}
	again, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	rs, problems, err := again.Records()
	if err != nil || len(rs) != 2 || rs[1].Line != 3 || len(problems) != 1 || !strings.HasSuffix(problems[0], ":2: no JSON of a decision; the line is left out") {
		t.Errorf("%+v, %v, %v", rs, problems, err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.HasPrefix(after, before) {
		t.Error("what was written before is not there any more")
	}
}

// Several programs and goroutines add to one file; no record is lost.
func TestLogTogether(t *testing.T) {
	r := compared(t, guard, crowd)
	path := filepath.Join(t.TempDir(), FileName)
	var wg sync.WaitGroup
	const writers, each = 4, 10
	for w := range writers {
		log, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		wg.Go(func() {
			for i := range each {
				if _, err := log.Append(Record{Who: fmt.Sprint(w), What: Note, A: place(t, r, 0, "Four"), Note: fmt.Sprint(i)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	rs, problems, err := Read(path)
	if err != nil || len(problems) > 0 || len(rs) != writers*each {
		t.Errorf("%d records, %v, %v", len(rs), problems, err)
	}
}

// No text makes reading fail in another way than with an error, and a record
// that is read can be written and read again.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"id":"1","time":"2031-05-04T10:00:00Z","who":"Ada","what":"pair","a":{"party":"a","statement":"s","quote":"q","start":1,"end":2},"b":{"party":"b","statement":"s","quote":"q","start":-1,"end":2},"relation":"none"}` + "\n"))
	f.Add([]byte("{}\n\x00\nnull\n{\"what\":\"undo\""))
	f.Fuzz(func(t *testing.T, data []byte) {
		records, _, whole, err := readFrom("f", bytes.NewReader(data), 0)
		if err != nil {
			return
		}
		if whole > int64(len(data)) {
			t.Fatalf("%d whole bytes of %d", whole, len(data))
		}
		for _, r := range records {
			if err := r.Check(); err != nil {
				t.Fatal(err)
			}
		}
		Active(records)
	})
}
