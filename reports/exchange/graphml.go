package exchange

import (
	"io"
	"strconv"

	"counterclaim/reports/internal/markup"
	"counterclaim/reports/wording"
)

// graphKey declares an attribute of nodes or edges.
type graphKey struct{ id, of, name, typ string }

var graphKeys = []graphKey{
	{"n_label", "node", "label", "string"},
	{"n_kind", "node", "kind", "string"},
	{"n_claim", "node", "claim", "string"},
	{"n_party", "node", "party", "string"},
	{"n_type", "node", "type", "string"},
	{"n_source", "node", "source", "string"},
	{"n_polarity", "node", "polarity", "string"},
	{"n_certainty", "node", "certainty", "string"},
	{"n_statement", "node", "statement", "string"},
	{"n_date", "node", "date", "string"},
	{"n_line", "node", "line", "int"},
	{"n_start", "node", "start", "int"},
	{"n_end", "node", "end", "int"},
	{"n_row", "node", "row", "int"},
	{"e_kind", "edge", "kind", "string"},
	{"e_relation", "edge", "relation", "string"},
	{"e_reason", "edge", "reason", "string"},
	{"e_weight", "edge", "weight", "double"},
	{"e_row", "edge", "row", "int"},
	{"g_title", "graph", "title", "string"},
	{"g_note", "graph", "note", "string"},
	{"g_unit", "graph", "offset_unit", "string"},
	{"g_generator", "graph", "generator", "string"},
}

// WriteGraphML writes a graph of parties and claims. An edge of the kind
// "says" joins a party to its claim; an edge of a pair has the pair's kind
// and relation, and its score as weight. Claims alone are in it too. All edges
// are undirected: a pair is stored once, and readers refuse graphs that mix
// both.
func WriteGraphML(w io.Writer, v *wording.Report, p wording.Provenance) error {
	m := markup.New()
	m.Open("graphml", "xmlns", "http://graphml.graphdrawing.org/xmlns")
	m.Line()
	for _, k := range graphKeys {
		m.Empty("key", "id", k.id, "for", k.of, "attr.name", k.name, "attr.type", k.typ)
		m.Line()
	}
	data := func(key, value string) {
		if value != "" {
			m.Element("data", value, "key", key)
		}
	}
	m.Open("graph", "id", "comparison", "edgedefault", "undirected")
	data("g_title", v.Title())
	data("g_note", wording.NoVerdict)
	data("g_unit", OffsetUnit)
	data("g_generator", p.String())
	m.Line()
	for i, party := range v.Case.Parties {
		m.Open("node", "id", "p."+party.ID)
		data("n_label", v.Name(i))
		data("n_kind", "party")
		data("n_party", party.ID)
		m.Close()
		m.Line()
	}
	at, rows := newPoints(v), inRow(v)
	for i, c := range v.Claims {
		start, end := at.of(i)
		m.Open("node", "id", xmlID(c.ID))
		data("n_label", wording.Clean(c.Text))
		data("n_kind", "claim")
		data("n_claim", c.ID)
		data("n_party", v.Case.Parties[c.Party].ID)
		data("n_type", string(c.Type))
		data("n_source", wording.Clean(c.Source))
		data("n_polarity", string(c.Polarity))
		data("n_certainty", string(c.Certainty))
		data("n_statement", v.Document(i).Path)
		data("n_date", wording.Date(v.Document(i).Date))
		data("n_line", strconv.Itoa(v.Line(i)))
		data("n_start", strconv.Itoa(start))
		data("n_end", strconv.Itoa(end))
		if rows[i] > 0 {
			data("n_row", strconv.Itoa(rows[i]))
		}
		m.Close()
		m.Line()
	}
	for i, c := range v.Claims {
		m.Open("edge", "id", "s"+strconv.Itoa(i+1), "source", "p."+v.Case.Parties[c.Party].ID, "target", xmlID(c.ID))
		data("e_kind", "says")
		data("e_weight", "1")
		m.Close()
		m.Line()
	}
	inRows := rowOf(v)
	for i, pair := range v.Pairs {
		m.Open("edge", "id", pairID(i), "source", xmlID(v.Claims[pair.A].ID), "target", xmlID(v.Claims[pair.B].ID))
		data("e_kind", string(pair.Kind))
		data("e_relation", string(pair.Relation))
		data("e_reason", v.Reason(pair))
		data("e_weight", strconv.FormatFloat(wording.Round4(pair.Score), 'f', -1, 64))
		if inRows[i] > 0 {
			data("e_row", strconv.Itoa(inRows[i]))
		}
		m.Close()
		m.Line()
	}
	_, err := w.Write(m.Bytes())
	return err
}
