package stats

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"counterclaim/reports/dataset"
	"counterclaim/reports/internal/fixture"
)

// folder writes tables of invented numbers: five parties in two camps, which
// agree inside and conflict across, in the given number of cases.
func folder(t testing.TB, cases int) dataset.Folder {
	t.Helper()
	return folderSaying(t, cases, "")
}

// folderSaying is a folder in which the parties and a place have a text in
// their names.
func folderSaying(t testing.TB, cases int, text string) dataset.Folder {
	t.Helper()
	f, err := dataset.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	parties := []string{"ash", "birch", "cedar", "oak", "pine"}
	camp := map[string]int{}
	for i := range parties {
		parties[i] = text + parties[i]
		camp[parties[i]] = i / 3
	}
	word := []string{"liberators", "aggressors"}
	var tables dataset.Tables
	for c := range cases {
		id := fmt.Sprintf("c%03d", c)
		for _, p := range parties {
			for n := 1; n <= 2; n++ {
				s := fmt.Sprintf("%s/%s/%d", id, p, n)
				said := strings.Repeat("The "+word[camp[p]]+" came to the town of Varn. ", 2)
				tables.Statements = append(tables.Statements, dataset.Statement{
					ID: s, Case: id, Party: p, PartyName: strings.ToUpper(p), Number: int32(n), Claims: 2, Voice: s, Text: said,
					Date: dataset.Optional(fmt.Sprintf("2031-%02d-0%d", 1+c%6, n)), Shared: []string{},
				})
				for k := 1; k <= 2; k++ {
					typ := "fact"
					if r.IntN(4) == 0 {
						typ = "denial"
					}
					tables.Claims = append(tables.Claims, dataset.Claim{
						ID: fmt.Sprintf("%s/%d", s, k), Case: id, Party: p, Statement: s, Type: typ, Polarity: "positive", Certainty: "certain",
						Quantities: []string{}, Names: []string{text + "Varn", "we", "the Mission"}, Keys: []string{"v", "w", "m"},
					})
				}
			}
			tables.Versions = append(tables.Versions,
				dataset.Version{Case: id, Party: p, From: fmt.Sprintf("%s/%s/1", id, p), To: fmt.Sprintf("%s/%s/2", id, p), Change: "kept", Kind: "same",
					Before: dataset.Optional(fmt.Sprintf("%s/%s/1/1", id, p)), After: dataset.Optional(fmt.Sprintf("%s/%s/2/1", id, p))},
				dataset.Version{Case: id, Party: p, From: fmt.Sprintf("%s/%s/1", id, p), To: fmt.Sprintf("%s/%s/2", id, p), Change: "dropped", Before: dataset.Optional(fmt.Sprintf("%s/%s/1/2", id, p))},
				dataset.Version{Case: id, Party: p, From: fmt.Sprintf("%s/%s/1", id, p), To: fmt.Sprintf("%s/%s/2", id, p), Change: "added", After: dataset.Optional(fmt.Sprintf("%s/%s/2/2", id, p))})
		}
		n := 0
		for i, a := range parties {
			for _, b := range parties[i+1:] {
				relation, kind := "agree", "same"
				if (camp[a] != camp[b]) != (r.IntN(10) == 0) {
					relation, kind = "conflict", "negation"
				}
				n++
				tables.Pairs = append(tables.Pairs, dataset.Pair{
					ID: fmt.Sprintf("%s/p%d", id, n), Case: id, A: fmt.Sprintf("%s/%s/1/1", id, b), B: fmt.Sprintf("%s/%s/1/1", id, a), PartyA: b, PartyB: a,
					Relation: relation, Kind: kind, Score: 0.5,
					Evidence: []dataset.Evidence{{What: "name", A: text + "Varn", B: "New Varn"}, {What: "name", A: "we", B: "Varn"}, {What: "word", A: "X", B: "Y"}},
				})
			}
		}
	}
	if err := f.WritePart("a", &tables); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Assemble([]string{"a"}, nil, dataset.About{Formats: []string{dataset.JSONL}}, func(int) {}); err != nil {
		t.Fatal(err)
	}
	return f
}

func measured(t testing.TB, cases int) *Report {
	t.Helper()
	r, err := Measure(folder(t, cases), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func table(t *testing.T, r *Report, name string) [][]string {
	t.Helper()
	for _, tt := range r.Tables {
		if tt.Name == name {
			return tt.Records
		}
	}
	t.Fatalf("no table %s", name)
	return nil
}

func TestMeasures(t *testing.T) {
	r := measured(t, 30)
	if r.Parties() != 5 || r.period != Month {
		t.Errorf("%d parties, by %s", r.Parties(), r.period)
	}
	pairs := table(t, r, "party_pairs")
	if len(pairs) != 10 {
		t.Fatalf("%d pairs of parties", len(pairs))
	}
	for _, p := range pairs {
		var agree, conflict, silence float64
		fmt.Sscan(p[4], &agree)
		fmt.Sscan(p[7], &conflict)
		fmt.Sscan(p[13], &silence)
		across := (p[0] < "d") != (p[1] < "d")
		// In each case 1 of 4 claims meets the other party.
		if p[2] != "30" || p[3] != "30" || math.Abs(agree+conflict-1) > 1e-3 || (conflict > 0.5) != across || silence != 0.75 {
			t.Errorf("record %v", p)
		}
	}
	for _, v := range table(t, r, "versions") {
		if want := []string{v[0], "30", "60", "60", "0.5000", "0.5000", "0.5000", "0.0000", "0.0000", "0.0000", "0.5000", "0.5000", "0.5000", "0.5000", "0.5000", "0.5000"}; !slices.Equal(v, want) {
			t.Errorf("versions %v, want %v", v, want)
		}
	}
	words := map[string]string{}
	for _, w := range table(t, r, "distinctive_words") {
		words[w[0]] += w[1] + " "
	}
	if words["ash"] != "liberators " || words["oak"] != "aggressors " {
		t.Errorf("words %v", words)
	}
	for _, n := range table(t, r, "rival_names") {
		if !slices.Equal(n[2:], []string{"New Varn", "Varn", "30"}) {
			t.Errorf("rival names %v", n)
		}
	}
	if n := len(table(t, r, "rates_over_time")); n != 6*11 {
		t.Errorf("%d records over time, want 6 months of 10 pairs and all", n)
	}
	var community []string
	for _, m := range table(t, r, "map") {
		community = append(community, m[5])
	}
	if !slices.Equal(community, []string{"1", "1", "1", "2", "2"}) {
		t.Errorf("communities %v", community)
	}
	if last := r.merges[len(r.merges)-1]; last.size != 5 || last.height < 0.5 {
		t.Errorf("the last merge %+v does not join two camps", last)
	}
}

// Whatever there is to measure, every file is whole; the same input gives the
// same bytes.
func TestWrite(t *testing.T) {
	for _, cases := range []int{0, 1, 2, 12} {
		f := folder(t, cases)
		var trees [2]map[string]string
		for i := range trees {
			r, err := Measure(f, Options{Period: Quarter})
			if err != nil {
				t.Fatal(err)
			}
			dir := filepath.Join(t.TempDir(), "stats")
			if err := r.Write(dir); err != nil {
				t.Fatal(err)
			}
			trees[i] = map[string]string{}
			entries, err := os.ReadDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				b, err := os.ReadFile(filepath.Join(dir, e.Name()))
				if err != nil {
					t.Fatal(err)
				}
				trees[i][e.Name()] = string(b)
			}
		}
		if diff := cmp.Diff(trees[0], trees[1]); diff != "" {
			t.Errorf("two runs differ: %s", diff)
		}
		for name, text := range trees[0] {
			whole(t, name, text)
			if base, ok := strings.CutSuffix(name, ".csv"); ok {
				if !bytes.Contains(about, []byte(base)) {
					t.Errorf("about.md says nothing of %s", base)
				}
			}
		}
		if plots := []string{"claims_by_type.svg", "versions.png", "conflict.svg", "dendrogram.svg", "map.png"}; cases > 0 {
			for _, p := range plots {
				if trees[0][p] == "" {
					t.Errorf("no plot %s of %d cases", p, cases)
				}
			}
		}
	}
}

func whole(t *testing.T, name, text string) {
	t.Helper()
	if strings.Contains(text, "NaN") {
		t.Errorf("NaN in %s", name)
	}
	switch filepath.Ext(name) {
	case ".csv":
		if _, err := csv.NewReader(strings.NewReader(text)).ReadAll(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	case ".svg":
		d := xml.NewDecoder(strings.NewReader(text))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
	case ".png":
		if i, err := png.Decode(strings.NewReader(text)); err != nil || i.Bounds().Dx() < 400 {
			t.Errorf("%s: %v", name, err)
		}
	case ".tex":
		if strings.Count(text, `\begin{`) != strings.Count(text, `\end{`) {
			t.Errorf("%s: environments do not match", name)
		}
	}
}

// Names that are code to a spreadsheet, to LaTeX or in XML change nothing but
// texts.
func TestInert(t *testing.T) {
	texCode := regexp.MustCompile(`\\[{}$&#%_]|\\text[a-z]+\{\}|\{[][]\}`)
	files := func(t *testing.T, text string) map[string]string {
		r, err := Measure(folderSaying(t, 4, text), Options{Period: Quarter})
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := r.Write(dir); err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			data, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			out[e.Name()] = string(data)
		}
		return out
	}
	shape := func(t *testing.T, name, text string) map[string]int {
		parts := map[string]int{}
		switch filepath.Ext(name) {
		case ".csv":
			records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			for _, record := range records {
				parts[fmt.Sprint(len(record))]++
				for _, cell := range record {
					if _, err := strconv.ParseFloat(cell, 64); err != nil && strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r\n") {
						t.Errorf("%s holds the formula %q", name, cell)
					}
				}
			}
		case ".svg":
			d := xml.NewDecoder(strings.NewReader(text))
			for {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Errorf("%s: %v", name, err)
					break
				}
				if start, ok := token.(xml.StartElement); ok {
					parts[start.Name.Local]++
				}
			}
			delete(parts, "path") // of ticks, which depend on the room that names leave
		case ".tex":
			for _, m := range regexp.MustCompile(`\\[a-z]+|[{}$&#%_^~]|\\\\`).FindAllString(texCode.ReplaceAllString(text, ""), -1) {
				parts[m]++
			}
		}
		return parts
	}
	plain := files(t, "plain ")
	for _, text := range []string{
		`=HYPERLINK("http://evil.test")`, "@SUM(1)", "+1 ", "-1 ", "\t=1 ", fixture.Payload,
		`\input{/etc/passwd} $x$ % & # _ ^ ~ } \end{document} `, `]]></text><script>alert(1)</script><!-- &xxe; " onload="x `, "'],(x:1); ",
	} {
		got := files(t, text)
		for name := range plain {
			if diff := cmp.Diff(shape(t, name, plain[name]), shape(t, name, got[name])); diff != "" {
				t.Errorf("%s of %q: %s", name, text, diff)
			}
		}
	}
}

// The tables compile, where LaTeX is there.
func TestLaTeX(t *testing.T) {
	if _, err := exec.LookPath("pdflatex"); err != nil {
		t.Skip("pdflatex is not there")
	}
	dir := t.TempDir()
	var b strings.Builder
	b.WriteString("\\documentclass{article}\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}\\usepackage{booktabs,longtable}\\begin{document}\n")
	tables := measured(t, 12).Tables
	hostile := Table{Name: "hostile", Caption: `50% of "a_b" & $x$ \end{document} #1 ~^{}`, Columns: []string{"a_b", "rate", "rate_low", "rate_high"}}
	for range 50 {
		hostile.Records = append(hostile.Records, []string{"[1] <é> | \x1b", "0.5000", "", ""}, []string{"\\", "0.1234", "0.1000", "0.2000"})
	}
	for _, tt := range append(tables, hostile) {
		b.WriteString(tt.latex())
	}
	b.WriteString("\\end{document}\n")
	if err := os.WriteFile(filepath.Join(dir, "a.tex"), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "a.tex")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out[max(0, len(out)-2000):])
	}
}

// A 95 % interval holds the true share in about 95 of 100 corpora.
func TestRateCoverage(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	held := 0
	const trials, truth = 300, 0.3
	for i := range trials {
		cases := make([]ratio, 60)
		for j := range cases {
			n := 1 + r.IntN(10)
			for range n {
				if r.Float64() < truth {
					cases[j].part++
				}
			}
			cases[j].whole = float64(n)
		}
		x := rate(fmt.Sprint(i), cases)
		if x.Low > x.Value || x.High < x.Value {
			t.Fatalf("%+v", x)
		}
		if x.Low <= truth && truth <= x.High {
			held++
		}
	}
	if held < trials*90/100 || held > trials*99/100 {
		t.Errorf("%d of %d intervals hold the truth", held, trials)
	}
	if x := rate("", nil); !math.IsNaN(x.Value) {
		t.Errorf("a rate of nothing is %v", x)
	}
	if x := rate("", []ratio{{1, 2}, {0, 0}}); x.Value != 0.5 || !math.IsNaN(x.Low) {
		t.Errorf("a rate of one case is %v", x)
	}
}

// The example of Wikipedia's article on UPGMA, which is that of RNA
// sequences: heights 17, 22, 28, 33.
func TestCluster(t *testing.T) {
	d := [][]float64{
		{0, 17, 21, 31, 23}, {17, 0, 30, 34, 21}, {21, 30, 0, 28, 39}, {31, 34, 28, 0, 43}, {23, 21, 39, 43, 0},
	}
	s := make([][]float64, len(d))
	for i := range d {
		for _, x := range d[i] {
			s[i] = append(s[i], 1-x)
		}
	}
	var heights []float64
	for _, m := range cluster(s) {
		heights = append(heights, m.height)
	}
	if !slices.Equal(heights, []float64{17, 22, 28, 33}) {
		t.Errorf("heights %v", heights)
	}
	if got, want := newick([]string{"a", "b", "c", "d", "it's"}, cluster(s)), "((('a':8.5000,'b':8.5000):2.5000,'it''s':11.0000):5.5000,('c':14.0000,'d':14.0000):2.5000);\n"; got != want {
		t.Errorf("tree %s", got)
	}
	if got := leaves(5, cluster(s)); !slices.Equal(got, []int{0, 1, 4, 2, 3}) {
		t.Errorf("leaves %v", got)
	}
}

// Four parties at the corners of a rectangle come back as a rectangle.
func TestPlace(t *testing.T) {
	corners := [][2]float64{{0, 0}, {0.6, 0}, {0.6, 0.3}, {0, 0.3}}
	s := make([][]float64, 4)
	for i, a := range corners {
		for _, b := range corners {
			s[i] = append(s[i], 1-math.Hypot(a[0]-b[0], a[1]-b[1]))
		}
	}
	got, held := place(s)
	if math.Abs(held-1) > 1e-9 {
		t.Errorf("a plane holds %v of the variance", held)
	}
	for i := range got {
		for j := range got {
			if d := math.Hypot(got[i][0]-got[j][0], got[i][1]-got[j][1]); math.Abs(d-(1-s[i][j])) > 1e-9 {
				t.Errorf("distance of %d and %d is %v, want %v", i, j, d, 1-s[i][j])
			}
		}
	}
}

// The formula of the description, worked by hand for one word.
func TestDistinctive(t *testing.T) {
	c := counts{"a": {"war": 30, "the": 70}, "b": {"war": 10, "the": 190}}
	got := distinctive([]string{"a", "b"}, c)
	prior := 500 * 40.0 / 300
	x, y := 30+prior, 10+prior
	odds := math.Log(x/(100+500-x)) - math.Log(y/(200+500-y))
	z := odds / math.Sqrt(1/x+1/y)
	if len(got) != 2 || got[0].Word != "war" || got[0].Others != 10 || math.Abs(got[0].Odds-odds) > 1e-12 || math.Abs(got[0].Z-z) > 1e-12 || got[1].Party != "b" || got[1].Word != "the" {
		t.Errorf("%+v, want war with %v and z %v", got, odds, z)
	}
}

func TestPeriod(t *testing.T) {
	for p, want := range map[Period]string{Month: "2031-08", Quarter: "2031-Q3", Year: "2031"} {
		if got := p.of("2031-08"); got != want {
			t.Errorf("%s of August is %s", p, got)
		}
	}
}

// Tables that do not fit together are told, not measured.
func TestTornTables(t *testing.T) {
	f := folder(t, 2)
	path := filepath.Join(f.Dir, "pairs.jsonl")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for want, text := range map[string]string{
		"no statement of case":  strings.ReplaceAll(string(b), `"case":"c000"`, `"case":"x"`),
		"record 1: unexpected ": "{",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Measure(f, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}
