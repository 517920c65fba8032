package syntax

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"errors"
	"strings"
	"sync"
)

// Model tags, lemmatizes and parses. It is read-only and safe for concurrent
// use.
type Model struct {
	tagger   tagger
	lemmas   lemmatizer
	parser   parser
	labeller labeller
	marker   marker
}

var errModel = errors.New("syntax: damaged model")

// The layout of a model file: the magic string, then sections, each a uint32
// length and as many bytes.
const magic = "ccsyntax1\n"

// The model that the program holds was learned by ./train from the training
// parts of the English Web Treebank and of GUM
// (Universal Dependencies).
//
//go:embed model.bin
var embedded []byte

// Default gives the model that is compiled into the program. It is opened on
// first use.
func Default() *Model { return defaultModel() }

var defaultModel = sync.OnceValue(func() *Model {
	m, err := OpenModel(embedded)
	if err != nil {
		panic(err) // the embedded file is checked by a test
	}
	return m
})

// OpenModel opens a model file. data is read in place and must not change as
// long as the model is in use.
func OpenModel(data []byte) (*Model, error) {
	if !bytes.HasPrefix(data, []byte(magic)) {
		return nil, errModel
	}
	data = data[len(magic):]
	next := func() []byte {
		if len(data) < 4 {
			return nil
		}
		n := binary.LittleEndian.Uint32(data)
		if uint64(len(data)-4) < uint64(n) {
			return nil
		}
		section := data[4 : 4+n]
		data = data[4+n:]
		return section
	}
	var m Model
	var err error
	m.tagger.classes = lines(next())
	if m.tagger.weights, err = openWeights(next()); err != nil {
		return nil, err
	}
	if m.tagger.lexicon, _, err = openTable(next()); err != nil {
		return nil, err
	}
	for _, text := range lines(next()) {
		s, err := parseScript(text)
		if err != nil {
			return nil, errModel
		}
		m.lemmas.scripts = append(m.lemmas.scripts, s)
	}
	if m.lemmas.choice, _, err = openTable(next()); err != nil {
		return nil, err
	}
	for d := range m.parser.directions {
		if m.parser.directions[d], err = openSteps(next()); err != nil {
			return nil, err
		}
	}
	m.labeller.classes = lines(next())
	if m.labeller.weights, err = openWeights(next()); err != nil {
		return nil, err
	}
	if m.marker.weights, err = openWeights(next()); err != nil {
		return nil, err
	}
	return &m, nil
}

func lines(section []byte) []string {
	if len(section) == 0 {
		return nil
	}
	return strings.Split(string(section), "\n")
}

// Parse fills XPOS, UPOS, Lemma, Head and Rel of the tokens of one sentence
// with the default model.
func Parse(tokens []Token) { Default().Parse(tokens) }

// Parse fills XPOS, UPOS, Lemma, Head and Rel of the tokens of one sentence.
// Exactly one token has no head, and the heads form a tree. A sentence of more
// than 300 tokens is parsed in pieces; the roots of the later pieces depend on
// that of the first, by the relation parataxis.
func (m *Model) Parse(tokens []Token) {
	w := workspaces.Get().(*workspace)
	defer workspaces.Put(w)
	root := -1
	for from := 0; from < len(tokens); from += maxSentence {
		piece := tokens[from:min(from+maxSentence, len(tokens))]
		m.annotate(piece, w)
		m.parser.parse(piece, w)
		m.labeller.label(piece, w)
		m.marker.attach(piece, w)
		for i := range piece {
			t := &piece[i]
			switch {
			case t.Head >= 0:
				t.Head += from
			case root < 0:
				root = from + i
			default:
				t.Head, t.Rel = root, "parataxis"
			}
		}
	}
}

// annotate fills XPOS, UPOS and Lemma.
func (m *Model) annotate(tokens []Token, w *workspace) {
	w.words = m.tagger.wordsOf(w.words, tokens)
	m.tagger.tag(tokens, w.words)
	for i := range tokens {
		t := &tokens[i]
		t.Lemma = m.lemmas.lemma(t.Text, t.XPOS, t.UPOS)
	}
}
