package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"counterclaim/nlp/read/lines"
)

// row is a line of text on a page, or a part of one.
type row struct {
	left, right float64
	base        float64 // y of the line that the letters stand on
	size        float64 // of the type of most of its letters
	text        string
	bold        lines.Run // the first run of bold text
	italic      lines.Run
	allBold     bool
	first       float64 // width of the first word
	label       string  // a raised number or sign at the start, not in text
	marks       []mark  // raised numbers or signs behind words, in text
	number      int     // printed beside the line; 0: none
	broken      bool    // ends in the hyphen of a broken word
}

// mark is a raised number or sign, the bytes [start, end) of the text.
type mark struct{ start, end int }

// rowsOf puts the characters of a page together to rows, in the order of the
// file. A wide gap ends a row: what stands beyond it may be another column.
func rowsOf(glyphs []glyph) []row {
	var rows []row
	var run []glyph
	base, size, right := 0.0, 1.0, 0.0 // of the run
	for _, g := range glyphs {
		middle := (g.bottom + g.top) / 2
		elsewhere := middle < base-0.4*size || middle > base+1.1*size || g.left-right > 1.1*size || g.left < right-0.9*size && g.right < right-0.3*size
		if len(run) > 0 && elsewhere {
			rows = append(rows, makeRow(run))
			run = nil
		}
		if len(run) == 0 || g.space && !isMark(g.r) {
			base, size = g.word.base, max(g.word.size, 1)
		}
		run = append(run, g)
		right = g.right
	}
	if len(run) > 0 {
		rows = append(rows, makeRow(run))
	}
	return rows
}

// ligatures are letters that type sets as one.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")

// makeRow writes the characters of a row.
func makeRow(run []glyph) row {
	r := row{left: run[0].left, right: run[0].right, allBold: true}
	r.base, r.size = common(run)
	openGaps(run, r.size)
	var b strings.Builder
	for i, g := range run {
		if g.space && b.Len() > 0 {
			if r.first == 0 {
				r.first = r.right - r.left
			}
			b.WriteByte(' ')
		}
		raised := isMark(g.r) && g.word != nil && g.word.base-r.base > 0.12*r.size && g.word.base-r.base < r.size
		if !raised && isMark(g.r) && g.word != nil && g.word.size < 0.8*r.size && g.bottom-r.base > 0.15*r.size {
			raised = true // set higher by its font, not by its place
		}
		start := b.Len()
		if raised && (b.Len() == 0 || i > 0 && r.label != "" && b.Len() == 0) {
			r.label += string(g.r)
		} else {
			b.WriteString(ligatures.Replace(string(plain(g.r))))
			if raised {
				if n := len(r.marks); n > 0 && r.marks[n-1].end == start {
					r.marks[n-1].end = b.Len()
				} else {
					r.marks = append(r.marks, mark{start, b.Len()})
				}
			}
		}
		if unicode.IsLetter(g.r) || unicode.IsDigit(g.r) && !raised {
			r.allBold = r.allBold && g.word != nil && g.word.bold
		}
		if g.word != nil {
			r.bold = extend(r.bold, start, b.Len(), g.word.bold)
			r.italic = extend(r.italic, start, b.Len(), g.word.italic)
		}
		r.left, r.right = min(r.left, g.left), max(r.right, g.right)
	}
	if r.first == 0 {
		r.first = r.right - r.left
	}
	r.text = b.String()
	last := run[len(run)-1]
	r.broken = last.broken || last.r == '\u00AD'
	if last.r == '\u00AD' {
		r.text = strings.TrimSuffix(r.text, "\u00AD") + "-" // a byte shorter
		r.bold.End, r.italic.End = min(r.bold.End, len(r.text)), min(r.italic.End, len(r.text))
	}
	return r
}

// plain turns the private characters of symbol fonts into a bullet, the one
// that texts have.
func plain(r rune) rune {
	if '\uE000' <= r && r <= '\uF8FF' {
		return '•'
	}
	return r
}

func extend(run lines.Run, start, end int, on bool) lines.Run {
	switch {
	case !on:
	case run.End == run.Start:
		return lines.Run{Start: start, End: end}
	case start-run.End <= 1: // a space may lie between
		run.End = end
	}
	return run
}

// openGaps finds the spaces that a file leaves out, where a line moves on
// farther than from letter to letter.
func openGaps(run []glyph, size float64) {
	gaps := make([]float64, 0, len(run))
	for i := 1; i < len(run); i++ {
		if !run[i].space {
			gaps = append(gaps, run[i].left-run[i-1].right)
		}
	}
	if len(gaps) == 0 {
		return
	}
	slices.Sort(gaps)
	least := max(0.25*size, 3*gaps[len(gaps)/2]) // letters may be set apart
	for i := 1; i < len(run); i++ {
		a, b := run[i-1].r, run[i].r
		if run[i].left-run[i-1].right > least && !(unicode.IsDigit(a) && unicode.IsDigit(b)) {
			run[i].space = true
		}
	}
}

// common is the base line and size of most letters of a row.
func common(run []glyph) (base, size float64) {
	type key struct{ base, size float64 }
	count := map[key]int{}
	best := key{}
	for _, g := range run {
		if g.word == nil {
			continue
		}
		k := key{math.Round(g.word.base*4) / 4, math.Round(g.word.size*10) / 10}
		count[k]++
		if count[k] > count[best] || best == (key{}) {
			best = k
		}
	}
	return best.base, max(best.size, 0.1)
}

// mostRaised bounds the raised rows of a page that are looked at.
const mostRaised = 500

// attachRaised puts raised numbers and signs that the file draws on their own
// to the rows that they stand at.
func attachRaised(rows []row) []row {
	kept := rows[:0:0]
	tried := 0
	for i := range rows {
		r := &rows[i]
		text := r.label + r.text
		if text == "" || strings.IndexFunc(text, func(c rune) bool { return !isMark(c) }) >= 0 || len(text) > 4 {
			continue
		}
		if tried++; tried > mostRaised {
			break
		}
		var before, behind *row
		for k := range rows {
			host := &rows[k]
			if k == i || host.size < 1.2*r.size || r.base-host.base < 0.1*host.size || r.base-host.base > 0.8*host.size {
				continue
			}
			switch {
			case math.Abs(r.left-host.right) < 0.5*host.size && host.text != "":
				before = host
			case math.Abs(host.left-r.right) < 0.7*host.size:
				behind = host
			}
		}
		switch {
		case before != nil:
			at := len(before.text)
			before.text += text
			before.marks = append(before.marks, mark{at, at + len(text)})
			before.right = max(before.right, r.right)
			r.text, r.label = "", ""
		case behind != nil:
			behind.label = text + behind.label
			behind.left = min(behind.left, r.left)
			r.text, r.label = "", ""
		}
	}
	for _, r := range rows {
		if r.text != "" || r.label != "" {
			kept = append(kept, r)
		}
	}
	return kept
}

// higher and further order rows from top to bottom and from left to right.
func higher(a, b row) int { return cmp.Compare(b.base, a.base) }

func further(a, b row) int { return cmp.Compare(a.left, b.left) }

// merge puts rows that stand beside each other on one line together, in the
// order of reading. A wide gap becomes four spaces, the sign of a table.
func merge(rows []row) []row {
	slices.SortStableFunc(rows, higher)
	var out []row
	for i := 0; i < len(rows); {
		j := i + 1
		for j < len(rows) && rows[i].base-rows[j].base < 0.45*min(rows[i].size, rows[j].size) {
			j++
		}
		parts := slices.Clone(rows[i:j])
		slices.SortStableFunc(parts, further)
		line := parts[0]
		for _, next := range parts[1:] {
			line = beside(line, next)
		}
		out = append(out, line)
		i = j
	}
	return out
}

// wide parts the cells of a row, as in plain text.
const wide = "    "

// beside appends a row to the row to its left.
func beside(a, b row) row {
	gap := b.left - a.right
	size := max(a.size, b.size)
	between := ""
	switch {
	case gap > 2*size:
		between = wide
	case gap > 0.12*size && a.text != "" || a.label != "" && a.text == "":
		between = " "
	}
	if a.text == "" {
		between = ""
	}
	shift := len(a.text) + len(between)
	text := b.text
	if b.label != "" { // raised behind the words of a
		a.marks = append(slices.Clone(a.marks), mark{len(a.text), len(a.text) + len(b.label)})
		text = b.label + between + b.text
		between = ""
		shift = len(a.text) + len(text) - len(b.text)
	}
	for _, m := range b.marks {
		a.marks = append(slices.Clone(a.marks), mark{m.start + shift, m.end + shift})
	}
	move := func(run lines.Run) lines.Run { return lines.Run{Start: run.Start + shift, End: run.End + shift} }
	if a.bold.End == a.bold.Start && b.bold.End > b.bold.Start {
		a.bold = move(b.bold)
	} else if b.bold.End > b.bold.Start && a.bold.End >= len(a.text) {
		a.bold.End = b.bold.End + shift
	}
	if a.italic.End == a.italic.Start && b.italic.End > b.italic.Start {
		a.italic = move(b.italic)
	} else if b.italic.End > b.italic.Start && a.italic.End >= len(a.text) {
		a.italic.End = b.italic.End + shift
	}
	a.allBold = a.allBold && b.allBold
	if len(b.text) > len(a.text) {
		a.base, a.size = b.base, b.size
	}
	a.text += between + text
	a.right = max(a.right, b.right)
	a.broken = b.broken
	return a
}
