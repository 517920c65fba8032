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

// Model is a sentence encoder and what was learned with it from annotated
// statements: which words make a claim, of which type it is, whether it is
// reported, where it lies in a space where claims about one point lie close,
// and, by upper layers that read two claims together, what they are to each
// other. It is safe for concurrent use.
type Model struct {
	enc    *embedding.Model
	roles  []float32 // the row that sums up a pair, and what is added to the rows of its claims
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
	m.roles, _ = enc.Tensor("roles")
	if len(m.roles) != 3*enc.Dim || enc.Layers == enc.Text {
		return nil, errors.New("model: no upper layers that read pairs: not a model of claims")
	}
	for head, in := range map[string]int{
		"claim.word": enc.Dim + wordMarks, "claim.near": claimNear, "claim.tag": claimHidden,
		"type.in": 2 * enc.Dim, "type.out": claimHidden, "place": enc.Dim, "pair.both": 3 * enc.Dim, "pair.out": 2 * claimHidden,
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
