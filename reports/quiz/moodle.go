package quiz

import (
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"

	"counterclaim/reports/internal/markup"
	"counterclaim/reports/wording"
)

// writeMoodle writes Moodle XML: the texts as descriptions, and then the
// questions, in a category named after the quiz. Words to mark are asked for
// as a short answer, since Moodle has no such question.
func writeMoodle(w io.Writer, q Quiz) error {
	m := &moodle{markup.New()}
	m.Open("quiz")
	m.Open("question", "type", "category")
	m.Open("category")
	m.Element("text", "$course$/top/"+strings.ReplaceAll(wording.Clean(q.Title), "/", "//"))
	m.Close()
	m.Close()
	m.Line()
	for _, t := range q.Texts {
		m.Open("question", "type", "description")
		m.text("name", t.Title)
		m.html("questiontext", textHTML(t))
		m.html("generalfeedback", "")
		m.Element("defaultgrade", "0")
		m.Close()
		m.Line()
	}
	for n, i := range q.Items {
		m.item(n+1, i)
		m.Line()
	}
	_, err := w.Write(m.Bytes())
	return err
}

type moodle struct{ *markup.Writer }

// text writes an element with a plain text.
func (m *moodle) text(name, text string) {
	m.Open(name)
	m.Element("text", wording.Clean(text))
	m.Close()
}

// html writes an element with a text in HTML.
func (m *moodle) html(name, code string) {
	m.Open(name, "format", "html")
	m.Element("text", code)
	m.Close()
}

func (m *moodle) item(n int, i Item) {
	name := map[Kind]string{Match: "matching", TrueFalse: "truefalse", Choice: "multichoice", Short: "shortanswer", Highlight: "shortanswer", Essay: "essay"}[i.Kind]
	m.Open("question", "type", name)
	m.text("name", fmt.Sprintf("%02d %s", n, i.Name))
	prompt := paragraphs(i.Prompt)
	if i.Kind == Highlight {
		prompt += "<blockquote>" + escape(i.Sentence()) + "</blockquote><p>Copy the words.</p>"
	}
	m.html("questiontext", prompt)
	m.html("generalfeedback", paragraphs(i.Feedback))
	m.Element("defaultgrade", strconv.Itoa(i.Marks))
	m.Element("penalty", "0.3333333")
	m.Element("hidden", "0")
	switch i.Kind {
	case Match:
		m.Element("shuffleanswers", "true")
		used := map[int]bool{}
		for l, left := range i.Left {
			m.pair(paragraphs(left), i.Right[i.Answers[l]])
			used[i.Answers[l]] = true
		}
		for r, right := range i.Right {
			if !used[r] {
				m.pair("", right) // an answer that matches nothing
			}
		}
	case TrueFalse:
		m.answer(i.True, "true")
		m.answer(!i.True, "false")
	case Choice:
		m.Element("single", "true")
		m.Element("shuffleanswers", "false")
		m.Element("answernumbering", "abc")
		for n, o := range i.Options {
			m.answer(n == i.Correct, escape(o))
		}
	case Short, Highlight:
		m.Element("usecase", "0")
		accepted := i.Accepted
		if i.Kind == Highlight {
			accepted = []string{i.Target()}
		}
		for _, a := range accepted {
			m.answer(true, strings.ReplaceAll(wording.Clean(a), "*", `\*`)) // * would stand for any words
		}
	case Essay:
		m.Element("responseformat", "editor")
		m.Element("responserequired", "1")
		m.Element("responsefieldlines", strconv.Itoa(min(max(5, (i.Space+4)/5*5), 40))) // Moodle offers steps of five
		m.Element("attachments", "0")
		m.Element("attachmentsrequired", "0")
		m.html("graderinfo", paragraphs(i.Grader))
		m.html("responsetemplate", "")
	}
	if i.Check != "" {
		m.Open("tags")
		m.text("tag", "check before use")
		m.Close()
	}
	m.Close()
}

// answer writes an answer that gives all marks or none.
func (m *moodle) answer(right bool, text string) {
	fraction := "0"
	if right {
		fraction = "100"
	}
	m.Open("answer", "fraction", fraction, "format", "moodle_auto_format")
	m.Element("text", text)
	m.html("feedback", "")
	m.Close()
}

func (m *moodle) pair(left, right string) {
	m.Open("subquestion", "format", "html")
	m.Element("text", left)
	m.Open("answer")
	m.Element("text", wording.Clean(right))
	m.Close()
	m.Close()
}

func escape(text string) string { return html.EscapeString(wording.Clean(text)) }

// paragraphs writes lines of text as paragraphs of HTML.
func paragraphs(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		if line = escape(line); line != "" {
			b.WriteString("<p>" + line + "</p>")
		}
	}
	return b.String()
}

// textHTML writes a text with numbered lines.
func textHTML(t Text) string {
	var b strings.Builder
	b.WriteString("<h4>" + escape(t.Title) + "</h4><p><em>" + escape(t.Intro) + "</em></p><ol>")
	for _, l := range t.Lines {
		b.WriteString("<li>" + escape(l) + "</li>")
	}
	b.WriteString("</ol>")
	return b.String()
}
