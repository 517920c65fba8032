package wording

import "strings"

// Inert puts an apostrophe before a cell of a table that a spreadsheet would
// run as a formula: one that begins with = + - @, a tab, a line break, or the
// full-width forms of those signs. Source: OWASP, "CSV Injection".
func Inert(s string) string {
	if formula(s) {
		return "'" + s
	}
	return s
}

// InertExact is like Inert, but says what the exact text was: one apostrophe
// is to be taken away where a cell begins with apostrophes and a sign.
func InertExact(s string) string {
	if formula(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

func formula(s string) bool {
	for _, sign := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, sign) {
			return true
		}
	}
	return false
}
