package values

import (
	"strings"
	"time"
)

// cal is a stretch of the calendar as read: some parts stated, or resolved.
type cal struct {
	y, m, d  int
	d2       int // last day of "19–20 September"
	weekday  int // -1: none
	which    string
	from, to time.Time // when resolved
	third    string    // "early", "mid", "late", "end", "start"
	day      bool      // one day (or a night)
	months   int       // length in months, of seasons and quarters; 0: one of the stated precision
	inferred bool
	open     bool // relative, and nothing to read it against
	approx   bool
	next     int
}

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// day is the day of t, at midnight UTC.
func day(t time.Time) time.Time { return date(t.Year(), int(t.Month()), t.Day()) }

func (s *scanner) weekdayAt(i int) int {
	if w, ok := weekdays[s.low(i)]; ok && s.at(i).text != s.low(i) {
		return w
	}
	return -1
}

// monthAt reads a month's name. "May" and "March" need a capital and a date about them.
func (s *scanner) monthAt(i int) (int, int) {
	m := months[s.low(i)]
	if m == 0 || s.at(i).text == s.low(i) {
		return 0, i
	}
	next := i + 1
	if len(s.low(i)) <= 4 && s.is(next, ".") && s.at(next).glued && s.low(i) != "may" && s.low(i) != "june" && s.low(i) != "july" {
		if s.at(next+1).class == digit || len(s.low(i)) == 3 && s.at(i-1).class == digit {
			next++
		}
	}
	if len(s.low(i)) <= 3 && s.low(i) != "may" || s.low(i) == "sept" {
		if s.at(next).class != digit && s.at(i-1).class != digit && !s.is(i-1, "in", "since", "until", "by", "of") {
			return 0, i
		}
	}
	if s.is(i, "may", "march", "august", "april", "june") {
		numbered := s.at(next).class == digit || s.at(i-1).class == digit || s.is(i-1, "th", "st", "nd", "rd")
		led := s.is(i-1, "in", "of", "since", "until", "till", "by", "from", "to", "between", "and", "during", "early", "late", "mid", "last", "next", "this", "before", "after", "throughout", "through", "for", "-", "–", "/", "|", "that", "or")
		if s.xpos != nil && strings.HasPrefix(s.xpos[i], "MD") {
			return 0, i
		}
		if !numbered && !led {
			return 0, i
		}
		if s.is(i, "may", "march") && !numbered && s.is(i-1, "and", "to", "or", "for", "that", "-") && !(months[s.low(i-2)] > 0) {
			return 0, i
		}
	}
	return m, next
}

// yearAt reads a plain year of four digits.
func (s *scanner) yearAt(i int) int {
	a := s.at(i)
	if a.class != digit || len(a.text) != 4 || a.text[0] != '1' && a.text[0] != '2' {
		return 0
	}
	if s.is(i+1, ".", ",") && s.at(i+2).class == digit && s.at(i+2).glued || a.glued && (s.at(i-1).class == word || s.is(i-1, ".", ",")) {
		return 0
	}
	y := 0
	for _, r := range a.text {
		y = y*10 + int(r-'0')
	}
	if y > 2199 {
		return 0
	}
	return y
}

// dayAt reads the number of a day: "5", "5th", "the fifth".
func (s *scanner) dayAt(i int) (int, int) {
	if a := s.at(i); a.class == digit && len(a.text) <= 2 {
		d := 0
		for _, r := range a.text {
			d = d*10 + int(r-'0')
		}
		if d < 1 || d > 31 {
			return 0, i
		}
		if s.is(i+1, "st", "nd", "rd", "th") && s.at(i+1).glued {
			return d, i + 2
		}
		return d, i + 1
	}
	if v, ok := ordinals[s.low(i)]; ok && v <= 30 {
		return int(v), i + 1
	}
	if s.is(i, "twenty", "thirty") && s.hyphen(i+1) {
		if v := int(ordinals[s.low(i+2)]); v > 0 && v < 10 && int(tens[s.low(i)])+v <= 31 {
			return int(tens[s.low(i)]) + v, i + 3
		}
	}
	return 0, i
}

func (s *scanner) suffixed(i, next int) bool { return next > i+1 || s.at(i).class == word }

// coreAt reads one date without prepositions or ranges.
func (s *scanner) coreAt(i int) (cal, bool) {
	c := cal{weekday: -1}
	ok := s.numericAt(&c, i) || s.dayMonthAt(&c, i) || s.weekdayDateAt(&c, i) || s.relativeAt(&c, i) ||
		s.periodAt(&c, i) || s.bareYearAt(&c, i) || s.bareDayAt(&c, i)
	return c, ok
}

// numericAt reads 2031-05-04, 4.5.2031, 4/5/2031.
func (s *scanner) numericAt(c *cal, i int) bool {
	num := func(k int) int {
		a := s.at(k)
		if a.class != digit || len(a.text) > 4 {
			return 0
		}
		v := 0
		for _, r := range a.text {
			v = v*10 + int(r-'0')
		}
		return v
	}
	if s.at(i).class != digit || s.at(i).glued && s.at(i-1).class == word {
		return false
	}
	sep := s.low(i + 1)
	if sep != "-" && sep != "." && sep != "/" || s.low(i+3) != sep {
		return false
	}
	for k := i + 1; k < i+5; k++ {
		if !s.at(k).glued {
			return false
		}
	}
	a, b, d := num(i), num(i+2), num(i+4)
	switch {
	case len(s.at(i).text) == 4 && a >= 1000 && len(s.at(i+4).text) <= 2:
		c.y, c.m, c.d = a, b, d
	case len(s.at(i+4).text) == 4 && d >= 1000 && len(s.at(i).text) <= 2:
		c.y, c.m, c.d = d, b, a
		if c.m > 12 {
			c.m, c.d = c.d, c.m
		}
	default:
		return false
	}
	if c.m < 1 || c.m > 12 || c.d < 1 || c.d > 31 {
		return false
	}
	c.day, c.next = true, i+5
	return true
}

// dayMonthAt reads "5 May 2031", "5th of May", "8 to 9 August", "May 5, 2031",
// "September 19–20, 2023", "May 2031", "May".
func (s *scanner) dayMonthAt(c *cal, i int) bool {
	k := i
	if s.is(k, "the") {
		k++
	}
	if d, next := s.dayAt(k); d > 0 {
		n := next
		d2 := 0
		// "8 to 9 August", "8–9 August", "8 and 9 August", "8/9 August"
		if s.is(n, "to", "-", "–", "—", "/", "and", "or", "‑") {
			m := n + 1
			if s.is(m, "the") {
				m++
			}
			if e, after := s.dayAt(m); e > d {
				d2, n = e, after
			}
		}
		if s.is(n, "of") {
			n++
		}
		if m, after := s.monthAt(n); m > 0 && !(s.at(k).class == word && !s.is(n-1, "of") && !s.is(i, "the")) {
			c.d, c.d2, c.m, c.day, c.next = d, d2, m, true, after
			s.yearAfter(c)
			return true
		}
		return false
	}
	m, next := s.monthAt(k)
	if m == 0 || k > i {
		return false
	}
	c.m, c.next = m, next
	if s.is(next, "the") {
		next++
	}
	if d, after := s.dayAt(next); d > 0 && !(s.is(after, ":") && s.at(after).glued && s.at(after+1).glued) && !(s.at(next).class == word && !s.is(next-1, "the")) {
		c.d, c.day, c.next = d, true, after
		if s.is(after, "-", "–", "—", "to", "and", "/", "‑") {
			if e, n := s.dayAt(after + 1); e > d && !s.monthFollows(n) {
				c.d2, c.next = e, n
			}
		}
	}
	s.yearAfter(c)
	return true
}

func (s *scanner) monthFollows(i int) bool {
	m, _ := s.monthAt(i)
	return m > 0
}

// yearAfter reads ", 2031" or "2031" or "of 2031" after a month or day.
func (s *scanner) yearAfter(c *cal) {
	k := c.next
	if s.is(k, ",", "of") {
		k++
	}
	if y := s.yearAt(k); y >= 1000 {
		c.y, c.next = y, k+1
	} else if s.is(k, "last") && s.is(k+1, "year") {
		if !s.ref.Date.IsZero() {
			c.y = s.ref.Date.Year() - 1
		}
		c.next = k + 2
	} else if (s.is(k, "this") || s.is(k, "of") && s.is(k+1, "this")) && s.is(k+1, "year") {
		if !s.ref.Date.IsZero() {
			c.y = s.ref.Date.Year()
		}
		c.next = k + 2
	}
}

// weekdayDateAt reads "Tuesday, 9 August", "Tuesday the 14th", "last Tuesday", "Tuesday".
func (s *scanner) weekdayDateAt(c *cal, i int) bool {
	k := i
	if s.is(k, "last", "next", "this", "past") {
		c.which = s.low(k)
		k++
	} else if s.is(k, "the") && s.is(k+1, "following", "previous", "next") {
		c.which = s.low(k + 1)
		k += 2
	}
	w := s.weekdayAt(k)
	if w < 0 {
		return false
	}
	c.weekday, c.day, c.next = w, true, k+1
	// "the Friday after Easter": which one is beyond the grammar
	c.open = s.is(i-1, "the") && s.is(k+1, "after", "before")
	if s.is(k+1, ".") && len(s.low(k)) <= 5 && s.at(k+1).glued {
		k++
	}
	n := k + 1
	if s.is(n, ",") {
		n++
	}
	full := cal{weekday: -1}
	if s.dayMonthAt(&full, n) && full.day {
		full.weekday = w
		*c = full
		return true
	}
	if s.is(n, "the") || s.is(n, "on") && s.is(n+1, "the") {
		if s.is(n, "on") {
			n++
		}
		if d, next := s.dayAt(n + 1); d > 0 && s.suffixed(n+1, next) && !s.nounish(next) {
			c.d, c.next = d, next
		}
	} else if d, next := s.dayAt(n); d > 0 && n == k+1 && s.at(n).class == digit && s.closes(next) && !(s.is(next, ".", ",") && s.at(next+1).class == digit && s.at(next+1).glued) && c.which == "" {
		c.d, c.next = d, next // "Wednesday 3."
	}
	return true
}

// bareDayAt reads "the 14th", "the 11th", "the 7th instant", "the fifth," after "on".
func (s *scanner) bareDayAt(c *cal, i int) bool {
	if !s.is(i, "the") || !s.is(i-1, "on", "by", "until", "till", "since", "of", "from", "after", "before", "to", "and", "between", "through") {
		return false
	}
	d, next := s.dayAt(i + 1)
	if d == 0 || !s.suffixed(i+1, next) {
		return false
	}
	if s.is(next, "instant", "inst") {
		next++
	} else {
		if s.nounish(next) || s.is(next, "of") || s.hyphen(next) {
			return false
		}
		if s.at(i+1).class == word && !(s.closes(next) && s.is(i-1, "on", "until", "since", "by")) {
			return false
		}
		if s.is(i-1, "of", "to", "and", "between", "from") && s.at(i+1).class == word {
			return false
		}
	}
	c.d, c.day, c.next = d, true, next
	return true
}

// bareYearAt reads a year where the words about it say that it is one, and decades.
func (s *scanner) bareYearAt(c *cal, i int) bool {
	k := i
	if s.is(k, "the") {
		k++
	}
	if s.is(k, "year") && k >= i {
		k++
	}
	y := s.yearAt(k)
	if y == 0 {
		return false
	}
	if s.is(k+1, "s") && s.at(k+1).glued || s.is(k+1, "'", "’") && s.is(k+2, "s") && y%10 == 0 && s.is(i, "the") && s.at(k+1).glued {
		if y%10 != 0 {
			return false
		}
		years := 10
		if y%100 == 0 && y < 2000 {
			years = 100
		}
		c.from, c.to, c.y, c.next = date(y, 1, 1), date(y+years, 1, 1), 0, k+2
		if s.is(k+1, "'", "’") {
			c.next++
		}
		return true
	}
	next := k + 1
	if s.is(i-1, "resolution", "no", ".", "(") && s.is(i-2, "resolution") {
		return false
	}
	if _, _, ok := s.unitAt(next); ok && !s.at(next).glued && s.at(next).class == word && !s.closes(next+1) || s.is(next, "%", "percent", "per") || multipliers[s.low(next)] > 0 {
		return false
	}
	if s.is(i-1, "$", "€", "£", "-", "+") && s.at(i).glued && !(s.at(i-2).class == digit) {
		return false
	}
	strict := s.is(i-1, "in", "since", "during", "until", "till", "early", "late", "mid", "before", "after", "throughout", "year", "summer", "autumn", "spring", "winter")
	noun := s.nounish(next) && pluralLike(s.low(next)) && k == i
	if s.upos != nil && noun && !strict {
		return false
	}
	if noun && !(strict && s.is(i-1, "since", "early", "late", "year", "until")) {
		return false
	}
	if y < 1500 && !strict || y < 1000 {
		return false
	}
	if !strict && k == i {
		loose := s.is(i-1, "by", "from", "of", "to", "through", "for", "between", "and", "(", "-", "–", "/", ",", "the", "than", "with", "or", "|", "about", "around", "circa", "year", "s", "fy") || i == 0
		if !loose || y < 1800 || y > 2100 {
			return false
		}
	}
	c.y, c.next = y, next
	if s.is(next, "/", "-", "–") && s.at(next).glued && s.at(next+1).glued && len(s.at(next+1).text) == 2 && s.at(next+1).class == digit {
		c.from, c.to, c.next = date(y, 1, 1), date(y+2, 1, 1), next+2
	}
	return true
}

// periodAt reads seasons, quarters, halves, centuries, "early May", "the end of 2033".
func (s *scanner) periodAt(c *cal, i int) bool {
	k := i
	if s.is(k, "the") {
		k++
	}
	thirds := map[string]string{
		"early": "early", "mid": "mid", "late": "late", "end": "end", "beginning": "start", "start": "start",
		"middle": "mid", "close": "end", "turn": "start", "outset": "start",
	}
	if third := thirds[s.low(k)]; third != "" {
		n := k + 1
		if s.is(n, "of") {
			n++
		} else if s.hyphen(n) {
			n++
		} else if !s.is(k, "early", "mid", "late") {
			return false
		} else if s.is(n, "in") {
			n++
		}
		inner := cal{weekday: -1}
		if s.is(n, "the") && s.is(n+1, "month", "year", "week") && third != "mid" && s.is(k, "end", "beginning", "start") {
			inner = s.unitOf(s.low(n+1), 0, n+2)
		} else if !(s.dayMonthAt(&inner, n) && !inner.day) {
			inner = cal{weekday: -1}
			if !s.relativeAt(&inner, n) || inner.day {
				inner = cal{weekday: -1}
				if y := s.yearAt(n); y > 0 {
					inner.y, inner.next = y, n+1
				} else if s.is(n, "the") && s.yearAt(n+1) > 0 {
					if !s.bareYearAt(&inner, n) {
						return false
					}
				} else if !s.seasonAt(&inner, n) {
					return false
				}
			}
		}
		if inner.third != "" {
			return false
		}
		*c = inner
		c.third = third
		return true
	}
	if s.seasonAt(c, i) {
		return true
	}
	// "the first half of 2032", "the third quarter of 2031", "Q3 2031"
	if s.is(k, "q") && s.at(k+1).class == digit && s.at(k+1).glued && len(s.at(k+1).text) == 1 {
		q := int(s.at(k + 1).text[0] - '0')
		n := k + 2
		if s.is(n, "of", "/") {
			n++
		}
		if y := s.yearAt(n); y > 0 && q >= 1 && q <= 4 {
			c.from, c.to, c.next = date(y, q*3-2, 1), date(y, q*3+1, 1), n+1
			return true
		}
	}
	if o, ok := ordinals[s.low(k)]; ok {
		length := 0
		switch {
		case s.is(k+1, "half") && o <= 2:
			length = 6
		case s.is(k+1, "quarter") && o <= 4:
			length = 3
		case s.is(k+1, "century") && o <= 21:
			c.from, c.to, c.next = date(int(o-1)*100, 1, 1), date(int(o)*100, 1, 1), k+2
			return true
		}
		if length > 0 {
			n := k + 2
			if s.is(n, "of") {
				n++
			}
			y := s.yearAt(n)
			if y == 0 && s.is(n, "the", "this", "last") && s.is(n+1, "year") && !s.ref.Date.IsZero() {
				y = s.ref.Date.Year()
				if s.is(n, "last") {
					y--
				}
				n++
			}
			if y > 0 {
				first := (int(o)-1)*length + 1
				c.from, c.to, c.next = date(y, first, 1), date(y, first+length, 1), n+1
				return true
			}
		}
	}
	if a := s.at(k); a.class == digit && len(a.text) <= 2 && s.is(k+1, "th", "st", "nd", "rd") && s.is(k+2, "century") {
		n := 0
		for _, r := range a.text {
			n = n*10 + int(r-'0')
		}
		c.from, c.to, c.next = date((n-1)*100, 1, 1), date(n*100, 1, 1), k+3
		return true
	}
	return false
}

// seasonAt reads "spring 2031", "last autumn", "the summer of 2030", "in the summer".
func (s *scanner) seasonAt(c *cal, i int) bool {
	k := i
	which := ""
	if s.is(k, "last", "this", "next", "that") {
		which = s.low(k)
		k++
	} else if s.is(k, "the") {
		k++
		if s.is(k, "following", "previous", "next") {
			k++
		}
	}
	m := seasons[s.low(k)]
	if m == 0 {
		return false
	}
	n := k + 1
	if s.is(n, "of", ",") {
		n++
	}
	if y := s.yearAt(n); y > 0 {
		c.y, c.m, c.months, c.next = y, m, 3, n+1
		if s.is(n+1, "/", "-", "–") && s.at(n+1).glued && s.at(n+2).class == digit {
			c.next = n + 3
		}
		return true
	}
	if s.is(k, "fall") || which == "" && !(s.is(i, "the") && s.is(i-1, "in", "since", "during", "until", "by", "through", "throughout", "over")) {
		return false
	}
	if s.nounish(k+1) && !s.closes(k+1) {
		return false
	}
	c.m, c.months, c.which, c.next = m, 3, which, k+1
	return true
}

// unitOf is the week, month, year, ... n units away from the reference date.
func (s *scanner) unitOf(unit string, n, next int) cal {
	c := cal{weekday: -1, next: next}
	t := s.ref.Date
	if t.IsZero() {
		c.open = true
		return c
	}
	switch unit {
	case "week":
		monday := day(t).AddDate(0, 0, -(int(t.Weekday())+6)%7)
		c.from = monday.AddDate(0, 0, 7*n)
		c.to = c.from.AddDate(0, 0, 7)
	case "month":
		c.from = date(t.Year(), int(t.Month())+n, 1)
		c.to = c.from.AddDate(0, 1, 0)
	case "year":
		c.y = t.Year() + n
	case "decade":
		c.from = date(t.Year()/10*10+10*n, 1, 1)
		c.to = c.from.AddDate(10, 0, 0)
	case "century":
		c.from = date(t.Year()/100*100+100*n, 1, 1)
		c.to = c.from.AddDate(100, 0, 0)
	}
	return c
}

// dayFrom is the day n days from base; unresolved when base is zero.
func dayFrom(base time.Time, n, next int) cal {
	c := cal{weekday: -1, day: true, next: next, open: base.IsZero()}
	if !c.open {
		c.from = day(base).AddDate(0, 0, n)
		c.to = c.from.AddDate(0, 0, 1)
	}
	return c
}

// relativeAt reads "yesterday", "last month", "two days later", "the same day".
func (s *scanner) relativeAt(c *cal, i int) bool {
	now, anchor := s.ref.Date, s.ref.Anchor
	set := func(v cal) bool {
		*c = v
		return true
	}
	fromAnchor := func(n, next int) bool {
		v := dayFrom(anchor, n, next)
		v.inferred = true
		return set(v)
	}
	switch {
	case s.is(i, "yesterday"):
		return set(dayFrom(now, -1, i+1))
	case s.is(i, "today"):
		return set(dayFrom(now, 0, i+1))
	case s.is(i, "tomorrow"):
		return set(dayFrom(now, 1, i+1))
	case s.is(i, "the") && s.is(i+1, "day") && s.is(i+2, "before") && s.is(i+3, "yesterday"):
		return set(dayFrom(now, -2, i+4))
	case s.is(i, "the") && s.is(i+1, "day") && s.is(i+2, "after") && s.is(i+3, "tomorrow"):
		return set(dayFrom(now, 2, i+4))
	case s.is(i, "this", "last", "next", "past", "current") && s.is(i+1, "week", "month", "year", "decade", "century"):
		n := map[string]int{"last": -1, "next": 1, "past": -1}[s.low(i)]
		v := s.unitOf(s.low(i+1), n, i+2)
		if s.is(i+2, "in") {
			inner := cal{weekday: -1}
			if s.low(i+1) == "year" && s.dayMonthAt(&inner, i+3) && inner.y == 0 {
				inner.y = v.y
				v = inner
			}
		}
		return set(v)
	case s.is(i, "the") && s.is(i+1, "same", "very") && s.is(i+2, "day", "date") && !s.is(i+2, "next"), s.is(i, "that", "this") && s.is(i+1, "same", "very") && s.is(i+2, "day"):
		return fromAnchor(0, i+3)
	case s.is(i, "that") && s.is(i+1, "day") && !s.nounish(i+2):
		return fromAnchor(0, i+2)
	case s.is(i, "this") && s.is(i+1, "day") && s.closes(i+2):
		return set(dayFrom(now, 0, i+2))
	case s.is(i, "the") && s.is(i+1, "next", "following", "very") && s.is(i+2, "day"):
		return fromAnchor(1, i+3)
	case s.is(i, "the") && s.is(i+1, "very") && s.is(i+2, "next") && s.is(i+3, "day"):
		return fromAnchor(1, i+4)
	case s.is(i, "next", "following") && s.is(i+1, "day"):
		return fromAnchor(1, i+2)
	case s.is(i, "the") && s.is(i+1, "previous", "preceding") && s.is(i+2, "day"):
		return fromAnchor(-1, i+3)
	case s.is(i, "the") && s.is(i+1, "day") && s.is(i+2, "before", "after") && (s.closes(i + 3)):
		if s.is(i+2, "before") {
			return fromAnchor(-1, i+3)
		}
		return fromAnchor(1, i+3)
	}
	if s.is(i, "the", "these") && s.stretch(c, i+1) || s.stretch(c, i) {
		return true
	}
	// "two days ago", "a week later", "three weeks before,"
	a, ok := s.singleAt(i)
	if !ok || a.kind != Duration || a.vague || a.factor < 86400 {
		return false
	}
	k := a.next
	sign, base, inferred := -1, now, false
	switch {
	case s.is(k, "ago"):
	case s.is(k, "later", "afterwards", "thereafter") || s.is(k, "after") && s.closes(k+1):
		sign, base, inferred = 1, anchor, true
	case s.is(k, "earlier", "previously", "beforehand") || s.is(k, "before") && s.closes(k+1):
		base, inferred = anchor, true
	default:
		return false
	}
	v := cal{weekday: -1, next: k + 1, inferred: inferred, open: base.IsZero()}
	if s.is(k, "ago") && s.is(k+1, "today") && a.factor >= 31556952 && a.lo < 5000 {
		v.day, v.next = true, k+2
		if !v.open {
			v.from = date(base.Year()-int(a.lo), int(base.Month()), base.Day())
			v.to = v.from.AddDate(0, 0, 1)
		}
		return set(v)
	}
	if !v.open {
		n := int(a.lo * a.factor / 86400)
		base = day(base)
		switch {
		case a.factor >= 31556952:
			years := int(a.lo * a.factor / 31556952)
			if years > 5000 {
				return false
			}
			v.y = base.Year() + sign*years
			if v.y < 1 {
				return false
			}
		case a.factor >= 2629746:
			m := date(base.Year(), int(base.Month())+sign*int(min(a.lo, 1e4)), 1)
			v.from, v.to = m, m.AddDate(0, 1, 0)
		case a.factor >= 604800:
			v.from = base.AddDate(0, 0, sign*min(n, 1e6)-3)
			v.to, v.approx = v.from.AddDate(0, 0, 7), true
		default:
			v.day = true
			v.from = base.AddDate(0, 0, sign*min(n, 1e6))
			v.to = v.from.AddDate(0, 0, 1)
		}
	}
	return set(v)
}

// stretch reads the days up to the reference or from it on: "past ten days",
// "last three weeks", "coming two months".
func (s *scanner) stretch(c *cal, i int) bool {
	past := s.is(i, "past", "last", "previous", "preceding")
	if !past && !s.is(i, "next", "coming", "following") {
		return false
	}
	a, ok := s.singleAt(i + 1)
	if !ok || a.kind != Duration || a.vague || a.age || a.factor < 86400 || a.lo <= 0 || a.lo*a.factor > 200*31556952 || a.lo == 1 && a.spelt {
		return false
	}
	base := s.ref.Date
	v := cal{weekday: -1, next: a.next}
	if s.is(i, "previous", "preceding", "following") {
		base, v.inferred = s.ref.Anchor, true
	}
	v.open = base.IsZero()
	if !v.open {
		n := int(a.lo)
		years, months, days := 0, 0, int(a.lo*a.factor/86400)
		switch {
		case a.factor >= 31556952 && float64(n) == a.lo:
			years, days = n*int(a.factor/31556952), 0
		case a.factor >= 2629746 && float64(n) == a.lo:
			months, days = n, 0
		}
		if base = day(base); past {
			v.from, v.to = base.AddDate(-years, -months, -days), base.AddDate(0, 0, 1)
		} else {
			v.from, v.to = base, base.AddDate(years, months, days+1)
		}
	}
	*c = v
	return true
}

// resolve turns the stated parts into [from, to).
func (s *scanner) resolve(c *cal) {
	if !c.from.IsZero() || c.open {
		s.narrow(c)
		return
	}
	ref := s.ref.Date
	if ref.IsZero() {
		ref = s.ref.Anchor
	}
	known := !ref.IsZero()
	switch {
	case c.d > 0 && c.m > 0:
		if c.y == 0 {
			if !known {
				return
			}
			c.y = s.nearestYear(ref, c.m, c.d)
		}
		c.from = date(c.y, c.m, c.d)
		c.to = c.from.AddDate(0, 0, 1)
		if c.d2 > 0 {
			c.to = date(c.y, c.m, c.d2+1)
		}
	case c.d > 0:
		// A day of the month alone: of the anchor's month, or the nearest one before the reference.
		if !known {
			return
		}
		from := date(ref.Year(), int(ref.Month()), c.d)
		if from.After(ref) && !s.future {
			from = date(ref.Year(), int(ref.Month())-1, c.d)
		} else if from.Before(day(ref)) && s.future {
			from = date(ref.Year(), int(ref.Month())+1, c.d)
		}
		if a := s.ref.Anchor; !a.IsZero() {
			from = date(a.Year(), int(a.Month()), c.d)
		}
		c.from, c.to = from, from.AddDate(0, 0, 1)
	case c.weekday >= 0:
		if !known {
			return
		}
		base := day(ref)
		forward := s.future && c.which != "last" && c.which != "past" || c.which == "next"
		if c.which == "following" && !s.ref.Anchor.IsZero() {
			base, forward = day(s.ref.Anchor).AddDate(0, 0, 1), true
		} else if c.which == "previous" && !s.ref.Anchor.IsZero() {
			base, forward = day(s.ref.Anchor).AddDate(0, 0, -1), false
		} else if c.which == "last" {
			base = base.AddDate(0, 0, -1)
		} else if c.which == "next" {
			base = base.AddDate(0, 0, 1)
		}
		delta := (c.weekday - int(base.Weekday()) + 7) % 7
		if !forward && delta > 0 {
			delta -= 7
		}
		c.from = base.AddDate(0, 0, delta)
		c.to = c.from.AddDate(0, 0, 1)
	case c.m > 0:
		length := max(c.months, 1)
		if c.y == 0 {
			if !known {
				return
			}
			y := ref.Year()
			from := date(y, c.m, 1)
			switch {
			case c.which == "next":
				if !from.After(ref) {
					y++
				}
			case c.which == "last":
				if from.AddDate(0, length, 0).After(ref) {
					y--
				}
			case s.future:
				if from.AddDate(0, length, 0).Before(ref) {
					y++
				}
			case from.After(ref):
				y--
			}
			c.from = date(y, c.m, 1)
		} else {
			c.from = date(c.y, c.m, 1)
		}
		c.to = c.from.AddDate(0, length, 0)
	case c.y > 0:
		c.from, c.to = date(c.y, 1, 1), date(c.y+1, 1, 1)
	}
	s.narrow(c)
}

// narrow cuts a stretch to its early, middle or late part.
func (s *scanner) narrow(c *cal) {
	if c.from.IsZero() || c.third == "" {
		return
	}
	length := c.to.Sub(c.from)
	switch c.third {
	case "early":
		c.to = c.from.Add(length / 3)
	case "mid":
		c.from, c.to = c.from.Add(length/3), c.from.Add(2*length/3)
	case "late":
		c.from = c.from.Add(2 * length / 3)
	case "end":
		c.from = day(c.to.Add(-length / 6))
	case "start":
		c.to = day(c.from.Add(length / 6))
		if !c.to.After(c.from) {
			c.to = c.from.AddDate(0, 0, 1)
		}
	}
	if c.third != "end" && c.third != "start" {
		c.from, c.to = day(c.from), day(c.to)
	}
	c.approx, c.day = true, false
}

// nearestYear is the year that brings a day nearest to ref, where a day that
// lies against the tense of the sentence counts double.
func (s *scanner) nearestYear(ref time.Time, m, d int) int {
	best, bestDistance := ref.Year(), 0.0
	for _, y := range []int{ref.Year(), ref.Year() - 1, ref.Year() + 1} {
		distance := day(ref).Sub(date(y, m, d)).Hours()
		if distance < 0 != s.future {
			distance *= 2
		}
		if distance < 0 {
			distance = -distance
		}
		if y == ref.Year() || distance < bestDistance {
			best, bestDistance = y, distance
		}
	}
	return best
}

// dateAt reads a date with its preposition and range.
func (s *scanner) dateAt(i int) (Value, cal, bool) {
	k, relation := i, ""
	switch {
	case s.is(k, "since", "until", "till", "by", "before", "after", "from", "between"):
		relation, k = s.low(k), k+1
	case s.is(k, "no", "not") && s.is(k+1, "later") && s.is(k+2, "than"):
		relation, k = "by", k+3
	case s.is(k, "as") && s.is(k+1, "of", "from"):
		relation, k = "since", k+2
	case s.is(k, "up") && s.is(k+1, "to", "until"):
		relation, k = "until", k+2
	}
	c, ok := s.coreAt(k)
	if !ok {
		return Value{}, cal{}, false
	}
	v := Value{Kind: Date}
	n := c.next
	join := s.is(n, "to", "until", "till", "through", "-", "–", "—") || relation == "between" && s.is(n, "and")
	if relation == "since" || relation == "by" || relation == "before" || relation == "after" {
		join = join && !s.is(n, "to")
	}
	if join {
		m := n + 1
		if e, ok := s.coreAt(m); ok && !(c.day && !e.day && e.m == 0 && e.y > 0) {
			if c.y == 0 && e.y > 0 && c.from.IsZero() {
				c.y = e.y
				if c.m > 0 && e.m > 0 && c.m > e.m {
					c.y--
				}
			}
			if c.m == 0 && c.d > 0 && c.weekday < 0 {
				c.m = e.m
			}
			if e.m == 0 && e.d > 0 && e.weekday < 0 && c.m > 0 {
				e.m = c.m
				if e.y == 0 {
					e.y = c.y
				}
			}
			s.resolve(&c)
			if e.y == 0 && e.m > 0 && e.from.IsZero() && c.y > 0 {
				e.y = c.y
				if e.m < c.m {
					e.y++
				}
			}
			s.resolve(&e)
			if !c.from.IsZero() && !e.from.IsZero() && e.to.After(c.from) {
				v.From, v.To, v.Span = c.from, e.to, relation != "between"
				c.from, c.to, c.day, c.next = v.From, v.To, false, e.next
				v.Inferred, v.Approximate = c.inferred || e.inferred, c.approx || e.approx
				return v, c, true
			}
			if c.from.IsZero() && e.from.IsZero() && !c.open && !e.open && c.m > 0 && e.m > 0 {
				c.day, c.next = false, e.next
				v.Span = true
				return v, c, true
			}
		}
	}
	if c.d2 > 0 && (relation == "between" || relation == "from") {
		v.Span = relation == "from"
		relation = "" // "between 3 and 5 May"
	}
	if relation == "between" {
		return Value{}, cal{}, false
	}
	y, m, d := c.y, c.m, c.d
	s.resolve(&c)
	v.From, v.To, v.Approximate, v.Inferred = c.from, c.to, c.approx, c.inferred
	if c.months == 0 && c.d2 == 0 && c.third == "" && relation == "" {
		v.Year, v.Month, v.Day = y, m, d
	}
	v.Span = v.Span || c.d2 > c.d+1
	if s.is(i, "until", "till") && s.negated(i) {
		relation = "" // "did not reply until 20 September": then it did
	}
	if relation != "" && !c.from.IsZero() {
		switch relation {
		case "since", "from":
			v.To = time.Time{}
		case "after":
			v.From, v.To = c.to, time.Time{}
		case "until", "till", "by":
			v.From = time.Time{}
		case "before":
			v.From, v.To = time.Time{}, c.from
		}
	}
	return v, c, true
}
