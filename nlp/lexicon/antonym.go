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
	x, y := NewLexeme(a, pos), NewLexeme(b, pos)
	return x.Opposed(&y)
}

// Lexeme is a lemma in a part of speech with all that is asked when it is set
// beside others, looked up once.
type Lexeme struct {
	Lemma string
	Pos   byte

	known    bool
	entry    entry
	acts     string   // of a verb or noun: the verb that lists/opposites.tsv would have
	listed   []string // the verbs that the list opposes to it, of those later in the alphabet
	direct   []int    // words that some sense has for antonyms
	clusters []int    // synsets of the frequent senses and of those nearly the same
	against  []int    // the synsets opposed to these
}

// NewLexeme looks a lemma up.
func NewLexeme(lemma string, pos byte) Lexeme {
	l := Lexeme{Lemma: lemma, Pos: pos}
	switch pos {
	case 'v':
		l.acts = lemma
	case 'n':
		l.acts = Family(lemma, 'n') // "withdrawal", "deployment": through the verbs that they are made of
	}
	if list := tag("opposites", l.acts); l.acts != "" && list != "" {
		l.listed = strings.Split(list, "\n")
	}
	if l.entry, l.known = lookup(lemma, pos); !l.known {
		return l
	}
	for _, s := range l.entry.senses {
		as := synsetAt(s.synset).antonyms()
		for i := 0; i < len(as); i += 3 {
			if as[i] == l.entry.word {
				l.direct = append(l.direct, as[i+1])
			}
		}
	}
	l.clusters = clusters(l.entry, pos)
	for _, s := range l.clusters {
		as := synsetAt(s).antonyms()
		for i := 0; i < len(as); i += 3 {
			l.against = append(l.against, as[i+2])
		}
	}
	return l
}

// Synonym reports what Synonyms does.
func (l *Lexeme) Synonym(m *Lexeme) bool {
	return l.Lemma == m.Lemma || l.known && m.known && shared(l.entry, m.entry, true)
}

// Opposed says what the function of that name does, of two lexemes in one
// part of speech.
func (l *Lexeme) Opposed(m *Lexeme) Opposition {
	if l.Lemma == m.Lemma {
		return NotOpposed
	}
	if l.acts < m.acts && slices.Contains(l.listed, m.acts) || m.acts < l.acts && slices.Contains(m.listed, l.acts) {
		if l.Pos == 'v' {
			return Direct
		}
		return Indirect
	}
	if negates(l.Lemma, m.Lemma, l.known) || negates(m.Lemma, l.Lemma, m.known) {
		return Direct
	}
	if !l.known || !m.known {
		return NotOpposed
	}
	if slices.Contains(l.direct, m.entry.word) {
		return Direct
	}
	if len(l.against) == 0 || shared(l.entry, m.entry, true) {
		return NotOpposed
	}
	for _, s := range l.against {
		if slices.Contains(m.clusters, s) {
			return Indirect
		}
	}
	return NotOpposed
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
	if !known || len(negated) <= len(word) {
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
// points of the compass, positions. The classes are in lists/exclusive.tsv; nationalities
// come from the table of countries.
func Exclusive(a, b string) bool {
	if a == b {
		return false
	}
	if x, y := Demonym(a), Demonym(b); x != "" && y != "" {
		return x != y
	}
	other, _ := members(a, b)
	return other
}

// Alike reports whether two words stand for one member of such a class:
// "grey" and "gray", "near" and "close to".
func Alike(a, b string) bool {
	_, same := members(a, b)
	return same
}

// members reports whether two words of lists/exclusive.tsv are different
// members of a class, and whether they are the same one.
func members(a, b string) (other, same bool) {
	x, y := tag("exclusive", a), tag("exclusive", b)
	if x == "" || y == "" {
		return false, false
	}
	for _, c := range strings.Split(x, "\n") {
		for _, d := range strings.Split(y, "\n") {
			other = other || sameClass(c, d)
			same = same || c == d && strings.Contains(c, "\t")
		}
	}
	return other, same
}

// Classed reports whether a word or phrase is in lists/exclusive.tsv.
func Classed(words string) bool { return tagged("exclusive", words) }

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
	v, _ := get(tagSection, list+"\t"+word)
	return v
}

func tagged(list, word string) bool {
	_, ok := get(tagSection, list+"\t"+word)
	return ok
}
