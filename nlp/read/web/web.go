// Package web reads HTML: saved web pages and documents that other programs
// wrote as HTML.
//
// A page that has menus, banners and the like around it gives its article; a
// page that is nothing but a document gives all of its words. What a browser
// does not show is not read.
package web

import (
	"bytes"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"counterclaim/nlp/read/lines"
)

// opening is how an HTML file begins.
var opening = regexp.MustCompile(`(?is)^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b`)

// Is reports HTML, by its beginning, or by its name where it holds tags.
func Is(name string, data []byte) bool {
	head := bytes.TrimPrefix(data[:min(len(data), 4096)], []byte("\xEF\xBB\xBF"))
	if bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")) {
		head = bytes.ReplaceAll(head[2:], []byte{0}, nil)
	}
	if opening.Match(head) {
		return true
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".html", ".htm", ".xhtml":
		return bytes.Contains(data, []byte("</"))
	}
	return false
}

// Read takes a page apart.
func Read(data []byte, limits lines.Limits) (*lines.Document, error) {
	encoding, _, _ := charset.DetermineEncoding(data[:min(len(data), 1024)], "text/html")
	text, err := encoding.NewDecoder().Bytes(data)
	if err != nil {
		return nil, lines.Damaged("HTML", err)
	}
	return ReadText(string(text), limits)
}

// ReadText takes a page apart that is UTF-8 text already.
func ReadText(text string, limits lines.Limits) (*lines.Document, error) {
	root, err := parse(text)
	if err != nil {
		return nil, err
	}
	address := address(root, text)
	prune(root)
	out := &lines.Document{Paragraphs: true, Address: address}
	meta := metadata(root, address)
	out.Title, out.Author, out.Date = meta.Title(), meta.Byline(), published(meta)
	body := root
	if hasFrame(root) {
		if meta.Node == nil || size(meta.Node)*8 < size(root) {
			stripFrame(root)
		} else {
			body = meta.Node
		}
	}
	out.Lines = write(body, noteTargets(body))
	if body != root {
		out.Lines = withHeading(out.Lines, root)
	}
	if out.Title == "" {
		out.Title = firstText(root, atom.Title)
	}
	for i := range out.Lines {
		if l := &out.Lines[i]; l.Number == 0 {
			l.Number = i + 1
		}
	}
	return out, nil
}

// parse builds the tree. The parser itself bounds the nesting, by an error.
func parse(text string) (*html.Node, error) {
	tooDeep := &lines.Error{Problem: "HTML nests too deep: the limit is 512", Hint: "save the page as text"}
	if unfolds(text) {
		return nil, tooDeep
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		if strings.Contains(err.Error(), "exceeds") {
			return nil, tooDeep
		}
		return nil, lines.Damaged("HTML", err)
	}
	return root, nil
}

// formatting are elements that the parser opens again in every paragraph
// until they are closed, as the standard has it.
var formatting = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Nobr: true, atom.S: true,
	atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true,
}

// mostReopened is far more than any page that a person wrote needs.
const mostReopened = 1 << 20

// unfolds reports a page that would unfold to a tree much larger than itself:
// hundreds of elements left open, and then opened again in thousands of
// paragraphs.
func unfolds(text string) bool {
	open, reopened := 0, 0
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return false
		case html.StartTagToken, html.EndTagToken:
			name, _ := z.TagName()
			switch {
			case !formatting[atom.Lookup(name)]:
				if reopened += open; reopened > mostReopened {
					return true
				}
			case kind == html.StartTagToken:
				open++
			default:
				open = max(0, open-1)
			}
		default:
		}
	}
}

// metadata finds the article of a page and what the page says of it.
func metadata(root *html.Node, address string) (article readability.Article) {
	defer func() {
		if recover() != nil { // not our code: the page is read without it
			article = readability.Article{}
		}
	}()
	at, err := url.Parse(address)
	if err != nil || !at.IsAbs() {
		at = nil
	}
	parser := readability.NewParser()
	parser.MaxElemsToParse = mostElements
	if article, err = parser.ParseDocument(root, at); err != nil {
		return readability.Article{}
	}
	return article
}

// mostElements is the largest page of which the article is looked for; of a
// larger one, the elements that say that they are no article are left out.
const mostElements = 100000

// published is the day that the page says it was published, in the time zone
// that it says it in.
func published(a readability.Article) time.Time {
	t, err := a.PublishedTime()
	if err != nil || t.Year() < 1000 || t.Year() > 9999 {
		return time.Time{}
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// savedFrom is the comment that browsers put into saved pages.
var savedFrom = regexp.MustCompile(`<!-- saved from url=\(\d+\)(https?://[^\s<>]+) -->`)

// address is where the page was published.
func address(root *html.Node, text string) string {
	if m := savedFrom.FindStringSubmatch(text[:min(len(text), 4096)]); m != nil {
		return m[1]
	}
	found := ""
	for n := range root.Descendants() {
		value := ""
		switch {
		case n.DataAtom == atom.Link && attr(n, "rel") == "canonical":
			value = attr(n, "href")
		case n.DataAtom == atom.Meta && attr(n, "property") == "og:url":
			value = attr(n, "content")
		}
		if found == "" && (strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://")) {
			found = value
		}
	}
	return found
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// unseen are elements whose content a browser does not show as text.
var unseen = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Iframe: true, atom.Object: true, atom.Svg: true,
	atom.Select: true, atom.Textarea: true, atom.Audio: true, atom.Video: true, atom.Canvas: true, atom.Del: true, atom.Dialog: true,
	atom.Rt: true, atom.Rp: true,
}

// hiddenStyle is a style that hides an element.
var hiddenStyle = regexp.MustCompile(`(?i)(display\s*:\s*none|visibility\s*:\s*hidden)`)

// prune takes out what is not shown. JSON-LD stays: it holds metadata.
func prune(root *html.Node) {
	var gone []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.CommentNode {
			gone = append(gone, n)
		}
		if n.Type != html.ElementNode || n.DataAtom == atom.Script && attr(n, "type") == "application/ld+json" {
			continue
		}
		if unseen[n.DataAtom] || has(n, "hidden") || attr(n, "aria-hidden") == "true" && attr(n, "role") != "presentation" || hiddenStyle.MatchString(attr(n, "style")) {
			gone = append(gone, n)
		}
	}
	for _, n := range gone {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

// frame are the elements around an article.
var frame = map[atom.Atom]bool{atom.Nav: true, atom.Aside: true, atom.Footer: true, atom.Form: true, atom.Button: true, atom.Input: true}

// roles are the same, said by an attribute.
var roles = map[string]bool{"navigation": true, "banner": true, "contentinfo": true, "complementary": true, "search": true, "dialog": true, "menu": true, "menubar": true}

// hasFrame reports a page that has more on it than a document.
func hasFrame(root *html.Node) bool {
	for n := range root.Descendants() {
		if frame[n.DataAtom] || roles[attr(n, "role")] {
			return true
		}
	}
	links, words := linked(root, false)
	return links*5 > words
}

// linked counts the words of links to other pages, and all words.
func linked(n *html.Node, within bool) (links, words int) {
	if n.Type == html.TextNode {
		words = len(strings.Fields(n.Data))
		if within {
			links = words
		}
		return links, words
	}
	within = within || n.DataAtom == atom.A && has(n, "href") && !strings.HasPrefix(attr(n, "href"), "#")
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		l, w := linked(c, within)
		links, words = links+l, words+w
	}
	return links, words
}

// stripFrame takes out the elements around the article.
func stripFrame(root *html.Node) {
	var gone []*html.Node
	for n := range root.Descendants() {
		if frame[n.DataAtom] || roles[attr(n, "role")] {
			gone = append(gone, n)
		}
	}
	for _, n := range gone {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

// size is how many letters and digits a node holds.
func size(n *html.Node) int {
	total := 0
	for c := range n.Descendants() {
		if c.Type == html.TextNode && (c.Parent == nil || c.Parent.DataAtom != atom.Script) {
			total += len(strings.Join(strings.Fields(c.Data), ""))
		}
	}
	return total
}

// firstText is the text of the first element of a kind.
func firstText(root *html.Node, kind atom.Atom) string {
	for n := range root.Descendants() {
		if n.DataAtom == kind {
			return textOf(n)
		}
	}
	return ""
}

// textOf is the text of a node, white space folded.
func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// withHeading puts the heading of the page above its article, if the article
// came without.
func withHeading(ls []lines.Line, root *html.Node) []lines.Line {
	heading := firstText(root, atom.H1)
	if heading == "" || len(heading) > 300 {
		return ls
	}
	for _, l := range ls[:min(len(ls), 10)] {
		if l.Text == heading {
			return ls
		}
	}
	return append([]lines.Line{{Text: heading, Level: 1, Gap: true}}, ls...)
}

// ReadChapter reads a page that is nothing but text, such as a chapter of a
// book.
func ReadChapter(data []byte) ([]lines.Line, error) {
	encoding, _, _ := charset.DetermineEncoding(data[:min(len(data), 1024)], "application/xhtml+xml; charset=utf-8")
	text, err := encoding.NewDecoder().Bytes(data)
	if err != nil {
		return nil, lines.Damaged("HTML", err)
	}
	root, err := parse(string(text))
	if err != nil {
		return nil, err
	}
	prune(root)
	return write(root, noteTargets(root)), nil
}
