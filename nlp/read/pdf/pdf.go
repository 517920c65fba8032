// Package pdf reads PDF files.
//
// PDFium, compiled to WebAssembly, takes the file apart inside a sandbox of
// bounded memory and time that sees no file and no network, so that no file
// can harm more than its own reading. It tells where on the page each
// character stands; from there on the work is this package's: characters
// make lines, lines make columns, and what belongs to the page and not to
// the text (running heads and feet, page numbers, line numbers) is taken out.
package pdf

import (
	"bytes"
	"strconv"

	"counterclaim/nlp/read/lines"
)

// Is reports a PDF file: its mark is within the first kilobyte.
func Is(data []byte) bool { return bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) }

// Read takes a PDF file apart.
func Read(data []byte, limits lines.Limits) (*lines.Document, error) {
	limits = limits.Filled()
	sheets, err := scan(data, limits)
	if err != nil {
		return nil, err
	}
	letters := 0
	for _, s := range sheets {
		letters += len(s)
	}
	if letters == 0 {
		return nil, &lines.Error{
			Problem: "no text in this PDF of " + strconv.Itoa(len(sheets)) + " pages: it is a scan or a picture",
			Hint:    "recognise its text first (for instance with ocrmypdf)",
		}
	}
	return &lines.Document{Lines: arrange(sheets)}, nil
}

func itoa(n int) string { return strconv.Itoa(n) }
