package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"counterclaim/compare/casefile"
)

// Manifests are the names of a table that describes the files of a folder, in
// the order in which they are looked for.
var Manifests = []string{"manifest.csv", "manifest.tsv", "manifest.jsonl", "manifest.parquet"}

// openFolder opens a folder: of cases if there is a case.yaml anywhere in it,
// with a manifest if it has one, of files with metadata of their own
// otherwise.
func openFolder(dir string, o Options) (*Corpus, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("%s: cannot be opened: %w; check the folder and its permissions", dir, errors.Unwrap(err))
	}
	cases, files, err := list(root.FS())
	if err != nil {
		_ = root.Close()
		return nil, fmt.Errorf("%s: cannot be listed: %w", dir, err)
	}
	if len(cases) > 0 {
		return &Corpus{Grouped: true, Ordered: true, root: root, all: eachCase(dir, cases)}, nil
	}
	for _, name := range Manifests {
		if slices.Contains(files, name) {
			_ = root.Close()
			if o.Files == "" {
				o.Files = dir
			}
			return openTable(filepath.Join(dir, name), o)
		}
	}
	if len(files) == 0 {
		_ = root.Close()
		return nil, fmt.Errorf("%s: an empty folder; put cases, files or a table in it", dir)
	}
	p, err := parsePattern(o.Pattern)
	if err != nil {
		_ = root.Close()
		return nil, err
	}
	c := &Corpus{root: root, Grouped: p.has("case")}
	c.all = c.eachFile(files, p, o)
	return c, nil
}

// list finds the cases of a folder, as folders, and all files, as paths; both
// in order. What is hidden is left out.
func list(fsys fs.FS) (cases, files []string, err error) {
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
			if info, err := fs.Stat(fsys, path.Join(name, casefile.FileName)); err == nil && info.Mode().IsRegular() {
				cases = append(cases, name)
				return fs.SkipDir
			}
		default:
			files = append(files, name)
		}
		return nil
	})
	return cases, files, err
}

// eachCase reads the statements of case folders, in the order of their
// case.yaml.
func eachCase(dir string, cases []string) iter.Seq2[*Statement, error] {
	return func(yield func(*Statement, error) bool) {
		for _, name := range cases {
			c, err := casefile.Load(filepath.Join(dir, filepath.FromSlash(name)))
			if err != nil {
				reason := err.Error()
				where := path.Join(name, casefile.FileName)
				var bad *casefile.Error
				if errors.As(err, &bad) {
					reason = bad.What
					if bad.Hint != "" {
						reason += "; " + bad.Hint
					}
					if bad.Line > 0 {
						where = fmt.Sprintf("%s:%d", where, bad.Line)
					}
				}
				if !yield(nil, &RecordError{Where: where, Reason: reason}) {
					return
				}
				continue
			}
			id := name
			if name == "." {
				if abs, err := filepath.Abs(dir); err == nil {
					id = filepath.Base(abs)
				}
			}
			for _, p := range c.Parties {
				for _, file := range p.Statements {
					at := path.Join(name, path.Clean(file))
					s := &Statement{
						ID: at, Case: Case{ID: id, Title: c.Title, Date: c.Date},
						Party: Party{ID: p.ID, Name: p.Name, Aliases: p.Aliases}, Path: at, Where: at,
					}
					if !yield(s, nil) {
						return
					}
				}
			}
		}
	}
}

// eachFile reads files whose metadata stand in their front matter or name.
// What stands in the front matter is surer.
func (c *Corpus) eachFile(files []string, p *pattern, o Options) iter.Seq2[*Statement, error] {
	return func(yield func(*Statement, error) bool) {
		for _, name := range files {
			fields, err := p.match(name)
			if err == nil {
				var data []byte
				if data, err = c.file(name); err == nil {
					err = frontMatter(data, o, fields)
				}
			}
			var s *Statement
			if err != nil {
				err = &RecordError{Where: name, Reason: err.Error()}
			} else {
				fields["path"] = name
				delete(fields, "text")
				s, err = statementOf(fields, name, name)
			}
			if !yield(s, err) {
				return
			}
		}
	}
}

// maxFrontMatter bounds what is parsed as YAML.
const (
	maxFrontMatter = 64 << 10
	maxBrackets    = 500 // nesting costs a parser more than length
)

// frontMatter adds what the front matter of a file says to the fields.
func frontMatter(data []byte, o Options, fields map[string]string) error {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	rest, ok := bytes.CutPrefix(data, []byte("---\n"))
	if !ok {
		if rest, ok = bytes.CutPrefix(data, []byte("---\r\n")); !ok {
			return nil
		}
	}
	end := -1
	for at := 0; at < len(rest) && at < maxFrontMatter; {
		next := bytes.IndexByte(rest[at:], '\n')
		if next < 0 {
			next = len(rest) - at
		}
		if l := strings.TrimRight(string(rest[at:at+next]), " \t\r"); l == "---" || l == "..." {
			end = at
			break
		}
		at += next + 1
	}
	if end < 0 {
		return nil // a line across the page, or too long for what it seems
	}
	if bytes.Count(rest[:end], []byte("["))+bytes.Count(rest[:end], []byte("{"))+bytes.Count(rest[:end], []byte("- -")) > maxBrackets {
		return errors.New("bad front matter: too many lists; leave out what says nothing of the statement")
	}
	file, err := parser.ParseBytes(rest[:end], 0)
	if err != nil {
		return fmt.Errorf("bad front matter: %s; write lines of the form `key: value` between two lines of ---", firstLine(yaml.FormatError(err, false, false)))
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil
	}
	mapping, ok := file.Docs[0].Body.(*ast.MappingNode)
	if !ok {
		return nil // lines between two lines across the page
	}
	for _, entry := range mapping.Values {
		for _, field := range Fields {
			if field == "path" || field == "text" || !strings.EqualFold(entry.Key.GetToken().Value, columnOf(field, o)) {
				continue
			}
			text := ""
			switch n := entry.Value.(type) {
			case *ast.NullNode:
			case *ast.LiteralNode:
				text = n.Value.Value
			case ast.ScalarNode:
				text = n.GetToken().Value // as written: a party may be called 2031 or No
			default:
				return fmt.Errorf("bad %s in the front matter: no single value; write one value on one line", field)
			}
			if text != "" {
				fields[field] = text
			}
		}
	}
	return nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// columnOf is the name of the column of a field.
func columnOf(field string, o Options) string {
	if name, ok := o.Columns[field]; ok {
		return name
	}
	return field
}

// statementOf makes a statement of its fields. fallback is its ID where the
// fields have none.
func statementOf(fields map[string]string, where, fallback string) (*Statement, error) {
	s := &Statement{
		ID: clean(fields["id"]), Title: clean(fields["title"]), Address: clean(fields["address"]),
		Path: strings.TrimSpace(fields["path"]), Text: fields["text"], Where: where,
	}
	if s.ID == "" {
		s.ID = fallback
	}
	reject := func(reason string) error {
		return &RecordError{Where: where, ID: s.ID, Reason: reason, Record: abridged(fields)}
	}
	for _, field := range Fields {
		if !validText(fields[field]) {
			return nil, reject(fmt.Sprintf("the %s is not UTF-8 text; save the corpus as UTF-8", field))
		}
	}
	name := clean(fields["party"])
	if name == "" {
		return nil, reject("no party; give one in the column or front matter key \"party\", or name another with --column party=NAME or a --pattern")
	}
	s.Party = partyOf(name)
	if id := clean(fields["case"]); id != "" {
		s.Case = Case{ID: id}
	}
	var err error
	if s.Date, err = parseDate(fields["date"]); err != nil {
		return nil, reject(err.Error())
	}
	switch {
	case strings.TrimSpace(s.Text) != "":
		s.Path = "" // the text is at hand
	case s.Path == "":
		return nil, reject("no text; give it in the column \"text\", or the path of its file in the column \"path\"")
	default:
		s.Text = ""
		s.Path = path.Clean(filepath.ToSlash(s.Path))
		if !filepath.IsLocal(filepath.FromSlash(s.Path)) {
			return nil, reject(fmt.Sprintf("the file %s is outside the folder of the corpus; name its folder with --files and the path in it", s.Path))
		}
	}
	return s, nil
}

// abridged is a record for rejected.jsonl: long fields are cut.
func abridged(fields map[string]string) map[string]string {
	const most = 200
	out := map[string]string{}
	for k, v := range fields {
		v = strings.ToValidUTF8(v, "\ufffd")
		if len(v) > most {
			v = strings.ToValidUTF8(v[:most], "") + "…"
		}
		out[k] = v
	}
	return out
}
