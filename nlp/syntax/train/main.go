// Command train learns the model of package syntax from CoNLL-U files.
//
//	go run ./nlp/syntax/train -o nlp/syntax/model.bin -dev DEV.conllu TRAIN.conllu...
//	go run ./nlp/syntax/train -dev DEV.conllu       scores the model that the program holds
//	go run ./nlp/syntax/train -tokens DEV.conllu    scores the tokenizer
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"counterclaim/nlp/syntax"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run() error {
	out := flag.String("o", "", "model `file` to write")
	devFile := flag.String("dev", "", "CoNLL-U `file` to score on")
	o := syntax.TrainOptions{Log: os.Stderr}
	flag.IntVar(&o.TagEpochs, "tag-epochs", 8, "passes for the tagger")
	flag.IntVar(&o.TagRows, "tag-rows", 180_000, "features kept in the tagger")
	flag.IntVar(&o.Folds, "folds", 4, "parts that the training data is cut into for tagging it")
	flag.IntVar(&o.ParseEpochs, "parse-epochs", 9, "passes for each direction of the parser")
	flag.IntVar(&o.ParseRows, "parse-rows", 480_000, "features kept in each direction of the parser")
	flag.IntVar(&o.Beam, "beam", 8, "width of the beam in training")
	flag.IntVar(&o.LabelEpochs, "label-epochs", 7, "passes for the labeller and for the marks")
	flag.IntVar(&o.LabelRows, "label-rows", 150_000, "features kept in the labeller")
	flag.IntVar(&o.MarkRows, "mark-rows", 30_000, "features kept in the model of punctuation")
	flag.Float64Var(&o.Dropout, "dropout", 0.2, "share of the features left out at random in training")
	flag.Uint64Var(&o.Seed, "seed", 1, "of the order of sentences")
	tokens := flag.String("tokens", "", "only score the tokenizer on the raw text of a CoNLL-U `file`")
	flag.Parse()
	if *tokens != "" {
		return scoreTokens(*tokens)
	}
	if flag.NArg() == 0 && *devFile != "" {
		gold, err := read(*devFile)
		if err != nil {
			return err
		}
		return score(syntax.Default(), gold)
	}
	var sentences [][]syntax.Token
	for _, path := range flag.Args() {
		more, err := read(path)
		if err != nil {
			return err
		}
		sentences = append(sentences, more...)
	}
	start := time.Now()
	data := syntax.Train(sentences, o)
	fmt.Fprintf(os.Stderr, "trained on %d sentences in %s: %d bytes\n", len(sentences), time.Since(start).Round(time.Second), len(data))
	if *devFile != "" {
		gold, err := read(*devFile)
		if err != nil {
			return err
		}
		m, err := syntax.OpenModel(data)
		if err != nil {
			return err
		}
		if err := score(m, gold); err != nil {
			return err
		}
	}
	if *out == "" {
		return nil
	}
	return os.WriteFile(*out, data, 0o644)
}

func read(path string) ([][]syntax.Token, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sentences, err := syntax.ReadCoNLLU(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return sentences, nil
}

func score(m *syntax.Model, gold [][]syntax.Token) error {
	predicted := make([][]syntax.Token, len(gold))
	for i, s := range gold {
		for _, t := range s {
			predicted[i] = append(predicted[i], syntax.Token{Start: t.Start, End: t.End, Text: t.Text})
		}
	}
	start := time.Now()
	for _, s := range predicted {
		m.Parse(s)
	}
	took := time.Since(start)
	s, err := syntax.Evaluate(gold, predicted)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s\n%.0f tokens/s\n", s, float64(s.Tokens)/took.Seconds())
	return nil
}

// scoreTokens tokenizes the raw text of each sentence ("# text = ") and
// compares the tokens with the words of the file, by their spans.
func scoreTokens(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	gold, err := read(path)
	if err != nil {
		return err
	}
	both, wantN, gotN, n := 0, 0, 0, 0
	var raw string
	wrong := map[string]int{}
	check := func() {
		at := 0
		want := map[[2]int]bool{}
		for _, t := range gold[n] {
			i := strings.Index(raw[at:], t.Text)
			if i < 0 {
				break
			}
			want[[2]int{at + i, at + i + len(t.Text)}] = true
			at += i + len(t.Text)
		}
		got := syntax.Tokenize(raw, 0)
		wantN += len(gold[n])
		gotN += len(got)
		for _, t := range got {
			if want[[2]int{t.Start, t.End}] {
				both++
			} else {
				wrong[t.Text]++
			}
		}
		n++
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if text, ok := strings.CutPrefix(line, "# text = "); ok {
			raw = text
		}
		if line == "" && raw != "" {
			check()
			raw = ""
		}
	}
	p, r := float64(both)/float64(gotN), float64(both)/float64(wantN)
	fmt.Fprintf(os.Stderr, "tokens: precision %.4f recall %.4f F1 %.4f\n", p, r, 2*p*r/(p+r))
	type entry struct {
		text string
		n    int
	}
	var worst []entry
	for t, c := range wrong {
		worst = append(worst, entry{t, c})
	}
	slices.SortFunc(worst, func(a, b entry) int { return cmp.Or(b.n-a.n, strings.Compare(a.text, b.text)) })
	fmt.Fprintln(os.Stderr, worst[:min(40, len(worst))])
	return nil
}
