// Train fits the judge's weights on annotated cases and prints what they
// reach on cases that were not seen.
//
//	go run ./compare/judge/train -models fold%d.bin [-only TEXT] [-o compare/judge/weights.json] CASE...
//
// The models are those that nlp/train/train.py writes with case n mod K left
// out, n counting all the cases given in the order of their names; each case
// is analysed with the model that has not seen it. The
// figures are cross-validated in the same way: the weights and the threshold
// that judge a case were fitted on the cases of the other folds.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"counterclaim/compare"
	"counterclaim/compare/casefile"
	"counterclaim/compare/gold"
	"counterclaim/compare/judge"
	"counterclaim/nlp"
	"counterclaim/nlp/read"
)

var kindPenalty float64

// example is one candidate pair of a case.
type example struct {
	a, b           int // claims
	glance, x      []float64
	relation, kind int // classes; kind -1 where there is none
	pair           gold.PredictedPair
}

// study is one case with its candidates.
type study struct {
	name     string
	fold     int
	texts    gold.Texts
	answers  *gold.Answers
	claims   []gold.PredictedClaim
	all      []example     // candidates
	examples []example     // those that a glance does not tell apart
	left     [][2]gold.Run // the others
	judged   judge.Case
	context  [][]float64 // out of fold
}

func main() {
	models := flag.String("models", "fold%d.bin", "model files, with %d for the number of the fold")
	folds := flag.Int("folds", 3, "number of folds")
	keep := flag.Float64("keep", 0.06, "probability of meeting, at a glance, from which a candidate is looked at")
	only := flag.String("only", "", "fit on the cases whose path holds this `text`; the others only count for the folds")
	out := flag.String("o", "", "write the weights fitted on all cases to this `file`")
	l2 := flag.Float64("l2", 3, "penalty of the relations' weights")
	flag.Float64Var(&kindPenalty, "kind-l2", 20, "penalty of the kinds' weights")
	dump := flag.String("dump", "", "write the candidates with their inputs and classes to this `file` as CSV")
	verbose := flag.Bool("v", false, "print the weights and the figures of each case")
	flag.Parse()
	studies := load(flag.Args(), *models, *only, *folds)

	if *dump != "" {
		check(os.WriteFile(*dump, []byte(table(studies)), 0o644))
	}
	glances(studies, *folds, *keep, *l2)
	outOfFold(studies, *folds, *l2)
	var pooled gold.Score
	for f := range *folds {
		w := fit(studies, func(s *study) bool { return s.fold != f }, *l2)
		choose(studies, func(s *study) bool { return s.fold != f }, w)
		fmt.Printf("threshold %.2f favour %.2f\n", w.Threshold, w.Favour)
		for i := range studies {
			if s := &studies[i]; s.fold == f {
				o := s.score(w)
				if *verbose {
					p := o.Score
					fmt.Printf("%-14s pairs %.3f conflict %.3f agree %.3f\n", s.name, p.Pairs.F1(), p.Conflict.F1(), p.Agree.F1())
				}
				pooled.Add(o.Score)
			}
		}
	}
	print(pooled)
	if *out == "" {
		return
	}
	w := fit(studies, func(*study) bool { return true }, *l2)
	w.Glance, w.Keep = fitGlance(studies, func(*study) bool { return true }, *l2), *keep
	choose(studies, func(*study) bool { return true }, w)
	if *verbose {
		for j, name := range judge.AllInputs() {
			fmt.Printf("%-20s", name)
			for c := range w.Relation.Classes {
				fmt.Printf(" %7.3f", w.Relation.Weights[c][j])
			}
			fmt.Println()
		}
	}
	data, err := json.Marshal(w)
	check(err)
	check(os.WriteFile(*out, append(data, '\n'), 0o644))
}

// table is the candidates as CSV, for looking at them elsewhere.
func table(studies []study) string {
	var b strings.Builder
	fmt.Fprintf(&b, "case,a,b,relation,kind,%s\n", strings.Join(judge.Inputs, ","))
	for i, s := range studies {
		for _, e := range s.all {
			fmt.Fprintf(&b, "%d,%d,%d,%d,%d", i, e.a, e.b, e.relation, e.kind)
			for _, v := range e.x {
				fmt.Fprintf(&b, ",%.5g", v)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func print(s gold.Score) {
	for _, r := range []struct {
		name string
		c    gold.Count
	}{{"pairs", s.Pairs}, {"agree", s.Agree}, {"conflict", s.Conflict}, {"framing", s.Framing}} {
		fmt.Printf("%-9s P %.3f R %.3f F1 %.3f (%d/%d/%d)\n", r.name, r.c.Precision(), r.c.Recall(), r.c.F1(), r.c.Right, r.c.Predicted, r.c.Gold)
	}
	fmt.Printf("score 0.8 and more: %d of %d pairs right (%.3f)\n", s.Sure.Right, s.Sure.Total, s.Sure.Value())
	fmt.Printf("kind %.3f found %.3f tight %.3f source %.3f candidates %.3f\n", s.Kinds.Value(), s.Found.Value(), s.Tight.Value(), s.Source.Value(), s.Candidates.Value())
}

func load(dirs []string, models, only string, folds int) []study {
	// In the order of their names, as train.py has them.
	sort.Slice(dirs, func(i, j int) bool { return filepath.Base(dirs[i]) < filepath.Base(dirs[j]) })
	opened := make([]*nlp.Model, folds)
	for f := range opened {
		data, err := os.ReadFile(strings.Replace(models, "%d", fmt.Sprint(f), 1))
		check(err)
		opened[f], err = nlp.OpenModel(data)
		check(err)
	}
	var studies []study
	for i, dir := range dirs {
		if !strings.Contains(dir, only) {
			continue
		}
		studies = append(studies, analyse(dir, i%folds, opened[i%folds]))
		fmt.Fprintf(os.Stderr, "\r%d of %d cases", i+1, len(dirs))
	}
	fmt.Fprintln(os.Stderr)
	return studies
}

func analyse(dir string, fold int, model *nlp.Model) study {
	file, err := casefile.Load(dir)
	check(err)
	c := compare.Case{Title: file.Title, Date: file.Date}
	var ids []string
	for _, p := range file.Parties {
		c.Parties = append(c.Parties, compare.Party{ID: p.ID, Name: p.Name, Aliases: p.Aliases})
		ids = append(ids, p.ID)
	}
	s := study{name: dir, fold: fold, texts: gold.Texts{}}
	speakers := compare.Speakers(c, model)
	for i, p := range file.Parties {
		for _, statement := range p.Statements {
			text, err := read.ReadFile(file.File(statement), read.Limits{})
			check(err)
			d := nlp.Analyze(text, speakers[i])
			c.Parties[i].Statements = append(c.Parties[i].Statements, d)
			s.texts[p.ID] = append(s.texts[p.ID], d.Text)
		}
	}
	s.answers, err = gold.Load(dir, ids)
	check(err)
	claims := compare.Claims(c)
	pairs, err := compare.Pairs(context.Background(), c, claims, compare.Options{Model: model, All: true})
	check(err)
	run := func(i int) gold.Run {
		x := claims[i]
		return gold.Run{Party: ids[x.Party], Statement: x.Statement, Start: x.Start, End: x.End}
	}
	for i, x := range claims {
		s.claims = append(s.claims, gold.PredictedClaim{Run: run(i), Type: string(x.Type), Source: x.Source})
	}
	for i := range pairs {
		p := &pairs[i]
		s.all = append(s.all, example{
			a: p.Candidate.A, b: p.Candidate.B,
			glance: judge.GlanceFeatures(p), x: judge.Features(p), kind: -1,
			pair: gold.PredictedPair{A: run(p.Candidate.A), B: run(p.Candidate.B)},
		})
	}
	for i := range claims {
		s.judged.Party = append(s.judged.Party, claims[i].Party)
	}
	// Which candidate is which gold pair, one to one.
	all := gold.Predictions{}
	for _, e := range s.all {
		all.Pairs = append(all.Pairs, e.pair)
	}
	for i, g := range gold.Evaluate(s.texts, s.answers, all).GoldOf {
		if g < 0 {
			continue
		}
		e, pair := &s.all[i], s.answers.Pairs[g]
		e.relation = index(judge.Relations, pair.Relation)
		kind := pair.Kind
		if pair.PartyA != e.pair.A.Party {
			switch kind {
			case "narrower":
				kind = "broader"
			case "broader":
				kind = "narrower"
			}
		}
		e.kind = index(judge.Kinds, kind)
	}
	return s
}

func index(list []string, s string) int {
	for i, x := range list {
		if x == s {
			return i
		}
	}
	return -1
}

// glances drops the candidates that a glance, fitted on the cases of the other
// folds, tells apart.
func glances(studies []study, folds int, keep, l2 float64) {
	seen, lost, kept := 0, 0, 0
	all := make([]*judge.Regression, folds)
	for f := range folds {
		all[f] = fitGlance(studies, func(s *study) bool { return s.fold != f }, l2)
	}
	for i := range studies {
		s := &studies[i]
		for _, e := range s.all {
			seen++
			if all[s.fold].Probabilities(e.glance)[1] >= keep {
				s.examples = append(s.examples, e)
				s.judged.Pairs = append(s.judged.Pairs, [2]int{e.a, e.b})
				s.judged.Inputs = append(s.judged.Inputs, e.x)
				kept++
				continue
			}
			s.left = append(s.left, [2]gold.Run{e.pair.A, e.pair.B})
			if e.relation > 0 {
				lost++
			}
		}
	}
	fmt.Printf("a glance keeps %d of %d candidates and loses %d that meet\n", kept, seen, lost)
}

func fitGlance(studies []study, use func(*study) bool, l2 float64) *judge.Regression {
	var x [][]float64
	var meets []int
	for i := range studies {
		if s := &studies[i]; use(s) {
			for _, e := range s.all {
				x, meets = append(x, e.glance), append(meets, min(e.relation, 1))
			}
		}
	}
	r, err := judge.Fit([]string{"apart", "meet"}, judge.GlanceInputs, x, meets, l2)
	check(err)
	return r
}

// outOfFold fills the context of each case with a first look that was fitted
// on the cases of the other folds.
func outOfFold(studies []study, folds int, l2 float64) {
	for f := range folds {
		first := fitFirst(studies, func(s *study) bool { return s.fold != f }, l2)
		for i := range studies {
			if s := &studies[i]; s.fold == f {
				s.context = s.judged.Context(first)
			}
		}
	}
}

func fitFirst(studies []study, use func(*study) bool, l2 float64) *judge.Regression {
	var x [][]float64
	var relation []int
	for i := range studies {
		if s := &studies[i]; use(s) {
			for _, e := range s.examples {
				x, relation = append(x, e.x), append(relation, e.relation)
			}
		}
	}
	r, err := judge.Fit(judge.Relations, judge.Inputs, x, relation, l2)
	check(err)
	return r
}

func fit(studies []study, use func(*study) bool, l2 float64) *judge.Weights {
	w := &judge.Weights{First: fitFirst(studies, use, l2)}
	var x, xk [][]float64
	var relation, kind []int
	for i := range studies {
		if s := &studies[i]; use(s) {
			for j, e := range s.examples {
				x, relation = append(x, slices.Concat(e.x, s.context[j])), append(relation, e.relation)
				if e.kind >= 0 {
					xk, kind = append(xk, e.x), append(kind, e.kind)
				}
			}
		}
	}
	var err error
	w.Relation, err = judge.Fit(judge.Relations, judge.AllInputs(), x, relation, l2)
	check(err)
	w.Kind, err = judge.Fit(judge.Kinds, judge.Inputs, xk, kind, kindPenalty)
	check(err)
	return w
}

// choose sets the threshold where the F1 of pairs is best, and favours the
// relations so that the mean of their F1 is.
func choose(studies []study, use func(*study) bool, w *judge.Weights) {
	w.Favour = [4]float64{1, 1, 1, 1}
	best := -1.0
	try := func(threshold float64, favour [4]float64, of func(gold.Score) float64) {
		old := *w
		w.Threshold, w.Favour = threshold, favour
		var pooled gold.Score
		for i := range studies {
			if s := &studies[i]; use(s) {
				pooled.Add(s.score(w).Score)
			}
		}
		if f := of(pooled); f > best {
			best = f
		} else {
			*w = old
		}
	}
	for t := 0.10; t < 0.41; t += 0.02 {
		try(t, w.Favour, func(s gold.Score) float64 { return s.Pairs.F1() })
	}
	best = -1
	for _, agree := range []float64{1, 0.8, 1.25, 1.6} {
		for _, framing := range []float64{1, 1.4, 2, 2.8, 4} {
			try(w.Threshold, [4]float64{1, agree, 1, framing}, func(s gold.Score) float64 {
				return s.Agree.F1() + s.Conflict.F1() + s.Framing.F1()
			})
		}
	}
}

func (s *study) score(w *judge.Weights) *gold.Outcome {
	all := gold.Predictions{Claims: s.claims, Candidates: slices.Clone(s.left)}
	verdicts := w.Decide(s.judged)
	for i, e := range s.examples {
		v := verdicts[i]
		all.Candidates = append(all.Candidates, [2]gold.Run{e.pair.A, e.pair.B})
		if v.Meets < w.Threshold {
			continue
		}
		p := e.pair
		p.Relation, p.Kind, p.Score = judge.Relations[v.Relation], judge.Kinds[v.Kind], v.Score
		all.Pairs = append(all.Pairs, p)
	}
	return gold.Evaluate(s.texts, s.answers, all)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}
