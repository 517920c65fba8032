package read

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// lawful reads hostile bytes: an error of one line, or text that holds to the
// laws.
func lawful(t *testing.T, name string, data []byte) {
	t.Helper()
	text, err := ReadLimited(name, data, Limits{Unpacked: 4 << 20, Ratio: 1000, Pages: 20, Time: 10 * time.Second})
	if err != nil {
		if text != nil || strings.ContainsAny(err.Error(), "\n\x1b") {
			t.Fatalf("%q with %v", err, text)
		}
		return
	}
	laws(t, data, text)
}

func seed(f testing.TB, file string) []byte {
	f.Helper()
	data, err := os.ReadFile(filepath.Join("testdata/formats", file))
	if err != nil {
		f.Fatal(err)
	}
	return data
}

// unpack is one file of an archive.
func unpack(f testing.TB, archive, name string) string {
	f.Helper()
	data := seed(f, archive)
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		f.Fatal(err)
	}
	file, err := r.Open(name)
	if err != nil {
		f.Fatal(err)
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		f.Fatal(err)
	}
	return string(text)
}

const fuzzMost = 1 << 17

func FuzzDOCX(f *testing.F) {
	for _, file := range []string{"pandoc.docx", "office.docx", "tracked.docx"} {
		f.Add(unpack(f, file, "word/document.xml"), unpack(f, file, "word/styles.xml"), unpack(f, file, "word/numbering.xml"))
	}
	f.Add(wordSpace+`<w:p><w:pPr><w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t><w:br/><w:lastRenderedPageBreak/><w:footnoteReference w:id="2"/></w:r></w:p><w:tbl><w:tr><w:p/></w:tr></w:tbl></w:body></w:document>`,
		`<styles><style styleId="a"><basedOn val="b"/></style><style styleId="b"><basedOn val="a"/></style></styles>`, `<numbering><num numId="1"><abstractNumId val="0"/></num></numbering>`)
	f.Fuzz(func(t *testing.T, document, styles, numbering string) {
		if len(document)+len(styles)+len(numbering) > fuzzMost {
			return
		}
		lawful(t, "x", pack(t, "[Content_Types].xml", "", "word/document.xml", document, "word/styles.xml", styles, "word/numbering.xml", numbering, "word/footnotes.xml", document))
	})
}

func FuzzODT(f *testing.F) {
	for _, file := range []string{"pandoc.odt", "office.odt", "tracked.odt"} {
		f.Add(unpack(f, file, "content.xml"), unpack(f, file, "styles.xml"))
	}
	f.Add(`<c><body><text><list><list-item><p>a<note><note-citation>1</note-citation><note-body><p>b</p></note-body></note><s c="-5"/></p></list-item></list><table><table-row><p/></table-row></table></text></body></c>`, ``)
	f.Fuzz(func(t *testing.T, content, styles string) {
		if len(content)+len(styles) > fuzzMost {
			return
		}
		lawful(t, "x", pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", content, "styles.xml", styles))
	})
}

func FuzzEPUB(f *testing.F) {
	f.Add(unpack(f, "pandoc.epub", "EPUB/content.opf"), unpack(f, "pandoc.epub", "EPUB/text/ch001.xhtml"))
	f.Fuzz(func(t *testing.T, book, chapter string) {
		if len(book)+len(chapter) > fuzzMost {
			return
		}
		lawful(t, "x", pack(t, "mimetype", "application/epub+zip", "META-INF/container.xml", `<container><rootfile full-path="EPUB/content.opf"/></container>`,
			"EPUB/content.opf", book, "EPUB/text/ch001.xhtml", chapter))
	})
}

func FuzzZIP(f *testing.F) {
	for _, file := range []string{"tracked.docx", "pandoc.epub", "pandoc.odt"} {
		f.Add(seed(f, file))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < fuzzMost {
			lawful(t, "x", append([]byte("PK\x03\x04"), data[min(4, len(data)):]...))
		}
	})
}

func FuzzRTF(f *testing.F) {
	for _, file := range []string{"pandoc.rtf", "office.rtf", "tracked.rtf"} {
		f.Add(seed(f, file))
	}
	f.Add([]byte(`{\rtf1{\fonttbl{\f1\fcharset2 S;}}\f1\'b7\u-3913\'b7{\*\x y}{\footnote a{\footnote b}}\trowd\intbl a\cell\row{\upr{a}{\*\ud{b}}}\bin3abc\deleted\par}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < fuzzMost {
			lawful(t, "x", append([]byte(`{\rtf1`), data[min(6, len(data)):]...))
		}
	})
}

func FuzzHTML(f *testing.F) {
	for _, file := range []string{"pandoc.html", "office.html", "page.html"} {
		f.Add(seed(f, file))
	}
	f.Add([]byte(`<!doctype html><base href="//x"><link rel=canonical href="http://a:b"><nav>x</nav><p>a<sup><a href=#b>1</a></sup><p id=b>c<a href=#>↩</a><table><tr><td><table><tr><td>d</table></table><ol type=i start=-3><li value=99999999>e</ol><pre>f
g</pre><select><option>h</select><font><p><br><br>i`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < fuzzMost {
			lawful(t, "x.html", data)
		}
	})
}

const pdfInBase64 = "JVBER"

func FuzzMail(f *testing.F) {
	// Without its PDF: PDFium is interpreted, and instrumented takes seconds;
	// nlp/read/pdf has a target of its own.
	whole, _, _ := bytes.Cut(seed(f, "mail.eml"), []byte(pdfInBase64))
	f.Add(whole)
	f.Add([]byte("MIME-Version: 1.0\nSnapshot-Content-Location: x\nSubject: =?x?q?=41?=\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>a\n--b\nContent-Type: message/rfc822\n\nA: b\n\n--b--"))
	f.Add([]byte("MIME-Version: 1.0\nContent-Type: text/plain; format=flowed; delsp=yes\n\n> a \n> b\nc \nd\n-- \ne"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < fuzzMost && !bytes.Contains(data, []byte(pdfInBase64)) && !bytes.Contains(data, []byte("%PDF")) {
			lawful(t, "x.eml", append([]byte("MIME-Version: 1.0\r\nFrom: a\r\n"), data...))
		}
	})
}
