package segment

import (
	"strings"

	"github.com/jdkato/prose/v2"
)

// maxWord is the length in bytes above which the middle of a word is masked
// before the engine sees it: its regular expressions run over whole words,
// and no abbreviation or stop is decided by the middle of such a word.
const maxWord = 120

// engineStops returns the offsets of text at which prose ends a sentence.
// What lies outside the blocks is hidden from it.
func engineStops(text string, blocks []Span) map[int]bool {
	masked := mask(text, blocks)
	doc, err := prose.NewDocument(masked,
		prose.WithTagging(false),    // without these three no model but
		prose.WithExtraction(false), // Punkt is loaded
		prose.WithTokenization(false),
	)
	stops := map[int]bool{}
	if err != nil { // prose has no failing path here; the model copes without its verdict
		return stops
	}
	// prose gives its sentences as trimmed copies, in order: each is the next
	// occurrence after the one before, only white space between them.
	at := 0
	for _, s := range doc.Sentences() {
		i := strings.Index(masked[at:], s.Text)
		if i < 0 {
			break
		}
		at += i + len(s.Text)
		stops[at] = true
	}
	return stops
}

// mask returns text with everything outside the blocks, and the middle of
// overlong words, overwritten byte for byte, so that offsets stay the same.
// The closing line break is there because the engine drops a last word that
// ends in a character of several bytes.
func mask(text string, blocks []Span) string {
	b := make([]byte, len(text)+1)
	for i := range b {
		b[i] = '\n'
	}
	for _, s := range blocks {
		copy(b[s.Start:s.End], text[s.Start:s.End])
	}
	start := 0
	for i, c := range b {
		if c > ' ' {
			continue
		}
		if i-start > maxWord {
			for j := start + maxWord/2; j < i-maxWord/2; j++ {
				b[j] = 'x'
			}
		}
		start = i + 1
	}
	return string(b)
}
