package exercise

import (
	"fmt"
	"strings"

	"counterclaim/reports/office"
	"counterclaim/reports/quiz"
	"counterclaim/reports/wording"
)

// Document sets the paper for a word processor or a printer.
func (p Paper) Document() office.Document {
	d := &sheet{Document: office.Document{Title: p.Title, Subject: "Source exercise", Footer: p.Title}}
	d.para(office.Title, p.Title)
	d.para(office.Subtitle, fmt.Sprintf("%s · %s · %d marks · %d minutes", p.Style, wording.Count(len(p.Sources), "source"), p.Marks, p.Minutes))
	d.spans(office.Body, strong("Name: "), plain(strings.Repeat("_", 34)), strong("   Class: "), plain(strings.Repeat("_", 10)), strong("   Date: "), plain(strings.Repeat("_", 12)))
	d.para(office.Notice, p.Guide)
	d.para(office.Note, "Give line numbers for what you say: (A, line 3). The sources are what the parties said; none of them is the truth by itself.")
	d.heading(1, "Sources")
	for _, s := range p.Sources {
		d.source(s)
	}
	section := d.sections(p)
	if p.Table != nil {
		section("Compare the sources")
		d.para(office.Prompt, "Fill in what each source says about each point, with the line. Leave a cell empty where a source is silent.")
		d.table(p.Table, true)
	}
	if len(p.Tasks) > 0 {
		section("Short tasks")
		d.para(office.Prompt, "“True” means that the source says so, “false” that it says otherwise, “not said” that it is silent on this.")
		for i, t := range p.Tasks {
			d.task(i+1, t)
		}
	}
	if len(p.Questions) > 0 {
		section("Questions")
	}
	for i, q := range p.Questions {
		d.heading(2, fmt.Sprintf("Question %d  [%s]", i+1, wording.Count(q.Marks, "mark")))
		d.para(office.Prompt, q.Text)
		for n, part := range q.Parts {
			d.para(office.Prompt, fmt.Sprintf("(%s) %s", strings.ToLower(letter(n)), part))
			if len(q.Parts) > 1 {
				d.lines(max(2, q.Space/len(q.Parts)))
			}
		}
		if len(q.Parts) < 2 {
			d.lines(q.Space)
		}
	}
	return d.Document
}

// keyDocument sets the key of the paper.
func (e *Exercise) keyDocument() office.Document {
	p, k := e.Paper, e.Key
	d := &sheet{Document: office.Document{Title: "Key: " + p.Title, Subject: "For the teacher", Footer: "Key: " + p.Title}}
	d.para(office.Title, p.Title)
	d.para(office.Subtitle, fmt.Sprintf("Key for the teacher · %s · %d marks · %d minutes", p.Style, p.Marks, p.Minutes))
	d.para(office.Notice, "The answers come from a comparison made by a program. It quotes exactly, but it can be wrong about which claims meet, and it misses some. "+
		"What is marked “Check” is not sure: read the lines before class, and strike out what does not hold. "+
		"A score says how likely it is, from 0 to 1, that two claims speak of one point and meet in the way that is named. Accept every answer that the sources support.")
	d.heading(1, "The sources")
	rows := [][]office.Cell{}
	for _, s := range p.Sources {
		words := fmt.Sprint(s.Words)
		if s.Shortened() {
			words = fmt.Sprintf("%d of %d", s.Words, s.Whole)
		}
		rows = append(rows, row(s.Letter, s.Provenance, words, fmt.Sprintf("%.0f", s.Grade), fmt.Sprintf("about %.0f", s.Grade+5)))
	}
	d.Blocks = append(d.Blocks, office.Table{Widths: []int{11, 51, 14, 11, 13}, Header: []string{"Source", "Provenance", "Words", "Grade", "Age"}, Rows: rows})
	d.para(office.Note, "Grade: Flesch-Kincaid grade level of the text as printed, the years of school in the United States that it asks for. "+
		"It counts the length of words and sentences, and knows nothing of their difficulty. The meanings in the glossaries are the most frequent ones of WordNet: check that they fit.")
	section := d.sections(p)
	if k.Table != nil {
		section("Compare the sources")
		d.table(k.Table, false)
		for _, c := range k.TableChecks {
			d.spans(office.Note, strong("Check "), plain(c))
		}
	}
	if len(k.Tasks) > 0 {
		section("Short tasks")
		for i, a := range k.Tasks {
			spans := []office.Span{strong(fmt.Sprintf("%d.  ", i+1)), plain(a.Text)}
			if a.Check != "" {
				spans = append(spans, strong(" Check "), plain(a.Check+"."))
			}
			d.spans(office.Body, append(spans, office.Span{Text: fmt.Sprintf("  [%d]", p.Tasks[i].Marks), Style: office.Soft})...)
		}
	}
	if len(k.Answers) > 0 {
		section("Questions")
	}
	for i, a := range k.Answers {
		q := p.Questions[i]
		d.heading(2, fmt.Sprintf("Question %d  [%s] · %s", i+1, wording.Count(q.Marks, "mark"), strings.ReplaceAll(string(q.Kind), "-", " ")))
		d.para(office.Prompt, q.Text)
		levels := [][]office.Cell{}
		for _, l := range a.Levels {
			levels = append(levels, row(l.Marks, l.Descriptor))
		}
		d.Blocks = append(d.Blocks, office.Table{Widths: []int{15, 85}, Header: []string{"Marks", "An answer at this level"}, Rows: levels})
		d.heading(3, "What an answer may name")
		for _, c := range a.Content {
			spans := []office.Span{plain(c.Text)}
			if c.Check != "" {
				spans = append(spans, strong(" Check "), plain(c.Check+"."))
			}
			d.spans(office.Bullet, spans...)
		}
	}
	d.heading(1, "How this was made")
	for _, l := range k.Left {
		d.para(office.Note, l)
	}
	for _, l := range k.Made {
		d.para(office.Note, l)
	}
	d.para(office.Note, wording.NoVerdict)
	return d.Document
}

// sheet gathers the blocks of a document.
type sheet struct{ office.Document }

func plain(text string) office.Span  { return office.Span{Text: text} }
func strong(text string) office.Span { return office.Span{Text: text, Style: office.Strong} }

func (d *sheet) para(style office.Style, text string) {
	d.Blocks = append(d.Blocks, office.P(style, text))
}

func (d *sheet) spans(style office.Style, spans ...office.Span) {
	d.Blocks = append(d.Blocks, office.Paragraph{Style: style, Spans: spans})
}

func (d *sheet) heading(level int, text string) {
	d.Blocks = append(d.Blocks, office.Heading{Level: level, Text: text})
}

// sections numbers the parts of a paper, if there are several.
func (d *sheet) sections(p Paper) func(title string) {
	part := 0
	return func(title string) {
		if part++; p.Table != nil || len(p.Tasks) > 0 {
			title = fmt.Sprintf("Part %d. %s", part, title)
		}
		d.heading(1, title)
	}
}

func (d *sheet) lines(n int) {
	for range n {
		d.para(office.Answer, "")
	}
}

func row(cells ...string) []office.Cell {
	out := make([]office.Cell, len(cells))
	for i, c := range cells {
		out[i] = office.Cell{Paragraphs: []office.Paragraph{office.P(office.InTable, c)}, Shade: i == 0}
	}
	return out
}

// source sets a source with numbered lines and its glossary.
func (d *sheet) source(s *Source) {
	d.heading(2, "Source "+s.Letter)
	note := s.Provenance + "."
	if s.Shortened() {
		note += fmt.Sprintf(" Shortened from %d words; %s marks what is left out.", s.Whole, cut)
	}
	d.para(office.Provenance, note)
	for i, l := range s.Lines {
		style := office.CharStyle("")
		if l.Heading {
			style = office.Strong
		}
		d.spans(office.Numbered, office.Span{Text: fmt.Sprintf("%d\t", i+1), Style: office.Soft}, office.Span{Text: l.Text, Style: style})
	}
	d.para(office.Note, fmt.Sprintf("%s. Reading level: grade %.0f (Flesch-Kincaid).", wording.Count(s.Words, "word"), s.Grade))
	if len(s.Glossary) > 0 {
		spans := []office.Span{strong("Words: ")}
		for i, g := range s.Glossary {
			if i > 0 {
				spans = append(spans, plain("; "))
			}
			spans = append(spans, strong(g.Word), plain(fmt.Sprintf(" (line %d): %s", g.Line, g.Meaning)))
		}
		d.spans(office.Note, spans...)
	}
}

// table sets a table of points by sources; its cells have room to write in.
func (d *sheet) table(t *Table, room bool) {
	out := office.Table{Widths: []int{22}, Header: []string{"Point"}, Whole: true}
	for _, s := range t.Sources {
		out.Header = append(out.Header, "Source "+s)
		out.Widths = append(out.Widths, 78/len(t.Sources))
	}
	for i, r := range t.Rows {
		topic := fmt.Sprintf("%d. %s", i+1, r.Topic)
		if room && r.Topic == "" {
			topic = fmt.Sprintf("%d. ", i+1)
		}
		cells := row(topic)
		for _, text := range r.Cells {
			c := office.Cell{}
			for line := range strings.SplitSeq(text, "\n") {
				c.Paragraphs = append(c.Paragraphs, office.P(office.InTable, line))
			}
			if room && text == "" {
				c.Paragraphs = []office.Paragraph{office.P(office.InTable, "\n\n\n")}
			}
			cells = append(cells, c)
		}
		out.Rows = append(out.Rows, cells)
	}
	d.Blocks = append(d.Blocks, out)
}

// task sets a short task.
func (d *sheet) task(n int, t Task) {
	d.spans(office.Prompt, strong(fmt.Sprintf("%d.  ", n)), plain(t.Prompt), office.Span{Text: fmt.Sprintf("  [%d]", t.Marks), Style: office.Soft})
	switch t.Kind {
	case quiz.Match:
		rows := [][]office.Cell{}
		for i := range max(len(t.Left), len(t.Right)) {
			left, right := "", ""
			if i < len(t.Left) {
				left = fmt.Sprintf("%d. %s", i+1, t.Left[i])
			}
			if i < len(t.Right) {
				right = fmt.Sprintf("%s. %s", strings.ToLower(letter(i)), t.Right[i])
			}
			rows = append(rows, []office.Cell{
				{Paragraphs: []office.Paragraph{office.P(office.InTable, left)}},
				{Paragraphs: []office.Paragraph{office.P(office.InTable, "")}},
				{Paragraphs: []office.Paragraph{office.P(office.InTable, right)}},
			})
		}
		d.Blocks = append(d.Blocks, office.Table{Widths: []int{45, 10, 45}, Header: []string{"Claim", "Letter", "Claim"}, Rows: rows, Whole: true})
	case quiz.Highlight:
		d.para(office.Quote, t.Passage)
	default:
		var options []string
		for _, o := range t.Options {
			o, _, _ = strings.Cut(o, ":") // the short name; the introduction says what it means
			options = append(options, "☐ "+o)
		}
		d.para(office.Body, strings.Join(options, "     "))
	}
}
