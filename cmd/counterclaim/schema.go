package main

import (
	"github.com/spf13/cobra"

	"counterclaim/reports"
)

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON Schema of --format json",
		Example: `  counterclaim schema`,
		Args:    atMost(0),
		RunE: func(*cobra.Command, []string) error {
			_, err := a.out.Write(reports.Schema())
			return err
		},
	}
}
