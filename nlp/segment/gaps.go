package segment

// gaps is one block seen as its words and the gaps between them; gap i lies
// between words i and i+1. It carries what the features need to know of the
// sentence walked so far.
type gaps struct {
	text  string
	words []word
	stops map[int]bool // where the engine ends a sentence
	ahead []int        // words from i+1 to the next word that ends in a stop, -1 if none
	lists map[int]bool // word indexes at which an item of an inline list begins

	stopped bool // the block's last word ends in a stop
	inner   int  // words before the last that end in a stop

	first  int // first word of the sentence being walked
	parens int // brackets open in it
	quotes int // double quotes seen in the block
	forced int // how many sentences of the block ended without a stop
}

func newGaps(text string, words []word, stops map[int]bool) *gaps {
	g := &gaps{text: text, words: words, stops: stops, ahead: make([]int, len(words))}
	next := -1
	for i := len(words) - 1; i >= 0; i-- {
		g.ahead[i] = next
		if next >= 0 {
			g.ahead[i] = next - i
		}
		if isStop(words[i].term) {
			next = i
			if i < len(words)-1 {
				g.inner++
			}
		}
	}
	if n := len(words); n > 0 {
		g.stopped = isStop(words[n-1].term)
	}
	g.lists = inlineList(text, words)
	return g
}

// walk visits the gaps of the block from left to right and cuts the block
// where ends says so. Gaps that never hold a boundary are not visited.
func (g *gaps) walk(ends func(i int) bool) []Span {
	var out []Span
	for i := 0; i < len(g.words); i++ {
		w := &g.words[i]
		g.parens += w.parens
		g.quotes += w.quotes
		last := i == len(g.words)-1
		if !last && !(g.candidate(i) && ends(i)) {
			continue
		}
		out = append(out, Span{g.words[g.first].start, w.end})
		if !isStop(w.term) {
			g.forced++
		}
		g.first, g.parens = i+1, 0
	}
	return out
}

// sentences cuts the block by the rules and, where they are silent, by decide.
func (g *gaps) sentences(decide func(*gaps, int) bool) []Span {
	return g.walk(func(i int) bool {
		switch g.rule(i) {
		case cut:
			return true
		case join:
			return false
		default:
			return decide(g, i)
		}
	})
}

// candidate reports whether gap i can hold a boundary at all: not after a
// plain word or a comma when the next word begins in lower case.
func (g *gaps) candidate(i int) bool {
	w, next := &g.words[i], &g.words[i+1]
	if g.lists[i+1] || link(g.full(i+1)) && (link(g.full(i)) || g.label(g.first)) || g.label(g.first) && g.label(i+1) {
		return true
	}
	switch w.term {
	case none, ',', '-', dash:
		return next.first != 'l' || w.closed && w.term != ','
	}
	return true
}

func (g *gaps) word(i int) string { return g.text[g.words[i].from:g.words[i].to] }
func (g *gaps) full(i int) string { return g.text[g.words[i].start:g.words[i].end] }
