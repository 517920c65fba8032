package lines

import "strings"

// longCell is more than a cell of a table of data holds, in bytes.
const longCell = 600

// Table turns the cells of a table, each some lines, into lines: one a row.
// A table that only arranges text on the page (one column, or cells that
// hold paragraphs) gives the lines of its cells instead, row by row.
func Table(rows [][][]Line) []Line {
	if isLayout(rows) {
		var out []Line
		for _, row := range rows {
			for _, cell := range row {
				out = append(out, cell...)
			}
		}
		return out
	}
	var out []Line
	for _, row := range rows {
		var texts []string
		var first *Line
		filled := false
		for _, cell := range row {
			var words []string
			for i := range cell {
				if first == nil {
					first = &cell[i]
				}
				text := cell[i].Text
				if cell[i].Marker != "" {
					text = cell[i].Marker + " " + text
				}
				words = append(words, strings.Fields(text)...)
			}
			text := strings.Join(words, " ")
			filled = filled || text != ""
			texts = append(texts, text)
		}
		if !filled {
			continue
		}
		for len(texts) > 1 && texts[len(texts)-1] == "" {
			texts = texts[:len(texts)-1]
		}
		l := Line{Text: strings.Join(texts, " | "), Page: first.Page, Number: first.Number, Cells: true, Gap: len(out) == 0}
		if len(out) > 0 {
			l.Join = Goes
		}
		out = append(out, l)
	}
	return out
}

func isLayout(rows [][][]Line) bool {
	wide := false
	for _, row := range rows {
		filled := 0
		for _, cell := range row {
			size, paragraphs := 0, 0
			for _, l := range cell {
				size += len(l.Text)
				if l.Cells {
					return true // a table within a table
				}
				if len(l.Text) > 0 {
					paragraphs++
				}
			}
			if size > longCell || paragraphs > 3 && size > longCell/2 {
				return true
			}
			if size > 0 {
				filled++
			}
		}
		wide = wide || filled > 1
	}
	return !wide
}
