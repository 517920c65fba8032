package wording

import (
	"reflect"
	"sort"

	"counterclaim/nlp"
	"counterclaim/nlp/read"
)

// Lines finds the line of a byte of a statement: the line of its file, or of
// its canonical text where the document was made without a file.
type Lines struct {
	doc    *nlp.Document
	breaks []int // offsets of the line feeds of the canonical text; nil where there is a file
}

// NewLines prepares the lines of a statement.
func NewLines(d *nlp.Document) Lines {
	l := Lines{doc: d}
	if !reflect.ValueOf(d.Source).IsZero() {
		return l
	}
	l.breaks = []int{}
	for i := 0; i < len(d.Text); i++ {
		if d.Text[i] == '\n' {
			l.breaks = append(l.breaks, i)
		}
	}
	return l
}

// Of is the line, from 1, of the byte of the canonical text at offset; in a
// file of pages, the line of the page.
func (l Lines) Of(offset int) int { return l.Place(offset).Line }

// Place is the page, if there are pages, and line of the byte of the
// canonical text at offset.
func (l Lines) Place(offset int) read.Position {
	if l.breaks == nil {
		return l.doc.Source.Position(offset)
	}
	return read.Position{Line: 1 + sort.SearchInts(l.breaks, offset)}
}
