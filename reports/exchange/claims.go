package exchange

import (
	"io"
	"strconv"

	"counterclaim/nlp"
	"counterclaim/reports/wording"
)

type claimsResult struct {
	Schema     string         `json:"schema"`
	Version    string         `json:"version,omitempty"`
	Statements []statementAnd `json:"statements"`
}

type statementAnd struct {
	statement
	Claims []claim `json:"claims"`
}

// WriteClaimsJSON writes the claims of statements as JSON of the schema
// counterclaim-claims/1. The id of a claim is the number of its statement and
// its own: "1/12".
func WriteClaimsJSON(w io.Writer, docs []*nlp.Document, version string) error {
	out := claimsResult{Schema: ClaimsSchema, Version: version, Statements: []statementAnd{}}
	for i, d := range docs {
		lines := wording.NewLines(d)
		s := statementAnd{statement: statementOf(d), Claims: []claim{}}
		for j, c := range d.Claims {
			q := claimOf(c, d, lines.Place(c.Start))
			q.ID = strconv.Itoa(i+1) + "/" + strconv.Itoa(j+1)
			s.Claims = append(s.Claims, q)
		}
		out.Statements = append(out.Statements, s)
	}
	return encode(w, out)
}
