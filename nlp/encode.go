package nlp

import (
	"sort"

	"counterclaim/nlp/embedding"
	"counterclaim/nlp/read"
)

// Sizes that the heads were trained with.
const (
	sentencePieces = 248 // in one sequence; longer sentences are encoded in parts
	wordPieces     = 12  // of one word; further ones are left out
)

// batch is how many sentences are encoded at once; it bounds memory.
const batch = 64

// states are what the encoder makes of a statement: for each word piece a row
// of numbers, in the light of the sentence around it.
type states struct {
	dim    int
	pieces []read.Span // of each row; bytes of Document.Text
	rows   []float32
}

// between gives the range of rows [from, to) whose pieces begin in [start, end).
func (s *states) between(start, end int) (from, to int) {
	from = sort.Search(len(s.pieces), func(i int) bool { return s.pieces[i].Start >= start })
	to = sort.Search(len(s.pieces), func(i int) bool { return s.pieces[i].Start >= end })
	return from, to
}

// mean writes the mean of rows [from, to) into dst.
func (s *states) mean(dst []float32, from, to int) {
	clear(dst)
	if from >= to {
		return
	}
	for i := from; i < to; i++ {
		for j, v := range s.rows[i*s.dim : (i+1)*s.dim] {
			dst[j] += v
		}
	}
	n := float32(to - from)
	for j := range dst {
		dst[j] /= n
	}
}

// encode runs the encoder over sentences, each by itself.
func (m *Model) encode(text string, sentences []Sentence) states {
	ends := m.enc.IDs("")
	first, last := ends[0], ends[len(ends)-1]
	out := states{dim: m.enc.Dim}
	var ids []int32
	var lens []int
	run := func() {
		if len(lens) == 0 {
			return
		}
		h := m.enc.Embed(ids, nil, lens)
		m.enc.Run(&h, 0, m.enc.Text)
		out.rows = appendInner(out.rows, h)
		ids, lens = ids[:0], lens[:0]
	}
	for _, s := range sentences {
		unit := shortWords(m.enc.Tokenize(text[s.Start:s.End]), text[s.Start:s.End])
		for len(unit) > 0 {
			part := unit[:min(len(unit), sentencePieces)]
			unit = unit[len(part):]
			ids = append(ids, first)
			for _, p := range part {
				ids = append(ids, p.ID)
				out.pieces = append(out.pieces, read.Span{Start: s.Start + p.Start, End: s.Start + p.End})
			}
			ids = append(ids, last)
			lens = append(lens, len(part)+2)
			if len(lens) == batch {
				run()
			}
		}
	}
	run()
	return out
}

// appendInner appends the rows of each sequence but its first and last.
func appendInner(dst []float32, h embedding.Hidden) []float32 {
	at := 0
	for _, n := range h.Lens {
		dst = append(dst, h.Rows[(at+1)*h.Dim:(at+n-1)*h.Dim]...)
		at += n
	}
	return dst
}

// shortWords leaves out the pieces of overlong words beyond the first few.
func shortWords(pieces []embedding.Piece, text string) []embedding.Piece {
	out := pieces[:0]
	n, last := 0, 0
	for _, p := range pieces {
		if hasSpace(text[last:p.Start]) {
			n = 0
		}
		last = p.Start
		if n++; n <= wordPieces {
			out = append(out, p)
		}
	}
	return out
}

func hasSpace(s string) bool {
	for _, r := range s {
		if r == ' ' || r == '\n' || r == '\t' || r == '\u00a0' {
			return true
		}
	}
	return false
}
