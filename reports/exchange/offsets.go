package exchange

import (
	"strings"
	"unicode/utf8"

	"counterclaim/reports/wording"
)

// OffsetUnit is what start and end count in every format for research but
// JSON and CSV, which count bytes: Unicode code points of the canonical text
// of the statement, from 0, the end exclusive.
const OffsetUnit = "Unicode code points of the statement's text, from 0, end exclusive"

// offsets turns bytes of a text into code points. A byte that is not UTF-8
// counts for one, as it is written: see points.text.
type offsets struct {
	text string
	at   []int32 // code points before each multiple of step
}

const step = 256

func newOffsets(text string) offsets {
	o := offsets{text: text}
	n := int32(0)
	next := 0
	for i := range text {
		for i >= next {
			o.at = append(o.at, n)
			next += step
		}
		n++
	}
	for len(text) >= next {
		o.at = append(o.at, n)
		next += step
	}
	return o
}

// of is the number of code points before a byte.
func (o offsets) of(b int) int {
	b = min(max(b, 0), len(o.text))
	block := b / step
	start := block * step
	for start < b && !utf8.RuneStart(o.text[start]) { // at counts a character that began before the block
		start++
	}
	return int(o.at[block]) + utf8.RuneCountInString(o.text[start:b])
}

// exact is the text with one U+FFFD for each byte that is not UTF-8.
func exact(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	return string([]rune(text))
}

// points are the offsets of the claims of a report, in code points.
type points struct {
	v  *wording.Report
	by map[[2]int]offsets // party and statement
}

func newPoints(v *wording.Report) points {
	p := points{v: v, by: make(map[[2]int]offsets)}
	for i, party := range v.Case.Parties {
		for j, d := range party.Statements {
			p.by[[2]int{i, j}] = newOffsets(d.Text)
		}
	}
	return p
}

// of is where claim c begins and ends.
func (p points) of(c int) (start, end int) {
	cl := p.v.Claims[c]
	o := p.by[[2]int{cl.Party, cl.Statement}]
	return o.of(cl.Start), o.of(cl.End)
}

// around is up to n code points before and after claim c.
func (p points) around(c, n int) (before, after string) {
	cl := p.v.Claims[c]
	text := p.v.Document(c).Text
	return last(exact(text[:cl.Start]), n), first(exact(text[cl.End:]), n)
}

func first(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func last(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}

// oneLine is a text without line breaks and tabs, of the same length in code
// points, for formats in which they end a field.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\r', '\t', '\v', '\f', 0x85, 0x2028, 0x2029:
			return ' '
		}
		return r
	}, exact(s))
}
