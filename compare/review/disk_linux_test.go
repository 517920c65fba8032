package review

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"counterclaim/compare/anchor"
)

// A disk that fills in the middle of a decision leaves the file as it was;
// with room again, the next decision follows.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=16k"); err != nil {
		t.Skipf("no right to mount a small disk: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	path := filepath.Join(dir, FileName)
	l, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	note := func(text string) error {
		_, err := l.Append(Record{Who: "Ada", What: Note, A: &Place{Party: "a", Statement: "a.txt", Anchor: anchor.Anchor{Quote: "x", End: 1}}, Note: text})
		return err
	}
	kept := 0
	for err = nil; err == nil; kept++ {
		err = note(strings.Repeat("x", 700))
	}
	kept--
	if !strings.Contains(err.Error(), "no space left") || kept == 0 {
		t.Fatalf("%d decisions, then %v", kept, err)
	}
	records, problems, err := Read(path)
	if err != nil || len(problems) > 0 || len(records) != kept {
		t.Errorf("%d records of %d, %v, %v", len(records), kept, problems, err)
	}
	if data, err := os.ReadFile(path); err != nil || !strings.HasSuffix(string(data), "}\n") {
		t.Errorf("the file ends in the middle: %v", err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=1m"); err != nil {
		t.Fatal(err)
	}
	if err := note("again"); err != nil {
		t.Fatal(err)
	}
	if records, problems, err = Read(path); err != nil || len(problems) > 0 || len(records) != kept+1 {
		t.Errorf("%d records of %d, %v, %v", len(records), kept+1, problems, err)
	}
}
