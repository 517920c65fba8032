package wording

import "counterclaim/compare"

// Relations lists the relations, strongest first: where a claim has several,
// the first is the one it is coloured by.
var Relations = []compare.Relation{compare.Conflict, compare.Framing, compare.Agree}

// Kinds lists every kind in the order of the gold format.
var Kinds = []compare.Kind{
	compare.Same, compare.Narrower, compare.Broader,
	compare.Negation, compare.Antonym, compare.Quantity, compare.Time, compare.Place, compare.Actor,
	compare.Patient, compare.Blame, compare.Modality, compare.Status, compare.Other,
	compare.Naming, compare.Evaluation,
}

// Phrase says what a kind means, to follow the names of the two parties. A
// kind that is not in the list is returned as it is.
func Phrase(k compare.Kind) string {
	switch k {
	case compare.Same:
		return "both say the same"
	case compare.Narrower:
		return "the first is more specific"
	case compare.Broader:
		return "the second is more specific"
	case compare.Negation:
		return "one says so, the other denies it"
	case compare.Antonym:
		return "they use words of opposite meaning"
	case compare.Quantity:
		return "the figures differ"
	case compare.Time:
		return "the times differ"
	case compare.Place:
		return "the places differ"
	case compare.Actor:
		return "they differ on who did it"
	case compare.Patient:
		return "they differ on whom or what it was done to"
	case compare.Blame:
		return "they differ on who or what is responsible"
	case compare.Modality:
		return "they differ on whether it was done, tried, ordered or refused"
	case compare.Status:
		return "they differ on the legal or political status"
	case compare.Other:
		return "both cannot be true at once"
	case compare.Naming:
		return "they name the same thing in rival words"
	case compare.Evaluation:
		return "they judge the same thing in rival ways"
	}
	return Clean(string(k))
}

// Meaning says what a relation means, in a sentence.
func Meaning(r compare.Relation) string {
	switch r {
	case compare.Agree:
		return "Both assert the same thing, or one claim follows from the other."
	case compare.Conflict:
		return "Both claims cannot be true at once."
	case compare.Framing:
		return "The same thing is named or judged in rival terms."
	}
	return ""
}

// NoVerdict is the line that every report carries.
const NoVerdict = "This report compares what was said. It does not judge who is right or what is true."
