package reports

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/reports/internal/fixture"
)

var update = flag.Bool("update", false, "write the golden files")

// constants are the parts of a page that are the same in all, kept out of the
// golden files.
var constants = regexp.MustCompile(`(?s)<style>.*</style>|<script>.*</script>|<meta http-equiv="Content-Security-Policy"[^>]*>`)

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got); run with -update if that is meant:\n%s", path, diff)
	}
}

func write(t *testing.T, r *compare.Result, format string, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r, format, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGolden(t *testing.T) {
	tests := []struct {
		name, format string
		result       *compare.Result
		options      Options
	}{
		{"ferry-140.txt", Table, fixture.Ferry(), Options{Width: 140}},
		{"ferry-60.txt", Table, fixture.Ferry(), Options{Width: 60}},
		{"ferry-color.txt", Table, fixture.Ferry(), Options{Width: 120, Color: true, MinScore: 0.6}},
		{"ferry.md", Markdown, fixture.Ferry(), Options{Version: "v0.0.0-test", Settings: []Setting{{Name: "min-score", Value: "0.5"}}}},
		{"ferry.json", JSON, fixture.Ferry(), Options{Version: "v0.0.0-test"}},
		{"ferry.csv", CSV, fixture.Ferry(), Options{}},
		{"ferry.html", HTML, fixture.Ferry(), Options{Version: "v0.0.0-test"}},
		{"silent.txt", Table, fixture.Silent(), Options{}},
		{"silent.md", Markdown, fixture.Silent(), Options{}},
		{"hostile.txt", Table, fixture.Hostile(), Options{Width: 100}},
		{"hostile.md", Markdown, fixture.Hostile(), Options{}},
		{"ferry.jsonld", Annotations, fixture.Ferry(), Options{Version: "v0.0.0-test"}},
		{"ferry.graphml", GraphML, fixture.Ferry(), Options{Version: "v0.0.0-test"}},
		{"ferry.tei", TEI, fixture.Ferry(), Options{Version: "v0.0.0-test"}},
		{"ferry-schema-org.json", SchemaOrg, fixture.Ferry(), Options{Version: "v0.0.0-test"}},
		{"hostile.csv", CSV, fixture.Hostile(), Options{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			golden(t, tt.name, constants.ReplaceAll(write(t, tt.result, tt.format, tt.options), nil))
		})
	}
}

func TestGoldenClaims(t *testing.T) {
	var docs []*nlp.Document
	for _, p := range fixture.Ferry().Case.Parties {
		docs = append(docs, p.Statements...)
	}
	docs = append(docs, fixture.Silent().Case.Parties[2].Statements...)
	for format, name := range map[string]string{Table: "claims.txt", Markdown: "claims.md", JSON: "claims.json", CSV: "claims.csv"} {
		t.Run(format, func(t *testing.T) {
			var b bytes.Buffer
			if err := WriteClaims(&b, docs, format, Options{Version: "v0.0.0-test", Width: 100}); err != nil {
				t.Fatal(err)
			}
			golden(t, name, b.Bytes())
		})
	}
}

// The same result gives the same bytes: no map order, no time of day.
func TestDeterministic(t *testing.T) {
	for _, format := range Formats {
		for _, make := range []func() *compare.Result{fixture.Ferry, fixture.Hostile, func() *compare.Result { return fixture.Big(6, 300) }} {
			first := write(t, make(), format, Options{Width: 120})
			for range 4 {
				if !bytes.Equal(first, write(t, make(), format, Options{Width: 120})) {
					t.Fatalf("%s differs from run to run", format)
				}
			}
		}
	}
}

// Every format fails on a result that points outside itself, and none panics.
func TestBroken(t *testing.T) {
	r := fixture.Ferry()
	r.Rows[0].Pairs = []int{99}
	for _, format := range Formats {
		if err := Write(&bytes.Buffer{}, r, format, Options{}); err == nil {
			t.Errorf("%s: no error", format)
		}
	}
}

// An empty case is reported in words.
func TestEmpty(t *testing.T) {
	for _, format := range []string{Table, Markdown, HTML} {
		got := string(write(t, &compare.Result{}, format, Options{}))
		if !strings.Contains(got, "nothing to compare") {
			t.Errorf("%s: %s", format, got)
		}
	}
}

func TestFormatOf(t *testing.T) {
	for path, want := range map[string]string{
		"a.html": HTML, "b/c.HTM": HTML, "x.json": JSON, "x.csv": CSV, "x.md": Markdown, "x.markdown": Markdown, "x.txt": Table, "report.docx": DOCX, "a.jsonld": Annotations, "a.conllu": CoNLLU, "a.graphml": GraphML, "a.qdpx": QDA, "a.xml": TEI, "a.tei": TEI, "r.odt": ODT, "r.XLSX": XLSX,
	} {
		if got, err := FormatOf(path); err != nil || got != want {
			t.Errorf("FormatOf(%q) = %q, %v; want %q", path, got, err, want)
		}
	}
	for _, path := range []string{"", "report", "report.doc", ".json/x", "x.zip"} {
		if got, err := FormatOf(path); err == nil {
			t.Errorf("FormatOf(%q) = %q, want an error", path, got)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, fixture.Ferry(), "doc", Options{}); err == nil || !strings.Contains(err.Error(), `"doc"`) {
		t.Errorf("Write: %v, want an error that names the format", err)
	}
	if err := WriteClaims(&b, nil, HTML, Options{}); err == nil {
		t.Error("WriteClaims: want an error")
	}
	if b.Len() > 0 {
		t.Errorf("wrote %q before it failed", b.String())
	}
}
