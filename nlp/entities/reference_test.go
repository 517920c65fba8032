package entities

import (
	"strings"
	"testing"

	"counterclaim/nlp/segment"
	"counterclaim/nlp/syntax"
)

// references says what a word of a statement stands for: the key of its
// mention, or nothing where no rule can be sure. The word is written between
// brackets in the text.
var references = []struct{ speaker, text, key string }{
	// The speaker.
	{"velmora", "[We] did not open fire.", "party:velmora"},
	{"velmora", "The shells fell on [our] villages.", "party:velmora"},
	{"velmora", "[Our forces] returned fire at dawn.", "party:velmora"},
	{"velmora", "[Our armed forces] returned fire at dawn.", "party:velmora"},
	{"velmora", "[My Government] rejects the charge.", "party:velmora"},
	{"velmora", "[My delegation] rejects the charge.", "party:velmora"},
	{"velmora", "They attacked [us] without warning.", "party:velmora"},
	{"velmora", "Peace matters to [my country] above all.", "party:velmora"},
	{"halden", "[The company] denies that any crew was at fault.", "party:halden"},
	{"mission", "[The Mission] counted 12 violations.", "party:mission"},
	// The other side.
	{"velmora", "[The other side] broke the truce.", ""}, // of two others, who?
	{"velmora", "Ostria moved its guns. [It] then opened fire.", "party:ostria"},
	{"velmora", "Ostria moved [its] guns.", "party:ostria"},
	{"velmora", "Ostria knows the facts. [That country] moved its guns.", "party:ostria"},
	{"velmora", "We asked Ostria for an answer, but [that state] kept silent.", "party:ostria"},
	{"velmora", "Ostria broke the truce. [The Ostrian side] has not explained why.", "party:ostria"},
	{"velmora", "[Ostrian forces] crossed the river.", "party:ostria"},
	{"velmora", "[The Ostrian authorities] said nothing.", "party:ostria"},
	{"velmora", "The government of Ostria met on Monday. [It] took no decision.", "party:ostria"},
	// Persons.
	{"velmora", "President Anna Keller spoke first. [She] denied the attack.", "keller"},
	{"velmora", "President Anna Keller spoke first. [The President] denied the attack.", "keller"},
	{"velmora", "General Tomas Brandt gave the order, and [he] knew the risk.", "brandt"},
	{"velmora", "Foreign Minister Ilse Moor met Prime Minister Jon Hale. [The Foreign Minister] left early.", "moor"},
	{"velmora", "Prime Minister Jon Hale spoke. [The Prime Minister] left early.", "hale"},
	{"velmora", "Anna Keller met Tomas Brandt. [The former] spoke of peace.", "keller"},
	{"velmora", "Anna Keller met Tomas Brandt. [The latter] spoke of war.", "brandt"},
	{"velmora", "Anna Keller met [her] generals.", "keller"},
	{"velmora", "Mr. Brandt was there. [Brandt] saw it all.", "brandt"},
	{"velmora", "Tomas Brandt blamed [himself].", "brandt"},
	// Organizations and things.
	{"velmora", "The Northern Rivers Authority wrote to us. [The Authority] wants access.", "northern rivers authority"},
	{"velmora", "The Northern Rivers Authority (NRA) wrote to us. [NRA] staff want access.", "northern rivers authority"},
	{"velmora", "The World Health Organization sent a team. [The organization] wants access.", "world health organization"},
	{"velmora", "The Lisbon Treaty of 2007 binds both. [The Treaty] forbids it.", "lisbon treaty of 2007"},
	{"velmora", "Ostria and Germany signed. [The latter] ratified it at once.", "country:DEU"},
	{"velmora", "Ostria and Germany signed. [The former] ratified it at once.", "party:ostria"},
	{"velmora", "The shells hit Oltava. [The town] burned for two days.", "oltava"},
	{"velmora", "The shells hit Oltava. Three people died [there].", "oltava"},
	{"velmora", "Halden Shipping refused. [The company] gave no reason.", "party:halden"},
	// Nothing.
	{"velmora", "[It] is clear that the truce failed.", ""},
	{"velmora", "[It] rained all night in Oltava.", ""},
	{"velmora", "Ostria fired first. “[We] had no choice,” its general said.", ""},
	{"velmora", "[There] were no survivors in Oltava.", ""},
	{"velmora", "The shells hit Oltava. [There] were no survivors.", ""},
}

func TestReferences(t *testing.T) {
	parties := []Party{
		{ID: "velmora", Name: "Republic of Velmora", Aliases: []string{"Velmora"}},
		{ID: "ostria", Name: "Kingdom of Ostria", Aliases: []string{"Ostria"}},
		{ID: "mission", Name: "Border Observation Mission"},
		{ID: "halden", Name: "Halden Shipping plc", Aliases: []string{"Halden Shipping"}},
	}
	for _, c := range references {
		at := strings.Index(c.text, "[")
		end := strings.Index(c.text, "]") - 1
		text := strings.NewReplacer("[", "", "]", "").Replace(c.text)
		var sentences [][]syntax.Token
		for _, s := range segment.Sentences(text) {
			sentences = append(sentences, syntax.Tokenize(text[s.Start:s.End], s.Start))
		}
		syntax.ParseAll(sentences)
		got := ""
		for _, es := range NewResolver(parties).ForStatement(c.speaker).FindAll(sentences) {
			for _, e := range es {
				if e.Start >= at && e.Start < end && e.End <= end && got == "" || e.Start == at && e.End == end {
					got = e.Key
				}
			}
		}
		if got != c.key {
			t.Errorf("%s: got %q, want %q", c.text, got, c.key)
		}
	}
}
