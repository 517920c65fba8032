package wording

import (
	"math"
	"strings"
	"testing"
	"unicode"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/nlp/entities"
	"counterclaim/nlp/values"
	"counterclaim/reports/internal/fixture"
)

func TestClean(t *testing.T) {
	tests := []struct{ in, want, reason string }{
		{"  two\n\t words\u00a0here ", "two words here", "white space of any kind becomes one blank"},
		{"\x1b[31mred\x1b[0m", "␛[31mred␛[0m", "an escape is shown, not sent"},
		{"bell\x07nul\x00del\x7f", "bell␇nul␀del␡", "controls are shown"},
		{"csi\u009b31m", "csi�31m", "C1 controls have no picture"},
		{"a\u202egnirts\u202c", "agnirts", "nothing may reorder the line"},
		{"pass\u200bword", "password", "hidden marks go"},
		{"👩\u200d🚒 می\u200cخواهم", "👩\u200d🚒 می\u200cخواهم", "joiners are part of words"},
		{"caf\xe9", "caf�", "not UTF-8"},
		{"", "", "nothing"},
	}
	for _, tt := range tests {
		if got := Clean(tt.in); got != tt.want {
			t.Errorf("Clean(%q) = %q, want %q: %s", tt.in, got, tt.want, tt.reason)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("plain words")
	f.Add(fixture.Payload)
	f.Add("\xff\x00\u2028\u0085")
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if Clean(got) != got {
			t.Errorf("Clean(%q) = %q is not clean", s, got)
		}
		for _, r := range got {
			if r != ' ' && unicode.IsSpace(r) || unicode.IsControl(r) || r >= 0x202A && r <= 0x202E {
				t.Errorf("Clean(%q) has %U", s, r)
			}
		}
	})
}

func TestNewRejects(t *testing.T) {
	tests := map[string]func(*compare.Result){
		"party":          func(r *compare.Result) { r.Claims[0].Party = 3 },
		"negative party": func(r *compare.Result) { r.Claims[0].Party = -1 },
		"statement":      func(r *compare.Result) { r.Claims[0].Statement = 9 },
		"offset":         func(r *compare.Result) { r.Claims[0].End = 1 << 30 },
		"order":          func(r *compare.Result) { r.Claims[0].Start = r.Claims[0].End + 1 },
		"pair":           func(r *compare.Result) { r.Pairs[0].B = len(r.Claims) },
		"score":          func(r *compare.Result) { r.Pairs[0].Score = math.NaN() },
		"score above 1":  func(r *compare.Result) { r.Pairs[0].Score = 1.01 },
		"cells":          func(r *compare.Result) { r.Rows[0].Cells = r.Rows[0].Cells[:2] },
		"cell":           func(r *compare.Result) { r.Rows[0].Cells[1] = []int{-1} },
		"row's pair":     func(r *compare.Result) { r.Rows[0].Pairs = []int{len(r.Pairs)} },
		"alone":          func(r *compare.Result) { r.Alone = []int{len(r.Claims)} },
		"document":       func(r *compare.Result) { r.Case.Parties[0].Statements[0] = nil },
	}
	for name, spoil := range tests {
		r := fixture.Ferry()
		if _, err := New(r); err != nil {
			t.Fatal(err)
		}
		spoil(r)
		if _, err := New(r); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := New(nil); err == nil {
		t.Error("nil: no error")
	}
}

func TestTalliesAddUp(t *testing.T) {
	for _, r := range []*compare.Result{fixture.Ferry(), fixture.Silent(), fixture.Hostile(), fixture.Big(6, 300)} {
		v, err := New(r)
		if err != nil {
			t.Fatal(err)
		}
		byParty, all := v.Tallies()
		if all.Claims != len(r.Claims) || all.Rest() != 0 {
			t.Errorf("%s: %v for %d claims", r.Case.Title, all, len(r.Claims))
		}
		sum := 0
		for _, p := range byParty {
			sum += p.InRows + p.Alone
		}
		if sum != len(r.Claims) {
			t.Errorf("%s: parties add up to %d of %d", r.Case.Title, sum, len(r.Claims))
		}
	}
	r := fixture.Ferry()
	r.Alone = r.Alone[1:]
	v, err := New(r)
	if err != nil {
		t.Fatal(err)
	}
	if _, all := v.Tallies(); !strings.Contains(all.String(), "1 unaccounted for") {
		t.Errorf("a lost claim is not mentioned: %s", all)
	}
}

func TestSilences(t *testing.T) {
	one := func(name string) compare.Party {
		return compare.Party{ID: name, Name: name, Statements: []*nlp.Document{{Path: name + ".txt", Text: "Words."}}}
	}
	claim := func(party int) compare.Claim {
		return compare.Claim{Party: party, Claim: nlp.Claim{End: 5, Text: "Words"}}
	}
	tests := []struct {
		name   string
		result compare.Result
		want   []string
	}{
		{"all is well", *fixture.Ferry(), nil},
		{"no claims at all", compare.Result{Case: compare.Case{Parties: []compare.Party{one("A"), one("B")}}},
			[]string{"No claim found in the statement of A (A.txt).", "No claim found in the statement of B (B.txt).", "There is nothing to compare: claims of at least two parties are needed."}},
		{"nothing in common", compare.Result{Case: compare.Case{Parties: []compare.Party{one("A"), one("B")}}, Claims: []compare.Claim{claim(0), claim(1)}, Alone: []int{0, 1}},
			[]string{"Nothing in common: no claim of one party meets a claim of another."}},
		{"no statement", compare.Result{Case: compare.Case{Parties: []compare.Party{one("A"), {ID: "b"}}}, Claims: []compare.Claim{claim(0)}, Alone: []int{0}},
			[]string{"b has no statement in this case.", "There is nothing to compare: claims of at least two parties are needed."}},
		{"two strangers among three", compare.Result{
			Case:   compare.Case{Parties: []compare.Party{one("A"), one("B"), one("C")}},
			Claims: []compare.Claim{claim(0), claim(1), claim(2)},
			Pairs:  []compare.Pair{{A: 0, B: 1, Relation: compare.Agree, Kind: compare.Same, Score: 1}},
			Alone:  []int{2},
		}, []string{"A and C have nothing in common: no claim of one meets a claim of the other.", "B and C have nothing in common: no claim of one meets a claim of the other."}},
	}
	for _, tt := range tests {
		v, err := New(&tt.result)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.Silences(); strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestReason(t *testing.T) {
	v, err := New(fixture.Ferry())
	if err != nil {
		t.Fatal(err)
	}
	e := func(what, a, b, note string) compare.Evidence {
		return compare.Evidence{What: what, A: a, B: b, Note: note}
	}
	tests := []struct {
		evidence []compare.Evidence
		want     string
	}{
		{nil, "Norrland Ferry Line says “At 21.40 on Saturday our ferry Halcyon touched …”, the Union says “The Halcyon ran aground because the company cut …”; the figures differ"},
		{[]compare.Evidence{e("quantity", "thirty", "fifty", "")}, "Norrland Ferry Line says “thirty”, the Union says “fifty”"},
		{[]compare.Evidence{e("name", "x", "y", ""), e("quantity", "thirty", "fifty", "twenty apart.")}, "Norrland Ferry Line says “thirty”, the Union says “fifty”; twenty apart"},
		{[]compare.Evidence{e("name", "", "", "n"), e("meaning", "x", "y", "")}, "Norrland Ferry Line says “x”, the Union says “y”"},
		{[]compare.Evidence{e("rule", "", "", "a rule says so")}, "Norrland Ferry Line says “At 21.40 on Saturday our ferry Halcyon touched …”, the Union says “The Halcyon ran aground because the company cut …”; a rule says so"},
		{[]compare.Evidence{e("quantity", "thirty", "", "")}, "Norrland Ferry Line says “thirty”, the Union does not"},
		{[]compare.Evidence{e("quantity", "", "fifty", "")}, "the Union says “fifty”, Norrland Ferry Line does not"},
		{[]compare.Evidence{e("quantity", "the ship", "The ship", "of another size")}, "Norrland Ferry Line says “At 21.40 on Saturday our ferry Halcyon touched …”, the Union says “The Halcyon ran aground because the company cut …”; of another size"},
		{[]compare.Evidence{e("quantity", "“thirty”", "\"fifty\"\n", "")}, "Norrland Ferry Line says “thirty”, the Union says “\"fifty\"”"},
	}
	a, b := -1, -1
	for i, c := range v.Claims {
		if c.Party == 0 && a < 0 {
			a = i
		}
		if c.Party == 1 && b < 0 {
			b = i
		}
	}
	for _, tt := range tests {
		got := v.Reason(compare.Pair{A: a, B: b, Relation: compare.Conflict, Kind: compare.Quantity, Evidence: tt.evidence})
		if got != tt.want {
			t.Errorf("Reason(%v) = %q, want %q", tt.evidence, got, tt.want)
		}
	}
}

func TestEveryKindHasAPhrase(t *testing.T) {
	for _, k := range Kinds {
		if Phrase(k) == string(k) {
			t.Errorf("no phrase for %q", k)
		}
	}
	for _, r := range Relations {
		if Meaning(r) == "" {
			t.Errorf("no meaning for %q", r)
		}
	}
}

func TestLines(t *testing.T) {
	l := NewLines(&nlp.Document{Text: "one\ntwo\n\nfour"})
	for offset, want := range map[int]int{0: 1, 3: 1, 4: 2, 8: 3, 9: 4, 13: 4} {
		if got := l.Of(offset); got != want {
			t.Errorf("Of(%d) = %d, want %d", offset, got, want)
		}
	}
}

func TestAnalysis(t *testing.T) {
	value := func(s string, k values.Kind) values.Value { return values.Value{Text: s, Kind: k} }
	name := func(s string) entities.Entity { return entities.Entity{Text: s} }
	got := strings.Join(Analysis(nlp.Claim{
		Source: "the mission", Polarity: nlp.Negative, Certainty: nlp.Possible, Actor: "it", Predicate: "say", Patient: "that", Time: "on 4 May", Place: "in Varn",
		Values:   []values.Value{value("twelve", values.Number), value("4 May", values.Date), value("the third", values.Ordinal), value("2 km", values.Quantity)},
		Entities: []entities.Entity{name("Varn"), name("Velmora"), name("Varn")},
	}), "; ")
	want := "source: the mission; negative; possible; who: it; does: say; to: that; when: on 4 May; where: in Varn; how much: twelve, 2 km; names: Varn, Velmora"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Analysis(nlp.Claim{Polarity: nlp.Positive, Certainty: nlp.Certain}); len(got) != 0 {
		t.Errorf("nothing recognised, but %q", got)
	}
}

func TestTypeCount(t *testing.T) {
	cs := []nlp.Claim{{Type: nlp.Demand}, {Type: nlp.Fact}, {Type: nlp.Fact}}
	if got, want := TypeCount(cs), "3 claims: 2 fact, 1 demand"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A case without a title is called by its parties.
func TestTitle(t *testing.T) {
	for want, names := range map[string][]string{
		"Untitled case":                    nil,
		"The Port":                         {"the Port"},
		"Anders and Berit":                 {"Anders", "Berit"},
		"Anders, Berit, Cato and Dagny":    {"Anders", "Berit", "Cato", "Dagny"},
		"Anders, Berit, Cato and 2 others": {"Anders", "Berit", "Cato", "Dagny", "Egil"},
	} {
		r := &compare.Result{}
		for _, n := range names {
			r.Case.Parties = append(r.Case.Parties, compare.Party{Name: n})
		}
		v, err := New(r)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.Title(); got != want {
			t.Errorf("%q: %q, want %q", names, got, want)
		}
	}
}

// What is written as 0.20 is not weak, so that no list contradicts another.
func TestWeak(t *testing.T) {
	r := fixture.Ferry()
	for i, score := range []float64{0, 0.06, 0.194, 0.196, 0.2} {
		r.Pairs[i].Score = score
		if got, want := IsWeak(r.Pairs[i]), Score(score) < Score(Weak); got != want {
			t.Errorf("%v: %v", score, got)
		}
	}
	v, err := New(r)
	if err != nil {
		t.Fatal(err)
	}
	if got := v.WeakCount(); !strings.HasPrefix(got, "3 of 12 pairs are weak") {
		t.Error(got)
	}
	full, weak, left := 0, 0, 0
	for _, row := range r.Rows {
		f, w, l := v.Split(row, 0.1)
		full, weak, left = full+len(f), weak+len(w), left+l
	}
	if full != 9 || weak != 1 || left != 2 {
		t.Errorf("%d in full, %d weak, %d left out", full, weak, left)
	}
}
