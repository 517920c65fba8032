package read

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// pack makes a ZIP archive of names and contents by turns.
func pack(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const wordSpace = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`

func word(t testing.TB, body string) []byte {
	return pack(t, "[Content_Types].xml", "<Types/>", "word/document.xml", wordSpace+body+"</w:body></w:document>")
}

func paragraphs(texts ...string) string {
	var b strings.Builder
	for _, s := range texts {
		b.WriteString("<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>")
	}
	return b.String()
}

func openDocument(t testing.TB, body string) []byte {
	return pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml",
		`<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:body><office:text>`+body+`</office:text></office:body></office:document-content>`)
}

// pdfOf makes a PDF of objects; the reader mends the table that is missing.
func pdfOf(objects ...string) []byte {
	var b strings.Builder
	b.WriteString("%PDF-1.7\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	b.WriteString("trailer << /Root 1 0 R /Size " + fmt.Sprint(len(objects)+1) + " >>\n%%EOF\n")
	return []byte(b.String())
}

func pdfPage(content string) []byte {
	return pdfOf(
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /X 5 0 R >> >> >>",
		content,
		"<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X 5 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream",
	)
}

func stream(content string) string {
	return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content)
}

func deflated(content string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(content))
	_ = w.Close()
	return fmt.Sprintf("<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", b.Len(), b.String())
}

func fonts(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<font size=%d>", i)
	}
	return b.String()
}

// TestHostileLinearTime: documents that are made to harm are refused in one
// line or read, in bounded time and memory.
func TestHostileLinearTime(t *testing.T) {
	const statement = "The Ministry denies that it fired on the bridge."
	laughs := `<!DOCTYPE x [<!ENTITY a "ha ha ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>`
	outside := `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>`
	many := make([]string, 0, 50000)
	for i := range 20500 {
		many = append(many, fmt.Sprint(i), "")
	}
	tight := Limits{Time: 3 * time.Second}
	for _, c := range []struct {
		name   string
		data   []byte
		limits Limits
		want   string // of the error; empty: read, with the statement in it
	}{
		{"zip bomb", word(t, strings.Repeat(" ", 300<<20)), Limits{}, "unpacks to more than so many times its size"},
		{"zip of too much", word(t, paragraphs(strings.Repeat("The a1b2c3 of it. ", 1<<16))), Limits{Unpacked: 1 << 20, Ratio: 1 << 20}, "unpacks to too many bytes"},
		{"zip of many files", pack(t, many...), Limits{}, "a ZIP archive of more than 20000 files"},
		{"zip cut off", word(t, paragraphs(statement))[:200], Limits{}, "damaged ZIP archive"},
		{"zip of nothing", pack(t, "a.txt", statement), Limits{}, "this is a ZIP archive"},
		{"spreadsheet", pack(t, "xl/workbook.xml", ""), Limits{}, "this is a spreadsheet"},
		{"docx billion laughs", pack(t, "[Content_Types].xml", "", "word/document.xml", laughs+wordSpace+paragraphs("&c;")+"</w:body></w:document>"), Limits{}, "damaged word/document.xml"},
		{"docx outside entity", pack(t, "[Content_Types].xml", "", "word/document.xml", outside+wordSpace+paragraphs("&a;")+"</w:body></w:document>"), Limits{}, "damaged word/document.xml"},
		{"docx deep", word(t, strings.Repeat("<w:tbl><w:tr><w:tc>", 5000)+paragraphs(statement)), Limits{Ratio: 1 << 20}, "nests too deep"},
		{"docx cut off", word(t, paragraphs(statement)+"<w:p>"), Limits{}, "damaged word/document.xml"},
		{"docx of many paragraphs", word(t, paragraphs(statement)+strings.Repeat(paragraphs("a"), 30000)), Limits{Ratio: 1 << 20}, ""},
		{"docx of many notes", word(t, paragraphs(statement)+strings.Repeat(`<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>`, 20000)), Limits{Ratio: 1 << 20}, ""},
		{"docx long word", word(t, paragraphs(statement, strings.Repeat("a", 10<<20))), Limits{Ratio: 1 << 20}, ""},
		{"odt deep", openDocument(t, strings.Repeat("<text:list><text:list-item>", 5000)), Limits{Ratio: 1 << 20}, "nests too deep"},
		{"odt spaces", openDocument(t, "<text:p>"+statement+strings.Repeat(`<text:s text:c="2000000000"/>`, 1000)+"</text:p>"), Limits{}, ""},
		{"epub that loops", pack(t, "mimetype", "application/epub+zip", "META-INF/container.xml", `<container><rootfile full-path="META-INF/container.xml"/></container>`), Limits{}, "no text in this book"},
		{"html deep", []byte("<!doctype html>" + strings.Repeat("<div>", 100000) + statement), Limits{}, "HTML nests too deep"},
		{"html fonts", []byte("<!doctype html><p>" + fonts(400) + strings.Repeat("</p><p>a", 200000)), Limits{}, "HTML nests too deep"},
		{"html deep text", []byte("<!doctype html><p>" + statement + strings.Repeat("<div>", 400) + strings.Repeat("a<i>b</i>", 20000)), Limits{}, ""},
		{"html tables", []byte("<!doctype html><p>" + statement + strings.Repeat("<table><tr><td>", 100) + "a"), Limits{}, ""},
		{"html attributes", []byte("<!doctype html><p>" + statement + "<p " + strings.Repeat("a=b ", 100000) + ">x"), Limits{}, ""},
		{"html long word", []byte("<!doctype html><p>" + statement + "<p>" + strings.Repeat("a", 10<<20)), Limits{}, ""},
		{"html of many paragraphs", []byte("<!doctype html><nav>x</nav><p>" + statement + strings.Repeat("<p>The river is full, and the dam is open.", 30000)), Limits{}, ""},
		{"html of many links", []byte("<!doctype html><nav>x</nav><p>" + statement + strings.Repeat("<sup><a href='#a'>1</a></sup>", 20000) + "<p id=a>x"), Limits{}, ""},
		{"html comments", []byte("<html><p>" + statement + strings.Repeat("<!--", 100000)), Limits{}, ""},
		{"rtf deep", []byte(`{\rtf1 ` + strings.Repeat("{", 100000) + statement), Limits{}, "RTF nests too deep"},
		{"rtf bin", []byte(`{\rtf1 ` + statement + `\par \bin2000000000 x}`), Limits{}, ""},
		{"rtf unbalanced", []byte(`{\rtf1 ` + statement + strings.Repeat("}", 100000)), Limits{}, ""},
		{"rtf footnotes", []byte(`{\rtf1 ` + statement + strings.Repeat(`{\footnote a\par b}`, 50000) + "}"), Limits{}, ""},
		{"rtf long word", []byte(`{\rtf1 ` + statement + `\par ` + strings.Repeat("a", 10<<20) + "}"), Limits{}, ""},
		{"mail deep", []byte("MIME-Version: 1.0\nFrom: a\nContent-Type: message/rfc822\n\n" + strings.Repeat("Content-Type: message/rfc822\n\n", 2000)), Limits{}, "mails nest too deep"},
		{"mail parts", []byte("MIME-Version: 1.0\nFrom: a\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\n"+statement+"\n", 20000)), Limits{}, ""},
		{"mail quotes", []byte("MIME-Version: 1.0\nFrom: a\n\n" + statement + "\n\n" + strings.Repeat(">", 1<<20) + "a"), Limits{}, ""},
		{"pdf tree that loops", pdfOf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>"), tight, "PDF"},
		{"pdf without pages", pdfOf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"), tight, "damaged PDF"},
		{"pdf of many pages", pdfOf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids ["+strings.Repeat("3 0 R ", 3000)+"] /Count 3000 >>", "<< /Type /Page /Parent 2 0 R >>"), tight, "the limit is 2000; split the file, or raise the limit with --limit pages"},
		{"pdf form in itself", pdfPage(stream("/X Do BT /F 12 Tf 50 700 Td (" + statement + ") Tj ET")), tight, ""},
		{"pdf deep arrays", pdfPage(stream("BT /F 12 Tf 50 700 Td (" + statement + ") Tj ET " + strings.Repeat("[", 100000))), tight, ""},
		{"pdf stream bomb", pdfPage(deflated(strings.Repeat("q 1 0 0 1 0 0 cm ", 8<<20))), tight, "takes too long"},
		{"pdf cut off", pdfPage(stream("BT /F 12 Tf 50 700 Td (" + statement + ") Tj ET"))[:300], tight, "PDF"},
		{"pdf of many letters", pdfPage(stream("BT /F 1 Tf 50 700 Td (" + statement + ") Tj " + strings.Repeat("1 0 Td (a) Tj ", 5000) + " ET")), Limits{Time: time.Minute}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			peak, stop := watchMemory()
			start := time.Now()
			text, err := ReadLimited("x", c.data, c.limits)
			took := time.Since(start)
			stop()
			t.Logf("%d bytes, %v, %d MB", len(c.data), took.Round(time.Millisecond), peak()>>20)
			switch {
			case c.want == "" && err != nil:
				t.Errorf("not read: %v", err)
			case c.want == "" && !strings.Contains(text.Canonical, statement):
				t.Errorf("the statement is not in %.200q", text.Canonical)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("got %v, want %s", err, c.want)
			case err != nil && strings.ContainsAny(err.Error(), "\n\r\x1b"):
				t.Errorf("not one line: %q", err)
			}
			if took > 60*time.Second {
				t.Errorf("took %v", took)
			}
			if peak() > 1200<<20 {
				t.Errorf("took %d MB", peak()>>20)
			}
		})
	}
}

// watchMemory measures how much the heap grows at most.
func watchMemory() (peak func() uint64, stop func()) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before := m.HeapAlloc
	var most atomic.Uint64
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			if m.HeapAlloc > before && m.HeapAlloc-before > most.Load() {
				most.Store(m.HeapAlloc - before)
			}
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return most.Load, func() { close(done); <-ended }
}

// TestOddCharacters: zeros, halves of surrogates, marks that turn the
// direction of writing and combining marks come to no harm, in any format.
func TestOddCharacters(t *testing.T) {
	const odd = "The Ministry\u202e denies\u2066 it\u200f: e\u0301te\u0301 שלום \U0001F600."
	const want = "The Ministry denies it: e\u0301te\u0301 שלום \U0001F600."
	for name, data := range map[string][]byte{
		"docx": word(t, paragraphs(odd)),
		"odt":  openDocument(t, "<text:p>"+odd+"</text:p>"),
		"html": []byte("<!doctype html><meta charset=utf-8><p>The Ministry&#x202e; denies&#x2066; it&#0;&#xD800;\u200f: e\u0301te\u0301 שלום &#x1F600;."),
		"rtf":  []byte(`{\rtf1\uc0 The Ministry\u8238  denies\u8294  it\u8207 \u-10240 : e\u769 te\u769  \u1513 \u1500 \u1493 \u1501  \u-10179 \u-8704 .}`),
		"mail": []byte("MIME-Version: 1.0\r\nFrom: a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + odd),
		"text": []byte(odd),
	} {
		text, err := Read("x", data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		laws(t, data, text)
		got := strings.ReplaceAll(text.Canonical, "\uFFFD", "")
		if !strings.HasSuffix(got, want) {
			t.Errorf("%s: got %q", name, text.Canonical)
		}
	}
}
