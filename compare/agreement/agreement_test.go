package agreement

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// columns makes units of the labels of coders, one letter a unit; - is none.
func columns(coders ...string) []Unit {
	units := make([]Unit, len(coders[0]))
	for _, c := range coders {
		for i, r := range strings.Split(c, "") {
			if r == "-" {
				r = ""
			}
			units[i] = append(units[i], r)
		}
	}
	return units
}

// Three coders, drawn at random. The figures for them below are those of the
// Python packages krippendorff 0.9.0 and scikit-learn 1.9.1 (cohen_kappa_score).
const (
	first  = "fcnaaafacaannacanaacanacacfncafcacfaaacnnfnnffcccafnfnfaancf"
	second = "fcnafafaafannncanaacancnaafncafcfcfaaacncfnnffacnafnfnnaancf"
	third  = "-cnna-facn-nnfc-nfac-nafa-fcnc-canf-affn-fnna-aaca-ffnf-cacc"
)

func TestMeasures(t *testing.T) {
	// Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", the
	// nominal data of four observers: 0.743.
	krippendorff := columns("123321412---", "1233224125-3", "-3332342251-", "12332441251-")
	drawn := columns(first, second, third)
	tests := []struct {
		name string
		got  Figure
		want float64
	}{
		{"alpha of Krippendorff's example", Alpha(krippendorff), 0.743421052631579},
		{"alpha of three", Alpha(drawn), 0.5629520365435858},
		{"alpha of two", Alpha(columns(first, second)), 0.7320322762244322},
		{"kappa", Kappa(drawn, 0, 1), 0.7304380381879445},
		{"kappa with gaps", Kappa(drawn, 0, 2), 0.5002891844997108},
		{"no disagreement", Alpha(columns("abab", "abab")), 1},
		{"percent", Percent(columns("aabb", "abb-"), 0, 1), 2.0 / 3},
		{"kappa by hand", Kappa(columns("aabb", "abbb"), 0, 1), 0.5},
	}
	for _, tt := range tests {
		if !tt.got.OK || math.Abs(tt.got.Value-tt.want) > 1e-12 {
			t.Errorf("%s: %+v, want %v", tt.name, tt.got, tt.want)
		}
		if tt.got.Low > tt.got.Value || tt.got.High < tt.got.Value {
			t.Errorf("%s: %+v lies outside its interval", tt.name, tt.got)
		}
	}
	for name, f := range map[string]Figure{
		"one label only":    Alpha(columns("aaa", "aaa")),
		"nothing in common": Kappa(columns("aa--", "--aa"), 0, 1),
		"no units":          Alpha(nil),
	} {
		if f.OK || f.Value != 0 {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// Figures do not depend on the order of units or, but for the sides of a
// kappa, of coders.
func TestOrder(t *testing.T) {
	label := rapid.SampledFrom([]string{"", "a", "b", "c"})
	rapid.Check(t, func(t *rapid.T) {
		var units, turned []Unit
		for range rapid.IntRange(0, 12).Draw(t, "units") {
			u := Unit{label.Draw(t, "x"), label.Draw(t, "y"), label.Draw(t, "z")}
			units = append(units, u)
			turned = append([]Unit{u}, turned...)
		}
		if a, b := Alpha(units), Alpha(turned); a != b || a.OK && a.Value > 1 {
			t.Fatalf("%+v and %+v", a, b)
		}
		if a, b := Kappa(units, 0, 2), Kappa(turned, 0, 2); a != b || a.OK && (a.Value > 1 || a.Value < -1) {
			t.Fatalf("%+v and %+v", a, b)
		}
	})
}
