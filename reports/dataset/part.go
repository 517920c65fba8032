package dataset

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// The tables of a corpus are made part by part. A part holds some whole cases
// and is called by a hash of everything that it depends on, so that a part
// that is there need not be made again.

// partsFolder is where the parts are kept.
const partsFolder = "parts"

// partEnding is the ending of a part; what does not have it is unfinished.
const partEnding = ".jsonl.zst"

// line is one record of a part: exactly one field is set.
type line struct {
	Statement *Statement `json:"statement,omitempty"`
	Claim     *Claim     `json:"claim,omitempty"`
	Pair      *Pair      `json:"pair,omitempty"`
	Row       *Row       `json:"row,omitempty"`
	Version   *Version   `json:"version,omitempty"`
	Rejected  *Rejected  `json:"rejected,omitempty"`
	End       bool       `json:"end,omitempty"`
}

// Folder is a folder of results.
type Folder struct{ Dir string }

// OpenFolder creates the folder where it is missing.
func OpenFolder(dir string) (Folder, error) {
	if err := os.MkdirAll(filepath.Join(dir, partsFolder), 0o777); err != nil {
		return Folder{}, err
	}
	return Folder{Dir: dir}, nil
}

func (f Folder) part(name string) string {
	return filepath.Join(f.Dir, partsFolder, name+partEnding)
}

// HasPart reports whether a part is there, whole.
func (f Folder) HasPart(name string) bool {
	_, err := os.Stat(f.part(name))
	return err == nil
}

// WritePart writes a part in one step: it is there whole or not at all,
// however the program ends.
func (f Folder) WritePart(name string, t *Tables) error {
	var b bytes.Buffer
	z, err := zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedDefault))
	if err != nil {
		return err
	}
	e := json.NewEncoder(z)
	e.SetEscapeHTML(false)
	var errs []error
	put := func(l line) { errs = append(errs, e.Encode(l)) }
	for i := range t.Statements {
		put(line{Statement: &t.Statements[i]})
	}
	for i := range t.Claims {
		put(line{Claim: &t.Claims[i]})
	}
	for i := range t.Pairs {
		put(line{Pair: &t.Pairs[i]})
	}
	for i := range t.Rows {
		put(line{Row: &t.Rows[i]})
	}
	for i := range t.Versions {
		put(line{Version: &t.Versions[i]})
	}
	for i := range t.Rejected {
		put(line{Rejected: &t.Rejected[i]})
	}
	put(line{End: true})
	errs = append(errs, z.Close())
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return f.replace(f.part(name), func(w io.Writer) error {
		_, err := w.Write(b.Bytes())
		return err
	})
}

// errNoEnd is a part that was cut short.
var errNoEnd = errors.New("cut short")

// ReadPart reads a part, or the part of it that an interrupted disk left.
func (f Folder) ReadPart(name string) (*Tables, error) {
	file, err := os.Open(f.part(name))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	t, err := readPart(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; delete it and run again", file.Name(), err)
	}
	return t, nil
}

func readPart(r io.Reader) (*Tables, error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<30))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	d := json.NewDecoder(bufio.NewReaderSize(z, 1<<16))
	t := &Tables{}
	for {
		var l line
		if err := d.Decode(&l); err != nil {
			if errors.Is(err, io.EOF) {
				return nil, errNoEnd
			}
			return nil, err
		}
		switch {
		case l.Statement != nil:
			t.Statements = append(t.Statements, *l.Statement)
		case l.Claim != nil:
			t.Claims = append(t.Claims, *l.Claim)
		case l.Pair != nil:
			t.Pairs = append(t.Pairs, *l.Pair)
		case l.Row != nil:
			t.Rows = append(t.Rows, *l.Row)
		case l.Version != nil:
			t.Versions = append(t.Versions, *l.Version)
		case l.Rejected != nil:
			t.Rejected = append(t.Rejected, *l.Rejected)
		case l.End:
			return t, nil
		}
	}
}

// replace writes a file beside its name, onto the disk, and puts it in place
// in one step.
func (f Folder) replace(path string, write func(io.Writer) error) error {
	temp, err := os.CreateTemp(f.Dir, "*"+temporary)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(temp, 1<<16)
	err = write(w)
	for _, last := range []func() error{w.Flush, temp.Sync, temp.Close, func() error { return os.Chmod(temp.Name(), 0o644) }} {
		if e := last(); err == nil {
			err = e
		}
	}
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temp.Name()) // what is left cannot be helped
	}
	return err
}

// temporary is the ending of files that are being written.
const temporary = ".tmp"

// Tidy removes what runs that were killed have left. With keep, it also
// removes the parts that are not in it.
func (f Folder) Tidy(keep map[string]bool) error {
	entries, err := os.ReadDir(f.Dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), temporary) && e.Type().IsRegular() {
			if err := os.Remove(filepath.Join(f.Dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	if keep == nil {
		return nil
	}
	parts, err := os.ReadDir(filepath.Join(f.Dir, partsFolder))
	if err != nil {
		return err
	}
	for _, e := range parts {
		if name, ok := strings.CutSuffix(e.Name(), partEnding); ok && !keep[name] {
			if err := os.Remove(filepath.Join(f.Dir, partsFolder, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}
