package read

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Speech is the words of somebody that a statement hands on as an annex. The
// bytes [Start, End) of Text.Canonical are theirs, and Speaker are the words
// of the annex's heading that say whose.
type Speech struct {
	Start, End int
	Speaker    Span
}

var (
	// annexTo is how an annex names the document that it belongs to.
	annexTo = regexp.MustCompile(`(?i)^(annex|appendix|enclosure|attachment)( [ivxlc\d]+| [a-z])? to (the|identical|a) [^:\n]*`)
	month   = regexp.MustCompile(`(?i)^(?:` + monthNames + `)\b`)
	// remark is what an editor says of the annex: "[Original: French]".
	remark = regexp.MustCompile(`^[\[(][^\])]{1,60}[\])]$`)
	// spokenBy is what stands before the name of a speaker.
	spokenBy = regexp.MustCompile(`(?i)\b(by|of|from|issued by|on behalf of)( the| his excellency| her excellency)? `)
)

// speeches finds the annexes whose headings say who speaks in them: "Annex",
// "Statement by the Ministry of Ostra". An annex that does not say so is the
// letter's own.
func speeches(t *Text) []Speech {
	var out []Speech
	for i, b := range t.Blocks {
		if b.Kind != Heading || !annexes.MatchString(t.Canonical[b.Start:b.End]) {
			continue
		}
		for j := i; j < len(t.Blocks) && j < i+5; j++ {
			h := &t.Blocks[j]
			if h.Kind == Paragraph && remark.MatchString(t.Canonical[h.Start:h.End]) {
				h.Kind = Letterhead
			}
			if h.Kind != Heading && h.Kind != Letterhead || j > i && annexes.MatchString(t.Canonical[h.Start:h.End]) {
				break
			}
			if who := speaker(t.Canonical[h.Start:h.End]); who.End > 0 {
				out = append(out, Speech{h.End, sectionEnd(t, i), Span{h.Start + who.Start, h.Start + who.End}})
				break
			}
		}
	}
	return out
}

// speaker finds the words of a heading that name a document and whose it is:
// "Findings of the Water Board" of "Annex: Findings of the Water Board (times
// are local)".
func speaker(s string) Span {
	start := len(annexTo.FindString(s))
	if at := annexes.FindStringIndex(s); start == 0 && at != nil {
		start = at[1]
	}
	start += len(s[start:]) - len(strings.TrimLeft(s[start:], " :.–—-"))
	end := len(s)
	if i := strings.IndexByte(s[start:], '('); i > 0 {
		end = start + i
	}
	end = start + len(strings.TrimRight(s[start:end], " .,;:"))
	title := s[start:end]
	if !startsWithNoun(title) || len(title) > previewLength {
		return Span{}
	}
	for _, at := range spokenBy.FindAllStringIndex(title, -1) {
		if month.MatchString(title[at[1]:]) {
			continue
		}
		name, _ := utf8.DecodeRuneInString(title[at[1]:])
		if unicode.IsUpper(name) && !isDateLine(title[at[1]:]) && !dayMonth.MatchString(title[at[1]:min(len(title), at[1]+20)]) {
			return Span{start, end}
		}
	}
	return Span{}
}
