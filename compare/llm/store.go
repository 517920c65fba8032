package llm

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// line is one answer in a file: in a folder of kept answers each file holds
// one, in a file to import each line does.
type line struct {
	ID     string          `json:"id"` // of the question
	Asked  string          `json:"asked,omitempty"`
	Model  string          `json:"model,omitempty"`
	Person string          `json:"person,omitempty"`
	Time   string          `json:"time,omitempty"`
	Answer json.RawMessage `json:"answer"` // the answer itself, or its text as a string

	// The form of the batch API of OpenAI.
	CustomID string `json:"custom_id,omitempty"`
	Response *struct {
		Body completion `json:"body"`
	} `json:"response,omitempty"`
}

// reply reads a line.
func (l line) reply() (Reply, error) {
	r := Reply{Question: l.ID, Asked: l.Asked, Name: l.Model}
	if l.CustomID != "" {
		r.Question = l.CustomID
		if l.Response == nil {
			return r, errors.New("no response")
		}
		text, err := l.Response.Body.content()
		if err != nil {
			return r, err
		}
		r.Content, r.Name = text, l.Response.Body.Model
		if t := l.Response.Body.Created; t > 0 {
			r.Time = time.Unix(t, 0).UTC()
		}
		if r.Name == "" {
			return r, errors.New("no name of the model")
		}
		return r, nil
	}
	switch {
	case r.Question == "":
		return r, errors.New(`no "id" of a question`)
	case l.Person != "" && l.Model == "":
		r.Name, r.Person = l.Person, true
	case l.Model == "" || l.Person != "":
		return r, errors.New(`name who answered: "model" or "person"`)
	}
	if l.Time != "" {
		t, err := time.Parse(time.RFC3339, l.Time)
		if err != nil {
			return r, fmt.Errorf("bad time %q; write 2031-05-04T10:00:00Z", l.Time)
		}
		r.Time = t.UTC()
	}
	if json.Unmarshal(l.Answer, &r.Content) != nil {
		r.Content = string(l.Answer)
	}
	if r.Content == "" || r.Content == "null" {
		return r, errors.New("no answer")
	}
	return r, nil
}

// Import reads answers, one JSON object on a line: of the form {"id", "model"
// or "person", "time", "answer"}, or as the batch API writes them. It returns
// the lines that could not be read as problems.
func Import(name string, from io.Reader) (replies []Reply, problems []string, err error) {
	in := bufio.NewReader(from)
	for n := 1; ; n++ {
		text, err := readLine(in)
		if errors.Is(err, io.EOF) {
			return replies, problems, nil
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		text = bytes.TrimSpace(text)
		if len(text) == 0 {
			continue
		}
		var l line
		if err := json.Unmarshal(text, &l); err != nil {
			problems = append(problems, fmt.Sprintf("%s:%d: no JSON object of an answer; the line is left out", name, n))
			continue
		}
		r, err := l.reply()
		if err != nil {
			problems = append(problems, fmt.Sprintf("%s:%d: %s; the line is left out", name, n, err))
			continue
		}
		replies = append(replies, r)
	}
}

// readLine reads a line of bounded length; io.EOF comes after the last.
func readLine(in *bufio.Reader) ([]byte, error) {
	var text []byte
	for {
		part, err := in.ReadSlice('\n')
		text = append(text, part...)
		switch {
		case len(text) > maxReply:
			return nil, fmt.Errorf("a line of more than %d MiB; is this a file of answers?", maxReply>>20)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(text) > 0:
			return text, nil
		}
		return text, err
	}
}

// Export writes questions, one on a line: readable as {"id", "instructions",
// "question", "schema"}, or as the batch API takes them.
func Export(to io.Writer, questions []Question, batch bool, model string) error {
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	for i := range questions {
		q := &questions[i]
		var out any = struct {
			ID           string          `json:"id"`
			Instructions string          `json:"instructions"`
			Question     json.RawMessage `json:"question"`
			Schema       json.RawMessage `json:"schema"`
		}{q.ID, q.Instructions, q.Content, Schema()}
		if batch {
			out = struct {
				ID     string  `json:"custom_id"`
				Method string  `json:"method"`
				URL    string  `json:"url"`
				Body   request `json:"body"`
			}{q.ID, "POST", "/v1/chat/completions", newRequest(q, model, withSchema)}
		}
		if err := encoder.Encode(out); err != nil {
			return err
		}
	}
	return nil
}

// Store is a folder of kept answers: one file for each question and model.
type Store struct{ Dir string }

// file is the name of an answer to a question by a model, whose name may hold
// what a file name cannot.
func (s Store) file(question, asked string) string {
	return filepath.Join(s.Dir, question+"."+slug(asked)+".json")
}

func slug(model string) string {
	out := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.' || r == '_' {
			return r
		}
		return '_'
	}, model)
	return out[:min(len(out), 80)]
}

// Get returns the kept answer to a question: that of the model, or, where
// none is named, the only one.
func (s Store) Get(question, model string) (Reply, bool, error) {
	pattern := question + ".*.json"
	if model != "" {
		pattern = question + "." + slug(model) + ".json"
	}
	files, err := fs.Glob(os.DirFS(s.Dir), pattern)
	if err != nil || len(files) == 0 {
		return Reply{}, false, err
	}
	if len(files) > 1 {
		slices.Sort(files)
		return Reply{}, false, fmt.Errorf("%s holds answers of several models; name the one whose answers count", s.Dir)
	}
	path := filepath.Join(s.Dir, files[0])
	data, err := os.ReadFile(path)
	if err != nil {
		return Reply{}, false, err
	}
	var l line
	if err := json.Unmarshal(data, &l); err != nil {
		return Reply{}, false, fmt.Errorf("%s: broken; delete it, and the question is asked again", path)
	}
	r, err := l.reply()
	if err != nil || r.Question != question {
		return Reply{}, false, fmt.Errorf("%s: not an answer to this question; delete it", path)
	}
	return r, true, nil
}

// Put keeps an answer.
func (s Store) Put(r Reply) error {
	content, err := json.Marshal(r.Content)
	if err != nil {
		return err
	}
	l := line{ID: r.Question, Asked: r.Asked, Model: r.Name, Answer: content}
	if r.Person {
		l.Model, l.Person = "", r.Name
	}
	if !r.Time.IsZero() {
		l.Time = r.Time.Format(time.RFC3339)
	}
	data, err := json.Marshal(l)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.Dir, 0o750); err != nil {
		return err
	}
	asked := r.Asked
	if asked == "" {
		asked = r.Name
	}
	temp, err := os.CreateTemp(s.Dir, ".answer-*")
	if err != nil {
		return err
	}
	_, err = temp.Write(append(data, '\n'))
	if e := temp.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(temp.Name(), s.file(r.Question, asked))
	}
	if err != nil {
		_ = os.Remove(temp.Name()) // what is left cannot be helped
	}
	return err
}
