package entities

import "sort"

// layers drops candidates that cross or repeat a better one and marks those
// inside another as nested. Longer is better, then a party's, then the
// earlier in the list.
func layers(all []candidate) []candidate {
	sort.SliceStable(all, func(i, j int) bool {
		if a, b := all[i].to-all[i].from, all[j].to-all[j].from; a != b {
			return a > b
		}
		return all[i].party != "" && all[j].party == ""
	})
	last := 0
	for _, c := range all {
		last = max(last, c.to)
	}
	// The innermost name kept so far at each token, counted from 1. A
	// candidate is no longer than any name kept before it, so it crosses one
	// if and only if these differ at its two ends.
	inner := make([]int, last)
	var out []candidate
	var parent []int
	for _, c := range all {
		over := inner[c.from]
		if over != inner[c.to-1] {
			continue
		}
		if over > 0 {
			o := &out[over-1]
			if c.from == o.from && c.to == o.to {
				merge(o, c)
				continue
			}
			c.nested = true
			// Inside another name only what is sure to be a name by itself,
			// and no party in a person's name ("Mr. Sool" of Sool plc), but
			// where an office is of it.
			if c.party == "" && (c.tagged || c.kind == Document) || c.party != "" && !c.of && personal(out, parent, over) {
				continue
			}
		}
		out, parent = append(out, c), append(parent, over)
		for k := c.from; k < c.to; k++ {
			inner[k] = len(out)
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].from != out[j].from {
			return out[i].from < out[j].from
		}
		return out[i].to > out[j].to
	})
	return out
}

// merge adds to a name what another finder says of the same words.
func merge(o *candidate, c candidate) {
	if o.party != "" && o.kind == "" {
		o.kind = c.kind
	}
	if c.demonym && o.party == "" {
		o.demonym = true
	}
	if c.fixed {
		o.kind, o.fixed = c.kind, true
	}
}

// personal reports whether a name, or one that it is in, is a person's.
func personal(out []candidate, parent []int, at int) bool {
	for ; at > 0; at = parent[at-1] {
		if o := out[at-1]; o.kind == Person && o.party == "" {
			return true
		}
	}
	return false
}
