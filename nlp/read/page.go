package read

import (
	"regexp"
	"strings"
)

// dropPageLines leaves out what belongs to the page and not to the text:
// running heads and feet that repeat from page to page, and page numbers.
// The lines around them are then parted by no more than a gap.
func dropPageLines(text string, lines []line) []line {
	edge := pageEdges(lines)
	repeated := repeatedEdges(text, lines, edge)
	kept := lines[:0]
	gap, page := false, false
	for i, l := range lines {
		s := text[l.start:l.end]
		inner := i >= 2 // the head of the first page is the letterhead
		drop := edge[i] && (isPageNumber(s, true) || inner && (repeated[pageKey(s)] || isPageLine(s))) ||
			alone(lines, i) && isPageNumber(s, false)
		if drop {
			gap, page = true, page || l.page
			continue
		}
		l.gap, l.page = l.gap || gap, l.page || page
		gap, page = false, false
		kept = append(kept, l)
	}
	return kept
}

// pageEdges marks the first two and last two lines of every page. Without
// form feeds no line is an edge.
func pageEdges(lines []line) []bool {
	edge := make([]bool, len(lines))
	for i := range lines {
		if !lines[i].page {
			continue
		}
		for j := max(i-2, 0); j < min(i+2, len(lines)); j++ {
			edge[j] = true
		}
	}
	if len(lines) > 0 && anyTrue(edge) {
		for _, j := range []int{0, 1, len(lines) - 2, len(lines) - 1} {
			if 0 <= j && j < len(lines) {
				edge[j] = true
			}
		}
	}
	return edge
}

func anyTrue(flags []bool) bool {
	for _, f := range flags {
		if f {
			return true
		}
	}
	return false
}

// repeatedEdges finds short edge lines that come back, but for their
// numbers, on three pages or on both of two.
func repeatedEdges(text string, lines []line, edge []bool) map[string]bool {
	pages := 1
	count := map[string]int{}
	for i, l := range lines {
		if l.page {
			pages++
		}
		if edge[i] && l.end-l.start <= 120 {
			count[pageKey(text[l.start:l.end])]++
		}
	}
	repeated := map[string]bool{}
	for key, n := range count {
		repeated[key] = n >= min(3, pages) && n*2 >= pages
	}
	return repeated
}

// pageKey is a line with its digits made equal.
func pageKey(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return '0'
		}
		return r
	}, s)
}

// alone: a line with a gap above and below.
func alone(lines []line, i int) bool {
	return lines[i].gap && (i+1 == len(lines) || lines[i+1].gap) && i > 0 && i+1 < len(lines)
}

// isPageNumber reports "Page 3 of 7", "- 3 -", "3/7" and, where a bare number
// cannot be anything else, "3".
func isPageNumber(s string, bare bool) bool {
	if len(s) > 20 {
		return false
	}
	lower := strings.ToLower(s)
	rest := strings.TrimSpace(strings.Trim(lower, "-–—|[] "))
	marked := rest != lower
	if after, ok := strings.CutPrefix(rest, "page "); ok {
		rest, marked = after, true
	}
	first, last, of := strings.Cut(strings.ReplaceAll(rest, " of ", "/"), "/")
	if !isNumber(first) || of && !isNumber(last) {
		return false
	}
	return marked || of && len(first) <= len(last) || bare
}

// jobNumber is how United Nations documents are numbered for printing, such
// as "23-22000 (E)" and its bar code "*2322000*".
var jobNumber = regexp.MustCompile(`^(\d{2}-\d{5}|\*?\d{7}\*?)( \([A-Z]\))?( +\d{6})?$`)

// isPageLine reports a line of nothing but page, document and job numbers.
func isPageLine(s string) bool {
	for _, field := range strings.FieldsFunc(strings.ReplaceAll(s, "  ", "\t"), func(r rune) bool { return r == '\t' }) {
		field = strings.TrimSpace(field)
		if field != "" && !isPageNumber(field, true) && !symbol.MatchString(field) && !jobNumber.MatchString(field) {
			return false
		}
	}
	return len(s) < 200
}

// isNumber reports one to four digits.
func isNumber(s string) bool {
	s = strings.TrimSpace(s)
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return 0 < len(s) && len(s) <= 4
}
