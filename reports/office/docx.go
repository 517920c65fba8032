package office

import (
	"io"
	"strconv"
	"strings"

	"counterclaim/reports/internal/archive"
	"counterclaim/reports/internal/markup"
)

const (
	wordNS     = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relationNS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageNS  = "http://schemas.openxmlformats.org/package/2006/"
	wordType   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// Measures of an A4 page, in twentieths of a point.
const (
	a4Short, a4Long = 11906, 16838
	margin          = 1020
)

// WriteDOCX writes the document as Office Open XML (ECMA-376,
// WordprocessingML, transitional).
func WriteDOCX(w io.Writer, d Document) error {
	return archive.Write(w,
		archive.File{Name: "[Content_Types].xml", Data: contentTypes()},
		archive.File{Name: "_rels/.rels", Data: relations(
			"officeDocument", "word/document.xml",
			packageNS+"relationships/metadata/core-properties", "docProps/core.xml",
		)},
		archive.File{Name: "docProps/core.xml", Data: coreProperties(d)},
		archive.File{Name: "word/_rels/document.xml.rels", Data: relations(
			"styles", "styles.xml", "numbering", "numbering.xml", "settings", "settings.xml", "footer", "footer1.xml",
		)},
		archive.File{Name: "word/document.xml", Data: wordDocument(d)},
		archive.File{Name: "word/styles.xml", Data: wordStyles()},
		archive.File{Name: "word/numbering.xml", Data: wordNumbering()},
		archive.File{Name: "word/settings.xml", Data: wordSettings()},
		archive.File{Name: "word/footer1.xml", Data: wordFooter(d)},
	)
}

func contentTypes() []byte {
	m := markup.New()
	m.Open("Types", "xmlns", packageNS+"content-types")
	m.Empty("Default", "Extension", "rels", "ContentType", "application/vnd.openxmlformats-package.relationships+xml")
	m.Empty("Default", "Extension", "xml", "ContentType", "application/xml")
	for _, part := range []string{"document.main", "styles", "numbering", "settings", "footer"} {
		name := "/word/" + strings.TrimSuffix(part, ".main") + ".xml"
		if part == "footer" {
			name = "/word/footer1.xml"
		}
		m.Empty("Override", "PartName", name, "ContentType", wordType+part+"+xml")
	}
	m.Empty("Override", "PartName", "/docProps/core.xml", "ContentType", "application/vnd.openxmlformats-package.core-properties+xml")
	return m.Bytes()
}

// relations are the parts that a part refers to: types and targets in turn.
// They are numbered rId1, rId2, ...
func relations(pairs ...string) []byte {
	m := markup.New()
	m.Open("Relationships", "xmlns", packageNS+"relationships")
	for i := 0; i < len(pairs); i += 2 {
		typ := pairs[i]
		if !strings.Contains(typ, ":") {
			typ = relationNS + "/" + typ
		}
		m.Empty("Relationship", "Id", "rId"+strconv.Itoa(i/2+1), "Type", typ, "Target", pairs[i+1])
	}
	return m.Bytes()
}

func coreProperties(d Document) []byte {
	m := markup.New()
	m.Open("cp:coreProperties", "xmlns:cp", packageNS+"metadata/core-properties", "xmlns:dc", "http://purl.org/dc/elements/1.1/")
	m.Element("dc:title", d.Title)
	m.Element("dc:subject", d.Subject)
	m.Element("dc:language", "en")
	return m.Bytes()
}

// val writes an element that has only a value.
func val(m *markup.Writer, name, value string) { m.Empty(name, "w:val", value) }

func wordDocument(d Document) []byte {
	m := markup.New()
	m.Open("w:document", "xmlns:w", wordNS, "xmlns:r", relationNS)
	m.Open("w:body")
	width := a4Short - 2*margin
	if d.Landscape {
		width = a4Long - 2*margin
	}
	for i, b := range d.Blocks {
		switch b := b.(type) {
		case Heading:
			wordParagraph(m, P(Style("Heading "+strconv.Itoa(b.Level)), b.Text))
		case Paragraph:
			wordParagraph(m, b)
		case Table:
			wordTable(m, b, width)
			if i+1 == len(d.Blocks) { // a body may not end in a table
				wordParagraph(m, P(Body, ""))
			}
		}
		m.Line()
	}
	m.Open("w:sectPr")
	m.Empty("w:footerReference", "w:type", "default", "r:id", "rId4")
	if d.Landscape {
		m.Empty("w:pgSz", "w:w", strconv.Itoa(a4Long), "w:h", strconv.Itoa(a4Short), "w:orient", "landscape")
	} else {
		m.Empty("w:pgSz", "w:w", strconv.Itoa(a4Short), "w:h", strconv.Itoa(a4Long))
	}
	edge := strconv.Itoa(margin)
	m.Empty("w:pgMar", "w:top", edge, "w:right", edge, "w:bottom", edge, "w:left", edge, "w:header", "567", "w:footer", "567", "w:gutter", "0")
	return m.Bytes()
}

func wordParagraph(m *markup.Writer, p Paragraph) {
	m.Open("w:p")
	m.Open("w:pPr")
	val(m, "w:pStyle", id(string(p.Style)))
	m.Close()
	for _, s := range p.Spans {
		m.Open("w:r")
		if s.Style != "" {
			m.Open("w:rPr")
			val(m, "w:rStyle", id(string(s.Style)))
			m.Close()
		}
		for i, line := range strings.Split(s.Text, "\n") {
			if i > 0 {
				m.Empty("w:br")
			}
			for j, part := range strings.Split(line, "\t") {
				if j > 0 {
					m.Empty("w:tab")
				}
				m.Element("w:t", part, "xml:space", "preserve")
			}
		}
		m.Close()
	}
	m.Close()
}

func wordTable(m *markup.Writer, t Table, width int) {
	widths := shares(t.Widths, width)
	m.Open("w:tbl")
	m.Open("w:tblPr")
	val(m, "w:tblStyle", "ComparisonTable")
	m.Empty("w:tblW", "w:w", strconv.Itoa(width), "w:type", "dxa")
	m.Empty("w:tblLayout", "w:type", "fixed")
	m.Empty("w:tblLook", "w:val", "0020", "w:firstRow", "1", "w:lastRow", "0", "w:firstColumn", "0", "w:lastColumn", "0", "w:noHBand", "1", "w:noVBand", "1")
	m.Close()
	m.Open("w:tblGrid")
	for _, n := range widths {
		m.Empty("w:gridCol", "w:w", strconv.Itoa(n))
	}
	m.Close()
	m.Open("w:tr")
	m.Open("w:trPr")
	m.Empty("w:cantSplit")
	m.Empty("w:tblHeader")
	m.Close()
	for i, h := range t.Header {
		wordCell(m, Cell{Paragraphs: []Paragraph{P(InHeader, h)}}, widths[i])
	}
	m.Close()
	for _, row := range t.Rows {
		m.Open("w:tr")
		if t.Whole {
			m.Open("w:trPr")
			m.Empty("w:cantSplit")
			m.Close()
		}
		for i, c := range row {
			wordCell(m, c, widths[i])
		}
		m.Close()
		m.Line()
	}
	m.Close()
}

func wordCell(m *markup.Writer, c Cell, width int) {
	m.Open("w:tc")
	m.Open("w:tcPr")
	m.Empty("w:tcW", "w:w", strconv.Itoa(width), "w:type", "dxa")
	if c.Shade {
		m.Empty("w:shd", "w:val", "clear", "w:color", "auto", "w:fill", shade)
	}
	m.Close()
	for _, p := range c.Paragraphs {
		wordParagraph(m, p)
	}
	if len(c.Paragraphs) == 0 { // a cell may not be without a paragraph
		wordParagraph(m, P(InTable, ""))
	}
	m.Close()
}

// shares divides a width by the shares of the columns.
func shares(of []int, width int) []int {
	sum := 0
	for _, n := range of {
		sum += n
	}
	out := make([]int, len(of))
	for i, n := range of {
		out[i] = width * n / max(sum, 1)
	}
	return out
}

func wordStyles() []byte {
	m := markup.New()
	m.Open("w:styles", "xmlns:w", wordNS)
	m.Open("w:docDefaults")
	m.Open("w:rPrDefault")
	m.Open("w:rPr")
	m.Empty("w:rFonts", "w:ascii", sans, "w:hAnsi", sans, "w:eastAsia", sans, "w:cs", sans)
	val(m, "w:sz", "21")
	m.Empty("w:lang", "w:val", "en-GB")
	m.Close()
	m.Close()
	m.Empty("w:pPrDefault")
	m.Close()
	m.Open("w:style", "w:type", "paragraph", "w:default", "1", "w:styleId", "Normal")
	val(m, "w:name", "Normal")
	m.Close()
	for _, s := range paragraphStyles {
		m.Open("w:style", "w:type", "paragraph", "w:customStyle", custom(s.name), "w:styleId", id(s.name))
		val(m, "w:name", s.name)
		val(m, "w:basedOn", "Normal")
		m.Empty("w:qFormat")
		wordParagraphProperties(m, s)
		wordRunProperties(m, s)
		m.Close()
		m.Line()
	}
	for _, s := range charStyles {
		m.Open("w:style", "w:type", "character", "w:customStyle", custom(s.name), "w:styleId", id(s.name))
		val(m, "w:name", s.name)
		m.Empty("w:qFormat")
		wordRunProperties(m, s)
		m.Close()
		m.Line()
	}
	wordTableStyle(m)
	return m.Bytes()
}

// custom marks the styles that a word processor does not know by name.
func custom(name string) string {
	switch name {
	case string(Body), string(Title), string(Subtitle), string(Quote), string(Bullet), string(Strong), string(Emphasis), "Heading 1", "Heading 2", "Heading 3":
		return ""
	}
	return "1"
}

func wordParagraphProperties(m *markup.Writer, s styleOf) {
	m.Open("w:pPr")
	if s.keepNext {
		m.Empty("w:keepNext")
	}
	if s.name == string(Bullet) {
		m.Open("w:numPr")
		val(m, "w:numId", "1")
		m.Close()
	}
	if s.border {
		m.Open("w:pBdr")
		m.Empty("w:left", "w:val", "single", "w:sz", "24", "w:space", "8", "w:color", "1D1B18")
		m.Close()
	}
	if s.rule { // "between": the lines of paragraphs in a row are not merged
		m.Open("w:pBdr")
		for _, side := range []string{"bottom", "between"} {
			m.Empty("w:"+side, "w:val", "single", "w:sz", "4", "w:space", "1", "w:color", lineColor)
		}
		m.Close()
	}
	if s.fill != "" {
		m.Empty("w:shd", "w:val", "clear", "w:color", "auto", "w:fill", s.fill)
	}
	line, rule := "", ""
	if s.lineHeight > 0 {
		line, rule = strconv.Itoa(240*s.lineHeight/100), "auto"
	}
	m.Empty("w:spacing", "w:before", strconv.Itoa(s.before), "w:after", strconv.Itoa(s.after), "w:line", line, "w:lineRule", rule)
	if s.left > 0 {
		m.Empty("w:ind", "w:left", strconv.Itoa(s.left), "w:hanging", strconv.Itoa(s.hanging))
	}
	if s.outline > 0 {
		val(m, "w:outlineLvl", strconv.Itoa(s.outline-1))
	}
	m.Close()
}

func wordRunProperties(m *markup.Writer, s styleOf) {
	m.Open("w:rPr")
	if s.font != "" {
		m.Empty("w:rFonts", "w:ascii", s.font, "w:hAnsi", s.font, "w:cs", s.font)
	}
	if s.bold {
		m.Empty("w:b")
	}
	if s.italic {
		m.Empty("w:i")
	}
	if s.color != "" {
		val(m, "w:color", s.color)
	}
	if s.size > 0 {
		val(m, "w:sz", strconv.Itoa(s.size))
	}
	m.Close()
}

// Looks of the tables, in both formats.
const (
	shade      = "F7F5F0"
	headerFill = "EAE6DC"
	lineColor  = "B9B2A3"
)

func wordTableStyle(m *markup.Writer) {
	m.Open("w:style", "w:type", "table", "w:customStyle", "1", "w:styleId", "ComparisonTable")
	val(m, "w:name", "Comparison Table")
	m.Open("w:tblPr")
	m.Open("w:tblBorders")
	for _, side := range []string{"top", "bottom", "insideH", "insideV"} {
		m.Empty("w:"+side, "w:val", "single", "w:sz", "4", "w:space", "0", "w:color", lineColor)
	}
	m.Close()
	m.Open("w:tblCellMar")
	for _, side := range []string{"top", "left", "bottom", "right"} {
		m.Empty("w:"+side, "w:w", map[bool]string{true: "60", false: "100"}[side == "top" || side == "bottom"], "w:type", "dxa")
	}
	m.Close()
	m.Close()
	m.Open("w:tblStylePr", "w:type", "firstRow")
	m.Open("w:tcPr")
	m.Empty("w:shd", "w:val", "clear", "w:color", "auto", "w:fill", headerFill)
	m.Close()
	m.Close()
	m.Close()
}

func wordNumbering() []byte {
	m := markup.New()
	m.Open("w:numbering", "xmlns:w", wordNS)
	m.Open("w:abstractNum", "w:abstractNumId", "0")
	val(m, "w:multiLevelType", "singleLevel")
	m.Open("w:lvl", "w:ilvl", "0")
	val(m, "w:start", "1")
	val(m, "w:numFmt", "bullet")
	val(m, "w:lvlText", "•")
	val(m, "w:lvlJc", "left")
	m.Close()
	m.Close()
	m.Open("w:num", "w:numId", "1")
	val(m, "w:abstractNumId", "0")
	return m.Bytes()
}

func wordSettings() []byte {
	m := markup.New()
	m.Open("w:settings", "xmlns:w", wordNS)
	m.Open("w:compat")
	m.Empty("w:compatSetting", "w:name", "compatibilityMode", "w:uri", "http://schemas.microsoft.com/office/word", "w:val", "15")
	m.Close()
	m.Empty("w:themeFontLang", "w:val", "en-GB")
	return m.Bytes()
}

func wordFooter(d Document) []byte {
	m := markup.New()
	m.Open("w:ftr", "xmlns:w", wordNS)
	m.Open("w:p")
	m.Open("w:pPr")
	val(m, "w:pStyle", id(string(Note)))
	val(m, "w:jc", "center")
	m.Close()
	m.Open("w:r")
	m.Element("w:t", d.Footer+" · ", "xml:space", "preserve")
	m.Close()
	m.Open("w:fldSimple", "w:instr", " PAGE ")
	m.Open("w:r")
	m.Element("w:t", "1")
	return m.Bytes()
}
