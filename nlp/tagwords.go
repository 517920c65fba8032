package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"counterclaim/nlp/claims"
)

// Sizes of the net that tags the words of a sentence: each word's row and
// marks become claimHidden numbers, those of a word and its neighbours
// within reach become claimHidden more, and these the three tags.
const (
	wordMarks   = 11
	claimHidden = 96
	reach       = 2
	claimNear   = (2*reach + 1) * claimHidden
)

// tagWords gives, for each word of one sentence, the log-probabilities of
// claims.Outside, claims.Begin and claims.Inside.
func (m *Model) tagWords(s *states, text string, words []claims.Span) [][3]float32 {
	dim := s.dim
	width := dim + wordMarks
	in := make([]float32, len(words)*width)
	for i, w := range words {
		row := in[i*width : (i+1)*width]
		if at, to := s.between(w.Start, w.End); at < to {
			copy(row, s.rows[at*dim:(at+1)*dim])
		}
		marks(row[dim:], text[w.Start:w.End], i == 0, i == len(words)-1)
	}
	h := m.dense("claim.word", in)
	near := make([]float32, len(words)*claimNear)
	for i := range words {
		for k := -reach; k <= reach; k++ {
			if j := i + k; j >= 0 && j < len(words) {
				copy(near[i*claimNear+(k+reach)*claimHidden:], h[j*claimHidden:(j+1)*claimHidden])
			}
		}
	}
	out := m.enc.Dense("claim.tag", m.dense("claim.near", near))
	scores := make([][3]float32, len(words))
	for i := range words {
		copy(scores[i][:], out[i*3:i*3+3])
		logSoftmax(scores[i][:])
	}
	return scores
}

// marks are what a word's shape says of the edges of claims.
func marks(dst []float32, word string, first, last bool) {
	head, _ := utf8.DecodeRuneInString(word)
	tail, _ := utf8.DecodeLastRuneInString(word)
	for i, b := range [wordMarks]bool{
		tail == ',',
		strings.ContainsRune(";:–—", tail),
		strings.ContainsRune(".!?", tail),
		strings.ContainsRune("\"“('‘[", head),
		strings.ContainsRune("\"”)'’]", tail),
		joins[letters(word)],
		first,
		last,
		strings.Contains("–—-", word),
		strings.ContainsFunc(word, unicode.IsDigit),
		unicode.IsUpper(head),
	} {
		if b {
			dst[i] = 1
		}
	}
}

func letters(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' {
			return unicode.ToLower(r)
		}
		return -1
	}, word)
}

// joins are the words that begin a clause beside or under another:
// conjunctions, subordinators and relative pronouns.
var joins = set("and but or nor while whereas although though because since as if unless after before until when where which who whom whose that than so")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
