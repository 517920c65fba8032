package nlp

import (
	"counterclaim/nlp/claims"
	"counterclaim/nlp/read"
)

// Roles are the words of a claim by what they tell: bytes of Document.Text
// inside the claim. What the claim itself does not say is the zero Span.
type Roles struct {
	Actor     read.Span
	Patient   read.Span
	Place     read.Span
	Predicate read.Span   // with its auxiliaries and denial, and what completes it
	Nouns     []read.Span // the noun phrases, in order; one may lie in another
}

// Roles finds the words of a claim of the document.
func (d *Document) Roles(c *Claim) Roles {
	s := &d.Sentences[c.Sentence]
	tree := claims.NewTree(s.Tokens, marksOf(s))
	from, to := c.FirstToken, c.LastToken
	a := tree.Analyse(from, to)
	span := func(r [2]int) read.Span {
		if r[0] < from || r[1] > to || r[0] >= r[1] {
			return read.Span{}
		}
		end := s.Tokens[r[1]-1].End
		for _, v := range c.Values { // no date or figure is cut
			if v.Start < end && end < v.End {
				end = v.End
			}
		}
		return read.Span{Start: s.Tokens[r[0]].Start, End: min(end, c.End)} // a person may end it inside a token
	}
	out := Roles{Actor: span(a.Actor), Patient: span(a.Patient), Place: span(a.Place), Predicate: span(tree.Said(&a, from, to))}
	for _, r := range tree.Phrases(from, to) {
		out.Nouns = append(out.Nouns, span(r))
	}
	return out
}
