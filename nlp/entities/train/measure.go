package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"counterclaim/nlp/entities"
	"counterclaim/nlp/syntax"
)

type gumDoc struct {
	Doc       string  `json:"doc"`
	Text      string  `json:"text"`
	Sentences [][]any `json:"sentences"`
	Tokens    [][]any `json:"tokens"`
	Entities  []struct {
		Start     int    `json:"start"`
		End       int    `json:"end"`
		Type      string `json:"type"`
		Named     int    `json:"named"`
		HeadStart int    `json:"head_start"`
		HeadEnd   int    `json:"head_end"`
	} `json:"entities"`
}

// count is of one type: names in the file, names found, right ones.
type count struct{ gold, found, right int }

func (c count) String() string {
	p, r := float64(c.right)/max(1, float64(c.found)), float64(c.right)/max(1, float64(c.gold))
	return fmt.Sprintf("gold %4d found %4d right %4d  P %.3f R %.3f F1 %.3f", c.gold, c.found, c.right, p, r, 2*p*r/max(1e-9, p+r))
}

// measureNames counts names of persons, organizations and places. One found is
// right if it has the type of a gold mention, holds a word of its head, and
// its own head lies in the mention; each gold mention is matched once.
func measureNames(path string, show bool) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	counts := map[string]*count{"all": {}, "untyped": {}, "person": {}, "organization": {}, "place": {}, "strict": {}}
	sc := bufio.NewScanner(file)
	sc.Buffer(nil, 1<<24)
	tokens, spent := 0, time.Duration(0)
	for sc.Scan() {
		var d gumDoc
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			return err
		}
		runes := []rune(d.Text)
		byteAt := make([]int, len(runes)+1)
		for i, r := range runes {
			byteAt[i+1] = byteAt[i] + len(string(r))
		}
		var found []entities.Entity
		var all [][]syntax.Token
		ti := 0
		for _, s := range d.Sentences {
			end := int(s[1].(float64))
			var toks []syntax.Token
			for ; ti < len(d.Tokens) && int(d.Tokens[ti][0].(float64)) < end; ti++ {
				from, to := byteAt[int(d.Tokens[ti][0].(float64))], byteAt[int(d.Tokens[ti][1].(float64))]
				toks = append(toks, syntax.Token{Start: from, End: to, Text: d.Text[from:to]})
			}
			all = append(all, toks)
			tokens += len(toks)
		}
		syntax.ParseAll(all)
		start := time.Now()
		for _, es := range entities.NamesAll(all) {
			found = append(found, es...)
		}
		spent += time.Since(start)
		used := make([]bool, len(d.Entities))
		usedUntyped := make([]bool, len(d.Entities))
		for _, e := range found {
			if e.Type != entities.Person && e.Type != entities.Organization && e.Type != entities.Place {
				continue
			}
			counts["all"].found++
			counts["untyped"].found++
			counts["strict"].found++
			counts[string(e.Type)].found++
			right := false
			for i, g := range d.Entities {
				if g.Named != 1 || g.Type != "person" && g.Type != "organization" && g.Type != "place" {
					continue
				}
				hs, he := byteAt[g.HeadStart], byteAt[g.HeadEnd]
				if !(e.Start < he && hs < e.End) || e.HeadStart < byteAt[g.Start] || e.HeadEnd > byteAt[g.End] {
					continue
				}
				if !usedUntyped[i] {
					usedUntyped[i] = true
					counts["untyped"].right++
				}
				if g.Type == string(e.Type) && !used[i] {
					used[i], right = true, true
					counts["all"].right++
					if e.Start <= hs && he <= e.End {
						counts["strict"].right++
					}
					counts[g.Type].right++
					break
				}
			}
			if show && !right {
				fmt.Printf("WRONG %-12s %q\n", e.Type, d.Text[e.Start:e.End])
			}
		}
		for i, g := range d.Entities {
			if g.Named != 1 || g.Type != "person" && g.Type != "organization" && g.Type != "place" {
				continue
			}
			counts["all"].gold++
			counts["untyped"].gold++
			counts["strict"].gold++
			counts[g.Type].gold++
			if show && !used[i] {
				fmt.Printf("MISSED %-12s %.60q head %q\n", g.Type, string(runes[g.Start:g.End]), string(runes[g.HeadStart:g.HeadEnd]))
			}
		}
	}
	for _, k := range []string{"person", "organization", "place", "all", "strict", "untyped"} {
		fmt.Printf("%-13s %v\n", k, counts[k])
	}
	fmt.Printf("%d tokens, %.1f µs a token\n", tokens, float64(spent.Microseconds())/max(1, float64(tokens)))
	return sc.Err()
}
