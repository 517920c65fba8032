package segment

import "unicode/utf8"

// tableBits is the size of the hashed feature space, as a power of two.
const tableBits = 17

// features appends to buf the hashed features of gap i.
func (g *gaps) features(i int, buf []uint32) []uint32 {
	w, n := &g.words[i], &g.words[i+1]

	// What stands at the gap.
	term := pack(w.term, flag(w.closed), flag(n.glued))
	engine := flag(g.stops[w.end])
	w1, w2 := g.lower(i), g.lower(i+1)
	w0, w3 := g.lower(i-1), g.lower(i+2)
	s1, s2 := g.shape(i), g.shape(i+1)
	s0, s3 := g.shape(i-1), g.shape(i+2)
	t0, t2 := g.term(i-1), uint32(n.term)
	t3 := g.term(i + 2)
	abbr := uint32(abbreviation(g.text[w.from:w.to]))
	starter := flag(n.first == 'U' && starters[lowerASCII(g.text[n.from:n.to])])
	first := uint32(n.first)

	// Where the gap lies.
	since := bucket(i - g.first + 1)
	until := bucket(g.ahead[i])
	left := bucket(len(g.words) - i - 1)
	total := bucket(len(g.words))
	open := flag(g.parens > 0)
	quoted := uint32(g.quotes & 1)
	block := pack(0, flag(g.stopped), uint32(min(g.inner, 3)))
	forced := uint32(min(g.forced, 3))
	start := g.shape(g.first)
	startWord := g.lower(g.first)
	newline := flag(n.newline)

	k := byte(0)
	add := func(parts ...uint32) {
		k++
		h := uint32(k) * 0x9E3779B1
		for _, p := range parts {
			h = (h ^ p) * 0x85EBCA6B
			h ^= h >> 15
		}
		h *= 0xC2B2AE35
		h ^= h >> 16
		buf = append(buf, h>>(32-tableBits))
	}
	add()
	add(term)
	add(term, engine)
	add(term, engine, first)
	add(term, abbr, first)
	add(term, abbr, starter, engine)
	add(term, w1)
	add(term, w2)
	add(term, w2, s2)
	add(term, s1)
	add(term, s2)
	add(term, s1, s2)
	add(term, s1, s2, s3)
	add(term, s0, s1, s2)
	add(term, w0)
	add(term, w3)
	add(term, w1, w2)
	add(term, w1, s2)
	add(term, s1, w2)
	add(s0, s1, s2, s3)
	add(term, t0, t2)
	add(term, first, t2, t3)
	add(term, w0, w1)
	add(term, w2, w3)
	add(term, first, since)
	add(term, first, until)
	add(term, first, left)
	add(term, first, since, until)
	add(term, first, block, total)
	add(term, first, block, until)
	add(term, first, open)
	add(term, first, quoted)
	add(term, first, forced, block)
	add(term, start, s2)
	add(term, start, s1, s2, since)
	add(term, startWord, since)
	add(term, uint32(len(g.text[w.from:w.to])), first)
	add(term, g.suffix(i), first)
	add(term, g.suffix(i+1), first)
	add(newline, term, first)
	add(newline, s1, s2)
	return buf
}

func flag(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func pack(a byte, b, c uint32) uint32 {
	return uint32(a) | b<<8 | c<<16
}

// bucket maps a count to one of a few sizes; -1 stays apart.
func bucket(n int) uint32 {
	switch {
	case n < 0:
		return 99
	case n <= 4:
		return uint32(n)
	case n <= 6:
		return 5
	case n <= 9:
		return 6
	case n <= 14:
		return 7
	case n <= 24:
		return 8
	}
	return 9
}

func (g *gaps) term(i int) uint32 {
	if i < 0 || i >= len(g.words) {
		return 1
	}
	return uint32(g.words[i].term)
}

// lower is the hash of word i in lower case, without its punctuation.
func (g *gaps) lower(i int) uint32 {
	if i < 0 || i >= len(g.words) {
		return 7
	}
	return hashLower(g.word(i))
}

// suffix is the hash of the last three bytes of word i.
func (g *gaps) suffix(i int) uint32 {
	s := g.word(i)
	return hashLower(s[max(0, len(s)-3):])
}

func hashLower(s string) uint32 {
	if len(s) > 40 {
		s = s[:40]
	}
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// shape is the hash of a word's pattern: runs of capitals, small letters and
// digits become one sign each, other signs stay; a run of one capital is told
// from a longer one. A word of one letter keeps that apart too.
func (g *gaps) shape(i int) uint32 {
	if i < 0 || i >= len(g.words) {
		return 3
	}
	s := g.full(i)
	h := uint32(2166136261)
	var prev byte
	runs, length := 0, 0
	for j := 0; j < len(s) && runs < 10; j++ {
		c := s[j]
		switch {
		case 'A' <= c && c <= 'Z':
			c = 'X'
		case 'a' <= c && c <= 'z':
			c = 'x'
		case '0' <= c && c <= '9':
			c = 'd'
		case c >= utf8.RuneSelf:
			c = 'u'
		}
		if c == prev {
			length++
			if length == 2 && c == 'X' {
				h = (h ^ '+') * 16777619
			}
			continue
		}
		prev, length = c, 1
		runs++
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}
