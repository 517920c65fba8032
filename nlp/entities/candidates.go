package entities

import (
	"strings"

	"counterclaim/nlp/lexicon"
	"counterclaim/nlp/syntax"
)

// candidate is a name found in a sentence, before it is resolved.
type candidate struct {
	span
	party   string // of an alias
	demonym bool
	nested  bool
	fixed   bool // found by rule: the type is sure
	tagged  bool // found by the tagger
	of      bool // "of" stands before it
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
	all = append(all, offices(sc)...)
	for i := 0; r != nil && i < len(sc.ws); {
		a, n := r.partyAt(sc.ws, sc.raw, i)
		if n > 0 {
			all = append(all, candidate{span: span{i, i + n, ""}, party: a.party, demonym: a.demonym || demonymTag(sc, i, n), of: afterOf(sc, i)})
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
			if kind == "t" && (n > 1 || !sc.ws[i].common) {
				if t := after(sc, span{i, i + n, Place}); t.to > i+n { // "Lisbon, Portugal"
					all = append(all, candidate{span: t, fixed: true})
				}
			}
			if n > 1 || !sc.ws[i].common || kind == "c" || kind == "d" && !(opens(sc, i) && plainTag(sc.tokens[i].XPOS)) {
				all = append(all, candidate{span: span{i, i + n, Place}, demonym: kind == "d", fixed: kind != "d"})
			}
		case "p":
			if !sc.ws[i].common && !(n == 1 && (sc.ws[i].given || sc.ws[i].family)) {
				all = append(all, candidate{span: after(sc, span{i, i + n, Place}), fixed: true})
			}
		case "":
			// "Americans": a plural that the gazetteer has in the singular.
			if w := &sc.ws[i]; w.capital && strings.HasSuffix(w.lower, "s") && !(w.common && opens(sc, i) && plainTag(sc.tokens[i].XPOS)) {
				if _, ok := lexicon.DemonymOf(w.lower); ok {
					all = append(all, candidate{span: span{i, i + 1, Place}, demonym: true})
				}
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

// plainTag reports whether the tagger takes a word with a capital for a common
// noun or a verb: "Poles were erected".
func plainTag(xpos string) bool {
	return xpos == "NN" || xpos == "NNS" || strings.HasPrefix(xpos, "VB")
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

// offices finds who is named by an office or a rank and what it is of:
// "President of the Republic of X", "2nd Earl of Clare".
func offices(sc scene) []candidate {
	if shouted(sc.ws) {
		return nil
	}
	var out []candidate
	for i := 0; i+2 < len(sc.ws); i++ {
		if sc.ws[i].clue != "title" || !sc.ws[i].capital || honorific(sc.ws[i].lower) || sc.ws[i+1].lower != "of" {
			continue
		}
		to := ofName(sc, i+1)
		if to == i+1 {
			continue
		}
		from := i
		for from > 0 && from > i-4 && sc.ws[from-1].capital && sc.ws[from-1].common && !lexicon.Closed(sc.ws[from-1].lower) && sc.raw[from-1] != "" && sc.ws[from-1].clue != "org" {
			from-- // "Deputy Prime Minister of"
		}
		if from > 0 && ordinal(sc.ws[from-1].lower) {
			from--
		}
		out = append(out, candidate{span: span{from, to, Person}, fixed: true})
		i = to - 1
	}
	return out
}

// afterOf reports whether "of", or "of the", stands before token i.
func afterOf(sc scene, i int) bool {
	if i > 0 && (sc.ws[i-1].lower == "the" || sc.ws[i-1].lower == "these") {
		i--
	}
	return i > 0 && sc.ws[i-1].lower == "of"
}

// demonymTag reports whether the tagger of the syntax took a one-word alias
// for an adjective.
func demonymTag(sc scene, i, n int) bool {
	return n == 1 && sc.tokens[i].XPOS == "JJ" && sc.ws[i].capital
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
	if (t.kind == Place || t.kind == Person) && w.places == "" && strings.Contains(w.shape, "d") {
		return true // "L2"
	}
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
	switch {
	case clue == "title" && !single && h+1 < t.to && sc.ws[h+1].lower == "of":
		return Person // "Professor of Law"
	case initialed(sc, t) && clue != "org":
		return Person // "Eugene A. Nida"
	case t.kind == Place && !single && clue == "" && sc.ws[t.from].places != "" && sc.ws[t.to-1].places == "" && sc.ws[t.to-1].xpos == "NNPS":
		return Organization // "Houston Astros"
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
	case t.kind == Place && clue == "" && t.to-t.from == 2 && unheard(sc, t) && (t.from == 0 || !locative(sc.ws[t.from-1].lower) && sc.ws[t.from-1].lower != "of"):
		return Person // two words that nothing is known of
	case single, clue == "":
	case clue == "document":
		return Document
	case clue == "event" && t.kind != Organization:
		return Event
	case clue == "org":
		return Organization
	}
	w := sc.ws[t.from]
	if t.kind == Person && single && !w.given && !w.family && w.shape != "XX" && t.from > 0 && locative(sc.ws[t.from-1].lower) {
		return Place
	}
	return t.kind
}

// initialed reports whether a name has an initial between its first word and
// its last.
func initialed(sc scene, t span) bool {
	return t.to-t.from == 3 && sc.ws[t.from+1].shape == "X." && len(sc.ws[t.from+1].lower) == 2 && strings.Contains(sc.ws[t.from].shape, "x") && strings.Contains(sc.ws[t.to-1].shape, "x")
}

// unheard reports whether no word of a name is in the gazetteer or a common
// word.
func unheard(sc scene, t span) bool {
	for i := t.from; i < t.to; i++ {
		if w := &sc.ws[i]; w.common || w.places != "" || w.clue != "" || !w.capital {
			return false
		}
	}
	return true
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

// forename reports whether a word before a person's name belongs to it: an
// initial, or the short form of a rank or title ("Lt.").
func forename(sc scene, i int) bool {
	w := &sc.ws[i]
	if !w.capital {
		return false
	}
	return w.shape == "X." && len(w.lower) == 2 || w.clue == "title" && strings.HasSuffix(w.lower, ".") || w.clue == "title" && honorific(w.lower)
}

// wholeTitle returns where the title begins that goes on at token i: "Deputy
// Prime Minister".
func wholeTitle(sc scene, i int) int {
	from := i
	for from > 0 && from > i-3 {
		w := &sc.ws[from-1]
		if !w.capital || !w.common || w.places != "" || lexicon.Closed(w.lower) || sc.raw[from-1] == "" || w.clue == "org" || strings.HasPrefix(w.xpos, "VB") {
			break
		}
		from--
	}
	return from
}

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
	for t.kind == Person && t.from > 0 && t.to-t.from < maxSpan && forename(sc, t.from-1) {
		t.from--
	}
	if t.kind == Person && sc.ws[t.from].clue == "title" {
		t.from = wholeTitle(sc, t.from)
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
	return after(sc, t)
}

// after widens a name over what stands after it behind a comma or without
// one: the country of a town ("Lahore, Pakistan"), "Inc." and "Jr.", a Roman
// numeral after a person's name.
func after(sc scene, t span) span {
	if t.to >= len(sc.ws) {
		return t
	}
	if numeral := sc.tokens[t.to].Text; t.kind == Person && strings.Trim(numeral, "IVX") == "" && (len(numeral) > 1 || t.to+1 < len(sc.ws) && (sc.raw[t.to+1] == "" || sc.ws[t.to+1].lower == "of")) {
		t.to++ // "Henry VIII", "Norton I, Emperor"
		return t
	}
	if t.kind == Person && sc.ws[t.to].lower == "et" && t.to+1 < len(sc.ws) && strings.TrimSuffix(sc.ws[t.to+1].lower, ".") == "al" {
		t.to += 2
		return t
	}
	if sc.ws[t.to].lower != "," || t.to+1 >= len(sc.ws) {
		return t
	}
	next := &sc.ws[t.to+1]
	switch strings.TrimSuffix(next.lower, ".") {
	case "inc", "ltd", "llc", "plc", "jr", "sr":
		t.to += 2
		return t
	}
	if t.kind == Person && next.shape == "XX" && len(next.lower) <= 4 && next.places == "" && (t.to+2 >= len(sc.ws) || sc.raw[t.to+2] == "") {
		t.to += 2 // "Mark Tedeschi, QC"
		return t
	}
	if t.kind == Place && t.to-t.from < 4 && len(next.places) == 2 && next.places[0] == 'B' {
		end := t.to + 2
		for end < len(sc.ws) && sc.ws[end].places == "I"+next.places[1:] {
			end++
		}
		first := fold(sc, t.from, t.to)
		if within := fold(sc, t.to+1, end); first != within && sc.ws[t.from].places != "Bc" && (next.places == "Bc" || lexicon.Region(within) && !lexicon.Region(first)) {
			t.to = end
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
