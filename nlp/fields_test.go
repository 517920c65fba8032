package nlp

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"counterclaim/nlp/claims"
	"counterclaim/nlp/entities"
	"counterclaim/nlp/read"
)

// analysed reads a statement up to its names and values, and analyses the
// claims that are the given words of it.
func analysed(t *testing.T, text, party string, names *entities.Resolver, quotes ...string) []Claim {
	t.Helper()
	r, err := read.Read("statement.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	d := &Document{Text: r.Canonical, Blocks: r.Blocks}
	d.Sentences = sentences(d)
	if names == nil {
		names = entities.NewResolver(nil)
	}
	parse([]*Document{d})
	understand(d, Options{Names: names, Party: party, Date: time.Date(2031, 5, 14, 0, 0, 0, 0, time.UTC)})
	a := newAnalyst(d)
	var out []Claim
	for i, s := range d.Sentences {
		a.read(i)
		for _, q := range quotes {
			at := strings.Index(d.Text[s.Start:s.End], q)
			if at < 0 {
				continue
			}
			c, ok := a.claim(claims.Span{Start: s.Start + at, End: s.Start + at + len(q)})
			if !ok {
				t.Errorf("%q is no claim", q)
			}
			out = append(out, c)
		}
	}
	if len(out) != len(quotes) {
		t.Fatalf("%d of %d quotes found in %q", len(out), len(quotes), text)
	}
	return out
}

// A claim can be read out of its context: pronouns stand with what they mean,
// and times with their date.
func TestFields(t *testing.T) {
	names := entities.NewResolver([]entities.Party{{ID: "ostria", Name: "Ostria"}, {ID: "union", Name: "Dockers' Union"}})
	for _, c := range []struct{ text, party, quote, field, want string }{
		{"Ostria shelled the town. It denied the attack.", "", "It denied the attack", "actor", "Ostria"},
		{"The operator opened the gates. It had warned the villagers.", "", "It had warned the villagers", "actor", "It (The operator)"},
		{"We have withdrawn our troops.", "ostria", "We have withdrawn our troops", "actor", "Ostria"},
		{"We have withdrawn our troops.", "ostria", "We have withdrawn our troops", "patient", "Ostria's troops"},
		{"We have withdrawn our troops.", "", "We have withdrawn our troops", "actor", "We"},
		{"The convoy reached Lisbon at noon. Three drivers died there.", "", "Three drivers died there", "place", "Lisbon"},
		{"The Border Agency met on Monday. The agency called a strike.", "", "The agency called a strike", "actor", "Border Agency"},
		{"The port closed on 4 May 2031. Two days later the strike ended.", "", "the strike ended", "time", "Two days later (2031-05-06)"},
		{"The port closed on 4 May.", "", "The port closed on 4 May", "time", "4 May (2031-05-04)"},
		{"The port closed on 4 May 2031.", "", "The port closed on 4 May 2031", "time", "4 May 2031"},
		{"Attacks grew this year in April.", "", "Attacks grew this year in April", "time", "this year in April (2031-04)"},
		// A time before the claim dates it, and what is coordinated with it.
		{"On 4 May 2031 the guards shut the gate and arrested the driver.", "", "arrested the driver", "time", "4 May 2031"},
		{"The envoys visited the dam on 16 April.", "", "The envoys visited the dam on 16 April", "place", ""},
		{"The mission says that the minister claims that the bridge collapsed.", "", "the bridge collapsed", "source", "the minister"},
		{"The mission says that the minister claims that the bridge collapsed.", "", "the bridge collapsed", "sources", "the minister; The mission"},
	} {
		got := analysed(t, c.text, c.party, names, c.quote)[0]
		if f := map[string]string{
			"actor": got.Actor, "patient": got.Patient, "time": got.Time, "place": got.Place, "source": got.Source, "sources": strings.Join(got.Sources, "; "),
		}[c.field]; f != c.want {
			t.Errorf("%q: %s of %q is %q, want %q", c.text, c.field, c.quote, f, c.want)
		}
	}
	c := analysed(t, "The port closed on 4 May.", "", nil, "The port closed")[0]
	if day := time.Date(2031, 5, 4, 0, 0, 0, 0, time.UTC); !c.TimeFrom.Equal(day) || !c.TimeTo.Equal(day.AddDate(0, 0, 1)) {
		t.Errorf("from %v to %v", c.TimeFrom, c.TimeTo)
	}
}

// An annex is another's only if another speaks in it.
func TestAnnexOfTheSpeaker(t *testing.T) {
	const letter = "# Letter dated 3 May 2031 from the Permanent Representative of Azerbaijan to the President of the Assembly\n\n" +
		"I have the honour to send a statement.\n\n## Annex to the letter dated 3 May 2031\n\n### Statement of the %s\n\nNobody fired on the bridge. The guards closed the gate.\n"
	names := entities.NewResolver([]entities.Party{{ID: "az", Name: "Azerbaijan"}, {ID: "am", Name: "Armenia"}})
	for _, c := range []struct {
		who   string
		party string
		names *entities.Resolver
		own   bool
	}{
		{"Ministry of Foreign Affairs of the Republic of Azerbaijan", "az", names, true},
		{"Ministry of Foreign Affairs of the Republic of Azerbaijan", "", nil, true},
		{"Ministry of Foreign Affairs of Armenia", "az", names, false},
		{"Ministry of Foreign Affairs of Armenia", "", nil, false},
		{"Ministry of Foreign Affairs of the Republic of Azerbaijan", "am", names, false},
	} {
		text, err := read.Read("letter.md", fmt.Appendf(nil, letter, c.who))
		if err != nil {
			t.Fatal(err)
		}
		d := Analyze(text, Options{Party: c.party, Names: c.names})
		named := 0
		for _, claim := range d.Claims {
			if strings.HasPrefix(claim.Source, "Statement of") {
				named++
			}
		}
		if c.own != (named == 0) || len(d.Claims) == 0 {
			t.Errorf("%s, spoken by %q: %d of %d claims are another's", c.who, c.party, named, len(d.Claims))
		}
	}
}
