package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"unicode"

	"counterclaim/nlp/entities"
	"counterclaim/nlp/syntax"
)

// mention is an entity of GUM while it is read: tokens from the first on.
type mention struct {
	id, kind string
	from     int
	minspan  string // tokens of the head, counted from 1 inside the mention
}

// readGUM reads sentences with their named entities: of each mention whose
// head words include a proper noun the head words, and of overlapping ones
// the longest.
func readGUM(path, without string) ([]entities.Labelled, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var out []entities.Labelled
	var tokens []syntax.Token
	var names []entities.TrainName
	var open []mention
	doc, at := "", 0
	flush := func() {
		if len(tokens) > 0 && doc != without {
			out = append(out, entities.Labelled{Tokens: tokens, Names: outermost(names)})
		}
		tokens, names, at = nil, nil, 0
		open = nil // a mention never crosses sentences
	}
	sc := bufio.NewScanner(file)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		line := sc.Text()
		if strings.HasPrefix(line, "# newdoc id = ") {
			doc = line[len("# newdoc id = "):]
		}
		if line == "" {
			flush()
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 10 {
			continue
		}
		if _, err := strconv.Atoi(f[0]); err != nil {
			continue
		}
		tokens = append(tokens, syntax.Token{Start: at, End: at + len(f[1]), Text: f[1], UPOS: f[3], XPOS: f[4]})
		at += len(f[1])
		if !strings.Contains(f[9], "SpaceAfter=No") {
			at++
		}
		for _, m := range strings.Split(f[9], "|") {
			v, ok := strings.CutPrefix(m, "Entity=")
			if !ok {
				continue
			}
			open, names = brackets(v, tokens, open, names)
		}
	}
	flush()
	return out, sc.Err()
}

// brackets reads one Entity= value: "(1-person-...(2-place-...)3)".
func brackets(v string, tokens []syntax.Token, open []mention, names []entities.TrainName) ([]mention, []entities.TrainName) {
	i := len(tokens) - 1
	for v != "" {
		if v[0] == '(' {
			end := strings.IndexAny(v[1:], "()") + 1
			if end == 0 {
				end = len(v)
			}
			f := strings.Split(v[1:end], "-")
			if len(f) > 5 {
				open = append(open, mention{f[0], f[1], i, f[5]})
			}
			v = v[end:]
			if strings.HasPrefix(v, ")") {
				open, names = closeMention(len(open)-1, tokens, open, names)
				v = v[1:]
			}
			continue
		}
		end := strings.IndexByte(v, ')')
		if end < 0 {
			return open, names
		}
		for k := len(open) - 1; k >= 0; k-- {
			if open[k].id == v[:end] {
				open, names = closeMention(k, tokens, open, names)
				break
			}
		}
		v = v[end+1:]
	}
	return open, names
}

func closeMention(k int, tokens []syntax.Token, open []mention, names []entities.TrainName) ([]mention, []entities.TrainName) {
	if k < 0 {
		return open, names
	}
	m := open[k]
	open = append(open[:k:k], open[k+1:]...)
	from, to := len(tokens), -1
	for _, s := range strings.Split(m.minspan, ",") {
		if n, err := strconv.Atoi(s); err == nil {
			from, to = min(from, m.from+n-1), max(to, m.from+n)
		}
	}
	if to > len(tokens) || from >= to {
		return open, names
	}
	// The head begins and ends with a capital or a figure, and has a proper noun.
	proper := false
	for _, t := range tokens[from:to] {
		proper = proper || t.UPOS == "PROPN"
	}
	for from < to && !capital(tokens[from].Text) {
		from++
	}
	for to > from && !capital(tokens[to-1].Text) {
		to--
	}
	if !proper || from == to || m.kind == "time" {
		return open, names
	}
	kind := entities.Type(m.kind)
	switch kind {
	case entities.Person, entities.Organization, entities.Place, entities.Event:
	default:
		kind = "other"
	}
	return open, append(names, entities.TrainName{From: from, To: to, Type: kind})
}

func capital(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r) || unicode.IsDigit(r) || r == '.'
	}
	return false
}

// outermost keeps of overlapping names the longest.
func outermost(names []entities.TrainName) []entities.TrainName {
	var out []entities.TrainName
	for i, n := range names {
		keep := true
		for j, o := range names {
			overlap := n.From < o.To && o.From < n.To
			if i != j && overlap && (o.To-o.From > n.To-n.From || o.To-o.From == n.To-n.From && j < i) {
				keep = false
			}
		}
		if keep {
			out = append(out, n)
		}
	}
	return out
}

// readWNUT reads a file of words and BIO tags.
func readWNUT(path string) ([]entities.Labelled, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	kinds := map[string]entities.Type{"person": entities.Person, "location": entities.Place, "group": entities.Organization,
		"corporation": entities.Organization, "creative-work": "other", "product": "other"}
	var out []entities.Labelled
	var s entities.Labelled
	at := 0
	flush := func() {
		if len(s.Tokens) > 0 {
			out = append(out, s)
		}
		s, at = entities.Labelled{}, 0
	}
	sc := bufio.NewScanner(file)
	for n := 1; sc.Scan(); n++ {
		text, tag, ok := strings.Cut(strings.TrimSpace(sc.Text()), "\t")
		if !ok {
			flush()
			continue
		}
		i := len(s.Tokens)
		s.Tokens = append(s.Tokens, syntax.Token{Start: at, End: at + len(text), Text: text})
		at += len(text) + 1
		mark, kind, _ := strings.Cut(tag, "-")
		switch mark {
		case "B":
			s.Names = append(s.Names, entities.TrainName{From: i, To: i + 1, Type: kinds[kind]})
		case "I":
			if len(s.Names) == 0 {
				return nil, fmt.Errorf("%s:%d: %s without a beginning", path, n, tag)
			}
			s.Names[len(s.Names)-1].To = i + 1
		}
	}
	flush()
	return out, sc.Err()
}
