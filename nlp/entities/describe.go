package entities

import "counterclaim/nlp/lexicon"

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
	"island": true, "peninsula": true, "territory": true, "river": true, "port": true, "settlement": true,
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
		return s.description(sc, i, noun, mention{Entity: Entity{Key: PartyKey(s.speaker), Type: s.partyType(s.speaker)}}), noun + 1, true
	case (sc.ws[noun].lower == "other" || sc.ws[noun].lower == "opposing" || sc.ws[noun].lower == "opposite") && noun+1 < len(sc.ws) &&
		(sc.ws[noun+1].lower == "side" || sc.ws[noun+1].lower == "party"):
		id := s.opponent()
		if id == "" || w != "the" {
			return Entity{}, 0, false
		}
		return s.description(sc, i, noun+1, mention{Entity: Entity{Key: PartyKey(id), Type: s.partyType(id)}}), noun + 2, true
	}
	word := sc.ws[noun].lower
	// A description is one noun: not "the company town", not "the union of X".
	if noun+1 < len(sc.ws) {
		next := sc.ws[noun+1]
		if next.lower == "of" || next.lower == "for" || sc.tokens[noun+1].XPOS == "NN" || sc.tokens[noun+1].XPOS == "NNS" || next.lower == "-" {
			return Entity{}, 0, false
		}
	}
	if lexicon.Clue(word) != "org" && !places[word] && lexicon.Clue(word) != "document" {
		return Entity{}, 0, false
	}
	m, ok := s.antecedent(word)
	if !ok && places[word] && (w == "that" || w == "this") && word == "country" {
		m, ok = s.lastCountry()
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
			return mention{Entity: Entity{Key: PartyKey(id), Type: s.partyType(id)}}, true
		}
	}
	if len(parties) == 1 {
		return mention{Entity: Entity{Key: PartyKey(parties[0]), Type: s.partyType(parties[0])}}, true
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
