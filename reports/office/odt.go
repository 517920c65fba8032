package office

import (
	"io"
	"strconv"
	"strings"

	"counterclaim/reports/internal/archive"
	"counterclaim/reports/internal/markup"
)

const odtType = "application/vnd.oasis.opendocument.text"

// odfNamespaces are the attributes of a root element of OpenDocument.
var odfNamespaces = func() []string {
	var out []string
	for _, n := range []string{"office", "style", "text", "table", "meta"} {
		out = append(out, "xmlns:"+n, "urn:oasis:names:tc:opendocument:xmlns:"+n+":1.0")
	}
	return append(out,
		"xmlns:fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
		"xmlns:svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
		"xmlns:dc", "http://purl.org/dc/elements/1.1/",
		"office:version", "1.3")
}()

// WriteODT writes the document as OpenDocument text, version 1.3.
func WriteODT(w io.Writer, d Document) error {
	return archive.Write(w,
		archive.File{Name: "mimetype", Data: []byte(odtType), Stored: true},
		archive.File{Name: "META-INF/manifest.xml", Data: odtManifest()},
		archive.File{Name: "meta.xml", Data: odtMeta(d)},
		archive.File{Name: "styles.xml", Data: odtStyles(d)},
		archive.File{Name: "content.xml", Data: odtContent(d)},
	)
}

func odtManifest() []byte {
	m := markup.New()
	m.Open("manifest:manifest", "xmlns:manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest:version", "1.3")
	m.Empty("manifest:file-entry", "manifest:full-path", "/", "manifest:version", "1.3", "manifest:media-type", odtType)
	for _, f := range []string{"content.xml", "styles.xml", "meta.xml"} {
		m.Empty("manifest:file-entry", "manifest:full-path", f, "manifest:media-type", "text/xml")
	}
	return m.Bytes()
}

func odtMeta(d Document) []byte {
	m := markup.New()
	m.Open("office:document-meta", odfNamespaces...)
	m.Open("office:meta")
	m.Element("dc:title", d.Title)
	m.Element("dc:subject", d.Subject)
	m.Element("dc:language", "en-GB")
	return m.Bytes()
}

func odtStyles(d Document) []byte {
	m := markup.New()
	m.Open("office:document-styles", odfNamespaces...)
	m.Open("office:font-face-decls")
	for _, f := range []string{sans, serif} {
		m.Empty("style:font-face", "style:name", f, "svg:font-family", f)
	}
	m.Close()
	m.Open("office:styles")
	m.Open("style:default-style", "style:family", "paragraph")
	m.Empty("style:text-properties", "style:font-name", sans, "fo:font-size", "10.5pt", "fo:language", "en", "fo:country", "GB")
	m.Close()
	m.Empty("style:style", "style:name", "Standard", "style:family", "paragraph", "style:class", "text")
	for _, s := range paragraphStyles {
		attrs := []string{"style:name", id(s.name), "style:display-name", s.name, "style:family", "paragraph", "style:parent-style-name", "Standard"}
		if s.outline > 0 {
			attrs = append(attrs, "style:default-outline-level", strconv.Itoa(s.outline))
		}
		m.Open("style:style", attrs...)
		odtParagraphProperties(m, s)
		odtTextProperties(m, s)
		m.Close()
		m.Line()
	}
	for _, s := range charStyles {
		m.Open("style:style", "style:name", id(s.name), "style:display-name", s.name, "style:family", "text")
		odtTextProperties(m, s)
		m.Close()
		m.Line()
	}
	m.Open("text:list-style", "style:name", "Bullets")
	m.Open("text:list-level-style-bullet", "text:level", "1", "text:bullet-char", "•")
	m.Open("style:list-level-properties", "text:list-level-position-and-space-mode", "label-alignment")
	m.Empty("style:list-level-label-alignment", "text:label-followed-by", "listtab", "fo:text-indent", "-13pt", "fo:margin-left", "18pt")
	m.Close()
	m.Close()
	m.Close()
	m.Close()
	m.Open("office:automatic-styles")
	short, long := points(a4Short), points(a4Long)
	m.Open("style:page-layout", "style:name", "Page")
	if d.Landscape {
		short, long = long, short
	}
	m.Open("style:page-layout-properties", "fo:page-width", short, "fo:page-height", long, "fo:margin", points(margin),
		"style:print-orientation", map[bool]string{true: "landscape", false: "portrait"}[d.Landscape])
	m.Close()
	m.Open("style:footer-style")
	m.Empty("style:header-footer-properties", "fo:min-height", "14pt", "fo:margin-top", "8pt")
	m.Close()
	m.Close()
	m.Close()
	m.Open("office:master-styles")
	m.Open("style:master-page", "style:name", "Standard", "style:page-layout-name", "Page")
	m.Open("style:footer")
	m.Open("text:p", "text:style-name", id(string(Note)))
	m.Text(d.Footer + " · ")
	m.Element("text:page-number", "1", "text:select-page", "current")
	return m.Bytes()
}

// points writes twentieths of a point as points.
func points(twentieths int) string {
	return strconv.FormatFloat(float64(twentieths)/20, 'f', -1, 64) + "pt"
}

func odtParagraphProperties(m *markup.Writer, s styleOf) {
	attrs := []string{"fo:margin-top", points(s.before), "fo:margin-bottom", points(s.after)}
	if s.lineHeight > 0 {
		attrs = append(attrs, "fo:line-height", strconv.Itoa(s.lineHeight)+"%")
	}
	if s.left > 0 && s.name != string(Bullet) { // a list's own style places its items
		attrs = append(attrs, "fo:margin-left", points(s.left))
		if s.hanging > 0 {
			attrs = append(attrs, "fo:text-indent", "-"+points(s.hanging))
		}
	}
	if s.keepNext {
		attrs = append(attrs, "fo:keep-with-next", "always")
	}
	if s.border {
		attrs = append(attrs, "fo:border-left", "3pt solid #1d1b18", "fo:padding", "6pt")
	}
	if s.rule {
		attrs = append(attrs, "fo:border-bottom", "0.5pt solid #"+lineColor, "fo:padding", "1pt", "style:join-border", "false")
	}
	if s.fill != "" {
		attrs = append(attrs, "fo:background-color", "#"+s.fill)
	}
	m.Empty("style:paragraph-properties", attrs...)
}

func odtTextProperties(m *markup.Writer, s styleOf) {
	var attrs []string
	if s.font != "" {
		attrs = append(attrs, "style:font-name", s.font)
	}
	if s.size > 0 {
		attrs = append(attrs, "fo:font-size", points(s.size*10))
	}
	if s.bold {
		attrs = append(attrs, "fo:font-weight", "bold")
	}
	if s.italic {
		attrs = append(attrs, "fo:font-style", "italic")
	}
	if s.color != "" {
		attrs = append(attrs, "fo:color", "#"+s.color)
	}
	m.Empty("style:text-properties", attrs...)
}

func odtContent(d Document) []byte {
	m := markup.New()
	m.Open("office:document-content", odfNamespaces...)
	m.Open("office:automatic-styles")
	width := a4Short - 2*margin
	if d.Landscape {
		width = a4Long - 2*margin
	}
	tables := 0
	for _, b := range d.Blocks {
		if t, ok := b.(Table); ok {
			tables++
			odtTableStyles(m, tableName(tables), t, width)
		}
	}
	for _, c := range []struct{ name, fill string }{{"Cell", ""}, {"ShadedCell", shade}, {"HeaderCell", headerFill}} {
		m.Open("style:style", "style:name", c.name, "style:family", "table-cell")
		attrs := []string{"fo:border", "0.5pt solid #" + lineColor, "fo:padding", "4pt"}
		if c.fill != "" {
			attrs = append(attrs, "fo:background-color", "#"+c.fill)
		}
		m.Empty("style:table-cell-properties", attrs...)
		m.Close()
	}
	m.Open("style:style", "style:name", wholeRow, "style:family", "table-row")
	m.Empty("style:table-row-properties", "fo:keep-together", "always")
	m.Close()
	m.Close()
	m.Open("office:body")
	m.Open("office:text")
	tables, list := 0, false
	for _, b := range d.Blocks {
		p, ok := b.(Paragraph)
		if item := ok && p.Style == Bullet; item != list {
			if list {
				m.Close()
			} else {
				m.Open("text:list", "text:style-name", "Bullets")
			}
			list = item
		}
		switch b := b.(type) {
		case Heading:
			level := strconv.Itoa(b.Level)
			m.Open("text:h", "text:style-name", "Heading"+level, "text:outline-level", level)
			odtText(m, b.Text)
			m.Close()
		case Paragraph:
			if list {
				m.Open("text:list-item")
			}
			odtParagraph(m, b)
			if list {
				m.Close()
			}
		case Table:
			tables++
			odtTable(m, tableName(tables), b)
		}
		m.Line()
	}
	return m.Bytes()
}

// wholeRow is the style of a row that is not broken over two pages.
const wholeRow = "WholeRow"

func tableName(n int) string { return "Table" + strconv.Itoa(n) }

func odtTableStyles(m *markup.Writer, name string, t Table, width int) {
	m.Open("style:style", "style:name", name, "style:family", "table")
	m.Empty("style:table-properties", "style:width", points(width), "table:align", "left", "table:border-model", "collapsing", "fo:margin-bottom", "8pt")
	m.Close()
	for i, n := range shares(t.Widths, width) {
		m.Open("style:style", "style:name", name+"."+strconv.Itoa(i+1), "style:family", "table-column")
		m.Empty("style:table-column-properties", "style:column-width", points(n))
		m.Close()
	}
}

func odtTable(m *markup.Writer, name string, t Table) {
	m.Open("table:table", "table:name", name, "table:style-name", name)
	for i := range t.Header {
		m.Empty("table:table-column", "table:style-name", name+"."+strconv.Itoa(i+1))
	}
	m.Open("table:table-header-rows")
	m.Open("table:table-row")
	for _, h := range t.Header {
		odtCell(m, "HeaderCell", []Paragraph{P(InHeader, h)})
	}
	m.Close()
	m.Close()
	style := ""
	if t.Whole {
		style = wholeRow
	}
	for _, row := range t.Rows {
		m.Open("table:table-row", "table:style-name", style)
		for _, c := range row {
			style := "Cell"
			if c.Shade {
				style = "ShadedCell"
			}
			odtCell(m, style, c.Paragraphs)
		}
		m.Close()
		m.Line()
	}
	m.Close()
}

func odtCell(m *markup.Writer, style string, ps []Paragraph) {
	m.Open("table:table-cell", "table:style-name", style, "office:value-type", "string")
	for _, p := range ps {
		odtParagraph(m, p)
	}
	m.Close()
}

func odtParagraph(m *markup.Writer, p Paragraph) {
	m.Open("text:p", "text:style-name", id(string(p.Style)))
	for _, s := range p.Spans {
		if s.Style == "" {
			odtText(m, s.Text)
			continue
		}
		m.Open("text:span", "text:style-name", id(string(s.Style)))
		odtText(m, s.Text)
		m.Close()
	}
	m.Close()
}

// odtText writes text in which line breaks, tabs and runs of blanks are
// elements, as OpenDocument asks for.
func odtText(m *markup.Writer, s string) {
	for len(s) > 0 {
		i := strings.IndexAny(s, "\n\t ")
		if i < 0 {
			m.Text(s)
			return
		}
		m.Text(s[:i])
		rest := strings.TrimLeft(s[i:], " ")
		blanks := len(s) - i - len(rest)
		switch {
		case blanks == 1 && i > 0:
			m.Text(" ")
		case blanks > 0:
			m.Empty("text:s", "text:c", strconv.Itoa(blanks))
		case s[i] == '\t':
			m.Empty("text:tab")
			rest = rest[1:]
		default:
			m.Empty("text:line-break")
			rest = rest[1:]
		}
		s = rest
	}
}
