// Command train fits the boundary model of package segment and writes its
// weights:
//
//	go run ./nlp/segment/train -o nlp/segment/weights.bin TRAIN.conllu...
//	go run ./nlp/segment/train DEV.jsonl...
//
// The texts are rebuilt from the CoNLL-U files: SpaceAfter=No, a space between
// sentences, a blank line where a newpar mark stands. Each DEV file (JSON
// lines: doc, text, sentences in code points) is scored with the weights that
// the program itself was built with.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"strings"

	"counterclaim/nlp/segment"
)

func main() {
	out := flag.String("o", "", "write the weights here")
	epochs := flag.Int("epochs", 4, "passes over the examples")
	l2 := flag.Float64("l2", 1e-5, "strength of the L2 penalty")
	verbose := flag.Bool("v", false, "print every wrong span of the DEV files")
	flag.Parse()
	log.SetFlags(0)
	var train []segment.Example
	for _, path := range flag.Args() {
		if strings.HasSuffix(path, ".jsonl") {
			score(path, *verbose)
			continue
		}
		e, err := readCoNLLU(path)
		if err != nil {
			log.Fatal(err)
		}
		train = append(train, e...)
	}
	if *out == "" {
		return
	}
	if err := os.WriteFile(*out, segment.Fit(train, *epochs, *l2), 0o644); err != nil {
		log.Fatal(err)
	}
}

// readCoNLLU rebuilds the raw text of each document of a file.
func readCoNLLU(path string) ([]segment.Example, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var docs []segment.Example
	var text strings.Builder
	var spans []segment.Span
	name, gap, start, skip := "", "", -1, ""
	finish := func() {
		if len(spans) > 0 {
			docs = append(docs, segment.Example{Name: name, Text: text.String(), Sentences: spans})
		}
		text.Reset()
		spans, gap = nil, ""
	}
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<22)
	for sc.Scan() {
		line := sc.Text()
		switch {
		case strings.HasPrefix(line, "# newdoc"):
			finish()
			_, name, _ = strings.Cut(line, "= ")
		case strings.HasPrefix(line, "# newpar") && !strings.HasPrefix(line, "# newpar_block"):
			if text.Len() > 0 {
				gap = "\n\n"
			}
		case line == "":
			if start >= 0 {
				spans = append(spans, segment.Span{Start: start, End: text.Len()})
			}
			start, skip = -1, ""
		case line[0] != '#':
			col := strings.Split(line, "\t")
			if len(col) < 10 || strings.Contains(col[0], ".") {
				continue
			}
			if a, b, ok := strings.Cut(col[0], "-"); ok {
				skip = b // the words of a multiword token are not text
				_ = a
			} else if skip != "" {
				if col[0] == skip {
					skip = ""
				}
				continue
			}
			text.WriteString(gap)
			gap = " "
			if start < 0 {
				start = text.Len()
			}
			text.WriteString(col[1])
			if strings.Contains(col[9], "SpaceAfter=No") {
				gap = ""
			}
		}
	}
	finish()
	return docs, sc.Err()
}

// score prints precision, recall and F1 of exact spans on a file.
func score(path string, verbose bool) {
	f, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	right, answered, gold := 0, 0, 0
	dec := json.NewDecoder(f)
	for dec.More() {
		var d struct {
			Doc       string
			Text      string
			Sentences [][]any
		}
		if err := dec.Decode(&d); err != nil {
			log.Fatal(err)
		}
		offset := make([]int, 0, len(d.Text)+1) // byte of each code point
		for i := range d.Text {
			offset = append(offset, i)
		}
		offset = append(offset, len(d.Text))
		e := segment.Example{Name: d.Doc, Text: d.Text}
		for _, s := range d.Sentences {
			e.Sentences = append(e.Sentences, segment.Span{Start: offset[int(s[0].(float64))], End: offset[int(s[1].(float64))]})
		}
		found := segment.Document(d.Text)
		r, a, g := segment.Score(e, found)
		right, answered, gold = right+r, answered+a, gold+g
		if verbose {
			diff(e, found)
		}
	}
	p, r := float64(right)/float64(answered), float64(right)/float64(gold)
	fmt.Printf("%s: P %.4f R %.4f F1 %.4f (%d right, %d answered, %d gold)\n", path, p, r, 2*p*r/(p+r), right, answered, gold)
}

// diff prints each wrong boundary: "+" one too many, "-" one missed.
func diff(e segment.Example, found []segment.Span) {
	gold, got := map[int]bool{}, map[int]bool{}
	for _, s := range e.Sentences {
		gold[s.End] = true
	}
	for _, s := range found {
		got[s.End] = true
	}
	for i := range e.Text {
		if gold[i] == got[i] {
			continue
		}
		sign := "-"
		if got[i] {
			sign = "+"
		}
		a, b := max(0, i-60), min(len(e.Text), i+60)
		fmt.Printf("%s %-40.40s %q || %q\n", sign, e.Name, e.Text[a:i], e.Text[i:b])
	}
}
