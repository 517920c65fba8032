package casefile

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFromArgs(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, f := range []string{"velmora.txt", "Ostra MFA.pdf", "x/release.md", "y/release.md", "y/release.txt", "y=z.txt", "声明.txt", "y#page=1.txt"} {
		write(t, f, "One sentence.\n")
	}
	tests := []struct {
		name string
		args []string
		want []Party
	}{
		{"named after the file", []string{"velmora.txt", "Ostra MFA.pdf"}, []Party{
			{ID: "velmora", Name: "velmora", Statements: []string{"velmora.txt"}},
			{ID: "ostra-mfa", Name: "Ostra MFA", Statements: []string{"Ostra MFA.pdf"}}}},
		{"two statements of one party", []string{"Velmora=velmora.txt", "ostra=Ostra MFA.pdf", "velmora=x/release.md"}, []Party{
			{ID: "velmora", Name: "Velmora", Statements: []string{"velmora.txt", "x/release.md"}},
			{ID: "ostra", Name: "ostra", Statements: []string{"Ostra MFA.pdf"}}}},
		{"one name in two folders", []string{"x/release.md", "y/release.md"}, []Party{
			{ID: "x-release", Name: "x/release", Statements: []string{"x/release.md"}},
			{ID: "y-release", Name: "y/release", Statements: []string{"y/release.md"}}}},
		{"one name in one folder", []string{"y/release.md", "y/release.txt"}, []Party{
			{ID: "y-release-md", Name: "y/release.md", Statements: []string{"y/release.md"}},
			{ID: "y-release-txt", Name: "y/release.txt", Statements: []string{"y/release.txt"}}}},
		{"file called as a party", []string{"release=velmora.txt", "x/release.md"}, []Party{
			{ID: "release", Name: "release", Statements: []string{"velmora.txt"}},
			{ID: "x-release", Name: "x/release", Statements: []string{"x/release.md"}}}},
		{"file with an equals sign", []string{"y=z.txt"}, []Party{
			{ID: "y-z", Name: "y=z", Statements: []string{"y=z.txt"}}}},
		{"parts of a file", []string{"velmora.txt#lines=1", "V=velmora.txt#heading=Annex", "Ostra MFA.pdf#page=2-3"}, []Party{
			{ID: "velmora-lines-1", Name: "velmora (lines=1)", Statements: []string{"velmora.txt#lines=1"}},
			{ID: "v", Name: "V", Statements: []string{"velmora.txt#heading=Annex"}},
			{ID: "ostra-mfa-page-2-3", Name: "Ostra MFA (page=2-3)", Statements: []string{"Ostra MFA.pdf#page=2-3"}}}},
		{"file with a hash", []string{"y#page=1.txt"}, []Party{
			{ID: "y-page-1", Name: "y#page=1", Statements: []string{"y#page=1.txt"}}}},
		{"standard input", []string{"Velmora=-", "velmora.txt"}, []Party{
			{ID: "velmora", Name: "Velmora", Statements: []string{"-"}},
			{ID: "velmora-txt", Name: "velmora.txt", Statements: []string{"velmora.txt"}}}},
		{"accents and other alphabets", []string{"Île-de-Fée=velmora.txt", "声明.txt"}, []Party{
			{ID: "ile-de-fee", Name: "Île-de-Fée", Statements: []string{"velmora.txt"}},
			{ID: Slug("声明"), Name: "声明", Statements: []string{"声明.txt"}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := FromArgs(tt.args)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, c.Parties); diff != "" {
				t.Error(diff)
			}
			for _, p := range c.Parties {
				if !idPattern.MatchString(p.ID) {
					t.Errorf("bad id %q", p.ID)
				}
			}
		})
	}
}

// What a party is called does not depend on the order of the arguments.
func TestFromArgsOrder(t *testing.T) {
	t.Chdir(t.TempDir())
	files := []string{"release.md", "x/release.md", "x/y/release.md", "x/y/release.txt"}
	for _, f := range files {
		write(t, f, "One sentence.\n")
	}
	ids := func(order ...int) map[string]string {
		args := make([]string, len(order))
		for i, o := range order {
			args[i] = files[o]
		}
		c, err := FromArgs(args)
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Parties) != len(files) {
			t.Fatalf("%d parties of %d files", len(c.Parties), len(files))
		}
		got := map[string]string{}
		for _, p := range c.Parties {
			got[p.Statements[0]] = p.ID
		}
		return got
	}
	want := ids(0, 1, 2, 3)
	for _, got := range []map[string]string{ids(3, 2, 1, 0), ids(1, 3, 0, 2), ids(2, 0, 3, 1)} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestFromArgsErrors(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "velmora.txt", "x")
	write(t, filepath.Join("sub", "ostra.txt"), "x")
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"missing", []string{"velmorra.txt"}, "velmorra.txt: no such file; check the path (velmora.txt?)"},
		{"missing of a party", []string{"V=nowhere/a.txt"}, "nowhere/a.txt: no such file; check the path"},
		{"bad part", []string{"V=velmora.txt#page=x"}, `velmora.txt: "x" is no range; write 3 or 3-5; write FILE#page=3-5, FILE#heading=Annex or FILE#lines=10-80`},
		{"part twice", []string{"A=velmora.txt#lines=1", "B=./velmora.txt#lines=1"}, "./velmora.txt#lines=1: given twice (A=velmora.txt#lines=1 and B=./velmora.txt#lines=1); a statement is one document by one party"},
		{"no file", []string{"V="}, `no file in "V="; write PARTY=FILE`},
		{"folder", []string{"velmora.txt", "sub"}, "sub: is a folder; name one case folder alone, or files only"},
		{"twice", []string{"A=velmora.txt", "B=./velmora.txt"}, "./velmora.txt: given twice (A=velmora.txt and B=./velmora.txt); a statement is one document by one party"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := FromArgs(tt.args)
			checkError(t, err, tt.want)
		})
	}
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"Velmora":              "velmora",
		"Republic of Velmora":  "republic-of-velmora",
		"  --Ünïted  Nations!": "united-nations",
		"2031":                 "2031",
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
	if Slug("声明") == Slug("声") {
		t.Error("two names in another alphabet have one id")
	}
}

func TestNearest(t *testing.T) {
	known := []string{"title", "date", "parties"}
	for in, want := range map[string]string{"Titel": "title", "dates": "date", "party": "parties", "xyz": "", "": ""} {
		if got := Nearest(in, known); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", in, got, want)
		}
	}
}
