package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tokenize cuts a text into tokens by the conventions of the English Web
// Treebank (Universal Dependencies): clitics are split (do|n't, it|'s,
// can|not), hyphenated words are split at the hyphen (44|-|day) except after
// prefixes (non-combat, e-mail), punctuation and currency signs stand alone,
// and numbers (1,200.5), clock times (06:40), dates (9/11), abbreviations
// (U.N., Gen.), addresses and file names stay whole. A run of one mark ("...",
// "--") is one token.
//
// text[t.Start-base:t.End-base] == t.Text for every token, tokens are in order
// and do not overlap, and every character that is neither white space nor a
// control character is in a token. The time is linear in the text.
func Tokenize(text string, base int) []Token {
	s := scanner{text: text, base: base, tokens: make([]Token, 0, len(text)/5+1)}
	for s.at < len(text) {
		r, size := utf8.DecodeRuneInString(text[s.at:])
		if isGap(r) {
			s.at += size
			continue
		}
		s.end = s.at
		for s.end < len(text) {
			r, size := utf8.DecodeRuneInString(text[s.end:])
			if isGap(r) {
				break
			}
			s.end += size
		}
		s.chunk()
	}
	return s.tokens
}

// isGap says whether a character separates tokens and belongs to none.
func isGap(r rune) bool {
	return r <= ' ' || r > 0x7e && (unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u200b' || r == '\ufeff')
}

// scanner cuts one run of characters without gaps, a chunk, into tokens.
type scanner struct {
	text    string
	base    int
	at, end int // what is left of the chunk: text[at:end]
	tokens  []Token
}

// emit makes a token of the text up to end and moves on.
func (s *scanner) emit(end int) {
	s.tokens = append(s.tokens, Token{Start: s.base + s.at, End: s.base + end, Text: s.text[s.at:end], Head: -1})
	s.at = end
}

// touches says whether the last token ends where the scanner stands.
func (s *scanner) touches() bool {
	return len(s.tokens) > 0 && s.tokens[len(s.tokens)-1].End == s.base+s.at
}

func (s *scanner) peek(i int) rune {
	if i >= s.end {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s.text[i:s.end])
	return r
}

func (s *scanner) chunk() {
	addresses := addressesIn(s.text[s.at:s.end])
	first, end := s.at, s.end
	for _, a := range addresses {
		s.end = first + a[0]
		s.plain()
		s.emit(first + a[1])
		s.end = end
	}
	s.plain()
}

func (s *scanner) plain() {
	for s.at < s.end {
		r := s.peek(s.at)
		switch {
		case isWord(r) || r == '.' && s.extension():
			s.word()
		case isApostrophe(r):
			s.apostrophe()
		default:
			s.mark(r)
		}
	}
}

// mark emits one punctuation mark or symbol, or a run of the same.
func (s *scanner) mark(r rune) {
	if n := emoticon(s.text[s.at:s.end]); n > 0 {
		s.emit(s.at + n)
		return
	}
	i := s.at
	stop := strings.ContainsRune(".!?", r)
	for i < s.end {
		next, size := utf8.DecodeRuneInString(s.text[i:s.end])
		same := next == r && strings.ContainsRune("-–—=*_+~#<>`^…|\\\u2019\u2018", r) || stop && strings.ContainsRune(".!?", next)
		// A joiner or a combining mark belongs to what it follows.
		if i > s.at && !same && !unicode.Is(unicode.M, next) && next != '\u200d' && !unicode.Is(unicode.Sk, next) {
			break
		}
		i += size
	}
	s.emit(i)
}

// apostrophe emits a clitic, a clipped word ('90s, 'em) or a quotation mark.
func (s *scanner) apostrophe() {
	r, size := utf8.DecodeRuneInString(s.text[s.at:s.end])
	rest := s.at + size
	end := s.run(rest)
	switch word := strings.ToLower(s.text[rest:min(end, rest+8)]); {
	case s.touches() && isClitic(word) && end-rest == len(word),
		!s.touches() && clipped[word],
		!s.touches() && len(word) >= 2 && len(word) <= 3 && isDigits(word[:2]) && (len(word) == 2 || word[2] == 's'):
		s.emit(end)
		return
	}
	if s.peek(rest) == r {
		s.emit(rest + size)
		return
	}
	s.emit(rest)
}

// run gives the end of the run of letters and digits that begins at i.
func (s *scanner) run(i int) int {
	for i < s.end {
		r, size := utf8.DecodeRuneInString(s.text[i:s.end])
		if !isWord(r) {
			break
		}
		i += size
	}
	return i
}

// word emits a word or a number, and the clitic after it.
func (s *scanner) word() {
	start := s.at
	i := start
	if s.text[i] == '.' {
		i++
	}
	part := i // where the part after the last connector begins
	i = s.run(i)
	if n := unitAfterNumber(s.text[part:i]); n > 0 {
		s.emit(part + n)
		return
	}
	for i < s.end {
		r, size := utf8.DecodeRuneInString(s.text[i:s.end])
		next := i + size
		after := s.run(next)
		if after == next && r != '.' {
			break
		}
		left, right := s.text[part:i], s.text[next:after]
		join := false
		switch r {
		case '\'', '’', '`', 'ʼ':
			clitic := strings.ToLower(right[:min(len(right), 4)])
			if clitic == "t" && len(right) == 1 && len(left) > 1 && left[len(left)-1]|32 == 'n' {
				s.emit(i - 1)
				s.emit(after)
				return
			}
			join = r != '`' && (!isClitic(clitic) || len(clitic) != len(right) || isDigits(left) && clitic == "s")
		case ',':
			join = endsInDigit(left) && len(right) >= 3 && isDigits(right[:3])
		case ':':
			join = isDigits(left) && len(left) <= 2 && len(right) >= 2 && isDigits(right[:2])
		case '/':
			join = isDigits(left) && isDigits(right) && len(left) <= 4 && len(right) <= 4 || utf8.RuneCountInString(left) == 1 && len(right) == 1 && !isDigits(left)
		case '&':
			join = part == start && len(left) <= 3 && len(right) <= 3 && (isUpper(left) && isUpper(right) || len(left) == 1 && len(right) == 1)
		case '-', '‑':
			join = prefixes[strings.ToLower(left[:min(len(left), 12)])] && startsInLetter(right) || s.telephone(start, left, right)
		case '.':
			switch {
			case after == next:
				if s.abbreviation(start, part, i) {
					i = next
				}
				s.finish(i)
				return
			case isDigits(left) && isDigits(right[:1]):
				join = true
			default:
				join = utf8.RuneCountInString(left) == 1 && startsInLetter(left) && utf8.RuneCountInString(right) == 1 || endings[strings.ToLower(right[:min(len(right), 8)])]
			}
			if !join && s.abbreviation(start, part, i) {
				s.emit(next)
				return
			}
		}
		if !join {
			break
		}
		if n := unitAfterNumber(right); n > 0 && endsInDigit(left) {
			s.emit(next + n)
			return
		}
		part, i = next, after
	}
	s.finish(i)
}

// finish emits the word that ends at i, split where it is a contraction that
// is written as one word (cannot), and joined with the currency sign in US$.
func (s *scanner) finish(i int) {
	if i < s.end && s.text[i] == '$' && currencyPrefixes[s.text[s.at:i]] {
		i++
	}
	if i-s.at <= 8 {
		if n := contractions[strings.ToLower(s.text[s.at:i])]; n > 0 {
			s.emit(s.at + n)
		}
	}
	s.emit(i)
}

// abbreviation says whether the full stop at dot belongs to the word before
// it: a known abbreviation, an acronym with inner stops, or an initial.
func (s *scanner) abbreviation(start, part, dot int) bool {
	word := s.text[start:dot]
	if len(word) > 8 {
		return false
	}
	if part > start && s.text[part-1] == '.' && dot-part == 1 && startsInLetter(s.text[part:dot]) {
		return true
	}
	switch after := strings.TrimLeft(s.text[dot+1:min(len(s.text), dot+9)], " "); {
	case abbreviations[strings.ToLower(word)]:
		return true
	case abbreviationsBeforeNumber[strings.ToLower(word)]:
		return after != "" && after[0] >= '0' && after[0] <= '9'
	case len(word) == 1 && word[0] >= 'A' && word[0] <= 'Z' && word != "I":
		return after != "" && unicode.IsLetter(rune(after[0]))
	}
	return false
}

// telephone says whether left-right is part of a telephone number: groups of
// three and four digits, after a country code.
func (s *scanner) telephone(start int, left, right string) bool {
	if !isDigits(left) || !isDigits(right) {
		return false
	}
	return len(left) == 3 && (len(right) == 4 || len(right) == 3) || len(left) == 1 && len(right) == 3 && s.text[start] == '1'
}

// extension says whether ".doc" or ".45" begins at the full stop where the
// scanner stands.
func (s *scanner) extension() bool {
	if s.touches() || s.at+1 >= s.end {
		return false
	}
	word := s.text[s.at+1 : min(s.run(s.at+1), s.at+9)]
	return word != "" && (isDigits(word) || endings[strings.ToLower(word)])
}

// unitAfterNumber gives the length of the number in "5pm", 0 where the word is
// not a number with a unit.
func unitAfterNumber(word string) int {
	n := 0
	for n < len(word) && word[n] >= '0' && word[n] <= '9' {
		n++
	}
	if n == 0 || n == len(word) || len(word)-n > 6 || !units[strings.ToLower(word[n:])] {
		return 0
	}
	return n
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= '0' && r <= '9' || r|32 >= 'a' && r|32 <= 'z'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '\u00ad' || r == '\u2060' || r == '\u200c'
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' }

func isClitic(word string) bool {
	switch word {
	case "s", "m", "d", "ll", "ve", "re":
		return true
	}
	return false
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func endsInDigit(s string) bool { return s != "" && isDigits(s[len(s)-1:]) }

func isUpper(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return s != ""
}

func startsInLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// emoticon gives the length of an emoticon that ends the chunk: ":)", ";-(".
func emoticon(s string) int {
	if len(s) < 2 || len(s) > 3 || !strings.ContainsRune(":;=", rune(s[0])) || !strings.ContainsRune(")(DPp", rune(s[len(s)-1])) {
		return 0
	}
	if len(s) == 3 && s[1] != '-' {
		return 0
	}
	return len(s)
}

// addressesIn finds the web and e-mail addresses in a chunk, as byte ranges.
func addressesIn(chunk string) [][2]int {
	if len(chunk) < 5 || !strings.ContainsAny(chunk, "@:w") {
		return nil
	}
	var found [][2]int
	if i := webAddress(chunk); i >= 0 {
		return append(found, [2]int{i, i + len(strings.TrimRight(chunk[i:], `.,;:!?)]}>"'’”»`))})
	}
	from := 0
	for {
		i := strings.IndexByte(chunk[from:], '@')
		if i < 0 {
			return found
		}
		i += from
		a, b := i, i+1
		for a > from && inAddress(chunk[a-1]) {
			a--
		}
		for b < len(chunk) && inAddress(chunk[b]) {
			b++
		}
		for b > i+1 && !isWord(rune(chunk[b-1])) {
			b--
		}
		for a < i && !isWord(rune(chunk[a])) {
			a++
		}
		from = i + 1
		if a < i && b > i+1 {
			found = append(found, [2]int{a, b})
			from = b
		}
	}
}

// webAddress gives where a web address begins in a chunk, -1 if none does.
func webAddress(chunk string) int {
	for _, start := range []string{"://", "www.", "mailto:"} {
		i := strings.Index(chunk, start)
		if i < 0 || i+len(start) >= len(chunk) || !isWord(rune(chunk[i+len(start)])) {
			continue
		}
		for i > 0 && isWord(rune(chunk[i-1])) && start == "://" {
			i--
		}
		if start == "://" && chunk[i] == ':' || start == "www." && i > 0 && isWord(rune(chunk[i-1])) {
			continue
		}
		return i
	}
	return -1
}

func inAddress(c byte) bool {
	return isWord(rune(c)) || strings.IndexByte("._-+%", c) >= 0
}
