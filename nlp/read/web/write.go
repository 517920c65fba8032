package web

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"counterclaim/nlp/read/lines"
)

// writer walks a tree and writes lines.
type writer struct {
	out   []lines.Line
	notes *notes

	text   strings.Builder // of the line that is open
	bold   lines.Run
	italic lines.Run
	state  state
	join   lines.Join // of the line that is open
	gap    bool
	marker string // of a list item, for its first line
	bullet bool
	note   string // label of the footnote that is open
	paras  int
}

// state is what the elements around a text say of it.
type state struct {
	level  int
	indent int
	quote  bool
	note   bool
	bold   bool
	italic bool
	pre    bool
}

// write turns a tree into lines.
func write(root *html.Node, n *notes) []lines.Line {
	w := &writer{notes: n, gap: true, paras: 1}
	w.walk(root)
	w.flush(true)
	return lines.NotesLast(w.out)
}

// tight are blocks that stand apart from each other by no more than a line
// break; all other blocks have space around them.
var tight = map[atom.Atom]bool{atom.Div: true, atom.Li: true, atom.Dt: true, atom.Dd: true, atom.Address: true, atom.Tr: true}

var blocks = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Caption: true, atom.Center: true, atom.Dd: true, atom.Details: true,
	atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.Form: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true, atom.Hgroup: true, atom.Hr: true,
	atom.Html: true, atom.Legend: true, atom.Li: true, atom.Main: true, atom.Menu: true, atom.Nav: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true,
	atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Th: true, atom.Tr: true, atom.Ul: true,
}

func (w *writer) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.add(n.Data)
		return
	case html.ElementNode, html.DocumentNode:
	default:
		return
	}
	if n.DataAtom == atom.Head || unseen[n.DataAtom] || w.notes.marks[n] {
		return
	}
	if label, ok := w.notes.targets[n]; ok {
		w.flush(true)
		defer func(before state) { w.flush(true); w.state, w.note = before, "" }(w.state)
		w.state.note, w.note = true, label
	}
	before := w.state
	block := blocks[n.DataAtom]
	if block {
		w.flush(true)
		w.gap = w.gap || !tight[n.DataAtom]
	}
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.state.level = int(n.Data[1] - '0')
	case atom.B, atom.Strong:
		w.state.bold = true
	case atom.I, atom.Em, atom.Cite:
		w.state.italic = true
	case atom.Blockquote:
		w.state.quote = true
	case atom.Pre:
		w.state.pre = true
	case atom.Br:
		w.flush(false)
	case atom.Hr:
		w.out = append(w.out, lines.Line{Rule: true, Number: w.paras, Gap: true})
		w.gap = true
	case atom.Ul, atom.Ol, atom.Menu:
		w.list(n)
	case atom.Table:
		w.table(n)
	default:
	}
	switch n.DataAtom {
	case atom.Ul, atom.Ol, atom.Menu, atom.Table:
	default:
		w.children(n)
	}
	if block {
		w.flush(true)
		w.gap = w.gap || !tight[n.DataAtom]
	}
	w.state = before
}

func (w *writer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c)
	}
}

// list writes the items of a list with their markers.
func (w *writer) list(n *html.Node) {
	at := 1
	if start, err := strconv.Atoi(attr(n, "start")); err == nil {
		at = start
	}
	w.state.indent += 2
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Li {
			w.walk(c)
			continue
		}
		if value, err := strconv.Atoi(attr(c, "value")); err == nil {
			at = value
		}
		w.flush(true)
		if _, note := w.notes.targets[c]; !note {
			if n.DataAtom == atom.Ol {
				w.marker = mark(attr(n, "type"), at)
			} else {
				w.bullet = true
			}
		}
		at++
		w.walk(c)
		w.flush(true)
		w.marker, w.bullet = "", false
	}
}

// mark is the number of a list item.
func mark(kind string, n int) string {
	if len(kind) != 1 {
		kind = "1"
	}
	return lines.Count(kind[0], n) + "."
}

// table writes the rows of a table.
func (w *writer) table(n *html.Node) {
	var rows [][][]lines.Line
	var caption []lines.Line
	cells := func(c *html.Node) []lines.Line {
		inner := &writer{notes: w.notes, gap: true, paras: w.paras, state: w.state}
		inner.children(c)
		inner.flush(true)
		w.paras = inner.paras
		return inner.out
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Caption:
				caption = append(caption, cells(c)...)
			case atom.Tr:
				rows = append(rows, nil)
				for d := c.FirstChild; d != nil; d = d.NextSibling {
					if d.DataAtom == atom.Td || d.DataAtom == atom.Th {
						rows[len(rows)-1] = append(rows[len(rows)-1], cells(d))
					}
				}
			default:
				walk(c)
			}
		}
	}
	walk(n)
	w.out = append(w.out, caption...)
	w.out = append(w.out, lines.Table(rows)...)
	w.gap = true
}

// add appends text of a line: white space is folded, but for preformatted
// text.
func (w *writer) add(s string) {
	if w.state.pre {
		for i, part := range strings.Split(s, "\n") {
			if i > 0 {
				w.flush(false)
			}
			w.put(part)
		}
		return
	}
	folded := strings.Join(strings.FieldsFunc(s, isSpace), " ")
	if folded == "" {
		if s != "" {
			w.space()
		}
		return
	}
	if r, _ := utf8.DecodeRuneInString(s); isSpace(r) {
		w.space()
	}
	w.put(folded)
	if r, _ := utf8.DecodeLastRuneInString(s); isSpace(r) {
		w.space()
	}
}

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

func (w *writer) space() {
	if s := w.text.String(); s != "" && s[len(s)-1] != ' ' {
		w.put(" ")
	}
}

func (w *writer) put(s string) {
	start := w.text.Len()
	w.text.WriteString(s)
	end := w.text.Len()
	w.bold = w.bold.Extend(start, end, w.state.bold)
	w.italic = w.italic.Extend(start, end, w.state.italic)
}

// flush ends a line, and with it the paragraph or not.
func (w *writer) flush(paragraph bool) {
	text := w.text.String()
	if strings.TrimSpace(text) == "" {
		w.text.Reset()
		w.bold, w.italic = lines.Run{}, lines.Run{}
		if !paragraph && w.join == lines.Guess {
			w.gap, w.join = true, lines.New // two breaks in a row part paragraphs
		}
		if paragraph {
			w.join = lines.New
		}
		return
	}
	l := lines.Line{
		Text: text, Join: w.join, Gap: w.gap, Level: w.state.level, Quote: w.state.quote, Bold: w.bold, Italic: w.italic,
		Marker: w.marker, Bullet: w.bullet, Note: w.state.note, Number: w.paras,
	}
	if w.state.note {
		l.Marker, l.Bullet, l.Level = w.note, false, 0
		if l.Marker == "" && l.Join == lines.New {
			l.Join = lines.Goes
		}
		w.note = ""
	}
	if w.state.indent > 0 {
		l.Indent = w.state.indent - 2
	}
	w.out = append(w.out, l)
	w.text.Reset()
	w.bold, w.italic, w.gap, w.marker, w.bullet = lines.Run{}, lines.Run{}, false, "", false
	if paragraph {
		w.join = lines.New
		w.paras++
	} else {
		w.join = lines.Guess
	}
}
