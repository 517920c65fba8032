package evidence

import (
	"math"
	"strings"

	"counterclaim/nlp/lexicon"
	"counterclaim/nlp/syntax"
	"counterclaim/nlp/values"
)

// sort says what a unit is.
type sort uint8

const (
	content  sort = iota // a word of an open class, or a phrase that the lexicon has
	operator             // of lexicon.OperatorOf
	figure               // a value of a count
	position             // a preposition, or a phrase that is one
	person               // a pronoun
	joint                // "and", "or"
	modal
)

// unit is a word or phrase that one thing is said with.
type unit struct {
	sort     sort
	from, to int // tokens of the claim
	text     string
	key      string // equal where units are the same
	lemma    string
	pos      byte // as lexicon has it, 0 where it has none
	top      int  // the token that the others hang on
	operator lexicon.Operator
	figure   *values.Value
	proper   bool // a name
	denies   bool // with words that deny it: "no", "not"
	modifies bool // it stands on the unit that it belongs to, and can be left out
}

// longest phrase in tokens.
const longest = 3

// units cuts a claim into units; articles, auxiliaries and marks are left
// out.
func (p *Parts) units() []unit {
	t := p.Tokens
	var out []unit
	for i := 0; i < len(t); {
		u, n := p.unitAt(i)
		if n == 0 {
			i++
			continue
		}
		u.from, u.to = i, i+n
		u.top = i + n - 1
		for k := i; k < i+n; k++ {
			if h := p.head(k); h < i || h >= i+n {
				u.top = k
			}
		}
		u.modifies = modifies(p.Tokens[u.top])
		out = append(out, u)
		i += n
	}
	return out
}

// head of a token of the claim, -1 outside of it.
func (p *Parts) head(i int) int {
	if h := p.Tokens[i].Head - p.Claim.FirstToken; h >= 0 && h < len(p.Tokens) && h != i {
		return h
	}
	return -1
}

// unitAt reads the unit that begins at a token, and of how many it is; 0
// where the token says nothing of its own.
func (p *Parts) unitAt(i int) (unit, int) {
	t := p.Tokens
	for k := range p.Claim.Values {
		v := &p.Claim.Values[k]
		if v.Start != t[i].Start || v.Max == 0 || v.Kind != values.Number && v.Kind != values.Percent {
			continue
		}
		if lexicon.Classed(strings.ToLower(t[i].Text)) || i+1 < len(t) && lexicon.Classed(phrase(t[i:i+2])) {
			continue // "near several houses": a place
		}
		n := 1
		for i+n < len(t) && t[i+n].Start < v.End {
			n++
		}
		if t[i].UPOS != "DET" || n > 1 {
			return unit{sort: figure, text: strings.ToLower(v.Text), key: "figure " + strings.ToLower(v.Text), figure: v}, n
		}
	}
	for n := min(longest, len(t)-i); n > 0; n-- {
		words := phrase(t[i : i+n])
		if o, ok := lexicon.OperatorOf(words); ok {
			return unit{sort: operator, text: words, key: words, operator: o, denies: o.Sort == "no" || o.Sort == "not"}, n
		}
		if n > 1 && lexicon.Classed(words) {
			return unit{sort: position, text: words, key: words, lemma: words}, n
		}
	}
	w := t[i]
	lemma := lemmaOf(w)
	u := unit{text: strings.ToLower(w.Text), key: lemma, lemma: lemma}
	switch w.UPOS {
	case "NOUN", "PROPN", "VERB", "ADJ", "ADV", "INTJ", "X", "SYM", "NUM":
		u.pos = posOf(w)
		if lemma == "be" || w.UPOS == "ADV" && w.Rel == "advmod" && lexicon.Booster(lemma) {
			return u, 0
		}
		u.proper = w.UPOS == "PROPN"
		if w.UPOS == "NUM" {
			if v := values.Find(t[i:i+1], values.Reference{}); len(v) == 1 && v[0].Kind == values.Number {
				u.sort, u.figure = figure, &v[0]
			}
		}
		if v, ok := values.OrdinalOf(lemma); ok {
			u.sort, u.figure = figure, &values.Value{Kind: values.Ordinal, Min: v, Max: v, Step: 1}
		}
	case "ADP", "SCONJ":
		u.sort = position
		if w.UPOS == "SCONJ" && !lexicon.Classed(lemma) {
			return u, 0
		}
	case "PRON":
		if w.Rel == "expl" {
			return u, 0
		}
		u.sort = person
	case "CCONJ":
		u.sort = joint
	case "AUX":
		if w.Rel != "aux" || lemma == "be" || lemma == "have" || lemma == "do" {
			return u, 0
		}
		u.sort = modal
	default:
		return u, 0
	}
	return u, 1
}

// phrase is the words of tokens in lower case.
func phrase(t []syntax.Token) string {
	if len(t) == 1 {
		return strings.ToLower(t[0].Text)
	}
	var b strings.Builder
	for i := range t {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strings.ToLower(t[i].Text))
	}
	return b.String()
}

// modifies reports whether a token belongs to a part that can be left out.
func modifies(t syntax.Token) bool {
	switch t.Rel {
	case "amod", "advmod", "nmod", "obl", "acl", "advcl", "compound", "appos", "conj", "nummod", "obj", "iobj", "xcomp", "ccomp", "case", "det":
		return true
	}
	return false
}

// monotonicities gives, for each token, what follows where it is put for a
// broader or narrower one, as the operators say that counts picks: those of
// one parse of the words (van Benthem 1986; Hu and Moss 2018 for dependency
// trees).
func (p *Parts) monotonicities(us []unit, counts []bool) []lexicon.Monotonicity {
	out := make([]lexicon.Monotonicity, len(p.Tokens))
	for i := range out {
		out[i] = lexicon.Upward
	}
	apply := func(m lexicon.Monotonicity, in func(i int) bool) {
		if m == lexicon.Upward {
			return
		}
		for i := range out {
			if in(i) {
				out[i] *= m
			}
		}
	}
	for k := range us {
		u := &us[k]
		if !counts[k] {
			continue
		}
		inUnit := func(i int) bool { return i >= u.from && i < u.to }
		own := u.top
		o := u.operator
		switch u.sort {
		case figure:
			v := u.figure
			switch {
			case v.Kind == values.Ordinal: // "the first man" is not the first animal
				o = lexicon.Operator{Phrase: lexicon.NonMonotone, Rest: lexicon.Upward}
			case math.IsInf(v.Min, -1) || v.Min <= 0 && v.Max > 0:
				o = lexicon.Operator{Phrase: lexicon.Downward, Rest: lexicon.Downward}
			case strings.HasPrefix(u.text, "exactly ") || strings.HasPrefix(u.text, "only ") || strings.HasPrefix(u.text, "precisely "):
				o = lexicon.Operator{}
			default:
				continue
			}
		case operator:
		case content:
			if under := p.refused(u); under >= 0 {
				apply(lexicon.Downward, func(i int) bool { return p.within(i, under) })
			}
			continue
		default:
			continue
		}
		switch o.Sort {
		case "phrase", "clause":
			// The words behind a preposition, or the clause of a conjunction.
			if h := p.head(own); h >= 0 && p.Tokens[own].Rel != "advmod" {
				own = h
			}
			apply(o.Phrase, func(i int) bool { return p.within(i, own) && !inUnit(i) && i >= u.from })
			continue
		}
		// The phrase: that of the noun it stands on, or its own where it stands
		// for one.
		phraseOf := own
		for n := 0; n < longest; n++ {
			h := p.head(phraseOf)
			if h < 0 || !stands(p.Tokens[phraseOf].Rel) {
				break
			}
			phraseOf = h
		}
		clause := p.clauseOf(phraseOf)
		if !nominal(p.Tokens[phraseOf].Rel) && phraseOf == clause || u.operator.Sort != "" && p.Tokens[own].UPOS != "DET" && phraseOf != own && verbal(p.Tokens[phraseOf]) {
			// On the predicate: "not", "never", "always". Its subject, which is
			// named as known, stands outside.
			subject := p.subject(clause)
			apply(o.Rest, func(i int) bool {
				return p.within(i, phraseOf) && !inUnit(i) && (subject < 0 || !p.within(i, subject) || subject > u.from)
			})
			continue
		}
		apply(o.Phrase, func(i int) bool {
			return p.within(i, phraseOf) && !inUnit(i) && !(p.head(i) == phraseOf && p.Tokens[i].Rel == "case")
		})
		subject := p.subject(clause)
		apply(o.Rest, func(i int) bool {
			return p.within(i, clause) && !p.within(i, phraseOf) && !inUnit(i) && (subject < 0 || p.within(phraseOf, subject) || !p.within(i, subject))
		})
	}
	return out
}

// stands reports whether a word of this relation is one that stands on the
// noun or predicate.
func stands(rel string) bool {
	switch rel {
	case "det", "amod", "advmod", "nummod", "cc", "neg", "compound", "mark", "aux":
		return true
	}
	return false
}

// nominal reports whether a part of this relation is an argument or adjunct.
func nominal(rel string) bool {
	switch rel {
	case "nsubj", "obj", "iobj", "obl", "nmod", "appos", "dislocated":
		return true
	}
	return false
}

func verbal(t syntax.Token) bool {
	switch t.Rel {
	case "root", "ccomp", "xcomp", "advcl", "acl", "conj", "parataxis", "csubj":
		return true
	}
	return t.UPOS == "VERB"
}

// within reports whether token i hangs on token over, or is it.
func (p *Parts) within(i, over int) bool {
	for n := 0; i >= 0 && n < len(p.Tokens); n++ {
		if i == over {
			return true
		}
		i = p.head(i)
	}
	return false
}

// clauseOf gives the predicate of the clause that a token stands in; of
// predicates that are joined, the first.
func (p *Parts) clauseOf(i int) int {
	for n := 0; n < len(p.Tokens); n++ {
		h := p.head(i)
		if h < 0 {
			return i
		}
		switch p.Tokens[i].Rel {
		case "ccomp", "advcl", "acl", "parataxis", "csubj":
			return i
		}
		i = h
	}
	return i
}

// subject of a predicate, -1 without one.
func (p *Parts) subject(clause int) int {
	for i := range p.Tokens {
		if p.head(i) == clause && p.Tokens[i].Rel == "nsubj" {
			return i
		}
	}
	return -1
}

// refused gives the complement that a word implies not to be so ("refused to",
// "denies that"), -1 where there is none.
func (p *Parts) refused(u *unit) int {
	if u.pos != 'v' && u.pos != 'a' {
		return -1
	}
	for i := range p.Tokens {
		if p.head(i) != u.top {
			continue
		}
		var form lexicon.Complement
		switch p.Tokens[i].Rel {
		case "xcomp":
			if form = lexicon.To; strings.HasSuffix(p.Tokens[i].Text, "ing") {
				form = lexicon.Gerund
			}
		case "ccomp":
			form = lexicon.That
		default:
			continue
		}
		if s, ok := lexicon.SignatureOf(u.lemma, form); ok && s.Affirmed == lexicon.False {
			return i
		}
	}
	return -1
}

// joinPhrases makes one unit of units that stand together and that the
// lexicon has as a phrase.
func (p *Parts) joinPhrases(us []unit) []unit {
	var out []unit
	for i := 0; i < len(us); {
		n := min(longest, len(us)-i)
		for ; n > 1; n-- {
			if u, ok := p.joined(us[i : i+n]); ok {
				out = append(out, u)
				break
			}
		}
		if n <= 1 {
			out = append(out, us[i])
			n = 1
		}
		i += n
	}
	return out
}

// joined makes one unit of several; ok is false where the lexicon does not
// have them as a phrase.
func (p *Parts) joined(us []unit) (unit, bool) {
	for i := range us {
		if us[i].sort != content && us[i].sort != figure || i > 0 && us[i].from != us[i-1].to {
			return unit{}, false
		}
	}
	last := us[len(us)-1]
	if last.sort != content || last.pos != 'n' && last.pos != 'a' {
		return unit{}, false
	}
	last.from = us[0].from
	words := phrase(p.Tokens[last.from:last.to])
	base := phrase(p.Tokens[last.from:last.to-1]) + " " + last.lemma
	for _, pos := range [3]byte{last.pos, 'a', 'n'} {
		if lexicon.Known(base, pos) {
			last.text, last.lemma, last.key, last.pos = words, base, base, pos
			return last, true
		}
	}
	if _, ok := lexicon.LookupName(words); ok {
		last.text, last.lemma, last.key, last.pos, last.proper = words, words, words, 'n', true
		return last, true
	}
	return unit{}, false
}
