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
var inference = append([]input{
	{"follows", follows},
	{"contradicts", contradicts},
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
}, natural...)

// few is up to how many edits two claims are all but the same.
const few = 2

// natural is what natural logic says of a pair.
var natural = func() []input {
	list := []input{
		{"implies", func(p *Pair) float64 { return yes(p.natural.implies) }},
		{"excludes", func(p *Pair) float64 { return yes(p.natural.excludes) }},
		{"implied", func(p *Pair) float64 { return yes(p.natural.Basic == evidence.Broader) }},
		{"covers", func(p *Pair) float64 { return yes(p.natural.Basic == evidence.Covering) }},
		{"part excludes", func(p *Pair) float64 { return yes(p.natural.partly) }},
		{"only a part excludes", func(p *Pair) float64 { return yes(p.natural.partly && p.natural.Basic == evidence.Independent) }},
		{"edits", func(p *Pair) float64 { return math.Log1p(float64(p.natural.edits)) }},
		{"open edits", func(p *Pair) float64 { return math.Log1p(float64(p.natural.open)) }},
		{"strange edits", func(p *Pair) float64 { return math.Log1p(float64(p.natural.how[evidence.Strange])) }},
		{"same units", func(p *Pair) float64 { return math.Log1p(float64(p.natural.Shared)) }},
		{"share of same units", func(p *Pair) float64 {
			return float64(p.natural.Shared) / float64(p.natural.Shared+len(p.natural.Edits)+1)
		}},
		{"left out", func(p *Pair) float64 { return math.Log1p(float64(p.natural.how[evidence.Left])) }},
		{"added", func(p *Pair) float64 { return math.Log1p(float64(p.natural.how[evidence.Added])) }},
	}
	for _, e := range editSorts {
		list = append(list, input{e.name, func(p *Pair) float64 { return yes(p.natural.has(e.is)) }})
	}
	for _, e := range editSorts {
		list = append(list, input{"only " + e.name, func(p *Pair) float64 { return yes(p.natural.edits == 1 && p.natural.has(e.is)) }})
	}
	for _, c := range []struct {
		name string
		is   func(n *naturalLogic) bool
	}{
		{"decided", func(n *naturalLogic) bool { return n.Basic != evidence.Independent }},
		{"no open edit", func(n *naturalLogic) bool { return n.open == 0 }},
		{"one edit", func(n *naturalLogic) bool { return n.edits == 1 }},
		{"few edits", func(n *naturalLogic) bool { return n.edits <= few }},
	} {
		list = append(list,
			input{"follows, " + c.name, func(p *Pair) float64 { return yes(c.is(p.natural)) * follows(p) }},
			input{"contradicts, " + c.name, func(p *Pair) float64 { return yes(c.is(p.natural)) * contradicts(p) }},
		)
	}
	return append(list,
		input{"implies, few edits", func(p *Pair) float64 { return yes(p.natural.implies && p.natural.edits <= few) }},
		input{"excludes, few edits", func(p *Pair) float64 { return yes(p.natural.excludes && p.natural.edits <= few) }},
		input{"implied, few edits", func(p *Pair) float64 { return yes(p.natural.Basic == evidence.Broader && p.natural.edits <= few) }},
		input{"few edits", func(p *Pair) float64 { return yes(p.natural.edits <= few) }},
	)
}()

// editSorts tells the edits apart by how surely one word keeps out another.
var editSorts = []struct {
	name string
	is   func(e *evidence.Edit) bool
}{
	{"listed excludes", func(e *evidence.Edit) bool { return e.How == evidence.Listed && e.Holds == evidence.Exclusive }},
	{"sibling things", func(e *evidence.Edit) bool {
		return e.How == evidence.Siblings && e.Holds == evidence.Exclusive && e.Concrete
	}},
	{"siblings", func(e *evidence.Edit) bool {
		return e.How == evidence.Siblings && e.Holds == evidence.Exclusive && !e.Concrete
	}},
	{"kindred things", func(e *evidence.Edit) bool {
		return e.How == evidence.Kindred && e.Holds == evidence.Exclusive && e.Concrete
	}},
	{"kindred", func(e *evidence.Edit) bool {
		return e.How == evidence.Kindred && e.Holds == evidence.Exclusive && !e.Concrete
	}},
	{"strange things", func(e *evidence.Edit) bool { return e.How == evidence.Strange && e.Concrete }},
	{"strange", func(e *evidence.Edit) bool { return e.How == evidence.Strange && !e.Concrete }},
	{"narrower", func(e *evidence.Edit) bool { return e.How != evidence.Function && e.Holds == evidence.Narrower }},
	{"broader", func(e *evidence.Edit) bool { return e.How != evidence.Function && e.Holds == evidence.Broader }},
	{"denial", func(e *evidence.Edit) bool { return e.Holds == evidence.Denial }},
	{"turned", func(e *evidence.Edit) bool { return e.Holds != e.Basic }},
}

// naturalLogic is what natural logic makes of a pair, counted.
type naturalLogic struct {
	evidence.Natural
	how     [evidence.HowMany]int
	edits   int // but for words that only join others
	open    int // of which nothing follows
	implies bool
	// excludes: both cannot hold; partly: a part of them cannot, and nothing
	// else is open.
	excludes, partly bool
}

func newNaturalLogic(a, b *evidence.Parts) *naturalLogic {
	n := &naturalLogic{Natural: evidence.Follow(a, b)}
	for i := range n.Edits {
		e := &n.Edits[i]
		n.how[e.How]++
		if e.Holds == evidence.Independent {
			n.open++
		}
		if e.Holds == evidence.Exclusive || e.Holds == evidence.Denial {
			n.partly = true
		}
	}
	n.edits = len(n.Edits) - n.how[evidence.Function]
	n.partly = n.partly && n.open == 0
	n.implies = n.Basic == evidence.Equal || n.Basic == evidence.Narrower
	n.excludes = n.Basic == evidence.Denial || n.Basic == evidence.Exclusive
	return n
}

func (n *naturalLogic) has(is func(*evidence.Edit) bool) bool {
	for i := range n.Edits {
		if is(&n.Edits[i]) {
			return true
		}
	}
	return false
}

func follows(p *Pair) float64     { return float64(p.Read.Follows[0] - p.Read.Follows[2]) }
func contradicts(p *Pair) float64 { return float64(p.Read.Follows[1] - p.Read.Follows[2]) }

// InferenceInputs names what an Inference looks at, in order.
var InferenceInputs = names(inference)

// InferenceFeatures gives the inputs of a pair, the premise being A.
func InferenceFeatures(p *Pair) []float64 {
	p.natural = newNaturalLogic(p.A, p.B)
	return features(inference, p)
}
