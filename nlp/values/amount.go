package values

import "math"

// amount is a figure with its unit.
type amount struct {
	figure
	kind   Kind
	unit   string
	factor float64 // of the unit
	offset float64
	age    bool
	ratio  bool // "one in five"
}

// base turns the amount into base units.
func (a *amount) base() {
	if a.factor != 0 {
		a.lo, a.hi, a.step = a.lo*a.factor+a.offset, a.hi*a.factor+a.offset, a.step*a.factor
		a.factor, a.offset = 0, 0
	}
}

// unitAt reads a physical unit: "km", "cubic metres per second", "m³/s", "tonnes a month".
func (s *scanner) unitAt(i int) (unit, int, bool) {
	u, next, ok := s.simpleUnit(i)
	if !ok {
		return unit{}, i, false
	}
	seconds := dims{0, 0, 1}
	switch {
	case s.is(next, "/") && s.at(next).glued:
		if v, n, ok := s.simpleUnit(next + 1); ok {
			return u.times(v, -1), n, true
		}
	case s.is(next, "per"):
		if v, n, ok := s.simpleUnit(next + 1); ok && v.dims != u.dims {
			return u.times(v, -1), n, true
		}
	case s.is(next, "a", "an", "each", "every") || s.is(next, "of") && s.is(next+2, "a", "an"):
		// "an hour", "of water an hour"
		k := next + 1
		if s.is(next, "of") {
			k = next + 3
		}
		if v, n, ok := s.simpleUnit(k); ok && v.dims == seconds && u.dims != seconds {
			return u.times(v, -1), n, true
		}
	}
	return u, next, true
}

// simpleUnit reads a unit without a denominator.
func (s *scanner) simpleUnit(i int) (unit, int, bool) {
	power := int8(1)
	switch {
	case s.is(i, "square", "sq"):
		power = 2
	case s.is(i, "cubic", "cu"):
		power = 3
	}
	if power > 1 {
		i++
		if s.is(i, ".") {
			i++
		}
	}
	u, next, ok := s.names.match(s, i)
	if ok && s.is(i, "foot") && !s.is(i-1, "-", "square", "cubic") {
		return unit{}, i, false // "six hundred foot" are soldiers
	}
	if !ok {
		if s.is(i, "°") {
			u, ok = s.symbols["°"+s.at(i+1).text]
			next = i + 2
		} else {
			u, ok = s.symbols[s.at(i).text]
			next = i + 1
			// "12 m." ends a sentence, "4 p.m." and "3 A-levels" do not name units.
			if ok && len(s.at(i).text) == 1 && (s.is(i+1, ".", "-", "'", "’") && s.at(i+1).glued && s.at(i+2).glued) {
				ok = false
			}
		}
	}
	if !ok {
		return unit{}, i, false
	}
	switch {
	case s.is(next, "²") || s.at(next).glued && s.is(next, "2") || s.is(next, "squared"):
		power = 2
		next++
	case s.is(next, "³") || s.at(next).glued && s.is(next, "3"):
		power = 3
		next++
	case s.is(next, "^") && s.is(next+1, "2", "3"):
		power = int8(s.at(next + 1).text[0] - '0')
		next += 2
	}
	if power == 1 {
		return u, next, true
	}
	return unit{factor: 1}.times(u, power), next, true
}

// suffix reads what follows a figure and makes it an amount: a unit, a
// currency, "per cent".
func (s *scanner) suffix(f figure) amount {
	a := amount{figure: f, kind: Number}
	i := f.next
	if s.hyphen(i) {
		i++
	}
	switch {
	case s.is(i, "%"), s.is(i, "percent", "pct"):
		a.kind, a.unit, a.next = Percent, "%", i+1
	case s.is(i, "per") && (s.is(i+1, "cent", "centum")):
		a.kind, a.unit, a.next = Percent, "%", i+2
	case s.is(i, "per") && s.is(i+1, "thousand", "mille"):
		a.kind, a.unit, a.next, a.factor = Percent, "%", i+2, 0.1
	case s.is(i, "‰"):
		a.kind, a.unit, a.next, a.factor = Percent, "%", i+1, 0.1
	case s.is(i, "percentage") && s.is(i+1, "point", "points"):
		a.kind, a.unit, a.next = Percent, "pp", i+2
	case s.is(i, "bps") || s.is(i, "basis") && s.is(i+1, "point", "points"):
		a.kind, a.unit, a.factor, a.next = Percent, "pp", 0.01, i+2
		if s.is(i, "bps") {
			a.next = i + 1
		}
	case a.kind == Number:
		if code, next := s.currencyAt(i, f.mult >= 1e6 || f.lo >= 1e6); code != "" {
			a.kind, a.unit, a.next = Money, code, next
			if next2, u, ok := s.perTime(next); ok {
				a.unit, a.factor, a.next = code+"/s", 1/u.factor, next2
			}
			return a
		}
		if u, next, ok := s.unitAt(i); ok {
			a.kind, a.unit, a.factor, a.offset, a.next = Quantity, u.dims.String(), u.factor, u.offset, next
			if a.unit == "s" {
				a.kind = Duration
				if s.is(next, "old") || s.hyphen(next) && s.is(next+1, "old") {
					a.age = true
				}
			}
		}
	}
	if a.unit == "%" && s.is(a.next, "point", "points") {
		a.unit, a.next = "pp", a.next+1
	}
	return a
}

// currencyAt reads a currency word, code or symbol after a figure.
func (s *scanner) currencyAt(i int, millions bool) (string, int) {
	if s.is(i, "us") && s.is(i+1, "dollar", "dollars") {
		return "USD", i + 2
	}
	if s.is(i, "pound", "pounds") && (millions || s.is(i+1, "sterling") || s.paid(i) && !s.is(i+1, "of")) {
		if s.is(i+1, "sterling") {
			i++
		}
		return "GBP", i + 1
	}
	if s.is(i, "swiss") && s.is(i+1, "franc", "francs") {
		return "CHF", i + 2
	}
	a := s.at(i)
	if s.moneyCodes[a.text] {
		return a.text, i + 1
	}
	if code := s.moneySymbols[a.text]; code != "" && a.glued {
		return code, i + 1
	}
	if code := s.moneyWords[a.low]; code != "" && !(a.low == "won" || a.low == "lira" && a.text != a.low || a.low == "dong") {
		return code, i + 1
	}
	return "", i
}

// paying are the words beside which pounds are money.
var paying = set(`pay pays paid paying payment cost costs costing charge charges charged fine fines fined owe owes owed worth price prices priced spend
	spends spent spending earn earns earned salary salaries wage wages fee fees rent debt debts loan loans grant grants donate donated donation budget
	bill bills invest invested investment compensation damages tax taxes reward bribe ransom turnover revenue profit subsidy`)

// paid reports whether the words before atom i speak of paying.
func (s *scanner) paid(i int) bool {
	for k := i - 1; k >= 0 && k >= i-9; k-- {
		if paying[s.low(k)] {
			return true
		}
	}
	return false
}

// currencyBefore reads a currency symbol or code before a figure.
func (s *scanner) currencyBefore(i int) (string, int) {
	a := s.at(i)
	if s.at(i+1).class == mark { // "US$"
		if code := s.moneySymbols[a.text+s.at(i+1).text]; code != "" {
			return code, i + 2
		}
	}
	if code := s.moneySymbols[a.text]; code != "" {
		return code, i + 1
	}
	if s.moneyCodes[a.text] {
		return a.text, i + 1
	}
	return "", i
}

// perTime reads "a month", "per week", "each day".
func (s *scanner) perTime(i int) (int, unit, bool) {
	if s.is(i, "a", "an", "per", "each", "every", "/") {
		if u, next, ok := s.names.match(s, i+1); ok && u.dims == (dims{0, 0, 1}) && !s.is(i+1, "second", "night") {
			return next, u, true
		}
	}
	return i, unit{}, false
}

// singleAt reads one amount without bounds: "EUR 3.2 million", "half an hour", "two hours and ten minutes".
func (s *scanner) singleAt(i int) (amount, bool) {
	if code, next := s.currencyBefore(i); code != "" {
		f, ok := s.figureAt(next)
		if !ok || f.spelt {
			return amount{}, false
		}
		if s.is(f.next, "m", "b", "k") && s.at(f.next).glued {
			m := map[string]float64{"m": 1e6, "b": 1e9, "k": 1e3}[s.low(f.next)]
			f.lo, f.hi, f.step, f.mult, f.next = f.lo*m, f.hi*m, f.step*m, m, f.next+1
		}
		a := amount{figure: f, kind: Money, unit: code}
		if next, u, ok := s.perTime(f.next); ok {
			a.unit, a.factor, a.next = code+"/s", 1/u.factor, next
		}
		return a, true
	}
	if s.minus(i) {
		f, ok := s.figureAt(i + 1)
		if !ok || f.vague {
			return amount{}, false
		}
		a := s.suffix(f)
		if a.kind == Number || a.kind == Duration {
			return amount{}, false
		}
		a.lo, a.hi = -a.hi, -a.lo
		return a, true
	}
	if a, ok := s.fractionAt(i); ok {
		return a, true
	}
	if a, ok := s.partOfUnit(i); ok {
		return a, true
	}
	f, ok := s.figureAt(i)
	if !ok {
		return amount{}, false
	}
	a := s.suffix(f)
	if a.kind == Duration {
		s.compound(&a)
	}
	return a, true
}

// minus reports whether atom i is the sign of the figure after it: "minus 12
// degrees", "-4.5%", but not "7-12%".
func (s *scanner) minus(i int) bool {
	return s.is(i, "minus") || s.is(i, "-", "−") && s.at(i+1).class == digit && s.at(i+1).glued && !s.at(i).glued
}

// compound adds smaller units to a duration: "two hours and ten minutes", "a day and a half".
func (s *scanner) compound(a *amount) {
	for range 3 {
		i := a.next
		// "a day and a night", "three days and nights"
		if a.factor == 86400 && s.is(i, "and") && (s.is(i+1, "night", "nights") || s.is(i+1, "a") && s.is(i+2, "night")) {
			a.next = i + 2
			if s.is(i+1, "a") {
				a.next++
			}
			return
		}
		if s.is(i, ",") {
			i++
		}
		if s.is(i, "and") {
			i++
		}
		if s.is(i, "a", "an") && s.is(i-1, "and") {
			if s.is(i+1, "half", "quarter") && !s.is(i+2, "of") {
				part := 1 / fractions[s.low(i+1)]
				a.lo += part
				a.hi, a.step, a.next = a.lo, part, i+2
				continue
			}
			if u, next, ok := s.names.match(s, i+1); ok && u.dims == (dims{0, 0, 1}) && u.factor < a.factor && s.is(a.next-1, "day", "hour", "year", "week", "month") && !s.is(i+1, "night") {
				a.lo += u.factor / a.factor
				a.hi, a.step, a.next = a.lo, u.factor/a.factor, next
				continue
			}
			return
		}
		f, ok := s.figureAt(i)
		if !ok || f.vague {
			return
		}
		u, next, ok := s.names.match(s, f.next)
		if !ok {
			u, ok = s.symbols[s.at(f.next).text]
			next = f.next + 1
		}
		if !ok || u.dims != (dims{0, 0, 1}) || u.factor >= a.factor || f.lo*u.factor >= a.factor*1.5 {
			return
		}
		a.lo += f.lo * u.factor / a.factor
		a.hi, a.step, a.next = a.lo, f.step*u.factor/a.factor, next
	}
}

// partOfUnit reads "half an hour", "three quarters of an hour", "an hour",
// "a day and a half", "half a mile".
func (s *scanner) partOfUnit(i int) (amount, bool) {
	part, k := 1.0, i
	switch n, isSmall := smallNumbers[s.low(i)]; {
	case s.is(i, "half"):
		part, k = 0.5, i+1
	case s.is(i, "a", "an", "one") && s.is(i+1, "quarter", "third") && s.is(i+2, "of"):
		part, k = 1/fractions[s.low(i+1)], i+3
	case isSmall && (s.is(i+1, "quarters", "thirds") && s.is(i+2, "of")):
		part, k = n/fractions[s.low(i+1)], i+3
	case isSmall && s.hyphen(i+1) && s.is(i+2, "quarters", "thirds") && s.is(i+3, "of"):
		part, k = n/fractions[s.low(i+2)], i+4
	}
	full := 0
	if s.is(k, "a", "an") && s.is(k+1, "full", "whole", "good", "entire", "clear") {
		full = 1
	}
	if !s.is(k, "a", "an") && !(k > i && s.is(k, "the")) && !(s.is(i, "half") && s.hyphen(k)) {
		return amount{}, false
	}
	if part != 1 {
		if m, ok := multipliers[s.low(k+1)]; ok && m > 20 { // "a quarter of a million"
			f := figure{lo: part * m, hi: part * m, step: part * m, next: k + 2, spelt: true}
			return s.suffix(f), true
		}
	}
	if s.is(k+1, "second", "night", "league", "bit", "bar", "pound", "hectare", "calorie", "knot", "foot", "yard") && part == 1 {
		return amount{}, false
	}
	k += full
	u, next, ok := s.names.match(s, k+1)
	if !ok || part == 1 && (u.dims != (dims{0, 0, 1}) && !s.is(k+1, "mile", "kilometre", "kilometer") || pluralLike(s.low(next-1))) {
		return amount{}, false
	}
	a := amount{
		figure: figure{lo: part, hi: part, step: part, next: next, spelt: true},
		kind:   Quantity, unit: u.dims.String(), factor: u.factor, offset: u.offset,
	}
	if a.unit == "s" {
		a.kind = Duration
		s.compound(&a)
	}
	return a, true
}

// fractionAt reads a share of a whole as a percentage: "two thirds", "a fifth
// of", "one in four", "nine out of ten", "half of the".
func (s *scanner) fractionAt(i int) (amount, bool) {
	share := func(part float64, next int) (amount, bool) {
		// The place of a spelt share: "a fifth" is no sharper than 5 %.
		return amount{figure: figure{lo: part * 100, hi: part * 100, step: 10, next: next, spelt: true}, kind: Percent, unit: "%"}, true
	}
	if v, ok := fractionMarks[s.low(i)]; ok && s.is(i+1, "of", "the") {
		return share(v, i+1)
	}
	if s.is(i, "half") && !s.is(i-1, "and", "a", "first", "second", "northern", "southern", "eastern", "western", "other", "-") &&
		(s.is(i+1, "of", "the", "its", "their", "our", "his", "her", "all", "these", "those") || s.closes(i+1) && s.is(i-1, "by", "about", "than", "nearly", "almost", "over", "roughly", "around", "to")) &&
		!s.is(i+2, "time") && !s.is(i+2, "an", "a") {
		return share(0.5, i+1)
	}
	n, k := 0.0, i+1
	if v, ok := smallNumbers[s.low(i)]; ok {
		n = v
	} else if s.is(i, "a", "an") {
		n = 1
	} else if v, ok := teens[s.low(i)]; ok {
		n = v
	}
	if n > 0 {
		if s.hyphen(k) {
			k++
		}
		if d, ok := fractions[s.low(k)]; ok {
			one := n == 1
			plural := pluralLike(s.low(k)) || s.is(k, "half") && n == 1
			if !one && plural || one && !plural && (s.is(k+1, "of") || s.closes(k+1) || functionWords[s.low(k+1)] || s.is(k+1, "part")) ||
				one && s.is(k, "half") && s.is(k+1, "of") {
				if d > n && !s.is(k, "second") && !(s.is(k+1, "of") && s.is(k+2, "a", "an")) && !s.is(k+1, "past", "to", "before") {
					next := k + 1
					if s.is(next, "part", "parts") {
						next++
					}
					if s.is(i, "one") || n > 1 || s.is(k+1, "of") || s.is(k+1, "part") || !s.is(k, "half") {
						return share(n/d, next)
					}
				}
			}
		}
	}
	return s.ratioAt(i)
}

// ratioAt reads "one in four", "nine out of ten", "1 in 310".
func (s *scanner) ratioAt(i int) (amount, bool) {
	low := s.low(i)
	if _, ok := smallNumbers[low]; !ok && s.at(i).class != digit {
		return amount{}, false
	}
	f, ok := s.figureAt(i)
	if !ok || f.vague || f.lo <= 0 || f.lo > 1000 {
		return amount{}, false
	}
	k := f.next
	out := s.is(k, "out") && s.is(k+1, "of")
	switch {
	case out:
		k += 2
	case s.is(k, "in"):
		k++
	case f.lo == 1 && s.nounish(k) && s.is(k+1, "in") && !pluralLike(s.low(k)): // "one shift in ten"
		whole, ok := s.figureAt(k + 2)
		if !ok || !(s.closes(whole.next) || functionWords[s.low(whole.next)]) || whole.lo > 1000 {
			return amount{}, false
		}
		k += 2
	case pluralLike(s.low(k)) && s.is(k+1, "in") && s.is(k+2, "ten", "10", "hundred", "100", "four", "five", "three"): // "three trains in ten"
		if s.closes(k+3) || functionWords[s.low(k+3)] || s.is(k+2, "ten", "10", "hundred", "100") && !pluralLike(s.low(k+3)) {
			k += 2
			break
		}
		return amount{}, false
	default:
		return amount{}, false
	}
	if s.is(k, "every", "a") {
		k++
	}
	if s.is(k, "the", "their", "its", "our") {
		return amount{}, false
	}
	whole, ok := s.figureAt(k)
	if !ok || whole.vague || whole.lo <= f.lo || len(whole.digits) == 4 && f.digits != "" && whole.lo > 1800 && whole.lo < 2100 {
		return amount{}, false
	}
	if !out && f.lo != 1 && math.Mod(whole.lo, 10) != 0 && pluralLike(s.low(whole.next)) {
		return amount{}, false
	}
	if _, _, unit := s.unitAt(whole.next); unit {
		return amount{}, false
	}
	if s.is(whole.next, "per", "%") {
		return amount{}, false
	}
	v := f.lo / whole.lo * 100
	// The whole is rounded too: "one in three hundred" holds 1 in 310.
	step := min(10, v*max(f.step/f.lo, whole.step/whole.lo))
	return amount{figure: figure{lo: v, hi: v, step: step, next: whole.next, spelt: true}, kind: Percent, unit: "%", ratio: true}, true
}

// closes says whether atom i ends a phrase: the end of the sentence or a mark.
func (s *scanner) closes(i int) bool {
	if i >= len(s.atoms) {
		return true
	}
	return s.is(i, ".", ",", ";", ":", "!", "?", ")", "—", "–", "|", "]", "”", "\"", "*", "(")
}

// amountAt reads an amount with its bounds, range and unit.
func (s *scanner) amountAt(i int) (Value, int, bool) {
	if s.is(i, "aged") {
		if f, ok := s.figureAt(i + 1); ok && !f.vague && f.lo < 130 {
			const year = 31556952
			return Value{Kind: Duration, Min: f.lo * year, Max: f.hi * year, Step: year, Unit: "s", Counts: "age"}, f.next, true
		}
		return Value{}, i, false
	}
	k := i
	var effects []string
	for len(effects) < 3 {
		effect, next, ok := s.before.match(s, k)
		if !ok || s.is(k, "over") && overParticle[s.low(k-1)] {
			break
		}
		if s.is(next, ".") && s.is(next-1, "approx", "ca", "c") {
			next++
		}
		effects = append(effects, effect)
		k = next
	}
	prefix := ""
	if s.is(k, "between", "from") {
		prefix = s.low(k)
		k++
	}
	a, ok := s.singleAt(k)
	if !ok {
		if v, next, ok := s.vagueDuration(i); ok {
			return v, next, true
		}
		return Value{}, i, false
	}
	if a.spelt && s.is(k, "one") && a.next == k+1 && a.kind == Number && !s.oneIsNumber(k) {
		return Value{}, i, false
	}
	ranged := s.extend(&a, prefix)
	if prefix != "" && !ranged {
		return Value{}, i, false
	}
	a.base()
	v := Value{
		Kind: a.kind, Min: a.lo, Max: a.hi, Unit: a.unit, Step: a.step,
		MaxOpen: a.vague && a.hi > a.lo+1, Approximate: a.many,
	}
	if a.age {
		v.Counts = "age"
		if s.hyphen(a.next) {
			a.next++
		}
		a.next++ // "old"
	}
	for n := len(effects) - 1; n >= 0; n-- {
		effect := effects[n]
		if s.denied(i) {
			effect = invert[effect]
		}
		v.bound(effect)
	}
	next := a.next
	k = next
	if s.hyphen(k) && s.is(k+1, "odd") || s.is(k, ",") && s.is(k+1, "if") {
		k++
	}
	if effect, n, ok := s.after.match(s, k); ok && !(s.is(k, "+") && !s.at(k).glued) && !(s.is(k, "odd") && k == next) && !(s.is(k, "plus") && !s.closes(n)) {
		v.bound(effect)
		next = n
	}
	next = s.times(&v, a, next)
	if v.Kind == Percent && v.Unit == "%" && (s.is(next, "of") || a.ratio) {
		// "two thirds of the voters", "one in five children"
		many := Value{Min: 2, Max: 2}
		s.count(&many, i, next)
		v.Counts, v.CountsStart, v.CountsEnd = many.Counts, many.CountsStart, many.CountsEnd
	}
	if v.Kind == Number && v.Unit == "" {
		next = s.count(&v, i, next)
		// "three periods a week"
		if v.CountsEnd > v.CountsStart {
			for n := next; n < next+6 && n < len(s.atoms); n++ {
				if s.atoms[n].end == v.CountsEnd {
					if n2, u, ok := s.perTime(n + 1); ok {
						v.scale(1 / u.factor)
						v.Unit, next = "1/s", n2
					}
					break
				}
			}
		}
	}
	return v, next, true
}

func (v *Value) scale(factor float64) {
	v.Min, v.Max, v.Step = v.Min*factor, v.Max*factor, v.Step*factor
}

// overParticle are the verbs that take "over" as their particle: "hand over 8 villages".
var overParticle = set("hand hands handed handing turn turned turning take takes took taken taking give gave given bring brought carry carried pass passed run ran spread win won fly flew flown put go went come came cross crossed")

// invert is what "never", "no", "not" before it make of a bound.
var invert = map[string]string{
	"min": "maxopen", "minopen": "max", "max": "minopen", "maxopen": "min",
	"nearly": "approx", "justover": "approx", "approx": "approx", "exact": "exact",
}

// bound applies the effect of a bounding phrase.
func (v *Value) bound(effect string) {
	switch effect {
	case "min", "minopen":
		v.Max, v.MaxOpen, v.MinOpen, v.Approximate = math.Inf(1), false, effect == "minopen", false
	case "max", "maxopen":
		v.Min, v.MinOpen, v.MaxOpen, v.Approximate = math.Inf(-1), false, effect == "maxopen", false
	case "nearly":
		v.Min, v.MaxOpen, v.Approximate = v.Min*0.9, true, true
	case "justover":
		v.Max, v.MinOpen, v.Approximate = v.Max*1.1, true, true
	case "approx":
		v.Approximate = true
	}
}

// denied says whether a verb of exceeding at atom i is denied: "at no time
// did it exceed", "never rose above", "did not exceed".
func (s *scanner) denied(i int) bool {
	if !s.is(i, "above", "exceed", "exceeding", "exceeded", "over", "below", "under", "beyond", "fewer", "less", "more") {
		return false
	}
	reach := 3
	if s.is(i, "exceed", "exceeded", "above", "below") {
		reach = 8
	}
	for k := i - 1; k >= 0 && k >= i-reach; k-- {
		if s.is(k, "not", "never", "cannot") || s.is(k, "no") && s.is(k+1, "time", "point", "moment", "case") || s.is(k, "t") && s.is(k-1, "'", "’") {
			return true
		}
		if s.is(k, ",", ";", ":", "but", "and") {
			return false
		}
	}
	return false
}

// oneIsNumber tells "one" the number from "one" the pronoun.
func (s *scanner) oneIsNumber(i int) bool {
	if s.is(i-1, "no", "the", "this", "that", "which", "another", "any", "every", "each", "these", "those", "such", "good", "other", "as") ||
		s.is(i-1, "at") && s.is(i+1, "with") || s.hyphen(i+1) || s.hyphen(i-1) ||
		s.is(i+1, "another", "day", "side", "hand", "must", "can", "could", "should", "may", "might", "would", "cannot", "has", "is", "was", "thing", "way", "and", "by") {
		return s.is(i-1, "only") || s.is(i+1, "day") && s.is(i-1, "within", "than", "just", "least") || s.is(i+1, "was") && s.is(i-1, ",", ";", "and")
	}
	if s.is(i+1, "of") && !s.is(i+2, "the", "these", "those", "his", "her", "its", "our", "their", "my", "your", "them", "us", "whom", "which", "only", "many") {
		if _, ok := s.figureAt(i + 2); !ok {
			return false // "the event was one of force majeure"
		}
		return true
	}
	if s.is(i-1, "only") && s.is(i-2, "the") && !s.nounish(i+1) {
		return false
	}
	if s.xpos != nil && s.xpos[i] != "" {
		return s.xpos[i] == "CD"
	}
	return s.is(i-1, "only", "least", "than", "just", "exactly", "about") || s.is(i+1, "of") && s.is(i+2, "the", "these", "those", "his", "her", "its", "our", "their", "my", "your", "them", "us", "whom", "which") || s.closes(i+1) || s.nounish(i+1)
}

// extend reads the second end of a range and says whether there was one.
func (s *scanner) extend(a *amount, prefix string) bool {
	k := a.next
	switch {
	case prefix == "between":
		if !s.is(k, "and") {
			return false
		}
	case prefix == "from":
		if !s.is(k, "to", "up") {
			return false
		}
		if s.is(k, "up") {
			k++
		}
	case s.is(k, "to", "or"):
	case s.is(k, "-", "–", "—", "‑") && (s.at(k).glued == s.at(k+1).glued):
	default:
		return false
	}
	b, ok := s.singleAt(k + 1)
	if !ok || b.vague || a.vague {
		return false
	}
	if a.kind == Number && b.kind != Number {
		a.kind, a.unit, a.factor, a.offset = b.kind, b.unit, b.factor, b.offset
	} else if a.kind == Money && b.kind == Number {
		b.kind, b.unit = a.kind, a.unit
	}
	if a.kind != b.kind || a.unit != b.unit {
		return false
	}
	if a.mult == 0 && b.mult > 1 && a.lo < 1000 && a.lo*b.mult < b.hi {
		a.lo *= b.mult
		a.step *= b.mult
	}
	if a.factor != b.factor {
		a.base()
		b.base()
	}
	if b.lo <= a.lo || s.is(k, "or") && (b.lo > a.lo*2.1) {
		return false
	}
	// "raised from ten to fifteen per cent" is a change; its end is what holds.
	a.hi, a.next, a.digits = b.hi, b.next, ""
	a.step = min(a.step, b.step)
	a.age = b.age
	return true
}

// times turns "eleven times" and "eleven times a day" into frequencies.
func (s *scanner) times(v *Value, a amount, next int) int {
	if a.kind != Number || !s.is(next, "times", "time") || s.is(next, "time") && v.Max != 1 {
		return next
	}
	if s.is(next+1, "as", "more", "higher", "larger", "greater", "the", "bigger", "faster", "longer", "over", "its", "less", "lower") {
		v.Unit = "ratio"
		return next + 1
	}
	v.Kind = Frequency
	next++
	if n, u, ok := s.perTime(next); ok {
		v.scale(1 / u.factor)
		v.Unit, next = "1/s", n
	}
	return next
}

// frequencyAt reads "twice", "once a week", "every three hours".
func (s *scanner) frequencyAt(i int) (Value, int, bool) {
	k, effect := i, ""
	if e, n, ok := s.before.match(s, i); ok {
		effect, k = e, n
	}
	times := map[string]float64{"once": 1, "twice": 2, "thrice": 3}[s.low(k)]
	if times > 0 {
		v := Value{Kind: Frequency, Min: times, Max: times, Step: 1}
		if s.is(k+1, "as", "the") && times > 1 && !s.is(k+1, "the") {
			v.Kind, v.Unit = Number, "ratio"
			return v, k + 1, true
		}
		next := k + 1
		n, u, rate := s.perTime(next)
		if times == 1 && s.is(next, "in", "every") { // "once in a thousand years"
			if a, ok := s.singleAt(next + 1); ok && a.kind == Duration && !a.vague {
				a.base()
				return Value{Kind: Frequency, Min: 1 / a.hi, Max: 1 / a.lo, Unit: "1/s"}, a.next, true
			}
		}
		if times == 1 && !rate && !s.is(k-1, "only", "than", "just", "least", "not") {
			return Value{}, i, false
		}
		if rate {
			v.scale(1 / u.factor)
			v.Unit, next = "1/s", n
		}
		v.bound(effect)
		return v, next, true
	}
	if s.is(i, "every") {
		if u, next, ok := s.names.match(s, i+1); ok && u.dims == (dims{0, 0, 1}) && !s.is(i+1, "second") {
			return Value{Kind: Frequency, Min: 1 / u.factor, Max: 1 / u.factor, Unit: "1/s"}, next, true
		}
		if f, ok := s.figureAt(i + 1); ok && !f.vague && f.lo > 0 {
			if u, next, ok := s.names.match(s, f.next); ok && u.dims == (dims{0, 0, 1}) {
				return Value{Kind: Frequency, Min: 1 / (f.hi * u.factor), Max: 1 / (f.lo * u.factor), Unit: "1/s"}, next, true
			}
		}
	}
	return Value{}, i, false
}

// vagueDuration reads "for hours", "within minutes", "within the hour".
func (s *scanner) vagueDuration(i int) (Value, int, bool) {
	if !s.is(i, "for", "within", "in", "after", "over") {
		return Value{}, i, false
	}
	within := s.is(i, "within")
	k := i + 1
	if within && s.is(k, "the") {
		if u, next, ok := s.names.match(s, k+1); ok && u.dims == (dims{0, 0, 1}) && !pluralLike(s.low(k+1)) && !s.is(k+1, "second", "night") {
			return Value{Kind: Duration, Min: math.Inf(-1), Max: u.factor, Unit: "s"}, next, true
		}
		return Value{}, i, false
	}
	ceiling := map[string]float64{"seconds": 60, "minutes": 60, "hours": 24, "days": 14, "weeks": 10, "months": 24, "years": 100, "decades": 10}[s.low(k)]
	if ceiling == 0 || s.is(i, "over", "in", "after") && !s.closes(k+1) && !functionWords[s.low(k+1)] {
		return Value{}, i, false
	}
	u, next, _ := s.names.match(s, k)
	v := Value{Kind: Duration, Min: 2 * u.factor, Max: ceiling * u.factor, Unit: "s", Approximate: true, MaxOpen: true}
	if within {
		v.Min = math.Inf(-1)
	}
	return v, next, true
}
