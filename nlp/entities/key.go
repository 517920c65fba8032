package entities

import (
	"strings"
	"unicode"

	"counterclaim/nlp/lexicon"
)

// key sets the key of a name, and the country or party that it belongs to.
//
// A country and its demonym have "country:ISO", or the key of the party that
// it is; an organ of a state is keyed with the state ("ministry of defence @
// country:FRA"), a person by the family name, all else by the folded name
// without articles, titles and possessives.
func (s *Statement) key(sc scene, c candidate, e *Entity) {
	from, to := c.from, c.to
	for from < to && (sc.ws[from].lower == "the" || sc.raw[from] == "") {
		from++
	}
	for to > from && (sc.raw[to-1] == "" || sc.ws[to-1].lower == "'s") {
		to--
	}
	if from == to {
		return
	}
	if e.Type == Document && symbol(sc, from) == to-from {
		e.Key = strings.ToLower(e.Text)
		return
	}
	name := fold(sc, from, to)
	if k := s.country(name); k != "" {
		e.Key = k
		return
	}
	if full, ok := s.short[name]; ok {
		e.Key, e.Of = full.Key, full.Of
		return
	}
	if rest := cutSuffix(sc, from, to); rest < to {
		if to = rest; s.country(fold(sc, from, to)) != "" {
			e.Key = s.country(fold(sc, from, to))
			return
		}
		name = fold(sc, from, to)
	}
	if e.Type == Organization && to-from > 1 {
		if id := s.r.tails[letters(name)]; id != "" {
			e.Key = PartyKey(id)
			return
		}
	}
	switch e.Type {
	case Person:
		last := &sc.ws[to-1]
		if h := head(sc.tokens, c.span); sc.ws[h].clue == "title" && h+1 < to && sc.ws[h+1].lower == "of" && (last.common || last.places != "" || s.country(last.lower) != "") {
			// an office: "President of X"
			if name, e.Of = s.owner(sc, from, to); e.Of != "" {
				name += " @ " + e.Of
			}
			e.Key = name
			break
		}
		e.Key = personKey(sc, from, to)
	case Organization, Document, Event:
		name, e.Of = s.owner(sc, from, to)
		e.Key = name
		if e.Of != "" && e.Type == Organization {
			e.Key = name + " @ " + e.Of
		}
	default:
		if k := comma(sc, from, to); k < to { // "Lahore, Pakistan"
			name, e.Of = fold(sc, from, k), s.country(fold(sc, k+1, to))
		}
		if n, ok := lexicon.LookupName(name); ok && n.Kind == lexicon.PlaceName {
			name = n.Main
		} else if d, people := lexicon.DemonymOf(name); people { // of a place that is no country
			name, e.Form = d.Main, Demonym
		} else if base := demonymOf(name); !ok && base != "" {
			name, e.Form = base, Demonym
		}
		e.Key = name
	}
	if e.Type == Organization && e.Of == "" && (to-from > 1 || !sc.ws[from].common) {
		if n, ok := lexicon.LookupName(name); ok && n.Kind == lexicon.OrganizationName {
			e.Key = n.Main
		}
	}
}

// demonymOf returns the place that an adjective is made of by a regular
// ending, if the gazetteer has it: Crimean, Crimea.
func demonymOf(name string) string {
	for _, end := range []string{"ean", "ian", "an", "n", "i"} {
		base, ok := strings.CutSuffix(strings.TrimSuffix(name, "s"), end)
		if !ok || len(base) < 3 {
			continue
		}
		for _, vowel := range []string{"ea", "ia", "a", "e", "o", "y", ""} {
			if n, ok := lexicon.LookupName(base + vowel); ok && (n.Kind == lexicon.PlaceName || n.Kind == lexicon.CapitalName) {
				return n.Main
			}
		}
	}
	return ""
}

// cutSuffix returns the end of a company's name without its legal form.
func cutSuffix(sc scene, from, to int) int {
	for to > from+1 && (sc.ws[to-1].lower == "" || sc.ws[to-1].lower == "." || legalForm(sc.ws[to-1].lower)) {
		to--
	}
	return to
}

// legalForm reports whether a word is the legal form of a company.
func legalForm(w string) bool {
	switch strings.TrimSuffix(w, ".") {
	case "inc", "ltd", "llc", "plc", "corp", "co", "gmbh", "ag", "oyj", "oy", "sa", "spa", "nv", "bv", "ab", "asa", "limited", "incorporated":
		return true
	}
	return false
}

// country returns the key of a country, of its people, or of a formal name
// with a country in it ("Government of" stays a name of its own).
func (s *Statement) country(name string) string {
	for _, formal := range []string{"republic of ", "kingdom of ", "state of ", "federation of ", "people of "} {
		if rest, ok := strings.CutPrefix(name, formal); ok {
			if k := s.country(strings.TrimPrefix(rest, "the ")); k != "" {
				return k
			}
		}
	}
	if k := s.r.byLetters(name); k != "" {
		return k
	}
	if id := s.r.stems[demonymBase(name)]; id != "" && !strings.Contains(name, " ") {
		return PartyKey(id)
	}
	code := ""
	if n, ok := lexicon.LookupName(name); ok && (n.Kind == lexicon.CountryName || n.Kind == lexicon.DemonymName) {
		code = n.Country
	} else if d := lexicon.Demonym(name); d != "" {
		code = d
	}
	if code == "" {
		return ""
	}
	if id := s.r.country[code]; id != "" {
		return PartyKey(id)
	}
	return "country:" + code
}

// byLetters returns the key of the party that has the name as an alias.
func (r *Resolver) byLetters(name string) string {
	want := letters(name)
	for _, a := range r.aliases[firstRun(name)] {
		if a.letters == want {
			return PartyKey(a.party)
		}
	}
	return ""
}

// owner splits the name of an organization into its own words and the state
// or party that it belongs to: "Ministry of Defence of the Republic of X",
// "X Ministry of Defence", "X's Defence Ministry" are one.
func (s *Statement) owner(sc scene, from, to int) (name, of string) {
	for k := from + 2; k < to; k++ {
		if w := sc.ws[k-1].lower; w != "of" && (w != "the" || sc.ws[k-2].lower != "of") {
			continue
		}
		if key := s.country(fold(sc, k, to)); key != "" {
			of, to = key, k-1
			if sc.ws[to].lower == "the" {
				to--
			}
			break
		}
	}
	for n := min(4, to-from-1); n > 0 && of == ""; n-- {
		if sc.ws[from+n].lower == "of" {
			continue
		}
		if key := s.country(fold(sc, from, from+n)); key != "" {
			of = key
			from += n
			for from < to && (sc.ws[from].lower == "'s" || sc.raw[from] == "") {
				from++
			}
		}
	}
	name = fold(sc, from, to)
	if rest, ok := strings.CutSuffix(name, " ministry"); ok {
		if rest == "foreign" {
			rest = "foreign affairs"
		}
		name = "ministry of " + rest
	}
	name = strings.ReplaceAll(name, "defense", "defence")
	for _, un := range []string{"un ", "united nations "} { // "the UN Security Council" is the Security Council
		if rest, ok := strings.CutPrefix(name, un); ok && strings.Contains(rest, " ") {
			name = rest
		}
	}
	if of == "" && s.r.states[s.speaker] && stateOrgan(name) {
		of = PartyKey(s.speaker)
	}
	return name, of
}

// comma returns the place of the first comma in a range, or its end.
func comma(sc scene, from, to int) int {
	for from < to && sc.ws[from].lower != "," {
		from++
	}
	return from
}

// stateOrgan reports whether a name without a country is an organ that each
// state has one of, so that it is the speaker's own.
func stateOrgan(name string) bool {
	if strings.HasPrefix(name, "ministry of ") {
		return true
	}
	switch name {
	case "government", "parliament", "armed forces", "army", "air force", "navy", "border guard", "general staff", "cabinet":
		return true
	}
	return false
}

// personKey is the family name: the last word that is no title, suffix or
// initial.
func personKey(sc scene, from, to int) string {
	for i := from + 1; i < to; i++ { // "Prince Andrew of X", but not "Minister of Health Smith"
		if sc.ws[i].lower == "," || sc.ws[i].lower == "of" && sc.ws[i-1].clue != "title" {
			to = i
		}
	}
	for i := to - 1; i >= from; i-- {
		w := sc.ws[i].lower
		switch {
		case sc.raw[i] == "" || w == "jr" || w == "jr." || w == "sr." || w == "ii" || w == "iii" || w == "'s":
			continue
		case lexicon.Clue(w) == "title" && (i > from || to-from > 1):
			continue // a title alone is its own key: "Secretary-General"
		case len([]rune(strings.TrimSuffix(w, "."))) == 1 && i > from:
			continue
		}
		if sc.ws[i].common && !sc.ws[i].family && !titled(sc, from, i) {
			break // "Chief Executive"
		}
		w = strings.TrimSuffix(w, ".")
		for i-2 >= from && sc.tokens[i-1].Text == "-" && sc.tokens[i-1].Start == sc.tokens[i-2].End { // "Varga-Leith"
			w = sc.ws[i-2].lower + "-" + w
			i -= 2
		}
		return w
	}
	return fold(sc, from, to)
}

// titled reports whether a title or a given name stands before the last word
// of a name, so that even a common word is a family name: "Mr. Brown".
func titled(sc scene, from, last int) bool {
	for i := from; i < last; i++ {
		if sc.ws[i].clue == "title" || sc.ws[i].given || !sc.ws[i].common {
			return true
		}
	}
	return false
}

// fold joins the words of a range in the form in which names are compared.
func fold(sc scene, from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		w := strings.TrimFunc(sc.ws[i].lower, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '/' && r != '\''
		})
		if w == "" || w == "'" {
			continue
		}
		if w[0] == '\'' { // possessive
			if i == to-1 || w == "'s" {
				continue
			}
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}
