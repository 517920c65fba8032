package read

import (
	"regexp"
	"strings"
)

// Shapes of a heading that runs into its paragraph.
var (
	capsRunIn    = regexp.MustCompile(`^[A-Z][A-Z0-9 ,'’/&-]{2,60}[.:] `)
	speakerRunIn = regexp.MustCompile(`^(?:The )?(?:[A-Z][\w.'’-]* |of |for |the |and |MINISTER ){1,8}(?:\([^()]{2,60}\) ?){1,2}: `)
	chairRunIn   = regexp.MustCompile(`^(?:The (?:President|Chair\w*|Speaker|Secretary-General|Moderator)|(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady)\.? [A-Z][\w’'-]+): `)
	questionRun  = regexp.MustCompile(`^[QA][.:] `)
	phraseRunIn  = regexp.MustCompile(`^[A-Z][^.:!?]{1,40}\. ["'“‘]?[A-Z0-9]`)
)

// runIns finds where the run-in heading of each draft ends, as a byte of the
// visible text; 0 if it has none. A plain phrase with a full stop counts only
// where two paragraphs of the text begin so.
func runIns(drafts []draft) []int {
	found := make([]int, len(drafts))
	var phrases []int
	for i := range drafts {
		d := &drafts[i]
		if d.kind != Paragraph && d.kind != ListItem || d.bold || d.columns {
			continue
		}
		start := d.lines[0].Start
		preview := d.text
		if first := d.lines[0].End - start; first < len(preview) {
			preview = preview[:first]
		}
		if d.lead >= d.lines[0].End && len(d.lines) > 1 {
			if endsIn(preview, ".:?!") && len(strings.Fields(preview)) <= 20 {
				found[i] = d.lines[0].End
			}
			continue
		}
		if styled := d.lead - start; d.lead > start && styled <= 120 && styled < len(preview) {
			lead := strings.TrimSpace(preview[:styled])
			next := strings.TrimSpace(preview[styled:])
			if len(strings.Fields(lead)) <= 14 && (endsIn(lead, ".:?!") || strings.HasPrefix(next, ":") || strings.HasPrefix(next, "–") || strings.HasPrefix(next, "—")) {
				found[i] = start + styled
				continue
			}
		}
		for _, shape := range []*regexp.Regexp{capsRunIn, speakerRunIn, chairRunIn, questionRun} {
			if n := len(shape.FindString(preview)); n > 0 {
				found[i] = start + n - 1
				break
			}
		}
		if found[i] == 0 && phraseRunIn.MatchString(preview) {
			phrase, _, _ := strings.Cut(preview, ".")
			most := 3
			if d.marker != "" || strings.HasPrefix(phrase, "W") {
				most = 5
			}
			if len(strings.Fields(phrase)) <= most && !strings.Contains(phrase, ",") && isPhrase(phrase) {
				phrases = append(phrases, i)
			}
		}
	}
	if len(phrases) >= 2 {
		for _, i := range phrases {
			found[i] = drafts[i].lines[0].Start + strings.IndexByte(drafts[i].text, '.') + 1
		}
	}
	return found
}

// isPhrase reports words without a subject pronoun or finite verb, save in a
// question-like "What we did".
func isPhrase(s string) bool {
	fields := strings.Fields(s)
	switch fields[0] {
	case "What", "Why", "How", "Where", "Who", "When":
		return len(fields) > 1
	}
	for _, f := range fields {
		if finite[strings.ToLower(f)] || strings.HasSuffix(f, "ed") {
			return false
		}
	}
	switch fields[0] {
	case "Nobody", "No", "Nothing", "Yes", "Everyone", "Mr", "Mrs", "Ms", "Dr", "This", "That", "These", "Those", "Not", "And", "But", "So", "Thank", "Good":
		return false
	}
	return true
}
