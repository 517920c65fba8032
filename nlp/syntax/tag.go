package syntax

import "strings"

// tagger assigns each token a Penn tag together with a universal part of
// speech: one class for each pair that the training data has. It reads from
// left to right; the features are those of Ratnaparkhi (1996) and Collins
// (2002), extended by shapes, longer affixes and a wider window.
type tagger struct {
	classes []string // "NN|NOUN"
	weights weights
	lexicon table // hash of a lower-cased word to the set of its usual classes
}

// tagFeatures appends the features of token i, given the classes of the two
// tokens before it. words is padded: words[i+2] is token i.
func tagFeatures(out []uint64, words []word, i int, t1, t2 int) []uint64 {
	w := &words[i+2]
	p1, p2, n1, n2 := &words[i+1], &words[i], &words[i+3], &words[i+4]
	a, b := uint64(t1+3), uint64(t2+3)
	template := uint64(0)
	add := func(h uint64) {
		out = append(out, h)
	}
	next := func() uint64 { template++; return template * 0xD6E8FEB86659FD93 }
	add(next())
	add(mix(next(), w.form))
	add(mix(next(), w.lower))
	add(mix(next(), w.shape))
	for k := range w.prefix {
		if h := next(); k < 4 && w.prefix[k] != 0 {
			add(mix(h, w.prefix[k]))
		}
	}
	for k := range w.suffix {
		h, g := next(), next()
		if w.suffix[k] != 0 {
			add(mix(h, w.suffix[k]))
			if k == 1 || k == 2 {
				add(mix(mix(g, w.suffix[k]), a))
			}
		}
	}
	add(mix(mix(next(), w.suffix[2]), w.shape))
	add(mix(next(), a))
	add(mix(mix(next(), a), b))
	add(mix(mix(next(), a), w.lower))
	add(mix(mix(next(), a), w.shape))
	add(mix(next(), p1.lower))
	add(mix(next(), p2.lower))
	add(mix(next(), n1.lower))
	add(mix(next(), n2.lower))
	add(mix(mix(next(), p1.lower), w.lower))
	add(mix(mix(next(), w.lower), n1.lower))
	add(mix(mix(next(), p1.lower), n1.lower))
	add(mix(mix(next(), n1.lower), n2.lower))
	add(mix(mix(next(), a), n1.lower))
	add(mix(next(), n1.suffix[1]))
	add(mix(next(), n1.suffix[2]))
	add(mix(next(), p1.suffix[2]))
	add(mix(next(), n1.shape))
	add(mix(next(), p1.shape))
	add(mix(mix(mix(next(), p1.shape), w.shape), n1.shape))
	add(mix(mix(mix(next(), a), b), w.lower))
	add(mix(next(), n1.usual))
	add(mix(next(), n2.usual))
	add(mix(next(), w.usual))
	add(mix(mix(next(), w.usual), a))
	add(mix(mix(mix(next(), w.usual), a), b))
	add(mix(mix(next(), a), n1.usual))
	add(mix(mix(next(), w.lower), n1.usual))
	add(mix(mix(next(), w.usual), n1.usual))
	add(mix(mix(mix(next(), w.usual), a), n1.usual))
	add(mix(mix(mix(next(), w.lower), a), n1.usual))
	add(mix(mix(mix(next(), w.usual), n1.usual), n2.usual))
	add(mix(mix(mix(next(), a), n1.usual), n2.usual))
	add(mix(mix(mix(next(), w.suffix[2]), a), n1.usual))
	return out
}

// wordsOf gives the words of a sentence between two pads on each side.
func (t *tagger) wordsOf(words []word, tokens []Token) []word {
	words = append(words[:0], noWord, noWord)
	for i := range tokens {
		w := newWord(tokens[i].Text)
		if set, ok := t.lexicon.find(w.lower); ok {
			w.usual = uint64(set) + 1000
		} else {
			w.usual = mix(w.shape, w.suffix[1])
		}
		words = append(words, w)
	}
	return append(words, noWord, noWord)
}

func (t *tagger) tag(tokens []Token, words []word) {
	scores := make([]int32, len(t.classes))
	features := make([]uint64, 0, 64)
	t1, t2 := -1, -1
	for i := range tokens {
		features = tagFeatures(features[:0], words, i, t1, t2)
		t.weights.score(features, scores)
		best := argmax(scores)
		tokens[i].XPOS, tokens[i].UPOS, _ = strings.Cut(t.classes[best], "|")
		t1, t2 = best, t1
	}
}
