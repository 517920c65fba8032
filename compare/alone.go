package compare

import (
	"counterclaim/compare/candidates"
	"counterclaim/compare/evidence"
	"counterclaim/compare/judge"
	"counterclaim/nlp"
)

// Meeting is what the judge says of two claims outside of any case.
type Meeting struct {
	Meets   float64   // probability that they meet, in [0, 1]
	Shown   bool      // whether Compare would show the pair
	Inputs  []float64 // judge.Features, what Meets was judged from; nil without a claim
	Follows []float64 // judge.InferenceFeatures, the first claim being the premise; nil without one
}

// Alone judges the first claims of two documents by themselves, as Compare
// does, but for what only the other claims of a case can tell. A document
// without a claim meets nothing.
func Alone(a, b *nlp.Document) Meeting {
	if len(a.Claims) == 0 || len(b.Claims) == 0 {
		return Meeting{}
	}
	left, right := evidence.Prepare(a, &a.Claims[0]), evidence.Prepare(b, &b.Claims[0])
	p := judge.NewPair(candidates.Candidate{Similarity: similarity(&left.Claim.Meaning, &right.Claim.Meaning)}, &left, &right)
	p.Evidence = evidence.Compare(&left, &right)
	p.Read = nlp.DefaultModel().Read([][2]*nlp.Meaning{{&left.Claim.Meaning, &right.Claim.Meaning}})[0]
	w := judge.DefaultWeights()
	v := w.Alone(&p)
	return Meeting{
		Meets: v.Meets, Shown: v.Meets >= w.Threshold,
		Inputs: judge.Features(&p), Follows: judge.InferenceFeatures(&p),
	}
}

// similarity is the cosine of the places of two claims.
func similarity(a, b *nlp.Meaning) float64 {
	var sum float64
	for i, v := range a.Place {
		sum += float64(v) * float64(b.Place[i])
	}
	return sum
}
