package entities

import (
	"strings"

	"counterclaim/nlp/lexicon"
)

// own are nouns that stand for the speaker after "our" and "my": what acts or
// is acted on as the party itself.
var own = map[string]bool{
	"country": true, "nation": true, "state": true, "forces": true, "troops": true, "army": true, "navy": true, "military": true,
	"soldiers": true, "servicemen": true, "units": true, "government": true, "people": true, "side": true, "delegation": true,
	"ministry": true, "company": true, "union": true, "organization": true, "organisation": true, "authorities": true, "agency": true,
	"office": true, "administration": true, "party": true, "association": true, "mission": true, "council": true, "board": true,
	"command": true, "group": true, "members": true, "department": true, "commission": true, "committee": true, "police": true,
	"officers": true, "homeland": true, "motherland": true, "republic": true, "crew": true, "crews": true, "staff": true,
	"men": true, "guards": true, "team": true, "teams": true, "institution": true, "university": true, "hospital": true, "bank": true,
}

// common nouns that can stand for a place named before.
var places = map[string]bool{
	"country": true, "city": true, "town": true, "village": true, "region": true, "district": true, "province": true,
	"state": true, "nation": true, "island": true, "peninsula": true, "territory": true, "river": true, "port": true, "settlement": true,
}

// settlements are nouns that stand for the name of a place which has no noun
// in it; companies likewise for an organization.
var (
	settlements = map[string]bool{"city": true, "town": true, "village": true, "settlement": true}
	companies   = map[string]bool{"company": true, "firm": true, "corporation": true, "manufacturer": true, "operator": true, "carrier": true, "airline": true, "supplier": true}
)

// only finds the one thing that fits and was named by name in this sentence
// or the two before; none if two were.
func (s *Statement) only(fits func(mention) bool) (found mention, ok bool) {
	for i := len(s.history) - 1; i >= 0; i-- {
		m := s.history[i]
		if s.sentence-m.sentence > 2 {
			break
		}
		if m.Form != Name || !fits(m) {
			continue
		}
		if ok && m.Key != found.Key {
			return mention{}, false
		}
		found, ok = m, true
	}
	return found, ok
}

// titled finds the person who was last named with a title.
func (s *Statement) titled(title string) (mention, bool) {
	for i := len(s.history) - 1; i >= 0; i-- {
		if m := s.history[i]; m.title != "" && (m.title == title || strings.HasSuffix(m.title, " "+title)) && m.Key != title {
			return m, true
		}
	}
	return mention{}, false
}

// ofTwo resolves "the former" and "the latter" at token i where just two
// things of one sort were named, in this sentence or the one before.
func (s *Statement) ofTwo(sc scene, i int) (Entity, int, bool) {
	if i+2 < len(sc.ws) && (strings.HasPrefix(sc.tokens[i+2].XPOS, "NN") || strings.HasPrefix(sc.tokens[i+2].XPOS, "JJ")) {
		return Entity{}, 0, false // "the former president"
	}
	for _, back := range []int{0, 1} {
		var two []mention
		for _, m := range s.history {
			if s.sentence-m.sentence == back && m.Form == Name && (len(two) == 0 || two[len(two)-1].Key != m.Key) {
				two = append(two, m)
			}
		}
		if len(two) == 2 && two[0].Type == two[1].Type && two[0].Key != two[1].Key {
			m := two[0]
			if sc.ws[i+1].lower == "latter" {
				m = two[1]
			}
			return s.description(sc, i, i+1, m), i + 2, true
		}
		if len(two) > 0 {
			break
		}
	}
	return Entity{}, 0, false
}

// party is a mention of a party.
func (s *Statement) party(id string) mention {
	return mention{Entity: Entity{Key: PartyKey(id), Type: s.partyType(id)}}
}

// describe resolves a definite description that begins at token i.
func (s *Statement) describe(sc scene, i int) (Entity, int, bool) {
	w := sc.ws[i].lower
	possessive := w == "our" || w == "my"
	if !possessive && !definite(w) || i+1 >= len(sc.ws) || sc.ws[i+1].lower == "" {
		return Entity{}, 0, false
	}
	noun := i + 1
	switch {
	case possessive:
		if s.speaker == "" || s.quoted {
			return Entity{}, 0, false
		}
		for noun+1 < len(sc.ws) && noun < i+3 && !own[sc.ws[noun].lower] {
			if sc.raw[noun] == "" {
				return Entity{}, 0, false
			}
			noun++
		}
		if !own[sc.ws[noun].lower] {
			return Entity{}, 0, false
		}
		return s.description(sc, i, noun, s.party(s.speaker)), noun + 1, true
	case (sc.ws[noun].lower == "other" || sc.ws[noun].lower == "opposing" || sc.ws[noun].lower == "opposite") && noun+1 < len(sc.ws) &&
		(sc.ws[noun+1].lower == "side" || sc.ws[noun+1].lower == "party"):
		id := s.opponent()
		if id == "" || w != "the" {
			return Entity{}, 0, false
		}
		return s.description(sc, i, noun+1, s.party(id)), noun + 2, true
	}
	word := sc.ws[noun].lower
	if w == "the" && (word == "former" || word == "latter") {
		return s.ofTwo(sc, i)
	}
	// A description is one noun: not "the company town", not "the union of X".
	if noun+1 < len(sc.ws) {
		next := sc.ws[noun+1]
		tag := sc.tokens[noun+1].XPOS
		if next.lower == "of" || next.lower == "for" || next.lower == "-" || (tag == "NN" || tag == "NNS") && lexicon.Known(lexicon.Lemma(next.lower, 'n'), 'n') {
			return Entity{}, 0, false
		}
	}
	clue := lexicon.Clue(word)
	if clue == "" && sc.ws[noun].capital {
		// "the Prime Minister", "the Deputy Foreign Minister"
		for k := noun + 1; k < len(sc.ws) && k < noun+3 && sc.ws[k].capital; k++ {
			if m, ok := s.titled(fold(sc, noun, k+1)); ok && w == "the" && sc.ws[k].clue == "title" {
				return s.description(sc, i, k, m), k + 1, true
			}
		}
	}
	if clue == "title" {
		if m, ok := s.titled(word); ok && w == "the" {
			return s.description(sc, i, noun, m), noun + 1, true
		}
		return Entity{}, 0, false
	}
	if clue != "org" && !places[word] && clue != "document" {
		return Entity{}, 0, false
	}
	m, ok := s.antecedent(word)
	switch {
	case ok:
	case word == "country" || word == "state" || word == "nation":
		if w == "that" || w == "this" {
			m, ok = s.lastCountry()
		}
	case settlements[word]:
		m, ok = s.only(func(m mention) bool {
			return (m.Type == Place || m.unheard) && !strings.ContainsAny(m.Key, ":@") && lexicon.Clue(m.head) == ""
		})
		m.Type = Place
	case companies[word]:
		if m, ok = s.only(func(m mention) bool {
			return m.Type == Organization && (lexicon.Clue(m.head) == "" || companies[m.head]) && m.Of == ""
		}); !ok && s.r.companies[s.speaker] {
			m, ok = s.party(s.speaker), true
		}
	}
	if !ok {
		return Entity{}, 0, false
	}
	return s.description(sc, i, noun, m), noun + 1, true
}

func (s *Statement) description(sc scene, from, noun int, m mention) Entity {
	return Entity{
		Start: sc.tokens[from].Start, End: sc.tokens[noun].End, Text: textOf(sc.tokens, from, noun+1),
		Type: m.Type, Key: m.Key, Of: m.Of, Form: Description, HeadStart: sc.tokens[noun].Start, HeadEnd: sc.tokens[noun].End,
	}
}

// antecedent finds what "the Agency" stands for: the last name with that head
// word, else the speaker if its name has the word, else the one other party
// whose name does.
func (s *Statement) antecedent(word string) (mention, bool) {
	for i := len(s.history) - 1; i >= 0; i-- {
		m := s.history[i]
		if m.Form == Name && m.head == word && len(m.Text) > len(word)+1 {
			return m, true
		}
	}
	parties := s.r.heads[word]
	for _, id := range parties {
		if id == s.speaker {
			return s.party(id), true
		}
	}
	if len(parties) == 1 {
		return s.party(parties[0]), true
	}
	return mention{}, false
}

// lastCountry is the last country or state that was named, the speaker's own
// aside.
func (s *Statement) lastCountry() (mention, bool) {
	for i := len(s.history) - 1; i >= 0; i-- {
		m := s.history[i]
		if s.sentence-m.sentence > 2 {
			break
		}
		state := len(m.Key) > 8 && m.Key[:8] == "country:" || len(m.Key) > 6 && m.Key[:6] == "party:" && s.r.states[m.Key[6:]]
		if state && m.Key != PartyKey(s.speaker) {
			return m, true
		}
	}
	return mention{}, false
}

// opponent is the other party of a case of two.
func (s *Statement) opponent() string {
	if len(s.r.parties) != 2 || s.speaker == "" {
		return ""
	}
	for _, p := range s.r.parties {
		if p.ID != s.speaker {
			return p.ID
		}
	}
	return ""
}

func (s *Statement) partyType(id string) Type {
	if s.r.states[id] {
		return Place
	}
	return Organization
}
