package read

import (
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// inline takes inline markup off runs of lines and collects the visible
// text. It follows CommonMark for emphasis, code spans, links and escapes as
// far as the visible words go: it never nests, so that time stays linear.
type inline struct {
	text        string
	definitions linkDefinitions
	out         []byte
	pieces      []piece

	tokens  []token
	stars   []int // open '*' and '_' tokens, innermost last
	bars    []int
	squares []int // open '[' tokens
}

// token is a piece of a line: visible text, or a mark that may turn out to
// be markup.
type token struct {
	kind       byte   // 't' text, 'r' replacement, '*' '_' emphasis, '[' bracket, 'n' end of line
	start, end int    // bytes of the source that are (still) visible
	with       string // of a replacement
	opens      bool
	closes     bool
	length     int // of the whole delimiter run
	// Emphasis that ends before and begins after the token's visible bytes.
	boldEnds, boldBegins, italicEnds, italicBegins int
}

// run rewrites lines, a run in which emphasis may pass from line to line, to
// hold offsets of the visible text.
func (p *inline) run(lines []line) {
	p.tokens, p.stars, p.bars, p.squares = p.tokens[:0], p.stars[:0], p.bars[:0], p.squares[:0]
	for i := range lines {
		switch l := lines[i]; {
		case l.rule || l.front:
			p.tokens = append(p.tokens, token{kind: 't', start: l.start, end: l.end})
		case l.cells:
			start, end := trimBars(p.text, l)
			p.scan(start, end, true)
		default:
			p.scan(l.start, l.end, false)
		}
		p.tokens = append(p.tokens, token{kind: 'n', start: lines[i].end, end: lines[i].end})
	}
	p.emit(lines)
}

// trimBars takes the outer bars off a table row.
func trimBars(text string, l line) (start, end int) {
	s := text[l.start:l.end]
	start, end = l.start, l.end
	if s[0] == '|' {
		start++
	}
	if end > start && text[end-1] == '|' && (end < 2 || text[end-2] != '\\') {
		end--
	}
	start, end, _ = trim(text, start, end)
	return start, end
}

// special are the bytes at which markup can begin.
var special = [256]bool{'\\': true, '`': true, '*': true, '_': true, '[': true, ']': true, '!': true, '<': true, '&': true, '~': true, '|': true}

// scan cuts [start, end) into tokens; in a table row a bar ends a cell.
func (p *inline) scan(start, end int, cells bool) {
	s := p.text
	noCode := map[int]bool(nil) // lengths of backtick runs that have no end on this line
	from := start
	flush := func(to int) {
		if from < to {
			p.tokens = append(p.tokens, token{kind: 't', start: from, end: to})
		}
	}
	for at := start; at < end; {
		c := s[at]
		if !special[c] {
			at++
			continue
		}
		n := 0 // bytes taken
		switch c {
		case '\\':
			if at+1 == end {
				flush(at)
				n = 1
			} else if isPunct(s[at+1]) {
				flush(at)
				p.tokens = append(p.tokens, token{kind: 't', start: at + 1, end: at + 2})
				n = 2
			}
		case '`':
			length := runLength(s, at, end)
			if noCode[length] {
				at += length
				continue
			}
			closing := findCode(s, at+length, end, length)
			if closing < 0 {
				if noCode == nil {
					noCode = map[int]bool{}
				}
				noCode[length] = true
				at += length
				continue
			}
			flush(at)
			p.tokens = append(p.tokens, token{kind: 't', start: at + length, end: closing})
			n = closing + length - at
		case '*', '_':
			flush(at)
			n = runLength(s, at, end)
			p.emphasis(at, at+n, start, end)
		case '|':
			if cells {
				flush(at)
				p.tokens = append(p.tokens, token{kind: 'r', start: at, end: at + 1, with: " | "})
				n = 1
			}
		case '~':
			if length := runLength(s, at, end); length == 2 {
				flush(at)
				n = 2
			} else {
				at += length
				continue
			}
		case '!':
			if at+1 < end && s[at+1] == '[' && at+2 < end && s[at+2] != '^' {
				flush(at)
				p.squares = append(p.squares, len(p.tokens))
				p.tokens = append(p.tokens, token{kind: '[', start: at, end: at + 2})
				n = 2
			}
		case '[':
			flush(at)
			if n = footnoteMark(s[at:end]); n == 0 {
				p.squares = append(p.squares, len(p.tokens))
				p.tokens = append(p.tokens, token{kind: '[', start: at, end: at + 1})
				n = 1
			}
		case ']':
			if len(p.squares) > 0 {
				open := p.squares[len(p.squares)-1]
				p.squares = p.squares[:len(p.squares)-1]
				if length := p.linkEnd(open, at, end); length > 0 {
					flush(at)
					p.tokens[open].start = p.tokens[open].end
					n = length
				}
			}
		case '<':
			if length, keep := tag(s[at:end]); length > 0 {
				flush(at)
				n = length
				if keep {
					p.tokens = append(p.tokens, token{kind: 't', start: at + 1, end: at + length - 1})
				} else if strings.HasPrefix(strings.ToLower(s[at:at+length]), "<br") {
					p.tokens = append(p.tokens, token{kind: 'r', start: at, end: at + length, with: " "})
				}
			}
		case '&':
			if with, length := entity(s[at:end]); length > 0 {
				flush(at)
				p.tokens = append(p.tokens, token{kind: 'r', start: at, end: at + length, with: with})
				n = length
			}
		}
		if n == 0 {
			at++
			continue
		}
		at += n
		from = at
	}
	flush(end)
}

// emphasis adds a run of '*' or '_' and pairs it with an open one.
func (p *inline) emphasis(start, end, lineStart, lineEnd int) {
	s := p.text
	before, after := ' ', ' '
	if start > lineStart {
		before, _ = utf8.DecodeLastRuneInString(s[lineStart:start])
	}
	if end < lineEnd {
		after, _ = utf8.DecodeRuneInString(s[end:lineEnd])
	}
	spaceBefore, spaceAfter := unicode.IsSpace(before), unicode.IsSpace(after)
	markBefore, markAfter := isMark(before), isMark(after)
	left := !spaceAfter && (!markAfter || spaceBefore || markBefore)
	right := !spaceBefore && (!markBefore || spaceAfter || markAfter)
	t := token{kind: s[start], start: start, end: end, opens: left, closes: right, length: end - start}
	stack := &p.stars
	if t.kind == '_' {
		stack = &p.bars
		t.opens = left && (!right || markBefore)
		t.closes = right && (!left || markAfter)
	} else if unicode.IsDigit(before) && unicode.IsDigit(after) {
		t.opens, t.closes = false, false // 3*4*5
	}
	for t.closes && t.start < t.end && len(*stack) > 0 {
		o := &p.tokens[(*stack)[len(*stack)-1]]
		// The rule of three of CommonMark.
		if (o.closes || t.opens) && (o.length+t.length)%3 == 0 && (o.length%3 != 0 || t.length%3 != 0) {
			break
		}
		if o.end-o.start >= 2 && t.end-t.start >= 2 {
			o.end, t.start = o.end-2, t.start+2
			o.boldBegins++
			t.boldEnds++
		} else {
			o.end, t.start = o.end-1, t.start+1
			o.italicBegins++
			t.italicEnds++
		}
		if o.start == o.end {
			*stack = (*stack)[:len(*stack)-1]
		}
	}
	if t.opens && t.start < t.end {
		*stack = append(*stack, len(p.tokens))
	}
	p.tokens = append(p.tokens, t)
}

// isMark reports punctuation and symbols, as CommonMark does for emphasis.
func isMark(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// linkEnd returns the length of what closes a link at ']': "](target)",
// "][label]" or "]" alone where the text itself is a label; 0 if the
// brackets are just brackets.
func (p *inline) linkEnd(open, at, end int) int {
	s := p.text
	if at+1 < end && s[at+1] == '(' {
		if n := linkTarget(s[at+2 : end]); n >= 0 {
			return n + 2
		}
	}
	if len(p.definitions) == 0 {
		return 0
	}
	if at+1 < end && s[at+1] == '[' {
		close := strings.IndexByte(s[at+2:min(end, at+70)], ']')
		if close > 0 && p.definitions[strings.ToLower(s[at+2:at+2+close])] {
			return close + 3
		}
		if close == 0 && p.isLabel(open, at) {
			return 3
		}
	}
	if p.isLabel(open, at) {
		return 1
	}
	return 0
}

func (p *inline) isLabel(open, at int) bool {
	from := p.tokens[open].end
	return at-from <= 64 && from < at && p.definitions[strings.ToLower(p.text[from:at])]
}

// linkTarget returns the length of "target)" or "target "title")", -1 if s
// does not begin with one. Parentheses nest to a fixed depth, which bounds
// the time that a text of nothing but "](" takes.
func linkTarget(s string) int {
	depth, quoted := 0, byte(0)
	spaced := false
	for i := 0; i < len(s) && i < 4096; i++ {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s):
			i++
		case quoted != 0:
			if c == quoted {
				quoted = 0
			}
		case c == ' ':
			spaced = i > 0
		case spaced && (c == '"' || c == '\''):
			quoted = c
		case c == ')' && depth == 0:
			return i + 1
		case spaced:
			return -1 // words in parentheses, not a target
		case c == '(':
			if depth++; depth > 8 {
				return -1
			}
		case c == ')':
			depth--
		}
	}
	return -1
}

// footnoteMark returns the length of "[^label]", 0 if s does not begin with
// one.
func footnoteMark(s string) int {
	if !strings.HasPrefix(s, "[^") {
		return 0
	}
	close := strings.IndexAny(s[2:min(len(s), 40)], "] ")
	if close < 1 || s[2+close] != ']' {
		return 0
	}
	return close + 3
}

// htmlTags are the elements that turn up in Markdown. Anything else in
// pointed brackets is text. Source: WHATWG HTML, index of elements.
var htmlTags = words(`a abbr address article aside b blockquote body br center cite code col colgroup dd del details div dl dt
 em figcaption figure font footer h1 h2 h3 h4 h5 h6 head header hr html i img ins kbd label li main mark meta nav ol p
 pre q s samp script section small span strike strong style sub summary sup table tbody td tfoot th thead title tr tt u ul wbr`)

// tag returns the length of an HTML tag, comment or automatic link at the
// start of s; keep says that its inside is visible (a link).
func tag(s string) (length int, keep bool) {
	if strings.HasPrefix(s, "<!--") {
		if end := strings.Index(s[:min(len(s), 4096)], "-->"); end > 0 {
			return end + 3, false
		}
		return 0, false
	}
	end := strings.IndexAny(s[1:min(len(s), 2048)], "<>")
	if end < 1 || s[1+end] != '>' {
		return 0, false
	}
	body := s[1 : 1+end]
	if !strings.Contains(body, " ") && (strings.Contains(body, "://") || strings.Contains(body, "@") || strings.HasPrefix(body, "mailto:")) {
		return end + 2, true
	}
	name := strings.TrimPrefix(body, "/")
	if i := strings.IndexAny(name, " \t/"); i >= 0 {
		name = name[:i]
	}
	if htmlTags[strings.ToLower(name)] {
		return end + 2, false
	}
	return 0, false
}

// entity decodes "&name;" or "&#1234;" at the start of s.
func entity(s string) (with string, length int) {
	end := strings.IndexByte(s[:min(len(s), 34)], ';')
	if end < 2 {
		return "", 0
	}
	with = html.UnescapeString(s[:end+1])
	if with == s[:end+1] || strings.Contains(with, ";") && with != ";" {
		return "", 0
	}
	if with == "\x00" {
		with = "\uFFFD"
	}
	return with, end + 1
}

func isPunct(c byte) bool {
	return '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}

func runLength(s string, at, end int) int {
	n := 1
	for at+n < end && s[at+n] == s[at] {
		n++
	}
	return n
}

// findCode finds a run of exactly length backticks.
func findCode(s string, at, end, length int) int {
	for at < end {
		if s[at] != '`' {
			at++
			continue
		}
		n := runLength(s, at, end)
		if n == length {
			return at
		}
		at += n
	}
	return -1
}

// emit writes the visible bytes of the tokens and gives the lines their new
// offsets and their first runs of bold and italic text.
func (p *inline) emit(lines []line) {
	bold, italic, i := 0, 0, 0
	start := len(p.out)
	for _, t := range p.tokens {
		l := &lines[i]
		if t.kind == 'n' {
			l.start, l.end, _ = trimBytes(p.out, start, len(p.out))
			p.put("\n", t.start, 0)
			start = len(p.out)
			i++
			continue
		}
		bold -= t.boldEnds
		italic -= t.italicEnds
		at := len(p.out)
		if t.kind == 'r' {
			p.put(t.with, t.start, 0)
		} else {
			p.put(p.text[t.start:t.end], t.start, 1)
		}
		mark(&l.bold, bold > 0, at, p.out)
		mark(&l.italic, italic > 0, at, p.out)
		bold += t.boldBegins
		italic += t.italicBegins
	}
}

// mark extends the first styled run of a line by out[at:]. Once unstyled
// words have followed, the run is over.
func mark(run *Span, on bool, at int, out []byte) {
	if !on || at == len(out) {
		return
	}
	if run.End == 0 {
		*run = Span{at, len(out)}
	} else if bytes.IndexFunc(out[run.End:at], isWordRune) < 0 {
		run.End = len(out)
	}
}

// put appends visible text that comes from byte from of the source.
func (p *inline) put(s string, from int, step int32) {
	if s == "" {
		return
	}
	at := len(p.out)
	p.out = append(p.out, s...)
	if n := len(p.pieces); n > 0 && step == 1 {
		last := p.pieces[n-1]
		if last.step == 1 && int(last.from)+at-int(last.at) == from {
			return
		}
	}
	p.pieces = append(p.pieces, piece{int32(at), int32(from), step})
}

func trimBytes(b []byte, start, end int) (from, to, indent int) {
	from, to, indent = trim(string(b[start:end]), 0, end-start)
	return from + start, to + start, indent
}

// hasWord reports a letter or digit.
func hasWord(s string) bool {
	return strings.IndexFunc(s, isWordRune) >= 0
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
