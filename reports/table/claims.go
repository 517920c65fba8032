package table

import (
	"fmt"
	"io"
	"strings"

	"github.com/olekukonko/tablewriter/tw"

	"counterclaim/nlp"
	"counterclaim/reports/wording"
)

// WriteClaims writes the claims of statements for a terminal: a table per
// statement.
func WriteClaims(w io.Writer, docs []*nlp.Document, o Options) error {
	p := &printer{o: o, wide: o.width(), paint: paint{o.Color}}
	const line, typ = 4, 11
	rest := p.wide - 1 - 4*frame - line - typ
	claim := rest * 3 / 5
	for _, d := range docs {
		p.heading(wording.Describe(d))
		p.line("")
		if len(d.Claims) == 0 {
			p.para(noClaim(d))
			continue
		}
		t := p.grid(tw.Off)
		t.Header([]string{p.paint.bold("Line"), p.paint.bold("Type"), p.paint.bold("Claim"), p.paint.bold("Said of it")})
		lines := wording.NewLines(d)
		for i, c := range d.Claims {
			err := t.Append([]string{
				lines.Place(c.Start).Short(), wording.Clean(string(c.Type)),
				p.hanging(wording.Quoted(c.Text), claim, 2, plain),
				p.hanging(strings.Join(wording.Analysis(c), "; "), rest-claim, 2, plain),
			})
			if err != nil {
				return fmt.Errorf("lay out claim %d of %s: %w", i+1, d.Path, err)
			}
		}
		if err := t.Render(); err != nil {
			return fmt.Errorf("lay out the claims of %s: %w", d.Path, err)
		}
		p.para(wording.TypeCount(d.Claims))
	}
	_, err := io.WriteString(w, strings.TrimRight(p.b.String(), "\n")+"\n")
	return err
}

// WriteClaimsMarkdown writes the claims of statements as Markdown.
func WriteClaimsMarkdown(w io.Writer, docs []*nlp.Document) error {
	var b strings.Builder
	for _, d := range docs {
		fmt.Fprintf(&b, "# %s\n\n", escape(wording.Describe(d)))
		if len(d.Claims) == 0 {
			fmt.Fprintf(&b, "%s\n\n", escape(noClaim(d)))
			continue
		}
		b.WriteString("| Line | Type | Claim | Said of it |\n| ---: | --- | --- | --- |\n")
		lines := wording.NewLines(d)
		for _, c := range d.Claims {
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", lines.Place(c.Start).Short(), escape(string(c.Type)),
				escape(wording.Quoted(c.Text)), escape(strings.Join(wording.Analysis(c), "; ")))
		}
		fmt.Fprintf(&b, "\n%s\n\n", wording.TypeCount(d.Claims))
	}
	_, err := io.WriteString(w, strings.TrimRight(b.String(), "\n")+"\n")
	return err
}

func noClaim(d *nlp.Document) string {
	return "No claim found in " + wording.Describe(d) + "."
}
