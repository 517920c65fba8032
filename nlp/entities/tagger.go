package entities

import (
	_ "embed"
	"strings"
)

// labels are the tags of the name tagger: outside, and begin and inside of
// each type of name. "other" names something of no type that we tell apart
// (a product, a language).
var labels = []string{"O", "B-person", "I-person", "B-organization", "I-organization", "B-place", "I-place", "B-event", "I-event", "B-other", "I-other"}

const outside = 0

// follows reports whether label b may stand after label a: inside only after
// begin or inside of the same type.
func follows(a, b int) bool {
	return b%2 == 1 || b == outside || a == b || a == b-1
}

// The model is one signed byte for each label and each slot of a hash table,
// then one for each pair of labels: the weights of an averaged structured
// perceptron (Collins 2002), divided so that they fit.
const (
	slots     = 1 << 18
	slotBytes = slots * 11
)

//go:embed names.bin
var weights string

// scores adds up the weights of the features at each position.
func scores(words []word) [][]int32 {
	out := make([][]int32, len(words))
	all := make([]int32, len(words)*len(labels))
	var feats []uint32
	for i := range words {
		row := all[i*len(labels) : (i+1)*len(labels)]
		feats = features(feats[:0], words, i)
		for _, f := range feats {
			w := weights[int(f%slots)*len(labels):]
			for l := range row {
				row[l] += int32(int8(w[l]))
			}
		}
		out[i] = row
	}
	return out
}

// best finds the best sequence of labels (Viterbi).
func best(rows [][]int32, transition func(a, b int) int32) []int {
	n, k := len(rows), len(labels)
	if n == 0 {
		return nil
	}
	back := make([][11]int8, n)
	score := make([]int32, k)
	next := make([]int32, k)
	for b := range k {
		score[b] = rows[0][b] + transition(outside, b)
		if !follows(outside, b) {
			score[b] = -1 << 29
		}
	}
	for i := 1; i < n; i++ {
		for b := range k {
			bestA, bestScore := 0, int32(-1<<30)
			for a := range k {
				if s := score[a] + transition(a, b); follows(a, b) && s > bestScore {
					bestA, bestScore = a, s
				}
			}
			next[b] = bestScore + rows[i][b]
			back[i][b] = int8(bestA)
		}
		score, next = next, score
	}
	last := 0
	for b := range k {
		if score[b] > score[last] {
			last = b
		}
	}
	out := make([]int, n)
	for i := n - 1; ; i-- {
		out[i] = last
		if i == 0 {
			return out
		}
		last = int(back[i][last])
	}
}

func transition(a, b int) int32 { return int32(int8(weights[slotBytes+a*len(labels)+b])) }

// span is a run of tokens with the type of name that the tagger gives it.
type span struct {
	from, to int // tokens [from, to)
	kind     Type
}

// tagNames returns the names of a sentence, without overlap, in order.
func tagNames(words []word) []span {
	if len(weights) < slotBytes {
		return nil
	}
	var out []span
	for i, l := range best(scores(words), transition) {
		name := labels[l]
		switch {
		case l == outside:
		case l%2 == 1:
			out = append(out, span{i, i + 1, Type(strings.TrimPrefix(name, "B-"))})
		default:
			out[len(out)-1].to = i + 1
		}
	}
	return out
}
