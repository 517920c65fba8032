package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// apply does what the page does with changes.
func apply(t interface{ Fatal(...any) }, changes []byte, old *state) map[string]any {
	var out map[string]any
	if err := json.Unmarshal(changes, &out); err != nil {
		t.Fatal(err, string(changes))
	}
	if _, partial := out["since"]; !partial {
		return out
	}
	delete(out, "since")
	for n, name := range listNames {
		list := []any{}
		for _, item := range out[name].([]any) {
			run, ok := item.([]any)
			if !ok {
				list = append(list, item)
				continue
			}
			for _, old := range old.lists[n][int(run[0].(float64)):int(run[1].(float64))] {
				var item any
				if err := json.Unmarshal(old, &item); err != nil {
					t.Fatal(err)
				}
				list = append(list, item)
			}
		}
		out[name] = list
	}
	return out
}

// Whatever changed, the changes since a state make the new one of it.
func TestChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := func(version int) *state {
			s := &state{version: version, head: fmt.Appendf(nil, `{"version":%d}`, version)}
			for n := range s.lists {
				for _, x := range rapid.SliceOfN(rapid.IntRange(0, 9), 0, 12).Draw(t, listNames[n]) { // few values: many in common, some twice
					s.lists[n] = append(s.lists[n], fmt.Appendf(nil, `{"id":%d}`, x))
				}
			}
			return s
		}
		old, now := random(1), random(2)
		got, err := json.Marshal(apply(t, now.since(old), old))
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal(apply(t, now.since(nil), nil))
		if err != nil || !bytes.Equal(got, want) {
			t.Fatalf("the changes make %s, want %s (%v)", got, want, err)
		}
	})
}

// A window is sent what changed since its state, and the whole where the
// server does not know that one any more.
func TestSince(t *testing.T) {
	s := serve(t, fileIn(t), gate...)
	fetch := func(query string) []byte {
		resp, err := http.Get(s.address + "state.json" + query)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		data, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	first := s.server.last()
	st := s.now(t)
	p := st.Rows[0].Pairs[0]
	body := `{"who":"Ada","what":"pair","a":` + st.run(p.A) + `,"b":` + st.run(p.B) + `,"relation":"none"}`
	if code, answer := s.send(t, body); code != http.StatusOK {
		t.Fatal(answer)
	}
	if code, answer := s.send(t, `{"who":"Ada","what":"claim","a":`+runOf(st.Claims[0])+`,"drop":true}`); code != http.StatusOK {
		t.Fatal(answer)
	}
	whole, part := fetch(""), fetch("?since=0")
	if len(part) >= len(whole) {
		t.Errorf("the changes are %d bytes, the whole %d", len(part), len(whole))
	}
	got, want := apply(t, part, first), apply(t, whole, nil)
	if a, b := fmt.Sprint(got), fmt.Sprint(want); a != b {
		t.Errorf("the changes make\n%s\nwant\n%s", a, b)
	}
	for _, query := range []string{"?since=99", "?since=-1", "?since=x", "?since="} {
		if !bytes.Equal(fetch(query), whole) {
			t.Errorf("%s: not the whole", query)
		}
	}
	for range kept {
		if code, answer := s.send(t, `{"who":"Ada","what":"note","a":`+runOf(st.Claims[1])+`,"note":"x"}`); code != http.StatusOK {
			t.Fatal(answer)
		}
	}
	if n := len(s.server.recent); n != kept {
		t.Errorf("%d states are kept", n)
	}
	if bytes.Contains(fetch("?since=0"), []byte(`"since"`)) {
		t.Error("a state that is not kept any more is known")
	}
	if a, b := s.server.recent[0].lists[0], s.server.last().lists[0]; !slices.EqualFunc(a, b, func(x, y []byte) bool { return &x[0] == &y[0] }) {
		t.Error("what did not change is kept more than once")
	}
}
