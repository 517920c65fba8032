// Package agreement measures how far coders who labelled the same units
// agree beyond chance: percent agreement, Cohen's kappa for two coders,
// Krippendorff's alpha for any number, with confidence intervals.
//
// The law of the package: it knows labels only, and its figures do not depend
// on the order of the units; where nothing can be measured, it says so
// instead of giving a number.
package agreement

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Unit is what the coders labelled: one label each, empty where a coder gave
// none.
type Unit []string

// Figure is a measure with its confidence interval. Of is how many units it
// rests on; it is no number (OK is false) where they do not allow one: no
// unit was labelled twice, or all labels are the same, so that nothing can be
// told from chance.
type Figure struct {
	Value     float64
	Low, High float64 // of the 95 % interval
	Of        int
	OK        bool
}

// Percent is the share of units on which coders a and b agree, of those that
// both labelled.
func Percent(units []Unit, a, b int) Figure {
	return measure(units, []int{a, b}, func(us []Unit) (float64, bool) {
		n, same := 0, 0
		for _, u := range us {
			n++
			if u[a] == u[b] {
				same++
			}
		}
		return float64(same) / float64(n), n > 0
	})
}

// Kappa is Cohen's kappa of coders a and b (Cohen 1960), on the units that
// both labelled.
func Kappa(units []Unit, a, b int) Figure {
	return measure(units, []int{a, b}, func(us []Unit) (float64, bool) {
		n, same := float64(len(us)), 0.0
		of := map[string][2]float64{}
		for _, u := range us {
			if u[a] == u[b] {
				same++
			}
			x := of[u[a]]
			x[0]++
			of[u[a]] = x
			y := of[u[b]]
			y[1]++
			of[u[b]] = y
		}
		chance := 0.0
		for _, c := range of {
			chance += c[0] * c[1] // whole numbers: the order of the sum does not matter
		}
		chance /= n * n
		if n == 0 || chance == 1 {
			return 0, false
		}
		return (same/n - chance) / (1 - chance), true
	})
}

// Alpha is Krippendorff's alpha for nominal labels (Krippendorff 2011), of
// all coders, on the units that two or more of them labelled.
func Alpha(units []Unit) Figure {
	return measure(units, nil, func(us []Unit) (float64, bool) {
		total, of := 0.0, map[string]float64{}
		disagree := 0.0
		for _, u := range us {
			here, m := map[string]float64{}, 0.0
			for _, label := range u {
				if label != "" {
					here[label]++
					of[label]++
					m++
				}
			}
			total += m
			same := 0.0
			for _, n := range here {
				same += n * (n - 1)
			}
			disagree += (m*(m-1) - same) / (m - 1)
		}
		same := 0.0
		for _, n := range of {
			same += n * (n - 1)
		}
		chance := total*(total-1) - same
		if total < 2 || chance == 0 {
			return 0, false
		}
		return 1 - (total-1)*disagree/chance, true
	})
}

// Resampling: 95 % of the measures of so many samples of the units, drawn
// with replacement, lie in the interval (Efron 1979). The seed is fixed, so
// that figures can be made again.
const (
	samples = 2000
	seed    = 20310504
)

// measure takes a measure of the units that the coders labelled (or, with no
// coders named, that two or more labelled), and its interval.
func measure(units []Unit, coders []int, of func([]Unit) (float64, bool)) Figure {
	var us []Unit
	for _, u := range units {
		n := 0
		for i, label := range u {
			if label != "" && (coders == nil || slices.Contains(coders, i)) {
				n++
			}
		}
		if n >= 2 {
			us = append(us, u)
		}
	}
	slices.SortFunc(us, func(a, b Unit) int { return slices.Compare(a, b) })
	f := Figure{Of: len(us)}
	if len(us) == 0 {
		return f
	}
	if f.Value, f.OK = of(us); !f.OK {
		return f
	}
	random := rand.New(rand.NewPCG(seed, seed)) //nolint:gosec // a sample, not a secret
	var values []float64
	sample := make([]Unit, len(us))
	for range samples {
		for i := range sample {
			sample[i] = us[random.IntN(len(us))]
		}
		if v, ok := of(sample); ok {
			values = append(values, v)
		}
	}
	f.Low, f.High = f.Value, f.Value
	if len(values) > 0 {
		slices.Sort(values)
		at := func(share float64) float64 { return values[int(math.Round(share*float64(len(values)-1)))] }
		f.Low, f.High = at(0.025), at(0.975)
	}
	return f
}
