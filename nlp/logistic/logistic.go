// Package logistic fits multinomial logistic regressions over named features,
// of which an example has few, and reads them: the probability of each class,
// and which features speak for it most.
package logistic

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"gonum.org/v1/gonum/optimize"
)

// Feature is one thing that is seen in an example, and how much of it.
type Feature struct {
	Name  string
	Value float64
}

// Model gives class c the odds exp(bias[c] + Σ value·weight[c]).
type Model struct {
	classes []string
	bias    []float64
	names   []string  // sorted
	weights []float32 // by feature, then class
	number  map[string]int32
}

// Classes of the model, in order.
func (m *Model) Classes() []string { return m.classes }

// Probabilities of the classes for one example. A feature that the model does
// not know counts for nothing.
func (m *Model) Probabilities(x []Feature) []float64 {
	out := slices.Clone(m.bias)
	k := len(out)
	for _, f := range x {
		if i, ok := m.number[f.Name]; ok {
			for c, w := range m.weights[int(i)*k : (int(i)+1)*k] {
				out[c] += f.Value * float64(w)
			}
		}
	}
	softmax(out)
	return out
}

func softmax(x []float64) {
	top, sum := slices.Max(x), 0.0
	for i, v := range x {
		x[i] = math.Exp(v - top)
		sum += x[i]
	}
	for i := range x {
		x[i] /= sum
	}
}

// Reason is a feature with how much it raises the log-odds of a class above
// the mean of the classes.
type Reason struct {
	Name   string
	Weight float64
}

// Reasons are the features that speak most for class c, the strongest first,
// at most n.
func (m *Model) Reasons(x []Feature, c, n int) []Reason {
	var out []Reason
	k := len(m.classes)
	for _, f := range x {
		i, ok := m.number[f.Name]
		if !ok {
			continue
		}
		w := m.weights[int(i)*k : (int(i)+1)*k]
		mean := 0.0
		for _, v := range w {
			mean += float64(v) / float64(k)
		}
		if by := f.Value * (float64(w[c]) - mean); by > 0 {
			out = append(out, Reason{f.Name, by})
		}
	}
	slices.SortFunc(out, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), strings.Compare(a.Name, b.Name))
	})
	return out[:min(n, len(out))]
}

// Strongest are the features of value 1 that speak most for class c, whatever
// the example, at most n.
func (m *Model) Strongest(c, n int) []Reason {
	all := make([]Feature, len(m.names))
	for i, name := range m.names {
		all[i] = Feature{name, 1}
	}
	return m.Reasons(all, c, n)
}

// Example is what Fit learns from.
type Example struct {
	Features []Feature
	Class    int
	Weight   float64 // how much it counts; 1 is usual
}

// Options of Fit.
type Options struct {
	L2   float64 // penalty of the squared weights, but not of the biases
	Seen int     // examples that a feature must occur in
}

// Fit fits a model by maximum likelihood with an L2 penalty (L-BFGS). The
// result depends on the arguments alone.
func Fit(classes []string, examples []Example, o Options) (*Model, error) {
	if len(examples) == 0 || len(classes) < 2 {
		return nil, errors.New("fit: examples of at least two classes are needed")
	}
	m := vocabulary(classes, examples, o.Seen)
	k := len(classes)
	// Rows of features, one after the other.
	var column []int32
	var value []float64
	start := []int{0}
	for _, e := range examples {
		for _, f := range e.Features {
			if i, ok := m.number[f.Name]; ok && f.Value != 0 {
				column, value = append(column, i), append(value, f.Value)
			}
		}
		start = append(start, len(column))
	}
	size := k * (len(m.names) + 1) // the biases come first
	loss := func(w, g []float64) float64 {
		clear(g)
		total := 0.0
		p := make([]float64, k)
		for i, e := range examples {
			copy(p, w[:k])
			for j := start[i]; j < start[i+1]; j++ {
				at := k * (int(column[j]) + 1)
				for c, v := range w[at : at+k] {
					p[c] += value[j] * v
				}
			}
			softmax(p)
			total -= e.Weight * math.Log(max(p[e.Class], 1e-300))
			p[e.Class]--
			for c := range p {
				p[c] *= e.Weight
				g[c] += p[c]
			}
			for j := start[i]; j < start[i+1]; j++ {
				at := k * (int(column[j]) + 1)
				for c, v := range p {
					g[at+c] += value[j] * v
				}
			}
		}
		for i := k; i < size; i++ {
			total += o.L2 / 2 * w[i] * w[i]
			g[i] += o.L2 * w[i]
		}
		return total
	}
	scratch := make([]float64, size)
	result, err := optimize.Minimize(optimize.Problem{
		Func: func(w []float64) float64 { return loss(w, scratch) },
		Grad: func(g, w []float64) { loss(w, g) },
	}, make([]float64, size), &optimize.Settings{
		MajorIterations: 150,
		Converger:       &optimize.FunctionConverge{Absolute: 1e-3, Relative: 1e-5, Iterations: 5},
	}, &optimize.LBFGS{})
	if result == nil {
		return nil, fmt.Errorf("fit: %w", err)
	}
	m.bias = slices.Clone(result.X[:k])
	for i := range m.weights {
		m.weights[i] = float32(result.X[k+i])
	}
	return m, nil
}

// vocabulary is a model without weights of the features that occur often
// enough.
func vocabulary(classes []string, examples []Example, seen int) *Model {
	count := map[string]int{}
	for _, e := range examples {
		for _, f := range e.Features {
			count[f.Name]++
		}
	}
	m := &Model{classes: classes, bias: make([]float64, len(classes))}
	for name, n := range count {
		if n >= seen {
			m.names = append(m.names, name)
		}
	}
	sort.Strings(m.names)
	m.weights = make([]float32, len(m.names)*len(classes))
	m.index()
	return m
}

func (m *Model) index() {
	m.number = make(map[string]int32, len(m.names))
	for i, name := range m.names {
		m.number[name] = int32(i)
	}
}

// Choose picks the penalty that gives held-out examples their classes most
// often: each fold is answered by a model fitted on the others. fold has the
// fold of each example.
func Choose(classes []string, examples []Example, fold []int, seen int, penalties []float64) (best float64, right []float64, err error) {
	folds := slices.Max(fold) + 1
	for _, l2 := range penalties {
		sum, all := 0.0, 0.0
		for f := range folds {
			var train []Example
			for i, e := range examples {
				if fold[i] != f {
					train = append(train, e)
				}
			}
			m, err := Fit(classes, train, Options{L2: l2, Seen: seen})
			if err != nil {
				return 0, nil, err
			}
			for i, e := range examples {
				if fold[i] != f {
					continue
				}
				all += e.Weight
				p := m.Probabilities(e.Features)
				if slices.Index(p, slices.Max(p)) == e.Class {
					sum += e.Weight
				}
			}
		}
		right = append(right, sum/all)
	}
	return penalties[slices.Index(right, slices.Max(right))], right, nil
}

// Bytes writes the model, without the features that hardly count: none of
// their weights reaches least. A weight takes one byte; a name is written as
// how much of it is as in the name before, and the rest.
func (m *Model) Bytes(least float64) []byte {
	k := len(m.classes)
	text := func(out []byte, s string) []byte {
		return append(binary.AppendUvarint(out, uint64(len(s))), s...)
	}
	number := func(out []byte, v float64) []byte {
		return binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(v)))
	}
	out := binary.AppendUvarint(nil, uint64(k))
	for c, name := range m.classes {
		out = number(text(out, name), m.bias[c])
	}
	before := ""
	for i, name := range m.names {
		w := m.weights[i*k : (i+1)*k]
		top := 0.0
		for _, v := range w {
			top = max(top, math.Abs(float64(v)))
		}
		if top < least || top == 0 {
			continue
		}
		same := 0
		for same < min(len(name), len(before), 255) && name[same] == before[same] {
			same++
		}
		out = number(text(append(out, byte(same)), name[same:]), top/127)
		before = name
		for _, v := range w {
			out = append(out, byte(int8(math.Round(float64(v)/top*127))))
		}
	}
	return out
}

// MarshalJSON writes the model for people and other programs: classes, their
// biases, and the weights of each feature.
func (m *Model) MarshalJSON() ([]byte, error) {
	k := len(m.classes)
	features := make(map[string][]float32, len(m.names))
	for i, name := range m.names {
		features[name] = m.weights[i*k : (i+1)*k]
	}
	return json.Marshal(struct {
		Classes  []string             `json:"classes"`
		Bias     []float64            `json:"bias"`
		Features map[string][]float32 `json:"features"`
	}{m.classes, m.bias, features})
}

// Open reads a model that Bytes wrote.
func Open(data []byte) (*Model, error) {
	broken := errors.New("logistic: not a model, or cut off")
	text := func() (string, bool) {
		n, size := binary.Uvarint(data)
		if size <= 0 || n > uint64(len(data)-size) {
			return "", false
		}
		s := string(data[size : size+int(n)])
		data = data[size+int(n):]
		return s, true
	}
	number := func() (float64, bool) {
		if len(data) < 4 {
			return 0, false
		}
		v := math.Float32frombits(binary.LittleEndian.Uint32(data))
		data = data[4:]
		return float64(v), !math.IsNaN(float64(v)) && !math.IsInf(float64(v), 0)
	}
	k, size := binary.Uvarint(data)
	if size <= 0 || k < 2 || k > 1000 {
		return nil, broken
	}
	data = data[size:]
	m := &Model{}
	for range k {
		name, ok := text()
		bias, fine := number()
		if !ok || !fine {
			return nil, broken
		}
		m.classes, m.bias = append(m.classes, name), append(m.bias, bias)
	}
	before := ""
	for len(data) > 0 {
		same := int(data[0])
		data = data[1:]
		rest, ok := text()
		scale, fine := number()
		if !ok || !fine || len(data) < int(k) || same > len(before) || before[:same]+rest <= before {
			return nil, broken
		}
		name := before[:same] + rest
		before = name
		m.names = append(m.names, name)
		for _, b := range data[:k] {
			m.weights = append(m.weights, float32(float64(int8(b))*scale))
		}
		data = data[k:]
	}
	m.index()
	return m, nil
}
