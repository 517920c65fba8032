package segment

import "strings"

// verdict of a rule on a gap.
type verdict byte

const (
	silent verdict = iota // the rule does not apply
	join                  // no boundary
	cut                   // a boundary
)

// Rule is a convention that overrides the model at a gap. Example shows its
// effect: the sentences are separated by " | ".
type Rule struct {
	ID      string
	Doc     string
	Example string
	apply   func(g *gaps, i int) verdict
}

// Rules are tried in order; the first that is not silent decides.
var Rules = []Rule{
	{
		"list-item", "An item of a list set in one line is a sentence.",
		"1) Open the valve 2) Wait for the light | 2) Wait for the light",
		func(g *gaps, i int) verdict { return when(g.lists[i+1], cut) },
	},
	{
		"list-marker", "The number, letter or bullet before an item belongs to it.",
		"2.1. Patrols continued. | They met nobody.",
		func(g *gaps, i int) verdict {
			if i > g.first && !(i == g.first+1 && isMarker(g.full(g.first)) && g.words[g.first].term == other) {
				return silent
			}
			return when(isMarker(g.full(i)), join)
		},
	},
	{
		"title", "A rank, form of address or ship's prefix stands before a name.",
		"They met Brig. Gen. Orlov. | He left.",
		func(g *gaps, i int) verdict {
			return when(g.abbreviated(i) == title && g.words[i+1].first != 'p', join)
		},
	},
	{
		"numbered", "An abbreviation of a part of a document stands before its number.",
		"See paras. 4 and 5 of Art. IV. | They bind.",
		func(g *gaps, i int) verdict {
			return when(g.abbreviated(i) == counted && (g.words[i+1].first == 'd' || roman(g.word(i+1)) || code(g.full(i+1))), join)
		},
	},
	{
		"abbreviation-lower", "After an abbreviation, a small letter continues the sentence.",
		"Pitt & Co. at noon signed. | It rained.",
		func(g *gaps, i int) verdict {
			a := g.abbreviated(i)
			return when(a != plain && a != initial && g.words[i+1].first == 'l', join)
		},
	},
	{
		"abbreviation-starter", "After an abbreviation, a capital on a word that no name begins with starts a sentence.",
		"They left at 6 p.m. | The road was open.",
		func(g *gaps, i int) verdict {
			a := g.abbreviated(i)
			n := &g.words[i+1]
			return when((a == neutral || a == dotted) && n.first == 'U' && starters[lowerASCII(g.text[n.from:n.to])] && len(g.word(i+1)) > 1, cut)
		},
	},
	{
		"initial", "A single capital between names is an initial.",
		"I saw Maria L. Ortega. | She waved.",
		func(g *gaps, i int) verdict {
			w, n := &g.words[i], &g.words[i+1]
			if g.abbreviated(i) != initial || g.text[w.from] >= 'a' || n.first != 'U' {
				return silent
			}
			p := i - 1
			named := i == g.first || g.words[p].first == 'U' && !starters[lowerASCII(g.word(p))] && g.words[p].term != ','
			return when(named && !starters[lowerASCII(g.word(i+1))], join)
		},
	},
	{
		"spaced-ellipsis", "Three spaced dots are an omission inside a sentence; a fourth, or one right after the word, is its full stop.",
		"They agreed . . . . | Nobody spoke.",
		func(g *gaps, i int) verdict {
			s := g.full(i + 1)
			if strings.HasPrefix(s, ". .") && g.words[i].term == '.' && i+2 < len(g.words) && g.words[i+2].first == 'U' {
				return cut
			}
			if strings.HasPrefix(s, ". .") {
				return join
			}
			s = g.full(i)
			if !strings.HasPrefix(s, ". .") {
				return silent
			}
			if strings.Count(s, ".") >= 4 && g.words[i+1].first == 'U' {
				return cut
			}
			return when(g.words[i+1].first == 'l' || strings.Count(s, ".") == 3, join)
		},
	},
	{
		"name-with-mark", "Some names end in an exclamation mark.",
		"She works at Yahoo! in London. | He does not.",
		func(g *gaps, i int) verdict {
			return when(g.words[i].term == '!' && g.words[i+1].first == 'l' && markedNames[lowerASCII(g.word(i))], join)
		},
	},
}

// markedNames are companies and shows whose name ends in "!".
var markedNames = set(`yahoo jeopardy oklahoma yum`)

func when(b bool, v verdict) verdict {
	if b {
		return v
	}
	return silent
}

// rule returns the verdict of the first rule that applies to gap i.
func (g *gaps) rule(i int) verdict {
	for k := range Rules {
		if v := Rules[k].apply(g, i); v != silent {
			return v
		}
	}
	return silent
}

// abbreviated returns the class of word i if a full stop follows it.
func (g *gaps) abbreviated(i int) class {
	w := &g.words[i]
	if w.term != '.' || w.closed {
		return plain
	}
	return abbreviation(g.text[w.from:w.to])
}

func isMarker(s string) bool {
	_, ok := markerOf(s)
	return ok
}

func roman(s string) bool {
	return s != "" && strings.Trim(s, "IVXLC") == ""
}

// code reports whether s looks like a document symbol, as "S/2014/136".
func code(s string) bool { return strings.ContainsAny(s, "0123456789/") }
