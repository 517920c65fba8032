package values

import (
	"strings"
	"testing"
)

// only returns the single value of a text.
func only(t *testing.T, text string) Value {
	t.Helper()
	ref := reference
	ref.Text = text
	ref.Anchor = ref.Date.AddDate(0, 0, -5)
	found := Find(tokenize(text), ref)
	if len(found) != 1 {
		t.Fatalf("%q: %d values, want one: %v", text, len(found), found)
	}
	return found[0]
}

var comparisons = []struct {
	a, b string
	want Relation
}{
	// counts
	{"12 people", "12 people", Same},
	{"12 people", "a dozen people", Same},
	{"twelve people", "13 people", Different},
	{"61 passengers", "60 passengers", Different},
	{"at least 12 people", "14 people", Compatible},
	{"at least 12 people", "4 people", Different},
	{"more than 300", "300", Different},
	{"more than 300", "301", Compatible},
	{"not more than 300", "300", Compatible},
	{"fewer than 10", "10", Different},
	{"up to 40", "at least 41", Different},
	{"up to 40", "at least 40", Compatible},
	{"between 54 and 58", "56", Compatible},
	{"between 54 and 58", "60", Different},
	{"from 600 to 700 men", "between 500 and 650 men", Compatible},
	{"2,880 posts", "some 2,900 posts", Same},
	{"2,880 posts", "2,900 posts", Same},
	{"3,400 posts", "2,900 posts", Different},
	{"two thousand men", "1,600 men", Different},
	{"about twenty men", "nine men", Different},
	{"some thirty men", "51 men", Different},
	{"about 210 men", "212 men", Same},
	{"a mob of near a thousand", "from 600 to 700 persons", Different},
	{"several ships", "2 ships", Different},
	{"several ships", "17 ships", Compatible},
	{"a few sharks", "500 sharks", Different},
	{"hundreds of men", "214 men", Compatible},
	{"hundreds of men", "30 men", Different},
	{"no casualties", "3 casualties", Different},
	{"none", "zero", Same},
	{"nobody", "at least one", Different},
	{"both engines", "two engines", Same},
	{"two volleys", "twice", Same},
	{"three times", "twice", Different},
	{"31 of 44 farms", "nine in ten", Different},
	{"31 of 44 farms", "seventy per cent", Same},
	// measures
	{"39.6 per cent", "some forty per cent", Same},
	{"a fifth", "20 per cent", Same},
	{"roughly a fifth", "forty per cent", Different},
	{"three quarters", "75 %", Same},
	{"two thirds", "66.7 %", Same},
	{"one in three hundred", "1 in 310", Same},
	{"one in nine thousand", "1 in 310", Different},
	{"5 percentage points", "5 per cent", Incomparable},
	{"nearly eight per cent", "7.9 per cent", Same},
	{"nearly eight per cent", "8.4 per cent", Different},
	{"fourteen kilometres a second", "14.1 km/s", Same},
	{"1.2 km", "84 metres", Different},
	{"1.2 km", "1,200 metres", Same},
	{"forty centimetres", "190 cm", Different},
	{"34 km²", "3,400 hectares", Same},
	{"eleven million cubic metres an hour", "2,150 m³/s", Different},
	{"62 million cubic metres", "62 hm³", Same},
	{"700 km", "709 km", Same},
	{"200 m", "some 150 m", Different},
	{"at least 5 km", "3 nautical miles", Compatible},
	{"8 knots", "nearly 20 knots", Different},
	{"12 km", "12 kg", Incomparable},
	{"12 km", "12 ships", Incomparable},
	{"4.8 million euros", "48 million euros", Different},
	{"2.1 million euros", "some two million euros", Same},
	{"4 million euros", "4 million dollars", Incomparable},
	{"EUR 2.4 billion", "2.4 billion", Same},
	// durations
	{"48 hours", "two days", Same},
	{"two years", "twenty-four months", Same},
	{"thirty-six hours", "a day and a half", Same},
	{"nearly four minutes", "3 min 40 s", Same},
	{"ninety seconds", "nearly four minutes", Different},
	{"within 24 hours", "nine hours", Compatible},
	{"within minutes", "an hour and a half", Different},
	{"over two hours", "forty minutes", Different},
	{"eleven minutes", "7 minutes and 10 seconds", Different},
	{"aged 34", "34 years", Incomparable},
	{"a 34-year-old", "aged 34", Same},
	{"twice a week", "every day", Different},
	// ordinals
	{"the third leg", "his third sector", Same},
	{"the sixth leg", "the fifth leg", Different},
	{"the third leg", "three legs", Incomparable},
	// dates
	{"in May 2031", "on 3 May 2031", Compatible},
	{"on 3 May", "on 4 May", Different},
	{"on 3 May 2031", "2031-05-03", Same},
	{"in 2030", "in March 2031", Different},
	{"since 2027", "in 2029", Compatible},
	{"since 2027", "in 2026", Different},
	{"until 30 April 2031", "on 30 April 2031", Compatible},
	{"until 30 April 2031", "on 1 May 2031", Different},
	{"by 18 March 2031", "the end of April 2031", Different},
	{"before 9 May", "on 9 May", Different},
	{"yesterday", "Tuesday", Same},
	{"from 1 May to 9 May", "30 April", Different},
	{"from 1 May to 9 May", "3 May", Compatible},
	{"early May 2031", "3 May 2031", Compatible},
	{"in spring 2031", "in April 2031", Compatible},
	{"in the 1990s", "in 2001", Different},
	{"on 3 May", "12 ships", Incomparable},
	// times of day
	{"at 06:40", "in the morning", Compatible},
	{"at 16:40", "in the morning", Different},
	{"at twenty past three", "at 0322", Same},
	{"at twenty past three", "at 1522", Same},
	{"at 20:45", "at 20:52", Different},
	{"at 20:45", "from 20:52 to 21:30", Different},
	{"at 21:00", "from 20:52 to 21:30", Compatible},
	{"shortly after 12:30", "at 1240 hours", Compatible},
	{"shortly before five", "at ten minutes before five", Compatible},
	{"at eight minutes to two", "at 01:52", Same},
	{"at five", "at 17:00", Same},
	{"at five in the morning", "at 17:00", Different},
	{"towards midnight", "at 23:50", Same},
	{"before dawn", "at 03:00", Compatible},
	{"at 04:50 UTC+7 on 12 May", "at 2150 UTC on 11 May", Same},
	{"at ten to five in the morning (our time, UTC+7) on 12 May", "at 2150 UTC on 11 May", Same},
	{"sixty years ago today", "14 May 1971", Same},
	{"at 04:50 on 12 May", "at 04:50 on 11 May", Different},
	{"at 04:50 on 12 May", "on 12 May", Compatible},
	{"at 04:50 on 12 May", "on 13 May", Different},
	{"the night of 8 to 9 May", "at 00:30 on 9 May", Compatible},
	{"the night of 8 to 9 May", "at 00:30 on 8 May", Different},
	{"on Tuesday night", "at noon on Wednesday", Different},
	{"at noon", "12 ships", Incomparable},
	{"between 0300 and 0315", "at 03:10", Compatible},
	{"between 0300 and 0315", "at 03:40", Different},
}

func TestCompare(t *testing.T) {
	for _, c := range comparisons {
		a, b := only(t, c.a), only(t, c.b)
		if got := Compare(a, b); got != c.want {
			t.Errorf("%q, %q: got %s, want %s\n  %s\n  %s", c.a, c.b, got, c.want, render(a), render(b))
		}
	}
}

func TestCompareIsSymmetric(t *testing.T) {
	var all []Value
	for _, text := range sentences(t) {
		all = append(all, find(text)...)
	}
	for _, a := range all {
		for _, b := range all {
			if Compare(a, b) != Compare(b, a) {
				t.Fatalf("%s and %s: %s, in the other order %s", render(a), render(b), Compare(a, b), Compare(b, a))
			}
			if Narrower(a, b) && Narrower(b, a) {
				t.Fatalf("%s and %s: each narrower than the other", render(a), render(b))
			}
			if a != b && Compare(a, b) != Incomparable && !ComparableUnits(a, b) {
				t.Fatalf("%s and %s: compared across units", render(a), render(b))
			}
		}
	}
}

func TestNarrower(t *testing.T) {
	for _, c := range []struct{ narrow, broad string }{
		{"14 people", "at least 12 people"}, {"on 3 May 2031", "in May 2031"}, {"at 06:40", "in the morning"},
		{"56 men", "between 54 and 58 men"}, {"at 04:50 on 12 May", "on 12 May"}, {"nine hours", "within 24 hours"},
	} {
		a, b := only(t, c.narrow), only(t, c.broad)
		if !Narrower(a, b) || Narrower(b, a) {
			t.Errorf("%q is not narrower than %q", c.narrow, c.broad)
		}
	}
}

func TestExplain(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"at least 12 dead", "four", "“at least 12” and “four” cannot both be true"},
		{"4.8 million euros", "48 million euros", "“4.8 million euros” and “48 million euros” cannot both be true: one is 10 times the other"},
		{"48 hours", "two days", "“48 hours” and “two days” are the same (2 days against 2 days)"},
		{"2,880", "some 2,900", "“2,880” and “some 2,900” round alike"},
		{"12 km", "12 kg", "“12 km” and “12 kg” do not measure the same thing"},
		{"in May 2031", "3 May 2031", "“3 May 2031” lies within “May 2031”"},
		{"at 20:45", "at 20:52", "“20:45” and “20:52” are different times"},
	} {
		if got := Explain(only(t, c.a), only(t, c.b)); got != c.want {
			t.Errorf("%q, %q:\n got %s\nwant %s", c.a, c.b, got, c.want)
		}
	}
}

// TestTables checks that every example of a bounding phrase is read with it.
func TestTables(t *testing.T) {
	for _, name := range []string{"bounds.tsv", "after.tsv"} {
		for _, r := range rows(name) {
			if len(r) != 3 {
				t.Errorf("%s: %q has %d columns", name, r[0], len(r))
				continue
			}
			found := find(r[2])
			if len(found) != 1 {
				t.Errorf("%s: %q: %d values in %q", name, r[0], len(found), r[2])
				continue
			}
			if !strings.Contains(strings.ToLower(strings.ReplaceAll(found[0].Text, "-", " ")), strings.ToLower(r[0])) {
				t.Errorf("%s: %q: %q is not in %q", name, r[2], r[0], found[0].Text)
			}
		}
	}
}
