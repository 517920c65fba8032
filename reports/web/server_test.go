package web

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"pgregory.net/rapid"

	"counterclaim/compare"
	"counterclaim/compare/review"
	"counterclaim/nlp"
	"counterclaim/nlp/read"
)

// site is a server of a case in a test.
type site struct {
	address string
	file    string
	server  *Server
	stop    context.CancelFunc
}

var gate = []string{
	"Four people died at the gate on Friday. Our soldiers did not open fire. The minister visited the wounded in Tarn.",
	"Nine people were killed at the gate on Friday. The soldiers opened fire without warning. It rained all day. 😀 A crowd sang.",
}

// compared compares statements, one a party.
func compared(t testing.TB, texts ...string) *compare.Result {
	t.Helper()
	c := compare.Case{Title: "The <i>gate</i>"}
	for i := range texts {
		c.Parties = append(c.Parties, compare.Party{ID: fmt.Sprintf("p%d", i), Name: fmt.Sprintf("Party <b>%d</b>", i)})
	}
	for i, o := range compare.Speakers(c, nil) {
		text, err := read.Read("x", []byte(texts[i]))
		if err != nil {
			t.Fatal(err)
		}
		d := nlp.Analyze(text, o)
		d.Path = c.Parties[i].ID + ".txt"
		c.Parties[i].Statements = []*nlp.Document{d}
	}
	r, err := compare.Compare(context.Background(), c, compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func serve(t testing.TB, file string, texts ...string) *site {
	t.Helper()
	return serveWith(t, patience, file, texts...)
}

func serveWith(t testing.TB, patience time.Duration, file string, texts ...string) *site {
	t.Helper()
	log, err := review.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(compared(t, texts...), log, Options{Who: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	s.patience = patience
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	stop := func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("the server ends with %v", err)
			}
			ended <- nil
		case <-time.After(10 * time.Second):
			t.Error("the server does not end")
		}
	}
	t.Cleanup(stop)
	return &site{address: s.Address(l), file: file, server: s, stop: stop}
}

func fileIn(t testing.TB) string { return filepath.Join(t.TempDir(), review.FileName) }

// now is the state that the page gets.
func (s *site) now(t testing.TB) *pageState {
	t.Helper()
	resp, err := http.Get(s.address + "state.json")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var st pageState
	if err := json.NewDecoder(resp.Body).Decode(&st); err != nil {
		t.Fatal(err)
	}
	return &st
}

// send posts a decision as the page does.
func (s *site) send(t testing.TB, body string, header ...string) (int, string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodPost, s.address+"decide", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Origin", strings.TrimSuffix(s.address, "/"+s.server.o.Token+"/"))
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(data)
}

// run is the run of a claim, as the page sends it.
func (p *pageState) run(id string) string {
	return runOf(p.Claims[slices.IndexFunc(p.Claims, func(c pageClaim) bool { return c.ID == id })])
}

func runOf(c pageClaim) string {
	return fmt.Sprintf(`{"party":%d,"statement":%d,"start":%d,"end":%d}`, c.Party, c.Statement, c.Start, c.End)
}

func TestGuard(t *testing.T) {
	s := serve(t, fileIn(t), gate...)
	host := strings.TrimSuffix(strings.TrimPrefix(s.address, "http://"), "/"+s.server.o.Token+"/")
	_, port, _ := net.SplitHostPort(host)
	tests := []struct {
		name, path string
		header     []string
		want       int
	}{
		{"the page", "", nil, 200},
		{"by name", "", []string{"Host", "localhost:" + port}, 200},
		{"another host", "", []string{"Host", "evil.test"}, 421},
		{"another host with the port", "", []string{"Host", "evil.test:" + port}, 421},
		{"from another site", "state.json", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"from another port", "state.json", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"from another origin", "state.json", []string{"Origin", "http://evil.test"}, 403},
		{"from no origin", "state.json", []string{"Origin", "null"}, 403},
		{"something else", "../server.go", nil, 403},
		{"nothing", "nothing", nil, 404},
	}
	for _, tt := range tests {
		req, err := http.NewRequest(http.MethodGet, s.address+tt.path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(tt.header); i += 2 {
			req.Header.Set(tt.header[i], tt.header[i+1])
			if tt.header[i] == "Host" {
				req.Host = tt.header[i+1]
			}
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != tt.want {
			t.Errorf("%s: %d", tt.name, resp.StatusCode)
		}
		if got := resp.Header.Get("Content-Security-Policy"); got != policy {
			t.Errorf("%s: policy %q", tt.name, got)
		}
	}
	for _, path := range []string{"/", "/page.js", "/state.json", "/0000/state.json", "/" + s.server.o.Token[:31] + "/state.json"} {
		resp, err := http.Get("http://" + host + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusForbidden {
			t.Errorf("%s without the token: %d", path, resp.StatusCode)
		}
	}
	if page, err := files.ReadFile("page.html"); err != nil || strings.Contains(string(page), "<script>") || strings.Contains(string(page), "style=") || strings.Contains(string(page), " on") && strings.Contains(string(page), "onclick") {
		t.Error("the page has script or style inside")
	}
	if script, err := files.ReadFile("page.js"); err != nil || strings.Contains(string(script), "innerHTML") || strings.Contains(string(script), "insertAdjacentHTML") || strings.Contains(string(script), "eval(") {
		t.Error("the script puts text in as HTML")
	}
}

func TestDecisions(t *testing.T) {
	s := serve(t, fileIn(t), gate...)
	st := s.now(t)
	if len(st.Rows) == 0 || st.Pairs == 0 {
		t.Fatal("our own judge finds nothing in common")
	}
	p := st.Rows[0].Pairs[0]
	a, b := st.run(p.A), st.run(p.B)
	bad := []struct {
		name, body string
		header     []string
		want       int
		says       string
	}{
		{name: "no JSON", body: "x", want: 400},
		{name: "two", body: `{"who":"A","what":"undo","undo":"x"}{}`, want: 400},
		{name: "unknown field", body: `{"verdict":"true"}`, want: 400},
		{name: "too long", body: `{"note":"` + strings.Repeat("x", maxRequest) + `"}`, want: 400},
		{name: "a form", body: `{}`, header: []string{"Content-Type", "text/plain"}, want: 415},
		{name: "another origin", body: `{}`, header: []string{"Origin", "http://evil.test"}, want: 403},
		{name: "no origin", body: `{}`, header: []string{"Origin", ""}, want: 403},
		{name: "nobody", body: `{"who":" ","what":"pair","a":` + a + `,"b":` + b + `,"relation":"none"}`, want: 422, says: "write your name first"},
		{name: "long note", body: `{"who":"Ada","what":"note","a":` + a + `,"note":"` + strings.Repeat("x", maxNote+1) + `"}`, want: 422, says: "too long"},
		{name: "no kind", body: `{"who":"Ada","what":"pair","a":` + a + `,"b":` + b + `,"relation":"agree"}`, want: 422, says: "none of agree"},
		{name: "one party", body: `{"who":"Ada","what":"pair","a":` + a + `,"b":` + a + `,"relation":"none"}`, want: 422, says: "two parties"},
		{name: "no such party", body: `{"who":"Ada","what":"claim","a":{"party":9,"statement":0,"start":0,"end":4}}`, want: 422, says: "no such words"},
		{name: "below zero", body: `{"who":"Ada","what":"claim","a":{"party":0,"statement":0,"start":-4,"end":4}}`, want: 422, says: "no such words"},
		{name: "two sentences", body: `{"who":"Ada","what":"claim","a":{"party":0,"statement":0,"start":30,"end":60,"marked":true}}`, want: 422, says: "inside one sentence"},
		{name: "a full stop", body: `{"who":"Ada","what":"claim","a":{"party":0,"statement":0,"start":38,"end":39,"marked":true}}`, want: 422, says: "mark some words"},
		{name: "unknown type", body: `{"who":"Ada","what":"claim","a":` + a + `,"type":"lie"}`, want: 422, says: "unknown type"},
	}
	for _, tt := range bad {
		if code, body := s.send(t, tt.body, tt.header...); code != tt.want || !strings.Contains(body, tt.says) {
			t.Errorf("%s: %d %s", tt.name, code, body)
		}
	}
	if _, err := os.Stat(s.file); err == nil {
		t.Error("a bad decision was kept")
	}

	// Marked words are widened to whole words; bytes and UTF-16 units differ.
	text := gate[1]
	units := len(utf16.Encode([]rune(text[:strings.Index(text, "rowd sang")])))
	code, body := s.send(t, fmt.Sprintf(`{"who":"Ada","what":"pair","a":{"party":1,"statement":0,"start":%d,"end":%d,"marked":true},"b":%s,"relation":"framing","kind":"naming"}`, units, units+6, runOf(st.Claims[0])))
	if code != http.StatusOK {
		t.Fatalf("%d %s", code, body)
	}
	st = s.now(t)
	found := false
	for _, c := range st.Claims {
		found = found || c.Text == "crowd sang" && c.By == "claim by Ada"
	}
	if !found || st.Decided != 1 {
		t.Errorf("%+v", st.History)
	}
	records, _, err := review.Read(s.file)
	if err != nil || len(records) != 1 || records[0].A.Quote != "crowd sang" || records[0].Own == nil || records[0].Own.Relation != review.None {
		t.Errorf("%+v, %v", records, err)
	}
}

// Weak pairs are named so.
func TestWeak(t *testing.T) {
	r := compared(t, gate...)
	r.Pairs[0].Score = 0.1
	log, err := review.Open(fileIn(t))
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(r, log, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if data := string(s.last().since(nil)); strings.Count(data, `"score":"0.10","weak":true`) != 1 || strings.Count(data, `"weak"`) != 1 {
		t.Errorf("%s", data)
	}
}

// What cannot be applied is listed with its reason, and stays in the file.
func TestLost(t *testing.T) {
	file := fileIn(t)
	const lines = `{"id":"1","time":"2031-05-04T10:00:00Z","who":"Ben","what":"claim","a":{"party":"p0","statement":"p0.txt","quote":"the archbishop wept","start":0,"end":19},"type":"fact"}` + "\nnot a record\n"
	if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	s := serve(t, file, gate...)
	st := s.now(t)
	if len(st.Lost) != 1 || st.Lost[0].Who != "Ben" || !strings.Contains(st.Lost[0].Reason, "do not stand in p0.txt any more") {
		t.Errorf("lost %+v", st.Lost)
	}
	if len(st.Problems) != 1 || !strings.Contains(st.Problems[0], ":2: no JSON of a decision") {
		t.Errorf("problems %v", st.Problems)
	}
	if code, body := s.send(t, `{"who":"Ada","what":"undo","undo":"1"}`); code != http.StatusOK {
		t.Fatalf("%d %s", code, body)
	}
	if st = s.now(t); len(st.Lost) != 0 || !st.History[1].Undone {
		t.Errorf("after an undo: lost %+v, history %+v", st.Lost, st.History)
	}
	if data, err := os.ReadFile(file); err != nil || !strings.HasPrefix(string(data), lines) {
		t.Error("the file lost something")
	}
}

// Another program adds to the file: windows hear of it.
func TestEvents(t *testing.T) {
	s := serve(t, fileIn(t), gate...)
	resp, err := http.Get(s.address + "events")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	next := func() string {
		for lines.Scan() {
			if lines.Text() != "" {
				return lines.Text()
			}
		}
		return ""
	}
	if got := next(); got != "data: 0" {
		t.Errorf("first %q", got)
	}
	other, err := review.Open(s.file)
	if err != nil {
		t.Fatal(err)
	}
	place := review.PlaceOf(s.server.base, compare.Span{Start: 0, End: 4})
	if _, err := other.Append(review.Record{Who: "Ben", What: review.Note, A: &place, Note: "x"}); err != nil {
		t.Fatal(err)
	}
	if got := next(); got != "data: 1" {
		t.Errorf("then %q", got)
	}
}

// Bytes and UTF-16 units turn into each other.
func TestUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"a", "é", "€", "😀", " ", "“", "\n", "\u0301"})).Draw(t, "text"), "")
		x := newText(s)
		for i := range s + "x" {
			want := len(utf16.Encode([]rune(s[:i])))
			if got := x.units(i); got != want {
				t.Fatalf("byte %d of %q is unit %d, want %d", i, s, got, want)
			}
			if got := x.bytes(want); got != i {
				t.Fatalf("unit %d of %q is byte %d, want %d", want, s, got, i)
			}
		}
	})
}

// Nothing that a window can send makes the server fail.
func FuzzDecision(f *testing.F) {
	r := compared(f, gate...)
	f.Add(`{"who":"Ada","what":"pair","a":{"party":0,"statement":0,"start":0,"end":16},"b":{"party":1,"statement":0,"start":0,"end":9,"marked":true},"relation":"agree","kind":"same"}`)
	f.Add(`{"who":"Ada","what":"claim","a":{"party":1,"statement":0,"start":110,"end":111,"marked":true},"to":{"party":1}}`)
	log, err := review.Open(filepath.Join(f.TempDir(), review.FileName))
	if err != nil {
		f.Fatal(err)
	}
	s, err := New(r, log, Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		var d decision
		if json.Unmarshal([]byte(body), &d) != nil {
			return
		}
		rec, err := s.record(d)
		if err != nil {
			return
		}
		if rec.ID = "1"; rec.Check() != nil {
			return
		}
		copied := *r
		review.Apply(&copied, []review.Record{rec}, compare.Options{})
		if _, err := s.page(&copied, []review.Record{rec}, nil); err != nil {
			t.Fatal(err)
		}
	})
}
