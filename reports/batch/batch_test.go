package batch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"counterclaim/compare/corpus"
	"counterclaim/compare/corpus/synthetic"
	"counterclaim/reports/dataset"
)

// table is a corpus of n invented statements with their cases.
func table(t *testing.T, n int) string {
	t.Helper()
	var b bytes.Buffer
	for s := range synthetic.Statements(synthetic.Options{Seed: 7, Event: 3}) {
		if n--; n < 0 {
			break
		}
		line, err := json.Marshal(map[string]any{"id": s.ID, "party": s.Party, "date": s.Date, "title": s.Title, "text": s.Text, "case": s.Event})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.String()
}

func open(t *testing.T, text string) *corpus.Corpus {
	t.Helper()
	c, err := corpus.Open(corpus.Stdin, strings.NewReader(text), corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// tree is the hash of every file of a folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		sum := sha256.Sum256(b)
		rel, _ := filepath.Rel(dir, path)
		out[rel] = hex.EncodeToString(sum[:8])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRunIsTheSameForAnyWorkersShardsAndStops(t *testing.T) {
	text := table(t, 48)
	dir := t.TempDir()
	run := func(name string, o Options) Summary {
		t.Helper()
		o.Dir = filepath.Join(dir, name)
		s, err := Run(context.Background(), open(t, text), o)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	one := run("one", Options{Workers: 1})
	if !one.Finished || one.Statements != 48 || one.Made != 48 || one.Reused != 0 || one.Cases < 10 {
		t.Errorf("summary %+v", one)
	}
	want := tree(t, filepath.Join(dir, "one"))
	if len(want) < 5*2+2+2 {
		t.Errorf("only these files: %v", want)
	}

	if again := run("one", Options{Workers: 3}); again.Made != 0 || again.Reused != 48 || !again.Finished {
		t.Errorf("a second run made %d statements again", again.Made)
	}
	same := func(name string) {
		t.Helper()
		if diff := cmp.Diff(want, tree(t, filepath.Join(dir, name))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	same("one")
	run("three", Options{Workers: 3})
	same("three")

	if s := run("shards", Options{Shard: 2, Shards: 2}); s.Finished || s.Made == 0 || s.Made == 48 {
		t.Errorf("a shard: %+v", s)
	}
	run("shards", Options{Shard: 1, Shards: 2})
	if s := run("shards", Options{}); s.Made != 0 || !s.Finished {
		t.Errorf("after the shards: %+v", s)
	}
	same("shards")

	// Stopped after each of the first cases, then once more to the end.
	for stop := 1; ; stop += 3 {
		ctx, cancel := context.WithCancel(context.Background())
		steps := 0
		_, err := Run(ctx, open(t, text), Options{Dir: filepath.Join(dir, "stopped"), Workers: 2, Progress: func(p Progress) {
			if p.Stage == Comparing {
				if steps++; steps > stop {
					cancel()
				}
			}
		}})
		cancel()
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	same("stopped")

	// A trial of a few does not disturb, and the rest comes later.
	if s := run("limit", Options{Limit: 32}); s.Statements != 32 {
		t.Errorf("limit: %+v", s)
	}
	if s := run("limit", Options{}); s.Reused == 0 {
		t.Error("nothing of the trial was used again")
	}
	same("limit")
}

// Statements without their cases are put together, and copies count once; the
// same for any number of workers.
func TestRunGroups(t *testing.T) {
	text := strings.ReplaceAll(table(t, 30), `"case":`, `"event":`)
	var trees []map[string]string
	for _, workers := range []int{1, 3} {
		dir := t.TempDir()
		s, err := Run(context.Background(), open(t, text), Options{Dir: dir, Workers: workers})
		if err != nil || s.Statements != 30 || s.Cases < 5 || s.Cases > 20 {
			t.Fatalf("%+v, %v", s, err)
		}
		check(t, dataset.Folder{Dir: dir})
		trees = append(trees, tree(t, dir))
		copies, why := 0, 0
		each(t, dataset.Folder{Dir: dir}, "statements", func(s *dataset.Statement) {
			if (s.Voice != s.ID) != (s.Number == 0) {
				t.Errorf("%s of voice %s has number %d", s.ID, s.Voice, s.Number)
			}
			if s.Voice != s.ID {
				copies++
			}
			if s.Nearest != "" && s.Similarity > 0 && len(s.Shared) > 0 {
				why++
			}
		})
		if copies == 0 || why < 20 {
			t.Errorf("%d copies; %d statements say why they are where they are", copies, why)
		}
	}
	if diff := cmp.Diff(trees[0], trees[1]); diff != "" {
		t.Error(diff)
	}
}

func TestGrownCorpusKeepsItsParts(t *testing.T) {
	dir := t.TempDir()
	text := table(t, 80)
	if _, err := Run(context.Background(), open(t, text), Options{Dir: dir}); err != nil {
		t.Fatal(err)
	}
	more := `{"id":"new","party":"Someone","text":"The bridge was closed.","case":"a-new-case"}` + "\n"
	s, err := Run(context.Background(), open(t, more+text), Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if s.Statements != 81 || s.Reused < 30 {
		t.Errorf("of 81 statements, 80 of which were there, %d were used again", s.Reused)
	}
	if s, err = Run(context.Background(), open(t, text), Options{Dir: dir, Program: "another", Limit: 5}); err != nil || s.Reused != 0 {
		t.Errorf("another program used %d statements again (%v)", s.Reused, err)
	}
}

// Every id that a table refers to is there, and every claim is the words at
// its offsets.
func TestTablesFitTogether(t *testing.T) {
	dir := t.TempDir()
	text := table(t, 16) + `{"id":"later","party":"Nobody","text":"","case":"e00000"}` + "\n" +
		`{"id":"v1","party":"Speaker","date":"2031-01-01","text":"Nine people died in the flood. The dam held.","case":"v"}` + "\n" +
		`{"id":"v2","party":"Speaker","date":"2031-01-09","text":"Eleven people died in the flood. We thank the firemen of Ostrava for their work.","case":"v"}` + "\n"
	for _, formats := range [][]string{{dataset.Parquet}, {dataset.JSONL}} {
		if s, err := Run(context.Background(), open(t, text), Options{Dir: dir, Formats: formats}); err != nil || s.Rejected != 1 {
			t.Fatalf("%+v, %v", s, err)
		}
		if n := check(t, dataset.Folder{Dir: dir}); n["added"]+n["dropped"]+n["revised"]+n["kept"] == 0 {
			t.Error("no versions of the party with two statements")
		}
		files := tree(t, dir)
		for _, table := range dataset.Codebook() {
			for _, format := range dataset.Formats {
				if _, there := files[table.Name+"."+format]; there != (format == formats[0]) {
					t.Errorf("%s in %s: %v", table.Name, format, there)
				}
			}
		}
	}
}

// check returns how many versions there are of each change.
func check(t *testing.T, f dataset.Folder) map[string]int {
	t.Helper()
	texts, claims, rows, pairs := map[string]string{}, map[string]string{}, map[string]bool{}, map[string]bool{}
	each(t, f, "statements", func(s *dataset.Statement) { texts[s.ID] = s.Text })
	each(t, f, "rows", func(r *dataset.Row) { rows[r.ID] = true })
	each(t, f, "claims", func(c *dataset.Claim) {
		if got := texts[c.Statement][c.Start:c.End]; got != c.Text {
			t.Errorf("claim %s is %q, at its offsets %q", c.ID, c.Text, got)
		}
		if c.Row != "" && !rows[string(c.Row)] {
			t.Errorf("claim %s is in no row %s", c.ID, c.Row)
		}
		if len(c.Names) != len(c.Keys) {
			t.Errorf("claim %s: %d names, %d keys", c.ID, len(c.Names), len(c.Keys))
		}
		claims[c.ID] = c.Party
	})
	each(t, f, "pairs", func(p *dataset.Pair) {
		pairs[p.ID] = true
		if claims[p.A] != p.PartyA || claims[p.B] != p.PartyB || p.PartyA == p.PartyB || !rows[string(p.Row)] {
			t.Errorf("pair %+v", p)
		}
	})
	inRows := 0
	each(t, f, "rows", func(r *dataset.Row) {
		inRows += len(r.Pairs)
		for _, id := range r.Pairs {
			if !pairs[id] {
				t.Errorf("row %s: no pair %s", r.ID, id)
			}
		}
		for _, id := range r.Claims {
			if claims[id] == "" {
				t.Errorf("row %s: no claim %s", r.ID, id)
			}
		}
	})
	if inRows != len(pairs) || inRows == 0 {
		t.Errorf("%d pairs, %d in rows", len(pairs), inRows)
	}
	n := map[string]int{}
	each(t, f, "versions", func(v *dataset.Version) {
		n[v.Change]++
		for _, id := range []dataset.Optional{v.Before, v.After} {
			if id != "" && claims[string(id)] != v.Party {
				t.Errorf("version %+v", v)
			}
		}
	})
	return n
}

func each[T any](t *testing.T, f dataset.Folder, table string, do func(*T)) {
	t.Helper()
	for r, err := range dataset.Each[T](f, table) {
		if err != nil {
			t.Fatal(err)
		}
		do(r)
	}
}

func TestNothingToRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	_, err := Run(context.Background(), open(t, `{"party":"A"}`+"\n{\n"), Options{Dir: dir})
	if err == nil || !strings.Contains(err.Error(), "2 records were set aside, the first: standard input:1: no text") {
		t.Errorf("error %v", err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "rejected.jsonl"))
	if err != nil || bytes.Count(b, []byte("\n")) != 2 {
		t.Errorf("rejected.jsonl: %q, %v", b, err)
	}
}

func TestForeignFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "thesis.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Run(context.Background(), open(t, table(t, 2)), Options{Dir: dir})
	if err == nil || !strings.Contains(err.Error(), "the folder holds other files (thesis.txt)") {
		t.Errorf("error %v", err)
	}
}
