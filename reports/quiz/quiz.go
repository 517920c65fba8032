// Package quiz holds questions that a machine can mark, and essays with notes
// for who marks them, and writes them for learning platforms: Moodle XML,
// GIFT and a QTI 3 package.
//
// All texts are plain; each format escapes them in its own way. The same quiz
// gives the same bytes.
package quiz

import (
	"fmt"
	"io"
	"strings"
)

// The formats.
const (
	Moodle = "moodle" // Moodle XML
	GIFT   = "gift"
	QTI    = "qti" // a zip package of QTI 3.0
)

// Formats lists the formats of Write.
var Formats = []string{Moodle, GIFT, QTI}

// Quiz is a set of questions about some texts.
type Quiz struct {
	Title string
	Texts []Text
	Items []Item
}

// Text is what the questions are about.
type Text struct {
	Title string   // "Source A"
	Intro string   // who says this, where and when
	Lines []string // numbered from 1
}

// Kind is what a question asks for.
type Kind int

// The kinds of questions.
const (
	Match     Kind = iota // Left and Right: join what belongs together
	TrueFalse             // True
	Choice                // Options: one is right
	Short                 // Accepted: write a few words
	Highlight             // Passage: mark the words
	Essay                 // Grader: write a text, marked by a person
)

// Item is one question. Only the fields that its kind names are used, beside
// the first group.
type Item struct {
	Kind     Kind
	Name     string // for the teacher's list of questions
	Prompt   string
	Marks    int
	Feedback string // shown after the answer
	Check    string // what the teacher should make sure of first; empty if nothing

	Left, Right []string // Right has each answer once, and perhaps more that match nothing
	Answers     []int    // by index into Left: its index into Right
	True        bool
	Options     []string
	Correct     int // index into Options
	Accepted    []string
	Passage     []Word
	Grader      string // notes for who marks the essay, in lines
	Space       int    // lines of an essay's answer
}

// Word is a word of a passage in which words are to be marked.
type Word struct {
	Text   string
	Target bool
}

// Target is the words of a passage that are to be marked.
func (i Item) Target() string {
	var words []string
	for _, w := range i.Passage {
		if w.Target {
			words = append(words, w.Text)
		}
	}
	return strings.Trim(strings.Join(words, " "), ".,;:!?“”\"()[]")
}

// Sentence is the words of the passage.
func (i Item) Sentence() string {
	words := make([]string, len(i.Passage))
	for n, w := range i.Passage {
		words[n] = w.Text
	}
	return strings.Join(words, " ")
}

// check finds an item that no platform could take.
func (q Quiz) check() error {
	for n, i := range q.Items {
		var ok bool
		switch i.Kind {
		case Match:
			ok = len(i.Left) >= 2 && len(i.Answers) == len(i.Left) && len(i.Right) >= 2
			for _, a := range i.Answers {
				ok = ok && a >= 0 && a < len(i.Right)
			}
		case TrueFalse, Essay:
			ok = true
		case Choice:
			ok = len(i.Options) >= 2 && i.Correct >= 0 && i.Correct < len(i.Options)
		case Short:
			ok = len(i.Accepted) > 0
		case Highlight:
			ok = i.Target() != ""
		}
		if !ok || i.Prompt == "" || i.Marks < 1 {
			return fmt.Errorf("question %d (%s) is not complete", n+1, i.Name)
		}
	}
	return nil
}

// Write writes the quiz in one of Formats.
func Write(w io.Writer, q Quiz, format string) error {
	if err := q.check(); err != nil {
		return err
	}
	switch format {
	case Moodle:
		return writeMoodle(w, q)
	case GIFT:
		return writeGIFT(w, q)
	case QTI:
		return writeQTI(w, q)
	}
	return fmt.Errorf("unknown format %q; known are %s", format, strings.Join(Formats, ", "))
}
