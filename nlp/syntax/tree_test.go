package syntax

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The ministry said that troops were withdrawn from Varn .
var tokensOfReport = []Token{
	{Text: "The", XPOS: "DT", Head: 1, Rel: "det"},
	{Text: "ministry", XPOS: "NN", Head: 2, Rel: "nsubj"},
	{Text: "said", XPOS: "VBD", Head: -1, Rel: "root"},
	{Text: "that", XPOS: "IN", Head: 6, Rel: "mark"},
	{Text: "troops", XPOS: "NNS", Head: 6, Rel: "nsubj"},
	{Text: "were", XPOS: "VBD", Head: 6, Rel: "aux"},
	{Text: "withdrawn", XPOS: "VBN", Head: 2, Rel: "ccomp"},
	{Text: "from", XPOS: "IN", Head: 8, Rel: "case"},
	{Text: "Varn", XPOS: "NNP", Head: 6, Rel: "obl"},
	{Text: ".", XPOS: ".", Head: 2, Rel: "punct"},
}

func TestTree(t *testing.T) {
	s := tokensOfReport
	if got := Root(s); got != 2 {
		t.Errorf("Root = %d", got)
	}
	if diff := cmp.Diff([]int{1, 6, 9}, Children(s, 2)); diff != "" {
		t.Error(diff)
	}
	if got := Child(s, 6, "obj", "obl"); got != 8 {
		t.Errorf("Child = %d", got)
	}
	if got := Child(s, 6, "obj"); got != -1 {
		t.Errorf("Child of an absent relation = %d", got)
	}
	for _, test := range []struct {
		top, first, last int
		contiguous       bool
	}{{2, 0, 10, true}, {6, 3, 9, true}, {1, 0, 2, true}, {8, 7, 9, true}, {-1, 0, 0, true}, {99, 0, 0, true}} {
		first, last, contiguous := Span(s, test.top)
		if first != test.first || last != test.last || contiguous != test.contiguous {
			t.Errorf("Span(%d) = %d, %d, %v", test.top, first, last, contiguous)
		}
	}
	for i, want := range []bool{false, false, true, false, false, true, true, false, false, false} {
		if HasFinite(s, i) != want {
			t.Errorf("HasFinite(%s) = %v", s[i].Text, !want)
		}
	}
}

func TestSpanWithGap(t *testing.T) {
	// "a hearing is scheduled on it": "on it" belongs to the hearing
	s := []Token{{Head: 1}, {Head: 3}, {Head: 3}, {Head: -1}, {Head: 5}, {Head: 1}}
	first, last, contiguous := Span(s, 1)
	if first != 0 || last != 6 || contiguous {
		t.Errorf("Span = %d, %d, %v", first, last, contiguous)
	}
}

func TestSubtreeOfCycle(t *testing.T) {
	s := []Token{{Head: 1}, {Head: 0}, {Head: 7}, {Head: 3}, {Head: 0}}
	if diff := cmp.Diff([]bool{true, true, false, false, true}, Subtree(s, 0)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]bool{false, false, true, false, false}, Subtree(s, 2)); diff != "" {
		t.Error(diff)
	}
}
