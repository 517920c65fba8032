package values

import (
	"math"
	"strconv"
	"strings"
)

// Explain says in plain words how two values relate.
func Explain(a, b Value) string {
	quote := func(v Value) string { return "“" + v.Text + "”" }
	pair := quote(a) + " and " + quote(b)
	converted := ""
	if a.Unit == b.Unit && a.Unit != "" && a.Unit != "%" && (a.Kind == Quantity || a.Kind == Duration) && a.Text != b.Text {
		converted = " (" + readable(a) + " against " + readable(b) + ")"
	}
	switch Compare(a, b) {
	case Incomparable:
		return pair + " do not measure the same thing"
	case Same:
		switch {
		case a.Min == b.Min && a.Max == b.Max:
			return pair + " are the same" + converted
		case a.calendar():
			return pair + " are the same within their precision"
		}
		return pair + " round alike" + converted
	case Compatible:
		switch {
		case Narrower(a, b):
			return quote(a) + " lies within " + quote(b) + converted
		case Narrower(b, a):
			return quote(b) + " lies within " + quote(a) + converted
		}
		return pair + " can both be true" + converted
	default:
		return difference(a, b, pair, converted)
	}
}

func difference(a, b Value, pair, converted string) string {
	if a.calendar() {
		return pair + " are different times"
	}
	note := pair + " cannot both be true" + converted
	if a.point() && b.point() && a.Min > 0 && b.Min > 0 {
		if ratio := math.Max(a.Min, b.Min) / math.Min(a.Min, b.Min); ratio >= 1.95 {
			note += ": one is " + strconv.FormatFloat(math.Round(ratio*10)/10, 'f', -1, 64) + " times the other"
		}
	}
	return note
}

// readable is a value in its base unit, durations in the largest fitting unit.
func readable(v Value) string {
	unit, by := v.Unit, 1.0
	if v.Kind == Duration {
		for _, u := range []struct {
			name string
			by   float64
		}{{"years", 31556952}, {"days", 86400}, {"hours", 3600}, {"minutes", 60}, {"seconds", 1}} {
			if finite(v) >= 2*u.by || u.by == 1 {
				unit, by = u.name, u.by
				break
			}
		}
	}
	figure := func(x float64) string {
		switch {
		case math.IsInf(x, 1):
			return "…"
		case math.IsInf(x, -1):
			return "0"
		}
		return strconv.FormatFloat(x/by, 'g', 4, 64)
	}
	text := figure(v.Min)
	if v.Max != v.Min {
		text += "–" + figure(v.Max)
	}
	return strings.TrimSpace(text + " " + unit)
}
