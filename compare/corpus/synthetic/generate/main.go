// Command generate writes a corpus of invented statements with known answers,
// as JSON lines: a table for counterclaim batch, which ignores the answers.
//
//	go run ./compare/corpus/synthetic/generate -n 10000 > corpus.jsonl
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"counterclaim/compare/corpus/synthetic"
)

func main() {
	n := flag.Int("n", 1000, "statements")
	seed := flag.Uint64("seed", 1, "the same seed gives the same statements")
	cases := flag.Bool("cases", false, "name the event of each statement in a column case, so that nothing is to be grouped")
	flag.Parse()
	if err := write(*n, *seed, *cases); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func write(n int, seed uint64, cases bool) error {
	if n <= 0 {
		return nil
	}
	w := bufio.NewWriter(os.Stdout)
	e := json.NewEncoder(w)
	for s := range synthetic.Statements(synthetic.Options{Seed: seed}) {
		record := struct {
			synthetic.Statement
			Case string `json:"case,omitempty"`
		}{Statement: s}
		if cases {
			record.Case = s.Event
		}
		if err := e.Encode(record); err != nil {
			return err
		}
		if n--; n == 0 {
			break
		}
	}
	return w.Flush()
}
