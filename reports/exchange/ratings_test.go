package exchange

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"counterclaim/reports/internal/fixture"
	"counterclaim/reports/wording"
)

const ratings = "\ufeffparty,quote,rating,reviewer,address,reviewer_type,value,worst,best,date,explanation\r\n" +
	"line,“Some thirty passengers”,Mostly false,Fact Desk,https://facts.example.org/halcyon,organization,2,1,5,2031-09-20,\"The doctor counted 51.\"\r\n" +
	"Coastguard,\"Treated ashore | 51\",True,Fact Desk,https://facts.example.org/halcyon,,,,,,\r\n"

func TestRatings(t *testing.T) {
	rs, err := ReadRatings(strings.NewReader(ratings), "ratings.csv")
	if err != nil {
		t.Fatal(err)
	}
	r := fixture.Ferry()
	var b bytes.Buffer
	if err := WriteSchemaOrg(&b, report(t, r), wording.Provenance{}, rs); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Graph []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	texts := make(map[string]any)
	var reviews []map[string]any
	for _, n := range doc.Graph {
		switch n["@type"] {
		case "Claim":
			texts[n["@id"].(string)] = n["text"]
		case "ClaimReview":
			item := n["itemReviewed"].(map[string]any)["@id"].(string)
			if texts[item] != n["claimReviewed"] {
				t.Errorf("the review of %q is of the claim %q", n["claimReviewed"], texts[item])
			}
			delete(n, "@id")
			delete(n, "itemReviewed")
			reviews = append(reviews, n)
		}
	}
	want := []map[string]any{
		{
			"@type": "ClaimReview", "url": "https://facts.example.org/halcyon", "claimReviewed": "Some thirty passengers were treated for bruises",
			"datePublished": "2031-09-20", "author": map[string]any{"@type": "Organization", "name": "Fact Desk"},
			"reviewRating": map[string]any{
				"@type": "Rating", "alternateName": "Mostly false", "ratingValue": 2.0, "worstRating": 1.0, "bestRating": 5.0, "ratingExplanation": "The doctor counted 51.",
			},
		},
		{
			"@type": "ClaimReview", "url": "https://facts.example.org/halcyon", "claimReviewed": "Treated ashore | 51",
			"author": map[string]any{"name": "Fact Desk"}, "reviewRating": map[string]any{"@type": "Rating", "alternateName": "True"},
		},
	}
	if diff := cmp.Diff(want, reviews); diff != "" {
		t.Error(diff)
	}
}

func TestBadRatings(t *testing.T) {
	head := "party,quote,rating,reviewer,address,value,worst,best,date,reviewer_type\n"
	for in, want := range map[string]string{
		"":                                 "r.csv: empty table; write a header",
		"party,quote,rating\n":             `r.csv:1: no column "reviewer"; a rating needs party, quote, rating, reviewer, address`,
		"party,verdict\n":                  `r.csv:1: unknown or repeated column "verdict"; known are`,
		"party,party\n":                    `r.csv:1: unknown or repeated column "party"`,
		head + "a,b,c,,https://x.y,,,,,\n": "r.csv:2: no reviewer; a rating needs",
		head + "a,b,c,d,x.y,,,,,\n":        `r.csv:2: bad address "x.y"`,
		head + "a,b,c,d,javascript:alert(1),,,,,\n":           "r.csv:2: bad address",
		head + "a,b,c,d,https://x.y,2,,,,\n":                  `r.csv:2: bad value, worst or best ""`,
		head + "a,b,c,d,https://x.y,NaN,1,5,,\n":              `r.csv:2: bad value, worst or best "NaN"`,
		head + "a,b,c,d,https://x.y,2,1,Inf,,\n":              `r.csv:2: bad value, worst or best "Inf"`,
		head + "a,b,c,d,https://x.y,6,1,5,,\n":                "r.csv:2: the value 6 does not lie from worst 1 to best 5",
		head + "a,b,c,d,https://x.y,,,,4 May,\n":              `r.csv:2: bad date "4 May"`,
		head + "a,b,c,d,https://x.y,,,,,robot\n":              `r.csv:2: bad reviewer_type "robot"`,
		head + "a,\"b\n\",c,d,https://x.y,,,,,\na,b\n":        "r.csv:4: not valid CSV: wrong number of fields",
		head + "a,\xff,c,d,https://x.y,,,,,\n":                "r.csv: not UTF-8",
		"party," + strings.Repeat("x", maxRatingBytes) + "\n": "r.csv: longer than 4 MiB",
	} {
		if _, err := ReadRatings(strings.NewReader(in), "r.csv"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.60q: %v, want %s", in, err, want)
		}
	}
}

func TestRatingOfNoClaim(t *testing.T) {
	v := report(t, fixture.Ferry())
	for in, want := range map[string]string{
		"nobody,Some thirty": `r.csv:2: no party "nobody" in this case; its parties are line, union, coastguard`,
		"line,The moon":      "r.csv:2: no claim of line holds the words “The moon”; quote the claim as the report does",
		"line,\"” “\"":       "r.csv:2: no claim of line holds",
	} {
		rs, err := ReadRatings(strings.NewReader("party,quote,rating,reviewer,address\n"+in+",c,d,https://x.y\n"), "r.csv")
		if err != nil {
			t.Fatal(err)
		}
		if err := WriteSchemaOrg(&bytes.Buffer{}, v, wording.Provenance{}, rs); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", in, err, want)
		}
	}
}

func FuzzReadRatings(f *testing.F) {
	f.Add(ratings)
	f.Add("party,quote,rating,reviewer,address\na,b,c,d,https://x.y\n")
	f.Add("party,\"quote\n")
	v, err := wording.New(fixture.Ferry())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, in string) {
		rs, err := ReadRatings(strings.NewReader(in), "r.csv")
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := WriteSchemaOrg(&b, v, wording.Provenance{}, rs); err == nil && !json.Valid(b.Bytes()) {
			t.Errorf("not JSON: %s", b.Bytes())
		}
	})
}
