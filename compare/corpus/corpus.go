// Package corpus reads many statements of many parties: a folder of cases, a
// folder of files with metadata, or a table. What comes out is a sequence of
// statements, read one at a time, so that a corpus need not fit in memory; and
// a case of them, compared.
//
// The laws of the package: a bad record is an error of its own and does not
// end the sequence; no record makes the program open a file outside the folder
// of the corpus; the sequence is the same every time.
package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"counterclaim/compare/casefile"
	"counterclaim/nlp/read"
)

// Party is who speaks.
type Party struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"`
}

// Case is the events that statements are about.
type Case struct {
	ID    string    `json:"id"`
	Title string    `json:"title,omitempty"`
	Date  time.Time `json:"date,omitzero"`
}

// Statement is a record of a corpus: what is known of a statement before it is
// read.
type Statement struct {
	ID      string    `json:"id"` // unique in the corpus
	Case    Case      `json:"case"`
	Party   Party     `json:"party"`
	Date    time.Time `json:"date,omitzero"`
	Title   string    `json:"title,omitempty"`
	Address string    `json:"address,omitempty"`
	Path    string    `json:"path,omitempty"` // of its file, relative to the folder of the corpus, with slashes
	Text    string    `json:"text,omitempty"` // where it has no file
	SHA256  string    `json:"sha256"`         // of the file or the text
	Where   string    `json:"where"`          // file and line, or record, for messages

	Voice    string    `json:"voice,omitempty"` // ID of the statement that it is a copy of; empty or its own ID if of none
	Grouping *Grouping `json:"grouping,omitempty"`
}

// Grouping says why a statement was put into its case.
type Grouping struct {
	Nearest    string   `json:"nearest"` // ID of the statement of the case that it is most like
	Similarity float64  `json:"similarity"`
	Shared     []string `json:"shared"` // names, places, dates and words, strongest first
}

// RecordError is a record that cannot be used. It does not end a sequence.
type RecordError struct {
	Where  string // file and line, or record
	ID     string // of the statement, where known
	Reason string // what is wrong, and what to do
	Record any    // as read, where it could be
}

// Error is one line: "where: reason".
func (r *RecordError) Error() string { return r.Where + ": " + r.Reason }

// Options say how a corpus is laid out. The zero value serves a folder of
// cases, and tables and front matter that use the names of the fields.
type Options struct {
	Columns map[string]string // field -> name of its column in tables, of its key in front matter
	Pattern string            // of file names, such as "{party}/{date}-{title}"
	Files   string            // folder that the paths of a table are relative to; empty: that of the table
	Limits  read.Limits       // of each statement
}

// Fields lists what can be said of a statement, in a column or a key of each.
var Fields = []string{"id", "case", "party", "date", "title", "address", "text", "path"}

// Stdin is the name that means standard input.
const Stdin = "-"

// Corpus is an opened corpus.
type Corpus struct {
	// Grouped says that the statements come with their cases.
	Grouped bool
	// Ordered says that the statements of a case come in the order in which
	// they are to be shown; otherwise it is that of parties, dates and IDs.
	Ordered bool
	// Inputs are the files that describe the corpus; no output may replace
	// them.
	Inputs []string

	all    iter.Seq2[*Statement, error]
	root   *os.Root // the files; nil if there are none
	limits read.Limits
}

// Close closes the folder of the corpus.
func (c *Corpus) Close() error {
	if c.root == nil {
		return nil
	}
	return c.root.Close()
}

// Open opens a folder or a table. Errors say what is wrong with the corpus as
// a whole.
func Open(path string, stdin io.Reader, o Options) (*Corpus, error) {
	for field := range o.Columns {
		if !known(field) {
			return nil, fmt.Errorf("unknown field %q; known are %s", field, strings.Join(Fields, ", "))
		}
	}
	c, err := open(path, stdin, o)
	if err == nil {
		c.limits = o.Limits.Filled()
	}
	return c, err
}

func open(path string, stdin io.Reader, o Options) (*Corpus, error) {
	if path == Stdin {
		return openStream(stdin, o)
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: no such file or folder; check the path", path)
	case err != nil:
		return nil, fmt.Errorf("%s: cannot be opened: %w; check the path and its permissions", path, errors.Unwrap(err))
	case info.IsDir():
		return openFolder(path, o)
	default:
		return openTable(path, o)
	}
}

func known(field string) bool {
	for _, f := range Fields {
		if f == field {
			return true
		}
	}
	return false
}

// All reads the statements. An error that is a *RecordError is of one record;
// any other is the last of the sequence.
func (c *Corpus) All() iter.Seq2[*Statement, error] {
	return func(yield func(*Statement, error) bool) {
		seen := map[string]string{} // ID -> where
		for s, err := range c.all {
			if err == nil {
				err = c.complete(s, seen)
			}
			var bad *RecordError
			if err != nil {
				s = nil
			}
			if !yield(s, err) || (err != nil && !errors.As(err, &bad)) {
				return
			}
		}
	}
}

// complete checks a statement and adds the hash of its contents.
func (c *Corpus) complete(s *Statement, seen map[string]string) error {
	if before, twice := seen[s.ID]; twice {
		return &RecordError{Where: s.Where, ID: s.ID, Reason: fmt.Sprintf("a second statement with id %q (the first: %s); give each an id of its own", s.ID, before)}
	}
	seen[s.ID] = s.Where
	data := []byte(s.Text)
	if s.Path != "" {
		var err error
		if data, err = c.file(s.Path); err != nil {
			return &RecordError{Where: s.Where, ID: s.ID, Reason: err.Error()}
		}
	}
	sum := sha256.Sum256(data)
	s.SHA256 = hex.EncodeToString(sum[:])
	return nil
}

// file reads a file of the corpus.
func (c *Corpus) file(path string) ([]byte, error) {
	if c.root == nil {
		return nil, fmt.Errorf("the file %s is not in the folder of the corpus; name its folder with --files", path)
	}
	f, err := c.root.Open(filepath.FromSlash(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no file %s in the folder of the corpus; correct the path, or put the file there", path)
	}
	if err != nil {
		var cause *fs.PathError
		if errors.As(err, &cause) {
			err = cause.Err
		}
		return nil, fmt.Errorf("the file %s cannot be opened: %w", path, err)
	}
	defer f.Close()
	limit := c.limits.Bytes
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no ordinary file; name a file with one statement", path)
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, fmt.Errorf("the file %s cannot be read: %w", path, err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("the file %s is larger than %d MiB; is it one statement?", path, limit>>20)
	}
	return data, nil
}

// Read reads the text of a statement, which must be what it was when the
// corpus was listed. An error is a *RecordError.
func (c *Corpus) Read(s *Statement) (text *read.Text, err error) {
	reject := func(reason string) error { return &RecordError{Where: s.Where, ID: s.ID, Reason: reason} }
	// A library that reads a format may fail on a broken file; that costs the
	// statement, not the run.
	defer func() {
		if p := recover(); p != nil {
			text, err = nil, reject(fmt.Sprintf("cannot be read: %v; save it again in its program, or as plain text", p))
		}
	}()
	name, data := "text", []byte(s.Text)
	if s.Path != "" {
		name = s.Path
		if data, err = c.file(s.Path); err != nil {
			return nil, reject(err.Error())
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != s.SHA256 {
			return nil, reject("the file changed while the corpus was read; run again")
		}
	}
	if text, err = read.ReadLimited(name, data, c.limits); err != nil {
		reason := err.Error()
		var in *read.InputError
		if errors.As(err, &in) {
			reason = in.Problem
			if in.Line > 0 {
				reason = fmt.Sprintf("line %d: %s", in.Line, reason)
			}
			if in.Hint != "" {
				reason += "; " + in.Hint
			}
		}
		return nil, reject(reason)
	}
	if !s.Date.IsZero() {
		text.Date = s.Date // what the corpus says of a statement is surer than what is found in it
	}
	if s.Title != "" {
		text.Title = s.Title
	}
	return text, nil
}

// partyOf makes a party of a name.
func partyOf(name string) Party { return Party{ID: casefile.Slug(name), Name: name} }

// clean puts a name or an id on one line.
func clean(s string) string { return strings.Join(strings.Fields(s), " ") }

// errBadDate is a date in a form that is not read.
var errBadDate = errors.New("write year, month and day: 2031-05-04")

// parseDate reads a day, or the day of a time stamp.
func parseDate(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.DateOnly, "20060102", "2006/01/02", time.RFC3339, time.RFC3339Nano, "2006-01-02T15:04:05", time.DateTime} {
		if t, err := time.Parse(layout, s); err == nil {
			return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), nil
		}
	}
	return time.Time{}, fmt.Errorf("bad date %q; %w", s, errBadDate)
}
