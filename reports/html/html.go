// Package html writes a comparison as one self-contained page: nothing is
// fetched, and it reads, links and prints without its script too.
//
// Every text of a statement is put in by html/template, which escapes it for
// where it stands. The page's content security policy allows its own style
// and script, by their hashes, and nothing else.
package html

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"counterclaim/reports/wording"
)

// Options of a page.
type Options struct {
	Provenance wording.Provenance
	MinScore   float64 // where the filter by score begins
}

//go:embed page.tmpl
var pageText string

//go:embed page.css
var style string

//go:embed page.js
var script string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// Write writes the page.
func Write(w io.Writer, v *wording.Report, o Options) error {
	if err := pageTemplate.Execute(w, newPage(v, o)); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// policy is the content security policy of the page.
func policy() string {
	return "default-src 'none'; style-src '" + hash(style) + "'; script-src '" + hash(script) +
		"'; base-uri 'none'; form-action 'none'"
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
