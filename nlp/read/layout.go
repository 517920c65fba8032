package read

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"counterclaim/nlp/read/lines"
)

// draft is a block that is not yet written: lines of visible text.
type draft struct {
	kind    Kind
	level   int
	marker  string
	lines   []Span // of the visible text
	gap     bool   // a blank line is above
	page    bool   // a page break is above
	indent  int
	bullet  bool
	quote   bool
	columns bool // a row of columns set with white space
	front   bool
	bold    bool // the whole text
	italic  bool
	lead    int // end of bold or italic text at the start, 0 if none

	text string // the first previewLength bytes or so, lines joined
	size int    // bytes of the whole text
	tail string // the last line
}

// previewLength is enough to judge what a short block is.
const previewLength = 300

// layOut groups lines into blocks and gives each its kind.
func layOut(text string, all []line, markdown bool) []draft {
	drafts := group(text, all, markdown)
	for i := range drafts {
		drafts[i].preview(text)
	}
	classify(drafts)
	drafts = mergeRows(drafts)
	return joinBroken(drafts)
}

// group puts the lines of a paragraph together.
func group(text string, all []line, markdown bool) []draft {
	known := collectMarkers(text, all)
	wrap := wrapWidth(text, all)
	drafts := make([]draft, 0, len(all))
	chunkWrap, prose := 0, false
	for i, l := range all {
		if l.gap || i == 0 {
			chunkWrap, prose = wrap, false
			if wrap == 0 {
				chunkWrap = localWrap(text, all[i:])
			}
			if markdown {
				prose = isProse(text, all[i:])
			}
		}
		marker, rest, columns := l.marker, 0, false
		if !l.bullet && !l.note && !l.rule && !l.cells && !l.front && (!l.told || l.marker == "" && l.join != lines.Goes) {
			marker, rest = known.find(text[l.start:l.end])
			columns = isColumns(text[l.start+rest : l.end])
			if columns || marker != "" && l.level == 0 && midSentence(text, all, i, chunkWrap) {
				marker, rest = "", 0
			}
		}
		span := Span{l.start + rest, l.end}
		goes := l.join == lines.Goes
		if !l.told || l.join == lines.Guess {
			goes = i > 0 && marker == "" && !columns && len(drafts) > 0 && continues(text, all[i-1], l, chunkWrap, prose, &drafts[len(drafts)-1])
		}
		if goes && len(drafts) > 0 {
			d := &drafts[len(drafts)-1]
			d.lines = append(d.lines, span)
			d.bold = d.bold && covers(text, l.bold, span)
			d.italic = d.italic && covers(text, l.italic, span)
			continue
		}
		d := draft{
			level: l.level, marker: marker, lines: []Span{span}, gap: l.gap, page: l.page, indent: l.indent,
			bullet: l.bullet, quote: l.quote > 0, columns: columns, front: l.front,
			bold: covers(text, l.bold, span), italic: covers(text, l.italic, span),
		}
		for _, run := range []Span{l.bold, l.italic} {
			if run.End > span.Start && !hasWord(text[span.Start:max(run.Start, span.Start)]) {
				d.lead = max(d.lead, run.End)
			}
		}
		switch {
		case l.rule:
			d.kind = Rule
		case l.note:
			d.kind = Footnote
		case l.cells:
			d.kind = Table
		}
		drafts = append(drafts, d)
	}
	return drafts
}

// covers: no letter of the line is outside the styled run.
func covers(text string, run, l Span) bool {
	return run.End > run.Start && !hasWord(text[l.Start:max(l.Start, run.Start)]) && !hasWord(text[min(run.End, l.End):l.End])
}

// wrapWidth estimates at how many characters the lines of a document were
// broken, 0 if they were not. Lines that go on in lower case in the next
// line are the witnesses; a handful of wrapped titles is not enough.
func wrapWidth(text string, lines []line) int {
	var widths []int
	for i := range len(lines) - 1 {
		if n := brokenWidth(text, lines[i], lines[i+1]); n > 0 {
			widths = append(widths, n)
		}
	}
	if len(widths) < 4 {
		return 0
	}
	slices.Sort(widths)
	return widths[len(widths)*19/20]
}

// localWrap is wrapWidth of the lines up to the next gap.
func localWrap(text string, lines []line) int {
	width, broken := 0, false
	for i := range lines {
		if i > 0 && lines[i].gap {
			break
		}
		width = max(width, utf8.RuneCountInString(text[lines[i].start:lines[i].end]))
		broken = broken || i+1 < len(lines) && brokenWidth(text, lines[i], lines[i+1]) > 0
	}
	if !broken || width > maxWrap {
		return 0
	}
	return width
}

// isProse: the lines up to the next gap end like a sentence and are not all
// short.
func isProse(text string, lines []line) bool {
	long := false
	for i, l := range lines {
		if i > 0 && l.gap {
			return long && endsIn(text[lines[i-1].start:lines[i-1].end], ".!?:")
		}
		long = long || l.end-l.start >= minWrap
	}
	last := lines[len(lines)-1]
	return long && endsIn(text[last.start:last.end], ".!?:")
}

// Lines that were broken by a program or a typist are between these widths.
const (
	minWrap = 40
	maxWrap = 140
)

// brokenWidth is the width of line a if b continues it in lower case.
func brokenWidth(text string, a, b line) int {
	if b.gap || !startsLower(text[b.start:b.end]) || a.level > 0 || a.cells || a.end-a.start > 4*maxWrap {
		return 0
	}
	n := a.indent + utf8.RuneCountInString(text[a.start:a.end])
	if n < minWrap || n > maxWrap {
		return 0
	}
	return n
}

// midSentence: line i begins with what looks like a marker, but is the
// continuation of a wrapped line ("in the year / 1996. That").
func midSentence(text string, lines []line, i, wrap int) bool {
	l := lines[i]
	if l.gap || i == 0 || wrap == 0 || lines[i-1].rule || lines[i-1].level > 0 {
		return false
	}
	before := text[lines[i-1].start:lines[i-1].end]
	return isFull(before, text[l.start:l.end], lines[i-1].indent, wrap) && !endsIn(before, ".!?:;") && !strings.HasSuffix(before, ", and") && !strings.HasSuffix(before, "; or")
}

// continues: line l goes on with the paragraph that line before is the last
// line of.
func continues(text string, before, l line, wrap int, prose bool, d *draft) bool {
	if l.gap || l.page || l.rule || before.rule || l.note || l.bullet || l.front || l.cells != before.cells || d.columns {
		return false
	}
	if l.cells {
		return true
	}
	if l.level > 0 || before.level > 0 {
		return l.level == before.level
	}
	if l.quote != before.quote {
		return false
	}
	a, b := text[before.start:before.end], text[l.start:l.end]
	if l.indent >= before.indent+2 && endsIn(a, ".!?:") && (len(d.lines) > 1 || d.marker == "") {
		return false // the first line of a paragraph is set in
	}
	full := isFull(a, b, before.indent, wrap)
	boldBefore := covers(text, before.bold, Span{before.start, before.end})
	boldNow := covers(text, l.bold, Span{l.start, l.end})
	if boldBefore && !boldNow && len(d.lines) == 1 && endsIn(a, "?!.:") && (prose || endsIn(b, ".!?")) {
		return true // a run-in heading on a line of its own
	}
	if boldBefore != boldNow && (len(d.lines) == 1 && boldBefore || !full) && !startsLower(b) {
		return false
	}
	switch {
	case full:
		return true
	case startsLower(b):
		return !endsIn(a, ":;")
	case endsHyphen(a):
		return true
	case endsLinking(a) && !endsIn(a, ".!?:;,"):
		return true
	}
	// Ragged lines: nearly full, and the sentence has not ended.
	if n := before.indent + utf8.RuneCountInString(a); wrap > 0 && n*4 >= wrap*3 && n <= wrap && !endsIn(a, ".!?:;") && before.end-before.start >= 60 {
		return true
	}
	// In Markdown a paragraph goes on until a blank line; only short lines
	// stand for themselves there. Plain text has one line for one paragraph.
	return prose && before.end-before.start >= minWrap
}

// isFull: the first word of b would not have fitted behind a.
func isFull(a, b string, indent, wrap int) bool {
	if wrap == 0 || len(a) > 8*maxWrap || indent*2 > wrap {
		return false
	}
	word := b
	if i := strings.IndexAny(b, " \t"); i >= 0 {
		word = b[:i]
	}
	return indent+utf8.RuneCountInString(a)+1+utf8.RuneCountInString(word) > wrap
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"'“‘(["))
	return unicode.IsLower(r)
}

// endsIn reports a last character, closing quotes and brackets left out, out
// of a set.
func endsIn(s, set string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "\"'”’»)]*_ "))
	return strings.ContainsRune(set, r) && r != utf8.RuneError
}

func endsLinking(s string) bool {
	i := strings.LastIndexAny(s, " \t")
	return i >= 0 && linking[strings.ToLower(s[i+1:])]
}

// endsHyphen reports a word that a hyphen at the end of the line breaks or
// joins to the next.
func endsHyphen(s string) bool {
	rest, ok := strings.CutSuffix(s, "-")
	r, _ := utf8.DecodeLastRuneInString(rest)
	return ok && isWordRune(r)
}

// isColumns reports cells that are parted by a tab or by four or more spaces.
// A sentence with one wide gap in it is none.
func isColumns(s string) bool {
	if len(s) >= 400 || !strings.Contains(s, "    ") && !strings.Contains(s, "\t") {
		return false
	}
	gaps, words, white := 0, 0, 1
	for i := range len(s) {
		switch s[i] {
		case ' ':
			white++
			continue
		case '\t':
			white += 4
			continue
		}
		if white >= 4 {
			gaps++
		}
		if white > 0 {
			words++
		}
		white = 0
	}
	return gaps >= 2 || gaps == 1 && words <= 15
}

// preview fills text, size and tail.
func (d *draft) preview(text string) {
	var b strings.Builder
	for i, l := range d.lines {
		d.size += l.End - l.Start + 1
		if b.Len() > previewLength {
			continue
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		if len(d.lines) == 1 && l.End-l.Start <= previewLength {
			d.text = text[l.Start:l.End]
			continue
		}
		b.WriteString(text[l.Start:cut(text, l.Start, min(l.End, l.Start+previewLength))])
	}
	if d.text == "" {
		d.text = b.String()
	}
	last := d.lines[len(d.lines)-1]
	d.tail = text[last.Start:last.End]
}

// cut moves an end back to a character's start.
func cut(s string, start, end int) int {
	for end > start && end < len(s) && !utf8.RuneStart(s[end]) {
		end--
	}
	return end
}

// mergeRows makes tables of rows that follow each other.
func mergeRows(drafts []draft) []draft {
	merged := drafts[:0]
	for _, d := range drafts {
		if n := len(merged); n > 0 && d.columns && d.kind == Table && !d.gap && merged[n-1].columns && merged[n-1].kind == Table {
			merged[n-1].lines = append(merged[n-1].lines, d.lines...)
			continue
		}
		merged = append(merged, d)
	}
	return merged
}

// joinBroken mends paragraphs that a page break cut in two: the first part
// has no final punctuation, the second goes on in lower case.
func joinBroken(drafts []draft) []draft {
	joined := drafts[:0]
	for _, d := range drafts {
		if n := len(joined); n > 0 && brokenAcross(&joined[n-1], &d) {
			joined[n-1].lines = append(joined[n-1].lines, d.lines...)
			joined[n-1].tail = d.tail
			joined[n-1].size += d.size
			continue
		}
		joined = append(joined, d)
	}
	return joined
}

func brokenAcross(a, b *draft) bool {
	if a.kind != Paragraph && a.kind != ListItem && a.kind != Quotation || b.kind != Paragraph && b.kind != a.kind {
		return false
	}
	if b.marker != "" || b.bullet || b.lead > 0 || a.columns || b.columns || a.quote != b.quote || a.size < 30 {
		return false
	}
	if endsIn(a.tail, ".!?:;…") || !hasWord(a.tail) {
		return false
	}
	return startsLower(b.text) || b.page && a.size > previewLength && !endsIn(a.tail, ",)\"”")
}
