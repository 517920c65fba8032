package casefile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"counterclaim/nlp/read"
)

// A case.yaml is some hundred bytes long. These bounds stop files that are
// something else before the YAML parser sees them: its time grows with the
// square of the nesting depth, and of the length of odd files.
const (
	maxBytes   = 64 << 10
	maxNesting = 50
)

var (
	idPattern = regexp.MustCompile(`^[a-z0-9-]+$`)
	caseKeys  = []string{"title", "date", "parties"}
	partyKeys = []string{"id", "name", "aliases", "statements"}
)

// Load reads the case in folder dir. An error about the contents is an
// *Error.
func Load(dir string) (*Case, error) {
	path := filepath.Join(dir, FileName)
	data, err := readDescription(dir, path)
	if err != nil {
		return nil, err
	}
	c, err := parse(path, data)
	if err != nil {
		return nil, err
	}
	c.Dir = dir
	return c, nil
}

func readDescription(dir, path string) ([]byte, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &Error{Path: dir, What: "no such folder", Hint: "name the folder of a case, or the files of its parties"}
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, &Error{Path: dir, What: "is not a folder", Hint: "name the folder that holds " + FileName}
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &Error{Path: dir, What: "no " + FileName + " in this folder",
			Hint: "write one (title, date, parties), or name the files: counterclaim compare PARTY=FILE PARTY=FILE"}
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return data, nil
}

// parse reads the description from data and checks it against the folder in
// which path lies.
func parse(path string, data []byte) (*Case, error) {
	p := &description{path: path}
	root, err := p.root(data)
	if err != nil {
		return nil, err
	}
	fields, err := p.fields(root, "the case", caseKeys)
	if err != nil {
		return nil, err
	}
	c := &Case{path: path}
	if node := fields["title"]; node != nil {
		if c.Title, err = p.scalar(node, "title"); err != nil {
			return nil, err
		}
	}
	if node := fields["date"]; node != nil {
		if c.Date, err = p.date(node); err != nil {
			return nil, err
		}
	}
	if fields["parties"] == nil {
		return nil, p.errorAt(root, "no parties", "list the parties, each with id, name and statements")
	}
	c.lines.parties = line(fields["parties"])
	if c.Parties, err = p.parties(fields["parties"]); err != nil {
		return nil, err
	}
	return c, nil
}

// description is a case.yaml being read.
type description struct {
	path string
}

func (p *description) errorAt(node ast.Node, what, hint string) error {
	return &Error{Path: p.path, Line: line(node), What: what, Hint: hint}
}

// root parses the bytes into the one mapping that they must hold.
func (p *description) root(data []byte) (ast.Node, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	switch {
	case len(data) > maxBytes:
		return nil, &Error{Path: p.path, What: fmt.Sprintf("longer than %d KiB", maxBytes>>10), Hint: "is this a statement? a case.yaml only names the files"}
	case len(bytes.TrimSpace(data)) == 0:
		return nil, &Error{Path: p.path, What: "empty file", Hint: "write the title, the date and the parties of the case"}
	case !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0:
		return nil, &Error{Path: p.path, What: "not a UTF-8 text", Hint: "save it as UTF-8"}
	}
	if n := nestedAt(data); n > 0 {
		return nil, &Error{Path: p.path, Line: n, What: fmt.Sprintf("nested more than %d deep", maxNesting), Hint: "a case.yaml needs three levels"}
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		at := 0
		what := err.Error()
		var syntax yaml.Error
		if errors.As(err, &syntax) {
			what = syntax.GetMessage()
			if t := syntax.GetToken(); t != nil && t.Position != nil {
				at = t.Position.Line
			}
		}
		what, _, _ = strings.Cut(what, "\n")
		return nil, &Error{Path: p.path, Line: at, What: "not valid YAML: " + what, Hint: "see the example in `counterclaim compare --help`"}
	}
	if len(file.Docs) > 1 {
		return nil, p.errorAt(file.Docs[1].Body, "a second YAML document", "one file describes one case")
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil, &Error{Path: p.path, What: "nothing but comments", Hint: "write the title, the date and the parties of the case"}
	}
	return file.Docs[0].Body, nil
}

// nestedAt returns the line at which brackets or list dashes nest too deep,
// or 0. It does not know strings and comments: too deep for it is too odd for
// a case.
func nestedAt(data []byte) int {
	depth, at := 0, 0
	for text := range bytes.Lines(data) {
		at++
		if bytes.Count(text, []byte("- "))+bytes.Count(text, []byte("? ")) > maxNesting {
			return at
		}
		for _, b := range text {
			switch b {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
			if depth > maxNesting {
				return at
			}
		}
	}
	return 0
}

// fields returns the values of a mapping by key; all keys must be known.
func (p *description) fields(node ast.Node, of string, known []string) (map[string]ast.Node, error) {
	mapping, ok := node.(*ast.MappingNode)
	if !ok {
		return nil, p.errorAt(node, fmt.Sprintf("%s is no mapping", of), "write lines of the form `key: value`: "+strings.Join(known, ", "))
	}
	fields := make(map[string]ast.Node, len(mapping.Values))
	for _, entry := range mapping.Values {
		key := entry.Key.GetToken().Value
		if _, plain := entry.Key.(*ast.StringNode); !plain || !slices.Contains(known, key) {
			hint := "known are " + strings.Join(known, ", ")
			if near := Nearest(key, known); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			return nil, p.errorAt(entry.Key, fmt.Sprintf("unknown key %s", quoted(key)), hint)
		}
		if err := p.plain(entry.Value, key); err != nil {
			return nil, err
		}
		if _, null := entry.Value.(*ast.NullNode); !null {
			fields[key] = entry.Value
		}
	}
	return fields, nil
}

// plain refuses what YAML has beyond values, lists and mappings: aliases can
// make a small file unfold without end, and a case needs none of it.
func (p *description) plain(node ast.Node, what string) error {
	switch node.(type) {
	case *ast.AliasNode, *ast.AnchorNode, *ast.MergeKeyNode, *ast.TagNode:
		return p.errorAt(node, fmt.Sprintf("a YAML anchor, alias or tag in %s", what), "write the value out, in quotes if it begins with & * or !")
	}
	return nil
}

func (p *description) scalar(node ast.Node, what string) (string, error) {
	if err := p.plain(node, what); err != nil {
		return "", err
	}
	text := ""
	switch n := node.(type) {
	case *ast.NullNode:
	case *ast.LiteralNode:
		text = n.Value.Value
	case ast.ScalarNode:
		text = n.GetToken().Value // as written: a party may be called 2031 or No
	default:
		return "", p.errorAt(node, fmt.Sprintf("%s is no single value", what), "write one value on one line")
	}
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return "", p.errorAt(node, fmt.Sprintf("empty %s", what), "write one, or leave the line out")
	}
	return text, nil
}

func (p *description) date(node ast.Node) (time.Time, error) {
	text, err := p.scalar(node, "date")
	if err != nil {
		return time.Time{}, err
	}
	date, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, p.errorAt(node, fmt.Sprintf("bad date %s", quoted(text)), "write year, month and day: 2031-05-04")
	}
	return date, nil
}

func (p *description) list(node ast.Node, what string) ([]ast.Node, error) {
	if err := p.plain(node, what); err != nil {
		return nil, err
	}
	sequence, ok := node.(*ast.SequenceNode)
	if !ok {
		return nil, p.errorAt(node, fmt.Sprintf("%s is no list", what), "write [one, two], or one entry a line after a dash")
	}
	return sequence.Values, nil
}

func (p *description) strings(node ast.Node, list, entry string) ([]string, []ast.Node, error) {
	if node == nil {
		return nil, nil, nil
	}
	nodes, err := p.list(node, list)
	if err != nil {
		return nil, nil, err
	}
	texts := make([]string, len(nodes))
	for i, n := range nodes {
		if texts[i], err = p.scalar(n, entry); err != nil {
			return nil, nil, err
		}
	}
	return texts, nodes, nil
}

func (p *description) parties(node ast.Node) ([]Party, error) {
	nodes, err := p.list(node, "parties")
	if err != nil {
		return nil, err
	}
	if len(nodes) == 0 {
		return nil, p.errorAt(node, "no parties", "list the parties, each with id, name and statements")
	}
	parties := make([]Party, 0, len(nodes))
	lines := map[string]int{} // of what must be unique: "id x", "name x", "statement x"
	unique := func(node ast.Node, what, key, shown, hint string) error {
		if at := lines[what+key]; at > 0 {
			return p.errorAt(node, fmt.Sprintf("two %s %s (the first in line %d)", what, quoted(shown), at), hint)
		}
		lines[what+key] = line(node)
		return nil
	}
	for _, n := range nodes {
		fields, err := p.fields(n, "a party", partyKeys)
		if err != nil {
			return nil, err
		}
		for _, key := range []string{"id", "name", "statements"} {
			if fields[key] == nil {
				return nil, p.errorAt(n, "a party without "+key, "a party needs id, name and statements")
			}
		}
		var party Party
		if party.ID, err = p.scalar(fields["id"], "id"); err != nil {
			return nil, err
		}
		if !idPattern.MatchString(party.ID) {
			return nil, p.errorAt(fields["id"], fmt.Sprintf("bad id %s", quoted(party.ID)), "use small letters a-z, digits and hyphens only"+suggest(Slug(party.ID)))
		}
		if err := unique(fields["id"], "parties with id", party.ID, party.ID, "give each party an id of its own"); err != nil {
			return nil, err
		}
		if party.Name, err = p.scalar(fields["name"], "name"); err != nil {
			return nil, err
		}
		if err := unique(fields["name"], "parties with the name", strings.ToLower(party.Name), party.Name, "give each party a name of its own"); err != nil {
			return nil, err
		}
		if party.Aliases, _, err = p.strings(fields["aliases"], "aliases", "alias"); err != nil {
			return nil, err
		}
		var at []ast.Node
		if party.Statements, at, err = p.strings(fields["statements"], "statements", "statement"); err != nil {
			return nil, err
		}
		if len(party.Statements) == 0 {
			return nil, p.errorAt(fields["statements"], fmt.Sprintf("party %s has no statement", quoted(party.ID)), "list at least one file")
		}
		for i, statement := range party.Statements {
			real, err := p.inside(at[i], statement)
			if err != nil {
				return nil, err
			}
			if err := unique(at[i], "entries for the statement", real, statement, "a statement is one document by one party"); err != nil {
				return nil, err
			}
		}
		parties = append(parties, party)
	}
	return parties, nil
}

// inside checks that a statement is a file of the case's own folder and
// returns its path there, links followed.
func (p *description) inside(node ast.Node, statement string) (string, error) {
	const stay = "copy the file into the folder of the case and name it by its path there"
	local := filepath.FromSlash(statement)
	_, part := read.SplitName(filepath.Join(filepath.Dir(p.path), local))
	if part != "" {
		if _, err := read.ParsePart(part); err != nil {
			bad := badPart("", err)
			return "", p.errorAt(node, bad.What, bad.Hint)
		}
		part = "#" + part
		local = strings.TrimSuffix(local, part)
	}
	if !filepath.IsLocal(local) {
		return "", p.errorAt(node, fmt.Sprintf("statement %s is outside the folder of the case", quoted(statement)), stay)
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(p.path))
	if err != nil {
		return "", err
	}
	path, err := filepath.EvalSymlinks(filepath.Join(dir, local))
	if errors.Is(err, fs.ErrNotExist) {
		return "", p.errorAt(node, fmt.Sprintf("no statement %s in the folder of the case", quoted(statement)), "correct the name, or put the file there"+suggest(Nearest(statement, files(dir))))
	}
	if err != nil {
		return "", p.errorAt(node, fmt.Sprintf("statement %q cannot be opened: %v", statement, errors.Unwrap(err)), "check the path and its permissions")
	}
	inside, err := filepath.Rel(dir, path)
	if err != nil || !filepath.IsLocal(inside) {
		return "", p.errorAt(node, fmt.Sprintf("statement %s is a link that leads outside the folder of the case", quoted(statement)), stay)
	}
	if first, _, _ := strings.Cut(filepath.ToSlash(inside), "/"); first == "gold" {
		return "", p.errorAt(node, fmt.Sprintf("statement %s is in gold/", quoted(statement)), "gold/ holds the answers, which only eval may read; move the statement")
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", p.errorAt(node, fmt.Sprintf("statement %s is no ordinary file", quoted(statement)), "name the file of a statement")
	}
	return inside + part, nil
}

// files lists the names in a folder, for suggestions.
func files(dir string) []string {
	entries, _ := os.ReadDir(dir)
	var names []string
	for _, e := range entries {
		if !e.IsDir() && e.Name() != FileName {
			names = append(names, e.Name())
		}
	}
	return names
}

// quoted quotes the words of a file for a message, not all of a long one.
func quoted(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strconv.Quote(s)
}

func suggest(word string) string {
	if word == "" || len(word) > longestName {
		return ""
	}
	return fmt.Sprintf(" (%s?)", word)
}

func line(node ast.Node) int {
	if node == nil {
		return 0
	}
	if t := node.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}
