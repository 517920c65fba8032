package odt

import (
	"strconv"
	"strings"

	"counterclaim/nlp/read/lines"
	"counterclaim/nlp/read/packed"
)

// style is what a style says, as far as it tells what a paragraph is.
type style struct {
	parent string
	bold   string // fo:font-weight; empty: not given
	italic string // fo:font-style
	hidden bool
	title  bool
	quote  bool
	before float64 // space above, in points; below 0: not given
	after  float64
	list   string
	master string // page style that begins with a paragraph of it

	resolved bool
}

// levels is the most that a list of OpenDocument has.
const levels = 10

// level says how the items of one level of a list are numbered.
type level struct {
	bullet bool
	format string // 1, a, A, i, I, or empty for none
	prefix string
	suffix string
	start  int
	shown  int // levels that the number shows
}

type styleReader struct {
	*reader
	style *style
	list  *[levels]level
}

func (s *styleReader) open(e *packed.Element) {
	switch e.Name {
	case "style":
		name := e.Attr("name")
		s.style = &style{parent: e.Attr("parent-style-name"), list: e.Attr("list-style-name"), master: e.Attr("master-page-name"), before: -1, after: -1}
		shown := strings.ToLower(strings.ReplaceAll(name, "_20_", " "))
		s.style.title = shown == "title"
		s.style.quote = shown == "quotations" || shown == "quote" || shown == "block text" || shown == "intense quote"
		s.styles[name] = s.style
	case "paragraph-properties":
		if s.style != nil {
			if v, ok := e.Look("margin-top"); ok {
				s.style.before = points(v)
			}
			if v, ok := e.Look("margin-bottom"); ok {
				s.style.after = points(v)
			}
		}
	case "text-properties":
		if s.style != nil {
			if v := e.Attr("font-weight"); v != "" {
				s.style.bold = v
			}
			if v := e.Attr("font-style"); v != "" {
				s.style.italic = v
			}
			s.style.hidden = s.style.hidden || e.Attr("display") == "none"
		}
	case "list-style":
		s.list = &[levels]level{}
		s.lists[e.Attr("name")] = s.list
	case "list-level-style-number", "list-level-style-bullet":
		n, _ := strconv.Atoi(e.Attr("level"))
		if s.list == nil || n < 1 || n > levels {
			break
		}
		l := level{bullet: e.Name == "list-level-style-bullet", format: e.Attr("num-format"), prefix: e.Attr("num-prefix"), suffix: e.Attr("num-suffix"), start: 1, shown: 1}
		if v, err := strconv.Atoi(e.Attr("start-value")); err == nil {
			l.start = v
		}
		if v, err := strconv.Atoi(e.Attr("display-levels")); err == nil {
			l.shown = v
		}
		s.list[n-1] = l
	}
}

func (s *styleReader) close(name string) {
	switch name {
	case "style":
		s.style = nil
	case "list-style":
		s.list = nil
	}
}

// points turns a length into points.
func points(s string) float64 {
	for unit, size := range map[string]float64{"pt": 1, "in": 72, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "pc": 12, "px": 0.75} {
		if number, ok := strings.CutSuffix(s, unit); ok {
			n, err := strconv.ParseFloat(number, 64)
			if err != nil {
				return 0
			}
			return n * size
		}
	}
	return 0
}

// resolveAll fills every style with what its parent says.
func (r *reader) resolveAll() {
	for _, s := range r.styles {
		r.resolve(s, 0)
	}
}

func (r *reader) resolve(s *style, depth int) {
	if s.resolved || depth > 40 {
		return
	}
	s.resolved = true
	parent := r.styles[s.parent]
	if parent == nil || parent == s {
		return
	}
	r.resolve(parent, depth+1)
	if s.bold == "" {
		s.bold = parent.bold
	}
	if s.italic == "" {
		s.italic = parent.italic
	}
	if s.before < 0 {
		s.before = parent.before
	}
	if s.after < 0 {
		s.after = parent.after
	}
	if s.list == "" {
		s.list = parent.list
	}
	s.title, s.quote, s.hidden = s.title || parent.title, s.quote || parent.quote, s.hidden || parent.hidden
}

// openList opens a list, whose levels are those of its style or of the list
// around it.
func (r *reader) openList(e *packed.Element) {
	l := &openList{levels: r.lists[e.Attr("style-name")]}
	depth := len(r.nest)
	if l.levels == nil && depth > 0 {
		l.levels = r.nest[depth-1].levels
	}
	if l.levels != nil && depth < levels {
		l.at = l.levels[depth].start - 1
	}
	if depth == 0 {
		if last := r.last[e.Attr("style-name")]; last != nil && e.Attr("continue-numbering") == "true" {
			l.at = last.at
		}
		if last := r.byID[e.Attr("continue-list")]; last != nil {
			l.at = last.at
		}
		r.last[e.Attr("style-name")] = l
	}
	if id := e.Attr("id"); id != "" {
		r.byID[id] = l
	}
	r.nest = append(r.nest, l)
}

func (r *reader) closeList() { r.nest = r.nest[:len(r.nest)-1] }

// marker is the number of the item that begins.
func (r *reader) marker() (string, bool) {
	depth := min(len(r.nest), levels)
	l := r.nest[depth-1]
	if l.levels == nil {
		return "", true
	}
	this := l.levels[depth-1]
	if this.bullet {
		return "", true
	}
	if this.format == "" {
		return "", false
	}
	var parts []string
	for i := max(0, depth-this.shown); i < depth; i++ {
		if format := l.levels[i].format; format != "" {
			parts = append(parts, lines.Count(format[0], r.nest[i].at))
		}
	}
	return strings.TrimSpace(this.prefix + strings.Join(parts, ".") + this.suffix), false
}
