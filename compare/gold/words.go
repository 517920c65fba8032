package gold

import (
	"sort"

	"counterclaim/compare/anchor"
)

// span is a run [lo, hi) of word positions of one party, over all of its
// statements.
type span struct{ lo, hi int }

func (s span) size() int { return s.hi - s.lo }

func (s span) shared(t span) int { return max(0, min(s.hi, t.hi)-max(s.lo, t.lo)) }

// meets says whether the spans share at least half of the shorter one.
func (s span) meets(t span) bool {
	n := s.shared(t)
	return n > 0 && 2*n >= min(s.size(), t.size())
}

// iou is the intersection over union of the positions.
func (s span) iou(t span) float64 {
	n := s.shared(t)
	return float64(n) / float64(s.size()+t.size()-n)
}

// index locates runs of words in the statements of one party.
type index struct {
	words      []anchor.Word
	statements []int            // position of the first word of each statement, and the end
	first      map[string][]int // positions by word
}

func newIndex(texts []string) *index {
	x := &index{first: map[string][]int{}}
	for _, text := range texts {
		x.statements = append(x.statements, len(x.words))
		x.words = append(x.words, anchor.Words(text)...)
	}
	x.statements = append(x.statements, len(x.words))
	for i, w := range x.words {
		x.first[w.Text] = append(x.first[w.Text], i)
	}
	return x
}

// quote returns every place at which the words of a quote stand, within one
// statement.
func (x *index) quote(quote string) []span {
	want := anchor.Words(quote)
	if len(want) == 0 {
		return nil
	}
	var found []span
	statement := 0
candidates:
	for _, at := range x.first[want[0].Text] {
		for x.statements[statement+1] <= at {
			statement++
		}
		if at+len(want) > x.statements[statement+1] {
			continue
		}
		for i, w := range want {
			if x.words[at+i].Text != w.Text {
				continue candidates
			}
		}
		found = append(found, span{at, at + len(want)})
	}
	return found
}

// bytes returns the words of a statement that lie in [start, end), at least
// in part.
func (x *index) bytes(statement, start, end int) []span {
	if statement < 0 || statement+1 >= len(x.statements) {
		return nil
	}
	from, to := x.statements[statement], x.statements[statement+1]
	of := x.words[from:to]
	lo := from + sort.Search(len(of), func(i int) bool { return of[i].End > start })
	hi := from + sort.Search(len(of), func(i int) bool { return of[i].Start >= end })
	if hi <= lo {
		return nil
	}
	return []span{{lo, hi}}
}
