package quiz

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sample has an item of every kind, and every character that a format minds.
func sample() Quiz {
	nasty := `a = b ~ c # {d} : \e -> <b>&"f"</b> ]]> // ::`
	return Quiz{
		Title: "The grounding / the ferry",
		Texts: []Text{{Title: "Source A", Intro: "The line, 14 September 2031", Lines: []string{"One line.", nasty}}},
		Items: []Item{
			{Kind: Match, Name: "Match", Prompt: "Match " + nasty, Marks: 2, Left: []string{"one " + nasty, "two"}, Right: []string{"zwei", "nothing", "eins " + nasty}, Answers: []int{2, 0}, Check: "the pairs\n// and more"},
			{Kind: TrueFalse, Name: "Both", Prompt: "Both?", Marks: 1, True: true, Feedback: nasty},
			{Kind: TrueFalse, Name: "Both", Prompt: "Both?", Marks: 1},
			{Kind: Choice, Name: "Which", Prompt: "Which?\nSecond line", Marks: 1, Options: []string{"x " + nasty, "y", "z"}, Correct: 1, Feedback: "since"},
			{Kind: Short, Name: "Words", Prompt: "Which words?", Marks: 1, Accepted: []string{"5*", "five " + nasty}},
			{Kind: Highlight, Name: "Mark", Prompt: "Mark.", Marks: 1, Passage: []Word{{"They", false}, {"counted", false}, {"fifty-one,", true}, {"at", false}, {"least.", false}}},
			{Kind: Essay, Name: "Essay", Prompt: "Write.\n• on " + nasty, Marks: 9, Grader: "1–3: some\n• " + nasty, Space: 12},
		},
	}
}

func render(t *testing.T, q Quiz, format string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, q, format); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGolden(t *testing.T) {
	for format, name := range map[string]string{Moodle: "sample.xml", GIFT: "sample.gift"} {
		got, path := render(t, sample(), format), filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s differs (%v); run go test ./reports/quiz -update and read the difference", path, err)
		}
	}
}

func TestRefusesIncompleteItems(t *testing.T) {
	for name, i := range map[string]Item{
		"one pair":   {Kind: Match, Prompt: "x", Marks: 1, Left: []string{"a"}, Right: []string{"b", "c"}, Answers: []int{0}},
		"no answer":  {Kind: Match, Prompt: "x", Marks: 1, Left: []string{"a", "b"}, Right: []string{"b", "c"}, Answers: []int{0, 2}},
		"one option": {Kind: Choice, Prompt: "x", Marks: 1, Options: []string{"a"}},
		"no target":  {Kind: Highlight, Prompt: "x", Marks: 1, Passage: []Word{{"a", false}}},
		"no words":   {Kind: Short, Prompt: "x", Marks: 1},
		"no marks":   {Kind: Essay, Prompt: "x"},
		"no prompt":  {Kind: Essay, Marks: 1},
	} {
		for _, format := range Formats {
			var b bytes.Buffer
			if err := Write(&b, Quiz{Items: []Item{i}}, format); err == nil || b.Len() > 0 {
				t.Errorf("%s: %s was written", name, format)
			}
		}
	}
	if err := Write(io.Discard, sample(), "aiken"); err == nil {
		t.Error("an unknown format was written")
	}
}

// moodleQuiz is Moodle XML as its importer documents it.
type moodleQuiz struct {
	Questions []struct {
		Type     string   `xml:"type,attr"`
		Category string   `xml:"category>text"`
		Name     string   `xml:"name>text"`
		Text     string   `xml:"questiontext>text"`
		Feedback string   `xml:"generalfeedback>text"`
		Grade    string   `xml:"defaultgrade"`
		Single   string   `xml:"single"`
		Grader   string   `xml:"graderinfo>text"`
		Format   string   `xml:"responseformat"`
		Tags     []string `xml:"tags>tag>text"`
		Answers  []struct {
			Fraction string `xml:"fraction,attr"`
			Text     string `xml:"text"`
		} `xml:"answer"`
		Pairs []struct {
			Text   string `xml:"text"`
			Answer string `xml:"answer>text"`
		} `xml:"subquestion"`
	} `xml:"question"`
}

func TestMoodleReadsBack(t *testing.T) {
	data, q := render(t, sample(), Moodle), sample()
	if !bytes.HasPrefix(data, []byte("<?xml")) {
		t.Error("the declaration is not on the first line")
	}
	var got moodleQuiz
	if err := xml.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if c := got.Questions[0].Category; c != "$course$/top/The grounding // the ferry" {
		t.Errorf("category %q", c)
	}
	qs := got.Questions[2:]
	if len(qs) != len(q.Items) {
		t.Fatalf("%d questions, want %d", len(qs), len(q.Items))
	}
	for n, want := range []string{"matching", "truefalse", "truefalse", "multichoice", "shortanswer", "shortanswer", "essay"} {
		right := 0
		for _, a := range qs[n].Answers {
			if a.Fraction == "100" {
				right++
			}
		}
		if qs[n].Type != want || qs[n].Grade != strconv.Itoa(q.Items[n].Marks) || (len(qs[n].Answers) > 0 && right == 0) {
			t.Errorf("question %d: %+v", n, qs[n])
		}
	}
	if p := qs[0].Pairs; len(p) != 3 || p[1].Text != "<p>two</p>" || p[1].Answer != "zwei" || p[2].Text != "" || p[2].Answer != "nothing" || len(qs[0].Tags) != 1 {
		t.Errorf("matching: %+v", p)
	}
	if a := qs[4].Answers; a[0].Text != `5\*` {
		t.Errorf("a star stands for any words: %q", a[0].Text)
	}
	if a := qs[5].Answers; a[0].Text != "fifty-one" || !strings.Contains(qs[5].Text, "They counted fifty-one, at least.") {
		t.Errorf("words to mark: %+v", qs[5])
	}
	if g := qs[6].Grader; !strings.HasPrefix(g, "<p>1–3: some</p><p>") || qs[6].Format != "editor" || strings.Contains(qs[6].Text, "some") {
		t.Errorf("notes for who marks: %q", g)
	}
	if strings.Contains(string(data), "<b>") {
		t.Error("a text became HTML")
	}
}

// An independent parser of Moodle XML (PyPI package moodle-xml-parser, which
// knows multiple choice) reads what we write.
func TestMoodleParser(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, python, "-c", `
import json, sys
try:
    from moodle_xml_parser.parser import parse_bytes
except ImportError:
    sys.exit(3)
q, = parse_bytes(sys.stdin.buffer.read())["multichoice"]
print(json.dumps([q.name, q.default_grade, q.single, [o.score_fraction for o in q.options]]))`)
	cmd.Stdin = bytes.NewReader(render(t, sample(), Moodle))
	out, err := cmd.Output()
	if cmd.ProcessState != nil && cmd.ProcessState.ExitCode() == 3 {
		t.Skip("the Python package moodle-xml-parser is not installed (pip install moodle-xml-parser)")
	}
	if err != nil {
		t.Fatalf("moodle-xml-parser cannot read the quiz: %v %s", err, out)
	}
	if got, want := strings.TrimSpace(string(out)), `["04 Which", 1.0, true, [0.0, 100.0, 0.0]]`; got != want {
		t.Errorf("read as %s, want %s", got, want)
	}
}

// unescape reads GIFT by the rules of Moodle's importer.
func unescape(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\#`, "#", `\=`, "=", `\~`, "~", `\{`, "{", `\}`, "}", `\:`, ":", `\n`, "\n").Replace(s)
}

func TestGIFTReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune(`ab=~#{}:\-> n`))).Draw(t, "text")
		want := strings.Join(strings.Fields(s), " ")
		if got := unescape(gift(s)); got != want {
			t.Fatalf("%q is read as %q", want, got)
		}
	})
	for block := range strings.SplitSeq(string(render(t, sample(), GIFT)), "\n\n") {
		if strings.Count(strings.ReplaceAll(block, `\{`, ""), "{") > 1 {
			t.Errorf("two answers in one question:\n%s", block)
		}
	}
}

// An independent parser of GIFT (npm package gift-pegjs) reads what we write.
func TestGIFTParser(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	npm, err := exec.LookPath("npm")
	if err != nil {
		t.Skip("npm is not installed")
	}
	root, err := exec.CommandContext(t.Context(), npm, "root", "-g").Output()
	if err != nil {
		t.Skip("npm names no folder of packages")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, node, "-e", `
		let parse; try { parse = require("gift-pegjs").parse } catch { process.exit(3) }
		console.log(JSON.stringify(parse(require("fs").readFileSync(0, "utf8"))))`)
	cmd.Env = append(os.Environ(), "NODE_PATH="+strings.TrimSpace(string(root))+":"+os.Getenv("NODE_PATH"))
	cmd.Stdin = bytes.NewReader(render(t, sample(), GIFT))
	out, err := cmd.Output()
	if cmd.ProcessState != nil && cmd.ProcessState.ExitCode() == 3 {
		t.Skip("the npm package gift-pegjs is not installed (npm install -g gift-pegjs)")
	}
	if err != nil {
		t.Fatalf("gift-pegjs cannot read the quiz: %v %s", err, out)
	}
	var got []struct {
		Type, Title string
		Stem        struct{ Text string }
		MatchPairs  []struct{ Subanswer string }
		Choices     []struct {
			IsCorrect bool
			Text      struct{ Text string }
		}
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	var types []string
	for _, q := range got {
		types = append(types, q.Type)
	}
	if want := "Category Description Matching TF TF MC Short Short Essay"; strings.Join(types, " ") != want {
		t.Fatalf("read as %q, want %q", types, want)
	}
	if c := got[5].Choices; len(c) != 3 || c[0].Text.Text != sample().Items[3].Options[0] || !c[1].IsCorrect || c[0].IsCorrect {
		t.Errorf("choices: %+v", c)
	}
	if s := got[8].Stem.Text; s != sample().Items[6].Prompt {
		t.Errorf("prompt: %q", s)
	}
}

// pack reads the members of a package.
func pack(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// node is any element of XML.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []node     `xml:",any"`
	Text     string     `xml:",chardata"`
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all lists the elements of a name.
func (n node) all(name string) (out []node) {
	if n.XMLName.Local == name {
		out = append(out, n)
	}
	for _, c := range n.Children {
		out = append(out, c.all(name)...)
	}
	return out
}

func parse(t *testing.T, data []byte) node {
	t.Helper()
	var n node
	if err := xml.Unmarshal(data, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// The manifest lists every file once; every item refers to what is there, and
// its right answers are among its choices.
func TestQTIPackage(t *testing.T) {
	data := render(t, sample(), QTI)
	if !bytes.Equal(data, render(t, sample(), QTI)) {
		t.Error("two runs differ")
	}
	files := pack(t, data)
	listed := map[string]string{}
	for _, r := range parse(t, files["imsmanifest.xml"]).all("resource") {
		listed[r.attr("href")] = r.attr("type")
		if files[r.attr("href")] == nil {
			t.Errorf("the manifest lists %q, which is not there", r.attr("href"))
		}
	}
	if len(listed) != len(files)-1 {
		t.Errorf("the manifest lists %d of %d files", len(listed), len(files)-1)
	}
	refs := parse(t, files["test.xml"]).all("qti-assessment-item-ref")
	if len(refs) != len(sample().Items) {
		t.Errorf("the test has %d items", len(refs))
	}
	order := []string{"qti-response-declaration", "qti-outcome-declaration", "qti-assessment-stimulus-ref", "qti-item-body", "qti-response-processing"}
	for n, ref := range refs {
		item := parse(t, files[ref.attr("href")])
		if item.attr("identifier") != ref.attr("identifier") || item.XMLName.Space != qtiNS {
			t.Errorf("%s is %s of %s", ref.attr("href"), item.attr("identifier"), item.XMLName.Space)
		}
		last := 0
		for _, c := range item.Children {
			at := slices.Index(order, c.XMLName.Local)
			if at < last {
				t.Errorf("%s: %s is out of the order of the schema", ref.attr("href"), c.XMLName.Local)
			}
			last = max(last, at)
		}
		ids := map[string]bool{}
		for _, name := range []string{"qti-simple-choice", "qti-simple-associable-choice", "qti-hottext"} {
			for _, c := range item.all(name) {
				if ids[c.attr("identifier")] {
					t.Errorf("%s: %q twice", ref.attr("href"), c.attr("identifier"))
				}
				ids[c.attr("identifier")] = true
			}
		}
		for _, c := range item.all("qti-correct-response") {
			for _, v := range c.Children {
				for id := range strings.FieldsSeq(v.Text) {
					if len(ids) > 0 && !ids[id] {
						t.Errorf("%s: the answer %q is not among the choices", ref.attr("href"), id)
					}
				}
			}
		}
		for _, s := range item.all("qti-assessment-stimulus-ref") {
			if files[strings.TrimPrefix(s.attr("href"), "../")] == nil {
				t.Errorf("%s: no text %q", ref.attr("href"), s.attr("href"))
			}
		}
		body := item.all("qti-item-body")[0]
		if kind := sample().Items[n].Kind; kind != Essay && len(item.all("qti-response-processing")) != 1 {
			t.Errorf("%s is not marked", ref.attr("href"))
		} else if kind == Essay && !strings.Contains(string(files[ref.attr("href")]), "1–3: some") {
			t.Errorf("%s has no notes for who marks it", ref.attr("href"))
		}
		for _, r := range body.all("qti-rubric-block") {
			if r.attr("view") != "scorer" {
				t.Errorf("%s: students see %q", ref.attr("href"), r.attr("view"))
			}
		}
	}
}

// An independent reader (PyPI package citolab-qti-convert) converts the
// package to QTI 2.1, and loses nothing but what that version lacks.
func TestQTIConverter(t *testing.T) {
	program, err := exec.LookPath("qti-convert")
	if err != nil {
		t.Skip("qti-convert is not installed (pip install citolab-qti-convert)")
	}
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.zip"), filepath.Join(dir, "out.zip")
	if err := os.WriteFile(in, render(t, sample(), QTI), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	log, err := exec.CommandContext(ctx, program, "downgrade", in, out).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, log)
	}
	for line := range strings.Lines(string(log)) {
		if !strings.Contains(line, "[stimulus-inlined]") && !strings.Contains(line, "[removed-attribute]") {
			t.Errorf("qti-convert warns: %s", line)
		}
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	files := pack(t, data)
	for n, want := range []string{"matchInteraction", "choiceInteraction", "choiceInteraction", "choiceInteraction", "textEntryInteraction", "hottextInteraction", "extendedTextInteraction"} {
		item := parse(t, files[itemFile(n)])
		if len(item.all(want)) != 1 || !strings.Contains(string(files[itemFile(n)]), "One line.") {
			t.Errorf("item %d has no %s about its text", n+1, want)
		}
	}
}

// Whatever the texts, every format is well formed.
func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := "x" + rapid.String().Draw(t, "text")
		q := Quiz{Title: s, Texts: []Text{{s, s, []string{s}}}, Items: []Item{
			{Kind: Choice, Name: s, Prompt: s, Marks: 1, Options: []string{s, s}, Feedback: s},
			{Kind: Short, Name: s, Prompt: s, Marks: 1, Accepted: []string{s}},
		}}
		var b bytes.Buffer
		if err := Write(&b, q, Moodle); err != nil {
			t.Fatal(err)
		}
		var got moodleQuiz
		if err := xml.Unmarshal(b.Bytes(), &got); err != nil || len(got.Questions) != 4 {
			t.Fatalf("%d questions, %v", len(got.Questions), err)
		}
		b.Reset()
		if err := Write(&b, q, GIFT); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(b.String(), "\n::"); n != 3 {
			t.Fatalf("%d questions in GIFT:\n%s", n, b.String())
		}
	})
}

// model is what schema imsqti_asiv3p0p1_v1p0.xsd of 1EdTech, which no package
// carries, says of an element: the attributes that it must and may have, and
// its children in their order ("|" parts those that may stand in any order).
type model struct{ must, may, children string }

var models = map[string]model{
	"qti-assessment-test":         {"identifier title", "class tool-name tool-version", "qti-context-declaration qti-outcome-declaration qti-time-limits qti-stylesheet qti-rubric-block qti-test-part qti-outcome-processing qti-test-feedback"},
	"qti-assessment-section":      {"identifier title visible", "required fixed class keep-together", "qti-pre-condition qti-branch-rule qti-item-session-control qti-time-limits qti-adaptive-selection qti-selection qti-ordering qti-rubric-block qti-assessment-item-ref|qti-assessment-section|qti-assessment-section-ref"},
	"qti-assessment-item-ref":     {"identifier href", "required fixed class category", "qti-pre-condition qti-branch-rule qti-item-session-control qti-time-limits qti-variable-mapping qti-weight qti-template-default"},
	"qti-assessment-stimulus":     {"identifier title", "label lang tool-name tool-version", "qti-stylesheet qti-stimulus-body qti-catalog-info"},
	"qti-stimulus-body":           {"", "", "pre|h1|h2|h3|h4|h5|h6|p|address|dl|ol|ul|hr|blockquote|table|div|article|aside|audio|figure|footer|header|nav|section|video"},
	"qti-mapping":                 {"", "lower-bound upper-bound default-value", "qti-map-entry"},
	"qti-match-interaction":       {"response-identifier", "shuffle max-associations min-associations", "qti-prompt qti-simple-match-set"},
	"qti-simple-match-set":        {"", "", "qti-simple-associable-choice"},
	"qti-assessment-stimulus-ref": {"identifier href", "title", ""},
}

// What we write keeps to the schema.
func TestQTIModels(t *testing.T) {
	seen := map[string]bool{}
	var check func(file string, n node)
	check = func(file string, n node) {
		if m, ok := models[n.XMLName.Local]; ok {
			seen[n.XMLName.Local] = true
			for must := range strings.FieldsSeq(m.must) {
				if n.attr(must) == "" {
					t.Errorf("%s: %s lacks %s", file, n.XMLName.Local, must)
				}
			}
			for _, a := range n.Attrs {
				if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" || a.Name.Local == "schemaLocation" {
					continue
				}
				if !slices.Contains(strings.Fields(m.must+" "+m.may), a.Name.Local) {
					t.Errorf("%s: %s has %s", file, n.XMLName.Local, a.Name.Local)
				}
			}
			last := 0
			for _, c := range n.Children {
				at := slices.IndexFunc(strings.Fields(m.children), func(s string) bool { return slices.Contains(strings.Split(s, "|"), c.XMLName.Local) })
				if at < last {
					t.Errorf("%s: %s stands in %s, or not at its place", file, c.XMLName.Local, n.XMLName.Local)
				}
				last = max(last, at)
			}
		}
		for _, c := range n.Children {
			check(file, c)
		}
	}
	for name, data := range pack(t, render(t, sample(), QTI)) {
		check(name, parse(t, data))
	}
	if len(seen) != len(models) {
		t.Errorf("only %d of %d elements occur", len(seen), len(models))
	}
}
