package corpus

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// record is what one record of a table says: column -> text.
type record struct {
	where  string
	values map[string]string
}

// records reads a table. Errors that are a *RecordError are of one record.
type records iter.Seq2[record, error]

// openStream opens a table on standard input.
func openStream(in io.Reader, o Options) (*Corpus, error) {
	r := bufio.NewReaderSize(in, 1<<16)
	head, err := r.Peek(1 << 12)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("standard input cannot be read: %w", err)
	}
	if len(head) == 0 {
		return nil, errors.New("standard input is empty; give a table: CSV, JSON lines or Parquet")
	}
	if o.Files == "" {
		o.Files = "."
	}
	const name = "standard input"
	if kindOf("", head) == kindParquet {
		data, err := io.ReadAll(r) // Parquet begins at its end
		if err != nil {
			return nil, fmt.Errorf("standard input cannot be read: %w", err)
		}
		columns, all, err := parquetRecords(name, bytes.NewReader(data), int64(len(data)))
		return newTable(name, o, columns, all, err)
	}
	columns, all, err := textRecords(name, kindOf("", head), r)
	return newTable(name, o, columns, all, err)
}

// openTable opens a table in a file.
func openTable(path string, o Options) (*Corpus, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: cannot be opened: %w; check the path and its permissions", path, errors.Unwrap(err))
	}
	if o.Files == "" {
		o.Files = filepath.Dir(path)
	}
	head := make([]byte, 1<<12)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		_ = f.Close()
		return nil, fmt.Errorf("%s: cannot be read: %w", path, err)
	}
	if n == 0 {
		_ = f.Close()
		return nil, fmt.Errorf("%s: empty file; give a table: CSV, JSON lines or Parquet", path)
	}
	kind := kindOf(path, head[:n])
	_ = f.Close()
	// A table is read each time from its beginning.
	again := func() (columns, records, func(), error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, nil, nil, err
		}
		info, err := f.Stat()
		if err != nil {
			_ = f.Close()
			return nil, nil, nil, err
		}
		var c columns
		var all records
		if kind == kindParquet {
			c, all, err = parquetRecords(filepath.Base(path), f, info.Size())
		} else {
			c, all, err = textRecords(filepath.Base(path), kind, bufio.NewReaderSize(f, 1<<16))
		}
		if err != nil {
			_ = f.Close()
		}
		return c, all, func() { _ = f.Close() }, err
	}
	found, _, closing, err := again()
	if err == nil {
		closing()
	}
	corpus, err := newTable(path, o, found, func(yield func(record, error) bool) {
		_, all, closing, err := again()
		if err != nil {
			yield(record{}, err)
			return
		}
		defer closing()
		all(yield)
	}, err)
	if err == nil {
		corpus.Inputs = []string{path}
	}
	return corpus, err
}

// columns are the names of a table's columns; nil where each record names its
// own.
type columns []string

// newTable makes a corpus of the records of a table.
func newTable(name string, o Options, found columns, all records, err error) (*Corpus, error) {
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	byField := map[string]string{} // field -> name of its column, in small letters
	for _, field := range Fields {
		column := columnOf(field, o)
		byField[field] = strings.ToLower(column)
		if _, mapped := o.Columns[field]; mapped && found != nil && !found.has(column) {
			return nil, fmt.Errorf("%s: no column %q for %s; the columns are %s", name, column, field, found)
		}
	}
	if found != nil {
		if !found.has(byField["party"]) {
			return nil, fmt.Errorf("%s: no column %q; the columns are %s; name the one of the party with --column party=NAME", name, byField["party"], found)
		}
		if !found.has(byField["text"]) && !found.has(byField["path"]) {
			return nil, fmt.Errorf("%s: no column %q and no column %q; the columns are %s; name one with --column text=NAME or --column path=NAME", name, byField["text"], byField["path"], found)
		}
	}
	c := &Corpus{Grouped: found.has(byField["case"])}
	if c.root, err = os.OpenRoot(o.Files); err != nil {
		return nil, fmt.Errorf("the folder %s cannot be opened: %w; name the folder of the files with --files", o.Files, errors.Unwrap(err))
	}
	c.all = func(yield func(*Statement, error) bool) {
		n := 0
		for r, err := range all {
			n++
			var s *Statement
			if err == nil {
				fields := map[string]string{}
				for field, column := range byField {
					fields[field] = r.values[column]
				}
				fallback := strconv.Itoa(n)
				if p := strings.TrimSpace(fields["path"]); p != "" {
					fallback = p
				}
				s, err = statementOf(fields, r.where, fallback)
			}
			if !yield(s, err) {
				return
			}
		}
	}
	return c, nil
}

// String lists the names on one line, whatever they hold.
func (c columns) String() string {
	names := make([]string, len(c))
	for i, n := range c {
		names[i] = n
		if q := strconv.Quote(n); q != `"`+n+`"` {
			names[i] = q
		}
	}
	return strings.Join(names, ", ")
}

func (c columns) has(name string) bool {
	return slices.ContainsFunc(c, func(s string) bool { return strings.EqualFold(s, name) })
}

// The kinds of table.
type kind int

const (
	kindCSV kind = iota
	kindTSV
	kindJSONL
	kindParquet
)

// kindOf tells the kind of a table by its first bytes, and text with tabs by
// its ending.
func kindOf(path string, head []byte) kind {
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	switch {
	case bytes.HasPrefix(head, []byte("PAR1")):
		return kindParquet
	case bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("{")):
		return kindJSONL
	case strings.EqualFold(filepath.Ext(path), ".tsv"):
		return kindTSV
	default:
		return kindCSV
	}
}

// textRecords reads CSV, text with tabs, or JSON lines.
func textRecords(name string, k kind, r *bufio.Reader) (columns, records, error) {
	if b, err := r.Peek(3); err == nil && string(b) == "\ufeff" {
		_, _ = r.Discard(3) // they are there
	}
	if k == kindJSONL {
		return nil, jsonRecords(name, r), nil
	}
	return csvRecords(name, k, r)
}

// separator is what stands between the columns of a header most often.
func separator(r *bufio.Reader) rune {
	head, _ := r.Peek(1 << 12) // as much as there is
	line, _, _ := bytes.Cut(head, []byte("\n"))
	best, most := ',', bytes.Count(line, []byte(","))
	for _, sep := range []rune{';', '\t'} {
		if n := bytes.Count(line, []byte(string(sep))); n > most {
			best, most = sep, n
		}
	}
	return best
}

func csvRecords(name string, k kind, r *bufio.Reader) (columns, records, error) {
	sep := '\t'
	if k == kindCSV {
		sep = separator(r)
	}
	c := csv.NewReader(r)
	c.Comma, c.ReuseRecord, c.LazyQuotes = sep, true, k == kindTSV
	header, err := c.Read()
	if err != nil {
		return nil, nil, fmt.Errorf("no header line: %w; the first line names the columns", err)
	}
	found := make(columns, len(header))
	seen := map[string]bool{}
	for i, h := range header {
		found[i] = strings.TrimSpace(h)
		if !utf8.ValidString(h) {
			return nil, nil, errors.New("the header is not UTF-8 text; save the table as UTF-8")
		}
		if low := strings.ToLower(found[i]); low != "" && seen[low] {
			return nil, nil, fmt.Errorf("two columns called %q; give each a name of its own", found[i])
		} else if low != "" {
			seen[low] = true
		}
	}
	return found, func(yield func(record, error) bool) {
		for {
			cells, err := c.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			var bad *csv.ParseError
			switch {
			case errors.As(err, &bad) && errors.Is(err, csv.ErrFieldCount):
				reason := fmt.Sprintf("%d cells, but the header has %d; put a cell with a separator or line break in quotes", len(cells), len(found))
				err = &RecordError{Where: fmt.Sprintf("%s:%d", name, bad.StartLine), Reason: reason}
			case errors.As(err, &bad):
				reason := fmt.Sprintf("line %d, column %d: %v; put the cell in quotes, and double the quotes in it", bad.Line, bad.Column, bad.Err)
				err = &RecordError{Where: fmt.Sprintf("%s:%d", name, bad.StartLine), Reason: reason}
			case err != nil:
				yield(record{}, fmt.Errorf("%s: cannot be read: %w", name, err))
				return
			}
			if err != nil {
				if !yield(record{}, err) {
					return
				}
				continue
			}
			line, _ := c.FieldPos(0)
			rec := record{where: fmt.Sprintf("%s:%d", name, line), values: make(map[string]string, len(cells))}
			for i, cell := range cells {
				rec.values[strings.ToLower(found[i])] = cell
			}
			if !yield(rec, nil) {
				return
			}
		}
	}, nil
}

// maxLine bounds a line of JSON: a text of 64 MiB, escaped.
const maxLine = 128 << 20

func jsonRecords(name string, r *bufio.Reader) records {
	return func(yield func(record, error) bool) {
		for n := 1; ; n++ {
			line, err := readLine(r)
			if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, errLong) {
				yield(record{}, fmt.Errorf("%s: cannot be read: %w", name, err))
				return
			}
			end := errors.Is(err, io.EOF)
			if end && len(line) == 0 {
				return
			}
			rec, bad := jsonRecord(line)
			if errors.Is(err, errLong) {
				bad = err
			}
			rec.where = fmt.Sprintf("%s:%d", name, n)
			if bad == nil && rec.values == nil {
				continue // an empty line
			}
			if bad != nil {
				bad = &RecordError{Where: rec.where, Reason: bad.Error()}
			}
			if !yield(rec, bad) || end {
				return
			}
		}
	}
}

// errLong is a line that is no record of one statement.
var errLong = fmt.Errorf("a line of more than %d MiB; write one record on each line", maxLine>>20)

// readLine reads a line without its end. Of a line that is too long it reads
// on to its end.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		piece, err := r.ReadSlice('\n')
		if !long {
			line = append(line, piece...)
			if long = len(line) > maxLine; long {
				line = nil
			}
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if long && err == nil {
			err = errLong
		}
		return bytes.TrimRight(line, "\r\n"), err
	}
}

func jsonRecord(line []byte) (record, error) {
	if len(bytes.TrimSpace(line)) == 0 {
		return record{}, nil
	}
	if !utf8.Valid(line) {
		return record{}, errors.New("not UTF-8 text; save the corpus as UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	var values map[string]any
	if err := d.Decode(&values); err != nil {
		return record{}, fmt.Errorf("not a JSON object: %w; write one record on each line", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return record{}, errors.New("more than one value; write one record on each line")
	}
	rec := record{values: map[string]string{}}
	for k, v := range values {
		if text, err := scalar(v); err == nil { // a column that holds lists is none of ours
			rec.values[strings.ToLower(k)] = text
		}
	}
	return rec, nil
}

// scalar writes a single value as text.
func scalar(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case json.Number:
		return v.String(), nil
	case bool:
		return strconv.FormatBool(v), nil
	case int, int64, uint64:
		return fmt.Sprint(v), nil
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1e15 {
			return strconv.FormatInt(int64(v), 10), nil
		}
		return strconv.FormatFloat(v, 'g', -1, 64), nil
	case time.Time:
		return v.Format(time.DateOnly), nil
	default:
		return "", errors.New("no single value; write one value")
	}
}

// validText reports whether a text is UTF-8 without NUL.
func validText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }
