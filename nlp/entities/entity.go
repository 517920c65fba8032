// Package entities finds the names in a sentence and resolves them to one key
// for each person, organization, place, event or document.
//
// A Resolver knows the parties of a case. For each statement it gives a
// Statement, which is read in order, sentence by sentence (Find) or as a whole
// (FindAll), and remembers what was named: so "the Agency", "our forces", "we"
// and "it" get the key of what they stand for, where a rule is sure of it, and
// are no mention where none is. Join finds, over all statements of a case,
// keys that are one name in rival spellings.
//
// Names are found by an averaged perceptron (Collins 2002) learnt from open
// parts of the GUM corpus (train) on words and classes of words, by the gazetteer of package lexicon, by the
// parties' own names, and by patterns for numbered documents and units; of
// overlapping ones the longest holds, and sure names inside it are returned
// as nested.
//
// The laws: offsets are those of the tokens; mentions are in order, a longer
// one before those inside it; each has a key; statements of one Resolver do
// not influence each other.
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
