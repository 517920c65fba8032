package read

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"counterclaim/nlp/read/lines"
)

// line is one line of a file, at first of the decoded text, and once inline
// markup is gone, of the visible text.
type line struct {
	start, end int    // bytes, outer white space and block markup left out
	gap        bool   // a blank line, or other end of a paragraph, is above
	page       bool   // a page break is above
	indent     int    // columns of white space before the text
	level      int    // of a Markdown heading
	quote      int    // depth of '>'
	bullet     bool   // a list item by its bullet
	marker     string // bullet or footnote label that was taken off
	cells      bool   // a table row of Markdown
	rule       bool   // a line across the page
	note       bool   // a footnote
	front      bool   // of a YAML front matter
	join       lines.Join
	told       bool // join is what the format says, not to be guessed
	bold       Span // first run in bold
	italic     Span // first run in italics
}

// view is the visible text and its pieces in the decoded text; no pieces
// mean that both are the same.
type view struct {
	text   string
	pieces []piece
}

// splitLines cuts at LF, CRLF, CR and form feed. Blank lines are not kept,
// the line after them has a gap.
func splitLines(text string) []line {
	lines := make([]line, 0, strings.Count(text, "\n")/2+1)
	next := line{gap: true}
	for at := 0; at < len(text); {
		n := strings.IndexAny(text[at:], "\n\r\f")
		end, after := len(text), len(text)
		if n >= 0 {
			end = at + n
			after = end + 1
			if strings.HasPrefix(text[end:], "\r\n") {
				after++
			}
		}
		next.start, next.end, next.indent = trim(text, at, end)
		if next.start < next.end {
			lines = append(lines, next)
			next = line{}
		} else {
			next.gap = true
		}
		if n >= 0 && text[end] == '\f' {
			next.page, next.gap = true, true
		}
		at = after
	}
	return lines
}

// trim takes outer white space off [start, end) and counts the columns of
// the indent, a tab as four.
func trim(text string, start, end int) (from, to, indent int) {
	for start < end {
		r, n := utf8.DecodeRuneInString(text[start:end])
		if !isSpace(r) {
			break
		}
		indent++
		if r == '\t' {
			indent += 3
		}
		start += n
	}
	for start < end {
		r, n := utf8.DecodeLastRuneInString(text[start:end])
		if !isSpace(r) {
			break
		}
		end -= n
	}
	return start, end, indent
}

// isSpace also takes characters that show nothing: soft hyphens, zero-width
// marks and control characters.
func isSpace(r rune) bool { return unicode.IsSpace(r) || isInvisible(r) }

// isInvisible reports characters that the canonical text leaves out.
func isInvisible(r rune) bool {
	switch r {
	case '\u00AD', '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u200E', '\u200F':
		return true
	}
	if '\u202A' <= r && r <= '\u202E' || '\u2066' <= r && r <= '\u2069' { // turn the direction of writing
		return true
	}
	return r < utf8.RuneSelf && isControl(byte(r))
}

// parsePlain finds what plain text has in the way of block markup: quote
// marks, bullets, rules and footnotes.
func parsePlain(text string, lines []line) ([]line, view) {
	notes := map[string]bool{}
	for i := range lines {
		l := &lines[i]
		takeQuote(text, l)
		l.rule = isRule(text[l.start:l.end])
		if l.rule {
			continue
		}
		if takeNote(text, l, i > 0 && isNoteRule(text[lines[i-1].start:lines[i-1].end])) {
			notes[l.marker] = true
		} else {
			takeBullet(text, l)
		}
	}
	lines = dropPageLines(text, dropEmpty(lines))
	if len(notes) == 0 {
		return lines, view{text: text}
	}
	return dropNoteMarks(text, lines, notes)
}

// noteMark is a footnote's number set behind a word or its punctuation:
// "on 1 June.1 The", "whereabouts² and".
var noteMark = regexp.MustCompile(`\p{Ll}[.,;:!?"”’)]{0,2}([0-9]{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|[*†‡])(?:[\s.,;:!?)]|$)`)

// dropNoteMarks leaves the marks of known footnotes out of the text, each
// where it comes first. "9 m²" has no footnote 2 and stays.
func dropNoteMarks(text string, lines []line, notes map[string]bool) ([]line, view) {
	p := inline{text: text, out: make([]byte, 0, len(text))}
	for i := range lines {
		l := &lines[i]
		from, start := l.start, len(p.out)
		if !l.note {
			for _, m := range noteMark.FindAllStringSubmatchIndex(text[l.start:l.end], -1) {
				mark := Span{l.start + m[2], l.start + m[3]}
				if label := text[mark.Start:mark.End]; notes[label] {
					delete(notes, label)
					p.put(text[from:mark.Start], from, 1)
					from = mark.End
				}
			}
		}
		p.put(text[from:l.end], from, 1)
		end := l.end
		l.start, l.end = start, len(p.out)
		p.put("\n", end, 0)
	}
	return lines, view{string(p.out), p.pieces}
}

// takeNote takes the number off a footnote: a raised one, or any below the
// rule that parts notes from the text.
func takeNote(text string, l *line, below bool) bool {
	s := text[l.start:l.end]
	n := len(s) - len(strings.TrimLeft(s, "⁰¹²³⁴⁵⁶⁷⁸⁹†‡"))
	if n == 0 && below {
		n = len(s) - len(strings.TrimLeft(s, "0123456789*"))
	}
	start, end, _ := trim(text, l.start+n, l.end)
	if n == 0 || n > 9 || start == end || below && start == l.start+n && s[0] < utf8.RuneSelf {
		return false
	}
	l.note, l.marker, l.start = true, s[:n], start
	return true
}

// isNoteRule reports the rule above footnotes.
func isNoteRule(s string) bool { return len(s) >= 8 && strings.Trim(s, "_") == "" }

// takeQuote takes '>' marks off the start of a line.
func takeQuote(text string, l *line) {
	for l.start < l.end && text[l.start] == '>' {
		l.quote++
		l.start, l.end, l.indent = trim(text, l.start+1, l.end)
	}
}

// takeBullet takes a bullet off the start of a line.
func takeBullet(text string, l *line) {
	r, n := utf8.DecodeRuneInString(text[l.start:l.end])
	if strings.HasPrefix(text[l.start:l.end], "o  ") || strings.HasPrefix(text[l.start:l.end], "o\t") {
		r = '•' // what text export makes of a hollow bullet
	}
	if !strings.ContainsRune("-*+•–—·▪◦‣●○■", r) {
		return
	}
	start, end, _ := trim(text, l.start+n, l.end)
	if start == l.start+n || start == end {
		return
	}
	l.bullet, l.marker = true, text[l.start:l.start+n]
	l.start, l.end = start, end
}

// isRule reports a line of three or more equal marks, such as "---", "* * *"
// or "______".
func isRule(s string) bool {
	count := 0
	var mark rune
	for _, r := range s {
		if r == ' ' || r == '\t' {
			continue
		}
		if !strings.ContainsRune("-*_=~#–—─", r) || mark != 0 && r != mark {
			return false
		}
		mark = r
		count++
	}
	return count >= 3
}
