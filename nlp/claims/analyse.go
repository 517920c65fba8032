package claims

import (
	"strings"

	"counterclaim/nlp/lexicon"
)

// Analysis is what a sentence says about one claim in it. Indexes are tokens
// of the sentence, -1 for none; ranges are [from, to).
type Analysis struct {
	Head      int    // of the predicate, or of the phrase
	Predicate string // lemma of the head with its particle, and of what it governs ("refuse to hand over"); a copula's complement
	Passive   bool
	Actor     [2]int // phrase of who did it, or of what the predicate is said of
	Patient   [2]int
	Recipient [2]int // whom it is given, said or asked
	Place     [2]int
	When      []int // tokens that may date it, outside of the claim too, the surest first
	Negative  bool
	Certainty Certainty
	Modal     string // "must", "will", "may", ... over the head; empty if none
	Question  bool
}

// Certainty of an assertion, lowest for what is not asserted.
type Certainty int

// The degrees.
const (
	Certain Certainty = iota
	Probable
	Possible
	Hypothetical
)

// Analyse reads the tree for the claim in tokens [from, to).
func (t *Tree) Analyse(from, to int) Analysis {
	a := Analysis{Head: -1, Actor: none, Patient: none, Recipient: none, Place: none}
	if from >= to {
		return a
	}
	a.Head = t.head(from, to)
	chain := t.governed(a.Head, from, to)
	words := make([]string, 0, 2*len(chain))
	for k, v := range chain {
		if k > 0 && t.kid(v, "mark") >= 0 {
			words = append(words, "to")
		}
		words = append(words, t.predicate(v))
	}
	a.Predicate = strings.Join(words, " ")
	a.Passive = t.passive(a.Head)
	if t.eventive(a.Head) {
		t.nominalRoles(&a)
	} else {
		for k, v := range chain {
			t.roles(&a, v, k > 0, from, to)
		}
	}
	if a.Actor == none && !a.Passive {
		a.Actor = t.inherited(a.Head)
	} else if a.Patient == none && a.Passive {
		a.Patient = t.inherited(a.Head)
	}
	a.Place = t.place(chain, &a, from, to)
	if p := t.Head(a.Patient); p >= 0 && a.Place != none && t.up(t.Head(a.Place)) == p {
		a.Patient = t.short(p) // "burned two houses in Varnel"
	}
	a.When = t.when(chain)
	a.Negative = t.negated(a.Head)
	a.Modal = t.modal(a.Head)
	a.Question = t.tokens[len(t.tokens)-1].Text == "?"
	a.Certainty = t.certainty(&a)
	return a
}

// governed gives the head and, where it governs a verb without a subject of
// its own ("refused to hand over"), that verb too, as long as they lie in the
// claim.
func (t *Tree) governed(h, from, to int) []int {
	chain := []int{h}
	for len(chain) < 3 {
		if !t.verbal(h) {
			break
		}
		next := t.kid(h, "xcomp")
		if next < from || next >= to || !t.verbal(next) || t.kid(h, "obj", "iobj") >= 0 || t.kid(next, "nsubj") >= 0 || t.addressed(h, next) {
			break
		}
		h = next
		chain = append(chain, h)
	}
	return chain
}

// addressed reports whether somebody is named between a verb of saying and
// what it governs, who is to do it: "calls on Ostria to withdraw".
func (t *Tree) addressed(v, governed int) bool {
	if lexicon.Supersense(t.lemma(v), 'v') != "verb.communication" {
		return false
	}
	for _, k := range t.kids[v] {
		if t.rel(k) == "obl" && k > v && k < governed && t.animate(k) {
			return true
		}
	}
	return false
}

// predicate is the lemma of a token with its particle.
func (t *Tree) predicate(h int) string {
	p := t.lemma(h)
	if !t.verbal(h) {
		return p
	}
	for _, k := range t.kids[h] {
		if k <= h {
			continue
		}
		switch {
		case t.tokens[k].XPOS == "RP" && (t.rel(k) == "compound" || t.rel(k) == "advmod"):
			return p + " " + t.lemma(k)
		case k == h+1 && t.rel(k) == "advmod" && lexicon.Known(p+" "+t.lemma(k), 'v'): // "swept away"
			return p + " " + t.lemma(k)
		}
	}
	if h+1 < len(t.tokens) && t.rel(h+1) == "case" && t.kid(h, "obj") < 0 && t.up(h+1) > h && t.up(t.up(h+1)) == h {
		if with := p + " " + t.lemma(h+1); lexicon.Known(with, 'v') { // "called for"
			return with
		}
	}
	return p
}

// passive reports whether the subject of a verb is what is acted on: "was
// seized", or "seized" after its noun.
func (t *Tree) passive(h int) bool {
	x := t.tokens[h].XPOS
	if x != "VBN" && x != "VBD" {
		return false
	}
	auxiliary := false
	for _, k := range t.kids[h] {
		if t.rel(k) == "aux" {
			auxiliary = true
			if l := t.lemma(k); l == "be" || l == "get" {
				return t.tokens[k].XPOS != "VBG" || x == "VBN"
			}
		}
	}
	if x != "VBN" || auxiliary {
		return false
	}
	switch t.rel(h) {
	case "acl", "advcl", "amod":
		return true
	case "conj": // "were seized and taken"
		if u := t.up(h); u >= 0 && t.tokens[u].XPOS == "VBN" && t.kid(h, "nsubj") < 0 {
			return t.passive(u)
		}
	}
	return false
}

// subjectOf gives the subject of a predicate, with a relative pronoun
// replaced by what it stands for.
func (t *Tree) subjectOf(h int) [2]int {
	k := t.kid(h, "nsubj")
	if k < 0 {
		if k = t.kid(h, "csubj"); k >= 0 {
			return t.clause(k)
		}
		return none
	}
	return t.phrase(t.referent(k))
}

// referent is the noun that a relative pronoun stands for; another token
// stands for itself.
func (t *Tree) referent(i int) int {
	switch x := t.tokens[i].XPOS; {
	case x == "WDT" || x == "WP":
	case strings.EqualFold(t.tokens[i].Text, "that") && t.tokens[i].UPOS == "PRON":
	default:
		return i
	}
	for h, n := t.up(i), 0; h >= 0 && n < 6; h, n = t.up(h), n+1 {
		switch t.rel(h) {
		case "acl":
			u := t.up(h)
			if u < 0 || u >= i || !t.nominal(u) {
				return i
			}
			if who := strings.ToLower(t.tokens[i].Text); (who == "who" || who == "whom") && !t.animate(u) {
				for k := i - 1; k > u && k > i-8; k-- { // "the failure of the mediators, who ..."
					if t.nominal(k) && t.animate(k) && t.rel(k) != "compound" {
						return k
					}
				}
			}
			return u
		case "conj", "xcomp", "ccomp", "nmod", "obl", "obj", "nsubj":
		default:
			return i
		}
	}
	return i
}

// clause is the run of tokens of a clause from its first to its last word,
// without its mark.
func (t *Tree) clause(h int) [2]int {
	from, to := h, h+1
	var walk func(j, depth int)
	walk = func(j, depth int) {
		for _, k := range t.kids[j] {
			if r := t.rel(k); r == "punct" || r == "parataxis" || j == h && (r == "mark" && k < h || r == "cc" || r == "conj") {
				continue
			}
			from, to = min(from, k), max(to, k+1)
			if depth < 30 {
				walk(k, depth+1)
			}
		}
	}
	walk(h, 0)
	if from > 0 && t.up(from-1) == h && t.rel(from-1) == "mark" && t.lemma(from-1) == "to" {
		from--
	}
	return [2]int{from, to}
}

// roles reads the arguments of verb v into a; inner is true for a governed
// verb, whose subject is that of the head.
func (t *Tree) roles(a *Analysis, v int, inner bool, from, to int) {
	passive := t.passive(v)
	subject := t.subjectOf(v)
	talks := lexicon.Supersense(t.lemma(v), 'v') == "verb.communication"
	if !inner && subject != none {
		switch {
		case !passive:
			a.Actor = subject
		case t.kid(v, "obj") >= 0 || talks && t.kid(v, "ccomp", "xcomp") >= 0: // "was offered an inquiry", "was told that"
			a.Recipient = subject
		default:
			a.Patient = subject
		}
	}
	for _, k := range t.kids[v] {
		switch t.rel(k) {
		case "obj":
			p := t.phrase(t.referent(k))
			if talks && (t.animate(k) && t.kid(v, "xcomp", "ccomp") >= 0 || t.kid(v, "xcomp") > k) { // "asked the media not to fly"
				a.Recipient = p
			} else if t.marks[k] != When {
				a.Patient = p
				if to := t.addressee(v, k); to >= 0 { // "sent a letter to the minister", read as the letter's
					a.Patient, a.Recipient = t.short(k), t.phrase(to)
				}
			}
		case "iobj":
			a.Recipient = t.phrase(t.referent(k))
		case "obl", "nmod":
			if t.marks[k] == When || t.marks[k] == Amount {
				continue
			}
			p := t.preposition(k)
			switch {
			case p == "by" && passive && a.Actor == none:
				a.Actor = t.phrase(t.referent(k))
			case a.Recipient == none && t.animate(k) && (p == "to" && gives(t.lemma(v)) || (p == "on" || p == "upon") && t.lemma(v) == "call"):
				a.Recipient = t.phrase(t.referent(k))
			}
		case "agent":
			a.Actor = t.phrase(k)
		}
	}
	if a.Patient != none {
		return
	}
	if k := t.kid(v, "ccomp", "xcomp"); k >= from && k < to && (t.rel(k) == "ccomp" || a.Recipient != none || t.kid(k, "nsubj") >= 0) {
		a.Patient = t.clause(k)
		if s := t.kid(k, "nsubj"); s >= 0 && talks && t.marked(k, "to") && t.animate(s) { // "asked the media to leave", read as one clause
			a.Recipient = t.phrase(s)
			a.Patient = [2]int{min(max(a.Patient[0], a.Recipient[1]), k), a.Patient[1]}
		}
	} else if r := t.Head(a.Recipient); r >= 0 && talks {
		for _, h := range [...]int{v, r} { // "calls on Ostria to withdraw"
			for _, k := range t.kids[h] {
				if k >= from && k < to && k > r && (t.rel(k) == "advcl" || t.rel(k) == "acl") && t.marked(k, "to") {
					a.Patient = t.clause(k)
					return
				}
			}
		}
	}
}

// addressee is whom an object of a verb of giving or saying goes to, where the
// tree has it under the object; -1 for none.
func (t *Tree) addressee(v, obj int) int {
	if !gives(t.lemma(v)) {
		return -1
	}
	for _, k := range t.kids[obj] {
		if k > obj && t.rel(k) == "nmod" && t.preposition(k) == "to" && t.animate(k) {
			return k
		}
	}
	return -1
}

// gives reports whether what stands after a verb and "to" receives something
// or is spoken to.
func gives(verb string) bool {
	switch lexicon.Supersense(verb, 'v') {
	case "verb.possession", "verb.communication":
		return true
	}
	return lexicon.Hypernym(verb, "give", 'v', 3) || lexicon.Hypernym(verb, "transfer", 'v', 3)
}

// inherited finds the subject of a predicate that has none of its own: that
// of the predicate it is coordinated with or depends on, what that one asks
// or makes do it, or the noun that it modifies.
func (t *Tree) inherited(h int) [2]int {
	for i, n := h, 0; n < 8; n++ {
		u := t.up(i)
		if u < 0 {
			return none
		}
		switch t.rel(i) {
		case "conj":
			if !t.verbal(i) && t.kid(i, "cop") < 0 {
				return none // a noun is coordinated with nouns
			}
		case "xcomp":
			if k := t.kid(u, "obj"); k >= 0 && k < i && t.animate(k) {
				return t.phrase(t.referent(k))
			}
		case "advcl", "ccomp", "parataxis":
			if t.rel(i) == "ccomp" && t.kid(i, "mark") >= 0 || t.finite(i) {
				return none // a clause of its own has its own subject
			}
		case "acl":
			if t.nominal(u) && t.marks[u] != When {
				return t.phrase(u)
			}
			return none
		default:
			return none
		}
		if s := t.subjectOf(u); s != none {
			return s
		}
		i = u
	}
	return none
}

func (t *Tree) finite(h int) bool {
	for _, k := range t.kids[h] {
		if r := t.rel(k); r == "aux" || r == "cop" {
			switch t.tokens[k].XPOS {
			case "VBD", "VBP", "VBZ", "MD":
				return true
			}
		}
	}
	switch t.tokens[h].XPOS {
	case "VBD", "VBP", "VBZ":
		return true
	}
	return false
}

// eventive reports whether the head is a noun that names an act or event and
// is not predicated of anything: "the withdrawal of the armed forces".
func (t *Tree) eventive(h int) bool {
	if t.tokens[h].UPOS != "NOUN" || t.kid(h, "cop", "nsubj") >= 0 {
		return false
	}
	l := t.lemma(h)
	switch lexicon.Supersense(l, 'n') {
	case "noun.act", "noun.event", "noun.process", "noun.communication", "noun.phenomenon":
		return lexicon.Family(l, 'n') != l || lexicon.Known(l, 'v')
	}
	return false
}

// nominalRoles reads who did what from the phrases of a noun of action.
func (t *Tree) nominalRoles(a *Analysis) {
	h := a.Head
	of := -1
	for _, k := range t.kids[h] {
		if r := t.rel(k); r != "nmod" && r != "det" && r != "obl" {
			continue
		}
		switch {
		case t.tokens[k].XPOS == "PRP$" || t.possessive(k):
			a.Actor = t.owner(k)
		case t.marks[k] == When || t.marks[k] == Amount:
		case t.preposition(k) == "by":
			a.Actor = t.phrase(k)
		case t.preposition(k) == "of" && of < 0:
			of = k
		}
	}
	if of < 0 {
		return
	}
	for _, k := range t.kids[of] { // "the killing of the hostages by the rebels", read as theirs
		if a.Actor == none && t.rel(k) == "nmod" && t.preposition(k) == "by" && t.animate(k) {
			a.Actor, a.Patient = t.phrase(k), t.short(of)
			return
		}
	}
	verb := lexicon.Family(t.lemma(h), 'n')
	class, _ := lexicon.ClassOf(verb)
	suffers := class == lexicon.Assault || class == lexicon.Fight || class == lexicon.Coerce || class == lexicon.MassKill
	if a.Actor == none && t.animate(of) && !suffers && t.marks[of] != Place {
		a.Actor = t.short(of) // "the withdrawal of the forces from Lachin"
	} else {
		a.Patient = t.phrase(of)
	}
}

// possessive reports whether a noun carries 's.
func (t *Tree) possessive(k int) bool {
	for _, c := range t.kids[k] {
		if t.tokens[c].XPOS == "POS" {
			return true
		}
	}
	return false
}

// owner is the phrase of a possessive without its 's.
func (t *Tree) owner(k int) [2]int {
	p := t.phrase(k)
	for p[1]-1 > k && t.tokens[p[1]-1].XPOS == "POS" {
		p[1]--
	}
	return p
}

// when gives the dependents that may date the predicates: their own, then
// those of what they are coordinated with.
func (t *Tree) when(chain []int) []int {
	var out []int
	add := func(h, before int) {
		for _, k := range t.kids[h] {
			switch t.rel(k) {
			case "obl", "nmod", "advmod", "nummod", "obj", "dep":
				if t.marks[k] == When && k < before {
					out = append(out, k)
				}
			}
		}
	}
	for _, h := range chain {
		add(h, len(t.tokens))
	}
	if h := chain[0]; len(out) == 0 && t.rel(h) == "conj" && t.verbal(h) {
		if u := t.up(h); u >= 0 {
			add(u, h)
		}
	}
	return out
}
