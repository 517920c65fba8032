package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"counterclaim/compare/casefile"
	"counterclaim/nlp/read"
)

// The exit codes. Outside tools rely on them.
const (
	exitDone   = 0
	exitFailed = 1 // could not do it: a file is missing, unreadable, wrong
	exitUsage  = 2 // wrong command line
)

// app is what all subcommands share.
type app struct {
	in       io.Reader
	out, err io.Writer

	quiet bool
	width int // 0: that of the terminal, or 80

	limits read.Limits // of a file; zeros are the defaults

	train []string // of eval: the files that a task's last layer is fitted to first
	save  string   // of eval: where that layer is written
}

// run is the whole program. Results go to out, progress, warnings and errors
// to errOut; it returns the exit code.
func run(args []string, in io.Reader, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	a := &app{in: in, out: out, err: errOut}
	root := a.rootCommand()
	root.SetArgs(append([]string{}, args...)) // nil would mean os.Args
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		err = errors.New("interrupted; nothing was written")
	}
	fmt.Fprintf(errOut, "counterclaim: %s\n", strings.ReplaceAll(err.Error(), "\n", " "))
	var usage *usageError
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailed
}

// usageError is a wrong command line.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "counterclaim",
		Short: "Set what several parties say side by side, claim by claim",
		Long: `counterclaim reads what several parties said about the same events, cuts every
statement into claims, and sets the parties side by side: where they agree,
where they conflict and why, where they name one thing in rival words, and
what one of them alone says.

It reports what was said, never who is right. Every line of every output
points back to the statement's own words.`,
		Example: `  counterclaim compare crash
  counterclaim compare Velmora=velmora.txt Ostrava=ostrava.md -o report.html
  counterclaim claims velmora.txt`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs, // so that RunE names the unknown command
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				cmd.SetOut(a.err)
				if err := cmd.Help(); err != nil {
					return err
				}
				return usagef("no command; begin with `counterclaim compare CASE`")
			}
			var names []string
			for _, c := range cmd.Commands() {
				names = append(names, c.Name())
			}
			if near := casefile.Nearest(args[0], names); near != "" {
				return usagef("unknown command %q; did you mean %q?", args[0], near)
			}
			return usagef("unknown command %q; see `counterclaim --help`", args[0])
		},
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usagef("%s; see `%s --help`", strings.ReplaceAll(err.Error(), "\n", " "), cmd.CommandPath())
	})
	flags := root.PersistentFlags()
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "no progress and no warnings, only errors")
	flags.IntVar(&a.width, "width", 0, "columns of a table (default: the terminal's, else 80)")
	a.complete(root, "width", nil)
	flags.Var(limitValue{&a.limits}, "limit", "what is read at most: size=64M, unpacked=256M, ratio=200, pages=2000, words=300000, nesting=256, time=1m")
	a.complete(root, "limit", nil)
	root.AddCommand(
		a.compareCommand(),
		a.claimsCommand(),
		a.batchCommand(),
		a.exerciseCommand(),
		a.statsCommand(),
		a.evalCommand(),
		a.serveCommand(),
		a.agreementCommand(),
		a.exportCommand(),
		a.explainCommand(),
		a.schemaCommand(),
		a.versionCommand(),
	)
	return root
}

// atLeastOne and atMost check the number of arguments.
func atLeastOne(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usagef("no %s; write `%s`", what, cmd.UseLine())
		}
		return nil
	}
}

func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return usagef("one argument too many: %q; write `%s`", args[n], cmd.UseLine())
		}
		return nil
	}
}

// warn writes a line to standard error, unless the user wants quiet.
func (a *app) warn(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.err, "counterclaim: warning: %s\n", fmt.Sprintf(format, args...))
	}
}

// progress shows what is being done, on a terminal only; an empty text wipes
// the line.
func (a *app) progress(format string, args ...any) {
	if a.quiet || !isTerminal(a.err) {
		return
	}
	text := fmt.Sprintf(format, args...)
	if columns := terminalWidth(a.err); columns > 0 && len(text) >= columns {
		text = text[:columns-1]
	}
	fmt.Fprintf(a.err, "\r\033[K%s", text)
}

// columns is the width of a table.
func (a *app) columns() (int, error) {
	const least, most = 40, 1000
	switch {
	case a.width < 0 || a.width > most || (a.width > 0 && a.width < least):
		return 0, usagef("bad width %d; choose one from %d to %d", a.width, least, most)
	case a.width > 0:
		return a.width, nil
	}
	if n := terminalWidth(a.out); n > 0 {
		return min(max(n, least), most), nil
	}
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n >= least && n <= most {
		return n, nil
	}
	return 80, nil
}

// color says whether a table on standard output may be coloured: see
// https://no-color.org.
func (a *app) color() bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(a.out)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func terminalWidth(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok {
		return 0
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return columns
}
