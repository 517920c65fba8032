package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"counterclaim/compare"
	"counterclaim/compare/casefile"
	"counterclaim/compare/llm"
)

// The environment of a language model. A key is in no flag, where other users
// of a machine could read it.
const (
	judgeModel = "COUNTERCLAIM_JUDGE_MODEL"
	judgeKey   = "COUNTERCLAIM_JUDGE_KEY"
)

// judgeForms are the forms of exported questions.
var judgeForms = []string{"plain", "batch"}

// judgeFlags are the flags of a language model, or whoever answers in its
// place.
type judgeFlags struct {
	url, cache, importFrom, exportTo, form string
	timeout                                time.Duration

	sources llm.Sources
	sink    *sink           // of exportTo
	asked   map[string]bool // ids of the questions so far
}

func (j *judgeFlags) flags(a *app, cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&j.url, "judge", "", "let a language model decide too: `URL` of an OpenAI-compatible endpoint")
	f.StringVar(&j.cache, "judge-cache", "", "keep the answers of the model in `DIR`, and take them from there")
	f.DurationVar(&j.timeout, "judge-timeout", 5*time.Minute, "how long to wait for one answer")
	f.StringVar(&j.exportTo, "judge-export", "", "write the questions without an answer to `FILE` (JSON lines)")
	f.StringVar(&j.form, "judge-form", judgeForms[0], "form of the questions: plain, or batch for a batch API")
	f.StringVar(&j.importFrom, "judge-import", "", "read answers from `FILE` (JSON lines; - is standard input)")
	a.complete(cmd, "judge", nil)
	a.complete(cmd, "judge-timeout", nil)
	a.complete(cmd, "judge-form", judgeForms)
}

// judgeHelp is said in the help of every command with these flags.
const judgeHelp = `With --judge a language model decides too: any server that speaks the chat API
of OpenAI, such as a local one (http://localhost:11434/v1). ` + judgeModel + `
names the model, ` + judgeKey + ` holds the key if it needs one. It is asked
a few questions for each two parties, and can only choose among their claims or
quote words that stand in the statements. Where it is silent, our own judge's
word stands; where they differ, the reports say so. With --judge-cache the
answers are kept, and the next run asks nothing and gives the same result.
--judge-export writes the questions instead, for any model or person to answer
elsewhere, and --judge-import reads the answers.`

func (j *judgeFlags) wanted() bool {
	return j.url != "" || j.cache != "" || j.importFrom != "" || j.exportTo != ""
}

// open checks the flags, reads what is to be imported, and begins the export.
func (j *judgeFlags) open(a *app, inputs []string) error {
	if j.form != judgeForms[0] && j.form != judgeForms[1] {
		return usagef("unknown form %q, known are %s", j.form, strings.Join(judgeForms, ", "))
	}
	j.asked = map[string]bool{}
	model := os.Getenv(judgeModel)
	if j.url != "" {
		if model == "" {
			return usagef("--judge needs the name of a model; set %s", judgeModel)
		}
		if j.timeout <= 0 {
			return usagef("bad --judge-timeout %s; write one like 5m", j.timeout)
		}
		client, err := llm.NewClient(j.url, model, os.Getenv(judgeKey), j.timeout)
		if err != nil {
			return usagef("--judge: %s", err)
		}
		j.sources.Client = client
	}
	j.sources.Model = model
	if j.exportTo != "" && j.form == "batch" && model == "" {
		return usagef("--judge-form batch needs the name of a model; set %s", judgeModel)
	}
	if j.cache != "" {
		if info, err := os.Stat(j.cache); err == nil && !info.IsDir() {
			return usagef("--judge-cache %s is a file; name a folder", j.cache)
		}
		j.sources.Store = &llm.Store{Dir: j.cache}
	}
	if err := j.readImport(a); err != nil {
		return err
	}
	if j.exportTo != "" {
		var err error
		if j.sink, err = (&output{file: j.exportTo}).open(a, inputs); err != nil {
			return err
		}
	}
	return nil
}

func (j *judgeFlags) readImport(a *app) error {
	if j.importFrom == "" {
		return nil
	}
	in := a.in
	if j.importFrom != casefile.Stdin {
		f, err := os.Open(j.importFrom)
		if err != nil {
			return fmt.Errorf("%s: %w; check the path", j.importFrom, errors.Unwrap(err))
		}
		defer f.Close()
		in = f
	}
	replies, problems, err := llm.Import(j.importFrom, in)
	if err != nil {
		return err
	}
	for _, p := range problems {
		a.warn("%s", p)
	}
	if len(replies) == 0 {
		return fmt.Errorf("%s: no answer in it; see `counterclaim compare --help`", j.importFrom)
	}
	j.sources.Imported = replies
	return nil
}

// consult lets a language model, or who answers in its place, decide too.
func (j *judgeFlags) consult(ctx context.Context, a *app, r *compare.Result) error {
	if !j.wanted() {
		return nil
	}
	questions, err := llm.Questions(r.Dossier())
	if err != nil {
		return err
	}
	for _, q := range questions {
		j.asked[q.ID] = true
	}
	a.progress("asking %d questions", len(questions))
	answers, err := llm.Consult(ctx, questions, j.sources)
	a.progress("")
	if err != nil {
		if ctx.Err() == nil {
			err = fmt.Errorf("--judge: %w, or leave the judge to us", err)
		}
		return err
	}
	for _, p := range answers.Problems {
		a.warn("judge: %s", p)
	}
	if s := leftOut(answers.LeftOut); s != "" {
		a.warn("judge: left out of the answers: %s", s)
	}
	if n := len(answers.Open); n > 0 && j.exportTo == "" {
		a.warn("judge: %d of %d questions have no answer; our own judge decides there", n, len(questions))
	}
	if left := r.Heed(answers, compare.Options{}); len(left) > 0 {
		a.warn("judge: %d decisions cannot be applied, the first: %s", len(left), left[0])
	}
	if j.sink == nil {
		return nil
	}
	return llm.Export(j.sink, answers.Open, j.form == "batch", j.sources.Model)
}

// finish ends the export, and says which imported answers were of no use.
func (j *judgeFlags) finish(a *app, err error) error {
	stale := 0
	for _, r := range j.sources.Imported {
		if !j.asked[r.Question] {
			stale++
		}
	}
	if stale > 0 && err == nil {
		a.warn("judge: %d of %d imported answers are to other questions: the statements or the program changed", stale, len(j.sources.Imported))
	}
	if j.sink == nil {
		return err
	}
	return j.sink.finish(err)
}

func leftOut(l llm.LeftOut) string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{
		{l.Malformed, "not of the form asked for"},
		{l.Unknown, "on claims that were not asked about"},
		{l.Label, "with an unknown relation or kind"},
		{l.Repeated, "on a pair that was decided before"},
		{l.Quotes, "with words that do not stand in the statement"},
	} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	return strings.Join(parts, ", ")
}
