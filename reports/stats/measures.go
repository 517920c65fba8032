package stats

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"counterclaim/reports/dataset"
)

// Options of a report.
type Options struct {
	Period Period // of the rates over time; empty: chosen by the length of the corpus
}

// Period is a span of time by which rates are gathered.
type Period string

// The periods.
const (
	Month   Period = "month"
	Quarter Period = "quarter"
	Year    Period = "year"
)

// Periods lists the periods.
var Periods = []Period{Month, Quarter, Year}

// Table is a table of numbers, as text.
type Table struct {
	Name    string // of its files, without ending
	Caption string
	Columns []string
	Records [][]string
}

// Report is everything that was measured.
type Report struct {
	Tables []Table
	Tree   string // the clustering in Newick format

	data        *data
	similarity  [][]float64
	merges      []merge
	places      [][2]float64
	held        float64 // share of the variance on the map
	communities []int
	modularity  float64
	period      Period
	time        []overTime
}

// overTime is the rates of all parties together in a period.
type overTime struct {
	period string
	rates  [3]Rate // as in relations
	pairs  int
}

// Measure reads the tables of a finished folder and computes every measure.
func Measure(f dataset.Folder, o Options) (*Report, error) {
	d, err := collect(f)
	if err != nil {
		return nil, err
	}
	r := &Report{data: d, similarity: similarity(d), period: o.Period}
	if r.period == "" {
		r.period = d.choosePeriod()
	}
	r.merges = cluster(r.similarity)
	r.places, r.held = place(r.similarity)
	r.communities, r.modularity = communities(d)
	r.Tree = newick(d.parties, r.merges)
	r.Tables = []Table{
		r.claimTable("claims_by_type", "Claims by type", texts(types), func(s *spoken, i int) int32 { return s.types[i] }),
		r.claimTable("claims_by_certainty", "Claims by certainty", texts(certainties), func(s *spoken, i int) int32 { return s.certainty[i] }),
		r.pairTable(),
		r.timeTable(),
		r.versionTable(),
		wordTable("distinctive_words", "Words that a party uses more than the others do", "word", distinctive(d.parties, d.words)),
		wordTable("distinctive_names", "Names that a party uses more than the others do", "name", distinctive(d.parties, d.named)),
		r.rivalTable(),
		r.similarityTable(),
		r.clusterTable(),
		r.mapTable(),
	}
	return r, nil
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

// number writes a number with four decimals, and nothing for NaN.
func number(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	s := strconv.FormatFloat(x, 'f', 4, 64)
	if s == "-0.0000" {
		return "0.0000"
	}
	return s
}

func (r Rate) cells() []string { return []string{number(r.Value), number(r.Low), number(r.High)} }

func rateColumns(names ...string) []string {
	var out []string
	for _, n := range names {
		out = append(out, n, n+"_low", n+"_high")
	}
	return out
}

// claimTable has a record for each party and class of its claims.
func (r *Report) claimTable(name, caption string, classes []string, count func(*spoken, int) int32) Table {
	t := Table{Name: name, Caption: caption, Columns: append([]string{"party", "class", "claims"}, rateColumns("share")...)}
	for _, p := range r.data.parties {
		for i, class := range classes {
			cases := make([]ratio, len(r.data.spoken[p]))
			n := int32(0)
			for j := range cases {
				s := &r.data.spoken[p][j]
				cases[j] = ratio{float64(count(s, i)), float64(s.all)}
				n += count(s, i)
			}
			share := rate(name+" "+p+" "+class, cases)
			t.Records = append(t.Records, append([]string{p, class, strconv.Itoa(int(n))}, share.cells()...))
		}
	}
	return t
}

// keys are the pairs of parties that met, in order.
func (d *data) keys() [][2]string {
	keys := make([][2]string, 0, len(d.meet))
	for k := range d.meet {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [2]string) int {
		return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1]))
	})
	return keys
}

// relationRates are the shares of the relations among the pairs.
func relationRates(name string, list []meeting) ([3]Rate, int) {
	var out [3]Rate
	pairs := 0
	for i := range list {
		pairs += int(list[i].pairs())
	}
	for i, relation := range relations {
		cases := make([]ratio, len(list))
		for j := range list {
			cases[j] = ratio{float64(list[j].relation[i]), float64(list[j].pairs())}
		}
		out[i] = rate(name+" "+string(relation), cases)
	}
	return out, pairs
}

// pairTable has a record for each two parties.
func (r *Report) pairTable() Table {
	t := Table{
		Name: "party_pairs", Caption: "Agreement, conflict, framing and silence of each two parties",
		Columns: append([]string{"party_a", "party_b", "cases", "pairs"}, rateColumns("agree", "conflict", "framing", "silence_of_a", "silence_of_b")...),
	}
	for _, key := range r.data.keys() {
		list := r.data.meet[key]
		name := key[0] + " " + key[1]
		rates, pairs := relationRates(name, list)
		record := []string{key[0], key[1], strconv.Itoa(len(list)), strconv.Itoa(pairs)}
		for _, x := range rates {
			record = append(record, x.cells()...)
		}
		for side, other := range []int{1, 0} { // a is silent on what b claims
			cases := make([]ratio, len(list))
			for j, m := range list {
				cases[j] = ratio{float64(m.claims[other] - m.met[other]), float64(m.claims[other])}
			}
			record = append(record, rate(fmt.Sprint(name, " silence ", side), cases).cells()...)
		}
		t.Records = append(t.Records, record)
	}
	return t
}

// choosePeriod takes months up to three years, quarters up to ten, years
// beyond.
func (d *data) choosePeriod() Period {
	months := map[string]bool{}
	for _, list := range d.meet {
		for _, m := range list {
			if m.period != "" {
				months[m.period] = true
			}
		}
	}
	first, last := "", ""
	for m := range months {
		if first == "" || m < first {
			first = m
		}
		last = max(last, m)
	}
	var y1, m1, y2, m2 int
	if _, err := fmt.Sscanf(first+" "+last, "%d-%d %d-%d", &y1, &m1, &y2, &m2); err != nil {
		return Month
	}
	switch n := (y2-y1)*12 + m2 - m1; {
	case n <= 36:
		return Month
	case n <= 120:
		return Quarter
	default:
		return Year
	}
}

// of is the period that a month is in.
func (p Period) of(month string) string {
	if len(month) < 7 {
		return ""
	}
	switch p {
	case Year:
		return month[:4]
	case Quarter:
		m, _ := strconv.Atoi(month[5:7])
		return fmt.Sprintf("%s-Q%d", month[:4], (m+2)/3)
	default:
		return month
	}
}

// timeTable has a record for each period and two parties, and one for all
// together. Pairs of cases without a date are left out.
func (r *Report) timeTable() Table {
	t := Table{
		Name: "rates_over_time", Caption: "Agreement, conflict and framing over time",
		Columns: append([]string{"period", "party_a", "party_b", "pairs"}, rateColumns("agree", "conflict", "framing")...),
	}
	add := func(period, a, b string, list []meeting) ([3]Rate, int) {
		rates, pairs := relationRates(period+" "+a+" "+b, list)
		record := []string{period, a, b, strconv.Itoa(pairs)}
		for _, x := range rates {
			record = append(record, x.cells()...)
		}
		if pairs > 0 {
			t.Records = append(t.Records, record)
		}
		return rates, pairs
	}
	all, by := map[string][]meeting{}, map[string]map[[2]string][]meeting{}
	for _, key := range r.data.keys() {
		for _, m := range r.data.meet[key] {
			if period := r.period.of(m.period); period != "" {
				all[period] = append(all[period], m)
				if by[period] == nil {
					by[period] = map[[2]string][]meeting{}
				}
				by[period][key] = append(by[period][key], m)
			}
		}
	}
	periods := make([]string, 0, len(all))
	for p := range all {
		periods = append(periods, p)
	}
	slices.Sort(periods)
	for _, p := range periods {
		rates, pairs := add(p, "", "", all[p])
		if pairs > 0 {
			r.time = append(r.time, overTime{p, rates, pairs})
		}
		for _, key := range r.data.keys() {
			if list := by[p][key]; list != nil {
				add(p, key[0], key[1], list)
			}
		}
	}
	return t
}

// versionTable has a record for each party that spoke twice in a case.
func (r *Report) versionTable() Table {
	t := Table{
		Name: "versions", Caption: "What became of the claims of a party from one of its statements to the next",
		Columns: append([]string{"party", "steps", "claims_before", "claims_after"}, rateColumns(changes...)...),
	}
	for _, p := range r.data.parties {
		list := r.data.change[p]
		if list == nil {
			continue
		}
		var steps, before, after int
		for _, c := range list {
			steps, before, after = steps+int(c.steps), before+int(c.before), after+int(c.after)
		}
		record := []string{p, strconv.Itoa(steps), strconv.Itoa(before), strconv.Itoa(after)}
		for i, what := range changes {
			cases := make([]ratio, len(list))
			for j, c := range list {
				whole := c.before
				if what == "added" {
					whole = c.after
				}
				cases[j] = ratio{float64(c.what[i]), float64(whole)}
			}
			record = append(record, rate("versions "+p+" "+what, cases).cells()...)
		}
		t.Records = append(t.Records, record)
	}
	return t
}

func wordTable(name, caption, what string, list []Word) Table {
	t := Table{Name: name, Caption: caption, Columns: []string{"party", what, "count", "others", "log_odds", "z"}}
	for _, w := range list {
		t.Records = append(t.Records, []string{w.Party, w.Word, strconv.Itoa(w.Count), strconv.Itoa(w.Others), number(w.Odds), number(w.Z)})
	}
	return t
}

// rivalTable has a record for each two names of one thing, the most frequent
// of each two parties first.
func (r *Report) rivalTable() Table {
	t := Table{Name: "rival_names", Caption: "Rival names: one thing, as each of two parties calls it", Columns: []string{"party_a", "party_b", "name_a", "name_b", "pairs"}}
	list := make([]rival, 0, len(r.data.rival))
	for k := range r.data.rival {
		list = append(list, k)
	}
	slices.SortFunc(list, func(a, b rival) int {
		return cmp.Or(strings.Compare(a.partyA, b.partyA), strings.Compare(a.partyB, b.partyB), cmp.Compare(r.data.rival[b], r.data.rival[a]),
			strings.Compare(a.nameA, b.nameA), strings.Compare(a.nameB, b.nameB))
	})
	for _, k := range list {
		t.Records = append(t.Records, []string{k.partyA, k.partyB, k.nameA, k.nameB, strconv.Itoa(r.data.rival[k])})
	}
	return t
}

func (r *Report) similarityTable() Table {
	t := Table{Name: "similarity", Caption: "Similarity of the parties", Columns: append([]string{"party"}, r.data.parties...)}
	for i, p := range r.data.parties {
		record := []string{p}
		for _, s := range r.similarity[i] {
			record = append(record, number(s))
		}
		t.Records = append(t.Records, record)
	}
	return t
}

// clusterTable has a record for each merge.
func (r *Report) clusterTable() Table {
	t := Table{Name: "clusters", Caption: "Clustering of the parties, merge by merge", Columns: []string{"merge", "left", "right", "height", "parties"}}
	n := len(r.data.parties)
	called := func(i int) string {
		if i < n {
			return r.data.parties[i]
		}
		return fmt.Sprintf("merge %d", i-n+1)
	}
	for i, m := range r.merges {
		t.Records = append(t.Records, []string{strconv.Itoa(i + 1), called(m.left), called(m.right), number(m.height), strconv.Itoa(m.size)})
	}
	return t
}

func (r *Report) mapTable() Table {
	t := Table{Name: "map", Caption: fmt.Sprintf("Places of the parties on the map (%s of the variance) and their communities (modularity %s)", number(r.held), number(r.modularity)),
		Columns: []string{"party", "name", "claims", "x", "y", "community"}}
	for i, p := range r.data.parties {
		t.Records = append(t.Records, []string{p, r.data.names[p], strconv.Itoa(r.data.claims[p]), number(r.places[i][0]), number(r.places[i][1]), strconv.Itoa(r.communities[i])})
	}
	return t
}

// Parties is the number of parties that were measured.
func (r *Report) Parties() int { return len(r.data.parties) }
