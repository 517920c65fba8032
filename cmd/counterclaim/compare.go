package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"counterclaim/compare"
	"counterclaim/reports"
)

func (a *app) compareCommand() *cobra.Command {
	var out output
	var judge judgeFlags
	var minScore float64
	var ratings string
	var noReview bool
	var show string
	cmd := &cobra.Command{
		Use:   "compare CASE | [PARTY=]FILE...",
		Short: "Set the statements of several parties side by side",
		Long: `Compare reads the statements of two or more parties and sets their claims side
by side: agreements, conflicts with the reason for each, rival framings, and
what one party alone says.

CASE is a folder with a case.yaml:

    title: The Varn bridge incident
    date: 2031-05-04          # relative dates are read against it
    parties:
      - id: velmora
        name: Republic of Velmora
        aliases: [Velmora, Velmoran]
        statements: [velmora-mfa.md]
      - id: ostrava
        name: Ostrava
        statements: [note.txt, reply.txt]

Without a case.yaml, name the files. Two files of one PARTY are two statements
of one party; a file without PARTY is a party of its own, named after the
file. The file - is standard input.

What persons decided about a case with ` + "`counterclaim serve`" + ` stands in its
review.jsonl, counts before the program's own judgement, and is marked.

` + judgeHelp,
		Example: `  counterclaim compare crash
  counterclaim compare velmora.txt ostrava.md
  counterclaim compare Velmora=velmora.txt Velmora=reply.txt Ostrava=ostrava.md -o report.html
  counterclaim compare crash --format json -q`,
		Args:              atLeastOne("case"),
		ValidArgsFunction: completeCases,
		RunE: func(cmd *cobra.Command, args []string) error {
			if minScore < 0 || minScore > 1 {
				return usagef("bad --min-score %g; choose one from 0 to 1", minScore)
			}
			format, err := out.choose(reports.Formats)
			if err != nil {
				return err
			}
			if show != "" && show != "apart" {
				return usagef("unknown --show %q; known is apart", show)
			}
			if show != "" && format != reports.Table && format != reports.Markdown && format != reports.JSON {
				return usagef("--show %s is for --format %s, %s and %s", show, reports.Table, reports.Markdown, reports.JSON)
			}
			options, err := a.reportOptions(cmd, &out, minScore)
			if err != nil {
				return err
			}
			options.Apart = show == "apart"
			if options.Ratings, err = readRatings(ratings, format); err != nil {
				return err
			}
			described, err := openCase(args)
			if err != nil {
				return err
			}
			if err := described.NeedTwo(); err != nil {
				return err
			}
			if err := judge.open(a, statementFiles(described)); err != nil {
				return err
			}
			inputs := statementFiles(described)
			if ratings != "" {
				inputs = append(inputs, ratings)
			}
			to, err := out.open(a, inputs)
			if err != nil {
				return judge.finish(a, err)
			}
			c, err := a.readCase(cmd.Context(), described)
			if err != nil {
				return to.finish(judge.finish(a, err))
			}
			a.progress("comparing %d parties", len(c.Parties))
			result, err := compare.Compare(cmd.Context(), c, compare.Options{})
			a.progress("")
			if err != nil {
				return to.finish(judge.finish(a, err))
			}
			if err := judge.finish(a, judge.consult(cmd.Context(), a, result)); err != nil {
				return to.finish(err)
			}
			if !noReview {
				if err := a.applyReview(described, result); err != nil {
					return to.finish(err)
				}
			}
			if len(result.Pairs) == 0 && len(result.Claims) > 0 {
				a.warn("nothing in common: no claim of one party meets a claim of another")
			}
			return to.finish(reports.Write(to, result, format, options))
		},
	}
	out.flags(a, cmd, reports.Formats)
	judge.flags(a, cmd)
	cmd.Flags().Float64Var(&minScore, "min-score", 0, "leave out pairs that are less sure than this, from 0 to 1")
	cmd.Flags().StringVar(&show, "show", "", "apart: also list the pairs that look like conflicts and were not taken for one, with what keeps them apart (json has them always)")
	cmd.Flags().StringVar(&ratings, "ratings", "", "with --format schema-org: add a ClaimReview for every rating in `FILE`, a CSV table with the columns party, quote, rating, reviewer, address")
	cmd.Flags().BoolVar(&noReview, "no-review", false, "leave out what persons decided (review.jsonl in the folder of the case)")
	a.complete(cmd, "min-score", nil)
	a.complete(cmd, "show", []string{"apart"})
	return cmd
}

// readRatings reads what persons say of claims. Only one format has a place
// for a verdict.
func readRatings(path, format string) ([]reports.Rating, error) {
	switch {
	case path == "":
		return nil, nil
	case format != reports.SchemaOrg:
		return nil, usagef("--ratings is for --format %s; no other format carries a verdict", reports.SchemaOrg)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the ratings: %w; name a CSV file", err)
	}
	defer f.Close()
	return reports.ReadRatings(f, path)
}
