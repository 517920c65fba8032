package embedding

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Piece is one WordPiece of a text.
type Piece struct {
	ID         int32
	Start, End int // bytes of the text that the piece stands for
}

// A word of more characters is one unknown piece, as in BERT.
const maxWord = 100

// Tokenize cuts a text into the pieces of an uncased BERT: lower case,
// accents stripped, every punctuation mark and CJK character a word of its
// own, then the longest known pieces from the left. It adds no [CLS] or
// [SEP], and such words in the text are not special. Pieces come in order
// of Start; two pieces overlap only where one character of the text
// decomposes into several. Invalid UTF-8 and control characters belong to
// no piece. Time is linear in the text.
func (m *Model) Tokenize(text string) []Piece {
	t := tokenizer{vocab: &m.vocab}
	for i, r := range text {
		if r < utf8.RuneSelf {
			t.ascii(byte(r), i)
			continue
		}
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			continue // dropped by BERT; so are invalid bytes
		}
		t.unicode(r, text[i:i+size], i)
	}
	t.flush()
	return t.pieces
}

// Piece returns the spelling of a piece, "" if there is none of that ID.
func (m *Model) Piece(id int32) string { return string(m.vocab.piece(id)) }

type tokenizer struct {
	vocab  *vocabulary
	pieces []Piece
	word   []byte // normalised
	chars  []char // of word
}

// char is one character of the normalised word: where it ends in the word,
// and the bytes of the text it comes from.
type char struct{ end, from, to int }

func (t *tokenizer) ascii(c byte, at int) {
	switch {
	case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		t.flush()
	case c < ' ' || c == 0x7f:
		// Control characters vanish without ending the word.
	case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
		t.push(rune(c), at, at+1)
	case 'A' <= c && c <= 'Z':
		t.push(rune(c+'a'-'A'), at, at+1)
	default:
		t.alone(rune(c), at, at+1)
	}
}

func (t *tokenizer) unicode(r rune, s string, at int) {
	end := at + len(s)
	switch {
	case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r) || unicode.In(r, unicode.Zl, unicode.Zp):
		t.flush()
		return
	case unicode.Is(unicode.C, r):
		return
	case isCJK(r):
		t.flush()
		defer t.flush()
	}
	for _, d := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, d):
			if n := len(t.chars); n > 0 {
				t.chars[n-1].to = end
			}
		case d < utf8.RuneSelf:
			t.ascii(byte(d), at)
			t.widen(at, end)
		case unicode.IsPunct(d):
			t.alone(d, at, end)
		default:
			t.push(unicode.ToLower(d), at, end)
		}
	}
}

// widen lets the last character or piece that begins at from reach to.
func (t *tokenizer) widen(from, to int) {
	if n := len(t.chars); n > 0 {
		if t.chars[n-1].from == from {
			t.chars[n-1].to = to
		}
	} else if n := len(t.pieces); n > 0 && t.pieces[n-1].Start == from {
		t.pieces[n-1].End = to
	}
}

// push adds a character to the word.
func (t *tokenizer) push(r rune, from, to int) {
	if len(t.chars) <= maxWord { // beyond that only the extent counts
		t.word = utf8.AppendRune(t.word, r)
		t.chars = append(t.chars, char{len(t.word), from, to})
		return
	}
	t.chars[maxWord].to = to
}

// alone makes a character a word of its own.
func (t *tokenizer) alone(r rune, from, to int) {
	t.flush()
	t.push(r, from, to)
	t.flush()
}

var continued = []byte("##")

// flush cuts the word into pieces.
func (t *tokenizer) flush() {
	chars := t.chars
	if len(chars) == 0 {
		return
	}
	first := len(t.pieces)
	whole := Piece{t.vocab.unknown, chars[0].from, chars[len(chars)-1].to}
	if len(chars) > maxWord {
		t.pieces = append(t.pieces, whole)
	} else {
		for at := 0; at < len(chars); {
			id, next := t.longest(at)
			if next == at {
				t.pieces = append(t.pieces[:first], whole)
				break
			}
			t.pieces = append(t.pieces, Piece{id, chars[at].from, chars[next-1].to})
			at = next
		}
	}
	t.word, t.chars = t.word[:0], t.chars[:0]
}

// longest finds the longest piece of the word from character at: its id and
// the character after it; at itself if there is none.
func (t *tokenizer) longest(at int) (int32, int) {
	var prefix []byte
	begin := 0
	if at > 0 {
		prefix = continued
		begin = t.chars[at-1].end
	}
	var hashes [maxWord]uint32
	h, from, last := fnv(fnvBasis, prefix), begin, at
	for ; last < len(t.chars) && t.chars[last].end-begin+len(prefix) <= t.vocab.longest; last++ {
		h = fnv(h, t.word[from:t.chars[last].end])
		from = t.chars[last].end
		hashes[last] = h
	}
	for ; last > at; last-- {
		if id, ok := t.vocab.lookup(hashes[last-1], prefix, t.word[begin:t.chars[last-1].end]); ok {
			return id, last
		}
	}
	return 0, at
}

// isCJK reports the ideographs that BERT sets apart.
func isCJK(r rune) bool {
	return 0x4E00 <= r && r <= 0x9FFF || 0x3400 <= r && r <= 0x4DBF ||
		0x20000 <= r && r <= 0x2A6DF || 0x2A700 <= r && r <= 0x2B73F ||
		0x2B740 <= r && r <= 0x2B81F || 0x2B820 <= r && r <= 0x2CEAF ||
		0xF900 <= r && r <= 0xFAFF || 0x2F800 <= r && r <= 0x2FA1F
}
