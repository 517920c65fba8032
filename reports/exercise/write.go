package exercise

import (
	"fmt"
	"io"
	"strings"

	"counterclaim/reports/office"
	"counterclaim/reports/quiz"
)

// The formats of papers and keys; those of quizzes are in package quiz.
const (
	HTML = "html"
	DOCX = "docx"
	ODT  = "odt"
)

// Formats lists the formats of WritePaper and WriteKey.
var Formats = []string{HTML, DOCX, ODT}

// WritePaper writes what students get, in one of Formats.
func (e *Exercise) WritePaper(w io.Writer, format string) error {
	return write(w, e.Paper.Document(), format)
}

// WriteKey writes the key, in one of Formats.
func (e *Exercise) WriteKey(w io.Writer, format string) error {
	return write(w, e.keyDocument(), format)
}

// WriteQuiz writes the quiz, in one of quiz.Formats.
func (e *Exercise) WriteQuiz(w io.Writer, format string) error {
	return quiz.Write(w, e.Quiz, format)
}

func write(w io.Writer, d office.Document, format string) error {
	switch format {
	case HTML:
		return writeHTML(w, d)
	case DOCX:
		return office.WriteDOCX(w, d)
	case ODT:
		return office.WriteODT(w, d)
	}
	return fmt.Errorf("unknown format %q; known are %s", format, strings.Join(Formats, ", "))
}
