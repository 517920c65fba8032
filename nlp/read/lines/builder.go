package lines

import "strings"

// Builder collects the text of one paragraph and cuts it into lines.
type Builder struct {
	Page int // of the text that is added

	done   []Line
	text   []byte
	bold   Run
	italic Run
	join   Join
}

// Add appends text.
func (b *Builder) Add(s string, bold, italic bool) {
	start := len(b.text)
	b.text = append(b.text, s...)
	end := len(b.text)
	b.bold, b.italic = b.bold.Extend(start, end, bold), b.italic.Extend(start, end, italic)
}

// Extend makes the first run of a style longer by [start, end), if that is in
// the style and goes on with it.
func (r Run) Extend(start, end int, on bool) Run {
	switch {
	case !on:
	case r.End == r.Start:
		return Run{start, end}
	case r.End == start:
		r.End = end
	}
	return r
}

// Break ends a line; next says how the line after it belongs to it.
func (b *Builder) Break(next Join) {
	b.done = append(b.done, Line{Text: string(b.text), Page: b.Page, Join: b.join, Bold: b.bold, Italic: b.italic})
	b.text = nil
	b.bold, b.italic, b.join = Run{}, Run{}, next
}

// Turn goes on on another page. The line is broken there, unless a word is.
func (b *Builder) Turn(page int) {
	if s := string(b.text); strings.HasSuffix(s, " ") {
		b.Break(Goes)
		b.Page = page
	} else if strings.TrimSpace(s) == "" {
		b.Page = page
	}
}

// Lines ends the paragraph and returns its lines; none if it has no text.
// The builder is empty then.
func (b *Builder) Lines() []Line {
	b.Break(New)
	out := b.done
	b.done, b.join = nil, New
	filled := false
	for _, l := range out {
		filled = filled || strings.TrimSpace(l.Text) != ""
	}
	if !filled {
		return nil
	}
	return out
}
