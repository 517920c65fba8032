package compare

import (
	"counterclaim/nlp"
	"counterclaim/nlp/entities"
)

// Speakers gives, for each party of a case, the options that its statements
// are to be analysed with: who speaks, what everybody is called, and what
// relative dates are read against. model nil is the default.
func Speakers(c Case, model *nlp.Model) []nlp.Options {
	named := make([]entities.Party, len(c.Parties))
	for i, p := range c.Parties {
		named[i] = entities.Party{ID: p.ID, Name: p.Name, Aliases: p.Aliases}
	}
	names := entities.NewResolver(named)
	out := make([]nlp.Options, len(c.Parties))
	for i, p := range c.Parties {
		out[i] = nlp.Options{Party: p.ID, Names: names, Date: c.Date, Model: model}
	}
	return out
}
