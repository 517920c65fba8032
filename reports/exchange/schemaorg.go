package exchange

import (
	"io"

	"counterclaim/reports/wording"
)

type schemaGraph struct {
	Context string `json:"@context"`
	Graph   []any  `json:"@graph"`
}

// schemaDataset is the report as a whole.
type schemaDataset struct {
	Type        string `json:"@type"`
	ID          string `json:"@id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Creator     named  `json:"creator"`
}

// named is a thing of which nothing but its name is known: it has no type,
// since a party may be a person or an organization and we do not know which.
type named struct {
	ID   string `json:"@id,omitempty"`
	Name string `json:"name,omitempty"`
}

type ref struct {
	ID string `json:"@id"`
}

type schemaWork struct {
	Type   string `json:"@type"`
	ID     string `json:"@id"`
	Name   string `json:"name,omitempty"`
	Author ref    `json:"author"`
	Date   string `json:"datePublished,omitempty"`
	URL    string `json:"identifier,omitempty"`
}

type schemaClaim struct {
	Type       string `json:"@type"`
	ID         string `json:"@id"`
	Text       string `json:"text"`
	Author     any    `json:"author"`
	Appearance ref    `json:"appearance"`
	Date       string `json:"datePublished,omitempty"`
	Position   string `json:"identifier"`
}

// WriteSchemaOrg writes every claim as a schema.org Claim in JSON-LD, with who
// makes it and the statement that it appears in. Where a statement only
// reports a claim, its author is the source and not the party. There is no
// ClaimReview: that is a verdict, and we give none. Nor are there pairs:
// schema.org has no relation between claims.
func WriteSchemaOrg(w io.Writer, v *wording.Report, p wording.Provenance) error {
	id := newIDs(v)
	urn := func(kind, name string) string { return "urn:uuid:" + id.of(kind, name) }
	g := schemaGraph{Context: "https://schema.org", Graph: []any{schemaDataset{
		Type: "Dataset", ID: urn("collection", ""), Name: v.Title() + ": claims", Description: wording.NoVerdict, Creator: named{Name: p.String()},
	}}}
	for i, party := range v.Case.Parties {
		g.Graph = append(g.Graph, named{ID: urn("party", party.ID), Name: v.Name(i)})
		for j, d := range party.Statements {
			g.Graph = append(g.Graph, schemaWork{
				Type: "CreativeWork", ID: urn("statement", statementID(v, i, j)), Name: d.Title, Author: ref{urn("party", party.ID)},
				Date: wording.Date(d.Date), URL: d.Path,
			})
		}
	}
	for i, c := range v.Claims {
		claim := schemaClaim{
			Type: "Claim", ID: urn("claim", c.ID), Text: exact(c.Text), Author: ref{urn("party", v.Case.Parties[c.Party].ID)},
			Appearance: ref{urn("statement", statementID(v, c.Party, c.Statement))}, Date: wording.Date(v.Document(i).Date), Position: c.ID,
		}
		if c.Source != "" {
			claim.Author = named{Name: c.Source}
		}
		g.Graph = append(g.Graph, claim)
	}
	return encode(w, g)
}
