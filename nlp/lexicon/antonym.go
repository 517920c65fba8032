package lexicon

import (
	"slices"
	"strings"
)

// Opposition says how two words are opposed.
type Opposition int

// The degrees of opposition.
const (
	NotOpposed Opposition = iota
	Indirect              // through a word of the same or nearly the same meaning: "arid", "wet"
	Direct                // antonyms in WordNet or lists/opposites.tsv, or by a prefix that negates: "legal", "illegal"
)

// Antonyms reports whether two words are opposed, directly or indirectly.
func Antonyms(a, b string, pos byte) bool { return Opposed(a, b, pos) != NotOpposed }

// Opposed says how two words are opposed. Adjectives are also opposed
// indirectly through the adjectives that they are similar to, nouns and verbs
// through a synonym in the same frequent sense.
func Opposed(a, b string, pos byte) Opposition {
	if a == b {
		return NotOpposed
	}
	if pos == 'v' && listed(a, b) {
		return Direct
	}
	if pos == 'n' {
		// "withdrawal", "deployment": through the verbs that they are made of
		if listed(Family(a, 'n'), Family(b, 'n')) {
			return Indirect
		}
	}
	x, okx := lookup(a, pos)
	y, oky := lookup(b, pos)
	if negates(a, b, okx) || negates(b, a, oky) {
		return Direct
	}
	if !okx || !oky {
		return NotOpposed
	}
	for _, s := range x.senses {
		as := synsetAt(s.synset).antonyms()
		for i := 0; i < len(as); i += 3 {
			if as[i] == x.word && as[i+1] == y.word {
				return Direct
			}
		}
	}
	if shared(x, y, true) {
		return NotOpposed
	}
	theirs := map[int]bool{}
	for _, t := range clusters(y, pos) {
		theirs[t] = true
	}
	for _, s := range clusters(x, pos) {
		as := synsetAt(s).antonyms()
		for i := 0; i < len(as); i += 3 {
			if theirs[as[i+2]] {
				return Indirect
			}
		}
	}
	return NotOpposed
}

// listed reports whether lists/opposites.tsv has the two verbs as a pair.
func listed(a, b string) bool {
	return slices.Contains(strings.Split(tag("opposites", min(a, b)), "\n"), max(a, b))
}

// clusters returns the synsets of e's frequent senses; of an adjective also
// the heads that its senses are similar to.
func clusters(e entry, pos byte) []int {
	var out []int
	for _, s := range e.senses {
		if !s.frequent() {
			continue
		}
		out = append(out, s.synset)
		if pos == 'a' {
			out = append(out, synsetAt(s.synset).similar()...)
		}
	}
	return out
}

// negates reports whether negated is word with a prefix that says "not".
// WordNet lists most of these; it lacks new ones ("non-combatant" of
// "combatant" aside).
func negates(word, negated string, known bool) bool {
	if !known {
		return false
	}
	for _, p := range []string{"un", "non-", "non", "in", "im", "il", "ir", "dis"} {
		if rest, ok := strings.CutPrefix(negated, p); ok && rest == word {
			return p == "un" || p[0] == 'n' || strings.HasPrefix(p, "i") && len(word) > 5
		}
	}
	return false
}

// Exclusive reports whether two nouns or adjectives belong to a class of
// which only one can hold: days of the week, months, colours, nationalities,
// points of the compass. The classes are in lists/exclusive.tsv; nationalities
// come from the table of countries.
func Exclusive(a, b string) bool {
	if a == b {
		return false
	}
	if x, y := Demonym(a), Demonym(b); x != "" && y != "" {
		return x != y
	}
	x, y := tag("exclusive", a), tag("exclusive", b)
	if x == "" || y == "" {
		return false
	}
	for _, c := range strings.Split(x, "\n") {
		for _, d := range strings.Split(y, "\n") {
			if sameClass(c, d) {
				return true
			}
		}
	}
	return false
}

// Weekday reports whether a word is the name of a day of the week.
func Weekday(word string) bool { return field(tag("exclusive", word)) == "weekday" }

// CalendarName reports whether a word is the name of a day of the week or a
// month, or its plural.
func CalendarName(word string) bool {
	c := field(tag("exclusive", word))
	if c == "" {
		c = field(tag("exclusive", strings.TrimSuffix(word, "s")))
	}
	return c == "weekday" || c == "month"
}

// sameClass compares "class" or "class\tmember" values; two names of one
// member do not exclude each other.
func sameClass(a, b string) bool {
	ca, ma, _ := strings.Cut(a, "\t")
	cb, mb, _ := strings.Cut(b, "\t")
	return ca == cb && (ma == "" || ma != mb)
}

// tag returns what a word list says of a word, and whether the word is in it.
func tag(list, word string) string {
	v, _ := section(tagSection).get(list + "\t" + word)
	return v
}

func tagged(list, word string) bool {
	_, ok := section(tagSection).get(list + "\t" + word)
	return ok
}
