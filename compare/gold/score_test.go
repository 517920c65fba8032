package gold

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"counterclaim/compare/casefile"

	"github.com/google/go-cmp/cmp"
)

var texts = Texts{
	"a": {"Twelve people died at the bridge on Friday. We did not open fire. Nobody was warned."},
	"b": {"Four soldiers were killed.", "They opened fire first, and everyone was warned. They opened fire first on Monday."},
}

var answers = &Answers{
	HasClaims: true, HasPairs: true,
	Claims: []Claim{
		{2, "a", "Twelve people died at the bridge", "fact", "", ""},
		{3, "a", "We did not open fire", "denial", "", ""},
		{4, "b", "They opened fire first", "accusation", "the mission", ""},
	},
	Pairs: []Pair{
		{2, "a", "Twelve people died", "b", "Four soldiers were killed", "conflict", "quantity", ""},
		{3, "a", "We did not open fire", "b", "They opened fire first", "conflict", "negation", ""},
		{4, "b", "everyone was warned", "a", "Nobody was warned", "conflict", "negation", ""},
	},
}

func quote(party, q string) Run { return Run{Party: party, Quote: q} }

func pair(a, b Run, relation, kind string, score float64) PredictedPair {
	return PredictedPair{a, b, relation, kind, score}
}

func TestPairs(t *testing.T) {
	fire := quote("a", "We did not open fire")
	first := quote("b", "They opened fire first")
	tests := []struct {
		name   string
		in     []PredictedPair
		want   Score
		reason string
	}{
		{"exact", []PredictedPair{pair(fire, first, "conflict", "negation", 0.9)},
			Score{Pairs: Count{1, 1, 3}, Conflict: Count{1, 1, 3}, Kinds: Ratio{1, 1}}, ""},
		{"other way round", []PredictedPair{pair(first, fire, "conflict", "negation", 0.9)},
			Score{Pairs: Count{1, 1, 3}, Conflict: Count{1, 1, 3}, Kinds: Ratio{1, 1}}, "a pair has no direction"},
		{"wrong kind", []PredictedPair{pair(fire, first, "conflict", "antonym", 0.9)},
			Score{Pairs: Count{1, 1, 3}, Conflict: Count{1, 1, 3}, Kinds: Ratio{0, 1}}, ""},
		{"wrong relation", []PredictedPair{pair(fire, first, "agree", "same", 0.9)},
			Score{Pairs: Count{1, 1, 3}, Agree: Count{0, 1, 0}, Conflict: Count{0, 0, 3}}, "it counts as a pair, not as an agreement"},
		{"half of the shorter run", []PredictedPair{pair(quote("a", "open fire. Nobody was"), first, "conflict", "negation", 0.9)},
			Score{Pairs: Count{1, 1, 3}, Conflict: Count{1, 1, 3}, Kinds: Ratio{1, 1}}, "2 of 4 words"},
		{"one word less", []PredictedPair{pair(quote("a", "fire. Nobody was"), first, "conflict", "negation", 0.9)},
			Score{Pairs: Count{0, 1, 3}, Conflict: Count{0, 1, 3}}, "1 of 3"},
		{"one side only", []PredictedPair{pair(quote("a", "Nobody was warned"), quote("b", "Four soldiers"), "conflict", "negation", 0.9)},
			Score{Pairs: Count{0, 1, 3}, Conflict: Count{0, 1, 3}}, "both sides must meet"},
		{"twice", []PredictedPair{pair(fire, first, "conflict", "negation", 0.9), pair(fire, first, "conflict", "negation", 0.9)},
			Score{Pairs: Count{1, 2, 3}, Conflict: Count{1, 2, 3}, Kinds: Ratio{1, 1}}, "one to one"},
		{"equal relation first", []PredictedPair{pair(fire, first, "framing", "naming", 0.9), pair(fire, quote("b", "They opened fire first, and"), "conflict", "negation", 0.9)},
			Score{Pairs: Count{1, 2, 3}, Conflict: Count{1, 1, 3}, Framing: Count{0, 1, 0}, Kinds: Ratio{1, 1}}, "4/4 + 4/5 + 0.5 is more than 1 + 1"},
		{"much better overlap first", []PredictedPair{pair(fire, first, "framing", "naming", 0.9), pair(quote("a", texts["a"][0]), quote("b", texts["b"][1]), "conflict", "negation", 0.9)},
			Score{Pairs: Count{2, 2, 3}, Conflict: Count{1, 1, 3}, Framing: Count{0, 1, 0}, Kinds: Ratio{1, 1}}, "the whole text then meets the third gold pair"},
		{"same party", []PredictedPair{pair(fire, fire, "conflict", "negation", 0.9)},
			Score{Pairs: Count{0, 1, 3}, Conflict: Count{0, 1, 3}}, ""},
		{"not in the text", []PredictedPair{pair(fire, quote("b", "They never fired"), "conflict", "negation", 0.9)},
			Score{Pairs: Count{0, 1, 3}, Conflict: Count{0, 1, 3}}, ""},
		{"bytes", []PredictedPair{pair(Run{Party: "a", Start: 44, End: 64}, Run{Party: "b", Statement: 1, Start: 0, End: 22}, "conflict", "negation", 0.9)},
			Score{Pairs: Count{1, 1, 3}, Conflict: Count{1, 1, 3}, Kinds: Ratio{1, 1}}, ""},
		{"second occurrence, by bytes", []PredictedPair{pair(fire, Run{Party: "b", Statement: 1, Start: 49, End: 71}, "conflict", "negation", 0.9)},
			Score{Pairs: Count{1, 1, 3}, Conflict: Count{1, 1, 3}, Kinds: Ratio{1, 1}}, "the gold quote stands there too"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Evaluate(texts, &Answers{HasPairs: true, Pairs: answers.Pairs}, Predictions{Pairs: tt.in}).Score
			got.Calibration, got.Sure = [10]Ratio{}, Ratio{}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s\n%s", diff, tt.reason)
			}
		})
	}
}

func TestClaims(t *testing.T) {
	claim := func(party, q, kind, source string) PredictedClaim {
		return PredictedClaim{quote(party, q), kind, source}
	}
	tests := []struct {
		name string
		in   []PredictedClaim
		want Score
	}{
		{"nothing", nil, Score{Found: Ratio{0, 3}, Tight: Ratio{0, 3}, Type: Ratio{0, 3}}},
		{"exact", []PredictedClaim{claim("a", "We did not open fire", "denial", "")},
			Score{Found: Ratio{1, 3}, Tight: Ratio{1, 3}, Type: Ratio{1, 3}, Source: Ratio{1, 1}}},
		{"wrong type and source", []PredictedClaim{claim("b", "They opened fire first", "fact", "")},
			Score{Found: Ratio{1, 3}, Tight: Ratio{1, 3}, Type: Ratio{0, 3}, Source: Ratio{0, 1}}},
		{"a source is a source", []PredictedClaim{claim("b", "They opened fire first", "accusation", "witnesses")},
			Score{Found: Ratio{1, 3}, Tight: Ratio{1, 3}, Type: Ratio{1, 3}, Source: Ratio{1, 1}}},
		{"loose: all that party a says, for two claims", []PredictedClaim{claim("a", texts["a"][0], "fact", "")},
			Score{Found: Ratio{2, 3}, Tight: Ratio{0, 3}, Type: Ratio{1, 3}, Source: Ratio{2, 2}}},
		{"the nearest counts", []PredictedClaim{claim("a", texts["a"][0], "fact", ""), claim("a", "did not open fire", "denial", "")},
			Score{Found: Ratio{2, 3}, Tight: Ratio{1, 3}, Type: Ratio{2, 3}, Source: Ratio{2, 2}}},
		{"of another party", []PredictedClaim{claim("b", "We did not open fire", "denial", "")},
			Score{Found: Ratio{0, 3}, Tight: Ratio{0, 3}, Type: Ratio{0, 3}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Evaluate(texts, &Answers{HasClaims: true, Claims: answers.Claims}, Predictions{Claims: tt.in}).Score
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCalibration(t *testing.T) {
	fire, first := quote("a", "We did not open fire"), quote("b", "They opened fire first")
	got := Evaluate(texts, answers, Predictions{Pairs: []PredictedPair{
		pair(fire, first, "conflict", "negation", 1),
		pair(quote("a", "Nobody was warned"), quote("b", "everyone was warned"), "agree", "same", 0.8),
		pair(fire, quote("b", "Four soldiers"), "conflict", "negation", 0.79),
		pair(quote("a", "on Friday"), quote("b", "on Monday"), "conflict", "time", 0),
	}}).Score
	want := [10]Ratio{0: {0, 1}, 7: {0, 1}, 8: {0, 1}, 9: {1, 1}}
	if diff := cmp.Diff(want, got.Calibration); diff != "" {
		t.Error(diff)
	}
	if got.Sure != (Ratio{1, 2}) {
		t.Errorf("sure %v", got.Sure)
	}
}

func TestCandidates(t *testing.T) {
	got := Evaluate(texts, answers, Predictions{Candidates: [][2]Run{
		{quote("b", "They opened fire first"), quote("a", "We did not open fire")},
		{quote("a", "We did not open fire"), quote("b", "They opened fire first")},
		{quote("a", "Twelve people died"), quote("b", "They opened fire first")},
	}}).Score
	if got.Candidates != (Ratio{1, 3}) {
		t.Errorf("candidates %v, want 1 of 3", got.Candidates)
	}
	if got := Evaluate(texts, answers, Predictions{}).Candidates; got.Total != 0 {
		t.Errorf("no candidates given, yet %v", got)
	}
}

func TestUnlocated(t *testing.T) {
	bad := &Answers{HasPairs: true, Pairs: []Pair{{7, "a", "Twelve people lived", "b", "Four soldiers", "conflict", "antonym", ""}}}
	got := Evaluate(texts, bad, Predictions{})
	want := []string{`gold/relations.tsv:7: "Twelve people lived" is not in the statements of a; it counts as missed`}
	if diff := cmp.Diff(want, got.Warnings); diff != "" {
		t.Error(diff)
	}
	if got.Unlocated != 1 || got.Pairs.Gold != 1 {
		t.Errorf("unlocated %d, gold %d", got.Unlocated, got.Pairs.Gold)
	}
}

// The answers of every case of the benchmark, given as predictions, are
// right in everything, in whatever order; and the cases pool.
func TestAnswersScoreThemselves(t *testing.T) {
	dirs, err := filepath.Glob(filepath.Join("..", "..", "testdata", "cases", "*", casefile.FileName))
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var pooled Score
	golds := 0
	for _, path := range dirs {
		dir := filepath.Dir(path)
		texts, a := loadCase(t, dir)
		var p Predictions
		for _, c := range a.Claims {
			p.Claims = append(p.Claims, PredictedClaim{quote(c.Party, c.Quote), c.Type, c.Source})
		}
		for _, g := range a.Pairs {
			p.Pairs = append(p.Pairs, pair(quote(g.PartyA, g.QuoteA), quote(g.PartyB, g.QuoteB), g.Relation, g.Kind, 1))
			p.Candidates = append(p.Candidates, [2]Run{quote(g.PartyA, g.QuoteA), quote(g.PartyB, g.QuoteB)})
		}
		random := rand.New(rand.NewPCG(1, 2))
		random.Shuffle(len(p.Pairs), func(i, j int) { p.Pairs[i], p.Pairs[j] = p.Pairs[j], p.Pairs[i] })
		got := Evaluate(texts, a, p)
		if len(got.Warnings) > 0 {
			t.Errorf("%s: %s", dir, strings.Join(got.Warnings, "\n"))
		}
		if got.Pairs.F1() != 1 || got.Conflict.F1() != 1 || got.Kinds.Value() != 1 || got.Candidates.Value() != 1 {
			t.Errorf("%s: pairs %v, conflicts %v, kinds %v, candidates %v", dir, got.Pairs, got.Conflict, got.Kinds, got.Candidates)
		}
		if got.Found.Value() != 1 || got.Tight.Value() != 1 {
			t.Errorf("%s: found %v, tight %v", dir, got.Found, got.Tight)
		}
		pooled.Add(got.Score)
		golds += len(a.Pairs)
	}
	if pooled.Pairs != (Count{golds, golds, golds}) || pooled.Sure != (Ratio{golds, golds}) {
		t.Errorf("pooled %v, sure %v, want %d", pooled.Pairs, pooled.Sure, golds)
	}
}

func loadCase(t testing.TB, dir string) (Texts, *Answers) {
	t.Helper()
	c, err := casefile.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	texts := Texts{}
	var ids []string
	for _, p := range c.Parties {
		ids = append(ids, p.ID)
		for _, s := range p.Statements {
			data, err := os.ReadFile(c.File(s))
			if err != nil {
				t.Fatal(err)
			}
			texts[p.ID] = append(texts[p.ID], string(data))
		}
	}
	a, err := Load(dir, ids)
	if err != nil {
		t.Fatal(err)
	}
	return texts, a
}

func BenchmarkEvaluate(b *testing.B) {
	texts, a := loadCase(b, filepath.Join("..", "..", "testdata", "cases", "crash"))
	var p Predictions
	for _, g := range a.Pairs {
		p.Pairs = append(p.Pairs, pair(quote(g.PartyA, g.QuoteA), quote(g.PartyB, g.QuoteB), g.Relation, g.Kind, 1))
	}
	b.ReportAllocs()
	for b.Loop() {
		Evaluate(texts, a, p)
	}
}

// The table of the benchmark's README counts what is there.
func TestBenchmarkTable(t *testing.T) {
	root := filepath.Join("..", "..", "testdata")
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	dirs, err := os.ReadDir(filepath.Join(root, "cases"))
	if err != nil {
		t.Fatal(err)
	}
	var all [6]int
	row := func(name, title string, n [6]int) string {
		return fmt.Sprintf("| %s | %s | %d | %d | %d | %d | %d | %d |\n", name, title, n[0], n[1], n[2], n[3], n[4], n[5])
	}
	for _, d := range dirs {
		dir := filepath.Join(root, "cases", d.Name())
		texts, a := loadCase(t, dir)
		c, err := casefile.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		var n [6]int
		for _, party := range texts {
			n[0] += len(party)
			for _, text := range party {
				n[1] += len(strings.Fields(text))
			}
		}
		n[2] = len(a.Claims)
		for _, p := range a.Pairs {
			n[3+slices.Index([]string{"agree", "conflict", "framing"}, p.Relation)]++
		}
		for i := range n {
			all[i] += n[i]
		}
		if want := row(d.Name(), c.Title, n); !strings.Contains(string(readme), want) {
			t.Errorf("testdata/README.md has no row %s", want)
		}
	}
	if want := strings.Replace(row("all", "", all), "|  |", "| |", 1); !strings.Contains(string(readme), want) {
		t.Errorf("testdata/README.md has no row %s", want)
	}
}
