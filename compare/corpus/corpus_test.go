package corpus

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/parquet-go/parquet-go"

	"counterclaim/compare"
	"counterclaim/compare/versions"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// all reads a corpus: the statements, and the errors of records as text.
func all(t *testing.T, c *Corpus) (list []*Statement, bad []string) {
	t.Helper()
	for s, err := range c.All() {
		var record *RecordError
		switch {
		case errors.As(err, &record):
			bad = append(bad, record.Error())
		case err != nil:
			t.Fatal(err)
		default:
			list = append(list, s)
		}
	}
	return list, bad
}

func stream(t *testing.T, text string, o Options) (list []*Statement, bad []string) {
	t.Helper()
	c, err := Open(Stdin, strings.NewReader(text), o)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return all(t, c)
}

var withoutHash = cmpopts.IgnoreFields(Statement{}, "SHA256")

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func TestTables(t *testing.T) {
	want := []*Statement{
		{ID: "1", Case: Case{ID: "x"}, Party: Party{ID: "ay", Name: "Ay"}, Date: day(2031, 5, 4), Text: "One, two.", Where: "standard input:2"},
		{ID: "b", Party: Party{ID: "bee-cee", Name: "Bee Cee"}, Title: "T", Address: "https://example.org", Text: "Line.\nLine.", Where: "standard input:3"},
	}
	for name, text := range map[string]string{
		"CSV":        "id,party,date,text,case,title,address\n1,Ay,2031-05-04,\"One, two.\",x,,\nb, Bee  Cee ,,\"Line.\nLine.\",,T,https://example.org\n",
		"semicolons": "ID;Party;date;text;case;title;address\n1;Ay;2031-05-04T10:00:00Z;One, two.;x;;\nb;Bee Cee;;\"Line.\nLine.\";;T;https://example.org\n",
		"BOM, CRLF":  "\ufeffid,party,date,text,case,title,address\r\n1,Ay,20310504,\"One, two.\",x,,\r\nb,Bee Cee,,\"Line.\r\nLine.\",,T,https://example.org\r\n",
		"tabs":       "id\tparty\tdate\ttext\tcase\ttitle\taddress\n1\tAy\t2031-05-04\tOne, two.\tx\t\t\nb\tBee Cee\t\t\"Line.\nLine.\"\t\tT\thttps://example.org\n",
		"JSON lines": "\ufeff\n{\"id\": 1, \"party\": \"Ay\", \"date\": \"2031-05-04\", \"text\": \"One, two.\", \"case\": \"x\", \"more\": [1, {}]}\n{\"id\":\"b\",\"Party\":\"Bee Cee\",\"date\":null,\"text\":\"Line.\\nLine.\",\"title\":\"T\",\"address\":\"https://example.org\"}",
	} {
		got, bad := stream(t, text, Options{})
		if diff := cmp.Diff(want, got, withoutHash); diff != "" || bad != nil {
			t.Errorf("%s: %s %q", name, diff, bad)
		}
	}
}

type speech struct {
	Speaker string    `parquet:"speaker"`
	Day     int32     `parquet:"day,date"`
	When    time.Time `parquet:"when,timestamp(microsecond)"`
	Number  int64     `parquet:"number"`
	Text    *string   `parquet:"text,optional"`
	Tags    []string  `parquet:"tags,list"`
}

func parquetFile(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[speech](&b)
	text := "The bridge was open."
	if _, err := w.Write([]speech{
		{Speaker: "Ay", Day: 22403, When: time.Date(2031, 5, 4, 12, 0, 0, 0, time.UTC), Number: 7, Text: &text, Tags: []string{"x", "y"}},
		{Speaker: "Bee", Day: 22404, Number: 8},
	}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestParquet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "speeches.parquet")
	write(t, path, string(parquetFile(t)))
	for _, dated := range []string{"day", "when"} {
		c, err := Open(path, nil, Options{Columns: map[string]string{"party": "speaker", "date": dated, "id": "number"}})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // as often as wanted
			got, bad := all(t, c)
			want := []*Statement{{ID: "7", Party: Party{ID: "ay", Name: "Ay"}, Date: day(2031, 5, 4), Text: "The bridge was open.", Where: "speeches.parquet: record 1"}}
			if diff := cmp.Diff(want, got, withoutHash); diff != "" {
				t.Error(diff)
			}
			if len(bad) != 1 || !strings.HasPrefix(bad[0], "speeches.parquet: record 2: no text") {
				t.Errorf("set aside: %q", bad)
			}
		}
		c.Close()
	}
	if _, err := Open(path, nil, Options{}); err == nil || !strings.Contains(err.Error(), `no column "party"; the columns are speaker, day, when, number, text; name`) {
		t.Errorf("error %v", err)
	}
	got, _ := stream(t, string(parquetFile(t)), Options{Columns: map[string]string{"party": "speaker", "date": "day"}})
	if len(got) != 1 {
		t.Errorf("%d statements of a stream", len(got))
	}
}

func TestBadRecords(t *testing.T) {
	const head = "id,party,date,text,path\n"
	long := strings.Repeat("x", 300)
	for text, want := range map[string]string{
		head + "1,,2031-05-04,Text.,\n":                  "standard input:2: no party; ",
		head + "1,Ay,4 May,Text.,\n":                     `standard input:2: bad date "4 May"; write year, month and day: 2031-05-04`,
		head + "1,Ay,2031-02-30,Text.,\n":                `standard input:2: bad date "2031-02-30"`,
		head + "1,Ay,,,\n":                               "standard input:2: no text; ",
		head + "1,Ay,,Text.\n":                           "standard input:2: 4 cells, but the header has 5; ",
		head + "1,Ay,,a \"quote\" inside,\n":             `standard input:2: line 2, column 9: bare " in non-quoted-field; `,
		head + "1,Ay,,\"open,\n2,Bee,,Text.,\n":          "standard input:2: line 3, column 15: extraneous or missing \" in quoted-field",
		head + "1,Ay,,T\xff,\n":                          "standard input:2: the text is not UTF-8 text; ",
		head + "1,Ay,,T\x00,\n":                          "standard input:2: the text is not UTF-8 text; ",
		head + "1,Ay,,,missing.txt\n":                    "standard input:2: no file missing.txt in the folder of the corpus; ",
		head + "1,Ay,,,../corpus.go\n":                   "standard input:2: the file ../corpus.go is outside the folder of the corpus; ",
		head + "1,Ay,,,/etc/passwd\n":                    "standard input:2: the file /etc/passwd is outside the folder of the corpus; ",
		head + "1,Ay,,,a/../../x\n":                      "standard input:2: the file ../x is outside the folder of the corpus; ",
		head + "1,Ay,,,.\n":                              "standard input:2: . is no ordinary file; ",
		head + "1,Ay,,One.,\n1,Bee,,Two.,\n":             `standard input:3: a second statement with id "1" (the first: standard input:2); `,
		"{\"party\":\"Ay\",\"text\":\"a\"} {}\n":         "standard input:1: more than one value; ",
		"{\"party\":\"Ay\",\n\"text\":\"a\"}\n":          "standard input:1: not a JSON object: ",
		"{\"party\":\"Ay\",\"text\":\"\xff\"}":           "standard input:1: not UTF-8 text; ",
		"{\"party\":\"Ay\",\"date\":\"" + long + "\"}\n": `standard input:1: bad date "` + long[:100],
	} {
		_, bad := stream(t, text, Options{})
		if len(bad) == 0 || !strings.HasPrefix(bad[0], want) {
			t.Errorf("%.60q:\ngot  %q\nwant %q", text, bad, want)
		}
	}
	// The records after a bad one are read.
	got, bad := stream(t, head+"1,,,Text.,\n2,Ay\n3,Ay,,a \"b\" c,\n4,Ay,,Text.,\n", Options{})
	if len(got) != 1 || got[0].ID != "4" || len(bad) != 3 {
		t.Errorf("%d statements, set aside: %q", len(got), bad)
	}
}

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "empty.csv"), "")
	write(t, filepath.Join(dir, "twice.csv"), "party,Party,text\n")
	write(t, filepath.Join(dir, "latin.csv"), "party,t\xe9xt\n")
	write(t, filepath.Join(dir, "cut.parquet"), string(parquetFile(t)[:200]))
	write(t, filepath.Join(dir, "no-text.csv"), "party,speech\n")
	if err := os.MkdirAll(filepath.Join(dir, "nothing"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "files", "a.txt"), "x")
	for _, tt := range []struct {
		path string
		o    Options
		want string
	}{
		{"missing", Options{}, "no such file or folder"},
		{"empty.csv", Options{}, "empty file"},
		{"twice.csv", Options{}, `two columns called "Party"`},
		{"latin.csv", Options{}, "the header is not UTF-8"},
		{"cut.parquet", Options{}, "not a whole Parquet file"},
		{"no-text.csv", Options{}, `no column "text" and no column "path"; the columns are party, speech; `},
		{"no-text.csv", Options{Columns: map[string]string{"text": "speech"}, Files: filepath.Join(dir, "missing")}, "cannot be opened"},
		{"nothing", Options{}, "an empty folder"},
		{"files", Options{Pattern: "{text}"}, "unknown {text} in the pattern"},
		{"files", Options{Pattern: "{party}-{party}"}, "stands twice"},
		{"files", Options{Pattern: "party"}, "no placeholder"},
	} {
		_, err := Open(filepath.Join(dir, tt.path), nil, tt.o)
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %s", tt.path, err, tt.want)
		}
	}
	if _, err := Open(Stdin, strings.NewReader(""), Options{}); err == nil || !strings.Contains(err.Error(), "standard input is empty") {
		t.Errorf("error %v", err)
	}
}

func TestPattern(t *testing.T) {
	for _, tt := range []struct {
		pattern, name string
		want          map[string]string // nil: does not fit
	}{
		{"{party}_{date}", "ay bee_2031-05-04.txt", map[string]string{"party": "ay bee", "date": "2031-05-04"}},
		{"{party}_{date}", "x/ay_2031-05-04.txt", nil},
		{"{case}/{party}-{date}-{title}", "x/ay-20310504-on the bridge.v2.md", map[string]string{"case": "x", "party": "ay", "date": "20310504", "title": "on the bridge.v2"}},
		{"{date}", "2031-5-4.txt", nil},
		{"statement ({party})", "statement (a).txt", map[string]string{"party": "a"}},
	} {
		p, err := parsePattern(tt.pattern)
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.match(tt.name)
		if (err == nil) != (tt.want != nil) || (err == nil && !cmp.Equal(got, tt.want)) {
			t.Errorf("%s on %s: %v, %v", tt.pattern, tt.name, got, err)
		}
	}
}

func TestFolderOfFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.md"), "---\nSpeaker: Ay\ndate: 2031-05-04\ntags: [x]\nid: 0012\n---\nThe bridge was open.\n")
	write(t, filepath.Join(dir, "b.md"), "---\r\nSpeaker: Bee\r\ndate: 2031-05\r\n---\r\nText.\r\n")
	write(t, filepath.Join(dir, "c.txt"), "---\nspeaker: [Cee]\n---\nText.\n")
	write(t, filepath.Join(dir, "d.txt"), "---\nspeaker: \"Dee\n---\nText.\n")
	write(t, filepath.Join(dir, "e.txt"), "---\n\nA line across the page, no front matter.\n")
	write(t, filepath.Join(dir, ".hidden"), "---\nspeaker: X\n---\nText.\n")
	c, err := Open(dir, nil, Options{Columns: map[string]string{"party": "speaker"}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	got, bad := all(t, c)
	want := []*Statement{{ID: "0012", Party: Party{ID: "ay", Name: "Ay"}, Date: day(2031, 5, 4), Path: "a.md", Where: "a.md"}}
	if diff := cmp.Diff(want, got, withoutHash); diff != "" {
		t.Error(diff)
	}
	for i, want := range []string{`b.md: bad date "2031-05"`, "c.txt: bad party in the front matter: no single value", "d.txt: bad front matter: ", "e.txt: no party; "} {
		if i >= len(bad) || !strings.HasPrefix(bad[i], want) {
			t.Errorf("set aside: %q, want %s", bad, want)
		}
	}
}

// A link out of the folder is not followed.
func TestNoWayOut(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "secret.txt"), "Secret.")
	write(t, filepath.Join(dir, "in", "t.csv"), "party,path\nAy,link.txt\n")
	if err := os.Symlink(filepath.Join(dir, "secret.txt"), filepath.Join(dir, "in", "link.txt")); err != nil {
		t.Skip(err)
	}
	c, err := Open(filepath.Join(dir, "in", "t.csv"), nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if got, bad := all(t, c); len(got) != 0 || len(bad) != 1 {
		t.Errorf("%d statements; set aside: %q", len(got), bad)
	}
}

func TestCompare(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "t.csv"), "id,party,date,title,text,path,case\n"+
		"a1,Ay,2031-05-04,First,The bridge was open on Friday. Nine people crossed it.,,x\n"+
		"a2,Ay,2031-05-06,,The bridge was open on Friday. Twelve people crossed it.,,x\n"+
		"b1,Bee,2031-05-05,,The bridge was closed on Friday.,,x\n"+
		"c1,Cee,2031-05-05,,,bad.txt,x\n")
	write(t, filepath.Join(dir, "bad.txt"), "\x00\x01\x02\x03\x04 binary \x00\x00\x00")
	c, err := Open(filepath.Join(dir, "t.csv"), nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	list, bad := all(t, c)
	if len(list) != 4 || bad != nil {
		t.Fatalf("%d statements, %q", len(list), bad)
	}
	got, err := c.Compare(context.Background(), list, compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Rejected) != 1 || got.Rejected[0].ID != "c1" || len(got.Result.Case.Parties) != 2 || len(got.Statements) != 2 || len(got.Statements[0]) != 2 {
		t.Errorf("set aside %v, parties %+v", got.Rejected, got.Result.Case.Parties)
	}
	if d := got.Result.Case.Parties[0].Statements[0]; d.Title != "First" || !d.Date.Equal(day(2031, 5, 4)) || d.Path != "a1" {
		t.Errorf("document %q %v %q", d.Title, d.Date, d.Path)
	}
	if len(got.Versions) != 1 {
		t.Fatalf("versions %+v", got.Versions)
	}
	checkChanges(t, got.Versions[0].Changes, len(got.Result.Case.Parties[0].Statements[0].Claims), len(got.Result.Case.Parties[0].Statements[1].Claims))

	// A copy is read, not compared.
	list[2].Voice = "a1"
	if got, err = c.Compare(context.Background(), list[:3], compare.Options{}); err != nil || len(got.Copies) != 1 || len(got.Result.Case.Parties) != 1 || got.Copies[0].Text.Canonical == "" {
		t.Errorf("%+v, %v", got, err)
	}
	// A file that changed is not what was listed.
	write(t, filepath.Join(dir, "bad.txt"), "Good.")
	if _, err := c.Read(list[3]); err == nil || !strings.Contains(err.Error(), "the file changed") {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.Compare(ctx, list, compare.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// checkChanges checks the law of package versions.
func checkChanges(t *testing.T, changes []versions.Change, before, after int) {
	t.Helper()
	seen := map[string]int{}
	for _, c := range changes {
		if (c.What == versions.Added) != (c.Before < 0) || (c.What == versions.Dropped) != (c.After < 0) {
			t.Errorf("change %+v", c)
		}
		seen[fmt.Sprint("before ", c.Before)]++
		seen[fmt.Sprint("after ", c.After)]++
	}
	for i := range before {
		if seen[fmt.Sprint("before ", i)] == 0 {
			t.Errorf("claim %d of the earlier statement is in no change", i)
		}
	}
	for i := range after {
		if seen[fmt.Sprint("after ", i)] == 0 {
			t.Errorf("claim %d of the later statement is in no change", i)
		}
	}
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("party,text\nAy,\"One\n\"\n"))
	f.Add([]byte("party\ttext\nAy\tOne\n"))
	f.Add([]byte("{\"party\":\"Ay\",\"text\":\"One\"}\n{\n"))
	f.Add(parquetFile(f))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := Open(Stdin, bytes.NewReader(b), Options{Files: dir, Columns: map[string]string{"date": "day"}})
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("error of several lines: %q", err)
			}
			return
		}
		defer c.Close()
		for s, err := range c.All() {
			if err == nil && (s.ID == "" || s.Party.Name == "" || s.Text == "" || !validText(s.Text) || s.SHA256 == "") {
				t.Errorf("statement %+v", s)
			}
		}
	})
}

func FuzzFrontMatter(f *testing.F) {
	f.Add([]byte("---\nparty: Ay\ndate: 2031-05-04\n---\nText.\n"))
	f.Add([]byte("---\na: &a [*a, *a]\n---\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		fields := map[string]string{}
		if err := frontMatter(b, Options{}, fields); err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("error of several lines: %q", err)
		}
	})
}
