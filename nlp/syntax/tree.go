package syntax

// The functions below read a dependency tree off the tokens of one sentence.
// They accept any heads, also such as form no tree.

// Root gives the index of the first token without a head, -1 if there is none.
func Root(tokens []Token) int {
	for i := range tokens {
		if tokens[i].Head < 0 {
			return i
		}
	}
	return -1
}

// Children gives the dependents of a token, from left to right.
func Children(tokens []Token, head int) []int {
	var out []int
	for i := range tokens {
		if tokens[i].Head == head && i != head {
			out = append(out, i)
		}
	}
	return out
}

// Child gives the first dependent of a token by one of the relations, -1 if
// there is none.
func Child(tokens []Token, head int, relations ...string) int {
	for i := range tokens {
		if tokens[i].Head != head || i == head {
			continue
		}
		for _, r := range relations {
			if tokens[i].Rel == r {
				return i
			}
		}
	}
	return -1
}

// Subtree marks the token and all that depends on it, directly or through
// others: marked[i] says whether token i belongs to it. The time is linear in
// the sentence.
func Subtree(tokens []Token, top int) (marked []bool) {
	marked = make([]bool, len(tokens))
	if top < 0 || top >= len(tokens) {
		return marked
	}
	const open, inside, outside = 0, 1, 2
	known := make([]uint8, len(tokens))
	known[top] = inside
	var path []int
	for i := range tokens {
		path = path[:0]
		at, verdict := i, uint8(outside)
		for at >= 0 && at < len(tokens) {
			if known[at] != open {
				verdict = known[at]
				break
			}
			known[at] = outside // until proved otherwise; also ends a cycle
			path = append(path, at)
			at = tokens[at].Head
		}
		for _, p := range path {
			known[p] = verdict
		}
	}
	for i, k := range known {
		marked[i] = k == inside
	}
	return marked
}

// Span gives the range of tokens [first, last) from the leftmost to the
// rightmost of a subtree, and whether every token in it belongs to the
// subtree. An index outside the sentence gives an empty range.
func Span(tokens []Token, top int) (first, last int, contiguous bool) {
	if top < 0 || top >= len(tokens) {
		return 0, 0, true
	}
	first, last = top, top+1
	n := 0
	for i, in := range Subtree(tokens, top) {
		if in {
			first, last = min(first, i), max(last, i+1)
			n++
		}
	}
	return first, last, n == last-first
}

// IsFinite says whether a token is a finite verb form or a modal by its Penn
// tag: VBD, VBP, VBZ or MD.
func IsFinite(t Token) bool {
	switch t.XPOS {
	case "VBD", "VBP", "VBZ", "MD":
		return true
	}
	return false
}

// HasFinite says whether the predicate at index i heads a finite clause: it is
// finite itself, or one of its auxiliaries or its copula is.
func HasFinite(tokens []Token, i int) bool {
	if i < 0 || i >= len(tokens) {
		return false
	}
	if IsFinite(tokens[i]) {
		return true
	}
	for j := range tokens {
		if r := tokens[j].Rel; tokens[j].Head == i && (r == "aux" || r == "cop") && IsFinite(tokens[j]) {
			return true
		}
	}
	return false
}
