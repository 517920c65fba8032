package wording

import (
	"fmt"
	"slices"
	"strings"

	"counterclaim/nlp"
	"counterclaim/nlp/values"
)

// Analysis lists in words what was recognised of a claim, beyond its type:
// its source, that it is negative or not certain, actor, action, patient,
// time, place, amounts and names. What was not recognised is left out.
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
	add("to whom: ", c.Recipient)
	add("when: ", c.Time)
	add("where: ", c.Place)
	add("how much: ", strings.Join(Quantities(c), ", "))
	add("names: ", strings.Join(Names(c), ", "))
	return out
}

// Quantities are the amounts of a claim as quoted; its dates and times of day
// are its time.
func Quantities(c nlp.Claim) []string {
	out := []string{}
	for _, v := range c.Values {
		switch v.Kind {
		case values.Number, values.Percent, values.Money, values.Quantity, values.Duration, values.Frequency:
			out = append(out, v.Text)
		case values.Ordinal, values.Date, values.Time:
		}
	}
	return out
}

// Names are the entities of a claim as quoted, each once.
func Names(c nlp.Claim) []string {
	var out []string
	for _, e := range c.Entities {
		if !slices.Contains(out, e.Text) {
			out = append(out, e.Text)
		}
	}
	return out
}

// TypeCount says how many claims of which type there are: "9 claims: 7 fact,
// 2 demand".
func TypeCount(cs []nlp.Claim) string {
	var parts []string
	for _, t := range nlp.Types {
		n := 0
		for _, c := range cs {
			if c.Type == t {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, t))
		}
	}
	s := Count(len(cs), "claim")
	if len(parts) > 0 {
		s += ": " + strings.Join(parts, ", ")
	}
	return s
}
