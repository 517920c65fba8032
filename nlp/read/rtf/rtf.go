// Package rtf reads Rich Text Format (version 1.9.1 of its specification).
//
// The text is read as it stands when all tracked changes are accepted;
// comments, hidden text, pictures, field codes and the heads and feet of
// pages are left out; footnotes come last.
package rtf

import (
	"bytes"
	"strconv"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"

	"counterclaim/nlp/read/lines"
)

// Is reports an RTF file.
func Is(data []byte) bool { return bytes.HasPrefix(data, []byte("{\\rtf")) }

// destination is what becomes of the text of a group.
type destination int

const (
	body destination = iota
	skipped
	marker // of a list item
	note
	styles
	fonts
)

// skippedGroups are destinations that hold no text of the document.
var skippedGroups = words(`colortbl info pict object header headerl headerr headerf footer footerl footerr footerf annotation
 atnid atnauthor atntime atnicn atnref atnparent atndate fldinst themedata colorschememapping datafield listtable listoverridetable revtbl rsidtbl generator
 xmlnstbl pgptbl filetbl template ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn nonesttables pnseclvl pn xe tc tcn rxe bkmkstart bkmkend
 shp shpinst shppict nonshppict latentstyles datastore userprops docvar mmath xmlattrname xmlattrvalue do falt panose fontemb private`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// signs are control words that stand for characters.
var signs = map[string]string{
	"tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
	"emspace": " ", "enspace": " ", "qmspace": " ", "~": " ", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\",
}

// style is what a style of the sheet says.
type style struct {
	level  int
	quote  bool
	bold   bool
	italic bool
}

// state is what a group inherits from the group around it.
type state struct {
	to                    destination
	bold, italic          bool
	hidden, deleted       bool
	font, skipUnicode     int
	style, outline        int
	table                 bool
	before, after, indent int
	named                 string // of a style or font that is described
}

type reader struct {
	state
	stack   []state
	enc     map[int]encoding.Encoding // of fonts
	symbol  map[int]bool              // fonts of symbols
	ansi    encoding.Encoding
	sheet   map[int]style
	pending []byte // bytes of characters not yet decoded
	swallow int    // characters that stand in for one that was read already
	high    rune   // first half of a surrogate pair

	p      lines.Builder
	mark   strings.Builder
	held   []lines.Builder // paragraphs in which a footnote stands
	lines  []lines.Line
	notes  []lines.Line
	count  int  // of footnotes
	fresh  bool // the footnote that is open has no line yet
	rows   [][][]lines.Line
	row    [][]lines.Line
	cell   []lines.Line
	number int
	gap    bool
	below  int // space below the paragraph above
}

// Read takes an RTF file apart.
func Read(data []byte, limits lines.Limits) (*lines.Document, error) {
	limits = limits.Filled()
	r := &reader{
		enc: map[int]encoding.Encoding{}, symbol: map[int]bool{}, sheet: map[int]style{}, number: 1,
		ansi: lookup("windows-1252"), state: state{skipUnicode: 1, outline: -1, style: -1},
	}
	first := false // the next control word may name a destination
	starred := false
	for i := 0; i < len(data); {
		switch c := data[i]; c {
		case '{':
			r.flush()
			if len(r.stack) >= limits.Nesting {
				return nil, lines.TooMuch("RTF nests too deep", int64(limits.Nesting), "nesting")
			}
			r.stack = append(r.stack, r.state)
			first, starred = true, false
			i++
		case '}':
			r.flush()
			r.end()
			first = false
			i++
		case '\\':
			word, value, has, n := control(data[i:])
			i += n
			switch {
			case word == "'":
				first = false
				if b, err := strconv.ParseUint(string(data[min(i, len(data)):min(i+2, len(data))]), 16, 8); err == nil {
					r.byte(byte(b))
					i += 2
				}
				continue
			case word == "*":
				starred = true
				continue
			case word == "bin" && value > 0:
				i = min(len(data), i+value)
				continue
			}
			r.flush()
			if first || starred {
				first = false
				if r.destination(word, starred) {
					starred = false
					continue
				}
				if starred {
					r.to, starred = skipped, false
					continue
				}
			}
			r.word(word, value, has)
		case '\r', '\n':
			i++
		default:
			first = false
			r.byte(c)
			i++
		}
	}
	r.flush()
	r.paragraph()
	r.endTable()
	out := &lines.Document{Paragraphs: true, Lines: r.lines}
	for _, l := range r.notes {
		l.Number += r.number - 1
		out.Lines = append(out.Lines, l)
	}
	return out, nil
}

// control reads a control word or sign: its name, number and length.
func control(s []byte) (word string, value int, has bool, n int) {
	if len(s) < 2 {
		return "", 0, false, len(s)
	}
	i := 1
	for i < len(s) && i < 40 && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z') {
		i++
	}
	if i == 1 {
		if s[1] == '\r' || s[1] == '\n' {
			return "par", 0, false, 2
		}
		return string(s[1:2]), 0, false, 2
	}
	word = string(s[1:i])
	start := i
	if i < len(s) && s[i] == '-' {
		i++
	}
	for i < len(s) && i < start+11 && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if v, err := strconv.Atoi(string(s[start:i])); err == nil {
		value, has = v, true
	} else {
		i = start
	}
	if i < len(s) && s[i] == ' ' {
		i++
	}
	return word, value, has, i
}

// destination handles the first control word of a group; false if it names
// none.
func (r *reader) destination(word string, starred bool) bool {
	switch {
	case r.to == skipped:
		return starred
	case word == "fonttbl":
		r.to = fonts
	case word == "stylesheet":
		r.to = styles
	case word == "listtext" || word == "pntext":
		r.to = marker
		r.mark.Reset()
	case word == "footnote":
		r.to, r.fresh = note, true
		r.held = append(r.held, r.p)
		r.p = lines.Builder{}
		r.table = false
		r.bold, r.italic = false, false
	case word == "upr": // its text comes twice, the second time in Unicode
		return true
	case word == "ud":
		r.p = lines.Builder{}
	case skippedGroups[word]:
		r.to = skipped
	case r.to == styles && (word == "cs" || word == "ds" || word == "ts" || word == "tsrowd"):
		r.to = skipped
	default:
		return false
	}
	return true
}

// end closes a group.
func (r *reader) end() {
	if len(r.stack) == 0 {
		return
	}
	inner := r.state
	r.state = r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	switch {
	case inner.to == note && r.to != note:
		outer := r.state
		r.state = inner
		r.paragraph()
		r.state = outer
		if n := len(r.held); n > 0 {
			r.p, r.held = r.held[n-1], r.held[:n-1]
		}
	case inner.to == styles && r.to == styles:
		name := strings.ToLower(strings.TrimSuffix(strings.TrimSpace(inner.named), ";"))
		s := style{bold: inner.bold, italic: inner.italic, level: max(0, inner.outline+1)}
		if rest, ok := strings.CutPrefix(name, "heading "); ok {
			if n, err := strconv.Atoi(rest); err == nil && 1 <= n && n <= 9 {
				s.level = n
			}
		}
		if name == "title" {
			s.level = 1
		}
		s.quote = name == "quote" || name == "intense quote" || name == "block text" || name == "quotations"
		if inner.style >= 0 {
			r.sheet[inner.style] = s
		}
	}
}

// word does what a control word says.
func (r *reader) word(word string, value int, has bool) {
	on := !has || value != 0
	if s, ok := signs[word]; ok {
		r.add(s)
		return
	}
	switch word {
	case "par", "sect":
		r.paragraphIn()
	case "line":
		if r.to == body || r.to == note {
			r.p.Break(lines.Guess)
		}
	case "page", "column":
		r.add(" ")
	case "cell", "nestcell", "nestrow":
		r.paragraphIn()
		if word == "cell" && r.to == body {
			r.row, r.cell = append(r.row, r.cell), nil
		}
	case "row":
		if r.to == body {
			r.rows, r.row = append(r.rows, r.row), nil
		}
	case "pard":
		r.style, r.outline, r.table, r.before, r.after, r.indent = -1, -1, false, 0, 0, 0
	case "plain":
		r.bold, r.italic, r.hidden, r.deleted = false, false, false, false
	case "b":
		r.bold = on
	case "i":
		r.italic = on
	case "v":
		r.hidden = on
	case "deleted":
		r.deleted = on
	case "intbl":
		r.table = true
	case "s":
		r.style = value
		if s := r.sheet[value]; r.to != styles && (s.bold || s.italic) {
			r.bold, r.italic = r.bold || s.bold, r.italic || s.italic
		}
	case "outlinelevel":
		r.outline = -1
		if 0 <= value && value < 9 {
			r.outline = value
		}
	case "sb":
		r.before = value
	case "sa":
		r.after = value
	case "ilvl":
		r.indent = 2 * min(max(value, 0), 9)
	case "f":
		r.font = value
	case "fcharset":
		if r.to == fonts {
			r.symbol[r.font] = value == 2
			if name := charsets[value]; name != "" {
				r.enc[r.font] = lookup(name)
			}
		}
	case "ansicpg":
		if e := lookup("windows-" + strconv.Itoa(value)); e != nil {
			r.ansi = e
		}
	case "mac":
		r.ansi = lookup("macintosh")
	case "uc":
		r.skipUnicode = min(max(value, 0), 8)
	case "u":
		r.unicode(value)
	}
}

// charsets are the encodings of the character sets of fonts.
var charsets = map[int]string{
	77: "macintosh", 128: "shift_jis", 129: "euc-kr", 134: "gbk", 136: "big5", 161: "windows-1253", 162: "windows-1254", 163: "windows-1258",
	177: "windows-1255", 178: "windows-1256", 186: "windows-1257", 204: "windows-1251", 222: "windows-874", 238: "windows-1250",
}

func lookup(name string) encoding.Encoding {
	e, _ := charset.Lookup(name)
	return e
}

// unicode adds the character of a \u word, which is a signed 16-bit number.
func (r *reader) unicode(value int) {
	c := rune(value)
	if c < 0 {
		c += 0x10000
	}
	r.swallow = r.skipUnicode
	switch {
	case 0xD800 <= c && c < 0xDC00:
		r.high = c
		return
	case 0xDC00 <= c && c < 0xE000 && r.high != 0:
		c = 0x10000 + (r.high-0xD800)<<10 + (c - 0xDC00)
	case 0xF020 <= c && c <= 0xF0FF:
		c = '•' // of a symbol font
	}
	r.high = 0
	n := r.swallow
	r.add(string(c))
	r.swallow = n
}

// byte adds a byte of text in the encoding of the font.
func (r *reader) byte(c byte) {
	if r.swallow > 0 {
		r.swallow--
		return
	}
	if r.to == skipped {
		return
	}
	r.pending = append(r.pending, c)
}

// flush decodes the bytes that were collected.
func (r *reader) flush() {
	r.swallow = 0
	if len(r.pending) == 0 {
		return
	}
	raw := r.pending
	r.pending = r.pending[:0]
	if r.symbol[r.font] && r.to != fonts && r.to != styles {
		r.add(strings.Map(func(c rune) rune {
			if c == 0xB7 || c == 0xA7 {
				return '•'
			}
			return c
		}, latin(raw)))
		return
	}
	e := r.enc[r.font]
	if e == nil {
		e = r.ansi
	}
	text, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		text = []byte(latin(raw))
	}
	r.add(string(text))
}

func latin(raw []byte) string {
	runes := make([]rune, len(raw))
	for i, c := range raw {
		runes[i] = rune(c)
	}
	return string(runes)
}

// add appends text to what it is for.
func (r *reader) add(s string) {
	switch r.to {
	case body, note:
		if !r.hidden && !r.deleted {
			r.p.Add(s, r.bold, r.italic)
		}
	case marker:
		if !r.hidden && !r.deleted && r.mark.Len() < 64 {
			r.mark.WriteString(s)
		}
	case styles:
		if len(r.named) < 200 {
			r.named += s
		}
	case skipped, fonts:
	}
}

// paragraphIn ends a paragraph where there can be one.
func (r *reader) paragraphIn() {
	if r.to == body || r.to == note {
		if r.deleted {
			r.p.Add(" ", false, false) // the end of the paragraph is deleted
			return
		}
		r.paragraph()
	}
}

// leastGap is the space between paragraphs, in twentieths of a point, from
// which on they stand apart.
const leastGap = 60

func (r *reader) paragraph() {
	out := r.p.Lines()
	label := strings.TrimSpace(r.mark.String())
	r.mark.Reset()
	if len(out) == 0 {
		r.gap = true
		return
	}
	first := &out[0]
	if r.to == note {
		for i := range out {
			out[i].Note = true
			if i > 0 || !r.fresh {
				out[i].Join = lines.Goes
			}
		}
		if r.fresh {
			r.count++
			first.Marker, first.Gap, r.fresh = strconv.Itoa(r.count), true, false
		}
		for i := range out {
			out[i].Number = len(r.notes) + 1
		}
		r.notes = append(r.notes, out...)
		return
	}
	look := r.sheet[r.style]
	if r.outline >= 0 {
		look.level = r.outline + 1
	}
	first.Gap = r.gap || max(r.below, r.before) >= leastGap
	if label != "" {
		first.Bullet = strings.Trim(label, "•·o▪◦-–—*") == ""
		first.Marker, first.Indent = label, r.indent
	}
	for i := range out {
		out[i].Number, out[i].Level, out[i].Quote = r.number, look.level, look.quote
	}
	r.number++
	r.gap, r.below = false, r.after
	if r.table {
		r.cell = append(r.cell, out...)
		return
	}
	r.endTable()
	r.lines = append(r.lines, out...)
}

// endTable writes the table that was read last.
func (r *reader) endTable() {
	if r.cell != nil {
		r.row, r.cell = append(r.row, r.cell), nil
	}
	if r.row != nil {
		r.rows, r.row = append(r.rows, r.row), nil
	}
	if r.rows != nil {
		r.lines = append(r.lines, lines.Table(r.rows)...)
		r.rows = nil
	}
}
