package evidence

import (
	"math"
	"strings"

	"counterclaim/nlp/lexicon"
	"counterclaim/nlp/values"
)

// Basic is one of the basic relations of natural logic between two words,
// phrases or claims (MacCartney and Manning, "An extended model of natural
// logic", 2009).
type Basic uint8

// The basic relations.
const (
	Equal       Basic = iota // the same follows from both
	Narrower                 // the first implies the second: "crow", "bird"
	Broader                  // the second implies the first
	Denial                   // exactly one of them holds
	Exclusive                // not both hold: "cat", "dog"
	Covering                 // at least one of them holds
	Independent              // none of these, or not known
)

// joined is what x and z have to do with each other when x R y and y S z.
var joined = [7][7]Basic{
	Equal:       {Equal, Narrower, Broader, Denial, Exclusive, Covering, Independent},
	Narrower:    {Narrower, Narrower, Independent, Exclusive, Exclusive, Independent, Independent},
	Broader:     {Broader, Independent, Broader, Covering, Independent, Covering, Independent},
	Denial:      {Denial, Covering, Exclusive, Equal, Broader, Narrower, Independent},
	Exclusive:   {Exclusive, Independent, Exclusive, Narrower, Independent, Narrower, Independent},
	Covering:    {Covering, Covering, Independent, Broader, Broader, Independent, Independent},
	Independent: {Independent, Independent, Independent, Independent, Independent, Independent, Independent},
}

// under is what a relation between words becomes between what is said with
// them where the narrower follows, or neither. What excludes one another
// among things is taken to exclude one another of one event ("a dog ran",
// "a cat ran"), unless it is denied.
func under(r Basic, m lexicon.Monotonicity) Basic {
	switch m {
	case lexicon.Upward:
		return r
	case lexicon.Downward:
		switch r {
		case Narrower:
			return Broader
		case Broader:
			return Narrower
		case Exclusive, Covering:
			return Independent
		case Equal, Denial, Independent:
		}
	case lexicon.NonMonotone:
		if r != Equal && r != Denial && r != Exclusive {
			return Independent
		}
	}
	return r
}

// How an edit is known.
type How uint8

// The ways to know.
const (
	Listed   How = iota // opposites, classes and synonyms of the lexicon, figures, names
	Kinds               // kinds in WordNet: one of the other
	Siblings            // kinds of one thing
	Kindred             // of one broad class
	Strange             // two words of which nothing is known
	Left                // something that the second leaves out
	Added               // something that the second adds
	Function            // prepositions, pronouns, modals
)

// HowMany is the number of the ways.
const HowMany = int(Function) + 1

// Edit is one step from the first of two claims to the second.
type Edit struct {
	A, B     string // the words; one may be empty
	Basic    Basic  // between the words
	Holds    Basic  // between what is said, where they stand
	How      How
	Concrete bool // both words are nouns or names of things, or figures
}

// Natural is what natural logic makes of two claims: the edits that lead from
// the first to the second, and what they come to.
type Natural struct {
	Edits  []Edit
	Basic  Basic // of the whole
	Shared int   // units that are the same
	Denied int   // denials that only one side has
}

// maxEdits is from how many edits on two claims are said to be different
// things: what they come to is then Independent.
const maxEdits = 12

// Follow compares two claims by natural logic.
func Follow(a, b *Parts) Natural {
	us, vs := a.units(), b.units()
	pairs := align(us, vs)
	n := Natural{Shared: len(pairs)}
	// Operators that both have say in which direction a word may change.
	countsA, countsB := make([]bool, len(us)), make([]bool, len(vs))
	for i := range us {
		countsA[i] = us[i].sort == content || us[i].sort == figure
	}
	for i := range vs {
		countsB[i] = vs[i].sort == content || vs[i].sort == figure
	}
	for _, p := range pairs {
		countsA[p[0]], countsB[p[1]] = true, true
	}
	// Edits, run by run between the units that are the same.
	type run struct{ a0, a1, b0, b1 int }
	var runs []run
	i, j := 0, 0
	for _, p := range append(pairs[:len(pairs):len(pairs)], [2]int{len(us), len(vs)}) {
		if p[0] > i || p[1] > j {
			runs = append(runs, run{i, p[0], j, p[1]})
		}
		i, j = p[0]+1, p[1]+1
	}
	// Quantifiers put for one another keep their direction where it is one.
	for _, r := range runs {
		for x := r.a0; x < r.a1; x++ {
			for y := r.b0; y < r.b1; y++ {
				if us[x].sort == operator && vs[y].sort == operator && us[x].operator.Phrase == vs[y].operator.Phrase && us[x].operator.Rest == vs[y].operator.Rest {
					countsA[x], countsB[y] = true, true
				}
			}
		}
	}
	monoA, monoB := a.monotonicities(us, countsA), b.monotonicities(vs, countsB)
	var before, after []Edit // denials are taken away first and put on last
	for _, r := range runs {
		c := changes{a: a, b: b, us: us[r.a0:r.a1], vs: vs[r.b0:r.b1], nextA: us[r.a1:], nextB: vs[r.b1:], monoA: monoA, monoB: monoB}
		c.find()
		n.Edits = append(n.Edits, c.edits...)
		before, after = append(before, c.before...), append(after, c.after...)
	}
	n.Denied = len(before) + len(after)
	n.Edits = append(append(before, n.Edits...), after...)
	nothing := n.Shared == 0 && a.Claim.Text != b.Claim.Text // words that are no units say nothing but of themselves
	if len(n.Edits) > maxEdits || nothing {
		n.Basic = Independent
		return n
	}
	for _, e := range n.Edits {
		n.Basic = joined[n.Basic][e.Holds]
	}
	return n
}

// align pairs the units of two claims that are the same, in order: the
// longest common subsequence, in which words of the open classes count more.
func align(us, vs []unit) [][2]int {
	weight := func(u *unit) int {
		switch u.sort {
		case content, figure:
			return 4
		case operator:
			return 3
		case position, person, joint, modal:
		}
		return 1
	}
	w := len(vs) + 1
	best := make([]int, (len(us)+1)*w)
	for i := len(us) - 1; i >= 0; i-- {
		for j := len(vs) - 1; j >= 0; j-- {
			b := max(best[(i+1)*w+j], best[i*w+j+1])
			if same(&us[i], &vs[j]) {
				b = max(b, best[(i+1)*w+j+1]+weight(&us[i]))
			}
			best[i*w+j] = b
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(us) && j < len(vs); {
		switch {
		case same(&us[i], &vs[j]) && best[i*w+j] == best[(i+1)*w+j+1]+weight(&us[i]):
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case best[i*w+j] == best[(i+1)*w+j]:
			i++
		default:
			j++
		}
	}
	return out
}

func same(u, v *unit) bool {
	if u.sort != v.sort {
		return false
	}
	if u.sort == figure {
		if u.figure.Kind == values.Ordinal || v.figure.Kind == values.Ordinal {
			return u.figure.Kind == v.figure.Kind && u.figure.Min == v.figure.Min
		}
		return u.key == v.key || values.Compare(*u.figure, *v.figure) == values.Same && u.figure.Kind == v.figure.Kind
	}
	return u.key == v.key || u.text == v.text
}

// changes finds the edits of a run of units that only one side has each.
type changes struct {
	a, b                 *Parts
	us, vs               []unit
	nextA, nextB         []unit // behind the run; the first is the same on both sides
	monoA, monoB         []lexicon.Monotonicity
	edits, before, after []Edit
	left, added          []unit
}

func (c *changes) find() {
	us, vs, deniedA, deniedB := c.quantifiers()
	defer func() { c.deny(deniedA, deniedB) }()
	if c.inPhrases(us, vs) {
		return
	}
	us, vs = c.a.joinPhrases(us), c.b.joinPhrases(vs)
	// Words are put for one another in order, so that the most is known of
	// those that are.
	n, m := len(us), len(vs)
	if n*m > 64 {
		c.unlike(us, vs)
		return
	}
	type cell struct {
		score float64
		r     Basic
		how   How
		ok    bool
	}
	cells := make([]cell, n*m)
	for i := range us {
		for j := range vs {
			x := &cells[i*m+j]
			x.r, x.how, x.ok = lexical(&us[i], &vs[j])
			if x.ok {
				x.score = [HowMany]float64{Listed: 4, Kinds: 3, Siblings: 2.5, Kindred: 1.5, Strange: 0.5, Function: 0.4}[x.how]
			}
		}
	}
	best := make([]float64, (n+1)*(m+1))
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			b := max(best[(i+1)*(m+1)+j], best[i*(m+1)+j+1])
			if x := &cells[i*m+j]; x.ok {
				b = max(b, x.score+best[(i+1)*(m+1)+j+1])
			}
			best[i*(m+1)+j] = b
		}
	}
	i, j := 0, 0
	for i < n || j < m {
		switch {
		case i < n && j < m && cells[i*m+j].ok && best[i*(m+1)+j] == cells[i*m+j].score+best[(i+1)*(m+1)+j+1]:
			x := &cells[i*m+j]
			holds := under(x.r, c.monoA[us[i].top])
			c.edits = append(c.edits, Edit{us[i].text, vs[j].text, x.r, holds, x.how, concrete(&us[i]) && concrete(&vs[j])})
			i, j = i+1, j+1
		case j == m || i < n && best[i*(m+1)+j] == best[(i+1)*(m+1)+j]:
			c.leave(&us[i])
			i++
		default:
			c.add(&vs[j])
			j++
		}
	}
}

// inPhrases sees to runs of a word each at most that stand before the same
// word, as "living" and "dining" before "room": the lexicon may know the two
// phrases. It reports whether it does.
func (c *changes) inPhrases(us, vs []unit) bool {
	if len(us) > 1 || len(vs) > 1 || len(us)+len(vs) == 0 || len(c.nextA) == 0 || len(c.nextB) == 0 {
		return false
	}
	if len(us) == 1 && len(vs) == 1 {
		if _, how, ok := lexical(&us[0], &vs[0]); ok && how == Listed {
			return false
		}
	}
	u, okA := c.a.joined(append(us[:len(us):len(us)], c.nextA[0]))
	v, okB := c.b.joined(append(vs[:len(vs):len(vs)], c.nextB[0]))
	if !okA && len(us) > 0 || !okB && len(vs) > 0 || len(us) == 0 || len(vs) == 0 {
		return false
	}
	r, how, ok := lexical(&u, &v)
	if !ok || how > Siblings {
		return false
	}
	c.edits = append(c.edits, Edit{u.text, v.text, r, under(r, c.monoA[u.top]), how, concrete(&u) && concrete(&v)})
	return true
}

// unlike says that two long runs are different things.
func (c *changes) unlike(us, vs []unit) {
	for i := range us {
		c.leave(&us[i])
	}
	for j := range vs {
		c.add(&vs[j])
	}
	c.edits = append(c.edits, Edit{Basic: Independent, Holds: Independent, How: Strange})
}

// offers reports whether a run has an "or": what stands in it is then one of
// several that may hold.
func offers(run []unit) bool {
	for i := range run {
		if run[i].sort == joint && run[i].lemma == "or" {
			return true
		}
	}
	return false
}

// deny sees to denials that only one side has. One in a part that was left
// out or added as a whole is of that part ("with no pain").
func (c *changes) deny(deniedA, deniedB []*unit) {
	in := func(p *Parts, u *unit, parts []unit) bool {
		h := p.head(u.top)
		for i := range parts {
			if h >= parts[i].from && h < parts[i].to && p.Tokens[h].Rel != "root" {
				return true
			}
		}
		return false
	}
	for _, u := range deniedA {
		if in(c.a, u, c.left) {
			c.edits = append(c.edits, Edit{A: u.text, Basic: Narrower, Holds: under(Narrower, c.monoA[u.top]), How: Left})
			continue
		}
		c.before = append(c.before, Edit{A: u.text, Basic: Denial, Holds: Denial, How: Listed})
	}
	for _, v := range deniedB {
		if in(c.b, v, c.added) {
			c.edits = append(c.edits, Edit{B: v.text, Basic: Broader, Holds: under(Broader, c.monoB[v.top]), How: Added})
			continue
		}
		c.after = append(c.after, Edit{B: v.text, Basic: Denial, Holds: Denial, How: Listed})
	}
}

// leave is an edit that leaves a unit out.
func (c *changes) leave(u *unit) {
	c.left = append(c.left, *u)
	r := Narrower
	switch {
	case u.sort == joint || u.sort == position || u.sort == person && !u.modifies:
		r = Equal // what it joined is left out, or said otherwise
	case offers(c.us):
		r = Broader
	case u.sort == modal:
		r = Independent
	}
	c.edits = append(c.edits, Edit{A: u.text, Basic: r, Holds: under(r, c.monoA[u.top]), How: how(u, Left)})
}

// add is an edit that adds one.
func (c *changes) add(v *unit) {
	c.added = append(c.added, *v)
	r := Broader
	switch {
	case v.sort == joint || v.sort == position || v.sort == person && !v.modifies:
		r = Equal
	case offers(c.vs):
		r = Narrower
	case v.sort == modal:
		r = Independent
	}
	c.edits = append(c.edits, Edit{B: v.text, Basic: r, Holds: under(r, c.monoB[v.top]), How: how(v, Added)})
}

func how(u *unit, h How) How {
	if u.sort == joint || u.sort == position || u.sort == person || u.sort == modal {
		return Function
	}
	return h
}

// sizes of quantifiers: each implies the next, where there is anything at all.
var sizes = map[string]int{"all": 4, "most": 3, "many": 2, "some": 1}

// quantifiers takes the operators out of a run and says what becomes of
// them; it returns the other units, and the denials of each side.
func (c *changes) quantifiers() (us, vs []unit, deniedA, deniedB []*unit) {
	var as, bs []*unit
	for i := range c.us {
		if u := &c.us[i]; u.sort == operator {
			as = append(as, u)
		} else {
			us = append(us, *u)
		}
	}
	for j := range c.vs {
		if v := &c.vs[j]; v.sort == operator {
			bs = append(bs, v)
		} else {
			vs = append(vs, *v)
		}
	}
	for len(as) > 0 && len(bs) > 0 {
		u, v := as[0], bs[0]
		as, bs = as[1:], bs[1:]
		r := quantified(u.operator.Sort, v.operator.Sort)
		c.edits = append(c.edits, Edit{A: u.text, B: v.text, Basic: r, Holds: under(r, outside(c.monoA, u)), How: Listed})
	}
	for _, u := range as {
		if u.denies {
			deniedA = append(deniedA, u)
			continue
		}
		r := quantified(u.operator.Sort, "some")
		c.edits = append(c.edits, Edit{A: u.text, Basic: r, Holds: under(r, outside(c.monoA, u)), How: Function})
	}
	for _, v := range bs {
		if v.denies {
			deniedB = append(deniedB, v)
			continue
		}
		r := quantified("some", v.operator.Sort)
		c.edits = append(c.edits, Edit{B: v.text, Basic: r, Holds: under(r, outside(c.monoB, v)), How: Function})
	}
	return us, vs, deniedA, deniedB
}

// outside is what holds at the place of an operator, without itself.
func outside(mono []lexicon.Monotonicity, u *unit) lexicon.Monotonicity { return mono[u.top] }

// quantified relates two quantifiers by their sorts; one that is not said
// counts as "some".
func quantified(a, b string) Basic {
	x, y := sizes[a], sizes[b]
	switch {
	case a == b:
		return Equal
	case x > 0 && y > 0 && x > y:
		return Narrower
	case x > 0 && y > 0:
		return Broader
	case (a == "no" || a == "not") && b == "some" || a == "some" && (b == "no" || b == "not"):
		return Denial
	case (a == "no" || a == "few" || a == "not") && y > 0 || x > 0 && (b == "no" || b == "few" || b == "not"):
		return Exclusive
	case (a == "no" || a == "not") && b == "few":
		return Narrower
	case a == "few" && (b == "no" || b == "not"):
		return Broader
	case a == "exact" && b == "some":
		return Narrower
	case a == "some" && b == "exact":
		return Broader
	default:
		return Independent
	}
}

// lexical relates two units; ok is false where one cannot stand for the
// other.
func lexical(u, v *unit) (r Basic, how How, ok bool) {
	if u.sort == figure && v.sort == figure {
		return figures(u.figure, v.figure), Listed, true
	}
	if lexicon.Alike(u.lemma, v.lemma) {
		return Equal, Listed, true
	}
	if lexicon.Exclusive(u.lemma, v.lemma) {
		return Exclusive, Listed, true
	}
	if u.sort == position && v.sort == position && lexicon.Opposed(u.lemma, v.lemma, 'r') != lexicon.NotOpposed {
		return Exclusive, Listed, true
	}
	if u.sort == position && v.sort == position || u.sort == modal && v.sort == modal {
		return Independent, Function, true
	}
	if u.sort == joint && v.sort == joint {
		if u.lemma == "or" {
			return Broader, Listed, true
		}
		return Narrower, Listed, v.lemma == "or"
	}
	if u.sort == person && v.sort == person {
		if u.modifies != v.modifies {
			return Independent, Function, true
		}
		return Exclusive, Function, true
	}
	if u.sort == person && v.sort == content && v.pos == 'n' || v.sort == person && u.sort == content && u.pos == 'n' {
		return Independent, Function, true
	}
	if u.sort != content || v.sort != content || u.pos == 0 || v.pos == 0 {
		return 0, 0, false
	}
	return words(u, v)
}

// words relates two words of the open classes.
func words(u, v *unit) (Basic, How, bool) {
	if u.pos == v.pos && lexicon.Opposed(u.lemma, v.lemma, u.pos) != lexicon.NotOpposed {
		return Exclusive, Listed, true
	}
	if a, b := nation(u.lemma), nation(v.lemma); a != "" && b != "" {
		if a == b {
			return Equal, Listed, true
		}
		return Exclusive, Listed, true
	}
	if u.proper && v.proper {
		r, how := names(u, v)
		return r, how, true
	}
	pos := u.pos
	if u.pos != v.pos {
		// "a brick wall", "a wooden wall": read both as nouns where both can be.
		if pos = 'n'; !lexicon.Known(u.lemma, pos) || !lexicon.Known(v.lemma, pos) {
			if lexicon.Family(u.lemma, u.pos) == lexicon.Family(v.lemma, v.pos) {
				return Equal, Strange, true
			}
			return Independent, Strange, u.pos == 'r' || v.pos == 'r' || u.pos == 'a' || v.pos == 'a'
		}
	}
	const steps = 8
	switch {
	case lexicon.Synonyms(u.lemma, v.lemma, pos):
		return Equal, Listed, true
	case lexicon.Hypernym(u.lemma, v.lemma, pos, steps):
		return Narrower, Kinds, true
	case lexicon.Hypernym(v.lemma, u.lemma, pos, steps):
		return Broader, Kinds, true
	case pos == 'a' && lexicon.Nuance(u.lemma, v.lemma):
		return Narrower, Kinds, true
	case pos == 'a' && lexicon.Nuance(v.lemma, u.lemma):
		return Broader, Kinds, true
	case lexicon.Related(u.lemma, v.lemma, pos):
		return Equal, Strange, true
	}
	// A phrase is a kind of what its last word names: "prison cell" of "cell".
	if pos == 'n' {
		if strings.HasSuffix(u.lemma, " "+v.lemma) {
			return Narrower, Kinds, true
		}
		if strings.HasSuffix(v.lemma, " "+u.lemma) {
			return Broader, Kinds, true
		}
	}
	if pos == 'n' || pos == 'v' {
		if m, ok := lexicon.Meet(u.lemma, v.lemma, pos, 4); ok {
			if m.StepsA <= 3 && m.StepsB <= 3 && (pos == 'v' || m.Depth >= 4) {
				return Exclusive, Siblings, true
			}
			return Exclusive, Kindred, true
		}
		for _, x := range lexicon.Supersenses(u.lemma, pos) {
			for _, y := range lexicon.Supersenses(v.lemma, pos) {
				if x == y {
					return Exclusive, Kindred, true
				}
			}
		}
		if pos == 'n' && lexicon.Material(u.lemma) && lexicon.Material(v.lemma) {
			return Exclusive, Kindred, true
		}
	}
	// Colours, shapes and the like are adjectives and nouns.
	if pos == 'a' && lexicon.Known(u.lemma, 'n') && lexicon.Known(v.lemma, 'n') {
		if m, ok := lexicon.Meet(u.lemma, v.lemma, 'n', 3); ok && m.Depth >= 4 {
			return Exclusive, Siblings, true
		}
	}
	return Independent, Strange, true
}

// nation gives the country that a name or demonym belongs to.
func nation(word string) string {
	if c := lexicon.Demonym(word); c != "" {
		return c
	}
	return lexicon.Country(word)
}

// names relates two names: by what the gazetteer knows of them, a place by
// the country that it lies in.
func names(u, v *unit) (Basic, How) {
	a, okA := lexicon.LookupName(u.lemma)
	b, okB := lexicon.LookupName(v.lemma)
	switch {
	case okA && okB && a.Main == b.Main:
		return Equal, Listed
	case okA && okB && a.Country != "" && a.Country == b.Country && a.Kind != b.Kind:
		if b.Kind == lexicon.CountryName {
			return Narrower, Kinds
		}
		if a.Kind == lexicon.CountryName {
			return Broader, Kinds
		}
	}
	return Exclusive, Siblings
}

// figures relates two values by their bounds.
func figures(v, w *values.Value) Basic {
	if v.Kind != w.Kind || v.Unit != w.Unit {
		return Independent
	}
	if v.Kind == values.Ordinal && v.Min != w.Min {
		return Exclusive
	}
	switch values.Compare(*v, *w) {
	case values.Same:
		return Equal
	case values.Different:
		return Exclusive
	case values.Compatible, values.Incomparable:
	}
	inside := func(v, w *values.Value) bool {
		low := v.Min > w.Min || v.Min == w.Min && (!w.MinOpen || v.MinOpen) || math.IsInf(w.Min, -1)
		high := v.Max < w.Max || v.Max == w.Max && (!w.MaxOpen || v.MaxOpen) || math.IsInf(w.Max, 1)
		return low && high
	}
	switch {
	case inside(v, w):
		return Narrower
	case inside(w, v):
		return Broader
	}
	return Independent
}

// concrete reports whether a unit names a thing that is one of its kind.
func concrete(u *unit) bool {
	if u.sort == figure || u.sort == content && u.pos == 'n' && !lexicon.Known(u.lemma, 'n') {
		return true
	}
	if u.pos != 'n' {
		return false
	}
	switch lexicon.Supersense(u.lemma, 'n') {
	case "noun.animal", "noun.artifact", "noun.body", "noun.food", "noun.location", "noun.object", "noun.plant", "noun.substance", "noun.time":
		return true
	}
	return false
}
