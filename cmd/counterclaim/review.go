package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"counterclaim/compare"
	"counterclaim/compare/agreement"
	"counterclaim/compare/casefile"
	"counterclaim/compare/gold"
	"counterclaim/compare/review"
	"counterclaim/reports/wording"
)

// applyReview applies what persons decided about a case, if there is a file
// of decisions in its folder.
func (a *app) applyReview(c *casefile.Case, r *compare.Result) error {
	if c.Dir == "" {
		return nil
	}
	err := a.applyDecisions(filepath.Join(c.Dir, review.FileName), r)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// applyDecisions applies a file of decisions, and says which of them could
// not be applied.
func (a *app) applyDecisions(path string, r *compare.Result) error {
	records, problems, err := review.Read(path)
	if err != nil {
		return err
	}
	for _, p := range problems {
		a.warn("%s", p)
	}
	for _, l := range review.Apply(r, records, compare.Options{}) {
		a.warn("%s:%d: not applied: %s", path, l.Record.Line, l.Reason)
	}
	return nil
}

func (a *app) agreementCommand() *cobra.Command {
	var out output
	var rest bool
	cmd := &cobra.Command{
		Use:   "agreement REVIEW.jsonl...",
		Short: "Measure how far the persons who reviewed a case agree",
		Long: `Agreement compares the decisions of several persons about one case: files that
` + "`counterclaim serve`" + ` wrote, of one or more persons each. The program counts as one
coder more. It gives percent agreement and Cohen's kappa for each two coders,
and Krippendorff's alpha (nominal) for all of them, each with its 95 %
confidence interval (bootstrap over the pairs), and lists what they disagree on.

A pair that a coder left alone is not counted for that coder; with
--accept-rest it counts as accepted as the program had it.`,
		Example: `  counterclaim agreement ada.jsonl ben.jsonl
  counterclaim agreement ada.jsonl ben.jsonl --accept-rest --format json`,
		Args: atLeastOne("file of decisions"),
		RunE: func(_ *cobra.Command, args []string) error {
			format, err := out.choose(evalFormats)
			if err != nil {
				return err
			}
			var files []review.File
			for _, path := range args {
				records, problems, err := review.Read(path)
				if err != nil {
					return fmt.Errorf("%s: %w; check the path", path, cmp.Or(errors.Unwrap(err), err))
				}
				for _, p := range problems {
					a.warn("%s", p)
				}
				files = append(files, review.File{Name: path, Records: records})
			}
			found := newAgreement(files, rest)
			if len(found.Coders) < 2 {
				return fmt.Errorf("no decision in %s; review a case with `counterclaim serve` first", strings.Join(args, ", "))
			}
			to, err := out.open(a, args)
			if err != nil {
				return err
			}
			if format == "json" {
				encoder := json.NewEncoder(to)
				encoder.SetIndent("", "  ")
				return to.finish(encoder.Encode(found))
			}
			return to.finish(found.table(to))
		},
	}
	out.flags(a, cmd, evalFormats)
	cmd.Flags().BoolVar(&rest, "accept-rest", false, "a pair that a coder left alone counts as accepted")
	return cmd
}

// agreementFigures is what agreement finds.
type agreementFigures struct {
	Coders        []string           `json:"coders"`
	Variables     []variableFigures  `json:"variables"`
	Disagreements []disagreementLine `json:"disagreements"`
}

// variableFigures are the measures of one thing that was labelled.
type variableFigures struct {
	Name   string         `json:"name"`
	Alpha  agreementValue `json:"krippendorff_alpha"`
	Coders []twoCoders    `json:"coders"`
}

type twoCoders struct {
	A       string         `json:"a"`
	B       string         `json:"b"`
	Percent agreementValue `json:"percent_agreement"`
	Kappa   agreementValue `json:"cohen_kappa"`
}

// agreementValue is a figure, null where nothing can be measured.
type agreementValue struct {
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
	Of    int      `json:"of"`
}

type disagreementLine struct {
	PartyA string            `json:"party_a"`
	QuoteA string            `json:"quote_a"`
	PartyB string            `json:"party_b,omitempty"`
	QuoteB string            `json:"quote_b,omitempty"`
	Labels map[string]string `json:"labels"`
}

func newAgreementValue(f agreement.Figure) agreementValue {
	v := agreementValue{Of: f.Of}
	if f.OK {
		v.Value, v.Low, v.High = &f.Value, &f.Low, &f.High
	}
	return v
}

func (v agreementValue) String() string {
	if v.Value == nil {
		return noFigure
	}
	return fmt.Sprintf("%.3f [%.3f, %.3f]", *v.Value, *v.Low, *v.High)
}

func newAgreement(files []review.File, rest bool) *agreementFigures {
	out := &agreementFigures{Coders: review.Coders(files), Disagreements: []disagreementLine{}}
	pairs, claims := review.Code(files, rest)
	relation := func(label string) string { r, _, _ := strings.Cut(label, " "); return r }
	same := func(label string) string { return label }
	out.add("relation", pairs, out.Coders, relation)
	out.add("relation and kind", pairs, out.Coders, same)
	out.add("type of claim", claims, out.Coders[:len(out.Coders)-1], same)
	for _, list := range [][]review.Coded{pairs, claims} {
		for _, u := range list {
			first, differ := "", false
			for _, name := range out.Coders {
				if l := u.Labels[name]; l != "" {
					differ = differ || first != "" && l != first
					first = l
				}
			}
			if !differ {
				continue
			}
			d := disagreementLine{PartyA: u.A.Party, QuoteA: u.A.Quote, Labels: u.Labels}
			if u.B != nil {
				d.PartyB, d.QuoteB = u.B.Party, u.B.Quote
			}
			out.Disagreements = append(out.Disagreements, d)
		}
	}
	return out
}

// add measures one variable, if two coders labelled it.
func (f *agreementFigures) add(name string, coded []review.Coded, coders []string, of func(string) string) {
	if len(coded) == 0 || len(coders) < 2 {
		return
	}
	var units []agreement.Unit
	for _, c := range coded {
		u := make(agreement.Unit, len(coders))
		for i, who := range coders {
			u[i] = of(c.Labels[who])
		}
		units = append(units, u)
	}
	v := variableFigures{Name: name, Alpha: newAgreementValue(agreement.Alpha(units))}
	for i := range coders {
		for j := i + 1; j < len(coders); j++ {
			v.Coders = append(v.Coders, twoCoders{coders[i], coders[j], newAgreementValue(agreement.Percent(units, i, j)), newAgreementValue(agreement.Kappa(units, i, j))})
		}
	}
	f.Variables = append(f.Variables, v)
}

func (f *agreementFigures) table(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "variable\tcoders\tpairs or claims\tpercent agreement\tCohen's kappa\tKrippendorff's alpha")
	for _, v := range f.Variables {
		for _, c := range v.Coders {
			fmt.Fprintf(table, "%s\t%s / %s\t%d\t%s\t%s\t\n", v.Name, wording.Clean(c.A), wording.Clean(c.B), c.Percent.Of, c.Percent, c.Kappa)
		}
		fmt.Fprintf(table, "%s\tall\t%d\t\t\t%s\n", v.Name, v.Alpha.Of, v.Alpha)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%d disagreements\n", len(f.Disagreements))
	for _, d := range f.Disagreements {
		fmt.Fprintf(w, "\n  %s: “%s”\n", wording.Clean(d.PartyA), wording.Clean(d.QuoteA))
		if d.PartyB != "" {
			fmt.Fprintf(w, "  %s: “%s”\n", wording.Clean(d.PartyB), wording.Clean(d.QuoteB))
		}
		for _, name := range f.Coders {
			if l := d.Labels[name]; l != "" {
				if _, err := fmt.Fprintf(w, "    %s: %s\n", wording.Clean(name), l); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// exportCommand writes a reviewed case for others to measure against.
func (a *app) exportCommand() *cobra.Command {
	var folder string
	var rest bool
	cmd := &cobra.Command{
		Use:   "export CASE --gold FOLDER",
		Short: "Write a reviewed case in the format of eval's answers",
		Long: `Export writes what persons decided about a case (its review.jsonl) as the
answers that ` + "`counterclaim eval`" + ` measures against: FOLDER/claims.tsv, every claim
with its type and source, and FOLDER/relations.tsv, the pairs that a person
accepted, changed or added. With --accept-rest the pairs that nobody touched
are written too.

Put the files into the gold/ folder of the case to measure against them.`,
		Example: `  counterclaim export reviewed --gold answers
  counterclaim export reviewed --gold all --accept-rest`,
		Args:              cobra.MatchAll(atLeastOne("case"), atMost(1)),
		ValidArgsFunction: completeCases,
		RunE: func(cmd *cobra.Command, args []string) error {
			if folder == "" {
				return usagef("no --gold FOLDER; name the folder to write the answers to")
			}
			described, err := openCase(args)
			if err != nil {
				return err
			}
			if described.Dir == "" {
				return usagef("%s is a statement; name the folder of a case that was reviewed", args[0])
			}
			c, err := a.readCase(cmd.Context(), described)
			if err != nil {
				return err
			}
			r, err := compare.Compare(cmd.Context(), c, compare.Options{})
			if err != nil {
				return err
			}
			path := filepath.Join(described.Dir, review.FileName)
			if err := a.applyDecisions(path, r); err != nil {
				if errors.Is(err, fs.ErrNotExist) {
					return fmt.Errorf("%s: there are no decisions yet; review the case with `counterclaim serve %s`", path, args[0])
				}
				return err
			}
			answers, left := review.Gold(r, rest)
			if left > 0 {
				a.warn("%d pairs that nobody decided are left out; --accept-rest writes them too", left)
			}
			if err := writeGold(a, folder, answers); err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.out, "%s: %s, %s\n", folder, wording.Count(len(answers.Claims), "claim"), wording.Count(len(answers.Pairs), "pair"))
			return err
		},
	}
	cmd.Flags().StringVar(&folder, "gold", "", "write the answers to `FOLDER`")
	cmd.Flags().BoolVar(&rest, "accept-rest", false, "count pairs that nobody touched as accepted")
	return cmd
}

func writeGold(a *app, folder string, answers *gold.Answers) error {
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // as readable as the case
		return cannotWrite(filepath.Join(folder, "claims.tsv"), err)
	}
	for _, f := range []struct {
		name  string
		write func(io.Writer, *gold.Answers) error
	}{{gold.ClaimsFile, review.WriteClaims}, {gold.RelationsFile, review.WritePairs}} {
		path := filepath.Join(folder, filepath.Base(f.name))
		if _, err := os.Stat(path); err == nil {
			return fmt.Errorf("%s is there already; name another folder, or move it away", path)
		}
		to, err := (&output{file: path}).open(a, nil)
		if err != nil {
			return err
		}
		if err := to.finish(f.write(to, answers)); err != nil {
			return err
		}
	}
	return nil
}

// reviewedGold is a review that takes the place of a gold/ folder.
type reviewedGold struct {
	file string
	rest bool
}

// reviewedAnswers are the answers of a review of the case of r.
func (a *app) reviewedAnswers(g reviewedGold, r compare.Result) (*gold.Answers, error) {
	if err := a.applyDecisions(g.file, &r); err != nil {
		return nil, fmt.Errorf("--gold: %w", err)
	}
	answers, left := review.Gold(&r, g.rest)
	if left > 0 {
		a.warn("%d pairs that nobody decided count as not in gold; --accept-rest counts them as accepted", left)
	}
	return answers, nil
}
