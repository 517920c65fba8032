package exchange

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// escapeControls writes the controls that encoding/json leaves as they are
// (DEL, the C1 set with CSI, marks that reorder text) as \u escapes. They can
// only stand inside strings, so the value of the JSON is the same.
func escapeControls(b []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(b))
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == 0x7F || r >= 0x80 && r < 0xA0 || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			fmt.Fprintf(&out, `\u%04x`, r)
		} else {
			out.Write(b[:n])
		}
		b = b[n:]
	}
	return out.Bytes()
}
