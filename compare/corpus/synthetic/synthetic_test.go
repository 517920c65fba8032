package synthetic

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func take(n int, o Options) []Statement {
	var out []Statement
	for s := range Statements(o) {
		if out = append(out, s); len(out) == n {
			break
		}
	}
	return out
}

func TestStatements(t *testing.T) {
	all := take(2000, Options{Seed: 3})
	if diff := cmp.Diff(all[:500], take(500, Options{Seed: 3})); diff != "" {
		t.Errorf("fewer statements are other statements: %s", diff)
	}
	if cmp.Equal(all[:20], take(20, Options{Seed: 4})) {
		t.Error("another seed gives the same statements")
	}
	byID := map[string]Statement{}
	copies, events := 0, map[string]bool{}
	for _, s := range all {
		if byID[s.ID].ID != "" {
			t.Fatalf("two statements %s", s.ID)
		}
		byID[s.ID] = s
		events[s.Event] = true
		if strings.Contains(s.Text+s.Title, "{") {
			t.Errorf("a placeholder is left in %q", s.Text)
		}
		if s.CopyOf == "" {
			continue
		}
		copies++
		original := byID[s.CopyOf]
		if original.Event != s.Event || !strings.HasPrefix(s.Text, strings.TrimSpace(original.Text)) {
			t.Errorf("%s is no copy of %s", s.ID, s.CopyOf)
		}
	}
	if mean := float64(len(all)) / float64(len(events)); mean < 6 || mean > 10 {
		t.Errorf("%.1f statements to an event, want about 8", mean)
	}
	if copies < 100 || copies > 300 {
		t.Errorf("%d copies of 2000, want about 170", copies)
	}
}
