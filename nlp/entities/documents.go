package entities

import "strings"

// documents finds what is named by number or by kind: "S/2014/136",
// "resolution 1374 (2030)", "Article 51 of the Charter of the United Nations",
// "the Helsinki Final Act of 1975", "the 2029 accord".
func documents(sc scene) []candidate {
	var out []candidate
	for i := 0; i < len(sc.ws); i++ {
		from, to := document(sc, i)
		if to > from {
			out = append(out, candidate{span: span{from, to, Document}, fixed: true})
			i = to - 1
		}
	}
	return out
}

func document(sc scene, i int) (from, to int) {
	w := func(k int) *word {
		if k < 0 || k >= len(sc.ws) {
			return &edge
		}
		return &sc.ws[k]
	}
	if n := symbol(sc, i); n > 0 {
		return i, i + n
	}
	switch {
	case w(i).clue == "" || !strings.HasPrefix(w(i).clue, "document"):
		return 0, 0
	// "resolution 1374 (2030)", "Article 51 (1)"
	case isNumber(w(i + 1).lower):
		to = i + 2
		if w(to).lower == "(" && isNumber(w(to+1).lower) && w(to+2).lower == ")" {
			to += 3
		}
		return i, ofName(sc, to)
	// "the 2029 accord": a year names a treaty
	case year(w(i-1).lower) && treaty(w(i).lower) && definite(w(i-2).lower):
		return i - 1, i + 1
	// "Erzelin Accord", "Final Act of 1975", "Charter of the United Nations"
	case w(i).capital:
		from = i
		for from > 0 && w(from-1).capital && w(from-1).clue != "title" && from > i-5 && (from > 1 || !w(from-1).common) {
			from--
		}
		if from == i && generic(w(i).lower) {
			return 0, 0
		}
		to = ofName(sc, i+1)
		if w(to).lower == "of" && year(w(to+1).lower) {
			to += 2
		}
		if to-from > 1 {
			return from, to
		}
	}
	return 0, 0
}

// generic reports whether a document is no name by its kind and its author
// alone: "Statement of the Ministry", but "the Trilateral Statement".
func generic(w string) bool {
	switch w {
	case "statement", "letter", "report", "annex", "bill", "act", "law", "code", "agreement", "declaration", "communique", "chapter", "amendment", "decree", "directive", "regulation":
		return true
	}
	return false
}

// ofName extends a document's name over "of the Charter of the United
// Nations".
func ofName(sc scene, to int) int {
	for n := 0; n < 3 && to+1 < len(sc.ws) && sc.ws[to].lower == "of"; n++ {
		k := to + 1
		if w := sc.ws[k].lower; w == "the" || w == "these" {
			k++
		}
		if k >= len(sc.ws) || !sc.ws[k].capital {
			break
		}
		for start := k; k < len(sc.ws) && sc.ws[k].capital && k-start < maxSpan; {
			k++
		}
		to = k
	}
	return to
}

// symbol returns the number of tokens of a document's symbol that begins at
// token i, 0 if there is none: capitals, then numbers after slashes, without a
// blank.
func symbol(sc scene, i int) int {
	text := ""
	n := 0
	for k := i; k < len(sc.tokens) && len(text) < 40 && (k == i || sc.tokens[k].Start == sc.tokens[k-1].End); k++ {
		if len(sc.tokens[k].Text) > 40 {
			break
		}
		text += sc.tokens[k].Text
		if isSymbol(text) {
			n = k - i + 1
		}
	}
	return n
}

func isSymbol(s string) bool {
	if len(s) < 4 || len(s) > 40 || s[0] < 'A' || s[0] > 'Z' {
		return false
	}
	slashes, digits := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '/':
			slashes++
		case c >= '0' && c <= '9':
			digits++
		case c >= 'A' && c <= 'Z', c == '.', c == '-':
		case c >= 'a' && c <= 'z' && slashes > 1: // "/Rev.1", "/Add.2"
		default:
			return false
		}
	}
	last := s[len(s)-1]
	return slashes > 0 && digits > 0 && last >= '0' && last <= '9'
}

func year(w string) bool {
	return len(w) == 4 && (w[0] == '1' || w[0] == '2') && isNumber(w[1:]) && isNumber(w[2:]) && isNumber(w[3:])
}

func treaty(w string) bool {
	switch w {
	case "accord", "accords", "agreement", "treaty", "convention", "protocol", "pact", "memorandum", "declaration", "constitution", "covenant", "act", "charter", "truce", "ceasefire":
		return true
	}
	return false
}
