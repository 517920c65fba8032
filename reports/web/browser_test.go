package web

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"counterclaim/compare/review"
	"counterclaim/reports/internal/axe"
)

// window is a page in Chromium.
type window struct {
	t   *testing.T
	ctx context.Context
}

// browser starts Chromium; the test is skipped where it is missing.
func browser(t *testing.T) context.Context {
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
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-dev-shm-usage", true))
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	limited, cancel := context.WithTimeout(allocated, 3*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(limited)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	return ctx
}

// open opens the page of a site in a new window, and waits until it is drawn.
func open(parent context.Context, t *testing.T, s *site, width, height int64) *window {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent)
	t.Cleanup(cancel)
	w := &window{t, ctx}
	w.do(chromedp.EmulateViewport(width, height), chromedp.Navigate(s.address))
	w.wait(`document.querySelectorAll(".pair").length > 0`)
	return w
}

func (w *window) do(actions ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	if err := chromedp.Do(w.ctx, actions...); err != nil {
		w.t.Fatal(err)
	}
}

// get evaluates a script.
func get[T any](w *window, script string) T {
	w.t.Helper()
	out, err := chromedp.Run(w.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		w.t.Fatalf("%s: %v", script, err)
	}
	return out
}

// wait waits until a script is true.
func (w *window) wait(script string) {
	w.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(30 * time.Millisecond) {
		if get[bool](w, script) {
			return
		}
	}
	w.t.Fatalf("never true: %s; the page says %q", script, get[string](w, `document.getElementById("status").textContent`))
}

// says waits for a message.
func (w *window) says(text string) {
	w.t.Helper()
	w.wait(fmt.Sprintf(`document.getElementById("status").textContent.startsWith(%q)`, text))
}

func (w *window) click(selector string) {
	w.t.Helper()
	w.do(chromedp.Click(chromedp.CSS(selector)))
}

func (w *window) keys(keys string, modifiers ...chromedp.Modifier) {
	w.t.Helper()
	w.do(chromedp.KeyEvent(keys, chromedp.KeyModifiers(modifiers...)))
}

// drag marks words in a pane with the mouse.
func (w *window) drag(pane int, words string) {
	w.t.Helper()
	box := get[[]float64](w, fmt.Sprintf(`(() => {
		const pane = panes[%d], of = statementAt(pane).of, start = of.text.indexOf(%q);
		const a = place(pane, start), b = place(pane, start + %q.length - 1), r = document.createRange();
		pane.text.scrollIntoView({ block: "center" });
		r.setStart(a[0], a[1]); r.setEnd(b[0], b[1] + 1);
		const boxes = r.getClientRects(), first = boxes[0], last = boxes[boxes.length - 1];
		return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
	})()`, pane, words, words))
	w.do(
		chromedp.MouseEvent(chromedp.MousePressed, box[0], box[1], chromedp.ButtonLeft, chromedp.ClickCount(1)),
		chromedp.MouseEvent(chromedp.MouseMoved, box[2], box[3], chromedp.ButtonLeft),
		chromedp.MouseEvent(chromedp.MouseReleased, box[2], box[3], chromedp.ButtonLeft, chromedp.ClickCount(1)),
	)
	w.wait(fmt.Sprintf(`document.getElementById("mark-%d").textContent === %q`, pane, words))
}

// set chooses an option of a select as a person does.
func (w *window) set(selector, value string) {
	w.t.Helper()
	w.do(chromedp.Focus(chromedp.CSS(selector)))
	get[bool](w, fmt.Sprintf(`(() => { const s = document.querySelector(%q); s.value = %q; s.dispatchEvent(new Event("change", { bubbles: true })); return s.value === %q; })()`, selector, value, value))
}

func records(t *testing.T, s *site) []review.Record {
	t.Helper()
	rs, problems, err := review.Read(s.file)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	return rs
}

// picture keeps what a window shows, where the environment asks for it.
func (w *window) picture(name string) {
	folder := os.Getenv("COUNTERCLAIM_PICTURES")
	if folder == "" {
		return
	}
	data, err := chromedp.Run(w.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(folder+"/"+name+".png", data, 0o600); err != nil {
		w.t.Error(err)
	}
}

// Pairs are accepted, rejected and changed, claims corrected, words marked;
// everything can be taken back, is in the file at once and there after a
// reload.
func TestReview(t *testing.T) {
	s := serve(t, fileIn(t), gate...)
	w := open(browser(t), t, s, 1280, 900)
	w.picture("desktop")
	if got := get[string](w, `document.getElementById("title").textContent`); got != "The <i>gate</i>" {
		t.Errorf("title %q", got)
	}
	if !get[bool](w, `(() => {
		const only = (filter) => { document.getElementById("filter").value = filter; return [{}, { weak: true }, { person: true }].map(pass).join(); };
		const got = [only("solid"), only("weak"), only("open"), only("decided"), only("")].join(" ");
		return got === "true,false,true false,true,false true,true,false false,false,true true,true,true";
	})()`) {
		t.Error("the filter shows other pairs than it says")
	}
	w.click(`.pair [data-act="accept"]`)
	w.says("Accepted.")
	rs := records(t, s)
	if len(rs) != 1 || rs[0].Who != "Ada" || rs[0].Relation != rs[0].Own.Relation || rs[0].Kind != rs[0].Own.Kind {
		t.Fatalf("%+v", rs)
	}
	w.wait(`document.querySelector(".by").textContent.startsWith("decided by Ada")`)

	w.click(`.pair [data-act="note"]`)
	w.do(chromedp.SendKeys(chromedp.CSS(`.pair [data-act="why"]`), "both count <b>the dead</b>"))
	w.set(`.pair [data-act="verdict"]`, "framing/naming")
	w.says("Changed to framing (naming).")
	if rs = records(t, s); rs[1].Relation != "framing" || rs[1].Note != "both count <b>the dead</b>" {
		t.Errorf("%+v", rs[1])
	}
	w.wait(`document.querySelector(".by").textContent.includes("“both count <b>the dead</b>”")`)

	w.click(`.pair [data-act="reject"]`)
	w.says("Rejected.")
	w.wait(`document.querySelectorAll("#rejected .pair").length === 1`)
	w.do(chromedp.Reload())
	w.wait(`document.querySelectorAll("#rejected .pair").length === 1`)
	w.click(`#undo`)
	w.says("Taken back: ")
	w.wait(`document.querySelectorAll("#rejected .pair").length === 0 && document.querySelector(".chip").textContent === "F framing"`)
	w.click(`#undo`)
	w.click(`#undo`)
	w.wait(`document.querySelectorAll(".by").length === 0`)
	w.click(`#undo`)
	w.says("You have decided nothing")
	if rs = records(t, s); len(rs) != 6 {
		t.Errorf("%d records", len(rs))
	}

	// A missing pair, by marking words with the mouse.
	w.drag(0, "visited the wounded")
	w.drag(1, "crowd sang")
	w.set("#new-verdict", "conflict/other")
	w.picture("marked")
	w.click("#pair")
	w.says("Pair added.")
	rs = records(t, s)
	if last := rs[len(rs)-1]; last.A.Quote != "visited the wounded" || last.B.Quote != "crowd sang" || last.Relation != "conflict" {
		t.Errorf("%+v", last)
	}
	w.wait(`[...document.querySelectorAll(".pair")].some((p) => p.textContent.includes("crowd sang"))`)

	// A claim: type, source, bounds, and that it is none.
	get[bool](w, `chooseClaim(state.claims.find((c) => c.text === "crowd sang").id, false) || true`)
	w.set("#claim-type", "evaluation")
	w.says("Type changed.")
	w.do(chromedp.SendKeys(chromedp.CSS("#claim-source"), "the mayor"+kb.Tab))
	w.says("Source changed.")
	w.click(`[data-move="start-"]`)
	w.says("Bounds changed.")
	w.wait(`document.getElementById("claim-text").textContent === "A crowd sang"`)
	w.wait(`state.claims.some((c) => c.text === "A crowd sang" && c.type === "evaluation" && c.source === "the mayor")`)
	w.wait(`[...document.querySelectorAll(".pair")].some((p) => p.textContent.includes("A crowd sang"))`)
	w.click("#claim-drop")
	w.says("No claim any more.")
	w.wait(`!state.claims.some((c) => c.text === "A crowd sang")`)
	w.drag(1, "It rained")
	w.click("#claim-1")
	w.says("Claim added.")
	w.wait(`state.claims.some((c) => c.text === "It rained" && c.by === "claim by Ada")`)
	w.click("#log summary")
	if n := get[int](w, `document.querySelectorAll("#history li").length`); n != len(records(t, s)) {
		t.Errorf("%d lines of history", n)
	}

	// Without a name nothing is kept.
	n := len(records(t, s))
	get[string](w, `document.getElementById("who").value = ""`)
	w.click(`.pair [data-act="accept"]`)
	w.says("Write your name first")
	if len(records(t, s)) != n {
		t.Error("a decision of nobody was kept")
	}
}

// Two windows stay in step, and what is written in one is not lost when the
// other decides.
func TestTwoWindows(t *testing.T) {
	s := serve(t, fileIn(t), gate...)
	chromium := browser(t)
	one, two := open(chromium, t, s, 1200, 800), open(chromium, t, s, 1200, 800)
	two.click(`.pair [data-act="note"]`)
	two.do(chromedp.SendKeys(chromedp.CSS(`.pair [data-act="why"]`), "half a tho"))
	one.click(`.pair [data-act="accept"]`)
	one.says("Accepted.")
	two.wait(`document.querySelectorAll(".by").length === 1`)
	two.do(chromedp.KeyEvent("ught"))
	if got := get[string](two, `document.querySelector('[data-act="why"]').value`); got != "half a thought" {
		t.Errorf("the note is %q", got)
	}
	two.click(`.pair [data-act="keep"]`)
	two.says("Note kept.")
	one.wait(`document.querySelector(".notes").textContent === "Note, Ada: half a thought"`)
	if got := get[string](one, `document.getElementById("progress").textContent`); !strings.HasPrefix(got, "1 of ") {
		t.Errorf("progress %q", got)
	}

	// What both have put together from changes is the state of the server.
	one.click(`.pair [data-act="reject"]`)
	one.says("Rejected.")
	two.wait(`document.querySelectorAll("#rejected .pair").length === 1`)
	get[bool](two, `chooseClaim(state.claims[0].id, false) || true`)
	two.click("#claim-drop")
	two.says("No claim any more.")
	two.click("#undo")
	two.says("Taken back: ")
	for _, w := range []*window{one, two} {
		w.wait(fmt.Sprintf(`state.version === %d`, len(records(t, s))))
		if got := get[string](w, `get("state.json").then((whole) => { const { since, ...had } = state, flat = (o) => JSON.stringify(Object.entries(o).sort()); return flat(had) === flat(whole) ? "" : flat(had) + " is not " + flat(whole); })`); got != "" {
			t.Error(got)
		}
	}
}

// What a statement holds is text: no element, script or handler of it comes
// alive, and the page breaks none of its own rules.
func TestHostile(t *testing.T) {
	const attack = `<script>window.hacked = 1</script> <img src=x onerror="window.hacked = 2"> Four people died at the gate on Friday. `
	s := serve(t, fileIn(t), attack+"</p></section><style>*{display:none}</style> Our soldiers did not open fire. {{7*7}} ${hacked=3}",
		attack+`"><svg onload=alert(1)> Nine people died at the gate on Friday. javascript:alert(1) <iframe src="http://evil.test">`)
	chromium := browser(t)
	w := open(chromium, t, s, 1200, 800)
	w.drag(1, "evil")
	w.click("#claim-1")
	w.says("Claim added.")
	w.click(`.pair [data-act="note"]`)
	w.do(chromedp.SendKeys(chromedp.CSS(`.pair [data-act="why"]`), `<img src=x onerror=window.hacked=4>`))
	w.click(`.pair [data-act="keep"]`)
	w.says("Note kept.")
	w.do(chromedp.Reload())
	w.wait(`document.querySelectorAll(".notes").length > 0`)
	if got := get[string](w, `String(window.hacked) + document.querySelectorAll("img, svg, iframe, style, #panes script").length`); got != "undefined0" {
		t.Errorf("alive: %s", got)
	}
	if got := get[string](w, `document.getElementById("text-0").textContent`); !strings.Contains(got, "<script>window.hacked = 1</script>") {
		t.Errorf("the statement shows %q", got)
	}
	// The policy holds even if something did get in.
	got := get[string](w, `new Promise((done) => {
		document.addEventListener("securitypolicyviolation", (e) => done(e.effectiveDirective));
		const script = document.createElement("script"); script.textContent = "window.hacked = 5"; document.body.append(script);
		setTimeout(() => done("nothing stopped it"), 2000);
	}).then((d) => d + String(window.hacked))`)
	if got != "script-src-elemundefined" {
		t.Errorf("an inline script: %s", got)
	}
}

// On a phone nothing is wider than the screen, and everything can be touched.
func TestPhone(t *testing.T) {
	s := serve(t, fileIn(t), gate...)
	w := open(browser(t), t, s, 400, 800)
	w.click(`.pair [data-act="note"]`)
	w.picture("phone")
	w.drag(0, "visited the wounded")
	if n := get[int](w, `document.documentElement.scrollWidth`); n > 400 {
		t.Errorf("the page is %d pixels wide", n)
	}
	small := get[[]string](w, `[...document.querySelectorAll("button, select, input")].filter((e) => e.checkVisibility() && e.type !== "checkbox")
		.filter((e) => { const r = e.getBoundingClientRect(); return r.height < 32 || r.right > 401 || r.left < -1; }).map((e) => e.outerHTML)`)
	if len(small) > 0 {
		t.Errorf("too small or outside: %s", small)
	}
	w.click(`.pair [data-act="accept"]`)
	w.says("Accepted.")
	w.picture("phone2")
}

// Everything can be done with the keyboard.
func TestKeyboard(t *testing.T) {
	s := serve(t, fileIn(t), gate...)
	w := open(browser(t), t, s, 1200, 800)
	w.do(chromedp.Focus(chromedp.CSS("#points")))
	w.keys("j")
	w.wait(`document.activeElement.classList.contains("pair")`)
	w.keys("a")
	w.says("Accepted.")
	if !get[bool](w, `document.activeElement.classList.contains("pair")`) {
		t.Error("the focus is lost")
	}
	w.keys("n")
	w.keys("why not")
	w.keys(kb.Enter)
	w.says("Note kept.")
	w.keys(kb.Escape)
	w.keys("v")
	w.wait(`document.activeElement.dataset.act === "verdict"`)
	w.keys(kb.Escape)
	w.keys("u")
	w.says("Taken back: ")

	// Words: the third to the fifth of the left, the last of the right.
	w.keys("1")
	w.keys(kb.ArrowRight + kb.ArrowRight)
	w.keys(kb.ArrowRight, chromedp.ModifierShift)
	w.keys(kb.ArrowRight, chromedp.ModifierShift)
	w.keys(kb.Enter)
	w.wait(`document.getElementById("mark-0").textContent === "died at the"`)
	w.keys("2")
	w.keys(kb.ArrowDown)
	w.keys(kb.Enter)
	w.wait(`document.getElementById("mark-1").textContent !== ""`)
	w.keys("p")
	w.says("Pair added.")
	rs := records(t, s)
	if last := rs[len(rs)-1]; last.What != review.Pair || last.A.Quote != "died at the" {
		t.Errorf("%+v", last)
	}
	w.keys("c")
	w.wait(`document.activeElement.id === "claim"`)
	w.do(chromedp.Focus(chromedp.CSS(`[data-move="end-"]`)))
	w.keys(" ")
	w.says("Bounds changed.")
	w.keys("?")
	w.wait(`document.getElementById("keys").open`)
	w.keys(kb.Escape)
	w.wait(`!document.getElementById("keys").open`)

	// Tab reaches every control; none is a trap.
	get[bool](w, `document.activeElement.blur() || true`)
	seen := map[string]bool{}
	for range 80 {
		w.keys(kb.Tab)
		seen[get[string](w, `(document.activeElement.id || document.activeElement.dataset.act || document.activeElement.tagName)`)] = true
	}
	for _, id := range []string{"who", "filter", "undo", "help", "accept", "reject", "verdict", "note", "party-0", "text-0", "text-1", "claim-type", "claim-drop"} {
		if !seen[id] {
			t.Errorf("Tab never reaches %s", id)
		}
	}
	data, err := json.Marshal(seen)
	if err != nil || len(data) == 0 {
		t.Error(err)
	}
}

// scheme shows a page in the light or in the dark.
func scheme(value string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}},
		})
		return err
	})
}

// axe-core finds nothing: in the light and in the dark, on a wide screen and a
// phone, before and after a decision, with everything opened.
func TestAxe(t *testing.T) {
	source := axe.Source(t)
	s := serve(t, fileIn(t), gate...)
	parent := browser(t)
	for _, tt := range []struct {
		name   string
		width  int64
		scheme string
		before string // a script
	}{
		{"as it opens", 1280, "light", `true`},
		{"dark", 1280, "dark", `true`},
		{"phone", 400, "light", `true`},
		{"everything open", 1280, "light", `document.querySelectorAll("details").forEach((d) => d.open = true)`},
		{"a pair chosen", 1280, "light", `document.querySelector(".pair").click()`},
		{"decided", 1280, "dark", `document.querySelector(".pair [data-act=accept]").click()`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := open(parent, t, s, tt.width, 900)
			w.do(scheme(tt.scheme))
			get[any](w, tt.before+`; new Promise((done) => setTimeout(() => done(1), 500))`)
			get[any](w, source+`; 1`)
			get[axe.Found](w, axe.Run).Check(t)
			w.picture("axe-" + strings.ReplaceAll(tt.name, " ", "-"))
		})
	}
}
