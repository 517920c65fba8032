package read

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"sort"
	"strconv"
	"strings"

	"counterclaim/nlp/read/lines"
)

// Part is a piece of a file: what follows the '#' of FILE#page=3-5. What is
// given must all hold; the zero Part is the whole file.
type Part struct {
	Pages   Range
	Lines   Range  // of the file, or of the page
	Heading string // the heading of a section, or how it begins
}

// Range is First to Last, both included, from 1; zeros are no bound.
type Range struct{ First, Last int }

func (r Range) given() bool { return r.First > 0 }

func (r Range) has(n int) bool { return !r.given() || r.First <= n && n <= r.Last }

// partKeys are what a part can be told by.
var partKeys = []string{"page", "heading", "lines"}

// SplitName cuts the name of a statement into its file and the part of the
// file that it is. A file whose own name holds a '#' is taken whole.
func SplitName(name string) (file, part string) {
	i := strings.LastIndexByte(name, '#')
	if i < 0 {
		return name, ""
	}
	for _, key := range append([]string{"pages", "line"}, partKeys...) {
		if strings.HasPrefix(name[i+1:], key+"=") {
			if _, err := os.Lstat(name); err == nil || !errors.Is(err, fs.ErrNotExist) {
				return name, ""
			}
			return name[:i], name[i+1:]
		}
	}
	return name, ""
}

// ParsePart reads page=3-5, lines=10-80 or heading=Annex, joined by '&'.
func ParsePart(text string) (Part, error) {
	var p Part
	if text == "" {
		return p, nil
	}
	for _, field := range strings.Split(text, "&") {
		key, value, _ := strings.Cut(field, "=")
		if decoded, err := url.PathUnescape(value); err == nil {
			value = decoded
		}
		value = strings.Join(strings.Fields(value), " ")
		var err error
		switch key {
		case "page", "pages":
			p.Pages, err = parseRange(value)
		case "line", "lines":
			p.Lines, err = parseRange(value)
		case "heading":
			if p.Heading = value; value == "" {
				err = errors.New("no heading is named")
			}
		default:
			err = fmt.Errorf("no part is told by %q; there are %s", key, strings.Join(partKeys, ", "))
		}
		if err != nil {
			return Part{}, err
		}
	}
	return p, nil
}

func parseRange(text string) (Range, error) {
	first, last, dash := strings.Cut(strings.ReplaceAll(text, "–", "-"), "-")
	a, err := strconv.Atoi(first)
	if err != nil || a < 1 {
		return Range{}, fmt.Errorf("%q is no range; write 3 or 3-5", text)
	}
	b := a
	if dash {
		if b, err = strconv.Atoi(last); err != nil || b < a {
			return Range{}, fmt.Errorf("%q is no range; write 3 or 3-5", text)
		}
	}
	return Range{a, b}, nil
}

// draftText is a file after its format is read and before it is laid out.
type draftText struct {
	visible    view
	all        []line
	markdown   bool
	decoded    string
	toFile     []piece
	places     []place
	paragraphs bool
}

// text lays out the lines.
func (d *draftText) text() *Text {
	t := write(d.visible, layOut(d.visible.text, d.all, d.markdown))
	t.Source.decoded(d.decoded, d.toFile)
	t.Source.places, t.Source.paragraphs = d.places, d.paragraphs
	t.entitle()
	t.Date = date(t)
	return t
}

// lineOf is the line of the decoded text, from 0, that a line comes from.
func (d *draftText) lineOf(s *Source, l line) int {
	at := follow(d.visible.pieces, l.start)
	return max(sort.Search(len(s.lines), func(i int) bool { return int(s.lines[i]) > at })-1, 0)
}

// cut keeps the lines of a part.
func (d *draftText) cut(p Part) error {
	if p == (Part{}) {
		return nil
	}
	whole := d.text()
	source := &whole.Source
	paged, last := false, 0
	for _, at := range d.places {
		paged = paged || at.page > 0
		last = max(last, int(at.page))
	}
	switch {
	case p.Pages.given() && !paged:
		return &lines.Error{Problem: "there are no pages in this format", Hint: "name the part by heading= or lines="}
	case p.Pages.First > last && p.Pages.given():
		return &lines.Error{Problem: fmt.Sprintf("no page %d: there are %d", p.Pages.First, last), Hint: "correct the part behind the #"}
	case p.Lines.given() && paged && last > 1 && (!p.Pages.given() || p.Pages.First != p.Pages.Last):
		return &lines.Error{Problem: "lines are counted on each page here", Hint: "name one page too: #page=2&lines=10-20"}
	}
	from, to := 0, len(d.decoded)
	if p.Heading != "" {
		start, end, err := section(whole, p.Heading)
		if err != nil {
			return err
		}
		from = follow(source.toDecoded, start)
		if end < len(whole.Canonical) {
			to = follow(source.toDecoded, end)
		}
	}
	kept := make([]line, 0, len(d.all))
	page, dropped := int32(0), false
	for _, l := range d.all {
		n := d.lineOf(source, l)
		at := place{line: int32(n + 1)}
		if n < len(d.places) {
			at = d.places[n]
		}
		end := follow(d.visible.pieces, max(l.end-1, l.start))
		if end < from || follow(d.visible.pieces, l.start) >= to || !p.Pages.has(int(at.page)) || !p.Lines.has(int(at.line)) {
			dropped = true
			continue
		}
		if dropped || len(kept) == 0 {
			l.gap = true
			if l.told && l.join == lines.Goes {
				l.join = lines.New
			}
		}
		l.page = len(kept) > 0 && (l.page || at.page != page)
		page, dropped = at.page, false
		kept = append(kept, l)
	}
	if len(kept) == 0 {
		return &lines.Error{Problem: "nothing in this part of the file", Hint: "correct what stands behind the #"}
	}
	d.all = kept
	return nil
}

// section is the bytes of the section under a heading: the first that is it,
// or begins like it, or holds it.
func section(t *Text, heading string) (start, end int, err error) {
	want := strings.ToLower(heading)
	matches := []func(s string) bool{
		func(s string) bool { return s == want },
		func(s string) bool { return strings.HasPrefix(s, want) },
		func(s string) bool { return strings.Contains(s, want) },
	}
	var known []string
	for _, match := range matches {
		for i, b := range t.Blocks {
			if b.Kind != Heading {
				continue
			}
			s := t.Canonical[b.Start:b.End]
			if b.Marker != "" && match(strings.ToLower(b.Marker+" "+s)) || match(strings.ToLower(s)) {
				return b.Start, sectionEnd(t, i), nil
			}
			if known = append(known, strconv.Quote(shorten(s))); len(known) > 400 {
				break
			}
		}
	}
	n := len(known) / len(matches)
	known = known[:n]
	hint := "there is no heading in it; name the part by lines="
	if n > 0 {
		hint = "there are " + strings.Join(known[:min(n, 8)], ", ")
		if n > 8 {
			hint += " and more"
		}
	}
	return 0, 0, &lines.Error{Problem: fmt.Sprintf("no heading like %q", heading), Hint: hint}
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// sectionEnd is where the section under heading i ends: at the next heading
// of its level or a higher one; that of an annex at the next annex.
func sectionEnd(t *Text, i int) int {
	h := t.Blocks[i]
	annex := annexes.MatchString(t.Canonical[h.Start:h.End])
	for _, b := range t.Blocks[i+1:] {
		if b.Kind != Heading {
			continue
		}
		other := annexes.MatchString(t.Canonical[b.Start:b.End])
		if other || !annex && (h.Level == 0 || b.Level > 0 && b.Level <= h.Level) {
			return b.Start
		}
	}
	return len(t.Canonical)
}
