package exercise

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

// Kind is what a question trains.
type Kind string

// The kinds of questions, in the order in which a lesson takes them.
const (
	Sourcing      Kind = "sourcing"      // who speaks, when, to whom, and why
	CloseReading  Kind = "close-reading" // claims, loaded words, hedges
	Context       Kind = "context"       // what was going on
	Corroboration Kind = "corroboration" // what agrees, what conflicts, what is left out
	Checking      Kind = "checking"      // which claims can be checked, and how
	Judgement     Kind = "judgement"     // a supported view

	FillIn Kind = "table" // a table of points by sources to fill in
	Short  Kind = "tasks" // matching, true or false, words to mark
)

// Kinds lists the kinds of questions.
var Kinds = []Kind{Sourcing, CloseReading, Context, Corroboration, Checking, Judgement, FillIn, Short}

// Style is a preset: the questions of one tradition of teaching.
type Style struct {
	ID        string
	Title     string
	Minutes   int
	Guide     string         // the question over the whole paper
	Table     bool           // a table to fill in
	Tasks     int            // most short tasks of one kind
	Questions []questionSpec // in order
}

// questionSpec is a question before it meets a case; styles.yaml says what
// the fields mean.
type questionSpec struct {
	Kind        Kind
	Sources     string
	Marks       int
	Text        string
	Parts       []string
	Content     []string
	Need        []string
	Descriptors string
	Space       int
}

//go:embed styles.yaml
var stylesFile []byte

type catalogue struct {
	Default     string
	Descriptors map[string][]string
	Styles      []Style
}

var styles = sync.OnceValue(func() catalogue {
	var c catalogue
	if err := yaml.UnmarshalWithOptions(stylesFile, &c, yaml.DisallowUnknownField()); err != nil {
		panic("exercise: styles.yaml: " + err.Error()) // the file is part of the program
	}
	return c
})

// DefaultStyle is the style of an exercise that names none.
func DefaultStyle() string { return styles().Default }

// Styles lists the ids of the styles.
func Styles() []string {
	var out []string
	for _, s := range styles().Styles {
		out = append(out, s.ID)
	}
	return out
}

// someTasks is the most tasks of one kind where a style has none of its own.
const someTasks = 6

// styleOf finds a style by its id; the empty id is the default. With kinds,
// it asks only questions of these kinds, those that it lacks as the default
// style asks them.
func styleOf(id string, kinds []Kind) (Style, error) {
	if id == "" {
		id = DefaultStyle()
	}
	find := func(id string) int {
		return slices.IndexFunc(styles().Styles, func(s Style) bool { return s.ID == id })
	}
	at := find(id)
	if at < 0 {
		return Style{}, fmt.Errorf("unknown style %q; known are %s", id, strings.Join(Styles(), ", "))
	}
	s := styles().Styles[at]
	if len(kinds) == 0 {
		return s, nil
	}
	var questions []questionSpec
	for _, k := range Kinds {
		if !slices.Contains(kinds, k) {
			continue
		}
		of := func(s Style) (qs []questionSpec) {
			for _, q := range s.Questions {
				if q.Kind == k {
					qs = append(qs, q)
				}
			}
			return qs
		}
		qs := of(s)
		if len(qs) == 0 { // none for table and tasks
			qs = of(styles().Styles[find(DefaultStyle())])
		}
		questions = append(questions, qs...)
	}
	for _, k := range kinds {
		if !slices.Contains(Kinds, k) {
			return Style{}, fmt.Errorf("unknown kind of question %q; known are %s", k, joinKinds())
		}
	}
	s.Questions, s.Table = questions, slices.Contains(kinds, FillIn)
	if slices.Contains(kinds, Short) {
		s.Tasks = max(s.Tasks, someTasks)
	} else {
		s.Tasks = 0
	}
	return s, nil
}

func joinKinds() string {
	names := make([]string, len(Kinds))
	for i, k := range Kinds {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}
