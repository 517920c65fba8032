package exercise

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/nlp/read"
	"counterclaim/nlp/syntax"
	"counterclaim/reports/internal/fixture"
	"counterclaim/reports/quiz"
	"counterclaim/reports/wording"
)

var update = flag.Bool("update", false, "write the golden files anew")

func build(t testing.TB, r *compare.Result, o Options) *Exercise {
	t.Helper()
	e, err := New(r, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// each calls f with an exercise of every style, level and some seeds.
func each(t *testing.T, f func(t *testing.T, e *Exercise)) {
	t.Helper()
	for _, style := range Styles() {
		for level := 1; level <= 3; level++ {
			for seed := range uint64(3) {
				for _, words := range []int{0, 40} {
					name := fmt.Sprintf("%s/level %d/seed %d/words %d", style, level, seed, words)
					t.Run(name, func(t *testing.T) {
						f(t, build(t, fixture.Ferry(), Options{Style: style, Level: level, Seed: seed, Words: words, MinScore: 0.5}))
					})
				}
			}
		}
	}
}

type output struct {
	name  string
	write func(*Exercise, io.Writer, string) error
	forms []string
}

var outputs = []output{
	{"paper", (*Exercise).WritePaper, Formats},
	{"key", (*Exercise).WriteKey, Formats},
	{"quiz", (*Exercise).WriteQuiz, quiz.Formats},
}

func render(t testing.TB, e *Exercise, o output, format string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := o.write(e, &b, format); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// open reads all the text of a file: that of every member of an archive.
func open(t testing.TB, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if errors.Is(err, zip.ErrFormat) {
		return string(data)
	}
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&b, f.Name)
		if _, err := io.Copy(&b, r); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// The golden pages are of the ferry case, whose claims were made by hand.
func TestGolden(t *testing.T) {
	e := build(t, fixture.Ferry(), Options{Version: "test", Seed: 7})
	for name, o := range map[string]output{"ferry.html": outputs[0], "ferry-key.html": outputs[1]} {
		got, path := render(t, e, o, HTML), filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s differs (%v); run go test ./reports/exercise -update and read the difference", path, err)
		}
	}
}

// Same case, same options: the same bytes. Another seed: another version.
func TestSeed(t *testing.T) {
	versions := map[string]bool{}
	for seed := range uint64(6) {
		a, b := build(t, fixture.Ferry(), Options{Seed: seed}), build(t, fixture.Ferry(), Options{Seed: seed})
		for _, o := range outputs {
			for _, format := range o.forms {
				if !bytes.Equal(render(t, a, o, format), render(t, b, o, format)) {
					t.Errorf("%s as %s differs from run to run", o.name, format)
				}
			}
		}
		versions[string(render(t, a, outputs[0], HTML))] = true
	}
	if len(versions) < 4 {
		t.Errorf("6 seeds give %d versions", len(versions))
	}
}

// The students' file holds nothing of the key, in any format, hidden or not.
func TestPaperHoldsNoKey(t *testing.T) {
	each(t, func(t *testing.T, e *Exercise) {
		secrets := []string{"Check ", "An answer at this level", "What an answer may name", "For the teacher", "Key"}
		for _, a := range e.Key.Answers {
			for _, l := range a.Levels {
				secrets = append(secrets, l.Descriptor)
			}
			for _, c := range a.Content {
				secrets = append(secrets, c.Text)
			}
		}
		for _, a := range e.Key.Tasks {
			if len(a.Text) > 12 {
				secrets = append(secrets, a.Text)
			}
		}
		for _, format := range Formats {
			text := open(t, render(t, e, outputs[0], format))
			key := open(t, render(t, e, outputs[1], format))
			for _, s := range secrets {
				var escaped bytes.Buffer
				if err := xml.EscapeText(&escaped, []byte(s)); err != nil {
					t.Fatal(err)
				}
				if strings.Contains(text, s) || strings.Contains(text, escaped.String()) {
					t.Errorf("the paper as %s holds %q", format, s)
				}
			}
			if !strings.Contains(key, "An answer at this level") {
				t.Errorf("the key as %s is no key", format)
			}
		}
	})
}

var reference = regexp.MustCompile(`“([^”]+)” \(([A-Z]), lines? (\d+)(?:–(\d+))?`)

// Every quote of the key is found in the lines that it names.
func TestLineReferences(t *testing.T) {
	checked := 0
	each(t, func(t *testing.T, e *Exercise) {
		check := func(text string) {
			for _, m := range reference.FindAllStringSubmatch(text, -1) {
				from, err := strconv.Atoi(m[3])
				to := from
				if m[4] != "" {
					to, _ = strconv.Atoi(m[4])
				}
				i := slices.IndexFunc(e.Paper.Sources, func(s *Source) bool { return s.Letter == m[2] })
				if err != nil || i < 0 || from < 1 || to > len(e.Paper.Sources[i].Lines) {
					t.Errorf("no such lines: %s", m[0])
					continue
				}
				var lines []string
				for _, l := range e.Paper.Sources[i].Lines[from-1 : to] {
					lines = append(lines, l.Text)
				}
				if !strings.Contains(strings.Join(lines, " "), m[1]) {
					t.Errorf("%s is not in %q", m[0], lines)
				}
				checked++
			}
		}
		for _, a := range e.Key.Answers {
			for _, c := range a.Content {
				check(c.Text)
			}
		}
		if e.Key.Table != nil {
			for _, r := range e.Key.Table.Rows {
				check(strings.Join(r.Cells, " "))
			}
		}
		for _, a := range e.Key.Tasks {
			check(a.Text)
		}
	})
	if checked < 1000 {
		t.Errorf("only %d quotes were checked", checked)
	}
}

// Marks, answers and their numbers fit together.
func TestPaperAndKeyFit(t *testing.T) {
	each(t, func(t *testing.T, e *Exercise) {
		if len(e.Paper.Questions) != len(e.Key.Answers) || len(e.Paper.Tasks) != len(e.Key.Tasks) {
			t.Fatalf("%d questions, %d answers, %d tasks, %d answers", len(e.Paper.Questions), len(e.Key.Answers), len(e.Paper.Tasks), len(e.Key.Tasks))
		}
		sum := 0
		for i, q := range e.Paper.Questions {
			sum += q.Marks
			if q.Text == "" || strings.Contains(q.Text+strings.Join(q.Parts, ""), "{") || len(e.Key.Answers[i].Levels) == 0 {
				t.Errorf("question %d: %+v", i+1, q)
			}
			for _, l := range e.Key.Answers[i].Levels {
				if l.Descriptor == "" || l.Marks == "" {
					t.Errorf("question %d has the level %+v", i+1, l)
				}
			}
		}
		for _, task := range e.Paper.Tasks {
			sum += task.Marks
		}
		if sum != e.Paper.Marks {
			t.Errorf("the marks add up to %d, not %d", sum, e.Paper.Marks)
		}
		if (e.Paper.Table == nil) != (e.Key.Table == nil) {
			t.Error("a table without its twin")
		}
		if e.Paper.Table != nil {
			if len(e.Paper.Table.Rows) != len(e.Key.Table.Rows) {
				t.Errorf("%d rows and %d rows", len(e.Paper.Table.Rows), len(e.Key.Table.Rows))
			}
			for i, r := range e.Key.Table.Rows {
				said := 0
				for _, c := range r.Cells {
					if c != "" {
						said++
					}
				}
				given := strings.Join(e.Paper.Table.Rows[i].Cells, "")
				if said < 2 || e.Paper.Level > 1 && given != "" || e.Paper.Level == 1 && given == "" {
					t.Errorf("row %d: %+v", i+1, r)
				}
			}
		}
	})
}

func TestLevels(t *testing.T) {
	for _, marks := range []int{1, 2, 3, 4, 6, 8, 9, 10} {
		for name := range styles().Descriptors {
			next := 1
			for _, l := range levels(name, marks) {
				low, high, ok := strings.Cut(l.Marks, "–")
				if !ok {
					high = low
				}
				from, err := strconv.Atoi(low)
				to, err2 := strconv.Atoi(high)
				if err != nil || err2 != nil || from != next || to < from {
					t.Errorf("%s, %d marks: level %q follows %d", name, marks, l.Marks, next-1)
				}
				next = to + 1
			}
			if next != marks+1 {
				t.Errorf("%s: the levels of %d marks end at %d", name, marks, next-1)
			}
		}
	}
}

// A shortened source keeps to its length, marks its cuts, and shows what the
// questions are about.
func TestShortened(t *testing.T) {
	for _, words := range []int{20, 30, 45, 60} {
		e := build(t, fixture.Ferry(), Options{Words: words, MinScore: 0.5})
		for _, s := range e.Paper.Sources {
			longest := 0
			for _, u := range s.units {
				longest = max(longest, u.words)
			}
			var text []string
			for _, l := range s.Lines {
				text = append(text, l.Text)
			}
			joined := strings.Join(text, " ")
			if shown := len(strings.Fields(strings.ReplaceAll(joined, cut, ""))); s.Words > max(words, longest) || shown < s.Words {
				t.Errorf("%d words asked for: source %s says it has %d, and shows %d", words, s.Letter, s.Words, shown)
			}
			if s.Shortened() != strings.Contains(joined, cut) {
				t.Errorf("source %s: shortened %t, but %q", s.Letter, s.Shortened(), joined)
			}
		}
	}
}

// Every word of a statement is in the lines of a source that is not
// shortened, in order, and no line is too long.
func TestLinesHoldEveryWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("abcdefgh é.\n\t “”<>\u00a0\u202e"))).Draw(t, "text")
		text += strings.Repeat("x", rapid.IntRange(0, 200).Draw(t, "long word"))
		d := &nlp.Document{Text: text}
		place := func(from int, label string) int { // after from, between two characters
			to := min(from, len(text)-1) + 1
			to += rapid.IntRange(0, len(text)-to).Draw(t, label)
			for to < len(text) && !utf8.RuneStart(text[to]) {
				to++
			}
			return to
		}
		for at := 0; at < len(text); {
			to := place(at, "end of block")
			d.Blocks = append(d.Blocks, read.Block{Kind: rapid.SampledFrom([]read.Kind{read.Paragraph, read.Heading, read.Table, read.Quotation}).Draw(t, "kind"), Start: at, End: to})
			if rapid.Bool().Draw(t, "sentence") {
				d.Sentences = append(d.Sentences, nlp.Sentence{Start: at, End: min(to, place(at, "end of sentence")), Block: len(d.Blocks) - 1})
			}
			at = to
			if to < len(text) && rapid.Bool().Draw(t, "gap") {
				at = place(to, "end of gap")
			}
		}
		s := &Source{Letter: "A", doc: d, units: unitsOf(d)}
		s.layOut()
		var got strings.Builder
		for _, l := range s.Lines {
			if n := len([]rune(l.Text)); n > lineWidth {
				t.Fatalf("a line of %d characters", n)
			}
			got.WriteString(strings.ReplaceAll(l.Text, " ", ""))
		}
		want := strings.ReplaceAll(wording.Clean(text), " ", "")
		if got.String() != want {
			t.Fatalf("got  %q\nwant %q", got.String(), want)
		}
	})
}

// Only pairs that are sure enough reach the key, and those that are not quite
// sure are marked.
func TestOnlySurePairs(t *testing.T) {
	e := build(t, fixture.Ferry(), Options{MinScore: 0.8})
	key := open(t, render(t, e, outputs[1], HTML))
	for _, weak := range []string{"moderate wind", "keep full speed"} { // pairs of 0.55 and 0.58
		for _, a := range e.Key.Answers {
			for _, c := range a.Content {
				if strings.HasPrefix(c.Text, "They ") && strings.Contains(c.Text, weak) {
					t.Errorf("a weak pair is in the key: %s", c.Text)
				}
			}
		}
	}
	if !strings.Contains(key, "score 0.83") || strings.Contains(key, "score 0.94") {
		t.Error("a pair of 0.83 needs a word of caution, one of 0.94 does not")
	}
}

// With fewer sources, those stay that share most, and the key names the rest.
func TestFewerSources(t *testing.T) {
	e := build(t, fixture.Ferry(), Options{Sources: 2})
	var who []string
	for _, s := range e.Paper.Sources {
		who = append(who, s.Letter+" "+s.Speaker)
	}
	if want := "A Norrland Ferry Line, B Coastguard"; strings.Join(who, ", ") != want {
		t.Errorf("sources %q, want %q", who, want)
	}
	if len(e.Key.Left) != 2 || !strings.Contains(e.Key.Left[1], "Union") {
		t.Errorf("left out: %q", e.Key.Left)
	}
	if text := open(t, render(t, e, outputs[0], HTML)); strings.Contains(text, "fifty-one") {
		t.Error("the paper quotes a statement that is not in it")
	}
}

// A higher level takes subtler points, of pairs that are alike in score.
func TestLevelChooses(t *testing.T) {
	r := fixture.Ferry()
	for i := range r.Pairs {
		r.Pairs[i].Score = 0.8
	}
	v, err := wording.New(r)
	if err != nil {
		t.Fatal(err)
	}
	sources, _ := chooseSources(v, sourcesOf(v), 0.5, 5)
	for level, want := range map[int]string{1: "quantity, time, negation", 2: "narrower, broader, blame", 3: "naming, modality, broader"} {
		points := candidatePoints(v, sources, 0.5, level, rand.New(rand.NewPCG(1, 1)))
		var leads []compare.Kind
		for _, p := range points {
			leads = append(leads, v.Pairs[p.lead].Kind)
		}
		for kind := range strings.SplitSeq(want, ", ") {
			if !slices.Contains(leads, compare.Kind(kind)) {
				t.Errorf("level %d asks about %q, not about %s", level, leads, kind)
			}
		}
		if first, last := difficulty(leads[0]), difficulty(leads[len(leads)-1]); max(first-level, level-first) > max(last-level, level-last) {
			t.Errorf("level %d begins with %s and ends with %s", level, leads[0], leads[len(leads)-1])
		}
	}
}

// What a person decided is sure, whatever its score; the key says who did.
func TestDecisions(t *testing.T) {
	r := fixture.Ferry()
	for i, p := range r.Pairs {
		if p.Kind == compare.Naming { // of score 0.55
			r.Pairs[i].Decided = &compare.Decided{By: compare.Person, Name: "Ada"}
		}
	}
	e := build(t, r, Options{MinScore: 0.9, Style: "media-literacy", Kinds: []Kind{CloseReading, Judgement}})
	found := false
	for _, a := range e.Key.Answers {
		for _, c := range a.Content {
			if strings.HasPrefix(c.Text, "Rival words: ") && strings.Contains(c.Text, "moderate wind") {
				found = c.Check == "" && strings.Contains(c.Text, "Ada")
			}
		}
	}
	if !found {
		t.Errorf("the decision is not in the key, or not sure: %+v", e.Key.Answers)
	}
}

func TestErrors(t *testing.T) {
	ferry := fixture.Ferry()
	for want, f := range map[string]func() (*Exercise, error){
		`unknown style "ib"; known are reading-like-a-historian, ib-paper1, gcse, dbq, media-literacy`: func() (*Exercise, error) { return New(ferry, Options{Style: "ib"}) },
		"unknown level 4; choose 1, 2 or 3": func() (*Exercise, error) { return New(ferry, Options{Level: 4}) },
		`unknown kind of question "sources"; known are sourcing, close-reading, context, corroboration, checking, judgement, table, tasks`: func() (*Exercise, error) {
			return New(ferry, Options{Kinds: []Kind{"sources"}})
		},
		"no exercise: no claim of one party meets a claim of another; choose another case": func() (*Exercise, error) { return New(fixture.Silent(), Options{}) },
		"no exercise: no two parties are sure to speak of the same point (the best pair has the score 0.94, 0.95 is asked for); lower --min-score, or choose another case": func() (*Exercise, error) {
			return New(ferry, Options{MinScore: 0.95})
		},
		"an exercise needs two sources or more, not 1": func() (*Exercise, error) { return New(ferry, Options{Sources: 1}) },
		"no result to report":                          func() (*Exercise, error) { return New(nil, Options{}) },
	} {
		if _, err := f(); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
	var b bytes.Buffer
	if err := build(t, ferry, Options{}).WritePaper(&b, "pdf"); err == nil || b.Len() > 0 {
		t.Errorf("an unknown format was written, error %v", err)
	}
}

// The kinds that are asked for are the ones that are asked.
func TestKinds(t *testing.T) {
	for _, style := range Styles() {
		e := build(t, fixture.Ferry(), Options{Style: style, Kinds: []Kind{Checking, Sourcing}})
		for _, q := range e.Paper.Questions {
			if q.Kind != Checking && q.Kind != Sourcing {
				t.Errorf("%s asks %s", style, q.Kind)
			}
		}
		if len(e.Paper.Questions) < 2 || e.Paper.Table != nil || e.Paper.Tasks != nil {
			t.Errorf("%s asks %d questions, and more", style, len(e.Paper.Questions))
		}
		e = build(t, fixture.Ferry(), Options{Style: style, Kinds: []Kind{FillIn, Short}})
		if len(e.Paper.Questions) > 0 || e.Paper.Table == nil || e.Paper.Tasks == nil {
			t.Errorf("%s: not only a table and tasks", style)
		}
	}
}

// A statement full of HTML and scripts stays text.
func TestHostile(t *testing.T) {
	e := build(t, fixture.Hostile(), Options{MinScore: 0.1, Style: "media-literacy"})
	for _, o := range outputs {
		for _, format := range o.forms {
			text := open(t, render(t, e, o, format))
			if format != quiz.GIFT && strings.Contains(text, "<script") || // GIFT says that its texts are plain
				strings.Contains(text, "\x1b") {
				t.Errorf("%s as %s holds a script or an escape", o.name, format)
			}
			if !strings.Contains(text, "alert(1)") {
				t.Errorf("%s as %s lost the words of the statement", o.name, format)
			}
		}
	}
}

// The styles name only what there is.
func TestStyles(t *testing.T) {
	for _, s := range styles().Styles {
		marks := 0
		for _, q := range s.Questions {
			marks += q.Marks
			if !slices.Contains(Kinds, q.Kind) || !slices.Contains([]string{"one", "next", "two", "each", "all"}, q.Sources) || q.Text == "" || q.Space == 0 {
				t.Errorf("%s: %+v", s.ID, q)
			}
			if q.Descriptors != "points" && styles().Descriptors[q.Descriptors] == nil {
				t.Errorf("%s: no descriptors %q", s.ID, q.Descriptors)
			}
			for _, c := range slices.Concat(q.Content, q.Need) {
				if contents()[c] == nil {
					t.Errorf("%s: no content %q", s.ID, c)
				}
			}
			for _, n := range q.Need {
				if !slices.Contains(q.Content, n) {
					t.Errorf("%s: needs %q, which is not in its content", s.ID, n)
				}
			}
		}
		if want := map[string]int{"ib-paper1": 24, "dbq": 7}[s.ID]; want != 0 && marks != want {
			t.Errorf("%s has %d marks, want %d", s.ID, marks, want)
		}
	}
	for _, k := range Kinds[:6] { // the default style lends what others lack
		if !slices.ContainsFunc(styles().Styles[0].Questions, func(q questionSpec) bool { return q.Kind == k }) || styles().Styles[0].ID != DefaultStyle() {
			t.Errorf("the default style has no question of %s", k)
		}
	}
}

// LibreOffice opens papers and keys, and finds their parts.
func TestLibreOfficeOpens(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice (soffice) is not installed")
	}
	dir := t.TempDir()
	e := build(t, fixture.Ferry(), Options{})
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "html", "--outdir", filepath.Join(dir, "out")}
	for _, o := range outputs[:2] {
		for _, format := range []string{DOCX, ODT} {
			path := filepath.Join(dir, o.name+"-"+format+"."+format)
			if err := os.WriteFile(path, render(t, e, o, format), 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, path)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if log, err := exec.CommandContext(ctx, program, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, log)
	}
	for _, o := range outputs[:2] {
		for _, format := range []string{DOCX, ODT} {
			page, err := os.ReadFile(filepath.Join(dir, "out", o.name+"-"+format+".html"))
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"Source A", "Question 1", "<thead"} {
				if !bytes.Contains(page, []byte(want)) {
					t.Errorf("LibreOffice finds no %q in the %s as %s", want, o.name, format)
				}
			}
			if o.name == "paper" && bytes.Contains(page, []byte("An answer at this level")) {
				t.Errorf("LibreOffice finds the key in the paper as %s", format)
			}
		}
	}
}

// analysed is a case of two statements, a sentence and a claim each line,
// whose tokens are the words with the tags given after a slash.
func analysed(t *testing.T, a, b []string) *builder {
	t.Helper()
	r := &compare.Result{Case: compare.Case{Title: "x", Parties: []compare.Party{{ID: "a", Name: "A"}, {ID: "b", Name: "B"}}}}
	for party, lines := range [][]string{a, b} {
		d := &nlp.Document{}
		for i, line := range lines {
			var q nlp.Sentence
			q.Start = len(d.Text)
			for _, field := range strings.Fields(line) {
				word, tag, _ := strings.Cut(field, "/")
				if len(q.Tokens) > 0 {
					d.Text += " "
				}
				q.Tokens = append(q.Tokens, syntax.Token{Start: len(d.Text), End: len(d.Text) + len(word), Text: word, Lemma: strings.ToLower(word), UPOS: tag})
				d.Text += word
			}
			q.End = len(d.Text)
			d.Text += "\n"
			d.Sentences = append(d.Sentences, q)
			r.Claims = append(r.Claims, compare.Claim{Party: party, Claim: nlp.Claim{Start: q.Start, End: q.End, Text: d.Text[q.Start:q.End], Sentence: i, LastToken: len(q.Tokens), Head: -1}})
		}
		r.Case.Parties[party].Statements = []*nlp.Document{d}
	}
	r.Pairs = []compare.Pair{{A: 0, B: len(a), Relation: compare.Agree, Kind: compare.Same, Score: 0.9}}
	r.Rows = []compare.Row{{Topic: "the words of a claim", Cells: [][]int{{0}, {len(a)}}, Pairs: []int{0}}}
	v, err := wording.New(r)
	if err != nil {
		t.Fatal(err)
	}
	return &builder{v: v, sources: sourcesOf(v), rowOf: []int{0}}
}

// A point is named by what the sources share, or by a thing of each, and
// never by the words of one.
func TestTopic(t *testing.T) {
	for _, tt := range []struct{ a, b, want string }{
		{"The/DET escort/NOUN did/AUX not/PART fire/VERB", "Snipers/NOUN opened/VERB fire/NOUN", "fire"},
		{"The/DET flow/NOUN was/AUX 1,800/NUM m³/NOUN s/NOUN", "A/DET flow/NOUN of/ADP 2,150/NUM litres/NOUN s/NOUN", "flow"},
		{"It/PRON carried/VERB 61/NUM men/NOUN", "They/PRON counted/VERB 61/NUM persons/NOUN", "men / persons"},
		{"It/PRON rained/VERB", "It/PRON poured/VERB", "the words of a claim"},
	} {
		if got := analysed(t, []string{tt.a}, []string{tt.b}).topic([]int{0}); got != tt.want {
			t.Errorf("%q and %q: %q, want %q", tt.a, tt.b, got, tt.want)
		}
	}
}

// A claim says what another says only if it has each number and name of it.
func TestCarries(t *testing.T) {
	b := analysed(t, []string{"Velmora/PROPN counted/VERB 61/NUM men/NOUN"}, []string{"They/PRON counted/VERB 61/NUM men/NOUN", "They/PRON counted/VERB 117/NUM persons/NOUN and/CCONJ 61/NUM"})
	if !b.carries(0, 1) || b.carries(0, 2) || b.carries(1, 0) {
		t.Errorf("%v %v %v, want true false false", b.carries(0, 1), b.carries(0, 2), b.carries(1, 0))
	}
}

// Who asks does not say so: no part of a question gets into the paper, unless
// a person decided about it.
func TestAsked(t *testing.T) {
	b := analysed(t, []string{"How/ADV many/ADJ were/AUX hurt?/VERB", "Nine/NUM were/AUX hurt./VERB", "“Is/AUX it/PRON so?”/ADV"}, []string{"Ten/NUM were/AUX hurt./VERB"})
	for c, want := range []bool{true, false, true, false} {
		if got := asked(b.v, c); got != want {
			t.Errorf("claim %d: %v", c, got)
		}
	}
	if got := candidatePoints(b.v, b.sources, 0.5, 2, rand.New(rand.NewPCG(1, 1))); len(got) != 0 {
		t.Errorf("a question makes %d points", len(got))
	}
	b.v.Claims[0].Decided = &compare.Decided{By: compare.Person}
	if asked(b.v, 0) {
		t.Error("the word of a person does not count")
	}
}

// A task quotes nothing that points outside the quotation.
func TestTasksStandAlone(t *testing.T) {
	each(t, func(t *testing.T, e *Exercise) {
		for _, i := range e.Quiz.Items {
			if said := strings.TrimPrefix(i.Prompt[strings.LastIndex(i.Prompt, ": ")+1:], " "); i.Name == "Said or not" && pronouns(said) > 0 {
				t.Errorf("%q", i.Prompt)
			}
		}
	})
}

// A matching task of two pairs has a third answer, at every level.
func TestMatchingHasADistractor(t *testing.T) {
	e := build(t, fixture.Ferry(), Options{Level: 1, MinScore: 0.8})
	for _, i := range e.Quiz.Items {
		if i.Kind == quiz.Match && len(i.Right) < leastAnswers {
			t.Errorf("%d answers to %d claims", len(i.Right), len(i.Left))
		}
	}
}

// Where few points are sure, the key says so, and at which score there are
// more.
func TestFewPoints(t *testing.T) {
	e := build(t, fixture.Ferry(), Options{MinScore: 0.9})
	if len(e.Key.Left) == 0 || !strings.HasPrefix(e.Key.Left[len(e.Key.Left)-1], "Only 2 points are sure enough for the paper. With --min-score 0.5 there are ") {
		t.Errorf("%q", e.Key.Left)
	}
	if e = build(t, fixture.Ferry(), Options{MinScore: 0.5}); slices.ContainsFunc(e.Key.Left, func(s string) bool { return strings.HasPrefix(s, "Only ") }) {
		t.Errorf("%q", e.Key.Left)
	}
}
