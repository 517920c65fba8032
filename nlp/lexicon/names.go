package lexicon

import "strings"

// Kind says what a name of the gazetteer names.
type Kind byte

// The kinds of name.
const (
	CountryName      Kind = 'c' // a country: "Ivory Coast"
	DemonymName      Kind = 'd' // people of a place, or of that place: "French"; Main is the place
	CapitalName      Kind = 't' // a capital city
	PlaceName        Kind = 'p' // any other place
	PersonName       Kind = 'h' // a person
	GroupName        Kind = 'g' // an armed group
	OrganizationName Kind = 'o' // any other organization
)

// Name is what the gazetteer knows of a name.
type Name struct {
	Kind    Kind
	Country string // ISO 3166-1 alpha-3 code of the country it belongs to, or empty
	Main    string // the main name of the same thing, folded
}

// LookupName finds a name, in any case and with or without diacritics. The
// article is no part of a name.
func LookupName(name string) (Name, bool) {
	key := Fold(name)
	v, ok := get(nameSection, key)
	if !ok || v == "" {
		return Name{}, false
	}
	head, main, found := strings.Cut(v[1:], "|")
	if !found {
		main = key
	}
	return Name{Kind(v[0]), head, main}, true
}

// NamePrefix reports whether a name of the gazetteer begins with these whole
// words.
func NamePrefix(words string) bool {
	return section(nameSection).hasPrefix(Fold(words) + " ")
}

// Country returns the ISO 3166-1 alpha-3 code of a country by its short or
// official name or another name in Latin letters ("Ivory Coast", "CIV"), or
// "".
func Country(name string) string { return code(name, CountryName) }

// Demonym returns the code of the country whose people or things are so
// called ("Dutch"), or "". The plural is understood.
func Demonym(name string) string {
	if c := code(name, DemonymName); c != "" {
		return c
	}
	return code(strings.TrimSuffix(name, "s"), DemonymName)
}

// DemonymOf returns the place whose people or things are so called: a country
// ("Dutch"), or another ("Scottish"), which has no code. The plural is
// understood.
func DemonymOf(name string) (Name, bool) {
	n, ok := LookupName(name)
	if !ok {
		n, ok = LookupName(strings.TrimSuffix(name, "s"))
	}
	return n, ok && n.Kind == DemonymName
}

// Capital returns the code of the country whose capital has this name, or "".
func Capital(name string) string { return code(name, CapitalName) }

func code(name string, k Kind) string {
	if n, ok := LookupName(name); ok && n.Kind == k {
		return n.Country
	}
	return ""
}

// CountryInfo is a country of the table.
type CountryInfo struct {
	Code     string // ISO 3166-1 alpha-3
	Name     string // short English name
	Official string
	Capital  string // empty if it has none
	Demonyms []string
}

// CountryByCode returns a country by its alpha-3 code.
func CountryByCode(code string) (CountryInfo, bool) {
	v, ok := get(countrySection, code)
	if !ok {
		return CountryInfo{}, false
	}
	f := strings.Split(v, "\t")
	c := CountryInfo{Code: code, Name: f[0], Official: f[1], Capital: f[2]}
	if f[3] != "" {
		c.Demonyms = strings.Split(f[3], "|")
	}
	return c, true
}

// GivenName reports whether at least two persons of the gazetteer have the
// word as their first name.
func GivenName(word string) bool { return tagged("given", Fold(word)) }

// FamilyName is GivenName for the last name.
func FamilyName(word string) bool { return tagged("family", Fold(word)) }

// Region reports whether a name is that of a state, province or county of a
// country ("Oregon").
func Region(name string) bool { return tagged("region", Fold(name)) }

// Clue returns what a word says of the type of a name that it is in or stands
// before: "title" ("minister"), "org" ("ministry"), "place" ("river"), "event"
// ("war"), "document" ("treaty"), or "". The plural is understood.
func Clue(word string) string {
	if c := field(tag("clues", word)); c != "" || len(word) < 5 || word[len(word)-1] != 's' {
		return c
	}
	return field(tag("clues", Lemma(word, 'n')))
}
