package read

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// magics are the first bytes of formats that are often handed in by mistake.
// Source: the formats' own specifications.
var magics = []struct{ start, problem, hint string }{
	{"\xD0\xCF\x11\xE0", "this is an old office document (.doc) or an encrypted one", "save it as .docx without a password first"},
	{"\x89PNG", "this is a PNG image", "a picture has no text; give the text of the statement"},
	{"\xFF\xD8\xFF", "this is a JPEG image", "a picture has no text; give the text of the statement"},
	{"GIF8", "this is a GIF image", "a picture has no text; give the text of the statement"},
	{"\x1F\x8B", "this is a gzip archive", "unpack it first"},
	{"7z\xBC\xAF", "this is a 7z archive", "unpack it first"},
	{"\x7FELF", "this is a program", "give the text of the statement"},
}

// decode turns a file into UTF-8 and the map from that text to the file,
// which is nil where both are the same.
func decode(name string, data []byte) (string, []piece, error) {
	for _, m := range magics {
		if bytes.HasPrefix(data, []byte(m.start)) {
			return "", nil, &InputError{Path: name, Problem: m.problem, Hint: m.hint}
		}
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return "", nil, empty(name)
	}
	var text string
	var toFile []piece
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		text, toFile = fromUTF16(data, 2, 0)
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		text, toFile = fromUTF16(data, 2, 1)
	case bytes.IndexByte(data, 0) >= 0:
		low, ok := bareUTF16(data)
		if !ok {
			return "", nil, binary(name)
		}
		text, toFile = fromUTF16(data, 0, low)
	case utf8.Valid(data):
		skip := 0
		if bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")) {
			skip = 3
			toFile = []piece{{at: 0, from: 3, step: 1}}
		}
		text = string(data[skip:])
	case isWindows1252(data):
		text, toFile = fromWindows1252(data)
	default:
		line := 1 + bytes.Count(data[:firstInvalid(data)], []byte("\n"))
		return "", nil, &InputError{Path: name, Line: line, Problem: "not valid UTF-8", Hint: "save the file as UTF-8"}
	}
	if tooManyControls(text) {
		return "", nil, binary(name)
	}
	if strings.TrimSpace(text) == "" {
		return "", nil, empty(name)
	}
	return text, toFile, nil
}

func binary(name string) error {
	return &InputError{Path: name, Problem: "this is a binary file, not text", Hint: "save the statement as UTF-8 text or Markdown"}
}

// tooManyControls: a text has hardly any control characters but white space;
// one in two hundred leaves room for a stray one in a short note.
func tooManyControls(text string) bool {
	count := 0
	for i := 0; i < len(text); i++ {
		if isControl(text[i]) {
			count++
		}
	}
	return count > 2 && count > len(text)/200 || strings.IndexByte(text, 0) >= 0
}

// isControl reports control characters that are not white space.
func isControl(c byte) bool {
	return c < ' ' && (c < '\t' || c > '\r') || c == 0x7F
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(data)
}

// bareUTF16 recognises UTF-16 without a byte order mark by its zeros, which
// in Western text are the high bytes of most characters. It returns the
// index of the low byte: 0 little, 1 big endian.
func bareUTF16(data []byte) (low int, ok bool) {
	if len(data)%2 != 0 {
		return 0, false
	}
	var zeros [2]int
	for i, c := range data {
		if c == 0 {
			zeros[i%2]++
		}
	}
	half := len(data) / 2
	for low := range 2 {
		if zeros[low] == 0 && zeros[1-low] > half*7/10 {
			return low, true
		}
	}
	return 0, false
}

// decoder collects text and its pieces.
type decoder struct {
	text   []byte
	pieces []piece
}

// add appends one character that starts at byte from of the file and is
// width bytes long there.
func (d *decoder) add(r rune, from, width int) {
	step := int32(0)
	if r < utf8.RuneSelf {
		step = int32(width)
	}
	at := len(d.text)
	d.text = utf8.AppendRune(d.text, r)
	if n := len(d.pieces); n > 0 && step > 0 {
		last := d.pieces[n-1]
		if last.step == step && int(last.from)+(at-int(last.at))*int(step) == from {
			return
		}
	}
	d.pieces = append(d.pieces, piece{int32(at), int32(from), step})
}

// fromUTF16 decodes from byte start on; low is the index of the low byte in
// each pair. Broken surrogates and half a character at the end become U+FFFD.
func fromUTF16(data []byte, start, low int) (string, []piece) {
	var d decoder
	unit := func(i int) rune { return rune(data[i+low]) | rune(data[i+1-low])<<8 }
	for i := start; i < len(data); i += 2 {
		if i+1 == len(data) {
			d.add(utf8.RuneError, i, 1)
			break
		}
		r := unit(i)
		if !utf16.IsSurrogate(r) {
			d.add(r, i, 2)
			continue
		}
		pair := rune(utf8.RuneError)
		if i+3 < len(data) {
			pair = utf16.DecodeRune(r, unit(i+2))
		}
		d.add(pair, i, 4)
		if pair != utf8.RuneError {
			i += 2
		}
	}
	d.pieces = append(d.pieces, piece{int32(len(d.text)), int32(len(data)), 0})
	return string(d.text), d.pieces
}

// windows1252 holds the characters of the bytes 0x80 to 0x9F; 0 is unused.
// Source: Unicode Consortium, CP1252.TXT.
var windows1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

// isWindows1252 tells a Western single-byte text from damaged UTF-8: no
// unused byte, mostly ASCII, and more bytes that are not UTF-8 than
// characters that are.
func isWindows1252(data []byte) bool {
	high, invalid, valid := 0, 0, 0
	for _, c := range data {
		if c < 0x80 {
			continue
		}
		high++
		if c < 0xA0 && windows1252[c-0x80] == 0 {
			return false
		}
	}
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			invalid++
		} else {
			valid++
		}
		i += n
	}
	return high <= len(data)/4 && invalid > valid
}

func fromWindows1252(data []byte) (string, []piece) {
	var d decoder
	for i, c := range data {
		r := rune(c)
		if 0x80 <= c && c < 0xA0 {
			r = windows1252[c-0x80]
		}
		d.add(r, i, 1)
	}
	d.pieces = append(d.pieces, piece{int32(len(d.text)), int32(len(data)), 0})
	return string(d.text), d.pieces
}
