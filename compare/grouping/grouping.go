// Package grouping puts statements about the same events together, and finds
// which of them are copies of one text.
//
// Statements are taken in the order of their dates. Each joins the group that
// it is most like, by the names, places, dates and words that they share,
// weighted by how rare these are, or begins one: single-pass clustering, as in
// the detection of new events (Allan, Papka and Lavrenko, "On-line New Event
// Detection and Tracking", SIGIR 1998). Groups are looked up in an index by
// their features, and only those of the last weeks are in it; the cost grows
// like n log n in the number of statements.
//
// The laws of the package: every statement is in exactly one group; the groups
// do not depend on the order in which statements are added; a copy is in the
// group of its original.
package grouping

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"counterclaim/nlp/read"
)

// Options of a grouping. The zero value is the default.
type Options struct {
	Alike  float64       // least similarity to a group, in (0, 1]; 0 is DefaultAlike
	Window time.Duration // longest time from the last statement of a group; 0 is DefaultWindow
	Most   int           // voices in a group; 0 is DefaultMost
	Copy   float64       // share of common shingles from which a text is a copy; 0 is DefaultCopy
}

// The defaults. DefaultAlike was chosen on synthetic statements and on the
// statements of the annotated cases, with their cases taken away.
const (
	DefaultAlike  = 0.1
	DefaultWindow = 30 * 24 * time.Hour
	DefaultMost   = 50
	DefaultCopy   = 0.7
)

func (o Options) filled() Options {
	return Options{
		Alike: cmp.Or(o.Alike, DefaultAlike), Window: cmp.Or(o.Window, DefaultWindow),
		Most: cmp.Or(o.Most, DefaultMost), Copy: cmp.Or(o.Copy, DefaultCopy),
	}
}

// Statement is what is kept of a statement: see NewStatement.
type Statement struct {
	id        string
	date      time.Time
	features  []weighted
	signature Signature
}

// NewStatement reads what the grouping needs of a statement. date is the zero
// time if unknown. It may be called from several goroutines.
func NewStatement(id string, date time.Time, t *read.Text) Statement {
	if date.IsZero() {
		date = t.Date
	}
	return Statement{id: id, date: date, features: featuresOf(t, date), signature: signatureOf(t.Canonical)}
}

// Member is a statement of a group.
type Member struct {
	Index      int      // of the statement, in the order of Add
	Voice      int      // index of the statement that it is a copy of; its own if of none
	Nearest    int      // index of the statement of the group that it is most like; -1 if it is alone
	Similarity float64  // to Nearest
	Shared     []string // with Nearest, what weighs most first
}

// Group is the statements about the same events.
type Group struct {
	ID      string // date, the names that weigh most, and a hash: "2031-05-04-varn-port-3f2a91"
	Title   string // the names that weigh most
	Members []Member
}

// Grouper collects statements.
type Grouper struct {
	ids        []string
	dates      []time.Time
	signatures []Signature
	features   [][]feature // by statement
	known      map[Feature]uint32
	list       []Feature // by number
	frequency  []uint32  // statements that have it, by number
}

// feature is a feature of a statement, by number, with its count and then its
// weight.
type feature struct {
	number uint32
	weight float32
}

// Add adds a statement. IDs must be unique.
func (g *Grouper) Add(s Statement) {
	if g.known == nil {
		g.known = map[Feature]uint32{}
	}
	list := make([]feature, len(s.features))
	for i, f := range s.features {
		key := Feature{Kind: f.Kind, Text: f.Text}
		n, ok := g.known[key]
		if !ok {
			n = uint32(len(g.list))
			key.Text = strings.Clone(key.Text) // not the statement's whole text
			g.known[key] = n
			g.list = append(g.list, Feature{f.Kind, key.Text, strings.Clone(f.Show)})
			g.frequency = append(g.frequency, 0)
		} else if f.Show < g.list[n].Show {
			g.list[n].Show = strings.Clone(f.Show) // whatever the order of Add
		}
		g.frequency[n]++
		list[i] = feature{n, float32(f.count)}
	}
	g.ids, g.dates = append(g.ids, s.id), append(g.dates, s.date)
	g.signatures, g.features = append(g.signatures, s.signature), append(g.features, list)
}

// mostFeatures are kept of a statement: those that weigh most.
const mostFeatures = 48

// weigh turns counts into weights: (1 + log count) · rarity² · weight of the
// kind, of length 1 together. rarity is the inverse document frequency as a
// share of its largest value; its square keeps words of the subject from
// outweighing names of the event. What no other statement has is left out.
func (g *Grouper) weigh() {
	n := float64(len(g.ids))
	for i, list := range g.features {
		for j := range list {
			f := &list[j]
			rare := math.Log((n+1)/float64(g.frequency[f.number])) / math.Log(n+1)
			f.weight = float32((1 + math.Log(float64(f.weight))) * rare * rare * weights[g.list[f.number].Kind])
		}
		slices.SortFunc(list, func(a, b feature) int {
			return cmp.Or(cmp.Compare(b.weight, a.weight), g.compare(a.number, b.number))
		})
		list = slices.DeleteFunc(list, func(f feature) bool { return g.frequency[f.number] == 1 })
		list = slices.Clone(list[:min(len(list), mostFeatures)])
		sum := 0.0
		for _, f := range list {
			sum += float64(f.weight) * float64(f.weight)
		}
		if sum > 0 {
			for j := range list {
				list[j].weight = float32(float64(list[j].weight) / math.Sqrt(sum))
			}
		}
		g.features[i] = list
	}
}

// compare orders features by what they are, not by their numbers, which depend
// on the order of Add.
func (g *Grouper) compare(a, b uint32) int {
	x, y := &g.list[a], &g.list[b]
	return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Text, y.Text))
}

// Group puts the statements together. The Grouper is of no use afterwards.
func (g *Grouper) Group(o Options) []Group {
	o = o.filled()
	order := make([]int, len(g.ids)) // by date; those without one last
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := g.dates[a], g.dates[b]
		if x.IsZero() != y.IsZero() {
			if x.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(x.Compare(y), cmp.Compare(g.ids[a], g.ids[b]))
	})
	g.weigh()
	voice := g.voices(order, o.Copy)
	p := pass{g: g, o: o, index: map[uint32][]*cluster{}}
	of := make([]*cluster, len(g.ids)) // by voice
	for _, i := range order {
		if voice[i] == i {
			of[i] = p.take(i)
		}
	}
	members := map[*cluster][]int{}
	for _, i := range order {
		c := of[voice[i]]
		members[c] = append(members[c], i)
	}
	var out []Group
	for _, c := range p.all {
		out = append(out, g.finish(members[c], voice))
	}
	slices.SortFunc(out, func(a, b Group) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// voices finds, for each statement, the earliest that it is a copy of.
func (g *Grouper) voices(order []int, copied float64) []int {
	rank := make([]int, len(order)) // place in order
	for at, i := range order {
		rank[i] = at
	}
	parent := make([]int, len(order))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	type entry struct {
		hash uint64
		at   int // in order
	}
	entries := make([]entry, 0, len(order))
	for band := range bands {
		entries = entries[:0]
		for at, i := range order {
			s := &g.signatures[i]
			if *s == (Signature{}) {
				continue
			}
			h := uint64(band)
			for _, x := range s[band*perBand : (band+1)*perBand] {
				h = mix(h ^ uint64(x))
			}
			entries = append(entries, entry{h, at})
		}
		slices.SortFunc(entries, func(a, b entry) int {
			return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.at, b.at))
		})
		// In a bucket, each is compared with the few texts that are no copies
		// of each other: a bucket of one wire text costs as much as it has
		// statements.
		const different = 8
		for from := 0; from < len(entries); {
			to := from
			var first []int
			for ; to < len(entries) && entries[to].hash == entries[from].hash; to++ {
				i := order[entries[to].at]
				known := slices.ContainsFunc(first, func(j int) bool {
					a, b := find(i), find(j)
					if a == b {
						return true
					}
					if g.signatures[i].similar(&g.signatures[j]) < copied {
						return false
					}
					if rank[a] > rank[b] {
						a, b = b, a
					}
					parent[b] = a
					return true
				})
				if !known && len(first) < different {
					first = append(first, i)
				}
			}
			from = to
		}
	}
	out := make([]int, len(order))
	for i := range out {
		out[i] = find(i)
	}
	return out
}

// cluster is a group being made.
type cluster struct {
	number int
	last   time.Time // of its statements
	sum    map[uint32]float32
	length float64 // of sum
	voices int
	closed bool
}

// pass is the single pass over the statements.
type pass struct {
	g      *Grouper
	o      Options
	index  map[uint32][]*cluster // by feature
	all    []*cluster
	latest time.Time // of the dates so far
	clean  int       // statements since the index was cleaned
}

// mostPostings is from how many groups on a feature finds no groups: it only
// adds to the similarity of those that rarer ones have found.
const mostPostings = 256

// take puts a statement into a group.
func (p *pass) take(i int) *cluster {
	date, list := p.g.dates[i], p.g.features[i]
	p.latest = maxTime(p.latest, date)
	score := map[*cluster]float64{}
	var common []feature
	for _, f := range list { // what weighs most first
		in := p.index[f.number]
		if len(in) > mostPostings {
			common = append(common, f)
			continue
		}
		kept := in[:0]
		for _, c := range in {
			if !c.closed && !p.old(c, date) {
				kept = append(kept, c)
				score[c] += float64(f.weight) * float64(c.sum[f.number])
			}
		}
		clear(in[len(kept):])
		p.index[f.number] = kept
	}
	for c := range score {
		for _, f := range common {
			score[c] += float64(f.weight) * float64(c.sum[f.number])
		}
	}
	var best *cluster
	most := 0.0
	for c, s := range score {
		s = math.Round(s/c.length*p.fresh(c, date)*1e6) / 1e6
		if s > most || (s == most && best != nil && c.number < best.number) {
			best, most = c, s
		}
	}
	if best == nil || most < p.o.Alike {
		best = &cluster{number: len(p.all), sum: map[uint32]float32{}}
		p.all = append(p.all, best)
	}
	best.add(list, p.index)
	if date.After(best.last) {
		best.last = date
	}
	if best.voices >= p.o.Most {
		best.closed = true
	}
	p.tidy(date)
	return best
}

// old reports whether a group ended too long ago. A statement without a date
// comes last, as if of the last day.
func (p *pass) old(c *cluster, date time.Time) bool {
	if date.IsZero() {
		date = p.latest
	}
	return !c.last.IsZero() && date.Sub(c.last) > p.o.Window
}

func maxTime(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// fresh falls from 1 to a half over the window.
func (p *pass) fresh(c *cluster, date time.Time) float64 {
	if date.IsZero() || c.last.IsZero() {
		return 1
	}
	return 1 - 0.5*float64(date.Sub(c.last))/float64(p.o.Window)
}

// add adds a statement to a group and its new features to the index.
func (c *cluster) add(list []feature, index map[uint32][]*cluster) {
	for _, f := range list {
		before, had := c.sum[f.number]
		after := before + f.weight
		c.sum[f.number] = after
		c.length = math.Sqrt(max(0, c.length*c.length+float64(after)*float64(after)-float64(before)*float64(before)))
		if !had {
			index[f.number] = append(index[f.number], c)
		}
	}
	c.voices++
	c.length = max(c.length, 1e-9)
}

// tidy takes what is over out of the index, now and then, so that it holds the
// groups of the window only.
func (p *pass) tidy(date time.Time) {
	if p.clean++; p.clean < 4096 {
		return
	}
	p.clean = 0
	for f, list := range p.index {
		list = slices.DeleteFunc(list, func(c *cluster) bool { return c.closed || p.old(c, date) })
		if len(list) == 0 {
			delete(p.index, f)
		} else {
			p.index[f] = list
		}
	}
	for _, c := range p.all {
		if c.closed || p.old(c, date) {
			c.sum = nil // it is not looked up any more
		}
	}
}

// mostShared is how much of the evidence is kept.
const mostShared = 5

// finish makes a group of its statements.
func (g *Grouper) finish(list []int, voice []int) Group {
	out := Group{}
	sum := map[uint32]float64{}
	by := map[int]map[uint32]float32{} // features of the voices
	var voices []int
	for _, i := range list {
		if voice[i] != i {
			continue
		}
		voices = append(voices, i)
		by[i] = make(map[uint32]float32, len(g.features[i]))
		for _, f := range g.features[i] {
			by[i][f.number] = f.weight
			sum[f.number] += float64(f.weight)
		}
	}
	for _, i := range list {
		m := Member{Index: i, Voice: voice[i], Nearest: -1}
		if voice[i] != i {
			m.Nearest, m.Similarity = voice[i], g.signatures[i].similar(&g.signatures[voice[i]])
		} else {
			for _, j := range voices {
				if j == i {
					continue
				}
				s := 0.0
				for _, f := range g.features[i] {
					s += float64(f.weight) * float64(by[j][f.number])
				}
				if s = min(1, math.Round(s*1e4)/1e4); m.Nearest < 0 || s > m.Similarity {
					m.Nearest, m.Similarity = j, s
				}
			}
		}
		if m.Nearest >= 0 {
			m.Shared = g.shared(g.features[i], by[m.Nearest])
		}
		out.Members = append(out.Members, m)
	}
	out.ID, out.Title = g.called(list, sum)
	return out
}

// shared lists what two statements share, what weighs most first.
func (g *Grouper) shared(a []feature, b map[uint32]float32) []string {
	var both []feature
	for _, f := range a {
		if w, ok := b[f.number]; ok {
			both = append(both, feature{f.number, f.weight * w})
		}
	}
	slices.SortFunc(both, func(a, b feature) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), g.compare(a.number, b.number))
	})
	var out []string
	for _, f := range both[:min(len(both), mostShared)] {
		out = append(out, g.list[f.number].String())
	}
	return out
}

// called names a group by its first date and the names that weigh most in it.
func (g *Grouper) called(list []int, sum map[uint32]float64) (id, title string) {
	names := slices.SortedFunc(maps.Keys(sum), func(a, b uint32) int {
		return cmp.Or(cmp.Compare(math.Round(sum[b]*1e6), math.Round(sum[a]*1e6)), g.compare(a, b))
	})
	var shown, slugs []string
	for _, n := range names {
		f := g.list[n]
		if (f.Kind == Name || f.Kind == Place) && len(shown) < 2 {
			shown = append(shown, f.Show)
			slugs = append(slugs, slug(f.Text))
		}
	}
	if len(shown) == 0 && len(names) > 0 {
		shown, slugs = []string{g.list[names[0]].Show}, []string{slug(g.list[names[0]].Text)}
	}
	h := sha256.Sum256([]byte(g.ids[list[0]]))
	parts := append([]string{}, slugs...)
	if date := g.dates[list[0]]; !date.IsZero() {
		parts = append([]string{date.Format(time.DateOnly)}, parts...)
	}
	parts = slices.DeleteFunc(append(parts, hex.EncodeToString(h[:4])), func(s string) bool { return s == "" })
	return strings.Join(parts, "-"), strings.Join(shown, ", ")
}

// slug keeps small letters and digits.
func slug(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return ' '
	}, s)
	s = strings.Join(strings.Fields(s), "-")
	if len(s) > 24 {
		s = strings.TrimRight(s[:24], "-")
	}
	return s
}

// String shows a group in a line, for messages and tests.
func (g Group) String() string { return fmt.Sprintf("%s: %d statements", g.ID, len(g.Members)) }
