package nlp

import (
	_ "embed"
	"math"
	"slices"
	"sort"
	"strings"
	"sync"

	"counterclaim/nlp/claims"
	"counterclaim/nlp/entities"
	"counterclaim/nlp/logistic"
)

//go:embed types.bin
var typesFile []byte

// TypeModel tells of which type a claim is, by what the encoder says and by
// traits that a person can read. nlp/train/types fits it.
var TypeModel = sync.OnceValue(func() *logistic.Model {
	m, err := logistic.Open(typesFile)
	if err != nil || len(m.Classes()) != len(Types) {
		panic("the model of types in the binary is broken: fit it again")
	}
	return m
})

// reasons is how many of the traits that speak for a type a claim keeps.
const reasons = 3

// typed decides of which type a claim is, when its source is settled.
func (a *analyst) typed(c *Claim) {
	m := TypeModel()
	x := a.d.typeFeatures(a.tree, c)
	p := m.Probabilities(x)
	best := slices.Index(p, slices.Max(p))
	c.Type, c.TypeProbability = Types[best], p[best]
	c.TypeReasons = slices.DeleteFunc(m.Reasons(x, best, reasons+len(Types)), func(r logistic.Reason) bool {
		// That the encoder thinks little of another type says nothing to a reader.
		return strings.HasPrefix(r.Name, encoderTrait) && r.Name != encoderTrait+string(c.Type)
	})
	c.TypeReasons = c.TypeReasons[:min(reasons, len(c.TypeReasons))]
}

// encoderTrait begins the names of what the encoder says of each type.
const encoderTrait = "meaning: "

// TypeFeatures are what the type of a claim of the document is told by.
func (d *Document) TypeFeatures(c *Claim) []logistic.Feature {
	s := &d.Sentences[c.Sentence]
	return d.typeFeatures(claims.NewTree(s.Tokens, marksOf(s)), c)
}

func (d *Document) typeFeatures(tree *claims.Tree, c *Claim) []logistic.Feature {
	a := claims.Analysis{Head: c.Head, Modal: c.Modal, Negative: c.Polarity == Negative, Certainty: claims.Certainty(slices.Index(certainties[:], c.Certainty))}
	var out []logistic.Feature
	for _, name := range tree.Traits(c.FirstToken, c.LastToken, &a, d.whose(&d.Sentences[c.Sentence])) {
		out = append(out, logistic.Feature{Name: name, Value: 1})
	}
	if c.Source != "" {
		out = append(out, logistic.Feature{Name: "reported", Value: 1})
	}
	if len(d.Blocks) > 0 {
		out = append(out, logistic.Feature{Name: "in a " + string(d.Blocks[d.Sentences[c.Sentence].Block].Kind), Value: 1})
	}
	for i, p := range c.TypeProbabilities {
		out = append(out, logistic.Feature{Name: encoderTrait + string(Types[i]), Value: math.Log(p+1e-6) / 3})
	}
	return out
}

// whose tells of each token of a sentence whose name or pronoun it is part of.
func (d *Document) whose(s *Sentence) []claims.Who {
	out := make([]claims.Who, len(s.Tokens))
	for _, e := range s.Entities {
		who := claims.Other
		switch {
		case d.speaker != "" && (e.Key == d.speaker || e.Of == d.speaker):
			who = claims.Speaker
		case entities.IsParty(e.Key) || entities.IsParty(e.Of):
			who = claims.Rival
		}
		for i := sort.Search(len(s.Tokens), func(i int) bool { return s.Tokens[i].End > e.Start }); i < len(s.Tokens) && s.Tokens[i].Start < e.End; i++ {
			if out[i] == claims.Nobody || who < out[i] {
				out[i] = who
			}
		}
	}
	return out
}
