package review

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"
)

// maxLine bounds a line of a file of decisions.
const maxLine = 1 << 20

// Read reads a file of decisions. Lines that are no records are problems,
// each a line of text; they stay in the file. A last line without its end, as
// a crash may leave it, is one of them.
func Read(path string) (records []Record, problems []string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	records, problems, _, err = readFrom(path, f, 0)
	return records, problems, err
}

// readFrom reads records after line lines; whole is the length of the whole
// lines.
func readFrom(path string, from io.Reader, lines int) (records []Record, problems []string, whole int64, err error) {
	in := bufio.NewReaderSize(from, maxLine)
	for n := lines + 1; ; n++ {
		text, err := in.ReadSlice('\n')
		switch {
		case errors.Is(err, io.EOF):
			if len(bytes.TrimSpace(text)) > 0 {
				problems = append(problems, fmt.Sprintf("%s:%d: the line breaks off; it is left out", path, n))
			}
			return records, problems, whole, nil
		case errors.Is(err, bufio.ErrBufferFull):
			return nil, nil, 0, fmt.Errorf("%s:%d: a line of more than %d MiB; is it a file of decisions?", path, n, maxLine>>20)
		case err != nil:
			return nil, nil, 0, err
		}
		whole += int64(len(text))
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		r := Record{Line: n}
		if err := json.Unmarshal(text, &r); err != nil {
			problems = append(problems, fmt.Sprintf("%s:%d: no JSON of a decision; the line is left out", path, n))
			continue
		}
		if err := r.Check(); err != nil {
			problems = append(problems, fmt.Sprintf("%s:%d: %s; the line is left out", path, n, err))
			continue
		}
		records = append(records, r)
	}
}

// Log is an open file of decisions. Its methods can be called at once from
// several goroutines, and several programs can add to one file.
type Log struct {
	path string

	mu       sync.Mutex
	records  []Record
	problems []string
	lines    int   // whole lines read
	read     int64 // bytes of them
}

// Open opens a file of decisions, which need not exist yet.
func Open(path string) (*Log, error) {
	l := &Log{path: path}
	if _, _, err := l.Records(); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err != nil {
		return nil, err
	}
	return l, f.Close()
}

// Records are the records of the file now, and what is wrong with its lines.
func (l *Log) Records() ([]Record, []string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.refresh(); err != nil {
		return nil, nil, err
	}
	return l.records[:len(l.records):len(l.records)], l.problems[:len(l.problems):len(l.problems)], nil
}

// refresh reads what was added since, by whomever.
func (l *Log) refresh() error {
	info, err := os.Stat(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		l.records, l.problems, l.lines, l.read = nil, nil, 0, 0
		return nil
	}
	if err != nil {
		return err
	}
	if info.Size() < l.read { // another file: read it anew
		l.records, l.problems, l.lines, l.read = nil, nil, 0, 0
	}
	if info.Size() == l.read {
		return nil
	}
	f, err := os.Open(l.path)
	if err != nil {
		return err
	}
	defer f.Close()
	data := make([]byte, info.Size()-l.read)
	if _, err := io.ReadFull(io.NewSectionReader(f, l.read, int64(len(data))), data); err != nil {
		return fmt.Errorf("%s: %w", l.path, err)
	}
	end := bytes.LastIndexByte(data, '\n') + 1 // a line that another program is still writing comes later
	records, problems, _, err := readFrom(l.path, bytes.NewReader(data[:end]), l.lines)
	if err != nil {
		return err
	}
	l.records, l.problems = append(l.records, records...), append(l.problems, problems...)
	l.read += int64(end)
	l.lines += bytes.Count(data[:end], []byte("\n"))
	return nil
}

// Append adds a record, with an id and the time if it has none, and returns
// it when it is safe on the disk.
func (l *Log) Append(r Record) (Record, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if r.ID == "" {
		var id [6]byte
		if _, err := rand.Read(id[:]); err != nil {
			return r, err
		}
		r.ID = hex.EncodeToString(id[:])
	}
	if r.Time.IsZero() {
		r.Time = time.Now().UTC().Truncate(time.Second)
	}
	if err := r.Check(); err != nil {
		return r, err
	}
	line, err := json.Marshal(r)
	if err != nil {
		return r, err
	}
	line = append(line, '\n')
	if len(line) > maxLine {
		return r, errors.New("too long to keep")
	}
	if err := l.write(line); err != nil {
		return r, err
	}
	return r, l.refresh()
}

// undo takes back the part of a line that the disk had room for, if nobody
// has written behind it. Where that fails, too, readers leave the part out.
func undo(f *os.File, part []byte) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil || size < int64(len(part)) {
		return
	}
	last := make([]byte, len(part))
	if _, err := f.ReadAt(last, size-int64(len(part))); err == nil && bytes.Equal(last, part) {
		_ = f.Truncate(size - int64(len(part))) // see above
	}
}

// write adds a line in one go, and waits for the disk.
func (l *Log) write(line []byte) error {
	_, missing := os.Stat(l.path)
	f, err := os.OpenFile(l.path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o644) //nolint:gosec // as readable as the statements beside it
	if err != nil {
		return err
	}
	defer f.Close()
	if size, err := f.Seek(0, io.SeekEnd); err == nil && size > 0 {
		last := make([]byte, 1)
		if _, err := f.ReadAt(last, size-1); err == nil && last[0] != '\n' {
			line = append([]byte{'\n'}, line...) // a crash left half a line: it stays, on a line of its own
		}
	}
	if n, err := f.Write(line); err != nil {
		undo(f, line[:n])
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if missing != nil {
		return syncFolder(l.path)
	}
	return nil
}
