// Package exercise makes a source-analysis exercise of a comparison: the paper
// that students get, the key for their teacher, and a quiz.
//
// The laws of the package: it reads a comparison and decides nothing about
// the claims; what the key says comes from rows whose pairs are sure enough,
// with the lines on which to find it, and what a teacher should check is
// marked. A Paper holds nothing of a Key. The same comparison with the same
// options gives the same exercise.
package exercise

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"counterclaim/compare"
	"counterclaim/reports/quiz"
	"counterclaim/reports/wording"
)

// Options of an exercise; the zero value is usable.
type Options struct {
	Style    string  // one of Styles; empty: DefaultStyle
	Kinds    []Kind  // only questions of these kinds; nil: those of the style
	Level    int     // of difficulty, 1 to 3; 0: 2
	Seed     uint64  // another seed chooses other points, sources and orders
	Words    int     // shorten every source to about so many words; 0: whole
	MinScore float64 // of the pairs that the key is made of; 0: DefaultMinScore
	Sources  int     // most sources, those that share most sure pairs; 0: DefaultSources
	Version  string  // of the program, for the key
}

// DefaultMinScore is the score from which a pair may get into a key.
const DefaultMinScore = 0.6

// DefaultSources is how many statements a class reads at most.
const DefaultSources = 5

// sureScore is the score from which a pair needs no word of caution.
const sureScore = 0.9

// Exercise is the paper, the key and the quiz of one case.
type Exercise struct {
	Paper Paper
	Key   Key
	Quiz  quiz.Quiz
}

// Paper is what students see.
type Paper struct {
	Title     string // of the case
	Style     string // its title
	Guide     string
	Minutes   int
	Marks     int
	Level     int
	Sources   []*Source
	Table     *Table // to fill in; nil without
	Tasks     []Task
	Questions []Question
}

// Question is a question with room for the answer.
type Question struct {
	Kind  Kind
	Text  string
	Parts []string
	Marks int
	Space int // lines to write on
}

// Table has one row per point and one column per source.
type Table struct {
	Sources []string // letters
	Rows    []TableRow
}

// TableRow is a point, with what each source says of it; an empty cell is to
// be filled in, or stays empty in the key where the source is silent.
type TableRow struct {
	Topic string
	Cells []string
}

// Task is a short task as students see it.
type Task struct {
	Kind        quiz.Kind
	Prompt      string
	Left, Right []string // to match, or
	Options     []string // to choose from, or
	Passage     string   // to mark words in
	Marks       int
}

// Key is what only the teacher sees.
type Key struct {
	Answers     []Answer // of the questions, in order
	Table       *Table   // filled in
	TableChecks []string
	Tasks       []TaskAnswer // of the tasks, in order
	Left        []string     // what was left out, and why
	Made        []string     // how the exercise was made
}

// TaskAnswer is the answer of a short task.
type TaskAnswer struct {
	Text  string
	Check string // as in Content
}

// Answer is the mark scheme of a question.
type Answer struct {
	Levels  []Level
	Content []Content
}

// Level is what an answer must do for its marks.
type Level struct {
	Marks      string // "3–4"
	Descriptor string
}

// Content is one thing that an answer may name.
type Content struct {
	Text  string
	Check string // why a teacher should look at it before class; empty: it is a quote
}

// builder holds what the parts of an exercise are made from.
type builder struct {
	v       *wording.Report
	o       Options
	style   Style
	chance  *rand.Rand
	sources []*Source
	left    []*Source // statements that are not in the paper
	points  []point   // in the order of the rows
	shown   []bool    // by claim: all of its words are in the paper
	rowOf   []int     // by pair: its row, -1 without
	used    []int     // sources that a question was about
	claim   int       // that a judgement is about, -1 without
}

// New makes an exercise of a comparison. It fails on options that are not
// known, and where no two parties are sure to speak of the same point.
func New(r *compare.Result, o Options) (*Exercise, error) {
	v, err := wording.New(r)
	if err != nil {
		return nil, err
	}
	if o.Level == 0 {
		o.Level = 2
	}
	if o.Level < 1 || o.Level > 3 {
		return nil, fmt.Errorf("unknown level %d; choose 1, 2 or 3", o.Level)
	}
	if o.Words < 0 {
		return nil, fmt.Errorf("a source cannot be shortened to %d words", o.Words)
	}
	if o.MinScore == 0 {
		o.MinScore = DefaultMinScore
	}
	if o.Sources == 0 {
		o.Sources = DefaultSources
	}
	if o.Sources < 2 {
		return nil, fmt.Errorf("an exercise needs two sources or more, not %d", o.Sources)
	}
	style, err := styleOf(o.Style, o.Kinds)
	if err != nil {
		return nil, err
	}
	b := &builder{v: v, o: o, style: style, chance: rand.New(rand.NewPCG(o.Seed, uint64(o.Level))), claim: -1} //nolint:gosec // no secret hangs on it
	b.sources, b.left = chooseSources(v, sourcesOf(v), o.MinScore, o.Sources)
	candidates := candidatePoints(v, b.sources, o.MinScore, o.Level, b.chance)
	if len(candidates) == 0 {
		return nil, b.nothing()
	}
	points, needed := choosePoints(v, b.sources, candidates, mostPoints[o.Level], o.Words)
	b.points = points
	b.prepare(needed)
	return b.build(), nil
}

// nothing says why there is no exercise.
func (b *builder) nothing() error {
	best := 0.0
	for _, p := range b.v.Pairs {
		best = max(best, p.Score)
	}
	if best == 0 {
		return fmt.Errorf("no exercise: no claim of one party meets a claim of another; choose another case")
	}
	return fmt.Errorf("no exercise: no two parties are sure to speak of the same point (the best pair has the score %s, %s is asked for); lower --min-score, or choose another case",
		wording.Score(math.Floor(best*100)/100), wording.Score(b.o.MinScore)) // rounded down: it is below what was asked for
}

// prepare lays the sources out and finds what they show.
func (b *builder) prepare(needed []map[int]bool) {
	common := [...]float64{1: 4.0, 2: 3.7, 3: 3.3}[b.o.Level]
	known := map[string]bool{}
	for i, s := range b.sources {
		if b.o.Words > 0 {
			s.shorten(b.o.Words, needed[i])
		}
		s.layOut()
		s.explain(common, known)
	}
	b.shown = make([]bool, len(b.v.Claims))
	for i, c := range b.v.Claims {
		if s := sourceOf(b.v, b.sources, i); s >= 0 {
			b.shown[i] = b.sources[s].shows(c.Start, c.End) && !asked(b.v, i)
		}
	}
	b.rowOf = make([]int, len(b.v.Pairs))
	for i := range b.rowOf {
		b.rowOf[i] = -1
	}
	for i, row := range b.v.Rows {
		for _, p := range row.Pairs {
			b.rowOf[p] = i
		}
	}
	for i, p := range b.points {
		b.points[i].pairs = b.joined(p)
	}
	slices.SortFunc(b.points, func(x, y point) int { return cmp.Compare(b.rowOf[x.lead], b.rowOf[y.lead]) })
}

// joined lists the pairs of a point that the paper shows and that are joined
// to the lead through claims: a row may hold more than one such group.
func (b *builder) joined(p point) []int {
	in := map[int]bool{b.v.Pairs[p.lead].A: true, b.v.Pairs[p.lead].B: true}
	taken := make([]bool, len(p.pairs))
	for more := true; more; {
		more = false
		for i, n := range p.pairs {
			if pair := b.v.Pairs[n]; !taken[i] && b.shows(n) && (in[pair.A] || in[pair.B]) {
				in[pair.A], in[pair.B], taken[i], more = true, true, true, true
			}
		}
	}
	var out []int
	for i, n := range p.pairs {
		if taken[i] {
			out = append(out, n)
		}
	}
	return out
}

// shows reports whether both claims of a pair are in the paper.
func (b *builder) shows(pair int) bool {
	return b.shown[b.v.Pairs[pair].A] && b.shown[b.v.Pairs[pair].B]
}

func (b *builder) build() *Exercise {
	e := &Exercise{Paper: Paper{
		Title: b.v.Title(), Style: b.style.Title, Minutes: b.style.Minutes, Level: b.o.Level, Sources: b.sources,
	}}
	b.claim = b.statement()
	e.Paper.Guide = b.fill(b.style.Guide, nil)
	e.Quiz.Title = e.Paper.Title
	for _, s := range b.sources {
		t := quiz.Text{Title: "Source " + s.Letter, Intro: s.Provenance}
		for _, l := range s.Lines {
			t.Lines = append(t.Lines, l.Text)
		}
		e.Quiz.Texts = append(e.Quiz.Texts, t)
	}
	if b.style.Table {
		b.table(e)
	}
	items := b.tasks()
	e.Quiz.Items = append(e.Quiz.Items, items...)
	for _, item := range b.forPaper(items) {
		e.Paper.Tasks = append(e.Paper.Tasks, taskOf(item))
		e.Key.Tasks = append(e.Key.Tasks, TaskAnswer{answerOf(item), item.Check})
		e.Paper.Marks += item.Marks
	}
	for _, spec := range b.style.Questions {
		q, a, missing := b.question(spec)
		if missing != "" {
			e.Key.Left = append(e.Key.Left, missing)
			continue
		}
		e.Paper.Questions = append(e.Paper.Questions, q)
		e.Key.Answers = append(e.Key.Answers, a)
		e.Paper.Marks += q.Marks
		e.Quiz.Items = append(e.Quiz.Items, essay(len(e.Paper.Questions), q, a))
	}
	if few := b.few(); few != "" {
		e.Key.Left = append(e.Key.Left, few)
	}
	for _, s := range b.left {
		e.Key.Left = append(e.Key.Left, fmt.Sprintf("A statement is not in the paper: %s. A class reads %d sources at most; others share more points (--sources).", s.Provenance, b.o.Sources))
	}
	e.Key.Made = b.made()
	return e
}

// fewPoints is the number of points below which an exercise is thin.
const fewPoints = 3

// few says that there are few points, and at which score there are more.
func (b *builder) few() string {
	if len(b.points) >= fewPoints {
		return ""
	}
	s := fmt.Sprintf("Only %s sure enough for the paper.", map[bool]string{true: "1 point is", false: fmt.Sprintf("%d points are", len(b.points))}[len(b.points) == 1])
	for _, score := range []float64{0.5, 0.4, 0.3} {
		if score >= b.o.MinScore {
			continue
		}
		if n := len(candidatePoints(b.v, b.sources, score, b.o.Level, rand.New(rand.NewPCG(0, 0)))); n > len(b.points) { //nolint:gosec // only counted
			return s + fmt.Sprintf(" With --min-score %g there are %d to choose from; read them before class, or correct the comparison first (counterclaim serve).", score, n)
		}
	}
	return s
}

// table is the table to fill in, and the filled one. At the first level one
// cell of each row is given.
func (b *builder) table(e *Exercise) {
	blank, filled := &Table{}, &Table{}
	for _, s := range b.sources {
		blank.Sources = append(blank.Sources, s.Letter)
	}
	filled.Sources = blank.Sources
	for n, p := range b.points {
		cells := make([][]int, len(b.sources))
		lowest := 1.0
		for _, i := range p.pairs {
			pair := b.v.Pairs[i]
			lowest = min(lowest, sureness(pair))
			for _, c := range []int{pair.A, pair.B} {
				if s := sourceOf(b.v, b.sources, c); !slices.Contains(cells[s], c) {
					cells[s] = append(cells[s], c)
				}
			}
		}
		topic := b.topic(p.pairs)
		row, open := TableRow{Topic: topic}, TableRow{Topic: topic, Cells: make([]string, len(cells))}
		given := false
		for s, claims := range cells {
			slices.Sort(claims)
			var quotes []string
			for _, c := range claims {
				quotes = append(quotes, b.cite(c))
			}
			row.Cells = append(row.Cells, strings.Join(quotes, "\n"))
			if b.o.Level == 1 && !given && len(claims) > 0 {
				open.Cells[s], given = row.Cells[s], true
			}
		}
		if b.o.Level == 3 {
			open.Topic = ""
		}
		blank.Rows, filled.Rows = append(blank.Rows, open), append(filled.Rows, row)
		if lowest < sureScore {
			e.Key.TableChecks = append(e.Key.TableChecks, fmt.Sprintf("point %d: are these claims about one thing? (Score %s.)", n+1, wording.Score(lowest)))
		}
	}
	e.Paper.Table, e.Key.Table = blank, filled
}

// question fills a question in; missing says why it is left out.
func (b *builder) question(spec questionSpec) (q Question, a Answer, missing string) {
	about := b.about(spec)
	q = Question{Kind: spec.Kind, Marks: spec.Marks, Space: spec.Space, Text: b.fill(spec.Text, about)}
	for _, p := range spec.Parts {
		if spec.Sources != "each" {
			q.Parts = append(q.Parts, b.fill(p, about))
			continue
		}
		for _, s := range about {
			q.Parts = append(q.Parts, b.fill(p, []int{s}))
		}
	}
	found := len(spec.Need) == 0
	for _, name := range spec.Content {
		content := contents()[name](b, about)
		found = found || len(content) > 0 && slices.Contains(spec.Need, name)
		a.Content = append(a.Content, content...)
	}
	if !found {
		return q, a, fmt.Sprintf("A question of %s was left out: the comparison holds nothing sure for its key.", spec.Kind)
	}
	a.Levels = levels(spec.Descriptors, spec.Marks)
	return q, a, ""
}

// levels spreads the marks of a question over its descriptors.
func levels(name string, marks int) []Level {
	ds := styles().Descriptors[name]
	if len(ds) == 0 { // "points"
		return []Level{{Marks: wording.Count(marks, "mark"), Descriptor: "One mark for each point that an answer names with its line."}}
	}
	if len(ds) > marks {
		ds = ds[len(ds)-marks:]
	}
	var out []Level
	low := 1
	for i, d := range ds {
		high := (i + 1) * marks / len(ds)
		s := fmt.Sprint(low)
		if high > low {
			s = fmt.Sprintf("%d–%d", low, high)
		}
		out = append(out, Level{Marks: s, Descriptor: d})
		low = high + 1
	}
	return out
}

// about chooses the sources of a question. Where it is about one, its key
// must have something to name: a source that gives little is not asked about.
func (b *builder) about(spec questionSpec) []int {
	all := make([]int, len(b.sources))
	for i := range all {
		all[i] = i
	}
	switch spec.Sources {
	case "one", "next":
		rest := slices.DeleteFunc(slices.Clone(all), func(s int) bool { return slices.Contains(b.used, s) || len(b.says(s)) == 0 })
		if len(rest) == 0 {
			b.used = nil
			rest = all
		}
		gives, most := make([]int, len(all)), 0
		for _, s := range rest {
			for _, name := range spec.Content {
				gives[s] += len(contents()[name](b, []int{s}))
			}
			most = max(most, gives[s])
		}
		rest = slices.DeleteFunc(slices.Clone(rest), func(s int) bool { return 3*gives[s] < 2*most })
		s := rest[b.chance.IntN(len(rest))]
		b.used = append(b.used, s)
		return []int{s}
	case "two":
		return b.nearest()
	}
	return all
}

// nearest are the two sources that share most sure points.
func (b *builder) nearest() []int {
	best, most := []int{0, min(1, len(b.sources)-1)}, -1
	for x := range b.sources {
		for y := x + 1; y < len(b.sources); y++ {
			n := 0
			for _, r := range wording.Relations {
				n += len(b.shared([]int{x, y}, r))
			}
			if n > most {
				best, most = []int{x, y}, n
			}
		}
	}
	return best
}

// fill puts names into the text of a question.
func (b *builder) fill(text string, about []int) string {
	names := make([]string, len(about))
	for i, s := range about {
		names[i] = b.sources[s].Letter
	}
	sources, source, other := "", "", ""
	switch len(names) {
	case 0:
	case 1:
		sources = "Source " + names[0]
	default:
		sources = "Sources " + strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
		other = "Source " + names[1]
	}
	if len(names) > 0 {
		source = "Source " + names[0]
	}
	statement, speaker := "", ""
	if b.claim >= 0 {
		s := b.sources[sourceOf(b.v, b.sources, b.claim)]
		statement, speaker = capital(strings.Trim(wording.Clean(b.v.Claims[b.claim].Text), "“”")), s.Speaker+", Source "+s.Letter
	}
	return strings.NewReplacer("{sources}", sources, "{source}", source, "{other}", other, "{title}", b.v.Title(),
		"{statement}", statement, "{speaker}", speaker).Replace(text)
}

// statement is the claim that a judgement is about: one that others dispute
// or support, and that reads well alone.
func (b *builder) statement() int {
	best, most := -1, -10.0
	for _, p := range b.points {
		for _, i := range p.pairs {
			pair := b.v.Pairs[i]
			for _, c := range []int{pair.A, pair.B} {
				if !standsAlone(b.v, c) || firstPerson(b.v.Claims[c].Text) {
					continue
				}
				value := sureness(pair) + 0.2*float64(len(b.pairsOf(c))) - 0.5*float64(pronouns(b.v.Claims[c].Text))
				if pair.Relation == compare.Conflict {
					value++
				}
				if value > most {
					best, most = c, value
				}
			}
		}
	}
	return best
}

// pairsOf lists the sure pairs of a claim that the paper shows.
func (b *builder) pairsOf(c int) []int {
	var out []int
	for i, p := range b.v.Pairs {
		if (p.A == c || p.B == c) && sureness(p) >= b.o.MinScore && b.shows(i) {
			out = append(out, i)
		}
	}
	return out
}

// made says how the exercise was made, so that it can be made again.
func (b *builder) made() []string {
	kinds := "those of the style"
	if len(b.o.Kinds) > 0 {
		names := make([]string, len(b.o.Kinds))
		for i, k := range b.o.Kinds {
			names[i] = string(k)
		}
		kinds = strings.Join(names, ", ")
	}
	words := "sources whole"
	if b.o.Words > 0 {
		words = fmt.Sprintf("sources shortened to %d words", b.o.Words)
	}
	out := []string{fmt.Sprintf("counterclaim %s; style %s; questions: %s; level %d; seed %d; %s; pairs with a score of %s or more.",
		b.o.Version, b.style.ID, kinds, b.o.Level, b.o.Seed, words, wording.Score(b.o.MinScore))}
	out = append(out, b.v.JudgeLines()...)
	for _, s := range b.sources {
		out = append(out, fmt.Sprintf("Source %s: %s, SHA-256 %s", s.Letter, wording.Clean(s.doc.Path), wording.Hash(s.doc)))
	}
	return out
}

func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
