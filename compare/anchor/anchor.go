package anchor

import (
	"strings"
)

// Span is a run [Start, End) of bytes.
type Span struct{ Start, End int }

// Text is a text made ready to look quotes up in.
type Text struct {
	text  string
	words []Word
	first map[string][]int // positions by word
}

// NewText prepares a text.
func NewText(text string) *Text {
	t := &Text{text: text, words: Words(text), first: map[string][]int{}}
	for i, w := range t.words {
		t.first[w.Text] = append(t.first[w.Text], i)
	}
	return t
}

// Slice is the run [start, end) of bytes of the text.
func (t *Text) Slice(start, end int) string { return t.text[start:end] }

// Locate returns every place at which the words of a quote stand, in order.
// A span begins with the first word and ends with the last; marks at the ends
// of the quote are in it where the text has them too.
func (t *Text) Locate(quote string) []Span {
	want := Words(quote)
	var out []Span
	for _, at := range t.places(want) {
		out = append(out, t.span(at, at+len(want), quote, want))
	}
	return out
}

// places gives the positions at which a run of words begins.
func (t *Text) places(want []Word) []int {
	if len(want) == 0 {
		return nil
	}
	var out []int
candidates:
	for _, at := range t.first[want[0].Text] {
		if at+len(want) > len(t.words) {
			break
		}
		for i, w := range want {
			if t.words[at+i].Text != w.Text {
				continue candidates
			}
		}
		out = append(out, at)
	}
	return out
}

// span turns word positions into bytes, with the marks of the quote around
// them.
func (t *Text) span(from, to int, quote string, want []Word) Span {
	s := Span{t.words[from].Start, t.words[to-1].End}
	before, after := quote[:want[0].Start], quote[want[len(want)-1].End:]
	if strings.HasSuffix(t.text[:s.Start], before) {
		s.Start -= len(before)
	}
	if strings.HasPrefix(t.text[s.End:], after) {
		s.End += len(after)
	}
	return s
}

// Anchor names a run of words of a text so that it is found again when the
// text was edited.
type Anchor struct {
	Quote  string `json:"quote"`            // the words
	Before string `json:"before,omitempty"` // a few words before them
	After  string `json:"after,omitempty"`  // and after them
	Start  int    `json:"start"`            // bytes of the text at the time: settles between equals
	End    int    `json:"end"`
}

// around is how many words of context an anchor keeps on each side.
const around = 8

// Make anchors text[start:end].
func Make(text string, start, end int) Anchor {
	before, after := Words(text[:start]), Words(text[end:])
	a := Anchor{Quote: text[start:end], Start: start, End: end}
	if n := len(before); n > 0 {
		a.Before = text[before[max(n-around, 0)].Start:start]
	}
	if n := len(after); n > 0 {
		a.After = text[end : end+after[min(n, around)-1].End]
	}
	return a
}

// Find returns where the anchored words stand in a text now. Among several
// places the one with most of the old context wins, then the nearest. If the
// words themselves were edited, the run between the old context counts, as
// long as most of the words are still there.
func (a Anchor) Find(t *Text) (Span, bool) {
	want := Words(a.Quote)
	if len(want) == 0 {
		return Span{}, false
	}
	before, after := Words(a.Before), Words(a.After)
	best, bestContext, found := Span{}, -1, false
	for _, at := range t.places(want) {
		s := t.span(at, at+len(want), a.Quote, want)
		context := t.endsWith(at, before) + t.beginsWith(at+len(want), after)
		if context > bestContext || context == bestContext && distance(s.Start, a.Start) < distance(best.Start, a.Start) {
			best, bestContext, found = s, context, true
		}
	}
	if found {
		return best, true
	}
	return a.edited(t, want, before, after)
}

// Limits for a run of words that was edited.
const (
	edge      = 3   // words of context that must stand on each side; fewer at the ends of a text
	mostWords = 400 // words of a quote that are compared
	unchanged = 0.6 // share of the words that must be left, in order
)

func (a Anchor) edited(t *Text, want, before, after []Word) (Span, bool) {
	before, after = before[max(len(before)-edge, 0):], after[:min(len(after), edge)]
	if len(want) > mostWords || len(before)+len(after) == 0 {
		return Span{}, false
	}
	longest := 2*len(want) + edge
	best, bestShare := Span{}, 0.0
	for _, from := range t.afterRuns(before) {
		for _, to := range t.beforeRuns(after, from, min(from+longest, len(t.words))) {
			if share := common(want, t.words[from:to]); share > bestShare {
				best, bestShare = Span{t.words[from].Start, t.words[to-1].End}, share
			}
		}
	}
	return best, bestShare >= unchanged
}

// afterRuns gives the positions directly after each place of a run; the
// beginning of the text for an empty one.
func (t *Text) afterRuns(run []Word) []int {
	if len(run) == 0 {
		return []int{0}
	}
	out := t.places(run)
	for i := range out {
		out[i] += len(run)
	}
	return out
}

// beforeRuns gives the positions in (from, to] at which a run begins; the end
// of the text for an empty one.
func (t *Text) beforeRuns(run []Word, from, to int) []int {
	if len(run) == 0 {
		if to == len(t.words) && to > from {
			return []int{to}
		}
		return nil
	}
	var out []int
	for at := from + 1; at <= to; at++ {
		if t.beginsWith(at, run) == len(run) {
			out = append(out, at)
		}
	}
	return out
}

// endsWith counts the words before position at that are the last of run.
func (t *Text) endsWith(at int, run []Word) int {
	n := 0
	for n < len(run) && at-n > 0 && t.words[at-n-1].Text == run[len(run)-n-1].Text {
		n++
	}
	return n
}

// beginsWith counts the words from position at on that are the first of run.
func (t *Text) beginsWith(at int, run []Word) int {
	n := 0
	for n < len(run) && at+n < len(t.words) && t.words[at+n].Text == run[n].Text {
		n++
	}
	return n
}

// common is the length of the longest common subsequence as a share of the
// longer of two runs.
func common(a, b []Word) float64 {
	row := make([]int, len(b)+1)
	for i := range a {
		diagonal := 0
		for j := range b {
			up := row[j+1]
			switch {
			case a[i].Text == b[j].Text:
				row[j+1] = diagonal + 1
			case row[j] > up:
				row[j+1] = row[j]
			}
			diagonal = up
		}
	}
	return float64(row[len(b)]) / float64(max(len(a), len(b), 1))
}

func distance(a, b int) int { return max(a-b, b-a) }
