package entities

import "counterclaim/nlp/syntax"

// Names finds the names of one sentence, nested ones after the name that they
// are in. It knows nothing of the case: keys are those of the bare names.
func Names(tokens []syntax.Token) []Entity {
	ws := look(tokens)
	var out []Entity
	for _, s := range tagNames(ws) {
		if s.kind == "other" {
			continue
		}
		out = append(out, entity(tokens, s))
	}
	return out
}

// entity makes the mention of a span.
func entity(tokens []syntax.Token, s span) Entity {
	h := head(tokens, s)
	e := Entity{Start: tokens[s.from].Start, End: tokens[s.to-1].End, Type: s.kind, Form: Name,
		HeadStart: tokens[h].Start, HeadEnd: tokens[h].End}
	return e
}

// head is the last word before the first "of", "for" or comma of a name, the
// last of all if there is none.
func head(tokens []syntax.Token, s span) int {
	for i := s.from + 1; i < s.to; i++ {
		switch tokens[i].Text {
		case "of", "for", ",", "on", "in", "against", "and", "to":
			return i - 1
		}
	}
	return s.to - 1
}
