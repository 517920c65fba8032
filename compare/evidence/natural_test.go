package evidence_test

import (
	"testing"

	"counterclaim/compare/evidence"
	"counterclaim/nlp"
)

func parts(t *testing.T, text string) evidence.Parts {
	t.Helper()
	d := nlp.AnalyzeClaim(text, nlp.Options{})
	if len(d.Claims) == 0 {
		t.Fatalf("%q makes no claim", text)
	}
	return evidence.Prepare(d, &d.Claims[0])
}

func TestFollow(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b string
		want evidence.Basic
	}{
		{"The red house burned.", "The red house burned.", evidence.Equal},
		{"He bought a car.", "He bought an automobile.", evidence.Equal},
		{"The crew was two hours late.", "The crew was 2 hours late.", evidence.Equal},
		// What is left out upwards follows, what is added does not.
		{"The dog slept.", "The animal slept.", evidence.Narrower},
		{"The animal slept.", "The dog slept.", evidence.Broader},
		{"The dog slept in the yard.", "The dog slept.", evidence.Narrower},
		{"The dog slept.", "The dog slept badly.", evidence.Broader},
		{"A tiny boat sank.", "A small boat sank.", evidence.Narrower},
		// Under a denial or a quantifier that turns it, the other way round.
		{"No animal slept.", "No dog slept.", evidence.Narrower},
		{"No dog slept.", "No animal slept.", evidence.Broader},
		{"The guard did not see a boat.", "The guard did not see a red boat.", evidence.Narrower},
		{"Few guards carried weapons.", "Few guards carried heavy weapons.", evidence.Narrower},
		{"Every guard carried a rifle.", "Every tall guard carried a rifle.", evidence.Narrower},
		{"Every guard carried a rifle.", "Every guard carried a weapon.", evidence.Narrower},
		{"If a ship arrives, the guards leave.", "If a red ship arrives, the guards leave.", evidence.Narrower},
		{"They left without a car.", "They left without a red car.", evidence.Narrower},
		{"They refused to buy a car.", "They refused to buy a red car.", evidence.Narrower},
		// Bounds.
		{"At least five boats sank.", "At least five vessels sank.", evidence.Narrower},
		{"Fewer than five ships sank.", "Fewer than five red ships sank.", evidence.Narrower},
		{"Exactly five red boats sank.", "Exactly five boats sank.", evidence.Independent},
		// One of several.
		{"The guard sang.", "The guard sang or danced.", evidence.Narrower},
		{"The guard sang and danced.", "The guard sang.", evidence.Narrower},
		// What cannot both hold.
		{"The red house burned.", "The blue house burned.", evidence.Exclusive},
		{"The house is near the river.", "The house is far away from the river.", evidence.Exclusive},
		{"The talks were held in the living room.", "The talks were held in the dining room.", evidence.Exclusive},
		{"A Thai ship sank.", "A South Korean ship sank.", evidence.Exclusive},
		{"The ship came in first.", "The ship came in 11th.", evidence.Exclusive},
		{"The dog slept.", "The dog did not sleep.", evidence.Denial},
		{"Some guards slept.", "No guards slept.", evidence.Denial},
		{"All guards slept.", "No guards slept.", evidence.Exclusive},
		{"No dog slept.", "A puppy slept.", evidence.Exclusive},
		// Nothing is known of it.
		{"No red house burned.", "No blue house burned.", evidence.Independent},
		{"The guard saw the river.", "The committee published a report.", evidence.Independent},
	}
	for _, tt := range tests {
		a, b := parts(t, tt.a), parts(t, tt.b)
		n := evidence.Follow(&a, &b)
		if n.Basic != tt.want {
			t.Errorf("%q, %q: %d, want %d; by %+v", tt.a, tt.b, n.Basic, tt.want, n.Edits)
		}
		if same := evidence.Follow(&a, &a); same.Basic != evidence.Equal || len(same.Edits) > 0 {
			t.Errorf("%q does not equal itself: %+v", tt.a, same)
		}
	}
}

func FuzzFollow(f *testing.F) {
	for _, s := range [][2]string{
		{"No dog slept or sang.", "At most five dogs slept."}, {"if not only", "unless none"}, {"", "x"}, {"Far away from three, near several.", "first 1st 2nd"},
	} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a) > 200 || len(b) > 200 {
			t.Skip()
		}
		d, e := nlp.AnalyzeClaim(a, nlp.Options{}), nlp.AnalyzeClaim(b, nlp.Options{})
		if len(d.Claims) == 0 || len(e.Claims) == 0 {
			return
		}
		x, y := evidence.Prepare(d, &d.Claims[0]), evidence.Prepare(e, &e.Claims[0])
		if n := evidence.Follow(&x, &x); n.Basic != evidence.Equal {
			t.Errorf("%q does not equal itself: %+v", a, n)
		}
		evidence.Follow(&x, &y)
	})
}
