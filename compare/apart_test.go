package compare

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"counterclaim/compare/evidence"
	"counterclaim/compare/judge"
	"counterclaim/nlp"
)

func TestKeptApart(t *testing.T) {
	tests := []struct {
		a, b string
		want []string
	}{
		{"On 3 May 2031 the guards opened fire at the gate.", "On 9 June 2029 the guards opened fire at the gate.",
			[]string{"they speak of different times (3 May 2031 / 9 June 2029)"}},
		{"On 3 May 2031 the guards opened fire at the gate.", "In May 2031 the guards opened fire at the gate.", nil},
		{"The guards opened fire at noon.", "The guards opened fire at 16:00.", nil}, // that is the conflict itself
		{"The guards shot nine horses at the gate.", "The guards shot four farmers at the gate.",
			[]string{"the figures count different things (nine / four)"}},
		{"The guards shot nine farmers at the gate.", "The guards shot four farmers at the gate.", nil},
		{"In 2031 the harvest failed.", "In 2029 the minister resigned.", nil}, // not alike
	}
	for _, tt := range tests {
		a, b := nlp.AnalyzeClaim(tt.a, nlp.Options{}), nlp.AnalyzeClaim(tt.b, nlp.Options{})
		x, y := evidence.Prepare(a, &a.Claims[0]), evidence.Prepare(b, &b.Claims[0])
		p := Pair{Evidence: keptApart(&judge.Pair{A: &x, B: &y, Evidence: evidence.Compare(&x, &y)})}
		if diff := cmp.Diff(tt.want, p.Reasons()); diff != "" {
			t.Errorf("%q, %q (-want +got):\n%s", tt.a, tt.b, diff)
		}
	}
}
