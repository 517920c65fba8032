// Package odt reads texts in OpenDocument (ISO/IEC 26300), as LibreOffice
// and others write them.
//
// The text is read as it stands when all tracked changes are accepted;
// comments, hidden text and the heads and feet of pages are left out, but for
// the head of the first page, where letters have their letterhead; footnotes
// and endnotes come last.
package odt

import (
	"bytes"
	"strconv"
	"strings"

	"counterclaim/nlp/read/lines"
	"counterclaim/nlp/read/packed"
)

const mimeType = "application/vnd.oasis.opendocument.text"

// Is reports a text in OpenDocument among ZIP archives.
func Is(a *packed.Archive) bool {
	mime, err := a.Read("mimetype")
	return err == nil && bytes.HasPrefix(mime, []byte(mimeType)) && a.Has("content.xml")
}

// Read takes a text apart.
func Read(a *packed.Archive, limits lines.Limits) (*lines.Document, error) {
	if manifest, err := a.Read("META-INF/manifest.xml"); err == nil && bytes.Contains(manifest, []byte("encryption-data")) {
		return nil, &lines.Error{Problem: "this document needs a password", Hint: "save a copy without one"}
	}
	r := &reader{styles: map[string]*style{}, lists: map[string]*[levels]level{}, last: map[string]*openList{}, byID: map[string]*openList{}, number: 1, page: 1}
	for _, part := range []string{"styles.xml", "content.xml"} {
		data, err := a.Read(part)
		if err != nil {
			return nil, err
		}
		if data == nil {
			continue
		}
		s := &styleReader{reader: r}
		if err := packed.Walk(part, data, limits, packed.Handler{Open: s.open, Close: s.close}); err != nil {
			return nil, err
		}
		if part == "content.xml" {
			r.resolveAll()
			if err := packed.Walk(part, data, limits, packed.Handler{Open: r.open, Text: r.add, Close: r.close}); err != nil {
				return nil, err
			}
		}
	}
	head, err := r.letterhead(a, limits)
	if err != nil {
		return nil, err
	}
	out := &lines.Document{Paragraphs: true, Lines: append(head, r.lines...)}
	for _, l := range r.notes {
		l.Number += r.number - 1
		out.Lines = append(out.Lines, l)
	}
	if !r.paged {
		for i := range out.Lines {
			out.Lines[i].Page = 0
		}
	}
	return out, nil
}

// letterhead reads the head of the first page: that of the page style that
// the first paragraph asks for, or else of the standard one.
func (r *reader) letterhead(a *packed.Archive, limits lines.Limits) ([]lines.Line, error) {
	data, err := a.Read("styles.xml")
	if err != nil || data == nil {
		return nil, err
	}
	master := r.master
	if master == "" {
		master = "Standard"
	}
	h := &reader{styles: r.styles, lists: r.lists, last: map[string]*openList{}, byID: map[string]*openList{}, number: 1, page: 1}
	heads := map[string][]lines.Line{} // by element
	inside := false
	err = packed.Walk("styles.xml", data, limits, packed.Handler{
		Open: func(e *packed.Element) {
			h.open(e)
			switch {
			case e.Name == "master-page":
				inside = e.Attr("name") == master
			case h.top(2) == "master-page" && (e.Name == "header" || e.Name == "header-first"):
				h.body = inside
			}
		},
		Text: h.add,
		Close: func(name string) {
			h.close(name)
			if h.body && h.top(1) == "master-page" {
				h.body = false
				heads[name], h.lines = lines.Letterhead(h.lines), nil
			}
		},
	})
	if first, ok := heads["header-first"]; ok {
		return first, err
	}
	return heads["header"], err
}

// reader walks the content.
type reader struct {
	styles map[string]*style
	lists  map[string]*[levels]level

	master string // page style of the first paragraph; empty for the standard one
	begun  bool   // a paragraph was read
	lines  []lines.Line
	notes  []lines.Line
	stack  []string
	skip   int // depth from which on elements are not read; 0: none
	body   bool
	p      *paragraph
	outer  []*paragraph // in which a note or a text box stands
	note   *note
	nest   []*openList          // lists that are open, the outermost first
	last   map[string]*openList // by style
	byID   map[string]*openList
	tables []*[][][]lines.Line
	boxes  []lines.Line
	number int // of the next paragraph
	page   int
	paged  bool
	gap    bool
	after  float64
}

type paragraph struct {
	text  lines.Builder
	style *style
	level int
	spans []*style
	space bool // white space was the last that was added: more of it is none
}

type note struct {
	label string
	first bool // no paragraph of it was read yet
}

// openList is a list that is open, with the markers of its items.
type openList struct {
	levels *[levels]level
	at     int  // items so far
	marker bool // the next paragraph is the first of an item
}

func (r *reader) top(n int) string {
	if len(r.stack) < n {
		return ""
	}
	return r.stack[len(r.stack)-n]
}

func (r *reader) open(e *packed.Element) {
	r.stack = append(r.stack, e.Name)
	if r.skip > 0 {
		return
	}
	switch e.Name {
	case "text":
		r.body = r.body || r.top(2) == "body"
	case "tracked-changes", "annotation", "script", "binary-data", "hidden-text", "ruby-text", "alphabetical-index-source", "table-of-content-source",
		"illustration-index-source", "bibliography-source", "forms", "sequence-decls", "desc", "title":
		r.skip = len(r.stack)
	case "p", "h":
		if !r.body {
			break
		}
		if s := r.styles[e.Attr("style-name")]; s != nil && !r.begun {
			r.master = s.master
		}
		r.begun = true
		r.p = &paragraph{text: lines.Builder{Page: r.page}, style: r.styles[e.Attr("style-name")], space: true}
		if e.Name == "h" {
			r.p.level, _ = strconv.Atoi(e.Attr("outline-level"))
			r.p.level = min(max(r.p.level, 1), 9)
		}
	case "span":
		if r.p != nil {
			r.p.spans = append(r.p.spans, r.styles[e.Attr("style-name")])
		}
	case "s":
		n, _ := strconv.Atoi(e.Attr("c"))
		r.raw(strings.Repeat(" ", min(max(n, 1), 100)))
	case "tab":
		r.raw("\t")
	case "line-break":
		if r.p != nil {
			r.p.text.Break(lines.Guess)
			r.p.space = true
		}
	case "soft-page-break":
		r.page++
		r.paged = true
		if r.p != nil {
			r.p.text.Turn(r.page)
		}
	case "note":
		r.note = &note{first: true}
	case "note-citation":
		if r.note != nil {
			r.note.label = e.Attr("label")
		}
	case "note-body", "text-box":
		r.outer = append(r.outer, r.p)
		r.p = nil
	case "list":
		r.openList(e)
	case "list-item", "list-header":
		if n := len(r.nest); n > 0 {
			l := r.nest[n-1]
			l.marker = e.Name == "list-item"
			if start, err := strconv.Atoi(e.Attr("start-value")); err == nil {
				l.at = start - 1
			}
			if l.marker {
				l.at++
			}
		}
	case "table":
		r.tables = append(r.tables, &[][][]lines.Line{})
	case "table-row":
		if t := r.table(); t != nil {
			*t = append(*t, nil)
		}
	case "table-cell":
		if t := r.table(); t != nil && len(*t) > 0 {
			row := &(*t)[len(*t)-1]
			*row = append(*row, nil)
		}
	}
}

func (r *reader) table() *[][][]lines.Line {
	if len(r.tables) == 0 {
		return nil
	}
	return r.tables[len(r.tables)-1]
}

// add appends text; white space of any length is one space, as OpenDocument
// has it.
func (r *reader) add(s string) {
	if r.skip > 0 || r.p == nil || r.top(1) == "note-citation" {
		if r.note != nil && r.note.label == "" && r.top(1) == "note-citation" {
			r.note.label = strings.TrimSpace(s)
		}
		return
	}
	var b strings.Builder
	for _, c := range s {
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' {
			if !r.p.space {
				b.WriteByte(' ')
			}
			r.p.space = true
			continue
		}
		r.p.space = false
		b.WriteRune(c)
	}
	space := r.p.space
	r.raw(b.String())
	r.p.space = space
}

// raw appends text as it is.
func (r *reader) raw(s string) {
	if r.p == nil || s == "" {
		return
	}
	look := style{}
	if r.p.style != nil {
		look = *r.p.style
	}
	for _, span := range r.p.spans {
		if span == nil {
			continue
		}
		if span.bold != "" {
			look.bold = span.bold
		}
		if span.italic != "" {
			look.italic = span.italic
		}
		look.hidden = look.hidden || span.hidden
	}
	if look.hidden {
		return
	}
	r.p.text.Add(s, isBold(look.bold), look.italic == "italic" || look.italic == "oblique")
	r.p.space = false
}

func isBold(weight string) bool {
	n, err := strconv.Atoi(weight)
	return weight == "bold" || err == nil && n >= 600
}

func (r *reader) close(name string) {
	depth := len(r.stack)
	r.stack = r.stack[:max(0, depth-1)]
	if r.skip > 0 {
		if r.skip == depth {
			r.skip = 0
		}
		return
	}
	switch name {
	case "p", "h":
		r.endParagraph()
	case "span":
		if r.p != nil && len(r.p.spans) > 0 {
			r.p.spans = r.p.spans[:len(r.p.spans)-1]
		}
	case "note-body", "text-box":
		if n := len(r.outer); n > 0 {
			r.p, r.outer = r.outer[n-1], r.outer[:n-1]
		}
	case "note":
		r.note = nil
	case "list":
		if n := len(r.nest); n > 0 {
			r.closeList()
		}
	case "table":
		if t := r.table(); t != nil {
			r.tables = r.tables[:len(r.tables)-1]
			r.emit(lines.Table(*t)...)
			r.gap = true
		}
	}
}

// emit puts lines into a cell or the text.
func (r *reader) emit(out ...lines.Line) {
	if t := r.table(); t != nil && len(*t) > 0 && len((*t)[len(*t)-1]) > 0 {
		row := (*t)[len(*t)-1]
		row[len(row)-1] = append(row[len(row)-1], out...)
		return
	}
	r.lines = append(r.lines, out...)
}

// leastGap is the space between paragraphs, in points, from which on they
// stand apart.
const leastGap = 3

func (r *reader) endParagraph() {
	if r.p == nil {
		return
	}
	done := r.p
	r.p = nil
	out := done.text.Lines()
	if len(out) == 0 {
		r.gap = true
		return
	}
	look := style{}
	if done.style != nil {
		look = *done.style
	}
	first := &out[0]
	if r.note != nil {
		for i := range out {
			out[i].Note, out[i].Number = true, len(r.notes)+1
			if i > 0 || !r.note.first {
				out[i].Join = lines.Goes
			}
		}
		if r.note.first {
			first.Marker, first.Gap = r.note.label, true
			r.note.first = false
		}
		r.notes = append(r.notes, out...)
		return
	}
	level := done.level
	if level == 0 && look.title {
		level = 1
	}
	first.Gap = r.gap || max(r.after, look.before) >= leastGap
	if n := len(r.nest); n > 0 && level == 0 {
		first.Indent = 2 * (n - 1)
		if l := r.nest[n-1]; l.marker {
			first.Marker, first.Bullet = r.marker()
			l.marker = false
		}
	}
	for i := range out {
		out[i].Number, out[i].Level, out[i].Quote = r.number, level, look.quote
	}
	r.number++
	r.gap, r.after = false, look.after
	if len(r.outer) > 0 {
		r.boxes = append(r.boxes, out...) // a text box comes after the paragraph that it hangs on
		return
	}
	r.emit(out...)
	r.emit(r.boxes...)
	r.boxes = nil
}
