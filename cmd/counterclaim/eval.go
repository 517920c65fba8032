package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"counterclaim/compare"
	"counterclaim/compare/casefile"
	"counterclaim/compare/gold"
	"counterclaim/reports/stats"
)

// evalFormats are the formats of figures.
var evalFormats = []string{"table", "json"}

func (a *app) evalCommand() *cobra.Command {
	var out output
	var judge judgeFlags
	var task, predictions, calibration string
	var reviewed reviewedGold
	names := taskNames()
	cmd := &cobra.Command{
		Use:   "eval CASE... | --task TASK FILE...",
		Short: "Measure the program against the answers of a person",
		Long: `Eval compares what the program finds in cases with the answers in their gold/
folders, case by case and pooled. testdata/README.md says what the answers are
and how a prediction is matched.

With --task it measures one component on a data file instead:

` + taskHelp() + `
With --train FILE... -- FILE... the last layer of types, veridical, pairs or
meet is first fitted to the labels of the files before the dashes, as a
published protocol or your own labels want it; what ships does not change.

With --gold a person's review.jsonl takes the place of the gold/ folder.

With --predictions OUT it also writes what was answered, so that anyone can
score it again. With --calibration OUT.svg it draws how often a score is right:
for each tenth of the scale the share of right pairs, and how many there are.

` + judgeHelp,
		Example: `  counterclaim eval crash
  counterclaim eval crash blackout --format json
  counterclaim eval crash --predictions pairs.tsv -q
  counterclaim eval crash blackout --calibration scores.svg -q
  counterclaim eval --task segment sentences.jsonl
  counterclaim eval --task pairs --train mine.tsv -- theirs.tsv`,
		Args:              atLeastOne("case"),
		ValidArgsFunction: completeCases,
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := out.choose(evalFormats)
			if err != nil {
				return err
			}
			if args, err = a.trainFiles(task, args, cmd.ArgsLenAtDash()); err != nil {
				return err
			}
			if task != "" && calibration != "" {
				return usagef("--calibration is about the pairs of cases; leave --task out")
			}
			var run func(ctx context.Context, args []string, predictions io.Writer) (figures, error)
			if task == "" {
				if reviewed.file != "" && len(args) > 1 {
					return usagef("--gold is about one case; name one")
				}
				run = func(ctx context.Context, dirs []string, predictions io.Writer) (figures, error) {
					if err := judge.open(a, nil); err != nil {
						return nil, err
					}
					found, err := a.evalCases(ctx, dirs, predictions, &judge, reviewed)
					return found, judge.finish(a, err)
				}
			} else if judge.wanted() {
				return usagef("--judge and --task do not go together; a task measures one component")
			} else if run = a.task(task); run == nil {
				return usagef("unknown task %q, known are %s", task, strings.Join(names, ", "))
			}
			return a.writeEval(cmd.Context(), a.drawing(run, calibration), args, &out, format, predictions)
		},
	}
	out.flags(a, cmd, evalFormats)
	judge.flags(a, cmd)
	cmd.Flags().StringVar(&reviewed.file, "gold", "", "measure against a review: the `FILE` of decisions that counterclaim serve wrote")
	cmd.Flags().BoolVar(&reviewed.rest, "accept-rest", false, "with --gold: pairs that nobody touched count as accepted")
	cmd.Flags().StringVar(&task, "task", "", "measure one component: "+strings.Join(names, ", "))
	cmd.Flags().StringArrayVar(&a.train, "train", nil, "with --task types, veridical, pairs or meet: first refit the task's last layer on `FILE`..., up to --")
	cmd.Flags().StringVar(&a.save, "save", "", "with --train: write the refitted layer to `FILE`")
	cmd.Flags().StringVar(&predictions, "predictions", "", "write what was answered to `FILE` (- is standard output)")
	cmd.Flags().StringVar(&calibration, "calibration", "", "draw how often a score is right into `FILE`, an SVG picture")
	a.complete(cmd, "task", names)
	return cmd
}

type evaluation func(ctx context.Context, args []string, predictions io.Writer) (figures, error)

// drawing adds to an evaluation of cases the picture of how its scores are
// calibrated; without a file for it, nothing.
func (a *app) drawing(run evaluation, file string) evaluation {
	if file == "" {
		return run
	}
	return func(ctx context.Context, args []string, predictions io.Writer) (figures, error) {
		to, err := (&output{file: file}).open(a, args)
		if err != nil {
			return nil, err
		}
		found, err := run(ctx, args, predictions)
		if err != nil {
			return nil, to.finish(err)
		}
		var bins []stats.Bin
		if cases, ok := found.(*caseFigures); ok {
			for i, r := range cases.pooled.Calibration {
				bins = append(bins, stats.Bin{From: float64(i) / 10, To: float64(i+1) / 10, Right: r.Right, Total: r.Total})
			}
		}
		picture, err := stats.Calibration(bins)
		if err == nil {
			_, err = to.Write(picture)
		}
		return found, to.finish(err)
	}
}

// refitted are the tasks whose last layer --train fits.
var refitted = []string{"types", "veridical", "pairs", "meet"}

// trainFiles takes the files to train on from the arguments before the dashes
// and returns the others.
func (a *app) trainFiles(task string, args []string, dash int) ([]string, error) {
	switch {
	case a.train == nil && a.save != "":
		return nil, usagef("--save writes what --train fits; give --train too")
	case a.train == nil:
		return args, nil
	case !slices.Contains(refitted, task):
		return nil, usagef("--train goes with --task %s", strings.Join(refitted, ", "))
	case dash < 0 || dash == len(args):
		return nil, usagef("--train FILE... -- FILE...: put -- between the files to train on and those to measure on")
	}
	a.train = append(a.train, args[:dash]...)
	return args[dash:], nil
}

// figures is what eval found: a table to read, and the same as JSON.
type figures interface {
	table(w io.Writer)
}

func (a *app) writeEval(ctx context.Context, run evaluation, args []string, out *output, format, predictions string) error {
	to, err := out.open(a, args)
	if err != nil {
		return err
	}
	answers := &sink{to: io.Discard}
	if predictions != "" {
		if out.stdout() && predictions == "-" {
			// Two streams on one output would be unreadable: the answers win,
			// the figures go to where a person looks.
			to = &sink{to: a.err, name: "standard error"}
		}
		if answers, err = (&output{file: predictions}).open(a, args); err != nil {
			return to.finish(err)
		}
	}
	found, err := run(ctx, args, answers)
	if err = answers.finish(err); err != nil {
		return to.finish(err)
	}
	if format == "json" {
		encoder := json.NewEncoder(to)
		encoder.SetIndent("", "  ")
		return to.finish(encoder.Encode(found))
	}
	table := tabwriter.NewWriter(to, 0, 0, 2, ' ', tabwriter.AlignRight)
	found.table(table)
	return to.finish(table.Flush())
}

// caseFigures are the scores of cases, in the order of the arguments, and
// pooled.
type caseFigures struct {
	Cases  []caseScore `json:"cases"`
	Pooled caseScore   `json:"pooled"`

	scores []gold.Score // of Cases
	pooled gold.Score
}

// caseScore is a score as JSON: the counts, and what follows from them.
type caseScore struct {
	Case         string        `json:"case,omitempty"`
	Pairs        countFigures  `json:"pairs"`
	Agree        countFigures  `json:"agree"`
	Conflict     countFigures  `json:"conflict"`
	Framing      countFigures  `json:"framing"`
	ConflictKind shareFigures  `json:"conflict_kind"`
	Candidates   *shareFigures `json:"candidates,omitempty"`
	Found        shareFigures  `json:"claims_found"`
	Tight        shareFigures  `json:"claims_tight"`
	Type         shareFigures  `json:"claims_type"`
	Source       shareFigures  `json:"claims_source"`
	Calibration  []scoreBin    `json:"calibration"`
	Sure         shareFigures  `json:"score_0.8_and_more"`
	Unlocated    int           `json:"gold_quotes_not_in_text"`
}

type shareFigures struct {
	Right int     `json:"right"`
	Total int     `json:"total"`
	Share float64 `json:"share"`
}

type scoreBin struct {
	From float64 `json:"from"`
	shareFigures
}

func newShareFigures(r gold.Ratio) shareFigures { return shareFigures{r.Right, r.Total, r.Value()} }

func newCaseScore(name string, s gold.Score) caseScore {
	c := caseScore{
		Case: name, Pairs: newCountFigures(s.Pairs), Agree: newCountFigures(s.Agree), Conflict: newCountFigures(s.Conflict),
		Framing: newCountFigures(s.Framing), ConflictKind: newShareFigures(s.Kinds), Found: newShareFigures(s.Found),
		Tight: newShareFigures(s.Tight), Type: newShareFigures(s.Type), Source: newShareFigures(s.Source),
		Sure: newShareFigures(s.Sure), Unlocated: s.Unlocated,
	}
	if s.Candidates.Total > 0 {
		covered := newShareFigures(s.Candidates)
		c.Candidates = &covered
	}
	for i, r := range s.Calibration {
		c.Calibration = append(c.Calibration, scoreBin{float64(i) / 10, newShareFigures(r)})
	}
	return c
}

// evalCases runs the pipeline on cases and scores it. Predictions are one
// line per predicted or missed pair.
func (a *app) evalCases(ctx context.Context, dirs []string, predictions io.Writer, judge *judgeFlags, reviewed reviewedGold) (figures, error) {
	all := &caseFigures{}
	fmt.Fprintln(predictions, strings.Join(pairColumns, "\t"))
	for i, dir := range dirs {
		a.progress("case %d of %d: %s", i+1, len(dirs), dir)
		score, err := a.evalCase(ctx, dir, predictions, judge, reviewed)
		a.progress("")
		if err != nil {
			return nil, err
		}
		name := filepath.Base(filepath.Clean(dir))
		all.Cases, all.scores = append(all.Cases, newCaseScore(name, score)), append(all.scores, score)
		all.pooled.Add(score)
	}
	all.Pooled = newCaseScore("", all.pooled)
	return all, nil
}

func (a *app) evalCase(ctx context.Context, dir string, predictions io.Writer, judge *judgeFlags, reviewed reviewedGold) (gold.Score, error) {
	c, err := casefile.Load(dir)
	if err != nil {
		return gold.Score{}, err
	}
	ids := make([]string, len(c.Parties))
	for i, p := range c.Parties {
		ids[i] = p.ID
	}
	var answers *gold.Answers
	if reviewed.file == "" {
		if answers, err = gold.Load(dir, ids); err != nil {
			return gold.Score{}, err
		}
	}
	read, err := a.readCase(ctx, c)
	if err != nil {
		return gold.Score{}, err
	}
	result, err := compare.Compare(ctx, read, compare.Options{})
	if err != nil {
		return gold.Score{}, err
	}
	if err := judge.consult(ctx, a, result); err != nil {
		return gold.Score{}, err
	}
	if reviewed.file != "" {
		if answers, err = a.reviewedAnswers(reviewed, *result); err != nil {
			return gold.Score{}, err
		}
	}
	predicted, texts := predicted(result)
	outcome := gold.Evaluate(texts, answers, predicted)
	for _, w := range outcome.Warnings {
		a.warn("%s", filepath.ToSlash(filepath.Join(dir, w)))
	}
	writePairs(predictions, filepath.Base(filepath.Clean(dir)), result, answers, outcome)
	return outcome.Score, nil
}

// predicted turns a result into what the scorer takes, and the texts that its
// offsets refer to.
func predicted(r *compare.Result) (gold.Predictions, gold.Texts) {
	texts := gold.Texts{}
	for _, p := range r.Case.Parties {
		for _, d := range p.Statements {
			texts[p.ID] = append(texts[p.ID], d.Text)
		}
	}
	run := func(i int) gold.Run {
		c := r.Claims[i]
		return gold.Run{Party: r.Case.Parties[c.Party].ID, Statement: c.Statement, Start: c.Start, End: c.End}
	}
	var out gold.Predictions
	for i, c := range r.Claims {
		out.Claims = append(out.Claims, gold.PredictedClaim{Run: run(i), Type: string(c.Type), Source: c.Source})
	}
	for _, p := range r.Pairs {
		out.Pairs = append(out.Pairs, gold.PredictedPair{A: run(p.A), B: run(p.B), Relation: string(p.Relation), Kind: string(p.Kind), Score: p.Score})
	}
	return out, texts
}

// pairColumns are the columns of the predictions: those of relations.tsv,
// with the case before and the verdict after.
var pairColumns = []string{"case", "party_a", "quote_a", "party_b", "quote_b", "relation", "kind", "score", "verdict", "gold_line", "gold_relation", "gold_kind"}

// writePairs writes the predicted pairs of a case, each with the gold pair
// that it matches, and then the gold pairs that were missed.
func writePairs(w io.Writer, name string, r *compare.Result, answers *gold.Answers, o *gold.Outcome) {
	line := func(fields ...string) {
		for i, f := range fields {
			fields[i] = strings.Join(strings.Fields(f), " ")
		}
		fmt.Fprintln(w, strings.Join(fields, "\t"))
	}
	for j, i := range o.GoldOf {
		p := r.Pairs[j]
		a, b := r.Claims[p.A], r.Claims[p.B]
		verdict, at, relation, kind := "not in gold", "", "", ""
		if i >= 0 {
			g := answers.Pairs[i]
			at, relation, kind = fmt.Sprint(g.Line), g.Relation, g.Kind
			switch {
			case relation != string(p.Relation):
				verdict = "wrong relation"
			case kind != string(p.Kind):
				verdict = "wrong kind"
			default:
				verdict = "right"
			}
		}
		line(name, r.Case.Parties[a.Party].ID, a.Text, r.Case.Parties[b.Party].ID, b.Text, string(p.Relation), string(p.Kind), fmt.Sprintf("%.3f", p.Score), verdict, at, relation, kind)
	}
	for i, j := range o.PairOf {
		if j < 0 {
			g := answers.Pairs[i]
			line(name, g.PartyA, g.QuoteA, g.PartyB, g.QuoteB, "", "", "", "missed", fmt.Sprint(g.Line), g.Relation, g.Kind)
		}
	}
}

func (f *caseFigures) table(w io.Writer) {
	fmt.Fprint(w, "case\tgold pairs\tfound\tpairs P\tR\tF1\tagree F1\tconflict P\tR\tF1\tframing F1\tkind\tclaims found\ttight\ttype\tsource\t\n")
	row := func(name string, s gold.Score) {
		fmt.Fprintf(w, "%s\t%d\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", name, s.Pairs.Gold, s.Pairs.Predicted,
			precision(s.Pairs), recall(s.Pairs), f1(s.Pairs), f1(s.Agree), precision(s.Conflict), recall(s.Conflict), f1(s.Conflict), f1(s.Framing),
			ratio(s.Kinds), ratio(s.Found), ratio(s.Tight), ratio(s.Type), ratio(s.Source))
	}
	for i, c := range f.Cases {
		row(c.Case, f.scores[i])
	}
	if len(f.Cases) > 1 {
		row("all", f.pooled)
	}
	s := f.pooled
	fmt.Fprint(w, "\f") // new columns from here
	fmt.Fprint(w, "pooled\tgold\tpredicted\tright\tP\tR\tF1\t\n")
	for _, c := range []struct {
		name string
		gold.Count
	}{{"pairs", s.Pairs}, {"agree", s.Agree}, {"conflict", s.Conflict}, {"framing", s.Framing}} {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%s\t%s\t%s\t\n", c.name, c.Gold, c.Predicted, c.Right, precision(c.Count), recall(c.Count), f1(c.Count))
	}
	fmt.Fprint(w, "\f")
	fmt.Fprint(w, "score\tpairs\tright\tshare\t\n")
	for i, c := range s.Calibration {
		if c.Total > 0 {
			fmt.Fprintf(w, "%.1f to %.1f\t%d\t%d\t%s\t\n", float64(i)/10, float64(i+1)/10, c.Total, c.Right, ratio(c))
		}
	}
	fmt.Fprintf(w, "0.8 and more\t%d\t%d\t%s\t\n", s.Sure.Total, s.Sure.Right, ratio(s.Sure))
	if s.Candidates.Total > 0 {
		fmt.Fprintf(w, "candidates cover\t%d\t%d\t%s\t\n", s.Candidates.Total, s.Candidates.Right, ratio(s.Candidates))
	}
	if s.Unlocated > 0 {
		fmt.Fprintf(w, "gold quotes not in the text\t%d\t\t\t\n", s.Unlocated)
	}
}

// noFigure stands where there is nothing to divide by: not a score of 0.
const noFigure = "-"

func precision(c gold.Count) string { return ratio(gold.Ratio{Right: c.Right, Total: c.Predicted}) }
func recall(c gold.Count) string    { return ratio(gold.Ratio{Right: c.Right, Total: c.Gold}) }
func f1(c gold.Count) string {
	return ratio(gold.Ratio{Right: 2 * c.Right, Total: c.Predicted + c.Gold})
}

func ratio(r gold.Ratio) string {
	if r.Total == 0 {
		return noFigure
	}
	return fmt.Sprintf("%.3f", r.Value())
}
