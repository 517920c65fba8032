// Command train makes the model of package syntax from the network that
// train.py trained and the lemmas of CoNLL-U files, and scores models.
//
//	go run ./nlp/syntax/train -network student.bin -classes student.json -o nlp/syntax/model.bin TRAIN.conllu...
//	go run ./nlp/syntax/train -dev DEV.conllu       scores the model that the program holds
//	go run ./nlp/syntax/train -model FILE -dev DEV.conllu  scores another
//	go run ./nlp/syntax/train -tokens DEV.conllu    scores the tokenizer
//	go run ./nlp/syntax/train -sentences TEXT...    cuts texts, a paragraph a line, for train.py -silver
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"counterclaim/nlp/segment"
	"counterclaim/nlp/syntax"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run() error {
	network := flag.String("network", "", "`file` that train.py -export wrote")
	classes := flag.String("classes", "", "`file` of its classes")
	out := flag.String("o", "", "model `file` to write")
	model := flag.String("model", "", "model `file` to score, in place of the program's")
	devFile := flag.String("dev", "", "CoNLL-U `file` to score on")
	tokens := flag.String("tokens", "", "only score the tokenizer on the raw text of a CoNLL-U `file`")
	cut := flag.Bool("sentences", false, "print the tokens of each sentence of text files as JSON")
	flag.Parse()
	switch {
	case *cut:
		return sentences(flag.Args())
	case *tokens != "":
		return scoreTokens(*tokens)
	case *network != "":
		return pack(*network, *classes, *out, flag.Args())
	}
	gold, err := read(*devFile)
	if err != nil {
		return err
	}
	if *model == "" {
		return score(syntax.Default(), gold)
	}
	data, err := os.ReadFile(*model)
	if err != nil {
		return err
	}
	m, err := syntax.OpenModel(data)
	if err != nil {
		return fmt.Errorf("%s: %w", *model, err)
	}
	return score(m, gold)
}

func pack(network, classes, out string, files []string) error {
	data, err := os.ReadFile(network)
	if err != nil {
		return err
	}
	list, err := os.ReadFile(classes)
	if err != nil {
		return err
	}
	var c syntax.Classes
	if err := json.Unmarshal(list, &c); err != nil {
		return fmt.Errorf("%s: %w", classes, err)
	}
	var sentences [][]syntax.Token
	for _, path := range files {
		more, err := read(path)
		if err != nil {
			return err
		}
		sentences = append(sentences, more...)
	}
	data = syntax.Pack(data, c, sentences)
	if _, err := syntax.OpenModel(data); err != nil {
		return err
	}
	return os.WriteFile(out, data, 0o644)
}

func sentences(files []string) error {
	out := bufio.NewWriter(os.Stdout)
	to := json.NewEncoder(out)
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(data)) {
			for _, s := range segment.Sentences(line) {
				var words []string
				for _, t := range syntax.Tokenize(line[s.Start:s.End], 0) {
					words = append(words, t.Text)
				}
				if err := to.Encode(words); err != nil {
					return err
				}
			}
		}
	}
	return out.Flush()
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
	m.ParseAll(predicted)
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
