package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"counterclaim/compare"
	"counterclaim/compare/corpus"
	"counterclaim/compare/grouping"
	"counterclaim/reports/dataset"
)

func init() { // a worker on another machine finds a function by its registered name
	register.Function4x1(parse)
	register.Function4x1(group)
	register.Function4x1(compareCase)
	register.DoFn3x0[string, string, func(string)](&only{})
	register.Emitter1[string]()
	register.Emitter1[[]byte]()
	register.Emitter2[string, []byte]()
	register.Emitter2[string, string]()
	register.Iter1[[]byte]()
}

// tables are what is written, as JSON lines.
var tables = []string{"statements", "claims", "pairs", "rows", "versions", rejectedTable}

const rejectedTable = "rejected"

// pipeline reads tables of statements, JSON lines in the files that input
// matches, and writes each table of results to so many files under output.
// Statements of one case meet in a shuffle by case; those without one meet in
// one place before, to be grouped.
func pipeline(s beam.Scope, input, output string, files int) {
	lines := textio.Read(s, input)
	cased, loose, bad := beam.ParDo3(s.Scope("parse"), parse, lines)
	together := beam.GroupByKey(s.Scope("gather"), beam.AddFixedKey(s, loose))
	grouped, unread := beam.ParDo2(s.Scope("group"), group, together)
	cases := beam.GroupByKey(s.Scope("case"), beam.Flatten(s, cased, grouped))
	results := beam.Flatten(s, beam.ParDo(s.Scope("compare"), compareCase, cases), bad, unread)
	for _, table := range tables {
		for part := range files {
			name := output + table + ".jsonl"
			if files > 1 {
				name = fmt.Sprintf("%s%s-%05d-of-%05d.jsonl", output, table, part, files)
			}
			textio.Write(s.Scope("write"), name, beam.ParDo(s, &only{table, part, files}, results))
		}
	}
}

// parse reads a line as `counterclaim batch` reads a line of a table. It must
// give the id of the statement: the place of a line among others is not known.
func parse(line string, cased func(string, []byte), loose func([]byte), rejected func(string, string)) error {
	if strings.TrimSpace(line) == "" {
		return nil
	}
	reject := func(where, id, reason string) error {
		return lineOf(dataset.Rejected{Where: where, ID: id, Reason: reason, Record: line}, func(l string) { rejected(rejectedTable, l) })
	}
	var given struct{ ID any }
	if err := json.Unmarshal([]byte(line), &given); err != nil {
		return reject("a line", "", "no JSON: "+err.Error())
	}
	if given.ID == nil || given.ID == "" {
		return reject("a line", "", "no id; give each statement one of its own")
	}
	c, err := corpus.Open(corpus.Stdin, strings.NewReader(line), corpus.Options{})
	if err != nil {
		return reject("a line", fmt.Sprint(given.ID), err.Error())
	}
	defer func() { _ = c.Close() }() // it was only read
	for s, err := range c.All() {
		if bad := (*corpus.RecordError)(nil); errors.As(err, &bad) {
			return reject("a line", bad.ID, bad.Reason)
		}
		if err != nil {
			return reject("a line", fmt.Sprint(given.ID), err.Error())
		}
		record, err := json.Marshal(s)
		if err != nil {
			return err
		}
		if s.Case.ID == "" {
			loose(record)
		} else {
			cased(s.Case.ID, record)
		}
	}
	return nil
}

// group puts the statements without a case into cases.
func group(_ int, records func(*[]byte) bool, cased func(string, []byte), rejected func(string, string)) error {
	statements, err := decode(records)
	if err != nil {
		return err
	}
	var c corpus.Corpus
	var grouper grouping.Grouper
	kept := statements[:0]
	for _, s := range statements {
		text, err := c.Read(s)
		if bad := (*corpus.RecordError)(nil); errors.As(err, &bad) {
			if err := lineOf(dataset.Rejected{Where: bad.Where, ID: bad.ID, Reason: bad.Reason}, func(l string) { rejected(rejectedTable, l) }); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		grouper.Add(grouping.NewStatement(s.ID, s.Date, text))
		kept = append(kept, s)
	}
	for _, g := range grouper.Group(grouping.Options{}) {
		for _, m := range g.Members {
			s := kept[m.Index]
			s.Case, s.Voice = corpus.Case{ID: g.ID, Title: g.Title}, kept[m.Voice].ID
			s.Grouping = &corpus.Grouping{Similarity: m.Similarity, Shared: m.Shared}
			if m.Nearest >= 0 {
				s.Grouping.Nearest = kept[m.Nearest].ID
			}
			record, err := json.Marshal(s)
			if err != nil {
				return err
			}
			cased(g.ID, record)
		}
	}
	return nil
}

// decode reads the statements of a group in an order that does not depend on
// the shuffle. A second statement with the same id is dropped.
func decode(records func(*[]byte) bool) ([]*corpus.Statement, error) {
	var out []*corpus.Statement
	for record := []byte(nil); records(&record); {
		s := &corpus.Statement{}
		if err := json.Unmarshal(record, s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b *corpus.Statement) int {
		return cmp.Or(strings.Compare(a.Party.ID, b.Party.ID), a.Date.Compare(b.Date), strings.Compare(a.ID, b.ID), strings.Compare(a.SHA256, b.SHA256))
	})
	return slices.CompactFunc(out, func(a, b *corpus.Statement) bool { return a.ID == b.ID }), nil
}

// compareCase compares a case and emits the lines of the tables by their names.
func compareCase(ctx context.Context, _ string, records func(*[]byte) bool, emit func(string, string)) error {
	statements, err := decode(records)
	if err != nil {
		return err
	}
	var c corpus.Corpus
	compared, err := c.Compare(ctx, statements, compare.Options{Workers: 1})
	if err != nil {
		return err
	}
	var t dataset.Tables
	if err := t.Add(compared); err != nil {
		return err
	}
	return errors.Join(
		linesOf("statements", t.Statements, emit), linesOf("claims", t.Claims, emit), linesOf("pairs", t.Pairs, emit),
		linesOf("rows", t.Rows, emit), linesOf("versions", t.Versions, emit), linesOf(rejectedTable, t.Rejected, emit),
	)
}

func linesOf[T any](table string, records []T, emit func(string, string)) error {
	for i := range records {
		if err := lineOf(&records[i], func(l string) { emit(table, l) }); err != nil {
			return err
		}
	}
	return nil
}

// lineOf is a record as the local run writes it.
func lineOf(record any, emit func(string)) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(record); err != nil {
		return err
	}
	emit(strings.TrimSuffix(b.String(), "\n"))
	return nil
}

// only keeps the lines of one file.
type only struct {
	Table       string
	Part, Parts int
}

// ProcessElement is called by Beam.
func (o *only) ProcessElement(table, line string, emit func(string)) {
	if table != o.Table {
		return
	}
	h := fnv.New32a()
	h.Write([]byte(line))
	if int(h.Sum32()%uint32(o.Parts)) == o.Part {
		emit(line)
	}
}
