package llm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"counterclaim/compare/anchor"
	"counterclaim/compare/gold"
)

// Reply is an answer as it came, with who gave it and when.
type Reply struct {
	Question string    // its ID
	Asked    string    // the model that was asked for
	Name     string    // the model that answered, as it says; or the person
	Person   bool      // a person answered
	Time     time.Time // zero if not known
	Content  string
}

// answer is the form of an answer. Its items are read one by one, so that a
// bad one spoils no other.
type answer struct {
	claims    []json.RawMessage
	decisions []json.RawMessage
	cut       bool // the text ends inside of it
}

// errNoAnswer is the reason why a text is no answer at all.
var errNoAnswer = errors.New("no JSON object with decisions")

var thought = regexp.MustCompile(`(?s)^\s*<think(?:ing)?>.*?</think(?:ing)?>`)

// readAnswer reads the text of an answer. Thoughts before it and a code fence
// around it are common and harmless; anything else beside it is not.
func readAnswer(text string) (answer, error) {
	text = strings.TrimSpace(thought.ReplaceAllString(text, ""))
	if rest, ok := strings.CutPrefix(text, "```"); ok {
		if _, rest, ok = strings.Cut(rest, "\n"); ok {
			text = strings.TrimSuffix(strings.TrimSpace(rest), "```")
		}
	}
	var a answer
	d := json.NewDecoder(strings.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return a, errNoAnswer
	}
	seen := false
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return a.end(seen, err)
		}
		switch name {
		case "claims":
			err = readList(d, &a.claims)
		case "decisions":
			seen = true
			err = readList(d, &a.decisions)
		default:
			err = d.Decode(new(json.RawMessage))
		}
		if err != nil {
			return a.end(seen, err)
		}
	}
	if _, err := d.Token(); err != nil {
		return a.end(seen, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) || !seen {
		return a, errNoAnswer
	}
	return a, nil
}

// end is what is left of an answer that breaks off: its whole decisions.
func (a answer) end(seen bool, err error) (answer, error) {
	cut := errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
	if !cut || !seen || len(a.decisions) == 0 {
		return a, errNoAnswer
	}
	a.cut = true
	return a, nil
}

func readList(d *json.Decoder, to *[]json.RawMessage) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	if t != json.Delim('[') {
		return fmt.Errorf("a list is missing")
	}
	for d.More() {
		var item json.RawMessage
		if err := d.Decode(&item); err != nil {
			return err
		}
		*to = append(*to, item)
	}
	_, err = d.Token()
	return err
}

type decisionAnswer struct {
	A          *string  `json:"a"`
	B          *string  `json:"b"`
	Relation   *string  `json:"relation"`
	Kind       string   `json:"kind"`
	Confidence *float64 `json:"confidence"`
	WordsA     string   `json:"words_a"`
	WordsB     string   `json:"words_b"`
}

type claimAnswer struct {
	ID    *string `json:"id"`
	Quote *string `json:"quote"`
}

// strict reads one item: the fields of the form and no others.
func strict(raw json.RawMessage, to any) bool {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	return d.Decode(to) == nil
}

// check takes from an answer what can be used.
func (q *Question) check(a answer) ([]Decision, LeftOut) {
	var out []Decision
	var left LeftOut
	claims := map[string]Ref{}
	for id, ref := range q.claims {
		claims[id] = ref
	}
	for _, raw := range a.claims {
		var c claimAnswer
		if !strict(raw, &c) || c.ID == nil || c.Quote == nil {
			left.Malformed++
			continue
		}
		party := slices.Index([]string{"a", "b"}, strings.TrimRight(*c.ID, "+0123456789"))
		if _, taken := claims[*c.ID]; taken || party < 0 || !strings.Contains(*c.ID, "+") {
			left.Unknown++
			continue
		}
		ref, ok := q.locate(party, *c.Quote)
		if !ok {
			left.Quotes++
			continue
		}
		claims[*c.ID] = ref
	}
	decided := map[[2]Ref]bool{}
	for _, raw := range a.decisions {
		d, ok := q.decision(raw, claims, &left)
		if !ok {
			continue
		}
		key := [2]Ref{d.A, d.B}
		if decided[key] {
			left.Repeated++
			continue
		}
		decided[key] = true
		out = append(out, d)
	}
	return out, left
}

func (q *Question) decision(raw json.RawMessage, claims map[string]Ref, left *LeftOut) (Decision, bool) {
	var d decisionAnswer
	if !strict(raw, &d) || d.A == nil || d.B == nil || d.Relation == nil || d.Confidence == nil || !(*d.Confidence >= 0 && *d.Confidence <= 1) {
		left.Malformed++
		return Decision{}, false
	}
	a, okA := claims[*d.A]
	b, okB := claims[*d.B]
	if !okA || !okB || a.Party == b.Party {
		left.Unknown++
		return Decision{}, false
	}
	if !known(*d.Relation, d.Kind) {
		left.Label++
		return Decision{}, false
	}
	out := Decision{A: a, B: b, Relation: *d.Relation, Kind: d.Kind, Confidence: *d.Confidence, WordsA: d.WordsA, WordsB: d.WordsB}
	if out.Relation == none {
		out.Relation, out.WordsA, out.WordsB = "", "", ""
	}
	if a.Party != q.parties[0] {
		out.A, out.B, out.WordsA, out.WordsB = out.B, out.A, out.WordsB, out.WordsA
		switch out.Kind {
		case "narrower":
			out.Kind = "broader"
		case "broader":
			out.Kind = "narrower"
		}
	}
	wordsA, okA := q.inside(out.A, out.WordsA)
	wordsB, okB := q.inside(out.B, out.WordsB)
	if !okA || !okB {
		left.Quotes++
		wordsA, wordsB = "", "" // the decision stands, with evidence of our own
	}
	out.WordsA, out.WordsB = wordsA, wordsB
	return out, true
}

func known(relation, kind string) bool {
	if relation == none {
		return kind == ""
	}
	for _, r := range gold.Kinds {
		if r.Relation == relation {
			return slices.Contains(r.Kinds, kind)
		}
	}
	return false
}

// locate finds a proposed claim among the sentences of the question: the
// first place that the quote stands at, or the claim there that shares most of
// its words.
func (q *Question) locate(party int, quote string) (Ref, bool) {
	var found []Ref
	for _, s := range q.in {
		if s.Party != q.parties[party] {
			continue
		}
		for _, at := range q.texts[[2]int{s.Party, s.Statement}].Locate(quote) {
			if at.Start >= s.Start && at.End <= s.End {
				found = append(found, Ref{s.Party, s.Statement, Span(at)})
			}
		}
	}
	if len(found) == 0 {
		return Ref{}, false
	}
	best, share := found[0], 0.5
	for claim := range q.names {
		if claim.Party != found[0].Party || claim.Statement != found[0].Statement {
			continue
		}
		n := q.shared(claim, found[0])
		if n > share || n == share && (claim.Start < best.Start || claim.Start == best.Start && claim.End < best.End) {
			best, share = claim, n
		}
	}
	return best, true
}

// shared is the intersection over union of the words of two runs.
func (q *Question) shared(x, y Ref) float64 {
	from, to := max(x.Start, y.Start), min(x.End, y.End)
	if from >= to {
		return 0
	}
	text := q.texts[[2]int{x.Party, x.Statement}]
	both := len(anchor.Words(text.Slice(from, to)))
	all := len(anchor.Words(text.Slice(min(x.Start, y.Start), max(x.End, y.End))))
	return float64(both) / float64(max(all, 1))
}

// inside finds words in a claim, and returns them as they stand there.
func (q *Question) inside(claim Ref, words string) (string, bool) {
	if words == "" {
		return "", true
	}
	text := q.texts[[2]int{claim.Party, claim.Statement}].Slice(claim.Start, claim.End)
	if at := anchor.NewText(text).Locate(words); len(at) > 0 {
		return text[at[0].Start:at[0].End], true
	}
	return "", false
}
