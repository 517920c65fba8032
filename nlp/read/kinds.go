package read

import (
	"strings"
	"unicode"
)

// classify gives every draft its kind. A statement has a head (letterhead
// and title, up to the first sentence), a body and a tail (signature).
func classify(drafts []draft) {
	body := bodyStart(drafts)
	classifyHead(drafts, body)
	markBoilerplate(drafts, body)
	tail := tailStart(drafts, body)
	lead, signing := false, false // after a line that ends in ":", after "(Signed)"
	above := byte(0)              // what numbers that line itself
	for i := body; i < len(drafts); i++ {
		d := &drafts[i]
		if d.marker != "" && markerShape(d.marker) == above {
			lead = false // "8. We ask:", "(a) ...", "9. ..."
		}
		if d.kind == "" {
			switch {
			case d.isEnd():
				d.kind = Rule
			case d.quote:
				d.kind = Quotation
			case i >= tail || d.isSignature() || signing && d.isName():
				d.kind = Signature
			case d.isHeading(drafts[i+1:], lead && (d.marker != "" || endsIn(drafts[i-1].tail, ":")), i > 0 && drafts[i-1].kind == Heading):
				d.kind = Heading
			case d.columns && (i > 0 && drafts[i-1].columns && !d.gap || i+1 < len(drafts) && drafts[i+1].columns && !drafts[i+1].gap):
				d.kind = Table
			case d.bullet || d.marker != "" && (lead || !d.isNumberedParagraph()):
				d.kind = ListItem
			default:
				d.kind = Paragraph
			}
		}
		switch d.kind {
		case Signature:
			signing = true
		case Paragraph, Heading, ListItem, Table:
			signing = false
		default:
		}
		if d.marker == "" || endsIn(d.tail, ":") {
			lead = endsIn(d.tail, ":") || d.kind == Paragraph && startsList(drafts[i+1:])
			above = markerShape(d.marker)
		}
	}
	for i := range drafts {
		if d := &drafts[i]; d.kind == Heading || d.kind == ListItem {
			d.level = level(drafts, i)
		} else {
			d.level = 0
		}
	}
}

// level of a heading as marked, of a list item by its indent.
func level(drafts []draft, i int) int {
	d := &drafts[i]
	if d.kind == Heading {
		return d.level
	}
	if i > 0 && drafts[i-1].kind == ListItem {
		before := &drafts[i-1]
		switch {
		case d.indent > before.indent+1:
			return before.level + 1
		case d.indent+1 < before.indent:
			return max(0, before.level-1)
		}
		return before.level
	}
	return 0
}

func (d *draft) short() bool { return d.size <= previewLength }

// words counts the words of the preview.
func (d *draft) words() int {
	n, in := 0, false
	for i := range len(d.text) {
		space := d.text[i] <= ' '
		if !space && !in {
			n++
		}
		in = !space
	}
	return n
}

func (d *draft) terminal() bool { return endsIn(d.tail, ".!?…") }

// isSentence reports a finite verb or a subject pronoun in a line of four or
// more words.
func (d *draft) isSentence() bool {
	fields := strings.Fields(d.text)
	if len(fields) < 4 {
		return false
	}
	for _, f := range fields {
		if finite[strings.ToLower(strings.Trim(f, ".,;:!?\"'“”‘()"))] {
			return true
		}
	}
	return false
}

// isCaps reports a line in capitals.
func isCaps(s string) bool {
	upper, lower := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper >= 3 && lower*6 <= upper
}

// isLetterhead reports a line of the frame of a document.
func (d *draft) isLetterhead() bool {
	if !d.short() || d.marker != "" {
		return false
	}
	if dates := findDates(d.text); len(dates) > 0 && dates[0].start < 80 && dated.MatchString(d.text) {
		return true
	}
	if d.terminal() && d.words() > 22 {
		return false
	}
	for _, re := range letterheads {
		if re.MatchString(d.text) {
			return true
		}
	}
	return isDateLine(d.text) || d.isAddressee()
}

// isAddressee reports "To all members" and the like.
func (d *draft) isAddressee() bool {
	return addressees.MatchString(d.text) && (endsIn(d.tail, ",") || !d.isSentence()) && d.words() <= 16
}

// bodyStart finds the first block that is a sentence or opens a letter.
func bodyStart(drafts []draft) int {
	for i := range min(len(drafts), headLimit) {
		d := &drafts[i]
		if d.kind != "" || d.front || d.level > 0 || d.columns {
			continue
		}
		if d.short() && salutations.MatchString(d.text) && i > 0 {
			return i
		}
		list := i+1 < len(drafts) && (drafts[i+1].bullet || drafts[i+1].marker != "" && d.marker == "")
		if d.isBody(i > 0 && !d.gap) || d.bullet || list && endsIn(d.tail, ":") {
			return i
		}
	}
	// Nothing but short lines: a list or a note. Its first lines that are no
	// frame are the body.
	for i := range min(len(drafts), headLimit) {
		if d := &drafts[i]; d.kind == "" && !d.front && d.level == 0 && !d.isLetterhead() && (d.terminal() || d.marker != "" || i+1 == len(drafts)) {
			return i
		}
	}
	return min(len(drafts), headLimit)
}

// headLimit is the longest head, in blocks; those of United Nations documents
// have up to thirty.
const headLimit = 80

// isBody reports a paragraph; inside says that no blank line is above it, so
// that it may be a line of a letterhead.
func (d *draft) isBody(inside bool) bool {
	if !d.short() {
		return true
	}
	words := d.words()
	if (d.bold || d.italic) && words <= 40 || isCaps(d.text) && words <= 25 || d.isLetterhead() {
		return false
	}
	if endsIn(d.tail, ":") {
		return d.gap && d.isSentence()
	}
	if !d.terminal() {
		return words > 30 || words > 15 && d.isSentence() || words > 5 && d.gap && endsIn(d.tail, ",;")
	}
	if words >= 14 && !endsInDate(d.text) {
		return true
	}
	return words >= 3 && !inside && d.isSentence() || inside && words >= 8 && d.isSentence() && !endsInDate(d.text)
}

// classifyHead names the blocks before the body.
func classifyHead(drafts []draft, body int) {
	titled := false // a heading that is marked as one is above
	for i := range body {
		d := &drafts[i]
		titled = titled || d.level > 0
		if d.kind != "" {
			continue
		}
		own := d.gap && (i+1 == len(drafts) || drafts[i+1].gap) // a paragraph of its own
		switch {
		case d.level > 0:
			d.kind = Heading
		case d.quote:
			d.kind = Quotation
		case d.front || d.columns || d.isLetterhead() || d.italic || salutations.MatchString(d.text):
			d.kind = Letterhead
		case annexes.MatchString(d.text):
			d.kind = Heading
		case d.words() >= 5 && startsWithNoun(d.text) && !isDateLine(d.text):
			d.kind = Heading
		case i > 0 && own && isCaps(d.text):
			d.kind = Heading
		case i > 0 && d.gap && i+1 == body && (!titled || endsIn(d.tail, "?")) && !endsIn(d.tail, ",;") && !endsInDate(d.text):
			d.kind = Heading
		case i == 0 && own && body == 1 && !isCaps(d.text):
			d.kind = Heading
		case d.marker != "" && !d.bullet:
			d.kind = Heading
		default:
			d.kind = Letterhead
		}
	}
	if body < len(drafts) && drafts[body].kind == "" && salutations.MatchString(drafts[body].text) && drafts[body].short() {
		drafts[body].kind = Letterhead
	}
}

// startsWithNoun reports a line that begins by naming a kind of statement.
func startsWithNoun(s string) bool {
	at := statementNouns.FindStringIndex(s)
	return at != nil && len(strings.Fields(s[:at[0]])) <= 2
}

// tailStart finds where the signature at the end begins.
func tailStart(drafts []draft, body int) int {
	tail := len(drafts)
	for i := len(drafts) - 1; i > body; i-- {
		d := &drafts[i]
		if d.kind == Boilerplate {
			continue
		}
		if d.kind == Signature {
			tail = i
			continue
		}
		if d.kind == Rule || d.kind == Footnote || d.isEnd() {
			if tail == len(drafts) {
				continue
			}
		} else if d.isTail() {
			tail = i
			continue
		}
		break
	}
	return tail
}

// isEnd reports "ENDS" and the like.
func (d *draft) isEnd() bool { return d.size <= 40 && ends.MatchString(d.text) }

// isTail reports a line that can stand at the end of a letter: a closing
// formula, a name, a function, an address for questions.
func (d *draft) isTail() bool {
	if d.kind != "" || !d.short() || d.marker != "" || d.bullet || d.level > 0 || d.quote || d.columns {
		return false
	}
	if d.isSignature() || contact.MatchString(d.text) {
		return true
	}
	words := d.words()
	if words <= 12 && dateField.MatchString(d.text) && len(findDates(d.text)) > 0 {
		return true // "Dated: May 3, 2033", where May is no verb
	}
	if d.italic {
		return words <= 25
	}
	if words > 14 || endsIn(d.tail, ":,;?!…") || d.bold && words > 8 {
		return false
	}
	if endsIn(d.tail, ".") {
		return isSigningName(d.text)
	}
	return !d.isSentence()
}

// isSigningName reports "J. PELLMORE." or "HESTER QUILLEN, X her mark.": a
// name in capitals with a full stop.
func isSigningName(s string) bool {
	name, _, _ := strings.Cut(s, ",")
	return len(strings.Fields(name)) <= 4 && len(strings.Fields(s)) <= 8 && isCaps(name)
}

// isSignature reports a closing formula or "(Signed)".
func (d *draft) isSignature() bool {
	if d.size > 200 || d.marker != "" || d.bullet || d.level > 0 {
		return false
	}
	return signed.MatchString(d.text) || closings.MatchString(d.text) || onBehalf.MatchString(d.text) && d.words() <= 14 && !d.isSentence()
}

// isName reports a line that can follow "(Signed)" or a closing formula.
func (d *draft) isName() bool {
	if !d.short() || d.marker != "" || d.bullet || d.level > 0 || d.words() > 12 || annexes.MatchString(d.text) || d.bold && d.gap {
		return false
	}
	return !d.terminal() && !endsIn(d.tail, ":;") && !d.isSentence() && !isDateLine(d.text)
}

// isHeading reports a heading in the body; after are the blocks below, lead
// says that a line that ends in ":" is above, below that a heading is.
func (d *draft) isHeading(after []draft, lead, below bool) bool {
	if d.level > 0 {
		return d.words() <= 40 && d.short() || !d.terminal()
	}
	if !d.short() || d.bullet || d.columns || d.italic && !d.bold {
		return false
	}
	words := d.words()
	if annexes.MatchString(d.text) && !d.terminal() && (words <= 6 || d.bold && words <= 45) {
		return true
	}
	if d.bold && !endsIn(d.tail, ".;,") && (words <= 20 || words <= 45 && startsWithNoun(d.text)) {
		return true
	}
	if d.bold {
		return false
	}
	if lead || words > 14 || endsIn(d.tail, ",;:") {
		return false
	}
	if isCaps(d.text) && (d.gap || d.marker != "") && (words > 1 || !d.terminal()) {
		return true
	}
	if d.terminal() || words > 12 || startsLower(d.text) || len(after) == 0 || direction.MatchString(d.text) {
		return false
	}
	next := &after[0]
	if d.marker != "" {
		// A section number: text follows, not the next item of a list.
		section := unicode.IsUpper(rune(d.marker[0])) || next.marker == "" && next.gap && !next.short()
		return section && words <= 8 && !next.bullet
	}
	if !d.gap && !below || !next.gap && next.marker == "" && (words > 6 || !next.terminal() || next.words() < 5) {
		return false
	}
	if (next.marker != "" || next.bullet) && (startsLower(next.text) || !next.terminal()) {
		return false // "We ask you" / "1. to have ..."
	}
	return words <= 5 || !d.isSentence()
}

// isNumberedParagraph tells "12. The Mission found that ..." from an item of
// a list: it is one or more full sentences.
func (d *draft) isNumberedParagraph() bool {
	if d.marker == "" || d.bullet {
		return false
	}
	return !d.short() || endsIn(d.tail, ":") || endsIn(d.tail, ".!?") && d.words() >= 4 && !startsLower(d.text)
}

// startsList: the next block is the first item of a list that goes on with
// the sentence above it.
func startsList(after []draft) bool {
	return len(after) > 0 && (after[0].marker != "" || after[0].bullet) && startsLower(after[0].text)
}
