package segment

import (
	"strings"
	"unicode/utf8"
)

// bullets begin a list item wherever they stand alone or before a word.
const bullets = "•⁃‣◦▪●■►"

// marker describes the sign that begins a list item.
type marker struct {
	style string // what stands around the number or letter: ".", ")", ".)", "()", or the bullet
	value int    // 1 for "1" and "a"; 0 for a bullet
	alpha bool   // a letter
}

// markerOf reads a word as a list marker: "1." "1)" "1.)" "(1)" "(iv)" "a."
// "a)" "(a)" "2.1" "2.1." and bullets, alone or glued to a number.
func markerOf(s string) (marker, bool) {
	if len(s) > 12 || s == "" {
		return marker{}, false
	}
	if r, n := utf8.DecodeRuneInString(s); strings.ContainsRune(bullets, r) && r != utf8.RuneError {
		m, _ := markerOf(s[n:])
		m.style = s[:n] + m.style
		return m, true
	}
	body := strings.TrimRight(s, ".)")
	style := s[len(body):]
	if strings.HasPrefix(body, "(") && style == ")" {
		body, style = body[1:], "()"
	}
	switch style {
	case ".", ")", ".)", "()":
	default:
		return marker{}, false
	}
	if len(body) == 1 && 'a' <= body[0]|0x20 && body[0]|0x20 <= 'z' {
		return marker{style, int(body[0]|0x20-'a') + 1, true}, true
	}
	if style == "()" && body != "" && strings.Trim(body, "ivx") == "" {
		return marker{style: style, alpha: true}, true
	}
	value := 0
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case '0' <= c && c <= '9' && len(body) <= 7:
			value = value*10 + int(c-'0')
		case c == '.' && i > 0 && body[i-1] != '.':
			value = 0
		default:
			return marker{}, false
		}
	}
	if body == "" || value > 199 {
		return marker{}, false
	}
	return marker{style: style, value: value}, true
}

// inlineList returns the words that begin the second and later items of a
// list set in one line: the block begins with a marker, and each of them is
// the marker that comes next in the same style. Letters and numbers count
// only before a capital, so that "b." and "2." at a sentence's end do not.
func inlineList(text string, words []word) map[int]bool {
	if len(words) < 3 {
		return nil
	}
	at := func(i int) (marker, bool) { return markerOf(text[words[i].start:words[i].end]) }
	prev, ok := at(0)
	if !ok || prev.style == "()" {
		return nil
	}
	items := map[int]bool{}
	for i := 2; i+1 < len(words); i++ {
		m, ok := at(i)
		if !ok || m.style != prev.style || m.alpha != prev.alpha {
			continue
		}
		if m.value != 0 && (m.value != prev.value+1 || words[i+1].first != 'U') {
			continue
		}
		items[i] = true
		prev = m
	}
	return items
}
