// Package casefile reads the description of a case: case.yaml in the folder
// of the case, or the [PARTY=]FILE arguments of a command line. What comes
// out is plain data; no statement is opened.
//
// The law of the package: every statement of a case loaded from a folder lies
// inside that folder, links followed, and outside its gold/ folder. A case
// cannot make the program read anything else.
package casefile

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

// FileName is the name of the description in the folder of a case.
const FileName = "case.yaml"

// Case is the description of a case.
type Case struct {
	Dir     string // what relative statement paths are relative to; empty: the working folder
	Title   string // empty if none was given
	Date    time.Time
	Parties []Party // in display order

	path  string // of case.yaml, for errors; empty for a case built from arguments
	lines struct{ parties int }
}

// Party is one of the speakers.
type Party struct {
	ID         string // [a-z0-9-]+, unique in the case
	Name       string // unique in the case
	Aliases    []string
	Statements []string // paths as written, with the part of the file behind a '#'; at least one
}

// File returns the path at which a statement of the case can be opened.
func (c *Case) File(statement string) string {
	if c.Dir == "" || statement == Stdin {
		return statement
	}
	return filepath.Join(c.Dir, filepath.FromSlash(statement))
}

// NeedTwo returns an error if the case has fewer than two parties: there is
// nothing to compare then.
func (c *Case) NeedTwo() error {
	if len(c.Parties) >= 2 {
		return nil
	}
	if c.path == "" {
		return &Error{What: "one party only: " + c.Parties[0].ID, Hint: "name a file of a second party, or read one statement with `counterclaim claims`"}
	}
	return &Error{Path: c.path, Line: c.lines.parties, What: "one party only", Hint: "add a second party: a comparison needs two"}
}

// Error says what is wrong with a case, where, and what to do about it.
type Error struct {
	Path string // file, or empty
	Line int    // from 1; 0 if the error is of no line
	What string
	Hint string // what to do
}

// Error is one line: "path:line: what; hint".
func (e *Error) Error() string {
	var b strings.Builder
	if e.Path != "" {
		b.WriteString(e.Path)
		if e.Line > 0 {
			fmt.Fprintf(&b, ":%d", e.Line)
		}
		b.WriteString(": ")
	}
	b.WriteString(e.What)
	if e.Hint != "" {
		b.WriteString("; ")
		b.WriteString(e.Hint)
	}
	return b.String()
}
