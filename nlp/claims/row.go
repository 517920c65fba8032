package claims

import (
	"strings"
	"unicode"
)

// cellWords is how many words a cell of a row of data has at most.
const cellWords = 8

// Row finds the claim in text[start:end] where that is a row of a table of
// data, cells joined by " | ", as the reader writes it: the row as a whole
// says what its figures are. It is false for other text, for the row that
// names the columns, and where a cell holds sentences.
func Row(text string, start, end int) (Span, bool) {
	cells := strings.Split(strings.TrimSpace(text[start:end]), " | ")
	if len(cells) < 2 {
		return Span{}, false
	}
	figures := 0
	for _, c := range cells {
		if len(strings.Fields(c)) > cellWords {
			return Span{}, false
		}
		if strings.ContainsFunc(c, unicode.IsDigit) && strings.IndexFunc(c, unicode.IsLetter) < 0 {
			figures++
		}
	}
	if figures == 0 {
		return Span{}, false
	}
	return Trim(text, Span{start, end})
}
