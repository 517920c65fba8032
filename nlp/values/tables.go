package values

import (
	"embed"
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

//go:embed data/*.tsv
var data embed.FS

// rows reads an embedded table: tab-separated, # comments.
func rows(name string) [][]string {
	text, err := data.ReadFile("data/" + name)
	if err != nil {
		panic(err) // the file is compiled in
	}
	var out [][]string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out
}

// phrase is a run of words with what it means.
type phrase[T any] struct {
	words []string
	means T
}

// phrases finds the longest phrase that starts at an atom.
type phrases[T any] map[string][]phrase[T]

func (p phrases[T]) add(text string, means T) {
	words := splitPhrase(text)
	p[words[0]] = append(p[words[0]], phrase[T]{words, means})
}

// splitPhrase cuts a phrase of a table as atomize cuts a text.
func splitPhrase(text string) []string {
	var words []string
	for _, field := range strings.Fields(text) {
		start := 0
		for i, r := range field {
			if !unicode.IsLetter(r) && !isDigit(r) {
				if i > start {
					words = append(words, field[start:i])
				}
				words = append(words, string(r))
				start = i + len(string(r))
			}
		}
		if start < len(field) {
			words = append(words, field[start:])
		}
	}
	return words
}

// match returns what the longest phrase at atom i means and the atom after it.
func (p phrases[T]) match(s *scanner, i int) (means T, next int, ok bool) {
	for _, candidate := range p[s.low(i)] {
		n := len(candidate.words)
		if i+n <= next {
			continue
		}
		same := true
		for k, w := range candidate.words {
			if s.low(i+k) != w {
				same = false
				break
			}
		}
		if same {
			means, next, ok = candidate.means, i+n, true
		}
	}
	return means, next, ok
}

// dims are exponents of m, kg, s, K, A, bit.
type dims [6]int8

var dimNames = [6]string{"m", "kg", "s", "K", "A", "bit"}

// dimUnits names the dimensions that have a unit of their own.
var dimUnits = map[dims]string{
	{1}: "m", {2}: "m2", {3}: "m3", {0, 1}: "kg", {0, 0, 1}: "s",
	{1, 0, -1}: "m/s", {3, 0, -1}: "m3/s", {0, 1, -1}: "kg/s", {-3, 1}: "kg/m3",
	{1, 1, -2}: "N", {-1, 1, -2}: "Pa", {2, 1, -2}: "J", {2, 1, -3}: "W",
	{0, 0, -1}: "1/s", {0, 0, 0, 1}: "K", {0, 0, 0, 0, 1}: "A", {2, 1, -3, 0, -1}: "V",
	{0, 0, 0, 0, 0, 1}: "bit", {0, 0, -1, 0, 0, 1}: "bit/s",
}

func (d dims) String() string {
	if name, ok := dimUnits[d]; ok {
		return name
	}
	var parts []string
	for i, e := range d {
		if e != 0 {
			parts = append(parts, dimNames[i]+strconv.Itoa(int(e)))
		}
	}
	return strings.Join(parts, ".")
}

// unit is a physical unit: value in base units = value*factor + offset.
type unit struct {
	factor, offset float64
	dims           dims
}

func (u unit) times(v unit, power int8) unit {
	u.factor *= math.Pow(v.factor, float64(power))
	for i := range u.dims {
		u.dims[i] += power * v.dims[i]
	}
	return u
}

// dayPart is a stretch of the day in minutes from midnight.
type dayPart struct {
	from, to float64
	approx   bool
}

// tables are the embedded word lists, read once.
type tables struct {
	before, after phrases[string]
	dayParts      phrases[dayPart]
	names         phrases[unit]   // "cubic", "metres": lower case
	symbols       map[string]unit // as written
	moneyWords    map[string]string
	moneySymbols  map[string]string
	moneyCodes    map[string]bool
}

var siPrefixes = map[rune]struct {
	factor float64
	name   string
}{
	'n': {1e-9, "nano"}, 'μ': {1e-6, "micro"}, 'µ': {1e-6, "micro"}, 'm': {1e-3, "milli"},
	'c': {1e-2, "centi"}, 'd': {1e-1, "deci"}, 'h': {1e2, "hecto"}, 'k': {1e3, "kilo"},
	'M': {1e6, "mega"}, 'G': {1e9, "giga"}, 'T': {1e12, "tera"}, 'P': {1e15, "peta"},
}

var load = sync.OnceValue(func() *tables {
	t := &tables{
		before: phrases[string]{}, after: phrases[string]{}, dayParts: phrases[dayPart]{},
		names: phrases[unit]{}, symbols: map[string]unit{},
		moneyWords: map[string]string{}, moneySymbols: map[string]string{}, moneyCodes: map[string]bool{},
	}
	for _, r := range rows("bounds.tsv") {
		t.before.add(r[0], r[1])
	}
	for _, r := range rows("after.tsv") {
		t.after.add(r[0], r[1])
	}
	for _, r := range rows("dayparts.tsv") {
		t.dayParts.add(r[0], dayPart{number(r[1]), number(r[2]), r[3] != ""})
	}
	for _, r := range rows("money.tsv") {
		t.moneyCodes[r[0]] = true
		for _, symbol := range strings.Fields(r[1]) {
			t.moneySymbols[symbol] = r[0]
		}
		for _, w := range strings.Fields(r[2]) {
			t.moneyWords[w] = r[0]
		}
	}
	units := rows("units.tsv")
	// Plain symbols come last: they win over prefixed ones ("min", "ft", "kt").
	for _, prefixed := range []bool{true, false} {
		for _, r := range units {
			t.addUnit(r, prefixed)
		}
	}
	return t
})

func (t *tables) addUnit(r []string, prefixed bool) {
	u := unit{factor: number(r[3]), offset: number(r[4])}
	for _, field := range strings.Fields(r[5]) {
		name, exponent, _ := strings.Cut(field, ":")
		for i := range dimNames {
			if dimNames[i] == name {
				u.dims[i] = int8(number(exponent))
			}
		}
	}
	prefixes := []rune{0}
	if prefixed {
		prefixes = []rune(r[2])
	}
	for _, p := range prefixes {
		v, symbol, name := u, "", ""
		if p != 0 {
			v.factor *= siPrefixes[p].factor
			symbol, name = string(p), siPrefixes[p].name
		}
		for _, w := range strings.Fields(r[1]) {
			t.symbols[symbol+w] = v
		}
		for _, w := range strings.Fields(r[0]) {
			t.names.add(strings.ReplaceAll(name+w, "_", " "), v)
		}
	}
}

// number reads a number of an embedded table.
func number(text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic("values: bad number in an embedded table: " + text)
	}
	return v
}

// Number words.
var (
	smallNumbers = map[string]float64{ // 1 to 9
		"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	}
	teens = map[string]float64{
		"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
		"sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	}
	tens = map[string]float64{
		"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, //nolint:misspell // people write it
		"fifty": 50, "sixty": 60,
		"seventy": 70, "eighty": 80, "ninety": 90,
	}
	multipliers = map[string]float64{
		"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
		"mn": 1e6, "bn": 1e9, "tn": 1e12, "dozen": 12, "score": 20,
	}
	pluralMultipliers = map[string]float64{
		"dozens": 12, "scores": 20, "tens": 10, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9,
	}
	ordinals = map[string]float64{
		"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
		"ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
		"fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
		"twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60,
		"seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100, "thousandth": 1000,
	}
	fractions = map[string]float64{
		"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
		"fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
		"ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "hundredth": 100, "hundredths": 100,
		"thousandth": 1000, "thousandths": 1000,
	}
	fractionMarks = map[string]float64{
		"½": 1. / 2, "⅓": 1. / 3, "⅔": 2. / 3, "¼": 1. / 4, "¾": 3. / 4, "⅕": 1. / 5, "⅛": 1. / 8,
	}
	months = map[string]int{
		"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
		"september": 9, "october": 10, "november": 11, "december": 12,
		"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
		"oct": 10, "nov": 11, "dec": 12,
	}
	weekdays = map[string]int{
		"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
		"mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thurs": 4, "fri": 5,
	}
	seasons = map[string]int{"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12} // first month
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	// functionWords end the noun phrase that a number counts.
	functionWords = set(`a an the this that these those my your his her its our their of in on at by for from to into onto
		with without within over under above below through across between among against during before after since until till
		upon off out up down about around near per as than like via and or but nor so yet if when while where who whom whose which what
		because although though unless is are was were be been being am has have had having do does did done will would
		shall should can could may might must not no never also only even still already just yet again now then
		there here he she it they we you i him them us me himself themselves itself each every any some both all none
		either neither more less fewer most least later earlier ago ahead alone together apart away back
		said says say came come went go gone got took take taken made make makes gave give given left stood stand stands
		fell fall rose rise ran run put let kept keep lost lose held hold lay lie lies sat died die dies began begin
		remain remains remained became become seem seems were'nt cannot however therefore thus too very much aboard
		today yesterday tomorrow tonight inclusive respectively ahead wide long high deep tall old strong`)
	// labels are nouns whose number is a name: "article 6" counts nothing.
	labels = set(`article articles paragraph paragraphs para paras section sections sec clause clauses chapter chapters annex annexes
		appendix resolution resolutions res document doc agenda item items rule rules regulation regulations directive decree
		decrees protocol act law bill case no nos number numbers nr page pages pp p figure table line lines route
		highway road street gate gates platform terminal runway rwy channel room hall sector zone area district ward unit
		battalion brigade regiment division corps battery post checkpoint hill point building block house flat apartment flight squadron
		phase stage step level category class grade type model version part volume vol chapter target goal option question tower
		turbine reactor block pier berth dock lock valve pump exhibit count verse track lane bus tram car carriage
		order instruction instructions draft measure form note circular notice chamber court box tent camp seat row shaft well pit mast buoy
		frequency mark mk iso en art arts ref reference sheet map position station sample boat cell contact lot plot year years grade grades wave`)
	// timeWords go before a clock time.
	timeWords = set("at about around approximately circa by until till before after since from between towards toward near nearly almost and to past")
	// inflected nouns that do not end in s, and words that count people by what befell them.
	plurals = set(`people men women children police personnel persons pax crew staff troops cattle sheep fish aircraft craft
		fishermen policemen servicemen workmen crewmen firemen gunmen guardsmen militiamen spokesmen teeth feet mice dead wounded injured
		missing killed hurt casualties ill sick drowned arrested detained unaccounted infected displaced homeless
		fatalities women youth media data pob sailors infantry cavalry foot horse`)
	fates      = set("dead wounded injured missing killed hurt ill sick drowned arrested detained displaced homeless infected")
	irregulars = map[string]string{
		"people": "person", "men": "man", "women": "woman", "children": "child", "teeth": "tooth", "feet": "foot",
		"lives": "life", "wives": "wife", "knives": "knife", "halves": "half", "wolves": "wolf", "leaves": "leaf",
		"loaves": "loaf", "thieves": "thief", "shelves": "shelf", "mice": "mouse", "movies": "movie", "ties": "tie",
		"series": "series", "species": "species", "pax": "pax", "buses": "bus", "gases": "gas", "gas": "gas", "bus": "bus",
		"crises": "crisis", "analyses": "analysis", "bases": "base", "axes": "axe", "news": "news", "means": "means",
		"premises": "premises", "barracks": "barracks", "heroes": "hero", "shoes": "shoe", "data": "data", "media": "media",
	}
)

// singular is the singular of a noun in lower case.
func singular(w string) string {
	if s, ok := irregulars[w]; ok {
		return s
	}
	n := len(w)
	switch {
	case strings.HasSuffix(w, "men"):
		return w[:n-2] + "an"
	case n > 4 && strings.HasSuffix(w, "ies"):
		return w[:n-3] + "y"
	case n > 4 && (strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "xes") || strings.HasSuffix(w, "zzes") ||
		strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "oes")):
		return w[:n-2]
	case n > 7 && strings.HasSuffix(w, "is") && !strings.HasSuffix(w, "sis"):
		return w[:n-1]
	case n > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		return w[:n-1]
	}
	return w
}

// pluralLike says whether a word in lower case looks like a plural noun.
func pluralLike(w string) bool {
	return plurals[w] || strings.HasSuffix(w, "men") || len(w) > 7 && strings.HasSuffix(w, "is") && !strings.HasSuffix(w, "sis") ||
		len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is")
}
