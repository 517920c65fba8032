// Package mail reads e-mails (RFC 5322, MIME) and web pages saved as one file
// (MHTML), which have the same form.
//
// The subject becomes the heading; sender, addressees and date stay as the
// frame of the text; then come the body and the attachments that can be
// read.
package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html/charset"

	"counterclaim/nlp/read/lines"
)

// Reader reads an attachment by its contents: its lines, and nil if it has no
// text of a format that is known.
type Reader func(name string, data []byte) (*lines.Document, error)

// field is a line of the head of a mail.
var field = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9-]*): `)

// own are fields that programs put into mails and people do not write.
var own = map[string]bool{
	"message-id": true, "mime-version": true, "received": true, "return-path": true, "delivered-to": true, "dkim-signature": true,
	"x-mailer": true, "user-agent": true, "content-transfer-encoding": true, "snapshot-content-location": true,
}

// Is reports a mail: a head of fields, some of which only programs write.
// That of a note typed by hand, "From: ... To: ...", is not enough, unless
// the file is named as a mail.
func Is(name string, data []byte) bool {
	head := data[:min(len(data), 16<<10)]
	fields, marks := 0, 0
	for line := range bytes.Lines(head) {
		line = bytes.TrimRight(line, "\r\n")
		switch m := field.FindSubmatch(append(bytes.Clone(line), ' ')); {
		case len(line) == 0:
			named := strings.EqualFold(filepath.Ext(name), ".eml")
			return fields >= 2 && (marks > 0 || named)
		case m != nil:
			fields++
			if own[strings.ToLower(string(m[1]))] {
				marks++
			}
		case fields > 0 && (line[0] == ' ' || line[0] == '\t'): // goes on
		case fields == 0 && bytes.HasPrefix(line, []byte("From ")): // of a mailbox
		default:
			return false
		}
	}
	return marks > 0 && fields >= 2
}

// message is a mail while it is read.
type message struct {
	limits lines.Limits
	read   Reader
	left   int64 // bytes that may still be unpacked
	body   []lines.Line
	page   *lines.Document // the document of an HTML body, for what it says of itself
	files  []file
}

type file struct {
	name string
	data []byte
}

// Read takes a mail apart.
func Read(data []byte, limits lines.Limits, read Reader) (*lines.Document, error) {
	limits = limits.Filled()
	if i := bytes.IndexByte(data, '\n'); i > 0 && bytes.HasPrefix(data, []byte("From ")) {
		data = data[i+1:]
	}
	m := &message{limits: limits, read: read, left: limits.Unpacked}
	return m.message(data, 1)
}

func (m *message) message(data []byte, depth int) (*lines.Document, error) {
	if depth > m.limits.Nesting {
		return nil, lines.TooMuch("mails nest too deep", int64(m.limits.Nesting), "nesting")
	}
	parsed, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return nil, lines.Damaged("mail", err)
	}
	out := &lines.Document{}
	if err := m.part(map[string][]string(parsed.Header), parsed.Body, depth); err != nil {
		return nil, err
	}
	web := parsed.Header.Get("Snapshot-Content-Location") != ""
	if web && m.page != nil { // a saved page, no mail
		return m.page, nil
	}
	m.head(parsed.Header, out)
	out.Lines = append(out.Lines, m.body...)
	for _, f := range m.files {
		document, err := m.read(f.name, f.data)
		if err != nil || document == nil {
			reason := "no text"
			if err != nil {
				reason = err.Error()
			}
			if !isPicture(f) {
				out.Skipped = append(out.Skipped, "attachment "+f.name+": "+reason)
			}
			continue
		}
		out.Skipped = append(out.Skipped, document.Skipped...)
		out.Lines = append(out.Lines, lines.Line{Rule: true}, lines.Line{Text: f.name, Level: 2, Gap: true})
		for i, l := range document.Lines {
			l.Gap = l.Gap || i == 0
			out.Lines = append(out.Lines, l)
		}
	}
	for i := range out.Lines {
		if out.Lines[i].Page == 0 { // those of an attached PDF stay
			out.Lines[i].Number = i + 1
		}
	}
	return out, nil
}

// head writes the fields that people read.
func (m *message) head(h mail.Header, out *lines.Document) {
	decoder := &mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	value := func(name string) string {
		v := h.Get(name)
		if decoded, err := decoder.DecodeHeader(v); err == nil {
			v = decoded
		}
		return strings.Join(strings.Fields(v), " ")
	}
	if subject := value("Subject"); subject != "" {
		out.Lines = append(out.Lines, lines.Line{Text: subject, Level: 1, Gap: true})
	}
	for i, name := range []string{"From", "To", "Cc", "Date"} {
		if v := value(name); v != "" {
			out.Lines = append(out.Lines, lines.Line{Text: name + ": " + v, Front: true, Gap: i == 0})
		}
	}
	out.Author = value("From")
	if sent, err := h.Date(); err == nil && sent.Year() > 1000 {
		out.Date = time.Date(sent.Year(), sent.Month(), sent.Day(), 0, 0, 0, 0, time.UTC)
	}
}

// part reads a part by its type.
func (m *message) part(header map[string][]string, body io.Reader, depth int) error {
	if depth > m.limits.Nesting {
		return lines.TooMuch("the parts of a mail nest too deep", int64(m.limits.Nesting), "nesting")
	}
	get := func(name string) string {
		if v := header[name]; len(v) > 0 {
			return v[0]
		}
		return ""
	}
	kind, params, err := mime.ParseMediaType(get("Content-Type"))
	if err != nil || kind == "" {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" {
		return m.parts(kind, multipart.NewReader(body, params["boundary"]), depth)
	}
	data, err := m.decode(get("Content-Transfer-Encoding"), body)
	if err != nil {
		return err
	}
	disposition, fileParams, _ := mime.ParseMediaType(get("Content-Disposition"))
	name := fileParams["filename"]
	if name == "" {
		name = params["name"]
	}
	if decoded, err := (&mime.WordDecoder{CharsetReader: charset.NewReaderLabel}).DecodeHeader(name); err == nil {
		name = decoded
	}
	name = strings.Join(strings.Fields(filepath.Base(filepath.ToSlash(name))), " ")
	switch {
	case kind == "message/rfc822":
		inner := &message{limits: m.limits, read: m.read, left: m.left}
		document, err := inner.message(data, depth+1)
		if err != nil {
			return err
		}
		m.left = inner.left
		m.body = append(append(m.body, lines.Line{Rule: true}), document.Lines...)
	case disposition == "attachment" || name != "" && name != "." && !strings.HasPrefix(kind, "text/"):
		m.files = append(m.files, file{name, data})
	case kind == "text/html" || kind == "application/xhtml+xml":
		text, err := decodeText(data, params["charset"], get("Content-Type"))
		if err != nil {
			return err
		}
		document, err := m.read("body.html", []byte(text))
		if err != nil {
			return err
		}
		if document != nil {
			m.body = append(m.body, document.Lines...)
			if m.page == nil {
				m.page = document
			}
		}
	case strings.HasPrefix(kind, "text/"):
		text, err := decodeText(data, params["charset"], "text/plain; charset="+params["charset"])
		if err != nil {
			return err
		}
		m.body = append(m.body, plain(text, params["format"] == "flowed", params["delsp"] == "yes")...)
	}
	return nil
}

// parts reads the parts of a multipart; of alternatives, the best.
func (m *message) parts(kind string, r *multipart.Reader, depth int) error {
	type alternative struct {
		body []lines.Line
		page *lines.Document
	}
	var best *alternative
	for {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if strings.Contains(err.Error(), "EOF") {
				break // cut off: what came is read
			}
			return lines.Damaged("mail", err)
		}
		if kind != "multipart/alternative" {
			if kind == "multipart/related" && (len(m.body) > 0) {
				continue // pictures and styles of the page before
			}
			if err := m.part(p.Header, p, depth+1); err != nil {
				return err
			}
			continue
		}
		before, page := m.body, m.page
		m.body = nil
		if err := m.part(p.Header, p, depth+1); err != nil {
			return err
		}
		// Plain text is as its writer wrote it. A page is read where the text
		// only says that there is one.
		if n := letters(m.body); n > 0 && (best == nil || n > 2*letters(best.body)) {
			best = &alternative{m.body, m.page}
		}
		m.body, m.page = before, page
	}
	if best != nil {
		m.body, m.page = append(m.body, best.body...), best.page
	}
	return nil
}

func letters(all []lines.Line) int {
	n := 0
	for _, l := range all {
		n += len(l.Text)
	}
	return n
}

// decode undoes the transfer encoding, within the limits.
func (m *message) decode(name string, r io.Reader) ([]byte, error) {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	data, err := io.ReadAll(io.LimitReader(r, m.left+1))
	if int64(len(data)) > m.left {
		return nil, lines.TooMuch("its parts unpack to too many bytes", m.limits.Unpacked, "unpacked")
	}
	m.left -= int64(len(data))
	if err != nil && len(data) == 0 {
		return nil, lines.Damaged("mail", err)
	}
	return data, nil // what came before the damage is read
}

// decodeText turns text into UTF-8.
func decodeText(data []byte, label, contentType string) (string, error) {
	if label == "" || strings.EqualFold(label, "us-ascii") || strings.EqualFold(label, "utf-8") {
		if bytes.IndexFunc(data, func(r rune) bool { return r == 0xFFFD }) < 0 {
			return string(data), nil
		}
	}
	r, err := charset.NewReader(bytes.NewReader(data), contentType)
	if err != nil {
		return "", lines.Damaged("mail", err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return "", lines.Damaged("mail", err)
	}
	return string(text), nil
}

// plain makes lines of a body of plain text; flowed lines that end in a
// space go on in the next (RFC 3676).
func plain(text string, flowed, deleteSpace bool) []lines.Line {
	var out []lines.Line
	gap, goes := true, false
	for line := range strings.SplitSeq(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n") {
		quoted := 0
		rest := line
		for {
			after, ok := strings.CutPrefix(strings.TrimLeft(rest, " "), ">")
			if !ok {
				break
			}
			rest, quoted = after, quoted+1
		}
		if flowed {
			rest = strings.TrimPrefix(rest, " ")
		}
		if strings.TrimSpace(rest) == "" {
			gap, goes = true, false
			continue
		}
		l := lines.Line{Text: rest, Gap: gap, Quote: quoted > 0, Join: lines.Guess}
		if goes {
			l.Join = lines.Goes
		} else if gap {
			l.Join = lines.New
		}
		goes = false
		if flowed && strings.HasSuffix(rest, " ") && rest != "-- " {
			goes = true
			if deleteSpace {
				l.Text = strings.TrimSuffix(rest, " ")
			}
		}
		out = append(out, l)
		gap = false
	}
	return out
}

// isPicture reports files that have no words to miss.
func isPicture(f file) bool {
	switch strings.ToLower(filepath.Ext(f.name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".svg", ".ico", ".ics", ".vcf", ".p7s", ".asc", ".sig":
		return true
	}
	return false
}
