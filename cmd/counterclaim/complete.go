package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"counterclaim/compare/casefile"
)

// complete offers the values of a flag to the shell; no values means that
// there is nothing to offer, file names included.
func (a *app) complete(cmd *cobra.Command, flag string, values []string) {
	err := cmd.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values, cobra.ShellCompDirectiveNoFileComp
	})
	if err != nil {
		panic(err) // a flag that does not exist or has values already: seen by the first test
	}
}

// completeCases offers the case folders that begin like the word, and leaves
// files to the shell where there is none.
func completeCases(_ *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	parent, prefix := filepath.Split(word)
	entries, err := os.ReadDir(filepath.Clean("./" + parent))
	if filepath.IsAbs(word) {
		entries, err = os.ReadDir(parent)
	}
	if err != nil {
		return nil, cobra.ShellCompDirectiveDefault
	}
	var folders []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), prefix) {
			continue
		}
		if info, err := os.Stat(filepath.Join(parent, e.Name(), casefile.FileName)); err == nil && info.Mode().IsRegular() {
			folders = append(folders, parent+e.Name())
		}
	}
	if len(folders) == 0 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	return folders, cobra.ShellCompDirectiveNoFileComp
}
