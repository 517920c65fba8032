package pdf

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// dropFurniture takes out what belongs to the page and not to the text:
// heads and feet that come back from page to page, page numbers, and the
// numbers of lines.
func dropFurniture(pages [][]row) {
	for i := range pages {
		pages[i] = takeLineNumbers(pages[i])
	}
	type spot struct {
		key string
		y   float64
	}
	edges := make([][][]row, len(pages)) // per page: three lines above, three below
	count := map[spot]int{}
	for i, rows := range pages {
		edges[i] = edgeLines(rows)
		seen := map[spot]bool{}
		for _, line := range edges[i] {
			s := spot{pageKey(lineText(line)), math.Round(line[0].base / 6)}
			for _, near := range []float64{-1, 0, 1} {
				if t := (spot{s.key, s.y + near}); !seen[t] {
					seen[t] = true
					count[t]++
				}
			}
		}
	}
	outermost := heads(edges)
	for i := range pages {
		// From each edge inwards, up to the first line of the text: the second
		// line of a title that comes back is no head.
		found := make([]bool, len(edges[i]))
		for from, line := range edges[i] {
			text := lineText(line)
			n := count[spot{pageKey(text), math.Round(line[0].base / 6)}]
			found[from] = n >= 2 && (n*2 >= len(pages) || n >= 3) || outermost[i] && from == 0 ||
				isPageLine(text, from*2 >= len(edges[i]) || len(pages) > 1)
		}
		head, foot := slices.Index(found, false), len(found)
		for foot > 0 && found[foot-1] {
			foot--
		}
		drop := map[*row]bool{}
		for from, line := range edges[i] {
			if from < head || head < 0 || from >= foot || found[from] && isPageLine(lineText(line), true) {
				for k := range line {
					drop[find(pages[i], line[k])] = true
				}
			}
		}
		kept := pages[i][:0:0]
		for k := range pages[i] {
			if !drop[&pages[i][k]] {
				kept = append(kept, pages[i][k])
			}
		}
		pages[i] = kept
	}
}

// heads finds pages, the first left out, whose first line stands alone and
// higher than any other page's: the head of a document of few pages.
func heads(edges [][][]row) []bool {
	found := make([]bool, len(edges))
	for i := 1; i < len(edges); i++ {
		if len(edges[i]) < 3 {
			continue
		}
		first, second := edges[i][0][0], edges[i][1][0]
		if first.base-second.base < 2*second.size || len(lineText(edges[i][0])) > 100 {
			continue
		}
		found[i] = true
		for k, other := range edges {
			if k != i && len(other) > 0 && other[0][0].base > first.base-0.8*first.size && (k == 0 || math.Abs(other[0][0].base-first.base) > 1) {
				found[i] = false
			}
		}
	}
	return found
}

// edgeDepth is how many lines from the edge heads and feet may have.
const edgeDepth = 3

// edgeLines are the outermost lines of a page, each of one or more rows.
func edgeLines(rows []row) [][]row {
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, higher)
	var all [][]row
	for _, r := range sorted {
		if n := len(all); n > 0 && math.Abs(all[n-1][0].base-r.base) < 0.4*r.size {
			all[n-1] = append(all[n-1], r)
		} else {
			all = append(all, []row{r})
		}
	}
	if len(all) <= 2*edgeDepth {
		return all
	}
	return append(all[:edgeDepth:edgeDepth], all[len(all)-edgeDepth:]...)
}

func lineText(line []row) string {
	ordered := slices.Clone(line)
	slices.SortStableFunc(ordered, further)
	texts := make([]string, len(ordered))
	for i, r := range ordered {
		texts[i] = r.label + r.text
	}
	return strings.Join(texts, "  ")
}

func find(rows []row, r row) *row {
	for i := range rows {
		if rows[i].left == r.left && rows[i].base == r.base && rows[i].text == r.text {
			return &rows[i]
		}
	}
	return nil
}

// counted begins a title that comes back with another number.
var counted = regexp.MustCompile(`(?i)^(annex|appendix|enclosure|attachment|exhibit|schedule|chapter|part|section|article|tab)\b`)

// pageKey is a line with its numbers made equal.
func pageKey(s string) string {
	if counted.MatchString(s) {
		return s
	}
	var b strings.Builder
	digit := false
	for _, r := range strings.ToLower(s) {
		if '0' <= r && r <= '9' {
			if !digit {
				b.WriteByte('0')
			}
			digit = true
			continue
		}
		digit = false
		b.WriteRune(r)
	}
	return b.String()
}

// Lines of nothing but page numbers, document numbers and what browsers put
// around a page that they print.
var (
	pageNumber = regexp.MustCompile(`(?i)^[-–—|\[( ]*(page |p\. ?)?(\d{1,4}|[ivxl]{1,6})( ?(/|of|von|de|sur) ?\d{1,4})?[-–—|\]) ]*$`)
	jobNumber  = regexp.MustCompile(`^\*?\d{2}-\d{5}\*?( \([A-Z]\))?( +\d{6})?$|^\*\d{6,8}\*$`)
	symbol     = regexp.MustCompile(`^[A-Z]{1,6}(/[A-Z0-9.\-–]+){1,5}$`)
	printedURL = regexp.MustCompile(`^(https?|file)://\S+$`)
	printedOn  = regexp.MustCompile(`^\d{1,2}[./]\d{1,2}[./]\d{2,4}, \d{1,2}:\d{2}( ?[AP]M)?$`)
)

// isPageLine reports a line that holds a page number, or what goes with one,
// and nothing else. One number alone may be text where it stands first.
func isPageLine(s string, bare bool) bool {
	fields := strings.Split(s, "  ")
	if len(s) > 300 {
		return false
	}
	numbers, printed := 0, false
	for _, f := range fields {
		f = strings.TrimSpace(f)
		switch {
		case f == "":
		case pageNumber.MatchString(f):
			numbers++
		case jobNumber.MatchString(f):
			printed = true
		case symbol.MatchString(f):
		case printedURL.MatchString(f):
			printed = true
		case printedOn.MatchString(f):
			return true // beside the title of the page
		default:
			return false
		}
	}
	return printed || numbers > 0 && (bare || len(fields) > 1)
}

// takeLineNumbers takes out numbers that stand beside the lines of a page and
// count them.
func takeLineNumbers(rows []row) []row {
	type beside struct{ at, n int }
	var numbers []beside
	left := math.Inf(1)
	for i, r := range rows {
		n, err := strconv.Atoi(strings.TrimSpace(r.text))
		if err == nil && len(r.text) <= 4 && r.label == "" {
			numbers = append(numbers, beside{i, n})
		} else if len(r.text) > 20 {
			left = min(left, r.left)
		}
	}
	drop := map[int]bool{}
	var run []beside
	for _, n := range numbers {
		if rows[n.at].right < left && !math.IsInf(left, 1) {
			run = append(run, n)
		}
	}
	slices.SortStableFunc(run, func(a, b beside) int { return higher(rows[a.at], rows[b.at]) })
	even := len(run) >= 4
	for i := 1; i < len(run) && even; i++ {
		step := run[1].n - run[0].n
		even = step > 0 && step <= 10 && run[i].n-run[i-1].n == step
	}
	for i := 0; even && i < len(run); i++ {
		n := run[i]
		drop[n.at] = true
		for k := range rows {
			if k != n.at && math.Abs(rows[k].base-rows[n.at].base) < 0.4*max(rows[k].size, rows[n.at].size) {
				rows[k].number = n.n
			}
		}
	}
	if len(drop) == 0 {
		return takeNumbersWithin(rows)
	}
	var kept []row
	for i, r := range rows {
		if !drop[i] {
			kept = append(kept, r)
		}
	}
	return kept
}

// numberBefore is the number of a line, where no gap parts it from the text.
var numberBefore = regexp.MustCompile(`^(\d{1,4}) +\S`)

// takeNumbersWithin takes the numbers of lines that stand so close to the
// text that they are of its rows: nearly every row begins with one, and they count
// up by one.
func takeNumbersWithin(rows []row) []row {
	if len(rows) < 5 {
		return rows
	}
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, higher)
	last, counted := 0, 0
	for i, r := range sorted {
		m := numberBefore.FindStringSubmatchIndex(r.text)
		if m == nil || len(r.marks) > 0 && r.marks[0].start < m[3] {
			continue
		}
		n, err := strconv.Atoi(r.text[:m[3]])
		if err != nil || counted > 0 && n != last+1 {
			return rows
		}
		cut := m[1] - 1
		for cut > 0 && !utf8.RuneStart(r.text[cut]) {
			cut--
		}
		last, counted = n, counted+1
		r.number, r.text = n, r.text[cut:]
		r.bold, r.italic = without(r.bold, mark{0, cut}), without(r.italic, mark{0, cut})
		marks := make([]mark, len(r.marks))
		for k, m := range r.marks {
			marks[k] = mark{m.start - cut, m.end - cut}
		}
		r.left += r.first // about as wide as the number
		r.marks = marks
		sorted[i] = r
	}
	if counted < 5 || counted*5 < len(rows)*4 {
		return rows
	}
	return sorted
}
