package entities

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"counterclaim/nlp/lexicon"
	"counterclaim/nlp/syntax"
	"counterclaim/nlp/wordclass"
)

// word is what the tagger sees of a token.
type word struct {
	lower    string // folded for look-ups, without diacritics
	shape    string // "Xx", "X", "X.", "x", "d", "-", ...
	capital  bool   // begins with a capital letter
	common   bool   // is an English word that is written small
	xpos     string
	places   string // what the gazetteer says of the longest name here: kind, and B or I
	clue     string // class of a word that tells the type of the name it is in: "title", "org", "place", "event", "document"
	given    bool   // known as a person's first name
	family   bool   // known as a person's last name
	sense    string // broad class of the first meaning as a noun
	form     string // its class by form, and by sense, of package wordclass
	class    string
	speaking bool // a verb that only persons and organizations are the subject of
}

// maxToken is the number of bytes of a token that is looked at.
const maxToken = 60

// maxName is the number of words of the longest name looked up.
const maxName = 6

// look prepares the tokens of a sentence for the tagger.
func look(tokens []syntax.Token) []word {
	words := make([]word, len(tokens))
	for i, t := range tokens {
		text := t.Text
		text = text[:min(len(text), maxToken)]
		w := &words[i]
		w.lower = lexicon.Fold(text)
		r, _ := utf8.DecodeRuneInString(text)
		w.capital = unicode.IsUpper(r)
		w.shape = shapeOf(text)
		w.xpos = t.XPOS
		form, class := wordclass.Of(w.lower)
		w.form, w.class = classKey(form), classKey(class)
		w.common = lexicon.Common(w.lower)
		if w.clue = lexicon.Clue(w.lower); w.clue != "" && !w.capital {
			w.clue += "-"
		}
		if w.common || !w.capital {
			w.sense = lexicon.Supersense(lexicon.Lemma(w.lower, 'n'), 'n')
		}
		if w.capital {
			w.given, w.family = lexicon.GivenName(w.lower), lexicon.FamilyName(w.lower)
		} else if lexicon.Known(w.lower, 'v') {
			w.speaking = lexicon.Reporting(lexicon.Lemma(w.lower, 'v'))
		}
	}
	for i := 0; i < len(words); {
		n, kind := longest(tokens, words, i)
		for k := range n {
			words[i+k].places = "I" + kind
		}
		if n > 0 {
			words[i].places = "B" + kind
		}
		if kind == string(rune(lexicon.PersonName)) {
			words[i+n-1].family = true
			words[i].given = words[i].given || n > 1
		}
		i += max(n, 1)
	}
	return words
}

// longest finds the longest name of the gazetteer that begins at a
// capitalized word and returns its number of words and its kind.
func longest(tokens []syntax.Token, words []word, at int) (int, string) {
	if !words[at].capital {
		return 0, ""
	}
	n, kind := 0, ""
	name := ""
	for k := at; k < len(words) && k < at+maxName; k++ {
		if k > at && tokens[k].Start > tokens[k-1].End {
			name += " "
		}
		name += words[k].lower
		if len(name) > 100 {
			break
		}
		if words[k].lower == "the" && k == at {
			return 0, ""
		}
		if words[k].lower == "" {
			continue // a hyphen ends no name
		}
		if k == at && len(name) <= 3 && strings.Contains(words[k].shape, "x") {
			continue // "US", not "Us"
		}
		if found, ok := lexicon.LookupName(name); ok {
			n, kind = k-at+1, string(rune(found.Kind))
		}
		if k+1 < len(words) && tokens[k+1].Start > tokens[k].End && !lexicon.NamePrefix(name) && !strings.HasSuffix(words[k+1].lower, ".") {
			break
		}
	}
	return n, kind
}

// shapeOf is the outline of a word: runs of capitals X, small letters x and
// digits d, other characters as they are; no run longer than one, but for two
// capitals.
func shapeOf(s string) string {
	var b []byte
	for _, r := range s {
		c := byte('?')
		switch {
		case unicode.IsUpper(r):
			c = 'X'
		case unicode.IsLetter(r):
			c = 'x'
		case unicode.IsDigit(r):
			c = 'd'
		case r < utf8.RuneSelf:
			c = byte(r)
		}
		n := len(b)
		if n > 0 && b[n-1] == c && (c != 'X' || n > 1 && b[n-2] == c) {
			continue
		}
		if b = append(b, c); len(b) > 12 {
			break
		}
	}
	return string(b)
}

// hash joins a feature's number and its values (FNV-1a).
func hash(id int, values ...string) uint32 {
	h := uint32(2166136261)
	h = (h ^ uint32(id)) * 16777619
	for _, v := range values {
		for i := 0; i < len(v); i++ {
			h = (h ^ uint32(v[i])) * 16777619
		}
		h = (h ^ 0xff) * 16777619
	}
	h ^= h >> 15
	return h
}

var edge = word{lower: "<>", shape: "<>"}

// features appends the hashes of what is seen at position i.
func features(dst []uint32, words []word, i int) []uint32 {
	at := func(k int) *word {
		if i+k < 0 || i+k >= len(words) {
			return &edge
		}
		return &words[i+k]
	}
	w, p, n := at(0), at(-1), at(1)
	pp, nn := at(-2), at(2)
	id := 0
	add := func(values ...string) {
		dst = append(dst, hash(id, values...))
		id++
	}
	first := ""
	if i == 0 || i == 1 && !unicode.IsLetter(firstRune(p.lower)) {
		first = "1"
	}
	common := yes(w.common)
	add()
	add(w.lower)
	add(p.lower)
	add(n.lower)
	add(pp.lower, p.lower)
	add(n.lower, nn.lower)
	add(p.lower, w.lower)
	add(w.lower, n.lower)
	add(suffix(w.lower, 2))
	add(suffix(w.lower, 3))
	add(suffix(w.lower, 4))
	add(prefix(w.lower, 3))
	add(w.shape, first)
	add(p.shape, w.shape)
	add(w.shape, n.shape)
	add(p.shape, w.shape, n.shape)
	add(w.xpos)
	add(p.xpos, w.xpos)
	add(w.xpos, n.xpos)
	add(w.places, common, first)
	add(w.places, w.shape)
	add(p.places, w.places, n.places)
	add(w.clue, w.shape)
	add(p.clue, w.shape)
	add(n.clue, w.shape)
	add(pp.clue, p.shape, w.shape)
	add(nn.clue, n.shape, w.shape)
	add(w.shape, common, first)
	add(w.shape, yes(p.capital), yes(n.capital), first)
	add(w.shape, yes(w.given), yes(w.family), yes(n.given), yes(n.family))
	add(w.shape, yes(p.given), yes(p.family), yes(w.family))
	add(w.shape, yes(n.speaking), yes(nn.speaking))
	add(p.lower, w.shape, common)
	add(pp.lower, w.shape)
	add(n.lower, w.shape, common)
	add(w.places, p.lower)
	// The clue of the last capitalized word of the run that i is in.
	end := i
	for end+1 < len(words) && end < i+6 && (words[end+1].capital || end+2 < len(words) && words[end+2].capital && joins(words[end+1].lower)) {
		end++
	}
	last := &words[end]
	add(last.clue, w.shape)
	add(suffix(last.lower, 4), w.shape)
	add(last.lower, w.shape)
	add(last.sense, w.shape)
	add(w.sense, w.shape, first)
	add(p.sense, w.shape)
	add(n.sense, w.shape)
	if end+1 < len(words) {
		add(words[end+1].lower, w.shape)
		add(yes(words[end+1].speaking), w.shape)
		add(words[end+1].sense, w.shape)
	}
	// The word before the run.
	start := i
	for start > 0 && start > i-6 && (words[start-1].capital || start > 1 && words[start-2].capital && joins(words[start-1].lower)) {
		start--
	}
	id = 60
	if start > 0 {
		add(words[start-1].lower, w.shape)
	}
	add(words[start].clue, w.shape)
	add(words[start].lower, w.shape)
	id = 70
	add(w.form, w.shape)
	add(w.class, w.shape)
	add(w.class, w.shape, first)
	add(p.class, w.shape)
	add(n.class, w.shape)
	add(p.form, w.shape)
	add(n.form, w.shape)
	add(last.class, w.shape)
	add(words[start].class, w.shape)
	add(p.class, w.class)
	add(w.class, n.class)
	if end+1 < len(words) {
		add(words[end+1].class, w.shape)
	}
	id = 90
	if start > 0 {
		add(words[start-1].class, w.shape)
	}
	return dst
}

// classKey writes a class as two bytes.
func classKey(c uint16) string { return classKeys[min(int(c), len(classKeys)-1)] }

var classKeys = func() (keys [1024]string) {
	for i := range keys {
		keys[i] = string([]byte{byte(i), byte(i >> 8)})
	}
	return keys
}()

// joins reports whether a small word can stand inside a name.
func joins(w string) bool {
	switch w {
	case "of", "and", "the", "for", "de", "la", "von", "van", "der", "al", "bin", "'s", "’s", "on", "-", "&", "du", "del", "'":
		return true
	}
	return false
}

func yes(b bool) string {
	if b {
		return "y"
	}
	return "n"
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func suffix(s string, n int) string { return s[max(0, len(s)-n):] }
func prefix(s string, n int) string { return s[:min(len(s), n)] }
