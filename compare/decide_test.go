package compare

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"counterclaim/compare/llm"
	"counterclaim/nlp"
	"counterclaim/nlp/read"
)

var texts = map[string]string{
	"guard": "Four people died at the gate on Friday. Our soldiers did not open fire. The minister visited the wounded in Tarn.",
	"crowd": "Nine people were killed at the gate on Friday. The soldiers opened fire without warning. It rained all day.",
	"radio": "The station counted nine dead at the gate. The soldiers opened fire.",
}

// compared sets the parties side by side, in the order given.
func compared(t testing.TB, parties ...string) *Result {
	t.Helper()
	c := Case{Title: "The gate"}
	for _, id := range parties {
		c.Parties = append(c.Parties, Party{ID: id, Name: strings.ToUpper(id)})
	}
	for i, o := range Speakers(c, nil) {
		text, err := read.Read(c.Parties[i].ID, []byte(texts[c.Parties[i].ID]))
		if err != nil {
			t.Fatal(err)
		}
		c.Parties[i].Statements = []*nlp.Document{nlp.Analyze(text, o)}
	}
	r, err := Compare(context.Background(), c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// words is the span of a quote in the statement of a party.
func (r *Result) words(t testing.TB, id, quote string) Span {
	t.Helper()
	p := slices.IndexFunc(r.Case.Parties, func(p Party) bool { return p.ID == id })
	at := strings.Index(r.Case.Parties[p].Statements[0].Text, quote)
	if at < 0 {
		t.Fatalf("no %q", quote)
	}
	return Span{p, 0, at, at + len(quote)}
}

// sound checks the laws of a result.
func sound(t interface{ Fatalf(string, ...any) }, r *Result) {
	in := make([]int, len(r.Claims))
	for _, row := range r.Rows {
		for _, cell := range row.Cells {
			for _, c := range cell {
				in[c]++
			}
		}
	}
	for _, c := range r.Alone {
		in[c]++
	}
	ids := map[string]bool{}
	for i, c := range r.Claims {
		if in[i] != 1 {
			t.Fatalf("claim %s is in %d places", c.ID, in[i])
		}
		if ids[c.ID] {
			t.Fatalf("two claims %s", c.ID)
		}
		ids[c.ID] = true
		if d := r.Case.Parties[c.Party].Statements[c.Statement]; d.Text[c.Start:c.End] != c.Text {
			t.Fatalf("claim %s is %q", c.ID, c.Text)
		}
		if i > 0 && c.Party == r.Claims[i-1].Party && c.Start < r.Claims[i-1].Start {
			t.Fatalf("claim %s is out of order", c.ID)
		}
	}
	rowOf := map[int]int{}
	for _, row := range r.Rows {
		for _, p := range row.Pairs {
			rowOf[p]++
		}
	}
	for i, p := range r.Pairs {
		if r.Claims[p.A].Party >= r.Claims[p.B].Party || rowOf[i] != 1 || p.Relation == "" || p.Kind == "" {
			t.Fatalf("pair %+v in %d rows", p, rowOf[i])
		}
	}
}

func (r *Result) pair(a, b Span) *Pair {
	x, y := min(r.at(a), r.at(b)), max(r.at(a), r.at(b))
	for i := range r.Pairs {
		if r.Pairs[i].A == x && r.Pairs[i].B == y {
			return &r.Pairs[i]
		}
	}
	return nil
}

func TestDecide(t *testing.T) {
	ada := Decided{By: Person, Name: "Ada", Time: time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC), Note: "read it"}
	r := compared(t, "guard", "crowd")
	before := len(r.Claims)
	if before == 0 || len(r.Pairs) == 0 {
		t.Fatal("our own judge finds nothing in common")
	}
	place := func(i int) Span {
		c := r.Claims[i]
		return Span{c.Party, c.Statement, c.Start, c.End}
	}
	four, nine, own := place(r.Pairs[0].A), place(r.Pairs[0].B), r.Pairs[0]
	verdict := func(a, b Span, relation Relation, kind Kind) Decision {
		return Decision{Pair: &PairDecision{A: a, B: b, Verdict: Verdict{relation, kind, 1}, Decided: ada}}
	}

	// Overruled, and back again.
	if left := r.Decide([]Decision{verdict(four, nine, "", "")}, Options{}); left != nil {
		t.Fatal(left)
	}
	sound(t, r)
	if r.pair(four, nine) != nil || len(r.Overruled) != 1 || *r.Overruled[0].Decided.Own != (Verdict{own.Relation, own.Kind, own.Score}) {
		t.Errorf("overruled %+v", r.Overruled)
	}
	if left := r.Decide([]Decision{verdict(nine, four, Agree, Narrower)}, Options{}); left != nil {
		t.Fatal(left)
	}
	sound(t, r)
	p := r.pair(four, nine)
	if p == nil || p.Kind != Broader || p.Decided.Own == nil || p.Decided.Own.Kind != own.Kind || len(r.Overruled) != 0 {
		t.Errorf("reinstated %+v", p)
	}

	// A pair of words that no claim held, with words of its own.
	rained, visit := r.words(t, "crowd", "It rained"), r.words(t, "guard", "visited the wounded")
	d := verdict(rained, visit, Conflict, Other)
	d.Pair.Words = [2]string{"rained", "visited"}
	if left := r.Decide([]Decision{d}, Options{}); left != nil {
		t.Fatal(left)
	}
	sound(t, r)
	p = r.pair(rained, visit)
	if p == nil || p.Evidence[0].A != "visited" || p.Evidence[0].B != "rained" || p.Decided.Own == nil || p.Decided.Own.Relation != "" {
		t.Fatalf("added %+v", p)
	}
	if len(r.Claims) != before+2 || r.Claims[p.A].Decided == nil || r.Claims[p.A].Predicate != "visit" {
		t.Errorf("predicate %q", r.Claims[p.A].Predicate)
	}
	id := r.Claims[p.A].ID

	// A claim's bounds, type and source change; its pair and id stay.
	source, wide := "the minister", r.words(t, "guard", "The minister visited the wounded")
	if left := r.Decide([]Decision{{Claim: &ClaimDecision{At: visit, To: wide, Type: nlp.Evaluation, Source: &source, Decided: ada}}}, Options{}); left != nil {
		t.Fatal(left)
	}
	sound(t, r)
	p = r.pair(rained, wide)
	if p == nil || r.Claims[p.A].ID != id || r.Claims[p.A].Type != nlp.Evaluation || r.Claims[p.A].Source != source {
		t.Fatalf("the pair or the claim did not move: %+v", p)
	}

	// Type and source stay when the bounds change again.
	if left := r.Decide([]Decision{{Claim: &ClaimDecision{At: wide, To: visit, Decided: ada}}, {Claim: &ClaimDecision{At: visit, To: wide, Decided: ada}}}, Options{}); left != nil {
		t.Fatal(left)
	}
	if c := r.Claims[r.at(wide)]; c.Type != nlp.Evaluation || c.Source != source {
		t.Errorf("type %s, source %q after a move", c.Type, c.Source)
	}

	// What is no claim takes its pairs with it.
	if left := r.Decide([]Decision{{Claim: &ClaimDecision{At: wide, Drop: true, Decided: ada}}}, Options{}); left != nil {
		t.Fatal(left)
	}
	sound(t, r)
	if r.at(wide) >= 0 || len(r.Claims) != before+1 {
		t.Error("the claim is still there")
	}

	// What cannot be done is said, and nothing else is lost.
	kept := len(r.Pairs)
	left := r.Decide([]Decision{
		verdict(four, r.words(t, "guard", "Our soldiers"), Agree, Same),
		verdict(Span{0, 0, 3, 60}, nine, Agree, Same), // over two sentences
		verdict(Span{7, 0, 0, 4}, nine, Agree, Same),
		verdict(Span{0, 5, 0, 4}, nine, Agree, Same),
		{Claim: &ClaimDecision{At: Span{0, 0, 38, 39}, Decided: ada}}, // a full stop
	}, Options{})
	sound(t, r)
	if len(left) != 5 || len(r.Pairs) != kept {
		t.Errorf("%d of 5 said, %d of %d pairs", len(left), len(r.Pairs), kept)
	}
}

// Any decisions leave a sound result.
func TestDecideSound(t *testing.T) {
	base := compared(t, "guard", "crowd", "radio")
	rapid.Check(t, func(t *rapid.T) {
		r := base.clone()
		anywhere := func() Span {
			p := rapid.IntRange(0, 2).Draw(t, "party")
			text := base.Case.Parties[p].Statements[0].Text
			if rapid.Bool().Draw(t, "claim") {
				var own []Span
				for _, c := range r.Claims {
					if c.Party == p {
						own = append(own, Span{p, 0, c.Start, c.End})
					}
				}
				if len(own) > 0 {
					return rapid.SampledFrom(own).Draw(t, "of")
				}
			}
			start := rapid.IntRange(0, len(text)-1).Draw(t, "start")
			return Span{p, 0, start, min(start+rapid.IntRange(1, 40).Draw(t, "length"), len(text))}
		}
		verdicts := []Verdict{{}, {Agree, Same, 0.7}, {Conflict, Quantity, 1}, {Agree, Narrower, 0.2}}
		for range rapid.IntRange(1, 4).Draw(t, "rounds") {
			var ds []Decision
			for range rapid.IntRange(1, 4).Draw(t, "decisions") {
				by := Decided{By: rapid.SampledFrom([]By{Model, Person}).Draw(t, "by"), Name: "x"}
				switch rapid.IntRange(0, 3).Draw(t, "what") {
				case 0:
					ds = append(ds, Decision{Claim: &ClaimDecision{At: anywhere(), To: anywhere(), Decided: by}})
				case 1:
					ds = append(ds, Decision{Claim: &ClaimDecision{At: anywhere(), Drop: true, Decided: by}})
				default:
					ds = append(ds, Decision{Pair: &PairDecision{A: anywhere(), B: anywhere(), Verdict: rapid.SampledFrom(verdicts).Draw(t, "verdict"), Decided: by}})
				}
			}
			r.Decide(ds, Options{})
			sound(t, r)
		}
	})
}

// The outcome of a model's answers does not depend on the order of parties.
func TestHeedOrder(t *testing.T) {
	said := func(r *Result) []string {
		c, candidates := r.Dossier()
		out := &llm.Outcome{Judges: []llm.Judge{{Name: "m", Asked: 3, Answered: 3}}}
		qs, err := llm.Questions(c, candidates)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range qs {
			out.Decisions = append(out.Decisions, llm.Decision{
				A: ref(r, q.Parties[0], "at the gate"), B: ref(r, q.Parties[1], "at the gate"),
				Relation: "framing", Kind: "naming", Confidence: 0.6, WordsA: "gate", WordsB: "gate",
			})
		}
		if left := r.Heed(out, Options{}); left != nil {
			t.Fatal(left)
		}
		sound(t, r)
		var lines []string
		for _, p := range r.Pairs {
			a, b, kind := r.Claims[p.A].ID, r.Claims[p.B].ID, p.Kind
			if a > b {
				a, b, kind = b, a, flipped(kind)
			}
			by := ""
			if p.Decided != nil {
				by = fmt.Sprintf(" by %s, own %v", p.Decided.Name, p.Decided.Own)
			}
			lines = append(lines, fmt.Sprintf("%s %s %s %s%s %v", a, b, p.Relation, kind, by, p.Score))
		}
		slices.Sort(lines)
		return lines
	}
	if diff := cmp.Diff(said(compared(t, "guard", "crowd", "radio")), said(compared(t, "radio", "crowd", "guard"))); diff != "" {
		t.Error(diff)
	}
}

func ref(r *Result, id, quote string) llm.Ref {
	p := slices.IndexFunc(r.Case.Parties, func(p Party) bool { return p.ID == id })
	at := strings.Index(r.Case.Parties[p].Statements[0].Text, quote)
	return llm.Ref{Party: p, Span: llm.Span{Start: at, End: at + len(quote)}}
}
