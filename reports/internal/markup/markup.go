// Package markup writes XML, element by element: what is text is escaped, and
// what XML cannot hold is made visible, so that no word of a statement can
// break a file.
package markup

import (
	"bytes"
	"encoding/xml"
	"strings"

	"counterclaim/reports/wording"
)

// Writer gathers one XML document. The zero value is not usable; see New.
type Writer struct {
	b    bytes.Buffer
	open []string
}

// New begins a document with the XML declaration.
func New() *Writer {
	w := &Writer{}
	w.b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n")
	return w
}

// Open opens an element. attrs are names and values in turn; an attribute
// whose value is empty is left out.
func (w *Writer) Open(name string, attrs ...string) {
	w.tag(name, attrs)
	w.b.WriteByte('>')
	w.open = append(w.open, name)
}

// Empty writes an element without content.
func (w *Writer) Empty(name string, attrs ...string) {
	w.tag(name, attrs)
	w.b.WriteString("/>")
}

// Element writes an element that holds only text.
func (w *Writer) Element(name, text string, attrs ...string) {
	w.Open(name, attrs...)
	w.Text(text)
	w.Close()
}

// Close closes the element that was opened last.
func (w *Writer) Close() {
	last := len(w.open) - 1
	w.b.WriteString("</" + w.open[last] + ">")
	w.open = w.open[:last]
}

// Line breaks the line between two elements, for a reader of the file.
func (w *Writer) Line() { w.b.WriteByte('\n') }

// Text writes text. It keeps white space; see wording.Visible for what else
// becomes of characters that are not shown.
func (w *Writer) Text(s string) { w.Exact(wording.Visible(s)) }

// Exact writes text as it is, for where offsets into it count: only what XML
// cannot hold becomes U+FFFD, one character for one.
func (w *Writer) Exact(s string) {
	w.b.WriteString(strings.ReplaceAll(escape(s), "&#xA;", "\n")) // a line break needs no escape outside attributes
}

// Bytes closes what is open and returns the document.
func (w *Writer) Bytes() []byte {
	for len(w.open) > 0 {
		w.Close()
	}
	return append(w.b.Bytes(), '\n')
}

func (w *Writer) tag(name string, attrs []string) {
	w.b.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			w.b.WriteString(" " + attrs[i] + `="` + escape(wording.Visible(attrs[i+1])) + `"`)
		}
	}
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}
