package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a run of text without white space, or a part of one where two
// sentences may be run together ("world.Today"). A spaced ellipsis (". . .")
// is one word.
type word struct {
	start, end int
	glued      bool // no white space before it
	newline    bool // a line break before it

	from, to int  // the word without the quotes and brackets around it and the stop after it
	term     byte // its last sign inside quotes and brackets: see termOf
	closed   bool // a closing quote or bracket after term
	first    byte // kind of its first letter inside quotes and brackets: U l d or p
	parens   int  // round and square brackets opened, less those closed
	quotes   int  // straight and curly double quotes
}

// Kinds of term.
const (
	none     = 'w' // a letter or digit
	ellipsis = 'E' // two or more dots
	mixed    = 'M' // several of ? and !
	dash     = 'D' // an em dash, or two hyphens
	other    = 'o'
)

func isStop(term byte) bool {
	switch term {
	case '.', '?', '!', ellipsis, mixed:
		return true
	}
	return false
}

// split returns the words of a block.
func split(text string, block Span) []word {
	var out []word
	i := block.Start
	newline := false
	for i < block.End {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:block.End])
		}
		if unicode.IsSpace(r) {
			newline = newline || r == '\n'
			i += n
			continue
		}
		start := i
		for i < block.End {
			r, n = rune(text[i]), 1
			if r >= utf8.RuneSelf {
				r, n = utf8.DecodeRuneInString(text[i:block.End])
			}
			if unicode.IsSpace(r) {
				break
			}
			i += n
		}
		if k := len(out) - 1; k >= 0 && !newline && text[start:i] == "." && i-out[k].start <= 40 && onlyDots(text[out[k].start:out[k].end]) {
			out[k] = describe(text, out[k].start, i, out[k])
			continue
		}
		first := true
		for _, cut := range runTogether(text[start:i]) {
			w := describe(text, start, start+cut, word{glued: !first, newline: newline && first})
			out = append(out, w)
			start += cut
			first = false
		}
		out = append(out, describe(text, start, i, word{glued: !first, newline: newline && first}))
		newline = false
	}
	return out
}

func onlyDots(s string) bool { return strings.Trim(s, ". ") == "" }

// runTogether returns the lengths of the parts into which a word may be cut
// because a stop inside it is followed by a letter; the last part is left
// out. Addresses and file names have none.
func runTogether(s string) []int {
	if len(s) < 4 || len(s) > 2000 || strings.ContainsAny(s, "@/\\=_") {
		return nil
	}
	if !strings.ContainsAny(s, ".?!") && !strings.Contains(s, "…") {
		return nil
	}
	if len(s) > 4 && strings.EqualFold(s[:4], "www.") {
		return nil
	}
	var cuts []int
	last := 0
	for i := 2; i < len(s)-1; i++ {
		if c := s[i]; c != '.' && c != '?' && c != '!' {
			continue
		}
		// Two letters or digits must stand before the stop: not "U.S.A".
		before := s[last:i]
		end := i + 1
		for end < len(s) && strings.IndexByte(".?!\"')", s[end]) >= 0 {
			end++
		}
		if end >= len(s) {
			break
		}
		next, _ := utf8.DecodeRuneInString(s[end:])
		a, _ := utf8.DecodeLastRuneInString(before)
		b, _ := utf8.DecodeLastRuneInString(before[:max(0, len(before)-1)])
		plain := s[i] == '.' && end == i+1
		switch {
		case plain && !(unicode.IsUpper(next) && alnum(a) && alnum(b) && !unicode.IsUpper(a)):
		case !unicode.IsLetter(next) || len(before) < 2 || !alnum(a):
		case plain && extension(s[end:]):
		default:
			cuts = append(cuts, end-last)
			last = end
		}
		i = end - 1
	}
	return cuts
}

func alnum(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// extension reports whether s, what follows a dot, looks like the ending of a
// file or a host rather than a word: no vowel, or all capitals.
func extension(s string) bool {
	s = strings.TrimRight(s, ".,;:!?\"')]")
	return len(s) >= 2 && len(s) <= 4 && strings.ToUpper(s) == s
}

const (
	openers = "\"'([{*_<“‘«`"
	closers = "\"')]}*_>”’»"
)

// describe fills in what the features and rules ask of a word.
func describe(text string, start, end int, w word) word {
	w.start, w.end = start, end
	s := text[start:end]
	w.parens, w.quotes = 0, 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(', '[':
			w.parens++
		case ')', ']':
			w.parens--
		case '"':
			w.quotes++
		case 0xE2:
			if strings.HasPrefix(s[i:], "“") || strings.HasPrefix(s[i:], "”") {
				w.quotes++
			}
		}
	}
	from, to := 0, len(s)
	for from < to {
		r, n := utf8.DecodeRuneInString(s[from:])
		if !strings.ContainsRune(openers, r) || r == utf8.RuneError {
			break
		}
		from += n
	}
	for to > from {
		r, n := utf8.DecodeLastRuneInString(s[from:to])
		if !strings.ContainsRune(closers, r) || r == utf8.RuneError {
			break
		}
		to -= n
	}
	w.closed = to < len(s) && to > from
	if from == to {
		from, to = 0, len(s)
	}
	w.first = firstOf(s[from:to])
	var cut int
	w.term, cut = termOf(s[from:to])
	w.from, w.to = start+from, start+to-cut
	return w
}

func firstOf(s string) byte {
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case unicode.IsUpper(r):
		return 'U'
	case unicode.IsLetter(r):
		return 'l'
	case unicode.IsDigit(r):
		return 'd'
	}
	return 'p'
}

// termOf returns the kind of sign a word ends in and how many bytes it takes.
func termOf(s string) (byte, int) {
	if s == "" {
		return other, 0
	}
	r, n := utf8.DecodeLastRuneInString(s)
	switch {
	case alnum(r):
		return none, 0
	case r == '…':
		return ellipsis, n
	case strings.ContainsRune(".?!", r):
		k := len(s)
		for k > 0 && strings.IndexByte(".?! ", s[k-1]) >= 0 {
			k--
		}
		tail := s[k:]
		if len(tail) == 1 {
			return tail[0], 1
		}
		if strings.Trim(tail, ". ") == "" {
			return ellipsis, len(tail)
		}
		if strings.Trim(tail, "!") == "" {
			return '!', len(tail)
		}
		if strings.Trim(tail, "?") == "" {
			return '?', len(tail)
		}
		return mixed, len(tail)
	case n == 1:
		switch s[len(s)-1] {
		case '-':
			if strings.HasSuffix(s, "--") {
				return dash, 1
			}
			return '-', 1
		case ',', ';', ':':
			return s[len(s)-1], 1
		}
		return other, 1
	case r == '—':
		return dash, n
	case r == '–':
		return '-', n
	}
	return other, n
}
