package grouping

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"counterclaim/nlp/entities"
	"counterclaim/nlp/lexicon"
	"counterclaim/nlp/read"
	"counterclaim/nlp/syntax"
	"counterclaim/nlp/values"
)

// Kind of a feature.
type Kind string

// The kinds of feature, and what each weighs against a word: names and places
// tell events apart, words tell subjects apart (Kumaran and Allan, "Text
// Classification and Named Entities for New Event Detection", SIGIR 2004). A
// date weighs less: it is rare in a large corpus, yet many events share it.
const (
	Name  Kind = "name"
	Place Kind = "place"
	Date  Kind = "date"
	Word  Kind = "word"
)

var weights = map[Kind]float64{Name: 2, Place: 2, Date: 0.75, Word: 1}

// Feature is something that two statements can share.
type Feature struct {
	Kind Kind
	Text string // folded: what is compared
	Show string // as a statement has it
}

// String is how a feature stands in the evidence.
func (f Feature) String() string { return string(f.Kind) + ": " + f.Show }

// weighted is a feature of a statement with its count.
type weighted struct {
	Feature
	count int
}

// featuresOf reads the features of a statement: the names and dates in it, and
// its words, by the family that they belong to (so that "killed" and
// "killing" are one). What stands early counts as much as what stands late;
// letterheads and signatures are left out, because they name the party, not
// the event.
func featuresOf(t *read.Text, date time.Time) []weighted {
	found := map[Feature]*weighted{}
	add := func(kind Kind, text, show string) {
		key := Feature{Kind: kind, Text: text}
		if w := found[key]; w != nil {
			w.count++
		} else {
			found[key] = &weighted{Feature: Feature{kind, text, show}, count: 1}
		}
	}
	var blocks [][]syntax.Token
	for _, b := range t.Blocks {
		switch b.Kind {
		case read.Rule, read.Letterhead, read.Signature, read.Boilerplate:
		default:
			blocks = append(blocks, syntax.Tokenize(t.Canonical[b.Start:b.End], b.Start))
		}
	}
	ref := values.Reference{Date: date, Text: t.Canonical}
	names := entities.NamesAll(blocks)
	for i, tokens := range blocks {
		named := map[int]bool{} // first bytes of tokens in names
		for _, e := range names[i] {
			if e.Nested {
				continue
			}
			kind := Name
			if e.Type == entities.Place {
				kind = Place
			}
			add(kind, fold(e.Text), e.Text)
			for _, tok := range tokens {
				if tok.Start >= e.Start && tok.Start < e.End {
					named[tok.Start] = true
				}
			}
		}
		for _, v := range values.Find(tokens, ref) {
			if v.Kind == values.Date && !v.From.IsZero() && !v.To.IsZero() && v.To.Sub(v.From) <= 48*time.Hour {
				day := v.From.Format(time.DateOnly)
				add(Date, day, day)
			}
		}
		for _, tok := range tokens {
			if w := strings.ToLower(tok.Text); !named[tok.Start] && wordy(w) && !lexicon.Closed(w) {
				add(Word, stem(w), w)
			}
		}
	}
	out := make([]weighted, 0, len(found))
	for _, w := range found {
		out = append(out, *w)
	}
	slices.SortFunc(out, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Text, b.Text))
	})
	return out
}

// fold makes one of a name's spellings: small letters, no accents, no article.
func fold(s string) string {
	return strings.TrimPrefix(lexicon.Fold(s), "the ")
}

// wordy reports whether a token is a word of three letters or more.
func wordy(w string) bool {
	n := 0
	for _, r := range w {
		if !unicode.IsLetter(r) && r != '-' && r != '\'' && r != '’' {
			return false
		}
		n++
	}
	return n > 2
}

// stem is the family of a word, or its base form.
func stem(w string) string {
	for _, pos := range []byte("vnar") {
		if lemma := lexicon.Lemma(w, pos); lemma != "" {
			if f := lexicon.Family(lemma, pos); f != "" {
				return f
			}
		}
	}
	return w
}

// hashes of a MinHash signature (Broder 1997), and how they are cut into
// bands: two texts that share 0.8 of their shingles are in one bucket with a
// probability of 0.9998, such that share 0.3 with one of 0.12.
const (
	hashes  = 64
	bands   = 16
	perBand = hashes / bands
	shingle = 4 // words
)

// Signature is the MinHash of a text's shingles of four words.
type Signature [hashes]uint32

// signatureOf hashes a text. Texts without a word have the zero signature.
func signatureOf(text string) Signature {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	var s Signature
	if len(words) == 0 {
		return s
	}
	for i := range s {
		s[i] = math.MaxUint32
	}
	ids := make([]uint64, len(words))
	for i, w := range words {
		ids[i] = hashOf(w)
	}
	for i := range max(1, len(ids)-shingle+1) {
		h := uint64(0)
		for _, id := range ids[i:min(len(ids), i+shingle)] {
			h = mix(h*31 + id)
		}
		for j := range s {
			s[j] = min(s[j], uint32(mix(h^uint64(j)*0x9e3779b97f4a7c15)>>32))
		}
	}
	return s
}

// hashOf is FNV-1a.
func hashOf(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// mix is the finisher of SplitMix64.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// similar is the share of equal hashes: an estimate of the Jaccard similarity
// of the shingles.
func (s *Signature) similar(t *Signature) float64 {
	n := 0
	for i := range s {
		if s[i] == t[i] {
			n++
		}
	}
	return float64(n) / hashes
}
