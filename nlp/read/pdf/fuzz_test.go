package pdf

import (
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"counterclaim/nlp/read/lines"
)

func FuzzRead(f *testing.F) {
	before := patience
	patience = math.MaxInt32 // to compile takes longer than one input may
	f.Cleanup(func() { patience = before })
	data, err := os.ReadFile("../testdata/formats/scan.pdf")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n" +
		"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n" +
		"4 0 obj\n<< /Length 74 >>\nstream\nBT /F 12 Tf 50 700 Td (The Ministry denies it.1) Tj 0 -14 Td (- 1 -) Tj ET\nendstream\nendobj\n" +
		"trailer << /Root 1 0 R /Size 5 >>\n%%EOF\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<17 {
			return
		}
		document, err := Read(append([]byte("%PDF-1.7\n"), data...), lines.Limits{Pages: 20, Time: 8 * time.Second})
		if err != nil {
			if document != nil || strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Fatalf("%q with %v", err, document)
			}
			return
		}
		for _, l := range document.Lines {
			if l.Page < 1 || l.Number < 1 || strings.Contains(l.Text, "\n") {
				t.Fatalf("%+v", l)
			}
		}
	})
}
