// Package gold reads the answers that a person wrote beside a case and scores
// predictions against them, by the rules of the gold format
// (testdata/README.md).
//
// It is independent of how claims are found: a prediction is a run of words,
// given by bytes of a statement's text or by a quote, with plain strings for
// type, relation and kind. It is also the only package that opens a case's
// gold/ folder.
package gold

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"counterclaim/compare/anchor"
)

// The files of the answers, in the folder of a case.
const (
	ClaimsFile    = "gold/claims.tsv"
	RelationsFile = "gold/relations.tsv"
)

// Kinds lists the kinds of each relation, in the order that settles ties.
var Kinds = []struct {
	Relation string
	Kinds    []string
}{
	{"agree", []string{"same", "narrower", "broader"}},
	{"conflict", []string{"negation", "antonym", "quantity", "time", "place", "actor", "patient", "blame", "modality", "status", "other"}},
	{"framing", []string{"naming", "evaluation"}},
}

// Types lists the types of claim.
var Types = []string{"fact", "accusation", "denial", "demand", "commitment", "evaluation", "legal", "prediction", "ceremonial"}

// Answers is what a person says about a case.
type Answers struct {
	Claims    []Claim // may cover some sentences only
	Pairs     []Pair  // all there are
	HasClaims bool    // whether there is a file of claims
	HasPairs  bool    // whether there is a file of relations
}

// Claim is one line of the claims file.
type Claim struct {
	Line         int
	Party, Quote string
	Type         string
	Source       string // empty: the party asserts it itself
	Note         string
}

// Pair is one line of the relations file.
type Pair struct {
	Line           int
	PartyA, QuoteA string
	PartyB, QuoteB string
	Relation, Kind string
	Note           string
}

// Load reads the answers of the case in folder dir, whose parties have the
// given ids. An error names file and line.
func Load(dir string, parties []string) (*Answers, error) {
	a := &Answers{}
	var err error
	read := func(name string, into func(path string, data []byte, parties []string) error) bool {
		if err != nil {
			return false
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		var data []byte
		data, err = readFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
			return false
		}
		if err == nil {
			err = into(path, data, parties)
		}
		return err == nil
	}
	a.HasClaims = read(ClaimsFile, a.readClaims)
	a.HasPairs = read(RelationsFile, a.readPairs)
	if err != nil {
		return nil, err
	}
	if !a.HasClaims && !a.HasPairs {
		return nil, fmt.Errorf("%s: no gold/claims.tsv or gold/relations.tsv in this case; eval needs the answers of a person", dir)
	}
	return a, nil
}

// maxBytes bounds a file of answers; the largest real one has some 50 KB.
const maxBytes = 16 << 20

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err == nil && len(data) > maxBytes {
		err = fmt.Errorf("%s: longer than %d MiB; is it a file of answers?", path, maxBytes>>20)
	}
	return data, err
}

func (a *Answers) readClaims(path string, data []byte, parties []string) error {
	return readTable(path, data, []string{"party", "quote", "type", "source", "note"}, func(line int, f []string) (what, hint string) {
		c := Claim{Line: line, Party: f[0], Quote: f[1], Type: f[2], Source: strings.TrimSpace(f[3]), Note: f[4]}
		if !slices.Contains(Types, c.Type) {
			return fmt.Sprintf("unknown type %q", c.Type), "known are " + strings.Join(Types, ", ")
		}
		a.Claims = append(a.Claims, c)
		return checkRun(c.Party, c.Quote, parties)
	})
}

func (a *Answers) readPairs(path string, data []byte, parties []string) error {
	return readTable(path, data, []string{"party_a", "quote_a", "party_b", "quote_b", "relation", "kind", "note"}, func(line int, f []string) (what, hint string) {
		p := Pair{line, f[0], f[1], f[2], f[3], f[4], f[5], f[6]}
		if what, hint = checkRun(p.PartyA, p.QuoteA, parties); what != "" {
			return what, hint
		}
		if what, hint = checkRun(p.PartyB, p.QuoteB, parties); what != "" {
			return what, hint
		}
		if p.PartyA == p.PartyB {
			return fmt.Sprintf("both claims are of %q", p.PartyA), "a pair joins claims of two different parties"
		}
		var relations []string
		for _, r := range Kinds {
			relations = append(relations, r.Relation)
			if r.Relation == p.Relation {
				if !slices.Contains(r.Kinds, p.Kind) {
					return fmt.Sprintf("kind %q is none of %s", p.Kind, p.Relation), "known are " + strings.Join(r.Kinds, ", ")
				}
				a.Pairs = append(a.Pairs, p)
				return "", ""
			}
		}
		return fmt.Sprintf("unknown relation %q", p.Relation), "known are " + strings.Join(relations, ", ")
	})
}

func checkRun(party, quote string, parties []string) (what, hint string) {
	if !slices.Contains(parties, party) {
		return fmt.Sprintf("unknown party %q", party), "case.yaml has " + strings.Join(parties, ", ")
	}
	if len(anchor.Words(quote)) == 0 {
		return fmt.Sprintf("no words in the quote %q", quote), "copy the words of the claim from the statement"
	}
	return "", ""
}

// readTable reads a TSV file with the given header and calls row for every
// line after it; row says what is wrong with it, and what to do. A final
// empty column may be left out with its tab.
func readTable(path string, data []byte, header []string, row func(line int, fields []string) (what, hint string)) error {
	fail := func(line int, what, hint string) error {
		return fmt.Errorf("%s:%d: %s; %s", path, line, what, hint)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	line := 0
	for text := range strings.Lines(string(data)) {
		line++
		text = strings.TrimRight(text, "\r\n")
		if !utf8.ValidString(text) {
			return fail(line, "not UTF-8", "save the file as UTF-8")
		}
		fields := strings.Split(text, "\t")
		if line == 1 {
			if !slices.Equal(fields, header) {
				return fail(line, "not the header", "begin with "+strings.Join(header, "<tab>"))
			}
			continue
		}
		if text == "" {
			continue
		}
		if len(fields) == len(header)-1 {
			fields = append(fields, "")
		}
		if len(fields) != len(header) {
			return fail(line, fmt.Sprintf("%d columns", len(fields)), fmt.Sprintf("write %d, with a tab between: %s", len(header), strings.Join(header, ", ")))
		}
		if what, hint := row(line, fields); what != "" {
			return fail(line, what, hint)
		}
	}
	if line == 0 {
		return fail(1, "empty file", "begin with "+strings.Join(header, "<tab>"))
	}
	return nil
}
