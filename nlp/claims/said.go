package claims

// saidAfter is how many tokens of what completes a predicate are quoted with it.
const saidAfter = 9

// Said is the run of tokens that holds the predicate of an analysis with its
// auxiliaries and its denial, and what completes it, inside [from, to).
func (t *Tree) Said(a *Analysis, from, to int) [2]int {
	h := a.Head
	if h < from || h >= to {
		return none
	}
	if t.nominal(h) && t.kid(h, "cop") < 0 {
		return clip(t.phrase(h), from, to)
	}
	r := [2]int{h, h + 1}
	for _, k := range t.kids[h] {
		switch t.rel(k) {
		case "aux", "cop":
			r[0], r[1] = min(r[0], k), max(r[1], k+1)
		case "advmod", "det", "amod", "case":
			if k < h && (Negative(t.lemma(k)) || t.rel(k) != "advmod") {
				r[0] = min(r[0], k)
			}
		case "nsubj", "csubj":
			if k < h && t.lemma(k) == "nobody" || t.tokens[k].Text == "None" {
				r[0] = min(r[0], k)
			}
		}
	}
	last := h
	for _, k := range t.kids[h] {
		if k < h || t.comma(last, k) {
			continue
		}
		var end int
		switch t.rel(k) {
		case "obj", "iobj", "obl", "nmod", "compound", "advmod":
			end = t.phrase(k)[1]
		case "xcomp", "ccomp":
			end = t.clause(k)[1]
		default:
			continue
		}
		if end-h > saidAfter && r[1] > h+1 {
			break
		}
		r[1], last = max(r[1], min(end, h+1+saidAfter)), end
	}
	for r[1] < to && t.rel(r[1]) == "flat" { // no name is cut
		r[1]++
	}
	return clip(r, from, to)
}

// Phrases are the noun phrases in tokens [from, to), each up to its noun and
// what follows it with "of": also one inside of another, no dates and figures.
func (t *Tree) Phrases(from, to int) [][2]int {
	var out [][2]int
	for i := from; i < to; i++ {
		switch t.tokens[i].UPOS {
		case "NOUN", "PROPN":
		default:
			continue
		}
		if m := t.marks[i]; m == When || m == Amount {
			continue
		}
		if r := t.rel(i); r == "compound" || r == "flat" {
			continue
		}
		if r := clip(t.short(i), from, to); r != none {
			out = append(out, r)
		}
	}
	return out
}

// clip is the part of a range inside [from, to), none if there is none.
func clip(r [2]int, from, to int) [2]int {
	r = [2]int{max(r[0], from), min(r[1], to)}
	if r[0] >= r[1] {
		return none
	}
	return r
}
