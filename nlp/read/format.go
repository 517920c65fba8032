package read

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"counterclaim/nlp/read/docx"
	"counterclaim/nlp/read/epub"
	"counterclaim/nlp/read/lines"
	"counterclaim/nlp/read/mail"
	"counterclaim/nlp/read/odt"
	"counterclaim/nlp/read/packed"
	"counterclaim/nlp/read/pdf"
	"counterclaim/nlp/read/rtf"
	"counterclaim/nlp/read/web"
)

// extract takes a file apart that is no plain text. The format is told by
// the contents. It returns nil for plain text and Markdown.
func extract(name string, data []byte, limits lines.Limits) (*lines.Document, error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return extractPacked(data, limits)
	case rtf.Is(data):
		return rtf.Read(data, limits)
	case pdf.Is(data):
		return pdf.Read(data, limits)
	}
	switch {
	case web.Is(name, data):
		return web.Read(data, limits)
	case mail.Is(name, data):
		return mail.Read(data, limits, func(name string, data []byte) (*lines.Document, error) {
			return attachment(name, data, limits)
		})
	}
	return nil, nil
}

// attachment reads what is attached to a mail; plain text too.
func attachment(name string, data []byte, limits lines.Limits) (*lines.Document, error) {
	if mail.Is(name, data) {
		return nil, &lines.Error{Problem: "a mail in a mail", Hint: "save it as a file of its own"}
	}
	document, err := extract(name, data, limits)
	if err != nil || document != nil {
		return document, err
	}
	draft, err := readPlain(name, data)
	if err != nil {
		var e *InputError
		if errors.As(err, &e) {
			err = &lines.Error{Problem: e.Problem, Hint: e.Hint}
		}
		return nil, err
	}
	out, text := &lines.Document{}, draft.text()
	for _, b := range text.Blocks {
		for i, row := range strings.Split(text.Canonical[b.Start:b.End], "\n") {
			l := lines.Line{
				Text: row, Level: b.Level, Marker: b.Marker, Gap: i == 0, Cells: b.Kind == Table, Note: b.Kind == Footnote,
				Quote: b.Kind == Quotation, Rule: b.Kind == Rule,
			}
			if b.Kind == ListItem {
				l.Indent, l.Level = 2*b.Level, 0
				l.Bullet = strings.Trim(b.Marker, "-*+•–—·▪◦‣●○■") == ""
			}
			if i > 0 {
				l.Join = lines.Goes
			}
			out.Lines = append(out.Lines, l)
		}
	}
	return out, nil
}

// extractPacked reads a document that is a ZIP archive.
func extractPacked(data []byte, limits lines.Limits) (*lines.Document, error) {
	archive, err := packed.Open(data, limits)
	if err != nil {
		return nil, err
	}
	const text = "save it as .docx or as text, or give the statement alone"
	switch {
	case docx.Is(archive):
		return docx.Read(archive, limits)
	case odt.Is(archive):
		return odt.Read(archive, limits)
	case epub.Is(archive):
		return epub.Read(archive, limits)
	case archive.Has("xl/workbook.xml"):
		return nil, &lines.Error{Problem: "this is a spreadsheet", Hint: text}
	case archive.Has("ppt/presentation.xml"):
		return nil, &lines.Error{Problem: "this is a presentation", Hint: text}
	}
	return nil, &lines.Error{Problem: "this is a ZIP archive", Hint: "unpack it first"}
}

// lay puts the lines of a document into one text.
func lay(document *lines.Document) *draftText {
	var b strings.Builder
	all := make([]line, 0, len(document.Lines))
	places := make([]place, 0, len(document.Lines))
	for _, l := range document.Lines {
		at := b.Len()
		if l.Rule && l.Text == "" {
			l.Text = "---"
		}
		b.WriteString(clean(l.Text))
		end := b.Len()
		b.WriteByte('\n')
		places = append(places, place{int32(l.Page), int32(l.Number)})
		all = append(all, line{
			start: at, end: end, gap: l.Gap, join: l.Join, told: true, level: l.Level, indent: l.Indent,
			bullet: l.Bullet, marker: l.Marker, cells: l.Cells, note: l.Note, front: l.Front, rule: l.Rule,
			bold:   Span{at + l.Bold.Start, at + l.Bold.End},
			italic: Span{at + l.Italic.Start, at + l.Italic.End},
		})
		if l.Quote {
			all[len(all)-1].quote = 1
		}
	}
	text := b.String()
	for i := range all {
		l := &all[i]
		var indent int
		l.start, l.end, indent = trim(text, l.start, l.end)
		if l.indent == 0 {
			l.indent = indent
		}
		if l.marker == "" && !l.bullet && !l.cells && !l.note && l.level == 0 && l.join != lines.Goes {
			if l.rule = l.rule || isRule(text[l.start:l.end]); !l.rule {
				takeBullet(text, l)
			}
		}
		l.page = i > 0 && places[i].page != places[i-1].page
		l.bold = Span{max(l.bold.Start, l.start), min(l.bold.End, l.end)}
		l.italic = Span{max(l.italic.Start, l.start), min(l.italic.End, l.end)}
	}
	return &draftText{visible: view{text: text}, all: dropEmpty(all), decoded: text, places: places, paragraphs: document.Paragraphs}
}

// clean makes valid UTF-8 without line feeds and zeros of what a document
// holds.
func clean(s string) string {
	if utf8.ValidString(s) && strings.IndexFunc(s, isBad) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isBad(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// isBad reports control characters but the tab.
func isBad(r rune) bool { return r < ' ' && r != '\t' || r == 0x7F || r == '\u2028' || r == '\u2029' }

// inputError puts the name of a file to the error of its format's reader.
func inputError(name string, err error) error {
	var e *lines.Error
	if errors.As(err, &e) {
		return &InputError{Path: name, Problem: e.Problem, Hint: e.Hint}
	}
	return &InputError{Path: name, Problem: "cannot be read: " + err.Error(), Hint: "save it as text"}
}
