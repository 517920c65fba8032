package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"counterclaim/compare/corpus/synthetic"
	"counterclaim/reports/batch"
)

// counterclaim makes the test binary callable as counterclaim: see TestMain.
func counterclaim(t *testing.T) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs links and signals")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "counterclaim")
	if err := os.Symlink(exe, link); err != nil {
		t.Fatal(err)
	}
	return link
}

// A run that is killed again and again, at moments of no choice, comes to the
// same bytes as one that nobody disturbs.
func TestBatchKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program many times")
	}
	program := counterclaim(t)
	dir := t.TempDir()
	var table bytes.Buffer
	n := 0
	for s := range synthetic.Statements(synthetic.Options{Seed: 5, Event: 3}) {
		if n++; n > 40 {
			break
		}
		line, err := json.Marshal(map[string]any{"id": s.ID, "party": s.Party, "date": s.Date, "text": s.Text, "case": s.Event})
		if err != nil {
			t.Fatal(err)
		}
		table.Write(append(line, '\n'))
	}
	table.WriteString("{broken\n")
	path := filepath.Join(dir, "corpus.jsonl")
	if err := os.WriteFile(path, table.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if out, err := exec.Command(program, "batch", path, "-o", filepath.Join(dir, "calm")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	whole := time.Since(begun)
	// Kills are spread over the whole length of a run: while it lists, compares
	// and assembles. Of each kind of death a few.
	r := rand.New(rand.NewPCG(1, 2))
	killed := 0
	for i := range 6 {
		cmd := exec.Command(program, "batch", path, "-o", filepath.Join(dir, "killed"), "--workers", []string{"1", "2", "3"}[i%3])
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(r.Int64N(int64(whole))))
		signal := os.Kill
		if i%3 == 2 {
			signal = os.Interrupt
		}
		_ = cmd.Process.Signal(signal) // it may have ended
		if err := cmd.Wait(); err != nil {
			killed++
		}
	}
	if killed == 0 {
		t.Error("no run was killed on its way")
	}
	if out, err := exec.Command(program, "batch", path, "-o", filepath.Join(dir, "killed")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if diff := cmp.Diff(hashes(t, filepath.Join(dir, "calm")), hashes(t, filepath.Join(dir, "killed"))); diff != "" {
		t.Errorf("after %d kills: %s", killed, diff)
	}
}

func hashes(t *testing.T, dir string) map[string][32]byte {
	t.Helper()
	out := map[string][32]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		out[strings.TrimPrefix(path, dir)] = sha256.Sum256(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The Python of the README runs as it stands, where Python has its modules.
func TestReadmePython(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(readme), "```python\n")
	script, _, closed := strings.Cut(rest, "```\n")
	if !ok || !closed {
		t.Fatal("no Python in the README")
	}
	if out, err := exec.Command("python3", "-c", "import duckdb").CombinedOutput(); err != nil {
		t.Skipf("python3 with duckdb is not there: %s", out)
	}
	exampleFolder(t)
	if code := run([]string{"batch", "cases", "-o", "results", "-q"}, strings.NewReader(""), &bytes.Buffer{}, os.Stderr); code != exitDone {
		t.Fatalf("exit %d", code)
	}
	out, err := exec.Command("python3", "-c", script).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "conflict") {
		t.Errorf("%v: %s", err, out)
	}
}

func TestBar(t *testing.T) {
	for want, p := range map[string]batch.Progress{
		"listing 128 statements": {Stage: batch.Listing, Done: 128},
		"comparing [#####---------------] 25% 2500 of 10000 statements, 50.0/s, 2m30s left": {Stage: batch.Comparing, Done: 2500, Fresh: 2000, Total: 10000, Since: 40 * time.Second},
		"comparing [####################] 100% 7 of 7 statements":                           {Stage: batch.Comparing, Done: 7, Total: 7},
		"assembling [##########----------] 50% 1 of 2 parts":                                {Stage: batch.Assembling, Done: 1, Fresh: 1, Total: 2, Since: time.Hour},
	} {
		if got := bar(p); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
