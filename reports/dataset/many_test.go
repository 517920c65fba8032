package dataset

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// manyClaims writes a table of n claims as JSON lines.
func manyClaims(t testing.TB, n int) Folder {
	t.Helper()
	f, err := OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(filepath.Join(f.Dir, "claims.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(file, 1<<20)
	line, err := json.Marshal(Claim{ID: "a/b/1/1", Case: "a", Party: "b", Statement: "a/b.txt", Text: "The gate was opened in the night.", Type: "fact", Quantities: []string{}, Names: []string{}, Keys: []string{}})
	if err != nil {
		t.Fatal(err)
	}
	line = append(line, '\n')
	for range n {
		if _, err := w.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return f
}

// readClaims reads them all, and measures how much of them is kept meanwhile.
func readClaims(t testing.TB, f Folder, n int) (most uint64) {
	t.Helper()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before := m.HeapAlloc
	read := 0
	for c, err := range Each[Claim](f, "claims") {
		if err != nil {
			t.Fatal(err)
		}
		if c.Text == "" {
			t.Fatal("a claim without words")
		}
		if read++; read%(n/10) == 0 {
			if runtime.ReadMemStats(&m); m.HeapAlloc > before {
				most = max(most, m.HeapAlloc-before)
			}
		}
	}
	if read != n {
		t.Fatalf("%d claims of %d", read, n)
	}
	return most
}

// TestManyClaims: what is kept of a table does not grow with it.
func TestManyClaims(t *testing.T) {
	const n = 50_000
	f := manyClaims(t, n)
	start := time.Now()
	if most := readClaims(t, f, n); most > 64<<20 {
		t.Errorf("%d MB", most>>20)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("took %v", took)
	}
}

// BenchmarkMillionClaims gives the figures of a million.
func BenchmarkMillionClaims(b *testing.B) {
	const n = 1_000_000
	f := manyClaims(b, n)
	b.ResetTimer()
	for range b.N {
		b.ReportMetric(float64(readClaims(b, f, n))/(1<<20), "MB-heap")
	}
}
