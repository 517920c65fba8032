package claims

import (
	"slices"
	"strings"

	"counterclaim/nlp/lexicon"
)

// Held says whether whoever asserts a sentence holds what one of its
// predicates says to be so, as the words over it make a reader believe: open
// under "claims that", true under "realizes that", denied or not, false under
// "failed to". What is said on the predicate itself does not count.
func (t *Tree) Held(i int) lexicon.Implied {
	held := lexicon.True
	var path []int // from i up
	for j := i; j >= 0 && len(path) < 12; j = t.up(j) {
		path = append(path, j)
	}
	for n := len(path) - 2; n >= 0; n-- {
		held = t.under(held, path[n+1], path[n])
	}
	for _, k := range t.kids[i] { // "it rained, he said"
		if t.rel(k) == "parataxis" && t.reports(k) && t.kid(k, "ccomp") < 0 {
			held = passOn(t.said(held, k), t.meaningOf(k, i))
		}
	}
	if t.posed(i) {
		return lexicon.Open
	}
	return held
}

// under is how predicate i stands below u, which stands as outer.
func (t *Tree) under(outer lexicon.Implied, u, i int) lexicon.Implied {
	switch t.rel(i) {
	case "conj":
		return outer
	case "xcomp", "ccomp", "csubj":
		return passOn(t.said(outer, u), t.meaningOf(u, i))
	case "acl":
		switch {
		case t.kid(i, "mark") >= 0 && !t.nominal(t.kid(i, "mark")): // "the claim that", "a plan to"
			return passOn(outer, t.meaningOf(u, i))
		case t.finite(i): // "the bridge, which fell": said by the way
			return lexicon.True
		}
		return outer
	case "advcl":
		return t.circumstance(t.said(outer, u), u, i)
	case "parataxis":
		return lexicon.True
	case "obl", "nmod":
		if t.verbal(i) {
			return passOn(t.said(outer, u), t.meaningOf(u, i)) // "kept them from leaving"
		}
	}
	if t.verbal(u) || t.kid(u, "cop") >= 0 {
		return t.said(outer, u)
	}
	return outer
}

// circumstance is how clause i stands that predicate u, which is held, is set
// beside: reasons and times are taken for granted, conditions are open.
func (t *Tree) circumstance(held lexicon.Implied, u, i int) lexicon.Implied {
	for _, k := range t.kids[i] {
		if t.rel(k) != "mark" && t.rel(k) != "advmod" {
			continue
		}
		switch t.lemma(k) {
		case "if", "unless", "whether", "lest", "provided", "till", "until", "before":
			return lexicon.Open
		case "to":
			if !t.finite(i) { // "used it to dry herbs", and a complement that the tree takes for a purpose
				return passOn(held, t.meaningOf(u, i))
			}
		case "that":
			return passOn(held, t.meaningOf(u, i))
		case "because", "since", "although", "though", "while", "whereas", "after", "when", "as", "once":
			return lexicon.True
		}
	}
	return held
}

// meaningOf is what a predicate implies or conveys of its complement at i,
// where it is not listed too.
func (t *Tree) meaningOf(u, i int) lexicon.Signature {
	if s, ok := t.signature(u, i); ok {
		switch {
		case s == factive && t.unknown(u): // "I don't know that it helps"
			return lexicon.Signature{Affirmed: lexicon.True, Negated: lexicon.Unlikely}
		case s.Negated == lexicon.Unlikely && t.amazed(u): // "could hardly believe that it was over"
			return lexicon.Signature{Affirmed: s.Affirmed, Negated: lexicon.Likely}
		}
		return s
	}
	if !t.marked(i, "to") && t.tokens[i].XPOS != "VBG" && t.reports(u) {
		return lexicon.Signature{Affirmed: lexicon.Likely} // said by somebody
	}
	if t.marked(i, "to") && t.kid(u, "obj") >= 0 {
		if s, ok := lexicon.SignatureOf(t.lemma(u), lexicon.To); ok {
			return s
		}
	}
	if t.marked(i, "to") || t.tokens[i].XPOS == "VBG" { // done in order to
		return lexicon.Signature{Affirmed: lexicon.Likely, Negated: lexicon.Unlikely}
	}
	return lexicon.Signature{Affirmed: lexicon.Likely}
}

// factive is the signature of a word that takes its complement for granted.
var factive = lexicon.Signature{Affirmed: lexicon.True, Negated: lexicon.True}

// unknown reports whether a speaker denies to know or see something now, and
// so cannot take it for granted.
func (t *Tree) unknown(u int) bool {
	s := t.kid(u, "nsubj")
	if s < 0 || t.tokens[u].XPOS != "VB" || !t.denied(u) {
		return false
	}
	who := strings.ToLower(t.tokens[s].Text)
	if who != "i" && who != "we" {
		return false
	}
	for _, k := range t.kids[u] {
		if t.rel(k) == "aux" {
			return t.lemma(k) == "do" && t.tokens[k].XPOS != "VBD"
		}
	}
	return false
}

// amazed reports whether somebody cannot believe what he sees.
func (t *Tree) amazed(u int) bool {
	if l := t.lemma(u); l != "believe" && l != "imagine" {
		return false
	}
	m := t.modal(u)
	return (m == "can" || m == "could") && t.denied(u)
}

// passOn is how a complement stands under a predicate that stands as held and
// has a signature.
func passOn(held lexicon.Implied, s lexicon.Signature) lexicon.Implied {
	switch held {
	case lexicon.True:
		return s.Affirmed
	case lexicon.False:
		return s.Negated
	case lexicon.Likely:
		return weaker(s.Affirmed)
	case lexicon.Unlikely:
		return weaker(s.Negated)
	case lexicon.Open:
	}
	switch s {
	case factive: // known, whether or not one says so
		return lexicon.True
	case lexicon.Signature{Affirmed: lexicon.Likely, Negated: lexicon.Likely}:
		return lexicon.Likely
	}
	return lexicon.Open
}

func weaker(i lexicon.Implied) lexicon.Implied {
	switch i {
	case lexicon.True:
		return lexicon.Likely
	case lexicon.False:
		return lexicon.Unlikely
	case lexicon.Open, lexicon.Likely, lexicon.Unlikely:
	}
	return i
}

// opposite of what is held.
func opposite(i lexicon.Implied) lexicon.Implied {
	switch i {
	case lexicon.True:
		return lexicon.False
	case lexicon.False:
		return lexicon.True
	case lexicon.Likely:
		return lexicon.Unlikely
	case lexicon.Unlikely:
		return lexicon.Likely
	case lexicon.Open:
	}
	return i
}

// said is how predicate u stands with what is said on it: negations, modals,
// hedges, a condition, a question.
func (t *Tree) said(outer lexicon.Implied, u int) lexicon.Implied {
	if t.conditional(u) || t.posed(u) || t.imperative(u) {
		return lexicon.Open
	}
	out := outer
	switch t.modal(u) {
	case "may", "might", "would", "could", "shall":
		if !t.amazed(u) {
			out = lexicon.Open
		}
	case "can":
		if !t.perceived(u) && !t.amazed(u) {
			out = lexicon.Open
		}
	case "should", "must", "will", "ought":
		out = weaker(out)
	}
	for _, k := range t.kids[u] {
		if t.rel(k) == "advmod" {
			switch hedge(t.lemma(k)) {
			case Possible:
				out = lexicon.Open
			case Probable:
				out = weaker(out)
			case Certain, Hypothetical:
			}
		}
	}
	if t.denied(u) || t.shared(u) && t.denied(t.up(u)) {
		out = opposite(out)
	}
	return out
}

// perceived reports whether a verb says that something reaches the mind, which
// "can" does not weaken: "we can see that".
func (t *Tree) perceived(u int) bool {
	s := lexicon.Supersense(t.lemma(u), 'v')
	return s == "verb.perception" || s == "verb.cognition"
}

// posed reports whether predicate u is what the sentence asks.
func (t *Tree) posed(u int) bool {
	if t.tokens[len(t.tokens)-1].Text != "?" {
		return false
	}
	for n := 0; n < 4; n++ {
		switch t.rel(u) {
		case "conj", "root":
		default:
			return false
		}
		h := t.up(u)
		if h < 0 {
			return true
		}
		u = h
	}
	return false
}

// Holds says how a text that asserts this sentence stands to a clause that it
// repeats, embeds or turns round: each predicate of the clause is looked at
// where the sentence has it. shared is how many words the two have in common,
// in order; held means nothing where no predicate is among them.
func (t *Tree) Holds(clause *Tree) (held lexicon.Implied, shared int) {
	pairs := common(t, clause)
	held = lexicon.True
	predicates := 0
	for _, p := range pairs {
		i, j := p[0], p[1]
		if !clause.verbal(j) && clause.up(j) >= 0 && clause.kid(j, "cop", "nsubj") < 0 || clause.rel(j) == "aux" || clause.rel(j) == "cop" {
			continue
		}
		predicates++
		held = weakest(held, compared(t.stands(i), clause.stands(j)))
	}
	if predicates == 0 {
		return lexicon.Open, 0
	}
	return held, len(pairs)
}

// Grounds are what Holds and its degrees may be seen by, with names that a
// person can read: what stands over the predicates that the clause takes out of
// the sentence, and what is said on them.
func (t *Tree) Grounds(clause *Tree) []string {
	var out []string
	add := func(parts ...string) {
		if name := strings.Join(parts, ""); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	held, _ := t.Holds(clause)
	add("held ", implications[held])
	pairs := common(t, clause)
	kept := map[int]bool{}
	for _, p := range pairs {
		kept[p[0]] = true
	}
	for _, p := range pairs {
		i, j := p[0], p[1]
		if !t.verbal(i) && t.kid(i, "cop") < 0 || t.rel(i) == "aux" || t.rel(i) == "cop" {
			continue
		}
		if t.denied(i) != clause.denied(j) {
			add("denied in one")
		}
		for u, n := t.up(i), i; u >= 0; n, u = u, t.up(u) {
			if kept[u] || !t.verbal(u) && !t.nominal(u) && t.tokens[u].UPOS != "ADJ" {
				continue
			}
			t.over(u, n, i, add)
			break
		}
	}
	for i := range t.tokens { // what the clause leaves out
		if !kept[i] && t.tokens[i].UPOS != "PUNCT" && len(t.tokens)-len(kept) < 12 {
			add("left out ", t.lemma(i))
		}
	}
	for j := range clause.tokens {
		switch l := clause.lemma(j); {
		case clause.tokens[j].XPOS == "MD":
			add("clause modal ", l)
		case strings.HasPrefix(l, "any"), strings.HasPrefix(l, "some"), l == "ever", negatives[l]:
			add("clause word ", l)
		}
	}
	return out
}

var implications = [...]string{lexicon.Open: "open", lexicon.True: "true", lexicon.False: "false", lexicon.Likely: "likely", lexicon.Unlikely: "unlikely"}

// over names what predicate u, above i by way of n, says of it.
func (t *Tree) over(u, n, i int, add func(...string)) {
	word := t.lemma(u)
	how := "affirmed"
	switch {
	case t.posed(u):
		how = "asked"
	case t.conditional(u):
		how = "conditional"
	case t.denied(u) || t.shared(u) && t.denied(t.up(u)):
		how = "denied"
	case t.modal(u) != "":
		how = "modal"
	}
	s := t.meaningOf(u, n)
	_, listed := t.signature(u, n)
	signature := implications[s.Affirmed] + "/" + implications[s.Negated]
	form := "that"
	switch {
	case t.marked(n, "to"):
		form = "to"
	case t.tokens[n].XPOS == "VBG":
		form = "ing"
	}
	sense := t.sense(u)
	add("over ", how)
	add("over ", form, ", ", how)
	add("over ", word)
	add("over ", word, ", ", form, ", ", how)
	add("over ", signature, ", ", how)
	add("over ", signature, ", ", form, ", ", how)
	add("over ", sense, ", ", form, ", ", how)
	add("over ", t.class(u), ", ", how)
	add("over tag ", t.tokens[u].XPOS, ", ", how)
	if !listed {
		add("over unlisted, ", how)
	}
	if m := t.modal(u); m != "" {
		add("over modal ", m)
		add("over modal ", m, ", ", how)
	}
	if k := t.kid(u, "nsubj"); k >= 0 {
		subject := t.tokens[k].UPOS
		if subject == "PRON" {
			subject = t.lemma(k)
		}
		add("over subject ", subject)
		add("over subject ", subject, ", ", how)
		add("over subject ", subject, ", ", word)
	}
	add("under it ", t.tokens[i].XPOS)
	if m := t.modal(i); m != "" {
		add("under it modal ", m)
	}
}

// stands is how predicate i stands, with what is said on it.
func (t *Tree) stands(i int) lexicon.Implied {
	held := t.Held(i)
	if t.denied(i) || t.shared(i) && t.denied(t.up(i)) {
		return opposite(held)
	}
	return held
}

// compared is how a predicate that is said to stand as other is held where it
// stands as one.
func compared(one, other lexicon.Implied) lexicon.Implied {
	switch other {
	case lexicon.True, lexicon.Likely:
		return one
	case lexicon.False, lexicon.Unlikely:
		return opposite(one)
	case lexicon.Open:
	}
	return lexicon.True // left open by both, or by the clause alone
}

// weakest is the weaker of two ways to stand: what is not so before what is
// open before what is likely.
func weakest(a, b lexicon.Implied) lexicon.Implied {
	for _, i := range [...]lexicon.Implied{lexicon.False, lexicon.Unlikely, lexicon.Open, lexicon.Likely} {
		if a == i || b == i {
			return i
		}
	}
	return lexicon.True
}

// most is how many words of a sentence common looks at.
const most = 250

// common pairs the words that two sentences have in common, in order: a
// longest common subsequence of their lemmas.
func common(a, b *Tree) [][2]int {
	n, m := min(len(a.tokens), most), min(len(b.tokens), most)
	words := func(t *Tree, n int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = t.lemma(i)
		}
		return out
	}
	x, y := words(a, n), words(b, m)
	length := make([]int16, (n+1)*(m+1)) // of what is left from (i, j)
	at := func(i, j int) *int16 { return &length[i*(m+1)+j] }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			*at(i, j) = max(*at(i+1, j), *at(i, j+1))
			if x[i] == y[j] {
				*at(i, j) = max(*at(i, j), *at(i+1, j+1)+1)
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case x[i] == y[j] && *at(i, j) == *at(i+1, j+1)+1 && *at(i+1, j) < *at(i, j): // the last place where it fits
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case *at(i+1, j) >= *at(i, j+1):
			i++
		default:
			j++
		}
	}
	return out
}
