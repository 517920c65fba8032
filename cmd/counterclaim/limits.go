package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"counterclaim/compare/casefile"
	"counterclaim/nlp/read"
)

// limitNames are what --limit can set, in the order of the help text.
var limitNames = []string{"size", "unpacked", "ratio", "pages", "words", "nesting", "time"}

// limitValue is the flag --limit: NAME=VALUE, more than once or with commas.
type limitValue struct{ limits *read.Limits }

func (v limitValue) String() string { return "" }

func (v limitValue) Type() string { return "NAME=VALUE" }

// Set reads one or more limits.
func (v limitValue) Set(text string) error {
	for _, part := range strings.Split(text, ",") {
		name, value, ok := strings.Cut(strings.TrimSpace(part), "=")
		if !ok {
			return fmt.Errorf("write NAME=VALUE, such as pages=5000")
		}
		if err := v.set(name, value); err != nil {
			return err
		}
	}
	return nil
}

func (v limitValue) set(name, value string) error {
	if name == "time" {
		d, err := time.ParseDuration(value)
		if err != nil || d <= 0 {
			return fmt.Errorf("%q is no length of time; write it like 90s or 5m", value)
		}
		v.limits.Time = d
		return nil
	}
	var set func(n int64)
	units := false
	switch name {
	case "size":
		set, units = func(n int64) { v.limits.Bytes = n }, true
	case "unpacked":
		set, units = func(n int64) { v.limits.Unpacked = n }, true
	case "ratio":
		set = func(n int64) { v.limits.Ratio = n }
	case "pages":
		set = func(n int64) { v.limits.Pages = int(n) }
	case "words":
		set = func(n int64) { v.limits.Words = int(n) }
	case "nesting":
		set = func(n int64) { v.limits.Nesting = int(n) }
	default:
		hint := "there are " + strings.Join(limitNames, ", ")
		if near := casefile.Nearest(name, limitNames); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return fmt.Errorf("no limit called %q; %s", name, hint)
	}
	n, err := parseSize(value, units)
	if err != nil {
		return err
	}
	set(n)
	return nil
}

// parseSize reads a whole number, with k, M or G behind it where it counts
// bytes.
func parseSize(text string, units bool) (int64, error) {
	digits, factor := text, int64(1)
	if units {
		digits = strings.TrimSuffix(strings.TrimSuffix(digits, "B"), "i")
		for unit, f := range map[string]int64{"k": 1 << 10, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30} {
			if rest, ok := strings.CutSuffix(digits, unit); ok {
				digits, factor = rest, f
			}
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	most := int64(math.MaxInt32)
	if units {
		most = 1 << 40
	}
	if err != nil || n < 1 || n > most/factor {
		if units {
			return 0, fmt.Errorf("%q is no size; write it like 100M", text)
		}
		return 0, fmt.Errorf("%q is no whole number above 0", text)
	}
	return n * factor, nil
}
