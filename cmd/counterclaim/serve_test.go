package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// served runs `counterclaim serve` as a process and returns the address that
// it prints.
func served(t *testing.T, args ...string) (*exec.Cmd, string) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Args = append([]string{"counterclaim", "serve"}, args...) // TestMain runs the command of that name
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "Open ")
	if err != nil || !ok {
		t.Fatalf("it prints %q, %v", line, err)
	}
	return cmd, address
}

func fetch(t *testing.T, method, address, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Origin", "http://"+req.URL.Host)
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

// What was answered is on the disk, whatever ends the program; and an
// interrupt ends it in order.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"case.yaml": "title: The gate\nparties:\n  - {id: a, name: A, statements: [a.txt]}\n  - {id: b, name: B, statements: [b.txt]}\n",
		"a.txt":     "Four people died at the gate on Friday.\n",
		"b.txt":     "Nine people were killed at the gate on Friday.\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const decisions = 5
	for round := range 2 {
		cmd, address := served(t, dir, "--name", "Ada")
		if !strings.HasPrefix(address, "http://127.0.0.1:") {
			t.Fatalf("it serves at %s", address)
		}
		for i := range decisions {
			body := fmt.Sprintf(`{"who":"Ada","what":"pair","a":{"party":0,"statement":0,"start":0,"end":16,"marked":true},"b":{"party":1,"statement":0,"start":0,"end":11,"marked":true},"relation":"conflict","kind":"quantity","note":"%d"}`, i)
			if code, answer := fetch(t, http.MethodPost, address+"decide", body); code != http.StatusOK {
				t.Fatalf("%d %s", code, answer)
			}
		}
		if err := cmd.Process.Kill(); err != nil { // kill -9: no chance to write anything more
			t.Fatal(err)
		}
		_ = cmd.Wait() // killed
		data, err := os.ReadFile(filepath.Join(dir, "review.jsonl"))
		if n := strings.Count(string(data), "\n"); err != nil || n != decisions*(round+1) {
			t.Fatalf("%d decisions on the disk, %v", n, err)
		}
	}
	cmd, address := served(t, dir)
	if code, state := fetch(t, http.MethodGet, address+"state.json", ""); code != http.StatusOK || !strings.Contains(state, `decided by Ada: “4”`) {
		t.Errorf("%d %s", code, state)
	}
	if runtime.GOOS == "windows" {
		return // no interrupt there
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("it ends with %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("it does not end")
	}
}
