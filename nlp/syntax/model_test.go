package syntax

import (
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// bare gives the tokens of sentences without their analysis.
func bare(sentences [][]Token) [][]Token {
	out := make([][]Token, len(sentences))
	for i, s := range sentences {
		for _, t := range s {
			out[i] = append(out[i], Token{Start: t.Start, End: t.End, Text: t.Text})
		}
	}
	return out
}

func gold(t testing.TB) [][]Token {
	t.Helper()
	f, err := os.Open("testdata/sample.conllu")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sentences, err := ReadCoNLLU(f)
	if err != nil {
		t.Fatal(err)
	}
	return sentences
}

func TestAccuracy(t *testing.T) {
	want := gold(t)
	got := bare(want)
	ParseAll(got)
	s, err := Evaluate(want, got)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(s)
	for _, floor := range []struct {
		name string
		got  float64
		want float64
	}{{"XPOS", s.Share(s.XPOS), 0.95}, {"UPOS", s.Share(s.UPOS), 0.95}, {"lemma", s.Share(s.Lemma), 0.97}, {"UAS", s.UAS(), 0.88}, {"LAS", s.LAS(), 0.85}} {
		if floor.got < floor.want {
			t.Errorf("%s is %.3f, want at least %.2f", floor.name, floor.got, floor.want)
		}
	}
	if t.Failed() {
		for i := range want {
			for j, g := range want[i] {
				if p := got[i][j]; g.XPOS != p.XPOS || g.Head != p.Head || g.Lemma != p.Lemma || g.Rel != p.Rel {
					t.Logf("%s: want %s %s %d %s, got %s %s %d %s", g.Text, g.XPOS, g.Lemma, g.Head, g.Rel, p.XPOS, p.Lemma, p.Head, p.Rel)
				}
			}
		}
	}
}

// checkTree fails unless the heads form a tree with one root, labelled root.
func checkTree(t *testing.T, tokens []Token) {
	t.Helper()
	roots := 0
	for i, tok := range tokens {
		if tok.XPOS == "" || tok.UPOS == "" || tok.Lemma == "" || tok.Rel == "" {
			t.Fatalf("token %d lacks an annotation: %+v", i, tok)
		}
		if (tok.Head < 0) != (tok.Rel == "root") {
			t.Fatalf("token %d: head %d, relation %s", i, tok.Head, tok.Rel)
		}
		roots += one(tok.Head < 0)
		steps := 0
		for h := i; h >= 0; h = tokens[h].Head {
			if steps++; steps > len(tokens) {
				t.Fatalf("token %d is in a cycle", i)
			}
		}
	}
	if len(tokens) > 0 && roots != 1 {
		t.Fatalf("%d roots", roots)
	}
}

func TestParseAlwaysGivesATree(t *testing.T) {
	for _, text := range append([]string{"", "Yes", "( ( (", "The mission said that it did not fire."}, hostile...) {
		tokens := Tokenize(text[:min(len(text), 1000)], 0)
		Parse(tokens)
		checkTree(t, tokens)
	}
	var empty []Token
	Parse(empty)
	odd := []Token{{Text: ""}, {Text: "\xff\xfe"}, {Text: strings.Repeat("x", 1<<20)}, {Text: "\x00"}}
	Parse(odd)
	if odd[0].XPOS == "" {
		t.Error("an empty word has no tag")
	}
}

// A sentence is read alike alone and among others.
func TestBatchesDoNotMatter(t *testing.T) {
	together := bare(gold(t))
	alone := bare(together)
	ParseAll(together)
	for _, s := range alone {
		Parse(s)
	}
	if diff := cmp.Diff(together, alone); diff != "" {
		t.Error(diff)
	}
}

// The words of a sentence that is too long for one reading hang together.
func TestLongSentenceIsOneTree(t *testing.T) {
	tokens := Tokenize(strings.Repeat("The army left and the mission stayed ; ", 80), 0)
	if len(tokens) <= 2*maxSentence {
		t.Fatalf("only %d tokens", len(tokens))
	}
	Parse(tokens)
	checkTree(t, tokens)
}

func TestLongRunsTakeLinearTime(t *testing.T) {
	tokens := Tokenize(strings.Repeat("the army left and ", 1200), 0)
	start := time.Now()
	Parse(tokens)
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("%d tokens took %s", len(tokens), d)
	}
	roots := 0
	for _, tok := range tokens {
		roots += one(tok.Head < 0)
	}
	if roots != 1 {
		t.Errorf("%d roots", roots)
	}
}

func TestParseIsDeterministicAndConcurrent(t *testing.T) {
	want := bare(gold(t))
	for _, s := range want {
		Parse(s)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			got := bare(want)
			for _, s := range got {
				Parse(s)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	group.Wait()
}

// What a statement writes with typographic apostrophes is analysed like what
// another writes with plain ones.
func TestApostrophesAreFolded(t *testing.T) {
	a, b := Tokenize("They didn't say that it's Varn's.", 0), Tokenize("They didn’t say that it’s Varn’s.", 0)
	Parse(a)
	Parse(b)
	if len(a) != len(b) {
		t.Fatalf("%d and %d tokens", len(a), len(b))
	}
	for i := range a {
		x, y := a[i], b[i]
		x.Start, x.End, x.Text = y.Start, y.End, y.Text
		if x != y {
			t.Errorf("%+v and %+v", x, y)
		}
	}
}

func TestOpenModelRefusesDamage(t *testing.T) {
	for _, data := range [][]byte{nil, []byte("x"), []byte(magic), embedded[:len(embedded)/2], append([]byte("zz"), embedded...)} {
		if _, err := OpenModel(data); err == nil {
			t.Errorf("%d bytes were accepted", len(data))
		}
	}
}

func TestSpelling(t *testing.T) {
	for text, want := range map[string]int32{"": 6, "army": 1, "Army": 2, "NATO": 3, "McDonald": 4, "iPhone": 4, "B2": 5, "٣": 5, "--": 6, "I": 7, "É": 7, "élan": 1} {
		if got := spelling(text); got != want {
			t.Errorf("%q is %d, want %d", text, got, want)
		}
	}
}

func BenchmarkOpenModel(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := OpenModel(embedded); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	sentences := gold(b)
	tokens := 0
	for _, s := range sentences {
		tokens += len(s)
	}
	cpu := func() time.Duration { // that this process has computed; a busy machine does not stretch it
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	b.ReportAllocs()
	start := cpu()
	for b.Loop() {
		ParseAll(sentences)
	}
	b.ReportMetric(float64(b.N*tokens)/(cpu()-start).Seconds(), "tokens/cpu-s")
}

func TestLemma(t *testing.T) {
	for _, test := range []struct{ form, xpos, upos, want, reason string }{
		{"withdrew", "VBD", "VERB", "withdraw", "irregular"},
		{"fled", "VBD", "VERB", "flee", "irregular, although a treebank has a slip"},
		{"shelled", "VBD", "VERB", "shell", "a doubled letter that belongs to the verb"},
		{"hitting", "VBG", "VERB", "hit", "a doubled letter that does not"},
		{"provoking", "VBG", "VERB", "provoke", "an e restored"},
		{"denied", "VBD", "VERB", "deny", "y restored"},
		{"casualties", "NNS", "NOUN", "casualty", "plural"},
		{"vetoes", "NNS", "NOUN", "veto", "plural"},
		{"n’t", "RB", "PART", "not", "clitic with a typographic apostrophe"},
		{"Velmoran", "JJ", "ADJ", "Velmoran", "an adjective made from a name keeps its capital"},
		{"States", "NNPS", "PROPN", "State", "a name keeps its capital"},
		{"The", "DT", "DET", "the", "other words lose it"},
	} {
		if got := Default().lemmas.lemma(test.form, test.xpos, test.upos); got != test.want {
			t.Errorf("%s: lemma of %s is %s, want %s", test.reason, test.form, got, test.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("The mission said that it did not fire.")
	f.Add("((((\"' -- ...")
	f.Fuzz(func(t *testing.T, text string) {
		tokens := Tokenize(text[:min(len(text), 300)], 0)
		Parse(tokens)
		checkTree(t, tokens)
	})
}
