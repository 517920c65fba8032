package main

import (
	"os"
	"os/exec"
	"path/filepath"
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
	var cpu, peak float64
	for b.Loop() {
		cmd := exec.Command(binary, args...)
		cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "NO_COLOR=1")
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
