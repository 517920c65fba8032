package dataset

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/parquet-go/parquet-go"
)

// Each reads a table of a finished folder, record by record, from Parquet or
// from JSON lines, whichever is there. The sequence ends at the first error.
func Each[T any](f Folder, table string) iter.Seq2[*T, error] {
	path := filepath.Join(f.Dir, table+"."+Parquet)
	if _, err := os.Stat(path); err == nil {
		return eachParquet[T](path)
	}
	return eachJSON[T](filepath.Join(f.Dir, table+"."+JSONL))
}

// Finished reports whether the tables of the folder are whole.
func (f Folder) Finished() bool {
	_, err := os.Stat(filepath.Join(f.Dir, PackageFile))
	return err == nil
}

func eachJSON[T any](path string) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		file, err := os.Open(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer file.Close()
		d := json.NewDecoder(bufio.NewReaderSize(file, 1<<16))
		for n := 1; ; n++ {
			var record T
			err := d.Decode(&record)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(nil, fmt.Errorf("%s: record %d: %w", path, n, err))
				return
			}
			if !yield(&record, nil) {
				return
			}
		}
	}
}

func eachParquet[T any](path string) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		file, err := os.Open(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer file.Close()
		info, err := file.Stat()
		if err != nil {
			yield(nil, err)
			return
		}
		opened, err := parquet.OpenFile(file, info.Size(), parquet.SkipBloomFilters(true))
		if err != nil {
			yield(nil, fmt.Errorf("%s: %w", path, err))
			return
		}
		r := parquet.NewGenericReader[T](opened)
		defer func() { _ = r.Close() }() // it was only read
		buffer := make([]T, 256)
		for {
			clear(buffer)
			n, err := r.Read(buffer)
			for i := range buffer[:n] {
				if !yield(&buffer[i], nil) {
					return
				}
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(nil, fmt.Errorf("%s: %w", path, err))
				return
			}
		}
	}
}
