package casefile

import (
	"slices"
	"strings"
)

// Nearest returns the word of known that is most like word, by edit distance
// without regard to case, or "" if none is closer than half of its length.
// Of equals, the first in known wins.
func Nearest(word string, known []string) string {
	if len(word) > longestName {
		return ""
	}
	best, bestDistance := "", -1
	for _, k := range known {
		d := editDistance(strings.ToLower(word), strings.ToLower(k))
		if 2*d <= max(len(k), len(word)) && (bestDistance < 0 || d < bestDistance) {
			best, bestDistance = k, d
		}
	}
	return best
}

// longestName bounds, in bytes, what can be a slip of the hand.
const longestName = 255

// editDistance is Levenshtein's distance in bytes.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			substitution := diagonal
			if a[i] != b[j] {
				substitution++
			}
			diagonal = row[j+1]
			row[j+1] = slices.Min([]int{substitution, row[j+1] + 1, row[j] + 1})
		}
	}
	return row[len(b)]
}
