package stats

import (
	"cmp"
	"math"
	"slices"
)

// Word is a word or name that a party uses more than the others do.
type Word struct {
	Party  string
	Word   string
	Count  int     // by the party
	Others int     // by all others
	Odds   float64 // log of the ratio of odds
	Z      float64 // Odds in standard deviations
}

const (
	priorWords = 500 // weight of the prior, in words
	topWords   = 20  // words listed for each party
	leastZ     = 1.96
)

// distinctive finds the words of each party by the log-odds ratio with an
// informative Dirichlet prior of Monroe, Colaresi and Quinn (2008), against
// all other parties together; the prior is the corpus itself, of the weight of
// priorWords words.
func distinctive(parties []string, c counts) []Word {
	total, n := map[string]int{}, 0
	size := map[string]int{}
	for p, words := range c {
		for w, k := range words {
			total[w] += k
			size[p] += k
			n += k
		}
	}
	var out []Word
	for _, p := range parties {
		var list []Word
		for w, k := range c[p] {
			prior := priorWords * float64(total[w]) / float64(n)
			x, rest := float64(k)+prior, float64(size[p])+priorWords
			y, others := float64(total[w]-k)+prior, float64(n-size[p])+priorWords
			odds := math.Log(x/(rest-x)) - math.Log(y/(others-y))
			z := odds / math.Sqrt(1/x+1/y)
			if z >= leastZ && !math.IsInf(z, 0) {
				list = append(list, Word{p, w, k, total[w] - k, odds, z})
			}
		}
		slices.SortFunc(list, func(a, b Word) int {
			return cmp.Or(cmp.Compare(b.Z, a.Z), cmp.Compare(a.Word, b.Word))
		})
		out = append(out, list[:min(len(list), topWords)]...)
	}
	return out
}
