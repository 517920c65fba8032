package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"counterclaim/compare"
	"counterclaim/compare/casefile"
	"counterclaim/reports/exercise"
	"counterclaim/reports/quiz"
)

// exerciseFormats lists what an exercise is written as: papers, then quizzes.
var exerciseFormats = slices.Concat(exercise.Formats, quiz.Formats)

// quizEndings are the endings of the files of a quiz.
var quizEndings = map[string]string{quiz.Moodle: ".xml", quiz.GIFT: ".gift", quiz.QTI: ".zip"}

// exerciseFlags are the flags of the subcommand.
type exerciseFlags struct {
	out       output
	key       bool
	quiz      string
	questions []string
	options   exercise.Options
	judge     judgeFlags
	noReview  bool
}

func (a *app) exerciseCommand() *cobra.Command {
	var f exerciseFlags
	cmd := &cobra.Command{
		Use:   "exercise CASE | [PARTY=]FILE...",
		Short: "Make a source exercise for a class: paper, key and quiz",
		Long: `Exercise makes a source-analysis exercise of a case: the students' paper with
numbered lines, a glossary and questions, the teacher's key with marks and line
references, and a quiz for a learning platform.

-o FILE.docx (or .odt, .html) writes three files beside each other: FILE.docx
for the students, FILE-key.docx for the teacher, FILE-quiz.xml for Moodle.
Nothing of the key is in the students' file. -o FILE.xml (Moodle XML), .gift or
.zip (QTI 3) writes only the quiz. Without -o, the paper goes to standard
output as HTML, with --key the key.

The styles:
  reading-like-a-historian  sourcing, context, close reading, corroboration (default)
  ib-paper1                 four questions, 24 marks
  gcse                      message, comparison, reasons, usefulness, judgement
  dbq                       one essay on all documents, 7 points
  media-literacy            who says it, in which words, what can be checked

The key is made of pairs that are sure enough (--min-score). It is a program's
work: what to check before class is marked in it. Correct the comparison with
` + "`counterclaim serve CASE`" + `, and the key follows: what a person decided counts as
sure.

` + judgeHelp,
		Example: `  counterclaim exercise crash -o worksheet.docx
  counterclaim exercise crash -o worksheet.html --style ib-paper1 --words 250 --seed 7
  counterclaim exercise crash -o quiz.gift --level 1
  counterclaim exercise crash --questions corroboration,checking --key > key.html`,
		Args:              atLeastOne("case"),
		ValidArgsFunction: completeCases,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.exercise(cmd, args, f) },
	}
	f.out.flags(a, cmd, exerciseFormats)
	flags := cmd.Flags()
	flags.StringVar(&f.options.Style, "style", exercise.DefaultStyle(), "the `STYLE` of the paper: "+strings.Join(exercise.Styles(), ", "))
	flags.StringSliceVar(&f.questions, "questions", nil, "only these `KINDS` of questions: "+strings.Join(kindNames(), ", "))
	flags.IntVar(&f.options.Level, "level", 2, "how subtle the points are, from 1 (plain) to 3")
	flags.Uint64Var(&f.options.Seed, "seed", 1, "another seed gives another version; the same seed gives the same bytes")
	flags.IntVar(&f.options.Words, "words", 0, "shorten every source to about so many words; cuts are marked")
	flags.IntVar(&f.options.Sources, "sources", exercise.DefaultSources, "most statements in the paper: those that share most points")
	flags.Float64Var(&f.options.MinScore, "min-score", exercise.DefaultMinScore, "use only pairs that are at least so sure, from 0 to 1")
	flags.BoolVar(&f.key, "key", false, "write the key instead of the paper, and nothing else")
	flags.StringVar(&f.quiz, "quiz", quiz.Moodle, "`FORMAT` of the quiz beside a paper: "+strings.Join(quiz.Formats, ", ")+", none")
	f.judge.flags(a, cmd)
	flags.BoolVar(&f.noReview, "no-review", false, "leave out what persons decided (review.jsonl in the folder of the case)")
	a.complete(cmd, "style", exercise.Styles())
	a.complete(cmd, "questions", kindNames())
	a.complete(cmd, "level", []string{"1", "2", "3"})
	a.complete(cmd, "quiz", append(slices.Clone(quiz.Formats), "none"))
	for _, name := range []string{"seed", "words", "min-score", "sources"} {
		a.complete(cmd, name, nil)
	}
	return cmd
}

func kindNames() []string {
	var names []string
	for _, k := range exercise.Kinds {
		names = append(names, string(k))
	}
	return names
}

func (a *app) exercise(cmd *cobra.Command, args []string, f exerciseFlags) error {
	format, err := f.check()
	if err != nil {
		return err
	}
	described, err := openCase(args)
	if err != nil {
		return err
	}
	if err := described.NeedTwo(); err != nil {
		return err
	}
	if err := f.judge.open(a, statementFiles(described)); err != nil {
		return err
	}
	files, err := f.files(a, format, statementFiles(described))
	if err != nil {
		return f.judge.finish(a, err)
	}
	result, err := a.exerciseResult(cmd.Context(), described, &f)
	if err := f.judge.finish(a, err); err != nil {
		return finishAll(files, err)
	}
	f.options.Version = version()
	made, err := exercise.New(result, f.options)
	if err != nil {
		return finishAll(files, err)
	}
	for _, to := range files {
		if err := to.write(made, to.sink); err != nil {
			return finishAll(files, err)
		}
	}
	return finishAll(files, nil)
}

// exerciseResult compares a case, and applies what a model and persons say.
func (a *app) exerciseResult(ctx context.Context, described *casefile.Case, f *exerciseFlags) (*compare.Result, error) {
	c, err := a.readCase(ctx, described)
	if err != nil {
		return nil, err
	}
	a.progress("comparing %d parties", len(c.Parties))
	result, err := compare.Compare(ctx, c, compare.Options{})
	a.progress("")
	if err != nil {
		return nil, err
	}
	if err := f.judge.consult(ctx, a, result); err != nil {
		return nil, err
	}
	if !f.noReview {
		err = a.applyReview(described, result)
	}
	return result, err
}

// check settles the flags, and says in which format -o is.
func (f *exerciseFlags) check() (string, error) {
	if f.options.MinScore <= 0 || f.options.MinScore > 1 {
		return "", usagef("bad --min-score %g; choose one above 0, up to 1", f.options.MinScore)
	}
	if f.options.Level < 1 || f.options.Level > 3 {
		return "", usagef("bad --level %d; choose 1, 2 or 3", f.options.Level)
	}
	const fewest = 20
	if f.options.Words != 0 && f.options.Words < fewest {
		return "", usagef("bad --words %d; choose %d or more", f.options.Words, fewest)
	}
	if f.options.Sources < 2 {
		return "", usagef("bad --sources %d; choose 2 or more", f.options.Sources)
	}
	if err := known("--style", f.options.Style, exercise.Styles()); err != nil {
		return "", err
	}
	for _, q := range f.questions {
		if err := known("--questions", q, kindNames()); err != nil {
			return "", err
		}
		f.options.Kinds = append(f.options.Kinds, exercise.Kind(q))
	}
	if err := known("--quiz", f.quiz, append(slices.Clone(quiz.Formats), "none")); err != nil {
		return "", err
	}
	if f.out.format == "" && !f.out.stdout() {
		ending := strings.ToLower(filepath.Ext(f.out.file))
		for _, format := range exerciseFormats {
			if ending == "."+format || ending == quizEndings[format] || ending == ".htm" && format == exercise.HTML {
				f.out.format = format
			}
		}
		if f.out.format == "" {
			return "", usagef("no format of an exercise is known for the ending of %q; use .docx, .odt, .html, .xml, .gift or .zip, or name one with --format", f.out.file)
		}
	}
	format, err := f.out.choose(exerciseFormats)
	if err == nil && f.key && slices.Contains(quiz.Formats, format) {
		err = usagef("--key is for papers; the quiz carries its own answers")
	}
	return format, err
}

// known says what is wrong with a value that is not in a list.
func known(flag, value string, values []string) error {
	if slices.Contains(values, value) {
		return nil
	}
	hint := ""
	if near := casefile.Nearest(value, values); near != "" {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	return usagef("bad %s %q; known are %s%s", flag, value, strings.Join(values, ", "), hint)
}

// exerciseFile is one file of an exercise.
type exerciseFile struct {
	sink  *sink
	write func(*exercise.Exercise, io.Writer) error
}

// files opens what is to be written, all before anything is read, so that a
// class never gets a paper without a key.
func (f *exerciseFlags) files(a *app, format string, inputs []string) ([]exerciseFile, error) {
	type plan struct {
		path  string
		write func(*exercise.Exercise, io.Writer) error
	}
	paper := func(e *exercise.Exercise, w io.Writer) error { return e.WritePaper(w, format) }
	key := func(e *exercise.Exercise, w io.Writer) error { return e.WriteKey(w, format) }
	asQuiz := func(format string) func(*exercise.Exercise, io.Writer) error {
		return func(e *exercise.Exercise, w io.Writer) error { return e.WriteQuiz(w, format) }
	}
	var plans []plan
	switch {
	case slices.Contains(quiz.Formats, format):
		plans = []plan{{f.out.file, asQuiz(format)}}
	case f.key:
		plans = []plan{{f.out.file, key}}
	case f.out.stdout():
		plans = []plan{{f.out.file, paper}}
	default:
		ending := filepath.Ext(f.out.file)
		stem := strings.TrimSuffix(f.out.file, ending)
		plans = []plan{{f.out.file, paper}, {stem + "-key" + ending, key}}
		if f.quiz != "none" {
			plans = append(plans, plan{stem + "-quiz" + quizEndings[f.quiz], asQuiz(f.quiz)})
		}
	}
	var files []exerciseFile
	for _, p := range plans {
		to, err := (&output{file: p.path}).open(a, inputs)
		if err != nil {
			return nil, finishAll(files, err)
		}
		files = append(files, exerciseFile{to, p.write})
	}
	return files, nil
}

// finishAll puts all files in their places, or throws all away if err is not
// nil. It returns the first error.
func finishAll(files []exerciseFile, err error) error {
	for _, f := range files {
		err = f.sink.finish(err)
	}
	return err
}
