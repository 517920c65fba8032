package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/user"
	"path/filepath"

	"github.com/spf13/cobra"

	"counterclaim/compare"
	"counterclaim/compare/review"
	"counterclaim/reports/web"
)

func (a *app) serveCommand() *cobra.Command {
	var port int
	var name string
	var judge judgeFlags
	cmd := &cobra.Command{
		Use:   "serve CASE",
		Short: "Review and correct a comparison in the browser",
		Long: `Serve compares a case and shows it on a page of this machine: the statements
side by side, with every pair to accept, reject or change, missing pairs to add
by marking words, and claims to correct. Open the address that it prints; end
it with Ctrl-C.

What is decided is added to CASE/review.jsonl at once, with who, when and why.
From then on every report of the case uses it and marks it as a person's. It
holds when the statements are edited: a decision whose words cannot be found
any more is kept, and listed.

The page is only for this machine (127.0.0.1), and only for who knows the
address, which holds a secret.`,
		Example:           `  counterclaim serve crash --name Ada`,
		Args:              cobra.MatchAll(atLeastOne("case"), atMost(1)),
		ValidArgsFunction: completeCases,
		RunE: func(cmd *cobra.Command, args []string) error {
			if port < 0 || port > 65535 {
				return usagef("bad --port %d; choose one from 1 to 65535, or 0 for any", port)
			}
			described, err := openCase(args)
			if err != nil {
				return err
			}
			if described.Dir == "" {
				return usagef("%s is a statement; name the folder of a case: its decisions are kept there", args[0])
			}
			if err := described.NeedTwo(); err != nil {
				return err
			}
			path := filepath.Join(described.Dir, review.FileName)
			log, err := review.Open(path)
			if err != nil {
				return fmt.Errorf("cannot open %s: %w", path, unwrapped(err))
			}
			if err := judge.open(a, statementFiles(described)); err != nil {
				return err
			}
			c, err := a.readCase(cmd.Context(), described)
			if err != nil {
				return judge.finish(a, err)
			}
			r, err := compare.Compare(cmd.Context(), c, compare.Options{})
			if err != nil {
				return judge.finish(a, err)
			}
			if err := judge.finish(a, judge.consult(cmd.Context(), a, r)); err != nil {
				return err
			}
			server, err := web.New(r, log, web.Options{Who: name})
			if err != nil {
				return err
			}
			l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
			if err != nil {
				return fmt.Errorf("port %d of this machine cannot be used: %w; choose another with --port", port, unwrapped(err))
			}
			fmt.Fprintf(a.out, "Open %s\n", server.Address(l))
			return server.Serve(cmd.Context(), l)
		},
	}
	cmd.Flags().IntVar(&port, "port", 0, "port on this machine (default: any that is free)")
	cmd.Flags().StringVar(&name, "name", userName(), "your name, which goes with every decision (default: that of your account)")
	cmd.Flags().Lookup("name").DefValue = "" // the help is the same on every machine
	judge.flags(a, cmd)
	a.complete(cmd, "port", nil)
	a.complete(cmd, "name", nil)
	return cmd
}

// userName is what the machine calls who runs the program.
func userName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return os.Getenv("USER")
}

// unwrapped is the cause of an error of a file or a connection.
func unwrapped(err error) error {
	var file *fs.PathError
	var connection *net.OpError
	switch {
	case errors.As(err, &file):
		return file.Err
	case errors.As(err, &connection):
		return connection.Err
	}
	return err
}
