// Package html writes a comparison as one page.
package html

import (
	"io"

	"counterclaim/reports/wording"
)

// Options of a page.
type Options struct {
	Version  string
	MinScore float64
}

// Write writes the page.
func Write(w io.Writer, v *wording.Report, o Options) error {
	_, err := io.WriteString(w, "\n")
	return err
}
