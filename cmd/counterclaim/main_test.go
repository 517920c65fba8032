package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"counterclaim": main})
}

// The scripts in testdata/script run the program as a user does: arguments,
// files, exit codes, what is on standard output and what on standard error.
func TestScripts(t *testing.T) {
	cases, err := filepath.Abs(filepath.Join("..", "..", "testdata", "cases"))
	if err != nil {
		t.Fatal(err)
	}
	formats, err := filepath.Abs(filepath.Join("..", "..", "nlp", "read", "testdata", "formats"))
	if err != nil {
		t.Fatal(err)
	}
	stub := stubModel()
	t.Cleanup(stub.Close)
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("CASES", cases)
			env.Setenv("FORMATS", formats)
			env.Setenv("STUB", stub.URL)
			env.Setenv("NO_COLOR", "1")
			return nil
		},
		Condition: func(condition string) (bool, error) {
			return condition == "root" && os.Geteuid() == 0, nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":  exits,
			"sparse": sparse,
			"repeat": repeat,
			"bytes":  writeBytes,
			"answer": answerQuestions,
		},
	})
}

// exits CODE ARG... runs counterclaim and checks its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits CODE ARG...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := exitDone
	if err := ts.Exec("counterclaim", args[1:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit %d, want %d", got, want)
	}
}

// sparse FILE SIZE makes a file of that many bytes that takes no space.
func sparse(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sparse FILE SIZE")
	}
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), nil, 0o600))
	ts.Check(os.Truncate(ts.MkAbs(args[0]), size))
}

// repeat FILE N TEXT writes TEXT N times.
func repeat(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: repeat FILE N TEXT")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(args[2], n)), 0o600))
}

// bytes FILE QUOTED writes a Go string literal, which may hold any byte.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes FILE QUOTED")
	}
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// The examples of every help text run as they stand.
func TestHelpExamples(t *testing.T) {
	root := (&app{in: strings.NewReader(""), out: io.Discard, err: io.Discard}).rootCommand()
	exampleFolder(t)
	for _, cmd := range append(root.Commands(), root) {
		for line := range strings.Lines(cmd.Example) {
			runExample(t, strings.TrimSpace(line))
		}
		if cmd.Example == "" && cmd.Name() != "help" && cmd.Name() != "completion" {
			t.Errorf("%s has no example", cmd.Name())
		}
	}
}

// The recipes of the README run as they stand, where CASE is a case.
func TestReadmeExamples(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	exampleFolder(t)
	ran := 0
	for line := range strings.Lines(string(readme)) {
		if command, ok := strings.CutPrefix(line, "    counterclaim "); ok {
			runExample(t, "counterclaim "+strings.ReplaceAll(strings.TrimSpace(command), "CASE", "crash"))
			ran++
		}
	}
	if ran == 0 {
		t.Error("no recipes found")
	}
}

// exampleFolder changes to a folder that has the files of the examples.
func exampleFolder(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	cases := filepath.Join("..", "..", "testdata", "cases")
	for to, from := range map[string]string{
		"crash": "crash", "blackout": "blackout",
		"testdata/cases/siege": "siege", "testdata/cases/crash": "crash",
		"cases/crash": "crash", "cases/siege": "siege",
	} {
		if err := os.CopyFS(filepath.Join(dir, filepath.FromSlash(to)), os.DirFS(filepath.Join(cases, from))); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{
		"velmora.txt":  "Our soldiers did not open fire. Twelve people died at the Varn bridge on Friday.\n",
		"reply.txt":    "We repeat that nobody was ordered to shoot.\n",
		"ostrava.md":   "# Statement\n\nVelmoran soldiers opened fire at the Varn bridge. Four people died.\n",
		"speeches.csv": "speaker,date,speech,title\nVelmora,2031-05-04,Twelve people died at the Varn bridge on Friday.,On the bridge\nOstrava,2031-05-05,Four people died at the Varn bridge on Friday.,Reply\n",
		"ratings.csv":  "party,quote,rating,reviewer,address\nairline,everyone was out within ninety seconds,False,The Tolmeru Post,https://post.example/1\n",
		"ada.jsonl":    reviewed("Ada", "conflict", "quantity"),
		"ben.jsonl":    reviewed("Ben", "none", ""),
		"mine.tsv": "id\tpremise\thypothesis\tlabel\n" +
			"1\tThe gate was closed at noon.\tThe gate was closed.\tentailment\n2\tThe gate was closed.\tThe gate was open.\tcontradiction\n",
		"theirs.tsv":      "id\tpremise\thypothesis\tlabel\n1\tIt rained in May.\tIt rained.\tentailment\n",
		"sentences.jsonl": `{"doc": "a", "text": "It rained. We left.", "sentences": [[0, 10, ""], [11, 19, ""]]}` + "\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(filepath.Join(dir, "reviewed"), os.DirFS(filepath.Join(cases, "crash"))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "reviewed", "review.jsonl"), []byte(reviewed("Ada", "none", "")), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	t.Setenv("NO_COLOR", "1")
}

// reviewed is a file of one decision.
func reviewed(who, relation, kind string) string {
	place := func(party string) string {
		return fmt.Sprintf(`{"party":%q,"statement":%q,"quote":"the aircraft","start":0,"end":12}`, party, party+".txt")
	}
	return fmt.Sprintf(`{"id":"1","time":"2031-05-04T10:00:00Z","who":%q,"what":"pair","a":%s,"b":%s,"relation":%q,"kind":%q,"own":{"relation":"agree","kind":"same","score":0.5}}`+"\n",
		who, place("airline"), place("pilots"), relation, kind)
}

// runExample runs a line as a shell would: words, patterns, and a > at the
// end, which changes nothing here.
func runExample(t *testing.T, line string) {
	t.Helper()
	command, _, _ := strings.Cut(line, " > ")
	words := strings.Fields(command)
	if words[0] != "counterclaim" {
		t.Errorf("example %q does not begin with the program", line)
		return
	}
	if words[1] == "serve" {
		return // runs until it is ended: TestServe
	}
	var args []string
	for _, w := range words[1:] {
		if files, err := filepath.Glob(w); err == nil && len(files) > 0 {
			args = append(args, files...)
		} else {
			args = append(args, w)
		}
	}
	var out, errOut bytes.Buffer
	if code := run(args, strings.NewReader(""), &out, &errOut); code != exitDone {
		t.Errorf("%s: exit %d: %s", line, code, errOut.String())
	}
	if at := slices.Index(args, "-o"); at > 0 {
		if info, err := os.Stat(args[at+1]); err != nil || info.Size() == 0 {
			t.Errorf("%s: wrote nothing", line)
		}
	} else if out.Len() == 0 {
		t.Errorf("%s: no output", line)
	}
}

// What the shell is offered.
func TestCompletion(t *testing.T) {
	t.Chdir(filepath.Join("..", "..", "testdata"))
	tests := []struct {
		line, want string
	}{
		{"comp", "compare"},
		{"compare cases/cra", "cases/crash"},
		{"eval cases/crash cases/bla", "cases/blackout"},
		{"compare --format ", "html"},
		{"claims --form", "--format"},
		{"explain mod", "modality"},
		{"eval --task ", "segment"},
	}
	for _, tt := range tests {
		var out bytes.Buffer
		args := append([]string{cobra.ShellCompRequestCmd}, strings.Split(tt.line, " ")...)
		if code := run(args, strings.NewReader(""), &out, io.Discard); code != exitDone {
			t.Errorf("%q: exit %d", tt.line, code)
		}
		found := false
		for line := range strings.Lines(out.String()) {
			word, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
			found = found || word == tt.want
		}
		if !found {
			t.Errorf("%q offers no %q but:\n%s", tt.line, tt.want, out.String())
		}
	}
}

func TestLooksEnglish(t *testing.T) {
	statements, err := filepath.Glob(filepath.Join("..", "..", "testdata", "cases", "*", "*.*"))
	if err != nil {
		t.Fatal(err)
	}
	english := 0
	for _, path := range statements {
		if filepath.Ext(path) != ".txt" && filepath.Ext(path) != ".md" || filepath.Base(path) == "README.md" {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		english++
		if !looksEnglish(string(data)) {
			t.Errorf("%s does not look English", path)
		}
	}
	if english < 90 {
		t.Errorf("only %d statements", english)
	}
	for name, text := range map[string]string{
		"German":     "Die Regierung weist den Bericht zurück. In der Nacht auf den 4. Mai haben unsere Soldaten nicht geschossen, und niemand hat ihnen einen Befehl dazu gegeben. Zwölf Menschen sind am Freitag gestorben, wie das Krankenhaus mitteilte.",
		"French":     "Le gouvernement rejette ce rapport. Dans la nuit du 4 mai, nos soldats n'ont pas tiré et personne ne leur en a donné l'ordre. Douze personnes sont mortes vendredi, selon l'hôpital de la ville.",
		"Dutch":      "De regering wijst het rapport af. In de nacht van 4 mei hebben onze soldaten niet geschoten en niemand heeft hun daartoe bevel gegeven. Er zijn vrijdag twaalf mensen omgekomen, zo is door het ziekenhuis meegedeeld.",
		"Russian":    "Правительство отвергает этот доклад. В ночь на 4 мая наши солдаты не стреляли, и никто не отдавал им такого приказа. В пятницу погибли двенадцать человек, сообщила городская больница в своем заявлении.",
		"Spanish":    "El Gobierno rechaza este informe. En la noche del 4 de mayo nuestros soldados no dispararon y nadie les dio la orden de hacerlo. Doce personas murieron el viernes, según el hospital de la ciudad.",
		"Portuguese": "O Governo rejeita este relatório. Na noite de 4 de maio os nossos soldados não dispararam e ninguém lhes deu ordem para o fazer. Doze pessoas morreram na sexta-feira, segundo o hospital da cidade.",
	} {
		if looksEnglish(text) {
			t.Errorf("%s looks English", name)
		}
	}
	if !looksEnglish("Nein.") {
		t.Error("a text of one word is judged")
	}
}
