package values

import (
	"math"
	"strings"
	"time"

	"counterclaim/nlp/syntax"
)

// Find returns the values in the tokens of one sentence, in order and without
// overlap. Only Start, End and Text of a token are needed; tags, lemmas and
// heads are used where they are filled in.
func Find(tokens []syntax.Token, ref Reference) []Value {
	s := &scanner{tables: load(), atoms: atomize(tokens), ref: ref}
	s.tags(tokens)
	for i := range s.atoms {
		if s.is(i, "will", "shall", "ll", "tomorrow", "would") || s.is(i, "going") && s.is(i+1, "to") {
			s.future = true
			break
		}
	}
	var found []Value
	for i := 0; i < len(s.atoms); {
		if next := s.skip(i); next > i {
			i = next
			continue
		}
		v, next := s.valueAt(i)
		if next <= i {
			i++
			continue
		}
		v.Start, v.End = s.atoms[i].start, s.atoms[min(next, len(s.atoms))-1].end
		v.Text = s.text(i, next)
		found = append(found, v)
		if v.Kind == Date && v.oneDay() {
			s.ref.Anchor = v.From
		}
		i = next
	}
	s.inferDays(found, ref.Anchor)
	return found
}

// tags spreads the tags of the tokens over their atoms.
func (s *scanner) tags(tokens []syntax.Token) {
	tagged := false
	for i := range tokens {
		if tokens[i].XPOS != "" || tokens[i].UPOS != "" || tokens[i].Lemma != "" {
			tagged = true
			break
		}
	}
	if !tagged {
		return
	}
	n := len(s.atoms)
	all := make([]string, 3*n)
	s.xpos, s.upos, s.lemma = all[:n:n], all[n:2*n:2*n], all[2*n:]
	for i := range s.atoms {
		t := &tokens[s.atoms[i].tok]
		s.xpos[i] = t.XPOS
		// The tags of "44-day" as one token say nothing of "day".
		if t.Start == s.atoms[i].start && t.End == s.atoms[i].end {
			s.upos[i], s.lemma[i] = t.UPOS, strings.ToLower(t.Lemma)
		}
	}
}

// text is the words of atoms [i, next).
func (s *scanner) text(i, next int) string {
	next = min(next, len(s.atoms))
	start, end := s.atoms[i].start, s.atoms[next-1].end
	if start >= 0 && end <= len(s.ref.Text) {
		return s.ref.Text[start:end]
	}
	var b strings.Builder
	for k := i; k < next; k++ {
		if k > i {
			if gap := s.atoms[k].start - s.atoms[k-1].end; gap > 0 && gap < 1<<10 {
				b.WriteString(strings.Repeat(" ", gap))
			}
		}
		b.WriteString(s.atoms[k].text)
	}
	return b.String()
}

// starters are the words, besides numbers, with which a value may begin.
func (s *scanner) starts(i int) bool {
	a := &s.atoms[i]
	if a.class == digit {
		return true
	}
	if a.class == mark {
		return s.moneySymbols[a.text] != "" || fractionMarks[a.text] > 0 || s.before[a.low] != nil || s.minus(i)
	}
	return starters()[a.low]
}

// valueAt reads the value that starts at atom i: the reading that covers most words.
func (s *scanner) valueAt(i int) (best Value, next int) {
	if !s.starts(i) {
		return Value{}, i
	}
	try := func(v Value, n int, ok bool) {
		if ok && n > next && n > i {
			best, next = v, n
		}
	}
	try(s.momentAt(i))
	try(s.frequencyAt(i))
	try(s.amountAt(i))
	try(s.zeroAt(i))
	try(s.ordinalAt(i))
	return best, next
}

// momentAt reads a date, a time of day, or both together.
func (s *scanner) momentAt(i int) (Value, int, bool) {
	if v, next, ok := s.nightOf(i); ok {
		return v, next, true
	}
	var best Value
	next := i
	// "early on Tuesday", "late on 5 May"
	if s.is(i, "early", "late") && s.is(i+1, "on") {
		if d, dc, ok := s.dateAt(i + 2); ok && dc.day {
			c := clock{min: 0, max: 540, part: true}
			if s.is(i, "late") {
				c.min, c.max = 1080, 1440
			}
			v := c.value()
			v.on(d, dc)
			return v, dc.next, true
		}
	}
	if c, ok := s.clockAt(i); ok {
		v := c.value()
		next = c.next
		k := next
		if s.is(k, ",") {
			k++
		}
		if s.is(k, "on", "of", "from") && !s.is(k+1, "which") {
			k++
		}
		if d, dc, ok := s.dateAt(k); ok && dc.day && !s.is(k, "by", "until", "since", "from", "between", "before", "after", "till") {
			v.on(d, dc)
			v.Start = 0
			next = dc.next
			if p, ok := s.dayPartAt(next); ok && !c.part {
				next = p.next
			}
		} else if ds, n, ok := s.dayWord(k); ok && !c.part {
			v.on(ds, cal{from: ds.From, to: ds.To, open: ds.From.IsZero()})
			next = n
		}
		best = v
	}
	if v, dc, ok := s.dateAt(i); ok && dc.next > next {
		best, next = v, dc.next
		if dc.day {
			k := next
			if s.is(k, ",") {
				k++
			}
			if p, ok := s.dayPartAt(k); ok && k == next && !s.is(k, "the", "that", "same", "at", "in") || ok && s.is(k, "at") {
				t := p.value()
				t.on(v, dc)
				best, next = t, p.next
				if s.is(next, "at") {
					if c, ok := s.clockAt(next + 1); ok && !c.part {
						if c.twelve && c.min+720 >= p.min && c.min+720 <= p.max && !(c.min >= p.min && c.min <= p.max) {
							c.min, c.max = c.min+720, c.max+720
						}
						c.twelve = false
						t := c.value()
						t.on(v, dc)
						best, next = t, c.next
					}
				}
			} else {
				if s.is(k, "at") {
					k++
				}
				if c, ok := s.clockAt(k); ok && (!c.part || k > next) {
					t := c.value()
					t.on(v, dc)
					best, next = t, c.next
				}
			}
		}
	}
	if v, n, ok := s.dayWord(i); ok && n > next {
		best, next = v, n
		k := next
		if s.is(k, "at", "about") {
			if c, ok := s.clockAt(k + 1); ok && !c.part {
				t := c.value()
				if !v.From.IsZero() {
					t.on(Value{From: day(v.From), To: day(v.From).AddDate(0, 0, 1), Inferred: v.Inferred}, cal{from: day(v.From)})
				}
				best, next = t, c.next
			}
		}
	}
	return best, next, next > i
}

// dayWord reads a part of a day that is named by its place: "this morning",
// "last night", "that evening", "the previous evening", "tonight".
func (s *scanner) dayWord(i int) (Value, int, bool) {
	var k int
	offset, base, inferred := 0, s.ref.Date, false
	switch {
	case s.is(i, "tonight"):
		v := dayPart{from: 1020, to: 1860}
		return s.partOn(v, base, 0, false), i + 1, true
	case s.is(i, "overnight") && !s.nounish(i+1):
		return clock{min: 1140, max: 1860, part: true}.value(), i + 1, true
	case s.is(i, "this"):
		k = i + 1
	case s.is(i, "last") && s.is(i+1, "night"):
		k, offset = i+1, -1
	case s.is(i, "yesterday"):
		k, offset = i+1, -1
	case s.is(i, "tomorrow"):
		k, offset = i+1, 1
	case s.is(i, "that"):
		k, base, inferred = i+1, s.ref.Anchor, true
	case s.is(i, "the", "that") && s.is(i+1, "same"):
		k, base, inferred = i+2, s.ref.Anchor, true
	case s.is(i, "the") && s.is(i+1, "previous", "preceding"):
		k, base, offset, inferred = i+2, s.ref.Anchor, -1, true
	case s.is(i, "the") && s.is(i+1, "next", "following"):
		k, base, offset, inferred = i+2, s.ref.Anchor, 1, true
	case s.is(i, "next") && s.is(i+1, "morning"):
		k, base, offset, inferred = i+1, s.ref.Anchor, 1, true
	case s.is(i, "the") && s.is(i+2, "before", "after") && s.is(i+1, "night", "evening", "morning", "afternoon"):
		p, _, _ := s.dayParts.match(s, i+1)
		offset = -1
		if s.is(i+2, "after") {
			offset = 1
		}
		if !s.closes(i + 3) {
			return Value{}, i, false
		}
		return s.partOn(p, s.ref.Anchor, offset, true), i + 3, true
	default:
		return Value{}, i, false
	}
	if s.is(k, "same") {
		k++
	}
	p, next, ok := s.dayParts.match(s, k)
	if !ok || s.is(k, "breakfast", "dawn", "dusk") || s.nounish(next) && s.upos == nil && s.is(i, "this", "that") {
		return Value{}, i, false
	}
	return s.partOn(p, base, offset, inferred), next, true
}

func (s *scanner) partOn(p dayPart, base time.Time, offset int, inferred bool) Value {
	v := clock{min: p.from, max: p.to, approx: p.approx, part: true}.value()
	v.Inferred = inferred
	if !base.IsZero() {
		v.on(Value{Inferred: inferred}, dayFrom(base, offset, 0))
	}
	return v
}

// nightOf reads "the night of 8 to 9 August", "the evening of 2 September",
// "the night between Sunday and Monday".
func (s *scanner) nightOf(i int) (Value, int, bool) {
	k := i
	if s.is(k, "the") {
		k++
	}
	p, next, ok := s.dayParts.match(s, k)
	if !ok || !s.is(next, "of", "between", "from") {
		return Value{}, i, false
	}
	n := next + 1
	if s.is(next, "between", "from") {
		n = next
	}
	v, c, ok := s.dateAt(n)
	if !ok || v.From.IsZero() || v.To.Sub(v.From) > 72*time.Hour || v.To.IsZero() {
		if ok && c.day {
			t := clock{min: p.from, max: p.to, approx: p.approx, part: true}.value()
			return t, c.next, true
		}
		return Value{}, i, false
	}
	t := clock{min: p.from, max: p.to, approx: p.approx, part: true}.value()
	c.from = v.From
	t.on(v, c)
	return t, c.next, true
}

// value is the time as a value, without a date.
func (c clock) value() Value {
	return Value{
		Kind: Time, Min: c.min, Max: c.max, MinOpen: c.minOpen, MaxOpen: c.maxOpen, Unit: "min", Step: c.step,
		Approximate: c.approx, Twelve: c.twelve, Span: c.span, Zoned: c.zoned, Zone: c.zone,
	}
}

// on sets the day of a time.
func (v *Value) on(d Value, c cal) {
	v.Inferred = v.Inferred || d.Inferred || c.inferred
	v.Year, v.Month, v.Day = d.Year, d.Month, d.Day
	from := c.from
	if from.IsZero() {
		return
	}
	v.setDay(day(from))
}

// setDay dates a time of day.
func (v *Value) setDay(midnight time.Time) {
	shift := time.Duration(0)
	if v.Zoned {
		shift = time.Duration(v.Zone) * time.Minute
	}
	at := func(m float64) time.Time {
		return midnight.Add(time.Duration(math.Round(m*60))*time.Second - shift)
	}
	v.From, v.To = at(v.Min), at(v.Max)
	if !v.To.After(v.From) {
		v.To = v.From.Add(time.Minute)
	}
}

// oneDay says whether v is a date of a single day.
func (v *Value) oneDay() bool {
	return !v.From.IsZero() && !v.To.IsZero() && v.To.Sub(v.From) <= 24*time.Hour
}

// inferDays gives each time without a day that of the nearest date before it
// in the sentence, else the first one after it, else the anchor.
func (s *scanner) inferDays(found []Value, anchor time.Time) {
	current := time.Time{}
	if !anchor.IsZero() {
		current = day(anchor)
	}
	for i := range found {
		if found[i].Kind == Date && found[i].oneDay() {
			current = day(found[i].From)
			break
		}
	}
	for i := range found {
		v := &found[i]
		if v.Kind == Date && v.oneDay() {
			current = day(v.From)
			continue
		}
		if v.Kind != Time {
			continue
		}
		if !v.From.IsZero() {
			if !v.Inferred {
				current = day(v.From.Add(time.Duration(v.Zone) * time.Minute))
			}
			continue
		}
		if !current.IsZero() {
			v.Inferred = true
			v.setDay(current)
		}
	}
}

// NextAnchor is the Reference.Anchor for the sentence after one whose values
// are given: the last day found, else anchor.
func NextAnchor(found []Value, anchor time.Time) time.Time {
	for i := len(found) - 1; i >= 0; i-- {
		v := found[i]
		switch {
		case v.Kind == Date && v.oneDay():
			return v.From
		case v.Kind == Time && v.oneDay() && !v.Inferred:
			local := v.From.Add(time.Duration(v.Zone) * time.Minute)
			if !v.Zoned {
				local = v.From
			}
			return day(local)
		}
	}
	return anchor
}

// skip passes over numbers that are names: "article 6", "S/2014/189", "Gate 7",
// "resolution 1374 (2030)", list markers. It returns i when there is none.
func (s *scanner) skip(i int) int {
	a := &s.atoms[i]
	if a.class == digit {
		if i == 0 && len(s.atoms) == 2 && s.is(1, ".") && len(a.text) <= 3 {
			return i + 2
		}
		if i == 0 && (s.is(1, ")") || s.is(1, ".") && !s.at(2).glued && len(s.atoms) > 2) && len(a.text) <= 3 {
			return i + 2
		}
		if i == 1 && s.is(0, "(") && s.is(2, ")") && len(s.atoms) > 3 {
			return i + 1
		}
		return s.skipCode(i)
	}
	if a.class != word || i+1 >= len(s.atoms) {
		return i
	}
	k := i + 1
	if s.is(k, ".") && s.at(k).glued && len(a.low) <= 5 {
		k++
	}
	if s.at(k).class != digit && !(labels[a.low] && smallNumbers[s.low(k)] > 0) {
		return i
	}
	if a.low == "no" && k == i+1 && a.text == a.low {
		return i
	}
	if a.glued && i > 0 && s.at(i-1).class != mark {
		return i
	}
	name := s.at(i).text != a.low && i > 0 && !functionWords[a.low] && months[a.low] == 0 && s.weekdayAt(i) < 0 && s.before[a.low] == nil &&
		!s.moneyCodes[a.text] && !s.is(i, "us") && !s.at(i+1).glued && !s.is(i-1, ".", "|") && !starters()[a.low] && seasons[a.low] == 0
	if !labels[a.low] && !name {
		return i
	}
	f, ok := s.figureAt(k)
	if !ok || s.yearAt(k) > 0 && (!labels[a.low] || a.low == "year") || s.is(f.next, ":") && s.at(f.next).glued {
		return i
	}
	if u := s.suffix(f); u.kind != Number || f.mult > 0 || s.nounish(f.next) && pluralLike(s.low(f.next)) && !(labels[a.low] && a.text != a.low && i > 0 && a.low != "year") && !(a.low == "year" && f.lo < 20) {
		return i
	}
	if s.is(f.next, "hours", "hrs") || s.monthFollows(f.next) {
		return i
	}
	if name && !labels[a.low] && (s.at(k).glued || !s.closes(f.next) && !functionWords[s.low(f.next)] && !s.nounish(f.next)) {
		return i
	}
	k = f.next
	// "items 34 and 71 (b)", "resolution 1374 (2030)", "articles 5, 6 and 9"
	for k < len(s.atoms) {
		switch {
		case s.is(k, "(") && s.is(k+2, ")"):
			k += 3
		case s.is(k, ",", "and", "to", "-", "–", "/", "or", ".") && s.at(k+1).class == digit && labels[a.low] && !(s.is(k, ".") && !s.at(k).glued) && !s.monthFollows(k+2):
			f, ok := s.figureAt(k + 1)
			if !ok || s.suffix(f).kind != Number || s.nounish(f.next) && pluralLike(s.low(f.next)) || s.is(f.next, ":") {
				return k
			}
			k = f.next
		default:
			return k
		}
	}
	return k
}

// skipCode passes over digits that are glued into a code: "F-16", "S/2014/189", "61/2033", "3.2.1".
func (s *scanner) skipCode(i int) int {
	code := s.at(i).glued && s.at(i-1).class == word && !s.moneyCodes[s.at(i-1).text]
	if s.at(i).glued && s.is(i-1, "-", "/", "–") && s.at(i-1).glued && i >= 2 {
		left := s.low(i - 2)
		_, num := smallNumbers[left]
		if s.at(i-2).class == word && !num && !(starters()[left] && s.at(i-2).text == left) && months[left] == 0 && weekdays[left] == 0 {
			code = true
		}
	}
	// "S/2014", "61/2033" but not "4/5/2031" (a date) nor "km/h" after a figure
	if s.is(i+1, "/") && s.at(i+1).glued && s.at(i+2).glued && (s.at(i+2).class == digit || s.at(i+2).class == word && len(s.at(i+2).text) == 1) {
		c := cal{weekday: -1}
		d := cal{weekday: -1}
		if !s.numericAt(&c, i) && !s.dayMonthAt(&d, i) && !(s.yearAt(i) > 0 && len(s.at(i+2).text) == 2) {
			code = true
		}
	}
	if s.is(i+1, ".") && s.at(i+1).glued && s.at(i+2).class == digit && s.at(i+2).glued && s.is(i+3, ".") && s.at(i+3).glued && s.at(i+4).class == digit && s.at(i+4).glued {
		c := cal{weekday: -1}
		code = code || !s.numericAt(&c, i)
	}
	if s.is(i+1, "-") && s.at(i+1).glued && s.at(i+2).class == word && s.at(i+2).glued && allUpper(s.at(i+2).text) {
		if _, unit := s.symbols[s.at(i+2).text]; !unit {
			code = true
		}
	}
	if !code {
		return i
	}
	k := i + 1
	for k < len(s.atoms) && s.at(k).glued && (s.at(k).class != mark || s.is(k, "/", "-", ".", "–") && s.at(k+1).glued && k+1 < len(s.atoms)) {
		k++
	}
	return k
}
