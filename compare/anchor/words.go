// Package anchor finds runs of words in a text: by a quote that may differ in
// case, quotation marks and white space, and again after the text was edited,
// by the quote and the words around it.
//
// The law of the package: a span that it returns lies in the text and holds
// the words of the quote, or, for an Anchor in an edited text, most of them
// between the words that stood around them.
package anchor

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Word is a run of letters and digits. Everything else (white space, marks of
// punctuation and quotation, Markdown marks, table bars) only separates: a
// quote may end before a comma, and is the same with other quotation marks.
type Word struct {
	Text       string // lower case, compatibility forms folded (NFKC)
	Start, End int    // bytes
}

// Words cuts a text into words.
func Words(text string) []Word {
	var list []Word
	start, hidden := -1, false
	for i := 0; i <= len(text); {
		r, size := rune(-1), 1
		if i < len(text) {
			if r = rune(text[i]); r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(text[i:])
			}
		}
		switch {
		case unicode.IsLetter(r), unicode.IsNumber(r):
			if start < 0 {
				start, hidden = i, false
			}
		case start >= 0 && unicode.In(r, unicode.Mn, unicode.Mc):
		case start >= 0 && unicode.Is(unicode.Cf, r): // soft hyphen, zero-width space
			hidden = true
		case start >= 0:
			list = append(list, Word{fold(text[start:i], hidden), start, i})
			start = -1
		}
		i += size
	}
	return list
}

func fold(s string, hidden bool) string {
	if hidden {
		s = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Cf, r) {
				return -1
			}
			return r
		}, s)
	}
	return strings.ToLower(norm.NFKC.String(s))
}
