package wording

import (
	"strings"
	"unicode"
)

// Clean makes a text harmless on one line of a screen: white space of any
// kind becomes one blank, and the rest is as Visible writes it. What a reader
// sees is otherwise unchanged. Clean(Clean(s)) == Clean(s).
func Clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			blank = b.Len() > 0
			continue
		}
		if r = visible(r); r < 0 {
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Visible keeps white space as it is. Any other control character becomes its
// picture, so that no terminal escape can act; marks that reorder or hide text
// are dropped; bytes that are not UTF-8 become U+FFFD.
func Visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return r
		}
		return visible(r)
	}, s)
}

// visible is what is shown for a rune that is not white space, -1 for nothing.
func visible(r rune) rune {
	switch {
	case hides(r):
		return -1
	case r < 0x20:
		return r + 0x2400 // U+2400 to U+241F: pictures of the C0 controls
	case r == 0x7F:
		return 0x2421
	case r < 0xA0 && r >= 0x80: // C1 controls, among them CSI
		return unicode.ReplacementChar
	}
	return r
}

// hides says whether a rune is invisible and changes the order or the
// identity of what is around it. Joiners, which scripts and emoji need, and
// the plain direction marks stay.
func hides(r rune) bool {
	switch {
	case r >= 0x202A && r <= 0x202E, // embeddings and overrides of direction
		r >= 0x2066 && r <= 0x2069, // isolates
		r == 0x200B, r == 0xFEFF,   // zero-width space, byte order mark
		r == 0x2060, r == 0x00AD, // word joiner, soft hyphen
		r >= 0xE0000 && r <= 0xE007F, // tags
		r >= 0xFFF9 && r <= 0xFFFB:   // interlinear annotation
		return true
	}
	return false
}

// Quoted puts a text in quotation marks, after Clean. Marks that it already
// has around it are not doubled.
func Quoted(s string) string {
	s = Clean(s)
	if strings.HasPrefix(s, "“") && strings.HasSuffix(s, "”") && strings.Count(s, "“") == 1 {
		return s
	}
	return "“" + s + "”"
}
