// Package docx reads Word documents (Office Open XML, ECMA-376).
//
// The text is read as it stands when all tracked changes are accepted:
// insertions are text, deletions are not. Comments, hidden text, field codes
// and the heads and feet of pages are left out, but for the head of the first
// page, where letters have their letterhead; footnotes and endnotes come last.
// Numbers that Word makes itself ("1.", "(a)") are made here too.
package docx

import (
	"path"
	"strconv"
	"strings"

	"counterclaim/nlp/read/lines"
	"counterclaim/nlp/read/packed"
)

const contentTypes = "[Content_Types].xml"

// Is reports a Word document among ZIP archives.
func Is(a *packed.Archive) bool {
	return a.Has(contentTypes) && (a.Has("word/document.xml") || a.Has("word/document2.xml"))
}

// Read takes a Word document apart.
func Read(a *packed.Archive, limits lines.Limits) (*lines.Document, error) {
	main := "word/document.xml"
	if !a.Has(main) {
		main = "word/document2.xml"
	}
	r := &reader{archive: a, limits: limits.Filled()}
	if err := r.readStyles(path.Dir(main) + "/styles.xml"); err != nil {
		return nil, err
	}
	if err := r.readNumbering(path.Dir(main) + "/numbering.xml"); err != nil {
		return nil, err
	}
	body, err := r.part(main, "")
	if err != nil {
		return nil, err
	}
	head, err := r.letterhead(path.Dir(main), body.heads)
	if err != nil {
		return nil, err
	}
	out := &lines.Document{Paragraphs: true, Lines: append(head, body.lines...)}
	if !body.paged {
		for i := range out.Lines {
			out.Lines[i].Page = 0
		}
	}
	for _, notes := range []struct{ file, element string }{{"/footnotes.xml", "footnote"}, {"/endnotes.xml", "endnote"}} {
		if len(body.notes[notes.element]) == 0 {
			continue
		}
		part, err := r.part(path.Dir(main)+notes.file, notes.element)
		if err != nil {
			return nil, err
		}
		for i, id := range body.notes[notes.element] {
			for j, l := range part.note[id] {
				l.Page, l.Number, l.Note, l.Level, l.Marker, l.Bullet = 0, body.number, true, 0, "", false
				if j == 0 {
					l.Marker = strconv.Itoa(i + 1)
				} else if l.Join == lines.New {
					l.Join = lines.Goes
				}
				l.Gap = l.Gap || j == 0
				out.Lines = append(out.Lines, l)
			}
			body.number++
		}
	}
	return out, nil
}

// heads are the heads of pages in the first section, by their ids.
type heads struct {
	first, every string
	own          bool // the first page has a head of its own, or none
	done         bool // the section is over
}

// read notes what an element of a section says.
func (h *heads) read(e *packed.Element) {
	switch {
	case h.done:
	case e.Name == "headerReference" && e.Attr("type") == "first":
		h.first = e.Attr("id")
	case e.Name == "headerReference" && e.Attr("type") == "default":
		h.every = e.Attr("id")
	case e.Name == "titlePg":
		value, ok := e.Look("val")
		h.own = !ok || value != "0" && value != "false" && value != "off"
	}
}

// letterhead reads the head of the first page.
func (r *reader) letterhead(folder string, h heads) ([]lines.Line, error) {
	id := h.every
	if h.own {
		id = h.first
	}
	related := folder + "/_rels/document.xml.rels"
	if id == "" || !r.archive.Has(related) {
		return nil, nil
	}
	data, err := r.archive.Read(related)
	if err != nil {
		return nil, err
	}
	name := ""
	err = packed.Walk(related, data, r.limits, packed.Handler{Open: func(e *packed.Element) {
		if e.Name == "Relationship" && e.Attr("Id") == id && strings.HasSuffix(e.Attr("Type"), "/header") {
			name = e.Attr("Target")
		}
	}, Text: func(string) {}, Close: func(string) {}})
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(name, "/") {
		name = path.Join(folder, name)
	}
	if name = strings.TrimPrefix(name, "/"); !r.archive.Has(name) {
		return nil, nil
	}
	head, err := r.part(name, "")
	if err != nil {
		return nil, err
	}
	return lines.Letterhead(head.lines), nil
}

// reader holds what the parts of a document share.
type reader struct {
	archive *packed.Archive
	limits  lines.Limits
	styles  map[string]*style
	base    style // of every paragraph
	normal  string
	lists   map[string]*list // by numId
}

// part walks a part that holds paragraphs; notes names the element of its
// notes, if it is a part of such.
func (r *reader) part(name, notes string) (*part, error) {
	data, err := r.archive.Read(name)
	if err != nil {
		return nil, err
	}
	p := &part{reader: r, of: notes, notes: map[string][]string{}, note: map[string][]lines.Line{}, number: 1, page: 1}
	err = packed.Walk(name, data, r.limits, packed.Handler{Open: p.open, Text: p.text, Close: p.close})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// part is a part of a document while it is read.
type part struct {
	*reader
	of    string // element of a note, in a part of notes
	lines []lines.Line
	heads heads
	notes map[string][]string     // ids of the notes referred to, by kind, in order
	note  map[string][]lines.Line // of a part of notes: the lines of each

	id     string // of the note that is open
	stack  []string
	skip   int // depth from which on elements are not read; 0: none
	tables []*table
	frames []paragraph // paragraphs in which a text box stands
	boxes  []lines.Line
	p      paragraph
	run    properties
	number int // of the next paragraph
	page   int
	paged  bool // the document says where its pages end
	gap    bool // an empty paragraph is above
	after  int  // space below the paragraph above
	mended bool // the mark of the paragraph above is deleted: this one goes on with it
}

// table is a table while it is read.
type table struct {
	rows    [][][]lines.Line
	deleted bool // the row that is open
}

// paragraph is a paragraph while it is read.
type paragraph struct {
	open    bool
	style   *style
	own     style  // what the paragraph says itself
	num     string // numId
	level   int    // of the list
	deleted bool   // its mark is deleted
	text    lines.Builder
}

// properties are those of a run of characters.
type properties struct{ bold, italic, hidden bool }

func (p *part) top(n int) string {
	if len(p.stack) < n {
		return ""
	}
	return p.stack[len(p.stack)-n]
}

func (p *part) open(e *packed.Element) {
	p.stack = append(p.stack, e.Name)
	if p.skip > 0 {
		if p.stack[p.skip-1] == "sectPr" {
			p.heads.read(e)
		}
		return
	}
	switch e.Name {
	case "del", "moveFrom":
		switch {
		case p.top(2) == "rPr" && p.top(3) == "pPr":
			p.p.deleted = true
		case p.top(2) == "trPr" && len(p.tables) > 0:
			p.tables[len(p.tables)-1].deleted = true
		}
		p.skip = len(p.stack)
	case "Fallback", "instrText", "delText", "pPrChange", "rPrChange", "sectPr", "tblPrChange", "rt", "annotation":
		p.skip = len(p.stack) // the same again, or no text
	case "tbl":
		p.tables = append(p.tables, &table{})
	case "tr":
		if t := p.table(); t != nil {
			t.rows, t.deleted = append(t.rows, nil), false
		}
	case "tc":
		if t := p.table(); t != nil && len(t.rows) > 0 {
			row := &t.rows[len(t.rows)-1]
			*row = append(*row, nil)
		}
	case "footnote", "endnote":
		p.id = e.Attr("id")
		if kind := e.Attr("type"); kind != "" && kind != "normal" {
			p.skip = len(p.stack) // the line above the notes
		}
	case "txbxContent":
		p.frames = append(p.frames, p.p)
		p.p = paragraph{}
	case "p":
		p.p = paragraph{open: true, style: p.styles[p.normal], text: lines.Builder{Page: p.page}}
	case "r":
		p.run = properties{}
		if p.p.style != nil {
			p.run = p.p.style.run
		}
	default:
		p.property(e)
	}
}

// property reads what an element says of its paragraph or run, and the
// elements that stand for characters.
func (p *part) property(e *packed.Element) {
	value := e.Attr("val")
	on := value != "0" && value != "false" && value != "off" && value != "none"
	within := p.top(2)
	switch e.Name {
	case "pStyle":
		if s := p.styles[value]; s != nil {
			p.p.style = s
		}
	case "rStyle":
		if s := p.styles[value]; s != nil {
			p.run.bold, p.run.italic, p.run.hidden = p.run.bold || s.run.bold, p.run.italic || s.run.italic, p.run.hidden || s.run.hidden
		}
	case "outlineLvl":
		p.p.own.outline = outline(value)
	case "numId":
		p.p.num = value
	case "ilvl":
		p.p.level, _ = strconv.Atoi(value)
	case "spacing":
		if within == "pPr" {
			p.p.own.space(e)
		}
	case "b":
		if within == "rPr" && p.top(3) == "r" {
			p.run.bold = on
		}
	case "i":
		if within == "rPr" && p.top(3) == "r" {
			p.run.italic = on
		}
	case "vanish":
		if within == "rPr" && p.top(3) == "r" {
			p.run.hidden = on
		}
	case "tab":
		if within == "r" {
			p.add("\t")
		}
	case "br", "cr":
		if e.Attr("type") == "page" || e.Attr("type") == "column" {
			p.add(" ")
		} else {
			p.breakLine()
		}
	case "lastRenderedPageBreak":
		p.page++
		p.paged = true
		p.p.text.Turn(p.page)
	case "noBreakHyphen":
		p.add("-")
	case "sym":
		if n, err := strconv.ParseUint(e.Attr("char"), 16, 32); err == nil {
			p.add(symbol(rune(n)))
		}
	case "footnoteReference", "endnoteReference":
		if kind := strings.TrimSuffix(e.Name, "Reference"); p.of == "" && !p.run.hidden {
			p.notes[kind] = append(p.notes[kind], e.Attr("id"))
		}
	}
}

// symbol is a character of a symbol font: the private range that Word uses
// holds the codes of the font; bullets are the commonest of them.
func symbol(r rune) string {
	if r >= 0xF000 && r <= 0xF0FF {
		r -= 0xF000
		if r < 0x20 || r > 0x7E {
			return "•"
		}
	}
	return string(r)
}

func (p *part) text(s string) {
	if p.skip == 0 && p.top(1) == "t" && p.p.open {
		p.add(s)
	}
}

// add appends text of a run.
func (p *part) add(s string) {
	if !p.p.open || p.run.hidden {
		return
	}
	p.p.text.Add(s, p.run.bold, p.run.italic)
}

// breakLine ends a line within a paragraph.
func (p *part) breakLine() {
	if p.p.open && !p.run.hidden {
		p.p.text.Break(lines.Guess)
	}
}

func (p *part) table() *table {
	if len(p.tables) == 0 {
		return nil
	}
	return p.tables[len(p.tables)-1]
}

func (p *part) close(name string) {
	depth := len(p.stack)
	p.stack = p.stack[:max(0, depth-1)]
	if p.skip > 0 {
		if p.skip == depth {
			p.skip = 0
			p.heads.done = p.heads.done || name == "sectPr"
		}
		return
	}
	switch name {
	case "p":
		p.endParagraph()
	case "txbxContent":
		if n := len(p.frames); n > 0 {
			p.p, p.frames = p.frames[n-1], p.frames[:n-1]
		}
	case "tr":
		if t := p.table(); t != nil && t.deleted && len(t.rows) > 0 {
			t.rows, t.deleted = t.rows[:len(t.rows)-1], false
		}
	case "tbl":
		if t := p.table(); t != nil {
			p.tables = p.tables[:len(p.tables)-1]
			p.emit(lines.Table(t.rows)...)
			p.gap = true
		}
	}
}

// emit puts lines where they belong: into a cell or the part.
func (p *part) emit(out ...lines.Line) {
	if t := p.table(); t != nil && len(t.rows) > 0 && len(t.rows[len(t.rows)-1]) > 0 {
		row := t.rows[len(t.rows)-1]
		row[len(row)-1] = append(row[len(row)-1], out...)
		return
	}
	p.lines = append(p.lines, out...)
}

// endParagraph gives a paragraph its kind and its number.
func (p *part) endParagraph() {
	if !p.p.open {
		return
	}
	done := p.p
	p.p = paragraph{}
	looks := p.looks(&done)
	out := done.text.Lines()
	if len(out) == 0 {
		p.gap = p.gap || !done.deleted
		return
	}
	first := &out[0]
	if p.mended {
		first.Join = lines.Goes
	} else {
		first.Gap = p.gap || max(p.after, looks.before) >= leastGap
		first.Level = looks.outline
		if num, level := done.num, done.level; num != "0" {
			if num == "" {
				num, level = looks.num, looks.level
			}
			if l := p.lists[num]; l != nil {
				first.Marker, first.Bullet = l.next(level)
				first.Indent = 2 * level
			}
		}
	}
	for i := range out {
		out[i].Number = p.number
		out[i].Quote = looks.quote
		out[i].Level = first.Level
	}
	p.gap, p.after, p.mended = false, looks.after, done.deleted
	p.number++
	if len(p.frames) > 0 {
		p.boxes = append(p.boxes, out...) // a text box comes after the paragraph that it hangs on
		return
	}
	if p.of != "" {
		p.note[p.id] = append(p.note[p.id], out...)
		return
	}
	p.emit(out...)
	p.emit(p.boxes...)
	p.boxes = nil
}

// leastGap is the space between paragraphs, in twentieths of a point, from
// which on they stand apart.
const leastGap = 60
