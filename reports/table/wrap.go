package table

import (
	"strings"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
)

// width is the number of terminal columns of s. East Asian ambiguous marks
// count as narrow whatever the locale, so that output is the same everywhere.
func width(s string) int { return twwidth.WidthWithOptions(s, twwidth.Options{}) }

// wrap breaks a text into lines of at most w columns, at blanks where it can
// and between grapheme clusters where a word is wider than a line. Line feeds
// in s are kept. Every line after the first of a paragraph begins with indent
// blanks.
func wrap(s string, w, indent int) []string {
	w = max(w, 1)
	if indent >= w {
		indent = 0
	}
	var out []string
	for para := range strings.SplitSeq(s, "\n") {
		out = append(out, wrapLine(para, w, indent)...)
	}
	return out
}

func wrapLine(s string, w, indent int) []string {
	var out []string
	var line strings.Builder
	room := w
	pad := strings.Repeat(" ", indent)
	flush := func() {
		out = append(out, line.String())
		line.Reset()
		line.WriteString(pad)
		room = w - indent
	}
	empty := true // nothing but the indent is on the line
	for _, word := range strings.Fields(s) {
		n := width(word)
		if !empty && n+1 > room {
			flush()
			empty = true
		}
		if !empty {
			line.WriteByte(' ')
			room--
		}
		if n <= room {
			line.WriteString(word)
			room -= n
			empty = false
			continue
		}
		clusters := graphemes.FromString(word)
		for clusters.Next() {
			g := clusters.Value()
			n := width(g)
			if n > room && !empty {
				flush()
			}
			line.WriteString(g)
			room -= n
			empty = false
		}
	}
	return append(out, line.String())
}
