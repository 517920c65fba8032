package pdf

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

var update = flag.Bool("update", false, "pack PDFium anew")

// What is packed is what the version of the module in go.mod brings.
func TestSandbox(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/klippa-app/go-pdfium").Output()
	dir := strings.TrimSpace(string(out))
	if err != nil || dir == "" {
		t.Skipf("the source of go-pdfium is not here: %v", err)
	}
	want, err := os.ReadFile(filepath.Join(dir, "internal", "pdfium_wasm", "pdfium.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(8<<20))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("pdfium.wasm.zst", e.EncodeAll(want, nil), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Skip("packed; run the test again")
	}
	got, err := sandbox()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("PDFium is not the one of go.mod; run with -update")
	}
}

func BenchmarkSandbox(b *testing.B) {
	for b.Loop() {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := d.DecodeAll(packed, nil); err != nil {
			b.Fatal(err)
		}
		d.Close()
	}
}
