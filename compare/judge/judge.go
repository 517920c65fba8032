package judge

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"sync"

	"counterclaim/compare/candidates"
	"counterclaim/compare/evidence"
	"counterclaim/nlp"
)

// Relations and Kinds are the classes of the two regressions; a kind belongs
// to the relation of its place.
var (
	Relations = []string{"none", "agree", "conflict", "framing"}
	Kinds     = []string{
		"same", "narrower", "broader",
		"negation", "antonym", "quantity", "time", "place", "actor", "patient", "blame", "modality", "status", "other",
		"naming", "evaluation",
	}
)

// kindRange gives the kinds of a relation: [from, to) in Kinds.
var kindRange = [][2]int{{0, 0}, {0, 3}, {3, 14}, {14, 16}}

// Weights are the two regressions and the score from which a pair is shown.
type Weights struct {
	Threshold float64     `json:"threshold"` // of 1 - P(none)
	Relation  *Regression `json:"relation"`
	Kind      *Regression `json:"kind"`
}

//go:embed weights.json
var weightsFile []byte

// DefaultWeights are those in the binary.
var DefaultWeights = sync.OnceValue(func() *Weights {
	w, err := ReadWeights(weightsFile)
	if err != nil {
		panic("the weights in the binary are broken: " + err.Error())
	}
	return w
})

// ReadWeights reads the JSON form.
func ReadWeights(data []byte) (*Weights, error) {
	var w Weights
	if err := json.Unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("judge weights: %w", err)
	}
	for _, r := range []*Regression{w.Relation, w.Kind} {
		if r == nil || len(r.Inputs) != len(Inputs) || len(r.Mean) != len(Inputs) || len(r.Scale) != len(Inputs) || len(r.Weights) != len(r.Classes) {
			return nil, fmt.Errorf("judge weights: made for other inputs: fit them again")
		}
	}
	return &w, nil
}

// Pair is one candidate with all that the judge looks at.
type Pair struct {
	Candidate candidates.Candidate
	A, B      *evidence.Parts
	Evidence  evidence.Comparison
	Read      nlp.Reading // what the encoder's net says
	Support   float64     // margin of the best candidate of the claims before and after
}

// Verdict on a pair.
type Verdict struct {
	Relation int     // index of Relations, never 0
	Kind     int     // index of Kinds
	Meets    float64 // probability that the two claims meet at all
	Score    float64 // probability that they meet with this relation
}

// Decide judges a pair.
func (w *Weights) Decide(p *Pair) Verdict { return w.Verdict(Features(p)) }

// Verdict judges a pair by its features.
func (w *Weights) Verdict(x []float64) Verdict {
	pr := w.Relation.Probabilities(x)
	pk := w.Kind.Probabilities(x)
	v := Verdict{Meets: 1 - pr[0]}
	for r := 1; r < len(pr); r++ {
		if v.Relation == 0 || pr[r] > pr[v.Relation] {
			v.Relation = r
		}
	}
	v.Score = pr[v.Relation]
	best := -1.0
	for k := kindRange[v.Relation][0]; k < kindRange[v.Relation][1]; k++ {
		if pk[k] > best {
			v.Kind, best = k, pk[k]
		}
	}
	return v
}

// input is one number that the judge looks at.
type input struct {
	name string
	of   func(p *Pair) float64
}

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func some(n int) float64 { return yes(n > 0) }

func either(p *Pair, t nlp.Type) float64 {
	return yes(p.A.Claim.Type == t) + yes(p.B.Claim.Type == t)
}

// rankOf falls from 1 (first) to 0.
func rankOf(n int) float64 { return 1 / float64(1+n) }

// inputs in the order of the regressions. Every one is symmetric in A and B
// but for those that tell narrower from broader.
var inputs = func() []input {
	list := []input{
		{"similarity", func(p *Pair) float64 { return p.Candidate.Similarity }},
		{"margin", func(p *Pair) float64 { return p.Candidate.Margin }},
		{"rank", func(p *Pair) float64 { return rankOf(p.Candidate.RankA) + rankOf(p.Candidate.RankB) }},
		{"mutual first", func(p *Pair) float64 { return yes(p.Candidate.RankA == 0 && p.Candidate.RankB == 0) }},
		{"gap", func(p *Pair) float64 { return p.Candidate.GapA + p.Candidate.GapB }},
		{"smaller gap", func(p *Pair) float64 { return min(p.Candidate.GapA, p.Candidate.GapB) }},
		{"rare words", func(p *Pair) float64 { return p.Candidate.Words }},
		{"neighbours", func(p *Pair) float64 { return p.Support }},
		{"shared words", func(p *Pair) float64 { return float64(min(p.Evidence.SharedWords, 4)) }},
		{"shared names", func(p *Pair) float64 { return float64(min(p.Evidence.SharedNames, 3)) }},
		{"same number", func(p *Pair) float64 { return some(p.Evidence.SameNumber) }},
		{"other number", func(p *Pair) float64 { return some(p.Evidence.OtherNumber) }},
		{"other number only", func(p *Pair) float64 { return yes(p.Evidence.OtherNumber > 0 && p.Evidence.SameNumber == 0) }},
		{"fitting number", func(p *Pair) float64 { return some(p.Evidence.FitNumber) }},
		{"same time", func(p *Pair) float64 { return some(p.Evidence.SameTime) }},
		{"other time", func(p *Pair) float64 { return some(p.Evidence.OtherTime) }},
		{"other time only", func(p *Pair) float64 { return yes(p.Evidence.OtherTime > 0 && p.Evidence.SameTime == 0) }},
		{"fitting time", func(p *Pair) float64 { return some(p.Evidence.FitTime) }},
		{"negation", func(p *Pair) float64 { return yes(p.Evidence.Negation) }},
		{"both negative", func(p *Pair) float64 { return yes(p.Evidence.BothNegative) }},
		{"opposites", func(p *Pair) float64 { return some(p.Evidence.Opposites) }},
		{"synonyms", func(p *Pair) float64 { return float64(min(p.Evidence.Synonyms, 2)) }},
		{"same predicate", func(p *Pair) float64 { return yes(p.Evidence.SamePredicate) }},
		{"opposite predicate", func(p *Pair) float64 { return yes(p.Evidence.OppositePredicate) }},
		{"other actor", func(p *Pair) float64 { return yes(p.Evidence.ActorsDiffer) }},
		{"same actor", func(p *Pair) float64 { return yes(p.Evidence.ActorsSame) }},
		{"modality", func(p *Pair) float64 { return yes(p.Evidence.ModalDiffers) }},
		{"rival judgement", func(p *Pair) float64 { return yes(p.Evidence.Praise < 0) }},
		{"same type", func(p *Pair) float64 { return yes(p.A.Claim.Type == p.B.Claim.Type) }},
		{"length", func(p *Pair) float64 {
			return math.Log(float64(len(p.A.Tokens)+1)) + math.Log(float64(len(p.B.Tokens)+1))
		}},
		{"shorter", func(p *Pair) float64 { return math.Log(float64(min(len(p.A.Tokens), len(p.B.Tokens)) + 1)) }},
		{"longer left", func(p *Pair) float64 {
			return math.Log(float64(len(p.A.Tokens)+1)) - math.Log(float64(len(p.B.Tokens)+1))
		}},
		{"numbers", func(p *Pair) float64 { return yes(len(p.A.Claim.Values) > 0) + yes(len(p.B.Claim.Values) > 0) }},
	}
	for _, t := range nlp.Types {
		list = append(list, input{"type " + string(t), func(p *Pair) float64 { return either(p, t) }})
	}
	for r := 1; r < len(Relations); r++ {
		list = append(list, input{"read " + Relations[r], func(p *Pair) float64 { return float64(p.Read[r] - p.Read[0]) }})
	}
	list = append(list, input{"read meets", func(p *Pair) float64 { return math.Log(1 - min(math.Exp(float64(p.Read[0])), 1-1e-6)) }})
	return list
}()

// Inputs names what the judge looks at, in order.
var Inputs = func() []string {
	names := make([]string, len(inputs))
	for i, in := range inputs {
		names[i] = in.name
	}
	return names
}()

// Features gives the inputs of a pair.
func Features(p *Pair) []float64 {
	x := make([]float64, len(inputs))
	for i, in := range inputs {
		x[i] = in.of(p)
	}
	return x
}
