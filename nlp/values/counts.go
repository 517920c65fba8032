package values

import (
	"strconv"
	"strings"
)

// nounish says whether atom i may belong to the noun phrase that a number counts.
func (s *scanner) nounish(i int) bool {
	a := s.at(i)
	if a.class != word || functionWords[a.low] {
		return false
	}
	if smallNumbers[a.low] > 0 || teens[a.low] > 0 || tens[a.low] > 0 {
		return false
	}
	if s.upos != nil && s.upos[i] != "" {
		switch s.upos[i] {
		case "NOUN", "PROPN", "ADJ":
			return true
		case "VERB":
			// "two warning shots": a participle before its noun
			participle := strings.HasSuffix(a.low, "ing") || strings.HasSuffix(a.low, "ed")
			return fates[a.low] || participle && i+1 < len(s.upos) && s.upos[i+1] == "NOUN"
		}
		return plurals[a.low]
	}
	return true
}

// isNoun says whether atom i is tagged as a noun; without tags it guesses.
func (s *scanner) isNoun(i int) bool {
	if s.upos != nil && s.upos[i] != "" {
		return s.upos[i] == "NOUN" || s.upos[i] == "PROPN" || plurals[s.low(i)] || fates[s.low(i)]
	}
	return true
}

// count finds what v counts. from and next are its first atom and the one after
// it. It returns the atom after the value, which takes in a whole: "31 of 44".
func (s *scanner) count(v *Value, from, next int) (end int) {
	end = next
	k := next
	// "31 of 44 farms", "three of the crew", "three of its 44 farms"
	if s.is(k, "of") {
		k++
		if s.is(k, "the", "these", "those", "his", "her", "its", "our", "their", "my", "your", "all", "them", "us") {
			if s.is(k, "them", "us") {
				return end
			}
			k++
		}
		if s.is(k, "whom", "which", "what") {
			return end
		}
		if f, ok := s.figureAt(k); ok && !f.vague && f.lo >= v.Max && v.Max > 0 {
			if u := s.suffix(f); u.kind != Number {
				return end
			}
			v.Of = f.lo
			k, end = f.next, f.next
		}
	} else if s.is(k, "or", "and") && (s.is(k+1, "so")) {
		k += 2
	}
	if s.hyphen(k) {
		k++
	}
	// A quantity between the number and its noun: "thirty-four 152 mm shells".
	if s.at(k).class == digit {
		if f, ok := s.figureAt(k); ok {
			if u := s.suffix(f); u.kind == Quantity {
				k = u.next
			}
		}
	}
	head := -1
	plural := v.Max != 1
	for n := k; n < k+6 && n < len(s.atoms); n++ {
		low := s.low(n)
		if s.hyphen(n) || s.is(n, ",") && n > k && n < k+3 && head < 0 && s.nounish(n+1) && !s.isNoun(n-1) {
			continue
		}
		if s.is(n, "'", "’") && s.is(n+1, "s") && head < 0 && n > k { // "two of the operator's men"
			n++
			continue
		}
		if s.is(n, "more", "other", "further", "additional", "new", "fewer", "such") && n == k {
			continue
		}
		if !s.nounish(n) {
			break
		}
		if !s.isNoun(n) {
			continue
		}
		if plural && pluralLike(low) || fates[low] && n == k {
			head = n
			if n+1 < len(s.atoms) && s.nounish(n+1) && pluralLike(s.low(n+1)) && !fates[s.low(n+1)] && s.isNoun(n+1) && plurals[low] {
				continue // "police officers"
			}
			break
		}
		if !plural {
			if head >= 0 && len(low) > 3 && low[len(low)-2:] == "ed" {
				break
			}
			head = n
			if s.upos == nil {
				break
			}
		} else if s.upos != nil && s.upos[n] == "NOUN" && (n+1 >= len(s.atoms) || !s.nounish(n+1)) && !(s.is(n+1, "'", "’") && s.is(n+2, "s")) {
			head = n
		} else if n == k && s.at(n).text != low && len(low) <= 4 && allUpper(s.at(n).text) && !s.nounish(n+1) {
			head = n // "13 POB"
		}
	}
	if head < 0 {
		// "Deaths, 3; missing, 1", "wounded: nine", "a crew of four"
		before := from - 1
		switch {
		case !s.closes(next) && !functionWords[s.low(next)]:
			return end
		case s.is(before, ":", ",") && s.is(before-1, "(") || s.is(before, "of") && !s.nounish(before-1):
			return end
		case s.is(before, ":") && s.nounish(before-1) && before == 1, s.is(before, "of") && collectives[s.low(before-1)],
			s.is(before, ",") && s.nounish(before-1) && (pluralLike(s.low(before-1)) || fates[s.low(before-1)]) && (before < 2 || s.closes(before-2)):
			head = before - 1
		default:
			return end
		}
	}
	// "nine relays of fourteen"
	if v.Of == 0 && s.is(head+1, "of") && head >= k && v.point() {
		if f, ok := s.figureAt(head + 2); ok && !f.vague && f.lo > v.Max && (s.closes(f.next) || functionWords[s.low(f.next)]) {
			if u := s.suffix(f); u.kind == Number {
				v.Of, end = f.lo, f.next
			}
		}
	}
	at := s.atoms[head]
	v.Counts = singular(at.low)
	if s.lemma != nil && s.lemma[head] != "" && s.lemma[head] != "_" && !plurals[at.low] {
		v.Counts = s.lemma[head]
	}
	v.CountsStart, v.CountsEnd = at.start, at.end
	return end
}

// collectives are nouns that are themselves what is counted: "a crew of four".
var collectives = set("crew committee team family group party force garrison population crowd contingent staff household delegation squad patrol jury panel board band gang workforce")

func allUpper(w string) bool {
	for _, r := range w {
		if r < 'A' || r > 'Z' {
			return false
		}
	}
	return len(w) > 1
}

// zeroAt reads counts of none: "no", "none", "nobody", "not one", and "both".
func (s *scanner) zeroAt(i int) (Value, int, bool) {
	v := Value{Kind: Number, Step: 1}
	switch {
	case s.is(i, "nobody"), s.is(i, "no") && s.is(i+1, "one"):
		next := i + 1
		if s.is(i, "no") {
			next++
		}
		v.Counts, v.CountsStart, v.CountsEnd = "person", s.at(i).start, s.at(next-1).end
		return v, next, true
	case s.is(i, "none") && !s.is(i+1, "the"):
		s.count(&v, i, i+1)
		return v, i + 1, true
	case s.is(i, "zero", "nil", "nought"):
		if s.hyphen(i + 1) {
			return v, i, false
		}
		u := s.suffix(exactly(0, 1, i+1))
		v.Kind, v.Unit = u.kind, u.unit
		if v.Kind == Number {
			s.count(&v, i, i+1)
		}
		return v, u.next, true
	case s.is(i, "not") && s.is(i+1, "one") && !s.is(i+2, "but", "to", "that") || s.is(i, "not") && s.is(i+1, "a") && s.is(i+2, "single"),
		s.is(i, "no") && s.is(i+1, "single"):
		next := i + 2
		if s.is(i+2, "single") {
			next++
		}
		one := v
		one.Max = 1
		s.count(&one, i, next)
		v.Counts, v.CountsStart, v.CountsEnd = one.Counts, one.CountsStart, one.CountsEnd
		return v, next, true
	case s.is(i, "no") && s.nounish(i+1) && !s.is(i+1, "doubt", "matter", "such", "way", "means", "good", "need", "question", "sooner", "longer", "wonder", "account", "use", "time", "case", "sense", "surprise", "place", "different", "circumstances", "choice", "right", "reason", "idea", "sign", "alternative", "thank", "thanks", "safer", "better", "worse", "closer", "nearer", "part", "party", "secret", "business", "intention", "wish", "objection", "better"):
		s.count(&v, i, i+1)
		if v.Counts == "" && (s.closes(i+2) || functionWords[s.low(i+2)]) {
			at := s.at(i + 1)
			v.Counts, v.CountsStart, v.CountsEnd = singular(at.low), at.start, at.end
		}
		return v, i + 1, v.Counts != ""
	case s.is(i, "both") && (s.is(i+1, "of") && s.is(i+2, "the", "his", "her", "its", "our", "their", "these", "those") || pluralLike(s.low(i+1)) && s.nounish(i+1) && !s.is(i+2, "and")):
		v.Min, v.Max = 2, 2
		s.count(&v, i, i+1)
		return v, i + 1, true
	}
	return v, i, false
}

// ordinalAt reads "the third", "14th", "twenty-first".
func (s *scanner) ordinalAt(i int) (Value, int, bool) {
	v, next := 0.0, i+1
	determined := s.is(i-1, "the", "his", "her", "its", "our", "their", "my", "your", "this", "that", "a", "s")
	if f := s.at(i); f.class == digit && len(f.text) <= 4 && s.is(i+1, "st", "nd", "rd", "th") && s.at(i+1).glued {
		for _, r := range f.text {
			v = v*10 + float64(r-'0')
		}
		next = i + 2
	} else if o, ok := ordinals[s.low(i)]; ok && determined {
		v = o
	} else if t, ok := tens[s.low(i)]; ok && s.hyphen(i+1) {
		if o, ok := ordinals[s.low(i+2)]; ok && o < 10 {
			v, next = t+o, i+3
		}
	}
	if v == 0 || s.is(next, "-") && s.is(next+1, "hand", "party", "rate", "class", "degree") {
		return Value{}, i, false
	}
	value := Value{Kind: Ordinal, Min: v, Max: v, Step: 1}
	if s.nounish(next) {
		one := value
		one.Max = 1
		s.count(&one, i, next)
		value.Counts, value.CountsStart, value.CountsEnd = one.Counts, one.CountsStart, one.CountsEnd
	}
	return value, next, true
}

// OrdinalOf reads one word as an ordinal, whatever it stands on: "third",
// "14th".
func OrdinalOf(word string) (float64, bool) {
	word = strings.ToLower(word)
	if v, ok := ordinals[word]; ok {
		return v, true
	}
	if n := len(word) - 2; n > 0 {
		switch word[n:] {
		case "st", "nd", "rd", "th":
			v, err := strconv.ParseUint(word[:n], 10, 32)
			return float64(v), err == nil
		}
	}
	return 0, false
}
