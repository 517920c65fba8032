package main

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"

	"counterclaim/compare/casefile"
	"counterclaim/nlp"
	"counterclaim/nlp/segment"
)

//go:embed explain.yaml
var explanations []byte

// explanation says what a word of the reports means. Name is the word; a word
// may name two things, as evaluation does a type and a kind.
type explanation struct {
	Of      string // "relation", "kind of agree", "type", "rule of sentences"
	Name    string
	Title   string
	Text    string
	Example []string // two claims that meet, or one statement and what is found
}

// loadExplanations reads the data file and adds the rules that packages keep
// beside their code.
func loadExplanations() ([]explanation, error) {
	var list []explanation
	if err := yaml.UnmarshalWithOptions(explanations, &list, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("explain.yaml: %w", err)
	}
	for _, r := range segment.Rules {
		list = append(list, explanation{Of: "rule of sentences", Name: r.ID, Title: r.Doc, Example: []string{r.Example}})
	}
	return list, nil
}

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [RELATION | KIND | TYPE | RULE]",
		Short: "Say what a relation, kind, type or rule means, with an example",
		Long: `Explain says what a word of the reports means: a relation of two claims, the
kind that says why, or a type of claim. It also explains the rules by which
sentences are cut. Without a word it lists them all.`,
		Example: `  counterclaim explain
  counterclaim explain modality
  counterclaim explain accusation`,
		Args: atMost(1),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return explainedNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			list, err := loadExplanations()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return listExplanations(a.out, list)
			}
			return explain(a.out, list, args[0])
		},
	}
}

func explainedNames() []string {
	list, _ := loadExplanations() // completion stays silent
	var names []string
	for _, e := range list {
		if !slices.Contains(names, e.Name) {
			names = append(names, e.Name)
		}
	}
	return names
}

func listExplanations(w io.Writer, list []explanation) error {
	of := ""
	for _, e := range list {
		if e.Of != of {
			if of != "" {
				fmt.Fprintln(w)
			}
			of = e.Of
			fmt.Fprintf(w, "%s\n", strings.ToUpper(of))
		}
		if _, err := fmt.Fprintf(w, "  %-20s %s\n", e.Name, e.Title); err != nil {
			return err
		}
	}
	return nil
}

func explain(w io.Writer, list []explanation, name string) error {
	name = strings.ToLower(strings.TrimSpace(name))
	found := false
	for _, e := range list {
		if e.Name != name {
			continue
		}
		if found {
			fmt.Fprintln(w)
		}
		found = true
		fmt.Fprintf(w, "%s (%s): %s\n\n", e.Name, e.Of, e.Title)
		if e.Text != "" {
			fmt.Fprintf(w, "%s\n\n", strings.TrimSpace(e.Text))
		}
		for _, line := range e.Example {
			if _, err := fmt.Fprintf(w, "    %s\n", line); err != nil {
				return err
			}
		}
		if e.Of == "type" {
			if err := explainType(w, name); err != nil {
				return err
			}
		}
	}
	if found {
		return nil
	}
	if near := casefile.Nearest(name, explainedNames()); near != "" {
		return usagef("nothing to explain is called %q; did you mean %q?", name, near)
	}
	return usagef("nothing to explain is called %q; see the list of `counterclaim explain`", name)
}

// shownTraits is how many traits of a type explain names.
const shownTraits = 10

// explainType names the traits that speak most for a type, as claims and JSON
// name those of one claim.
func explainType(w io.Writer, name string) error {
	m := nlp.TypeModel()
	var words []string
	for _, r := range m.Strongest(slices.Index(m.Classes(), name), shownTraits) {
		words = append(words, r.Name)
	}
	_, err := fmt.Fprintf(w, "\nSeen most by: %s.\n", strings.Join(words, "; "))
	return err
}
