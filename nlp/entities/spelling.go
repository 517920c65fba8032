package entities

import (
	"sort"
	"strings"

	"counterclaim/nlp/lexicon"
)

// Join finds keys that name one thing in rival spellings (Garabagh, Karabakh)
// or as acronym and full name (SLFA, Seven Lands Frontier Agency) in the
// mentions of a whole case. It returns for each key that has another form the
// key that stands for all of them; other keys are not in the map. The order of
// the mentions does not matter. Parties and countries are never joined.
func Join(mentions []Entity) map[string]string {
	types := map[string]Type{}
	upper := map[string]bool{} // keys seen as acronyms
	for _, e := range mentions {
		if e.Form != Name || strings.ContainsAny(e.Key, ":@/") {
			continue
		}
		types[e.Key] = later(types[e.Key], e.Type)
		if !strings.Contains(e.Key, " ") && strings.ToUpper(e.Text) == e.Text {
			upper[e.Key] = true
		}
	}
	keys := make([]string, 0, len(types))
	for k := range types {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	parent := map[string]string{}
	root := func(k string) string {
		for parent[k] != "" {
			k = parent[k]
		}
		return k
	}
	join := func(a, b string) {
		if a, b = root(a), root(b); a != b {
			parent[max(a, b)] = min(a, b)
		}
	}
	// Names that can be spelled alike begin with sounds of one class: compare
	// only those.
	classes := map[string][]string{}
	acronyms := map[string][]string{}
	for _, k := range keys {
		c := string(soundOf(oneSpelling.Replace(k))) + strings.Repeat(" ", strings.Count(k, " "))
		classes[c] = append(classes[c], k)
		if in := initialsOf(k); len(in) >= 2 {
			acronyms[in] = append(acronyms[in], k)
		}
	}
	for _, a := range keys {
		c := string(soundOf(oneSpelling.Replace(a))) + strings.Repeat(" ", strings.Count(a, " "))
		for _, b := range classes[c] {
			if a < b && compatible(types[a], types[b]) && SameSpelling(a, b) {
				join(a, b)
			}
		}
		if full := acronyms[strings.ReplaceAll(a, ".", "")]; upper[a] && len(full) == 1 && full[0] != a {
			join(a, full[0])
		}
	}
	out := map[string]string{}
	for _, k := range keys {
		if r := root(k); r != k {
			out[k] = r
		}
	}
	return out
}

// later keeps the type of a key; two types mean that it is not sure.
func later(old, t Type) Type {
	if old != "" && old != t {
		return "mixed"
	}
	return t
}

func compatible(a, b Type) bool { return a == b || a == "mixed" || b == "mixed" }

// initialsOf gives the first letters of the words of a name that has at least
// two, small words left out.
func initialsOf(name string) string {
	var b strings.Builder
	n := 0
	for _, w := range strings.Fields(name) {
		switch w {
		case "of", "the", "and", "for", "on", "in":
			continue
		}
		b.WriteByte(w[0])
		n++
	}
	if n < 2 {
		return ""
	}
	return b.String()
}

// SameSpelling reports whether two folded names are likely one name written
// differently. It is cautious: each word must begin with a sound of the same
// class and have the same skeleton of consonant classes, at most three letters
// in ten may differ, and both may not be known as different things (Niger,
// Nigeria).
func SameSpelling(a, b string) bool {
	if a == b {
		return true
	}
	x, okx := lexicon.LookupName(a)
	y, oky := lexicon.LookupName(b)
	if okx && oky && x.Main != y.Main {
		return false
	}
	if okx && oky {
		return true
	}
	as, bs := strings.Fields(a), strings.Fields(b)
	if len(as) != len(bs) {
		return false
	}
	for i := range as {
		if as[i] != bs[i] && !sameWord(as[i], bs[i]) {
			return false
		}
	}
	return true
}

func sameWord(a, b string) bool {
	if min(len(a), len(b)) < 4 || max(len(a), len(b)) > 40 || lexicon.Common(a) || lexicon.Common(b) {
		return false
	}
	short := min(len(a), len(b)) < 5
	a, b = oneSpelling.Replace(a), oneSpelling.Replace(b)
	if a == b && !short {
		return true
	}
	s := skeleton(a)
	if soundOf(a) != soundOf(b) || s != skeleton(b) || len(s) < 2 {
		return false
	}
	long := max(len(a), len(b))
	if short { // "Lvov", "Lviv"
		return a[0] == b[0] && len(s) >= 3 && distance(a, b) == 1
	}
	d := distance(a, b)
	return d == 1 && long >= 6 || len(s) >= 3 && 10*d <= 3*long
}

// oneSpelling writes in one way what transliterations write with one letter or
// with several.
var oneSpelling = strings.NewReplacer("dzh", "j", "tsch", "ch", "tch", "ch", "sch", "sh", "ks", "x", "kh", "k", "gh", "g", "q", "k", "ph", "f", "ck", "k", "ou", "u", "oo", "u", "ee", "i")

// soundOf is the class of the first sound of a name.
func soundOf(s string) byte {
	if s == "" {
		return 0
	}
	return class(s[0])
}

// class maps a letter to one of a few sounds that transliterations mix up.
func class(c byte) byte {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y', 'j':
		return 'a'
	case 'k', 'q', 'g', 'c', 'x':
		return 'k'
	case 's', 'z':
		return 's'
	case 'v', 'w', 'f':
		return 'v'
	case 't', 'd':
		return 't'
	case 'b', 'p':
		return 'b'
	}
	return c
}

// skeleton is the sequence of consonant classes of a word: vowels, "h" and
// repetitions left out.
func skeleton(s string) string {
	var b []byte
	doubled := false // no vowel since the last consonant
	for i := 0; i < len(s); i++ {
		c := class(s[i])
		if c == 'a' {
			doubled = false
		}
		if c == 'a' || c == 'h' || c == '\'' || c == '.' || doubled && b[len(b)-1] == c {
			continue
		}
		b, doubled = append(b, c), true
	}
	return string(b)
}

// distance is the Levenshtein distance of two short strings, in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
