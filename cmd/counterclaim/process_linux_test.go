package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// BenchmarkCompareProcess is the whole program on one core, start-up
// included: two parties of about 1,000 words each (two statements of the dam
// case for either) into the table. cpu-ms/op is the processor's time, which a
// busy machine does not stretch; peak-MB the largest resident memory.
//
//	go test -run xxx -bench CompareProcess ./cmd/counterclaim
func BenchmarkCompareProcess(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "counterclaim")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "cases", "dam", "*-*"))
	if err != nil || len(files) != 4 {
		b.Fatalf("%d statements of the dam case, want 4: %v", len(files), err)
	}
	args := []string{"compare", "-q"}
	for i, f := range files {
		args = append(args, []string{"One=", "One=", "Other=", "Other="}[i]+f)
	}
	measure(b, binary, args, "GOMAXPROCS=1")
}

// BenchmarkLongLine is a file of one line, a megabyte of running words
// without a stop, against a short statement.
//
//	go test -run xxx -bench LongLine -benchtime 1x ./cmd/counterclaim
func BenchmarkLongLine(b *testing.B) {
	dir := b.TempDir()
	binary := filepath.Join(dir, "counterclaim")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	small := filepath.Join(dir, "small.txt")
	if err := os.WriteFile(small, []byte("The army crossed the river on Monday. Twelve people died.\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	words := strings.Fields("the minister said that troops crossed river near city on Monday and killed twelve people while army denied claim of government about ceasefire which was signed")
	for _, test := range []struct {
		name string
		next func(r *rand.Rand) string
	}{
		{"same", func(*rand.Rand) string { return "word " }},
		{"mixed", func(r *rand.Rand) string { return words[r.IntN(len(words))] + " " }},
		{"marks", func(*rand.Rand) string { return "a([" }},
	} {
		b.Run(test.name, func(b *testing.B) {
			var text strings.Builder
			for r := rand.New(rand.NewPCG(1, 2)); text.Len() < 1_000_000; {
				text.WriteString(test.next(r))
			}
			big := filepath.Join(dir, test.name+".txt")
			if err := os.WriteFile(big, []byte(text.String()), 0o600); err != nil {
				b.Fatal(err)
			}
			measure(b, binary, []string{"compare", "-q", "--limit", "words=1000000", "One=" + big, "Other=" + small})
		})
	}
}

// measure runs the program and reports its computing time and memory.
func measure(b *testing.B, binary string, args []string, env ...string) {
	var cpu, peak float64
	for b.Loop() {
		cmd := exec.Command(binary, args...)
		cmd.Env = append(append(os.Environ(), "NO_COLOR=1"), env...)
		if out, err := cmd.Output(); err != nil || len(out) == 0 {
			b.Fatalf("%d bytes of output: %v", len(out), err)
		}
		cpu += float64((cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Milliseconds())
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			peak = max(peak, float64(usage.Maxrss)/1024)
		}
	}
	b.ReportMetric(cpu/float64(b.N), "cpu-ms/op")
	b.ReportMetric(peak, "peak-MB")
}
