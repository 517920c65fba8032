package exchange

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"counterclaim/nlp"
	"counterclaim/nlp/syntax"
	"counterclaim/reports/wording"
)

// WriteCoNLLU writes the sentences of all statements in CoNLL-U: words with
// lemma, universal and Penn Treebank tags, head and relation. MISC holds where
// a word begins and ends (start_char, end_char), SpaceAfter, and the claims
// that it lies in, each with B (first word) or I (inside), the innermost
// claim first.
func WriteCoNLLU(w io.Writer, v *wording.Report, p wording.Provenance) error {
	var b strings.Builder
	at := newPoints(v)
	for i, party := range v.Case.Parties {
		for j, d := range party.Statements {
			id := statementID(v, i, j)
			comment := func(name, value string) {
				if value != "" {
					fmt.Fprintf(&b, "# %s = %s\n", name, wording.Clean(value))
				}
			}
			head := func() {
				comment("newdoc id", id)
				comment("party", v.Name(i))
				comment("path", d.Path)
				comment("title", d.Title)
				comment("date", wording.Date(d.Date))
				comment("sha256", wording.Hash(d))
				comment("offset_unit", OffsetUnit)
				comment("generator", p.String())
				comment("note", wording.NoVerdict)
			}
			claims := claimsOf(v, i, j)
			number := 0
			for s, sentence := range d.Sentences {
				if len(sentence.Tokens) == 0 {
					continue
				}
				if number++; number == 1 {
					head()
				}
				comment("sent_id", fmt.Sprintf("%s-s%d", id, s+1))
				comment("text", oneLine(d.Text[sentence.Start:sentence.End]))
				for n := range sentence.Tokens {
					conlluWord(&b, d, sentence, n, at.by[[2]int{i, j}], v, claims)
				}
				b.WriteByte('\n')
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// claimsOf lists the claims of one statement, in order.
func claimsOf(v *wording.Report, party, statement int) []int {
	var out []int
	for i, c := range v.Claims {
		if c.Party == party && c.Statement == statement {
			out = append(out, i)
		}
	}
	return out
}

func conlluWord(b *strings.Builder, d *nlp.Document, s nlp.Sentence, n int, at offsets, v *wording.Report, claims []int) {
	t := s.Tokens[n]
	var misc []string
	if n+1 < len(s.Tokens) && s.Tokens[n+1].Start == t.End {
		misc = append(misc, "SpaceAfter=No")
	}
	misc = append(misc, fmt.Sprintf("start_char=%d|end_char=%d", at.of(t.Start), at.of(t.End)))
	if in := claimTags(v, claims, s.Tokens, n); in != "" {
		misc = append(misc, "Claim="+in)
	}
	head, relation := fmt.Sprint(t.Head+1), t.Rel
	if relation == "" { // not parsed
		head = "_"
	}
	fmt.Fprintln(b, strings.Join([]string{
		fmt.Sprint(n + 1), field(d.Text[t.Start:t.End]), field(t.Lemma), field(t.UPOS), field(t.XPOS), "_", head, field(relation), "_", strings.Join(misc, "|"),
	}, "\t"))
}

// field is a value of a column, "_" if there is none.
func field(s string) string {
	if s = strings.TrimSpace(oneLine(wording.Visible(s))); s == "" {
		return "_"
	}
	return s
}

// claimTags are the claims that a word lies in, innermost first.
func claimTags(v *wording.Report, claims []int, words []syntax.Token, n int) string {
	t := words[n]
	var in []int
	for _, c := range claims {
		if v.Claims[c].Start <= t.Start && t.End <= v.Claims[c].End {
			in = append(in, c)
		}
	}
	slices.SortStableFunc(in, func(a, b int) int { return length(v, a) - length(v, b) })
	var tags []string
	for _, c := range in {
		tag := "I-"
		if n == 0 || words[n-1].Start < v.Claims[c].Start {
			tag = "B-"
		}
		tags = append(tags, tag+v.Claims[c].ID)
	}
	return strings.Join(tags, ",")
}

func length(v *wording.Report, c int) int { return v.Claims[c].End - v.Claims[c].Start }
