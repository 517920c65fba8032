package syntax

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"counterclaim/nlp/embedding"
)

// network reads a sentence with a small encoder and says of each token its
// tags, of each pair of tokens how well the one heads the other, and of each
// arc its relation. It is a biaffine parser (Dozat and Manning 2017) on the
// lowest layers of a pretrained encoder, which read words in place of pieces;
// train/train.py made it.
type network struct {
	enc       *embedding.Model
	tags      []tag
	relations []string
	root      int   // of relations
	start     int32 // pieces that stand before and after a sentence, and for what has none
	end       int32
	unknown   int32
}

// tag is a Penn tag together with a universal part of speech.
type tag struct{ xpos, upos string }

// Sizes that the network was trained with.
const (
	tokenPieces = 4   // of one token: its first three and its last one
	maxSentence = 250 // tokens of one sentence: longer ones are cut
	arcSize     = 64
	labelSize   = 80
	squeezeSize = 176
)

// batchRows is about the number of tokens that are read together: enough to
// use the weights often while they are in the cache.
const batchRows = 240

func openNetwork(data []byte, tags, relations []string) (*network, error) {
	enc, err := embedding.Open(data)
	if err != nil {
		return nil, err
	}
	n := &network{enc: enc, relations: relations, root: slices.Index(relations, "root")}
	for _, t := range tags {
		xpos, upos, ok := strings.Cut(t, "|")
		if !ok {
			return nil, errModel
		}
		n.tags = append(n.tags, tag{xpos, upos})
	}
	if n.root < 0 || len(relations) < 2 || len(tags) == 0 ||
		len(enc.Linear("squeeze", make([]float32, enc.Dim))) != squeezeSize ||
		len(enc.Linear("word", make([]float32, squeezeSize))) != n.width() ||
		len(enc.Dense("turn", make([]float32, arcSize))) != arcSize ||
		len(enc.Dense("relation", make([]float32, labelSize))) != len(relations) {
		return nil, errModel
	}
	ids := enc.IDs("")
	n.start, n.end = ids[0], ids[len(ids)-1]
	n.unknown = enc.Tokenize(strings.Repeat("x", 101))[0].ID // longer than any word that the encoder cuts
	return n, nil
}

// width is the number of outputs for one word: tags, and what the word is as
// dependent and as head, for arcs and for relations; then nothing, up to a
// multiple of 16.
func (n *network) width() int {
	return (len(n.tags) + 2*arcSize + 2*labelSize + 15) / 16 * 16
}

// spelling is the kind of a token's spelling, which the encoder's pieces, all
// in lower case, do not show.
func spelling(token string) int32 {
	letters, upper := 0, 0
	capital := false
	for _, r := range token {
		if unicode.IsDigit(r) {
			return 5
		}
		if unicode.IsLetter(r) {
			if unicode.IsUpper(r) {
				upper++
				capital = capital || letters == 0
			}
			letters++
		}
	}
	switch {
	case letters == 0:
		return 6
	case upper == 0:
		return 1
	case upper == letters && letters == 1:
		return 7
	case upper == letters:
		return 3
	case upper == 1 && capital:
		return 2
	}
	return 4
}

// input is a batch of sentences as the encoder reads them: a row for the root
// of each, one for each token, and one for its end.
type input struct {
	ids    []int32
	counts []int // of ids of each row
	types  []int32
	lens   []int // rows of each sentence
}

func (n *network) read(sentences [][]Token) *input {
	in := new(input)
	row := func(kind int32, from int) {
		in.counts, in.types = append(in.counts, len(in.ids)-from), append(in.types, kind)
	}
	for _, s := range sentences {
		in.ids = append(in.ids, n.start)
		row(0, len(in.ids)-1)
		for i := range s {
			from := len(in.ids)
			for _, p := range n.enc.Tokenize(foldForm(s[i].Text)) {
				if len(in.ids)-from < tokenPieces {
					in.ids = append(in.ids, p.ID)
				} else {
					in.ids[len(in.ids)-1] = p.ID
				}
			}
			if len(in.ids) == from {
				in.ids = append(in.ids, n.unknown)
			}
			row(spelling(s[i].Text), from)
		}
		in.ids = append(in.ids, n.end)
		row(0, len(in.ids)-1)
		in.lens = append(in.lens, len(s)+2)
	}
	return in
}

// annotate fills XPOS, UPOS, Head and Rel of each sentence; none has more than
// maxSentence tokens.
func (n *network) annotate(sentences [][]Token) {
	in := n.read(sentences)
	h := n.enc.EmbedMeans(in.ids, in.counts, in.types, in.lens)
	n.enc.Run(&h, 0, n.enc.Layers)
	rows := h.Rows[:0] // without those of the ends
	at := 0
	for _, s := range sentences {
		end := at + (len(s)+1)*h.Dim
		rows = append(rows, h.Rows[at:end]...)
		at = end + h.Dim
	}
	squeezed := n.enc.Linear("squeeze", rows)
	for i, v := range squeezed {
		squeezed[i] = max(v, 0)
	}
	n.answer(sentences, n.enc.Linear("word", squeezed))
}

// answer reads the outputs of each row.
func (n *network) answer(sentences [][]Token, out []float32) {
	width := n.width()
	rows := len(out) / width
	depAt := len(n.tags)
	headAt, relDep, relHead := depAt+arcSize, depAt+2*arcSize, depAt+2*arcSize+labelSize
	dep := make([]float32, 0, rows*arcSize)
	for r := range rows {
		both := out[r*width+depAt:][:2*arcSize]
		for j, v := range both {
			both[j] = max(v, 0)
		}
		dep = append(dep, both[:arcSize]...)
	}
	dep = n.enc.Dense("turn", dep)
	hidden := make([]float32, 0, rows*labelSize)
	var scores []float32
	var heads []int
	var tree arborescence
	row := 0
	for _, s := range sentences {
		m := len(s) + 1
		scores = slices.Grow(scores[:0], m*m)[:m*m]
		for i := 1; i < m; i++ {
			d := dep[(row+i)*arcSize:][:arcSize]
			for j := range m {
				scores[i*m+j] = dot(d, out[(row+j)*width+headAt:][:arcSize])
			}
		}
		heads = tree.decode(scores, m, heads)
		for i := 1; i < m; i++ {
			t := &s[i-1]
			o := out[(row+i)*width:][:width]
			best := n.tags[largest(o[:len(n.tags)])]
			t.XPOS, t.UPOS, t.Head = best.xpos, best.upos, heads[i]-1
			over := out[(row+heads[i])*width:][:width]
			for j := range labelSize {
				hidden = append(hidden, max(o[relDep+j]+over[relHead+j], 0))
			}
		}
		row += m
	}
	relations := n.enc.Dense("relation", hidden)
	for _, s := range sentences {
		for i := range s {
			r := relations[:len(n.relations)]
			relations = relations[len(r):]
			if s[i].Head < 0 {
				s[i].Rel = n.relations[n.root]
				continue
			}
			r[n.root] = float32(math.Inf(-1))
			s[i].Rel = n.relations[largest(r)]
		}
	}
}

// dot is the product of two vectors of arcSize, summed in a fixed order.
func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	a, b = a[:arcSize], b[:arcSize]
	for i := 0; i < arcSize; i += 4 {
		s0 += float32(a[i] * b[i])
		s1 += float32(a[i+1] * b[i+1])
		s2 += float32(a[i+2] * b[i+2])
		s3 += float32(a[i+3] * b[i+3])
	}
	return (s0 + s1) + (s2 + s3)
}

// largest is the index of the largest number, the first of several.
func largest(x []float32) int {
	best := 0
	for i, v := range x {
		if v > x[best] {
			best = i
		}
	}
	return best
}
