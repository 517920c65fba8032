package compare

import (
	"math"
	"slices"
	"strings"

	"counterclaim/nlp"
	"counterclaim/nlp/lexicon"
	"counterclaim/nlp/read"
)

// topicWords is how many words a topic has at most.
const topicWords = 8

// usage says how many claims of a case use a word, by the family of the word.
func (r *Result) usage() map[string]int {
	count := map[string]int{}
	for i := range r.Claims {
		for _, w := range slices.Compact(slices.Sorted(slices.Values(r.families(i, r.whole(i))))) {
			count[w]++
		}
	}
	return count
}

func (r *Result) whole(claim int) read.Span {
	return read.Span{Start: r.Claims[claim].Start, End: r.Claims[claim].End}
}

func (r *Result) document(claim int) *nlp.Document {
	c := &r.Claims[claim]
	return r.Case.Parties[c.Party].Statements[c.Statement]
}

// families are the content words of a part of a claim, each by the verb, noun
// or adjective that its family goes by: "withdrew" and "withdrawal" are one.
func (r *Result) families(claim int, at read.Span) []string {
	c := &r.Claims[claim]
	var out []string
	for _, t := range r.document(claim).Sentences[c.Sentence].Tokens[c.FirstToken:c.LastToken] {
		if t.Start < at.Start || t.End > at.End {
			continue
		}
		var pos byte
		switch t.UPOS {
		case "NOUN", "PROPN", "NUM":
			pos = 'n'
		case "VERB":
			pos = 'v'
		case "ADJ":
			pos = 'a'
		default:
			continue
		}
		word := strings.ToLower(t.Lemma)
		if f := lexicon.Family(word, pos); f != "" {
			word = f
		}
		out = append(out, word)
	}
	return out
}

// topic names the point that claims speak to, in the words of one of them: the
// claim, or the part of it, that is densest in words that several of the
// parties use here and that are rare elsewhere in the case.
func (r *Result) topic(group []int, usage map[string]int) string {
	users := map[string]map[int]bool{} // parties that use a word here
	for _, i := range group {
		for _, w := range r.families(i, r.whole(i)) {
			if users[w] == nil {
				users[w] = map[int]bool{}
			}
			users[w][r.Claims[i].Party] = true
		}
	}
	best, bestScore := "", -1.0
	for _, i := range group {
		c := &r.Claims[i]
		d := r.document(i)
		for _, at := range topics(d.Roles(&c.Claim), r.whole(i)) {
			text := d.Text[at.Start:at.End]
			words := strings.Fields(text)
			cut := len(words) > topicWords
			if cut && at != r.whole(i) {
				continue
			}
			score := 0.0
			for _, w := range slices.Compact(slices.Sorted(slices.Values(r.families(i, at)))) {
				score += (float64(len(users[w])) - 0.7) * math.Log(1+float64(len(r.Claims))/float64(usage[w]))
			}
			score /= float64(min(len(words), topicWords) + 3)
			if cut {
				score /= 2
			}
			if score = math.Round(score*1e9) / 1e9; score > bestScore || score == bestScore && text < best {
				best, bestScore = text, score
			}
		}
	}
	words := strings.Fields(best)
	if len(words) > topicWords {
		return strings.TrimRight(strings.Join(words[:topicWords], " "), ",;:") + " …"
	}
	return strings.TrimRight(strings.Join(words, " "), ",;:.")
}

// topics are the parts of a claim that may name a point: the whole of it, what
// it says with and without who does it, and its noun phrases.
func topics(r nlp.Roles, whole read.Span) []read.Span {
	out := []read.Span{whole}
	if r.Predicate != (read.Span{}) {
		out = append(out, r.Predicate)
		for _, s := range []read.Span{r.Actor, r.Patient} {
			if s != (read.Span{}) && s.Start < r.Predicate.Start {
				out = append(out, read.Span{Start: s.Start, End: r.Predicate.End})
			}
		}
	}
	return append(out, r.Nouns...)
}
