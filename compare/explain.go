package compare

import (
	"fmt"

	"counterclaim/compare/candidates"
	"counterclaim/compare/evidence"
)

// rests says which facts a kind rests on, the strongest first.
var rests = map[Kind][]evidence.What{
	Same: {evidence.Number, evidence.Clock, evidence.Name, evidence.Act, evidence.Word}, Narrower: {evidence.Number, evidence.Clock, evidence.Name, evidence.Act, evidence.Word},
	Broader:  {evidence.Number, evidence.Clock, evidence.Name, evidence.Act, evidence.Word},
	Negation: {evidence.Polarity, evidence.Opposite, evidence.Act, evidence.Name, evidence.Word}, Antonym: {evidence.Opposite, evidence.Polarity, evidence.Act, evidence.Name, evidence.Word},
	Quantity: {evidence.Number, evidence.Name, evidence.Word}, Time: {evidence.Clock, evidence.Name, evidence.Word},
	Place: {evidence.Name, evidence.Act, evidence.Word}, Actor: {evidence.OtherActor, evidence.Act, evidence.Word}, Patient: {evidence.Act, evidence.Name, evidence.Word},
	Blame: {evidence.OtherActor, evidence.Act, evidence.Word}, Modality: {evidence.Modality, evidence.Polarity, evidence.Act, evidence.Word},
	Status: {evidence.Name, evidence.Word}, Other: {evidence.Name, evidence.Word},
	Naming: {evidence.Judgement, evidence.Name, evidence.Act, evidence.Word}, Evaluation: {evidence.Judgement, evidence.Name, evidence.Word},
}

// most is how many facts are shown for a pair.
const most = 3

// explain chooses the facts that a pair's kind rests on, and turns them to
// the order of its sides.
func explain(kind Kind, facts []evidence.Fact, flip bool, c candidates.Candidate) []Evidence {
	var out []Evidence
	for _, what := range rests[kind] {
		for _, f := range facts {
			if f.What != what || len(out) == most {
				continue
			}
			e := Evidence{What: string(f.What), A: f.A, B: f.B, Note: f.Note}
			if flip {
				e.A, e.B = e.B, e.A
			}
			out = append(out, e)
		}
	}
	if len(out) == 0 {
		out = append(out, Evidence{What: "meaning", Note: fmt.Sprintf("the two claims are near in meaning (%.2f)", c.Similarity)})
	}
	return out
}
