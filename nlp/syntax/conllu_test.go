package syntax

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// conlluLine joins the columns of a line.
func conlluLine(fields ...string) string { return strings.Join(fields, "\t") + "\n" }

func TestReadCoNLLU(t *testing.T) {
	in := "\ufeff# sent_id = 1\n# text = We don't. \r\n" +
		conlluLine("1", "We", "we", "PRON", "PRP", "_", "2", "nsubj", "_", "_") +
		conlluLine("2-3", "don't", "_", "_", "_", "_", "_", "_", "_", "SpaceAfter=No") +
		conlluLine("2", "do", "do", "VERB", "VBP", "_", "0", "root", "_", "_") +
		conlluLine("3", "n't", "not", "PART", "RB", "_", "2", "advmod", "_", "SpaceAfter=No") +
		conlluLine("3.1", "go", "go", "VERB", "VB", "_", "_", "_", "_", "_") +
		conlluLine("4", ".", ".", "PUNCT", ".", "_", "2", "punct", "_", "_") +
		"\n\n# next\n" + conlluLine("1", "_", "_", "_", "_", "_", "_", "_", "_", "_")
	got, err := ReadCoNLLU(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	want := [][]Token{{
		{Start: 0, End: 2, Text: "We", Lemma: "we", UPOS: "PRON", XPOS: "PRP", Head: 1, Rel: "nsubj"},
		{Start: 3, End: 5, Text: "do", Lemma: "do", UPOS: "VERB", XPOS: "VBP", Head: -1, Rel: "root"},
		{Start: 5, End: 8, Text: "n't", Lemma: "not", UPOS: "PART", XPOS: "RB", Head: 1, Rel: "advmod"},
		{Start: 8, End: 9, Text: ".", Lemma: ".", UPOS: "PUNCT", XPOS: ".", Head: 1, Rel: "punct"},
	}, {{Start: 0, End: 1, Text: "_", Lemma: "_", Head: -1}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadCoNLLUErrors(t *testing.T) {
	good := conlluLine("1", "We", "we", "PRON", "PRP", "_", "0", "root", "_", "_")
	for _, test := range []struct{ in, want string }{
		{good + "2\tshort\n", "CoNLL-U line 2: 2 columns, want 10"},
		{"# c\n" + conlluLine("2", "We", "_", "_", "_", "_", "0", "root", "_", "_"), `CoNLL-U line 2: token number "2", want 1`},
		{conlluLine("1", "", "_", "_", "_", "_", "0", "root", "_", "_"), "CoNLL-U line 1: empty word"},
		{conlluLine("1", "We", "_", "_", "_", "_", "x", "root", "_", "_"), `CoNLL-U line 1: bad head "x"`},
		{conlluLine("1", "We", "_", "_", "_", "_", "1", "root", "_", "_"), `CoNLL-U line 1: bad head "1"`},
		{"# c\n\n" + conlluLine("1", "We", "_", "_", "_", "_", "9", "root", "_", "_"), "CoNLL-U line 3: head 9 of token 1 is outside the sentence"},
		{conlluLine("2-1", "We", "_", "_", "_", "_", "_", "_", "_", "_"), `CoNLL-U line 1: bad token range "2-1"`},
		{good + "\n" + strings.Repeat("x", maxLine+1), "CoNLL-U line 3: longer than 1048576 bytes"},
	} {
		_, err := ReadCoNLLU(strings.NewReader(test.in))
		if err == nil || err.Error() != test.want {
			t.Errorf("%.60q: error %v, want %s", test.in, err, test.want)
		}
	}
}

func FuzzReadCoNLLU(f *testing.F) {
	f.Add("# c\n" + conlluLine("1-2", "im", "_", "_", "_", "_", "_", "_", "_", "_") + conlluLine("1", "i", "I", "PRON", "PRP", "_", "0", "root", "_", "_") +
		conlluLine("2", "m", "be", "AUX", "VBP", "_", "1", "cop", "_", "SpaceAfter=No"))
	f.Add("1\t_\t_\t_\t_\t_\t_\t_\t_\t_")
	f.Add("\ufeff\r\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		sentences, err := ReadCoNLLU(strings.NewReader(text))
		for _, s := range sentences {
			for i, tok := range s {
				if tok.Head >= len(s) || tok.Head == i {
					t.Fatalf("head %d of token %d", tok.Head, i)
				}
			}
		}
		if err != nil {
			return
		}
		// What was read can be written and read again.
		var out bytes.Buffer
		if err := WriteCoNLLU(&out, sentences); err != nil {
			t.Fatal(err)
		}
		again, err := ReadCoNLLU(&out)
		if err != nil {
			t.Fatal(err)
		}
		if len(again) != len(sentences) {
			t.Fatalf("%d sentences written, %d read", len(sentences), len(again))
		}
	})
}

func TestEvaluate(t *testing.T) {
	gold := [][]Token{{
		{Text: "We", XPOS: "PRP", UPOS: "PRON", Lemma: "we", Head: 1, Rel: "nsubj:pass"},
		{Text: "won", XPOS: "VBD", UPOS: "VERB", Lemma: "win", Head: -1, Rel: "root"},
	}, {{Text: "Yes", XPOS: "UH", UPOS: "INTJ", Lemma: "yes", Head: -1, Rel: "root"}}}
	predicted := [][]Token{{
		{XPOS: "PRP", UPOS: "NOUN", Lemma: "we", Head: 1, Rel: "nsubj"},
		{XPOS: "VBN", UPOS: "VERB", Lemma: "won", Head: 0, Rel: "root"},
	}, {{XPOS: "UH", UPOS: "INTJ", Lemma: "yes", Head: -1, Rel: "discourse"}}}
	got, err := Evaluate(gold, predicted)
	if err != nil {
		t.Fatal(err)
	}
	want := Scores{Tokens: 3, XPOS: 2, UPOS: 2, Lemma: 2, Head: 2, Labelled: 1, Sentences: 2, SentencesWithRightTree: 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := Evaluate(gold, predicted[:1]); err == nil {
		t.Error("no error for a missing sentence")
	}
	if _, err := Evaluate(gold, [][]Token{predicted[0][:1], predicted[1]}); err == nil {
		t.Error("no error for a missing token")
	}
	if got := (Scores{}).LAS(); got != 0 {
		t.Errorf("LAS of nothing = %v", got)
	}
}
