// Package claims cuts a sentence into the things it asserts and says of each
// what the sentence tells about it: who did what to whom, when and where,
// how surely, and who says so.
package claims

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is the bytes [Start, End) of a text.
type Span struct{ Start, End int }

// Tag of a word in the segmentation of a sentence into claims.
const (
	Outside = iota // of every claim
	Begin          // first word of a claim
	Inside         // further word of the claim before
	tags
)

// Words gives the runs of text[start:end] between white space.
func Words(text string, start, end int) []Span {
	var out []Span
	at := -1
	for i := start; i < end; {
		r, n := utf8.DecodeRuneInString(text[i:end])
		if unicode.IsSpace(r) {
			if at >= 0 {
				out = append(out, Span{at, i})
				at = -1
			}
		} else if at < 0 {
			at = i
		}
		i += n
	}
	if at >= 0 {
		out = append(out, Span{at, end})
	}
	return out
}

// Split finds the claims in one sentence: the best sequence of tags under
// scores, the log-probabilities of Outside, Begin and Inside for each word.
// An Inside never follows an Outside. The spans hold no white space or
// punctuation at their edges; a pair of quotation marks or brackets stays
// whole. Split returns nothing for a sentence that asserts nothing.
func Split(text string, words []Span, scores [][tags]float32) []Span {
	n := len(words)
	if n == 0 {
		return nil
	}
	// Viterbi over three states.
	back := make([][tags]int8, n)
	best := scores[0]
	best[Inside] = negInf
	for i := 1; i < n; i++ {
		var next [tags]float32
		for t := range tags {
			from, top := 0, float32(negInf)
			for p := range tags {
				if t == Inside && p == Outside {
					continue
				}
				if best[p] > top {
					from, top = p, best[p]
				}
			}
			next[t] = top + scores[i][t]
			back[i][t] = int8(from)
		}
		best = next
	}
	t := 0
	for k := range tags {
		if best[k] > best[t] {
			t = k
		}
	}
	path := make([]int, n)
	for i := n - 1; i >= 0; i-- {
		path[i] = t
		t = int(back[i][t])
	}
	var out []Span
	for i := 0; i < n; {
		if path[i] == Outside {
			i++
			continue
		}
		j := i + 1
		for j < n && path[j] == Inside {
			j++
		}
		if s, ok := Trim(text, Span{words[i].Start, words[j-1].End}); ok {
			out = append(out, s)
		}
		i = j
	}
	return out
}

const negInf = -1e30

var pairs = map[rune]rune{'(': ')', '[': ']', '“': '”', '‘': '’', '«': '»', '"': '"'}

// Trim takes white space and punctuation off the edges of a span. Brackets
// and quotation marks stay where their other half is inside. It reports
// false if nothing is left.
func Trim(text string, s Span) (Span, bool) {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(text[s.Start:s.End])
		rest := text[s.Start+n : s.End]
		if c, ok := pairs[r]; ok && strings.ContainsRune(rest, c) {
			break
		}
		if !edge(r) || r == '-' && rest != "" && unicode.IsDigit(rune(rest[0])) {
			break
		}
		s.Start += n
	}
	for s.Start < s.End {
		r, n := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		rest := text[s.Start : s.End-n]
		if closes(r, rest) || !edge(r) {
			break
		}
		s.End -= n
	}
	return s, s.Start < s.End
}

// closes reports whether r closes a bracket or quotation opened in rest.
func closes(r rune, rest string) bool {
	switch r {
	case ')':
		return strings.Count(rest, "(") > strings.Count(rest, ")")
	case ']':
		return strings.Count(rest, "[") > strings.Count(rest, "]")
	case '”':
		return strings.Count(rest, "“") > strings.Count(rest, "”")
	case '»':
		return strings.Count(rest, "«") > strings.Count(rest, "»")
	case '’':
		return strings.Count(rest, "‘") > 0
	case '"':
		return strings.Count(rest, `"`)%2 == 1
	}
	return false
}

// edge reports whether r is no part of a claim at its edge.
func edge(r rune) bool {
	switch r {
	case '%', '$', '€', '£', '°', '§', '+', '′', '″':
		return false
	}
	return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsControl(r) || r == '|'
}
