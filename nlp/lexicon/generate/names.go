package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
)

type country struct {
	code      string // ISO 3166-1 alpha-3
	name      string
	official  string
	others    []string
	capital   string
	demonyms  []string
	sovereign bool
}

func readCountries(path string) ([]country, error) {
	var out []country
	first := true
	err := eachLine(path, func(line string) error {
		if first {
			first = false
			return nil
		}
		f := strings.Split(line, "\t")
		c := country{code: f[1], name: f[2], official: f[3], capital: f[5], others: strings.Split(f[4], "|")}
		c.sovereign = f[8] == "True"
		for _, d := range f[10:] {
			if d != "" && (len(c.demonyms) == 0 || c.demonyms[0] != d) {
				c.demonyms = append(c.demonyms, d)
			}
		}
		out = append(out, c)
		return nil
	})
	// A name that a state shares with a territory is the state's ("Dutch").
	sort.SliceStable(out, func(i, j int) bool { return out[i].sovereign && !out[j].sovereign })
	return out, err
}

var twoLetters = regexp.MustCompile(`^[A-Z]{2}$`)

// latin says whether a name is written with Latin letters only; those of the
// phonetic alphabet (U+0250 to U+02AF) write sounds, not names.
func latin(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) || r >= 0x250 && r <= 0x2af {
			return false
		}
	}
	return true
}

// A name's record: a letter for what it names, then the code of its country
// (or nothing), then '|', then its main name where that differs.
//
//	c country   d demonym   t capital   p other place
//	h person    o organization   g armed group
//
// add does not replace a name already there: callers add the surest first.
type names struct{ t *table }

func (n names) add(kind byte, name, code, main string) {
	name = fold(name)
	if len(name) < 2 || strings.ContainsAny(name, "0123456789()") {
		return
	}
	if old, ok := n.t.values[name]; ok {
		// WordNet knows more spellings, CAMEO the country.
		if code != "" && old[0] == kind && (len(old) == 1 || old[1] == '|') {
			n.t.values[name] = old[:1] + code + old[1:]
		}
		return
	}
	v := string(kind) + code
	if m := fold(main); m != name && m != "" {
		v += "|" + m
	}
	n.t.set(name, v)
}

func gather(countries []country, wn *wordnet, lists string) (*table, error) {
	n := names{newTable()}
	for _, c := range countries {
		n.add('c', c.name, c.code, c.name)
	}
	for _, c := range countries {
		for _, d := range c.demonyms { // before a country's name for itself: "Thai"
			n.add('d', d, c.code, c.name)
		}
	}
	for _, c := range countries {
		n.add('c', c.official, c.code, c.name)
		for _, o := range c.others {
			// "Island" is Iceland's own name; "Thai" is listed among Thailand's.
			if latin(o) && !twoLetters.MatchString(o) && !common(wn, strings.ToLower(o)) && !slices.Contains(c.demonyms, o) {
				n.add('c', o, c.code, c.name)
			}
		}
	}
	for short, code := range map[string]string{"US": "USA", "U.S.": "USA", "U.S.A.": "USA", "UK": "GBR", "U.K.": "GBR"} {
		for _, c := range countries {
			if c.code == code {
				n.add('c', short, code, c.name)
			}
		}
	}
	for _, c := range countries {
		n.add('t', c.capital, c.code, c.capital)
	}
	n.demonyms(wn)
	n.instances(wn)
	if err := n.actors(countries, wn, lists); err != nil {
		return nil, err
	}
	return n.t, nil
}

// demonyms adds the adjectives that WordNet says pertain to a place
// ("Korean"), and the nouns for those who are members of one ("Pole") or are
// derived from such an adjective. One whose place is no country of the table
// has the place as its main name.
func (n names) demonyms(wn *wordnet) {
	place := func(p pointer) *synset {
		if t := wn.sets[p.target]; t != nil && t.pos == 'n' && (t.lexfile == nounLocation || t.lexfile == nounObject) && t.instance() {
			return t
		}
		return nil
	}
	add := func(w string, t *synset) {
		if !unicode.IsUpper([]rune(w)[0]) || strings.Contains(w, " ") || len(w) < 4 {
			return
		}
		for _, name := range t.words {
			if v := n.t.values[fold(name)]; v != "" && v[0] == 'c' {
				code, _, _ := strings.Cut(v[1:], "|")
				_, main, ok := strings.Cut(v, "|")
				if !ok {
					main = name
				}
				n.add('d', w, code, main)
				return
			}
		}
		n.add('d', w, "", t.words[0])
	}
	adjectives := map[string]*synset{} // of what place
	for _, s := range wn.order {
		for _, p := range s.ptrs {
			if s.pos == 'a' && p.symbol == `\` && p.src > 0 {
				if t := place(p); t != nil && adjectives[s.words[p.src-1]] == nil {
					adjectives[s.words[p.src-1]] = t
					add(s.words[p.src-1], t)
				}
			}
		}
	}
	for _, s := range wn.order {
		if s.pos != 'n' || s.lexfile != nounPerson || s.instance() {
			continue
		}
		for _, p := range s.ptrs {
			switch t := wn.sets[strings.Replace(p.target, "s", "a", 1)]; {
			case p.symbol == "#m" && place(p) != nil:
				for _, w := range s.words {
					add(w, place(p))
				}
			case p.symbol == "+" && p.src > 0 && p.dst > 0 && t != nil && t.pos == 'a' && adjectives[t.words[p.dst-1]] != nil:
				add(s.words[p.src-1], adjectives[t.words[p.dst-1]])
			}
		}
	}
}

// regions lists the states, provinces and counties of countries, which are
// said after the name of a town: "Portland, Oregon".
func regions(wn *wordnet) []string {
	var divides func(s *synset, depth int) bool
	divides = func(s *synset, depth int) bool {
		if slices.Contains(s.words, "province") && slices.Contains(s.words, "state") || slices.Contains(s.words, "county") {
			return true
		}
		for _, p := range s.ptrs {
			if t := wn.sets[p.target]; (p.symbol == "@" || p.symbol == "@i") && depth < 4 && t != nil && divides(t, depth+1) {
				return true
			}
		}
		return false
	}
	var out []string
	for _, s := range wn.order {
		if s.pos != 'n' || s.lexfile != nounLocation || !s.instance() || !divides(s, 0) {
			continue
		}
		for _, w := range s.words {
			if len(w) > 3 {
				out = append(out, fold(w))
			}
		}
	}
	return out
}

// instances adds the proper names of WordNet: instances of places, persons
// and groups.
func (n names) instances(wn *wordnet) {
	kinds := map[int]byte{nounLocation: 'p', nounPerson: 'h', nounGroup: 'o'}
	for _, s := range wn.order {
		kind, ok := kinds[s.lexfile]
		if s.pos == 'n' && s.lexfile == nounObject { // rivers, islands, mountains
			kind, ok = 'p', true
		}
		// Organizations are classes in part of WordNet ("NATO"): they are names
		// if written so.
		if s.pos != 'n' || !ok || !s.instance() && (kind != 'o' || !capitalized(s.words)) {
			continue
		}
		for _, w := range s.words {
			r := []rune(w)
			if !unicode.IsUpper(r[0]) || len(r) < 3 {
				continue
			}
			// A single word that is also a common word in running text is too
			// weak a name by itself ("Nice", "Bush").
			if !strings.Contains(w, " ") && kind == 'h' && len(wn.senses['n'][strings.ToLower(w)]) > 1 {
				continue
			}
			n.add(kind, w, "", s.words[0])
		}
	}
}

// actors adds the places, persons, organizations and armed groups of the
// CAMEO dictionaries.
func (n names) actors(countries []country, wn *wordnet, lists string) error {
	known := map[string]bool{}
	for _, c := range countries {
		known[c.code] = true
	}
	for _, f := range []string{"Phoenix.International", "Phoenix.MilNonState", "Phoenix.Countries"} {
		as, err := readActors(lists + "/cameo/" + f + ".actors.txt")
		if err != nil {
			return err
		}
		for _, a := range as {
			kind, code := actorKind(f, a)
			if kind == 0 {
				continue
			}
			if !strings.Contains(a.name, " ") && common(wn, a.name) {
				continue
			}
			if !known[code] {
				code = ""
			}
			main := a.head
			if kind == 'p' {
				main = a.name
			}
			n.add(kind, a.name, code, main)
		}
	}
	return nil
}

func actorKind(file string, a actor) (kind byte, code string) {
	if len(a.code) >= 3 {
		code = a.code[:3]
	}
	role := ""
	if len(a.code) > 3 {
		role = a.code[3:]
	}
	switch {
	case file == "Phoenix.MilNonState":
		return 'g', code
	case file == "Phoenix.International" && (code == "IGO" || code == "NGO" || code == "MNC" || code == "NGM"):
		if regexp.MustCompile(`secretar|president|chief|director|ambassador`).MatchString(a.name) {
			return 0, ""
		}
		return 'o', ""
	case file == "Phoenix.International":
		return 0, ""
	case role == "":
		return 'p', code
	case strings.HasPrefix(role, "GOV") || strings.HasPrefix(role, "ELI") || strings.HasPrefix(role, "OPP"):
		if strings.Contains(a.name, " ") {
			return 'h', code
		}
	}
	return 0, ""
}

// common says whether a word is an ordinary word of English, written with a
// small letter.
func common(wn *wordnet, w string) bool {
	for _, pos := range []byte("nvar") {
		for _, s := range wn.senses[pos][w] {
			for _, form := range s.set.words {
				if form == w {
					return true
				}
			}
		}
	}
	return false
}

// proper returns the single words that go into the file as common words but
// that WordNet never writes small ("Monday", "Rome" of its Church).
func proper(wn *wordnet) []string {
	seen := map[string]bool{}
	for _, s := range wn.order {
		if !keeps(s) {
			continue
		}
		for _, w := range s.words {
			if l := strings.ToLower(w); l != w && !strings.Contains(w, " ") && !common(wn, l) {
				seen[l] = true
			}
		}
	}
	out := make([]string, 0, len(seen))
	for w := range seen {
		out = append(out, w)
	}
	sort.Strings(out)
	return out
}

func capitalized(words []string) bool {
	for _, w := range words {
		if !unicode.IsUpper([]rune(w)[0]) {
			return false
		}
	}
	return true
}

// personNames lists the first and last words of the persons in the gazetteer:
// a word that begins two persons' names is a given name, one that ends two a
// family name. So are those of the lists given.txt and family.txt that name
// nothing else and are no ordinary words.
func personNames(gazetteer, tags *table, wn *wordnet, lists string) error {
	given, family := map[string]int{}, map[string]int{}
	for name, v := range gazetteer.values {
		f := strings.Fields(name)
		if v[0] != 'h' || len(f) < 2 || len(f) > 4 || strings.Contains(name, " of ") {
			continue
		}
		given[f[0]]++
		family[f[len(f)-1]]++
	}
	for file, into := range map[string]map[string]int{"given.txt": given, "family.txt": family} {
		err := eachLine(filepath.Join(lists, file), func(name string) error {
			name = fold(name)
			if v := gazetteer.values[name]; (v == "" || v[0] == 'h') && !common(wn, name) {
				into[name] += 2
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	titles := map[string]bool{"president": true, "king": true, "queen": true, "prince": true, "saint": true, "st.": true, "sir": true,
		"general": true, "prime": true, "minister": true, "pope": true, "mr": true, "dr": true, "sultan": true, "emperor": true, "the": true, "king's": true}
	for w, n := range given {
		if n >= 2 && len(w) > 2 && !titles[w] {
			tags.set("given\t"+w, "")
		}
	}
	for w, n := range family {
		if n >= 2 && len(w) > 2 {
			tags.set("family\t"+w, "")
		}
	}
	return nil
}
