package compare

import (
	"crypto/sha256"
	"strings"

	"counterclaim/compare/anchor"
	"counterclaim/compare/evidence"
	"counterclaim/nlp"
)

// twins pairs the claims that stand in the same words of the same sentence of
// two parties: copies, of which nothing has to be judged. Each claim has at
// most one twin in another party: the first copy goes with the first, the
// second with the second. A sentence that speaks of its speaker ("our forces")
// says something else in another's mouth, unless the whole statement is a copy.
func (r *Result) twins() []Pair {
	copies := map[string][][]int{} // words -> party -> claims in order
	whole := map[*nlp.Document]string{}
	var order []string
	for i := range r.Claims {
		k := r.inSentence(i)
		if r.ofSpeaker(i) {
			c := &r.Claims[i]
			d := r.Case.Parties[c.Party].Statements[c.Statement]
			if whole[d] == "" {
				sum := sha256.Sum256([]byte(d.Text)) // not the text: there may be a claim for every few words of it
				whole[d] = string(sum[:])
			}
			k += whole[d]
		}
		if copies[k] == nil {
			copies[k] = make([][]int, len(r.Case.Parties))
			order = append(order, k)
		}
		p := r.Claims[i].Party
		copies[k][p] = append(copies[k][p], i)
	}
	var out []Pair
	for _, k := range order {
		for p, list := range copies[k] {
			for _, other := range copies[k][p+1:] {
				for n := range min(len(list), len(other)) {
					a, b := list[n], other[n]
					out = append(out, Pair{
						A: a, B: b, Relation: Agree, Kind: Same, Score: 1, meets: 1,
						Evidence: []Evidence{{
							What: string(evidence.Word), A: r.Claims[a].Text, B: r.Claims[b].Text,
							Note: "both say it in the same words",
						}},
					})
				}
			}
		}
	}
	return out
}

// inSentence is the words of a claim's sentence, and where in it the claim
// begins and ends: the same for copies, whatever the shapes of quotation marks
// and white space.
func (r *Result) inSentence(i int) string {
	c := &r.Claims[i]
	d := r.Case.Parties[c.Party].Statements[c.Statement]
	s := d.Sentences[c.Sentence]
	var b strings.Builder
	for _, part := range []string{d.Text[s.Start:c.Start], c.Text, d.Text[c.End:max(c.End, s.End)]} {
		for _, w := range anchor.Words(part) {
			b.WriteString(w.Text)
			b.WriteByte(' ')
		}
		b.WriteByte('\n')
	}
	return b.String()
}

var speaker = map[string]bool{
	"i": true, "me": true, "my": true, "mine": true, "myself": true,
	"we": true, "us": true, "our": true, "ours": true, "ourselves": true,
}

// ofSpeaker reports whether a claim's sentence speaks of who says it.
func (r *Result) ofSpeaker(i int) bool {
	c := &r.Claims[i]
	for _, t := range r.Case.Parties[c.Party].Statements[c.Statement].Sentences[c.Sentence].Tokens {
		if t.UPOS == "PRON" && speaker[strings.ToLower(t.Text)] {
			return true
		}
	}
	return false
}
