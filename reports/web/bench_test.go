package web

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkLarge measures the page of eight statements of 5,000 words: what
// the server does for a decision. The browser's part is logged by TestLarge.
func BenchmarkLarge(b *testing.B) {
	s := serve(b, fileIn(b), large(b)...)
	c := s.now(b).Claims
	body := `{"who":"Ada","what":"claim","a":` + runOf(c[0]) + `,"type":"fact"}`
	for b.Loop() {
		if code, answer := s.send(b, body); code != 200 {
			b.Fatal(answer)
		}
	}
}

// TestLarge measures the page of eight statements of 5,000 words in a
// browser; only where it is asked for, since it takes a while.
func TestLarge(t *testing.T) {
	if os.Getenv("COUNTERCLAIM_LARGE") == "" {
		t.Skip("takes a while: set COUNTERCLAIM_LARGE=1")
	}
	s := serve(t, fileIn(t), large(t)...)
	st := s.now(t)
	w := open(browser(t), t, s, 1280, 900)
	t.Logf("%d claims, %d pairs, %d points, state of %d KB", len(st.Claims), st.Pairs, len(st.Rows), len(s.server.last().since(nil))>>10)
	t.Logf("first paint and drawn after, ms: %v", get[[]float64](w, `[performance.getEntriesByName("first-contentful-paint")[0].startTime, performance.getEntriesByName("drawn")[0].startTime]`))
	for _, act := range []string{"step(1)", "step(1)", `document.querySelector('[data-act="accept"]').click()`, `document.querySelector('[data-act="reject"]').click()`} {
		t.Logf("%s: %v ms", act, get[float64](w, `new Promise((done) => { const from = performance.now(), v = state.version; `+act+`;
			const look = () => `+map[bool]string{true: "true", false: "state.version > v"}[strings.HasPrefix(act, "step")]+` ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - from))) : setTimeout(look, 5); look(); })`))
	}
	w.picture("large")
}

// large joins the statements of the benchmark to eight of about 5,000 words.
func large(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "cases", "*", "*.txt"))
	if err != nil || len(files) < 40 {
		t.Fatalf("%d statements, %v", len(files), err)
	}
	texts := make([]string, 8)
	for i, n := 0, 0; n < len(texts) && i < len(files)*4; i++ {
		data, err := os.ReadFile(files[i%len(files)])
		if err != nil {
			t.Fatal(err)
		}
		if texts[n] += string(data) + "\n\n"; len(strings.Fields(texts[n])) >= 5000 {
			n++
		}
	}
	return texts
}
