package exchange

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/reports/internal/fixture"
	"counterclaim/reports/wording"
)

func report(t *testing.T, r *compare.Result) *wording.Report {
	t.Helper()
	v, err := wording.New(r)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var cases = map[string]func() *compare.Result{
	"ferry": fixture.Ferry, "hostile": fixture.Hostile, "silent": fixture.Silent,
	"empty": func() *compare.Result { return &compare.Result{} },
	"many":  func() *compare.Result { return fixture.Big(5, 200) },
}

func TestJSONFitsTheSchema(t *testing.T) {
	schema := compiled(t)
	for name, make := range cases {
		t.Run(name, func(t *testing.T) {
			r := make()
			var b bytes.Buffer
			if err := WriteJSON(&b, report(t, r), wording.Provenance{Version: "v0.0.0-test", Settings: []wording.Setting{{Name: "min-score", Value: "0.5"}}}); err != nil {
				t.Fatal(err)
			}
			validate(t, schema, b.Bytes())
			var docs []*nlp.Document
			for _, p := range r.Case.Parties {
				docs = append(docs, p.Statements...)
			}
			b.Reset()
			if err := WriteClaimsJSON(&b, docs, ""); err != nil {
				t.Fatal(err)
			}
			validate(t, schema, b.Bytes())
		})
	}
}

func validate(t *testing.T, schema *jsonschema.Schema, b []byte) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(doc); err != nil {
		t.Errorf("%v", err)
	}
}

// What a model and a person decided fits the schema too, and reads back.
func TestDecidedFitsTheSchema(t *testing.T) {
	r := fixture.Ferry()
	at := time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC)
	r.Pairs[0].Decided = &compare.Decided{By: compare.Model, Name: "m-1", Time: at, Own: &compare.Verdict{}}
	r.Pairs[1].Decided = &compare.Decided{By: compare.Person, Name: "Ada", Note: "x", Own: &compare.Verdict{Relation: compare.Agree, Kind: compare.Same, Score: 0.5}}
	r.Claims[0].Decided = &compare.Decided{By: compare.Person, Name: "Ada", Time: at}
	r.Overruled = []compare.Pair{r.Pairs[1]}
	r.Judges = []compare.Judge{{By: compare.Model, Name: "m-1", First: at, Last: at, Asked: 3, Answered: 2}, {By: compare.Person, Name: "Ada"}}
	var b bytes.Buffer
	if err := WriteJSON(&b, report(t, r), wording.Provenance{}); err != nil {
		t.Fatal(err)
	}
	validate(t, compiled(t), b.Bytes())
	for _, want := range []string{
		`"own": {
          "relation": "none",`,
		`"time": "2031-05-04T10:00:00Z",`,
		`"overruled": [`,
		`"asked": 3,`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s is missing", want)
		}
	}
}

// The schema is worth something only if it refuses what is wrong.
func TestSchemaRefuses(t *testing.T) {
	schema := compiled(t)
	var b bytes.Buffer
	if err := WriteJSON(&b, report(t, fixture.Ferry()), wording.Provenance{}); err != nil {
		t.Fatal(err)
	}
	at := func(doc map[string]any, list string) map[string]any { return doc[list].([]any)[0].(map[string]any) }
	for name, spoil := range map[string]func(map[string]any){
		"unknown schema":       func(d map[string]any) { d["schema"] = "counterclaim/2" },
		"no case":              func(d map[string]any) { delete(d, "case") },
		"no party of a claim":  func(d map[string]any) { delete(at(d, "claims"), "party") },
		"negative start":       func(d map[string]any) { at(d, "claims")["start"] = -1 },
		"unknown type":         func(d map[string]any) { at(d, "claims")["type"] = "rumour" },
		"score above 1":        func(d map[string]any) { at(d, "pairs")["score"] = 1.5 },
		"kind of another":      func(d map[string]any) { at(d, "pairs")["kind"] = "same" },
		"cell of one claim":    func(d map[string]any) { at(d, "rows")["cells"].(map[string]any)["line"] = "line/1/1" },
		"alone twice":          func(d map[string]any) { d["alone"] = []any{"a", "a"} },
		"date in another form": func(d map[string]any) { d["case"].(map[string]any)["date"] = "4 May 2031" },
	} {
		var doc map[string]any
		if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Fatalf("before %q: %v", name, err)
		}
		spoil(doc)
		if err := schema.Validate(doc); err == nil {
			t.Errorf("%s: the schema accepts it", name)
		}
	}
}

// What is read back is the result: exact words at their offsets, and every id
// that is referred to.
func TestJSONReadsBack(t *testing.T) {
	for name, make := range cases {
		t.Run(name, func(t *testing.T) {
			r := make()
			var b bytes.Buffer
			if err := WriteJSON(&b, report(t, r), wording.Provenance{}); err != nil {
				t.Fatal(err)
			}
			var got result
			dec := json.NewDecoder(&b)
			dec.DisallowUnknownFields()
			if err := dec.Decode(&got); err != nil {
				t.Fatal(err)
			}
			texts := map[string]string{}
			for _, p := range got.Case.Parties {
				for _, s := range p.Statements {
					texts[s.Path] = s.Text
				}
			}
			index := map[string]int{}
			for i, c := range got.Claims {
				index[c.ID] = i
				if text := texts[c.Statement][c.Start:c.End]; text != c.Text || text != r.Claims[i].Text {
					t.Errorf("claim %s: %q at its offsets, %q as text, want %q", c.ID, text, c.Text, r.Claims[i].Text)
				}
			}
			if len(index) != len(r.Claims) {
				t.Errorf("%d ids for %d claims", len(index), len(r.Claims))
			}
			known := func(ids []string) {
				for _, id := range ids {
					if _, ok := index[id]; !ok {
						t.Errorf("unknown claim %q", id)
					}
				}
			}
			for i, p := range got.Pairs {
				known([]string{p.A, p.B})
				if index[p.A] != r.Pairs[i].A || index[p.B] != r.Pairs[i].B {
					t.Errorf("pair %d joins %s and %s", i, p.A, p.B)
				}
			}
			for i, row := range got.Rows {
				if len(row.Cells) != len(r.Case.Parties) {
					t.Errorf("row of %d cells", len(row.Cells))
				}
				for _, ids := range row.Cells {
					known(ids)
				}
				if diff := cmp.Diff(r.Rows[i].Pairs, row.Pairs); diff != "" {
					t.Error(diff)
				}
			}
			known(got.Alone)
			if len(got.Alone) != len(r.Alone) {
				t.Errorf("%d alone, want %d", len(got.Alone), len(r.Alone))
			}
		})
	}
}

func TestJSONIsHarmlessOnAScreen(t *testing.T) {
	var b bytes.Buffer
	if err := WriteJSON(&b, report(t, fixture.Hostile()), wording.Provenance{}); err != nil {
		t.Fatal(err)
	}
	for _, r := range b.String() {
		if unicode.IsControl(r) && r != '\n' || r >= 0x202A && r <= 0x202E {
			t.Fatalf("%U in the output", r)
		}
	}
}

func TestCSV(t *testing.T) {
	for name, make := range cases {
		t.Run(name, func(t *testing.T) {
			r := make()
			var b bytes.Buffer
			if err := WriteCSV(&b, report(t, r)); err != nil {
				t.Fatal(err)
			}
			records := parse(t, b.String())
			if want := 1 + len(r.Pairs) + len(r.Alone); len(records) != want {
				t.Errorf("%d records, want %d", len(records), want)
			}
			seen := map[string]bool{}
			for _, rec := range records[1:] {
				seen[rec[13]], seen[rec[16]] = true, true
				if (rec[8] == Alone) != (rec[16] == "") {
					t.Errorf("relation %q with claim b %q", rec[8], rec[16])
				}
			}
			for _, c := range r.Claims {
				if !seen[c.ID] {
					t.Errorf("claim %s is missing", c.ID)
				}
			}
		})
	}
}

func TestClaimsCSV(t *testing.T) {
	r := fixture.Hostile()
	var b bytes.Buffer
	if err := WriteClaimsCSV(&b, r.Case.Parties[0].Statements); err != nil {
		t.Fatal(err)
	}
	if got := len(parse(t, b.String())); got != 4 {
		t.Errorf("%d records, want a header and 3 claims", got)
	}
}

// parse reads CSV and checks what all of ours keeps: lines end in CRLF,
// records are equally long, no cell runs as a formula, none has a control.
func parse(t *testing.T, s string) [][]string {
	t.Helper()
	if lf, crlf := strings.Count(s, "\n"), strings.Count(s, "\r\n"); lf != crlf || !strings.HasSuffix(s, "\r\n") {
		t.Errorf("%d line feeds, %d with carriage return", lf, crlf)
	}
	records, err := csv.NewReader(strings.NewReader(s)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, rec := range records {
		for _, cell := range rec {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
			if strings.ContainsFunc(cell, unicode.IsControl) {
				t.Errorf("control character in %q", cell)
			}
		}
	}
	return records
}
