package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"counterclaim/compare/casefile"
	"counterclaim/reports"
)

// output is where a result goes and in which format: the flags -o and
// --format.
type output struct {
	file   string // empty or "-": standard output
	format string
}

// flags adds -o and --format to a command.
func (o *output) flags(a *app, cmd *cobra.Command, formats []string) {
	cmd.Flags().StringVarP(&o.file, "output", "o", "", "write to `FILE`, in the format of its ending (- is standard output)")
	cmd.Flags().StringVar(&o.format, "format", "", "`FORMAT` of the output: "+strings.Join(formats, ", "))
	a.complete(cmd, "format", formats)
}

// choose returns the format asked for, one of formats.
func (o *output) choose(formats []string) (string, error) {
	format := o.format
	if format == "" {
		if o.stdout() {
			return formats[0], nil
		}
		var err error
		if format, err = reports.FormatOf(o.file); err != nil {
			return "", &usageError{err.Error()}
		}
	}
	if !slices.Contains(formats, format) {
		hint := ""
		if near := casefile.Nearest(format, formats); near != "" {
			hint = fmt.Sprintf("; did you mean %q?", near)
		}
		return "", usagef("unknown format %q, known are %s%s", format, strings.Join(formats, ", "), hint)
	}
	return format, nil
}

func (o *output) stdout() bool { return o.file == "" || o.file == "-" }

// sink takes a result. A file is written beside its name and takes its place
// in one step, when all is written: there is never half of a result, and a
// failure leaves what was there before.
type sink struct {
	to     io.Writer
	file   *os.File // nil for standard output
	name   string   // of the file, as named by the user
	target string   // where it is to be in the end; empty for what is no file
	failed error    // the first error of writing
}

// Write writes a piece of the result.
func (s *sink) Write(p []byte) (int, error) {
	n, err := s.to.Write(p)
	if err != nil && s.failed == nil {
		s.failed = cannotWrite(s.name, err)
	}
	return n, err
}

// open begins an output. It fails at once if the result could not be written
// at the end, and refuses to overwrite one of the inputs.
func (o *output) open(a *app, inputs []string) (*sink, error) {
	if o.stdout() {
		return &sink{to: a.out, name: "standard output"}, nil
	}
	target, err := filepath.EvalSymlinks(o.file) // a link stays a link
	if err != nil {
		target = o.file
	}
	mode := fs.FileMode(0o666) // less the umask
	if info, err := os.Stat(target); err == nil {
		for _, input := range inputs {
			if other, err := os.Stat(input); err == nil && os.SameFile(info, other) {
				return nil, usagef("-o %s would overwrite a statement; name another file", o.file)
			}
		}
		switch {
		case info.IsDir():
			return nil, usagef("-o %s is a folder; name a file in it", o.file)
		case !info.Mode().IsRegular(): // a device or a pipe
			f, err := os.OpenFile(target, os.O_WRONLY, 0)
			if err != nil {
				return nil, cannotWrite(o.file, err)
			}
			return &sink{to: f, file: f, name: o.file}, nil
		}
		mode = info.Mode().Perm()
	}
	dir, base := filepath.Split(target)
	temp := filepath.Join(dir, fmt.Sprintf(".%s.%08x.part", base, rand.Uint32()))
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, cannotWrite(o.file, err)
	}
	return &sink{to: f, file: f, name: o.file, target: target}, nil
}

// finish puts the result in its place if err is nil, and throws it away if
// not. It returns the first error.
func (s *sink) finish(err error) error {
	if err != nil && s.failed != nil {
		err = s.failed // without what a format says of its parts
	}
	if s.file == nil {
		return err
	}
	if err == nil && s.target != "" { // some disks say only now that they are full
		if syncing := s.file.Sync(); syncing != nil {
			err = cannotWrite(s.name, syncing)
		}
	}
	if closing := s.file.Close(); err == nil && closing != nil {
		err = cannotWrite(s.name, closing)
	}
	if s.target == "" {
		return err
	}
	if err == nil {
		if err = os.Rename(s.file.Name(), s.target); err == nil {
			return nil
		}
		err = cannotWrite(s.name, err)
	}
	_ = os.Remove(s.file.Name()) // what is left cannot be helped
	return err
}

func cannotWrite(path string, err error) error {
	dir := filepath.Dir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("cannot write %s: there is no folder %s; create it first", path, dir)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("cannot write %s: no permission in folder %s; choose another folder", path, dir)
	}
	hint := "choose another file"
	if errors.Is(err, syscall.ENOSPC) {
		hint = "make room there"
	}
	var file *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &file):
		err = file.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return fmt.Errorf("cannot write %s: %w; %s", path, err, hint)
}

// cannotWriteIn says that a file in a folder of results could not be written,
// if that is what the error is about.
func cannotWriteIn(dir string, err error) error {
	path := ""
	var file *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &file):
		path = file.Path
	case errors.As(err, &link):
		path = link.New
	}
	if rel, e := filepath.Rel(dir, path); path == "" || e != nil || !filepath.IsLocal(rel) {
		return err
	}
	return cannotWrite(dir, err)
}

// reportOptions are the options of a report that goes to o.
func (a *app) reportOptions(cmd *cobra.Command, o *output, minScore float64) (reports.Options, error) {
	columns, err := a.columns()
	if err != nil {
		return reports.Options{}, err
	}
	return reports.Options{Width: columns, Color: o.stdout() && a.color(), Version: version(), MinScore: minScore, Settings: settings(cmd)}, nil
}

// settings are the flags of a command that were set, in order of name, apart
// from those that say where and how a result is written, those of a language
// model, which a report names itself, and those of every command.
func settings(cmd *cobra.Command) []reports.Setting {
	var out []reports.Setting
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		if f.Changed && f.Name != "output" && f.Name != "format" && !strings.HasPrefix(f.Name, "judge") {
			out = append(out, reports.Setting{Name: f.Name, Value: f.Value.String()})
		}
	})
	return out
}
