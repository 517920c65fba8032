package entities

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"counterclaim/nlp/syntax"
)

var update = flag.Bool("update", false, "rewrite the golden file")

// TestGolden reads a statement of Velmora as a whole and compares every
// mention with testdata/statement.golden. The tokens carry no tags, so that
// the file does not change with the parser.
func TestGolden(t *testing.T) {
	text, err := os.ReadFile("testdata/statement.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := sentences(string(text))
	var got strings.Builder
	for i, es := range NewResolver(testParties).ForStatement("velmora").FindAll(lines) {
		if err := check(string(text), es); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "%s\n", strings.TrimSpace(string(text[lines[i][0].Start:lines[i][len(lines[i])-1].End])))
		for _, e := range es {
			fmt.Fprintf(&got, "\t%s\t%s\t%s\t%s\t%s\n", e.Text, e.Type, e.Form, e.Key, e.Of)
		}
	}
	if *update {
		if err := os.WriteFile("testdata/statement.golden", []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/statement.golden")
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func ExampleStatement_Find() {
	r := NewResolver([]Party{
		{ID: "velmora", Name: "Republic of Velmora", Aliases: []string{"Velmora"}},
		{ID: "ostria", Name: "Kingdom of Ostria", Aliases: []string{"Ostria"}},
	})
	s := r.ForStatement("velmora")
	for _, e := range s.Find(syntax.Tokenize("We warned the Ostrian Ministry of Defence.", 0)) {
		fmt.Println(e.Text, "=", e.Key)
	}
	// Output:
	// We = party:velmora
	// Ostrian Ministry of Defence = ministry of defence @ party:ostria
	// Ostrian = party:ostria
}
