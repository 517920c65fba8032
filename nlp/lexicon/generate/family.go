package main

import (
	"sort"
	"strings"
)

// families joins words that WordNet's derivational pointers join, through
// verbs: a family is one verb with the nouns, adjectives and adverbs derived
// from it, or the words that no verb claims. Chains of derivation are not
// followed beyond two steps, since they drift (act - actor - actress).
//
// The key of a family is a word that its members map to.
func families(wn *wordnet, keep func(pos byte, lemma string) bool) map[string]string {
	key := map[string]string{}
	best := map[string]int{} // strength of the claim on a word
	total := func(pos byte, lemma string) int {
		n := 0
		for _, s := range wn.senses[pos][lemma] {
			n += s.count
		}
		return n
	}
	claim := func(pl, verb string, strength int) {
		if old, ok := best[pl]; !ok || strength > old || strength == old && verb < key[pl] {
			best[pl], key[pl] = strength, verb
		}
	}
	verbs := make([]string, 0, len(wn.senses['v']))
	for v := range wn.senses['v'] {
		verbs = append(verbs, v)
	}
	sort.Strings(verbs)
	for _, v := range verbs {
		claim("v"+v, v, 1<<30)
		for _, d := range wn.derived('v', v) {
			pos, lemma := d[0], d[1:]
			if !keep(pos, lemma) || strings.Contains(lemma, " ") != strings.Contains(v, " ") {
				continue
			}
			shared := commonPrefix(v, lemma)
			if s := strength(shared, total('v', v), v); v != lemma || total('v', v) > 0 {
				claim(d, v, s)
			} else {
				claim(d, v, s/2) // a rare verb made of the noun ("to closure") yields to a common one
			}
			for _, e := range wn.derived(pos, lemma) {
				if e[0] != 'v' && !strings.Contains(e[1:], " ") && commonPrefix(v, e[1:]) >= 4 {
					claim(e, v, strength(shared, total('v', v), v)/4)
				}
			}
		}
	}
	unclaimed(wn, key, keep)
	return key
}

// unclaimed joins the adjectives, adverbs and nouns that no verb claims and
// that derivation joins, under the shortest of them.
func unclaimed(wn *wordnet, key map[string]string, keep func(pos byte, lemma string) bool) {
	parent := map[string]string{}
	var root func(string) string
	root = func(x string) string {
		if p, ok := parent[x]; ok && p != x {
			parent[x] = root(p)
			return parent[x]
		}
		return x
	}
	var words []string
	for _, pos := range []byte("arn") {
		for w := range wn.senses[pos] {
			if pl := string(pos) + w; key[pl] == "" && keep(pos, w) {
				words = append(words, pl)
			}
		}
	}
	sort.Strings(words)
	for _, w := range words {
		for _, d := range wn.derived(w[0], w[1:]) {
			if key[d] != "" || strings.Contains(d, " ") || commonPrefix(w[1:], d[1:]) < max(4, min(len(w), len(d))-3) {
				continue
			}
			a, b := root(w), root(d)
			if len(b) < len(a) || len(a) == len(b) && b < a {
				a, b = b, a
			}
			parent[b] = a
		}
	}
	for _, w := range words {
		key[w] = root(w)[1:]
	}
}

func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// strength prefers the verb that shares most of its letters with the word
// (withdrawal: withdraw, not draw), then the more frequent.
func strength(shared, count int, verb string) int {
	missing := len(verb) - shared
	return (shared*8-missing*4+64)*1000 + min(count, 900)
}
