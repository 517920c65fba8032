// Package web serves a page on which a person corrects a comparison: accepts,
// rejects and changes pairs, adds missing ones by marking words, and changes
// claims. Every decision goes to the case's file of decisions at once; the
// page shows the result with all of them applied, in every window.
//
// The page is for one person on one machine. The server answers only on the
// address that it was given, to requests that carry the token of that
// address and come from the page itself; the page runs no script but its own
// and puts every text of a statement in as text.
package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"counterclaim/compare"
	"counterclaim/compare/review"
)

//go:embed page.html page.js page.css
var files embed.FS

// Options of a server.
type Options struct {
	Who   string          // the name that is offered for decisions
	Token string          // in the address; random if empty
	Apply compare.Options // with which decisions are applied
}

// Server serves the page of one case.
type Server struct {
	base  *compare.Result // without decisions
	log   *review.Log
	o     Options
	texts [][]*text // by party and statement

	mu      sync.Mutex
	recent  []*state          // the last states, oldest first
	lines   int               // lines of the file that the last one was made of
	windows map[chan int]bool // that are told of new versions
	closed  chan struct{}     // when the server ends

	patience time.Duration
}

// New prepares a server for a result without decisions.
func New(base *compare.Result, log *review.Log, o Options) (*Server, error) {
	if o.Token == "" {
		var token [16]byte
		if _, err := rand.Read(token[:]); err != nil {
			return nil, err
		}
		o.Token = hex.EncodeToString(token[:])
	}
	s := &Server{base: base, log: log, o: o, patience: patience, windows: map[chan int]bool{}, closed: make(chan struct{})}
	for _, p := range base.Case.Parties {
		var list []*text
		for _, d := range p.Statements {
			list = append(list, newText(d.Text))
		}
		s.texts = append(s.texts, list)
	}
	_, err := s.state()
	return s, err
}

// Address is the address of the page on a listener.
func (s *Server) Address(l net.Listener) string {
	return fmt.Sprintf("http://%s/%s/", l.Addr(), s.o.Token)
}

// Serve answers on a listener until the context ends.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{Handler: s.handler(l.Addr().String()), ReadHeaderTimeout: s.patience, IdleTimeout: 2 * time.Minute}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	go s.watch(ctx)
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	close(s.closed) // lets the windows' streams end
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		return server.Close()
	}
	return nil
}

// policy is the content security policy of the page.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// handler answers requests to host, an address with port.
func (s *Server) handler(host string) http.Handler {
	mux := http.NewServeMux()
	file := func(name, kind string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			data, err := files.ReadFile(name)
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			w.Header().Set("Content-Type", kind)
			_, _ = w.Write(data) // the window is gone: nobody to tell
		}
	}
	mux.HandleFunc("GET /{$}", file("page.html", "text/html; charset=utf-8"))
	mux.HandleFunc("GET /page.js", file("page.js", "text/javascript; charset=utf-8"))
	mux.HandleFunc("GET /page.css", file("page.css", "text/css; charset=utf-8"))
	mux.HandleFunc("GET /text.json", func(w http.ResponseWriter, _ *http.Request) { answer(w, s.statements()) })
	mux.HandleFunc("GET /state.json", func(w http.ResponseWriter, r *http.Request) {
		st, err := s.state()
		if err != nil {
			fail(w, http.StatusInternalServerError, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(st.since(s.known(r.URL.Query().Get("since")))) // the window is gone: nobody to tell
	})
	mux.HandleFunc("GET /events", s.events)
	mux.HandleFunc("POST /decide", s.decide)
	return s.guard(host, http.StripPrefix("/"+s.o.Token, mux))
}

// guard lets only the page itself through: the right host (against DNS
// rebinding), the token, and no other origin.
func (s *Server) guard(host string, next http.Handler) http.Handler {
	_, port, err := net.SplitHostPort(host)
	if err != nil {
		port = ""
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(s.patience)); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if r.Host != host && r.Host != "localhost:"+port {
			http.Error(w, "this address is not served here", http.StatusMisdirectedRequest)
			return
		}
		token, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if subtle.ConstantTimeCompare([]byte(token), []byte(s.o.Token)) != 1 {
			http.Error(w, "the address lacks the token; open the one that counterclaim serve printed", http.StatusForbidden)
			return
		}
		origin, site := r.Header.Get("Origin"), r.Header.Get("Sec-Fetch-Site")
		foreign := origin != "" && origin != "http://"+r.Host || site != "" && site != "same-origin" && site != "none"
		if foreign || origin == "" && r.Method != http.MethodGet {
			http.Error(w, "only the page itself may do this", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func answer(w http.ResponseWriter, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		fail(w, http.StatusInternalServerError, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(data) // the window is gone: nobody to tell
}

func fail(w http.ResponseWriter, code int, err error) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": err.Error()}) // the window is gone: nobody to tell
}

// patience is how long a window may take over a request, or to read an answer.
const patience = 20 * time.Second

// maxRequest bounds a decision.
const maxRequest = 1 << 20

// decide keeps a decision.
func (s *Server) decide(w http.ResponseWriter, r *http.Request) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		fail(w, http.StatusUnsupportedMediaType, errors.New("not JSON"))
		return
	}
	if err := http.NewResponseController(w).SetReadDeadline(time.Now().Add(s.patience)); err != nil {
		fail(w, http.StatusInternalServerError, err)
		return
	}
	var d decision
	body := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxRequest))
	body.DisallowUnknownFields()
	if err := body.Decode(&d); err != nil {
		fail(w, http.StatusBadRequest, errors.New("not a decision"))
		return
	}
	if _, err := body.Token(); !errors.Is(err, io.EOF) {
		fail(w, http.StatusBadRequest, errors.New("not one decision"))
		return
	}
	record, err := s.record(d)
	if err != nil {
		fail(w, http.StatusUnprocessableEntity, err)
		return
	}
	if record, err = s.log.Append(record); err != nil {
		fail(w, http.StatusUnprocessableEntity, err)
		return
	}
	st, err := s.state()
	if err != nil {
		fail(w, http.StatusInternalServerError, err)
		return
	}
	answer(w, map[string]any{"id": record.ID, "version": st.version})
}

// events tells a window of every new version, as server-sent events.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	news := make(chan int, 1)
	s.mu.Lock()
	news <- s.last().version
	s.windows[news] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.windows, news)
		s.mu.Unlock()
	}()
	alive := time.NewTicker(15 * time.Second)
	defer alive.Stop()
	for {
		var line string
		select {
		case <-r.Context().Done():
			return
		case <-s.closed:
			return
		case v := <-news:
			line = fmt.Sprintf("data: %d\n\n", v)
		case <-alive.C:
			line = ": here\n\n"
		}
		if out.SetWriteDeadline(time.Now().Add(s.patience)) != nil {
			return
		}
		if _, err := io.WriteString(w, line); err != nil || out.Flush() != nil {
			return
		}
	}
}

// watch sees what other programs add to the file.
func (s *Server) watch(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_, _ = s.state() // an error is shown to whoever asks for the state
		}
	}
}

// tell tells every window of a version; a window that has not heard of the
// last one hears of this one only. s.mu is held.
func (s *Server) tell(version int) {
	for news := range s.windows {
		select {
		case <-news:
		default:
		}
		news <- version
	}
}
