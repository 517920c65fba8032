package web

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// notes are the footnotes of a page.
type notes struct {
	marks   map[*html.Node]bool   // links that are footnote marks, and links back to them
	targets map[*html.Node]string // elements that hold a footnote, with its label
}

// noteTargets finds the footnotes of a page: a raised number that links to an
// element of the page is the mark of one.
func noteTargets(root *html.Node) *notes {
	found := &notes{marks: map[*html.Node]bool{}, targets: map[*html.Node]string{}}
	byID := map[string]*html.Node{}
	for n := range root.Descendants() {
		for _, id := range []string{attr(n, "id"), attr(n, "name")} {
			if id != "" && byID[id] == nil {
				byID[id] = n
			}
		}
	}
	marked := map[string]bool{} // ids of marks
	for n := range root.Descendants() {
		if n.DataAtom != atom.A {
			continue
		}
		id, ok := fragment(n)
		label := strings.Trim(textOf(n), "[]() ")
		if !ok || !isLabel(label) || !isRaised(n) {
			continue
		}
		target := noteOf(byID[id])
		if target == nil || contains(target, n) {
			continue
		}
		found.marks[outer(n)] = true
		if _, twice := found.targets[target]; !twice {
			found.targets[target] = label
		}
		for p := n; p != nil && p.DataAtom != atom.P && p.DataAtom != atom.Body; p = p.Parent {
			for _, own := range []string{attr(p, "id"), attr(p, "name")} {
				if own != "" {
					marked[own] = true
				}
			}
		}
	}
	for target := range found.targets {
		for n := range target.Descendants() {
			if id, ok := fragment(n); ok && n.DataAtom == atom.A && (marked[id] || utf8.RuneCountInString(textOf(n)) <= 2) {
				found.marks[n] = true
			}
		}
	}
	return found
}

// fragment is the element that a link leads to, within the page or, in a
// book, within its own file.
func fragment(n *html.Node) (string, bool) {
	file, id, ok := strings.Cut(attr(n, "href"), "#")
	return id, ok && id != "" && !strings.Contains(file, ":") && !strings.Contains(file, "//")
}

// isLabel reports the label of a footnote: a number, a letter or a sign.
func isLabel(s string) bool {
	if s == "" || len(s) > 4 {
		return false
	}
	if strings.Trim(s, "0123456789") == "" || strings.Trim(s, "*†‡§") == "" {
		return true
	}
	return len(s) == 1 && ('a' <= s[0] && s[0] <= 'z')
}

// isRaised reports a link within or around a raised text, or one that says
// that it is a footnote mark.
func isRaised(n *html.Node) bool {
	if attr(n, "role") == "doc-noteref" || attr(n, "epub:type") == "noteref" {
		return true
	}
	if n.Parent != nil && n.Parent.DataAtom == atom.Sup {
		return true
	}
	for c := range n.Descendants() {
		if c.DataAtom == atom.Sup {
			return true
		}
	}
	return false
}

// outer is the raised element around a mark, or the mark.
func outer(n *html.Node) *html.Node {
	if n.Parent != nil && n.Parent.DataAtom == atom.Sup {
		return n.Parent
	}
	return n
}

// noteOf is the element that holds a footnote, from the element that its mark
// links to: an item of a list, a paragraph or another block.
func noteOf(n *html.Node) *html.Node {
	for ; n != nil; n = n.Parent {
		switch n.DataAtom {
		case atom.Li, atom.P, atom.Dd, atom.Div, atom.Aside, atom.Section, atom.Td:
			return n
		case atom.Body, atom.Html, atom.Article, atom.Main:
			return nil
		default:
		}
	}
	return nil
}

func contains(outer, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}
