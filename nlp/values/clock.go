package values

import "math"

// clock is a time of day as read, in minutes from midnight.
type clock struct {
	min, max         float64
	minOpen, maxOpen bool
	step             float64
	approx           bool
	twelve           bool // either half of the day
	span             bool
	part             bool // a part of the day, not a reading
	zoned            bool
	zone             int
	next             int
}

// zones are the abbreviations of time zones that have one meaning in English
// statements, in minutes east of UTC.
var zones = map[string]int{
	"utc": 0, "gmt": 0, "zulu": 0, "wet": 0, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180,
	"bst": 60, "edt": -240, "pdt": -420, "jst": 540, "sast": 120,
}

// clockAt reads a time of day with what bounds it.
func (s *scanner) clockAt(i int) (clock, bool) {
	k, relation, approx := i, "", false
	strong := timeWords[s.low(i-1)] || s.is(i-1, "was") && s.is(i-2, "it")
	for range 3 {
		switch {
		case s.is(k, "shortly", "just", "soon", "immediately", "moments", "minutes") && s.is(k+1, "before", "after"):
			relation, k = "just "+s.low(k+1), k+2
		case s.is(k, "long", "well") && s.is(k+1, "before", "after"):
			relation, k = s.low(k+1), k+2
		case s.is(k, "before", "after", "by", "until", "till", "since", "from", "between"):
			relation, k = s.low(k), k+1
		case s.is(k, "no", "not") && s.is(k+1, "later", "before") && (s.is(k+2, "than") || s.is(k+1, "before")):
			relation, k = "by", k+2
			if s.is(k, "than") {
				k++
			} else {
				relation = "since"
			}
		case s.is(k, "about", "around", "approximately", "circa", "towards", "toward", "near", "nearly", "almost", "roughly"):
			approx, k = true, k+1
		case s.is(k, "exactly", "precisely", "at") && k > i:
			k++
		}
	}
	strong = strong || k > i
	c, ok := s.readingAt(k, strong)
	if !ok && (k > i || s.is(i-1, "at", "in", "by", "the")) {
		c, ok = s.dayPartAt(k)
	}
	if !ok {
		return clock{}, false
	}
	c.approx = c.approx || approx
	if s.is(c.next, "or") && s.is(c.next+1, "so", "thereabouts") {
		c.approx, c.next = true, c.next+2
	}
	// The second end: "from 20:52 to 21:30", "between 0300 and 0315", "18:25–18:35".
	n := c.next
	if s.is(n, "to", "until", "till") || relation == "between" && s.is(n, "and") || s.is(n, "-", "–", "—", "‑") {
		if d, ok := s.readingAt(n+1, true); ok && !c.part {
			if c.twelve && !d.twelve && d.min-c.min > 720 {
				c.min += 720
			}
			c.twelve = c.twelve && d.twelve
			c.max, c.next, c.span = d.max, d.next, relation != "between"
			if c.max < c.min {
				c.max += 1440
			}
			if d.zoned {
				c.zoned, c.zone = true, d.zone
			}
			return c, true
		}
	}
	if relation == "between" {
		return clock{}, false
	}
	if s.is(n, "onwards", "onward", "on") && relation == "from" {
		if !s.is(n, "on") || s.closes(n+1) {
			c.next++
		}
	}
	if (relation == "until" || relation == "till") && s.negated(i) {
		relation = ""
	}
	switch relation {
	case "just before":
		c.min, c.maxOpen, c.approx = c.min-30, true, true
		if c.min < 0 {
			c.min, c.max = c.min+1440, c.max+1440
		}
	case "just after":
		c.max, c.minOpen, c.approx = c.max+30, true, true
	case "before", "by", "until", "till":
		if c.part && c.min != c.max {
			c.max = c.min
		}
		c.min, c.maxOpen = 0, relation == "before"
		c.twelve = c.twelve && c.max < 720
	case "after", "since", "from":
		if c.part && relation == "after" {
			c.min = c.max
		}
		c.max, c.minOpen = math.Max(1440, c.min), relation == "after"
	}
	return c, true
}

// negated says whether "not" or "never" stands shortly before atom i in its clause.
func (s *scanner) negated(i int) bool {
	for k := i - 1; k >= 0 && k >= i-7; k-- {
		if s.is(k, "not", "never", "nobody", "nothing", "no") || s.is(k, "t") && s.is(k-1, "'", "’") {
			return true
		}
		if s.is(k, ",", ";", ":", "and", "but") {
			return false
		}
	}
	return false
}

// readingAt reads one clock reading. strong: a word before it says that a time follows.
func (s *scanner) readingAt(i int, strong bool) (clock, bool) {
	if s.is(i, "about", "around", "approximately", "at") && strong {
		i++
	}
	c, ok := s.digitalAt(i, strong)
	if !ok {
		c, ok = s.spokenAt(i, strong)
	}
	if !ok {
		return clock{}, false
	}
	s.half(&c)
	s.zoneAt(&c)
	if !c.zoned && s.ref.Zoned {
		c.zoned, c.zone = true, s.ref.Zone
	}
	return c, true
}

// digitalAt reads "06:40", "17:41:36", "0322", "0355 hours", "4.30 p.m.", "5 p.m.", "5.30".
func (s *scanner) digitalAt(i int, strong bool) (clock, bool) {
	a := s.at(i)
	if a.class != digit || len(a.text) > 4 || a.glued && s.at(i-1).class == word {
		return clock{}, false
	}
	v := 0.0
	for _, r := range a.text {
		v = v*10 + float64(r-'0')
	}
	point := func(m, step float64, next int) (clock, bool) {
		return clock{min: m, max: m, step: step, next: next}, true
	}
	two := func(k int) (float64, bool) {
		b := s.at(k)
		if b.class != digit || len(b.text) != 2 || !b.glued {
			return 0, false
		}
		m := float64(b.text[0]-'0')*10 + float64(b.text[1]-'0')
		return m, m < 60
	}
	if len(a.text) <= 2 && v <= 24 {
		if m, ok := two(i + 2); ok && s.is(i+1, ":") && s.at(i+1).glued {
			next := i + 3
			m += v * 60
			if seconds, ok := two(i + 4); ok && s.is(i+3, ":") {
				m += seconds / 60
				next = i + 5
				if s.is(next, ".", ",") && s.at(next).glued && s.at(next+1).class == digit && s.at(next+1).glued {
					next += 2
				}
			} else if s.is(i+3, ":") && s.at(i+4).class == digit {
				return clock{}, false
			}
			if s.is(next, "hours", "hrs", "h", "hour") {
				next++
			}
			c, ok := point(m, 1, next)
			// "5:30" may be either half of the day, "05:30" not.
			c.twelve = len(a.text) == 1
			return c, ok
		}
		if m, ok := two(i + 2); ok && s.is(i+1, ".", "h") && s.at(i+1).glued && !(s.is(i+3, ".") && s.at(i+4).class == digit && s.at(i+4).glued) && !s.is(i+3, ",") && !(s.is(i+3, "%")) {
			next := i + 3
			half := s.isHalf(next)
			free := s.closes(next) || functionWords[s.low(next)] || s.is(next, "local", "hours", "hrs")
			if half || strong && free && (s.is(i-1, "at", "until", "till", "before", "after", "about", "since", "by", "and", "to", "from", "between")) && v < 24 &&
				!s.is(i-1, "to", "by", "and", "from", "between", "about") || s.is(next, "hours", "hrs", "h") || s.is(i+1, "h") {
				if s.is(next, "hours", "hrs", "h") {
					next++
				}
				c, ok := point(v*60+m, 1, next)
				c.twelve = len(a.text) == 1 || v <= 12 && v >= 1 && a.text[0] != '0'
				return c, ok
			}
			return clock{}, false
		}
		if s.isHalf(i+1) && v >= 1 && v <= 12 {
			c, ok := point(v*60, 5, i+1)
			c.twelve = true
			return c, ok
		}
		if s.is(i+1, "h") && (s.closes(i+2) || functionWords[s.low(i+2)]) && s.is(i-1, "at") {
			return point(v*60, 5, i+2)
		}
		if v >= 1 && v <= 12 && (s.is(i+1, "o") && s.is(i+3, "clock") || s.is(i+1, "in") && s.is(i+2, "the") && s.is(i+3, "morning", "afternoon", "evening") && strong || s.is(i-1, "at") && s.is(i+1, "on") && s.weekdayAt(i+2) >= 0) {
			next := i + 1
			if s.is(i+1, "o") {
				next = i + 4
			}
			c, ok := point(v*60, 5, next)
			c.twelve = true
			return c, ok
		}
		return clock{}, false
	}
	if len(a.text) != 4 || v >= 2400 || math.Mod(v, 100) >= 60 || s.is(i+1, ".", ",") && s.at(i+2).glued && s.at(i+2).class == digit {
		return clock{}, false
	}
	m := math.Trunc(v/100)*60 + math.Mod(v, 100)
	if s.is(i+1, "hours", "hrs", "hour", "hr", "h") || s.is(i+1, "z") && s.at(i+1).glued {
		c, ok := point(m, 1, i+2)
		if s.is(i+1, "z") {
			c.zoned = true
		}
		return c, ok
	}
	free := s.closes(i+1) || functionWords[s.low(i+1)] || s.is(i+1, "local", "utc", "gmt", "-", "–", "z")
	year := v >= 1900 && v <= 2100
	switch {
	case s.is(i+1, "utc", "gmt", "local"):
	case s.is(i-1, "between") && s.is(i+1, "and") && len(s.at(i+2).text) == 4 && s.is(i+3, "on", "hours", "hrs", "utc", "local"),
		s.is(i-3, "between") && s.is(i-1, "and") && s.is(i+1, "on"):
	case a.text[0] == '0' && strong && free:
	case strong && free && s.is(i-1, "at"):
	case strong && free && !year && s.is(i-1, "until", "till", "approximately", "about", "since", "from", "between", "to", "and", "before", "after", "by", "-", "–", "around") && v > 2100:
	case strong && free && s.is(i-1, "approximately", "about", "around") && s.is(i-2, "at"):
	default:
		return clock{}, false
	}
	return point(m, 1, i+1)
}

// isHalf says whether "a.m." or "p.m." stands at atom i.
func (s *scanner) isHalf(i int) bool {
	return s.is(i, "am", "pm") || s.is(i, "a", "p") && s.is(i+1, ".") && s.is(i+2, "m") && s.at(i+2).glued
}

// spokenAt reads "half past ten", "ten to five", "eight minutes to two", "three
// o'clock", "five in the morning", "at five", "noon".
func (s *scanner) spokenAt(i int, strong bool) (clock, bool) {
	if s.is(i, "noon", "midnight") {
		m := 720.0
		if s.is(i, "midnight") {
			m = 1440
		}
		return clock{min: m, max: m, step: 5, next: i + 1}, true
	}
	if s.is(i, "the") && s.is(i+1, "hour") { // "the third hour after midnight" is left out
		return clock{}, false
	}
	k, minutes := i, -1.0
	if s.is(k, "a") && s.is(k+1, "quarter") {
		k++
	}
	named := false // "half", "quarter", "minutes": no plain number
	switch {
	case s.is(k, "half"):
		minutes, k, named = 30, k+1, true
	case s.is(k, "quarter"):
		minutes, k, named = 15, k+1, true
	default:
		if f, ok := s.figureAt(k); ok && !f.vague && f.lo >= 1 && f.lo < 60 && f.lo == math.Trunc(f.lo) {
			minutes, k = f.lo, f.next
			if s.is(k, "minutes", "minute") {
				k, named = k+1, true
			}
		}
	}
	if minutes < 0 {
		return clock{}, false
	}
	past := s.is(k, "past") || s.is(k, "after") && named && !s.hourOnly(k+1)
	to := s.is(k, "to") || s.is(k, "before") && named
	if past || to {
		hour, next, midnight := s.hourAt(k + 1)
		switch {
		case hour < 0 && past && s.is(k, "past") && (s.closes(k+1) || functionWords[s.low(k+1)]) && (strong || named):
			// "twenty past": the hour is the context's.
			if s.ref.Anchor.IsZero() || s.ref.Anchor.Hour() == 0 {
				return clock{min: minutes, max: 1380 + minutes, step: 5, approx: true, next: k + 1}, true
			}
			m := float64(s.ref.Anchor.Hour()*60) + minutes
			return clock{min: m, max: m, step: 5, next: k + 1}, true
		case hour < 0:
		case to && !named && !(strong && !s.nounAfter(next) || s.isHalf(next) || s.is(next, "in") && s.is(next+1, "the") && s.is(next+2, "morning", "afternoon", "evening")):
		case to && s.is(k, "before") && s.nounAfter(next):
		default:
			m := hour*60 + minutes
			if to {
				m = hour*60 - minutes
			}
			if m < 0 {
				m += 720
			}
			c := clock{min: m, max: m, step: 5, next: next, twelve: !midnight}
			if s.is(next, "o") && s.is(next+2, "clock") {
				c.next += 3
			}
			if math.Mod(minutes, 5) != 0 {
				c.step = 1
			}
			return c, true
		}
	}
	// The hour alone.
	hour, next, named := s.hourAt(i)
	if hour < 1 || named {
		return clock{}, false
	}
	c := clock{min: hour * 60, max: hour * 60, step: 5, next: next, twelve: true}
	switch {
	case s.is(next, "o") && s.is(next+2, "clock"):
		c.next = next + 3
		return c, true
	case s.is(next, "of") && s.is(next+1, "the") && s.is(next+2, "clock"):
		c.next = next + 3
		return c, true
	case s.isHalf(next):
		return c, true
	case s.is(next, "in") && s.is(next+1, "the") && s.is(next+2, "morning", "afternoon", "evening", "early"),
		s.is(next, "at") && s.is(next+1, "night") && strong:
		if strong || s.is(next, "in") {
			return c, true
		}
	case strong && s.at(i).class == word && s.is(i-1, "at", "until", "till", "toward", "towards", "after", "before", "since", "about", "around", "by"):
		if s.is(i-1, "after", "before", "since", "about", "around", "by") && !s.is(i-2, "shortly", "just", "soon", "at") && !s.partOfDay(next) {
			return clock{}, false
		}
		if s.is(next, "of", "with", "to", "or", "per", "%", "-", "and", "times", "times", "than", "more", "in", "out") && !s.partOfDay(next) {
			return clock{}, false
		}
		if s.closes(next) && !s.is(next, "(") || functionWords[s.low(next)] || s.partOfDay(next) || s.weekdayAt(next) >= 0 {
			return c, true
		}
	}
	return clock{}, false
}

// hourOnly is true where "after" follows minutes that are no reading: "ten minutes after the blast".
func (s *scanner) hourOnly(i int) bool {
	hour, next, _ := s.hourAt(i)
	return hour < 0 || s.nounAfter(next)
}

// nounAfter says whether a noun that a number would count stands at atom i.
func (s *scanner) nounAfter(i int) bool {
	if s.closes(i) || functionWords[s.low(i)] || s.isHalf(i) || s.is(i, "o", "%") || s.weekdayAt(i) >= 0 {
		return s.is(i, "%", "per", "of")
	}
	if _, ok := s.dayParts[s.low(i)]; ok {
		return false
	}
	return s.at(i).class == word && !zonesKnown(s.low(i))
}

func zonesKnown(w string) bool {
	_, ok := zones[w]
	return ok || w == "local"
}

// partOfDay says whether a part of the day or a day follows: "in the morning", "that night".
func (s *scanner) partOfDay(i int) bool {
	for k := i; k < i+4; k++ {
		if _, ok := s.dayParts[s.low(k)]; ok && k > i {
			return true
		}
		if !s.is(k, "in", "on", "at", "the", "that", "this", "same", "early", "late", "next", "following") && s.weekdayAt(k) < 0 {
			return false
		}
	}
	return false
}

// hourAt reads an hour of the clock; named: "noon" or "midnight". -1: none.
func (s *scanner) hourAt(i int) (hour float64, next int, named bool) {
	switch {
	case s.is(i, "noon"):
		return 12, i + 1, true
	case s.is(i, "midnight"):
		return 24, i + 1, true
	}
	low := s.low(i)
	v, ok := smallNumbers[low]
	if !ok {
		if v, ok = teens[low]; !ok || v > 12 {
			if a := s.at(i); a.class == digit && len(a.text) <= 2 && !(s.is(i+1, ":", ".") && s.at(i+2).class == digit && s.at(i+2).glued) {
				for _, r := range a.text {
					v = v*10 + float64(r-'0')
				}
				if v >= 1 && v <= 12 {
					return v, i + 1, false
				}
			}
			return -1, i, false
		}
	}
	if s.hyphen(i + 1) {
		return -1, i, false
	}
	return v, i + 1, false
}

// half settles the half of the day from what follows: "p.m.", "in the
// morning", "that night".
func (s *scanner) half(c *clock) {
	k := c.next
	pick := ""
	switch {
	case s.is(k, "am", "pm"):
		pick, c.next = s.low(k), k+1
	case s.isHalf(k):
		pick, c.next = s.low(k)+"m", k+3
		if s.is(k+3, ".") && s.at(k+3).glued {
			c.next++
		}
	default:
		consume := s.is(k, "in") && s.is(k+1, "the") || s.is(k, "at") && s.is(k+1, "night")
		for n := k; n < k+6; n++ {
			switch {
			case s.is(n, "morning"):
				pick = "am"
			case s.is(n, "afternoon", "evening"):
				pick = "pm"
			case s.is(n, "night"):
				pick = "night"
			}
			if pick != "" {
				if consume {
					c.next = n + 1
				}
				break
			}
			if !s.is(n, "in", "on", "at", "the", "that", "this", "same", "early", "late", "next", "following", "of", ",", "yesterday", "tomorrow") && s.weekdayAt(n) < 0 {
				break
			}
		}
	}
	if !c.twelve {
		return
	}
	m := c.min
	switch pick {
	case "am":
		if m >= 720 {
			m -= 720
		}
	case "pm":
		if m < 720 {
			m += 720
		}
	case "night":
		if m >= 360 && m < 720 {
			m += 720
		} else if m >= 720 {
			m -= 720
		}
	default:
		if m >= 780 {
			c.twelve = false
		}
		return
	}
	c.min, c.max, c.twelve = m, m, false
}

// zoneAt reads a zone after a time: "UTC", "local time (UTC+7)", "GMT+1".
func (s *scanner) zoneAt(c *clock) {
	k := c.next
	if s.is(k, "local") {
		k++
		if s.is(k, "time") {
			k++
		}
		c.next = k
	}
	paren := s.is(k, "(")
	if paren {
		k++
		// "(our time, UTC+7)"
		for n := k; n < k+4 && !s.is(n, ")"); n++ {
			if _, ok := zones[s.low(n)]; ok {
				k = n
				break
			}
		}
	}
	zone, ok := zones[s.low(k)]
	if !ok {
		return
	}
	k++
	if s.is(k, "+", "-", "−") && s.at(k+1).class == digit && len(s.at(k+1).text) <= 2 {
		hours := 0
		for _, r := range s.at(k + 1).text {
			hours = hours*10 + int(r-'0')
		}
		minutes := hours * 60
		if s.is(k, "-", "−") {
			minutes = -minutes
		}
		zone += minutes
		k += 2
	}
	if paren {
		if !s.is(k, ")") {
			return
		}
		k++
	}
	c.zoned, c.zone, c.next = true, zone, k
}

// dayPartAt reads a part of the day: "the early hours", "dusk", "morning".
func (s *scanner) dayPartAt(i int) (clock, bool) {
	k := i
	for s.is(k, "the", "that", "same", "at", "in") && k < i+2 {
		k++
	}
	p, next, ok := s.dayParts.match(s, k)
	if !ok || s.at(next).class == word && !functionWords[s.low(next)] && !s.is(next, "hours") && s.weekdayAt(next) < 0 && s.nounish(next) {
		return clock{}, false
	}
	return clock{min: p.from, max: p.to, approx: p.approx, next: next, part: true, step: 5}, true
}
