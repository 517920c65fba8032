package nlp

import (
	"slices"
	"sort"
	"strings"
	"time"

	"counterclaim/nlp/claims"
	"counterclaim/nlp/entities"
	"counterclaim/nlp/read"
	"counterclaim/nlp/values"
)

// analyst fills the fields of the claims of a document, sentence by sentence.
type analyst struct {
	d        *Document
	sentence int
	tree     *claims.Tree // of the sentence
	before   *claims.Tree // of the sentence before
}

func newAnalyst(d *Document) *analyst { return &analyst{d: d, sentence: -1} }

// call notes what each thing of the document is called: a party by its name in
// the case, anything else as the statement first names it.
func (d *Document) call(names *entities.Resolver) {
	d.called = map[string]string{}
	for _, s := range d.Sentences {
		for _, e := range s.Entities {
			if d.called[e.Key] != "" {
				continue
			}
			if name := names.Called(e.Key); name != "" {
				d.called[e.Key] = name
			} else if e.Form == entities.Name {
				d.called[e.Key] = e.Text
			}
		}
	}
}

// read goes on to a sentence; sentences come in order.
func (a *analyst) read(i int) {
	a.before = nil
	if a.sentence == i-1 {
		a.before = a.tree
	}
	a.sentence = i
	s := &a.d.Sentences[i]
	a.tree = claims.NewTree(s.Tokens, marksOf(s))
}

// marksOf tells the tokens of times, amounts and names.
func marksOf(s *Sentence) []claims.Mark {
	out := make([]claims.Mark, len(s.Tokens))
	put := func(start, end int, m claims.Mark) {
		for i := sort.Search(len(s.Tokens), func(i int) bool { return s.Tokens[i].End > start }); i < len(s.Tokens) && s.Tokens[i].Start < end; i++ {
			out[i] = m
		}
	}
	for _, e := range s.Entities {
		if e.Form == entities.Pronoun {
			continue
		}
		switch e.Type {
		case entities.Place:
			put(e.Start, e.End, claims.Place)
		case entities.Person:
			put(e.Start, e.End, claims.Person)
		case entities.Organization:
			put(e.Start, e.End, claims.Group)
		case entities.Event, entities.Document:
		}
	}
	for _, v := range s.Values {
		switch v.Kind {
		case values.Date, values.Time, values.Duration, values.Frequency:
			put(v.Start, v.End, claims.When)
		case values.Money, values.Quantity, values.Percent, values.Number, values.Ordinal:
			put(v.Start, v.End, claims.Amount)
		}
	}
	return out
}

// bare is a claim of which only the words are known; false if there is none
// among them.
func (d *Document) bare(sentence int, span claims.Span) (Claim, bool) {
	s := &d.Sentences[sentence]
	c := Claim{Start: span.Start, End: span.End, Text: d.Text[span.Start:span.End], Sentence: sentence}
	c.FirstToken = sort.Search(len(s.Tokens), func(i int) bool { return s.Tokens[i].Start >= span.Start })
	c.LastToken = sort.Search(len(s.Tokens), func(i int) bool { return s.Tokens[i].Start >= span.End })
	return c, c.FirstToken < c.LastToken && strings.ContainsFunc(c.Text, isWordRune)
}

// claim fills a claim from the tree, names and values of the sentence that
// was read last.
func (a *analyst) claim(span claims.Span) (Claim, bool) {
	d, s := a.d, &a.d.Sentences[a.sentence]
	c, ok := d.bare(a.sentence, span)
	if !ok {
		return c, false
	}
	r := a.tree.Analyse(c.FirstToken, c.LastToken)
	c.Head, c.Predicate, c.Modal = r.Head, r.Predicate, r.Modal
	c.Polarity, c.Certainty = Positive, certainties[r.Certainty]
	if r.Negative {
		c.Polarity = Negative
	}
	for i := sort.Search(len(s.Entities), func(i int) bool { return s.Entities[i].Start >= c.Start }); i < len(s.Entities) && s.Entities[i].Start < c.End; i++ {
		if s.Entities[i].End <= c.End {
			c.Entities = append(c.Entities, s.Entities[i])
		}
	}
	for i := sort.Search(len(s.Values), func(i int) bool { return s.Values[i].Start >= c.Start }); i < len(s.Values) && s.Values[i].Start < c.End; i++ {
		if s.Values[i].End <= c.End {
			c.Values = append(c.Values, s.Values[i])
		}
	}
	c.Actor = a.resolved(r.Actor)
	c.Patient = a.resolved(r.Patient)
	c.Recipient = a.resolved(r.Recipient)
	c.Place = a.place(r.Place)
	a.time(&c, r.When)
	a.sources(&c)
	return c, true
}

// time dates the claim: by the dates and times in it, else by those that its
// predicate stands with. What the words leave open is said behind them.
func (a *analyst) time(c *Claim, when []int) {
	s := &a.d.Sentences[a.sentence]
	var at []values.Value
	dated := func(v values.Value) bool { return v.Kind == values.Date || v.Kind == values.Time }
	for _, v := range c.Values {
		if dated(v) {
			at = append(at, v)
		}
	}
	for _, k := range when {
		if len(at) > 0 {
			break
		}
		start := s.Tokens[k].Start
		i := sort.Search(len(s.Values), func(i int) bool { return s.Values[i].End > start })
		if i < len(s.Values) && s.Values[i].Start <= start && dated(s.Values[i]) {
			at = append(at, s.Values[i])
		}
	}
	var words []string
	for _, v := range at {
		words = append(words, timeWords(v))
		if c.TimeFrom.IsZero() && c.TimeTo.IsZero() {
			c.TimeFrom, c.TimeTo = v.From, v.To
		}
	}
	c.Time = strings.Join(words, ", ")
}

// timeWords are the words of a date or time, and in brackets what they mean
// where they do not state the year and that is known.
func timeWords(v values.Value) string {
	first, last := v.From, v.To
	if first.IsZero() || last.IsZero() || strings.Contains(v.Text, first.Format("2006")) {
		return v.Text
	}
	if v.Zoned { // the day by the clock of the place
		shift := time.Duration(v.Zone) * time.Minute
		first, last = first.Add(shift), last.Add(shift)
	}
	last = last.Add(-time.Second)
	a, b := first.Format("2006-01-02"), last.Format("2006-01-02")
	switch {
	case v.Kind == values.Date && first.Day() == 1 && last.Add(time.Second).Day() == 1:
		a, b = first.Format("2006-01"), last.Format("2006-01")
		if first.Month() == time.January && last.Month() == time.December {
			a, b = first.Format("2006"), last.Format("2006")
		}
	case v.Kind == values.Time:
		b = a
	}
	if a != b {
		a += " to " + b
	}
	return v.Text + " (" + a + ")"
}

// sources names who asserts a claim that is reported. What the speaking party
// says of itself is its own claim.
func (a *analyst) sources(c *Claim) {
	s := &a.d.Sentences[a.sentence]
	who := a.d.whose(s)
	for _, src := range a.tree.Sources(c.FirstToken, c.LastToken) {
		words := a.resolved(src)
		head := a.tree.Head(src)
		if words == "" || head < 0 || who[head] == claims.Speaker || a.tree.Unnamed(head) {
			continue
		}
		c.Sources = append(c.Sources, words)
		if len(c.Sources) > 1 {
			continue
		}
		c.Source = words
		for _, e := range s.Entities {
			if e.Start <= s.Tokens[src[1]-1].Start && e.End >= s.Tokens[src[0]].End {
				c.sourceKey = e.Key
			}
		}
	}
}

// ownSpeeches drops the annexes in which the speaking party itself speaks: its
// ministry behind its ambassador's letter. Where no party is given, it is that
// of the state that the title names.
func (d *Document) ownSpeeches(party string) {
	own := map[string]bool{}
	if party != "" {
		own[entities.PartyKey(party)] = true
	} else if at := strings.Index(d.Text, d.Title); at >= 0 && d.Title != "" {
		for _, e := range d.namesIn(at, at+len(d.Title)) {
			if e.Type == entities.Place {
				own[e.Key] = true
			}
		}
	}
	d.Speeches = slices.DeleteFunc(slices.Clone(d.Speeches), func(s read.Speech) bool {
		return slices.ContainsFunc(d.namesIn(s.Speaker.Start, s.Speaker.End), func(e entities.Entity) bool { return own[e.Key] || own[e.Of] })
	})
}

// namesIn lists the names in Text[start:end].
func (d *Document) namesIn(start, end int) []entities.Entity {
	var out []entities.Entity
	for _, s := range d.Sentences {
		if s.Start >= end {
			break
		}
		for _, e := range s.Entities {
			if e.Key != "" && e.Start >= start && e.End <= end {
				out = append(out, e)
			}
		}
	}
	return out
}

// speech names who speaks where a claim stands in an annex that is somebody
// else's, and asserts it himself there.
func (d *Document) speech(c *Claim) {
	if c.Source != "" || c.Type == Ceremonial {
		return
	}
	for _, s := range d.Speeches {
		if c.Start < s.Start || c.End > s.End {
			continue
		}
		c.Source = d.Text[s.Speaker.Start:s.Speaker.End]
		c.Sources = []string{c.Source}
		for _, e := range d.namesIn(s.Speaker.Start, s.Speaker.End) {
			c.sourceKey = e.Key
		}
	}
}

// words are the words of a range of tokens.
func (a *analyst) words(r [2]int) string {
	s := &a.d.Sentences[a.sentence]
	if r[0] < 0 || r[0] >= r[1] {
		return ""
	}
	return a.d.Text[s.Tokens[r[0]].Start:s.Tokens[r[1]-1].End]
}

// place are the words of a place; for "there" the place that it stands for,
// nothing if that is not known.
func (a *analyst) place(r [2]int) string {
	words := a.words(r)
	if !strings.EqualFold(words, "there") {
		return words
	}
	e, _ := a.entityAt(a.d.Sentences[a.sentence].Tokens[r[0]].Start)
	return a.d.called[e.Key]
}

// resolved are the words of a range of tokens, with a pronoun or description
// replaced by the name that it stands for: "it" by "Ostria", "its forces" by
// "Ostria's forces". What is only likely stands behind it in brackets: "it (the
// release)".
func (a *analyst) resolved(r [2]int) string {
	words := a.words(r)
	if words == "" {
		return ""
	}
	s := &a.d.Sentences[a.sentence]
	// A name is given whole, whatever the tree makes of it.
	if e, ok := a.entityAt(s.Tokens[r[1]-1].Start); ok && e.Form == entities.Name && e.End > s.Tokens[r[1]-1].End && e.Start <= s.Tokens[r[1]-1].Start {
		for r[1] < len(s.Tokens) && s.Tokens[r[1]].End <= e.End {
			r[1]++
		}
		words = a.words(r)
	}
	first := s.Tokens[r[0]]
	rest := a.d.Text[first.End:s.Tokens[r[1]-1].End]
	if first.XPOS == "PRP$" && r[1] > r[0]+1 {
		// "our forces" as a whole is the party; the words say more.
		if e, ok := a.entityAt(first.Start); ok && e.Form == entities.Description && a.d.called[e.Key] != "" {
			return possessive(a.d.called[e.Key]) + rest
		}
		switch name, sure := a.standsFor(r[0]); {
		case sure:
			return possessive(name) + rest
		case name != "":
			return first.Text + " (" + possessive(name) + ")" + rest
		}
		return words
	}
	head := a.tree.Head(r)
	if r[1] == r[0]+1 {
		switch name, sure := a.standsFor(r[0]); {
		case sure:
			return name
		case name != "":
			return words + " (" + name + ")"
		}
		return words
	}
	// "the Agency", "that country": the whole phrase is the description.
	e, ok := a.entityAt(s.Tokens[head].Start)
	if ok && e.Form == entities.Description && e.Start == first.Start && e.End == s.Tokens[r[1]-1].End && a.d.called[e.Key] != "" {
		return a.d.called[e.Key]
	}
	return words
}

// entityAt is the longest mention that covers a byte.
func (a *analyst) entityAt(at int) (entities.Entity, bool) {
	es := a.d.Sentences[a.sentence].Entities
	last := sort.Search(len(es), func(i int) bool { return es[i].Start > at }) - 1
	for i := last; i >= 0 && i > last-8; i-- { // nested mentions are few
		if es[i].Start <= at && at < es[i].End {
			return es[i], true
		}
	}
	return entities.Entity{}, false
}

// standsFor is what the pronoun at token i stands for, empty if that is not
// known; sure tells a name that a rule found from the likeliest noun.
func (a *analyst) standsFor(i int) (words string, sure bool) {
	s := &a.d.Sentences[a.sentence]
	t := s.Tokens[i]
	if t.UPOS != "PRON" {
		return "", false
	}
	if e, ok := a.entityAt(t.Start); ok && e.Form == entities.Pronoun {
		if name := a.d.called[e.Key]; name != "" {
			return name, true
		}
	}
	in, head, ok := a.tree.Antecedent(a.before, i)
	if !ok {
		return "", false
	}
	at := a.sentence
	if in != a.tree {
		at--
	}
	tokens := a.d.Sentences[at].Tokens
	r := in.Phrase(head)
	return a.d.Text[tokens[r[0]].Start:tokens[r[1]-1].End], false
}

func possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return name + "'"
	}
	return name + "'s"
}
