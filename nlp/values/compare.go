package values

import (
	"math"
	"time"
)

// Relation of two values.
type Relation string

// The relations. They say nothing of whether the two values belong to the
// same event: that, and whether two counted nouns mean the same, is the
// caller's to judge.
const (
	Incomparable Relation = "incomparable" // of different kind or dimension: they do not speak of the same
	Same         Relation = "same"         // equal, or figures that round alike
	Compatible   Relation = "compatible"   // bounds or precision allow both: "at least 12" and 14
	Different    Relation = "different"    // cannot both be true of the same thing
)

// Tolerances, chosen by hand on what reports call the same figure.
//
// A figure x meant exactly stands for the interval that rounds to it, but only
// where it is a measure (a unit, a percentage, money) or a count of 1,000 or
// more, and never further than measured (a share of x): "14 km/s" holds 14.1,
// but "two thousand" does not hold 1,600, and 61 passengers are not 60.
// An approximate figure stands for half its last place, at least approxLow
// and at most approxHigh of it.
const (
	measured    = 0.05
	approxLow   = 0.05
	approxHigh  = 0.15
	exactCounts = 1000

	clockTolerance  = 5.0  // minutes, of a spoken reading: "twenty past three" and 0322
	approxTolerance = 15.0 // minutes, of "about 20:45"
	hourTolerance   = 30.0 // minutes, of "about three"
)

// Compare says how two values relate. It is symmetric, and Compare(v, v) is Same.
func Compare(a, b Value) Relation {
	if a == b {
		return Same
	}
	if !ComparableUnits(a, b) {
		return Incomparable
	}
	switch {
	case a.Kind == Time && b.Kind == Time:
		return compareTimes(a, b)
	case a.calendar():
		return compareDates(a, b)
	}
	a, b = sameMeasure(a, b)
	return compareAmounts(a, b)
}

// ComparableUnits says whether the two values measure in the same dimension,
// so that they may speak of the same thing.
func ComparableUnits(a, b Value) bool {
	if a.calendar() || b.calendar() {
		if !a.calendar() || !b.calendar() {
			return false
		}
		if a.Kind == Time && b.Kind == Time {
			return true
		}
		// A bare clock time says nothing of a day, an unresolved date little.
		return a.dated() && b.dated()
	}
	if (a.Counts == "age") != (b.Counts == "age") {
		return false
	}
	if a.Kind == b.Kind {
		return a.Unit == b.Unit
	}
	if b.Kind == Number {
		a, b = b, a
	}
	if a.Kind != Number {
		return false
	}
	switch b.Kind {
	case Frequency: // two volleys, "fired twice"
		return a.Unit == b.Unit
	case Percent: // "31 of 44" and "nine in ten"
		return b.Unit == "%" && a.Of > 0
	case Money: // "2.4 billion" and "EUR 2.4 billion"
		return a.Unit == "" && a.Counts == "" && a.Min >= exactCounts
	default:
		return false
	}
}

func (v *Value) calendar() bool { return v.Kind == Date || v.Kind == Time }

func (v *Value) dated() bool {
	return !v.From.IsZero() || !v.To.IsZero() || v.Year != 0 || v.Month != 0 || v.Day != 0
}

// sameMeasure turns a part of a counted whole into a percentage where the
// other value is one.
func sameMeasure(a, b Value) (Value, Value) {
	share := func(v *Value) {
		if v.Kind == Number && v.Of > 0 {
			v.scale(100 / v.Of)
			v.Kind, v.Unit, v.Step = Percent, "%", 0
		}
	}
	if a.Kind == Percent {
		share(&b)
	}
	if b.Kind == Percent {
		share(&a)
	}
	return a, b
}

// point says whether v is one figure, not a range or bound.
func (v *Value) point() bool { return v.Min == v.Max }

// slack is how far from its figure v still holds.
func (v *Value) slack() float64 {
	x := math.Abs(v.Max)
	if math.IsInf(x, 0) {
		x = math.Abs(v.Min)
	}
	if math.IsInf(x, 0) {
		return 0
	}
	if v.Approximate {
		high := approxHigh * x
		// "About six" of things that are counted one by one is 5 to 7.
		if x < 20 && v.Unit == "" {
			high = math.Max(high, 1)
		}
		return math.Min(math.Max(v.Step/2, approxLow*x), high)
	}
	if v.Unit == "" && x < exactCounts || v.Kind == Ordinal {
		return 0
	}
	return math.Min(v.Step/2, measured*x) * (1 - 1e-9) // half a place is no longer rounded
}

func compareAmounts(a, b Value) Relation {
	if a.Min == b.Min && a.Max == b.Max && a.MinOpen == b.MinOpen && a.MaxOpen == b.MaxOpen {
		return Same
	}
	scale := math.Max(finite(a), finite(b))
	near := 1e-9 * scale // conversions are not exact
	if a.point() && b.point() {
		d := math.Abs(a.Min - b.Min)
		if d <= near || d <= math.Max(a.slackFor(b), b.slackFor(a))+near {
			return Same
		}
		return Different
	}
	// "Between 54 and 58" and 56; "at least 12" and 14.
	widen := func(v Value) (float64, float64, bool, bool) {
		s := 0.0
		if v.Approximate && v.point() || v.point() {
			s = v.slack()
		}
		// The soft side of "nearly" and of a vague word.
		if v.Approximate && !v.point() {
			s = 0.05 * finite(v)
			return v.Min - s, v.Max + map[bool]float64{true: 0, false: s}[v.MaxOpen], v.MinOpen, v.MaxOpen
		}
		return v.Min - s, v.Max + s, v.MinOpen, v.MaxOpen
	}
	amin, amax, aminOpen, amaxOpen := widen(a)
	bmin, bmax, bminOpen, bmaxOpen := widen(b)
	if amin > bmax+near || bmin > amax+near {
		return Different
	}
	if math.Abs(amin-bmax) <= near && (aminOpen || bmaxOpen) || math.Abs(bmin-amax) <= near && (bminOpen || amaxOpen) {
		return Different
	}
	// "nearly eight" and 7.9
	if a.nearlyIs(b) || b.nearlyIs(a) {
		return Same
	}
	return Compatible
}

// nearlyIs says whether b is a figure inside the narrow interval of "nearly" or "just over".
func (v *Value) nearlyIs(b Value) bool {
	return v.Approximate && !v.point() && v.Max <= v.Min*1.2 && b.point() && b.Min >= v.Min && b.Min <= v.Max
}

// slackFor is the slack of v towards the figure b: a rounded figure holds a
// finer one, not one that is as coarse.
func (v *Value) slackFor(b Value) float64 {
	if !v.Approximate && b.Step >= v.Step && b.Step > 0 {
		return 0
	}
	return v.slack()
}

func finite(v Value) float64 {
	x := 0.0
	for _, y := range []float64{v.Min, v.Max} {
		if !math.IsInf(y, 0) {
			x = math.Max(x, math.Abs(y))
		}
	}
	return x
}

// compareDates compares two dates, or a date and a dated time.
func compareDates(a, b Value) Relation {
	if a.From.IsZero() && a.To.IsZero() || b.From.IsZero() && b.To.IsZero() {
		return compareParts(a, b)
	}
	if a.From.Equal(b.From) && a.To.Equal(b.To) {
		return Same
	}
	// The day of a time whose zone is away from UTC, or whose day was taken from
	// the context, may be off by one.
	slackA, slackB := dateSlack(a), dateSlack(b)
	slack := max(slackA, slackB)
	if a.Kind != b.Kind {
		zoned := a
		if b.Kind == Time {
			zoned = b
		}
		if zoned.Zoned && zoned.Zone != 0 || zoned.Inferred || zoned.Max > 1440 {
			slack = max(slack, 14*time.Hour)
		}
	}
	disjoint := func(x, y Value) bool {
		return !x.To.IsZero() && !y.From.IsZero() && !x.To.Add(slack).After(y.From)
	}
	if disjoint(a, b) || disjoint(b, a) {
		return Different
	}
	if a.Span && b.Span && !a.From.IsZero() && !b.From.IsZero() && !a.To.IsZero() && !b.To.IsZero() {
		if a.From.Sub(b.From).Abs() <= slack && a.To.Sub(b.To).Abs() <= slack {
			return Same
		}
	}
	return Compatible
}

// dateSlack is how far an approximate date may be off.
func dateSlack(v Value) time.Duration {
	if v.Approximate && v.Kind == Date && !v.From.IsZero() && !v.To.IsZero() {
		return min(v.To.Sub(v.From)/2, 60*24*time.Hour)
	}
	return 0
}

// compareParts compares dates by the parts that both texts state.
func compareParts(a, b Value) Relation {
	if a.Year == b.Year && a.Month == b.Month && a.Day == b.Day && a.Kind == b.Kind {
		return Same
	}
	for _, pair := range [3][2]int{{a.Year, b.Year}, {a.Month, b.Month}, {a.Day, b.Day}} {
		if pair[0] != 0 && pair[1] != 0 && pair[0] != pair[1] {
			return Different
		}
	}
	return Compatible
}

// compareTimes compares two times of day, with their days where both are known.
func compareTimes(a, b Value) Relation {
	if a.Min == b.Min && a.Max == b.Max && a.From.Equal(b.From) && a.To.Equal(b.To) && a.MinOpen == b.MinOpen && a.MaxOpen == b.MaxOpen {
		return Same
	}
	dated := !a.From.IsZero() && !b.From.IsZero()
	firm := dated && !a.Inferred && !b.Inferred
	best := Different
	for _, shiftA := range halves(a) {
		for _, shiftB := range halves(b) {
			amin, amax, bmin, bmax := a.Min+shiftA, a.Max+shiftA, b.Min+shiftB, b.Max+shiftB
			if a.Zoned && b.Zoned {
				amin, amax = amin-float64(a.Zone), amax-float64(a.Zone)
				bmin, bmax = bmin-float64(b.Zone), bmax-float64(b.Zone)
			}
			if firm {
				// Minutes between the two days as the texts name them.
				days := localDay(b).Sub(localDay(a)).Hours() * 60
				best = better(best, clockRelation(a, b, amin, amax, bmin+days, bmax+days))
				continue
			}
			// The days are unknown: midnight may lie between.
			for _, day := range []float64{-1440, 0, 1440} {
				best = better(best, clockRelation(a, b, amin, amax, bmin+day, bmax+day))
			}
		}
	}
	if best == Different && a.Zoned != b.Zoned && a.point() && b.point() {
		// Where one side's zone is unknown, whole hours may be the zone's.
		d := math.Mod(math.Abs(a.Min-b.Min), 60)
		if math.Min(d, 60-d) <= 1 && (!firm || a.From.Sub(b.From).Abs() <= 14*time.Hour) {
			return Compatible
		}
	}
	return best
}

func better(a, b Relation) Relation {
	rank := map[Relation]int{Same: 2, Compatible: 1}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

// halves are the shifts to the readings that a clock time allows.
func halves(v Value) []float64 {
	if v.Twelve {
		return []float64{0, 720}
	}
	return []float64{0}
}

// localDay is the midnight that Min and Max count from.
func localDay(v Value) time.Time {
	t := v.From.Add(-time.Duration(math.Round(v.Min*60)) * time.Second)
	if v.Zoned {
		t = t.Add(time.Duration(v.Zone) * time.Minute)
	}
	return t
}

// clockSlack is how many minutes a time of day may be off.
func clockSlack(v Value) float64 {
	switch {
	case !v.point():
		if v.Approximate {
			return approxTolerance
		}
		return 0
	case v.Approximate && math.Mod(v.Min, 60) == 0:
		return hourTolerance
	case v.Approximate:
		return approxTolerance
	case v.Step >= 5:
		return clockTolerance
	}
	return 0.5 // readings to the minute, and to the second
}

func clockRelation(a, b Value, amin, amax, bmin, bmax float64) Relation {
	slack := math.Max(clockSlack(a), clockSlack(b))
	if a.point() && b.point() {
		if math.Abs(amin-bmin) <= slack {
			return Same
		}
		return Different
	}
	if amin > bmax+slack || bmin > amax+slack {
		return Different
	}
	if slack == 0 && (amin == bmax && (a.MinOpen || b.MaxOpen) || bmin == amax && (b.MinOpen || a.MaxOpen)) {
		return Different
	}
	if math.Abs(amin-bmin) <= slack && math.Abs(amax-bmax) <= slack && a.Span == b.Span {
		return Same
	}
	if a.Span && b.Span && (math.Abs(amin-bmin) > math.Max(slack, clockTolerance) && math.Abs(amax-bmax) > math.Max(slack, clockTolerance)) {
		if amin > bmin == (amax > bmax) {
			return Different // two stretches that shift both ends
		}
	}
	return Compatible
}

// Narrower says whether a is the more specific of two compatible values:
// whatever a allows, b allows too, and not the other way round.
func Narrower(a, b Value) bool {
	if Compare(a, b) != Compatible {
		return false
	}
	if a.calendar() {
		if a.Kind == Time && b.Kind == Time && (a.From.IsZero() || b.From.IsZero()) {
			return a.Max-a.Min < b.Max-b.Min
		}
		return length(a) < length(b)
	}
	a, b = sameMeasure(a, b)
	return a.Max-a.Min < b.Max-b.Min
}

// length of a stretch of the calendar.
func length(v Value) time.Duration {
	if v.From.IsZero() || v.To.IsZero() {
		return math.MaxInt64
	}
	return v.To.Sub(v.From)
}
