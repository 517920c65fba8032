// Package stats measures a corpus that was compared: what the parties claim,
// how often each two of them agree, conflict, frame and are silent, what they
// changed from one statement to the next, by which words and names they can be
// told apart, and which parties stand near each other. It writes tables (CSV,
// LaTeX), plots (SVG, PNG) and a description of every measure with its formula
// and source.
//
// The laws of the package: the tables of the corpus are read as a stream, so
// that what is kept grows with the parties and cases, not with the claims; the
// same corpus gives the same numbers and the same bytes.
package stats

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"counterclaim/compare"
	"counterclaim/compare/evidence"
	"counterclaim/nlp"
	"counterclaim/nlp/lexicon"
	"counterclaim/reports/dataset"
)

// types and certainties in the order of their columns.
var (
	types       = nlp.Types
	certainties = []nlp.Certainty{nlp.Certain, nlp.Probable, nlp.Possible, nlp.Hypothetical}
	relations   = []compare.Relation{compare.Agree, compare.Conflict, compare.Framing}
	changes     = []string{"kept", "revised", "dropped", "added"}
)

// data is what the measures are made of, counted case by case.
type data struct {
	parties []string // ids, sorted
	names   map[string]string
	claims  map[string]int // by party
	spoken  map[string][]spoken
	meet    map[[2]string][]meeting // by two parties, the smaller id first
	change  map[string][]changed
	rival   map[rival]int
	words   counts
	named   counts
	cases   int
}

// spoken counts the claims of a party in a case.
type spoken struct {
	types     [9]int32
	certainty [4]int32
	all       int32
}

// meeting counts what two parties have in common in a case in which both
// speak.
type meeting struct {
	period   string   // month of the case, YYYY-MM; empty if unknown
	relation [3]int32 // pairs
	claims   [2]int32 // of each
	met      [2]int32 // claims of each that meet one of the other
}

func (m *meeting) pairs() int32 { return m.relation[0] + m.relation[1] + m.relation[2] }

// changed counts what became of the claims of a party in a case.
type changed struct {
	what   [4]int32 // as in changes; claims
	before int32    // claims of the earlier statements
	after  int32    // claims of the later ones
	steps  int32    // from one statement to the next
}

// rival is two names of one thing, each used by its party.
type rival struct{ partyA, partyB, nameA, nameB string }

// counts of words, by party.
type counts map[string]map[string]int

func (c counts) add(party, word string, n int) {
	if c[party] == nil {
		c[party] = map[string]int{}
	}
	c[party][word] += n
}

// collect reads the tables of a folder.
func collect(f dataset.Folder) (*data, error) {
	d := &data{
		names: map[string]string{}, claims: map[string]int{}, spoken: map[string][]spoken{}, meet: map[[2]string][]meeting{},
		change: map[string][]changed{}, rival: map[rival]int{}, words: counts{}, named: counts{},
	}
	frequent, err := frequentWords(f)
	if err != nil {
		return nil, err
	}
	for c, err := range eachCase(f) {
		if err != nil {
			return nil, err
		}
		d.cases++
		d.speak(c, frequent)
		d.pair(c)
		d.changes(c)
	}
	for p := range d.claims {
		d.parties = append(d.parties, p)
	}
	slices.Sort(d.parties)
	return d, nil
}

// leastWord is how often a word must be used in the corpus to be counted by
// party: rarer ones cannot tell parties apart.
const leastWord = 5

func frequentWords(f dataset.Folder) (map[string]bool, error) {
	n := map[string]int32{}
	for s, err := range dataset.Each[dataset.Statement](f, "statements") {
		if err != nil {
			return nil, err
		}
		if s.Number > 0 {
			for w := range wordsOf(s.Text) {
				n[w]++
			}
		}
	}
	out := map[string]bool{}
	for w, count := range n {
		if count >= leastWord {
			out[w] = true
		}
	}
	return out, nil
}

// wordsOf yields the words of a text in small letters: runs of letters, with
// apostrophes and hyphens inside.
func wordsOf(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, w := range strings.FieldsFunc(text, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’' && r != '-'
		}) {
			w = strings.ToLower(strings.Trim(w, "'’-"))
			if w != "" && !yield(w) {
				return
			}
		}
	}
}

// oneCase is the records of a case.
type oneCase struct {
	id         string
	statements []dataset.Statement
	claims     []dataset.Claim
	pairs      []dataset.Pair
	versions   []dataset.Version
}

// eachCase reads the tables side by side: all hold the cases in one order.
func eachCase(f dataset.Folder) iter.Seq2[*oneCase, error] {
	return func(yield func(*oneCase, error) bool) {
		claims := open[dataset.Claim](f, "claims", func(r *dataset.Claim) string { return r.Case })
		pairs := open[dataset.Pair](f, "pairs", func(r *dataset.Pair) string { return r.Case })
		versions := open[dataset.Version](f, "versions", func(r *dataset.Version) string { return r.Case })
		defer claims.stop()
		defer pairs.stop()
		defer versions.stop()
		finish := func(c *oneCase) bool {
			var err error
			if c.claims, err = claims.of(c.id); err == nil {
				if c.pairs, err = pairs.of(c.id); err == nil {
					c.versions, err = versions.of(c.id)
				}
			}
			if err != nil {
				yield(nil, err)
				return false
			}
			return yield(c, nil)
		}
		var c *oneCase
		for s, err := range dataset.Each[dataset.Statement](f, "statements") {
			if err != nil {
				yield(nil, err)
				return
			}
			if c == nil || c.id != s.Case {
				if c != nil && !finish(c) {
					return
				}
				c = &oneCase{id: s.Case}
			}
			c.statements = append(c.statements, *s)
		}
		if c != nil && !finish(c) {
			return
		}
		for _, left := range []func() (string, bool){claims.rest, pairs.rest, versions.rest} {
			if id, ok := left(); ok {
				yield(nil, fmt.Errorf("the tables do not fit together: no statement of case %q; run counterclaim batch again", id))
				return
			}
		}
	}
}

// cursor reads a table case by case.
type cursor[T any] struct {
	next func() (*T, error, bool)
	stop func()
	id   func(*T) string
	held *T // read, of a later case
	err  error
}

func open[T any](f dataset.Folder, table string, id func(*T) string) *cursor[T] {
	c := &cursor[T]{id: id}
	c.next, c.stop = iter.Pull2(dataset.Each[T](f, table))
	c.advance()
	return c
}

func (c *cursor[T]) advance() {
	r, err, ok := c.next()
	c.held = nil
	if !ok {
		return
	}
	if c.err = err; err == nil {
		held := *r
		c.held = &held
	}
}

func (c *cursor[T]) of(id string) ([]T, error) {
	var out []T
	for c.err == nil && c.held != nil && c.id(c.held) == id {
		out = append(out, *c.held)
		c.advance()
	}
	return out, c.err
}

// rest is the case of a record that is left.
func (c *cursor[T]) rest() (string, bool) {
	if c.held == nil {
		return "", false
	}
	return c.id(c.held), true
}

// speak counts claims, words and names.
func (d *data) speak(c *oneCase, frequent map[string]bool) {
	by := map[string]*spoken{}
	for i := range c.statements {
		s := &c.statements[i]
		if s.Number == 0 {
			continue // a copy: its voice is counted
		}
		d.names[s.Party] = s.PartyName
		d.claims[s.Party] += 0
		for w := range wordsOf(s.Text) {
			if frequent[w] {
				d.words.add(s.Party, w, 1)
			}
		}
	}
	for i := range c.claims {
		cl := &c.claims[i]
		s := by[cl.Party]
		if s == nil {
			s = &spoken{}
			by[cl.Party] = s
		}
		s.all++
		if t := slices.Index(types, nlp.Type(cl.Type)); t >= 0 {
			s.types[t]++
		}
		if t := slices.Index(certainties, nlp.Certainty(cl.Certainty)); t >= 0 {
			s.certainty[t]++
		}
		for _, name := range cl.Names {
			if isName(name) {
				d.named.add(cl.Party, name, 1)
			}
		}
	}
	for p, s := range by {
		d.claims[p] += int(s.all)
		d.spoken[p] = append(d.spoken[p], *s)
	}
}

// pair counts what each two parties of a case have in common.
func (d *data) pair(c *oneCase) {
	period, claims := "", map[string]int32{}
	for i := range c.statements {
		s := &c.statements[i]
		if s.Number > 0 {
			claims[s.Party] += s.Claims
			if date := string(s.Date); len(date) >= 7 && (period == "" || date[:7] < period) {
				period = date[:7]
			}
		}
	}
	ids := make([]string, 0, len(claims))
	for p := range claims {
		ids = append(ids, p)
	}
	slices.Sort(ids)
	meet := map[[2]string]*meeting{}
	for i, a := range ids {
		for _, b := range ids[i+1:] {
			meet[[2]string{a, b}] = &meeting{period: period, claims: [2]int32{claims[a], claims[b]}}
		}
	}
	met := map[[2]string]bool{} // claim, other party
	for i := range c.pairs {
		p := &c.pairs[i]
		a, b, claimA, claimB := p.PartyA, p.PartyB, p.A, p.B
		if a > b {
			a, b, claimA, claimB = b, a, claimB, claimA
		}
		m := meet[[2]string{a, b}]
		if m == nil {
			continue
		}
		if r := slices.Index(relations, compare.Relation(p.Relation)); r >= 0 {
			m.relation[r]++
		}
		for side, key := range [][2]string{{claimA, b}, {claimB, a}} {
			if !met[key] {
				met[key] = true
				m.met[side]++
			}
		}
		for _, e := range p.Evidence {
			if e.What != string(evidence.Name) || !isName(e.A) || !isName(e.B) || strings.EqualFold(e.A, e.B) {
				continue
			}
			r := rival{p.PartyA, p.PartyB, e.A, e.B}
			if p.PartyA > p.PartyB {
				r = rival{p.PartyB, p.PartyA, e.B, e.A}
			}
			d.rival[r]++
		}
	}
	for key, m := range meet {
		d.meet[key] = append(d.meet[key], *m)
	}
}

// isName reports whether a mention is a name: no pronoun, no description.
func isName(s string) bool {
	for _, w := range strings.Fields(s) {
		if lexicon.Closed(strings.ToLower(w)) {
			continue // "the Agency", "We"
		}
		r, _ := utf8.DecodeRuneInString(w)
		return unicode.IsUpper(r)
	}
	return false
}

// changes counts what became of the claims of each party.
func (d *data) changes(c *oneCase) {
	by := map[string]*changed{}
	steps, before, after := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range c.versions {
		v := &c.versions[i]
		s := by[v.Party]
		if s == nil {
			s = &changed{}
			by[v.Party] = s
		}
		if step := v.From + "\n" + v.To; !steps[step] {
			steps[step] = true
			s.steps++
		}
		// A claim that meets two of the other statement counts once, as what
		// it was first found to be.
		switch v.Change {
		case "added":
			s.what[3]++
			s.after++
		case "dropped":
			s.what[2]++
			s.before++
		default:
			if !before[string(v.Before)] {
				before[string(v.Before)] = true
				s.before++
				s.what[slices.Index(changes, v.Change)]++
			}
			if !after[string(v.After)] {
				after[string(v.After)] = true
				s.after++
			}
		}
	}
	for p, s := range by {
		d.change[p] = append(d.change[p], *s)
	}
}
