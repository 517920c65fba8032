package reports

import (
	"io"
	"testing"

	"counterclaim/reports/internal/fixture"
)

func BenchmarkWrite(b *testing.B) {
	r := fixture.Big(8, 5000)
	for _, format := range Formats {
		b.Run(format, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := Write(io.Discard, r, format, Options{Width: 200}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
