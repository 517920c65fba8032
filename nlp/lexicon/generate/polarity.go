package main

import (
	"math"
	"sort"
	"strings"
	"unicode"
)

// Paradigm words of P. Turney and M. Littman, "Measuring praise and criticism"
// (2003), and the WordNet classes whose members share a judgement.
var (
	goodSeeds = []string{"a good", "a nice", "a excellent", "a positive", "a fortunate", "a correct", "a superior",
		"n good", "n virtue", "n benefit", "n success", "n peace", "n courage", "v praise", "v help", "v protect", "v liberate", "v rescue"}
	badSeeds = []string{"a bad", "a nasty", "a poor", "a negative", "a unfortunate", "a wrong", "a inferior",
		"n crime", "n wrongdoing", "n misfortune", "n harm", "n evil", "n violence", "n failure", "v harm", "v destroy", "v violate", "v terrorize", "v kill", "v condemn"}
)

const (
	rounds    = 8
	threshold = 0.2 // weaker scores are noise
)

// polarity spreads the judgement of the seeds over WordNet's relations and
// glosses (after A. Esuli and F. Sebastiani, "PageRanking WordNet synsets",
// 2007) and returns pos + word -> one signed byte, in hundredths.
func polarity(wn *wordnet) map[string]string {
	score, fixed := map[*synset]float64{}, map[*synset]bool{}
	for sign, seeds := range map[float64][]string{1: goodSeeds, -1: badSeeds} {
		for _, seed := range seeds {
			for _, s := range wn.senses[seed[0]][seed[2:]][:1] {
				score[s.set], fixed[s.set] = sign, true
			}
		}
	}
	glosses := map[*synset][]*synset{}
	for _, s := range wn.order {
		glosses[s] = glossSenses(wn, s.gloss)
	}
	weights := map[string]float64{"&": 1, "^": 0.5, "!": -1, "+": 0.7, "@": 0.6, "=": 0.3, "\\": 0.7, "*": 0.3, ">": 0.3, "$": 0.7}
	for range rounds {
		next := make(map[*synset]float64, len(score))
		for _, s := range wn.order {
			if fixed[s] {
				next[s] = score[s]
				continue
			}
			sum, weight := 0.0, 0.7
			for _, p := range s.ptrs {
				if w, ok := weights[p.symbol]; ok {
					if t := wn.sets[strings.Replace(p.target, "s", "a", 1)]; t != nil {
						sum += w * score[t]
						weight += math.Abs(w) * 0.5
					}
				}
			}
			gloss, n := 0.0, 0
			for _, t := range glosses[s] {
				if v := score[t]; math.Abs(v) > 0.05 {
					gloss += v
					n++
				}
			}
			if n > 0 {
				sum += gloss / float64(n)
				weight++
			}
			next[s] = math.Tanh(1.3 * sum / weight)
		}
		center(wn, next, fixed)
		score = next
	}
	out := map[string]string{}
	for _, p := range partsOfSpeech {
		for w, ss := range wn.senses[p.pos] {
			sum, weight := 0.0, 0.0
			for i, s := range ss {
				c := (float64(s.count) + 0.5) / float64(i+1)
				sum += c * score[s.set]
				weight += c
			}
			if v := sum / weight; math.Abs(v) >= threshold && !strings.Contains(w, " ") {
				out[string(p.pos)+w] = string([]byte{byte(int8(math.Round(v * 100)))})
			}
		}
	}
	return out
}

// center subtracts the mean of each part of speech: praise is the commoner
// word in definitions, and would otherwise flood the graph.
func center(wn *wordnet, score map[*synset]float64, fixed map[*synset]bool) {
	sum, n := map[byte]float64{}, map[byte]float64{}
	for _, s := range wn.order {
		if score[s] != 0 && !fixed[s] {
			sum[s.pos] += score[s]
			n[s.pos]++
		}
	}
	for _, s := range wn.order {
		if score[s] != 0 && !fixed[s] {
			score[s] -= sum[s.pos] / n[s.pos]
		}
	}
}

// glossSenses returns the first senses of the content words of a definition,
// examples left out.
func glossSenses(wn *wordnet, gloss string) []*synset {
	gloss, _, _ = strings.Cut(gloss, `"`)
	words := strings.FieldsFunc(strings.ToLower(gloss), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
	var out []*synset
	negated := false
	for _, w := range words {
		if w == "not" || w == "no" || w == "without" || w == "lack" || w == "lacking" || w == "free" || w == "absence" {
			negated = true
		}
		for _, pos := range []byte("anv") {
			if ss := wn.senses[pos][w]; len(ss) > 0 && len(w) > 3 {
				out = append(out, ss[0].set)
				break
			}
		}
	}
	if negated {
		return nil // what is denied says too little
	}
	sort.Slice(out, func(i, j int) bool { return out[i].key < out[j].key })
	return out
}
