// Package office writes for word processors and spreadsheets: Office Open XML
// (.docx, .xlsx) and OpenDocument (.odt).
//
// A Document is what both word processors' formats can hold; WriteDOCX and
// WriteODT write one, and Report makes one of a comparison. All of them give
// the same bytes for the same document: no time of day, no random ids.
package office

// Document is a text with headings, paragraphs and tables.
type Document struct {
	Title     string
	Subject   string // one line, for the file's properties
	Landscape bool   // A4 lying, for wide tables
	Footer    string // beside the page number
	Blocks    []Block
}

// Block is a Heading, Paragraph or Table.
type Block interface{ block() }

// Heading is a heading of a level from 1 to 3.
type Heading struct {
	Level int
	Text  string
}

// Paragraph is a run of text in one style.
type Paragraph struct {
	Style Style
	Spans []Span
}

// Table is a table whose header row is repeated on every page.
type Table struct {
	Widths []int // shares of the columns
	Header []string
	Rows   [][]Cell
	Whole  bool // no row is broken over two pages
}

// Cell is a cell of a table.
type Cell struct {
	Paragraphs []Paragraph
	Shade      bool // set apart, as the first column of a table
}

func (Heading) block()   {}
func (Paragraph) block() {}
func (Table) block()     {}

// Style is the style of a paragraph, by the name that a word processor shows.
// Who edits the document changes a style once, not every paragraph.
type Style string

// The styles of paragraphs. Headings have styles of their own.
const (
	Body     Style = "Body Text"
	Title    Style = "Title"
	Subtitle Style = "Subtitle"
	Quote    Style = "Quote"        // words of a statement
	Note     Style = "Note"         // small: places, reasons, methods
	Notice   Style = "Notice"       // set apart: what the reader must know
	Bullet   Style = "List Bullet"  // an item of a list
	InTable  Style = "Table Text"   // a paragraph of a cell
	InHeader Style = "Table Header" // a cell of the header row

	Provenance Style = "Provenance"    // who says what follows, on its page
	Prompt     Style = "Prompt"        // what is asked, on the page of the answer
	Numbered   Style = "Numbered Line" // a line of a text, its number before a tab
	Answer     Style = "Answer Line"   // a line to write on
)

// Span is a run of characters in one style.
type Span struct {
	Text  string
	Style CharStyle
}

// CharStyle is the style of a span, by the name that a word processor shows.
type CharStyle string

// The styles of spans; the zero value is that of the paragraph.
const (
	Strong   CharStyle = "Strong"
	Emphasis CharStyle = "Emphasis"
	Soft     CharStyle = "Soft" // grey and small
	Agree    CharStyle = "Agreement"
	Conflict CharStyle = "Conflict"
	Framing  CharStyle = "Framing"
)

// P is a paragraph of plain text.
func P(style Style, text string) Paragraph {
	return Paragraph{Style: style, Spans: []Span{{Text: text}}}
}

// styleOf is how a style looks, in both formats.
type styleOf struct {
	name                string
	size                int // half points
	bold, italic        bool
	color               string // RRGGBB
	fill                string // RRGGBB behind it
	before, after, left int    // twentieths of a point
	keepNext            bool
	border              bool // a line at the left
	rule                bool // a line below
	hanging             int  // of a list item
	lineHeight, outline int  // per cent, heading level
	font                string
}

const (
	sans  = "Calibri"
	serif = "Cambria"
)

// paragraphStyles are all styles of paragraphs, with the headings.
var paragraphStyles = []styleOf{
	{name: string(Body), size: 21, after: 120, lineHeight: 112},
	{name: string(Title), size: 44, bold: true, after: 60, keepNext: true, lineHeight: 105},
	{name: string(Subtitle), size: 23, color: "595959", after: 200, lineHeight: 110},
	{name: "Heading 1", size: 30, bold: true, before: 320, after: 120, keepNext: true, outline: 1},
	{name: "Heading 2", size: 25, bold: true, before: 240, after: 80, keepNext: true, outline: 2},
	{name: "Heading 3", size: 22, bold: true, before: 180, after: 60, keepNext: true, outline: 3},
	{name: string(Quote), size: 20, after: 40, lineHeight: 108, font: serif},
	{name: string(Note), size: 17, color: "595959", after: 60, lineHeight: 105},
	{name: string(Notice), size: 21, fill: "F2EFE8", before: 120, after: 200, left: 120, border: true, lineHeight: 112},
	{name: string(Bullet), size: 21, after: 60, left: 360, hanging: 260, lineHeight: 112},
	{name: string(InTable), size: 19, after: 40, lineHeight: 105},
	{name: string(InHeader), size: 19, bold: true, after: 40, keepNext: true},
	{name: string(Provenance), size: 21, italic: true, after: 80, keepNext: true, lineHeight: 108},
	{name: string(Prompt), size: 21, before: 100, after: 80, keepNext: true, lineHeight: 112},
	{name: string(Numbered), size: 21, left: 480, hanging: 480, lineHeight: 112, font: serif},
	{name: string(Answer), size: 21, before: 200, rule: true},
}

// charStyles are all styles of spans. The relations differ in more than
// their colour, for a printer without any.
var charStyles = []styleOf{
	{name: string(Strong), bold: true},
	{name: string(Emphasis), italic: true},
	{name: string(Soft), color: "595959", size: 17},
	{name: string(Conflict), bold: true, color: "9A2E17"},
	{name: string(Framing), bold: true, italic: true, color: "6B5000"},
	{name: string(Agree), color: "1B567E"},
}

// id is a style's id in a file: its name without blanks.
func id(name string) string {
	out := make([]rune, 0, len(name))
	for _, r := range name {
		if r != ' ' {
			out = append(out, r)
		}
	}
	return string(out)
}
