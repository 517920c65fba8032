package segment

import (
	"strings"
	"sync"
	"unicode"
	_ "unsafe" // for go:linkname

	_ "github.com/jdkato/prose/v2" // holds the engine
	"gopkg.in/neurosnap/sentences.v1"
)

// proseEngine makes prose's sentence tokenizer: Punkt with what prose adds to
// it. prose.NewDocument makes one for every text, which takes 10 ms to read
// its data, as long as all else that is done with a page; so it is called
// here once. It is not exported, and v2.0.0 is the last version of v2: see
// TestEngine, which compares it with prose.NewDocument.
//
//go:linkname proseEngine github.com/jdkato/prose/v2.newSentenceTokenizer
func proseEngine(*sentences.Storage) (*sentences.DefaultSentenceTokenizer, error)

// engine is shared: it only reads its data.
var engine = sync.OnceValue(func() *sentences.DefaultSentenceTokenizer {
	e, err := proseEngine(nil)
	if err != nil {
		panic("the data of the sentence engine are broken: " + err.Error()) // they are in the binary
	}
	return e
})

// maxWord is the length in bytes above which the middle of a word is masked
// before the engine sees it: its regular expressions run over whole words,
// and no abbreviation or stop is decided by the middle of such a word.
const maxWord = 120

// engineStops returns the offsets of text at which prose ends a sentence.
// What lies outside the blocks is hidden from it.
func engineStops(text string, blocks []Span) map[int]bool {
	masked := mask(text, blocks)
	stops := map[int]bool{}
	for _, s := range engine().Tokenize(masked) {
		stops[s.Start+len(strings.TrimRightFunc(s.Text, unicode.IsSpace))] = true
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
