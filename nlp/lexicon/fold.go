package lexicon

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold brings a name into the form in which names are compared: lower case,
// without diacritics, hyphens as blanks, straight apostrophes, single blanks.
func Fold(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x80 || c == '-' || c >= 'A' && c <= 'Z' || c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') || c < ' ' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	blank := true
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case unicode.IsSpace(r) || unicode.Is(unicode.Pd, r):
			if !blank {
				b.WriteByte(' ')
			}
			blank = true
			continue
		case r == '’' || r == '‘' || r == 'ʼ' || r == '`':
			r = '\''
		case r == 'ı':
			r = 'i'
		case r == 'ə':
			r = 'e'
		}
		b.WriteRune(unicode.ToLower(r))
		blank = false
	}
	return strings.TrimRight(b.String(), " ")
}
