package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"counterclaim/nlp/read"
)

type block struct{ Kind, At, Text string }
type out struct {
	File, Err, Title, Date, Author, Canonical string
	Skipped                                    []string
	Blocks                                     []block
	Took                                       float64
}

func main() {
	for _, f := range os.Args[1:] {
		t := time.Now()
		x, err := read.ReadFile(f, read.DefaultLimits)
		o := out{File: f, Took: time.Since(t).Seconds()}
		if err != nil {
			o.Err = err.Error()
		} else {
			o.Title, o.Date, o.Author, o.Canonical, o.Skipped = x.Title, x.Date.Format("2006-01-02"), x.Author, x.Canonical, x.Skipped
			for _, b := range x.Blocks {
				o.Blocks = append(o.Blocks, block{string(b.Kind), x.Source.Position(b.Start).String(), x.Canonical[b.Start:b.End]})
			}
		}
		if os.Getenv("JSON") != "" {
			j, _ := json.Marshal(o)
			fmt.Println(string(j))
			continue
		}
		fmt.Printf("=== %s err=%q title=%q date=%s author=%q skipped=%q\n", f, o.Err, o.Title, o.Date, o.Author, o.Skipped)
		for _, b := range o.Blocks {
			fmt.Printf("%-12s %-12s %s\n", b.Kind, b.At, strings.ReplaceAll(b.Text, "\n", "⏎"))
		}
	}
}
