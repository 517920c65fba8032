package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"counterclaim/reports"
)

// disk mounts a disk in memory of a size, at a folder of its own.
func disk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("no right to mount a small disk: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// pair writes two short statements and returns their files as arguments.
func pair(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.txt": "Four people died at the gate on Friday. Our soldiers did not open fire.\n",
		"b.txt": "Nine people were killed at the gate on Friday. The soldiers opened fire without warning.\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return []string{"A=" + filepath.Join(dir, "a.txt"), "B=" + filepath.Join(dir, "b.txt")}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// fails runs a command that cannot write, and wants one line that says so.
func fails(t *testing.T, says string, args ...string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(args, strings.NewReader(""), &out, &errs)
	if code != exitFailed || out.Len() > 0 || strings.Count(errs.String(), "\n") != 1 || !strings.Contains(errs.String(), says) {
		t.Errorf("%v: exit code %d, %q", args, code, errs.String())
	}
}

// A full disk leaves what was there, in every format, and no scrap beside it.
func TestFullDisk(t *testing.T) {
	dir, statements := disk(t, "8k"), pair(t)
	const old = "old\n"
	target := filepath.Join(dir, "report")
	for name, data := range map[string]string{target: old, filepath.Join(dir, "ballast"): strings.Repeat("x", 4<<10)} {
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil { // a page of memory each
			t.Fatal(err)
		}
	}
	before := names(t, dir)
	for _, format := range reports.Formats {
		fails(t, "cannot write "+target+": no space left on device; make room there", slices.Concat([]string{"compare", "--quiet", "--format", format, "-o", target}, statements)...)
		if got := readFile(t, target); got != old {
			t.Errorf("%s: the old file holds %q", format, got)
		}
	}
	for _, args := range [][]string{
		slices.Concat([]string{"exercise", "--quiet", "--min-score", "0.1", "-o", filepath.Join(dir, "paper.docx")}, statements),
		{"claims", "--quiet", "-o", filepath.Join(dir, "claims.json"), strings.TrimPrefix(statements[0], "A=")},
		{"batch", "--quiet", filepath.Dir(strings.TrimPrefix(statements[0], "A=")), "-o", filepath.Join(dir, "results")},
	} {
		fails(t, "no space left on device; make room there", args...)
	}
	if got := names(t, dir); !slices.Equal(slices.DeleteFunc(got, func(s string) bool { return s == "results" }), before) {
		t.Errorf("left behind: %v, before %v", got, before)
	}
}

// A batch that ran out of room goes on where there is some, and comes to the
// same bytes.
func TestBatchFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a batch three times")
	}
	corpus := t.TempDir()
	for i := range 6 {
		for party, text := range map[string]string{"a": "Four people died at gate %d on Friday. ", "b": "Nine people were killed at gate %d on Friday. "} {
			dir := filepath.Join(corpus, fmt.Sprint("case", i))
			if err := os.MkdirAll(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, party+".txt"), []byte(strings.Repeat(fmt.Sprintf(text, i), 20)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		description := "title: Gate\nparties:\n  - {id: a, name: A, statements: [a.txt]}\n  - {id: b, name: B, statements: [b.txt]}\n"
		if err := os.WriteFile(filepath.Join(corpus, fmt.Sprint("case", i), "case.yaml"), []byte(description), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	batch := func(dir string) (int, string) {
		var out, errs bytes.Buffer
		return run([]string{"batch", corpus, "-o", dir, "--quiet"}, strings.NewReader(""), &out, &errs), errs.String()
	}
	calm := filepath.Join(t.TempDir(), "calm")
	if code, errs := batch(calm); code != exitDone {
		t.Fatal(errs)
	}
	small := disk(t, "96k")
	dir := filepath.Join(small, "results")
	if code, errs := batch(dir); code != exitFailed || !strings.Contains(errs, "no space left on device") {
		t.Fatalf("exit code %d, %q", code, errs)
	}
	if _, err := os.Stat(filepath.Join(dir, "datapackage.json")); err == nil {
		t.Error("the tables count as whole")
	}
	if err := syscall.Mount("tmpfs", small, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
		t.Fatal(err)
	}
	if code, errs := batch(dir); code != exitDone {
		t.Fatal(errs)
	}
	want, got := hashes(t, calm), hashes(t, dir)
	for name := range want {
		if want[name] != got[name] {
			t.Errorf("%s differs", name)
		}
	}
	if len(want) != len(got) {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
}

// A folder that cannot be written is named, at once and in every command.
func TestReadOnlyFolder(t *testing.T) {
	dir, statements := disk(t, "1m"), pair(t)
	target := filepath.Join(dir, "old.html")
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("no right to make a disk read-only: %v", err)
	}
	for _, args := range [][]string{
		slices.Concat([]string{"compare", "--quiet", "-o", target}, statements),
		slices.Concat([]string{"exercise", "--quiet", "-o", filepath.Join(dir, "paper.docx")}, statements),
		{"claims", "--quiet", "-o", filepath.Join(dir, "claims.json"), strings.TrimPrefix(statements[0], "A=")},
		{"batch", "--quiet", filepath.Dir(strings.TrimPrefix(statements[0], "A=")), "-o", filepath.Join(dir, "results")},
	} {
		fails(t, "read-only file system; choose another", args...)
	}
	if readFile(t, target) != "old" {
		t.Error("the old file is gone")
	}
}

// However often the program is killed while it writes, the file is the old
// one or the new one.
func TestOutputKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program many times")
	}
	program, statements := counterclaim(t), pair(t)
	target := filepath.Join(t.TempDir(), "report.xlsx")
	compare := func() *exec.Cmd {
		return exec.Command(program, slices.Concat([]string{"compare", "--quiet", "-o", target}, statements)...)
	}
	begun := time.Now()
	if out, err := compare().CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	whole := time.Since(begun)
	fresh, old := readFile(t, target), "old"
	r := rand.New(rand.NewPCG(3, 4))
	killed := 0
	for range 12 {
		if err := os.WriteFile(target, []byte(old), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := compare()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(whole/2 + time.Duration(r.Int64N(int64(whole)))) // it writes at the end
		_ = cmd.Process.Kill()                                      // it may have ended
		if err := cmd.Wait(); err != nil {
			killed++
		}
		if got := readFile(t, target); got != old && got != fresh {
			t.Fatalf("half a file: %d bytes of %d", len(got), len(fresh))
		}
	}
	if killed == 0 {
		t.Error("no run was killed on its way")
	}
}
