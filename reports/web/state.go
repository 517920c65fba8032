package web

import (
	"errors"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"counterclaim/compare"
	"counterclaim/compare/anchor"
	"counterclaim/compare/review"
	"counterclaim/nlp"
	"counterclaim/reports/wording"
)

// text is the text of a statement. A browser counts UTF-16 units, the rest of
// the program bytes.
type text struct {
	text  string
	runes []place // where a character begins that is not one byte long, and the end
	words []anchor.Word
}

type place struct{ bytes, units int }

func newText(s string) *text {
	t := &text{text: s, words: anchor.Words(s)}
	units := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if size > 1 || r == utf8.RuneError {
			t.runes = append(t.runes, place{i, units})
		}
		units++
		if r >= 0x10000 {
			units++
		}
		i += size
		if size > 1 || r == utf8.RuneError {
			t.runes = append(t.runes, place{i, units})
		}
	}
	return t
}

// units turns bytes into UTF-16 units.
func (t *text) units(bytes int) int {
	i := sort.Search(len(t.runes), func(i int) bool { return t.runes[i].bytes > bytes })
	if i == 0 {
		return bytes
	}
	p := t.runes[i-1]
	return p.units + bytes - p.bytes
}

// bytes turns UTF-16 units into bytes.
func (t *text) bytes(units int) int {
	i := sort.Search(len(t.runes), func(i int) bool { return t.runes[i].units > units })
	if i == 0 {
		return min(units, len(t.text))
	}
	p := t.runes[i-1]
	at := min(p.bytes+units-p.units, len(t.text))
	if i < len(t.runes) {
		at = min(at, t.runes[i].bytes)
	}
	return at
}

// whole widens a run to whole words; ok is false if there is none in it.
func (t *text) whole(start, end int) (int, int, bool) {
	from := sort.Search(len(t.words), func(i int) bool { return t.words[i].End > start })
	to := sort.Search(len(t.words), func(i int) bool { return t.words[i].Start >= end })
	if from >= to {
		return 0, 0, false
	}
	return t.words[from].Start, t.words[to-1].End, true
}

// pageState is the form of a state. Claims are named by their ids, which stay
// as they are when decisions are added, so that few items change with each.
type pageState struct {
	pageHead
	Claims    []pageClaim `json:"claims"`
	Rows      []pageRow   `json:"rows"`
	Overruled []pagePair  `json:"overruled"`
}

type pageHead struct {
	Version  int           `json:"version"`
	Who      string        `json:"who"`
	Lost     []pageLost    `json:"lost"`
	Problems []string      `json:"problems"`
	History  []pageHistory `json:"history"`
	Decided  int           `json:"decided"` // pairs that a person decided
	Pairs    int           `json:"pairs"`
}

type pageClaim struct {
	ID        string `json:"id"`
	Party     int    `json:"party"`
	Statement int    `json:"statement"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Text      string `json:"text"`
	Type      string `json:"type"`
	Source    string `json:"source"`
	By        string `json:"by,omitempty"`
	Class     string `json:"class"`
}

type pageRow struct {
	Topic string     `json:"topic"`
	Pairs []pagePair `json:"pairs"`
}

type pagePair struct {
	A        string   `json:"a"`
	B        string   `json:"b"`
	Relation string   `json:"relation"`
	Kind     string   `json:"kind"`
	Score    string   `json:"score"`
	Weak     bool     `json:"weak,omitempty"`
	Reason   string   `json:"reason"`
	By       string   `json:"by,omitempty"`
	Person   bool     `json:"person,omitempty"`
	Notes    []string `json:"notes,omitempty"`
}

type pageLost struct {
	ID     string `json:"id"`
	Line   int    `json:"line"`
	Who    string `json:"who"`
	What   string `json:"what"`
	Reason string `json:"reason"`
}

type pageHistory struct {
	ID     string `json:"id"`
	Who    string `json:"who"`
	Time   string `json:"time"`
	What   string `json:"what"`
	Undone bool   `json:"undone,omitempty"`
}

// state applies the decisions there are now. Windows are told if there are
// new ones.
func (s *Server) state() (*state, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	records, problems, err := s.log.Records() // inside the lock: a version never follows a later one
	if err != nil {
		return nil, err
	}
	lines := len(records) + len(problems)
	last := s.last()
	if last != nil && s.lines == lines {
		return last, nil
	}
	r := *s.base
	lost := review.Apply(&r, records, s.o.Apply)
	page, err := s.page(&r, records, lost)
	if err != nil {
		return nil, err
	}
	page.Problems = append([]string{}, problems...)
	if last != nil {
		page.Version = last.version + 1
	}
	now, err := encode(page, last)
	if err != nil {
		return nil, err
	}
	s.lines = lines
	s.recent = append(s.recent[max(0, len(s.recent)-kept+1):], now)
	s.tell(now.version)
	return now, nil
}

// kept is how many states a window can be sent the changes from; a window
// that is further behind is sent the whole.
const kept = 32

// last is the state that was made last, or nil. s.mu is held.
func (s *Server) last() *state {
	if len(s.recent) == 0 {
		return nil
	}
	return s.recent[len(s.recent)-1]
}

// known is the state of a version, or nil if it is none of those kept.
func (s *Server) known(version string) *state {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, st := range s.recent {
		if strconv.Itoa(st.version) == version {
			return st
		}
	}
	return nil
}

func (s *Server) page(r *compare.Result, records []review.Record, lost []review.Lost) (*pageState, error) {
	v, err := wording.New(r)
	if err != nil {
		return nil, err
	}
	out := &pageState{pageHead: pageHead{Who: s.o.Who, Lost: []pageLost{}, History: []pageHistory{}}}
	for i, c := range r.Claims {
		t := s.texts[c.Party][c.Statement]
		class := "alone"
		if rs := v.Relations[i]; len(rs) > 0 {
			class = string(rs[0])
		}
		out.Claims = append(out.Claims, pageClaim{
			ID: c.ID, Party: c.Party, Statement: c.Statement, Start: t.units(c.Start), End: t.units(c.End), Text: wording.Clean(c.Text),
			Type: string(c.Type), Source: wording.Clean(c.Source), By: wording.ReadBy(c), Class: class,
		})
	}
	notes := notesOf(r, records, s)
	pair := func(p compare.Pair) pagePair {
		q := pagePair{
			A: r.Claims[p.A].ID, B: r.Claims[p.B].ID, Relation: string(p.Relation), Kind: string(p.Kind), Score: wording.Score(p.Score), Weak: wording.IsWeak(p), Reason: v.Reason(p), By: wording.DecidedBy(p),
			Person: p.Decided != nil && p.Decided.By == compare.Person, Notes: notes[[2]int{p.A, p.B}],
		}
		if q.Person {
			out.Decided++
		}
		out.Pairs++
		return q
	}
	for _, row := range r.Rows {
		pr := pageRow{Topic: wording.Clean(row.Topic), Pairs: []pagePair{}}
		for _, i := range row.Pairs {
			pr.Pairs = append(pr.Pairs, pair(r.Pairs[i]))
		}
		out.Rows = append(out.Rows, pr)
	}
	for _, p := range r.Overruled {
		out.Overruled = append(out.Overruled, pair(p))
	}
	for _, l := range lost {
		out.Lost = append(out.Lost, pageLost{l.Record.ID, l.Record.Line, wording.Clean(l.Record.Who), describe(&l.Record), wording.Clean(l.Reason)})
	}
	active := map[string]bool{}
	for _, a := range review.Active(records) {
		active[a.ID] = true
	}
	undone := map[string]bool{}
	for _, a := range records {
		undone[a.ID] = a.What != review.Undo && !active[a.ID]
	}
	for i := range slices.Backward(records) {
		a := &records[i]
		out.History = append(out.History, pageHistory{a.ID, wording.Clean(a.Who), a.Time.UTC().Format("2006-01-02 15:04"), describe(a), undone[a.ID]})
		if len(out.History) == history {
			break
		}
	}
	return out, nil
}

// history is how many of the last records the page lists.
const history = 200

// notesOf gathers the remarks on pairs, by their claims.
func notesOf(r *compare.Result, records []review.Record, s *Server) map[[2]int][]string {
	out := map[[2]int][]string{}
	for _, rec := range review.Active(records) {
		if rec.What != review.Note || rec.B == nil {
			continue
		}
		a, b := s.claimAt(r, rec.A), s.claimAt(r, rec.B)
		if a > b {
			a, b = b, a
		}
		if a >= 0 {
			out[[2]int{a, b}] = append(out[[2]int{a, b}], wording.Clean(rec.Who)+": "+wording.Clean(rec.Note))
		}
	}
	return out
}

// claimAt is the claim whose words stand at a place, or -1.
func (s *Server) claimAt(r *compare.Result, p *review.Place) int {
	return slices.IndexFunc(r.Claims, func(c compare.Claim) bool {
		party := r.Case.Parties[c.Party]
		return party.ID == p.Party && party.Statements[c.Statement].Path == p.Statement && c.Text == p.Quote && (c.Start == p.Start || strings.Count(party.Statements[c.Statement].Text, p.Quote) == 1)
	})
}

// describe says in a line what a record does.
func describe(r *review.Record) string {
	quote := func(p *review.Place) string {
		if p == nil {
			return ""
		}
		words := strings.Fields(wording.Clean(p.Quote))
		if len(words) > 6 {
			words = append(words[:6:6], "…")
		}
		return "“" + strings.Join(words, " ") + "”"
	}
	var s string
	switch r.What {
	case review.Pair:
		s = quote(r.A) + " / " + quote(r.B) + ": "
		if r.Relation == review.None {
			s += "they do not meet"
		} else {
			s += r.Relation + " (" + r.Kind + ")"
		}
	case review.Claim:
		s = quote(r.A) + ": "
		switch {
		case r.Drop:
			s += "no claim"
		case r.To != nil:
			s += "is " + quote(r.To)
		case r.Type != "":
			s += "is " + r.Type
		case r.Source != nil:
			s += "source " + wording.Clean(*r.Source)
		default:
			s += "a claim"
		}
	case review.Note:
		s = quote(r.A)
		if r.B != nil {
			s += " / " + quote(r.B)
		}
	case review.Undo:
		return "undo"
	}
	if r.Note != "" {
		s += " (" + wording.Clean(r.Note) + ")"
	}
	return s
}

// pageText is the texts of a case, which do not change.
type pageText struct {
	Title   string            `json:"title"`
	Notice  string            `json:"notice"`
	Parties []pageParty       `json:"parties"`
	Kinds   []pageKinds       `json:"kinds"`
	Types   []nlp.Type        `json:"types"`
	Meaning map[string]string `json:"meaning"`
}

type pageKinds struct {
	Relation string         `json:"relation"`
	Kinds    []compare.Kind `json:"kinds"`
}

type pageParty struct {
	Name       string          `json:"name"`
	Statements []pageStatement `json:"statements"`
}

type pageStatement struct {
	Describe string      `json:"describe"`
	Text     string      `json:"text"`
	Blocks   []pageBlock `json:"blocks"`
}

type pageBlock struct {
	Kind   string `json:"kind"`
	Level  int    `json:"level"`
	Marker string `json:"marker"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
}

func (s *Server) statements() pageText {
	v, err := wording.New(s.base)
	if err != nil {
		return pageText{} // New of the server has made one already
	}
	out := pageText{Title: v.Title(), Notice: wording.NoVerdict, Types: nlp.Types, Meaning: map[string]string{}}
	for _, r := range []compare.Relation{compare.Agree, compare.Conflict, compare.Framing} {
		out.Kinds = append(out.Kinds, pageKinds{string(r), review.Kinds[r]})
		for _, k := range review.Kinds[r] {
			out.Meaning[string(k)] = wording.Phrase(k)
		}
	}
	for i, p := range s.base.Case.Parties {
		party := pageParty{Name: v.Name(i), Statements: []pageStatement{}}
		for j, d := range p.Statements {
			t := s.texts[i][j]
			st := pageStatement{Describe: wording.Describe(d), Text: strings.ToValidUTF8(d.Text, "\ufffd"), Blocks: []pageBlock{}}
			for _, b := range d.Blocks {
				st.Blocks = append(st.Blocks, pageBlock{string(b.Kind), b.Level, wording.Clean(b.Marker), t.units(b.Start), t.units(b.End)})
			}
			party.Statements = append(party.Statements, st)
		}
		out.Parties = append(out.Parties, party)
	}
	return out
}

// decision is what a window sends.
type decision struct {
	Who      string   `json:"who"`
	What     string   `json:"what"`
	A        *pageRun `json:"a"`
	B        *pageRun `json:"b"`
	To       *pageRun `json:"to"`
	Relation string   `json:"relation"`
	Kind     string   `json:"kind"`
	Type     string   `json:"type"`
	Source   *string  `json:"source"`
	Drop     bool     `json:"drop"`
	Note     string   `json:"note"`
	Undo     string   `json:"undo"`
}

// pageRun is a run of a statement in UTF-16 units.
type pageRun struct {
	Party     int  `json:"party"`
	Statement int  `json:"statement"`
	Start     int  `json:"start"`
	End       int  `json:"end"`
	Marked    bool `json:"marked"`
}

// Limits of what a person writes.
const (
	maxName = 80
	maxNote = 4000
)

// record turns what a window sends into a record.
func (s *Server) record(d decision) (review.Record, error) {
	r := review.Record{
		Who: strings.TrimSpace(d.Who), Time: time.Now().UTC().Truncate(time.Second), What: review.What(d.What), Relation: d.Relation, Kind: d.Kind,
		Type: d.Type, Drop: d.Drop, Note: strings.TrimSpace(d.Note), Undo: d.Undo,
	}
	switch {
	case r.Who == "":
		return r, errors.New("write your name first: every decision carries one")
	case len(r.Who) > maxName || len(r.Note) > maxNote:
		return r, errors.New("the name or the note is too long")
	}
	if d.Source != nil {
		source := strings.TrimSpace(*d.Source)
		r.Source = &source
	}
	for _, side := range []struct {
		run *pageRun
		to  **review.Place
	}{{d.A, &r.A}, {d.B, &r.B}, {d.To, &r.To}} {
		if side.run == nil {
			continue
		}
		p, err := s.place(side.run)
		if err != nil {
			return r, err
		}
		*side.to = p
	}
	if r.What == review.Pair && r.A != nil && r.B != nil {
		r.Own = s.own(d.A, d.B)
	}
	return r, nil
}

// span turns a run of a window into one of the case.
func (s *Server) span(run *pageRun) (compare.Span, error) {
	if run.Party < 0 || run.Party >= len(s.texts) || run.Statement < 0 || run.Statement >= len(s.texts[run.Party]) || run.Start < 0 || run.End < run.Start {
		return compare.Span{}, errors.New("there are no such words")
	}
	t := s.texts[run.Party][run.Statement]
	span := compare.Span{Party: run.Party, Statement: run.Statement, Start: t.bytes(run.Start), End: t.bytes(run.End)}
	if run.Marked {
		var ok bool
		if span.Start, span.End, ok = t.whole(span.Start, span.End); !ok {
			return span, errors.New("mark some words first")
		}
	}
	d := s.base.Case.Parties[run.Party].Statements[run.Statement]
	if !slices.ContainsFunc(d.Sentences, func(q nlp.Sentence) bool { return span.Start >= q.Start && span.End <= q.End }) {
		return span, errors.New("mark words inside one sentence")
	}
	return span, nil
}

func (s *Server) place(run *pageRun) (*review.Place, error) {
	span, err := s.span(run)
	if err != nil {
		return nil, err
	}
	p := review.PlaceOf(s.base, span)
	p.Marked = run.Marked
	return &p, nil
}

// own is what our own judge says of two claims.
func (s *Server) own(a, b *pageRun) *review.Verdict {
	x, errA := s.span(a)
	y, errB := s.span(b)
	if errA != nil || errB != nil {
		return nil
	}
	if x.Party > y.Party {
		x, y = y, x
	}
	at := func(i int, q compare.Span) bool {
		c := &s.base.Claims[i]
		return c.Party == q.Party && c.Statement == q.Statement && c.Start == q.Start && c.End == q.End
	}
	for _, p := range s.base.Pairs {
		if at(p.A, x) && at(p.B, y) {
			v := review.Verdict{Relation: string(p.Relation), Kind: string(p.Kind), Score: p.Score}
			if a.Party > b.Party {
				v.Kind = review.Turned(v.Kind)
			}
			return &v
		}
	}
	return &review.Verdict{Relation: review.None}
}
