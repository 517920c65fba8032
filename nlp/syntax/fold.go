package syntax

import (
	"strings"
	"unicode/utf8"
)

// fold maps typographic quotation marks, dashes and the ellipsis to ASCII, so
// that a model trained on plain text meets what it knows.
var fold = strings.NewReplacer("‘", "'", "’", "'", "‛", "'", "ʼ", "'", "`", "'", "´", "'", "“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`,
	"–", "-", "—", "--", "−", "-", "…", "...", "‑", "-", "‐", "-")

// foldForm is fold with the short cut for plain ASCII.
func foldForm(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || s[i] == '`' {
			return fold.Replace(s)
		}
	}
	return s
}
