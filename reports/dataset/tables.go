// Package dataset holds the results of a corpus as tables: statements, claims,
// pairs, rows, versions. It writes them as Parquet and as JSON lines with a
// Frictionless data package that documents every column, and reads them again.
//
// The laws of the package: the same records give the same bytes; a file is
// there whole or not at all; every id that a table refers to is in the table
// that it refers to.
package dataset

import (
	"encoding/json"
	"reflect"
	"strings"
)

// Optional is a text that may be missing: null in JSON and in Parquet where it
// is empty.
type Optional string

// MarshalJSON writes null for the empty text.
func (o Optional) MarshalJSON() ([]byte, error) {
	if o == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(o))
}

// Statement is a record of the table statements.
type Statement struct {
	ID         string   `json:"id" parquet:"id" about:"id of the statement, unique in the corpus"`
	Case       string   `json:"case" parquet:"case,dict" about:"id of the case that it belongs to"`
	CaseTitle  Optional `json:"case_title" parquet:"case_title,optional,dict" about:"title of the case; null if it has none"`
	Party      string   `json:"party" parquet:"party,dict" about:"id of the party that speaks"`
	PartyName  string   `json:"party_name" parquet:"party_name,dict" about:"name of the party"`
	Number     int32    `json:"number" parquet:"number" about:"number of the statement among those of its party in the case, from 1; 0 if it was not compared because it is a copy"`
	Date       Optional `json:"date" parquet:"date,optional" about:"date of the statement, as given or as found in it (YYYY-MM-DD); null if unknown" format:"date"`
	Title      Optional `json:"title" parquet:"title,optional" about:"title, as given or as found in the statement; null if it has none"`
	Address    Optional `json:"address" parquet:"address,optional" about:"web address or other reference, as given; null if none was"`
	Path       Optional `json:"path" parquet:"path,optional" about:"file of the statement, relative to the corpus; null if the text stood in a table"`
	SHA256     string   `json:"sha256" parquet:"sha256" about:"SHA-256 of the file or text as given"`
	Words      int32    `json:"words" parquet:"words" about:"number of words, as separated by white space"`
	Claims     int32    `json:"claims" parquet:"claims" about:"number of claims found"`
	Voice      string   `json:"voice" parquet:"voice" about:"id of the statement whose near-copy it is, itself if of none; all statements of one voice count as one"`
	Nearest    Optional `json:"nearest" parquet:"nearest,optional" about:"id of the statement that it was grouped with, where the program made the case; null otherwise"`
	Similarity float64  `json:"similarity" parquet:"similarity" about:"similarity to the case when it was grouped, from 0 to 1; 0 where the case was given"`
	Shared     []string `json:"shared" parquet:"shared,list" about:"evidence of the grouping: the names, places, dates and words shared with the case, strongest first"`
	Text       string   `json:"text" parquet:"text" about:"canonical text: what the offsets of claims refer to, in bytes of UTF-8"`
}

// Claim is a record of the table claims.
type Claim struct {
	ID              string   `json:"id" parquet:"id" about:"id of the claim: case, party, number of its statement, number of the claim in it"`
	Case            string   `json:"case" parquet:"case,dict" about:"id of the case"`
	Party           string   `json:"party" parquet:"party,dict" about:"id of the party that speaks"`
	Statement       string   `json:"statement" parquet:"statement,dict" about:"id of the statement"`
	Row             Optional `json:"row" parquet:"row,optional" about:"id of the row that the claim is in; null if it stands alone"`
	Sentence        int32    `json:"sentence" parquet:"sentence" about:"number of its sentence in the statement, from 0"`
	Start           int32    `json:"start" parquet:"start" about:"first byte of the claim in the text of the statement"`
	End             int32    `json:"end" parquet:"end" about:"byte after its last in the text of the statement"`
	Line            int32    `json:"line" parquet:"line" about:"line of the file that it begins in, from 1"`
	Text            string   `json:"text" parquet:"text" about:"the words of the claim, exactly"`
	Type            string   `json:"type" parquet:"type,dict" about:"type of the claim" values:"fact accusation denial demand commitment evaluation legal prediction ceremonial"`
	TypeProbability float64  `json:"type_probability" parquet:"type_probability" about:"probability of the type, from 0 to 1"`
	Source          Optional `json:"source" parquet:"source,optional" about:"the words that name who asserts it; null where the party does itself"`
	Polarity        string   `json:"polarity" parquet:"polarity,dict" about:"whether it is asserted or negated" values:"positive negative"`
	Certainty       string   `json:"certainty" parquet:"certainty,dict" about:"how surely it is asserted" values:"certain probable possible hypothetical"`
	Actor           Optional `json:"actor" parquet:"actor,optional" about:"who acts, in the words of the claim; null if not recognised"`
	Predicate       Optional `json:"predicate" parquet:"predicate,optional" about:"what is done: the base form of the verb; null if not recognised"`
	Patient         Optional `json:"patient" parquet:"patient,optional" about:"to whom or what; null if not recognised"`
	Time            Optional `json:"time" parquet:"time,optional" about:"when, in the words of the claim; null if not recognised"`
	Place           Optional `json:"place" parquet:"place,optional" about:"where, in the words of the claim; null if not recognised"`
	Quantities      []string `json:"quantities" parquet:"quantities,list" about:"the amounts in the claim, as written"`
	Names           []string `json:"names" parquet:"names,list" about:"the names in the claim, as written"`
	Keys            []string `json:"keys" parquet:"keys,list" about:"for each entry of names, the key of the thing that it names: the same for every name of one thing in a statement"`
}

// Pair is a record of the table pairs.
type Pair struct {
	ID       string     `json:"id" parquet:"id" about:"id of the pair: case and number"`
	Case     string     `json:"case" parquet:"case,dict" about:"id of the case"`
	Row      Optional   `json:"row" parquet:"row,optional" about:"id of the row that the pair is in"`
	A        string     `json:"a" parquet:"a" about:"id of a claim"`
	B        string     `json:"b" parquet:"b" about:"id of a claim of another party"`
	PartyA   string     `json:"party_a" parquet:"party_a,dict" about:"party of a"`
	PartyB   string     `json:"party_b" parquet:"party_b,dict" about:"party of b"`
	Relation string     `json:"relation" parquet:"relation,dict" about:"relation of the two claims" values:"agree conflict framing"`
	Kind     string     `json:"kind" parquet:"kind,dict" about:"why they have this relation" values:"same narrower broader negation antonym quantity time place actor patient blame modality status other naming evaluation"`
	Score    float64    `json:"score" parquet:"score" about:"calibrated probability that the two meet with this relation, from 0 to 1"`
	Evidence []Evidence `json:"evidence" parquet:"evidence,list" about:"what the pair rests on: what was compared, the words of a and of b, a note"`
}

// Evidence is one reason for a pair.
type Evidence struct {
	What string `json:"what" parquet:"what"`
	A    string `json:"a" parquet:"a"`
	B    string `json:"b" parquet:"b"`
	Note string `json:"note" parquet:"note"`
}

// Row is a record of the table rows.
type Row struct {
	ID      string   `json:"id" parquet:"id" about:"id of the row: case and number"`
	Case    string   `json:"case" parquet:"case,dict" about:"id of the case"`
	Number  int32    `json:"number" parquet:"number" about:"number of the row in its case, from 1, in the order of the story"`
	Topic   string   `json:"topic" parquet:"topic" about:"the point that the row is about, in the words of the parties"`
	Parties []string `json:"parties" parquet:"parties,list" about:"the parties that speak to the point"`
	Silent  []string `json:"silent" parquet:"silent,list" about:"the parties of the case that do not"`
	Claims  []string `json:"claims" parquet:"claims,list" about:"ids of the claims in the row"`
	Pairs   []string `json:"pairs" parquet:"pairs,list" about:"ids of the pairs in the row"`
}

// Version is a record of the table versions: what became of a claim from one
// statement of a party to its next in the same case.
type Version struct {
	Case   string   `json:"case" parquet:"case,dict" about:"id of the case"`
	Party  string   `json:"party" parquet:"party,dict" about:"id of the party"`
	From   string   `json:"from" parquet:"from,dict" about:"id of the earlier statement"`
	To     string   `json:"to" parquet:"to,dict" about:"id of the statement that follows it"`
	Change string   `json:"change" parquet:"change,dict" about:"what became of the claim" values:"kept revised added dropped"`
	Before Optional `json:"before" parquet:"before,optional" about:"id of the claim in the earlier statement; null if added"`
	After  Optional `json:"after" parquet:"after,optional" about:"id of the claim in the later statement; null if dropped"`
	Kind   Optional `json:"kind" parquet:"kind,optional,dict" about:"for kept and revised, how the two claims differ: a kind of the table pairs" values:"same narrower broader negation antonym quantity time place actor patient blame modality status other naming evaluation"`
	Score  float64  `json:"score" parquet:"score" about:"for kept and revised, calibrated probability of the match; 0 otherwise"`
}

// Rejected is a record that was set aside.
type Rejected struct {
	Where  string `json:"where"`            // file and line, or record
	ID     string `json:"id,omitempty"`     // of the statement, where known
	Reason string `json:"reason"`           // what is wrong, and what to do
	Record any    `json:"record,omitempty"` // as read, where it could be
}

// Tables are records of all tables; those of a case, or of several.
type Tables struct {
	Statements []Statement
	Claims     []Claim
	Pairs      []Pair
	Rows       []Row
	Versions   []Version
	Rejected   []Rejected
}

// Column documents one column.
type Column struct {
	Name   string
	Type   string // of Frictionless: string, integer, number, array
	Format string // "date", or empty
	About  string
	Values []string // all that it can hold; nil if open
	Null   bool     // may be missing
}

// Table documents one table.
type Table struct {
	Name    string
	About   string
	Key     []string             // columns that identify a record; nil if none
	Refers  map[string][2]string // column: table and column that it refers to
	Columns []Column
}

// Codebook documents every table, in the order in which they build on each
// other.
func Codebook() []Table {
	return []Table{
		{Name: "statements", About: "one record for each statement that was read", Key: []string{"id"},
			Refers: map[string][2]string{"voice": {"", "id"}, "nearest": {"", "id"}}, Columns: columnsOf(reflect.TypeFor[Statement]())},
		{Name: "claims", About: "one record for each claim of the statements that were compared", Key: []string{"id"},
			Refers: map[string][2]string{"statement": {"statements", "id"}, "row": {"rows", "id"}}, Columns: columnsOf(reflect.TypeFor[Claim]())},
		{Name: "pairs", About: "one record for each pair of claims of different parties that meet", Key: []string{"id"},
			Refers: map[string][2]string{"a": {"claims", "id"}, "b": {"claims", "id"}, "row": {"rows", "id"}}, Columns: columnsOf(reflect.TypeFor[Pair]())},
		{Name: "rows", About: "one record for each point that two or more parties speak to", Key: []string{"id"}, Columns: columnsOf(reflect.TypeFor[Row]())},
		{Name: "versions", About: "what became of each claim from one statement of a party to its next in the same case",
			Refers:  map[string][2]string{"from": {"statements", "id"}, "to": {"statements", "id"}, "before": {"claims", "id"}, "after": {"claims", "id"}},
			Columns: columnsOf(reflect.TypeFor[Version]())},
	}
}

func columnsOf(t reflect.Type) []Column {
	out := make([]Column, t.NumField())
	for i := range out {
		f := t.Field(i)
		c := Column{Name: f.Tag.Get("json"), About: f.Tag.Get("about"), Format: f.Tag.Get("format"), Values: strings.Fields(f.Tag.Get("values"))}
		c.Null = f.Type == reflect.TypeFor[Optional]()
		switch f.Type.Kind() {
		case reflect.Int32:
			c.Type = "integer"
		case reflect.Float64:
			c.Type = "number"
		case reflect.Slice:
			c.Type = "array"
		default:
			c.Type = "string"
		}
		if len(c.Values) == 0 {
			c.Values = nil
		}
		out[i] = c
	}
	return out
}
