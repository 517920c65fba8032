// Package lines is what the reader of a format hands to package read: the
// lines of a document in reading order, each with what the format says of
// it. What a line is in a statement (letterhead, heading, signature) is for
// package read to find, the same way for every format.
package lines

import (
	"strconv"
	"time"
)

// Document is a file taken apart.
type Document struct {
	Lines      []Line
	Paragraphs bool      // Line.Number counts paragraphs, not lines
	Title      string    // as the format declares it for readers; empty if it does not
	Author     string    // the same
	Address    string    // where the document was published, a URL
	Date       time.Time // when it was published or sent; zero if not declared
	Skipped    []string  // parts that could not be read, each with the reason
}

// Join says how a line belongs to the line above.
type Join int

// The ways a line belongs to the line above.
const (
	New   Join = iota // begins a paragraph
	Goes              // goes on with the paragraph of the line above
	Guess             // a line break that may be either
)

// Run is the bytes [Start, End) of Line.Text.
type Run struct{ Start, End int }

// Line is one line of a document, or one paragraph where the format has no
// lines of its own.
type Line struct {
	Text   string // UTF-8, without markup and line feeds; cells of a table row are parted by " | "
	Page   int    // from 1; 0 where the format has no pages
	Number int    // of the line on its page, or of the line or paragraph in the document, from 1
	Join   Join
	Gap    bool   // white space above
	Level  int    // of a heading, 1 highest; 0: no heading
	Indent int    // of a list item, two for each level
	Bullet bool   // a list item without a number
	Marker string // the number or bullet of a list item or the label of a footnote, not in Text
	Quote  bool   // set off as a quotation
	Cells  bool   // a row of a table
	Note   bool   // of a footnote
	Front  bool   // of the frame around a document, such as a header field of a mail
	Rule   bool   // a line across the page; Text is empty
	Bold   Run    // the first run of bold text
	Italic Run    // the first run of italic text
}

// NotesLast moves footnotes behind the text.
func NotesLast(all []Line) []Line {
	out := make([]Line, 0, len(all))
	for _, note := range []bool{false, true} {
		for _, l := range all {
			if l.Note == note {
				out = append(out, l)
			}
		}
	}
	return out
}

// Limits bound what is read. A zero field means its default.
type Limits struct {
	Bytes    int64         // largest file, in bytes
	Unpacked int64         // most bytes that the parts of a file may unpack to, together
	Ratio    int64         // most bytes that one packed byte may unpack to
	Pages    int           // most pages
	Words    int           // most words of one statement
	Nesting  int           // deepest nesting of elements, groups or attachments
	Time     time.Duration // longest time for one document
}

// Default are the limits where none are set.
var Default = Limits{Bytes: 64 << 20, Unpacked: 256 << 20, Ratio: 200, Pages: 2000, Words: 300_000, Nesting: 256, Time: time.Minute}

// Filled returns the limits with defaults in place of zeros.
func (l Limits) Filled() Limits {
	if l.Bytes <= 0 {
		l.Bytes = Default.Bytes
	}
	if l.Unpacked <= 0 {
		l.Unpacked = Default.Unpacked
	}
	if l.Ratio <= 0 {
		l.Ratio = Default.Ratio
	}
	if l.Pages <= 0 {
		l.Pages = Default.Pages
	}
	if l.Words <= 0 {
		l.Words = Default.Words
	}
	if l.Nesting <= 0 {
		l.Nesting = Default.Nesting
	}
	if l.Time <= 0 {
		l.Time = Default.Time
	}
	return l
}

// Error says why a file cannot be read and what to do about it.
type Error struct{ Problem, Hint string }

// Error is one line: "problem; hint".
func (e *Error) Error() string { return e.Problem + "; " + e.Hint }

// Damaged is the error of a file that does not hold to its format.
func Damaged(format string, err error) error {
	problem := "damaged " + format
	if err != nil {
		problem += ": " + oneLine(err.Error())
	}
	return &Error{problem, "open it in the program that made it and save it anew"}
}

// TooMuch is the error of a file that goes beyond a limit. The name is that
// of the limit for users.
func TooMuch(what string, limit int64, name string) error {
	value := strconv.FormatInt(limit, 10)
	if name == "time" {
		value += "s"
	}
	return &Error{what + ": the limit is " + value, "split the file, or raise the limit with --limit " + name + "=..."}
}

// oneLine keeps an error message of a library to one short line.
func oneLine(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if r < ' ' || r == 0x7F {
			r = ' '
		}
		if out = append(out, r); len(out) == 160 {
			out = append(out, '…')
			break
		}
	}
	return string(out)
}
