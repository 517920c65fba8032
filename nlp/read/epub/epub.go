// Package epub reads electronic books (EPUB 2 and 3): their chapters in the
// order of reading, without tables of contents.
package epub

import (
	"bytes"
	"net/url"
	"path"
	"strings"
	"time"

	"counterclaim/nlp/read/lines"
	"counterclaim/nlp/read/packed"
	"counterclaim/nlp/read/web"
)

const container = "META-INF/container.xml"

// Is reports a book among ZIP archives.
func Is(a *packed.Archive) bool {
	mime, err := a.Read("mimetype")
	return err == nil && bytes.HasPrefix(mime, []byte("application/epub+zip")) || a.Has(container)
}

// book is what the package document of a book says.
type book struct {
	title, author, date string
	files               map[string]string // by id
	contents            map[string]bool   // ids of tables of contents
	spine               []string          // ids in the order of reading
}

// Read takes a book apart.
func Read(a *packed.Archive, limits lines.Limits) (*lines.Document, error) {
	if a.Has("META-INF/rights.xml") {
		return nil, &lines.Error{Problem: "this book is protected against copying", Hint: "give the text of the statement"}
	}
	root, err := rootFile(a, limits)
	if err != nil {
		return nil, err
	}
	b, err := readBook(a, root, limits)
	if err != nil {
		return nil, err
	}
	out := &lines.Document{Paragraphs: true, Title: b.title, Author: b.author}
	if day, err := time.Parse(time.DateOnly, b.date[:min(len(b.date), 10)]); err == nil {
		out.Date = day
	}
	number := 0
	for _, id := range b.spine {
		if b.contents[id] || b.files[id] == "" {
			continue
		}
		name := path.Join(path.Dir(root), b.files[id])
		data, err := a.Read(name)
		if err != nil {
			return nil, err
		}
		if data == nil {
			continue
		}
		chapter, err := web.ReadChapter(data)
		if err != nil {
			return nil, err
		}
		for i := range chapter {
			chapter[i].Number += number
		}
		for _, l := range chapter {
			number = max(number, l.Number)
		}
		if len(chapter) > 0 {
			chapter[0].Gap = true
		}
		out.Lines = append(out.Lines, chapter...)
	}
	out.Lines = lines.NotesLast(out.Lines)
	if len(out.Lines) == 0 {
		return nil, &lines.Error{Problem: "no text in this book", Hint: "give the text of the statement"}
	}
	return out, nil
}

// rootFile finds the package document.
func rootFile(a *packed.Archive, limits lines.Limits) (string, error) {
	data, err := a.Read(container)
	if err != nil {
		return "", err
	}
	root := ""
	err = packed.Walk(container, data, limits, packed.Handler{Open: func(e *packed.Element) {
		if e.Name == "rootfile" && root == "" {
			root = e.Attr("full-path")
		}
	}})
	if err == nil && (root == "" || !a.Has(path.Clean(root))) {
		err = lines.Damaged("EPUB: it does not say where its chapters are", nil)
	}
	return path.Clean(root), err
}

func readBook(a *packed.Archive, root string, limits lines.Limits) (*book, error) {
	data, err := a.Read(root)
	if err != nil {
		return nil, err
	}
	b := &book{files: map[string]string{}, contents: map[string]bool{}}
	var into *string
	err = packed.Walk(root, data, limits, packed.Handler{
		Open: func(e *packed.Element) {
			into = nil
			switch e.Name {
			case "title":
				into = &b.title
			case "creator":
				into = &b.author
			case "date":
				into = &b.date
			case "item":
				href, err := url.PathUnescape(e.Attr("href"))
				if err != nil {
					href = e.Attr("href")
				}
				href, _, _ = strings.Cut(href, "#")
				b.files[e.Attr("id")] = href
				b.contents[e.Attr("id")] = strings.Contains(" "+e.Attr("properties")+" ", " nav ") || !strings.Contains(e.Attr("media-type"), "html")
			case "itemref":
				b.spine = append(b.spine, e.Attr("idref"))
			}
			if into != nil && *into != "" {
				into = nil // the first one counts
			}
		},
		Text: func(s string) {
			if into != nil {
				*into += s
			}
		},
		Close: func(string) { into = nil },
	})
	return b, err
}
