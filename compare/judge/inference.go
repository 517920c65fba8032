package judge

import (
	_ "embed"
	"encoding/json"
	"math"
	"sync"

	"counterclaim/compare/evidence"
)

// Inferences are the classes of an Inference, the premise first.
var Inferences = []string{"contradiction", "entailment", "neutral"}

//go:embed inference.json
var inferenceFile []byte

// DefaultInference tells whether the second claim of a pair follows from the
// first, contradicts it, or neither: a regression over what the upper layers
// say and how the words differ, with the classes Inferences.
var DefaultInference = sync.OnceValue(func() *Regression {
	var r Regression
	if err := json.Unmarshal(inferenceFile, &r); err != nil || len(r.Mean) != len(InferenceInputs) || len(r.Weights) != len(Inferences) {
		panic("the weights of inference in the binary are broken: fit them again")
	}
	return &r
})

// inference is what a pair shows of what follows from what.
var inference = []input{
	{"follows", func(p *Pair) float64 { return float64(p.Read.Follows[0] - p.Read.Follows[2]) }},
	{"contradicts", func(p *Pair) float64 { return float64(p.Read.Follows[1] - p.Read.Follows[2]) }},
	{"follows back", func(p *Pair) float64 { return float64(p.Read.Back[0] - p.Read.Back[2]) }},
	{"contradicts back", func(p *Pair) float64 { return float64(p.Read.Back[1] - p.Read.Back[2]) }},
	{"negation", func(p *Pair) float64 { return yes(p.Evidence.Negation) }},
	{"both negative", func(p *Pair) float64 { return yes(p.Evidence.BothNegative) }},
	{"other number", func(p *Pair) float64 { return yes(p.Evidence.OtherNumber > 0 && p.Evidence.SameNumber == 0) }},
	{"fitting number", func(p *Pair) float64 { return some(p.Evidence.FitNumber) }},
	{"other time", func(p *Pair) float64 { return yes(p.Evidence.OtherTime > 0 && p.Evidence.SameTime == 0) }},
	{"fitting time", func(p *Pair) float64 { return some(p.Evidence.FitTime) }},
	{"opposites", func(p *Pair) float64 { return some(p.Evidence.Opposites) }},
	{"modality", func(p *Pair) float64 { return yes(p.Evidence.ModalDiffers) }},
	{"only the first", func(p *Pair) float64 { return math.Log1p(float64(p.swaps.OnlyA)) }},
	{"only the second", func(p *Pair) float64 { return math.Log1p(float64(p.swaps.OnlyB)) }},
	{"nothing new", func(p *Pair) float64 { return yes(p.swaps.OnlyB == 0) }},
	{"same words", func(p *Pair) float64 { return yes(p.swaps.OnlyA == 0 && p.swaps.OnlyB == 0) }},
	{"one swapped", one},
	{"synonym", func(p *Pair) float64 { return some(p.swaps.Synonyms) }},
	{"narrower", func(p *Pair) float64 { return some(p.swaps.Narrower) }},
	{"broader", func(p *Pair) float64 { return some(p.swaps.Broader) }},
	{"exclusive", func(p *Pair) float64 { return some(p.swaps.Exclusive) }},
	{"siblings", func(p *Pair) float64 { return some(p.swaps.Siblings) }},
	{"kindred", func(p *Pair) float64 { return some(p.swaps.Kindred) }},
	{"unrelated", func(p *Pair) float64 { return some(p.swaps.Unrelated) }},
	{"one synonym", func(p *Pair) float64 { return one(p) * some(p.swaps.Synonyms) }},
	{"one narrower", func(p *Pair) float64 { return one(p) * some(p.swaps.Narrower) }},
	{"one broader", func(p *Pair) float64 { return one(p) * some(p.swaps.Broader) }},
	{"one exclusive", func(p *Pair) float64 { return one(p) * some(p.swaps.Exclusive) }},
	{"one sibling", func(p *Pair) float64 { return one(p) * some(p.swaps.Siblings) }},
	{"one kindred", func(p *Pair) float64 { return one(p) * some(p.swaps.Kindred) }},
	{"one unrelated", func(p *Pair) float64 { return one(p) * some(p.swaps.Unrelated) }},
}

// InferenceInputs names what an Inference looks at, in order.
var InferenceInputs = names(inference)

// InferenceFeatures gives the inputs of a pair, the premise being A.
func InferenceFeatures(p *Pair) []float64 {
	s := evidence.Swapped(p.A, p.B)
	p.swaps = &s
	return features(inference, p)
}

// one tells a pair that differs in one content word.
func one(p *Pair) float64 { return yes(p.swaps.OnlyA == 1 && p.swaps.OnlyB == 1) }
