package entities

import "strings"

// acronym notes a short form that is introduced in brackets after a name, as
// in "Seven Lands Frontier Agency (SLFA)".
func (s *Statement) acronym(sc scene, c candidate, e Entity) {
	k := c.to
	if k+2 >= len(sc.ws) || sc.ws[k].lower != "(" {
		return
	}
	k++
	for k < len(sc.ws) && (sc.raw[k] == "" || sc.ws[k].lower == "the" || sc.ws[k].lower == "hereinafter") && sc.ws[k].lower != ")" {
		k++
	}
	from := k
	for k < len(sc.ws) && k < from+4 && sc.raw[k] != "" {
		k++
	}
	end := k
	for k < len(sc.ws) && sc.raw[k] == "" && sc.ws[k].lower != ")" {
		k++
	}
	if from == end || k >= len(sc.ws) || sc.ws[k].lower != ")" || !sc.ws[from].capital {
		return
	}
	short := fold(sc, from, end)
	if end-from == 1 && !initials(short, fold(sc, c.from, c.to)) {
		return
	}
	if end-from > 1 && !strings.Contains(fold(sc, c.from, c.to), sc.ws[end-1].lower) {
		return
	}
	// "chapter 11 of the Securities Market Act (SMA)": the Act, not the chapter.
	key := e.Key
	if e.Type == Document {
		for i := c.from + 1; i < c.to; i++ {
			if sc.ws[i].lower == "of" {
				from := i + 1
				if sc.ws[from].lower == "the" {
					from++
				}
				if rest := fold(sc, from, c.to); initialsOf(rest) == strings.ReplaceAll(short, ".", "") {
					key = rest
					break
				}
			}
		}
	}
	e.Key = key
	s.short[short] = e
}

// initials reports whether the letters of an acronym occur in order in the
// name, each at the beginning of a word or after one that does, the first at
// the beginning of the first word or the second.
func initials(short, name string) bool {
	short = strings.ReplaceAll(short, ".", "")
	words := strings.Fields(name)
	if len(short) < 2 || len(short) > 10 || len(words) == 0 {
		return false
	}
	at := 0 // word
	hits := 0
	for i := 0; i < len(short); i++ {
		for k := at; k < len(words); k++ {
			if words[k][0] == short[i] {
				hits++
				at = k + 1
				break
			}
		}
	}
	return hits >= 2 && 2*hits > len(short) || strings.Contains(name, short)
}
