package dataset

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"counterclaim/compare"
	"counterclaim/compare/corpus"
	"counterclaim/compare/versions"
	"counterclaim/reports/internal/fixture"
)

// ferry is the case of the hand-made fixture as tables.
func ferry(t *testing.T) *Tables {
	t.Helper()
	return tablesOf(t, fixture.Ferry())
}

func tablesOf(t *testing.T, r *compare.Result) *Tables {
	t.Helper()
	c := &corpus.Compared{Case: corpus.Case{ID: "ferry", Title: r.Case.Title}, Result: r}
	for i, p := range r.Case.Parties {
		var list []*corpus.Statement
		for _, d := range p.Statements {
			list = append(list, &corpus.Statement{ID: "ferry/" + d.Path, Party: corpus.Party{ID: p.ID, Name: p.Name}, Path: d.Path, SHA256: strings.Repeat("0", 64)})
		}
		c.Statements = append(c.Statements, list)
		if len(list) > 1 {
			c.Versions = append(c.Versions, corpus.PartyVersions{Party: i, Earlier: 0, Changes: []versions.Change{
				{What: versions.Dropped, Before: 0, After: -1},
				{What: versions.Revised, Before: 0, After: 0, Kind: compare.Quantity, Score: 0.5},
			}})
		}
	}
	c.Rejected = []*corpus.RecordError{{Where: "ferry/x.txt", ID: "ferry/x.txt", Reason: "empty"}}
	out := &Tables{}
	if err := out.Add(c); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPartReadsBack(t *testing.T) {
	for name, make := range map[string]func() *compare.Result{"ferry": fixture.Ferry, "hostile": fixture.Hostile, "silent": fixture.Silent} {
		want := tablesOf(t, make())
		f, err := OpenFolder(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		if f.HasPart("a") {
			t.Error("a part before it is written")
		}
		if err := f.WritePart("a", want); err != nil || !f.HasPart("a") {
			t.Fatal(err)
		}
		got, err := f.ReadPart("a")
		if err != nil {
			t.Fatal(err)
		}
		for i := range want.Statements { // bytes that are no UTF-8 do not go through JSON
			want.Statements[i].Text = strings.ToValidUTF8(want.Statements[i].Text, "\ufffd")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Whatever is cut off the end of a part is missed.
func TestPartCutShort(t *testing.T) {
	f, err := OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := f.WritePart("a", ferry(t)); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(f.part("a"))
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(whole) / 97 {
		if _, err := readPart(bytes.NewReader(whole[:n*97])); err == nil {
			t.Errorf("%d of %d bytes read as a whole part", n*97, len(whole))
		}
	}
	if err := os.WriteFile(f.part("a"), whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.ReadPart("a"); err == nil || !strings.Contains(err.Error(), "delete it and run again") {
		t.Errorf("error %v", err)
	}
}

func FuzzReadPart(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("(\xb5/\xfd\x04\x00Y\x00\x00{\"end\":true}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		tables, err := readPart(bytes.NewReader(b))
		if (tables == nil) == (err == nil) {
			t.Errorf("tables %v and error %v", tables, err)
		}
	})
}

func assembled(t *testing.T, formats ...string) Folder {
	t.Helper()
	f, err := OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := f.WritePart("a", ferry(t)); err != nil {
		t.Fatal(err)
	}
	n, err := f.Assemble([]string{"a"}, []Rejected{{Where: "x:1", Reason: "bad"}}, About{Title: "ferries", Version: "v0", Formats: formats}, func(int) {})
	if err != nil || n != 2 {
		t.Fatalf("%d set aside, %v", n, err)
	}
	return f
}

// Parquet and JSON lines hold the same records.
func TestFormatsReadBack(t *testing.T) {
	want := ferry(t)
	for _, format := range Formats {
		f := assembled(t, format)
		if !f.Finished() {
			t.Error("not finished")
		}
		got := &Tables{Rejected: want.Rejected}
		collect(t, f, "statements", &got.Statements)
		collect(t, f, "claims", &got.Claims)
		collect(t, f, "pairs", &got.Pairs)
		collect(t, f, "rows", &got.Rows)
		collect(t, f, "versions", &got.Versions)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", format, diff)
		}
	}
}

func collect[T any](t *testing.T, f Folder, table string, into *[]T) {
	t.Helper()
	for r, err := range Each[T](f, table) {
		if err != nil {
			t.Fatal(err)
		}
		*into = append(*into, *r)
	}
}

// A failure on the way leaves what was there, and nothing beside it.
func TestAssembleFails(t *testing.T) {
	f := assembled(t, JSONL)
	before, err := os.ReadDir(f.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Assemble([]string{"a", "missing"}, nil, About{Formats: Formats}, func(int) {}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	after, err := os.ReadDir(f.Dir)
	if err != nil || len(after) != len(before) {
		t.Errorf("%d files, %d before (%v)", len(after), len(before), err)
	}
}

func TestTidy(t *testing.T) {
	f := assembled(t, JSONL)
	for _, name := range []string{"x.tmp", "parts/b" + partEnding} {
		if err := os.WriteFile(filepath.Join(f.Dir, filepath.FromSlash(name)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Tidy(map[string]bool{"a": true}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(f.Dir, "x.tmp")); !errors.Is(err, os.ErrNotExist) {
		t.Error("x.tmp is still there")
	}
	if !f.HasPart("a") || f.HasPart("b") {
		t.Error("the wrong parts are left")
	}
}

// Every column is documented, and called as in Parquet.
func TestCodebook(t *testing.T) {
	for _, table := range Codebook() {
		names := map[string]bool{}
		for _, c := range table.Columns {
			names[c.Name] = true
			if len(c.About) < 8 || strings.HasSuffix(c.About, ".") {
				t.Errorf("%s.%s is documented as %q", table.Name, c.Name, c.About)
			}
		}
		for _, key := range table.Key {
			if !names[key] {
				t.Errorf("%s has the key %s, but no such column", table.Name, key)
			}
		}
		for column := range table.Refers {
			if !names[column] {
				t.Errorf("%s refers from %s, but has no such column", table.Name, column)
			}
		}
	}
	for _, typ := range []reflect.Type{reflect.TypeFor[Statement](), reflect.TypeFor[Claim](), reflect.TypeFor[Pair](), reflect.TypeFor[Row](), reflect.TypeFor[Version]()} {
		for i := range typ.NumField() {
			tag := typ.Field(i).Tag
			parquet, _, _ := strings.Cut(tag.Get("parquet"), ",")
			optional := strings.Contains(tag.Get("parquet"), "optional")
			if parquet != tag.Get("json") || optional != (typ.Field(i).Type == reflect.TypeFor[Optional]()) {
				t.Errorf("%s.%s: tags %s", typ.Name(), typ.Field(i).Name, tag)
			}
		}
	}
}

func TestPackage(t *testing.T) {
	f := assembled(t, Formats...)
	b, err := os.ReadFile(filepath.Join(f.Dir, PackageFile))
	if err != nil {
		t.Fatal(err)
	}
	var p dataPackage
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		t.Error("more than one value")
	}
	if len(p.Resources) != 10 {
		t.Errorf("%d resources", len(p.Resources))
	}
	names := map[string]bool{}
	for _, r := range p.Resources {
		if !regexp.MustCompile(`^[-a-z0-9._]+$`).MatchString(r.Name) || names[r.Name] {
			t.Errorf("name %q", r.Name)
		}
		names[r.Name] = true
	}
	for _, r := range p.Resources {
		for _, k := range r.Schema.ForeignKeys {
			if k.Reference.Resource != "" && !names[k.Reference.Resource] {
				t.Errorf("%s refers to %q", r.Name, k.Reference.Resource)
			}
		}
	}
}

// python runs a script with the modules that it needs, or skips the test.
func python(t *testing.T, modules, script string, args ...string) string {
	t.Helper()
	if out, err := exec.Command("python3", "-c", "import "+modules).CombinedOutput(); err != nil {
		t.Skipf("python3 with %s is not there: %s", modules, out)
	}
	out, err := exec.Command("python3", append([]string{"-c", script}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}

// The standard's own tool finds nothing wrong.
func TestFrictionless(t *testing.T) {
	if testing.Short() {
		t.Skip("seconds of Python")
	}
	out := python(t, "frictionless, fastparquet, jsonlines", `
import sys
from frictionless import validate
r = validate(sys.argv[1])
for t in r.tasks:
    for e in t.errors: print(t.name, e.message)
for e in r.errors: print(e.message)
print(r.valid, len(r.tasks))
`, filepath.Join(assembled(t, Formats...).Dir, PackageFile))
	if !strings.HasSuffix(strings.TrimSpace(out), "True 10") {
		t.Error(out)
	}
}

// The recipes of the README: DuckDB and pandas read both formats and join
// them.
func TestDuckDB(t *testing.T) {
	f := assembled(t, Formats...)
	out := python(t, "duckdb", `
import duckdb, sys
for ending in "parquet", "jsonl":
    for t in "statements", "claims", "pairs", "rows", "versions":
        duckdb.sql(f"create or replace view {t} as select * from '{sys.argv[1]}/{t}.{ending}'")
    print(duckdb.sql("""
        select count(*), count(distinct a.statement), count(s.date::date), max(len(p.evidence))
        from pairs p join claims a on p.a = a.id join claims b on p.b = b.id join statements s on a.statement = s.id
        where a.text = substr(s.text, 1 + strlen(substr(s.text, 1, strpos(s.text, a.text) - 1)), length(a.text))
    """).fetchall())
    print(duckdb.sql("select count(*) from (select unnest(claims) c from rows) r join claims on claims.id = r.c").fetchall())
`, f.Dir)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 4 || lines[0] != lines[2] || lines[1] != lines[3] || strings.HasPrefix(lines[0], "[(0,") {
		t.Error(out)
	}
}

func TestPandas(t *testing.T) {
	f := assembled(t, Formats...)
	out := python(t, "pandas, pyarrow", `
import pandas as pd, sys
for read, ending in (pd.read_parquet, "parquet"), (lambda p: pd.read_json(p, lines=True, dtype=False), "jsonl"):
    pairs, claims = read(f"{sys.argv[1]}/pairs.{ending}"), read(f"{sys.argv[1]}/claims.{ending}")
    joined = pairs.merge(claims, left_on="a", right_on="id")
    print(len(pairs), len(joined), pairs.score.mean().round(4), pairs.relation.value_counts().to_dict())
`, f.Dir)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 2 || lines[0] != lines[1] || strings.HasPrefix(lines[0], "0 ") {
		t.Error(out)
	}
}
