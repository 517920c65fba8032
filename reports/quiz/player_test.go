package quiz

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// player is the script of an independent QTI 3 player (npm package
// @citolab/qti-components).
func player(t *testing.T) string {
	t.Helper()
	folders := filepath.SplitList(os.Getenv("NODE_PATH"))
	if npm, err := exec.LookPath("npm"); err == nil {
		if root, err := exec.CommandContext(t.Context(), npm, "root", "-g").Output(); err == nil {
			folders = append(folders, strings.TrimSpace(string(root)))
		}
	}
	for _, folder := range folders {
		if path := filepath.Join(folder, "@citolab", "qti-components", "cdn", "index.global.js"); folder != "" {
			if _, err := os.Stat(path); err == nil {
				return path
			}
		}
	}
	t.Skip("the npm package @citolab/qti-components is not installed (npm install -g @citolab/qti-components)")
	return ""
}

// chromium starts a browser; the test is skipped where it is missing.
func chromium(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a browser")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		program, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		limited, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
		t.Cleanup(cancel)
		allocated, cancel := chromedp.NewExecAllocator(limited, append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program),
			chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-dev-shm-usage", true))...)
		t.Cleanup(cancel)
		ctx, cancel := chromedp.NewContext(allocated)
		t.Cleanup(cancel)
		return ctx
	}
	t.Skip("Chromium is not installed")
	return nil
}

// A player shows every item, gives all marks to the right answer and none to
// a wrong one, and hides from students what is for who marks.
func TestQTIPlayer(t *testing.T) {
	script, ctx := player(t), chromium(t)
	files := pack(t, render(t, sample(), QTI))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch name := strings.TrimPrefix(r.URL.Path, "/"); {
		case name == "":
			_, _ = w.Write([]byte(`<!DOCTYPE html><script src="player.js"></script><qti-item><item-container></item-container></qti-item>`))
		case name == "player.js":
			http.ServeFile(w, r, script)
		case files[name] != nil:
			w.Header().Set("Content-Type", "application/xml")
			_, _ = w.Write(files[name])
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	for n, item := range sample().Items {
		var right []string
		declared := parse(t, files[itemFile(n)]).all("qti-response-declaration")[0]
		for _, c := range declared.all("qti-correct-response") {
			for _, v := range c.Children {
				right = append(right, v.Text)
			}
		}
		answer := any(right)
		if declared.attr("cardinality") == "single" {
			answer = strings.Join(right, "")
		}
		encoded, err := json.Marshal(answer)
		if err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(ctx, chromedp.Navigate(server.URL)); err != nil {
			t.Fatal(err)
		}
		type marked struct {
			Interactions         []string
			Right, Wrong, Most   any
			Text                 string
			Rubrics, RubricsSeen int
		}
		got, err := chromedp.Run(ctx, chromedp.Evaluate[marked](fmt.Sprintf(`(async () => {
			const holder = document.querySelector("item-container");
			holder.setAttribute("item-url", %q);
			let item = null;
			for (let i = 0; i < 400 && !(item && item.variables && item.querySelector("qti-item-body")); i++) {
				await new Promise((done) => setTimeout(done, 25));
				item = (holder.shadowRoot || holder).querySelector("qti-assessment-item");
			}
			await new Promise((done) => setTimeout(done, 100));
			const value = (id) => Number(item.variables.find((v) => v.identifier === id).value);
			const mark = (answer) => { item.updateResponseVariable("RESPONSE", answer); item.processResponse(); return value("SCORE"); };
			const answer = %s, rubrics = [...item.querySelectorAll("qti-rubric-block")];
			return {
				interactions: [...item.querySelectorAll("*")].map((e) => e.localName).filter((n) => n.endsWith("-interaction")),
				right: mark(answer), wrong: mark(Array.isArray(answer) ? [] : "something else"), most: value("MAXSCORE"),
				text: item.textContent, rubrics: rubrics.length, rubricsSeen: rubrics.filter((e) => e.offsetHeight > 0).length,
			};
		})()`, itemFile(n), encoded), chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatalf("item %d: %v", n+1, err)
		}
		want := marked{Interactions: []string{"qti-" + map[Kind]string{Match: "match", TrueFalse: "choice", Choice: "choice", Short: "text-entry", Highlight: "hottext", Essay: "extended-text"}[item.Kind] + "-interaction"},
			Right: float64(item.Marks), Wrong: 0.0, Most: float64(item.Marks), Text: got.Text}
		if item.Kind == Essay { // a person marks it
			want.Right, want.Rubrics = 0.0, 1
		}
		if a, b := fmt.Sprint(got), fmt.Sprint(want); a != b {
			t.Errorf("item %d: %s, want %s", n+1, a, b)
		}
		if first, _, _ := strings.Cut(item.Prompt, "\n"); !strings.Contains(strings.Join(strings.Fields(got.Text), " "), strings.Join(strings.Fields(first), " ")) {
			t.Errorf("item %d shows %q", n+1, got.Text)
		}
	}
}
