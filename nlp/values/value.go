package values

import "time"

// Kind of a value.
type Kind string

// The kinds of value.
const (
	Number    Kind = "number"    // 12, "a dozen", "hundreds"
	Percent   Kind = "percent"   // 12 per cent, "two thirds", "one in four"
	Money     Kind = "money"     // 12 million euros
	Quantity  Kind = "quantity"  // 12 km: a number with a physical unit
	Ordinal   Kind = "ordinal"   // the third
	Date      Kind = "date"      // a day or a longer stretch of the calendar
	Time      Kind = "time"      // a time of day, with or without a date
	Duration  Kind = "duration"  // 12 hours
	Frequency Kind = "frequency" // twice, twice a week, every three hours
)

// Value is one value in a text.
type Value struct {
	Start, End int // bytes, like syntax.Token
	Text       string
	Kind       Kind

	// Min and Max bound a number, percentage, amount of money, quantity,
	// duration (in seconds) or time of day (in minutes from midnight), in the
	// base unit Unit. Equal when exact; -Inf or +Inf when open ("at least").
	// A stretch of the day that crosses midnight has Max above 1440.
	Min, Max    float64
	Approximate bool   // "some", "about", "nearly"
	Unit        string // base unit: "m", "kg", "s", "EUR", "%", ...; empty for a bare count
	Counts      string // what is counted: lemma of the counted noun ("civilian"); empty if none

	// From and To bound a date or a dated time: [From, To). Zero if not dated;
	// one of them zero when open on that side ("since May": To, "until May":
	// From). Times whose zone is known are in UTC; a time of unknown zone is
	// its clock reading written as if in UTC.
	From, To time.Time

	// MinOpen and MaxOpen exclude the bound itself: "more than 300", "under 40".
	MinOpen, MaxOpen bool
	// Step is the place to which the figure is rounded as written, in Unit:
	// 100 for 2,900, 0.1 for 39.6. 0 if unknown.
	Step float64
	// Of is the whole when a part of it is counted: 44 in "31 of 44 farms".
	Of float64
	// CountsStart and CountsEnd are the bytes of the counted noun; 0, 0 if none.
	CountsStart, CountsEnd int
	// Span tells a stretch that lasted ("from 20:52 to 21:30") from a margin of
	// uncertainty ("between 0300 and 0315").
	Span bool
	// Twelve marks a clock reading that may mean either half of the day ("at five").
	Twelve bool
	// Inferred marks a time whose day was taken from the context, or a date
	// that could only be read against Reference.Anchor.
	Inferred bool
	// Zoned says that the zone is known, Zone gives it in minutes east of UTC.
	Zoned bool
	Zone  int
	// Year, Month and Day are the parts of a date that the text itself states;
	// 0 where it does not. They let dates be compared that cannot be resolved.
	Year, Month, Day int
}

// Reference is what relative expressions are read against.
type Reference struct {
	// Date is the date of the statement ("yesterday", "on Tuesday", a date
	// without its year). Zero: unknown; relative dates are found, not resolved.
	Date time.Time
	// Anchor is the last day mentioned before this sentence ("the same day",
	// "two days later", a bare clock time). Zero: none. See NextAnchor.
	Anchor time.Time
	// Zoned and Zone give the zone, in minutes east of UTC, in which the
	// statement gives its times where it does not say so beside them.
	Zoned bool
	Zone  int
	// Text, when set, is the text that the token offsets refer to; Value.Text is
	// then cut from it. Otherwise it is put together from the tokens, with one
	// space for each byte between two of them.
	Text string
}
