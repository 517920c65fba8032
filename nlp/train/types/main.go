// Types fits the model by which package nlp tells the types of claims, on
// annotated cases, and prints what it reaches on cases that were not seen.
//
//	go run ./nlp/train/types -models fold%d.bin [-only TEXT] [-o nlp/types.bin] CASE...
//
// The models are those that nlp/train/train.py writes with case n mod K left
// out, n counting all the cases given in the order of their names. Each case
// is analysed with the model that has not seen it, and the claims of a case
// are typed by a regression that was fitted on the cases of the other folds.
package main

import (
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
	"counterclaim/nlp"
	"counterclaim/nlp/logistic"
	"counterclaim/nlp/read"
)

// invented is how much a claim of a case that is not measured on counts.
const invented = 0.3

// least is the weight below which a trait is left out of the file.
const least = 0.03

func main() {
	models := flag.String("models", "fold%d.bin", "model files, with %d for the number of the fold")
	folds := flag.Int("folds", 3, "number of folds")
	only := flag.String("only", "", "measure on the cases whose path holds this `text`; the others teach, with less weight")
	seen := flag.Int("seen", 4, "claims that a trait must occur in")
	out := flag.String("o", "", "write the model fitted on all cases to this `file`")
	errors := flag.Int("errors", 0, "print every n-th wrong answer")
	flag.Parse()
	dirs := flag.Args()
	// In the order of their names, as train.py has them.
	sort.Slice(dirs, func(i, j int) bool { return filepath.Base(dirs[i]) < filepath.Base(dirs[j]) })
	opened := make([]*nlp.Model, *folds)
	for f := range opened {
		data, err := os.ReadFile(strings.Replace(*models, "%d", fmt.Sprint(f), 1))
		check(err)
		opened[f], err = nlp.OpenModel(data)
		check(err)
	}
	s := study{}
	for i, dir := range dirs {
		s.read(dir, i%*folds, strings.Contains(dir, *only), opened[i%*folds])
		fmt.Fprintf(os.Stderr, "\r%d of %d cases", i+1, len(dirs))
	}
	fmt.Fprintf(os.Stderr, "\n%d typed claims, %d of them measured on\n", len(s.examples), s.measured)

	best, most := 0.0, -1
	var said []int
	for _, l2 := range []float64{5, 10, 20, 40} {
		answers := s.crossValidated(*folds, logistic.Options{L2: l2, Seen: *seen})
		right := s.right(answers)
		fmt.Printf("penalty %g: type %.4f (%d of %d)\n", l2, float64(right)/float64(s.measured), right, s.measured)
		if right > most {
			best, most, said = l2, right, answers
		}
	}
	s.confusion(said)
	s.wrong(said, *errors)
	if *out == "" {
		return
	}
	m, err := logistic.Fit(gold.Types, s.examples, logistic.Options{L2: best, Seen: *seen})
	check(err)
	check(os.WriteFile(*out, m.Bytes(least), 0o644))
}

// study holds the claims with the types that people gave them.
type study struct {
	examples []logistic.Example
	texts    []string
	fold     []int
	counts   []bool // whether it is measured on
	measured int    // claims to measure on, also those not found
}

func (s *study) read(dir string, fold int, counts bool, model *nlp.Model) {
	file, err := casefile.Load(dir)
	check(err)
	c := compare.Case{Title: file.Title, Date: file.Date}
	var ids []string
	for _, p := range file.Parties {
		c.Parties = append(c.Parties, compare.Party{ID: p.ID, Name: p.Name, Aliases: p.Aliases})
		ids = append(ids, p.ID)
	}
	texts := gold.Texts{}
	speakers := compare.Speakers(c, model)
	for i, p := range file.Parties {
		for _, statement := range p.Statements {
			text, err := read.ReadFile(file.File(statement), read.Limits{})
			check(err)
			d := nlp.Analyze(text, speakers[i])
			c.Parties[i].Statements = append(c.Parties[i].Statements, d)
			texts[p.ID] = append(texts[p.ID], d.Text)
		}
	}
	answers, err := gold.Load(dir, ids)
	check(err)
	claims := compare.Claims(c)
	var found []gold.PredictedClaim
	for _, x := range claims {
		found = append(found, gold.PredictedClaim{Run: gold.Run{Party: ids[x.Party], Statement: x.Statement, Start: x.Start, End: x.End}})
	}
	weight := 1.0
	if counts {
		s.measured += len(answers.Claims)
	} else {
		weight = invented
	}
	for i, at := range gold.Evaluate(texts, answers, gold.Predictions{Claims: found}).ClaimOf {
		if at < 0 {
			continue
		}
		x := &claims[at]
		s.examples = append(s.examples, logistic.Example{
			Features: c.Parties[x.Party].Statements[x.Statement].TypeFeatures(&x.Claim),
			Class:    slices.Index(gold.Types, answers.Claims[i].Type), Weight: weight,
		})
		s.texts = append(s.texts, x.ID+": "+x.Text)
		s.fold, s.counts = append(s.fold, fold), append(s.counts, counts)
	}
}

// crossValidated answers every claim from the cases of the other folds.
func (s *study) crossValidated(folds int, o logistic.Options) []int {
	said := make([]int, len(s.examples))
	for f := range folds {
		var train []logistic.Example
		for i, e := range s.examples {
			if s.fold[i] != f {
				train = append(train, e)
			}
		}
		m, err := logistic.Fit(gold.Types, train, o)
		check(err)
		for i, e := range s.examples {
			if s.fold[i] == f {
				p := m.Probabilities(e.Features)
				said[i] = slices.Index(p, slices.Max(p))
			}
		}
	}
	return said
}

func (s *study) right(said []int) int {
	n := 0
	for i, e := range s.examples {
		if s.counts[i] && said[i] == e.Class {
			n++
		}
	}
	return n
}

func (s *study) confusion(said []int) {
	counts := make([][]int, len(gold.Types))
	for i := range counts {
		counts[i] = make([]int, len(gold.Types))
	}
	for i, e := range s.examples {
		if s.counts[i] {
			counts[e.Class][said[i]]++
		}
	}
	fmt.Printf("%-12s", "is / said")
	for _, t := range gold.Types {
		fmt.Printf("%11s", t)
	}
	fmt.Println()
	for i, t := range gold.Types {
		fmt.Printf("%-12s", t)
		for _, n := range counts[i] {
			fmt.Printf("%11d", n)
		}
		fmt.Println()
	}
}

func (s *study) wrong(said []int, every int) {
	if every == 0 {
		return
	}
	n := 0
	for i, e := range s.examples {
		if !s.counts[i] || said[i] == e.Class {
			continue
		}
		if n++; n%every == 0 {
			fmt.Printf("is %s, said %s: %s\n", gold.Types[e.Class], gold.Types[said[i]], s.texts[i])
		}
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "types:", err)
		os.Exit(1)
	}
}
