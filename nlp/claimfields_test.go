package nlp

import (
	"strings"
	"testing"

	"counterclaim/nlp/entities"
	"counterclaim/nlp/read"
)

// What a careful reader notes of a claim. Empty fields are not looked at; "-"
// wants nothing.
var claimFields = []struct {
	text, claim                  string // claim: words of the text; empty for all of it
	polarity, certainty, sources string // sources: " > " between them
	actor, patient, recipient    string
}{
	{"No one was hurt.", "", "negative", "certain", "-", "", "No one", ""},
	{"The ministry failed to warn the town.", "", "negative", "certain", "-", "The ministry", "the town", ""},
	{"The report is far from being complete.", "", "negative", "certain", "-", "The report", "", ""},
	{"The rebels never reached the bridge.", "", "negative", "certain", "", "The rebels", "the bridge", ""},
	{"Neither side fired.", "", "negative", "", "", "Neither side", "", ""},
	{"Hardly anyone believed the minister.", "", "negative", "", "", "", "the minister", ""},
	{"Not only did they burn the mill, they killed the miller.", "they killed the miller", "positive", "certain", "", "they", "the miller", ""},
	{"Not a single shot was fired.", "", "negative", "certain", "", "", "", ""},
	{"The army denied shelling the village.", "", "negative", "", "", "The army", "the village", ""},
	{"He refused to sign the treaty.", "", "negative", "certain", "", "He", "the treaty", ""},
	{"The guards did not fail to warn us.", "", "positive", "", "", "The guards", "", ""},
	{"The talks ended without agreement.", "", "", "certain", "", "The talks", "", ""},
	{"Without warning the crew, the owner sold the ship.", "Without warning the crew", "negative", "", "", "the owner", "the crew", ""},
	{"The court lacked jurisdiction.", "", "negative", "", "", "The court", "jurisdiction", ""},
	{"The company ceased to pay its workers.", "", "negative", "", "", "The company", "its (The company's) workers", ""},
	{"It is not true that the dam broke.", "the dam broke", "negative", "", "", "the dam", "", ""},
	{"No later than Monday the ship left.", "", "positive", "", "", "the ship", "", ""},
	{"Nothing was stolen.", "", "negative", "certain", "", "", "Nothing", ""},
	{"The troops avoided entering the town.", "", "negative", "", "", "The troops", "the town", ""},
	{"Anything but a victory was announced.", "", "", "", "", "", "", ""},
	{"The bridge may have collapsed.", "", "positive", "possible", "", "The bridge", "", ""},
	{"The bridge has probably collapsed.", "", "positive", "probable", "", "The bridge", "", ""},
	{"If the dam breaks, the town will flood.", "the dam breaks", "", "hypothetical", "", "the dam", "", ""},
	{"Ostria should withdraw its troops.", "", "", "", "", "Ostria", "Ostria's troops", ""},
	{"Did the army fire on the crowd?", "", "", "hypothetical", "", "the army", "", ""},
	{"Had we known, we would have come.", "we would have come", "", "hypothetical", "", "Ostria", "", ""},
	{"The soldiers were ordered to fire on the crowd.", "to fire on the crowd", "", "hypothetical", "", "The soldiers", "", ""},
	{"The army planned to cross the river.", "to cross the river", "", "hypothetical", "", "The army", "the river", ""},
	{"Withdraw your troops.", "", "", "hypothetical", "", "", "your troops", ""},
	{"The ship appears to have sunk.", "", "", "probable", "", "The ship", "", ""},
	{"The ship allegedly carried arms.", "", "", "possible", "", "The ship", "arms", ""},
	{"It is possible that the crew drowned.", "the crew drowned", "", "possible", "", "the crew", "", ""},
	{"Unless the fee is paid, the ship stays.", "the fee is paid", "", "hypothetical", "", "", "the fee", ""},
	{"The council demands that the mayor resign.", "the mayor resign", "", "hypothetical", "The council", "the mayor", "", ""},
	{"The rebels could have burned the town.", "", "", "possible", "", "The rebels", "the town", ""},
	{"The ministry said that the dam had broken.", "the dam had broken", "positive", "", "The ministry", "the dam", "", ""},
	{"According to the police, nine people died.", "nine people died", "", "", "the police", "nine people", "", ""},
	{"The mayor said the police claimed that the students threw stones.", "the students threw stones", "", "", "the police > The mayor", "the students", "stones", ""},
	{"The ministry denied that its soldiers had fired.", "its soldiers had fired", "negative", "", "The ministry", "", "", ""},
	{"The dam, engineers warned, would break.", "would break", "", "", "engineers", "", "", ""},
	{"\"The dam will break,\" said the engineer.", "The dam will break", "", "", "the engineer", "The dam", "", ""},
	{"The union accuses the owner of selling the mine.", "selling the mine", "", "", "The union", "the owner", "the mine", ""},
	{"The claim by the rebels that the town fell is false.", "the town fell", "negative", "", "the rebels", "the town", "", ""},
	{"In the words of the judge, the law is dead.", "the law is dead", "", "", "the judge", "the law", "", ""},
	{"It was reported that the ship had sunk.", "the ship had sunk", "", "", "-", "the ship", "", ""},
	{"The minister told the press that taxes would rise.", "taxes would rise", "", "", "The minister", "taxes", "", ""},
	{"We have always said that the treaty is void.", "the treaty is void", "", "", "-", "the treaty", "", ""},
	{"Velmora sent a letter to the Council.", "", "", "", "", "Velmora", "a letter", "the Council"},
	{"The bridge was destroyed by Ostrian artillery.", "", "", "", "", "Ostrian artillery", "The bridge", ""},
	{"The villagers were given food by the army.", "", "", "", "", "the army", "food", "The villagers"},
	{"The destruction of the bridge by the rebels cut the road.", "The destruction of the bridge by the rebels", "", "", "", "the rebels", "the bridge", ""},
	{"Soldiers entered the town and burned the school.", "burned the school", "", "", "", "Soldiers", "the school", ""},
	{"The men who seized the ship fled.", "who seized the ship", "", "", "", "The men", "the ship", ""},
	{"The court ordered the company to pay the workers.", "", "", "", "", "The court", "", "the company"},
	{"Ostria handed the prisoners over to Velmora.", "", "", "", "", "Ostria", "the prisoners", "Velmora"},
	{"The President asked the Assembly to vote.", "", "", "", "", "The President", "", "the Assembly"},
	{"We call on Velmora to open the border.", "", "", "hypothetical", "", "Ostria", "", "Velmora"},
	{"The mine, sold in May, was closed in June.", "sold in May", "", "", "", "", "The mine", ""},
	{"Our forces withdrew from the valley.", "", "", "certain", "-", "Ostria's forces", "", ""},
	{"Velmora blocked the road. It also closed the port.", "It also closed the port", "", "", "", "Velmora", "the port", ""},
}

// misread is how many fields of the table are read wrongly: mostly where the
// tree is wrong. It may only go down.
const misread = 14

func TestClaimFields(t *testing.T) {
	names := entities.NewResolver([]entities.Party{{ID: "velmora", Name: "Velmora"}, {ID: "ostria", Name: "Ostria", Aliases: []string{"Ostrian"}}})
	wrong := 0
	for _, tt := range claimFields {
		text, err := read.Read("statement.txt", []byte(tt.text))
		if err != nil {
			t.Fatal(err)
		}
		d := Analyze(text, Options{Party: "ostria", Names: names})
		words := tt.claim
		if words == "" {
			words = strings.TrimRight(tt.text, ".?!")
		}
		at := strings.Index(d.Text, words)
		c, ok := d.ClaimAt(at, at+len(words), nil)
		if !ok {
			t.Errorf("%q is no claim of %q", words, tt.text)
			continue
		}
		for _, f := range []struct{ name, have, want string }{
			{"polarity", string(c.Polarity), tt.polarity}, {"certainty", string(c.Certainty), tt.certainty},
			{"sources", strings.Join(c.Sources, " > "), tt.sources},
			{"actor", c.Actor, tt.actor}, {"patient", c.Patient, tt.patient}, {"recipient", c.Recipient, tt.recipient},
		} {
			if want := strings.TrimPrefix(f.want, "-"); f.want != "" && !strings.EqualFold(f.have, want) {
				wrong++
				t.Logf("%q in %q: %s %q, want %q", words, tt.text, f.name, f.have, want)
			}
		}
	}
	if wrong != misread {
		t.Errorf("%d fields of %d claims are read wrongly, %d were", wrong, len(claimFields), misread)
	}
}
