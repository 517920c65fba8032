package lines

import (
	"strconv"
	"strings"
)

// Count writes the number of an item of a list: '1' in digits, 'a' and 'A' in
// letters (z is followed by aa, then bb), 'i' and 'I' in Roman numerals.
func Count(kind byte, n int) string {
	if n < 1 || n > 4000 {
		return strconv.Itoa(n)
	}
	switch kind {
	case 'a':
		return strings.Repeat(string(rune('a'+(n-1)%26)), min((n-1)/26+1, 20))
	case 'A':
		return strings.ToUpper(Count('a', n))
	case 'i':
		return strings.ToLower(roman(n))
	case 'I':
		return roman(n)
	}
	return strconv.Itoa(n)
}

func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= d.value {
			b.WriteString(d.sign)
			n -= d.value
		}
	}
	return b.String()
}
