package judge

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
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

// Weights are the regressions and the scores from which a candidate is read
// and a pair is shown.
type Weights struct {
	Keep      float64     `json:"keep"`      // of the glance: candidates below it are not read
	Threshold float64     `json:"threshold"` // of 1 - P(none)
	Favour    [4]float64  `json:"favour"`    // of each relation: what its probability is multiplied by when one is chosen
	Glance    *Regression `json:"glance"`    // whether they meet, from GlanceInputs
	First     *Regression `json:"first"`     // relation, from Inputs
	Relation  *Regression `json:"relation"`  // relation, from Inputs and their context
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
	for _, r := range []struct {
		*Regression
		inputs int
	}{{w.Glance, len(GlanceInputs)}, {w.First, len(Inputs)}, {w.Relation, len(Inputs) + len(contextInputs)}, {w.Kind, len(Inputs)}} {
		if r.Regression == nil || len(r.Inputs) != r.inputs || len(r.Mean) != r.inputs || len(r.Scale) != r.inputs || len(r.Weights) != len(r.Classes) {
			return nil, errors.New("judge weights: made for other inputs: fit them again")
		}
	}
	return &w, nil
}

// Pair is one candidate with all that the judge looks at.
type Pair struct {
	Candidate candidates.Candidate
	A, B      *evidence.Parts
	Evidence  evidence.Comparison
	Read      nlp.Reading // what the encoder's upper layers say
	Alone     bool        // there are no other claims to be seen among

	near    nlp.Nearness  // of the two claims
	natural *naturalLogic // of InferenceFeatures
}

// NewPair is a candidate of which only the claims are known.
func NewPair(c candidates.Candidate, a, b *evidence.Parts) Pair {
	return Pair{Candidate: c, A: a, B: b, near: nlp.Near(&a.Claim.Meaning, &b.Claim.Meaning)}
}

// Verdict on a pair.
type Verdict struct {
	Relation int     // index of Relations, never 0
	Kind     int     // index of Kinds
	Meets    float64 // probability that the two claims meet at all
	Score    float64 // probability that they meet with this relation
}

// Case is the candidates of a case, ready to be judged.
type Case struct {
	Pairs  [][2]int    // claims
	Inputs [][]float64 // Features of each pair
	Party  []int       // of each claim; the claims of one party are numbered in order
}

// Worth reports whether a candidate, of which only the claims and how it was
// found are known, is worth a closer look.
func (w *Weights) Worth(p *Pair) bool {
	return w.Glance.Probabilities(GlanceFeatures(p))[1] >= w.Keep
}

// Decide judges the pairs of a case.
func (w *Weights) Decide(c Case) []Verdict {
	context := c.Context(w.First)
	out := make([]Verdict, len(c.Pairs))
	for i, x := range c.Inputs {
		out[i] = w.verdict(w.Relation.Probabilities(slices.Concat(x, context[i])), x)
	}
	return out
}

// verdict turns the probabilities of the relations, and the inputs, into a
// verdict.
func (w *Weights) verdict(relations, x []float64) Verdict {
	v := Verdict{Meets: 1 - relations[0], Relation: 1}
	for r := 2; r < len(relations); r++ {
		if relations[r]*w.Favour[r] > relations[v.Relation]*w.Favour[v.Relation] {
			v.Relation = r
		}
	}
	v.Score = relations[v.Relation]
	kinds, best := w.Kind.Probabilities(x), -1.0
	for k := kindRange[v.Relation][0]; k < kindRange[v.Relation][1]; k++ {
		if kinds[k] > best {
			v.Kind, best = k, kinds[k]
		}
	}
	return v
}

// Context gives what the second look sees of each pair besides its inputs.
func (c *Case) Context(first *Regression) [][]float64 {
	meets := make([]float64, len(c.Pairs))
	for i, x := range c.Inputs {
		meets[i] = 1 - first.Probabilities(x)[0]
	}
	return contexts(c.Pairs, meets, c.Party)
}

// Alone judges two claims by themselves: what other claims would tell counts
// as usual.
func (w *Weights) Alone(p *Pair) Verdict {
	p.Alone = true
	x := Features(p)
	return w.verdict(w.First.Probabilities(x), x)
}

// input is one number that the judge looks at.
type input struct {
	name string
	of   func(p *Pair) float64
}

// among names the inputs that only other claims give a meaning to.
var among = map[string]bool{
	"margin": true, "rank": true, "mutual first": true, "gap": true, "smaller gap": true,
	"rare words": true, "words gap": true, "neighbours": true, "apart": true,
}

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func some(n int) float64 { return yes(n > 0) }

func either(p *Pair, t int) float64 {
	return p.A.Claim.TypeProbabilities[t] + p.B.Claim.TypeProbabilities[t]
}

func logit(p float64) float64 {
	p = min(max(p, 1e-4), 1-1e-4)
	return math.Log(p / (1 - p))
}

// meets is the log-probability that two claims meet, from that they do not.
func meets(none float32) float64 { return math.Log(1 - min(math.Exp(float64(none)), 1-1e-6)) }

// rankOf falls from 1 (first) to 0.
func rankOf(n int) float64 { return 1 / float64(1+n) }

// glance is what is known of a candidate before its claims are set side by
// side. Every input is symmetric in A and B but for those that tell narrower
// from broader.
var glance = func() []input {
	list := []input{
		{"similarity", func(p *Pair) float64 { return p.Candidate.Similarity }},
		{"margin", func(p *Pair) float64 { return p.Candidate.Margin }},
		{"rank", func(p *Pair) float64 { return rankOf(p.Candidate.RankA) + rankOf(p.Candidate.RankB) }},
		{"mutual first", func(p *Pair) float64 { return yes(p.Candidate.RankA == 0 && p.Candidate.RankB == 0) }},
		{"gap", func(p *Pair) float64 { return p.Candidate.GapA + p.Candidate.GapB }},
		{"smaller gap", func(p *Pair) float64 { return min(p.Candidate.GapA, p.Candidate.GapB) }},
		{"rare words", func(p *Pair) float64 { return p.Candidate.Words }},
		{"words gap", func(p *Pair) float64 { return p.Candidate.WordsGap }},
		{"neighbours", func(p *Pair) float64 { return p.Candidate.Support }},
		{"apart", func(p *Pair) float64 { return p.Candidate.Apart }},
		{"rows", func(p *Pair) float64 { return p.near.Rows }},
		{"learned", func(p *Pair) float64 { return p.near.Learned }},
		{"sentences", func(p *Pair) float64 { return p.near.Sentence }},
		{"met", func(p *Pair) float64 { return logit(p.A.Claim.Met) + logit(p.B.Claim.Met) }},
		{"less met", func(p *Pair) float64 { return min(logit(p.A.Claim.Met), logit(p.B.Claim.Met)) }},
		{"same type", func(p *Pair) float64 {
			sum := 0.0
			for t, v := range p.A.Claim.TypeProbabilities {
				sum += v * p.B.Claim.TypeProbabilities[t]
			}
			return sum
		}},
		{"length", func(p *Pair) float64 {
			return math.Log(float64(len(p.A.Tokens)+1)) + math.Log(float64(len(p.B.Tokens)+1))
		}},
		{"shorter", func(p *Pair) float64 { return math.Log(float64(min(len(p.A.Tokens), len(p.B.Tokens)) + 1)) }},
		{"longer left", func(p *Pair) float64 {
			return math.Log(float64(len(p.A.Tokens)+1)) - math.Log(float64(len(p.B.Tokens)+1))
		}},
		{"numbers", func(p *Pair) float64 { return yes(len(p.A.Claim.Values) > 0) + yes(len(p.B.Claim.Values) > 0) }},
	}
	for t, name := range nlp.Types {
		list = append(list, input{"type " + string(name), func(p *Pair) float64 { return either(p, t) }})
	}
	return list
}()

// inputs is all that the judge looks at, the glance first.
var inputs = func() []input {
	list := append(slices.Clip(glance), []input{
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
	}...)
	for r := 1; r < len(Relations); r++ {
		list = append(list, input{"read " + Relations[r], func(p *Pair) float64 { return float64(p.Read.Relations[r] - p.Read.Relations[0]) }})
	}
	list = append(list,
		input{"read meets", func(p *Pair) float64 { return meets(p.Read.Relations[0]) }},
		input{"contradicts", func(p *Pair) float64 { return float64(p.Read.Follows[1] + p.Read.Back[1]) }},
		input{"follows", func(p *Pair) float64 { return float64(max(p.Read.Follows[0], p.Read.Back[0])) }},
		input{"neither", func(p *Pair) float64 { return float64(p.Read.Follows[2] + p.Read.Back[2]) }},
	)
	for k := range Kinds {
		list = append(list, input{"read " + Kinds[k], func(p *Pair) float64 { return float64(p.Read.Kinds[k]) }})
	}
	return list
}()

// Names of what the judge looks at, in order.
var (
	GlanceInputs = names(glance)
	Inputs       = names(inputs)
)

func names(list []input) []string {
	out := make([]string, len(list))
	for i, in := range list {
		out[i] = in.name
	}
	return out
}

// AllInputs names the inputs of the second look.
func AllInputs() []string { return slices.Concat(Inputs, contextInputs) }

// GlanceFeatures gives the inputs that a glance at a candidate shows.
func GlanceFeatures(p *Pair) []float64 { return features(glance, p) }

// Features gives the inputs of a pair.
func Features(p *Pair) []float64 { return features(inputs, p) }

func features(list []input, p *Pair) []float64 {
	x := make([]float64, len(list))
	for i, in := range list {
		if p.Alone && among[in.name] {
			x[i] = math.NaN()
		} else {
			x[i] = in.of(p)
		}
	}
	return x
}
