package read

import (
	"regexp"
	"strings"
	"time"
)

// entitle sets the title: the line of the head that best names the
// statement. Points are given for what titles have and bodies' names and
// frame lines have not; the first of the best wins. A line that clearly is
// one becomes a heading.
func (t *Text) entitle() {
	best, most := -1, 0
	for i, b := range t.Blocks[:min(len(t.Blocks), headLimit)] {
		if b.Kind == Rule {
			continue
		}
		if b.Kind != Letterhead && b.Kind != Heading {
			break
		}
		points := titlePoints(t.Canonical[b.Start:b.End], b)
		if i > 0 && b.Kind == Heading && b.Level == 0 {
			points += 2
		}
		if points > most {
			best, most = i, points
		}
	}
	for i := 0; best < 0 && i < len(t.Blocks); i++ {
		if t.Blocks[i].Kind == Heading {
			best = i
		}
	}
	if best < 0 {
		return
	}
	b := &t.Blocks[best]
	t.Title = titleField.ReplaceAllString(titleCell(t.Canonical[b.Start:b.End]), "")
	if b.Kind == Letterhead && most >= titleClear {
		b.Kind = Heading
	}
}

// titleCell is the cell of a row that best names a statement, as in the
// caption of a court: "corporation, | COMPLAINT", ") | COMPLAINT".
func titleCell(s string) string {
	best, most := "", -1
	for cell := range strings.SplitSeq(s, " | ") {
		if !hasWord(cell) {
			continue
		}
		if points := titlePoints(cell, Block{Start: 1}); points > most {
			best, most = cell, points
		}
	}
	return best
}

// titleClear are the points of a line that names a kind of statement and is
// not the frame of one.
const titleClear = 4

func titlePoints(s string, b Block) int {
	if len(s) > previewLength || isDateLine(s) && !startsWithNoun(s) || salutations.MatchString(s) || !hasWord(s) {
		return 0
	}
	if strings.HasPrefix(strings.ToLower(s), "title:") {
		return 20
	}
	words := len(strings.Fields(s))
	points := 2
	if startsWithNoun(s) {
		points += 2
		if words >= 5 {
			points += 4
		}
	} else if statementNouns.MatchString(s) {
		points += 2
	}
	if b.Level > 0 {
		points += 9 - b.Level
	}
	switch {
	case organisations.MatchString(s):
		points -= 3
	case b.Level == 0 && isCaps(s) && b.Start == 0:
		points--
	}
	if isFrame(s) {
		points -= 6
	}
	if numberedHead.MatchString(s) {
		points -= 2
	}
	if words < 3 {
		points--
	}
	if endsIn(s, ",;") {
		points -= 3
	}
	return max(points, 1)
}

func isFrame(s string) bool {
	for _, re := range letterheads {
		if re.MatchString(s) && !titleField.MatchString(s) {
			return true
		}
	}
	return false
}

// titleField is the name of a field that holds a title.
var titleField = regexp.MustCompile(`(?i)^(title|subject|re): *`)

const monthNames = `jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?`

// Shapes of a full date. Days before the month come with "of", ordinals and
// double dates ("9/19 October": old and new style, the new one counts).
var (
	dayFirst   = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?(?: day)?(?: of)?[ -](` + monthNames + `)\.?,?[ -](\d{4})\b`)
	monthFirst = regexp.MustCompile(`(?i)\b(` + monthNames + `)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b`)
	iso        = regexp.MustCompile(`\b(\d{4})-(\d{2})-(\d{2})\b`)
	dotted     = regexp.MustCompile(`\b(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\b`)
	dayMonth   = regexp.MustCompile(`(?i)\b(\d{1,2}(st|nd|rd|th)? (of )?(` + monthNames + `)|(` + monthNames + `) \d{1,2})\b`)
	weekday    = regexp.MustCompile(`(?i)\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b`)
	issued     = regexp.MustCompile(`(?i)\b(issued|updated?|dated|published|adopted|released?|delivered|as of|date)\b[^.]{0,24}$`)
	attested   = regexp.MustCompile(`(?i)\b(taken|given|sworn|done|signed|dated|issued)\b[^.;]{0,30}$`)
	about      = regexp.MustCompile(`(?i)\b(on|since|after|before|until|by|from|between|anniversary of|events? of|ended)( the)?( night of)? ?$`)
	clock      = regexp.MustCompile(`(?i)\b\d{1,2}[:.]?\d{2}( ?(hrs|hours|utc|gmt|local time|[ap]\.?m\.?))*|\b(utc|gmt)\b`)
)

// found is a date in a text.
type found struct {
	start, end int
	date       time.Time
}

// findDates lists the full dates of a short text in order.
func findDates(s string) []found {
	if !hasYear(s) {
		return nil
	}
	var dates []found
	add := func(re *regexp.Regexp, year, month, day int) {
		for _, m := range re.FindAllStringSubmatchIndex(s, 8) {
			part := func(i int) string { return s[m[2*i]:m[2*i+1]] }
			y, d := number(part(year)), number(part(day))
			mo := monthNumber(part(month))
			date := time.Date(y, time.Month(mo), d, 0, 0, 0, 0, time.UTC)
			if mo < 1 || mo > 12 || d < 1 || date.Day() != d || y < 1000 {
				continue
			}
			at := len(dates)
			for at > 0 && dates[at-1].start > m[0] {
				at--
			}
			dates = append(dates[:at], append([]found{{m[0], m[1], date}}, dates[at:]...)...)
		}
	}
	add(dayFirst, 3, 2, 1)
	add(monthFirst, 3, 1, 2)
	add(iso, 1, 2, 3)
	add(dotted, 3, 2, 1)
	return dates
}

// hasYear reports four digits in a row, which every full date has.
func hasYear(s string) bool {
	run := 0
	for i := range len(s) {
		if run++; s[i] < '0' || s[i] > '9' {
			run = 0
		} else if run == 4 {
			return true
		}
	}
	return false
}

func number(s string) int {
	n := 0
	for _, c := range []byte(s) {
		n = n*10 + int(c-'0')
	}
	return n
}

func monthNumber(s string) int {
	if s[0] >= '0' && s[0] <= '9' {
		return number(s)
	}
	return strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(s[:3]))/3 + 1
}

// isDateLine reports a line that is a date, with a place, weekday or time at
// most: "Wellmark, 3 May 2031".
func isDateLine(s string) bool {
	if len(s) > 90 {
		return false
	}
	dates := findDates(s)
	if len(dates) == 0 {
		return false
	}
	rest := clock.ReplaceAllString(weekday.ReplaceAllString(s[:dates[0].start]+s[dates[0].end:], ""), "")
	return len(strings.Fields(strings.Map(func(r rune) rune {
		if isWordRune(r) {
			return r
		}
		return ' '
	}, rest))) <= 3
}

// endsInDate reports a date, with a time of day at most, at the end.
func endsInDate(s string) bool {
	dates := findDates(s)
	if len(dates) == 0 {
		return false
	}
	return !hasWord(clock.ReplaceAllString(s[dates[len(dates)-1].end:], ""))
}

// date finds the date that a statement carries: the best dated line of its
// head; else the date at the start of its first paragraph, as in a press
// release; else one in the signature.
func date(t *Text) time.Time {
	var head, tail []found
	headPoints := []int{}
	first := -1
	dated := 0 // paragraphs that begin with a date: a diary
	for i, b := range t.Blocks {
		s := t.Canonical[b.Start:cut(t.Canonical, b.Start, min(b.End, b.Start+previewLength))]
		switch {
		case first < 0 && (b.Kind == Letterhead || b.Kind == Heading || b.Kind == Table):
			for _, d := range findDates(s) {
				head = append(head, d)
				headPoints = append(headPoints, datePoints(s, d))
			}
		case b.Kind == Signature:
			tail = append(tail, findDates(s)...)
		case b.Kind == Paragraph || b.Kind == ListItem || b.Kind == Quotation:
			if first < 0 {
				first = i
			}
			if b.RunIn.End > b.RunIn.Start && dayMonth.MatchString(t.Canonical[b.RunIn.Start:b.RunIn.End]) {
				dated++
			}
		}
	}
	if len(head) > 0 {
		best := 0
		for i, p := range headPoints {
			if p > headPoints[best] {
				best = i
			}
		}
		return head[best].date
	}
	if first >= 0 && dated < 2 {
		b := t.Blocks[first]
		s := t.Canonical[b.Start:cut(t.Canonical, b.Start, min(b.End, b.Start+previewLength))]
		if dates := findDates(s); len(dates) > 0 && isDateline(s, dates[0], b) {
			return dates[0].date
		}
	}
	if len(tail) > 0 {
		return tail[len(tail)-1].date
	}
	return time.Time{}
}

// datePoints weighs a date in the head: one that the statement was issued on
// beats one that its title speaks of.
func datePoints(s string, d found) int {
	points := 0
	before, after := s[:d.start], s[d.end:]
	switch {
	case issued.MatchString(before):
		points += 5
	case about.MatchString(before):
		points -= 3
	}
	if !hasWord(clock.ReplaceAllString(after, "")) {
		points++
	}
	if isDateLine(s) {
		points += 3
	}
	return points
}

// isDateline reports "VESSIN, 10 February 2033 – " at the start of the first
// paragraph.
func isDateline(s string, d found, b Block) bool {
	if attested.MatchString(s[:d.start]) {
		return true
	}
	if d.start > 60 {
		return false
	}
	if b.Start+d.end <= b.RunIn.End {
		return true
	}
	rest := strings.TrimLeft(s[d.end:], " ")
	opens := strings.HasPrefix(rest, "–") || strings.HasPrefix(rest, "—") || strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "(")
	return opens || strings.HasPrefix(s[d.end:], ".") && len(strings.Fields(s[:d.start])) <= 4
}
