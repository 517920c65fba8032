package exercise

import (
	_ "embed"
	"html/template"
	"io"
	"strings"

	"counterclaim/reports/office"
	"counterclaim/reports/wording"
)

//go:embed page.tmpl
var pageTemplate string

//go:embed page.css
var pageStyle string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"class": func(s any) string {
		switch s := s.(type) {
		case office.Style:
			return strings.ToLower(strings.ReplaceAll(string(s), " ", "-"))
		case office.CharStyle:
			return strings.ToLower(string(s))
		}
		return ""
	},
	"visible": wording.Visible,
	"kind":    kindOf,
	"number": func(p office.Paragraph) string {
		return strings.TrimSuffix(p.Spans[0].Text, "\t")
	},
}).Parse(pageTemplate))

// kindOf names a block for the template.
func kindOf(b office.Block) string {
	switch b := b.(type) {
	case office.Heading:
		return "heading"
	case office.Table:
		return "table"
	case office.Paragraph:
		if b.Style == office.Numbered || b.Style == office.Answer || b.Style == office.Title {
			return strings.ToLower(strings.Fields(string(b.Style))[0])
		}
	}
	return "paragraph"
}

// writeHTML writes a document as one page, ready to print, without scripts.
func writeHTML(w io.Writer, d office.Document) error {
	return page.Execute(w, struct {
		office.Document
		CSS template.CSS
	}{d, template.CSS(pageStyle)}) //nolint:gosec // our own constant
}
