package exchange

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/reports/internal/archive"
	"counterclaim/reports/wording"
)

// The description of a data package: Data Package Standard, version 1, which
// the tools of Frictionless read.

type dataPackage struct {
	Profile     string         `json:"profile"`
	Name        string         `json:"name"`
	Title       string         `json:"title"`
	Description string         `json:"description"`
	OffsetUnit  string         `json:"offset_unit"` // of our own; the standard allows further properties
	Generator   string         `json:"generator"`
	Resources   []dataResource `json:"resources"`
}

type dataResource struct {
	Profile     string     `json:"profile"`
	Name        string     `json:"name"`
	Path        string     `json:"path"`
	Description string     `json:"description"`
	Format      string     `json:"format"`
	MediaType   string     `json:"mediatype"`
	Encoding    string     `json:"encoding"`
	Bytes       int        `json:"bytes"`
	Hash        string     `json:"hash"`
	Schema      dataSchema `json:"schema"`
}

type dataSchema struct {
	Fields      []dataField  `json:"fields"`
	PrimaryKey  []string     `json:"primaryKey"`
	ForeignKeys []dataRefers `json:"foreignKeys,omitempty"`
}

type dataField struct {
	Name        string       `json:"name"`
	Type        string       `json:"type"`
	Description string       `json:"description"`
	Constraints *constraints `json:"constraints,omitempty"`
}

type constraints struct {
	Required bool     `json:"required,omitempty"`
	Enum     []string `json:"enum,omitempty"`
}

type dataRefers struct {
	Fields    string `json:"fields"`
	Reference struct {
		Resource string `json:"resource"`
		Fields   string `json:"fields"`
	} `json:"reference"`
}

// dataTable is one table and its description.
type dataTable struct {
	name, about string
	fields      []dataField
	refers      map[string]string // field: table whose id it holds
	rows        [][]string
}

// need marks a field that is never empty.
func need(f dataField) dataField {
	f.Constraints = &constraints{Required: true}
	return f
}

func oneOf[T ~string](f dataField, values []T) dataField {
	f.Constraints = &constraints{}
	for _, v := range values {
		f.Constraints.Enum = append(f.Constraints.Enum, string(v))
	}
	return f
}

// WriteDataPackage writes a zip archive of five CSV tables (parties,
// statements, claims, points, pairs) with a Frictionless data package that
// documents every column, its type and what refers to what. No cell is a
// formula to a spreadsheet (see wording.InertExact).
func WriteDataPackage(w io.Writer, v *wording.Report, p wording.Provenance) error {
	pkg := dataPackage{
		Profile: "tabular-data-package", Name: "counterclaim", Title: v.Title() + ": statements compared", Description: wording.NoVerdict + " " + apostrophe,
		OffsetUnit: OffsetUnit, Generator: p.String(),
	}
	var files []archive.File
	for _, t := range []dataTable{partyTable(v), statementTable(v), claimTable(v), pointTable(v), pairTable(v)} {
		data, err := t.csv()
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		r := dataResource{
			Profile: "tabular-data-resource", Name: t.name, Path: t.name + ".csv", Description: t.about,
			Format: "csv", MediaType: "text/csv", Encoding: "utf-8", Bytes: len(data), Hash: "sha256:" + hex.EncodeToString(sum[:]),
			Schema: dataSchema{Fields: t.fields, PrimaryKey: []string{"id"}},
		}
		for _, f := range t.fields {
			if to, ok := t.refers[f.Name]; ok {
				ref := dataRefers{Fields: f.Name}
				ref.Reference.Resource, ref.Reference.Fields = to, "id"
				r.Schema.ForeignKeys = append(r.Schema.ForeignKeys, ref)
			}
		}
		pkg.Resources = append(pkg.Resources, r)
		files = append(files, archive.File{Name: r.Path, Data: data})
	}
	described, err := json.MarshalIndent(pkg, "", "  ")
	if err != nil {
		return err
	}
	return archive.Write(w, append([]archive.File{{Name: "datapackage.json", Data: append(described, '\n')}}, files...)...)
}

// apostrophe says how to get at the exact words.
const apostrophe = "So that no spreadsheet runs a text, one apostrophe was put before each that begins with =, +, -, @, a tab or a line break, " +
	"or with apostrophes and one of these; take it away to have the exact words."

func (t dataTable) csv() ([]byte, error) {
	var b bytes.Buffer
	c := csv.NewWriter(&b)
	c.UseCRLF = false // a line feed inside a cell would become two characters
	head := make([]string, len(t.fields))
	for i, f := range t.fields {
		head[i] = f.Name
	}
	if err := c.Write(head); err != nil {
		return nil, err
	}
	for _, row := range t.rows {
		cells := make([]string, len(row))
		for i, s := range row {
			cells[i] = exact(s)
			if t.fields[i].Type == "string" {
				cells[i] = wording.InertExact(cells[i])
			}
		}
		if err := c.Write(cells); err != nil {
			return nil, err
		}
	}
	c.Flush()
	return b.Bytes(), c.Error()
}

func text(name, about string) dataField {
	return dataField{Name: name, Type: "string", Description: about}
}
func whole(name, about string) dataField {
	return need(dataField{Name: name, Type: "integer", Description: about})
}

func partyTable(v *wording.Report) dataTable {
	t := dataTable{name: "parties", about: "who speaks", fields: []dataField{
		need(text("id", "id of the party")), text("name", "its name"), text("aliases", "other names, parted by a bar"),
	}}
	for _, p := range v.Case.Parties {
		t.rows = append(t.rows, []string{p.ID, p.Name, strings.Join(p.Aliases, "|")})
	}
	return t
}

func statementTable(v *wording.Report) dataTable {
	t := dataTable{name: "statements", about: "one document by one party", refers: map[string]string{"party": "parties"}, fields: []dataField{
		need(text("id", "party and number of the statement")), need(text("party", "id of the party")), text("path", "file, as named by the user"),
		text("title", "title, empty if none was found"), {Name: "date", Type: "date", Description: "date that the statement carries, empty if none was found"},
		text("sha256", "SHA-256 of the text"), text("text", "the text that start and end of claims refer to"),
	}}
	for i, p := range v.Case.Parties {
		for j, d := range p.Statements {
			t.rows = append(t.rows, []string{statementID(v, i, j), p.ID, d.Path, d.Title, wording.Date(d.Date), wording.Hash(d), d.Text})
		}
	}
	return t
}

func claimTable(v *wording.Report) dataTable {
	t := dataTable{name: "claims", about: "one thing that a statement asserts", refers: map[string]string{"party": "parties", "statement": "statements", "point": "points"}, fields: []dataField{
		need(text("id", "statement and number of the claim in it")), need(text("party", "id of the party")), need(text("statement", "id of the statement")),
		{Name: "point", Type: "string", Description: "id of the point that it belongs to, empty if it is alone"},
		whole("start", "first code point of the statement's text"), whole("end", "code point after the last"), whole("line", "line of the file on which it begins, from 1"),
		text("text", "exactly the words from start to end"),
		oneOf(text("type", "type of the claim"), nlp.Types),
		{Name: "type_probability", Type: "number", Description: "probability of the type, from 0 to 1"},
		text("source", "the words that name who asserts it, empty when the party does itself"),
		oneOf(text("polarity", "whether it is asserted or denied"), []nlp.Polarity{nlp.Positive, nlp.Negative}),
		oneOf(text("certainty", "how surely it is asserted"), []nlp.Certainty{nlp.Certain, nlp.Probable, nlp.Possible, nlp.Hypothetical}),
		text("actor", "who did it"), text("predicate", "what was done, as a base form"), text("patient", "to whom or what"),
		text("time", "when, as quoted"), text("place", "where, as quoted"),
		text("quantities", "amounts as quoted, parted by a bar"), text("names", "names as quoted, parted by a bar"),
		text("decided", "who added or changed it, empty where the program alone read it"),
	}}
	at, rows := newPoints(v), inRow(v)
	for i, c := range v.Claims {
		start, end := at.of(i)
		t.rows = append(t.rows, []string{
			c.ID, v.Case.Parties[c.Party].ID, statementID(v, c.Party, c.Statement), rowID(rows[i]),
			strconv.Itoa(start), strconv.Itoa(end), strconv.Itoa(v.Line(i)), c.Text,
			string(c.Type), decimal(c.TypeProbability), c.Source, string(c.Polarity), string(c.Certainty),
			c.Actor, c.Predicate, c.Patient, c.Time, c.Place,
			strings.Join(wording.Quantities(c.Claim), "|"), strings.Join(wording.Names(c.Claim), "|"), wording.ReadBy(c),
		})
	}
	return t
}

func pointTable(v *wording.Report) dataTable {
	t := dataTable{name: "points", about: "what two or more parties speak to: a row of the side-by-side table", fields: []dataField{
		need(text("id", "id of the point")), text("topic", "a short line in the parties' own words"),
	}}
	for i, r := range v.Rows {
		t.rows = append(t.rows, []string{rowID(i + 1), r.Topic})
	}
	return t
}

func pairTable(v *wording.Report) dataTable {
	t := dataTable{name: "pairs", about: "two claims of different parties that meet", refers: map[string]string{"a": "claims", "b": "claims", "point": "points"}, fields: []dataField{
		need(text("id", "id of the pair")), text("point", "id of the point that it belongs to"), need(text("a", "id of a claim")), need(text("b", "id of a claim of another party")),
		oneOf(text("relation", "relation of the two"), []compare.Relation{compare.Agree, compare.Conflict, compare.Framing}),
		oneOf(text("kind", "why they have this relation"), wording.Kinds),
		{Name: "score", Type: "number", Description: "estimated probability that the pair and its relation are right, from 0 to 1"},
		text("reason", "why, in words"), text("evidence", "what it rests on"), text("decided", "who decided it beside our own judge"),
	}}
	rows := rowOf(v)
	for i, p := range v.Pairs {
		t.rows = append(t.rows, []string{
			pairID(i), rowID(rows[i]), v.Claims[p.A].ID, v.Claims[p.B].ID, string(p.Relation), string(p.Kind), decimal(p.Score),
			v.Reason(p), evidenceText(p.Evidence), wording.DecidedBy(p),
		})
	}
	return t
}

// rowID is the id of a row by its number from 1, empty for 0.
func rowID(n int) string {
	if n == 0 {
		return ""
	}
	return "r" + strconv.Itoa(n)
}

func decimal(f float64) string { return strconv.FormatFloat(wording.Round4(f), 'f', -1, 64) }
