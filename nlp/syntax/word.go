package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is what the models see of a token: hashes of its folded form, its
// affixes and its shape.
type word struct {
	form, lower    uint64
	prefix, suffix [5]uint64 // of length 1, 2, 3, 4, 5 of the lower-cased form; 0 where the form is shorter
	shape          uint64
	usual          uint64 // the tags that the word usually has; see tagger.lexicon
}

// noWord stands before the first and after the last token.
var noWord = word{form: 2, lower: 2, shape: 2, usual: 2}

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

// maxForm is the number of bytes of a token that the models look at.
const maxForm = 64

func newWord(text string) word {
	if len(text) > maxForm {
		text = text[:maxForm]
	}
	text = foldForm(text)
	lower := strings.ToLower(text)
	w := word{form: hashString(text), lower: hashString(lower)}
	end := 0
	for k := 0; k < len(w.prefix) && end < len(lower); k++ {
		_, size := utf8.DecodeRuneInString(lower[end:])
		end += size
		w.prefix[k] = hashString(lower[:end])
	}
	start := len(lower)
	for k := 0; k < len(w.suffix) && start > 0; k++ {
		_, size := utf8.DecodeLastRuneInString(lower[:start])
		start -= size
		w.suffix[k] = hashString(lower[start:])
	}
	w.shape = shape(text)
	return w
}

// shape hashes the outline of a form: "Xxx", "XX", "dd", "Xx-dd"; runs longer
// than two are cut to two.
func shape(text string) uint64 {
	h := uint64(7)
	var last rune
	run := 0
	for _, r := range text {
		switch {
		case unicode.IsUpper(r):
			r = 'X'
		case unicode.IsLetter(r):
			r = 'x'
		case unicode.IsDigit(r):
			r = 'd'
		}
		if r == last {
			run++
		} else {
			last, run = r, 1
		}
		if run <= 2 {
			h = mix(h, uint64(r))
		}
	}
	return h
}
