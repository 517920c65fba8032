package claims

import "counterclaim/nlp/syntax"

// Mend repairs claims that were cut in the middle of a phrase: one that ends
// in a determiner or a preposition goes on into the claim after it; a
// conjunction at the end is left out.
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
	for _, s := range out {
		for {
			last := lastToken(tokens, s)
			if last < 0 || tokens[last].UPOS != "CCONJ" && !(tokens[last].UPOS == "SCONJ" && tokens[last].XPOS == "IN") {
				break
			}
			s.End = tokens[last].Start
		}
		if s, ok := Trim(text, s); ok {
			kept = append(kept, s)
		}
	}
	return kept
}

// unfinished reports whether the claim s ends in a word that wants the next
// one, and the next claim begins right after it.
func unfinished(tokens []syntax.Token, s Span, next int) bool {
	last := lastToken(tokens, s)
	if last < 0 || last+1 >= len(tokens) || tokens[last+1].Start != next {
		return false
	}
	t := tokens[last]
	switch t.UPOS {
	case "DET":
		return t.XPOS == "DT" && t.Head > last
	case "ADP":
		return t.Head > last
	case "PRON":
		return t.XPOS == "PRP$" && t.Head > last
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
