package main

import (
	"slices"
	"strings"
)

// englishWords are frequent in English of any register, and no words of the
// other large languages in Latin script.
var englishWords = strings.Fields(`the of and to that with by not from which have has had were are been their they
	this these our will would it its who for on as be at`)

// looksEnglish says whether a text is English, or too short to tell. In
// English prose the words above are a third of all words, in telegraphic
// notes a sixth; in other languages hardly any.
func looksEnglish(text string) bool {
	const enough, sample, share = 20, 2000, 0.10
	words, english := 0, 0
	for w := range strings.FieldsSeq(text) {
		w = strings.ToLower(strings.Trim(w, ".,;:!?()[]\"'“”‘’*_#|>-–—"))
		if w == "" {
			continue
		}
		if words++; words > sample {
			break
		}
		if slices.Contains(englishWords, w) {
			english++
		}
	}
	return words < enough || float64(english) >= share*float64(words)
}
