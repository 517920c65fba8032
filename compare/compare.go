package compare

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sort"
	"strings"

	"golang.org/x/sync/errgroup"

	"counterclaim/compare/candidates"
	"counterclaim/compare/evidence"
	"counterclaim/compare/judge"
	"counterclaim/compare/rows"
	"counterclaim/nlp"
)

// Options of a comparison. The zero value is the default.
type Options struct {
	Model   *nlp.Model     // nil is nlp.DefaultModel; the one that the documents were analysed with
	Weights *judge.Weights // nil is judge.DefaultWeights
	Workers int            // goroutines; 0 is one for each processor. The result is the same for any number
	All     bool           // look closely at every candidate, also those that a glance tells apart
}

// Compare sets the statements of a case side by side.
func Compare(ctx context.Context, c Case, o Options) (*Result, error) {
	if o.Model == nil {
		o.Model = nlp.DefaultModel()
	}
	if o.Weights == nil {
		o.Weights = judge.DefaultWeights()
	}
	r := &Result{Case: c, Claims: Claims(c)}
	pairs, err := Pairs(ctx, r.Case, r.Claims, o)
	if err != nil {
		return nil, err
	}
	r.judge(pairs, o.Weights)
	r.arrange()
	return r, nil
}

// Claims lists the claims of a case in order, with their ids.
func Claims(c Case) []Claim {
	var out []Claim
	for p, party := range c.Parties {
		for s, d := range party.Statements {
			for i, claim := range d.Claims {
				out = append(out, Claim{Claim: claim, ID: fmt.Sprintf("%s/%d/%d", party.ID, s+1, i+1), Party: p, Statement: s})
			}
		}
	}
	return out
}

// Pairs finds the candidate pairs of a case that are worth a look, and gathers
// what the judge looks at. Candidate.A and Candidate.B are indexes of claims; the party of A has
// the smaller ID, whatever the display order, so that nothing depends on it.
func Pairs(ctx context.Context, c Case, claims []Claim, o Options) ([]judge.Pair, error) {
	// Claims in an order that does not depend on the display order of parties.
	order := make([]int, len(claims))
	for i := range order {
		order[i] = i
	}
	id := func(i int) string { return c.Parties[claims[i].Party].ID }
	sort.SliceStable(order, func(x, y int) bool { return id(order[x]) < id(order[y]) })
	parts := make([]evidence.Parts, len(claims))
	items := make([]candidates.Item, len(claims))
	party := map[int]int{}
	for n, i := range order {
		claim := &claims[i]
		if _, ok := party[claim.Party]; !ok {
			party[claim.Party] = len(party)
		}
		d := c.Parties[claim.Party].Statements[claim.Statement]
		parts[i] = evidence.Prepare(d, &claim.Claim)
		items[n] = candidates.Item{Party: party[claim.Party], Meaning: claim.Meaning.Place, Keys: parts[i].Keys, Place: c.place(claim)}
	}
	var pairs []judge.Pair
	for _, f := range candidates.Find(items) {
		f.A, f.B = order[f.A], order[f.B]
		p := judge.NewPair(f, &parts[f.A], &parts[f.B])
		if o.All || o.Weights.Worth(&p) {
			pairs = append(pairs, p)
		}
	}
	first, of := alike(c, claims, pairs)
	reads := make([]nlp.Reading, len(first))
	err := parallel(ctx, len(first), o.Workers, func(from, to int) {
		meanings := make([][2]*nlp.Meaning, 0, to-from)
		for _, p := range first[from:to] {
			meanings = append(meanings, [2]*nlp.Meaning{&claims[p[0]].Meaning, &claims[p[1]].Meaning})
		}
		copy(reads[from:to], o.Model.Read(meanings))
	})
	if err != nil {
		return nil, err
	}
	err = parallel(ctx, len(pairs), o.Workers, func(from, to int) {
		for i := from; i < to; i++ {
			p := &pairs[i]
			p.Evidence = evidence.Compare(p.A, p.B)
			p.Read = reads[of[i].at]
			if of[i].turned {
				p.Read = p.Read.Turned()
			}
		}
	})
	return pairs, err
}

// told is where the reading of a pair is found: that of first[at], or if it
// is turned, that of the same two the other way round.
type told struct {
	at     int
	turned bool
}

// alike finds the pairs of which the same words meet the same: statements
// repeat their sentences, and those of one event each other's. What the model
// says of a claim depends on its sentence alone, so that one of these pairs is
// read for all. first lists the claims of such pairs.
func alike(c Case, claims []Claim, pairs []judge.Pair) (first [][2]int, of []told) {
	type words struct {
		sentence   string
		start, end int
	}
	known := map[words]int{}
	same := make([]int, len(claims)) // the first claim in these words
	for i := range claims {
		claim := &claims[i]
		d := c.Parties[claim.Party].Statements[claim.Statement]
		s := d.Sentences[claim.Sentence]
		w := words{d.Text[s.Start:s.End], claim.Start - s.Start, claim.End - s.Start}
		if at, ok := known[w]; ok {
			same[i] = at
		} else {
			known[w], same[i] = i, i
		}
	}
	seen := map[[2]int]int{}
	of = make([]told, len(pairs))
	for i := range pairs {
		k := [2]int{same[pairs[i].Candidate.A], same[pairs[i].Candidate.B]}
		turned := k[0] > k[1]
		if turned {
			k[0], k[1] = k[1], k[0]
		}
		at, ok := seen[k]
		if !ok {
			at = len(first)
			seen[k] = at
			first = append(first, k)
		}
		of[i] = told{at, turned}
	}
	return first, of
}

// parallel calls do on parts of [0, n); the parts do not depend on the
// number of workers.
func parallel(ctx context.Context, n, workers int, do func(from, to int)) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	const part = 64
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for from := 0; from < n; from += part {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			do(from, min(from+part, n))
			return nil
		})
	}
	return g.Wait()
}

// nearThreshold is the share of the threshold from which a candidate is kept
// for another judge to decide.
const nearThreshold = 0.25

// judge keeps the pairs that meet.
func (r *Result) judge(pairs []judge.Pair, w *judge.Weights) {
	var c judge.Case
	for i := range r.Claims {
		c.Party = append(c.Party, r.Claims[i].Party)
	}
	for i := range pairs {
		c.Pairs = append(c.Pairs, [2]int{pairs[i].Candidate.A, pairs[i].Candidate.B})
		c.Inputs = append(c.Inputs, judge.Features(&pairs[i]))
	}
	r.Pairs = r.twins()
	copied := map[[2]int]bool{} // claim, other party
	for _, p := range r.Pairs {
		copied[[2]int{p.A, r.Claims[p.B].Party}], copied[[2]int{p.B, r.Claims[p.A].Party}] = true, true
	}
	for i, v := range w.Decide(c) {
		p := &pairs[i]
		if copied[[2]int{p.Candidate.A, c.Party[p.Candidate.B]}] || copied[[2]int{p.Candidate.B, c.Party[p.Candidate.A]}] {
			continue // what a copy meets in its original's statement, it would meet in its own
		}
		a, b, kind := p.Candidate.A, p.Candidate.B, Kind(judge.Kinds[v.Kind])
		flip := r.Claims[a].Party > r.Claims[b].Party
		if flip {
			a, b, kind = b, a, flipped(kind)
		}
		pair := Pair{
			A: a, B: b,
			Relation: Relation(judge.Relations[v.Relation]), Kind: kind,
			Score: math.Round(v.Score*1e4) / 1e4,
			meets: v.Meets,
		}
		if v.Meets < w.Threshold {
			if v.Meets >= w.Threshold*nearThreshold {
				r.near = append(r.near, pair)
			}
			if pair.Relation == Conflict {
				if pair.Evidence = keptApart(p); len(pair.Evidence) > 0 {
					if flip {
						pair.Evidence = flippedEvidence(pair.Evidence)
					}
					r.Apart = append(r.Apart, pair)
				}
			}
			continue
		}
		pair.Evidence = explain(kind, p.Evidence.Facts, p.Candidate.Similarity, r.side(p.Candidate.A), r.side(p.Candidate.B))
		if flip {
			pair.Evidence = flippedEvidence(pair.Evidence)
		}
		r.Pairs = append(r.Pairs, pair)
	}
	sortPairs(r.Pairs)
	sortPairs(r.Apart)
}

func flipped(k Kind) Kind {
	switch k {
	case Narrower:
		return Broader
	case Broader:
		return Narrower
	default:
		return k
	}
}

// arrange gathers the pairs into rows, and the other claims alone.
func (r *Result) arrange() {
	links := make([]rows.Link, len(r.Pairs))
	for i, p := range r.Pairs {
		links[i] = rows.Link{A: p.A, B: p.B, Meets: math.Round(p.meets*1e6) / 1e6}
	}
	// Ties are broken by claim id, not by display order.
	slices.SortStableFunc(links, func(x, y rows.Link) int {
		return strings.Compare(r.linkKey(x), r.linkKey(y))
	})
	groups := rows.Group(len(r.Claims), links, func(i int) int { return r.Claims[i].Party })
	in := make([]int, len(r.Claims))
	for i := range in {
		in[i] = -1
	}
	sort.SliceStable(groups, func(x, y int) bool { return r.place(groups[x]) < r.place(groups[y]) })
	usage := r.usage()
	for n, g := range groups {
		row := Row{Cells: make([][]int, len(r.Case.Parties))}
		for _, i := range g {
			in[i] = n
			row.Cells[r.Claims[i].Party] = append(row.Cells[r.Claims[i].Party], i)
		}
		row.Topic = r.topic(g, usage)
		r.Rows = append(r.Rows, row)
	}
	for i, p := range r.Pairs {
		n := min(in[p.A], in[p.B])
		r.Rows[n].Pairs = append(r.Rows[n].Pairs, i)
	}
	for i, n := range in {
		if n < 0 {
			r.Alone = append(r.Alone, i)
		}
	}
}

func (r *Result) linkKey(l rows.Link) string {
	a, b := r.Claims[l.A].ID, r.Claims[l.B].ID
	if a > b {
		a, b = b, a
	}
	return a + " " + b
}

// place is where in its party's statements a claim stands, from 0 to 1.
func (c *Case) place(claim *Claim) float64 {
	statements := c.Parties[claim.Party].Statements
	d := statements[claim.Statement]
	return (float64(claim.Statement) + float64(claim.Start)/float64(max(len(d.Text), 1))) / float64(len(statements))
}

// place is where in the story a point comes: the mean place of its claims in
// their statements, each party counting once.
func (r *Result) place(group []int) float64 {
	sum, count := map[int]float64{}, map[int]float64{}
	for _, i := range group {
		c := &r.Claims[i]
		at := r.Case.place(c)
		sum[c.Party] += at
		count[c.Party]++
	}
	list := make([]float64, 0, len(sum))
	for p, s := range sum {
		list = append(list, s/count[p])
	}
	slices.Sort(list)
	total := 0.0
	for _, x := range list {
		total += x
	}
	return math.Round(total/float64(len(list))*1e9) / 1e9
}
