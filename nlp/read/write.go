package read

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"counterclaim/nlp/lexicon"
	"counterclaim/nlp/readability"
)

// writer appends visible text to the canonical text, folds white space and
// keeps the map back to the decoded text.
type writer struct {
	view   view
	cursor int // index into view.pieces, moves forward only
	out    []byte
	pieces []piece
	words  map[string]bool // of the text, for hyphens at line ends; made on demand
}

// write makes the canonical text of the drafts.
func write(v view, drafts []draft) *Text {
	w := &writer{view: v, out: make([]byte, 0, len(v.text))}
	blocks := make([]Block, 0, len(drafts))
	leads := runIns(drafts)
	end := 0 // of the last line written; what is put between lines maps to it
	for i := range drafts {
		d := &drafts[i]
		mark, before := len(w.out), len(w.pieces)
		if len(w.out) > 0 {
			w.put("\n\n", end, 0)
		}
		b := Block{Kind: d.kind, Level: d.level, Marker: d.marker, Start: len(w.out)}
		for j, l := range d.lines {
			switch {
			case j == 0:
			case d.kind == Table:
				w.put("\n", end, 0)
			default:
				w.join(end, l)
			}
			end = l.End
			if j == 0 && leads[i] > l.Start {
				w.copy(Span{l.Start, min(leads[i], l.End)}, d.columns)
				b.RunIn = Span{b.Start, len(w.out)}
				w.copyRest(Span{leads[i], l.End}, d.columns)
				continue
			}
			w.copy(l, d.columns)
		}
		b.End = len(w.out)
		if b.End == b.Start && b.Kind != Rule {
			w.out, w.pieces = w.out[:mark], w.pieces[:before] // nothing visible
			continue
		}
		blocks = append(blocks, b)
	}
	text := &Text{Canonical: string(w.out), Blocks: blocks}
	w.put("\n", end, 0) // where the text ends
	text.Source = Source{toDecoded: w.pieces, length: len(text.Canonical)}
	return text
}

// put appends text that comes from byte from of the visible text.
func (w *writer) put(s string, from int, step int32) {
	if s == "" {
		return
	}
	if step == 0 {
		w.add(s, w.source(from), 0)
		return
	}
	// A copy is cut where the pieces of the visible text are.
	for s != "" {
		source, stepHere, run := w.run(from)
		n := min(len(s), run)
		w.add(s[:n], source, stepHere)
		s, from = s[n:], from+n
	}
}

// add appends text that comes from byte source of the decoded text.
func (w *writer) add(s string, source int, step int32) {
	at := len(w.out)
	w.out = append(w.out, s...)
	if n := len(w.pieces); n > 0 {
		last := w.pieces[n-1]
		if last.step == step && int(last.from)+(at-int(last.at))*int(step) == source {
			return
		}
	}
	w.pieces = append(w.pieces, piece{int32(at), int32(source), step})
}

// run maps a byte of the visible text to the decoded text, with the step and
// length of the run that it begins.
func (w *writer) run(at int) (source int, step int32, length int) {
	pieces := w.view.pieces
	if len(pieces) == 0 {
		return at, 1, len(w.view.text) - at + 1
	}
	for w.cursor > 0 && int(pieces[w.cursor].at) > at {
		w.cursor--
	}
	for w.cursor+1 < len(pieces) && int(pieces[w.cursor+1].at) <= at {
		w.cursor++
	}
	p := pieces[w.cursor]
	length = len(w.view.text) - at + 1
	if w.cursor+1 < len(pieces) {
		length = int(pieces[w.cursor+1].at) - at
	}
	return int(p.from) + (at-int(p.at))*int(p.step), p.step, length
}

func (w *writer) source(at int) int {
	source, _, _ := w.run(at)
	return source
}

// copy appends visible text: white space becomes one space, invisible
// characters go, and in columns a wide space becomes a bar.
func (w *writer) copy(l Span, columns bool) {
	text := w.view.text
	from := l.Start
	for at := l.Start; at < l.End; {
		c := text[at]
		if c > ' ' && c < 0x7F || c == ' ' && at+1 < l.End && text[at+1] > ' ' && text[at+1] < 0x7F {
			at++
			continue
		}
		r, n := rune(c), 1
		if c >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[at:l.End])
		}
		if !isSpace(r) {
			at += n
			continue
		}
		w.put(text[from:at], from, 1)
		start, wide, white := at, 0, false
		for at < l.End {
			r, n := utf8.DecodeRuneInString(text[at:l.End])
			if !isSpace(r) {
				break
			}
			white = white || unicode.IsSpace(r)
			if wide++; r == '\t' {
				wide += 3
			}
			at += n
		}
		from = at
		switch {
		case !white || at == l.End || start == l.Start:
		case columns && wide >= 4:
			w.put(" | ", start, 0)
		case text[start] == ' ':
			w.put(" ", start, 1)
		default:
			w.put(" ", start, 0)
		}
	}
	w.put(text[from:l.End], from, 1)
}

// copyRest appends what follows a run-in heading on its line.
func (w *writer) copyRest(rest Span, columns bool) {
	if rest.Start >= rest.End {
		return
	}
	start, end, _ := trim(w.view.text, rest.Start, rest.End)
	if r, _ := utf8.DecodeRuneInString(w.view.text[rest.Start:]); unicode.IsSpace(r) && start < end {
		w.put(" ", rest.Start, 0)
	}
	w.copy(Span{start, end}, columns)
}

// join puts what belongs between two lines of a paragraph: a space, or
// nothing where a hyphen or dash holds the words together. A hyphen that only
// marks a broken word goes.
func (w *writer) join(from int, next Span) {
	end := len(w.out)
	r, n := utf8.DecodeLastRune(w.out)
	before, _ := utf8.DecodeLastRune(w.out[:max(0, end-n)])
	if !isWordRune(before) {
		w.put(" ", from, 0)
		return
	}
	switch r {
	case '—':
		return
	case '-', '‐', '–':
	default:
		w.put(" ", from, 0)
		return
	}
	first := firstWord(w.view.text[next.Start:next.End])
	if first == "" {
		w.put(" ", from, 0)
		return
	}
	if lower, _ := utf8.DecodeRuneInString(first); r == '–' || !unicode.IsLower(lower) || !unicode.IsLetter(before) {
		return
	}
	if w.broken(lastWord(string(w.out[max(0, end-64):end-n])), first) {
		w.cutBack(end - n)
	}
}

// cutBack takes bytes off the end of the canonical text.
func (w *writer) cutBack(to int) {
	w.out = w.out[:to]
	for len(w.pieces) > 0 && int(w.pieces[len(w.pieces)-1].at) >= to {
		w.pieces = w.pieces[:len(w.pieces)-1]
	}
}

// broken: the hyphen between two parts marks a broken word. The text itself
// decides where it has the word elsewhere, and then the lexicon.
func (w *writer) broken(a, b string) bool {
	if w.words == nil {
		w.words = map[string]bool{}
		for _, f := range strings.Fields(w.view.text) {
			if f = strings.ToLower(strings.TrimFunc(f, isNotWord)); len(f) <= 40 {
				w.words[f] = true
			}
		}
	}
	a, b = strings.ToLower(a), strings.ToLower(b)
	switch {
	case a == "" || w.words[a+"-"+b]:
		return false
	case w.words[a+b]:
		return true
	}
	whole := lexicon.Common(a + b)
	switch {
	case strings.Contains(a, "-"):
		return false
	case lexicon.Common(a + "-" + b):
		return whole && !compounds[a]
	case compounds[a]: // "ex-tended" and "short-ens" are broken, "anti-aircraft" is not
		return whole && (!lexicon.Common(b) || frequent(a+b))
	}
	return true
}

// frequent: the word or what it is a form of is one of the frequent ones.
func frequent(word string) bool {
	return readability.Zipf(word) > 0 || readability.Zipf(lexicon.Lemma(word, 'n')) > 0 || readability.Zipf(lexicon.Lemma(word, 'v')) > 0
}

func isNotWord(r rune) bool { return !isWordRune(r) }

func firstWord(s string) string {
	for i, r := range s {
		if !isWordRune(r) && r != '\'' && r != '’' {
			return s[:i]
		}
	}
	return s
}

func lastWord(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool { return !isWordRune(r) && r != '-' })
	if i < 0 {
		return s
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return s[i+n:]
}
