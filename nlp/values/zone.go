package values

import "counterclaim/nlp/syntax"

// StatedZone reads a sentence that names the zone of a statement's times
// ("all times UTC", "Times are in Coordinated Universal Time (UTC)", "times
// are local (UTC+3)"), in minutes east of UTC, for Reference.Zone.
func StatedZone(tokens []syntax.Token) (minutes int, ok bool) {
	s := &scanner{tables: load(), atoms: atomize(tokens)}
	for i := range s.atoms {
		if !s.is(i, "times") || !s.is(i-1, "all", "(", "", "the", "*", ".") {
			continue
		}
		for k := i + 1; k < i+10 && k < len(s.atoms); k++ {
			if s.is(k, ".", ";", "!") {
				break
			}
			c := clock{next: k}
			if s.zoneAt(&c); c.zoned {
				return c.zone, true
			}
		}
	}
	return 0, false
}
