// Package read turns the bytes of a file into canonical text and blocks.
package read

import "time"

// Kind says what a block is in the layout of a statement.
type Kind string

// The kinds of block.
const (
	Letterhead Kind = "letterhead"
	Heading    Kind = "heading"
	Paragraph  Kind = "paragraph"
	ListItem   Kind = "list_item"
	Table      Kind = "table"
	Quotation  Kind = "quotation"
	Signature  Kind = "signature"
	Footnote   Kind = "footnote"
	Rule       Kind = "rule"
)

// Block is one piece of layout; Start and End are bytes of Text.Canonical.
type Block struct {
	Kind       Kind
	Level      int // of a heading (1 highest) or a nested list item; 0 otherwise
	Start, End int
}

// Source maps bytes of the canonical text to the file.
type Source struct{}

// Text is a file as read.
type Text struct {
	Canonical string
	Blocks    []Block
	Source    Source
	Title     string
	Date      time.Time
}
