package wording

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"counterclaim/nlp/values"
	"counterclaim/reports/internal/fixture"
)

func TestWhen(t *testing.T) {
	at := func(s string) time.Time {
		if s == "" {
			return time.Time{}
		}
		d, err := time.Parse(minuteFormat, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, tt := range []struct{ from, to, want string }{
		{"2031-09-13 00:00", "2031-09-14 00:00", "2031-09-13"},
		{"2031-09-01 00:00", "2031-10-01 00:00", "2031-09"},
		{"2031-01-01 00:00", "2032-01-01 00:00", "2031"},
		{"1640-01-01 00:00", "1650-01-01 00:00", "1640-01-01 to 1649-12-31"},
		{"", "2034-11-21 00:00", "until 2034-11-20"},
		{"", "2034-11-21 10:30", "until 2034-11-21 10:30"},
		{"2034-11-09 00:00", "", "from 2034-11-09"},
		{"2034-11-09 06:10", "", "from 2034-11-09 06:10"},
		{"2034-11-14 15:42", "2034-11-14 15:43", "2034-11-14 15:42"},
		{"2034-11-15 06:00", "2034-11-15 12:00", "2034-11-15 06:00 to 12:00"},
		{"2034-11-15 18:00", "2034-11-16 00:00", "2034-11-15 18:00 to 24:00"},
		{"2034-11-14 19:00", "2034-11-15 07:00", "2034-11-14 19:00 to 2034-11-15 07:00"},
	} {
		if got := when(values.Value{From: at(tt.from), To: at(tt.to)}); got != tt.want {
			t.Errorf("%s to %s is %q, want %q", tt.from, tt.to, got, tt.want)
		}
	}
	zoned := values.Value{From: at("2034-11-14 15:42"), To: at("2034-11-14 15:43"), Zoned: true, Zone: -210, Approximate: true}
	if got, want := when(zoned), "about 2034-11-14 12:12 UTC-03:30"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTimeline(t *testing.T) {
	v, err := New(fixture.Ferry())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range v.Timeline() {
		s := m.When
		for party, es := range m.Events {
			for _, e := range es {
				s += " | " + v.Name(party) + ": " + v.Quote(e.Claim) + " " + e.Words
				if e.Inferred {
					s += " inferred"
				}
			}
		}
		got = append(got, s)
	}
	want := []string{
		"2031-06 | Seafarers' and Dockers' Union of the Northern Ports: “We told them in June that this would happen” “June”",
		"2031-09-13 21:05 | Coastguard: “A warning was sent to the Halcyon at 21.05” “21.05” inferred",
		"2031-09-13 21:25 | Coastguard: “it struck the bank at 21.25” “21.25” inferred",
		"2031-09-13 21:40 | Norrland Ferry Line: “At 21.40 on Saturday our ferry Halcyon touched the sandbank” “21.40 on Saturday”",
		"until 2031-09-13 | Norrland Ferry Line: “all 212 people on board were ashore before midnight” “before midnight” inferred" +
			" | Seafarers' and Dockers' Union of the Northern Ports: “Everyone was brought ashore before midnight” “before midnight” inferred",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
