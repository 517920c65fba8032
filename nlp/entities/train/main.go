// Command train fits the name tagger of package entities and measures it.
//
//	go run ./nlp/entities/train -gum ud-gum/train.conllu -o nlp/entities/names.bin
//	go run ./nlp/entities/train -measure gum/dev.jsonl
//
// What ships learnt from the openly licensed genres of GUM (annotations CC BY
// 4.0). WNUT-17 (CC BY 4.0; -wnut) was tried and did not help. Documents that the measuring file has too are
// left out (-without).
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"

	"counterclaim/nlp/entities"
	"counterclaim/nlp/syntax"
)

func main() {
	gum := flag.String("gum", "", "CoNLL-U file with Entity= to learn from")
	wnut := flag.String("wnut", "", "BIO file to learn from")
	without := flag.String("without", "GUM_court_loan", "document of the CoNLL-U file to leave out")
	rounds := flag.Int("rounds", 5, "rounds over the sentences")
	out := flag.String("o", "", "model file to write")
	measure := flag.String("measure", "", "JSONL file to measure the names on")
	show := flag.Bool("show", false, "print what is missed and what is wrong")
	flag.Parse()
	if err := run(*gum, *wnut, *without, *rounds, *out, *measure, *show); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(gum, wnut, without string, rounds int, out, measure string, show bool) error {
	if gum != "" {
		sentences, err := readGUM(gum, without)
		if err != nil {
			return err
		}
		if wnut != "" {
			more, err := readWNUT(wnut)
			if err != nil {
				return err
			}
			sentences = append(sentences, more...)
		}
		// A fifth of the sentences are learnt without tags, so that the names
		// do not hang on them alone.
		rng := rand.New(rand.NewPCG(1, 2))
		names := 0
		for _, s := range sentences {
			names += len(s.Names)
			if rng.IntN(5) > 0 {
				syntax.Parse(s.Tokens)
			} else {
				for i := range s.Tokens {
					s.Tokens[i].XPOS = ""
				}
			}
		}
		fmt.Printf("%d sentences, %d names\n", len(sentences), names)
		if err := os.WriteFile(out, entities.Train(sentences, rounds, 1), 0o644); err != nil {
			return err
		}
	}
	if measure != "" {
		return measureNames(measure, show)
	}
	return nil
}
