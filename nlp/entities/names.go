package entities

import (
	"strings"

	"counterclaim/nlp/syntax"
)

// Names finds the names of persons, organizations, places, events and
// documents in one sentence, a longer one before those nested in it. It knows
// nothing of the case: no keys are set, and demonyms are left out.
func Names(tokens []syntax.Token) []Entity {
	sc := newScene(tokens)
	var out []Entity
	for _, c := range names(sc, nil) {
		if c.demonym && !people(sc, c) {
			continue
		}
		if e := bare(sc, c); e.Type != "other" {
			out = append(out, e)
		}
	}
	return out
}

// bare makes the mention of a candidate, without a key.
func bare(sc scene, c candidate) Entity {
	h := head(sc.tokens, c.span)
	e := Entity{
		Start: sc.tokens[c.from].Start, End: sc.tokens[c.to-1].End, Type: c.kind, Form: Name, Nested: c.nested,
		HeadStart: sc.tokens[h].Start, HeadEnd: sc.tokens[h].End,
	}
	e.Text = textOf(sc.tokens, c.from, c.to)
	switch {
	case c.demonym:
		e.Form, e.Type = Demonym, Place
		if people(sc, c) {
			e.Type = Person
		}
	case !c.fixed:
		e.Type = retype(sc, c.span, h)
	}
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

// people reports whether a demonym is a plural: "Americans".
func people(sc scene, c candidate) bool {
	w := sc.ws[c.to-1].lower
	return strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && sc.tokens[c.to-1].XPOS != "JJ"
}
