package casefile

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const twoParties = `title: The Varn bridge incident
date: 2031-05-04            # relative dates are read against it
parties:
  - id: velmora
    name: Republic of Velmora
    aliases: [Velmora, Velmoran, the Republic]
    statements: [a.txt]
  - id: "2031"
    name: No
    statements:
      - b.md
      - sub/c.txt
`

// folder writes a case folder with the statements that the tests name.
func folder(t *testing.T, description string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "case")
	for _, name := range []string{"a.txt", "b.md", "sub/c.txt", "gold/claims.tsv", "../outside.txt"} {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), "One sentence.\n")
	}
	write(t, filepath.Join(dir, FileName), description)
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestLoad(t *testing.T) {
	dir := folder(t, "\ufeff"+twoParties)
	got, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := &Case{
		Dir: dir, Title: "The Varn bridge incident", Date: time.Date(2031, 5, 4, 0, 0, 0, 0, time.UTC),
		Parties: []Party{
			{ID: "velmora", Name: "Republic of Velmora", Aliases: []string{"Velmora", "Velmoran", "the Republic"}, Statements: []string{"a.txt"}},
			{ID: "2031", Name: "No", Statements: []string{"b.md", "sub/c.txt"}},
		},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Case{})); diff != "" {
		t.Error(diff)
	}
	if got, want := got.File("sub/c.txt"), filepath.Join(dir, "sub", "c.txt"); got != want {
		t.Errorf("File = %s, want %s", got, want)
	}
	if err := got.NeedTwo(); err != nil {
		t.Errorf("NeedTwo = %v", err)
	}
}

func TestLoadErrors(t *testing.T) {
	party := func(id, name, statements string) string {
		return "  - id: " + id + "\n    name: " + name + "\n    statements: " + statements + "\n"
	}
	a, b := party("a", "Ay", "[a.txt]"), party("b", "Bee", "[b.md]")
	tests := []struct {
		name, in string
		want     string // after the path of case.yaml
	}{
		{"empty file", "", `: empty file; write the title, the date and the parties of the case`},
		{"blank file", " \n\n", `: empty file; write the title, the date and the parties of the case`},
		{"comments", "# nothing\n", `: nothing but comments; write the title, the date and the parties of the case`},
		{"not YAML", "title: \"open\nparties: [", `:1: not valid YAML: could not find end character of double-quoted text; see the example in ` + "`counterclaim compare --help`"},
		{"tab", "title: x\n\tdate: 2031-05-04\n", `:2: not valid YAML: found character '	' that cannot start any token; see the example in ` + "`counterclaim compare --help`"},
		{"prose", "The Republic of Velmora", ":1: the case is no mapping; write lines of the form `key: value`: title, date, parties"},
		{"list", "- a\n- b\n", ":1: the case is no mapping; write lines of the form `key: value`: title, date, parties"},
		{"second document", "title: x\n---\ntitle: y\n", `:3: a second YAML document; one file describes one case`},
		{"not UTF-8", "title: \xff\n", `: not a UTF-8 text; save it as UTF-8`},
		{"NUL", "title: a\x00b\n", `: not a UTF-8 text; save it as UTF-8`},
		{"too long", strings.Repeat("# more\n", 50_000), `: longer than 64 KiB; is this a statement? a case.yaml only names the files`},
		{"brackets", "title: x\nparties: " + strings.Repeat("[", 20_000), `:2: nested more than 50 deep; a case.yaml needs three levels`},
		{"dashes", "parties:\n" + strings.Repeat("- ", 20_000), `:2: nested more than 50 deep; a case.yaml needs three levels`},
		{"unknown key", "titel: x\nparties:\n" + a + b, `:1: unknown key "titel"; did you mean "title"?`},
		{"unknown key, unlike any", "zzzzzz: x\n", `:1: unknown key "zzzzzz"; known are title, date, parties`},
		{"long unknown key", strings.Repeat("z", 5000) + ": x\n", `:1: unknown key "` + strings.Repeat("z", 60) + `…"; known are title, date, parties`},
		{"unknown key of a party", "parties:\n" + a + "    statments: [b.md]\n", `:5: unknown key "statments"; did you mean "statements"?`},
		{"key twice", "title: x\ntitle: y\n", `:2: not valid YAML: mapping key "title" already defined at [1:1]; see the example in ` + "`counterclaim compare --help`"},
		{"bad date", "title: x\ndate: 4 May 2031\nparties:\n" + a + b, `:2: bad date "4 May 2031"; write year, month and day: 2031-05-04`},
		{"no such day", "date: 2031-02-30\nparties:\n" + a + b, `:1: bad date "2031-02-30"; write year, month and day: 2031-05-04`},
		{"date is a list", "date: [2031]\nparties:\n" + a + b, `:1: date is no single value; write one value on one line`},
		{"no parties", "title: x\n", `:1: no parties; list the parties, each with id, name and statements`},
		{"empty parties", "title: x\nparties: []\n", `:2: no parties; list the parties, each with id, name and statements`},
		{"parties is a word", "parties: none\n", `:1: parties is no list; write [one, two], or one entry a line after a dash`},
		{"party is a word", "parties: [velmora]\n", ":1: a party is no mapping; write lines of the form `key: value`: id, name, aliases, statements"},
		{"no id", "parties:\n  - name: Ay\n    statements: [a.txt]\n", `:2: a party without id; a party needs id, name and statements`},
		{"empty statements", "parties:\n" + party("a", "Ay", "[]"), `:4: party "a" has no statement; list at least one file`},
		{"bad id", "parties:\n" + party("Vel mora", "Ay", "[a.txt]") + b, `:2: bad id "Vel mora"; use small letters a-z, digits and hyphens only (vel-mora?)`},
		{"duplicate id", "parties:\n" + a + party("a", "Bee", "[b.md]"), `:5: two parties with id "a" (the first in line 2); give each party an id of its own`},
		{"two parties with one name", "parties:\n" + a + party("b", "AY", "[b.md]"), `:6: two parties with the name "AY" (the first in line 3); give each party a name of its own`},
		{"one statement of two", "parties:\n" + a + party("b", "Bee", "[./a.txt]"), `:7: two entries for the statement "./a.txt" (the first in line 4); a statement is one document by one party`},
		{"dot dot", "parties:\n" + a + party("b", "Bee", "[../outside.txt]"), `:7: statement "../outside.txt" is outside the folder of the case; copy the file into the folder of the case and name it by its path there`},
		{"hidden dot dot", "parties:\n" + a + party("b", "Bee", "[sub/../../outside.txt]"), `:7: statement "sub/../../outside.txt" is outside the folder of the case; copy the file into the folder of the case and name it by its path there`},
		{"absolute", "parties:\n" + a + party("b", "Bee", "[/etc/hostname]"), `:7: statement "/etc/hostname" is outside the folder of the case; copy the file into the folder of the case and name it by its path there`},
		{"missing", "parties:\n" + a + party("b", "Bee", "[b.txt]"), `:7: no statement "b.txt" in the folder of the case; correct the name, or put the file there (a.txt?)`},
		{"missing on a line of its own", "parties:\n" + a + party("b", "Bee", "\n      - b.md\n      - zzzzzzzzz"), `:9: no statement "zzzzzzzzz" in the folder of the case; correct the name, or put the file there`},
		{"folder", "parties:\n" + a + party("b", "Bee", "[sub]"), `:7: statement "sub" is no ordinary file; name the file of a statement`},
		{"gold", "parties:\n" + a + party("b", "Bee", "[gold/claims.tsv]"), `:7: statement "gold/claims.tsv" is in gold/; gold/ holds the answers, which only eval may read; move the statement`},
		{"alias", "parties:\n" + a + party("b", "Bee", "&x [b.md]") + party("c", "Cee", "*x"), `:7: a YAML anchor, alias or tag in statements; write the value out, in quotes if it begins with & * or !`},
		{"alias bomb", aliasBomb(), `:1: a YAML anchor, alias or tag in title; write the value out, in quotes if it begins with & * or !`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := folder(t, tt.in)
			_, err := Load(dir)
			checkError(t, err, filepath.Join(dir, FileName)+tt.want)
		})
	}
}

// aliasBomb unfolds to 10^9 words if aliases are followed.
func aliasBomb() string {
	var b strings.Builder
	b.WriteString("title: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := range 9 {
		one := "*a" + string(rune('0'+i)) + ", "
		b.WriteString("k" + string(rune('0'+i)) + ": &a" + string(rune('1'+i)) + " [" + strings.Repeat(one, 9) + one[:3] + "]\n")
	}
	return b.String()
}

func checkError(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want %s", want)
	}
	if err.Error() != want {
		t.Errorf("error\n got %s\nwant %s", err, want)
	}
	var e *Error
	if !errors.As(err, &e) {
		t.Errorf("error is a %T, want *Error", err)
	}
	if strings.Contains(err.Error(), "\n") {
		t.Error("error of several lines")
	}
}

func TestLoadNoCase(t *testing.T) {
	dir := t.TempDir()
	_, err := Load(dir)
	checkError(t, err, dir+": no case.yaml in this folder; write one (title, date, parties), or name the files: counterclaim compare PARTY=FILE PARTY=FILE")
	missing := filepath.Join(dir, "nowhere")
	_, err = Load(missing)
	checkError(t, err, missing+": no such folder; name the folder of a case, or the files of its parties")
	file := filepath.Join(dir, "x.txt")
	write(t, file, "x")
	_, err = Load(file)
	checkError(t, err, file+": is not a folder; name the folder that holds case.yaml")
}

func TestLoadLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights there")
	}
	dir := folder(t, "parties:\n  - {id: a, name: Ay, statements: [link.txt]}\n")
	link := filepath.Join(dir, "link.txt")
	if err := os.Symlink("a.txt", link); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir); err != nil {
		t.Errorf("link inside the folder: %v", err)
	}
	for target, want := range map[string]string{
		"../outside.txt":  `:2: statement "link.txt" is a link that leads outside the folder of the case; copy the file into the folder of the case and name it by its path there`,
		"gold/claims.tsv": `:2: statement "link.txt" is in gold/; gold/ holds the answers, which only eval may read; move the statement`,
	} {
		if err := os.Remove(link); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
		_, err := Load(dir)
		checkError(t, err, filepath.Join(dir, FileName)+want)
	}
}

func TestNeedTwo(t *testing.T) {
	dir := folder(t, "title: x\nparties:\n  - {id: a, name: Ay, statements: [a.txt]}\n")
	c, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	checkError(t, c.NeedTwo(), filepath.Join(dir, FileName)+":3: one party only; add a second party: a comparison needs two")
	c, err = FromArgs([]string{filepath.Join(dir, "a.txt")})
	if err != nil {
		t.Fatal(err)
	}
	checkError(t, c.NeedTwo(), "one party only: a; name a file of a second party, or read one statement with `counterclaim claims`")
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(twoParties))
	f.Add([]byte(aliasBomb()))
	f.Add([]byte("parties:\n - {id: a, name: b, statements: [c]}"))
	f.Add([]byte("? - : [}\n&a *a !!str <<: "))
	dir := f.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte("x"), 0o600); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := parse(filepath.Join(dir, FileName), data)
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("error of several lines: %q", err)
			}
			return
		}
		ids := map[string]bool{}
		for _, p := range c.Parties {
			if ids[p.ID] || !idPattern.MatchString(p.ID) || p.Name == "" || len(p.Statements) == 0 {
				t.Errorf("bad party got through: %+v", p)
			}
			ids[p.ID] = true
		}
	})
}
