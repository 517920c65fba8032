// Package segment cuts text into sentences.
//
// The Punkt engine of github.com/jdkato/prose/v2 marks where a stop ends a
// sentence; a small logistic model weighs its verdict together with the words
// and the layout around every possible boundary, since web text and
// letterheads often have no stop at all; a table of rules (see Rules) has the
// last word where the convention is plain, as in "para. 4" or "1) … 2) …".
//
// All offsets are bytes of the text given. Every byte that is not white space
// is in exactly one sentence. A run of hundreds of words without an end is cut
// into pieces. Time is linear in the length of the text.
package segment

import (
	"unicode"
	"unicode/utf8"
)

// Span is a run of bytes of a text, Start included, End not.
type Span struct{ Start, End int }

// Sentences returns the sentences of one block of running text: a paragraph,
// a list item, a quotation. A line break in it counts as a space, unless the
// next line begins a list item; a blank line always ends a sentence.
func Sentences(text string) []Span {
	blocks := paragraphs(text, wrapped)
	return flatten(All(text, blocks))
}

// Document returns the sentences of a raw text, in which blank lines, list
// markers, headings and lines cut short on purpose end a sentence even
// without a full stop.
func Document(text string) []Span {
	blocks := paragraphs(text, laidOut)
	return flatten(All(text, blocks))
}

// All returns the sentences of each block of one text, one list per block, in
// the order of blocks. A block boundary always ends a sentence. The blocks
// must be ordered and must not overlap; what lies outside them is not read.
// The engine is started once, whatever the number of blocks, so this is the
// cheap way to segment a document that is already in blocks.
func All(text string, blocks []Span) [][]Span {
	out := make([][]Span, len(blocks))
	words := make([][]word, len(blocks))
	undecided := false
	for i, b := range blocks {
		words[i] = split(text, b)
		undecided = undecided || hasInnerStop(words[i])
	}
	var stops map[int]bool
	if undecided { // else there is no stop for the engine to judge
		stops = engineStops(text, blocks)
	}
	for i := range blocks {
		g := newGaps(text, words[i], stops)
		out[i] = shorten(text, words[i], g.sentences(shipped.decide))
	}
	return out
}

// hasInnerStop reports whether a word other than the last ends in a stop.
func hasInnerStop(words []word) bool {
	for i := 0; i+1 < len(words); i++ {
		if isStop(words[i].term) {
			return true
		}
	}
	return false
}

func flatten(blocks [][]Span) []Span {
	var out []Span
	for _, b := range blocks {
		out = append(out, b...)
	}
	return out
}

// trim returns s without the white space at its ends.
func trim(text string, s Span) Span {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.Start += n
	}
	for s.End > s.Start {
		r, n := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.End -= n
	}
	return s
}
