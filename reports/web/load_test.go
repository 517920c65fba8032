package web

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"counterclaim/compare/review"
)

var load = flag.Duration("load", time.Second, "how long TestLoad sends decisions; `bash .ci/run load` gives it a minute")

// Fifty windows decide at once, and others listen: what was answered is in
// the file, each decision once, those of a window in their order, and every
// listener hears of the last.
func TestLoad(t *testing.T) {
	const clients, listeners = 50, 10
	s := serve(t, fileIn(t), gate...)
	st := s.now(t)
	p := st.Rows[0].Pairs[0]
	a, b := st.run(p.A), st.run(p.B)
	ctx, cancel := context.WithTimeout(t.Context(), *load)
	defer cancel()

	var deciding, listening sync.WaitGroup
	done := make(chan int) // closed when the version after the last decision is known
	total, final := 0, struct{ Version int }{}
	for range listeners {
		listening.Go(func() {
			resp, err := http.Get(s.address + "events")
			if err != nil {
				t.Error(err)
				return
			}
			defer resp.Body.Close()
			lines, last := bufio.NewScanner(resp.Body), -1
			for lines.Scan() {
				var version int
				if _, err := fmt.Sscanf(lines.Text(), "data: %d", &version); err != nil {
					continue
				}
				if version <= last {
					t.Errorf("version %d after %d", version, last)
				}
				last = version
				select {
				case <-done:
					if last >= final.Version {
						return
					}
				default:
				}
			}
			t.Errorf("a listener heard of version %d last", last)
		})
	}
	sent := make([]int, clients)
	for c := range clients {
		deciding.Go(func() {
			for ctx.Err() == nil {
				body := fmt.Sprintf(`{"who":"w%02d","what":"pair","a":%s,"b":%s,"relation":"conflict","kind":"quantity","note":"%d"}`, c, a, b, sent[c])
				code, answer := s.send(t, body)
				if code != http.StatusOK {
					t.Errorf("%d %s", code, answer)
					return
				}
				sent[c]++
			}
		})
	}
	deciding.Wait()
	for _, n := range sent {
		total += n
	}
	// Decisions that come together make one version. After the last one there is
	// one more, so that every listener hears something after the end.
	for n := range 2 {
		code, answer := s.send(t, fmt.Sprintf(`{"who":"last","what":"note","a":%s,"note":"%d"}`, a, n))
		if code != http.StatusOK {
			t.Fatalf("%d %s", code, answer)
		}
		if n == 0 {
			if err := json.Unmarshal([]byte(answer), &final); err != nil || final.Version == 0 {
				t.Fatalf("%s: %v", answer, err)
			}
			close(done)
		}
		total++
	}
	listening.Wait()

	records, problems, err := review.Read(s.file)
	if err != nil || len(problems) > 0 || len(records) != total {
		t.Fatalf("%d records of %d decisions, %v, %v", len(records), total, problems, err)
	}
	ids, next := map[string]bool{}, map[string]int{}
	for i, r := range records {
		if ids[r.ID] {
			t.Errorf("the id %s twice", r.ID)
		}
		ids[r.ID] = true
		if i > 0 && r.Time.Before(records[i-1].Time) {
			t.Errorf("line %d is earlier than the one before", r.Line)
		}
		if r.Who == "last" {
			continue
		}
		if r.Note != fmt.Sprint(next[r.Who]) {
			t.Fatalf("%s: decision %s where %d is next", r.Who, r.Note, next[r.Who])
		}
		next[r.Who]++
	}
	for c, n := range sent {
		if n == 0 || next[fmt.Sprintf("w%02d", c)] != n {
			t.Errorf("window %d: %d of %d decisions kept", c, next[fmt.Sprintf("w%02d", c)], n)
		}
	}
	t.Logf("%d decisions of %d windows in %v", total, clients, *load)
}

// A client that stops in the middle is cut off, and keeps nobody else waiting.
func TestSlowClient(t *testing.T) {
	s := serveWith(t, time.Second, fileIn(t), gate...)
	_, host, _ := strings.Cut(s.address, "http://")
	host, path, _ := strings.Cut(host, "/")
	for name, begin := range map[string]string{
		"in its first line": "GET /" + path,
		"in its head":       "GET /" + path + " HTTP/1.1\r\nHost: " + host + "\r\nX: ",
		"in its decision": "POST /" + path + "decide HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host +
			"\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"who\":",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := net.Dial("tcp", host)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			if _, err := io.WriteString(c, begin); err != nil {
				t.Fatal(err)
			}
			if code, answer := s.send(t, `{}`); code != http.StatusUnprocessableEntity {
				t.Errorf("another client meanwhile: %d %s", code, answer)
			}
			if err := c.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
				t.Fatal(err)
			}
			if answer, err := io.ReadAll(c); err != nil || strings.Contains(string(answer), " 200 ") {
				t.Errorf("not cut off: %q, %v", answer, err)
			}
		})
	}
}

// Nothing outside of the page's files can be had, however it is asked for.
func TestTraversal(t *testing.T) {
	s := serve(t, fileIn(t), gate...)
	_, host, _ := strings.Cut(s.address, "http://")
	host, path, _ := strings.Cut(host, "/")
	for _, ask := range []string{"../server.go", "..%2f..%2fserver.go", "%2e%2e/server.go", "//etc/passwd", "page.html/../../server.go", "....//server.go", "page.js%00", `..\server.go`, "server.go", "state.go", "?/../x"} {
		c, err := net.Dial("tcp", host)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(c, "GET /%s%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", path, ask, host)
		answer, err := io.ReadAll(c)
		c.Close()
		if err != nil || strings.Contains(string(answer), "package web") || strings.Contains(string(answer), "root:") {
			t.Errorf("%s: %q, %v", ask, answer, err)
		}
		if status := string(answer[:min(len(answer), 12)]); status == "HTTP/1.1 200" && !strings.HasPrefix(ask, "?") {
			t.Errorf("%s: %q", ask, status)
		}
	}
}

// A full disk is told to who decided, and the file is as it was.
func TestFullDisk(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full here")
	}
	s := serve(t, "/dev/full", gate...)
	st := s.now(t)
	code, answer := s.send(t, fmt.Sprintf(`{"who":"Ada","what":"note","a":%s,"note":"x"}`, runOf(st.Claims[0])))
	var said struct{ Error string }
	if err := json.Unmarshal([]byte(answer), &said); err != nil || code == http.StatusOK || !strings.Contains(said.Error, "no space left") {
		t.Errorf("%d %s", code, answer)
	}
	if _, err := os.Stat(s.file); err != nil {
		t.Error(err)
	}
}
