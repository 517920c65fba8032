package main

import (
	"github.com/spf13/cobra"

	"counterclaim/nlp"
	"counterclaim/reports"
)

func (a *app) claimsCommand() *cobra.Command {
	var out output
	cmd := &cobra.Command{
		Use:   "claims FILE...",
		Short: "List the claims of a statement, with type, source and analysis",
		Long: `Claims reads statements and lists every claim in them: its words, its type (see
` + "`counterclaim explain`" + `), who asserts it, about whom, what, when, where and how
much, and how surely. The file - is standard input.`,
		Example: `  counterclaim claims velmora.txt
  counterclaim claims velmora.txt ostrava.md --format csv
  counterclaim claims velmora.txt -o claims.json`,
		Args: atLeastOne("file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := out.choose(reports.ClaimFormats)
			if err != nil {
				return err
			}
			options, err := a.reportOptions(cmd, &out, 0)
			if err != nil {
				return err
			}
			to, err := out.open(a, args)
			if err != nil {
				return err
			}
			docs, err := a.readStatements(cmd.Context(), args, args, make([]nlp.Options, len(args)))
			if err != nil {
				return to.finish(err)
			}
			return to.finish(reports.WriteClaims(to, docs, format, options))
		},
	}
	out.flags(a, cmd, reports.ClaimFormats)
	return cmd
}
