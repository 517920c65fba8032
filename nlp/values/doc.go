// Package values finds numbers, quantities, dates, times and durations in a
// sentence and says whether two of them can both be true.
//
// The laws of the package: the values that Find returns are in order and do
// not overlap; Compare(a, b) == Compare(b, a); Compare(a, a) is Same. Finding
// and comparing depend on the words and the Reference only, never on the clock
// of the machine.
//
// Find cuts the tokens into atoms (runs of letters, runs of digits, single
// marks), so that it does not matter whether a tokenizer writes "44-day" as
// one token or three, and reads them from left to right with a small
// hand-written grammar. Where a tagger has filled in tags they settle what
// the words leave open ("one", "may", the counted noun).
//
// # Conventions
//
//   - "dozens", "hundreds", "thousands" are [2x, 10x); "several hundred" is
//     [300, 1000); "several" is [3, +Inf); "a few" and "a handful" are [2, 10).
//   - "no", "none", "nobody", "not one" count 0; "both" counts 2.
//   - "nearly x" is [0.9x, x); "just over x" is (x, 1.1x].
//   - A fraction of something is a percentage: "a fifth" is 20 %.
//   - The parts of the day and their bounds are in data/dayparts.tsv.
//   - A month is a twelfth of a year, a year 365.2425 days.
//   - A weekday is the nearest on or before the reference date, or on or after
//     it when the sentence speaks of the future; a day without its year is the
//     nearest one, where a day that lies against the tense counts double.
//   - In 3/4/2031 the day comes first, as in United Nations documents, unless
//     that gives no date.
//   - "early", "mid" and "late" are thirds of a month or year; "the end" and
//     "the beginning" are the last and the first sixth (of a month: five days).
package values
