// Package values finds numbers, quantities, dates, times and durations in a
// sentence and says whether two of them can both be true.
package values

import "time"

// Kind of a value.
type Kind string

// The kinds of value.
const (
	Number    Kind = "number"    // 12, "a dozen", "two thirds"
	Percent   Kind = "percent"   // 12 per cent
	Money     Kind = "money"     // 12 million euros
	Quantity  Kind = "quantity"  // 12 km: a number with a physical unit
	Ordinal   Kind = "ordinal"   // the third
	Date      Kind = "date"      // a day or a longer stretch of the calendar
	Time      Kind = "time"      // a time of day, with or without a date
	Duration  Kind = "duration"  // 12 hours
	Frequency Kind = "frequency" // twice a week
)

// Value is one value in a text.
type Value struct {
	Start, End int // bytes, like syntax.Token
	Text       string
	Kind       Kind

	// Min and Max bound a number, percentage, amount of money, quantity,
	// duration (in seconds) or time of day (in minutes from midnight), in the
	// base unit Unit. Equal when exact; -Inf or +Inf when open ("at least").
	Min, Max    float64
	Approximate bool   // "some", "about", "nearly"
	Unit        string // base unit: "m", "kg", "s", "EUR", "%", ...; empty for a bare count
	Counts      string // what is counted: lemma of the counted noun ("civilian"); empty if none

	// From and To bound a date or a dated time: [From, To). Zero if not dated.
	From, To time.Time
}
