package values

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"counterclaim/nlp/syntax"
)

// tokenize cuts at spaces and parts marks from words, as a simple tokenizer would.
func tokenize(text string) []syntax.Token {
	var tokens []syntax.Token
	add := func(start, end int) {
		if end > start {
			tokens = append(tokens, syntax.Token{Start: start, End: end, Text: text[start:end], Head: -1})
		}
	}
	start := 0
	for i, r := range text {
		switch {
		case r == ' ' || r == '\n' || r == '\t':
			add(start, i)
			start = i + 1
		case strings.ContainsRune(".,;:!?()[]\"“”|*", r):
			add(start, i)
			add(i, i+len(string(r)))
			start = i + len(string(r))
		}
	}
	if start < len(text) {
		add(start, len(text))
	}
	return tokens
}

// render writes a value in one line, for tables.
func render(v Value) string {
	var b strings.Builder
	b.WriteString(string(v.Kind) + " " + strconv.Quote(v.Text))
	n := func(x float64) string {
		switch {
		case math.IsInf(x, 1):
			return "inf"
		case math.IsInf(x, -1):
			return "-inf"
		}
		return strconv.FormatFloat(x, 'g', 7, 64)
	}
	if v.Kind == Time {
		n = func(x float64) string {
			m := math.Floor(x)
			t := fmt.Sprintf("%02d:%02d", int(m)/60, int(m)%60)
			if x != m {
				t += fmt.Sprintf(":%02d", int(math.Round((x-m)*60)))
			}
			return t
		}
	}
	if v.Kind != Date {
		open, shut := "[", "]"
		if v.MinOpen {
			open = "("
		}
		if v.MaxOpen {
			shut = ")"
		}
		if v.Min == v.Max && open == "[" && shut == "]" {
			b.WriteString(" " + n(v.Min))
		} else {
			b.WriteString(" " + open + n(v.Min) + ", " + n(v.Max) + shut)
		}
	}
	if v.Unit != "" && v.Kind != Time {
		b.WriteString(" " + v.Unit)
	}
	if v.Approximate {
		b.WriteString(" ~")
	}
	if v.Twelve {
		b.WriteString(" twelve")
	}
	if v.Of > 0 {
		b.WriteString(" of " + n(v.Of))
	}
	if v.Zoned {
		b.WriteString(fmt.Sprintf(" zone%+d", v.Zone))
	}
	if v.Counts != "" {
		b.WriteString(" #" + v.Counts)
	}
	if !v.From.IsZero() || !v.To.IsZero() {
		f := func(t time.Time) string {
			switch {
			case t.IsZero():
				return ""
			case v.Kind == Time || t.Hour() != 0 || t.Minute() != 0:
				return t.Format("2006-01-02T15:04")
			}
			return t.Format("2006-01-02")
		}
		b.WriteString(" " + f(v.From) + ".." + f(v.To))
	}
	if v.Span {
		b.WriteString(" span")
	}
	if v.Inferred {
		b.WriteString(" inferred")
	}
	return b.String()
}
