package compare

import "strings"

// topicWords is how many words a topic has at most.
const topicWords = 8

// topic names the point that claims speak to, in the words of one of them:
// the shortest claim that shares most of its words with the others.
func (r *Result) topic(group []int) string {
	count := map[string]int{} // parties that use a word
	for _, p := range parties(r, group) {
		seen := map[string]bool{}
		for _, i := range group {
			if r.Claims[i].Party == p {
				for _, w := range contentWords(r.Claims[i].Text) {
					seen[w] = true
				}
			}
		}
		for w := range seen {
			count[w]++
		}
	}
	best, bestScore := "", -1.0
	for _, i := range group {
		ws := contentWords(r.Claims[i].Text)
		score := 0.0
		for _, w := range ws {
			if count[w] > 1 {
				score++
			}
		}
		score = (score + 0.5) / float64(len(ws)+3)
		if t := r.Claims[i].Text; score > bestScore || score == bestScore && t < best {
			best, bestScore = t, score
		}
	}
	words := strings.Fields(best)
	if len(words) > topicWords {
		return strings.TrimRight(strings.Join(words[:topicWords], " "), ",;:") + " …"
	}
	return best
}

func parties(r *Result, group []int) []int {
	var out []int
	for _, i := range group {
		if p := r.Claims[i].Party; len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	return out
}

func contentWords(text string) []string {
	var out []string
	for w := range strings.FieldsSeq(strings.ToLower(text)) {
		if w = strings.Trim(w, ".,;:!?()[]\"'“”‘’"); len(w) > 3 {
			out = append(out, w)
		}
	}
	return out
}
