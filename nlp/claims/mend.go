package claims

import (
	"math"

	"counterclaim/nlp/syntax"
)

// Mend repairs claims that were cut in the middle of a phrase: one that ends
// in a determiner or a preposition goes on into the claim after it, or to the
// end of the phrase; a conjunction at the end is left out. A run of numbers
// and function words beside other claims is none.
func Mend(text string, tokens []syntax.Token, spans []Span) []Span {
	var out []Span
	for _, s := range spans {
		if n := len(out); n > 0 && unfinished(tokens, out[n-1], s.Start) {
			out[n-1].End = s.End
		} else {
			out = append(out, s)
		}
	}
	kept := out[:0]
	for i, s := range out {
		next := math.MaxInt
		if i+1 < len(out) {
			next = out[i+1].Start
		}
		s.End = finished(tokens, s, next)
		for {
			last := lastToken(tokens, s)
			if last < 0 || tokens[last].UPOS != "CCONJ" && !(tokens[last].UPOS == "SCONJ" && tokens[last].XPOS == "IN") {
				break
			}
			s.End = tokens[last].Start
		}
		if s, ok := Trim(text, s); ok && (len(out) == 1 || hasContent(tokens, s)) {
			kept = append(kept, s)
		}
	}
	return kept
}

// hasContent reports whether a word of the span says something.
func hasContent(tokens []syntax.Token, s Span) bool {
	for _, t := range tokens {
		if t.Start >= s.Start && t.Start < s.End {
			switch t.UPOS {
			case "ADP", "CCONJ", "SCONJ", "DET", "NUM", "PART", "PUNCT", "SYM":
			default:
				return true
			}
		}
	}
	return false
}

// finished is where the claim s ends when the phrase that its last word opens
// is taken to its end, but not into the claim that begins at next.
func finished(tokens []syntax.Token, s Span, next int) int {
	last := lastToken(tokens, s)
	if last < 0 || !opens(tokens, last) {
		return s.End
	}
	head := tokens[last].Head
	if tokens[head].End > next {
		return s.End
	}
	end := head
	for k := head + 1; k < len(tokens) && tokens[k].End <= next && below(tokens, k, head); k++ {
		end = k
	}
	return tokens[end].End
}

// below reports whether token k hangs on token head.
func below(tokens []syntax.Token, k, head int) bool {
	for range tokens {
		if k < 0 {
			return false
		}
		if k = tokens[k].Head; k == head {
			return true
		}
	}
	return false
}

// unfinished reports whether the claim s ends in a word that wants the next
// one, and the next claim begins right after it.
func unfinished(tokens []syntax.Token, s Span, next int) bool {
	last := lastToken(tokens, s)
	if last < 0 || last+1 >= len(tokens) || tokens[last+1].Start != next {
		return false
	}
	return opens(tokens, last)
}

// opens reports whether a word wants the words after it.
func opens(tokens []syntax.Token, i int) bool {
	t := tokens[i]
	switch t.UPOS {
	case "DET":
		return t.XPOS == "DT" && t.Head > i
	case "ADP":
		return t.Head > i
	case "PRON":
		return t.XPOS == "PRP$" && t.Head > i
	}
	return false
}

// lastToken is the last token that begins in the span, -1 for none.
func lastToken(tokens []syntax.Token, s Span) int {
	for i := len(tokens) - 1; i >= 0; i-- {
		if tokens[i].Start < s.End {
			if tokens[i].Start >= s.Start {
				return i
			}
			break
		}
	}
	return -1
}
