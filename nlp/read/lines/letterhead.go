package lines

import "regexp"

// folio is the number of a page.
var folio = regexp.MustCompile(`(?i)^\W*(page|p\.)?\s*\d*\s*((of|/)\s*\d*)?\W*$`)

// Letterhead makes the frame of a document of the head of its first page: its
// lines, but for the number of the page.
func Letterhead(head []Line) []Line {
	var out []Line
	for _, l := range head {
		if l.Rule || folio.MatchString(l.Text) {
			continue
		}
		out = append(out, Line{Text: l.Text, Page: l.Page, Number: 1, Gap: len(out) == 0, Front: true, Bold: l.Bold, Italic: l.Italic})
	}
	return out
}
