package exchange

import (
	"crypto/sha1" //nolint:gosec // what a UUID of version 5 is made with, not a secret
	"fmt"
	"strconv"
	"strings"

	"counterclaim/reports/wording"
)

// statementID is the id of a statement of a party: "velmora/1". The ids of
// its claims begin with it.
func statementID(v *wording.Report, party, statement int) string {
	return v.Case.Parties[party].ID + "/" + strconv.Itoa(statement+1)
}

// xmlID makes an id fit for XML, where it may hold no slash and not begin with
// a digit. No party's id holds a point, so that two ids stay two.
func xmlID(id string) string { return "c." + strings.ReplaceAll(id, "/", ".") }

// ids makes UUIDs (RFC 9562, version 5) that depend on nothing but the case:
// the same result has the same ids at every run.
type ids5 struct{ space string }

// newIDs is named by the texts and the claims of the case.
func newIDs(v *wording.Report) ids5 {
	h := sha1.New() //nolint:gosec // see above
	fmt.Fprintln(h, v.Case.Title)
	for _, p := range v.Case.Parties {
		fmt.Fprintln(h, p.ID)
		for _, d := range p.Statements {
			fmt.Fprintln(h, d.Path, wording.Hash(d))
		}
	}
	return ids5{string(h.Sum(nil))}
}

func (s ids5) of(kind, name string) string {
	h := sha1.New() //nolint:gosec // see above
	fmt.Fprint(h, s.space, kind, "\x00", name)
	b := h.Sum(nil)[:16]
	b[6], b[8] = b[6]&0x0f|0x50, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// relationsOf names the relations of claim c, "alone" if there are none.
func relationsOf(v *wording.Report, c int) []string {
	if len(v.Relations[c]) == 0 {
		return []string{Alone}
	}
	var out []string
	for _, r := range v.Relations[c] {
		out = append(out, string(r))
	}
	return out
}

// inRow is, by claim, the number of its row from 1, 0 where it is alone.
func inRow(v *wording.Report) []int {
	out := make([]int, len(v.Claims))
	for i, row := range v.Rows {
		for _, cell := range row.Cells {
			for _, c := range cell {
				out[c] = i + 1
			}
		}
	}
	return out
}

// rowOf is, by pair, the number of its row from 1, 0 where it is in none.
func rowOf(v *wording.Report) []int {
	out := make([]int, len(v.Pairs))
	for i, row := range v.Rows {
		for _, p := range row.Pairs {
			out[p] = i + 1
		}
	}
	return out
}

// pairID is the id of a pair: "p12".
func pairID(i int) string { return "p" + strconv.Itoa(i+1) }
