package nlp

import (
	"slices"
	"strings"
	"testing"

	"counterclaim/nlp/entities"
)

func TestTypes(t *testing.T) {
	tests := []struct {
		text string
		want Type
	}{
		{"Velmora must withdraw its troops from the valley at once", Demand},
		{"We will rebuild every house that was destroyed", Commitment},
		{"The treaty is binding on both states under international law", Legal},
		{"At 10 a.m. a truck crossed the bridge", Fact},
		{"The allegation that we used gas is false", Denial},
		{"It was a magnificent day for our country", Evaluation},
	}
	for _, tt := range tests {
		d := AnalyzeClaim(tt.text, Options{})
		c := d.Claims[0]
		if c.Type != tt.want {
			t.Errorf("%q is %s (%v), want %s", tt.text, c.Type, c.TypeReasons, tt.want)
		}
		if len(c.TypeReasons) == 0 || len(c.TypeReasons) > reasons {
			t.Errorf("%q: reasons %v", tt.text, c.TypeReasons)
		}
		sum := 0.0
		for _, p := range c.TypeProbabilities {
			sum += p
		}
		if sum < 0.999 || sum > 1.001 || c.TypeProbability < 1./float64(len(Types)) || c.TypeProbability > 1 {
			t.Errorf("%q: probabilities %v, of the type %g", tt.text, c.TypeProbabilities, c.TypeProbability)
		}
		for _, r := range c.TypeReasons {
			if strings.HasPrefix(r.Name, encoderTrait) && r.Name != encoderTrait+string(c.Type) {
				t.Errorf("%q: another type is a reason: %v", tt.text, c.TypeReasons)
			}
		}
	}
}

// Who speaks is part of what a type is told by.
func TestTypeFeaturesKnowTheParties(t *testing.T) {
	names := entities.NewResolver([]entities.Party{{ID: "velmora", Name: "Velmora"}, {ID: "ostria", Name: "Ostria"}})
	for party, want := range map[string]string{"velmora": "subject speaker", "ostria": "subject other party", "": "subject other party"} {
		d := AnalyzeClaim("Velmora will pay for the damage", Options{Party: party, Names: names})
		var have []string
		for _, f := range d.TypeFeatures(&d.Claims[0]) {
			have = append(have, f.Name)
		}
		if !slices.Contains(have, want) {
			t.Errorf("%q speaks: no %q in %q", party, want, have)
		}
	}
}
