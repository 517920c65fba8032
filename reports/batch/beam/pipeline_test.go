package main

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/ptest"

	"counterclaim/compare/corpus"
	"counterclaim/compare/corpus/synthetic"
	"counterclaim/reports/batch"
	"counterclaim/reports/dataset"
)

func TestMain(m *testing.M) { ptest.MainWithDefault(m, "prism") }

// write makes a table of invented statements, some with and some without
// their case, in two files, and one line that is none.
func write(t *testing.T, dir string) {
	t.Helper()
	var lines []string
	for s := range synthetic.Statements(synthetic.Options{Seed: 3, Event: 5, Parties: 4}) {
		record := map[string]string{"id": s.ID, "party": s.Party, "date": s.Date, "title": s.Title, "text": s.Text}
		if n := len(lines); n < 20 {
			record["case"] = s.Event
		}
		line, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		if lines = append(lines, string(line)); len(lines) == 48 {
			break
		}
	}
	lines = append(lines, `{"id": "mute", "party": "Nobody", "text": "", "case": "e1"}`)
	for i, part := range [][]string{lines[:30], lines[30:]} {
		if err := os.WriteFile(filepath.Join(dir, []string{"a", "b"}[i]+".jsonl"), []byte(strings.Join(part, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "all.table"), []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// sorted reads the lines of all files of a table.
func sorted(t *testing.T, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no file %s: %v", pattern, err)
	}
	var lines []string
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
	}
	slices.Sort(lines)
	return lines
}

// TestSameAsLocal proves that the pipeline gives the records of the local run.
func TestSameAsLocal(t *testing.T) {
	dir := t.TempDir()
	write(t, dir)
	local, there := filepath.Join(dir, "local"), filepath.Join(dir, "beam")
	in, err := os.Open(filepath.Join(dir, "all.table"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	c, err := corpus.Open(corpus.Stdin, in, corpus.Options{Files: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := batch.Run(context.Background(), c, batch.Options{Dir: local, Program: "test", Formats: []string{dataset.JSONL}}); err != nil {
		t.Fatal(err)
	}

	p, s := beam.NewPipelineWithRoot()
	if err := os.Mkdir(there, 0o700); err != nil {
		t.Fatal(err)
	}
	pipeline(s, filepath.Join(dir, "*.jsonl"), there+"/", 2)
	if _, err := prism.Execute(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		want, got := sorted(t, filepath.Join(local, table+".jsonl")), sorted(t, filepath.Join(there, table+"-*.jsonl"))
		if table == rejectedTable {
			if len(got) != 1 || len(want) != 1 || !strings.Contains(got[0], `"mute"`) {
				t.Errorf("%d records are set aside, locally %d: %s", len(got), len(want), got)
			}
			continue
		}
		if len(want) == 0 {
			t.Errorf("%s: no record", table)
		}
		if !slices.Equal(want, got) {
			t.Errorf("%s: %d records, locally %d", table, len(got), len(want))
		}
	}
}

// TestReadmeFlags proves that the commands for other runners name flags that
// Beam has.
func TestReadmeFlags(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	own := map[string]bool{"input": true, "output": true, "files": true} // of main
	found := 0
	for _, block := range regexp.MustCompile(`(?m)^    go run \. .*(\n      .*)*`).FindAllString(string(readme), -1) {
		for _, name := range regexp.MustCompile(`--(\w+)`).FindAllStringSubmatch(block, -1) {
			if own[name[1]] {
				continue
			}
			found++
			if flag.Lookup(name[1]) == nil {
				t.Errorf("README.md: Beam has no flag --%s: %s", name[1], block)
			}
		}
	}
	if found < 8 {
		t.Errorf("%d flags in README.md", found)
	}
}
