package wording

import (
	"sort"

	"counterclaim/nlp"
)

// Lines finds the line of a byte of a statement.
type Lines struct {
	breaks []int // offsets of the line feeds of the canonical text
}

// NewLines indexes a statement.
func NewLines(d *nlp.Document) Lines {
	var l Lines
	for i := 0; i < len(d.Text); i++ {
		if d.Text[i] == '\n' {
			l.breaks = append(l.breaks, i)
		}
	}
	return l
}

// Of is the line, from 1, of the byte at offset.
func (l Lines) Of(offset int) int { return 1 + sort.SearchInts(l.breaks, offset) }
