package exchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"counterclaim/compare"
	"counterclaim/reports/wording"
)

// Rating is what a person says of a claim: the one verdict that a report
// carries, under that person's name. We never make one.
type Rating struct {
	Party, Quote string // the claim, by who says it and in its words
	Rating       string // "Mostly false"
	Reviewer     string // who rates
	ReviewerType string // "person" or "organization"; empty if not said
	Address      string // where the review is published
	Value        string // the rating as a number from Worst to Best; all or none
	Worst, Best  string
	Date         string // of the review, YYYY-MM-DD; empty if not said
	Explanation  string

	path string
	line int
}

// ratingColumns are the columns of a table of ratings; the first five must be
// there and filled.
var ratingColumns = []string{
	"party", "quote", "rating", "reviewer", "address",
	"reviewer_type", "value", "worst", "best", "date", "explanation",
}

const (
	neededColumns  = 5
	maxRatingBytes = 4 << 20
)

// ratingError names the file, the line and what to do.
func ratingError(path string, line int, what, hint string) error {
	at := path
	if line > 0 {
		at += ":" + strconv.Itoa(line)
	}
	return fmt.Errorf("%s: %s; %s", at, what, hint)
}

// ReadRatings reads a table of ratings in CSV with a header. path names it in
// errors.
func ReadRatings(r io.Reader, path string) ([]Rating, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxRatingBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", path, err)
	case len(data) > maxRatingBytes:
		return nil, ratingError(path, 0, "longer than 4 MiB", "is this a table of ratings?")
	case !utf8.Valid(data):
		return nil, ratingError(path, 0, "not UTF-8", "save the table as CSV in UTF-8")
	}
	in := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff")))
	head, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, ratingError(path, 0, "empty table", "write a header: "+strings.Join(ratingColumns, ","))
	}
	if err != nil {
		return nil, csvError(path, err)
	}
	at := make(map[string]int)
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := at[name]; twice || !slices.Contains(ratingColumns, name) {
			return nil, ratingError(path, 1, fmt.Sprintf("unknown or repeated column %q", name), "known are "+strings.Join(ratingColumns, ", "))
		}
		at[name] = i
	}
	for _, name := range ratingColumns[:neededColumns] {
		if _, ok := at[name]; !ok {
			return nil, ratingError(path, 1, fmt.Sprintf("no column %q", name), "a rating needs "+strings.Join(ratingColumns[:neededColumns], ", "))
		}
	}
	var out []Rating
	for {
		rec, err := in.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, csvError(path, err)
		}
		line, _ := in.FieldPos(0)
		cell := func(name string) string {
			if i, ok := at[name]; ok {
				return strings.TrimSpace(rec[i])
			}
			return ""
		}
		for _, name := range ratingColumns[:neededColumns] {
			if cell(name) == "" {
				return nil, ratingError(path, line, "no "+name, "a rating needs "+strings.Join(ratingColumns[:neededColumns], ", "))
			}
		}
		rating := Rating{
			Party: cell("party"), Quote: cell("quote"), Rating: cell("rating"), Reviewer: cell("reviewer"), ReviewerType: strings.ToLower(cell("reviewer_type")),
			Address: cell("address"), Value: cell("value"), Worst: cell("worst"), Best: cell("best"), Date: cell("date"), Explanation: cell("explanation"),
			path: path, line: line,
		}
		if what, hint := rating.fault(); what != "" {
			return nil, ratingError(path, line, what, hint)
		}
		out = append(out, rating)
	}
}

func csvError(path string, err error) error {
	var syntax *csv.ParseError
	if errors.As(err, &syntax) {
		return ratingError(path, syntax.Line, "not valid CSV: "+syntax.Err.Error(), "quote cells that hold a comma, a quotation mark or a line break")
	}
	return fmt.Errorf("read %s: %w", path, err)
}

// fault says what is wrong with a rating and what to do; nothing if it is
// sound.
func (r Rating) fault() (what, hint string) {
	if u, err := url.Parse(r.Address); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return fmt.Sprintf("bad address %q", r.Address), "write the full web address of the review, as https://example.org/review"
	}
	if r.Date != "" {
		if _, err := time.Parse(time.DateOnly, r.Date); err != nil {
			return fmt.Sprintf("bad date %q", r.Date), "write it as 2031-05-04"
		}
	}
	if r.ReviewerType != "" && r.ReviewerType != "person" && r.ReviewerType != "organization" {
		return fmt.Sprintf("bad reviewer_type %q", r.ReviewerType), "write person or organization, or leave it empty"
	}
	if r.Value == "" && r.Worst == "" && r.Best == "" {
		return "", ""
	}
	var n [3]float64
	for i, s := range []string{r.Worst, r.Value, r.Best} {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil || f != f || f-f != 0 { // a number, and a finite one
			return fmt.Sprintf("bad value, worst or best %q", s), "write all three as numbers, or none"
		}
		n[i] = f
	}
	if n[0] >= n[2] || n[1] < n[0] || n[1] > n[2] {
		return fmt.Sprintf("the value %s does not lie from worst %s to best %s", r.Value, r.Worst, r.Best), "correct the three"
	}
	return "", ""
}

// claim finds the claim that a rating is of: the one whose words are
// the quote, or else the shortest that holds it.
func (r Rating) claim(v *wording.Report) (int, error) {
	party := slices.IndexFunc(v.Case.Parties, func(p compare.Party) bool { return p.ID == r.Party || p.Name == r.Party })
	if party < 0 {
		var known []string
		for _, p := range v.Case.Parties {
			known = append(known, p.ID)
		}
		return 0, ratingError(r.path, r.line, fmt.Sprintf("no party %q in this case", wording.Clean(r.Party)), "its parties are "+strings.Join(known, ", "))
	}
	quote := bare(r.Quote)
	best, ties := -1, 0
	for i, c := range v.Claims {
		if c.Party != party || !strings.Contains(bare(c.Text), quote) {
			continue
		}
		switch {
		case best < 0 || length(v, i) < length(v, best):
			best, ties = i, 1
		case length(v, i) == length(v, best):
			ties++
		}
	}
	switch {
	case quote == "" || best < 0:
		return 0, ratingError(r.path, r.line, fmt.Sprintf("no claim of %s holds the words %s", r.Party, wording.Quoted(r.Quote)), "quote the claim as the report does")
	case ties > 1:
		return 0, ratingError(r.path, r.line, fmt.Sprintf("%d claims of %s hold the words %s", ties, r.Party, wording.Quoted(r.Quote)), "quote more words")
	}
	return best, nil
}

// bare is a text on one line without quotation marks around it.
func bare(s string) string { return strings.Trim(wording.Clean(s), `“”" `) }
