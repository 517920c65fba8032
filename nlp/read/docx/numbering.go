package docx

import (
	"strconv"
	"strings"

	"counterclaim/nlp/read/lines"
	"counterclaim/nlp/read/packed"
)

// levels is the most that a list of Word has.
const levels = 9

// list counts the items of a list.
type list struct {
	shared *counters
	levels [levels]level
	starts [levels]int // starts that this list sets anew at its first item; -1: none
	begun  bool
}

// level says how the items of one level are numbered.
type level struct {
	format string // decimal, lowerLetter, bullet, ...
	text   string // "%1.%2."
	start  int
}

// counters are shared by the lists of one definition, as Word does it.
type counters struct {
	at   [levels]int
	used [levels]bool
}

func (r *reader) readNumbering(name string) error {
	r.lists = map[string]*list{}
	data, err := r.archive.Read(name)
	if err != nil || data == nil {
		return err
	}
	abstract := map[string]*list{}
	var current *list
	at := 0
	override := false
	return packed.Walk(name, data, r.limits, packed.Handler{Open: func(e *packed.Element) {
		value := e.Attr("val")
		number, _ := strconv.Atoi(value)
		switch e.Name {
		case "abstractNum":
			current, override = &list{shared: &counters{}}, false
			for i := range current.levels {
				current.levels[i].start, current.starts[i] = 1, -1
			}
			abstract[e.Attr("abstractNumId")] = current
		case "num":
			current, at = &list{}, 0
			r.lists[e.Attr("numId")] = current
		case "abstractNumId":
			if a := abstract[value]; a != nil && current != nil {
				*current = *a
			}
		case "lvl", "lvlOverride":
			at, _ = strconv.Atoi(e.Attr("ilvl"))
			at = min(max(at, 0), levels-1)
			override = e.Name == "lvlOverride"
		case "start":
			if current != nil {
				current.levels[at].start = number
			}
		case "startOverride":
			if current != nil && override {
				current.starts[at] = number
			}
		case "numFmt":
			if current != nil {
				current.levels[at].format = value
			}
		case "lvlText":
			if current != nil {
				current.levels[at].text = value
			}
		}
	}})
}

// next is the marker of the next item on a level.
func (l *list) next(at int) (marker string, bullet bool) {
	at = min(max(at, 0), levels-1)
	if l.shared == nil {
		return "", true
	}
	if !l.begun {
		l.begun = true
		for i, start := range l.starts {
			if start >= 0 {
				l.shared.at[i], l.shared.used[i] = start-1, true
			}
		}
	}
	c := l.shared
	for i := range at {
		if !c.used[i] {
			c.at[i], c.used[i] = l.levels[i].start, true
		}
	}
	if !c.used[at] {
		c.at[at], c.used[at] = l.levels[at].start-1, true
	}
	c.at[at]++
	for i := at + 1; i < levels; i++ {
		c.used[i] = false
	}
	format := l.levels[at].format
	switch format {
	case "bullet", "none", "":
		return "", format == "bullet"
	}
	marker = l.levels[at].text
	for i := range at + 1 {
		marker = strings.ReplaceAll(marker, "%"+strconv.Itoa(i+1), count(l.levels[i].format, c.at[i]))
	}
	return strings.TrimSpace(marker), false
}

// count writes a number as a format has it.
func count(format string, n int) string {
	kind := byte('1')
	switch format {
	case "lowerLetter":
		kind = 'a'
	case "upperLetter":
		kind = 'A'
	case "lowerRoman":
		kind = 'i'
	case "upperRoman":
		kind = 'I'
	case "decimalZero":
		if 0 <= n && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return lines.Count(kind, n)
}
