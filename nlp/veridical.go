package nlp

import (
	"counterclaim/nlp/claims"
	"counterclaim/nlp/lexicon"
	"counterclaim/nlp/segment"
)

// Veridical says whether the writer of a text holds a clause that it embeds
// to be so; ok is false where the text does not have the clause. grounds name
// what speaks for and against it.
func Veridical(text, clause string) (held lexicon.Implied, grounds []string, ok bool) {
	tree := func(d *Document, i int) *claims.Tree {
		return claims.NewTree(d.Sentences[i].Tokens, marksOf(&d.Sentences[i]))
	}
	o := Options{}.filled()
	asked := &Document{Text: clause, Sentences: []Sentence{{End: len(clause)}}}
	said := &Document{Text: text}
	for _, s := range segment.Sentences(text) {
		said.Sentences = append(said.Sentences, Sentence{Start: s.Start, End: s.End})
	}
	parse([]*Document{asked, said})
	understand(asked, o)
	understand(said, o)
	of := tree(asked, 0)
	most := 0
	var in *claims.Tree
	for i := range said.Sentences {
		t := tree(said, i)
		if h, shared := t.Holds(of); shared > 0 && shared >= most { // the later of equals
			in, held, most = t, h, shared
		}
	}
	if in == nil {
		return lexicon.Open, nil, false
	}
	return held, in.Grounds(of), true
}
