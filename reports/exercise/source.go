package exercise

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"counterclaim/nlp"
	"counterclaim/nlp/entities"
	"counterclaim/nlp/read"
	"counterclaim/nlp/readability"
	"counterclaim/nlp/values"
	"counterclaim/reports/wording"
)

// Source is a statement as students read it.
type Source struct {
	Letter     string // "A"
	Speaker    string // the party
	Provenance string // who speaks, title, date
	Lines      []Line
	Words      int     // in Lines
	Whole      int     // words of the whole statement
	Grade      float64 // Flesch-Kincaid grade level of Lines
	Glossary   []Entry

	party, statement int
	doc              *nlp.Document
	units            []unit
	starts           []int // offsets of the words in Lines, in order
	startLines       []int // the line of each
}

// Line is a numbered line of a source. Lines are set by us, not by the
// program that shows them, so that a line number means the same everywhere.
type Line struct {
	Text    string
	Heading bool
	First   bool // of a paragraph
}

// Entry explains a hard word.
type Entry struct {
	Word    string // as it stands in the source, in lower case
	Meaning string
	Line    int
}

// lineWidth is the longest line in characters: what fits beside a line number
// on a printed page.
const lineWidth = 80

// headingWidth is the longest line of a heading: bold letters are wider.
const headingWidth = 66

// cut marks where words of a statement were left out.
const cut = "[…]"

// unit is a sentence, or a block that has none: the smallest piece that
// shortening keeps or drops.
type unit struct {
	start, end int
	block      int // index into the document's blocks, -1 for text outside of them
	words      int
	keep       bool
}

// sourcesOf lists the statements of a case as sources, whole.
func sourcesOf(v *wording.Report) []*Source {
	var out []*Source
	for p, party := range v.Case.Parties {
		for i, d := range party.Statements {
			s := &Source{Speaker: v.Name(p), Provenance: provenance(v, p, d), party: p, statement: i, doc: d}
			s.units = unitsOf(d)
			for _, u := range s.units {
				s.Whole += u.words
			}
			if s.Whole > 0 {
				out = append(out, s)
			}
		}
	}
	return out
}

// letter names a source: A to Z, then AA, AB, ...
func letter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letter(i/26-1) + letter(i%26)
}

func provenance(v *wording.Report, party int, d *nlp.Document) string {
	parts := []string{v.Name(party)}
	if t := wording.Clean(d.Title); t != "" {
		parts = append(parts, wording.Quoted(t))
	}
	if !d.Date.IsZero() {
		parts = append(parts, d.Date.Format("2 January 2006"))
	}
	return strings.Join(parts, ", ")
}

// unitsOf cuts a statement into units that cover all its words.
func unitsOf(d *nlp.Document) []unit {
	var out []unit
	at := 0
	add := func(start, end, block int) {
		if words := len(strings.Fields(d.Text[start:end])); words > 0 {
			out = append(out, unit{start: start, end: end, block: block, words: words, keep: true})
		}
	}
	sentences := d.Sentences
	for b, block := range d.Blocks {
		start, end := max(block.Start, at), min(block.End, len(d.Text))
		if start > end {
			continue
		}
		add(at, start, -1)
		at = start
		if block.Kind == read.Rule {
			at = end
			continue
		}
		for len(sentences) > 0 && sentences[0].Start < end {
			s := sentences[0]
			sentences = sentences[1:]
			if s.End > end || s.End <= at || block.Kind == read.Table {
				continue
			}
			add(at, s.End, b) // with what stands before it, so that nothing is lost
			at = s.End
		}
		add(at, end, b)
		at = end
	}
	add(at, len(d.Text), -1)
	return out
}

// body reports whether the unit is text of the statement rather than its
// frame: letterhead, headings, signature, footnotes.
func (s *Source) body(u unit) bool {
	if u.block < 0 {
		return true
	}
	switch s.doc.Blocks[u.block].Kind {
	case read.Paragraph, read.ListItem, read.Quotation, read.Table:
		return true
	default:
		return false
	}
}

// unitsFor lists the units that hold bytes [start, end).
func (s *Source) unitsFor(start, end int) []int {
	var out []int
	for i, u := range s.units {
		if u.start < end && start < u.end {
			out = append(out, i)
		}
	}
	return out
}

// shows reports whether all of the bytes are shown.
func (s *Source) shows(start, end int) bool {
	for _, i := range s.unitsFor(start, end) {
		if !s.units[i].keep {
			return false
		}
	}
	return true
}

// shorten keeps the units that are needed, and of the others as many as give
// at most n words: the first sentence, those before a needed one, and then in
// the order of the text. It keeps a needed unit whatever its length.
func (s *Source) shorten(n int, needed map[int]bool) {
	if s.Whole <= n {
		return
	}
	words := 0
	for i := range s.units {
		s.units[i].keep = needed[i]
		if needed[i] {
			words += s.units[i].words
		}
	}
	var order []int
	first := true
	for i, u := range s.units {
		if s.body(u) && first {
			order = append(order, i)
			first = false
		}
	}
	for i := range s.units {
		if needed[i+1] && s.body(s.units[i]) {
			order = append(order, i)
		}
	}
	for _, i := range order {
		if u := &s.units[i]; !u.keep && words+u.words <= n {
			u.keep = true
			words += u.words
		}
	}
	for i := range s.units {
		u := &s.units[i]
		if u.keep || !s.body(*u) {
			continue
		}
		if words+u.words > n {
			return // not the short sentences after it: they would stand in a row of cuts
		}
		u.keep = true
		words += u.words
	}
}

// layOut sets the lines of what is kept, and measures it.
func (s *Source) layOut() {
	s.Lines, s.starts, s.startLines, s.Words = nil, nil, nil, 0
	var line []string
	width, heading, first, dropped := 0, false, true, false
	flush := func() {
		if len(line) > 0 {
			s.Lines = append(s.Lines, Line{Text: strings.Join(line, " "), Heading: heading, First: first})
			line, width, first = nil, 0, false
		}
	}
	put := func(word string, at int) {
		for {
			n, most := utf8.RuneCountInString(word), lineWidth
			if heading {
				most = headingWidth
			}
			if width > 0 && width+1+n > most {
				flush()
			}
			part := word
			if n > most { // no line could hold it
				cutAt := len(string([]rune(word)[:most]))
				part, word = word[:cutAt], word[cutAt:]
			}
			if at >= 0 {
				s.starts, s.startLines = append(s.starts, at), append(s.startLines, len(s.Lines)+1)
			}
			line = append(line, part)
			width += utf8.RuneCountInString(part) + 1
			if n <= most {
				return
			}
		}
	}
	block := -2
	var sentences []string
	for _, u := range s.units {
		if !u.keep {
			dropped = true
			continue
		}
		if u.block != block || u.block < 0 {
			flush()
			first, block = true, u.block
			heading = u.block >= 0 && s.doc.Blocks[u.block].Kind == read.Heading
			if u.block >= 0 {
				if m := wording.Clean(s.doc.Blocks[u.block].Marker); m != "" {
					put(m, -1)
				}
			}
		}
		if dropped {
			put(cut, -1)
			dropped = false
		}
		text := s.doc.Text[u.start:u.end]
		s.Words += u.words
		if s.body(u) {
			sentences = append(sentences, text)
		}
		for i := 0; i < len(text); {
			r, size := utf8.DecodeRuneInString(text[i:])
			if unicode.IsSpace(r) {
				if r == '\n' && s.lineBroken(u) {
					flush()
				}
				i += size
				continue
			}
			j := i
			for j < len(text) {
				r, size := utf8.DecodeRuneInString(text[j:])
				if unicode.IsSpace(r) {
					break
				}
				j += size
			}
			if w := wording.Clean(text[i:j]); w != "" {
				put(w, u.start+i)
			}
			i = j
		}
	}
	if dropped {
		put(cut, -1)
	}
	flush()
	s.Grade = readability.Grade(sentences)
}

// lineBroken reports whether the line breaks of a unit belong to its form.
func (s *Source) lineBroken(u unit) bool {
	if u.block < 0 {
		return false
	}
	switch s.doc.Blocks[u.block].Kind {
	case read.Table, read.Letterhead, read.Signature, read.Quotation:
		return true
	default:
		return false
	}
}

// lineOf is the line of a byte of the statement that is shown.
func (s *Source) lineOf(offset int) int {
	i := sort.Search(len(s.starts), func(i int) bool { return s.starts[i] > offset })
	return s.startLines[max(0, i-1)]
}

// ref names the lines of bytes of the statement: "A, line 3", "A, lines 3–4".
func (s *Source) ref(start, end int) string {
	if len(s.starts) == 0 {
		return s.Letter
	}
	from, to := s.lineOf(start), s.lineOf(max(start, end-1))
	if from == to {
		return fmt.Sprintf("%s, line %d", s.Letter, from)
	}
	return fmt.Sprintf("%s, lines %d–%d", s.Letter, from, to)
}

// Shortened reports whether words of the statement are left out.
func (s *Source) Shortened() bool { return s.Words < s.Whole }

// shortest is the length of a word from which it is taken for one; what is
// shorter is mostly an abbreviation.
const shortest = 4

// mostEntries is the number of words that a glossary explains at most.
const mostEntries = 8

// explain fills the glossary with the rarest words that are less common than
// the frequency given and not in known, to which it adds them.
func (s *Source) explain(common float64, known map[string]bool) {
	type candidate struct {
		Entry
		zipf float64
	}
	var all []candidate
	for _, sentence := range s.doc.Sentences {
		if len(s.starts) == 0 || !s.shows(sentence.Start, sentence.End) {
			continue
		}
		for i, t := range sentence.Tokens {
			pos := map[string]byte{"NOUN": 'n', "VERB": 'v', "ADJ": 'a', "ADV": 'r'}[t.UPOS]
			word, lemma := strings.ToLower(t.Text), strings.ToLower(t.Lemma)
			named := slices.ContainsFunc(sentence.Entities, func(e entities.Entity) bool { return e.Start <= t.Start && t.Start < e.End })
			counted := slices.ContainsFunc(sentence.Values, func(v values.Value) bool { return v.Start <= t.Start && t.Start < v.End })
			if pos == 0 || len(word) < shortest || known[lemma] || named || counted || i > 0 && t.Text != word || strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) {
				continue
			}
			zipf := max(readability.Zipf(word), readability.Zipf(lemma))
			misread := lemma != word && readability.Zipf(lemma) == readability.Rarest && zipf > readability.Rarest // "outgoing" is not of "outgo"
			meaning, ok := readability.Meaning(lemma, pos)
			if !ok || misread || zipf >= common {
				continue
			}
			known[lemma] = true
			all = append(all, candidate{Entry{Word: lemma, Meaning: meaning, Line: s.lineOf(t.Start)}, zipf})
		}
	}
	order := slices.Clone(all)
	slices.SortStableFunc(order, func(a, b candidate) int {
		switch {
		case a.zipf < b.zipf:
			return -1
		case a.zipf > b.zipf:
			return 1
		}
		return 0
	})
	for _, dropped := range order[min(len(order), mostEntries):] {
		delete(known, dropped.Word)
	}
	for _, c := range all {
		if known[c.Word] {
			s.Glossary = append(s.Glossary, c.Entry)
		}
	}
}
