package exchange

import (
	"io"

	"counterclaim/reports/wording"
)

// The Web Annotation Data Model, W3C Recommendation of 2017, as JSON-LD.

type annotations struct {
	Context    []any          `json:"@context"`
	ID         string         `json:"id"`
	Type       string         `json:"type"`
	Label      string         `json:"label"`
	Generator  software       `json:"generator"`
	OffsetUnit string         `json:"cc:offsetUnit"`
	Note       string         `json:"cc:note"`
	Statements []annotated    `json:"cc:statements"`
	Total      int            `json:"total"`
	First      annotationPage `json:"first"`
}

type software struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

// annotated is a statement that annotations are about. It carries the text,
// which the positions refer to.
type annotated struct {
	ID     string `json:"id"`
	Type   string `json:"type"`
	Format string `json:"format"`
	Lang   string `json:"language"`
	Party  string `json:"cc:party"`
	Name   string `json:"cc:partyName"`
	Path   string `json:"cc:path"`
	Title  string `json:"cc:title"`
	Date   string `json:"cc:date"`
	SHA256 string `json:"cc:sha256"`
	Text   string `json:"cc:text"`
}

type annotationPage struct {
	ID         string       `json:"id"`
	Type       string       `json:"type"`
	PartOf     string       `json:"partOf"`
	StartIndex int          `json:"startIndex"`
	Items      []annotation `json:"items"`
}

type annotation struct {
	ID         string   `json:"id"`
	Type       string   `json:"type"`
	Motivation string   `json:"motivation"`
	Body       any      `json:"body"`
	Target     specific `json:"target"`
	Claim      string   `json:"cc:claim,omitempty"`
	Source     string   `json:"cc:assertedBy,omitempty"`
	Polarity   string   `json:"cc:polarity,omitempty"`
	Certainty  string   `json:"cc:certainty,omitempty"`
	Relation   string   `json:"cc:relation,omitempty"`
	Kind       string   `json:"cc:kind,omitempty"`
	Score      *float64 `json:"cc:score,omitempty"`
	Reason     string   `json:"cc:reason,omitempty"`
	Decided    string   `json:"cc:decided,omitempty"`
}

type textualBody struct {
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Value   string `json:"value"`
}

type specific struct {
	Type     string     `json:"type"`
	Source   string     `json:"source"`
	Selector []selector `json:"selector"`
	State    *state     `json:"state,omitempty"`
}

type selector struct {
	Type   string `json:"type"`
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
	Start  *int   `json:"start,omitempty"`
	End    *int   `json:"end,omitempty"`
}

// state says which text the selectors were made on.
type state struct {
	Type string `json:"type"`
	Date string `json:"sourceDate"`
}

// context of a quote, in code points.
const quoteContext = 32

// WriteAnnotations writes the claims and pairs as one collection of W3C Web
// Annotations. A claim is an annotation that classifies the words of its
// statement, found by quote and by position. A pair is an annotation that
// links the words of one claim (its target) to those of the other (its body):
// two targets would say something of each alone. Terms of our own begin with
// "cc:".
func WriteAnnotations(w io.Writer, v *wording.Report, p wording.Provenance) error {
	id, at := newIDs(v), newPoints(v)
	urn := func(kind, name string) string { return "urn:uuid:" + id.of(kind, name) }
	out := annotations{
		Context: []any{"http://www.w3.org/ns/anno.jsonld", map[string]string{"cc": "urn:counterclaim:terms:"}},
		ID:      urn("collection", ""), Type: "AnnotationCollection", Label: v.Title() + ": statements compared",
		Generator: software{"Software", p.String()}, OffsetUnit: OffsetUnit, Note: wording.NoVerdict,
		Statements: []annotated{},
		Total:      len(v.Claims) + len(v.Pairs),
	}
	out.First = annotationPage{ID: urn("page", "1"), Type: "AnnotationPage", PartOf: out.ID, Items: []annotation{}}
	for i, party := range v.Case.Parties {
		for j, d := range party.Statements {
			out.Statements = append(out.Statements, annotated{
				ID: urn("statement", statementID(v, i, j)), Type: "Text", Format: "text/plain", Lang: "en",
				Party: party.ID, Name: v.Name(i), Path: d.Path, Title: d.Title, Date: wording.Date(d.Date), SHA256: wording.Hash(d), Text: exact(d.Text),
			})
		}
	}
	target := func(c int) specific {
		cl, d := v.Claims[c], v.Document(c)
		start, end := at.of(c)
		before, after := at.around(c, quoteContext)
		s := specific{
			Type: "SpecificResource", Source: urn("statement", statementID(v, cl.Party, cl.Statement)),
			Selector: []selector{
				{Type: "TextQuoteSelector", Exact: exact(cl.Text), Prefix: before, Suffix: after},
				{Type: "TextPositionSelector", Start: &start, End: &end},
			},
		}
		if date := wording.Date(d.Date); date != "" {
			s.State = &state{Type: "TimeState", Date: date + "T00:00:00Z"}
		}
		return s
	}
	for i, c := range v.Claims {
		a := annotation{
			ID: urn("claim", c.ID), Type: "Annotation", Motivation: "classifying", Target: target(i),
			Claim: c.ID, Source: c.Source, Polarity: string(c.Polarity), Certainty: string(c.Certainty), Decided: wording.ReadBy(c),
		}
		bodies := []textualBody{}
		if c.Type != "" {
			bodies = append(bodies, textualBody{"TextualBody", "classifying", string(c.Type)})
		}
		for _, r := range relationsOf(v, i) {
			bodies = append(bodies, textualBody{"TextualBody", "tagging", r})
		}
		a.Body = bodies
		out.First.Items = append(out.First.Items, a)
	}
	for i, pair := range v.Pairs {
		score := wording.Round4(pair.Score)
		out.First.Items = append(out.First.Items, annotation{
			ID: urn("pair", pairID(i)), Type: "Annotation", Motivation: "linking", Target: target(pair.A), Body: target(pair.B),
			Relation: string(pair.Relation), Kind: string(pair.Kind), Score: &score, Reason: v.Reason(pair), Decided: wording.DecidedBy(pair),
		})
	}
	return encode(w, out)
}
