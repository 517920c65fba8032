package exchange

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"counterclaim/nlp"
	"counterclaim/reports/internal/markup"
	"counterclaim/reports/wording"
)

// WriteTEI writes a TEI P5 document. The statements are witnesses and stand in
// the body, with anchors where claims begin and end, since claims overlap; the
// claims are spans between the anchors; the points are an apparatus, whose
// entries have one reading for every claim and an empty one for the parties
// that are silent. What was found about two readings is a note beside them: an
// apparatus of readings that agree would be a second opinion.
func WriteTEI(w io.Writer, v *wording.Report, p wording.Provenance) error {
	t := &tei{v: v, m: markup.New()}
	t.m.Open("TEI", "xmlns", "http://www.tei-c.org/ns/1.0")
	t.m.Line()
	t.header(p)
	if len(v.Claims) > 0 {
		t.claims()
	}
	t.text()
	_, err := w.Write(t.m.Bytes())
	return err
}

type tei struct {
	v *wording.Report
	m *markup.Writer
}

func witness(id string) string { return "w." + strings.ReplaceAll(id, "/", ".") }

func (t *tei) header(p wording.Provenance) {
	m, v := t.m, t.v
	m.Open("teiHeader")
	m.Open("fileDesc")
	m.Open("titleStmt")
	m.Element("title", v.Title()+": statements compared")
	m.Close()
	m.Open("publicationStmt")
	m.Element("p", wording.NoVerdict)
	m.Close()
	m.Line()
	m.Open("sourceDesc")
	open := false
	for i, party := range v.Case.Parties {
		for j, d := range party.Statements {
			if !open {
				m.Open("listWit")
				m.Line()
				open = true
			}
			m.Element("witness", v.Name(i)+": "+wording.Describe(d)+". SHA-256 of the text: "+wording.Hash(d), "xml:id", witness(statementID(v, i, j)), "n", party.ID)
			m.Line()
		}
	}
	if open {
		m.Close()
	} else {
		m.Element("p", "No statements.")
	}
	m.Close()
	m.Close()
	m.Line()
	m.Open("encodingDesc")
	m.Open("projectDesc")
	m.Element("p", "Made by "+p.String()+".")
	for _, s := range wording.Method {
		m.Element("p", s)
	}
	for _, line := range slices.Concat(v.JudgeLines(), v.Silences()) {
		m.Element("p", line)
	}
	m.Element("p", "There are no offsets: an anchor stands where a claim begins (.s) and where it ends (.e).")
	m.Close()
	m.Open("classDecl")
	taxonomy(m, "type", "Types of claim", nlp.Types)
	taxonomy(m, "relation", "Relations to claims of other parties", wording.Relations)
	m.Close()
	m.Close()
	m.Close()
	m.Line()
}

// taxonomy writes a closed list; its values become ids such as "type.fact".
func taxonomy[T ~string](m *markup.Writer, id, about string, values []T) {
	m.Open("taxonomy", "xml:id", id)
	m.Open("category") // a description and categories beside each other are not valid in older editions of TEI
	m.Element("catDesc", about)
	for _, value := range values {
		m.Open("category", "xml:id", id+"."+string(value))
		m.Element("catDesc", string(value))
		m.Close()
	}
	m.Close()
	m.Close()
	m.Line()
}

func (t *tei) claims() {
	m, v := t.m, t.v
	m.Open("standOff")
	m.Open("spanGrp", "type", "claims")
	m.Line()
	for c, cl := range v.Claims {
		id := xmlID(cl.ID)
		var ana []string
		if cl.Type != "" {
			ana = append(ana, "#type."+string(cl.Type))
		}
		for _, r := range v.Relations[c] {
			ana = append(ana, "#relation."+string(r))
		}
		m.Open("span", "xml:id", id, "from", "#"+id+".s", "to", "#"+id+".e", "ana", strings.Join(ana, " "))
		if cl.Source != "" {
			m.Text("source: " + wording.Clean(cl.Source))
		}
		if s := wording.ReadBy(cl); s != "" {
			m.Text(" " + s)
		}
		m.Close()
		m.Line()
	}
	m.Close()
	m.Close()
	m.Line()
}

func (t *tei) text() {
	m, v := t.m, t.v
	m.Open("text")
	m.Open("body")
	m.Line()
	statements := 0
	for i, party := range v.Case.Parties {
		for j, d := range party.Statements {
			statements++
			id := statementID(v, i, j)
			m.Open("div", "type", "statement", "xml:id", "t."+strings.ReplaceAll(id, "/", "."), "corresp", "#"+witness(id))
			m.Element("head", v.Name(i)+": "+wording.Describe(d))
			m.Open("ab", "xml:space", "preserve")
			t.anchored(d, claimsOf(v, i, j))
			m.Close()
			m.Close()
			m.Line()
		}
	}
	if statements == 0 {
		m.Element("p", "No statements.")
	}
	m.Close()
	if len(v.Rows) > 0 {
		t.apparatus()
	}
	m.Close()
}

// anchored writes a text with an anchor at both ends of every claim.
func (t *tei) anchored(d *nlp.Document, claims []int) {
	type anchor struct {
		at int
		id string
	}
	var anchors []anchor
	for _, c := range claims {
		cl := t.v.Claims[c]
		anchors = append(anchors, anchor{cl.Start, xmlID(cl.ID) + ".s"}, anchor{cl.End, xmlID(cl.ID) + ".e"})
	}
	slices.SortStableFunc(anchors, func(a, b anchor) int { return a.at - b.at })
	from := 0
	for _, a := range anchors {
		t.m.Exact(exact(d.Text[from:a.at]))
		t.m.Empty("anchor", "xml:id", a.id)
		from = a.at
	}
	t.m.Exact(exact(d.Text[from:]))
}

func (t *tei) apparatus() {
	m, v := t.m, t.v
	m.Open("back")
	m.Open("div", "type", "apparatus")
	m.Open("listApp")
	m.Line()
	for i, row := range v.Rows {
		m.Open("app", "xml:id", "row."+strconv.Itoa(i+1), "n", strconv.Itoa(i+1))
		m.Element("note", row.Topic, "type", "topic")
		var silent []string
		for party, cell := range row.Cells {
			for _, c := range cell {
				cl := v.Claims[c]
				m.Element("rdg", cl.Text, "wit", "#"+witness(statementID(v, party, cl.Statement)), "corresp", "#"+xmlID(cl.ID))
			}
			if len(cell) == 0 {
				for j := range v.Case.Parties[party].Statements {
					silent = append(silent, "#"+witness(statementID(v, party, j)))
				}
			}
		}
		if len(silent) > 0 {
			m.Empty("rdg", "wit", strings.Join(silent, " "), "type", "silent")
		}
		for _, p := range row.Pairs {
			pair := v.Pairs[p]
			text := v.Finding(pair)
			if s := wording.DecidedBy(pair); s != "" {
				text += "; " + s
			}
			m.Element("note", text, "type", string(pair.Relation), "subtype", string(pair.Kind),
				"target", "#"+xmlID(v.Claims[pair.A].ID)+" #"+xmlID(v.Claims[pair.B].ID))
		}
		m.Close()
		m.Line()
	}
	m.Close()
	m.Close()
	m.Close()
	m.Line()
}
