package quiz

import (
	"fmt"
	"io"
	"strings"

	"counterclaim/reports/wording"
)

// writeGIFT writes GIFT, as the importer of Moodle reads it. GIFT has no
// place for marks or for notes to who marks an essay.
func writeGIFT(w io.Writer, q Quiz) error {
	var b strings.Builder
	fmt.Fprintf(&b, "// %s\n// The marks, and the mark schemes of the essays, are in the teacher's key.\n\n", wording.Clean(q.Title))
	fmt.Fprintf(&b, "$CATEGORY: $course$/top/%s\n\n", strings.ReplaceAll(wording.Clean(q.Title), "/", "//"))
	for _, t := range q.Texts {
		lines := make([]string, len(t.Lines))
		for i, l := range t.Lines {
			lines[i] = fmt.Sprintf("%d  %s", i+1, l)
		}
		fmt.Fprintf(&b, "::%s::[plain]%s\n\n", gift(t.Title), gift(t.Title+"\n"+t.Intro+"\n"+strings.Join(lines, "\n")))
	}
	for n, i := range q.Items {
		prompt := i.Prompt
		if i.Kind == Highlight {
			prompt += "\n" + i.Sentence() + "\nCopy the words."
		}
		if i.Check != "" {
			fmt.Fprintf(&b, "// Check %s.\n", wording.Clean(i.Check))
		}
		fmt.Fprintf(&b, "::%s::[plain]%s{%s}\n\n", gift(fmt.Sprintf("%02d %s", n+1, i.Name)), gift(prompt), giftAnswers(i))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func giftAnswers(i Item) string {
	var b strings.Builder
	switch i.Kind {
	case Match:
		for l, left := range i.Left {
			fmt.Fprintf(&b, "\n=%s -> %s", giftPair(left), giftPair(i.Right[i.Answers[l]]))
		}
	case TrueFalse:
		b.WriteString(map[bool]string{true: "TRUE", false: "FALSE"}[i.True])
	case Choice:
		for n, o := range i.Options {
			b.WriteString(map[bool]string{true: "\n=", false: "\n~"}[n == i.Correct] + gift(o))
		}
	case Short:
		for _, a := range i.Accepted {
			b.WriteString("\n=" + gift(strings.ReplaceAll(a, "*", `\*`)))
		}
	case Highlight:
		b.WriteString("\n=" + gift(strings.ReplaceAll(i.Target(), "*", `\*`)))
	case Essay:
		return ""
	}
	if i.Feedback != "" && i.Kind != Match { // the importer knows no feedback for matching
		if i.Kind != TrueFalse {
			b.WriteString("\n")
		}
		b.WriteString("####" + gift(i.Feedback))
	}
	if i.Kind != TrueFalse {
		b.WriteString("\n")
	}
	return b.String()
}

// giftPair writes one side of a pair; the arrow between the sides cannot be
// escaped, so a text may not hold one.
func giftPair(text string) string { return gift(strings.ReplaceAll(text, "->", "→")) }

// gift escapes a text for GIFT, line by line.
func gift(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = wording.Clean(line); line != "" {
			lines = append(lines, giftEscapes.Replace(line))
		}
	}
	return strings.Join(lines, `\n`)
}

var giftEscapes = strings.NewReplacer(`\`, `\\`, "#", `\#`, "=", `\=`, "~", `\~`, "{", `\{`, "}", `\}`, ":", `\:`)
