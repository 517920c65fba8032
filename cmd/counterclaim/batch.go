package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"counterclaim/compare/casefile"
	"counterclaim/compare/corpus"
	"counterclaim/compare/grouping"
	"counterclaim/nlp/read"
	"counterclaim/reports/batch"
	"counterclaim/reports/dataset"
	"counterclaim/reports/wording"
)

func (a *app) batchCommand() *cobra.Command {
	var o batch.Options
	var layout corpus.Options
	var shard string
	var window int
	cmd := &cobra.Command{
		Use:   "batch CORPUS -o FOLDER",
		Short: "Compare a whole corpus, case by case, into tables",
		Long: `Batch compares every case of a corpus and writes tables: statements, claims,
pairs, rows, and versions (what a party changed from one statement to the
next), as Parquet and as JSON lines, with a datapackage.json that documents
every column.

CORPUS is one of

    a folder of cases     folders with a case.yaml (see counterclaim compare)
    a folder of files     party, date, title, address, case and id of each stand
                          in its front matter, or in its path by a --pattern
                          such as {party}/{date}-{title}, or in a manifest.csv
                          (.tsv, .jsonl, .parquet) with a column path
    a table               CSV, JSON lines or Parquet with the columns party and
                          text (or path), and id, date, title, address, case;
                          - reads one from standard input

Statements without a case are put together by the names, places, dates and
words that they share (--alike, --window, --most), and near-copies of one text
count as one voice; the table statements says why each is where it is.

A record that cannot be used is set aside in rejected.jsonl, with its place and
the reason, and the run goes on.

A run that was ended in any way goes on where it stopped when the same command
is given again; the result is the same, byte for byte. What is done is kept in
FOLDER/parts: delete it when you need the space and not the next run. When the
corpus has grown, only what is new is compared.

--shard 1/4 makes a quarter of the parts, for four machines on one folder, or
with folders that are copied together; then run once without it.`,
		Example: `  counterclaim batch cases -o results
  counterclaim batch speeches.csv --column party=speaker --column text=speech -o results
  counterclaim batch cases --limit 10 --format jsonl -o trial`,
		Args: func(_ *cobra.Command, args []string) error {
			switch len(args) {
			case 0:
				return usagef("no corpus; write `counterclaim batch CORPUS -o FOLDER`")
			case 1:
				return nil
			}
			return usagef("one argument too many: %q; write `counterclaim batch CORPUS -o FOLDER`", args[1])
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Group.Window = time.Duration(window) * 24 * time.Hour
			if err := checkBatch(&o, shard); err != nil {
				return err
			}
			return a.batch(cmd.Context(), args[0], layout, o)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&o.Dir, "output", "o", "", "write into `FOLDER`")
	f.StringSliceVar(&o.Formats, "format", dataset.Formats, "`FORMATS` of the tables")
	f.StringToStringVar(&layout.Columns, "column", nil, "`FIELD=NAME`: a field has another name in the table or front matter")
	f.StringVar(&layout.Pattern, "pattern", "", "`PATTERN` of the files' paths, without ending: {party}/{date}-{title}")
	f.StringVar(&layout.Files, "files", "", "`FOLDER` that the paths in a table are relative to (default: that of the table)")
	f.IntVar(&o.Workers, "workers", 0, "parts made at once (default: one for each processor)")
	f.Var(batchLimit{&o.Limit, limitValue{&a.limits}}, "limit", "read only the first `N` statements; or NAME=VALUE: what of each is read at most (see counterclaim --help)")
	f.StringVar(&shard, "shard", "", "`I/N`: make only the I-th of N shares of the parts, and no tables")
	f.Float64Var(&o.Group.Alike, "alike", grouping.DefaultAlike, "least similarity of a statement to the case that it is put into, above 0 to 1")
	f.IntVar(&window, "window", int(grouping.DefaultWindow.Hours()/24), "`DAYS` after which a statement begins another case")
	f.IntVar(&o.Group.Most, "most", grouping.DefaultMost, "most voices of a case that is put together; what comes later begins another")
	a.complete(cmd, "format", dataset.Formats)
	for _, flag := range []string{"column", "pattern", "workers", "limit", "shard", "alike", "window", "most"} {
		a.complete(cmd, flag, nil)
	}
	return cmd
}

// batchLimit is --limit, which for batch may also be a number of statements.
type batchLimit struct {
	statements *int
	each       limitValue
}

func (b batchLimit) String() string { return "" }

func (b batchLimit) Type() string { return "N" }

func (b batchLimit) Set(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil {
		return b.each.Set(text)
	}
	if n < 1 {
		return fmt.Errorf("choose 1 or more")
	}
	*b.statements = n
	return nil
}

func checkBatch(o *batch.Options, shard string) error {
	switch {
	case o.Dir == "":
		return usagef("no folder for the results; write `counterclaim batch CORPUS -o FOLDER`")
	case o.Dir == "-":
		return usagef("the results are several files; name a folder for them: -o FOLDER")
	case o.Workers < 0:
		return usagef("bad --workers %d; choose 1 or more", o.Workers)
	case o.Group.Alike <= 0 || o.Group.Alike > 1:
		return usagef("bad --alike %g; choose one above 0, up to 1", o.Group.Alike)
	case o.Group.Window <= 0 || o.Group.Window > 100_000*24*time.Hour:
		return usagef("bad --window; choose 1 to 100000 days")
	case o.Group.Most < 2:
		return usagef("bad --most %d; choose 2 or more", o.Group.Most)
	case len(o.Formats) == 0:
		return usagef("no --format; known are %s", strings.Join(dataset.Formats, ", "))
	}
	for _, format := range o.Formats {
		if !slices.Contains(dataset.Formats, format) {
			hint := ""
			if near := casefile.Nearest(format, dataset.Formats); near != "" {
				hint = fmt.Sprintf("; did you mean %q?", near)
			}
			return usagef("unknown format %q, known are %s%s", format, strings.Join(dataset.Formats, ", "), hint)
		}
	}
	if shard == "" {
		return nil
	}
	i, n, ok := strings.Cut(shard, "/")
	var errI, errN error
	o.Shard, errI = strconv.Atoi(i)
	o.Shards, errN = strconv.Atoi(n)
	if !ok || errI != nil || errN != nil || o.Shard < 1 || o.Shard > o.Shards {
		return usagef("bad --shard %q; write I/N with I from 1 to N: 1/4", shard)
	}
	return nil
}

// batch compares a corpus.
func (a *app) batch(ctx context.Context, path string, layout corpus.Options, o batch.Options) error {
	layout.Limits = a.limits
	c, err := corpus.Open(path, a.in, layout)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }() // it was only read
	if info, err := os.Stat(path); err == nil && info.IsDir() && batch.Inside(o.Dir, path) {
		return usagef("-o %s is in the corpus; name a folder outside it", o.Dir)
	}
	if o.Program, err = program(); err != nil {
		return err
	}
	if limits := a.limits.Filled(); limits != read.DefaultLimits {
		o.Program += fmt.Sprintf(" %+v", limits) // what was left out with other limits is read again
	}
	o.Version, o.Title = version(), filepath.Base(filepath.Clean(path))
	if path == corpus.Stdin {
		o.Title = ""
	}
	o.Shape = map[string]string{"alike": fmt.Sprint(o.Group.Alike), "window": fmt.Sprintf("%.0f days", o.Group.Window.Hours()/24), "most": fmt.Sprint(o.Group.Most)}
	o.Progress = a.batchProgress()
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		// Little is kept from case to case, and much thrown away: collecting it
		// less often, while there is room, saves a tenth of the time.
		defer debug.SetGCPercent(debug.SetGCPercent(300))
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(500 << 20))
	}
	done, err := batch.Run(ctx, c, o)
	a.progress("")
	if err != nil {
		if errors.Is(err, context.Canceled) {
			// What is done is kept, unlike with the other commands.
			return fmt.Errorf("interrupted; what is done is kept in %s: run the same command again to go on", o.Dir)
		}
		return cannotWriteIn(o.Dir, err)
	}
	if done.Rejected > 0 {
		a.warn("%s set aside: see %s", wording.Count(done.Rejected, "record"), filepath.Join(o.Dir, "rejected.jsonl"))
	}
	what := fmt.Sprintf("%s in %s", wording.Count(done.Statements, "statement"), wording.Count(done.Cases, "case"))
	switch {
	case !done.Finished:
		a.note("share %d of %d is done: %d of %s; when all are, run without --shard", o.Shard, o.Shards, done.Made+done.Reused, what)
	case done.Reused > 0:
		a.note("%s, of which %d were compared before: see %s", what, done.Reused, filepath.Join(o.Dir, dataset.PackageFile))
	default:
		a.note("%s: see %s", what, filepath.Join(o.Dir, dataset.PackageFile))
	}
	return nil
}

// note writes a line to standard error, unless the user wants quiet.
func (a *app) note(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.err, "counterclaim: %s\n", fmt.Sprintf(format, args...))
	}
}

// program identifies what makes the parts of a corpus: a released version by
// its name, which is the same on all machines, anything else by its bytes.
func program() (string, error) {
	v := version()
	if strings.HasPrefix(v, "v") && !strings.Contains(v, "+dirty") {
		return v, nil
	}
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// batchProgress shows a bar with rate and time left, a few times a second.
func (a *app) batchProgress() func(batch.Progress) {
	var last time.Time
	return func(p batch.Progress) {
		if time.Since(last) < 200*time.Millisecond && p.Done < p.Total {
			return
		}
		last = time.Now()
		a.progress("%s", bar(p))
	}
}

// bar is a line such as
// "comparing [#####---------------] 25% 2,500 of 10,000, 85/s, 1m28s left".
func bar(p batch.Progress) string {
	what := "statements"
	if p.Stage == batch.Assembling {
		what = "parts"
	}
	if p.Total == 0 {
		return fmt.Sprintf("%s %d %s", p.Stage, p.Done, what)
	}
	const width = 20
	full := width * p.Done / p.Total
	line := fmt.Sprintf("%s [%s%s] %d%% %d of %d %s", p.Stage, strings.Repeat("#", full), strings.Repeat("-", width-full), 100*p.Done/p.Total, p.Done, p.Total, what)
	if p.Fresh == 0 || p.Since < time.Second || p.Stage == batch.Assembling {
		return line
	}
	rate := float64(p.Fresh) / p.Since.Seconds()
	left := time.Duration(float64(p.Total-p.Done) / rate * float64(time.Second)).Round(time.Second)
	return fmt.Sprintf("%s, %.1f/s, %s left", line, rate, left)
}
