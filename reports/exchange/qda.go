package exchange

import (
	"io"
	"strconv"

	"counterclaim/nlp"
	"counterclaim/reports/internal/archive"
	"counterclaim/reports/internal/markup"
	"counterclaim/reports/wording"
)

// WriteQDA writes a project of REFI-QDA 1.5 (.qdpx), the exchange format of
// the programs for qualitative coding: every statement is a text source with
// its claims as coded selections, every party a case, every pair a link
// between two selections with a note that gives the reason. What the program
// found is the work of a user of its own, so that nobody takes it for a
// coder's. Offsets are code points, lines end in line feeds, and the GUIDs
// depend on the case alone: the same result is the same file.
func WriteQDA(w io.Writer, v *wording.Report, p wording.Provenance) error {
	q := &qda{v: v, id: newIDs(v), at: newPoints(v), m: markup.New()}
	files := []archive.File{{Name: "project.qde", Data: q.project(p)}}
	for i, party := range v.Case.Parties {
		for j, d := range party.Statements {
			files = append(files, archive.File{Name: "sources/" + q.id.of("statement", statementID(v, i, j)) + ".txt", Data: []byte(exact(d.Text))})
		}
	}
	return archive.Write(w, files...)
}

// epoch stands for the time of creation, which programs ask for although the
// standard does not: a time of day would make two runs differ.
const epoch = "1970-01-01T00:00:00Z"

type qda struct {
	v  *wording.Report
	id ids5
	at points
	m  *markup.Writer
}

func (q *qda) project(p wording.Provenance) []byte {
	v, m := q.v, q.m
	user := q.id.of("user", "")
	m.Open("Project", "xmlns", "urn:QDA-XML:project:1.0", "name", v.Title(), "origin", p.String(), "creatingUserGUID", user, "creationDateTime", epoch)
	m.Line()
	m.Open("Users")
	m.Empty("User", "guid", user, "name", p.String())
	m.Close()
	m.Line()
	q.codes()
	if len(v.Case.Parties) > 0 {
		q.cases()
	}
	statements := 0
	for _, party := range v.Case.Parties {
		statements += len(party.Statements)
	}
	if statements > 0 {
		q.sources(user)
	}
	if len(v.Pairs) > 0 {
		q.notes(user)
		q.links()
	}
	m.Element("Description", wording.NoVerdict+" Positions: "+OffsetUnit+".")
	return m.Bytes()
}

// Colours of the codes, as the page shows the relations.
var qdaColors = map[string]string{"conflict": "#9A2E17", "framing": "#6B5000", "agree": "#1B567E", Alone: "#6A655B"}

func (q *qda) codes() {
	m := q.m
	m.Open("CodeBook")
	m.Open("Codes")
	code := func(group, name, about string) {
		m.Open("Code", "guid", q.id.of("code", group+"/"+name), "name", name, "isCodable", "true", "color", qdaColors[name])
		if about != "" {
			m.Element("Description", about)
		}
		m.Close()
	}
	m.Open("Code", "guid", q.id.of("code", "type"), "name", "type of claim", "isCodable", "false")
	for _, t := range nlp.Types {
		code("type", string(t), "")
	}
	m.Close()
	m.Open("Code", "guid", q.id.of("code", "relation"), "name", "relation to other parties", "isCodable", "false")
	for _, r := range wording.Relations {
		code("relation", string(r), wording.Meaning(r))
	}
	code("relation", Alone, "Meets no claim of another party.")
	m.Close()
	m.Open("Code", "guid", q.id.of("code", "polarity"), "name", "polarity", "isCodable", "false")
	code("polarity", string(nlp.Negative), "")
	m.Close()
	m.Open("Code", "guid", q.id.of("code", "reported"), "name", "reported", "isCodable", "true")
	m.Element("Description", "The party reports it of a source, which the selection's description names.")
	m.Close()
	m.Close()
	m.Close()
	m.Line()
}

func (q *qda) cases() {
	m := q.m
	m.Open("Variables")
	m.Empty("Variable", "guid", q.id.of("variable", "date"), "name", "date", "typeOfVariable", "Date")
	m.Close()
	m.Open("Cases")
	for i, party := range q.v.Case.Parties {
		m.Open("Case", "guid", q.id.of("case", party.ID), "name", q.v.Name(i))
		for j := range party.Statements {
			m.Empty("SourceRef", "targetGUID", q.id.of("statement", statementID(q.v, i, j)))
		}
		m.Close()
	}
	m.Close()
	m.Line()
}

func (q *qda) sources(user string) {
	m, v := q.m, q.v
	m.Open("Sources")
	for i, party := range v.Case.Parties {
		for j, d := range party.Statements {
			id := statementID(v, i, j)
			guid := q.id.of("statement", id)
			m.Open("TextSource", "guid", guid, "name", party.ID+"-"+strconv.Itoa(j+1), "plainTextPath", "internal://"+guid+".txt", "creatingUser", user, "creationDateTime", epoch)
			m.Element("Description", wording.Describe(d)+". SHA-256 of the text: "+wording.Hash(d))
			m.Line()
			for _, c := range claimsOf(v, i, j) {
				q.selection(c, user)
			}
			if date := wording.Date(d.Date); date != "" {
				m.Open("VariableValue")
				m.Empty("VariableRef", "targetGUID", q.id.of("variable", "date"))
				m.Element("DateValue", date)
				m.Close()
			}
			m.Close()
			m.Line()
		}
	}
	m.Close()
	m.Line()
}

func (q *qda) selection(c int, user string) {
	m, cl := q.m, q.v.Claims[c]
	start, end := q.at.of(c)
	m.Open("PlainTextSelection", "guid", q.id.of("claim", cl.ID), "name", cl.ID,
		"startPosition", strconv.Itoa(start), "endPosition", strconv.Itoa(end), "creatingUser", user, "creationDateTime", epoch)
	about := ""
	if cl.Source != "" {
		about = "source: " + wording.Clean(cl.Source)
	}
	if s := wording.ReadBy(cl); s != "" {
		about += " " + s
	}
	if about != "" {
		m.Element("Description", about)
	}
	coding := func(code string) {
		m.Open("Coding", "guid", q.id.of("coding", cl.ID+" "+code), "creatingUser", user, "creationDateTime", epoch)
		m.Empty("CodeRef", "targetGUID", q.id.of("code", code))
		m.Close()
	}
	if cl.Type != "" {
		coding("type/" + string(cl.Type))
	}
	for _, r := range relationsOf(q.v, c) {
		coding("relation/" + r)
	}
	if cl.Polarity == nlp.Negative {
		coding("polarity/" + string(nlp.Negative))
	}
	if cl.Source != "" {
		coding("reported")
	}
	m.Close()
	m.Line()
}

// notes hold the reason of each pair.
func (q *qda) notes(user string) {
	m := q.m
	m.Open("Notes")
	for i, p := range q.v.Pairs {
		m.Open("Note", "guid", q.id.of("note", pairID(i)), "name", wording.Label(p), "creatingUser", user, "creationDateTime", epoch)
		text := q.v.Finding(p)
		if s := wording.DecidedBy(p); s != "" {
			text += "; " + s
		}
		m.Element("PlainTextContent", text)
		m.Close()
		m.Line()
	}
	m.Close()
	m.Line()
}

func (q *qda) links() {
	m := q.m
	m.Open("Links")
	for i, p := range q.v.Pairs {
		m.Open("Link", "guid", q.id.of("link", pairID(i)), "name", wording.Label(p), "direction", "Associative", "color", qdaColors[string(p.Relation)],
			"originGUID", q.id.of("claim", q.v.Claims[p.A].ID), "targetGUID", q.id.of("claim", q.v.Claims[p.B].ID))
		m.Empty("NoteRef", "targetGUID", q.id.of("note", pairID(i)))
		m.Close()
		m.Line()
	}
	m.Close()
	m.Line()
}
