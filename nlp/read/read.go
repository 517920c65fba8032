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
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"counterclaim/nlp/read/lines"
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
	// Boilerplate is what stands the same under everything that somebody
	// publishes: about the sender, whom to ask, warnings of lawyers.
	Boilerplate Kind = "boilerplate"
	Footnote    Kind = "footnote"
	Rule        Kind = "rule" // a line across the page, or "ENDS"
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
	Author    string    // as the file declares it, such as the sender of a mail; empty if it does not
	Address   string    // where a web page was published; empty if it does not say
	Skipped   []string  // parts of the file that could not be read, each with the reason
	Speeches  []Speech  // annexes in which somebody else speaks, in order
}

// Limits bound what is read. A zero field means its default.
type Limits = lines.Limits

// DefaultLimits are the limits of Read.
var DefaultLimits = lines.Default

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

// ReadFile reads a file of the file system, or the part of it that is named
// behind a '#' (see Part). The size is looked at before the contents, so that
// a huge file fails at once. Errors are *InputError.
func ReadFile(name string, limits Limits) (*Text, error) {
	limits = limits.Filled()
	path, _ := SplitName(name)
	info, err := os.Stat(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	if info.IsDir() {
		return nil, &InputError{Path: path, Problem: "this is a folder, not a statement", Hint: "name the file of a statement"}
	}
	if !info.Mode().IsRegular() {
		return nil, &InputError{Path: path, Problem: "this is not a regular file", Hint: "name the file of a statement"}
	}
	if info.Size() > limits.Bytes {
		return nil, tooLarge(path, info.Size(), limits.Bytes)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	return ReadLimited(name, data, limits)
}

// Read turns the bytes of a file into text and blocks, within DefaultLimits.
func Read(name string, data []byte) (*Text, error) {
	return ReadLimited(name, data, DefaultLimits)
}

// ReadLimited turns the bytes of a file into text and blocks. The format is
// told by the contents; the name is used in error messages and, by its
// ending, as a hint where contents leave it open. A part named in it is what
// is read (see Part). Errors are *InputError.
func ReadLimited(name string, data []byte, limits Limits) (*Text, error) {
	limits = limits.Filled()
	if int64(len(data)) > limits.Bytes {
		return nil, tooLarge(name, int64(len(data)), limits.Bytes)
	}
	path, partName := SplitName(name)
	part, err := ParsePart(partName)
	if err != nil {
		return nil, &InputError{Path: name, Problem: err.Error(), Hint: "write FILE#page=3-5, FILE#heading=Annex or FILE#lines=10-80"}
	}
	document, err := extract(path, data, limits)
	if err != nil {
		return nil, inputError(name, err)
	}
	var draft *draftText
	if document == nil {
		document = &lines.Document{}
		if draft, err = readPlain(path, data); err != nil {
			return nil, err
		}
	} else {
		draft = lay(document)
	}
	if err := draft.cut(part); err != nil {
		return nil, inputError(name, err)
	}
	text := draft.text()
	if text.Title == "" {
		text.Title = strings.Join(strings.Fields(clean(document.Title)), " ")
	}
	if !document.Date.IsZero() {
		text.Date = document.Date
	}
	text.Speeches = speeches(text)
	text.Author = strings.Join(strings.Fields(clean(document.Author)), " ")
	text.Address = strings.Join(strings.Fields(clean(document.Address)), "")
	for _, s := range document.Skipped {
		text.Skipped = append(text.Skipped, clean(s))
	}
	if !hasWord(text.Canonical) {
		return nil, empty(name)
	}
	if n := length(text.Canonical); n > limits.Words {
		return nil, tooLong(name, n, limits.Words)
	}
	text.Source.sum = sha256.Sum256(data)
	return text, nil
}

// readPlain reads plain text and Markdown.
func readPlain(name string, data []byte) (*draftText, error) {
	decoded, toFile, err := decode(name, data)
	if err != nil {
		return nil, err
	}
	d := &draftText{decoded: decoded, toFile: toFile, all: splitLines(decoded)}
	parse := parsePlain
	if d.markdown = looksMarkdown(name, decoded, d.all); d.markdown {
		parse = parseMarkdown
	}
	d.all, d.visible = parse(decoded, d.all)
	return d, nil
}

func empty(name string) error {
	return &InputError{Path: name, Problem: "no text in this file", Hint: "a statement needs at least one sentence"}
}

func tooLarge(path string, size, limit int64) error {
	return &InputError{
		Path:    path,
		Problem: "too large: " + strconv.FormatInt(size, 10) + " bytes, the limit is " + strconv.FormatInt(limit, 10),
		Hint:    "split the file into its statements, or raise the limit with --limit size=...",
	}
}

// length counts the runs of letters and digits, or the marks if there are more
// of those: what the work on a text grows with.
func length(text string) int {
	words, marks := 0, 0
	inside := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		word := c >= utf8.RuneSelf || c >= '0' && c <= '9' || c|32 >= 'a' && c|32 <= 'z'
		switch {
		case word && !inside:
			words++
		case !word && c > ' ':
			marks++
		}
		inside = word
	}
	return max(words, marks)
}

func tooLong(name string, words, limit int) error {
	return &InputError{
		Path:    name,
		Problem: "too long: about " + strconv.Itoa(words) + " words, the limit is " + strconv.Itoa(limit),
		Hint:    "split the file into its statements, name a part of it (FILE#lines=10-80, #page=3-5), or raise the limit with --limit words=...",
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
