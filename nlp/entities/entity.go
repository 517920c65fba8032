// Package entities finds the names in a sentence and resolves them to one key
// for each person, organization, place, event or document.
package entities

// Type of an entity.
type Type string

// The types of entity.
const (
	Person       Type = "person"
	Organization Type = "organization"
	Place        Type = "place"
	Event        Type = "event"
	Document     Type = "document"
)

// Entity is one mention of a named thing, or of a party.
type Entity struct {
	Start, End int // bytes, like syntax.Token
	Text       string
	Type       Type
	Key        string // the same for every mention of the same thing; "party:ID" for a party of the case

	Form               Form
	HeadStart, HeadEnd int // the head word: "Ministry" in "the Ministry of Defence"

	Of     string // key of the country or party that it belongs to, where its name says so: France for "the French Ministry of Defence"
	Nested bool   // inside a longer mention that is returned too
}

// Form says how a mention names its thing.
type Form string

// The forms of mention.
const (
	Name        Form = "name"        // a proper name or an acronym
	Demonym     Form = "demonym"     // "Dutch": the country that it is of
	Description Form = "description" // "the Agency", "our forces": a common noun that stands for a name
	Pronoun     Form = "pronoun"     // "we", "it"
)
