package dataset

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// The formats of the tables.
const (
	Parquet = "parquet"
	JSONL   = "jsonl"
)

// Formats lists the formats of the tables.
var Formats = []string{Parquet, JSONL}

// About says where a dataset comes from; it goes into the data package.
type About struct {
	Title    string
	Version  string // of the program
	Formats  []string
	Settings map[string]string // options that shape the result
}

// Assemble writes the tables from the parts, in their order, then the records
// set aside before (rejected) and in the parts, then the data package. Each
// file takes its place in one step, the data package last. done is called with
// the number of parts that are in. It returns how many records were set aside.
func (f Folder) Assemble(parts []string, rejected []Rejected, about About, done func(parts int)) (int, error) {
	aside := len(rejected)
	s := &sinks{}
	defer s.discard()
	statements := openTable[Statement](s, f, "statements", about.Formats, 4096)
	claims := openTable[Claim](s, f, "claims", about.Formats, 32768)
	pairs := openTable[Pair](s, f, "pairs", about.Formats, 32768)
	rows := openTable[Row](s, f, "rows", about.Formats, 32768)
	versions := openTable[Version](s, f, "versions", about.Formats, 32768)
	bad := s.jsonl(f, "rejected")
	for i := range rejected {
		s.keep(bad.Encode(&rejected[i]))
	}
	for i, name := range parts {
		if s.err != nil {
			break
		}
		t, err := f.ReadPart(name)
		if err != nil {
			return aside, err
		}
		statements(t.Statements)
		claims(t.Claims)
		pairs(t.Pairs)
		rows(t.Rows)
		versions(t.Versions)
		for j := range t.Rejected {
			s.keep(bad.Encode(&t.Rejected[j]))
		}
		aside += len(t.Rejected)
		done(i + 1)
	}
	if err := s.finish(); err != nil {
		return aside, err
	}
	for _, table := range Codebook() { // a table in a format that is not wanted any more would be another result's
		for _, format := range Formats {
			if !contains(about.Formats, format) {
				if err := os.Remove(filepath.Join(f.Dir, table.Name+"."+format)); err != nil && !errors.Is(err, os.ErrNotExist) {
					return aside, err
				}
			}
		}
	}
	return aside, f.writePackage(about)
}

// WriteRejected writes the records set aside of a corpus that has no others.
func (f Folder) WriteRejected(rejected []Rejected) error {
	s := &sinks{}
	defer s.discard()
	bad := s.jsonl(f, "rejected")
	for i := range rejected {
		s.keep(bad.Encode(&rejected[i]))
	}
	return s.finish()
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// sinks are files that take their places together.
type sinks struct {
	files  []*os.File
	paths  []string
	closes []func() error // in order, before the files are closed
	err    error          // the first
}

func (s *sinks) keep(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *sinks) create(f Folder, name string) io.Writer {
	file, err := os.CreateTemp(f.Dir, name+".*"+temporary)
	if err != nil {
		s.keep(err)
		return io.Discard
	}
	s.files, s.paths = append(s.files, file), append(s.paths, filepath.Join(f.Dir, name))
	w := bufio.NewWriterSize(file, 1<<16)
	s.closes = append(s.closes, w.Flush)
	return w
}

func (s *sinks) finish() error {
	for i := len(s.closes) - 1; i >= 0; i-- { // a writer was opened after what it writes to
		s.keep(s.closes[i]())
	}
	for _, file := range s.files {
		s.keep(file.Chmod(0o644))
		s.keep(file.Sync())
		s.keep(file.Close())
	}
	if s.err != nil {
		return s.err
	}
	for i, file := range s.files {
		if err := os.Rename(file.Name(), s.paths[i]); err != nil {
			return err
		}
	}
	s.files = nil
	return nil
}

// discard removes what was not finished.
func (s *sinks) discard() {
	for _, file := range s.files {
		_ = file.Close() // closed before, or of no use
		_ = os.Remove(file.Name())
	}
}

func (s *sinks) jsonl(f Folder, name string) *json.Encoder {
	e := json.NewEncoder(s.create(f, name+"."+JSONL))
	e.SetEscapeHTML(false)
	return e
}

// openTable opens a table in the formats asked for and returns what writes
// records to it. Parquet is flushed every rowGroup records, which bounds the
// memory.
func openTable[T any](s *sinks, f Folder, name string, formats []string, rowGroup int64) func([]T) {
	var to []func([]T) error
	for _, format := range formats {
		switch format {
		case JSONL:
			e := s.jsonl(f, name)
			to = append(to, func(records []T) error {
				for i := range records {
					if err := e.Encode(&records[i]); err != nil {
						return err
					}
				}
				return nil
			})
		case Parquet:
			w := parquet.NewGenericWriter[T](s.create(f, name+"."+Parquet),
				parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault, Concurrency: 1}),
				parquet.MaxRowsPerRowGroup(rowGroup),
				parquet.CreatedBy("counterclaim", "1", "0"),
				parquet.DataPageStatistics(true))
			s.closes = append(s.closes, w.Close)
			to = append(to, func(records []T) error {
				_, err := w.Write(records)
				return err
			})
		default:
			s.keep(fmt.Errorf("unknown format %q", format))
		}
	}
	return func(records []T) {
		for _, write := range to {
			if s.err == nil {
				s.keep(write(records))
			}
		}
	}
}
