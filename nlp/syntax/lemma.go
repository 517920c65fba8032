package syntax

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// lemmatizer turns a form and its tags into a lemma by an edit script: cut n
// bytes off the end, append a string. Which script is learned from the
// training data: the one of the whole word, or else of the longest ending
// (up to maxEnding characters) of words with the same tags.
type lemmatizer struct {
	scripts []script
	choice  table // hash of tags and ending, or of tags and word, to a script
}

// script says how a lemma is made from a form.
type script struct {
	cut int
	add string
}

func (s script) String() string { return strconv.Itoa(s.cut) + " " + s.add }

func parseScript(text string) (script, error) {
	n, add, _ := strings.Cut(text, " ")
	cut, err := strconv.Atoi(n)
	return script{cut, add}, err
}

// maxForm is the number of bytes of a word that is lemmatized.
const maxForm = 64

// maxEnding is the longest ending, in characters, that the lemmatizer looks at.
const maxEnding = 6

// lemmaBase is the form that scripts are applied to: folded, and in lower
// case unless the word is a name, whose lemma keeps its capitals.
func lemmaBase(form, xpos, upos string) string {
	if upos == "PUNCT" {
		return form
	}
	form = foldForm(form)
	if xpos == "NNP" || xpos == "NNPS" || upos == "PROPN" || upos == "X" || upos == "SYM" {
		return form
	}
	return strings.ToLower(form)
}

// lemmaKeys gives the contexts that decide on the script, from the general to
// the particular: tags alone, ever longer endings, the whole word.
func lemmaKeys(base, xpos, upos string) []uint64 {
	tags := mix(hashString(xpos), hashString(upos))
	keys := append(make([]uint64, 0, maxEnding+2), tags)
	start := len(base)
	for k := 0; k < maxEnding && start > 0; k++ {
		_, size := utf8.DecodeLastRuneInString(base[:start])
		start -= size
		keys = append(keys, mix(mix(tags, uint64(k+1)), hashString(base[start:])))
	}
	return append(keys, mix(mix(tags, 99), hashString(base)))
}

// lemma gives the lemma of a tagged token. A word that training did not meet
// gets the script of its longest ending that leads to a lemma that training
// did meet, if need be with an e restored (provok|ing), else the script of its
// longest ending.
func (l *lemmatizer) lemma(form, xpos, upos string) string {
	base := lemmaBase(form, xpos, upos)
	if len(base) > maxForm {
		return base
	}
	keys := lemmaKeys(base, xpos, upos)
	lemma := ""
	for i := len(keys) - 1; i >= 0; i-- {
		n, ok := l.choice.find(keys[i])
		if !ok || int(n) >= len(l.scripts) {
			continue
		}
		s := l.scripts[n]
		if s.cut > len(base) || s.cut == len(base) && s.add == "" {
			continue
		}
		made := base[:len(base)-s.cut] + s.add
		if _, known := l.choice.find(lemmaKey(made)); known || i == len(keys)-1 || upos == "PROPN" {
			return made
		}
		if lemma == "" {
			lemma = made
		}
	}
	if upos == "ADJ" && form != base {
		return form // an adjective made from a name that training did not meet
	}
	if lemma == "" {
		return base
	}
	if _, known := l.choice.find(lemmaKey(lemma + "e")); known && upos == "VERB" && lemma != base {
		return lemma + "e"
	}
	return lemma
}

// lemmaKey is the entry that marks a lemma as known.
func lemmaKey(lemma string) uint64 { return mix(hashString(lemma), 777) }

// trainLemmas learns the scripts. An ending counts each word once, so that it
// stands for what new words do; a whole word is kept only where the endings
// get it wrong.
func trainLemmas(sentences [][]Token) lemmatizer {
	counts := map[uint64]map[string]int{}
	count := func(key uint64, s string) {
		if counts[key] == nil {
			counts[key] = map[string]int{}
		}
		counts[key][s]++
	}
	type wordTag struct{ base, xpos, upos, script string }
	seen := map[wordTag]bool{}
	level := map[int][]uint64{}
	parent := map[uint64]uint64{}
	// Counted often, so that they prevail over slips in a treebank.
	sentences = slices.Concat(sentences, slices.Repeat([][]Token{irregularForms()}, 50))
	for _, sentence := range sentences {
		for _, t := range sentence {
			base := lemmaBase(t.Text, t.XPOS, t.UPOS)
			if t.Lemma == "" || len(base) > maxForm {
				continue
			}
			same := 0
			for same < len(base) && same < len(t.Lemma) && base[same] == t.Lemma[same] {
				same++
			}
			for same > 0 && same < len(base) && !utf8.RuneStart(base[same]) {
				same--
			}
			change := script{len(base) - same, t.Lemma[same:]}
			s := change.String()
			w := wordTag{base, t.XPOS, t.UPOS, s}
			keys := lemmaKeys(base, t.XPOS, t.UPOS)
			for i, k := range keys {
				depth := i
				if i == len(keys)-1 {
					depth = maxEnding + 1
				} else if seen[w] || change.cut > i {
					continue // a script may change only the ending that it goes by
				}
				if counts[k] == nil {
					level[depth] = append(level[depth], k)
					if i > 0 {
						parent[k] = keys[i-1]
					}
				}
				count(k, s)
			}
			seen[w] = true
		}
	}
	best := func(m map[string]int) (script string, n int) {
		for s, c := range m {
			if c > n || c == n && s < script {
				script, n = s, c
			}
		}
		return script, n
	}
	decision := map[uint64]string{} // also of contexts that only inherit
	var l lemmatizer
	number := map[string]uint32{}
	kept := map[uint64]uint32{}
	for depth := 0; depth <= maxEnding+1; depth++ {
		for _, k := range level[depth] {
			s, n := best(counts[k])
			inherited, ok := decision[parent[k]]
			if ending := depth > 0 && depth <= maxEnding; ok && s == inherited || ending && n < 2 {
				if ok {
					decision[k] = inherited
				}
				continue
			}
			decision[k] = s
			if _, ok := number[s]; !ok {
				number[s] = uint32(len(l.scripts))
				parsed, _ := parseScript(s)
				l.scripts = append(l.scripts, parsed)
			}
			kept[k] = number[s]
		}
	}
	for _, sentence := range sentences {
		for _, t := range sentence {
			kept[lemmaKey(t.Lemma)] = 0
		}
	}
	keys := make([]uint64, 0, len(kept))
	for k := range kept {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	l.choice = newTable(len(keys))
	for _, k := range keys {
		l.choice.put(k, kept[k])
	}
	return l
}
