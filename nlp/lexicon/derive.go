package lexicon

import "strings"

// Word is a lemma with its part of speech.
type Word struct {
	Lemma string
	Pos   byte // 'n', 'v', 'a' or 'r'
}

// Derived returns the words that WordNet derives from a word or it from them,
// as withdrawal from withdraw; in alphabetical order within each part of
// speech.
func Derived(word string, pos byte) []Word {
	e, ok := lookup(word, pos)
	if !ok {
		return nil
	}
	n, v := uvarint(e.derived)
	out := make([]Word, n)
	for i := range out {
		var d int
		d, v = uvarint(v)
		out[i] = Word{wordAt(d >> 2), parts[d&3]}
	}
	return out
}

// Family returns the word that stands for a lemma and what is derived from
// it: the verb where there is one ("withdraw" for withdrawal, "explode" for
// explosion), else an adjective or noun. Two words that name the same event
// or quality have the same family. It is the lemma itself if it is unknown.
func Family(lemma string, pos byte) string {
	e, ok := lookup(lemma, pos)
	if ok && e.family != e.word {
		return wordAt(e.family)
	}
	// Participles used as adjectives, and gerunds as nouns.
	if pos == 'a' || pos == 'n' && strings.HasSuffix(lemma, "ing") {
		if v := Lemma(lemma, 'v'); v != lemma && Known(v, 'v') {
			return v
		}
	}
	return lemma
}

// FamilyOf is Family for a lemma whose part of speech is not known: of verb,
// noun, adjective, adverb the first that the word can be.
func FamilyOf(lemma string) string {
	for _, pos := range []byte("vnar") {
		if Known(lemma, pos) {
			return Family(lemma, pos)
		}
	}
	return lemma
}

// ending is a rule of detachment of WordNet's morphy(7).
type ending struct {
	pos      byte
	from, to string
}

var endings = []ending{
	{'n', "ses", "s"}, {'n', "xes", "x"}, {'n', "zes", "z"}, {'n', "ches", "ch"}, {'n', "shes", "sh"}, {'n', "men", "man"}, {'n', "ies", "y"}, {'n', "s", ""},
	{'v', "ies", "y"}, {'v', "es", "e"}, {'v', "es", ""}, {'v', "ied", "y"}, {'v', "ed", "e"}, {'v', "ed", ""}, {'v', "ing", "e"}, {'v', "ing", ""}, {'v', "s", ""},
	{'a', "er", ""}, {'a', "est", ""}, {'a', "er", "e"}, {'a', "est", "e"}, {'a', "ier", "y"}, {'a', "iest", "y"},
}

// wouldDouble reports whether a verb of this form doubles its last letter
// before an ending: one syllable, one vowel, one consonant. So "hoping" is of
// hope, not hop.
func wouldDouble(stem string) bool {
	n := len(stem)
	vowel := func(i int) bool { return strings.IndexByte("aeiou", stem[i]) >= 0 }
	if n < 3 || n > 5 || vowel(n-1) || strings.IndexByte("wxy", stem[n-1]) >= 0 || !vowel(n-2) {
		return false
	}
	for i := range n - 2 {
		if vowel(i) {
			return false
		}
	}
	return true
}

// Lemma returns the base form of a word in lower case: by WordNet's list of
// exceptions, then by its rules of detachment, of which the first that gives a
// known word holds. An unknown word is returned as it is, lower-cased.
func Lemma(word string, pos byte) string {
	w := strings.ToLower(word)
	if v, ok := get(exceptionSection, string(pos)+w); ok {
		first, _, _ := strings.Cut(v, "|")
		return first
	}
	inflected := pos == 'v' && (strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ed")) ||
		pos == 'a' && (strings.HasSuffix(w, "er") || strings.HasSuffix(w, "est"))
	if Known(w, pos) && !inflected || pos == 'n' && strings.HasSuffix(w, "ss") {
		return w
	}
	best := ""
	for _, r := range endings {
		stem, ok := strings.CutSuffix(w, r.from)
		if r.pos != pos || !ok || len(stem) < 2 {
			continue
		}
		if cand := stem + r.to; Known(cand, pos) {
			if best == "" || Senses(cand, pos) > Senses(best, pos) && !(best == stem+"e" && wouldDouble(stem)) || cand == stem+"e" && wouldDouble(stem) {
				best = cand
			}
		}
	}
	if best != "" {
		return best
	}
	// Doubled consonants that the exceptions lack: "trafficked" has them,
	// "airdropped" may not.
	if pos == 'v' {
		for _, end := range []string{"ed", "ing"} {
			stem, ok := strings.CutSuffix(w, end)
			if n := len(stem); ok && n > 3 && stem[n-1] == stem[n-2] && Known(stem[:n-1], 'v') {
				return stem[:n-1]
			}
		}
	}
	return w
}
