package wording

import "counterclaim/nlp"

// Analysis lists in words what was recognised of a claim, beyond its type:
// its source, that it is negative or not certain, actor, action, patient,
// time and place. What was not recognised is left out.
func Analysis(c nlp.Claim) []string {
	var out []string
	add := func(label, s string) {
		if s = Clean(s); s != "" {
			out = append(out, label+s)
		}
	}
	add("source: ", c.Source)
	if c.Polarity == nlp.Negative {
		out = append(out, "negative")
	}
	if c.Certainty != nlp.Certain {
		add("", string(c.Certainty))
	}
	add("who: ", c.Actor)
	add("does: ", c.Predicate)
	add("to: ", c.Patient)
	add("when: ", c.Time)
	add("where: ", c.Place)
	return out
}
