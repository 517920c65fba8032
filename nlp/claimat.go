package nlp

import "counterclaim/nlp/claims"

// ClaimAt analyses a run of words of a document that the pipeline did not cut
// out itself: one that a person marked or another judge proposed. It must lie
// inside one sentence and hold a word. model nil is DefaultModel.
func (d *Document) ClaimAt(start, end int, model *Model) (Claim, bool) {
	if model == nil {
		model = DefaultModel()
	}
	for i, s := range d.Sentences {
		if start < s.Start || end > s.End || start >= end {
			continue
		}
		one := *d
		a := newAnalyst(&one)
		if i > 0 {
			a.read(i - 1)
		}
		a.read(i)
		c, ok := a.claim(claims.Span{Start: start, End: end})
		if !ok {
			return Claim{}, false
		}
		st := model.encode(d.Text, d.Sentences[i:i+1])
		one.Claims = []Claim{c}
		one.placeClaims(model, &st, one.Claims)
		a.settle(&one.Claims[0])
		return one.Claims[0], true
	}
	return Claim{}, false
}
