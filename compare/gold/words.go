package gold

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// word is a run of letters and digits. Everything else (white space, marks of
// punctuation and quotation, Markdown marks, table bars) only separates: a
// quote may end before a comma, and is the same with other quotation marks.
type word struct {
	text       string // lower case, compatibility forms folded (NFKC)
	start, end int    // bytes
}

// words cuts a text into words.
func words(text string) []word {
	var list []word
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
			list = append(list, word{fold(text[start:i], hidden), start, i})
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

// span is a run [lo, hi) of word positions of one party, over all of its
// statements.
type span struct{ lo, hi int }

func (s span) size() int { return s.hi - s.lo }

func (s span) shared(t span) int { return max(0, min(s.hi, t.hi)-max(s.lo, t.lo)) }

// meets says whether the spans share at least half of the shorter one.
func (s span) meets(t span) bool {
	n := s.shared(t)
	return n > 0 && 2*n >= min(s.size(), t.size())
}

// iou is the intersection over union of the positions.
func (s span) iou(t span) float64 {
	n := s.shared(t)
	return float64(n) / float64(s.size()+t.size()-n)
}

// index locates runs of words in the statements of one party.
type index struct {
	words      []word
	statements []int            // position of the first word of each statement, and the end
	first      map[string][]int // positions by word
}

func newIndex(texts []string) *index {
	x := &index{first: map[string][]int{}}
	for _, text := range texts {
		x.statements = append(x.statements, len(x.words))
		x.words = append(x.words, words(text)...)
	}
	x.statements = append(x.statements, len(x.words))
	for i, w := range x.words {
		x.first[w.text] = append(x.first[w.text], i)
	}
	return x
}

// quote returns every place at which the words of a quote stand, within one
// statement.
func (x *index) quote(quote string) []span {
	want := words(quote)
	if len(want) == 0 {
		return nil
	}
	var found []span
	statement := 0
candidates:
	for _, at := range x.first[want[0].text] {
		for x.statements[statement+1] <= at {
			statement++
		}
		if at+len(want) > x.statements[statement+1] {
			continue
		}
		for i, w := range want {
			if x.words[at+i].text != w.text {
				continue candidates
			}
		}
		found = append(found, span{at, at + len(want)})
	}
	return found
}

// bytes returns the words of a statement that lie in [start, end), at least
// in part.
func (x *index) bytes(statement, start, end int) []span {
	if statement < 0 || statement+1 >= len(x.statements) {
		return nil
	}
	from, to := x.statements[statement], x.statements[statement+1]
	of := x.words[from:to]
	lo := from + sort.Search(len(of), func(i int) bool { return of[i].end > start })
	hi := from + sort.Search(len(of), func(i int) bool { return of[i].start >= end })
	if hi <= lo {
		return nil
	}
	return []span{{lo, hi}}
}
