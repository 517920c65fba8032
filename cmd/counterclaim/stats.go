package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"counterclaim/compare/casefile"
	"counterclaim/reports/dataset"
	"counterclaim/reports/stats"
)

func (a *app) statsCommand() *cobra.Command {
	var to, period string
	names := make([]string, len(stats.Periods))
	for i, p := range stats.Periods {
		names[i] = string(p)
	}
	cmd := &cobra.Command{
		Use:   "stats FOLDER [-o FOLDER]",
		Short: "Measure a corpus: rates, versions, words, similarity, plots",
		Long: `Stats reads what counterclaim batch wrote into FOLDER and measures it, with
confidence intervals:

    claims by type and certainty of each party
    agreement, conflict, framing and silence of each two parties, also over time
    what a party kept, revised, dropped and added from one statement to the next
    words and names by which a party can be told from the others, rival names
    similarity of the parties, clustering, a map, communities

Tables are written as CSV and LaTeX, plots as SVG and PNG, into FOLDER/stats or
the folder of -o. Its about.md says what each measure is, with formula and
source.`,
		Example: `  counterclaim stats results -o paper
  counterclaim stats results --period year -o paper`,
		Args: func(_ *cobra.Command, args []string) error {
			switch len(args) {
			case 0:
				return usagef("no folder; write `counterclaim stats FOLDER`, with the folder that counterclaim batch wrote")
			case 1:
				return nil
			}
			return usagef("one argument too many: %q; write `counterclaim stats FOLDER`", args[1])
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if period != "" && !slices.Contains(names, period) {
				hint := ""
				if near := casefile.Nearest(period, names); near != "" {
					hint = fmt.Sprintf("; did you mean %q?", near)
				}
				return usagef("unknown period %q, known are %s%s", period, strings.Join(names, ", "), hint)
			}
			return a.stats(args[0], to, stats.Options{Period: stats.Period(period)})
		},
	}
	f := cmd.Flags()
	f.StringVarP(&to, "output", "o", "", "write into `FOLDER` (default: stats in the folder that is read)")
	f.StringVar(&period, "period", "", "`PERIOD` of the rates over time: "+strings.Join(names, ", ")+" (default: by the length of the corpus)")
	a.complete(cmd, "period", names)
	return cmd
}

// stats measures the tables of a folder.
func (a *app) stats(dir, to string, o stats.Options) error {
	f := dataset.Folder{Dir: dir}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fmt.Errorf("%s: no such folder; name the one that counterclaim batch wrote", dir)
	}
	if !f.Finished() {
		return fmt.Errorf("%s: no %s in it; write the tables with `counterclaim batch CORPUS -o %s` first", dir, dataset.PackageFile, dir)
	}
	if to == "" {
		to = filepath.Join(dir, "stats")
	}
	if info, err := os.Stat(to); err == nil && !info.IsDir() {
		return usagef("-o %s is a file; name a folder", to)
	}
	a.progress("measuring %s", dir)
	report, err := stats.Measure(f, o)
	if err == nil {
		a.progress("writing %s", to)
		err = report.Write(to)
	}
	a.progress("")
	if err != nil {
		return cannotWriteIn(to, err)
	}
	a.note("%d parties measured: see %s", report.Parties(), filepath.Join(to, "about.md"))
	return nil
}
