package html

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"counterclaim/reports/internal/fixture"
	"counterclaim/reports/wording"
)

// Both pictures show the numbers of the summary, inside their frames,
// whatever the number of parties.
func TestFigures(t *testing.T) {
	for _, n := range []int{2, 3, 5, 9, 25} {
		v, err := wording.New(fixture.Big(n, 300))
		if err != nil {
			t.Fatal(err)
		}
		fig := newFigures(v)
		if got, want := len(fig.Matrix.Cells), n*n; got != want {
			t.Errorf("%d parties: %d fields, want %d", n, got, want)
		}
		edges := 0
		var titles []string
		for _, e := range fig.Network.Edges {
			titles = append(titles, e.Title)
			inside(t, fig.Network.Width, e.X1, e.X2)
			inside(t, fig.Network.Height, e.Y1, e.Y2)
		}
		for _, m := range v.Meetings() {
			for _, r := range wording.Relations {
				if m.Counts[r] == 0 {
					continue
				}
				edges++
				if want := v.Name(m.A) + " and " + v.Name(m.B) + ": " + strconv.Itoa(m.Counts[r]) + " " + string(r); !slices.Contains(titles, want) {
					t.Errorf("%d parties: no line %q", n, want)
				}
			}
		}
		if edges != len(fig.Network.Edges) {
			t.Errorf("%d parties: %d lines, want %d", n, len(fig.Network.Edges), edges)
		}
		for _, c := range fig.Matrix.Cells {
			inside(t, fig.Matrix.Width, c.X)
			inside(t, fig.Matrix.Height, c.Y)
			inside(t, "1", c.Strength)
		}
		for _, nd := range fig.Network.Nodes {
			inside(t, fig.Network.Width, nd.X, nd.Label.X)
			for _, l := range nd.Label.Lines {
				inside(t, fig.Network.Height, nd.Y, l.Y)
			}
		}
	}
}

func inside(t *testing.T, most string, xs ...string) {
	t.Helper()
	end, err := strconv.ParseFloat(most, 64)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range xs {
		if f, err := strconv.ParseFloat(x, 64); err != nil || f < 0 || f > end {
			t.Errorf("%s lies outside 0 to %s, %v", x, most, err)
		}
	}
}

func TestCut(t *testing.T) {
	for in, want := range map[string]string{
		"":          "",
		"Ostrava":   "Ostrava",
		"The Union": "The Union",
		"Seafarers' and Dockers' Union of the Northern Ports":                     "Seafarers' and|Dockers' Union of|the Northern Ports",
		"one two three four five six seven eight nine ten eleven twelve thirteen": "one two three four|five six seven|eight nine ten…",
		"Donaudampfschifffahrtsgesellschaft":                                      "Donaudampfschifff…",
	} {
		var got []string
		for _, l := range cut(in, 3, 0, 0, "end").Lines {
			got = append(got, l.Text)
		}
		if diff := cmp.Diff(want, strings.Join(got, "|")); diff != "" {
			t.Error(diff)
		}
	}
}

// Fewer than two parties agree with nobody.
func TestNoFigures(t *testing.T) {
	r := fixture.Ferry()
	r.Case.Parties, r.Claims, r.Pairs, r.Rows, r.Alone = r.Case.Parties[:1], nil, nil, nil, nil
	v, err := wording.New(r)
	if err != nil {
		t.Fatal(err)
	}
	if newFigures(v) != nil {
		t.Error("a picture of one party")
	}
}
