package table

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"counterclaim/compare"
	"counterclaim/reports/wording"
)

// WriteMarkdown writes the comparison as GitHub-flavoured Markdown. It is
// written by hand, since tablewriter's Markdown does not escape cells.
func WriteMarkdown(w io.Writer, v *wording.Report, o Options) error {
	var b strings.Builder
	m := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	p := &printer{v: v, o: o}

	title := v.Title()
	if d := wording.Date(v.Case.Date); d != "" {
		title += " (" + d + ")"
	}
	m("# %s\n", escape(title))
	for i := range v.Case.Parties {
		m("- **%s**", escape(v.Name(i)))
		for _, s := range v.Statements(i) {
			m("  - %s", escape(s))
		}
	}
	m("")
	for _, s := range slices.Concat(v.JudgeLines(), v.Silences()) {
		m("%s\n", escape(s))
	}
	if len(v.Rows) > 0 {
		m("## %s that the parties speak to\n", wording.Count(len(v.Rows), "point"))
		head, rule := "| Point |", "| --- |"
		for i := range v.Case.Parties {
			head += " " + escape(v.Name(i)) + " |"
			rule += " --- |"
		}
		m("%s Relation |", head)
		m("%s --- |", rule)
		for i, row := range v.Rows {
			line := fmt.Sprintf("| %d. %s |", i+1, escape(row.Topic))
			for _, cs := range row.Cells {
				line += " " + markdownCites(v, cs) + " |"
			}
			m("%s %s |", line, p.markdownFindings(row))
		}
		m("")
	}
	if len(v.Alone) > 0 {
		m("## Said by one party alone\n")
		for i := range v.Case.Parties {
			cs := v.AloneOf(i)
			if len(cs) == 0 {
				continue
			}
			m("### %s: %s\n", escape(v.Name(i)), wording.Count(len(cs), "claim"))
			for _, c := range cs {
				m("- %s", escape(v.Cite(c)))
			}
			m("")
		}
	}
	if lines := v.LookAlikes(); p.o.Apart && len(lines) > 0 {
		m("## %s\n", apartHeading)
		for _, s := range lines {
			m("- %s", escape(s))
		}
		m("")
	}
	if struck := v.Struck(); len(struck) > 0 {
		m("## Pairs of our own judge that were struck out\n")
		for _, s := range struck {
			m("- %s", escape(s))
		}
		m("")
	}
	m("## Count\n")
	byParty, all := v.Tallies()
	m("- %s", all)
	for i, t := range byParty {
		m("- %s: %s", escape(v.Name(i)), t)
	}
	m("- %s\n", v.PairCount())
	if s := v.WeakCount(); s != "" {
		m("- %s\n", escape(s))
	}
	m("## Method and limits\n")
	for _, s := range wording.Method {
		m("%s\n", escape(s))
	}
	for i, party := range v.Case.Parties {
		for _, d := range party.Statements {
			m("- %s, %s: SHA-256 of the %s", escape(v.Name(i)), escape(wording.Describe(d)), strings.Join(wording.Hashes(d), ", of the "))
		}
	}
	m("\nMade by %s.", escape(o.Provenance.String()))
	_, err := io.WriteString(w, b.String())
	return err
}

func markdownCites(v *wording.Report, claims []int) string {
	if len(claims) == 0 {
		return silent
	}
	var parts []string
	for _, c := range claims {
		parts = append(parts, escape(v.Cite(c)))
	}
	return strings.Join(parts, "<br>")
}

func (p *printer) markdownFindings(row compare.Row) string {
	full, weak, left := p.v.Split(row, p.o.MinScore)
	var parts []string
	for _, pair := range full {
		label := wording.Label(pair)
		parts = append(parts, "**"+escape(label)+"**"+escape(strings.TrimPrefix(p.v.Finding(pair), label)))
	}
	for _, s := range lesser(weak, left, p.o.MinScore) {
		parts = append(parts, escape(s))
	}
	return strings.Join(parts, "<br>")
}

// escape makes a text inert in Markdown, also inside a table cell: what it
// shows is wording.Clean of the text and nothing else.
func escape(s string) string {
	return first.ReplaceAllString(markdown.Replace(wording.Clean(s)), `$1\$2`)
}

// first is what makes a list or a rule, but only where a text begins.
var first = regexp.MustCompile(`^([0-9]*)([-+=.)])`)

// markdown escapes what can begin or end an element anywhere in a line, and
// most of what only counts at the beginning of one. The colon of a scheme is escaped so that no bare
// address becomes a link.
var markdown = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", `*`, `\*`, `_`, `\_`, `~`, `\~`, `|`, `\|`, `#`, `\#`,
	`[`, `\[`, `]`, `\]`, `!`, `\!`, `$`, `\$`, `@`, `\@`, `://`, `\://`, `www.`, `www\.`,
	`<`, "&lt;", `>`, "&gt;", `&`, "&amp;",
)
