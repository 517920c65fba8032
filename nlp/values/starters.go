package values

import (
	"strings"
	"sync"
)

// starters are the words with which a value may begin; all others are passed
// over at once.
var starters = sync.OnceValue(func() map[string]bool {
	m := set(`a an several few couple dozen threescore half quarter once twice thrice every between from for within in after over
		the this last next that these past current following yesterday today tomorrow tonight overnight noon midnight
		shortly just soon immediately moments minutes long well before by until till since no not at up as towards toward
		about around approximately circa near nearly almost roughly exactly precisely
		nobody none aged zero nil nought both early mid late end q year us minus coming`)
	add := func(words map[string]float64) {
		for w := range words {
			m[w] = true
		}
	}
	add(smallNumbers)
	add(teens)
	add(tens)
	add(multipliers)
	add(pluralMultipliers)
	add(ordinals)
	for w := range months {
		m[w] = true
	}
	for w := range weekdays {
		m[w] = true
	}
	for w := range seasons {
		m[w] = true
	}
	t := load()
	for w := range t.before {
		m[w] = true
	}
	for w := range t.dayParts {
		m[w] = true
	}
	for w := range t.moneyCodes {
		m[strings.ToLower(w)] = true
	}
	return m
})
