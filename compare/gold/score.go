package gold

import (
	"cmp"
	"fmt"
	"slices"
)

// Texts holds the statements of a case: by party id, the canonical text of
// each statement in the order of case.yaml.
type Texts map[string][]string

// Run is the words of a predicted claim: a quote if there is one, else bytes
// [Start, End) of one of the party's statements. A quote that occurs several
// times stands wherever it matches best.
type Run struct {
	Party      string
	Quote      string
	Statement  int
	Start, End int
}

// PredictedClaim is a claim that the program found.
type PredictedClaim struct {
	Run
	Type   string
	Source string
}

// PredictedPair is a pair that the program found.
type PredictedPair struct {
	A, B           Run
	Relation, Kind string
	Score          float64 // in [0, 1]
}

// Predictions is what the program says about a case.
type Predictions struct {
	Claims     []PredictedClaim
	Pairs      []PredictedPair
	Candidates [][2]Run // what was considered for Pairs; nil if not known
}

// Count is what precision and recall are counted from.
type Count struct{ Right, Predicted, Gold int }

// Precision is Right of Predicted, 0 if nothing was predicted.
func (c Count) Precision() float64 { return Ratio{c.Right, c.Predicted}.Value() }

// Recall is Right of Gold, 0 if there is no gold.
func (c Count) Recall() float64 { return Ratio{c.Right, c.Gold}.Value() }

// F1 is the harmonic mean of precision and recall, 0 if both are.
func (c Count) F1() float64 { return Ratio{2 * c.Right, c.Predicted + c.Gold}.Value() }

// Add adds the counts of d.
func (c *Count) Add(d Count) {
	c.Right += d.Right
	c.Predicted += d.Predicted
	c.Gold += d.Gold
}

// Ratio is Right of Total.
type Ratio struct{ Right, Total int }

// Value is the ratio in [0, 1], 0 if Total is.
func (r Ratio) Value() float64 {
	if r.Total == 0 {
		return 0
	}
	return float64(r.Right) / float64(r.Total)
}

func (r *Ratio) add(s Ratio) {
	r.Right += s.Right
	r.Total += s.Total
}

func (r *Ratio) count(right bool) {
	r.Total++
	if right {
		r.Right++
	}
}

// Score is how predictions compare with the answers of one case, or of
// several pooled.
type Score struct {
	Pairs                    Count // matched, whatever the relation
	Agree, Conflict, Framing Count // matched, and of the same relation
	Kinds                    Ratio // matched conflicts whose kind is right
	Candidates               Ratio // gold pairs that some candidate covers; Total 0 if not known

	// Of all gold claims: Found shares half of the shorter run with the
	// predicted claim nearest to it (by intersection over union), Tight has
	// an intersection over union of at least a half, Type is right.
	Found, Tight, Type Ratio
	Source             Ratio // of the found claims: rightly given a source or none

	// Calibration counts, by tenth of the score, the predicted pairs that
	// are matched with the right relation; the last tenth includes 1.
	Calibration [10]Ratio
	Sure        Ratio // the same for scores of at least 0.8

	Unlocated int // gold quotes that are in no statement; they count as missed
}

// Add pools the counts of another case into s.
func (s *Score) Add(t Score) {
	s.Pairs.Add(t.Pairs)
	s.Agree.Add(t.Agree)
	s.Conflict.Add(t.Conflict)
	s.Framing.Add(t.Framing)
	s.Kinds.add(t.Kinds)
	s.Candidates.add(t.Candidates)
	s.Found.add(t.Found)
	s.Tight.add(t.Tight)
	s.Type.add(t.Type)
	s.Source.add(t.Source)
	for i := range s.Calibration {
		s.Calibration[i].add(t.Calibration[i])
	}
	s.Sure.add(t.Sure)
	s.Unlocated += t.Unlocated
}

func (s *Score) relation(name string) *Count {
	switch name {
	case "agree":
		return &s.Agree
	case "conflict":
		return &s.Conflict
	case "framing":
		return &s.Framing
	}
	return &Count{} // of a relation that is none: wrong, and only a pair
}

// Outcome is a Score with what it was counted from, for reading the errors.
type Outcome struct {
	Score
	PairOf   []int    // by gold pair: index of the predicted pair matched, -1 if none
	GoldOf   []int    // by predicted pair: index of the gold pair matched, -1 if none
	ClaimOf  []int    // by gold claim: index of the predicted claim that found it, -1 if none
	Warnings []string // gold quotes that could not be located
}

// Evaluate scores predictions against the answers of a case.
func Evaluate(texts Texts, answers *Answers, predicted Predictions) *Outcome {
	e := &evaluation{index: map[string]*index{}, outcome: &Outcome{}}
	for party, t := range texts {
		e.index[party] = newIndex(t)
	}
	if answers.HasClaims {
		e.claims(answers.Claims, predicted.Claims)
	}
	if answers.HasPairs {
		e.pairs(answers.Pairs, predicted)
	}
	return e.outcome
}

type evaluation struct {
	index   map[string]*index
	outcome *Outcome
}

func (e *evaluation) locate(r Run) []span {
	x := e.index[r.Party]
	switch {
	case x == nil:
		return nil
	case r.Quote != "":
		return x.quote(r.Quote)
	}
	return x.bytes(r.Statement, r.Start, r.End)
}

// gold locates a quote of the answers, with a warning where it fails.
func (e *evaluation) gold(file string, line int, party, quote string) []span {
	at := e.locate(Run{Party: party, Quote: quote})
	if at == nil {
		e.outcome.Unlocated++
		e.outcome.Warnings = append(e.outcome.Warnings,
			fmt.Sprintf("%s:%d: %q is not in the statements of %s; it counts as missed", file, line, quote, party))
	}
	return at
}

// closest returns whether some of the places meet, and the greatest
// intersection over union of those that do.
func closest(a, b []span) (iou float64, meet bool) {
	for _, s := range a {
		for _, t := range b {
			if s.meets(t) {
				iou, meet = max(iou, s.iou(t)), true
			}
		}
	}
	return iou, meet
}

func (e *evaluation) claims(gold []Claim, predicted []PredictedClaim) {
	byParty := map[string][]int{}
	places := make([][]span, len(predicted))
	for i, p := range predicted {
		places[i] = e.locate(p.Run)
		byParty[p.Party] = append(byParty[p.Party], i)
	}
	s := &e.outcome.Score
	for _, g := range gold {
		at := e.gold(ClaimsFile, g.Line, g.Party, g.Quote)
		best, bestIoU := -1, 0.0
		for _, i := range byParty[g.Party] {
			for _, a := range at {
				for _, b := range places[i] {
					if iou := a.iou(b); iou > bestIoU {
						best, bestIoU = i, iou
					}
				}
			}
		}
		if best >= 0 {
			if _, meet := closest(at, places[best]); !meet {
				best = -1
			}
		}
		e.outcome.ClaimOf = append(e.outcome.ClaimOf, best)
		s.Found.count(best >= 0)
		s.Tight.count(best >= 0 && bestIoU >= 0.5)
		s.Type.count(best >= 0 && predicted[best].Type == g.Type)
		if best >= 0 {
			s.Source.count((predicted[best].Source == "") == (g.Source == ""))
		}
	}
}

// sides is the two places of a pair, in the order of the party ids.
type sides struct {
	parties [2]string
	at      [2][]span
}

func newSides(partyA string, a []span, partyB string, b []span) sides {
	if partyB < partyA {
		partyA, a, partyB, b = partyB, b, partyA, a
	}
	return sides{[2]string{partyA, partyB}, [2][]span{a, b}}
}

// match returns the sum of the two sides' intersection over union, and
// whether both sides meet.
func (s sides) match(t sides) (sum float64, ok bool) {
	a, meetA := closest(s.at[0], t.at[0])
	if !meetA {
		return 0, false
	}
	b, meetB := closest(s.at[1], t.at[1])
	return a + b, meetB
}

func (e *evaluation) pairs(gold []Pair, predicted Predictions) {
	s := &e.outcome.Score
	golds := make([]sides, len(gold))
	byParties := map[[2]string][]int{}
	for i, g := range gold {
		golds[i] = newSides(g.PartyA, e.gold(RelationsFile, g.Line, g.PartyA, g.QuoteA), g.PartyB, e.gold(RelationsFile, g.Line, g.PartyB, g.QuoteB))
		byParties[golds[i].parties] = append(byParties[golds[i].parties], i)
		s.Pairs.Gold++
		s.relation(g.Relation).Gold++
	}

	type match struct {
		gold, predicted int
		weight          float64
	}
	var matches []match
	for j, p := range predicted.Pairs {
		s.Pairs.Predicted++
		s.relation(p.Relation).Predicted++
		place := newSides(p.A.Party, e.locate(p.A), p.B.Party, e.locate(p.B))
		for _, i := range byParties[place.parties] {
			if weight, ok := golds[i].match(place); ok {
				if gold[i].Relation == p.Relation {
					weight += 0.5
				}
				matches = append(matches, match{i, j, weight})
			}
		}
	}
	slices.SortFunc(matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.gold, b.gold), cmp.Compare(a.predicted, b.predicted))
	})
	pairOf, goldOf := none(len(gold)), none(len(predicted.Pairs))
	for _, m := range matches {
		if pairOf[m.gold] < 0 && goldOf[m.predicted] < 0 {
			pairOf[m.gold], goldOf[m.predicted] = m.predicted, m.gold
		}
	}
	for j, i := range goldOf {
		p := predicted.Pairs[j]
		right := i >= 0 && gold[i].Relation == p.Relation
		if i >= 0 {
			s.Pairs.Right++
		}
		if right {
			s.relation(p.Relation).Right++
			if p.Relation == "conflict" {
				s.Kinds.count(gold[i].Kind == p.Kind)
			}
		}
		s.Calibration[min(9, max(0, int(p.Score*10)))].count(right)
		if p.Score >= 0.8 {
			s.Sure.count(right)
		}
	}
	e.outcome.PairOf, e.outcome.GoldOf = pairOf, goldOf

	if predicted.Candidates == nil {
		return
	}
	covered := make([]bool, len(gold))
	for _, c := range predicted.Candidates {
		place := newSides(c[0].Party, e.locate(c[0]), c[1].Party, e.locate(c[1]))
		for _, i := range byParties[place.parties] {
			if !covered[i] {
				_, covered[i] = golds[i].match(place)
			}
		}
	}
	for _, c := range covered {
		s.Candidates.count(c)
	}
}

func none(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = -1
	}
	return list
}
