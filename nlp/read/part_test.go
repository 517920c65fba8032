package read

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestParts(t *testing.T) {
	for _, c := range []struct{ name, first, last, not string }{
		{"office-one.pdf#page=2", "compensation, and its officials", "page 44.", "Upon instructions"},
		{"office-one.pdf#page=2-3", "compensation, and its officials", "page 44.", "Upon instructions"},
		{"office-one.pdf#page=2&lines=3-8", "The Agreement", "As regards the so-called", "Demands"},
		{"letter.md#lines=5-9", "On the night of 8 to 9 August", "are as follows:", "nineteen"},
		{"letter.md#heading=the agreement", "The Agreement", "has not been found.", "full reparation"},
		{"office.docx#heading=The%20Agreement", "The Agreement", "has not been found.", "full reparation"},
		{"pandoc.html#heading=Agreement", "The Agreement", "has not been found.", "full reparation"},
		{"pandoc.odt#lines=10", "Not one boat", "where they stand.", "The Agreement"},
	} {
		text, err := ReadFile(filepath.Join("testdata/formats", c.name), patient)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		s := text.Canonical
		if !strings.HasPrefix(s, c.first) || !strings.Contains(s[max(0, len(s)-200):], c.last) || strings.Contains(s, c.not) {
			t.Errorf("%s: got %q", c.name, s)
		}
	}
}

func TestPartOfAnnex(t *testing.T) {
	const file = "# Letter dated 3 May 2031 from Velmora\n\nWe have the honour to send a statement, and we ask that it be read.\n\n" +
		"## Annex I\n\n### Statement of 1 May 2031 by the Ministry of Ostra\n\nThe Ministry denies it.\n\n### Facts\n\nNobody fired on the bridge.\n\n" +
		"## Annex II\n\nA list of the dead was sent by the hospital.\n"
	for name, want := range map[string]string{
		"x.md#heading=annex i":  "Annex I\n\nStatement of 1 May 2031 by the Ministry of Ostra\n\nThe Ministry denies it.\n\nFacts\n\nNobody fired on the bridge.",
		"x.md#heading=Annex II": "Annex II\n\nA list of the dead was sent by the hospital.",
		"x.md#heading=Facts":    "Facts\n\nNobody fired on the bridge.",
	} {
		text, err := Read(name, []byte(file))
		if err != nil {
			t.Error(err)
			continue
		}
		if text.Canonical != want {
			t.Errorf("%s: got %q", name, text.Canonical)
		}
	}
}

func TestPartErrors(t *testing.T) {
	for name, want := range map[string]string{
		"office-one.pdf#page=9":      "no page 9: there are 3; ",
		"office-one.pdf#lines=1-3":   "lines are counted on each page here; name one page too: ",
		"letter.md#page=1":           "there are no pages in this format; ",
		"letter.md#page=x":           `"x" is no range; write 3 or 3-5; `,
		"letter.md#page=5-3":         `"5-3" is no range; `,
		"letter.md#heading=":         "no heading is named; ",
		"letter.md#heading=Agrement": `no heading like "Agrement"; there are "Letter dated 13 August 2033`,
		"letter.md#lines=1000":       "nothing in this part of the file; ",
		"letter.md#lines=1&x=2":      `no part is told by "x"; there are page, heading, lines; `,
	} {
		_, err := ReadFile(filepath.Join("testdata/formats", name), patient)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSplitName(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a#page=1", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][2]string{
		"a.pdf":              {"a.pdf", ""},
		"a.pdf#page=1-2":     {"a.pdf", "page=1-2"},
		"a#b.pdf#heading=#1": {"a#b.pdf#heading=#1", ""},
		"a#b.pdf#heading=x":  {"a#b.pdf", "heading=x"},
		"C#.txt":             {"C#.txt", ""},
		"a#page=1":           {"a#page=1", ""},
	} {
		if file, part := SplitName(name); file != want[0] || part != want[1] {
			t.Errorf("%s: %q %q", name, file, part)
		}
	}
}

func FuzzPart(f *testing.F) {
	f.Add("page=1-2&lines=3", "# a\n\nb\n\n## c\n\nd\n")
	f.Add("heading=c", "# a\n\nb\n\n## c\n\nd[^1]\n\n[^1]: e\n")
	f.Add("lines=2-99999999999999999999", "x")
	f.Fuzz(func(t *testing.T, part, file string) {
		if len(file) > 1<<14 {
			return
		}
		text, err := Read("x.md#"+part, []byte(file))
		if err == nil {
			laws(t, []byte(file), text)
		}
	})
}
