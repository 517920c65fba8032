package entities

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"counterclaim/nlp/syntax"
)

// The parties of the tests; the first two are states.
var testParties = []Party{
	{ID: "velmora", Name: "Republic of Velmora", Aliases: []string{"Velmora", "Velmoran", "the Republic"}},
	{ID: "ostria", Name: "Kingdom of Ostria", Aliases: []string{"Ostria", "the Ostrian side"}},
	{ID: "mission", Name: "Frontier Observation Mission", Aliases: []string{"FOM", "the observers"}},
	{ID: "france", Name: "France", Aliases: []string{"Paris"}},
}

// sentences cuts a test text at newlines.
func sentences(text string) [][]syntax.Token {
	var out [][]syntax.Token
	at := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		if strings.TrimSpace(line) != "" {
			out = append(out, syntax.Tokenize(line, at))
		}
		at += len(line)
	}
	return out
}

// find lists the mentions of the last sentence as "words = key".
func find(speaker, text string) []string {
	st := NewResolver(testParties).ForStatement(speaker)
	var last []Entity
	for _, tokens := range sentences(text) {
		last = st.Find(tokens)
	}
	var out []string
	for _, e := range last {
		out = append(out, e.Text+" = "+e.Key)
	}
	return out
}

func TestFind(t *testing.T) {
	tests := []struct {
		reason  string
		speaker string
		text    string
		want    string // of these one per line, all must be found
		not     string // words that must be no mention
	}{
		{"a party by its alias", "velmora", "Shells fell on Velmora again.", "Velmora = party:velmora", ""},
		{"a formal name", "ostria", "It lies in the Republic of Velmora.", "Republic of Velmora = party:velmora", ""},
		{"a demonym in the aliases", "ostria", "Then Velmoran troops crossed.", "Velmoran = party:velmora", ""},
		{"a demonym by a regular ending", "velmora", "Then Ostrian troops crossed.", "Ostrian = party:ostria", ""},
		{"a plural demonym", "velmora", "Two Ostrians were hurt.", "Ostrians = party:ostria", ""},
		{"an alias written small needs its article", "velmora", "They saw what the observers saw.", "observers = party:mission", ""},
		{"an alias written small without article", "velmora", "There were observers everywhere.", "", "observers"},
		{"an acronym must be in capitals", "velmora", "The fom was there.", "", "fom"},
		{"a country that is a party", "velmora", "The French envoy left.", "French = party:france", ""},
		{"a country that is none", "velmora", "The envoy of Germany met the Dutch one.", "Germany = country:DEU\nDutch = country:NLD", ""},
		{"we is the speaker", "velmora", "After that we withdrew.", "we = party:velmora", ""},
		{"our forces are the speaker", "ostria", "Then our armed forces withdrew.", "our armed forces = party:ostria", ""},
		{"our house is not", "ostria", "Then our houses burnt.", "our = party:ostria", "our houses"},
		{"we in quotation marks is someone else", "velmora", "He said: “We fired.”", "", "We"},
		{"after the quotation it is the speaker again", "velmora", "He said: “We fired.” Yet we did not.", "we = party:velmora", ""},
		{"US is no pronoun", "velmora", "The US agreed.", "US = country:USA", ""},
		{"nobody is meant without a speaker", "", "We withdrew.", "", "We"},
		{"an acronym that the statement introduces", "velmora", "The Seven Lands Frontier Agency (SLFA) came.\nThe SLFA left.", "SLFA = seven lands frontier agency", ""},
		{"a description by its head word", "velmora", "The Seven Lands Frontier Agency (SLFA) came.\nThe Agency left.", "The Agency = seven lands frontier agency", ""},
		{"a description of a party by its head word", "velmora", "Then the Mission left.", "the Mission = party:mission", ""},
		{"an organ and its state in any order", "velmora", "The Ministry of Defence of Germany said so.", "Ministry of Defence of Germany = ministry of defence @ country:DEU", ""},
		{"an organ and the formal name of its state", "velmora", "The Ministry of Foreign Affairs of the Republic of Velmora said so.", "Ministry of Foreign Affairs of the Republic of Velmora = ministry of foreign affairs @ party:velmora", ""},
		{"an organ of the United Nations", "velmora", "The UN Security Council met.", "UN Security Council = security council", ""},
		{"a title alone", "velmora", "They wrote to the Secretary-General.", "Secretary-General = secretary general", ""},
		{"a double name", "velmora", "They wrote to Mr. Varga-Leith.", "Mr. Varga-Leith = varga-leith", ""},
		{"a hyphen is no part of a name", "velmora", "It ended the Germany-Ostria conflict.", "Germany = country:DEU", "Germany-"},
		{"its with two that could be meant", "", "Germany agreed.\nLater Ostria kept its word.", "", "its"},
		{"a town with its country", "velmora", "They met in Lahore, Pakistan.", "Lahore, Pakistan = lahore\nPakistan = country:PAK", ""},
		{"a list of countries", "velmora", "They met in Germany, Pakistan and Oman.", "Germany = country:DEU\nPakistan = country:PAK", "Germany, Pakistan"},
		{"an organ with a demonym", "velmora", "The German Ministry of Defence said so.", "German Ministry of Defence = ministry of defence @ country:DEU", ""},
		{"an organ alone is the speaker's", "velmora", "The Ministry of Defence said so.", "Ministry of Defence = ministry of defence @ party:velmora", ""},
		{"the last words of a party's name", "ostria", "Then the Observation Mission left.", "Observation Mission = party:mission", ""},
		{"an organization by its last word", "ostria", "They asked the Lauhamo Foundation for money.", "Lauhamo Foundation = lauhamo foundation", ""},
		{"a numbered unit", "ostria", "It was held by the 9th Battery then.", "9th Battery = 9th battery", ""},
		{"a company with and without its legal form", "ostria", "They asked Dravanger Holdings Ltd for money.", "Dravanger Holdings Ltd = dravanger holdings", ""},
		{"a person with a title", "velmora", "On Monday Lt. Col. A. Brown spoke.", "Lt. Col. A. Brown = brown", ""},
		{"a person by the family name", "velmora", "On Monday Mr. Brown spoke.", "Mr. Brown = brown", ""},
		{"he is the last subject that is a person", "velmora", "Major Iskan Torbay gave the order.\nLater he left.", "he = torbay", ""},
		{"a document by its symbol", "velmora", "See document S/2014/136 of today.", "S/2014/136 = s/2014/136", ""},
		{"a numbered resolution", "velmora", "It broke resolution 1374 (2030) twice.", "resolution 1374 (2030) = resolution 1374 2030", ""},
		{"an article of a treaty", "velmora", "It broke Article 51 of the Charter of the United Nations.", "Article 51 of the Charter of the United Nations = article 51 of the charter of the united nations", ""},
		{"an accord by its year", "velmora", "It broke the 2029 accord.", "2029 accord = 2029 accord", ""},
		{"the other side of a case of more than two", "velmora", "It was the other side.", "", "the other side"},
		{"expletive it", "velmora", "Ostria lied.\nIt is clear that nobody came.", "", "It"},
		{"a heading in capitals", "velmora", "STATEMENT OF THE REPUBLIC OF VELMORA TODAY", "REPUBLIC OF VELMORA = party:velmora", "STATEMENT"},
		{"an ordinary word with a capital", "velmora", "Nobody left. Splinters flew.", "", "Splinters"},
		{"rival spellings of the gazetteer", "velmora", "They went to Kharkiv.", "Kharkiv = kharkov", ""},
		{"an adjective of a place", "velmora", "The Crimean towns are quiet.", "Crimean = crimea", ""},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			got := strings.Join(find(tt.speaker, tt.text), "\n") + "\n"
			for _, w := range strings.Split(tt.want, "\n") {
				if !strings.Contains("\n"+got, "\n"+w+"\n") && w != "" {
					t.Errorf("%q: %q is missing in\n%s", tt.text, w, got)
				}
			}
			if tt.not != "" && strings.Contains("\n"+got, "\n"+tt.not+" = ") {
				t.Errorf("%q: %q is a mention:\n%s", tt.text, tt.not, got)
			}
		})
	}
}

func TestOpponent(t *testing.T) {
	st := NewResolver(testParties[:2]).ForStatement("velmora")
	es := st.Find(syntax.Tokenize("It was the other side that fired.", 0))
	if len(es) != 1 || es[0].Key != "party:ostria" || es[0].Text != "the other side" {
		t.Errorf("got %+v", es)
	}
}

// TestTypes checks the types of names that general knowledge settles.
func TestTypes(t *testing.T) {
	for text, want := range map[string]Type{
		"He works for the Ministry of Health in town.":  Organization,
		"They signed the Treaty of Oltava together.":    Document,
		"He crossed the river to Germany at noon.":      Place,
		"On Friday President Ana Brown spoke.":          Person,
		"They fought in the Battle of Oltava together.": Event,
	} {
		es := Names(syntax.Tokenize(text, 0))
		if len(es) == 0 || es[0].Type != want {
			t.Errorf("%q: got %+v, want %s", text, es, want)
		}
	}
}

func TestPlaceList(t *testing.T) {
	text := "They left the Kalbajar, Aghdam and Lachin districts."
	for _, es := range NamesAll(sentences(text)) {
		if len(es) != 3 {
			t.Errorf("%d names in %q: %v", len(es), text, es)
		}
		for _, e := range es {
			if e.Type != Place {
				t.Errorf("%q is a %s", e.Text, e.Type)
			}
		}
	}
}

// TestOrder: statements do not influence each other, and the parties' order
// does not matter where they share no name.
func TestOrder(t *testing.T) {
	text := "The Ministry of Defence of Velmora warned Ostria, and the observers saw it."
	want := fmt.Sprint(find("ostria", text))
	turned := []Party{testParties[3], testParties[2], testParties[1], testParties[0]}
	st := NewResolver(turned).ForStatement("ostria")
	var got []string
	for _, e := range st.Find(syntax.Tokenize(text, 0)) {
		got = append(got, e.Text+" = "+e.Key)
	}
	if fmt.Sprint(got) != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

// check reports what is wrong with the mentions of a sentence.
func check(text string, es []Entity) error {
	for i, e := range es {
		switch {
		case e.Start < 0 || e.End > len(text) || e.Start >= e.End:
			return fmt.Errorf("mention %d: offsets %d:%d of %d", i, e.Start, e.End, len(text))
		case e.HeadStart < e.Start || e.HeadEnd > e.End || e.HeadStart >= e.HeadEnd:
			return fmt.Errorf("mention %d: head %d:%d outside %d:%d", i, e.HeadStart, e.HeadEnd, e.Start, e.End)
		case e.Key == "":
			return fmt.Errorf("mention %d %q: no key", i, e.Text)
		case i > 0 && (es[i-1].Start > e.Start || es[i-1].Start == e.Start && es[i-1].End < e.End):
			return fmt.Errorf("mention %d: out of order", i)
		case utf8.ValidString(text) && visible(text[e.Start:e.End]) != visible(e.Text):
			return fmt.Errorf("mention %d: %q is %q in the text", i, e.Text, text[e.Start:e.End])
		}
	}
	return nil
}

// visible leaves out what may stand between two tokens.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsGraphic(r) {
			return -1
		}
		return r
	}, s)
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"The Ministry of Foreign Affairs of the Republic of Velmora (MFA) met Lt. Col. A. Brown in Ostria on 5 May.",
		"S/2014/136, A/78/5/Rev.1; resolution 1374 (2030)", "It said that its forces, the other side's, left.",
		"“We fired,” he said. US us I i", "((((((((((", "\x00\xff\xfe", "X's's 's of the of of the The", "",
		"VELMORA'S 14TH BRIGADE AND NURSES' UNION", strings.Repeat("Velmora of the ", 50),
	} {
		f.Add(s)
	}
	r := NewResolver(testParties)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 10000 {
			return
		}
		st := r.ForStatement("velmora")
		for range 2 {
			if err := check(text, st.Find(syntax.Tokenize(text, 0))); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
		}
		for _, es := range NamesAll([][]syntax.Token{syntax.Tokenize(text, 0)}) {
			for _, e := range es {
				if e.Start < 0 || e.End > len(text) || e.Start >= e.End || e.Type == "" {
					t.Fatalf("%q: %+v", text, e)
				}
			}
		}
	})
}

// TestLinearTime: a line eight times as long takes not much more than eight times
// as long.
func TestLinearTime(t *testing.T) {
	r := NewResolver(testParties)
	spent := func(text string) time.Duration {
		tokens := syntax.Tokenize(text, 0)
		best := time.Hour
		for range 2 { // the better of two: others compute too
			start := time.Now()
			r.ForStatement("velmora").Find(tokens)
			best = min(best, time.Since(start))
		}
		return best
	}
	for _, piece := range []string{"(", "Velmora of the ", "A.", "we ", "The Agency ", "Abc ", "Ministry of ", "Treaty of the Abc ", "Mr. ", "the Board ", "it ", "14th Brigade ", "A/1", "Abc (", "\xff", "X's "} {
		short := spent(strings.Repeat(piece, 1000))
		if long := spent(strings.Repeat(piece, 8000)); long > 40*short+200*time.Millisecond {
			t.Errorf("%q: %v for 1,000, %v for 8,000", piece, short, long)
		}
	}
}

var benchText = "The Ministry of Foreign Affairs of the Republic of Velmora informed the Seven Lands Frontier Agency (SLFA) that on 5 May Ostrian troops " +
	"led by Lt. Col. A. Brown had crossed the river near Oltava, in breach of Article 4 of the 2029 accord, and that our forces returned fire."

func BenchmarkFind(b *testing.B) {
	tokens := syntax.Tokenize(benchText, 0)
	r := NewResolver(testParties)
	b.ReportAllocs()
	b.ReportMetric(float64(len(tokens)), "tokens/op")
	for b.Loop() {
		r.ForStatement("velmora").Find(tokens)
	}
}
