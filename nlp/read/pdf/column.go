package pdf

import (
	"math"
	"slices"
	"strings"
)

// column is lines of a page that are read from top to bottom.
type column struct {
	rows        []row
	left, right float64
}

// columnsOf finds the columns of a page and puts them in the order of
// reading: what reaches over several columns parts those above it from those
// below.
func columnsOf(rows []row) []column {
	return split(rows, 0)
}

func split(rows []row, depth int) []column {
	if len(rows) == 0 {
		return nil
	}
	gutter, ok := findGutter(rows)
	if !ok || depth > 4 {
		return []column{makeColumn(merge(slices.Clone(rows)))}
	}
	// Bands, from top to bottom: rows across the gutter, or on both sides.
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, higher)
	var out []column
	var across, left, right []row
	end := func() {
		if len(left)+len(right) > 0 {
			out = append(out, split(left, depth+1)...)
			out = append(out, split(right, depth+1)...)
			left, right = nil, nil
		}
	}
	for i, r := range sorted {
		crosses := r.left < gutter && r.right > gutter
		if !crosses && len(across) > 0 && i > 0 && math.Abs(sorted[i-1].base-r.base) < 0.3*r.size && len(left)+len(right) == 0 {
			crosses = true // beside a row that crosses
		}
		if crosses {
			end()
			across = append(across, r)
			continue
		}
		if len(across) > 0 {
			out = append(out, makeColumn(merge(across)))
			across = nil
		}
		if r.right <= gutter {
			left = append(left, r)
		} else {
			right = append(right, r)
		}
	}
	end()
	if len(across) > 0 {
		out = append(out, makeColumn(merge(across)))
	}
	return out
}

// findGutter finds the x at which two columns of text meet: nearly no row
// crosses it, and many full rows end before and begin behind it.
func findGutter(rows []row) (float64, bool) {
	const leastRows = 5
	if len(rows) < 2*leastRows || len(rows) > 4000 { // the least that gutterRows asks for
		return 0, false
	}
	left, right := math.Inf(1), math.Inf(-1)
	for _, r := range rows {
		left, right = min(left, r.left), max(right, r.right)
	}
	width := right - left
	best, most := 0.0, 0
	for _, x := range starts(rows) {
		if x < left+0.2*width || x > right-0.15*width {
			continue
		}
		at := x - 2
		n := gutterRows(rows, at, left, right, leastRows)
		if n == 0 {
			n = besideShort(rows, at, left, right, 2*leastRows)
		}
		if n > most {
			best, most = at, n
		}
	}
	return best, most > 0
}

// mostStarts bounds how many places are tried for a gutter.
const mostStarts = 200

// starts are the places, in points, at which rows begin, those of most rows
// first: a gutter ends at one of them.
func starts(rows []row) []float64 {
	count := map[float64]int{}
	for _, r := range rows {
		count[math.Floor(r.left)]++
	}
	places := make([]float64, 0, len(count))
	for x := range count {
		places = append(places, x)
	}
	slices.SortFunc(places, func(a, b float64) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		if a < b {
			return -1
		}
		return 1
	})
	return places[:min(len(places), mostStarts)]
}

// gutterRows counts the rows beside a gutter; 0 if it is none.
func gutterRows(rows []row, at, left, right float64, least int) int {
	var before, behind []row
	crossing := 0
	top, bottom := math.Inf(-1), math.Inf(1) // of the rows behind it
	for _, r := range rows {
		if r.left >= at {
			behind = append(behind, r)
			top, bottom = max(top, r.base), min(bottom, r.base)
		}
	}
	for _, r := range rows {
		if r.base > top+r.size || r.base < bottom-r.size {
			continue // above or below the columns
		}
		switch {
		case r.left < at && r.right > at:
			crossing++
		case r.right <= at:
			before = append(before, r)
		}
	}
	if len(before) < least || len(behind) < least || crossing*4 > len(before)+len(behind) {
		return 0
	}
	before, behind = merge(before), merge(behind)
	if len(before) < least || len(behind) < least {
		return 0
	}
	if !isFull(before, left, at) || !isFull(behind, at, right) {
		return 0
	}
	return len(before) + len(behind) - crossing
}

// besideShort counts the rows beside a gutter behind which the text ends after
// a few lines: they begin as high as a column of many rows, and nothing at
// their side or below crosses the gutter.
func besideShort(rows []row, at, left, right float64, least int) int {
	var before, behind []row
	for _, r := range rows {
		if r.left >= at {
			behind = append(behind, r)
		}
	}
	if len(behind) < 2 || len(behind) >= least {
		return 0
	}
	behind = merge(behind)
	for len(behind) > 1 && behind[0].base-behind[1].base > 3*behind[0].size {
		behind = behind[1:] // the head of the page
	}
	top, start := behind[0].base, math.Inf(-1) // of the rows behind the gutter and before it
	for _, r := range rows {
		switch {
		case r.base > top+r.size || r.left >= at:
		case r.right > at:
			return 0
		default:
			before = append(before, r)
			start = max(start, r.base)
		}
	}
	before = merge(before)
	if len(behind) < 2 || len(before) < least || start < top-2*behind[0].size || !isFull(before, left, at) || !isFull(behind, at, right) {
		return 0
	}
	return len(before) + len(behind)
}

// isFull tells a column of text from the cells of a table: most of its rows
// are filled, and hold several words.
func isFull(rows []row, left, right float64) bool {
	edge := left
	for _, r := range rows {
		edge = max(edge, min(r.right, right))
	}
	full, words := 0, 0
	for _, r := range rows {
		if r.right-r.left > 0.6*(edge-left) {
			full++
		}
		words += strings.Count(r.text, " ") + 1
	}
	return full*2 >= len(rows) && words >= 3*len(rows)
}

func makeColumn(rows []row) column {
	c := column{rows: rows, left: math.Inf(1), right: math.Inf(-1)}
	for _, r := range rows {
		c.left, c.right = min(c.left, r.left), max(c.right, r.right)
	}
	return c
}
