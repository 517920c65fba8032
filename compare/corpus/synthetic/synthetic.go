// Package synthetic makes corpora with known answers: statements of invented
// parties about invented events, from templates, by a seed. They measure how
// the program grows with a corpus, and how well it groups statements into
// cases; the language is too plain to measure anything else.
//
// The law of the package: the same seed gives the same statements, whatever
// their number; every sentence of a statement states one fact of its event.
package synthetic

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"time"
)

// Statement is a statement with its known answers.
type Statement struct {
	ID    string `json:"id"`
	Party string `json:"party"`
	Date  string `json:"date"`
	Title string `json:"title"`
	Text  string `json:"text"`

	// The answers.
	Event  string         `json:"event"`             // the same for all statements about one event
	CopyOf string         `json:"copy_of,omitempty"` // ID of the statement that this one repeats
	Facts  map[string]int `json:"facts"`             // by fact: which of its versions the party asserts
}

// Options of a corpus. The zero value is usable.
type Options struct {
	Seed    uint64
	Parties int // that ever speak; 0 is 40
	Event   int // statements about one event, on average; 0 is 8
}

// Statements makes a corpus without end, in the order of the events' dates.
func Statements(o Options) iter.Seq[Statement] {
	if o.Parties == 0 {
		o.Parties = 40
	}
	if o.Event == 0 {
		o.Event = 8
	}
	return func(yield func(Statement) bool) {
		world := rand.New(rand.NewPCG(o.Seed, 1))
		parties := make([]string, o.Parties)
		for i := range parties {
			parties[i] = name(world) + " " + offices[world.IntN(len(offices))]
		}
		n := 0
		for e := 0; ; e++ {
			// Each event has a source of its own, so that a change in one
			// changes no other.
			r := rand.New(rand.NewPCG(o.Seed, uint64(e)+2))
			for _, s := range event(r, e, parties, o.Event) {
				n++
				s.ID = fmt.Sprintf("s%06d", n)
				if s.CopyOf != "" {
					back := 0
					fmt.Sscan(s.CopyOf, &back) //nolint:errcheck // written by event
					s.CopyOf = fmt.Sprintf("s%06d", n-back)
				}
				if !yield(s) {
					return
				}
			}
		}
	}
}

var offices = []string{"Ministry of Defence", "Government", "Red Cross", "Opposition", "Port Authority", "Observers", "Workers Union", "Mission", "News Agency", "Coalition"}

var syllables = strings.Fields("ba ber cor dan del dra fen gor hal har is ka kel kor la lem lin mar mel mir nor ol or pa pel rav rin ros sal sar sel tar tem tol um va vel ver vor yar za zel zor")

// name makes a name of two or three syllables.
func name(r *rand.Rand) string {
	var b strings.Builder
	for range 2 + r.IntN(2) {
		b.WriteString(syllables[r.IntN(len(syllables))])
	}
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

// fact is something that the statements about an event can state, in one of
// two versions that cannot both be true.
type fact struct {
	key      string
	versions [2][]string // the ways of saying each
}

// kinds of event: what it is called, and its facts. {place}, {site}, {n} and
// {m} are filled in for each event; {n} and {m} are two different figures.
var kinds = []struct {
	noun  string
	facts []fact
}{
	{"the shelling of {site} in {place}", []fact{
		{"dead", [2][]string{{"{n} people were killed in {place}.", "The shelling of {site} killed {n} people."}, {"{m} people were killed in {place}.", "The shelling of {site} killed {m} people."}}},
		{"order", [2][]string{{"The army shelled {site} without warning.", "No warning was given before the army shelled {site}."}, {"The army warned the people of {site} before it fired.", "A warning was given to the people of {site} an hour before."}}},
		{"weapons", [2][]string{{"There were weapons stored in {site}.", "Fighters had stored weapons in {site}."}, {"There were no weapons in {site}.", "No weapons were ever stored in {site}."}}},
		{"ambulances", [2][]string{{"Ambulances reached {place} within an hour.", "The ambulances came to {place} within the hour."}, {"Ambulances were not allowed into {place} until the evening.", "The ambulances were held back from {place} until evening."}}},
		{"talks", [2][]string{{"We demand an independent inquiry into the shelling.", "There must be an independent inquiry into what happened in {place}."}, {"We see no need for an inquiry into the shelling.", "An inquiry into what happened in {place} is not needed."}}},
	}},
	{"the sinking of the ferry {site} off {place}", []fact{
		{"dead", [2][]string{{"{n} passengers drowned off {place}.", "The sinking cost {n} passengers their lives."}, {"{m} passengers drowned off {place}.", "The sinking cost {m} passengers their lives."}}},
		{"aboard", [2][]string{{"The {site} carried more passengers than it was allowed to.", "The ferry {site} was overloaded."}, {"The {site} did not carry more passengers than it was allowed to.", "The ferry {site} was not overloaded."}}},
		{"boats", [2][]string{{"The lifeboats of the {site} could not be lowered.", "No lifeboat of the {site} was lowered."}, {"All lifeboats of the {site} were lowered in time.", "The crew lowered every lifeboat of the {site}."}}},
		{"inspection", [2][]string{{"The {site} had passed its inspection in spring.", "Inspectors had passed the {site} in spring."}, {"The {site} had failed its inspection in spring.", "Inspectors had failed the {site} in spring."}}},
		{"help", [2][]string{{"The coast guard of {place} arrived after {n} minutes.", "It took the coast guard {n} minutes to arrive."}, {"The coast guard of {place} arrived after {m} minutes.", "It took the coast guard {m} minutes to arrive."}}},
	}},
	{"the closing of the {site} mine in {place}", []fact{
		{"jobs", [2][]string{{"{n} workers of the {site} mine lost their jobs.", "The closing costs {n} jobs in {place}."}, {"{m} workers of the {site} mine lost their jobs.", "The closing costs {m} jobs in {place}."}}},
		{"profit", [2][]string{{"The {site} mine made a profit last year.", "Last year the {site} mine was profitable."}, {"The {site} mine made a loss last year.", "Last year the {site} mine was not profitable."}}},
		{"notice", [2][]string{{"The workers were told in good time.", "The workers of {place} were informed in good time."}, {"The workers were not told until the last day.", "The workers of {place} were informed on the last day only."}}},
		{"water", [2][]string{{"The river at {place} is clean.", "The water of the river at {place} is clean."}, {"The mine has poisoned the river at {place}.", "Poison from the {site} mine is in the river at {place}."}}},
		{"buyers", [2][]string{{"A buyer for the {site} mine was turned away.", "The owner refused an offer for the {site} mine."}, {"Nobody made an offer for the {site} mine.", "There was never a buyer for the {site} mine."}}},
	}},
	{"the election in {place}", []fact{
		{"turnout", [2][]string{{"{n} percent of the voters of {place} took part.", "Turnout in {place} was {n} percent."}, {"{m} percent of the voters of {place} took part.", "Turnout in {place} was {m} percent."}}},
		{"observers", [2][]string{{"Observers were admitted to every polling station.", "Every polling station in {place} was open to observers."}, {"Observers were turned away from polling stations.", "Polling stations in {place} were closed to observers."}}},
		{"boxes", [2][]string{{"Ballot boxes disappeared from {site} Street.", "Ballot boxes were stolen from {site} Street."}, {"No ballot box disappeared from {site} Street.", "Every ballot box of {site} Street was counted."}}},
		{"fair", [2][]string{{"The election in {place} was free and fair.", "This was a fair election."}, {"The election in {place} was neither free nor fair.", "This was not a fair election."}}},
		{"recount", [2][]string{{"We call for a recount in {place}.", "The votes of {place} must be counted again."}, {"A recount in {place} is not needed.", "There is no reason to count the votes of {place} again."}}},
	}},
}

// event makes the statements about one event. CopyOf holds how many statements
// back the original is.
func event(r *rand.Rand, number int, parties []string, mean int) []Statement {
	k := kinds[r.IntN(len(kinds))]
	n := 3 + r.IntN(90)
	fill := strings.NewReplacer("{place}", name(r), "{site}", name(r), "{n}", fmt.Sprint(n), "{m}", fmt.Sprint(n+1+r.IntN(40)))
	begin := time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, number/4)
	id := fmt.Sprintf("e%05d", number)
	count := 2 + r.IntN(2*mean-3)
	who := r.Perm(len(parties))
	var out []Statement
	for i := range count {
		p := parties[who[i%len(who)]]
		day := begin.AddDate(0, 0, r.IntN(4))
		s := Statement{Party: p, Date: day.Format(time.DateOnly), Event: id, Facts: map[string]int{}}
		if i > 0 && r.IntN(10) == 0 { // a near-copy: another outlet, one sentence more
			back := 1 + r.IntN(i)
			original := out[i-back]
			s.Text = fmt.Sprintf("%s\n\nThis text was sent to us by %s.\n", strings.TrimSuffix(original.Text, "\n"), original.Party)
			s.Title, s.Facts = original.Title, original.Facts
			s.CopyOf = fmt.Sprint(back)
			out = append(out, s)
			continue
		}
		s.Title = strings.ToUpper(p[:1]) + p[1:] + " on " + fill.Replace(k.noun)
		text := []string{fmt.Sprintf("The %s speaks today about %s on %s.", p, fill.Replace(k.noun), begin.Format("2 January 2006"))}
		for _, j := range r.Perm(len(k.facts)) {
			f := k.facts[j]
			if r.IntN(5) == 0 {
				continue // silent
			}
			version := 0
			if r.IntN(3) == 0 {
				version = 1
			}
			s.Facts[f.key] = version
			ways := f.versions[version]
			text = append(text, fill.Replace(ways[r.IntN(len(ways))]))
		}
		s.Text = strings.Join(text, " ") + "\n"
		out = append(out, s)
	}
	return out
}
