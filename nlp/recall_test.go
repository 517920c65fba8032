package nlp

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"counterclaim/nlp/read"
)

// TestRecall proves that a sentence which was met before is read as it is for
// the first time: its claims, and their places in the space of meaning.
func TestRecall(t *testing.T) {
	model, err := OpenModel([]byte(modelFile))
	if err != nil {
		t.Fatal(err)
	}
	analyze := func(text string, m *Model) *Document {
		statement, err := read.Read("text", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return Analyze(statement, Options{Model: m})
	}
	const again = "The Ministry said on Friday that at least 12 people had died near the bridge, and that it had warned them. We deny it. "
	first := analyze(again, model)
	second := analyze("It rained. "+again+again, model)
	n := len(first.Claims)
	if n < 2 || len(second.Claims) < 2*n {
		t.Fatalf("%d claims, then %d", n, len(second.Claims))
	}
	moved := cmpopts.IgnoreFields(Claim{}, "Start", "End", "Sentence", "Values", "Entities", "Actor")
	for _, from := range []int{len(second.Claims) - 2*n, len(second.Claims) - n} {
		if diff := cmp.Diff(first.Claims, second.Claims[from:from+n], moved, cmp.AllowUnexported(Claim{}, Meaning{})); diff != "" {
			t.Error(diff)
		}
	}
	for _, c := range second.Claims {
		if second.Text[c.Start:c.End] != c.Text {
			t.Errorf("%q stands at %d", c.Text, c.Start)
		}
	}
}

// TestRecallForgets proves that the memory is bounded, and keeps what is met
// again and again.
func TestRecallForgets(t *testing.T) {
	var r recall
	usual := sentenceKey{text: "usual"}
	r.put(usual, []Claim{{}})
	for i := range 5 * recalled {
		r.put(sentenceKey{text: fmt.Sprint(i)}, nil)
		if _, ok := r.get(usual); !ok {
			t.Fatalf("forgotten after %d", i)
		}
	}
	if n := len(r.newer) + len(r.former); n > 2*recalled {
		t.Errorf("%d sentences are kept", n)
	}
	if _, ok := r.get(sentenceKey{text: "0"}); ok {
		t.Error("the first is still there")
	}
}

// TestAnalyzeAll proves that statements which are analysed together come out
// as each does by itself.
func TestAnalyzeAll(t *testing.T) {
	open := func() *Model {
		model, err := OpenModel([]byte(modelFile))
		if err != nil {
			t.Fatal(err)
		}
		return model
	}
	var texts []*read.Text
	for _, text := range []string{
		"The Ministry said on Friday that at least 12 people had died near the bridge, and that it had warned them. We deny it.",
		"",
		"We deny it. According to the mission, the ship left the port on 4 May 2031. It had carried weapons. We deny it.",
		"# A heading\n\nWe deny it.\n\nThe Ministry said on Friday that at least 12 people had died near the bridge, and that it had warned them.",
	} {
		statement, err := read.Read("text", []byte(text))
		if text == "" {
			statement, err = &read.Text{}, nil
		}
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, statement)
	}
	together := open()
	options := make([]Options, len(texts))
	for i := range options {
		options[i] = Options{Party: fmt.Sprint("party ", i), Model: together}
	}
	for i, got := range AnalyzeAll(texts, options) {
		want := Analyze(texts[i], Options{Party: options[i].Party, Model: open()})
		if diff := cmp.Diff(want, got, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
			t.Errorf("statement %d: %s", i, diff)
		}
	}
}
