package gold

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	claimsHeader = "party\tquote\ttype\tsource\tnote\n"
	pairsHeader  = "party_a\tquote_a\tparty_b\tquote_b\trelation\tkind\tnote\n"
)

// caseFolder writes the two files of answers; an empty text is no file.
func caseFolder(t testing.TB, claims, pairs string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "gold"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{ClaimsFile: claims, RelationsFile: pairs} {
		if text == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLoad(t *testing.T) {
	dir := caseFolder(t,
		"\ufeff"+strings.ReplaceAll(claimsHeader+"a\tTwelve died\tfact\tthe mission\t\n\nb\tWe regret it\tevaluation\t\n", "\n", "\r\n"),
		pairsHeader+"a\tTwelve died\tb\tfour dead\tconflict\tquantity\t12 / 4\n")
	got, err := Load(dir, []string{"a", "b"})
	if err != nil {
		t.Fatal(err)
	}
	want := &Answers{HasClaims: true, HasPairs: true,
		Claims: []Claim{{2, "a", "Twelve died", "fact", "the mission", ""}, {4, "b", "We regret it", "evaluation", "", ""}},
		Pairs:  []Pair{{2, "a", "Twelve died", "b", "four dead", "conflict", "quantity", "12 / 4"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLoadErrors(t *testing.T) {
	tests := []struct {
		name, claims, pairs string
		want                string // after the folder
	}{
		{"no answers", "", "", ": no gold/claims.tsv or gold/relations.tsv in this case; eval needs the answers of a person"},
		{"no header", "a\tx\tfact\t\t\n", "", "/gold/claims.tsv:1: not the header; begin with party<tab>quote<tab>type<tab>source<tab>note"},
		{"unknown type", claimsHeader + "a\tx\tfacts\t\t\n", "", `/gold/claims.tsv:2: unknown type "facts"; known are fact, accusation, denial, demand, commitment, evaluation, legal, prediction, ceremonial`},
		{"unknown party", claimsHeader + "a\tx\tfact\t\t\nc\tx\tfact\t\t\n", "", `/gold/claims.tsv:3: unknown party "c"; case.yaml has a, b`},
		{"no words", claimsHeader + "a\t-- *\tfact\t\t\n", "", `/gold/claims.tsv:2: no words in the quote "-- *"; copy the words of the claim from the statement`},
		{"columns", claimsHeader + "a\tx\tfact\n", "", `/gold/claims.tsv:2: 3 columns; write 5, with a tab between: party, quote, type, source, note`},
		{"not UTF-8", claimsHeader + "a\t\xff\tfact\t\t\n", "", `/gold/claims.tsv:2: not UTF-8; save the file as UTF-8`},
		{"unknown relation", "", pairsHeader + "a\tx\tb\ty\tagrees\tsame\t\n", `/gold/relations.tsv:2: unknown relation "agrees"; known are agree, conflict, framing`},
		{"kind of another relation", "", pairsHeader + "a\tx\tb\ty\tagree\tnegation\t\n", `/gold/relations.tsv:2: kind "negation" is none of agree; known are same, narrower, broader`},
		{"one party", "", pairsHeader + "a\tx\ta\ty\tagree\tsame\t\n", `/gold/relations.tsv:2: both claims are of "a"; a pair joins claims of two different parties`},
		{"unknown second party", "", pairsHeader + "a\tx\tz\ty\tagree\tsame\t\n", `/gold/relations.tsv:2: unknown party "z"; case.yaml has a, b`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := caseFolder(t, tt.claims, tt.pairs)
			_, err := Load(dir, []string{"a", "b"})
			if err == nil {
				t.Fatal("no error")
			}
			if got, want := filepath.ToSlash(err.Error()), filepath.ToSlash(dir)+tt.want; got != want {
				t.Errorf("error\n got %s\nwant %s", got, want)
			}
		})
	}
}

// An empty file of answers is there, and wrong; it is not the same as none.
func TestLoadEmptyFile(t *testing.T) {
	dir := caseFolder(t, claimsHeader, "")
	if err := os.WriteFile(filepath.Join(dir, "gold", "relations.tsv"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Load(dir, []string{"a", "b"})
	if err == nil || !strings.HasSuffix(filepath.ToSlash(err.Error()), "/gold/relations.tsv:1: empty file; begin with "+strings.ReplaceAll(strings.TrimSpace(pairsHeader), "\t", "<tab>")) {
		t.Errorf("error %v", err)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(claimsHeader+"a\tTwelve died\tfact\t\t\n", pairsHeader+"a\tx\tb\ty\tconflict\tquantity\tnote\n")
	f.Add("\ufeff", "\t\t\t\n\xff")
	f.Fuzz(func(t *testing.T, claims, pairs string) {
		dir := caseFolder(t, claims, pairs)
		a, err := Load(dir, []string{"a", "b"})
		if err != nil {
			return
		}
		for _, p := range a.Pairs {
			if p.PartyA == p.PartyB || p.Relation == "" || p.Kind == "" || p.Line < 2 {
				t.Errorf("bad pair got through: %+v", p)
			}
		}
	})
}
