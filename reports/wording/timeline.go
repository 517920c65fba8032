package wording

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"counterclaim/nlp/values"
)

// Moment is a time that claims name, with the claims that name it.
type Moment struct {
	When   string    // "2031-09-13 21:40", "2031-06", "until 2031-09-14"
	From   time.Time // zero if open
	To     time.Time // the end, exclusive; zero if open
	Events [][]Event // by party, in order of the claims
}

// Event is one claim that names a moment.
type Event struct {
	Claim    int
	Words    string // that give the time, as quoted
	Inferred bool   // the day was taken from what stands around it
}

// Timeline lists every dated time that claims name, earliest first. A time
// without a day is not in it: nobody knows where it belongs.
func (v *Report) Timeline() []Moment {
	at := make(map[string]int)
	var out []Moment
	for i, c := range v.Claims {
		for _, val := range c.Values {
			if val.Kind != values.Date && val.Kind != values.Time || val.From.IsZero() && val.To.IsZero() {
				continue
			}
			when := when(val)
			m, ok := at[when]
			if !ok {
				m = len(out)
				at[when] = m
				out = append(out, Moment{When: when, From: val.From, To: val.To, Events: make([][]Event, len(v.Case.Parties))})
			}
			if es := out[m].Events[c.Party]; len(es) > 0 && es[len(es)-1].Claim == i {
				continue
			}
			out[m].Events[c.Party] = append(out[m].Events[c.Party], Event{Claim: i, Words: Quoted(val.Text), Inferred: val.Inferred})
		}
	}
	slices.SortStableFunc(out, func(a, b Moment) int {
		if n := a.start().Compare(b.start()); n != 0 {
			return n
		}
		if n := a.To.Compare(b.To); n != 0 {
			return n
		}
		return strings.Compare(a.When, b.When)
	})
	return out
}

// start is where a moment stands in the order: its beginning, or its end where
// only that is known.
func (m Moment) start() time.Time {
	if m.From.IsZero() {
		return m.To
	}
	return m.From
}

// when writes the time of a value as precisely as the words gave it. A time
// of known zone is written as its clock showed it, with the zone.
func when(v values.Value) string {
	from, to, zone := v.From, v.To, ""
	if v.Zoned {
		shift := time.Duration(v.Zone) * time.Minute
		zone = " UTC"
		if v.Zone != 0 {
			zone += fmt.Sprintf("%+03d:%02d", v.Zone/60, abs(v.Zone)%60)
		}
		if !from.IsZero() {
			from = from.Add(shift)
		}
		if !to.IsZero() {
			to = to.Add(shift)
		}
	}
	if whole(from) && whole(to) {
		zone = ""
	}
	s := stretch(from, to)
	if v.Approximate {
		s = "about " + s
	}
	return s + zone
}

func abs(n int) int { return max(n, -n) }

// whole says whether a bound of a time is a day's.
func whole(t time.Time) bool {
	return t.IsZero() || t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0
}

const minuteFormat = "2006-01-02 15:04"

func stretch(from, to time.Time) string {
	days := whole(from) && whole(to)
	last := to.Add(-time.Nanosecond) // the last moment that belongs to it
	switch {
	case from.IsZero() && days:
		return "until " + last.Format(time.DateOnly)
	case from.IsZero():
		return "until " + to.Format(minuteFormat)
	case to.IsZero() && days:
		return "from " + from.Format(time.DateOnly)
	case to.IsZero():
		return "from " + from.Format(minuteFormat)
	case days && from.AddDate(0, 0, 1).Equal(to):
		return from.Format(time.DateOnly)
	case days && from.Day() == 1 && from.AddDate(0, 1, 0).Equal(to):
		return from.Format("2006-01")
	case days && from.YearDay() == 1 && from.AddDate(1, 0, 0).Equal(to):
		return from.Format("2006")
	case days:
		return from.Format(time.DateOnly) + " to " + last.Format(time.DateOnly)
	case !from.Add(time.Minute).Before(to):
		return from.Format(minuteFormat)
	case from.Format(time.DateOnly) == last.Format(time.DateOnly):
		return from.Format(minuteFormat) + " to " + clock(to)
	}
	return from.Format(minuteFormat) + " to " + to.Format(minuteFormat)
}

// clock is the time of day at which a stretch of the same day ends.
func clock(t time.Time) string {
	if whole(t) {
		return "24:00"
	}
	return t.Format("15:04")
}
