package read

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strconv"
	"unicode/utf8"
)

// Position is a place in the file.
type Position struct {
	Offset    int  // byte of the file, 0-based; of the text taken out of it where the format is no plain text
	Page      int  // 1-based; 0 where the format has no pages
	Line      int  // 1-based; on the page, if there is one
	Column    int  // 1-based, in characters (code points)
	Paragraph bool // Line counts paragraphs: the format has no lines
}

// String is "line 12", "p. 3, l. 12" or "para. 12".
func (p Position) String() string {
	short, long := "l. ", "line "
	if p.Paragraph {
		short, long = "para. ", "para. "
	}
	if p.Page > 0 {
		return "p. " + strconv.Itoa(p.Page) + ", " + short + strconv.Itoa(p.Line)
	}
	return long + strconv.Itoa(p.Line)
}

// Short is "12", or "3:12" for line 12 of page 3.
func (p Position) Short() string {
	if p.Page > 0 {
		return strconv.Itoa(p.Page) + ":" + strconv.Itoa(p.Line)
	}
	return strconv.Itoa(p.Line)
}

// Source maps bytes of the canonical text to the file. The zero Source maps
// everything to line 1, column 1.
type Source struct {
	toDecoded []piece // canonical text to decoded text
	toFile    []piece // decoded text to file; nil: the same
	lines     []int32 // where each line of the decoded text starts
	runes     []int32 // code points of the decoded text before each multiple of runeStep
	text      string  // the decoded text: the file as UTF-8
	length    int     // of the canonical text

	places     []place // of each line of the decoded text, where the format has places of its own
	paragraphs bool    // the lines of places are paragraphs

	sum [sha256.Size]byte // of the file
}

// SHA256 is the hash of the file as it was read, in hexadecimal; empty where
// there is no file.
func (s Source) SHA256() string {
	if s.sum == [sha256.Size]byte{} {
		return ""
	}
	return hex.EncodeToString(s.sum[:])
}

// place is where a line of the decoded text stands in the document.
type place struct{ page, line int32 }

// piece maps the run of bytes that begins at "at" and ends at the next piece:
// byte at+i comes from byte from+i*step. Step 1 is a copy, 2 is ASCII in
// UTF-16, 0 is text that has no byte of its own (a decoded entity, a space
// for a line break).
type piece struct {
	at, from, step int32
}

// runeStep keeps Position fast in a file of one huge line.
const runeStep = 1024

// Position of a byte of the canonical text. Offsets outside the text are
// taken as its start or end. A later offset never has an earlier Offset.
func (s Source) Position(offset int) Position {
	offset = min(max(offset, 0), s.length)
	at := min(follow(s.toDecoded, offset), len(s.text))
	line := max(sort.Search(len(s.lines), func(i int) bool { return int(s.lines[i]) > at }), 1)
	start := 0
	if line <= len(s.lines) {
		start = int(s.lines[line-1])
	}
	p := Position{
		Offset: follow(s.toFile, at),
		Line:   line,
		Column: s.runesBefore(at) - s.runesBefore(start) + 1,
	}
	if n := len(s.places); n > 0 {
		at := s.places[min(line, n)-1]
		p.Page, p.Line, p.Paragraph = int(at.page), int(at.line), s.paragraphs
	}
	return p
}

// follow maps an offset through pieces; no pieces map to the same offset.
func follow(pieces []piece, offset int) int {
	i := sort.Search(len(pieces), func(i int) bool { return int(pieces[i].at) > offset })
	if i == 0 {
		return offset
	}
	p := pieces[i-1]
	return int(p.from) + (offset-int(p.at))*int(p.step)
}

// decoded completes the map by the text that the file holds.
func (s *Source) decoded(text string, toFile []piece) {
	s.text, s.toFile = text, toFile
	s.lines = append(s.lines, 0)
	var count int32
	for i := 0; i < len(text); i++ {
		if i%runeStep == 0 {
			s.runes = append(s.runes, count)
		}
		c := text[i]
		if utf8.RuneStart(c) {
			count++
		}
		if c == '\n' || c == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			s.lines = append(s.lines, int32(i+1))
		}
	}
}

// runesBefore counts the code points that start before a byte of the decoded
// text.
func (s *Source) runesBefore(offset int) int {
	step := min(offset/runeStep, len(s.runes)-1)
	if step < 0 {
		return 0
	}
	count := int(s.runes[step])
	for i := step * runeStep; i < offset; i++ {
		if utf8.RuneStart(s.text[i]) {
			count++
		}
	}
	return count
}
