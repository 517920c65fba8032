package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// answer QUESTIONS ANSWERS NAME answers exported questions as a person.
func answerQuestions(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: answer QUESTIONS ANSWERS NAME")
	}
	var out []byte
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		var q struct {
			ID       string
			Question json.RawMessage
		}
		ts.Check(json.Unmarshal([]byte(line), &q))
		answer, err := json.Marshal(map[string]any{"id": q.ID, "person": args[2], "answer": json.RawMessage(rote(q.Question, ""))})
		ts.Check(err)
		out = append(append(out, answer...), '\n')
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), out, 0o600))
}

// stubModel is an endpoint that answers every question by rote. What it does
// wrong is chosen by the path.
func stubModel() *httptest.Server {
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, content string) {
		b, err := json.Marshal(map[string]any{"model": "stub-1", "choices": []any{map[string]any{"message": map[string]any{"content": content}}}})
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Write(b)
	}
	mux.HandleFunc("/good/chat/completions", func(w http.ResponseWriter, r *http.Request) {
		answer(w, stubAnswer(r, ""))
	})
	mux.HandleFunc("/sloppy/chat/completions", func(w http.ResponseWriter, r *http.Request) {
		answer(w, stubAnswer(r, `,{"a":"a999","b":"b1","relation":"agree","kind":"same","confidence":1,"words_a":"","words_b":""},{"verdict":"b lies"}`))
	})
	mux.HandleFunc("/babble/chat/completions", func(w http.ResponseWriter, _ *http.Request) { answer(w, "OBEYED") })
	mux.HandleFunc("/locked/chat/completions", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, `{"error":{"message":"no such key"}}`, http.StatusUnauthorized)
	})
	return httptest.NewServer(mux)
}

func stubAnswer(r *http.Request, more string) string {
	var asked struct {
		Messages []struct{ Content string }
	}
	if json.NewDecoder(r.Body).Decode(&asked) != nil || len(asked.Messages) != 2 {
		return "no question"
	}
	return rote([]byte(asked.Messages[1].Content), more)
}

// rote answers a question: "Twelve people died" and "Four people died"
// conflict.
func rote(question []byte, more string) string {
	var q struct {
		Parties []struct {
			Statements []struct{ Sentences []struct{ Text string } }
		}
	}
	if json.Unmarshal(question, &q) != nil || len(q.Parties) != 2 {
		return "no question"
	}
	var quotes [2]string
	for p, party := range q.Parties {
		for _, s := range party.Statements {
			for _, sentence := range s.Sentences {
				for _, words := range []string{"Twelve people died", "Thirteen people died", "Four people died"} {
					if strings.Contains(sentence.Text, words) {
						quotes[p] = words
					}
				}
			}
		}
	}
	return fmt.Sprintf(`{"claims":[{"id":"a+1","quote":%q},{"id":"b+1","quote":%q}],"decisions":[`+
		`{"a":"a+1","b":"b+1","relation":"conflict","kind":"patient","confidence":0.75,"words_a":"people","words_b":"people"}%s]}`, quotes[0], quotes[1], more)
}
