// Package judge decides what a candidate pair is: unrelated, or agreeing,
// conflicting, or the same thing in rival words, why, and how surely. A
// regression fitted on annotated cases weighs the evidence with what the
// encoder makes of the two claims.
package judge

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/optimize"
)

// Regression is a multinomial logistic regression over standardised inputs:
// P(class) is proportional to exp(bias + Σ weight·(x-mean)/scale).
type Regression struct {
	Classes []string    `json:"classes"`
	Inputs  []string    `json:"inputs"`
	Mean    []float64   `json:"mean"`
	Scale   []float64   `json:"scale"`
	Weights [][]float64 `json:"weights"` // by class, then input; the last is the bias
}

// Probabilities of the classes for one example; a NaN input counts as its
// mean.
func (r *Regression) Probabilities(x []float64) []float64 {
	out := make([]float64, len(r.Weights))
	top := math.Inf(-1)
	for c, w := range r.Weights {
		s := w[len(x)]
		for j, v := range x {
			if !math.IsNaN(v) {
				s += w[j] * (v - r.Mean[j]) / r.Scale[j]
			}
		}
		out[c] = s
		top = max(top, s)
	}
	sum := 0.0
	for c := range out {
		out[c] = math.Exp(out[c] - top)
		sum += out[c]
	}
	for c := range out {
		out[c] /= sum
	}
	return out
}

// Contribution is how much input j moves the odds of class c against class
// against, in logits.
func (r *Regression) Contribution(x []float64, j, c, against int) float64 {
	if math.IsNaN(x[j]) {
		return 0
	}
	return (r.Weights[c][j] - r.Weights[against][j]) * (x[j] - r.Mean[j]) / r.Scale[j]
}

// Fit fits a regression by maximum likelihood with an L2 penalty of l2 on
// every weight but the biases (L-BFGS). labels are classes, by number; ^c says
// of an example only that it is not of class c.
func Fit(classes, inputs []string, x [][]float64, labels []int, l2 float64) (*Regression, error) {
	if len(x) == 0 || len(x) != len(labels) {
		return nil, errors.New("fit: no examples")
	}
	n, k := len(inputs), len(classes)
	r := &Regression{Classes: classes, Inputs: inputs, Mean: make([]float64, n), Scale: make([]float64, n)}
	for j := range n {
		var sum, sq float64
		for _, row := range x {
			sum += row[j]
			sq += row[j] * row[j]
		}
		m := sum / float64(len(x))
		r.Mean[j] = m
		r.Scale[j] = math.Sqrt(max(sq/float64(len(x))-m*m, 0))
		if r.Scale[j] < 1e-9 {
			r.Scale[j] = 1
		}
	}
	z := make([]float64, 0, len(x)*(n+1))
	for _, row := range x {
		for j, v := range row {
			z = append(z, (v-r.Mean[j])/r.Scale[j])
		}
		z = append(z, 1)
	}
	width := n + 1
	// loss returns the penalised negative log-likelihood and adds its
	// gradient to g.
	loss := func(w, g []float64) float64 {
		for i := range g {
			g[i] = 0
		}
		p := make([]float64, k)
		total := 0.0
		for i, label := range labels {
			row := z[i*width : (i+1)*width]
			top := math.Inf(-1)
			for c := range k {
				s := 0.0
				for j, v := range row {
					s += w[c*width+j] * v
				}
				p[c] = s
				top = max(top, s)
			}
			sum := 0.0
			for c := range p {
				p[c] = math.Exp(p[c] - top)
				sum += p[c]
			}
			right := p[max(label, 0)] / sum
			if label < 0 {
				right = 1 - p[^label]/sum
			}
			right = max(right, 1e-30)
			total -= math.Log(right)
			for c := range p {
				d := p[c] / sum
				if c == label {
					d--
				} else if label < 0 && c != ^label {
					d -= d / right
				}
				for j, v := range row {
					g[c*width+j] += d * v
				}
			}
		}
		for c := range k {
			for j := range n {
				v := w[c*width+j]
				total += l2 / 2 * v * v
				g[c*width+j] += l2 * v
			}
		}
		return total
	}
	g := make([]float64, k*width)
	problem := optimize.Problem{
		Func: func(w []float64) float64 { return loss(w, g) },
		Grad: func(grad, w []float64) { loss(w, grad) },
	}
	result, err := optimize.Minimize(problem, make([]float64, k*width),
		&optimize.Settings{MajorIterations: 200, Converger: &optimize.FunctionConverge{Absolute: 1e-4, Relative: 1e-6, Iterations: 5}}, &optimize.LBFGS{})
	if result == nil {
		return nil, err
	}
	for c := range k {
		r.Weights = append(r.Weights, result.X[c*width:(c+1)*width])
	}
	return r, nil
}
