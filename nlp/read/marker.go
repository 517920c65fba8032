package read

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// markers knows which single letters and Roman numbers begin lines of a
// document. "A." is taken for the mark of a section only where a "B."
// exists: alone it may be the initial of a name.
type markers map[string]bool

// collectMarkers looks at the start of every line.
func collectMarkers(text string, lines []line) markers {
	seen := markers{}
	for _, l := range lines {
		s := text[l.start:l.end]
		if n := strings.IndexByte(s[:min(len(s), 8)], '.'); n > 0 && (n == 1 && isLetter(s[0]) || isRoman(s[:n])) {
			seen[s[:n]] = true
		}
	}
	return seen
}

// find returns the marker at the start of s, such as "12.", "(a)", "3.1",
// "b)" or "IV.", and where the text after it begins; "" if there is none.
func (m markers) find(s string) (marker string, rest int) {
	n := strings.IndexAny(s[:min(len(s), 12)], " \t\u00a0")
	if n < 2 {
		return "", 0
	}
	marker = s[:n]
	rest, _, _ = trim(s, n, len(s))
	if rest >= len(s) || !m.accepts(marker, s[rest:]) {
		return "", 0
	}
	return marker, rest
}

func (m markers) accepts(marker, rest string) bool {
	last := marker[len(marker)-1]
	if marker[0] == '(' {
		if last != ')' {
			return false
		}
		body := marker[1 : len(marker)-1]
		return isDigits(body, 3) || len(body) == 1 && isLetter(body[0]) || isRoman(strings.ToUpper(body))
	}
	body := marker[:len(marker)-1]
	switch {
	case last == ')':
		return isDigits(body, 3) || len(body) == 1 && isLetter(body[0]) || body != "" && isRoman(strings.ToUpper(body))
	case (last == '.' || last == '/') && isDigits(body, 3):
		return true
	case last == '.' && len(body) == 1 && 'a' <= body[0] && body[0] <= 'z':
		return m["a"] && m["b"]
	case last == '.' && isRoman(body) && m["I"] && m["II"]:
		return true
	case last == '.' && len(body) == 1 && isLetter(body[0]):
		return m["A"] && m["B"] && (body == "A" || m[string(body[0]-1)])
	}
	// 3.1 or 3.1.2: a figure unless a heading or sentence follows.
	parts := strings.Split(strings.TrimSuffix(marker, "."), ".")
	for _, p := range parts {
		if !isDigits(p, 2) {
			return false
		}
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return len(parts) > 1 && (unicode.IsUpper(r) || last == '.')
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigits(s string, most int) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return 0 < len(s) && len(s) <= most
}

// isRoman accepts what looks like a number up to 39.
func isRoman(s string) bool {
	return s != "" && len(s) <= 6 && strings.Trim(s, "IVX") == ""
}

// markerShape tells kinds of numbering apart: '1' digits, 'a' and 'A'
// letters, '(' anything in parentheses, another mark for bullets, 0 none.
func markerShape(marker string) byte {
	if marker == "" {
		return 0
	}
	switch c := marker[0]; {
	case '0' <= c && c <= '9':
		return '1'
	case 'a' <= c && c <= 'z':
		return 'a'
	case 'A' <= c && c <= 'Z':
		return 'A'
	default:
		return c
	}
}
