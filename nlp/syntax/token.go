// Package syntax finds the words of a sentence and how they hang together:
// tokens, Penn tags, universal parts of speech, lemmas, and dependency trees
// with Universal Dependencies labels.
package syntax

// Token is one word or mark. Offsets are bytes of the text that was passed in
// plus the base that was given.
type Token struct {
	Start, End int
	Text       string
	Lemma      string
	XPOS       string // Penn Treebank tag, as in UD English
	UPOS       string // universal part of speech
	Head       int    // index of the head in the sentence, -1 for the root
	Rel        string // UD relation to the head, without subtype
}
