package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Client asks an OpenAI-compatible chat endpoint.
type Client struct {
	endpoint string
	host     string
	model    string
	key      string
	http     *http.Client
	timeout  time.Duration
	form     atomic.Int32 // index into forms: the first that the endpoint takes

	now   func() time.Time
	sleep func(context.Context, time.Duration) error
}

// NewClient checks the address of an endpoint, with or without
// /chat/completions at its end. The key may be empty; timeout is for one try
// of one question.
func NewClient(address, model, key string, timeout time.Duration) (*Client, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("%q is no address of an endpoint; write one like http://localhost:11434/v1", address)
	case u.User != nil:
		return nil, errors.New("the address of the endpoint holds a password; give the key in the environment")
	case key != "" && u.Scheme == "http" && !local(u.Hostname()):
		return nil, fmt.Errorf("the key would go to %s unencrypted; use https", u.Host)
	}
	if !strings.HasSuffix(strings.TrimRight(u.Path, "/"), "/chat/completions") {
		u = u.JoinPath("chat", "completions")
	}
	return &Client{
		endpoint: u.String(), host: u.Host, model: model, key: key, timeout: timeout,
		http: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // statements and key go to the address that was named and to no other
		}},
		now:   time.Now,
		sleep: sleep,
	}, nil
}

func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// message and request are the parts of the chat API that are used.
type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type request struct {
	Model          string          `json:"model"`
	Messages       []message       `json:"messages"`
	Temperature    *float64        `json:"temperature,omitempty"`
	ResponseFormat json.RawMessage `json:"response_format,omitempty"`
}

// The forms of a request, the strictest first. Not every endpoint can hold a
// model to a schema, and some models take no temperature.
const (
	withSchema = iota
	withObject
	bare
	formCount
)

func newRequest(q *Question, model string, form int) request {
	r := request{Model: model, Messages: []message{{"system", q.Instructions}, {"user", string(q.Content)}}}
	zero := 0.0
	switch form {
	case withSchema:
		r.Temperature = &zero
		r.ResponseFormat = json.RawMessage(`{"type":"json_schema","json_schema":{"name":"decisions","strict":true,"schema":` + string(Schema()) + `}}`)
	case withObject:
		r.ResponseFormat = json.RawMessage(`{"type":"json_object"}`)
	}
	return r
}

// completion is what an endpoint answers.
type completion struct {
	Model   string `json:"model"`
	Created int64  `json:"created"`
	Choices []struct {
		Message struct {
			Content string `json:"content"`
			Refusal string `json:"refusal"`
		} `json:"message"`
	} `json:"choices"`
}

func (c *completion) content() (string, error) {
	switch {
	case len(c.Choices) == 0:
		return "", errors.New("the reply holds no answer")
	case c.Choices[0].Message.Content == "" && c.Choices[0].Message.Refusal != "":
		return "", errors.New("the model refuses")
	case c.Choices[0].Message.Content == "":
		return "", errors.New("the answer is empty")
	}
	return c.Choices[0].Message.Content, nil
}

// Limits of asking.
const (
	tries       = 4               // of a question that fails for a passing reason
	firstWait   = time.Second     // before the second try; doubles
	longestWait = 2 * time.Minute // that an endpoint may ask for
	maxReply    = 16 << 20        // bytes
)

// hopelessError is an error that every other question would meet too.
type hopelessError struct{ error }

func (h hopelessError) Unwrap() error { return h.error }

// passingError is an error that may be gone at the next try.
type passingError struct {
	error
	wait time.Duration // as the endpoint asks; 0 if it does not
}

func (p passingError) Unwrap() error { return p.error }

// Ask puts a question, several times if need be.
func (c *Client) Ask(ctx context.Context, q *Question) (Reply, error) {
	wait := firstWait
	for try := 1; ; try++ {
		reply, err := c.once(ctx, q)
		var again passingError
		if err == nil || ctx.Err() != nil || !errors.As(err, &again) || try == tries {
			return reply, err
		}
		if again.wait > longestWait {
			return reply, fmt.Errorf("%w, and asks to wait %s", err, again.wait)
		}
		if err := c.sleep(ctx, max(wait, again.wait)); err != nil {
			return reply, err
		}
		wait *= 2
	}
}

// once puts a question in the strictest form that the endpoint takes.
func (c *Client) once(ctx context.Context, q *Question) (Reply, error) {
	for {
		form := c.form.Load()
		reply, err := c.post(ctx, q, int(form))
		var refused *formError
		if !errors.As(err, &refused) {
			return reply, err
		}
		if form+1 == formCount {
			return reply, refused.error
		}
		c.form.CompareAndSwap(form, form+1)
	}
}

// formError is a request that the endpoint does not understand.
type formError struct{ error }

func (c *Client) post(ctx context.Context, q *Question, form int) (Reply, error) {
	body, err := json.Marshal(newRequest(q, c.model, form))
	if err != nil {
		return Reply{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint, bytes.NewReader(body))
	if err != nil {
		return Reply{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	if c.key != "" {
		req.Header.Set("Authorization", "Bearer "+c.key)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return Reply{}, c.failure(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxReply+1))
	switch {
	case resp.StatusCode != http.StatusOK:
		return Reply{}, c.refusal(resp, data)
	case err != nil:
		return Reply{}, c.failure(err)
	case len(data) > maxReply:
		return Reply{}, fmt.Errorf("the reply is longer than %d MiB", maxReply>>20)
	}
	var got completion
	if err := json.Unmarshal(data, &got); err != nil {
		return Reply{}, passingError{error: errors.New("the reply is broken JSON")}
	}
	text, err := got.content()
	if err != nil {
		return Reply{}, err
	}
	name := got.Model
	if name == "" {
		name = c.model
	}
	return Reply{Question: q.ID, Asked: c.model, Name: name, Time: c.now().UTC().Truncate(time.Second), Content: text}, nil
}

// failure says in words why no reply came.
func (c *Client) failure(err error) error {
	var timeout net.Error
	var dial *net.OpError
	var unknown *net.DNSError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return passingError{error: fmt.Errorf("no answer within %s", c.timeout)}
	case errors.As(err, &unknown):
		return hopelessError{fmt.Errorf("%s is not known; check the address", c.host)}
	case errors.As(err, &dial) && dial.Op == "dial":
		return hopelessError{fmt.Errorf("cannot connect to %s; is the server running?", c.host)}
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // less the address, which may hold secrets
	}
	return passingError{error: fmt.Errorf("the connection broke: %w", err)}
}

// refusal says in words what a status other than 200 means.
func (c *Client) refusal(resp *http.Response, body []byte) error {
	err := fmt.Errorf("%s answers %s%s", c.host, resp.Status, said(body))
	switch code := resp.StatusCode; {
	case code == http.StatusTooManyRequests || code == http.StatusRequestTimeout || code == http.StatusTooEarly || code >= 500 && code != http.StatusNotImplemented:
		return passingError{err, retryAfter(resp.Header.Get("Retry-After"), c.now())}
	case code == http.StatusBadRequest || code == http.StatusUnprocessableEntity:
		return &formError{err}
	case code >= 300 && code < 400:
		return hopelessError{fmt.Errorf("%s sends us on to %s; name that address", c.host, short(resp.Header.Get("Location")))}
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		return hopelessError{fmt.Errorf("%w; check the key", err)}
	case code == http.StatusRequestEntityTooLarge:
		return err
	}
	return hopelessError{fmt.Errorf("%w; check the address and the name of the model", err)}
}

// said is the message of an error reply, if it has the usual form.
func said(body []byte) string {
	var e struct {
		Error struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	if json.Unmarshal(body, &e) != nil || e.Error.Message == "" {
		return ""
	}
	return " (" + short(e.Error.Message) + ")"
}

// short makes a foreign text fit on the line of a message.
func short(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	if runes := []rune(s); len(runes) > 120 {
		s = string(runes[:120]) + "…"
	}
	return strings.Join(strings.Fields(s), " ")
}

// retryAfter reads the header of that name: seconds, or a date.
func retryAfter(value string, now time.Time) time.Duration {
	if n, err := strconv.ParseFloat(value, 64); err == nil && n >= 0 && n < 1e6 {
		return time.Duration(n * float64(time.Second))
	}
	if t, err := http.ParseTime(value); err == nil {
		return max(t.Sub(now), 0)
	}
	return 0
}
