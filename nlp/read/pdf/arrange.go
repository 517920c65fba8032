package pdf

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"counterclaim/nlp/read/lines"
)

// placed is a row in the order of reading.
type placed struct {
	row
	page, line int
	column     *column
	edge       float64 // right end of a full line here
	centred    bool
}

// arrange turns the characters of all pages into lines.
func arrange(sheets [][]glyph) []lines.Line {
	pages := make([][]row, len(sheets))
	for i, glyphs := range sheets {
		pages[i] = attachRaised(rowsOf(glyphs))
	}
	dropFurniture(pages)
	body := bodySize(pages)
	var text, notes []placed
	for i, rows := range pages {
		columns := columnsOf(rows)
		at := 0
		var here, below []placed
		marked := marksOf(columns)
		for c := range columns {
			cut := noteStart(columns[c].rows, body, marked, len(notes) > 0)
			for k, r := range columns[c].rows {
				if at++; r.number > 0 {
					at = r.number
				}
				p := placed{row: r, page: i + 1, line: at, column: &columns[c]}
				if k < cut {
					here = append(here, p)
				} else {
					below = append(below, p)
				}
			}
		}
		takeMarks(here, below)
		text, notes = append(text, here...), append(notes, below...)
	}
	takeEndMarks(text)
	setEdges(text)
	out := join(text, body)
	return append(out, joinNotes(notes)...)
}

// bodySize is the size of type that most letters have.
func bodySize(pages [][]row) float64 {
	count := map[float64]int{}
	best := 0.0
	for _, rows := range pages {
		for _, r := range rows {
			size := math.Round(r.size*2) / 2
			if count[size] += len(r.text); count[size] > count[best] || count[size] == count[best] && size < best {
				best = size
			}
		}
	}
	return best
}

// noteLabel is the label of a footnote that is not raised.
var noteLabel = regexp.MustCompile(`^(\d{1,3}|[*†‡])[.)]? +(\S)|^([*†‡])(\S)`)

// noteStart is the index of the first row of the footnotes at the end of a
// column: rows in small type, of which one has a label; or rows from one on
// whose raised label is a mark on the page.
func noteStart(rows []row, body float64, marked map[string]bool, before bool) int {
	start := len(rows)
	for start > 0 && rows[start-1].size < 0.93*body {
		start--
	}
	for first := start; first < len(rows); first++ {
		if rows[first].label != "" || noteLabel.MatchString(rows[first].text) {
			if before && first > start {
				return start // goes on with a note of the page above
			}
			return first
		}
	}
	for k := range rows {
		if rows[k].label != "" && marked[rows[k].label] {
			return k
		}
	}
	return len(rows)
}

// marksOf are the raised numbers and signs behind the words of a page.
func marksOf(columns []column) map[string]bool {
	found := map[string]bool{}
	for _, c := range columns {
		for _, r := range c.rows {
			for _, m := range r.marks {
				found[r.text[m.start:m.end]] = true
			}
		}
	}
	return found
}

// takeMarks takes the marks of the footnotes of a page out of its text.
func takeMarks(text, notes []placed) {
	left := map[string]int{}
	last := ""
	for i := range notes {
		if n := &notes[i]; n.label == "" {
			if label, at := labelOf(n.text); label != "" && isNext(label, last) {
				n.label, n.text = label, n.text[at:]
				n.bold, n.italic, n.marks = lines.Run{}, lines.Run{}, nil
			}
		}
		if notes[i].label != "" {
			left[notes[i].label]++
			last = notes[i].label
		}
	}
	for i := range text {
		p := &text[i]
		for k := len(p.marks) - 1; k >= 0; k-- {
			m := p.marks[k]
			label := p.text[m.start:m.end]
			before, _ := utf8.DecodeLastRuneInString(p.text[:m.start])
			if left[label] == 0 || unicode.IsDigit(before) {
				continue
			}
			left[label]--
			p.drop(k)
		}
	}
}

// labelOf finds a label that is not raised, and where the text behind it
// begins.
func labelOf(s string) (label string, at int) {
	m := noteLabel.FindStringSubmatchIndex(s)
	if m == nil {
		return "", 0
	}
	if m[2] < 0 {
		return s[m[6]:m[7]], m[8]
	}
	return s[m[2]:m[3]], m[4]
}

// isNext: labels that are numbers count up by one on a page.
func isNext(label, last string) bool {
	n, err := strconv.Atoi(label)
	before, errBefore := strconv.Atoi(last)
	return err != nil || errBefore != nil || n == before+1
}

// drop takes a mark out of the text of a row.
func (p *placed) drop(k int) {
	m := p.marks[k]
	p.text = p.text[:m.start] + p.text[m.end:]
	p.bold, p.italic = without(p.bold, m), without(p.italic, m)
	p.marks = slices.Delete(slices.Clone(p.marks), k, k+1)
	for i := k; i < len(p.marks); i++ {
		p.marks[i] = mark{p.marks[i].start - (m.end - m.start), p.marks[i].end - (m.end - m.start)}
	}
}

// takeEndMarks takes out the marks of notes that stand at the end of the
// document: raised numbers behind words that count up from 1.
func takeEndMarks(text []placed) {
	next := 1
	for i := range text {
		for k := 0; k < len(text[i].marks); {
			p := &text[i]
			m := p.marks[k]
			if n, err := strconv.Atoi(p.text[m.start:m.end]); err == nil && n == next && behindWord.MatchString(p.text[:m.start]) && !unit.MatchString(p.text[:m.start]) {
				next++
				p.drop(k)
				continue
			}
			k++
		}
	}
}

// A mark stands behind a word, or what ends a sentence; a power behind a
// unit.
var (
	behindWord = regexp.MustCompile(`(\pL\pL|[.,;:!?)"”’»])$`)
	unit       = regexp.MustCompile(`(^|[^\pL])([kcmdµ]?m|ft|yd|in|mi|ha|sec)$`)
)

// without is a run of a text from which a mark is taken.
func without(run lines.Run, m mark) lines.Run {
	shift := func(at int) int {
		switch {
		case at >= m.end:
			return at - (m.end - m.start)
		case at > m.start:
			return m.start
		}
		return at
	}
	return lines.Run{Start: shift(run.Start), End: shift(run.End)}
}

// setEdges finds out where full lines end: at the right end of most of the
// lines that begin alike.
func setEdges(all []placed) {
	for i := range all {
		if c := all[i].column; all[i].edge == 0 {
			edge := c.right
			var rights []float64
			for k := range all {
				if other := all[k].column; math.Abs(other.left-c.left) < 12 {
					rights = append(rights, all[k].right)
				}
			}
			slices.Sort(rights)
			if n := len(rights); n >= 10 {
				edge = max(edge, rights[n*9/10])
			}
			for k := range all {
				if all[k].column == c {
					all[k].edge = edge
				}
			}
		}
	}
	for i := range all {
		p := &all[i]
		c := p.column
		center := (c.left + p.edge) / 2
		p.centred = p.left > c.left+2*p.size && math.Abs((p.left+p.right)/2-center) < 0.75*p.size && p.right < p.edge-1.5*p.size
	}
}

// join puts the lines of paragraphs together.
func join(all []placed, body float64) []lines.Line {
	lead := leading(all)
	indented := usesIndents(all, lead)
	out := make([]lines.Line, 0, len(all))
	start := 0 // index of the first line of the paragraph
	for i := range all {
		p := &all[i]
		l := lines.Line{Text: p.text, Page: p.page, Number: p.line, Bold: p.bold, Italic: p.italic}
		if p.label != "" {
			l.Text = p.label + " " + l.Text
			l.Bold, l.Italic = lines.Run{}, lines.Run{}
		}
		if p.size > 1.15*body && len(p.text) < 200 {
			l.Bold = lines.Run{Start: 0, End: len(l.Text)}
		}
		if p.broken && !strings.HasSuffix(l.Text, "-") {
			l.Text += "-"
		}
		if i == 0 {
			l.Gap = true
		} else {
			l.Join, l.Gap = relate(all, start, i, lead, indented)
		}
		if l.Join == lines.New {
			start = i
		}
		out = append(out, l)
	}
	return out
}

// leading is the distance of the lines of a paragraph, in sizes of type.
func leading(all []placed) float64 {
	var distances []float64
	for i := 1; i < len(all); i++ {
		a, b := &all[i-1], &all[i]
		if d := (a.base - b.base) / b.size; a.column == b.column && math.Abs(a.size-b.size) < 0.5 && d > 0.5 && d < 3 {
			distances = append(distances, d)
		}
	}
	if len(distances) == 0 {
		return 1.2
	}
	slices.Sort(distances)
	return distances[len(distances)/3]
}

// usesIndents reports a document that sets in the first lines of its
// paragraphs.
func usesIndents(all []placed, lead float64) bool {
	in, apart := 0, 0
	for i := 1; i < len(all); i++ {
		a, b := &all[i-1], &all[i]
		if a.column != b.column || math.Abs(a.size-b.size) > 0.5 {
			continue
		}
		switch {
		case (a.base-b.base)/b.size > 1.25*lead:
			apart++
		case b.left > b.column.left+0.8*b.size && a.left < a.column.left+0.5*a.size && marker(b.text) == "":
			in++
		}
	}
	return in > apart
}

// relate says how line i belongs to the line above it.
func relate(all []placed, start, i int, lead float64, indented bool) (lines.Join, bool) {
	a, b := &all[i-1], &all[i]
	m := marker(b.text)
	if wideA, wideB := strings.Contains(a.text, wide), strings.Contains(b.text, wide); wideA || wideB {
		most := 1.25 * lead
		if wideA && wideB {
			most = 2.5 * lead // the rows of a table may stand apart
		}
		return lines.New, a.column != b.column || (a.base-b.base)/b.size > most
	}
	if a.column != b.column {
		return across(a, b, m, indented)
	}
	distance := (a.base - b.base) / max(a.size, b.size)
	gap := distance > 1.25*lead && distance > lead+0.2
	if gap || math.Abs(a.size-b.size) > 0.08*max(a.size, b.size) {
		return lines.New, gap
	}
	fits := fits(a, b)
	switch {
	case m == "•" || m != "" && (fits || endsSentence(a.text) || math.Abs(b.left-a.left) > 0.5*b.size):
		return lines.New, false
	case a.centred && b.centred:
		if room := a.edge - a.column.left; a.right-a.left+0.3*a.size+b.first > 0.9*room || startsLower(b.text) {
			return lines.Goes, false
		}
		return lines.New, false
	case a.broken:
		return lines.Goes, false
	case fits:
		return lines.New, false
	case a.centred != b.centred && a.allBold != b.allBold:
		return lines.New, false
	case b.centred && a.allBold && b.allBold:
		return lines.Goes, false // a heading whose first line is full
	}
	hanging := start == i-1 && marker(a.text) != ""
	if b.left > a.left+0.8*b.size && !hanging && !startsLower(b.text) && a.left < a.column.left+2*a.size {
		return lines.New, false // the first line of a paragraph is set in
	}
	return lines.Goes, false
}

// across says how the first line of a column or page belongs to the last
// line of the one before.
func across(a, b *placed, m string, indented bool) (lines.Join, bool) {
	switch {
	case a.broken:
		return lines.Goes, false
	case m != "" || fits(a, b) || math.Abs(a.size-b.size) > 0.08*max(a.size, b.size) || a.allBold != b.allBold || a.centred || b.centred:
		return lines.New, true
	case b.left > b.column.left+0.8*b.size && !startsLower(b.text):
		return lines.New, true
	case endsSentence(a.text) && !startsLower(b.text) && !indented:
		return lines.New, true
	}
	return lines.Goes, false
}

// fits: the first word of b would have had room behind a, so that a ends its
// paragraph.
func fits(a, b *placed) bool {
	return a.right+0.25*a.size+b.first+0.4*a.size < a.edge
}

func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "\"'”’»)] "))
	return strings.ContainsRune(".!?:;", r)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"'“‘(["))
	return unicode.IsLower(r)
}

// numbered is the number of a paragraph or of an item of a list.
var numbered = regexp.MustCompile(`^(\(?([0-9]{1,3}|[a-z]|[ivx]{1,5}|[A-Z])\)|[0-9]{1,3}(\.[0-9]{1,2}){0,3}\.?|[A-Z]\.|[IVX]{1,5}\.|[a-z]\.) `)

// marker is the marker at the start of a line, or nothing; any bullet is "•".
func marker(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("•·▪◦‣●○■–—*-", r) && len(s) > n && s[n] == ' ' {
		return "•"
	}
	m := numbered.FindString(s)
	if m == "" {
		return ""
	}
	if m = strings.TrimSpace(m); strings.Trim(m, "0123456789") == "" {
		return "" // a number with nothing behind it is no marker
	}
	return m
}

// joinNotes makes footnotes of rows in small type.
func joinNotes(notes []placed) []lines.Line {
	out := make([]lines.Line, 0, len(notes))
	for i, p := range notes {
		l := lines.Line{Text: p.text, Page: p.page, Number: p.line, Note: true, Marker: p.label, Join: lines.Goes}
		if p.label != "" || i == 0 {
			l.Join, l.Gap = lines.New, true
		}
		if p.broken && !strings.HasSuffix(l.Text, "-") {
			l.Text += "-"
		}
		out = append(out, l)
	}
	return out
}
