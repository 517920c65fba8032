package segment

import "unicode/utf8"

// No reader and no writer holds a sentence of hundreds of words: what is that
// long without an end is a transcript without stops, a list, or damaged text.
// What follows on segmentation has costs that grow faster than a sentence, so
// such a run is cut into pieces of the length of long sentences. The size of a
// word is 1 and one for each mark in it: about what it has of tokens. The
// longest of the 18,000 sentences that the program was tried on has 120 words.
const (
	longestSize, longestBytes = 300, 4000 // of a sentence
	pieceSize                 = 60        // of a piece of a longer run
	chopSize, chopBytes       = 60, 1000  // of a word in a longer run, else it is chopped
	chunkBytes                = 120       // of a part of a chopped word
)

// shorten cuts the sentences that are too long. words are those of the block.
func shorten(text string, words []word, sentences []Span) []Span {
	out := sentences[:0:0]
	at := 0
	for _, s := range sentences {
		first, size := at, 0
		for at < len(words) && words[at].end <= s.End {
			size += sizeOf(text, &words[at])
			at++
		}
		if size <= longestSize && s.End-s.Start <= longestBytes {
			out = append(out, s)
			continue
		}
		out = append(out, pieces(text, chopped(text, words[first:at]))...)
	}
	return out
}

func sizeOf(text string, w *word) int {
	n := 1
	for i := w.start; i < w.end; i++ {
		if c := text[i]; c < utf8.RuneSelf && !(c >= '0' && c <= '9' || c|32 >= 'a' && c|32 <= 'z') {
			n++
		}
	}
	return n
}

// pieces cuts a run of words at the best places.
func pieces(text string, words []word) []Span {
	var out []Span
	for len(words) > 0 {
		n, best, size := 1, -1, 0
		for i := range words {
			if size += sizeOf(text, &words[i]); size > pieceSize {
				break
			}
			if i == len(words)-1 {
				n = len(words)
				break
			}
			// A piece may end early for a better place, but not very early.
			if fit := placeToCut(text, &words[i], &words[i+1]); fit >= best || size <= pieceSize/3 {
				n, best = i+1, fit
			}
		}
		out = append(out, Span{words[0].start, words[n-1].end})
		words = words[n:]
	}
	return out
}

// placeToCut says how well a run is cut between two words.
func placeToCut(text string, before, after *word) int {
	switch before.term {
	case '.', '?', '!', ellipsis, mixed:
		return 4
	case ';', ':':
		return 3
	case ',', dash:
		return 2
	}
	if joiners[lowerASCII(text[after.from:after.to])] {
		return 1
	}
	return 0
}

// joiners begin a clause.
var joiners = map[string]bool{
	"and": true, "but": true, "or": true, "so": true, "then": true, "because": true, "although": true, "though": true,
	"while": true, "when": true, "where": true, "which": true, "who": true, "if": true, "that": true,
}

// chopped gives the words with those cut into parts that are far longer than
// words are: such a run of letters and marks without white space is none.
func chopped(text string, words []word) []word {
	var out []word
	for i := range words {
		w := &words[i]
		if w.end-w.start <= chopBytes && sizeOf(text, w) <= chopSize {
			out = append(out, *w)
			continue
		}
		for start := w.start; start < w.end; {
			end := min(start+chunkBytes, w.end)
			for end < w.end && end > start+1 && !utf8.RuneStart(text[end]) {
				end--
			}
			out = append(out, describe(text, start, end, word{glued: start > w.start || w.glued}))
			start = end
		}
	}
	return out
}
