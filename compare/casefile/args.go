package casefile

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"counterclaim/nlp/read"
)

// Stdin is the file name that means standard input.
const Stdin = "-"

// FromArgs builds a case from [PARTY=]FILE arguments. Two files of one PARTY
// are two statements of one party; a file without PARTY is a party of its
// own, named after the file. What a party is called does not depend on the
// order of the arguments.
func FromArgs(args []string) (*Case, error) {
	c := &Case{}
	byID := map[string]int{}
	given := map[string]string{} // cleaned path -> argument
	labels := nameFiles(args)
	for i, arg := range args {
		name, file := splitArg(arg)
		if err := checkFile(arg, file); err != nil {
			return nil, err
		}
		path, part := read.SplitName(file)
		key := filepath.Clean(path) + "#" + part
		if before, twice := given[key]; twice {
			return nil, &Error{Path: file, What: fmt.Sprintf("given twice (%s and %s)", before, arg), Hint: "a statement is one document by one party"}
		}
		given[key] = arg
		if name == "" {
			name = labels[i]
		}
		id := Slug(name)
		at, known := byID[id]
		if !known {
			at = len(c.Parties)
			byID[id] = at
			c.Parties = append(c.Parties, Party{ID: id, Name: name})
		}
		c.Parties[at].Statements = append(c.Parties[at].Statements, file)
	}
	return c, nil
}

// splitArg splits PARTY=FILE. An argument that is itself the name of a file,
// or of a part of one, is a file, whatever signs it has.
func splitArg(arg string) (party, file string) {
	whole, _ := read.SplitName(arg)
	if _, err := os.Stat(whole); err == nil {
		return "", arg
	}
	party, file, found := strings.Cut(arg, "=")
	if !found {
		return "", arg
	}
	return strings.Join(strings.Fields(party), " "), file
}

func checkFile(arg, file string) error {
	if file == Stdin {
		return nil
	}
	if file == "" {
		return &Error{What: fmt.Sprintf("no file in %q", arg), Hint: "write PARTY=FILE"}
	}
	file, part := read.SplitName(file)
	if _, err := read.ParsePart(part); err != nil {
		return badPart(file, err)
	}
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Error{Path: file, What: "no such file", Hint: "check the path" + suggest(Nearest(filepath.Base(file), files(filepath.Dir(file))))}
	case err != nil:
		return &Error{Path: file, What: fmt.Sprintf("cannot be opened: %v", errors.Unwrap(err)), Hint: "check the path and its permissions"}
	case info.IsDir():
		return &Error{Path: file, What: "is a folder", Hint: "name one case folder alone, or files only"}
	}
	return nil
}

func badPart(file string, err error) *Error {
	return &Error{Path: file, What: err.Error(), Hint: "write FILE#page=3-5, FILE#heading=Annex or FILE#lines=10-80"}
}

// nameFiles names the parties of arguments without PARTY: by the file's name,
// with as many of its folders before it as it takes to tell it from the other
// arguments.
func nameFiles(args []string) []string {
	labels := make([]string, len(args))
	folders := make([]int, len(args)) // folders in the label
	taken := map[string]bool{}        // by a PARTY that was given
	for i, arg := range args {
		party, file := splitArg(arg)
		if party != "" {
			taken[Slug(party)] = true
			continue
		}
		labels[i] = label(file, 0)
	}
	for {
		users := map[string]int{}
		for _, l := range labels {
			if l != "" {
				users[Slug(l)]++
			}
		}
		changed := false
		for i, l := range labels {
			if l == "" || (users[Slug(l)] == 1 && !taken[Slug(l)]) {
				continue
			}
			_, file := splitArg(args[i])
			longer := label(file, folders[i]+1)
			if longer != l {
				labels[i], folders[i], changed = longer, folders[i]+1, true
			}
		}
		if !changed {
			return labels
		}
	}
}

// label is the name of a file without ending, after the given number of its
// folders. When there are no more folders, the ending is added.
func label(file string, folders int) string {
	if file == Stdin {
		return "standard input"
	}
	file, part := read.SplitName(file)
	base := filepath.Base(file)
	stem := strings.TrimSuffix(base, filepath.Ext(base))
	if stem == "" {
		stem = base
	}
	if part != "" {
		base += " (" + part + ")"
		stem += " (" + part + ")"
	}
	dirs := strings.FieldsFunc(filepath.ToSlash(filepath.Dir(filepath.Clean(file))), func(r rune) bool { return r == '/' })
	dirs = slices.DeleteFunc(dirs, func(d string) bool { return d == "." || d == ".." })
	if folders > len(dirs) {
		return strings.Join(append(dirs, base), "/")
	}
	return strings.Join(append(dirs[len(dirs)-folders:len(dirs):len(dirs)], stem), "/")
}

// Slug turns a name into a party id: small letters, digits, and one hyphen
// for whatever stands between them. Accents are dropped; a name in another
// alphabet becomes "party-" and a hash of it.
func Slug(name string) string {
	var b strings.Builder
	lost := false
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		default:
			lost = lost || unicode.IsLetter(r)
			if n := b.Len(); n > 0 && b.String()[n-1] != '-' {
				b.WriteByte('-')
			}
		}
	}
	slug := strings.Trim(b.String(), "-")
	if slug == "" || lost {
		h := fnv.New32a()
		h.Write([]byte(name))
		if slug == "" {
			slug = "party"
		}
		return fmt.Sprintf("%s-%08x", slug, h.Sum32())
	}
	return slug
}
