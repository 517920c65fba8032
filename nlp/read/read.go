// Package read turns the bytes of a file into canonical text and blocks.
//
// The canonical text is what every byte offset of the product refers to:
// UTF-8 without markup, one "\n\n" between blocks, one space between words.
// Block[Start:End] are bytes of it, Source leads back to the file. The law
// of the package: no letter or digit of a statement is lost except in
// repeated page headers and footers, page numbers, footnote marks in the
// running text, and the numbers of list items, which move to Block.Marker.
package read

import (
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"
)

// Kind says what a block is in the layout of a statement.
type Kind string

// The kinds of block.
const (
	Letterhead Kind = "letterhead" // sender, addressee, symbols, dates, salutation
	Heading    Kind = "heading"
	Paragraph  Kind = "paragraph" // also a numbered paragraph; its number is the Marker
	ListItem   Kind = "list_item"
	Table      Kind = "table"     // a whole table: rows end in "\n", cells are joined by " | "
	Quotation  Kind = "quotation" // set off by '>'
	Signature  Kind = "signature" // closing formula, name, title, contact lines
	Footnote   Kind = "footnote"
	Rule       Kind = "rule" // a line across the page, or "ENDS"
)

// Span is the bytes [Start, End) of Text.Canonical.
type Span struct{ Start, End int }

// Block is one piece of layout; Start and End are bytes of Text.Canonical.
// Blocks are in order and do not overlap; only rules may be empty.
type Block struct {
	Kind       Kind
	Level      int // of a heading (1 highest, 0 not given) or a nested list item; 0 otherwise
	Start, End int
	Marker     string // the number or bullet of a list item, numbered paragraph, heading or footnote, such as "1.", "(a)", "-"; not in the text
	RunIn      Span   // heading at the start of a paragraph, such as "CONDITIONS."; empty if none
}

// Text is a file as read.
type Text struct {
	Canonical string
	Blocks    []Block
	Source    Source
	Title     string    // the words that name the statement; empty if none was found
	Date      time.Time // the date the statement carries, midnight UTC; zero if none was found
}

// Limits bound what is read.
type Limits struct {
	Bytes int64 // largest file, in bytes; 0 means DefaultLimits.Bytes
}

// DefaultLimits are the limits of Read.
var DefaultLimits = Limits{Bytes: 64 << 20}

// InputError says what is wrong with an input, where, and what to do.
type InputError struct {
	Path    string
	Line    int // 1-based; 0 when the problem is not on a line
	Problem string
	Hint    string
}

// Error is one line: "path:line: problem; hint".
func (e *InputError) Error() string {
	var b strings.Builder
	b.WriteString(e.Path)
	if e.Line > 0 {
		b.WriteByte(':')
		b.WriteString(strconv.Itoa(e.Line))
	}
	b.WriteString(": ")
	b.WriteString(e.Problem)
	if e.Hint != "" {
		b.WriteString("; ")
		b.WriteString(e.Hint)
	}
	return b.String()
}

// ReadFile reads a file of the file system. The size is looked at before the
// contents, so that a huge file fails at once. Errors are *InputError.
func ReadFile(path string, limits Limits) (*Text, error) {
	if limits.Bytes <= 0 {
		limits.Bytes = DefaultLimits.Bytes
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	if info.IsDir() {
		return nil, &InputError{Path: path, Problem: "this is a folder, not a statement", Hint: "name a .txt or .md file"}
	}
	if !info.Mode().IsRegular() {
		return nil, &InputError{Path: path, Problem: "this is not a regular file", Hint: "name a .txt or .md file"}
	}
	if info.Size() > limits.Bytes {
		return nil, tooLarge(path, info.Size(), limits.Bytes)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	return Read(path, data)
}

// Read turns the bytes of a file into text and blocks. The name is used in
// error messages and, by its ending, as a hint of the format; whether the
// file is Markdown or plain text is otherwise told by its contents. Errors
// are *InputError.
func Read(name string, data []byte) (*Text, error) {
	if int64(len(data)) > DefaultLimits.Bytes {
		return nil, tooLarge(name, int64(len(data)), DefaultLimits.Bytes)
	}
	decoded, toFile, err := decode(name, data)
	if err != nil {
		return nil, err
	}
	lines := splitLines(decoded)
	parse := parsePlain
	markdown := looksMarkdown(name, decoded, lines)
	if markdown {
		parse = parseMarkdown
	}
	lines, visible := parse(decoded, lines)
	drafts := layOut(visible.text, lines, markdown)
	text := write(visible, drafts)
	text.Source.decoded(decoded, toFile)
	text.entitle()
	text.Date = date(text)
	if !hasWord(text.Canonical) {
		return nil, empty(name)
	}
	return text, nil
}

func empty(name string) error {
	return &InputError{Path: name, Problem: "no text in this file", Hint: "a statement needs at least one sentence"}
}

func tooLarge(path string, size, limit int64) error {
	return &InputError{
		Path:    path,
		Problem: "too large: " + strconv.FormatInt(size, 10) + " bytes, the limit is " + strconv.FormatInt(limit, 10),
		Hint:    "split the file into its statements",
	}
}

func fileError(path string, err error) error {
	problem, hint := "cannot be read", "check the file"
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		problem += ": " + pathError.Err.Error()
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		problem, hint = "no such file", "check the name"
	case errors.Is(err, fs.ErrPermission):
		problem, hint = "not allowed to read this file", "check its permissions"
	}
	return &InputError{Path: path, Problem: problem, Hint: hint}
}
