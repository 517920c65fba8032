package nlp

import "counterclaim/nlp/claims"

// Attribution is one thing that a sentence reports: who says it, the word that
// says so, and what is said. Ranges are bytes; empty where the sentence does
// not tell.
type Attribution struct {
	Source, Cue, Content [2]int
}

// Attributions finds what one sentence reports: what people or documents say,
// think, want or judge.
func Attributions(sentence string) []Attribution {
	d := &Document{Text: sentence, Sentences: []Sentence{{End: len(sentence)}}}
	parse([]*Document{d})
	understand(d, Options{}.filled())
	s := &d.Sentences[0]
	bytes := func(r [2]int) [2]int {
		if r[0] < 0 || r[0] >= r[1] {
			return [2]int{}
		}
		return [2]int{s.Tokens[r[0]].Start, s.Tokens[r[1]-1].End}
	}
	var out []Attribution
	for _, a := range claims.NewTree(s.Tokens, marksOf(s)).Attributions() {
		out = append(out, Attribution{bytes(a.Source), bytes([2]int{a.Cue, a.Cue + 1}), bytes(a.Content)})
	}
	return out
}
