package nlp

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"counterclaim/nlp/claims"
	"counterclaim/nlp/entities"
	"counterclaim/nlp/read"
	"counterclaim/nlp/segment"
	"counterclaim/nlp/syntax"
	"counterclaim/nlp/values"
)

// Options say who speaks, and when.
type Options struct {
	Party string             // ID of the speaking party; empty if not of a case
	Names *entities.Resolver // of the case; nil resolves inside the statement only
	Date  time.Time          // what relative dates are read against when the statement carries none
	Model *Model             // nil is DefaultModel

	// Eager is taken from the log-probability that a word lies outside of
	// every claim: higher finds more claims. Zero is DefaultEager.
	Eager float32
}

// DefaultEager was chosen on cross-validated cases.
const DefaultEager = 1.0

// fine is added to the log-probability that a word begins a claim: higher
// cuts claims shorter. Longer ones meet others more surely, shorter ones lie
// tighter around what is said; chosen on cross-validated cases.
const fine = 0.6

// filled puts the defaults in.
func (o Options) filled() Options {
	if o.Model == nil {
		o.Model = DefaultModel()
	}
	if o.Names == nil {
		o.Names = entities.NewResolver(nil)
	}
	return o
}

// Analyze reads a statement: sentences, words, names, values, claims.
func Analyze(text *read.Text, o Options) *Document {
	return AnalyzeAll([]*read.Text{text}, []Options{o})[0]
}

// AnalyzeAll gives of each statement what Analyze gives. Their sentences go
// through the networks together, those in the same words once: for short
// statements, this takes less time.
func AnalyzeAll(texts []*read.Text, options []Options) []*Document {
	docs := make([]*Document, len(texts))
	for i, text := range texts {
		docs[i] = &Document{Title: text.Title, Date: text.Date, Author: text.Author, Address: text.Address, Text: text.Canonical, Source: text.Source, Blocks: text.Blocks, Speeches: text.Speeches}
		docs[i].Sentences = sentences(docs[i])
	}
	parse(docs)
	foresee(docs, options)
	for i, d := range docs {
		o := options[i].filled()
		understand(d, o)
		d.findClaims(o)
	}
	return docs
}

// AnalyzeClaim reads a text as one sentence that makes one claim. Document
// holds that claim alone, none if there is no word in the text.
func AnalyzeClaim(text string, o Options) *Document {
	o = o.filled()
	d := &Document{Text: text, Sentences: []Sentence{{End: len(text)}}}
	parse([]*Document{d})
	understand(d, o)
	st := o.Model.encode(d.Text, d.Sentences)
	fields := newAnalyst(d)
	fields.read(0)
	if span, ok := claims.Trim(text, claims.Span{End: len(text)}); ok {
		if claim, ok := fields.claim(span); ok {
			d.Claims = []Claim{claim}
		}
	}
	d.placeClaims(o.Model, &st, d.Claims)
	for i := range d.Claims {
		fields.settle(&d.Claims[i])
	}
	return d
}

func sentences(d *Document) []Sentence {
	var spans []segment.Span
	var block []int
	for i, b := range d.Blocks {
		if b.Kind == read.Rule {
			continue
		}
		for at := b.Start; at < b.End; { // a sentence goes over no row of a table
			end := b.End
			if n := strings.IndexByte(d.Text[at:end], '\n'); b.Kind == read.Table && n >= 0 {
				end = at + n + 1
			}
			spans = append(spans, segment.Span{Start: at, End: end})
			block = append(block, i)
			at = end
		}
	}
	var out []Sentence
	for i, list := range segment.All(d.Text, spans) {
		for _, s := range list {
			out = append(out, Sentence{Start: s.Start, End: s.End, Block: block[i]})
		}
	}
	return out
}

// parse fills the tokens of all sentences. Those of a sentence depend on its
// words alone.
func parse(docs []*Document) {
	known := map[string]*Sentence{} // the first in these words
	var first, again, same []*Sentence
	var texts []string // of first
	for _, d := range docs {
		for i := range d.Sentences {
			s := &d.Sentences[i]
			words := d.Text[s.Start:s.End]
			if of, ok := known[words]; ok {
				again, same = append(again, s), append(same, of)
				continue
			}
			known[words] = s
			first, texts = append(first, s), append(texts, words)
		}
	}
	fresh := make([][]syntax.Token, len(first))
	inParts(len(first), func(_, from, to int) {
		for i := from; i < to; i++ {
			fresh[i] = syntax.Tokenize(texts[i], first[i].Start)
		}
		syntax.ParseAll(fresh[from:to])
	})
	for i, s := range first {
		s.Tokens = fresh[i]
	}
	for i, s := range again {
		s.Tokens = moved(same[i].Tokens, s.Start-same[i].Start)
	}
}

// moved copies the tokens of a sentence to where its words stand again.
func moved(tokens []syntax.Token, by int) []syntax.Token {
	out := slices.Clone(tokens)
	for i := range out {
		out[i].Start += by
		out[i].End += by
	}
	return out
}

// foreseen is how many sentences are read together at most before their
// statements are; half of what is recalled.
const foreseen = recalled / 2

// foresee reads the sentences of several statements together, so that the
// model recalls them when it comes to each.
func foresee(docs []*Document, options []Options) {
	if len(docs) < 2 {
		return
	}
	o := options[0].filled()
	var text strings.Builder
	all := &Document{Blocks: []read.Block{{Kind: read.Paragraph}}}
	known := map[string]bool{}
	for n, d := range docs {
		if other := options[n].filled(); other.Model != o.Model || other.Eager != o.Eager {
			continue
		}
		for i, s := range d.Sentences {
			words := d.Text[s.Start:s.End]
			if known[words] || !d.asserts(i) || len(known) == foreseen {
				continue
			}
			known[words] = true
			at := text.Len()
			text.WriteString(words)
			all.Sentences = append(all.Sentences, Sentence{Start: at, End: text.Len(), Tokens: moved(s.Tokens, at-s.Start)})
		}
	}
	all.Text = text.String()
	inParts(len(all.Sentences), func(_, from, to int) { all.readings(from, to, o) })
}

// understand fills names and values.
func understand(d *Document, o Options) {
	date := d.Date
	if date.IsZero() {
		date = o.Date
	}
	ref := values.Reference{Date: date, Text: d.Text}
	tokens := make([][]syntax.Token, len(d.Sentences))
	for i, s := range d.Sentences {
		tokens[i] = s.Tokens
	}
	if o.Party != "" {
		d.speaker = entities.PartyKey(o.Party)
	}
	names := o.Names.ForStatement(o.Party).FindAll(tokens)
	for i := range d.Sentences {
		s := &d.Sentences[i]
		s.Entities = names[i]
		if zone, ok := values.StatedZone(s.Tokens); ok {
			ref.Zoned, ref.Zone = true, zone
		}
		s.Values = values.Find(s.Tokens, ref)
		ref.Anchor = values.NextAnchor(s.Values, ref.Anchor)
	}
	d.call(o.Names)
	d.ownSpeeches(o.Party)
}

// inParts calls do on parts of [0, n), each with its number, side by side;
// the parts do not depend on the number of processors.
func inParts(n int, do func(part, from, to int)) {
	if n <= batch {
		do(0, 0, n)
		return
	}
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	var failed atomic.Value
	for from := 0; from < n; from += batch {
		g.Go(func() error {
			defer func() {
				if p := recover(); p != nil {
					failed.CompareAndSwap(nil, fmt.Sprint(p))
				}
			}()
			do(from/batch, from, min(from+batch, n))
			return nil
		})
	}
	_ = g.Wait() // do cannot fail
	if p := failed.Load(); p != nil {
		panic(p) // for the caller to see, as were it his own: a statement of a corpus must not end the run
	}
}

// findClaims cuts every sentence into claims and analyses them. A part of the
// statement goes through the encoder and all that needs its rows before
// another does: these are by far the most of the memory.
func (d *Document) findClaims(o Options) {
	found := make([][]Claim, len(d.Sentences)/batch+1)
	inParts(len(d.Sentences), func(part, from, to int) {
		found[part] = d.claimsOf(from, to, o)
	})
	d.Claims = slices.Concat(found...)
}

// claimsOf finds the claims of the sentences [from, to).
func (d *Document) claimsOf(from, to int, o Options) []Claim {
	readings := d.readings(from, to, o)
	var found []Claim
	fields := newAnalyst(d)
	if from > 0 && d.asserts(from-1) {
		fields.read(from - 1) // what a pronoun may stand for
	}
	for i := from; i < to; i++ {
		if !d.asserts(i) {
			continue
		}
		fields.read(i)
		start := d.Sentences[i].Start
		for _, r := range readings[i-from] {
			c, ok := fields.claim(claims.Span{Start: start + r.Start, End: start + r.End})
			if !ok {
				continue
			}
			c.TypeProbabilities, c.Met, c.Meaning = r.TypeProbabilities, r.Met, r.Meaning
			fields.settle(&c)
			found = append(found, c)
		}
	}
	return found
}

// readings gives for each of the sentences [from, to) that may hold a claim
// what the model finds in it.
func (d *Document) readings(from, to int, o Options) [][]Claim {
	eager := o.Eager
	if eager == 0 {
		eager = DefaultEager
	}
	m := o.Model
	out := make([][]Claim, to-from)
	known := map[sentenceKey]int{} // the first of the new ones in these words
	var fresh []Sentence
	var places []int // of fresh, among all
	var again [][2]int
	key := func(i int) sentenceKey {
		s := &d.Sentences[i]
		return sentenceKey{d.Text[s.Start:s.End], eager}
	}
	for i := from; i < to; i++ {
		if !d.asserts(i) {
			continue
		}
		k := key(i)
		if first, ok := known[k]; ok {
			again = append(again, [2]int{i, first})
			continue
		}
		if r, ok := m.recall.get(k); ok {
			out[i-from] = r
			continue
		}
		known[k] = i
		fresh, places = append(fresh, d.Sentences[i]), append(places, i)
	}
	st := m.encode(d.Text, fresh)
	var found []Claim
	for n, s := range fresh {
		words := claims.Words(d.Text, s.Start, s.End)
		scores := m.tagWords(&st, d.Text, words)
		for j := range scores {
			scores[j][claims.Outside] -= eager
			scores[j][claims.Begin] += fine
		}
		spans := claims.Mend(d.Text, s.Tokens, claims.Split(d.Text, words, scores))
		if row, ok := claims.Row(d.Text, s.Start, s.End); ok {
			spans = []claims.Span{row}
		}
		for _, span := range spans {
			if c, ok := d.bare(places[n], span); ok {
				found = append(found, c)
			}
		}
	}
	d.placeClaims(m, &st, found)
	for n, s := range fresh {
		list := []Claim{}
		for len(found) > 0 && found[0].Sentence == places[n] {
			c := found[0]
			c.Start, c.End, c.Sentence, c.Text = c.Start-s.Start, c.End-s.Start, 0, ""
			list = append(list, c)
			found = found[1:]
		}
		out[places[n]-from] = list
		k := key(places[n])
		k.text = strings.Clone(k.text) // not the whole statement
		m.recall.put(k, list)
	}
	for _, a := range again {
		out[a[0]-from] = out[a[1]-from]
	}
	return out
}

// asserts reports whether a sentence may hold a claim: a letterhead and a
// signature only say who writes to whom, and when.
func (d *Document) asserts(sentence int) bool {
	k := d.Blocks[d.Sentences[sentence].Block].Kind
	return k != read.Letterhead && k != read.Signature && k != read.Boilerplate
}

var certainties = [...]Certainty{claims.Certain: Certain, claims.Probable: Probable, claims.Possible: Possible, claims.Hypothetical: Hypothetical}

func isWordRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r >= 0x80
}

// placeClaims notes what the encoder says of the types of the claims, and
// places them in the space of meaning.
func (d *Document) placeClaims(m *Model, st *states, found []Claim) {
	n, dim := len(found), st.dim
	if n == 0 {
		return
	}
	means := make([]float32, n*dim)   // of the claim
	typed := make([]float32, n*2*dim) // of the claim, then of its sentence
	wholes := make([][]float32, n)    // of the sentence, of length 1
	for i := range found {
		c := &found[i]
		from, to := st.between(c.Start, c.End)
		mean, t := means[i*dim:(i+1)*dim], typed[i*2*dim:(i+1)*2*dim]
		st.mean(mean, from, to)
		copy(t, mean)
		c.Meaning.keepRows(st.rows[from*dim:to*dim], st.pieces[from:to], c.Start, dim)
		if i > 0 && found[i-1].Sentence == c.Sentence {
			copy(t[dim:], typed[i*2*dim-dim:i*2*dim])
			wholes[i] = wholes[i-1]
			continue
		}
		s := d.Sentences[c.Sentence]
		from, to = st.between(s.Start, s.End)
		st.mean(t[dim:], from, to)
		wholes[i] = slices.Clone(t[dim:])
		normalise(wholes[i])
	}
	types := m.enc.Dense("type.out", m.dense("type.in", typed))
	places := m.places(means)
	width := len(types) / n
	for i := range found {
		c := &found[i]
		row := types[i*width : (i+1)*width]
		// Between the two stand the odds of being reported, which tell nothing on
		// cases that were not seen: the tree tells who is the source.
		t, met := row[:len(Types)], row[len(Types)+2:]
		logSoftmax(t)
		logSoftmax(met)
		for j := range t {
			c.TypeProbabilities[j] = math.Exp(float64(t[j]))
		}
		c.Met = math.Exp(float64(met[1]))
		c.Meaning.Place, c.Meaning.sentence = places[i], wholes[i]
	}
}

// settle decides the type, and names who speaks in an annex.
func (a *analyst) settle(c *Claim) {
	a.typed(c)
	a.d.speech(c)
}
