// Package evidence sets the parts of two claims side by side and says, part
// by part, what speaks for and against their meeting: who, did what, to
// whom, where, when, how many, how surely.
package evidence

import (
	"slices"
	"strings"

	"counterclaim/nlp"
	"counterclaim/nlp/entities"
	"counterclaim/nlp/lexicon"
	"counterclaim/nlp/syntax"
	"counterclaim/nlp/values"
)

// Fact is one thing that was compared, with the words of each side.
type Fact struct {
	What   What
	Weight Weight
	A, B   string
	Note   string // in plain words; may be empty
}

// What a fact is about.
type What string

// The facts. Their order is that of their weight for a reader.
const (
	Number    What = "number"     // figures that can both be true, or not
	Clock     What = "time"       // dates and times of day
	Scope     What = "scope"      // figures that count different things
	Opposite  What = "antonym"    // predicates that exclude each other
	Name      What = "name"       // the same person, place, body
	Act       What = "act"        // the same predicate, or a word for the same act
	Synonym   What = "synonym"    // two words for one thing
	Word      What = "word"       // shared content words
	Judgement What = "evaluation" // words that praise on one side and blame on the other
)

// Weight says how a fact counts.
type Weight int

// A fact speaks for one and the same claim, against, or only does not stand
// against it.
const (
	Neutral Weight = iota
	For
	Against
)

// Parts is a claim made ready to be set beside others.
type Parts struct {
	Claim  *nlp.Claim
	Tokens []syntax.Token  // of the claim
	Keys   []string        // for the index: stems of content words, names, values
	stems  map[string]bool // of the content words
	words  []word          // the first content word of each stem, in order
	names  []entities.Entity
	pred   lexicon.Lexeme // of the head of the predicate
	act    string         // its family
	praise float64

	denied   []bool // of the claim's values: "not 120"
	predText string // the head of the predicate as it stands
	judging  string // the word that says most of what praise says
}

// word is a content word of a claim.
type word struct {
	lexicon.Lexeme
	stem, text string
}

// Prepare reads the parts of a claim of document d.
func Prepare(d *nlp.Document, c *nlp.Claim) Parts {
	s := &d.Sentences[c.Sentence]
	p := Parts{Claim: c, Tokens: s.Tokens[c.FirstToken:c.LastToken], stems: map[string]bool{}}
	if c.Head >= 0 && c.Head < len(s.Tokens) {
		if t := s.Tokens[c.Head]; posOf(t) != 0 && lemmaOf(t) != "" {
			p.pred = lexicon.NewLexeme(lemmaOf(t), posOf(t))
			p.act = lexicon.Family(p.pred.Lemma, p.pred.Pos)
			p.predText = t.Text
		}
	}
	var praised, blamed float64
	var praises, blames string
	for _, t := range p.Tokens {
		pos := posOf(t)
		if pos == 0 {
			continue
		}
		lemma := lemmaOf(t)
		if function[lemma] {
			continue
		}
		praise := lexicon.Polarity(lemma, pos)
		p.praise += praise
		if praise > praised {
			praised, praises = praise, t.Text
		} else if praise < blamed {
			blamed, blames = praise, t.Text
		}
		stem := lexicon.Family(lemma, pos)
		if stem == "" {
			stem = lemma
		}
		if !p.stems[stem] {
			p.stems[stem] = true
			p.words = append(p.words, word{lexicon.NewLexeme(lemma, pos), stem, t.Text})
			p.Keys = append(p.Keys, stem)
		}
	}
	if p.judging = praises; p.praise < 0 {
		p.judging = blames
	}
	for _, e := range c.Entities {
		if e.Key != "" {
			p.names = append(p.names, e)
			p.Keys = append(p.Keys, "name:"+e.Key)
		}
	}
	for _, v := range c.Values {
		p.Keys = append(p.Keys, "value:"+valueKey(v))
		at := slices.IndexFunc(p.Tokens, func(t syntax.Token) bool { return t.Start >= v.Start })
		p.denied = append(p.denied, at > 0 && lemmaOf(p.Tokens[at-1]) == "not")
	}
	slices.Sort(p.Keys)
	p.Keys = slices.Compact(p.Keys)
	return p
}

// valueKey is the same for values that are equal.
func valueKey(v values.Value) string {
	switch {
	case !v.From.IsZero():
		return v.From.Format("2006-01-02T15:04") + "/" + v.To.Format("2006-01-02T15:04")
	default:
		return strings.ToLower(v.Text)
	}
}

func lemmaOf(t syntax.Token) string {
	if t.Lemma != "" {
		return strings.ToLower(t.Lemma)
	}
	return strings.ToLower(t.Text)
}

func posOf(t syntax.Token) byte {
	switch t.UPOS {
	case "NOUN", "PROPN":
		return 'n'
	case "VERB":
		return 'v'
	case "ADJ":
		return 'a'
	case "ADV":
		return 'r'
	}
	return 0
}

// function words that the tagger counts among the open classes.
var function = map[string]bool{
	"be": true, "have": true, "do": true, "not": true, "never": true, "so": true, "as": true, "also": true,
	"then": true, "there": true, "here": true, "very": true, "only": true, "own": true, "other": true, "such": true,
	"more": true, "most": true, "many": true, "much": true, "now": true, "when": true, "where": true, "how": true,
	"one": true, "no": true, "too": true, "just": true, "even": true, "yet": true, "still": true, "again": true,
	"take": true, "make": true, "get": true, "go": true, "say": true, "mr": true, "mrs": true, "ms": true,
}

// Comparison is everything found about two claims.
type Comparison struct {
	Facts []Fact

	SameNumber, OtherNumber, FitNumber int  // comparable figures: same, different, compatible
	SameTime, OtherTime, FitTime       int  // dates and times
	Negation                           bool // one is denied, the other not
	BothNegative                       bool
	Opposites                          int // word pairs that exclude each other
	Synonyms                           int // word pairs that mean the same, other words
	SharedWords                        int
	SharedNames                        int
	SamePredicate, OppositePredicate   bool
	ActorsDiffer, ActorsSame           bool
	ModalDiffers                       bool
	Praise                             float64 // product of the two sides' polarity of words; negative where one praises and the other blames
}

// Compare sets two claims side by side.
func Compare(a, b *Parts) Comparison {
	var c Comparison
	c.values(a, b)
	c.polarity(a, b)
	c.words(a, b)
	c.namesOf(a, b)
	if a.Claim.Modal != b.Claim.Modal && (strong(a.Claim.Modal) || strong(b.Claim.Modal)) {
		c.ModalDiffers = true
	}
	c.Praise = a.praise * b.praise
	if c.Praise < 0 {
		c.add(Judgement, Against, a.judging, b.judging, "one side's words praise where the other's blame")
	}
	return c
}

func (c *Comparison) add(w What, weight Weight, a, b, note string) {
	c.Facts = append(c.Facts, Fact{w, weight, a, b, note})
}

func strong(modal string) bool {
	switch modal {
	case "will", "shall", "must", "should", "would":
		return true
	}
	return false
}

func (c *Comparison) values(a, b *Parts) {
	va, vb := a.Claim.Values, b.Claim.Values
	// A figure that the other side gives too does not stand against its other
	// figures.
	metA, metB := make([]bool, len(va)), make([]bool, len(vb))
	for i, v := range va {
		for j, w := range vb {
			if !a.denied[i] && !b.denied[j] && (calendar(v) || countsMeet(v, w)) && values.Compare(v, w) == values.Same {
				metA[i], metB[j] = true, true
			}
		}
	}
	for i, v := range va {
		for j, w := range vb {
			rel := values.Compare(v, w)
			if a.denied[i] || b.denied[j] {
				if rel == values.Same && a.denied[i] != b.denied[j] {
					c.OtherNumber++
					c.add(Number, Against, v.Text, w.Text, "one side denies this figure")
				}
				continue
			}
			if rel == values.Incomparable || rel != values.Same && (metA[i] || metB[j]) {
				continue
			}
			if !calendar(v) && !countsMeet(v, w) {
				if rel == values.Different && v.Min == v.Max && w.Min == w.Max && v.Min > 1 && w.Min > 1 {
					c.add(Scope, Neutral, v.Text, w.Text, "the figures count different things")
				}
				continue
			}
			what, counts, weight := Number, [3]*int{&c.SameNumber, &c.OtherNumber, &c.FitNumber}, Neutral
			if calendar(v) {
				what, counts = Clock, [3]*int{&c.SameTime, &c.OtherTime, &c.FitTime}
			}
			switch rel {
			case values.Same:
				weight = For
				*counts[0]++
			case values.Different:
				weight = Against
				*counts[1]++
			case values.Compatible, values.Incomparable:
				*counts[2]++
			}
			c.add(what, weight, v.Text, w.Text, values.Explain(v, w))
		}
	}
}

func calendar(v values.Value) bool { return v.Kind == values.Date || v.Kind == values.Time }

// countsMeet reports whether two figures may count the same: their nouns are
// the same, mean the same, or one is a kind of the other, or one is unsaid. Of
// none of a thing ("no one") the thing must be said.
func countsMeet(v, w values.Value) bool {
	a, b := v.Counts, w.Counts
	if (a == "" || b == "") && v.Max == 0 && w.Max == 0 {
		return false
	}
	if a == "" || b == "" || a == b || v.Unit != "" {
		return true
	}
	return lexicon.Synonyms(a, b, 'n') || lexicon.Hypernym(a, b, 'n', 4) || lexicon.Hypernym(b, a, 'n', 4) || lexicon.CoHyponyms(a, b, 'n')
}

func (c *Comparison) polarity(a, b *Parts) {
	na, nb := a.Claim.Polarity == nlp.Negative, b.Claim.Polarity == nlp.Negative
	c.Negation = na != nb
	c.BothNegative = na && nb
}

func (c *Comparison) words(a, b *Parts) {
	var left, right []string
	for i := range a.words {
		for j := range b.words {
			if a.words[i].stem == b.words[j].stem {
				left, right = append(left, a.words[i].text), append(right, b.words[j].text)
			}
		}
	}
	c.SharedWords = len(left)
	if len(left) > 0 {
		c.add(Word, For, strings.Join(left, ", "), strings.Join(right, ", "), "")
	}
	for i := range a.words {
		for j := range b.words {
			x, y := &a.words[i], &b.words[j]
			if x.Pos != y.Pos || x.Lemma == y.Lemma {
				continue
			}
			if x.Opposed(&y.Lexeme) != lexicon.NotOpposed {
				c.Opposites++
				c.add(Opposite, Against, x.text, y.text, "opposites")
			} else if x.Synonym(&y.Lexeme) {
				c.Synonyms++
				c.add(Synonym, For, x.text, y.text, "two words for one thing")
			}
		}
	}
	x, y := &a.pred, &b.pred
	if x.Lemma != "" && y.Lemma != "" {
		switch {
		case x.Lemma == y.Lemma || a.act != "" && a.act == b.act || x.Pos == y.Pos && x.Synonym(y):
			c.SamePredicate = true
			c.add(Act, For, a.predText, b.predText, "")
		case x.Pos == y.Pos && x.Opposed(y) != lexicon.NotOpposed:
			c.OppositePredicate = true
		}
	}
}

func (c *Comparison) namesOf(a, b *Parts) {
	for _, x := range a.names {
		for _, y := range b.names {
			if x.Key == y.Key {
				c.SharedNames++
				if x.Form == entities.Name || y.Form == entities.Name {
					c.add(Name, For, x.Text, y.Text, "")
				}
				break
			}
		}
	}
	ka, kb := actorKey(a), actorKey(b)
	if ka != "" && kb != "" {
		if ka == kb {
			c.ActorsSame = true
		} else {
			c.ActorsDiffer = true
		}
	}
}

// Names gives the names among a claim's that stand in some words of it.
func Names(words string, p *Parts) []entities.Entity {
	var out []entities.Entity
	for _, e := range p.names {
		if strings.Contains(words, e.Text) {
			out = append(out, e)
		}
	}
	return out
}

// actorKey is the key of the name that the actor is called by.
func actorKey(p *Parts) string {
	if p.Claim.Actor == "" {
		return ""
	}
	for _, e := range p.names {
		if strings.Contains(p.Claim.Actor, e.Text) {
			return e.Key
		}
	}
	return ""
}
