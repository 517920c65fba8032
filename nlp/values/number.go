package values

import (
	"math"
	"strconv"
	"strings"
)

// scanner reads the atoms of one sentence.
type scanner struct {
	*tables
	atoms  []atom
	xpos   []string // of the atoms' tokens; nil without tags
	upos   []string
	lemma  []string
	ref    Reference
	future bool // the sentence speaks of the future
}

// low is atom i in lower case; empty outside the sentence.
func (s *scanner) low(i int) string {
	if i < 0 || i >= len(s.atoms) {
		return ""
	}
	return s.atoms[i].low
}

// at is atom i, or an empty one outside the sentence.
func (s *scanner) at(i int) atom {
	if i < 0 || i >= len(s.atoms) {
		return atom{}
	}
	return s.atoms[i]
}

func (s *scanner) is(i int, words ...string) bool {
	low := s.low(i)
	for _, w := range words {
		if low == w {
			return true
		}
	}
	return false
}

// hyphen says whether atom i joins its neighbours: a hyphen with no space about it.
func (s *scanner) hyphen(i int) bool {
	return s.is(i, "-", "‑", "–", "\u00ad") && s.at(i).glued && s.at(i+1).glued
}

// figure is a bare number as read from the text.
type figure struct {
	lo, hi float64 // equal unless vague
	step   float64
	next   int     // the atom after it
	spelt  bool    // in words
	digits string  // the figure as written, when it is a plain run of digits
	vague  bool    // "hundreds", "several"
	many   bool    // "a few", "several", "dozens": approximate by nature
	mult   float64 // the multiplier that ends it: 100 in "four hundred"; 0 if none
}

func exactly(v, step float64, next int) figure {
	return figure{lo: v, hi: v, step: step, next: next}
}

// figureAt reads a number at atom i.
func (s *scanner) figureAt(i int) (figure, bool) {
	if s.at(i).class == digit {
		return s.digitsAt(i)
	}
	if v, ok := fractionMarks[s.low(i)]; ok {
		return s.scale(figure{lo: v, hi: v, step: v, next: i + 1}), true
	}
	if s.at(i).class != word {
		return figure{}, false
	}
	if f, ok := s.vagueAt(i); ok {
		return f, true
	}
	return s.spelt(i)
}

// maxGroups bounds the groups of three digits in a number: 10^18 and beyond is
// no figure of a report.
const maxGroups = 6

// digitsAt reads digits with thousands separators, decimals and a multiplier.
func (s *scanner) digitsAt(i int) (figure, bool) {
	// Digits glued to letters or marks of a name: "S/2014/189", "F-16", "ML-77".
	if len(s.at(i).text) > 18 {
		return figure{}, false
	}
	var written strings.Builder
	written.WriteString(s.at(i).text)
	next, grouped := i+1, false
	if first := len(s.at(i).text); first <= 3 {
		for range maxGroups {
			separator := s.low(next)
			if (separator == "," || separator == "'" || separator == "’") && s.at(next).glued && s.at(next+1).glued && s.three(next+1) {
				written.WriteString(s.at(next + 1).text)
				next += 2
			} else if s.three(next) && !s.at(next).glued && s.at(next).start-s.at(next-1).end <= 3 && s.at(i).text != "0" &&
				!(grouped && s.is(next-2, ",")) {
				written.WriteString(s.at(next).text)
				next++
			} else {
				break
			}
			grouped = true
		}
	}
	decimals := 0
	if s.is(next, ".") && s.at(next).glued && s.at(next+1).class == digit && s.at(next+1).glued {
		decimals = len(s.at(next + 1).text)
		written.WriteString("." + s.at(next+1).text)
		next += 2
	}
	v, err := strconv.ParseFloat(written.String(), 64)
	if err != nil || math.IsInf(v, 0) {
		return figure{}, false
	}
	f := exactly(v, math.Pow(10, -float64(decimals)), next)
	if decimals == 0 {
		f.step = trailing(v)
		if !grouped {
			f.digits = written.String()
		}
	}
	if m, ok := fractionMarks[s.low(next)]; ok {
		f.lo += m
		f.hi, f.step, f.digits = f.lo, 0.25, ""
		f.next++
	} else if s.is(next, "and") && s.is(next+1, "a") && s.is(next+2, "half") {
		f.lo += 0.5
		f.hi, f.step, f.digits = f.lo, 0.5, ""
		f.next += 3
	}
	return s.scale(f), true
}

// three says whether atom i is a group of three digits that ends there.
func (s *scanner) three(i int) bool {
	return s.at(i).class == digit && len(s.at(i).text) == 3 && !(s.at(i+1).class == digit && s.at(i+1).glued) &&
		!(s.is(i+1, ":") && s.at(i+1).glued)
}

// trailing is the place of the last digit that is not zero: 100 for 2,900.
func trailing(v float64) float64 {
	if v == 0 || v != math.Trunc(v) {
		return 1
	}
	step := 1.0
	for step < 1e15 && math.Mod(v, step*10) == 0 {
		step *= 10
	}
	return step
}

// scale applies the multipliers after a figure: "2.4 billion", "three hundred thousand".
func (s *scanner) scale(f figure) figure {
	for range 3 {
		i := f.next
		if s.hyphen(i) {
			if _, ok := multipliers[s.low(i+1)]; ok {
				i++
			}
		}
		m, ok := multipliers[s.low(i)]
		if !ok {
			break
		}
		f.lo, f.hi, f.step, f.next, f.digits = f.lo*m, f.hi*m, f.step*m, i+1, ""
		f.mult = max(f.mult, 1) * m
	}
	return f
}

// spelt reads a number in words.
func (s *scanner) spelt(i int) (figure, bool) {
	start := i
	// "half a million", "half a dozen", "half a hundred"
	if s.is(i, "half") {
		k := i + 1
		if s.is(k, "a") {
			k++
		} else if s.hyphen(k) {
			k++
		}
		if m, ok := multipliers[s.low(k)]; ok && k > i+1 {
			return s.scale(figure{lo: m / 2, hi: m / 2, step: m / 2, next: k + 1, spelt: true}), true
		}
		return figure{}, false
	}
	if s.is(i, "threescore") {
		return figure{lo: 60, hi: 60, step: 20, next: i + 1, spelt: true}, true
	}
	if s.is(i, "a", "an") {
		if s.is(i+1, "couple") {
			k := i + 2
			if s.is(k, "of") {
				k++
			}
			f := s.scale(figure{lo: 2, hi: 3, step: 1, next: k, spelt: true, vague: true, many: true})
			return f, true
		}
		if _, ok := multipliers[s.low(i+1)]; !ok {
			return figure{}, false
		}
		i++
	} else if s.is(i, "couple") {
		return figure{}, false
	}
	// "two-and-twenty"
	if v, ok := smallNumbers[s.low(i)]; ok && s.hyphen(i+1) && s.is(i+2, "and") && s.hyphen(i+3) {
		if t, ok := tens[s.low(i+4)]; ok {
			return s.scale(figure{lo: t + v, hi: t + v, step: 1, next: i + 5, spelt: true}), true
		}
	}
	var total, current, cap float64
	cap = math.Inf(1)
	last := ""  // class of the last word
	half := 0.0 // "and a half"
	pieces := 0
	next := i
loop:
	for k := i; pieces < 16; pieces++ {
		if pieces > 0 && s.hyphen(k) {
			k++
		} else if pieces > 0 && s.is(k, "and") && (last == "hundred" || last == "multiplier") {
			k++
		}
		low := s.low(k)
		if v, ok := smallNumbers[low]; ok && (last == "" || last == "tens" || last == "hundred" || last == "multiplier") {
			current += v
			last = "small"
		} else if v, ok := teens[low]; ok && (last == "" || last == "hundred" || last == "multiplier") {
			current += v
			last = "teen"
		} else if v, ok := tens[low]; ok && (last == "" || last == "hundred" || last == "multiplier") {
			current += v
			last = "tens"
		} else if m, ok := multipliers[low]; ok {
			if m > 20 && m <= 100 && last != "hundred" && last != "multiplier" || m <= 20 && last != "hundred" {
				current = math.Max(current, 1) * m
				last = "hundred"
			} else if m > 100 && m < cap {
				total += math.Max(current, 1) * m
				current, cap = 0, m
				last = "multiplier"
			} else {
				break loop
			}
			if s.is(k+1, "and") && s.is(k+2, "a") && s.is(k+3, "half") {
				half = m / 2
				next = k + 4
				break loop
			}
		} else {
			break loop
		}
		k++
		next = k
	}
	if next == i || last == "" {
		return figure{}, false
	}
	v := total + current + half
	f := figure{lo: v, hi: v, step: trailing(v), next: next, spelt: true}
	if half > 0 {
		f.step = half
		return f, true
	}
	if last == "multiplier" || last == "hundred" {
		f.mult = multipliers[s.low(next-1)]
	}
	if s.is(start, "dozen") || s.is(next-1, "dozen") || s.is(next-1, "score") {
		f.step = multipliers[s.low(next-1)]
	}
	// "five point four million"
	if s.is(next, "point") && v < 100 {
		place := 1.0
		k := next + 1
		for range 6 {
			d, ok := smallNumbers[s.low(k)]
			if !ok && !s.is(k, "nought", "zero", "oh") {
				break
			}
			place /= 10
			f.lo += d * place
			k++
		}
		if place < 1 {
			f.hi, f.step, f.next = f.lo, place, k
			return s.scale(f), true
		}
	}
	// "two and a half million"
	if s.is(next, "and") && s.is(next+1, "a") && s.is(next+2, "half", "quarter") {
		part := 1 / fractions[s.low(next+2)]
		f.lo += part
		f.hi, f.step, f.next = f.lo, part, next+3
		return s.scale(f), true
	}
	return f, true
}

// vagueAt reads "hundreds of thousands", "several hundred", "a few", "dozens".
func (s *scanner) vagueAt(i int) (figure, bool) {
	if s.is(i, "several") {
		f := figure{lo: 3, hi: math.Inf(1), step: 1, next: i + 1, spelt: true, vague: true, many: true}
		return s.vagueScale(f, 3, 10), true
	}
	if s.is(i, "a") && s.is(i+1, "few", "handful") || s.is(i, "few") && s.is(i-1, "the", "these", "those", "his", "her", "our", "their") {
		next := i + 1
		if s.is(i, "a") {
			next++
		}
		f := figure{lo: 2, hi: 10, step: 1, next: next, spelt: true, vague: true, many: true}
		if s.is(next-1, "handful") {
			return f, true
		}
		return s.vagueScale(f, 2, 10), true
	}
	m, ok := pluralMultipliers[s.low(i)]
	if !ok || s.is(i-1, "roaring") || s.is(i, "scores", "tens") && !s.is(i+1, "of") {
		return figure{}, false
	}
	f := figure{lo: 2 * m, hi: 10 * m, step: m, next: i + 1, spelt: true, vague: true, many: true}
	if s.is(i+1, "of") {
		if inner, ok := pluralMultipliers[s.low(i+2)]; ok {
			f.lo, f.hi, f.step, f.next = 2*m*inner, 10*m*inner, m*inner, i+3
		}
	} else if s.is(i+1, "upon", "and") && s.low(i+2) == s.low(i) {
		f.next = i + 3
	}
	return f, true
}

// vagueScale reads the multiplier after "several" or "a few".
func (s *scanner) vagueScale(f figure, lo, hi float64) figure {
	if m, ok := multipliers[s.low(f.next)]; ok && m != 20 {
		f.lo, f.hi, f.step, f.next = lo*m, hi*m, m, f.next+1
		f = s.scale(f)
	}
	return f
}
