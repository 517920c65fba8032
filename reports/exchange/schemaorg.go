package exchange

import (
	"encoding/json"
	"io"
	"strconv"

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

// schemaReview is the verdict of a person.
type schemaReview struct {
	Type   string       `json:"@type"`
	ID     string       `json:"@id"`
	URL    string       `json:"url"`
	Claim  string       `json:"claimReviewed"`
	Date   string       `json:"datePublished,omitempty"`
	Author schemaAuthor `json:"author"`
	Rating schemaRating `json:"reviewRating"`
	Item   ref          `json:"itemReviewed"`
}

type schemaAuthor struct {
	Type string `json:"@type,omitempty"`
	Name string `json:"name"`
}

type schemaRating struct {
	Type        string      `json:"@type"`
	Name        string      `json:"alternateName"`
	Value       json.Number `json:"ratingValue,omitempty"`
	Worst       json.Number `json:"worstRating,omitempty"`
	Best        json.Number `json:"bestRating,omitempty"`
	Explanation string      `json:"ratingExplanation,omitempty"`
}

// WriteSchemaOrg writes every claim as a schema.org Claim in JSON-LD, with who
// makes it and the statement that it appears in. Where a statement only
// reports a claim, its author is the source and not the party. A ClaimReview
// is a verdict: there is one for each rating that a person entered, and none
// besides. There are no pairs: schema.org has no relation between claims. It
// fails, naming file and line, on a rating of what no claim says.
func WriteSchemaOrg(w io.Writer, v *wording.Report, p wording.Provenance, ratings []Rating) error {
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
	for i, r := range ratings {
		c, err := r.claim(v)
		if err != nil {
			return err
		}
		g.Graph = append(g.Graph, schemaReview{
			Type: "ClaimReview", ID: urn("review", strconv.Itoa(i+1)), URL: r.Address, Claim: exact(v.Claims[c].Text), Date: r.Date,
			Author: schemaAuthor{map[string]string{"person": "Person", "organization": "Organization"}[r.ReviewerType], r.Reviewer},
			Rating: schemaRating{"Rating", r.Rating, number(r.Value), number(r.Worst), number(r.Best), r.Explanation},
			Item:   ref{urn("claim", v.Claims[c].ID)},
		})
	}
	return encode(w, g)
}

// number writes a number as JSON does: ReadRatings took what Go reads.
func number(s string) json.Number {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return ""
	}
	return json.Number(strconv.FormatFloat(f, 'f', -1, 64))
}
