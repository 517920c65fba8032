package pdf

import (
	_ "embed"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// packed is PDFium as the module go-pdfium brings it, compressed: it makes the
// program smaller by 3.6 MB, and costs 10 ms where the first PDF is read.
// A test holds it against the module's own file, and writes it anew with
// -update.
//
//go:embed pdfium.wasm.zst
var packed []byte

// sandbox is PDFium in WebAssembly.
var sandbox = sync.OnceValues(func() ([]byte, error) {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	code, err := d.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("unpack PDFium: %w", err)
	}
	return code, nil
})
