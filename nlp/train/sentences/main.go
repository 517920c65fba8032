// Sentences prints, for each statement of some cases, its canonical text and
// sentences as JSON, for train.py.
//
//	go run ./nlp/train/sentences CASE... > sentences.json
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"counterclaim/compare/casefile"
	"counterclaim/nlp/read"
	"counterclaim/nlp/segment"
)

type statement struct {
	Text      string   `json:"text"`
	Sentences [][2]int `json:"sentences"` // bytes of Text
}

func main() {
	out := map[string]statement{}
	for _, dir := range os.Args[1:] {
		c, err := casefile.Load(dir)
		check(err)
		for _, p := range c.Parties {
			for _, s := range p.Statements {
				out[filepath.Join(dir, s)] = sentences(c.File(s))
			}
		}
	}
	check(json.NewEncoder(os.Stdout).Encode(out))
}

func sentences(path string) statement {
	text, err := read.ReadFile(path, read.Limits{})
	check(err)
	var spans []segment.Span
	for _, b := range text.Blocks {
		if b.Kind != read.Rule {
			spans = append(spans, segment.Span{Start: b.Start, End: b.End})
		}
	}
	s := statement{Text: text.Canonical}
	for _, list := range segment.All(text.Canonical, spans) {
		for _, x := range list {
			s.Sentences = append(s.Sentences, [2]int{x.Start, x.End})
		}
	}
	return s
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "sentences:", err)
		os.Exit(1)
	}
}
