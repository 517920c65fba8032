package entities

import (
	"sort"
	"strings"

	"counterclaim/nlp/lexicon"
	"counterclaim/nlp/syntax"
)

// Statement resolves the mentions of one statement. It remembers what the
// sentences before have named, so Find must be called for each sentence once,
// in order. Statements of one Resolver are independent of each other.
type Statement struct {
	r        *Resolver
	speaker  string            // ID of the party that speaks, or empty
	history  []mention         // in order
	short    map[string]Entity // by folded short form that the statement introduced: what it stands for
	sentence int
	quoted   bool // inside quotation marks: "we" is someone else
}

// mention is what is remembered of an entity.
type mention struct {
	Entity
	head     string // head word, folded
	sentence int
	subject  bool
	plural   bool
}

// ForStatement begins a statement of a party; an empty ID is a speaker who is
// no party of the case.
func (r *Resolver) ForStatement(partyID string) *Statement {
	return &Statement{r: r, speaker: partyID, short: map[string]Entity{}}
}

// scene is one sentence at work.
type scene struct {
	tokens []syntax.Token
	ws     []word
	raw    []string // letters and digits of each token
}

func newScene(tokens []syntax.Token) scene {
	sc := scene{tokens: tokens, ws: look(tokens), raw: make([]string, len(tokens))}
	for i, t := range tokens {
		sc.raw[i] = letters(t.Text[:min(len(t.Text), maxToken)])
	}
	return sc
}

// Find returns the mentions of one sentence in order of their beginning, a
// longer one before those nested in it. It reads Start, End and Text of the
// tokens; tags and relations make it surer where they are set.
func (s *Statement) Find(tokens []syntax.Token) []Entity {
	sc := newScene(tokens)
	return s.find(sc, names(sc, s.r))
}

// FindAll returns the mentions of each sentence of a whole statement, like
// Find, and gives each name the one type that fits it best throughout. It is
// to be called once, instead of Find.
func (s *Statement) FindAll(sentences [][]syntax.Token) [][]Entity {
	b := newBallot()
	scenes := make([]scene, len(sentences))
	found := make([][]candidate, len(sentences))
	for i, tokens := range sentences {
		scenes[i] = newScene(tokens)
		found[i] = names(scenes[i], s.r)
		b.collect(scenes[i], found[i])
	}
	out := make([][]Entity, len(sentences))
	for i, sc := range scenes {
		out[i] = s.find(sc, b.settle(sc, found[i]))
	}
	return out
}

// find resolves the names of one sentence, and what stands for names in it.
func (s *Statement) find(sc scene, names []candidate) []Entity {
	tokens := sc.tokens
	names = layers(append(names, s.shortForms(sc)...))
	at := map[int][]candidate{}
	inside := make([]bool, len(tokens))
	for _, c := range names {
		at[c.from] = append(at[c.from], c)
		for k := c.from; k < c.to; k++ {
			inside[k] = true
		}
	}
	var out []Entity
	for i := range tokens {
		switch tokens[i].Text {
		case "“", "„", "«":
			s.quoted = true
		case "”", "»":
			s.quoted = false
		case `"`:
			s.quoted = !s.quoted
		}
		if !inside[i] && i+1 < len(tokens) && len(at[i+1]) == 1 && plainNoun(sc, at[i+1][0]) {
			// "the Council": what the description stands for, or the bare name.
			if e, to, ok := s.describe(sc, i); ok && to == i+2 {
				out = append(out, e)
				s.remember(sc, i, to, e)
				delete(at, i+1)
				continue
			}
		}
		for _, c := range at[i] {
			if e, ok := s.name(sc, c); ok {
				out = append(out, e)
				if !c.nested {
					s.remember(sc, c.from, c.to, e)
				}
			}
		}
		if inside[i] {
			continue
		}
		if i+1 < len(tokens) && inside[i+1] && definite(sc.ws[i].lower) {
			continue // the article of a name
		}
		if e, to, ok := s.describe(sc, i); ok {
			out = append(out, e)
			s.remember(sc, i, to, e)
		} else if e, ok := s.pronoun(sc, i); ok {
			out = append(out, e)
		}
	}
	s.sentence++
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].Start != out[j].Start {
			return out[i].Start < out[j].Start
		}
		return out[i].End > out[j].End
	})
	return out
}

// shortForms finds the acronyms and short names that the statement introduced.
func (s *Statement) shortForms(sc scene) []candidate {
	var out []candidate
	for i := range sc.ws {
		if e, ok := s.short[sc.ws[i].lower]; ok && sc.ws[i].capital {
			out = append(out, candidate{span: span{i, i + 1, e.Type}, fixed: true})
		}
	}
	return out
}

// remember adds a mention to the history.
func (s *Statement) remember(sc scene, from, to int, e Entity) {
	h := from
	for h < to-1 && sc.tokens[h].Start != e.HeadStart {
		h++
	}
	rel := sc.tokens[h].Rel
	subject := rel == "nsubj"
	if rel == "" { // no parse: only what begins the sentence is sure to be its subject
		subject = from == 0 || from == 1 && definite(sc.ws[0].lower)
	}
	head := sc.ws[h].lower
	if len(s.history) > 500 {
		s.history = append(s.history[:0], s.history[len(s.history)-250:]...)
	}
	s.history = append(s.history, mention{Entity: e, head: head, sentence: s.sentence, subject: subject})
}

// candidate is a name found in a sentence, before it is resolved.
type candidate struct {
	span
	party   string // of an alias
	demonym bool
	nested  bool
	fixed   bool // found by rule: the type is sure
	tagged  bool // found by the tagger
}

// names gathers the names of a sentence: patterns first, then the tagger's,
// the parties' and the gazetteer's; of overlapping ones the longer, what is
// inside another as nested. r may be nil: there are no parties then.
func names(sc scene, r *Resolver) []candidate {
	var all []candidate
	all = append(all, documents(sc)...)
	if !shouted(sc.ws) {
		for _, t := range tagNames(sc.ws) {
			for _, part := range trim(sc, t) {
				if c := extend(sc, part); !weak(sc, c) {
					all = append(all, candidate{span: c, tagged: true})
				}
			}
		}
	}
	all = append(all, headed(sc)...)
	for i := 0; r != nil && i < len(sc.ws); {
		a, n := r.partyAt(sc.ws, sc.raw, i)
		if n > 0 {
			all = append(all, candidate{span: span{i, i + n, ""}, party: a.party, demonym: a.demonym || demonymTag(sc, i, n)})
		}
		i += max(n, 1)
	}
	for i := 0; i < len(sc.ws); {
		n, kind := 1, ""
		if sc.ws[i].places != "" && sc.ws[i].places[0] == 'B' {
			kind = sc.ws[i].places[1:]
			for i+n < len(sc.ws) && sc.ws[i+n].places == "I"+kind {
				n++
			}
		}
		switch kind {
		case "c", "t", "d":
			if n > 1 || !sc.ws[i].common || kind != "t" {
				all = append(all, candidate{span: span{i, i + n, Place}, demonym: kind == "d", fixed: kind != "d"})
			}
		case "p":
			if !sc.ws[i].common && !(n == 1 && (sc.ws[i].given || sc.ws[i].family)) {
				all = append(all, candidate{span: span{i, i + n, Place}, fixed: true})
			}
		case "":
			// "Americans": a plural that the gazetteer has in the singular.
			if w := &sc.ws[i]; w.capital && strings.HasSuffix(w.lower, "s") && lexicon.Demonym(w.lower) != "" {
				all = append(all, candidate{span: span{i, i + 1, Place}, demonym: true})
			}
		case "o", "g":
			// A single word only as an acronym: "WHO", not "Who".
			if n > 1 || !sc.ws[i].common && !strings.Contains(sc.ws[i].shape, "x") {
				all = append(all, candidate{span: span{i, i + n, Organization}, fixed: true})
			}
		}
		i += n
	}
	return layers(all)
}

// headed finds names by their last word: two or more words with capitals that
// end in what an organization or an event is called ("Lauhamo Foundation",
// "Border Day"), or a number and a unit ("9th Battery").
func headed(sc scene) []candidate {
	if shouted(sc.ws) {
		return nil
	}
	var out []candidate
	for i := 1; i < len(sc.ws); i++ {
		kind := Organization
		switch {
		case !sc.ws[i].capital:
			continue
		case sc.ws[i].clue == "event":
			kind = Event
		case sc.ws[i].clue != "org":
			continue
		}
		from := i
		for from > 0 && from > i-5 && sc.ws[from-1].capital && sc.ws[from-1].clue != "title" && !lexicon.Closed(sc.ws[from-1].lower) && sc.raw[from-1] != "" {
			from--
		}
		if from == i && kind == Organization && ordinal(sc.ws[i-1].lower) {
			from--
		}
		if from < i && !(opens(sc, from) && sc.ws[from].common) {
			out = append(out, candidate{span: extend(sc, span{from, i + 1, kind}), tagged: true})
		}
	}
	return out
}

// layers drops candidates that cross or repeat a better one and marks those
// inside another as nested. Longer is better, then a party's, then the
// earlier in the list.
func layers(all []candidate) []candidate {
	sort.SliceStable(all, func(i, j int) bool {
		if a, b := all[i].to-all[i].from, all[j].to-all[j].from; a != b {
			return a > b
		}
		return all[i].party != "" && all[j].party == ""
	})
	last := 0
	for _, c := range all {
		last = max(last, c.to)
	}
	// The innermost name kept so far at each token, counted from 1. A
	// candidate is no longer than any name kept before it, so it crosses one
	// if and only if these differ at its two ends.
	inner := make([]int, last)
	var out []candidate
	var parent []int
	for _, c := range all {
		over := inner[c.from]
		if over != inner[c.to-1] {
			continue
		}
		if over > 0 {
			o := &out[over-1]
			if c.from == o.from && c.to == o.to {
				merge(o, c)
				continue
			}
			c.nested = true
			// Inside another name only what is sure to be a name by itself,
			// and no party in a person's name ("Mr. Sool" of Sool plc).
			if c.party == "" && (c.tagged || c.kind == Document) || c.party != "" && personal(out, parent, over) {
				continue
			}
		}
		out, parent = append(out, c), append(parent, over)
		for k := c.from; k < c.to; k++ {
			inner[k] = len(out)
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].from != out[j].from {
			return out[i].from < out[j].from
		}
		return out[i].to > out[j].to
	})
	return out
}

// merge adds to a name what another finder says of the same words.
func merge(o *candidate, c candidate) {
	if o.party != "" && o.kind == "" {
		o.kind = c.kind
	}
	if c.demonym && o.party == "" {
		o.demonym = true
	}
	if c.fixed {
		o.kind, o.fixed = c.kind, true
	}
}

// personal reports whether a name, or one that it is in, is a person's.
func personal(out []candidate, parent []int, at int) bool {
	for ; at > 0; at = parent[at-1] {
		if o := out[at-1]; o.kind == Person && o.party == "" {
			return true
		}
	}
	return false
}

// demonymTag reports whether the tagger of the syntax took a one-word alias
// for an adjective.
func demonymTag(sc scene, i, n int) bool {
	return n == 1 && sc.tokens[i].XPOS == "JJ" && sc.ws[i].capital
}

// name resolves one candidate.
func (s *Statement) name(sc scene, c candidate) (Entity, bool) {
	e := bare(sc, c)
	if c.party != "" {
		e.Key = PartyKey(c.party)
		if !sc.ws[c.from].capital && !sc.ws[c.to-1].capital {
			e.Form = Description
		}
		if e.Type = Organization; s.r.states[c.party] {
			e.Type = Place
		}
		return e, true
	}
	if e.Type == "other" {
		return e, false
	}
	if c.to-c.from == 1 && sc.ws[c.from].common && sc.ws[c.from].clue != "" && c.from > 0 && definite(sc.ws[c.from-1].lower) {
		if m, ok := s.antecedent(sc.ws[c.from].lower); ok {
			e.Key, e.Type, e.Form, e.Of = m.Key, m.Type, Description, m.Of
			return e, true
		}
	}
	s.key(sc, c, &e)
	if e.Key == "" {
		return e, false
	}
	s.acronym(sc, c, e)
	return e, true
}

// plainNoun reports whether a candidate is one common noun with a capital,
// and no party's name.
func plainNoun(sc scene, c candidate) bool {
	return c.party == "" && c.to == c.from+1 && sc.ws[c.from].common
}

// shouted reports whether a sentence is all capitals, where they say nothing.
func shouted(ws []word) bool {
	words, capitals := 0, 0
	for i := range ws {
		if ws[i].shape == "" || !strings.ContainsAny(ws[i].shape, "Xx") {
			continue
		}
		words++
		if !strings.Contains(ws[i].shape, "x") {
			capitals++
		}
	}
	return words > 2 && 4*capitals > 3*words
}

// trim cuts marks off a name, and splits it at commas.
func trim(sc scene, t span) []span {
	var out []span
	from := t.from
	for i := t.from; i <= t.to; i++ {
		if i < t.to && !parts(sc, t, i) {
			continue
		}
		p := span{from, i, t.kind}
		for p.from < p.to && (!nameWord(sc, p.from) || sc.ws[p.from].lower == "the" || p.from+1 < p.to && (lexicon.Weekday(sc.ws[p.from].lower) || generic(sc.ws[p.from].lower) && sc.ws[p.from+1].lower == "of" || opens(sc, p.from) && lexicon.Closed(sc.ws[p.from].lower))) {
			p.from++
		}
		for p.to > p.from && (!nameWord(sc, p.to-1) || lexicon.Closed(sc.ws[p.to-1].lower) && p.to > p.from+1 && sc.ws[p.to-1].lower != "i") {
			p.to--
		}
		if p.from < p.to && p.to-p.from <= maxSpan {
			out = append(out, p)
		}
		from = i + 1
	}
	return out
}

// opens reports whether a word begins a sentence or a clause, where its
// capital says little.
func opens(sc scene, i int) bool { return i == 0 || sc.raw[i-1] == "" }

// nameWord reports whether a name can begin or end with the word: it has a
// capital or a figure.
func nameWord(sc scene, i int) bool {
	return sc.raw[i] != "" && (sc.ws[i].capital || strings.ContainsAny(sc.ws[i].shape, "Xd"))
}

// parts reports whether the word at i stands between two names, not in one:
// a comma, or "on" and the like where no organization or document has it in
// its name ("the Conference on Disarmament").
func parts(sc scene, t span, i int) bool {
	switch sc.ws[i].lower {
	case ",", ";", "–", "—", "'s", `"`, "“", "”", "(", ")", ":", "*":
		return true
	case "and":
		if i+1 < t.to && (sc.ws[i+1].lower == "the" || sc.ws[i+1].places == "Bc") {
			return true
		}
		return t.kind == Person || t.kind == Place && sc.ws[t.to-1].clue != "place"
	case "on", "in", "at", "from", "by", "with", "for":
		if i == t.from || sc.ws[i].capital || sc.tokens[i-1].Text == "-" { // "Commander-in-Chief"
			return false
		}
		if i+1 < t.to && (isNumber(sc.ws[i+1].lower) || lexicon.CalendarName(sc.ws[i+1].lower)) {
			return true // "on 1 March", "in April"
		}
		switch strings.TrimSuffix(sc.ws[head(sc.tokens, t)].clue, "-") {
		case "org", "document", "event":
			return false
		}
		return true
	case "of":
		return t.kind == Person && sc.ws[i-min(1, i)].common && sc.ws[i-min(1, i)].clue == ""
	}
	w := &sc.ws[i]
	return !w.capital && sc.raw[i] != "" && strings.HasPrefix(w.shape, "x") && !joins(w.lower)
}

// weak reports whether a name is made of ordinary words that only a capital
// makes a name: the first word of a sentence, "State"; or is a date, or a
// title alone.
func weak(sc scene, t span) bool {
	if t.to != t.from+1 {
		if isNumber(sc.ws[t.from].lower) && lexicon.CalendarName(sc.ws[t.to-1].lower) {
			return true // "1 March"
		}
		if t.kind != Person {
			return false
		}
		for i := t.from; i < t.to; i++ {
			if w := sc.ws[i]; !w.common || w.given || w.clue == "title" {
				return false
			}
		}
		return true
	}
	w := sc.ws[t.from]
	if lexicon.CalendarName(w.lower) || honorific(w.lower) || strings.Trim(w.lower, "ivx") == "" {
		return true // a date, a title alone, a Roman numeral
	}
	if !w.common && w.capital || w.places != "" && !w.common || strings.Contains(w.shape, "XX") {
		return false
	}
	if t.from > 0 && (w.clue == "org" || w.clue == "title" && definite(sc.ws[t.from-1].lower)) {
		return false
	}
	known := w.given && w.family || (w.given || w.family) && !opens(sc, t.from)
	return !(known && t.kind == Person) && (t.from == 0 || sc.ws[t.from-1].clue != "title")
}

// honorific reports whether a title never stands for a person by itself.
func honorific(w string) bool {
	switch strings.TrimSuffix(w, ".") {
	case "mr", "mrs", "ms", "miss", "dr", "prof", "hon", "col", "lt", "gen", "capt", "sgt", "maj", "st", "sir", "lady":
		return true
	}
	return false
}

// retype corrects the tagger's type where a word of the name, or the one
// before it, says better.
func retype(sc scene, t span, h int) Type {
	clue := sc.ws[h].clue
	if h+1 < t.to && clue == "" {
		clue = sc.ws[t.to-1].clue
	}
	if h > t.from && isNumber(sc.ws[h].lower) {
		clue = sc.ws[t.from].clue
	}
	single := t.to-t.from == 1
	switch first := sc.ws[t.from]; {
	case single:
	case first.clue == "event" && t.kind != Organization && clue == "":
		return Event
	case beforeName(first.lower) && clue == "", first.clue == "place" && t.kind == Person && !sc.ws[t.to-1].family:
		return Place
	}
	person := t.kind == Person && (sc.ws[t.from].clue == "title" || sc.ws[t.from].given)
	first := sc.ws[t.from]
	known := first.given && !first.common && (first.places == "" || first.family)
	switch {
	case person:
	case t.kind == Place && known && clue == "" && (single && (t.from == 0 || !locative(sc.ws[t.from-1].lower)) || t.to-t.from == 2 && !sc.ws[t.to-1].common):
		return Person
	case strings.HasPrefix(clue, "place") && !single && t.kind != Organization:
		return Place
	case single, clue == "":
	case clue == "document":
		return Document
	case clue == "event" && t.kind != Organization:
		return Event
	case clue == "org":
		return Organization
	}
	w := sc.ws[t.from]
	if t.kind == Person && single && !w.given && !w.family && t.from > 0 && locative(sc.ws[t.from-1].lower) {
		return Place
	}
	return t.kind
}

// beforeName reports whether a word makes a place of the name after it.
func beforeName(w string) bool {
	switch w {
	case "mount", "mt", "mt.", "lake", "cape", "fort", "port", "camp":
		return true
	}
	return false
}

// locative reports whether a word before a name makes it a place.
func locative(w string) bool {
	switch w {
	case "in", "at", "near", "around", "outside", "inside", "throughout", "into", "towards", "toward", "occupied", "liberated", "downtown", "central":
		return true
	}
	return false
}

func ordinal(w string) bool {
	return len(w) > 2 && isNumber(w) && (strings.HasSuffix(w, "th") || strings.HasSuffix(w, "st") || strings.HasSuffix(w, "nd") || strings.HasSuffix(w, "rd"))
}

func isNumber(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

// maxSpan is the number of tokens past which a name is not widened, and a run
// of words is no name.
const maxSpan = 20

// extend widens a name over what belongs to it: "of the Republic of X" after
// an organization's, a document's or an office's head; the number in "Hill
// 412"; the noun in "Sel bridge".
func extend(sc scene, t span) span {
	if c := sc.ws[t.to-1].clue; t.to < len(sc.ws) && (c == "place" || c == "org") && t.to == t.from+1 && isNumber(sc.ws[t.to].lower) {
		t.to++
		if t.kind = Place; c == "org" {
			t.kind = Organization
		}
		return t
	}
	if sc.ws[t.from].clue == "org" && t.from > 0 && ordinal(sc.ws[t.from-1].lower) {
		t.from--
		t.kind = Organization
	}
	if t.to < len(sc.ws) && t.kind != Organization && t.to == t.from+1 && !sc.ws[t.from].common && landmark(sc.ws[t.to].lower) {
		return span{t.from, t.to + 1, Place}
	}
	for t.to+1 < len(sc.ws) && t.to-t.from < maxSpan {
		c := sc.ws[head(sc.tokens, t)].clue
		if t.kind == Person && c != "org" || c != "org" && c != "document" && c != "event" && !formalState(sc.ws[t.to-1].lower) {
			break
		}
		k := t.to
		if sc.ws[k].lower != "of" && sc.ws[k].lower != "for" {
			break
		}
		k++
		if k < len(sc.ws) && sc.ws[k].lower == "the" {
			k++
		}
		if k >= len(sc.ws) || !sc.ws[k].capital {
			break
		}
		for k < len(sc.ws) && k-t.from < maxSpan && (sc.ws[k].capital || k+1 < len(sc.ws) && sc.ws[k].lower == "and" && sc.ws[k+1].capital && c == "org" && sc.ws[k+1].places == "" && sc.ws[k+1].common && sc.ws[k-1].common) {
			k++
		}
		if t.to = k; c == "org" {
			t.kind = Organization
		}
	}
	return t
}

// landmark reports whether a small word after a name makes it the name of a
// thing in the landscape.
func landmark(w string) bool {
	switch w {
	case "bridge", "river", "lake", "bay", "hill", "mountain", "valley", "island", "strait", "dam", "pass", "forest", "reservoir", "canal", "peninsula", "airport", "port", "harbour", "harbor":
		return true
	}
	return false
}

// formalState reports whether a word begins the formal name of a state.
func formalState(w string) bool {
	switch w {
	case "republic", "kingdom", "state", "federation", "union", "commonwealth", "government", "people", "charter":
		return true
	}
	return false
}

// textOf rebuilds the words of a range of tokens as they stand in the text,
// as far as tokens tell: a gap is one blank.
func textOf(tokens []syntax.Token, from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		if i > from && tokens[i].Start > tokens[i-1].End {
			b.WriteByte(' ')
		}
		b.WriteString(tokens[i].Text)
	}
	return b.String()
}
