package entities

import (
	"strings"

	"counterclaim/nlp/syntax"
)

// ballot counts what types the mentions of each name were given in a text: a
// name has one type throughout (one sense per discourse; Gale, Church,
// Yarowsky 1992).
type ballot struct {
	votes   map[string]*[len(voteTypes)]float64 // by folded name
	persons map[string]float64                  // last and first words of longer persons' names
	small   map[string]int                      // words seen written small
}

var voteTypes = [...]Type{Person, Organization, Place, Event, "other"}

func newBallot() *ballot {
	return &ballot{votes: map[string]*[len(voteTypes)]float64{}, persons: map[string]float64{}, small: map[string]int{}}
}

func (b *ballot) add(name string, t Type, weight float64) {
	v := b.votes[name]
	if v == nil {
		v = new([len(voteTypes)]float64)
		b.votes[name] = v
	}
	for i, u := range voteTypes {
		if u == t {
			v[i] += weight
		}
	}
}

// collect adds the candidates of one sentence. What a rule or the gazetteer
// says, or a word beside the name, weighs more than what the tagger guesses.
func (b *ballot) collect(sc scene, found []candidate) {
	for _, c := range found {
		if c.nested && c.tagged || c.demonym || c.kind == Document {
			continue
		}
		name := fold(sc, c.from, c.to)
		if name == "" {
			continue
		}
		h := head(sc.tokens, c.span)
		kind := c.kind
		if !c.fixed {
			kind = retype(sc, c.span, h)
		}
		weight := 1.0
		switch {
		case c.fixed:
			weight = 3
		case kind != c.kind:
			weight = 2
		case kind == Person && (sc.ws[c.from].clue == "title" || c.from > 0 && sc.ws[c.from-1].clue == "title" || sc.ws[c.from].given && c.to > c.from+1):
			weight = 2
		case kind == Place && sc.ws[c.from].shape == "XX" && c.to == c.from+1:
			weight = 0.5 // an acronym that no list knows is seldom a place
		case kind == Place && c.from > 0 && locative(sc.ws[c.from-1].lower):
			weight = 2
		case kind == Person && c.to == c.from+1 && !sc.ws[c.from].given && !sc.ws[c.from].family:
			weight = 0.5 // what the tagger says of a word that it knows nothing about
		}
		if kind == Place && c.to > c.from+1 && sc.ws[c.to-1].clue == "place" {
			b.add(fold(sc, c.from, c.to-1), Place, 1)
		}
		b.add(name, kind, weight)
		if kind == Person && c.to-c.from > 1 {
			b.persons[sc.ws[c.to-1].lower] += weight
			if sc.ws[c.from].clue != "title" {
				b.persons[sc.ws[c.from].lower] += weight / 2
			}
		}
	}
	for _, c := range found {
		if c.party != "" || c.fixed || c.nested {
			continue
		}
		if placeList(sc, c.to-1) {
			b.add(fold(sc, c.from, c.to), Place, 2)
		}
		if c.to == c.from+1 {
			b.neighbours(sc, c.from)
		}
	}
	for i := range sc.ws {
		if !sc.ws[i].capital && sc.raw[i] != "" {
			b.small[sc.ws[i].lower]++
		}
	}
}

// neighbours adds what the words beside a single word that no list knows say
// of its type.
func (b *ballot) neighbours(sc scene, i int) {
	w := &sc.ws[i]
	if w.given || w.family || w.common {
		return
	}
	switch t := &sc.tokens[i]; {
	case i+1 < len(sc.ws) && sc.ws[i+1].speaking:
		b.add(w.lower, Person, 0.7)
		b.add(w.lower, Organization, 0.7)
	case t.Rel == "nsubj" && t.Head >= 0 && t.Head < len(sc.tokens) && sc.tokens[t.Head].UPOS == "VERB":
		b.add(w.lower, Person, 0.6)
		b.add(w.lower, Organization, 0.4)
	}
	if i == 0 {
		return
	}
	if i > 1 && sc.ws[i-1].lower == "of" && sc.ws[i-2].clue == "place-" { // "the town of X"
		b.add(w.lower, Place, 2)
	}
	switch before := sc.ws[i-1].lower; {
	case w.shape == "XX":
	case locative(before):
		b.add(w.lower, Place, 1.5)
	case before == "by", before == "with":
		b.add(w.lower, Person, 0.5)
		b.add(w.lower, Organization, 0.3)
	case before == "on", before == "to", before == "from":
		b.add(w.lower, Place, 0.4)
	}
}

// placeList reports whether the name at i is in a list of names that a word
// for places ends: "X, Y and Z districts".
func placeList(sc scene, i int) bool {
	for k := i + 1; k < len(sc.ws) && k < i+16; k++ {
		switch w := &sc.ws[k]; {
		case w.clue == "place-":
			return true
		case w.capital, w.lower == ",", w.lower == "and", w.lower == "or":
		default:
			return false
		}
	}
	return false
}

// winner returns the type that a name has in the text, and by how much it
// leads; the zero Type if it is not known.
func (b *ballot) winner(name string) (Type, float64) {
	v := b.votes[name]
	var all [len(voteTypes)]float64
	if v != nil {
		all = *v
	}
	all[0] += b.persons[name]
	best, second := 0, 0.0
	for i := 1; i < len(all); i++ {
		if all[i] > all[best] {
			second = all[best]
			best = i
		} else if all[i] > second {
			second = all[i]
		}
	}
	if all[best] == 0 {
		return "", 0
	}
	return voteTypes[best], all[best] - second
}

// settle gives the candidates of one sentence the types of the whole text and
// adds names that the tagger found elsewhere but not here.
func (b *ballot) settle(sc scene, found []candidate) []candidate {
	inside := make([]bool, len(sc.ws))
	for i := range found {
		c := &found[i]
		for k := c.from; k < c.to; k++ {
			inside[k] = true
		}
		if c.fixed || c.demonym || c.party != "" {
			continue
		}
		if t, lead := b.winner(fold(sc, c.from, c.to)); t != "" && lead > 0 && t != c.kind {
			h := head(sc.tokens, c.span)
			if r := retype(sc, c.span, h); r == c.kind || lead >= 2 {
				c.kind, c.fixed = t, true
			}
		}
	}
	for i := range sc.ws {
		w := &sc.ws[i]
		if inside[i] || !w.capital || len(w.lower) < 3 || b.small[w.lower] > 0 {
			continue
		}
		t, lead := b.winner(w.lower)
		if t == "" || lead < 1 || t == "other" {
			continue
		}
		// "Smith", after "Adam Smith": a name of the text, even where it is an
		// ordinary word that opens the sentence.
		surname := t == Person && b.persons[w.lower] >= 2 && strings.HasPrefix(w.xpos, "NNP")
		if !surname && (w.common && (i == 0 || lead < 3) || weak(sc, span{i, i + 1, t})) {
			continue
		}
		found = append(found, candidate{span: span{i, i + 1, t}, fixed: true})
	}
	return layers(found)
}

// NamesAll finds the names of all sentences of a text, like Names, with one
// type for each name throughout.
func NamesAll(sentences [][]syntax.Token) [][]Entity {
	b := newBallot()
	scenes := make([]scene, len(sentences))
	found := make([][]candidate, len(sentences))
	for i, tokens := range sentences {
		scenes[i] = newScene(tokens)
		found[i] = names(scenes[i], nil)
		b.collect(scenes[i], found[i])
	}
	out := make([][]Entity, len(sentences))
	for i, sc := range scenes {
		for _, c := range b.settle(sc, found[i]) {
			if c.demonym && !people(sc, c) {
				continue
			}
			if e := bare(sc, c); e.Type != "other" {
				out[i] = append(out[i], e)
			}
		}
	}
	return out
}
