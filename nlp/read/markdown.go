package read

import (
	"path/filepath"
	"strings"
)

// looksMarkdown tells Markdown from plain text: by the ending of the name or
// by marks that plain text has no use for.
func looksMarkdown(name, text string, lines []line) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".md", ".markdown", ".mdown", ".mkd":
		return true
	}
	for i, l := range lines {
		s := text[l.start:l.end]
		if level, _ := atxHeading(s); level > 0 {
			return true
		}
		if i > 0 && isTableDelimiter(s) && strings.Contains(text[lines[i-1].start:lines[i-1].end], "|") {
			return true
		}
		if open := strings.Index(s, "**"); open >= 0 {
			// "**" opens before a word and closes after one, here or on a
			// following line: one of them at the edge of a line is enough.
			if strings.Count(s, "**") >= 2 || open == 0 && len(s) > 2 && s[2] != '*' && s[2] != ' ' {
				return true
			}
		}
		if len(s) > 2 && s[0] == '*' && (isLetter(s[1]) || s[1] == '(') && strings.IndexByte(s[2:], '*') > 0 || strings.Contains(s, "](http") {
			return true
		}
	}
	return false
}

// parseMarkdown takes block markup off the lines, then inline markup.
func parseMarkdown(text string, lines []line) ([]line, view) {
	lines = takeFrontMatter(text, lines)
	definitions := linkDefinitions{}
	blocks := make([]line, 0, len(lines))
	fenced, gap, table := false, false, false
	open := 0 // comments that start above this line are never closed
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		l.gap = l.gap || gap
		gap = false
		if l.gap {
			table = false
		}
		takeQuote(text, &l)
		s := text[l.start:l.end]
		level, rest := atxHeading(s)
		switch {
		case l.front:
		case l.start == l.end:
			gap = true
			continue
		case isFence(s):
			fenced, gap = !fenced, true
			continue
		case fenced:
		case strings.HasPrefix(s, "<!--") && i >= open:
			last, ok := skipComment(text, lines, i)
			if ok {
				i, gap = last, true
				continue
			}
			open = last
		case level > 0:
			l.level, l.start, gap = level, l.start+rest, true
			l.end = l.start + len(strings.TrimRight(strings.TrimRight(text[l.start:l.end], "#"), " "))
			if l.start >= l.end {
				continue
			}
		case len(blocks) > 0 && !l.gap && isSetext(s) && setext(blocks, s):
			gap = true
			continue
		case isRule(s):
			l.rule, gap = true, true
		case len(blocks) > 0 && !l.gap && isTableDelimiter(s) && strings.Contains(rawLine(text, blocks[len(blocks)-1]), "|"):
			blocks[len(blocks)-1].cells = true
			table = true
			continue
		case table && strings.Contains(s, "|") || isBarRow(s):
			l.cells = true
		case definitions.add(s):
			gap = l.gap
			continue
		default:
			if label, length, ok := footnoteDefinition(s); ok {
				l.note, l.marker = true, label
				l.start, l.end, _ = trim(text, l.start+length, l.end)
				if l.start == l.end {
					gap = true
					continue
				}
			} else {
				takeBullet(text, &l)
			}
		}
		blocks = append(blocks, l)
	}
	p := inline{text: text, definitions: definitions, out: make([]byte, 0, len(text)+len(text)/16)}
	for i := 0; i < len(blocks); {
		j := i + 1
		for j < len(blocks) && sameRun(blocks[j-1], blocks[j]) {
			j++
		}
		p.run(blocks[i:j])
		i = j
	}
	return dropPageLines(string(p.out), dropEmpty(blocks)), view{string(p.out), p.pieces}
}

func rawLine(text string, l line) string { return text[l.start:l.end] }

// sameRun: emphasis can reach from line a into line b, the next.
func sameRun(a, b line) bool {
	return !b.gap && !b.page && a.level == 0 && b.level == 0 && a.quote == b.quote &&
		!b.bullet && !b.note && !a.cells && !b.cells && !a.rule && !b.rule && !a.front && !b.front
}

// dropEmpty leaves out lines that held nothing but markup.
func dropEmpty(lines []line) []line {
	kept := lines[:0]
	gap, page := false, false
	for _, l := range lines {
		l.gap, l.page = l.gap || gap, l.page || page
		gap, page = false, false
		if l.start == l.end && !l.rule {
			gap, page = true, l.page
			continue
		}
		kept = append(kept, l)
	}
	return kept
}

// takeFrontMatter marks the lines of a YAML block at the start of the file.
func takeFrontMatter(text string, lines []line) []line {
	if len(lines) == 0 || rawLine(text, lines[0]) != "---" {
		return lines
	}
	for i := 1; i < min(len(lines), 60); i++ {
		s := rawLine(text, lines[i])
		if s == "---" || s == "..." {
			for j := 1; j < i; j++ {
				lines[j].front = true
			}
			rest := append([]line{}, lines[1:i]...)
			for j, l := range lines[i+1:] {
				l.gap = l.gap || j == 0
				rest = append(rest, l)
			}
			return rest
		}
		if key, _, ok := strings.Cut(s, ":"); lines[i].indent == 0 && !strings.HasPrefix(s, "- ") && (!ok || strings.Contains(key, " ")) {
			return lines
		}
	}
	return lines
}

// isFence reports a line that opens or closes a code block. More than the
// name of a language behind it is text.
func isFence(s string) bool {
	rest := strings.TrimLeft(s, s[:1])
	return (s[0] == '`' || s[0] == '~') && len(s)-len(rest) >= 3 && len(rest) <= 20 && strings.IndexFunc(rest, isNotWord) < 0
}

// atxHeading returns the level of a heading line, 0 if it is none, and where
// its text begins.
func atxHeading(s string) (level, rest int) {
	for level < len(s) && s[level] == '#' {
		level++
	}
	if level == 0 || level > 6 || level < len(s) && s[level] != ' ' && s[level] != '\t' {
		return 0, 0
	}
	rest = level
	for rest < len(s) && (s[rest] == ' ' || s[rest] == '\t') {
		rest++
	}
	return level, rest
}

func isSetext(s string) bool {
	return strings.Trim(s, "=") == "" || strings.Trim(s, "-") == "" && len(s) >= 2
}

// setext makes the lines above an underline a heading, unless they are a
// whole paragraph.
func setext(blocks []line, underline string) bool {
	level := 1
	if underline[0] == '-' {
		level = 2
	}
	first := len(blocks) - 1
	for first > 0 && sameRun(blocks[first-1], blocks[first]) {
		first--
	}
	top := blocks[first]
	if len(blocks)-first > 3 || blocks[len(blocks)-1].end-top.start > 240 || top.bullet || top.cells || top.rule || top.level > 0 || top.note || top.front {
		return false
	}
	for i := first; i < len(blocks); i++ {
		blocks[i].level = level
	}
	return true
}

// isTableDelimiter reports the line between the head and the body of a table.
func isTableDelimiter(s string) bool {
	return strings.Contains(s, "|") && strings.Contains(s, "-") && strings.Trim(s, "|:- \t") == ""
}

// isBarRow reports a row that is set in bars on both sides.
func isBarRow(s string) bool {
	return len(s) > 2 && s[0] == '|' && s[len(s)-1] == '|'
}

// footnoteDefinition recognises "[^1]: text".
func footnoteDefinition(s string) (label string, length int, ok bool) {
	if !strings.HasPrefix(s, "[^") {
		return "", 0, false
	}
	end := strings.Index(s[:min(len(s), 64)], "]:")
	if end < 3 {
		return "", 0, false
	}
	return s[2:end], end + 2, true
}

// skipComment finds the last line of an HTML comment that starts at line i
// and has its lines to itself.
func skipComment(text string, lines []line, i int) (last int, ok bool) {
	for j := i; j < len(lines); j++ {
		if j > i && lines[j].gap {
			return j, false
		}
		if end := strings.Index(rawLine(text, lines[j]), "-->"); end >= 0 {
			return j, lines[j].start+end+3 == lines[j].end
		}
	}
	return len(lines), false
}

// linkDefinitions are the labels of lines such as "[1]: https://example.org".
type linkDefinitions map[string]bool

// add takes a definition line. Only an address counts as one, so that no
// "[Note]: text" is lost.
func (d linkDefinitions) add(s string) bool {
	if s[0] != '[' {
		return false
	}
	label, target, ok := strings.Cut(s[1:], "]:")
	target = strings.Trim(target, " <>")
	if !ok || len(label) > 64 || !strings.Contains(target, "://") || strings.Contains(target, " ") {
		return false
	}
	d[strings.ToLower(label)] = true
	return true
}
