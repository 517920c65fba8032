// Package packed opens the archives and the XML that office documents and
// electronic books are made of, within limits: no bomb unpacks, no entity
// unfolds, nothing nests without end.
package packed

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"counterclaim/nlp/read/lines"
)

// maxEntries is more than any document has: books of hundreds of chapters and
// pictures stay below it.
const maxEntries = 20000

// Archive is a ZIP file in memory.
type Archive struct {
	files  map[string]*zip.File
	names  []string
	limits lines.Limits
	left   int64 // bytes that may still be unpacked
}

// Open reads the directory of a ZIP file.
func Open(data []byte, limits lines.Limits) (*Archive, error) {
	limits = limits.Filled()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, lines.Damaged("ZIP archive", err)
	}
	if len(r.File) > maxEntries {
		return nil, &lines.Error{Problem: "a ZIP archive of more than 20000 files", Hint: "is this a document? give the statement alone"}
	}
	a := &Archive{files: map[string]*zip.File{}, limits: limits, left: limits.Unpacked}
	for _, f := range r.File {
		name := path.Clean(strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/"))
		if _, twice := a.files[name]; !twice {
			a.files[name] = f
			a.names = append(a.names, name)
		}
	}
	return a, nil
}

// Has reports a file of the archive.
func (a *Archive) Has(name string) bool { return a.files[name] != nil }

// Names lists the files in the order of the archive.
func (a *Archive) Names() []string { return a.names }

// Encrypted reports a file that needs a password.
func (a *Archive) Encrypted() bool {
	for _, f := range a.files {
		if f.Flags&1 != 0 {
			return true
		}
	}
	return false
}

// Read unpacks one file; nil if the archive has none of that name. What was
// unpacked counts against the limits of the whole archive.
func (a *Archive) Read(name string) ([]byte, error) {
	f := a.files[name]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, lines.Damaged("ZIP archive", err)
	}
	defer r.Close()
	// Small files may be packed tightly: a ratio counts from a megabyte on.
	limit := a.left
	if byRatio := int64(f.CompressedSize64) * a.limits.Ratio; int64(f.CompressedSize64) > 0 && byRatio < limit {
		limit = max(byRatio, 1<<20)
	}
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(data)) > limit {
		if limit < a.left {
			return nil, lines.TooMuch("unpacks to more than so many times its size", a.limits.Ratio, "ratio")
		}
		return nil, lines.TooMuch("unpacks to too many bytes", a.limits.Unpacked, "unpacked")
	}
	a.left -= int64(len(data))
	if err != nil {
		return nil, lines.Damaged("ZIP archive", err)
	}
	return data, nil
}

// Element is an XML element as it opens.
type Element struct {
	Name  string // local name
	Space string // the name space, or its prefix if none was declared
	attrs []xml.Attr
}

// Attr is the value of an attribute by its local name, in any name space.
func (e *Element) Attr(name string) string {
	value, _ := e.Look(name)
	return value
}

// Look is Attr, and whether there is one.
func (e *Element) Look(name string) (string, bool) {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}

// Handler is called while XML is walked. Nil functions are left out.
type Handler struct {
	Open  func(e *Element)
	Text  func(s string)
	Close func(name string)
}

// Walk goes through XML in order. Entities but the five of XML are an error,
// so that none can unfold.
func Walk(part string, data []byte, limits lines.Limits, h Handler) error {
	limits = limits.Filled()
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(charset string, input io.Reader) (io.Reader, error) {
		return nil, errors.New("the encoding " + charset + " is not read, only UTF-8")
	}
	depth := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return lines.Damaged(part, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > limits.Nesting {
				return lines.TooMuch(part+" nests too deep", int64(limits.Nesting), "nesting")
			}
			if h.Open != nil {
				h.Open(&Element{Name: t.Name.Local, Space: t.Name.Space, attrs: t.Attr})
			}
		case xml.EndElement:
			depth--
			if h.Close != nil {
				h.Close(t.Name.Local)
			}
		case xml.CharData:
			if h.Text != nil {
				h.Text(string(t))
			}
		}
	}
}
