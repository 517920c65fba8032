package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// layout says what a single line break means.
type layout bool

const (
	wrapped layout = false // a space, unless a list item follows
	laidOut layout = true  // judged by the lines around it
)

// paragraphs cuts a text into blocks: at blank lines, before list items and,
// if laid out, where a line ends before it had to.
func paragraphs(text string, l layout) []Span {
	var out []Span
	var group []Span // lines between two blank lines
	flush := func() {
		out = append(out, joinLines(text, group, l)...)
		group = group[:0]
	}
	for start := 0; start < len(text); {
		end := start + strings.IndexByte(text[start:], '\n')
		next := end + 1
		if end < start {
			end, next = len(text), len(text)
		}
		if line := trim(text, Span{start, end}); line.Start < line.End {
			group = append(group, line)
		} else {
			flush()
		}
		start = next
	}
	flush()
	return out
}

// joinLines merges the lines of a group that run on.
func joinLines(text string, lines []Span, l layout) []Span {
	width, stops := 0, 0
	for _, s := range lines {
		width = max(width, utf8.RuneCountInString(text[s.Start:s.End]))
		if isStop(lastTerm(text[s.Start:s.End])) {
			stops++
		}
	}
	// Three or more short lines without a stop are a list or an address.
	list := l == laidOut && len(lines) >= 3 && stops == 0 && width <= 45
	var out []Span
	for i, s := range lines {
		if i == 0 || list || breaks(text, lines[i-1], s, width, l) {
			out = append(out, s)
			continue
		}
		out[len(out)-1].End = s.End
	}
	return out
}

// breaks reports whether the line break between two lines of a group, whose
// longest line has width characters, was set on purpose.
func breaks(text string, a, b Span, width int, l layout) bool {
	first, second := text[a.Start:a.End], text[b.Start:b.End]
	if item(second) {
		return true
	}
	if l == wrapped {
		return false
	}
	if strings.HasPrefix(first, "#") || strings.HasPrefix(second, "#") || ruler(first) || ruler(second) {
		return true
	}
	term := lastTerm(first)
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(second, openers))
	if unicode.IsLower(r) {
		return false
	}
	if term == ':' {
		return true
	}
	if term == ',' && !salutation(first) {
		return false
	}
	// A wrapped line ends where its next word no longer fits.
	word, _, _ := strings.Cut(second, " ")
	room := width - utf8.RuneCountInString(first)
	const ragged = 6 // characters by which line ends vary
	return room > utf8.RuneCountInString(word)+ragged || width > 160
}

// item reports whether a line begins with a list marker.
func item(line string) bool {
	head, rest, found := strings.Cut(line, " ")
	if strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "– ") || strings.HasPrefix(line, "— ") {
		return true
	}
	m, ok := markerOf(head)
	if !ok {
		return false
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " "+openers))
	return strings.ContainsAny(m.style, bullets) || found && (m.style == "()" || unicode.IsUpper(r))
}

// ruler reports whether a line is drawn, not written: "-----", "***".
func ruler(line string) bool { return strings.Trim(line, "-=_*~#. ") == "" }

// salutation reports whether a line that ends in a comma is an address line:
// "Dear colleagues," and "Yours sincerely,".
func salutation(line string) bool { return strings.Count(line, " ") <= 4 }

// lastTerm is the kind of sign a line ends in.
func lastTerm(line string) byte {
	i := strings.LastIndexAny(line, " \t")
	return describe(line, i+1, len(line), word{}).term
}
