package docx

import (
	"strconv"
	"strings"

	"counterclaim/nlp/read/packed"
)

// style is what a paragraph or character style says, as far as it tells what
// a paragraph is.
type style struct {
	name    string // in lower case
	based   string
	outline int // level of a heading, 1 highest; 0: none
	num     string
	level   int // of the list
	quote   bool
	run     properties
	spaced  [2]bool // before and after are given
	before  int     // space above, in twentieths of a point
	after   int     // space below

	resolved bool
}

// outline turns an outline level, of which 9 is body text, into the level of
// a heading.
func outline(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return n + 1
}

// space reads w:spacing.
func (s *style) space(e *packed.Element) {
	for i, names := range [2][2]string{{"before", "beforeAutospacing"}, {"after", "afterAutospacing"}} {
		value, given := e.Look(names[0])
		n, err := strconv.Atoi(value)
		if auto := e.Attr(names[1]); auto == "1" || auto == "true" {
			n, given, err = 280, true, nil // what Word takes for a line
		}
		if !given || err != nil {
			continue
		}
		s.spaced[i] = true
		if i == 0 {
			s.before = n
		} else {
			s.after = n
		}
	}
}

func (r *reader) readStyles(name string) error {
	r.styles = map[string]*style{}
	data, err := r.archive.Read(name)
	if err != nil || data == nil {
		return err
	}
	current := &r.base
	var stack []string
	top := func(n int) string {
		if len(stack) < n {
			return ""
		}
		return stack[len(stack)-n]
	}
	err = packed.Walk(name, data, r.limits, packed.Handler{
		Open: func(e *packed.Element) {
			stack = append(stack, e.Name)
			value := e.Attr("val")
			on := value != "0" && value != "false"
			switch e.Name {
			case "style":
				current = &style{}
				id := e.Attr("styleId")
				r.styles[id] = current
				if isDefault := e.Attr("default"); e.Attr("type") == "paragraph" && (isDefault == "1" || isDefault == "true") {
					r.normal = id
				}
			case "name":
				if top(2) == "style" {
					current.name = strings.ToLower(value)
					current.outline = max(current.outline, namedOutline(current.name))
					current.quote = current.name == "quote" || current.name == "intense quote" || current.name == "block text"
				}
			case "basedOn":
				current.based = value
			case "outlineLvl":
				current.outline = outline(value)
			case "numId":
				current.num = value
			case "ilvl":
				current.level, _ = strconv.Atoi(value)
			case "spacing":
				if top(2) == "pPr" {
					current.space(e)
				}
			case "b":
				current.run.bold = current.run.bold || on && top(2) == "rPr" && top(3) != "tblStylePr"
			case "i":
				current.run.italic = current.run.italic || on && top(2) == "rPr" && top(3) != "tblStylePr"
			case "vanish":
				current.run.hidden = current.run.hidden || on && top(2) == "rPr"
			}
		},
		Close: func(string) { stack = stack[:max(0, len(stack)-1)] },
	})
	for _, s := range r.styles {
		r.resolve(s, 0)
	}
	return err
}

// namedOutline is the level of the built-in styles of headings.
func namedOutline(name string) int {
	if name == "title" {
		return 1
	}
	if rest, ok := strings.CutPrefix(name, "heading "); ok {
		if n, err := strconv.Atoi(rest); err == nil && 1 <= n && n <= 9 {
			return n
		}
	}
	return 0
}

// resolve fills a style with what the style that it is based on says.
func (r *reader) resolve(s *style, depth int) {
	if s.resolved || depth > 40 {
		return
	}
	s.resolved = true
	base := r.styles[s.based]
	if base == nil {
		base = &r.base
	} else {
		r.resolve(base, depth+1)
	}
	if s.outline == 0 {
		s.outline = base.outline
	}
	if s.num == "" {
		s.num, s.level = base.num, max(s.level, base.level)
	}
	s.quote = s.quote || base.quote
	s.run.bold, s.run.italic = s.run.bold || base.run.bold, s.run.italic || base.run.italic
	if !s.spaced[0] {
		s.before = base.before
	}
	if !s.spaced[1] {
		s.after = base.after
	}
}

// looks is what a paragraph's style and the paragraph itself say.
func (p *part) looks(para *paragraph) style {
	s := p.base
	if para.style != nil {
		s = *para.style
	}
	if para.own.outline > 0 {
		s.outline = para.own.outline
	}
	if para.own.spaced[0] {
		s.before = para.own.before
	}
	if para.own.spaced[1] {
		s.after = para.own.after
	}
	return s
}
