package html

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"counterclaim/compare"
	"counterclaim/reports/internal/axe"
	"counterclaim/reports/internal/fixture"
)

// browser opens the page of a result in a window of the given size, runs a
// script in it when it has loaded, and decodes what the script returns into
// out. The page's policy is widened for the script and its answer, and for
// nothing else. Where Chromium is missing, the test is skipped.
func browser(t *testing.T, r *compare.Result, width, height int, dark bool, script string, out any) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a browser")
	}
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			program = p
			break
		}
	}
	if program == "" {
		t.Skip("Chromium is not installed")
	}
	page, _ := render(t, r)
	script = `(async () => { let answer; try { answer = { ok: await (async () => {` + script + `})() }; } catch (e) { answer = { failure: e.stack }; }
		await fetch("/answer", { method: "POST", body: JSON.stringify(answer) }); })()`
	allowed := html.EscapeString("connect-src 'self'; script-src 'unsafe-eval' '" + hash(script) + "' '")
	page = strings.Replace(page, html.EscapeString("script-src '"), allowed, 1)
	page = strings.Replace(page, "</body>", "<script>"+script+"</script></body>", 1)
	answers := make(chan []byte, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, page)
		case "/narrow": // no window is as narrow as a phone
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(w, `<!DOCTYPE html><iframe src="/" width="%d" height="%d"></iframe>`, width, height)
		case "/answer":
			b, err := io.ReadAll(r.Body)
			if err != nil {
				b = nil
			}
			answers <- b
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	profile, err := os.MkdirTemp("", "counterclaim-browser")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(profile) }() // the browser may still be leaving
	address := server.URL
	if width < 500 {
		address += "/narrow"
	}
	scheme := "1"
	if dark {
		scheme = "0"
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir="+profile, //nolint:gosec // a program of a fixed list
		fmt.Sprintf("--window-size=%d,%d", width, height), "--blink-settings=preferredColorScheme="+scheme,
		"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", address)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { cancel(); _ = cmd.Wait() }() // it was told to die
	select {
	case b := <-answers:
		var answer struct {
			OK      json.RawMessage
			Failure string
		}
		if err := json.Unmarshal(b, &answer); err != nil {
			t.Fatalf("%v: %s", err, b)
		}
		if answer.Failure != "" {
			t.Fatalf("the script failed: %s", answer.Failure)
		}
		if err := json.Unmarshal(answer.OK, out); err != nil {
			t.Fatalf("%v: %s", err, answer.OK)
		}
	case <-ctx.Done():
		t.Fatal("the browser gave no answer")
	}
}

// axe-core finds nothing: in the light and in the dark, on a wide screen and a
// phone, with a claim chosen.
func TestAxe(t *testing.T) {
	source := axe.Source(t)
	encoded, err := json.Marshal(source)
	if err != nil {
		t.Fatal(err)
	}
	script := "(0, eval)(" + strings.ReplaceAll(string(encoded), "</", `<\/`) + `);
		const mark = document.querySelector(".m"); if (mark) mark.click();
		await new Promise(done => setTimeout(done, 500));
		return await ` + axe.Run + `;`
	for _, tt := range []struct {
		name   string
		make   func() *compare.Result
		width  int
		dark   bool
		height int
	}{
		{"ferry", fixture.Ferry, 1280, false, 900},
		{"dark phone", fixture.Ferry, 400, true, 800},
		{"many", func() *compare.Result { return fixture.Big(6, 100) }, 1280, false, 900},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got axe.Found
			browser(t, tt.make(), tt.width, tt.height, tt.dark, script, &got)
			got.Check(t)
		})
	}
}

// On a phone nothing is wider than the screen.
func TestPhone(t *testing.T) {
	for _, name := range []string{"ferry", "hostile"} {
		t.Run(name, func(t *testing.T) {
			make := cases[name]
			var got struct{ Scroll, Client int }
			browser(t, make(), 400, 800, false, `return { scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth };`, &got)
			if got.Client > 400 || got.Client < 380 {
				t.Fatalf("the window is %d wide", got.Client)
			}
			if got.Scroll > got.Client {
				t.Errorf("%d wide on a screen of %d", got.Scroll, got.Client)
			}
		})
	}
}

// Choosing a claim shows what it meets and joins it by a line to each; the
// filters hide what they should, in the timeline too; Escape goes back.
func TestLive(t *testing.T) {
	script := `
		const wait = () => new Promise(done => setTimeout(done, 400));
		const lines = () => document.querySelectorAll(".lines path.chosen").length;
		const count = s => document.querySelectorAll(s).length;
		document.querySelector("#statements").scrollIntoView({ behavior: "instant" });
		await wait();
		const idle = count(".lines path");
		const mark = document.querySelector(".m[data-c='2']");
		mark.focus();
		mark.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail: 0 }));
		await wait();
		const out = { idle, chosen: lines(), panel: document.querySelector("#panel").textContent, current: mark.getAttribute("aria-current"), inPanel: document.activeElement.id };
		document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
		await wait();
		out.after = lines(); out.back = document.activeElement === mark; out.closed = document.querySelector("#panel").hidden;
		mark.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
		out.next = document.activeElement.dataset.c;
		out.moments = count(".moment:not([hidden])");
		const relation = document.querySelector("#f-relation"); relation.value = "agree";
		relation.dispatchEvent(new Event("input", { bubbles: true }));
		await wait();
		out.agreed = count(".point .pair:not([hidden])"); out.agreedMoments = count(".moment:not([hidden])"); out.agreedLines = count(".lines path:not(.agree)");
		return out;`
	var got struct {
		Idle, Chosen, After, Moments, Agreed, AgreedMoments, AgreedLines int
		Panel, Current, InPanel, Next                                    string
		Back, Closed                                                     bool
	}
	browser(t, fixture.Ferry(), 1280, 900, false, script, &got)
	if got.Idle == 0 || got.Chosen != 2 || got.After != 0 {
		t.Errorf("%d lines at first, %d to what the chosen claim meets (want 2), %d after", got.Idle, got.Chosen, got.After)
	}
	if !strings.Contains(got.Panel, "Meets 2 claims") || !strings.Contains(got.Panel, "fifty-one people were treated") || got.Current != "true" || got.InPanel != "panel" {
		t.Errorf("the chosen claim is not shown: %+v", got)
	}
	if !got.Back || !got.Closed || got.Next != "3" {
		t.Errorf("the keyboard does not find its way back: %+v", got)
	}
	if got.Moments != 5 || got.Agreed != 3 || got.AgreedMoments != 2 || got.AgreedLines != 0 {
		t.Errorf("the filter leaves %d of %d moments and %d pairs, and %d lines of other relations", got.AgreedMoments, got.Moments, got.Agreed, got.AgreedLines)
	}
}

// Weak pairs are folded away at first, with a word of how many; none is lost.
func TestWeak(t *testing.T) {
	r := fixture.Ferry()
	weak := r.Rows[0].Pairs[0]
	r.Pairs[weak].Score = 0.06
	script := `
		const wait = () => new Promise(done => setTimeout(done, 200)), count = s => document.querySelectorAll(s).length;
		const look = () => ({ points: count(".point:not([hidden])"), pairs: count(".point .pair:not([hidden])"), moments: count(".moment:not([hidden])"),
			says: document.querySelector("#folded").hidden ? "" : document.querySelector("#folded span").textContent });
		const first = look();
		document.querySelector("#folded button").click();
		await wait();
		const shown = look();
		document.querySelector("#filters button").click();
		await wait();
		return [first, shown, look()];`
	type seen struct {
		Points, Pairs, Moments int
		Says                   string
	}
	var got []seen
	browser(t, r, 1280, 900, false, script, &got)
	n := len(r.Pairs)
	folded := seen{len(r.Rows) - 1, n - 1, 5, "1 pair has a score below 0.20 and is folded away."}
	want := []seen{folded, {len(r.Rows), n, 5, ""}, folded}
	if !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	for i := range r.Pairs { // where all are weak, all are shown
		r.Pairs[i].Score = 0.1
	}
	if page, _ := render(t, r); !strings.Contains(page, fmt.Sprintf("%d of %d pairs are weak", n, n)) || !strings.Contains(page, `value="0.00"`) {
		t.Error("where all pairs are weak, none is shown")
	}
}

// TestLarge measures the report of eight statements of 5,000 words: how long
// each task took that kept the browser busy for more than 50 ms. Only where it
// is asked for, since it takes a while.
func TestLarge(t *testing.T) {
	if os.Getenv("COUNTERCLAIM_LARGE") == "" {
		t.Skip("takes a while: set COUNTERCLAIM_LARGE=1")
	}
	script := `
		const wait = ms => new Promise(done => setTimeout(done, ms)), $ = s => document.querySelector(s);
		const out = {}, tasks = [];
		new PerformanceObserver(list => list.getEntries().forEach(e => tasks.push(Math.round(e.duration)))).observe({ type: "longtask", buffered: true });
		await wait(500);
		out["first paint"] = [Math.round(performance.getEntriesByType("paint")[0].startTime)];
		const step = async (name, act) => { tasks.length = 0; act(); await wait(1000); out[name] = [...tasks]; };
		out["load, tasks over 50"] = [...tasks];
		const set = (id, value) => { const el = $(id); el.value = value; el.dispatchEvent(new Event("input", { bubbles: true })); };
		await step("filter by relation", () => set("#f-relation", "conflict"));
		await step("search", () => set("#f-text", "the"));
		await step("reset", () => $("#filters button").click());
		await step("jump to the statements", () => $("#statements").scrollIntoView());
		await step("scroll a column", () => $(".column").scrollBy(0, 3000));
		await step("choose a claim", () => document.querySelectorAll(".column .m")[40].click());
		await step("close", () => $("#panel .close").click());
		await step("scroll the page", () => scrollBy(0, -6000));
		return out;`
	var got map[string][]int
	page, _ := render(t, fixture.Big(8, 5000))
	t.Logf("%d KB", len(page)>>10)
	browser(t, fixture.Big(8, 5000), 1366, 900, false, script, &got)
	for name, ms := range got {
		t.Logf("%s: %v ms", name, ms)
	}
}
