package entities

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"counterclaim/nlp/lexicon"
)

// Party is a party of the case: who speaks, and how it is called.
type Party struct {
	ID      string // as in the case; the key is "party:" + ID
	Name    string
	Aliases []string
}

// Resolver knows the parties of a case and gives every mention of a thing the
// same key. It does not change after NewResolver, so statements may be read at
// once.
type Resolver struct {
	parties []Party
	aliases map[string][]alias  // by the first run of letters, folded
	country map[string]string   // ISO code -> party ID
	stems   map[string]string   // names of parties without their last vowel, for demonyms made of them -> party ID
	heads   map[string][]string // common noun that a party is called by -> parties
	tails   map[string]string   // letters of the last words of a party's long name -> party ID, empty if two have them
	states  map[string]bool     // parties that are states

	companies map[string]bool // parties whose name has a legal form: "plc"
}

// alias is one way to call a party.
type alias struct {
	party    string
	letters  string // folded, letters and digits only
	capitals bool   // must be written with a capital
	article  bool   // must follow an article: "the staff"
	demonym  bool
}

// PartyKey is the key of a party.
func PartyKey(id string) string { return "party:" + id }

// IsParty reports whether a key is that of a party of the case.
func IsParty(key string) bool { return strings.HasPrefix(key, PartyKey("")) }

// Called is the name of the party of a key, as the case gives it; empty for
// any other key.
func (r *Resolver) Called(key string) string {
	for _, p := range r.parties {
		if key == PartyKey(p.ID) {
			return p.Name
		}
	}
	return ""
}

// NewResolver prepares the names of the parties.
func NewResolver(parties []Party) *Resolver {
	r := &Resolver{
		parties: parties,
		aliases: map[string][]alias{},
		country: map[string]string{},
		stems:   map[string]string{},
		heads:   map[string][]string{},
		tails:   map[string]string{},
		states:  map[string]bool{},

		companies: map[string]bool{},
	}
	for _, p := range parties {
		for _, name := range append([]string{p.Name}, p.Aliases...) {
			r.addAlias(p.ID, name)
		}
		r.addHeads(p)
	}
	for first := range r.aliases {
		as := r.aliases[first]
		for i, a := range as {
			as[i].demonym = a.demonym || a.capitals && r.stems[demonymBase(a.letters)] == a.party
		}
		sort.SliceStable(as, func(i, j int) bool { return len(as[i].letters) > len(as[j].letters) })
	}
	return r
}

func (r *Resolver) addAlias(id, name string) {
	bare, article := cutArticle(name)
	if bare == "" {
		return
	}
	capitals := hasCapital(bare)
	a := alias{party: id, letters: letters(bare), capitals: capitals, article: article && !capitals}
	if a.letters == "" {
		return
	}
	if n, ok := lexicon.LookupName(bare); ok && n.Country != "" {
		switch n.Kind {
		case lexicon.CountryName:
			r.country[n.Country] = id
			r.states[id] = true
		case lexicon.DemonymName:
			if r.country[n.Country] == "" {
				r.country[n.Country] = id
			}
			r.states[id] = true
			a.demonym = true
		default: // a city is not its state
		}
	}
	if f := strings.Fields(bare); len(f) > 1 && legalForm(lexicon.Fold(f[len(f)-1])) {
		r.companies[id] = true
	}
	if stateName(bare) {
		r.states[id] = true
	}
	if !a.demonym && capitals && !strings.ContainsAny(bare, " -'") {
		if stem := demonymStem(letters(bare)); len(stem) >= 4 && r.stems[stem] == "" {
			r.stems[stem] = id
		}
	}
	r.put(name, a)
	for f := strings.Fields(bare); len(f) > 2 && capitals && !strings.Contains(bare, " of "); {
		f = f[1:]
		tail := letters(strings.Join(f, " "))
		if old, ok := r.tails[tail]; ok && old != id {
			r.tails[tail] = ""
		} else {
			r.tails[tail] = id
		}
	}
	if capitals && !strings.Contains(bare, " ") && !strings.HasSuffix(bare, "s") {
		plural := a
		plural.letters += "s"
		r.put(name, plural)
	}
}

func (r *Resolver) put(name string, a alias) {
	bare, _ := cutArticle(name)
	first := firstRun(lexicon.Fold(bare))
	if strings.HasSuffix(a.letters, "s") && a.letters == letters(bare)+"s" {
		first += "s"
	}
	for _, old := range r.aliases[first] {
		if old.letters == a.letters {
			return // the party listed first keeps an alias that two claim
		}
	}
	r.aliases[first] = append(r.aliases[first], a)
}

// addHeads notes the common nouns that parties are called by for short: the
// head of a name that begins with a capital ("the Mission" for the Frontier
// Observation Mission, "the Office" for the Office of X).
func (r *Resolver) addHeads(p Party) {
	for _, name := range append([]string{p.Name}, p.Aliases...) {
		bare, _ := cutArticle(name)
		if !hasCapital(bare) {
			continue
		}
		bare, _, _ = strings.Cut(bare, ",")
		bare, _, _ = strings.Cut(bare, " of ")
		f := strings.Fields(lexicon.Fold(bare))
		if len(f) == 0 {
			continue
		}
		w := strings.Trim(f[len(f)-1], ".'")
		if c := lexicon.Clue(w); (c == "org" || c == "place") && !slices.Contains(r.heads[w], p.ID) {
			r.heads[w] = append(r.heads[w], p.ID)
		}
	}
}

// partyAt finds the longest alias of a party that begins at token i and
// returns its number of tokens.
func (r *Resolver) partyAt(ws []word, raw []string, i int) (a alias, n int) {
	first := firstRun(ws[i].lower)
	if first == "" {
		return alias{}, 0
	}
	for _, cand := range r.aliases[first] {
		if cand.capitals && !ws[i].capital {
			continue
		}
		if cand.article && !(i > 0 && definite(ws[i-1].lower)) {
			continue
		}
		if k := match(cand.letters, raw, i); k > 0 {
			return cand, k
		}
	}
	if ws[i].capital {
		if id := r.stems[demonymBase(letters(ws[i].lower))]; id != "" {
			return alias{party: id, letters: raw[i], capitals: true, demonym: true}, 1
		}
	}
	return alias{}, 0
}

// match compares an alias with the letters of the tokens from i on.
func match(want string, raw []string, i int) int {
	for k := i; k < len(raw) && k < i+16; k++ {
		rest, ok := strings.CutPrefix(want, raw[k])
		if !ok || raw[k] == "" && k == i {
			return 0
		}
		if want = rest; want == "" {
			return k - i + 1
		}
	}
	return 0
}

// letters keeps the letters and digits of a name, folded.
func letters(s string) string {
	s = lexicon.Fold(s)
	var b strings.Builder
	for _, c := range s {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			b.WriteRune(c)
		}
	}
	return b.String()
}

func firstRun(s string) string {
	for i, c := range s {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			return s[:i]
		}
	}
	return s
}

func hasCapital(s string) bool {
	for _, c := range s {
		if unicode.IsUpper(c) {
			return true
		}
	}
	return false
}

func cutArticle(s string) (string, bool) {
	s = strings.TrimSpace(s)
	for _, a := range []string{"the ", "The ", "a ", "an "} {
		if rest, ok := strings.CutPrefix(s, a); ok {
			return rest, a[0] == 't' || a[0] == 'T'
		}
	}
	return s, false
}

func definite(w string) bool {
	switch w {
	case "the", "this", "that", "these", "those", "said":
		return true
	}
	return false
}

// stateName reports whether a name has a word that only states are called by.
func stateName(name string) bool {
	for _, w := range strings.Fields(lexicon.Fold(name)) {
		switch w {
		case "republic", "kingdom", "federation", "emirate", "emirates", "sultanate", "principality":
			return true
		}
	}
	return false
}

// demonymStem and demonymBase bring the name of a country and a demonym made
// of it by a regular ending to one form: Mezhera, Mezheran; Kharsun,
// Kharsunian.
func demonymStem(name string) string { return strings.TrimRight(name, "aeiouy") }

func demonymBase(demonym string) string {
	d := strings.TrimSuffix(demonym, "s")
	for _, end := range []string{"ian", "ese", "ish", "ean", "an", "ite", "n", "i"} {
		if base, ok := strings.CutSuffix(d, end); ok && len(base) >= 3 {
			return strings.TrimRight(base, "aeiouy")
		}
	}
	return "\x00"
}
