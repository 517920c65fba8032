package grouping

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"counterclaim/compare/casefile"
	"counterclaim/compare/corpus/synthetic"
	"counterclaim/nlp/read"
)

// known is a statement whose event is known.
type known struct {
	Statement
	event, copyOf string
}

func synthetics(t testing.TB, n int) []known {
	t.Helper()
	var out []known
	for s := range synthetic.Statements(synthetic.Options{Seed: 11}) {
		text, err := read.Read(s.ID, []byte(s.Text))
		if err != nil {
			t.Fatal(err)
		}
		date, err := time.Parse(time.DateOnly, s.Date)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, known{NewStatement(s.ID, date, text), s.Event, s.CopyOf})
		if len(out) == n {
			break
		}
	}
	return out
}

// annotated are the statements of the annotated cases, without their cases.
func annotated(t testing.TB) []known {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join("..", "..", "testdata", "cases", "*"))
	if err != nil {
		t.Fatal(err)
	}
	var out []known
	for _, dir := range dirs {
		c, err := casefile.Load(dir)
		if err != nil {
			continue // no case
		}
		for _, p := range c.Parties {
			for _, s := range p.Statements {
				text, err := read.ReadFile(c.File(s), read.DefaultLimits)
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, known{NewStatement(filepath.Base(dir)+"/"+s, time.Time{}, text), dir, ""})
			}
		}
	}
	return out
}

func group(list []known, o Options) []Group {
	var g Grouper
	for _, k := range list {
		g.Add(k.Statement)
	}
	return g.Group(o)
}

// bCubed is precision and recall of a grouping: for each statement, the share
// of its group that is of its event, and the share of its event that is in its
// group (Bagga and Baldwin 1998).
func bCubed(list []known, groups []Group) (precision, recall float64) {
	size := map[string]int{}
	for _, k := range list {
		size[k.event]++
	}
	for _, g := range groups {
		in := map[string]int{}
		for _, m := range g.Members {
			in[list[m.Index].event]++
		}
		for event, n := range in {
			precision += float64(n*n) / float64(len(g.Members))
			recall += float64(n*n) / float64(size[event])
		}
	}
	return precision / float64(len(list)), recall / float64(len(list))
}

// The floors lie a little under what was measured when the defaults were
// chosen, on these very statements.
func TestQuality(t *testing.T) {
	for _, tt := range []struct {
		name              string
		list              []known
		precision, recall float64
	}{
		{"synthetic", synthetics(t, 2000), 0.97, 0.99},
		{"annotated", annotated(t), 0.98, 0.88},
	} {
		groups := group(tt.list, Options{})
		p, r := bCubed(tt.list, groups)
		t.Logf("%s: %d statements, %d groups, B-cubed precision %.4f, recall %.4f", tt.name, len(tt.list), len(groups), p, r)
		if p < tt.precision || r < tt.recall {
			t.Errorf("%s: precision %.4f, want %.2f; recall %.4f, want %.2f", tt.name, p, tt.precision, r, tt.recall)
		}
	}
}

// Each statement is in one group, whatever the order of Add; what is said of
// it is true.
func TestLaws(t *testing.T) {
	list := synthetics(t, 400)
	want := group(list, Options{})
	byID := func(list []known, groups []Group) map[string]string {
		out := map[string]string{}
		for _, g := range groups {
			for _, m := range g.Members {
				id := list[m.Index].id
				if out[id] != "" {
					t.Errorf("%s is in two groups", id)
				}
				nearest := ""
				if m.Nearest >= 0 {
					nearest = list[m.Nearest].id
				}
				out[id] = fmt.Sprint(g.ID, g.Title, list[m.Voice].id, nearest, m.Similarity, m.Shared)
				voices := map[int]bool{}
				for _, other := range g.Members {
					voices[other.Voice] = true
				}
				if (m.Nearest < 0) != (len(voices) == 1 && m.Voice == m.Index) || m.Similarity < 0 || m.Similarity > 1 || (m.Nearest >= 0) != (len(m.Shared) > 0) {
					t.Errorf("%s: member %+v of %s", id, m, g)
				}
			}
		}
		return out
	}
	members := byID(list, want)
	if len(members) != len(list) {
		t.Errorf("%d of %d statements are in groups", len(members), len(list))
	}
	ids := map[string]bool{}
	for _, g := range want {
		if ids[g.ID] || g.ID == "" || strings.Contains(g.ID, " ") {
			t.Errorf("ID %q", g.ID)
		}
		ids[g.ID] = true
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 3 {
		shuffled := slices.Clone(list)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if diff := cmp.Diff(members, byID(shuffled, group(shuffled, Options{}))); diff != "" {
			t.Fatal(diff)
		}
	}
}

// The copies that the generator made are found, and hardly anything else.
func TestCopies(t *testing.T) {
	list := synthetics(t, 2000)
	made, found, wrong := 0, 0, 0
	original, voice := map[string]string{}, map[string]string{}
	for _, g := range group(list, Options{}) {
		for _, m := range g.Members {
			voice[list[m.Index].id] = list[m.Voice].id
		}
	}
	for _, k := range list {
		original[k.id] = k.id
		if k.copyOf != "" {
			original[k.id] = original[k.copyOf]
			made++
			if voice[k.id] == voice[k.copyOf] { // which of the two is earlier is another matter
				found++
			}
		}
	}
	for a, b := range voice {
		if original[a] != original[b] {
			wrong++
		}
	}
	t.Logf("%d copies made, %d found, %d wrong", made, found, wrong)
	if found < made*85/100 || wrong > made/10 {
		t.Errorf("%d copies made, %d found, %d wrong", made, found, wrong)
	}
}

func statement(t *testing.T, id, date, text string) known {
	t.Helper()
	d, err := time.Parse(time.DateOnly, date)
	if err != nil {
		d = time.Time{}
	}
	read, err := read.Read(id, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return known{Statement: NewStatement(id, d, read)}
}

func sizes(groups []Group) []int {
	var out []int
	for _, g := range groups {
		out = append(out, len(g.Members))
	}
	slices.Sort(out)
	return out
}

func TestWindowAndMost(t *testing.T) {
	var list []known
	for i, date := range []string{"2031-05-04", "2031-05-06", "2031-09-01", "2031-09-02", ""} {
		list = append(list, statement(t, fmt.Sprint("a", i), date, []string{
			"The ferry Halmer sank off Torvik and nine people drowned.", "Nine people drowned when the Halmer sank near Torvik harbour.",
			"Again a ferry, the Halmer, sank off Torvik, and many drowned.", "The people of Torvik mourn those who drowned with the Halmer.", "Torvik asks why the Halmer sank.",
		}[i]))
		list = append(list, statement(t, fmt.Sprint("b", i), date, []string{
			"Parliament in Ostrava passed the budget.", "The budget of Ostrava is a shame, says the opposition.", "Teachers strike in Ostrava over pay.", "The strike of the teachers goes on.", "Pay for teachers rises.",
		}[i]))
	}
	for _, tt := range []struct {
		o    Options
		want int // groups that hold a statement on the ferry
	}{{Options{}, 2}, {Options{Window: 3650 * 24 * time.Hour}, 1}, {Options{Window: 3650 * 24 * time.Hour, Most: 2}, 3}} {
		n := 0
		for _, g := range group(list, tt.o) {
			if slices.ContainsFunc(g.Members, func(m Member) bool { return strings.HasPrefix(list[m.Index].id, "a") }) {
				n++
			}
		}
		if n != tt.want {
			t.Errorf("%+v: the ferry is in %d groups, want %d: %v", tt.o, n, tt.want, group(list, tt.o))
		}
	}
	if got := sizes(group(nil, Options{})); got != nil {
		t.Errorf("groups of nothing: %v", got)
	}
	if got := sizes(group(list[:1], Options{})); !slices.Equal(got, []int{1}) {
		t.Errorf("one statement: %v", got)
	}
}

// A wire text in many outlets costs no more than its number.
func TestOneTextInManyOutletsIsLinearTime(t *testing.T) {
	if testing.Short() {
		t.Skip("holds a clock")
	}
	text := strings.Repeat("Nine people drowned when the ferry Halmer sank off Torvik harbour on Friday night. ", 4)
	took := func(n int) time.Duration {
		one := statement(t, "x", "2031-05-04", text)
		var g Grouper
		for i := range n {
			s := one.Statement
			s.id = fmt.Sprint(i)
			g.Add(s)
		}
		begun := time.Now()
		groups := g.Group(Options{})
		d := time.Since(begun)
		if len(groups) != 1 || len(groups[0].Members) != n {
			t.Fatalf("%d groups", len(groups))
		}
		return d
	}
	took(500)
	small, large := took(4000), took(16000)
	if large > 12*small+200*time.Millisecond {
		t.Errorf("4,000 copies take %v, 16,000 take %v", small, large)
	}
}

// BenchmarkGroup shows how the cost grows: ns/statement is about level.
func BenchmarkGroup(b *testing.B) {
	for _, n := range []int{1000, 4000} {
		list := synthetics(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				group(list, Options{})
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/statement")
		})
	}
}
