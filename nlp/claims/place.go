package claims

import "counterclaim/nlp/lexicon"

// locative tells prepositions of rest from those of movement.
var locative = map[string]int{
	"in": 1, "at": 1, "near": 1, "outside": 1, "inside": 1, "across": 1, "on": 1, "off": 1, "along": 1, "beside": 1, "over": 1,
	"within": 1, "above": 1, "below": 1, "under": 1, "through": 1, "throughout": 1, "around": 1, "behind": 1, "beyond": 1,
	"opposite": 1, "between": 1, "beneath": 1, "alongside": 1, "upon": 1, "amid": 1, "aboard": 1, "underneath": 1,
	"into": 2, "from": 2, "to": 2, "toward": 2, "towards": 2, "onto": 2, "via": 2,
}

// relational nouns are places in WordNet, but say where only with something
// else.
var relational = map[string]bool{
	"end": true, "point": true, "side": true, "position": true, "top": true, "bottom": true, "level": true, "edge": true, "part": true,
	"line": true, "source": true, "base": true, "way": true, "rest": true, "course": true, "place": true, "front": true, "back": true,
	"middle": true, "beginning": true, "start": true, "face": true, "heart": true, "head": true, "path": true, "track": true, "post": true,
	"extremity": true, "origin": true, "root": true, "target": true, "object": true, "distance": true, "space": true, "limit": true,
	"bound": true, "height": true, "peak": true, "right": true, "left": true, "behalf": true, "world": true,
}

// site reports whether a common noun names a kind of place.
func site(lemma string) bool {
	if relational[lemma] {
		return false
	}
	if lexicon.Clue(lemma) == "place" {
		return true
	}
	switch lexicon.Supersense(lemma, 'n') {
	case "noun.location":
		return true
	case "noun.object":
		for _, kind := range [...]string{"body of water", "land", "geological formation", "land mass"} {
			if lemma == kind || lexicon.Hypernym(lemma, kind, 'n', 4) {
				return true
			}
		}
	case "noun.artifact":
		for _, kind := range [...]string{"structure", "way", "facility", "area", "vehicle"} {
			if lemma == kind || lexicon.Hypernym(lemma, kind, 'n', 4) {
				return true
			}
		}
	}
	return false
}

// place finds where it happened: of the phrases on the predicates and on
// their objects that stand after a preposition, a named place first, where it
// is before where it goes; failing that, "there". A phrase that plays another part in a is none.
func (t *Tree) place(chain []int, a *Analysis, from, to int) [2]int {
	best, rank := -1, 100
	taken := func(k int) bool {
		for _, r := range [...][2]int{a.Actor, a.Recipient} {
			if r[0] <= k && k < r[1] && t.Head(r) == k {
				return true
			}
		}
		return false
	}
	try := func(k, extra int) {
		kind := locative[t.preposition(k)]
		if kind == 0 || t.marks[k] == When || t.marks[k] == Amount || taken(k) {
			return
		}
		r := extra + 2*(kind-1)
		switch {
		case t.named(k):
		case t.tokens[k].UPOS == "NOUN" && site(t.lemma(k)):
			r++
		default:
			return
		}
		if r < rank {
			best, rank = k, r
		}
	}
	for _, h := range chain {
		for _, k := range t.kids[h] {
			switch t.rel(k) {
			case "obl", "nmod":
				try(k, 0)
				if t.marks[k] != When && t.marks[k] != Amount && t.preposition(k) != "of" {
					continue
				}
			case "obj", "nsubj":
			default:
				continue
			}
			for _, c := range t.kids[k] { // "within 24 hours in the region", "the withdrawal of forces from Lachin"
				if t.rel(c) == "nmod" && c >= from && c < to {
					try(c, 4)
				}
			}
		}
	}
	for i := from; best < 0 && i < to && i < len(t.tokens); i++ { // anywhere in the claim, if it has a name
		if (t.rel(i) == "obl" || t.rel(i) == "nmod") && t.named(i) && locative[t.preposition(i)] == 1 && !taken(i) {
			best = i
		}
	}
	if best >= 0 {
		return t.phrase(best)
	}
	for _, h := range chain {
		for _, k := range t.kids[h] {
			if t.rel(k) == "advmod" && t.lemma(k) == "there" && k >= from && k < to {
				return [2]int{k, k + 1}
			}
		}
	}
	return none
}

// named reports whether a noun is, or carries, the name of a place: "Lachin",
// "the Lachin district".
func (t *Tree) named(k int) bool {
	if t.marks[k] == Place {
		return true
	}
	if t.tokens[k].UPOS != "NOUN" || !site(t.lemma(k)) {
		return false
	}
	for _, c := range t.kids[k] {
		if t.marks[c] == Place {
			return true
		}
	}
	return false
}
