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
		"1) Open the valve | 2) Wait for the light",
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
		"abbreviation-run", "A short word with a stop goes on with another such word in small letters.",
		"They met in voc. ed. classes. | It rained.",
		func(g *gaps, i int) verdict {
			return when(g.clipped(i) && g.clipped(i+1) && i+2 < len(g.words) && g.words[i+2].first == 'l', join)
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
		"hour-title", "After a.m. and p.m., a form of address starts a sentence, unless the hour opens it.",
		"He left at 6 P.M. | Mr. Smith stayed.",
		func(g *gaps, i int) verdict {
			if a := lowerASCII(g.word(i)); g.abbreviated(i) != neutral || a != "p.m" && a != "a.m" && a != "pm" && a != "am" {
				return silent
			}
			if g.words[i+1].first != 'U' || abbreviation(g.word(i+1)) != title {
				return silent
			}
			if i-g.first <= 2 { // "At 5 a.m. Mr. Smith": the clause is still to come
				return join
			}
			return cut
		},
	},
	{
		"closed-lower", "A stop inside a bracket or a quotation does not end the sentence that goes on in lower case.",
		"He teaches (He was an engineer.) at a school. | He likes it.",
		func(g *gaps, i int) verdict {
			w := &g.words[i]
			return when(w.closed && w.parens <= 0 && isStop(w.term) && g.words[i+1].first == 'l' && g.starts('U'), join)
		},
	},
	{
		"run-together", "A full stop with no space after it ends a sentence before a capital.",
		"The talks ended.| Nobody spoke.",
		func(g *gaps, i int) verdict {
			return when(g.words[i+1].glued && g.words[i].term == '.' && g.words[i+1].first == 'U', cut)
		},
	},
	{
		"answer-no", "\"No.\" is an answer, not an abbreviation, where it is all of the sentence and no number follows.",
		"No. | Nobody came.",
		func(g *gaps, i int) verdict {
			return when(i == g.first && g.words[i].term == '.' && g.word(i) == "No" && g.words[i+1].first == 'U', cut)
		},
	},
	{
		"full-stop", "A stop that the engine takes for the end, after a whole word and before a capital, is the end.",
		"The convoy left at dawn. | Shelling resumed.",
		func(g *gaps, i int) verdict {
			w := &g.words[i]
			return when(w.term == '.' && !w.closed && g.stops[w.end] && g.words[i+1].first == 'U' &&
				w.first == 'l' && w.to-w.from >= 3 && abbreviation(g.word(i)) == plain && !strings.Contains(g.word(i), "."), cut)
		},
	},
	{
		"exclaimed", "A question or exclamation mark before a capital on a word that no name begins with ends the sentence.",
		"Who fired?! | They do not say.",
		func(g *gaps, i int) verdict {
			w := &g.words[i]
			mark := w.term == '?' || w.term == '!' || w.term == mixed
			return when(mark && !w.closed && g.starter(i+1), cut)
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
			if s := g.full(i + 1); len(s) >= 2 && s[1] == '.' && s[0] >= 'A' && s[0] <= 'Z' {
				return join // "of S. F., and"
			}
			p := i - 1
			named := i == g.first || g.words[p].first == 'U' && !starters[lowerASCII(g.word(p))] && g.words[p].term != ','
			if !named && g.starter(i+1) {
				return cut // "you and I. Has anyone …"
			}
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
		"note-mark", "A note number in square brackets after the stop belongs to the sentence before it.",
		"He left in 1805. [19] | His friends stayed.",
		func(g *gaps, i int) verdict {
			if noteMark(g.full(i+1)) && isStop(g.words[i].term) {
				return join
			}
			return when(i > g.first && noteMark(g.full(i)) && g.words[i+1].first == 'U' && isStop(g.words[i-1].term), cut)
		},
	},
	{
		"note-number", "A bare number between a stop and a word that no name begins with is a note number.",
		"Rights were protected. 4 | However, few voted.",
		func(g *gaps, i int) verdict {
			if i+2 < len(g.words) && isStop(g.words[i].term) && number(g.full(i+1)) && g.starter(i+2) {
				return join
			}
			return when(i > g.first && isStop(g.words[i-1].term) && number(g.full(i)) && g.starter(i+1), cut)
		},
	},
	{
		"omission", "An omission in brackets after the stop belongs to the sentence before it.",
		"Counsel spoke. […] | The court rose.",
		func(g *gaps, i int) verdict {
			if omission(g.full(i+1)) && isStop(g.words[i].term) {
				return join
			}
			return when(i > g.first && omission(g.full(i)) && g.words[i+1].first == 'U' && isStop(g.words[i-1].term), cut)
		},
	},
	{
		"face", "A face drawn in signs after the stop belongs to the sentence before it.",
		"We did it! :-) | Thanks to all.",
		func(g *gaps, i int) verdict {
			if face(g.full(i+1)) && isStop(g.words[i].term) {
				return join
			}
			return when(i > g.first && face(g.full(i)) && isStop(g.words[i-1].term), cut)
		},
	},
	{
		"postscript", "\"P.S.\" begins what it stands before.",
		"They came at once. | P.S. Bring the keys.",
		func(g *gaps, i int) verdict { return when(i == g.first && postscript[lowerASCII(g.word(i))], join) },
	},
	{
		"labelled-link", "A web address belongs to the label before it.",
		"For details: http://example.org/a | It is late.",
		func(g *gaps, i int) verdict { return when(g.words[i].term == ':' && link(g.full(i+1)), join) },
	},
	{
		"links", "Of two web addresses in a row, each stands alone.",
		"http://example.org/a | http://example.org/b",
		func(g *gaps, i int) verdict { return when(link(g.full(i)) && link(g.full(i+1)), cut) },
	},
	{
		"ruler", "A drawn line stands alone.",
		"See below | ---------- | Posted by Ana",
		func(g *gaps, i int) verdict {
			return when(drawn(g.full(i)) || drawn(g.full(i+1)), cut)
		},
	},
	{
		"broken-off", "After a dash, a capital on a word that no name begins with starts anew.",
		"I was about to — | What's this?",
		func(g *gaps, i int) verdict {
			s := g.full(i)
			dash := strings.HasSuffix(s, "—") || s == "–" || s == "--"
			return when(dash && (g.starter(i+1) || g.exclaims(i+1)) && g.full(i + 1)[0] != 'I', cut)
		},
	},
	{
		"lone-dash", "A dash that stands alone goes on with what was broken off.",
		"When do you get your h- — when? | Now.",
		func(g *gaps, i int) verdict {
			s := g.full(i + 1)
			return when((s == "—" || s == "–" || s == "--") && g.words[i].term == '-', join)
		},
	},
	{
		"labels", "In a line that begins with a label, the next label or web address starts anew.",
		"Phone: 814.863.1874 | Fax: 814.863.6874",
		func(g *gaps, i int) verdict {
			return when(i > g.first && g.label(g.first) && (g.label(i+1) || link(g.full(i+1)) && g.words[i].term != ':'), cut)
		},
	},
	{
		"exclamation", "A word of assent or surprise with a full stop is a sentence.",
		"Mm. | Sit down.",
		func(g *gaps, i int) verdict {
			return when(i == g.first && g.words[i].term == '.' && g.exclaims(i) && g.words[i+1].first == 'U', cut)
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

// noteMark reports whether s is a reference such as "[12]", "[12][13]" or
// "[a]".
func noteMark(s string) bool {
	return len(s) >= 3 && len(s) <= 20 && s[0] == '[' && s[len(s)-1] == ']' &&
		(strings.Trim(s, "[]0123456789,–-") == "" || len(s) == 3 && s[1] >= 'a')
}

// omission reports whether a word is an ellipsis in brackets.
func omission(s string) bool {
	switch s {
	case "[…]", "[...]", "(…)", "(...)", "[. . .]":
		return true
	}
	return false
}

// face reports whether a word is a face of signs: ":-)", ":(", ";P", "=D".
func face(s string) bool {
	if len(s) < 2 || len(s) > 4 || !strings.Contains(":;=", s[:1]) {
		return false
	}
	rest := strings.TrimLeft(s[1:], "-o'")
	return rest != "" && (strings.Trim(rest, "()[]/|*") == "" || rest == "P" || rest == "D" || rest == "p")
}

// postscript are the marks of what is added below a letter.
var postscript = set(`ps p.s pps p.p.s ps. p.s. n.b nb`)

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

// starts reports whether the sentence being walked begins with that kind of
// letter.
func (g *gaps) starts(kind byte) bool { return g.words[g.first].first == kind }

// starter reports whether word i is a capitalised word that begins sentences
// but not names.
func (g *gaps) starter(i int) bool {
	if g.words[i].first != 'U' {
		return false
	}
	word := lowerASCII(g.word(i))
	if at := strings.IndexAny(word, "'’"); at > 0 { // "that's"
		word = word[:at]
	}
	return starters[word]
}

// label reports whether word i is a capitalised word with a colon, or a label
// of a letter.
func (g *gaps) label(i int) bool {
	return g.words[i].term == ':' && (g.words[i].first == 'U' || letterLabels[lowerASCII(g.word(i))])
}

// letterLabels are labels of a letter that are written small.
var letterLabels = set(`cc bcc encl enc fax tel re attn`)

// clipped reports whether word i is of two to four small letters and a stop.
func (g *gaps) clipped(i int) bool {
	w := &g.words[i]
	return w.first == 'l' && w.term == '.' && !w.closed && w.to-w.from >= 2 && w.to-w.from <= 4
}

// exclaims reports whether word i is a capitalised word of assent, dissent or
// surprise.
func (g *gaps) exclaims(i int) bool {
	return g.words[i].first == 'U' && exclamations[lowerASCII(g.word(i))]
}

func number(s string) bool {
	return s != "" && len(s) <= 3 && strings.Trim(s, "0123456789") == ""
}

func link(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "www.")
}

// drawn reports whether a word is a line of at least eight strokes.
func drawn(s string) bool {
	return len(s) >= 8 && strings.Trim(s, s[:1]) == "" && strings.Contains("-_=*~#+", s[:1])
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
