package lexicon

import "slices"

// A word's record holds, for each part of speech that it has: the letter of
// the part of speech, the number of the word that keys its family, the number
// of senses, each sense as synset<<4|weight, and the number of derived words,
// each as word<<2|part of speech. Weight is the bit length of how often
// WordNet's tagged texts have the sense: 0 never, 1 once, 2 up to three times.
//
// A synset's record: part of speech, lexicographer file, hypernyms, similar
// synsets, entailed or caused synsets, antonyms as word, word, synset, and the
// words; each list is a count and its members.

// sense is one meaning of a word, in WordNet's order of frequency.
type sense struct {
	synset int
	weight int
	rank   int
}

// frequent says whether a sense is one that running text is likely to mean.
// WordNet lists rare senses after common ones without counts; four senses, or
// those seen at least twice, is where "kind of" answers stay plausible.
func (s sense) frequent() bool { return s.rank < 4 || s.weight >= 2 }

// entry is a word in one part of speech.
type entry struct {
	word    int
	family  int
	senses  []sense
	derived string // the rest of the record, from the number of derived words
}

const parts = "nvar"

// lookup finds a word in a part of speech.
func lookup(word string, pos byte) (entry, bool) {
	number, v, ok := find(wordSection, word)
	if !ok {
		return entry{}, false
	}
	for len(v) > 0 {
		e := entry{word: number}
		p := v[0]
		var n int
		e.family, v = uvarint(v[1:])
		n, v = uvarint(v)
		if p == pos {
			e.senses = make([]sense, n)
		}
		for i := range n {
			var s int
			s, v = uvarint(v)
			if p == pos {
				e.senses[i] = sense{s >> 4, s & 15, i}
			}
		}
		e.derived = v
		n, v = uvarint(v)
		for range n {
			_, v = uvarint(v)
		}
		if p == pos {
			return e, true
		}
	}
	return entry{}, false
}

// synset is the record of one meaning.
type synset struct {
	lexfile byte
	lists   string
}

func synsetAt(id int) synset {
	_, v := section(synsetSection).at(id)
	return synset{v[1], v[2:]}
}

// skip passes over n lists of width numbers each.
func skip(v string, width int) string {
	n, v := uvarint(v)
	for range n * width {
		_, v = uvarint(v)
	}
	return v
}

func numbers(v string, width int) []int {
	n, v := uvarint(v)
	out := make([]int, n*width)
	for i := range out {
		out[i], v = uvarint(v)
	}
	return out
}

func (s synset) hypernyms() []int { return numbers(s.lists, 1) }
func (s synset) similar() []int   { return numbers(skip(s.lists, 1), 1) }

// antonyms returns triples: word of this synset, its opposite, the
// opposite's synset.
func (s synset) antonyms() []int {
	return numbers(skip(skip(skip(s.lists, 1), 1), 1), 3)
}

// words returns the numbers of the words that have this meaning.
func (s synset) words() []int {
	return numbers(skip(skip(skip(skip(s.lists, 1), 1), 1), 3), 1)
}

func wordAt(number int) string {
	w, _ := section(wordSection).at(number)
	return w
}

// Known reports whether WordNet has the word in the part of speech.
func Known(word string, pos byte) bool {
	_, ok := lookup(word, pos)
	return ok
}

// Common reports whether a word, in lower case, is an ordinary word of some
// part of speech, inflected or not: WordNet knows it and writes it small, or
// it is of a closed class (lists/closed.tsv).
func Common(word string) bool {
	if Closed(word) {
		return true
	}
	if tagged("proper", word) {
		return false
	}
	for _, pos := range []byte(parts) {
		if Known(word, pos) {
			return true
		}
	}
	for _, pos := range []byte("nv") {
		if l := Lemma(word, pos); l != word && Known(l, pos) && !tagged("proper", l) {
			return true
		}
	}
	return false
}

// Closed reports whether a word in lower case is of a closed class: a
// determiner, pronoun, preposition, conjunction, auxiliary, number or
// interjection.
func Closed(word string) bool { return tagged("closed", word) }

// Senses returns the number of meanings of a word, 0 if it is not known.
func Senses(word string, pos byte) int {
	e, _ := lookup(word, pos)
	return len(e.senses)
}

// shared reports whether two entries have a meaning in common.
func shared(a, b entry, frequentOnly bool) bool {
	for _, x := range a.senses {
		if frequentOnly && !x.frequent() {
			continue
		}
		for _, y := range b.senses {
			if x.synset == y.synset && (!frequentOnly || y.frequent()) {
				return true
			}
		}
	}
	return false
}

// Synonyms reports whether two words share a frequent meaning, or are the
// same word.
func Synonyms(a, b string, pos byte) bool {
	if a == b {
		return true
	}
	x, okx := lookup(a, pos)
	y, oky := lookup(b, pos)
	return okx && oky && shared(x, y, true)
}

// Related reports whether two words share any meaning, however rare, are
// derived from the same word, or (adjectives) are near in meaning.
func Related(a, b string, pos byte) bool {
	x, okx := lookup(a, pos)
	y, oky := lookup(b, pos)
	if a == b || okx && oky && (x.family == y.family || shared(x, y, false)) {
		return true
	}
	if pos != 'a' || !okx || !oky {
		return false
	}
	for _, s := range x.senses {
		near := synsetAt(s.synset).similar()
		for _, t := range y.senses {
			for _, id := range near {
				if id == t.synset {
					return true
				}
			}
		}
	}
	return false
}

// SynonymsOf returns the words that share a frequent meaning with word, in
// the order of its meanings.
func SynonymsOf(word string, pos byte) []string {
	e, _ := lookup(word, pos)
	var out []string
	seen := map[int]bool{e.word: true}
	for _, s := range e.senses {
		if !s.frequent() {
			continue
		}
		for _, w := range synsetAt(s.synset).words() {
			if !seen[w] {
				seen[w] = true
				out = append(out, wordAt(w))
			}
		}
	}
	return out
}

// above returns the synsets over the frequent senses of e, with the least
// number of steps to each; a sense itself is 0 steps away.
func above(e entry, steps int) map[int]int {
	dist := map[int]int{}
	var level []int
	for _, s := range e.senses {
		if s.frequent() {
			dist[s.synset] = 0
			level = append(level, s.synset)
		}
	}
	for d := 1; d <= steps && len(level) > 0; d++ {
		var next []int
		for _, id := range level {
			for _, h := range synsetAt(id).hypernyms() {
				if _, seen := dist[h]; !seen {
					dist[h] = d
					next = append(next, h)
				}
			}
		}
		level = next
	}
	return dist
}

// Hypernym reports whether a is a kind of b (a noun), or a way of doing b (a
// verb), by at most so many steps in WordNet, from a frequent sense of a to a
// frequent sense of b. It is false for synonyms.
//
//	Hypernym("village", "settlement", 'n', 3) == true
func Hypernym(a, b string, pos byte, steps int) bool {
	x, okx := lookup(a, pos)
	y, oky := lookup(b, pos)
	if !okx || !oky || a == b || shared(x, y, true) {
		return false
	}
	up := above(x, steps)
	for _, s := range y.senses {
		if d, ok := up[s.synset]; ok && d > 0 && s.frequent() {
			return true
		}
	}
	return false
}

// CoHyponyms reports whether two different nouns or verbs are kinds of the
// same thing in one of their two first senses, one step below it, or two
// steps in their first senses, and neither is a kind of the other. Most such
// pairs exclude one another (dog, cat), some do not (mother, teacher):
// Exclusive is the surer question.
func CoHyponyms(a, b string, pos byte) bool {
	x, okx := lookup(a, pos)
	y, oky := lookup(b, pos)
	if !okx || !oky || a == b || shared(x, y, false) || Hypernym(a, b, pos, 4) || Hypernym(b, a, pos, 4) {
		return false
	}
	for i := range min(2, len(x.senses)) {
		for j := range min(2, len(y.senses)) {
			if meet(x.senses[i].synset, y.senses[j].synset, i+j == 0) {
				return true
			}
		}
	}
	return false
}

// meet reports whether two synsets have a common hypernym one step away, or,
// if far, at most two.
func meet(a, b int, far bool) bool {
	over := func(id int) []int {
		up := synsetAt(id).hypernyms()
		if far {
			for _, h := range up[:len(up):len(up)] {
				up = append(up, synsetAt(h).hypernyms()...)
			}
		}
		return up
	}
	theirs := over(b)
	for _, h := range over(a) {
		for _, g := range theirs {
			if h == g {
				return true
			}
		}
	}
	return false
}

// supersenses are WordNet's lexicographer files, by number (lexnames(5)).
var supersenses = [...]string{"adj.all", "adj.pert", "adv.all", "noun.Tops", "noun.act", "noun.animal", "noun.artifact", "noun.attribute",
	"noun.body", "noun.cognition", "noun.communication", "noun.event", "noun.feeling", "noun.food", "noun.group", "noun.location",
	"noun.motive", "noun.object", "noun.person", "noun.phenomenon", "noun.plant", "noun.possession", "noun.process", "noun.quantity",
	"noun.relation", "noun.shape", "noun.state", "noun.substance", "noun.time", "verb.body", "verb.change", "verb.cognition",
	"verb.communication", "verb.competition", "verb.consumption", "verb.contact", "verb.creation", "verb.emotion", "verb.motion",
	"verb.perception", "verb.possession", "verb.social", "verb.stative", "verb.weather", "adj.ppl"}

// Supersense returns the broad class of the most frequent meaning of a word,
// named as WordNet's lexicographer file ("noun.person", "verb.motion"), or ""
// if the word is not known.
func Supersense(word string, pos byte) string {
	e, ok := lookup(word, pos)
	if !ok {
		return ""
	}
	if n := int(synsetAt(e.senses[0].synset).lexfile); n < len(supersenses) {
		return supersenses[n]
	}
	return ""
}

// Meeting is where the ways up from two nouns or verbs meet in WordNet.
type Meeting struct {
	StepsA, StepsB int // from the words to what both are kinds of
	Depth          int // of that, below the top
}

// Meet returns where the ways up from two words first meet, of their three
// first senses; ok is false where they do not within so many steps each.
func Meet(a, b string, pos byte, steps int) (m Meeting, ok bool) {
	x, okx := lookup(a, pos)
	y, oky := lookup(b, pos)
	if !okx || !oky {
		return m, false
	}
	const senses = 3
	x.senses, y.senses = x.senses[:min(senses, len(x.senses))], y.senses[:min(senses, len(y.senses))]
	up, over := above(x, steps), above(y, steps)
	best := -1
	for id, d := range up {
		e, both := over[id]
		if !both || ok && (d+e > m.StepsA+m.StepsB || d+e == m.StepsA+m.StepsB && id > best) {
			continue
		}
		m, ok, best = Meeting{StepsA: d, StepsB: e}, true, id
	}
	for id := best; ok; m.Depth++ {
		h := synsetAt(id).hypernyms()
		if len(h) == 0 {
			break
		}
		id = h[0]
	}
	return m, ok
}

// Supersenses returns the broad classes of a word's frequent meanings.
func Supersenses(word string, pos byte) []string {
	e, _ := lookup(word, pos)
	var out []string
	for _, s := range e.senses {
		if n := int(synsetAt(s.synset).lexfile); s.frequent() && n < len(supersenses) && !slices.Contains(out, supersenses[n]) {
			out = append(out, supersenses[n])
		}
	}
	return out
}

// Nuance reports whether an adjective is one of those that WordNet gathers
// round another as near to it and stronger or more special: "tiny" of
// "small".
func Nuance(a, of string) bool {
	x, okx := lookup(a, 'a')
	y, oky := lookup(of, 'a')
	if !okx || !oky || a == of {
		return false
	}
	for _, s := range x.senses {
		near := synsetAt(s.synset).similar()
		if !s.frequent() || len(near) != 1 { // the one in the middle has many
			continue
		}
		for _, t := range y.senses {
			if t.frequent() && t.synset == near[0] {
				return true
			}
		}
	}
	return false
}

// Material reports whether a noun means a stuff that things are made of:
// WordNet has one of its frequent meanings among substances or building
// materials, which it keeps apart.
func Material(word string) bool {
	e, ok := lookup(word, 'n')
	if !ok {
		return false
	}
	building, _ := lookup("building material", 'n')
	up := above(e, 2)
	for _, s := range building.senses {
		if _, ok := up[s.synset]; ok {
			return true
		}
	}
	return slices.Contains(Supersenses(word, 'n'), "noun.substance")
}
