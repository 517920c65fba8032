package values

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"counterclaim/nlp/syntax"
)

// class of an atom.
type class byte

const (
	word  class = 'w' // a run of letters
	digit class = 'd' // a run of ASCII digits
	mark  class = 'm' // any other single character
)

// atom is the smallest piece that the grammar sees.
type atom struct {
	start, end int
	text, low  string // as written; in lower case
	tok        int    // index of its token
	class      class
	glued      bool // nothing between it and the atom before
}

// atomize cuts tokens into atoms, whatever the tokenizer made of hyphens,
// units and punctuation.
func atomize(tokens []syntax.Token) []atom {
	atoms := make([]atom, 0, len(tokens)+len(tokens)/4)
	end := -1
	for t, token := range tokens {
		text := token.Text
		for i := 0; i < len(text); {
			r, size := utf8.DecodeRuneInString(text[i:])
			if unicode.IsSpace(r) {
				i += size
				continue
			}
			j, c := i+size, mark
			switch {
			case isDigit(r):
				c = digit
				for j < len(text) && isDigit(rune(text[j])) {
					j++
				}
			case unicode.IsLetter(r):
				c = word
				for j < len(text) {
					next, n := utf8.DecodeRuneInString(text[j:])
					if !unicode.IsLetter(next) && !unicode.Is(unicode.Mn, next) {
						break
					}
					j += n
				}
			}
			a := atom{start: token.Start + i, end: token.Start + j, text: text[i:j], tok: t, class: c}
			a.low = strings.ToLower(a.text)
			a.glued = a.start == end
			end = a.end
			atoms = append(atoms, a)
			i = j
		}
	}
	return atoms
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
