package nlp

import (
	_ "embed"
	"errors"
	"fmt"
	"math"
	"sync"
	"unsafe"

	"counterclaim/nlp/embedding"
)

//go:embed model.bin
var modelFile string

// Model is a sentence encoder and what was learned on it from annotated
// statements: which words make a claim, of which type it is, whether it is
// reported, and where it lies in a space where claims about one point lie
// close. It is safe for concurrent use.
type Model struct {
	enc    *embedding.Model
	middle int // layers before states.middle
	recall recall
}

// OpenModel reads a model file. The weights are used in place: data must not
// change.
func OpenModel(data []byte) (*Model, error) {
	enc, err := embedding.Open(data)
	if err != nil {
		return nil, err
	}
	m := &Model{enc: enc}
	middle, _ := enc.Tensor("middle")
	if len(middle) != 1 || middle[0] < 1 || int(middle[0]) > enc.Text {
		return nil, errors.New(`model: no good tensor "middle": not a model of claims`)
	}
	m.middle = int(middle[0])
	for head, in := range map[string]int{
		"claim.word": 2*enc.Dim + wordMarks, "claim.near": claimNear, "claim.tag": claimHidden,
		"type.in": 3 * enc.Dim, "type.out": claimHidden,
		"pair.place": 2 * enc.Dim, "pair.claim": 2 * enc.Dim, "pair.both": pairIn, "pair.relation": pairNets * pairHidden,
		"align.word": 2 * enc.Dim, "align.compare": alignIn, "align.both": 2 * alignWord, "align.out": alignHidden, "align.turn": 2 * alignWord,
	} {
		if m.enc.Dense(head, make([]float32, in)) == nil {
			return nil, fmt.Errorf("model: no head %q of %d inputs: not a model of claims", head, in)
		}
	}
	return m, nil
}

// DefaultModel is the model in the binary.
var DefaultModel = sync.OnceValue(func() *Model {
	// The weights are only read, so the string's bytes serve as they are.
	m, err := OpenModel(unsafe.Slice(unsafe.StringData(modelFile), len(modelFile)))
	if err != nil {
		panic("the model in the binary is broken: " + err.Error())
	}
	return m
})

// dense applies a head, then the rectifier.
func (m *Model) dense(head string, x []float32) []float32 {
	y := m.enc.Dense(head, x)
	for i, v := range y {
		y[i] = max(v, 0)
	}
	return y
}

// logSoftmax turns scores into log-probabilities, in place.
func logSoftmax(x []float32) {
	top := x[0]
	for _, v := range x {
		top = max(top, v)
	}
	var sum float64
	for _, v := range x {
		sum += math.Exp(float64(v - top))
	}
	l := top + float32(math.Log(sum))
	for i := range x {
		x[i] -= l
	}
}

// normalise scales x to length 1; zeros stay.
func normalise(x []float32) {
	var sum float64
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	if sum == 0 {
		return
	}
	n := float32(1 / math.Sqrt(sum))
	for i := range x {
		x[i] *= n
	}
}
