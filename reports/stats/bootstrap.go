package stats

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// ratio is what one case adds to a rate: so many of so many.
type ratio struct{ part, whole float64 }

// Rate is a share with its 95 % confidence interval.
type Rate struct {
	Value     float64 // NaN if there is nothing to divide by
	Low, High float64 // NaN if there are fewer than two cases
}

// resamples of the bootstrap.
const resamples = 1000

// rate is the share over all cases, with a percentile interval from a
// bootstrap over cases: claims of one case depend on each other, cases do not.
// The name of the measure seeds it, so that no measure depends on another.
func rate(name string, cases []ratio) Rate {
	cases = slices.DeleteFunc(slices.Clone(cases), func(r ratio) bool { return r.whole == 0 })
	sum := ratio{}
	for _, c := range cases {
		sum.part += c.part
		sum.whole += c.whole
	}
	nan := math.NaN()
	if sum.whole == 0 {
		return Rate{nan, nan, nan}
	}
	out := Rate{sum.part / sum.whole, nan, nan}
	if len(cases) < 2 {
		return out
	}
	h := fnv.New64a()
	fmt.Fprint(h, name)
	r := rand.New(rand.NewPCG(h.Sum64(), uint64(len(cases))))
	values := make([]float64, resamples)
	for i := range values {
		s := ratio{}
		for range cases {
			c := &cases[r.IntN(len(cases))]
			s.part += c.part
			s.whole += c.whole
		}
		values[i] = s.part / s.whole
	}
	slices.Sort(values)
	out.Low = stat.Quantile(0.025, stat.Empirical, values, nil)
	out.High = stat.Quantile(0.975, stat.Empirical, values, nil)
	return out
}
