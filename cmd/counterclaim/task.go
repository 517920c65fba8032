package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"counterclaim/compare/gold"
)

// task is a component that eval can measure alone.
type task struct {
	name, file, does string
	run              func(a *app, ctx context.Context, files []string, predictions io.Writer) (figures, error)
}

func tasks() []task {
	return []task{
		{"segment", "JSONL", "sentences: doc, text, sentences [[start, end], ...]", (*app).evalSegment},
		{"parse", "CoNLL-U", "tags, lemmas, heads and relations of given words", (*app).evalParse},
		{"names", "JSONL", "names: doc, text, entities {start, end, type, named, head_start, head_end}", (*app).evalNames},
		{"attribution", "JSONL", "does the sentence report what someone says or thinks? text, attributions", (*app).evalAttribution},
		{"types", "TSV", "type of assertion: id, sentence, category", (*app).evalTypes},
		{"veridical", "TSV", "does the writer hold the embedded clause true? id, premise, hypothesis, label", (*app).evalVeridical},
		{"pairs", "TSV", "entailment, contradiction or neutral: id, premise, hypothesis, label", (*app).evalPairs},
		{"meet", "TSV", "do two claims meet? pair_id, claim_a, claim_b, label (none: they do not)", (*app).evalMeet},
	}
}

func taskNames() []string {
	var names []string
	for _, t := range tasks() {
		names = append(names, t.name)
	}
	return names
}

func taskHelp() string {
	var b strings.Builder
	for _, t := range tasks() {
		fmt.Fprintf(&b, "    %-11s %-9s %s\n", t.name, t.file, t.does)
	}
	return b.String()
}

func (a *app) task(name string) func(context.Context, []string, io.Writer) (figures, error) {
	for _, t := range tasks() {
		if t.name == name {
			return func(ctx context.Context, files []string, predictions io.Writer) (figures, error) {
				return t.run(a, ctx, files, predictions)
			}
		}
	}
	return nil
}

// countLines answers every line of data files, and adds up what was counted
// and the lines.
func (a *app) countLines(ctx context.Context, files []string, predictions io.Writer, answer func([]byte, io.Writer) (gold.Count, error)) (gold.Count, int, error) {
	var count gold.Count
	lines := 0
	for _, path := range files {
		err := a.eachLine(ctx, path, func(_ int, line []byte) error {
			lines++
			c, err := answer(line, predictions)
			count.Add(c)
			return err
		})
		if err != nil {
			return gold.Count{}, 0, err
		}
	}
	return count, lines, nil
}

// eachLine calls do for every line of a data file that is not empty.
func (a *app) eachLine(ctx context.Context, path string, do func(n int, line []byte) error) error {
	const longest = 64 << 20
	f, err := a.openData(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(make([]byte, 0, 1<<16), longest)
	n := 0
	for lines.Scan() {
		n++
		if n%100 == 0 {
			a.progress("%s: line %d", path, n)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		line := bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff"))
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := do(n, line); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	a.progress("")
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", path, n+1, err)
	}
	return nil
}

func (a *app) openData(path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(a.in), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, dataError(path, err)
	}
	return f, nil
}

func dataError(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: no such file; check the path", path)
	}
	return err
}

// writeJSONLine writes one prediction.
func writeJSONLine(w io.Writer, item any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(item)
}

// codePoints maps the code points of a text to bytes: the byte at which each
// begins, and the length of the text. Data files count code points, the
// program bytes.
type codePoints []int

func newCodePoints(text string) codePoints {
	at := make(codePoints, 0, utf8.RuneCountInString(text)+1)
	for i := range text {
		at = append(at, i)
	}
	return append(at, len(text))
}

// point is the number of the code point that begins at a byte.
func (c codePoints) point(b int) int { return sort.SearchInts(c, b) }

// byteSpan turns the first two fields of a label, which may have more, into
// bytes.
func (c codePoints) byteSpan(label []json.RawMessage) (span, error) {
	var s [2]int
	if len(label) < 2 {
		return span{}, errors.New("a span needs a start and an end")
	}
	for i := range s {
		if err := json.Unmarshal(label[i], &s[i]); err != nil {
			return span{}, badJSON(err)
		}
	}
	if s[0] < 0 || s[0] > s[1] || s[1] >= len(c) {
		return span{}, fmt.Errorf("span [%d, %d] is outside the text", s[0], s[1])
	}
	return span{c[s[0]], c[s[1]]}, nil
}

// span is bytes [start, end) of a text.
type span struct{ start, end int }

// trim leaves out the white space at both ends.
func (s span) trim(text string) span {
	words := strings.TrimLeftFunc(text[s.start:s.end], unicode.IsSpace)
	s.start = s.end - len(words)
	s.end = s.start + len(strings.TrimRightFunc(words, unicode.IsSpace))
	return s
}

func badJSON(err error) error { return fmt.Errorf("not the JSON expected: %w", err) }

// countFigures are the figures of a task that finds things.
type countFigures struct {
	Right     int     `json:"right"`
	Predicted int     `json:"predicted"`
	Gold      int     `json:"gold"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

func newCountFigures(c gold.Count) countFigures {
	return countFigures{c.Right, c.Predicted, c.Gold, c.Precision(), c.Recall(), c.F1()}
}

const countColumns = "\tgold\tpredicted\tright\tP\tR\tF1\t\n"

func (f countFigures) row(w io.Writer, name string) {
	c := gold.Count{Right: f.Right, Predicted: f.Predicted, Gold: f.Gold}
	fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%s\t%s\t%s\t\n", name, f.Gold, f.Predicted, f.Right, precision(c), recall(c), f1(c))
}
