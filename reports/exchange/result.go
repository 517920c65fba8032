// Package exchange writes a comparison for other programs: JSON of the
// schema counterclaim/1, and CSV.
package exchange

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/nlp/read"
	"counterclaim/reports/wording"
)

// The names of the schemas, the value of the field "schema".
const (
	ResultSchema = "counterclaim/1"
	ClaimsSchema = "counterclaim-claims/1"
)

// result is a comparison as exchanged. The fields, their names and their
// order are a contract; further fields may be added.
type result struct {
	Schema  string   `json:"schema"`
	Version string   `json:"version,omitempty"`
	Case    caseOf   `json:"case"`
	Claims  []claim  `json:"claims"`
	Pairs   []pair   `json:"pairs"`
	Rows    []row    `json:"rows"`
	Alone   []string `json:"alone"`

	Settings  []setting `json:"settings,omitempty"`
	Judges    []judge   `json:"judges,omitempty"`
	Overruled []pair    `json:"overruled,omitempty"`
	Apart     []pair    `json:"apart,omitempty"` // pairs that look like conflicts and are none
}

// setting is a setting of the run that differs from the default.
type setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// judge is one who decided beside our own judge.
type judge struct {
	By       string `json:"by"`
	Name     string `json:"name"`
	First    string `json:"first"`
	Last     string `json:"last"`
	Asked    int    `json:"asked"`
	Answered int    `json:"answered"`
}

// decided says who decided a claim or a pair, beside our own judge.
type decided struct {
	By   string   `json:"by"`
	Name string   `json:"name"`
	Time string   `json:"time"`
	Note string   `json:"note"`
	Own  *verdict `json:"own,omitempty"`
}

// verdict is what our own judge says where that is something else; the
// relation is "none" where it finds no pair.
type verdict struct {
	Relation string  `json:"relation"`
	Kind     string  `json:"kind"`
	Score    float64 `json:"score"`
}

type caseOf struct {
	Title   string  `json:"title"`
	Date    string  `json:"date,omitempty"`
	Parties []party `json:"parties"`
}

type party struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Aliases    []string    `json:"aliases,omitempty"`
	Statements []statement `json:"statements"`
}

type statement struct {
	Path       string `json:"path"`
	Date       string `json:"date"`
	Title      string `json:"title"`
	Author     string `json:"author,omitempty"`
	Address    string `json:"address,omitempty"`
	Text       string `json:"text"`
	FileSHA256 string `json:"file_sha256,omitempty"`
	TextSHA256 string `json:"text_sha256"`
}

type claim struct {
	ID              string   `json:"id"`
	Party           string   `json:"party,omitempty"`
	Statement       string   `json:"statement"`
	Sentence        int      `json:"sentence"`
	Start           int      `json:"start"`
	End             int      `json:"end"`
	Page            int      `json:"page,omitempty"`
	Line            int      `json:"line"`
	Text            string   `json:"text"`
	Type            string   `json:"type"`
	TypeProbability float64  `json:"type_probability"`
	TypeReasons     []string `json:"type_reasons,omitempty"`
	Source          string   `json:"source"`
	Sources         []string `json:"sources,omitempty"`
	Polarity        string   `json:"polarity"`
	Certainty       string   `json:"certainty"`
	Actor           string   `json:"actor"`
	Predicate       string   `json:"predicate"`
	Patient         string   `json:"patient"`
	Recipient       string   `json:"recipient,omitempty"`
	Time            string   `json:"time"`
	TimeFrom        string   `json:"time_from,omitempty"`
	TimeTo          string   `json:"time_to,omitempty"`
	Place           string   `json:"place"`
	Quantities      []string `json:"quantities"`
	Entities        []entity `json:"entities"`
	Decided         *decided `json:"decided,omitempty"`
}

type entity struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
	Type  string `json:"type"`
	Key   string `json:"key"`
}

type pair struct {
	A        string     `json:"a"`
	B        string     `json:"b"`
	Relation string     `json:"relation"`
	Kind     string     `json:"kind"`
	Score    float64    `json:"score"`
	Evidence []evidence `json:"evidence"`
	Decided  *decided   `json:"decided,omitempty"`
}

type evidence struct {
	What string `json:"what"`
	A    string `json:"a"`
	B    string `json:"b"`
	Note string `json:"note"`
}

type row struct {
	Topic string              `json:"topic"`
	Cells map[string][]string `json:"cells"` // by party id; encoding/json sorts them
	Pairs []int               `json:"pairs"`
}

// WriteJSON writes the comparison as JSON of the schema counterclaim/1.
// The version of the program is left out if empty, its settings if there are
// none.
func WriteJSON(w io.Writer, v *wording.Report, p wording.Provenance) error {
	out := result{
		Schema:  ResultSchema,
		Version: p.Version,
		Case:    caseOf{Title: v.Case.Title, Date: wording.Date(v.Case.Date), Parties: []party{}},
		Claims:  []claim{},
		Pairs:   []pair{},
		Rows:    []row{},
		Alone:   ids(v, v.Alone),
	}
	for _, p := range v.Case.Parties {
		q := party{ID: p.ID, Name: p.Name, Aliases: p.Aliases, Statements: []statement{}}
		for _, d := range p.Statements {
			q.Statements = append(q.Statements, statementOf(d))
		}
		out.Case.Parties = append(out.Case.Parties, q)
	}
	for i, c := range v.Claims {
		q := claimOf(c.Claim, v.Document(i), v.Place(i))
		q.ID, q.Party, q.Decided = c.ID, v.Case.Parties[c.Party].ID, decidedOf(c.Decided)
		out.Claims = append(out.Claims, q)
	}
	for _, p := range v.Pairs {
		out.Pairs = append(out.Pairs, pairOf(v, p))
	}
	for _, r := range v.Rows {
		q := row{Topic: r.Topic, Cells: make(map[string][]string), Pairs: append([]int{}, r.Pairs...)}
		for i, cell := range r.Cells {
			q.Cells[v.Case.Parties[i].ID] = ids(v, cell)
		}
		out.Rows = append(out.Rows, q)
	}
	for _, set := range p.Settings {
		out.Settings = append(out.Settings, setting(set))
	}
	for _, j := range v.Judges {
		out.Judges = append(out.Judges, judge{string(j.By), j.Name, moment(j.First), moment(j.Last), j.Asked, j.Answered})
	}
	for _, p := range v.Overruled {
		out.Overruled = append(out.Overruled, pairOf(v, p))
	}
	for _, p := range v.Apart {
		out.Apart = append(out.Apart, pairOf(v, p))
	}
	return encode(w, out)
}

func statementOf(d *nlp.Document) statement {
	return statement{Path: d.Path, Date: wording.Date(d.Date), Title: d.Title, Author: d.Author, Address: d.Address, Text: d.Text, FileSHA256: d.Source.SHA256(), TextSHA256: wording.Hash(d)}
}

func claimOf(c nlp.Claim, d *nlp.Document, at read.Position) claim {
	return claim{
		Statement: d.Path, Sentence: c.Sentence, Start: c.Start, End: c.End, Page: at.Page, Line: at.Line, Text: c.Text,
		Type: string(c.Type), TypeProbability: wording.Round4(c.TypeProbability), TypeReasons: reasonsOf(c),
		Source: c.Source, Polarity: string(c.Polarity), Certainty: string(c.Certainty),
		Actor: c.Actor, Predicate: c.Predicate, Patient: c.Patient, Recipient: c.Recipient, Time: c.Time, Place: c.Place,
		Sources: chain(c.Sources), TimeFrom: instant(c.TimeFrom), TimeTo: instant(c.TimeTo),
		Quantities: wording.Quantities(c), Entities: entitiesOf(c),
	}
}

// reasonsOf are the traits by which the type was told.
func reasonsOf(c nlp.Claim) []string {
	var out []string
	for _, r := range c.TypeReasons {
		out = append(out, r.Name)
	}
	return out
}

// chain is the chain of sources where there is more than one.
func chain(sources []string) []string {
	if len(sources) < 2 {
		return nil
	}
	return sources
}

// instant writes a bound of a time, empty where it is not known.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02T15:04")
}

func entitiesOf(c nlp.Claim) []entity {
	out := []entity{}
	for _, e := range c.Entities {
		out = append(out, entity{Start: e.Start, End: e.End, Text: e.Text, Type: string(e.Type), Key: e.Key})
	}
	return out
}

func pairOf(v *wording.Report, p compare.Pair) pair {
	q := pair{
		A: v.Claims[p.A].ID, B: v.Claims[p.B].ID,
		Relation: string(p.Relation), Kind: string(p.Kind), Score: wording.Round4(p.Score),
		Evidence: []evidence{}, Decided: decidedOf(p.Decided),
	}
	for _, e := range p.Evidence {
		q.Evidence = append(q.Evidence, evidence{What: e.What, A: e.A, B: e.B, Note: e.Note})
	}
	return q
}

func decidedOf(d *compare.Decided) *decided {
	if d == nil {
		return nil
	}
	out := &decided{By: string(d.By), Name: d.Name, Time: moment(d.Time), Note: d.Note}
	if d.Own != nil {
		out.Own = &verdict{cmp.Or(string(d.Own.Relation), "none"), string(d.Own.Kind), wording.Round4(d.Own.Score)}
	}
	return out
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func ids(v *wording.Report, claims []int) []string {
	out := make([]string, len(claims))
	for i, c := range claims {
		out[i] = v.Claims[c].ID
	}
	return out
}

// encode writes indented JSON in which no control character is left, so that
// it is harmless on a screen too.
func encode(w io.Writer, out any) error {
	b, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return fmt.Errorf("encode JSON: %w", err)
	}
	_, err = w.Write(append(escapeControls(b), '\n'))
	return err
}
