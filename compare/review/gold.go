package review

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"counterclaim/compare"
	"counterclaim/compare/gold"
)

// Gold is a reviewed result as answers of the gold format: its claims, and
// the pairs that a person decided; with rest, those that nobody touched too.
// The second figure is how many pairs were left out because of that.
func Gold(r *compare.Result, rest bool) (*gold.Answers, int) {
	out := &gold.Answers{HasClaims: true, HasPairs: true}
	for _, c := range r.Claims {
		note := ""
		if c.Decided != nil {
			note = c.Decided.Note
		}
		out.Claims = append(out.Claims, gold.Claim{Line: len(out.Claims) + 2, Party: r.Case.Parties[c.Party].ID, Quote: line(c.Text), Type: string(c.Type), Source: line(c.Source), Note: line(note)})
	}
	left := 0
	for _, p := range r.Pairs {
		person := p.Decided != nil && p.Decided.By == compare.Person
		if !person && !rest {
			left++
			continue
		}
		a, b, note := r.Claims[p.A], r.Claims[p.B], ""
		if person {
			note = p.Decided.Note
		}
		out.Pairs = append(out.Pairs, gold.Pair{
			Line: len(out.Pairs) + 2, PartyA: r.Case.Parties[a.Party].ID, QuoteA: line(a.Text), PartyB: r.Case.Parties[b.Party].ID, QuoteB: line(b.Text),
			Relation: string(p.Relation), Kind: string(p.Kind), Note: line(note),
		})
	}
	slices.SortStableFunc(out.Claims, func(x, y gold.Claim) int { return cmp.Or(strings.Compare(x.Party, y.Party), x.Line-y.Line) })
	return out, left
}

// line puts a text on one line without tabs, as the gold format needs it;
// white space does not count when a quote is located.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// WriteClaims and WritePairs write answers as the files of the gold format.
func WriteClaims(w io.Writer, a *gold.Answers) error {
	_, err := fmt.Fprintln(w, "party\tquote\ttype\tsource\tnote")
	for _, c := range a.Claims {
		if err == nil {
			_, err = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", c.Party, c.Quote, c.Type, c.Source, c.Note)
		}
	}
	return err
}

// WritePairs writes the pairs of answers: see WriteClaims.
func WritePairs(w io.Writer, a *gold.Answers) error {
	_, err := fmt.Fprintln(w, "party_a\tquote_a\tparty_b\tquote_b\trelation\tkind\tnote")
	for _, p := range a.Pairs {
		if err == nil {
			_, err = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", p.PartyA, p.QuoteA, p.PartyB, p.QuoteB, p.Relation, p.Kind, p.Note)
		}
	}
	return err
}
