package entities

import (
	"sort"
	"strings"

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
	title    string // folded words before a person's name: "foreign minister"
	sentence int
	subject  bool
	unheard  bool // a word that no list knows: its type is a guess
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
	subject := isSubject(sc, from, to)
	head := sc.ws[h].lower
	if len(s.history) > 500 {
		s.history = append(s.history[:0], s.history[len(s.history)-250:]...)
	}
	s.history = append(s.history, mention{Entity: e, head: head, title: titleOf(sc, from, to, e), sentence: s.sentence, subject: subject, unheard: to-from == 1 && unheard(sc, span{from, to, e.Type}) && !sc.ws[from].given && !sc.ws[from].family})
}

// isSubject reports whether tokens [from, to) are the subject of their
// sentence, or whose organ is: "the government of X", "X's army".
func isSubject(sc scene, from, to int) bool {
	parsed := false
	for i := from; i < to; i++ {
		t := &sc.tokens[i]
		parsed = parsed || t.Rel != ""
		if t.Rel == "nsubj" && (t.Head < from || t.Head >= to) {
			return true
		}
	}
	if !parsed { // only what begins the sentence is sure to be its subject
		return from == 0 || from == 1 && definite(sc.ws[0].lower)
	}
	organ := -1
	switch k := from - 1; {
	case k > 0 && definite(sc.ws[k].lower) && sc.ws[k-1].lower == "of":
		organ = k - 2
	case k > 0 && sc.ws[k].lower == "of":
		organ = k - 1
	case to+1 < len(sc.ws) && sc.ws[to].lower == "'s":
		organ = to + 1
	}
	for organ > to && organ+1 < len(sc.ws) && organ < to+4 && !own[sc.ws[organ].lower] {
		organ++
	}
	return organ >= 0 && organ < len(sc.ws) && own[sc.ws[organ].lower] && sc.tokens[organ].Rel == "nsubj"
}

// titleOf is what stands in a person's name before the person's own name, or
// right before it.
func titleOf(sc scene, from, to int, e Entity) string {
	if e.Type != Person || e.Form != Name {
		return ""
	}
	last := -1
	for i := from; i < to; i++ {
		if sc.ws[i].clue == "title" {
			last = i
		}
	}
	if last >= 0 {
		return fold(sc, wholeTitle(sc, from), last+1)
	}
	start := from
	for start > 0 && start > from-4 && sc.raw[start-1] != "" && (strings.HasPrefix(sc.ws[start-1].clue, "title") || start < from && sc.ws[start-1].capital) {
		start--
	}
	return fold(sc, start, from)
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
	if from := wholeTitle(sc, c.from); e.Type == Person && from > 0 && definite(sc.ws[from-1].lower) && sc.ws[c.to-1].clue == "title" {
		if m, ok := s.titled(fold(sc, from, c.to)); ok {
			e.Key, e.Form, e.Of = m.Key, Description, m.Of
			return e, true
		}
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
