package segment

import (
	"regexp"
	"slices"
	"strings"

	"gopkg.in/neurosnap/sentences.v1"
	"gopkg.in/neurosnap/sentences.v1/data"
)

// What follows is the sentence tokenizer of github.com/jdkato/prose/v2
// (Copyright (c) 2015 Eric Bower, 2017-2018 Joseph Kato, MIT licence; see
// NOTICE), taken over since prose does not export it, loads it anew for every
// text, and brings 4.4 MB of models that are not used here. TestEngine holds
// it against prose.

// newEngine makes the Punkt engine with its data for English.
func newEngine() (*sentences.DefaultSentenceTokenizer, error) {
	b, err := data.Asset("data/english.json")
	if err != nil {
		return nil, err
	}
	learned, err := sentences.LoadTraining(b)
	if err != nil {
		return nil, err
	}
	for _, abbreviation := range []string{"sgt", "gov", "no", "mt"} {
		learned.AbbrevTypes.Add(abbreviation)
	}
	marks := sentences.NewPunctStrings()
	words := &wordTokenizer{sentences.DefaultWordTokenizer{PunctStrings: marks}}
	return &sentences.DefaultSentenceTokenizer{
		Storage: learned, PunctStrings: marks, WordTokenizer: words,
		Annotations: append(sentences.NewAnnotations(learned, marks, words), &stopAnnotation{
			learned: learned, words: words,
			ortho: &sentences.OrthoContext{Storage: learned, PunctStrings: marks, TokenType: words, TokenFirst: words},
		}),
	}, nil
}

// wordTokenizer is Punkt's, but for what ends a sentence.
type wordTokenizer struct{ sentences.DefaultWordTokenizer }

var (
	enders = []string{
		`."`, `.)`, `.’`, `.”`,
		`?`, `?"`, `?'`, `?)`, `?’`, `?”`,
		`!`, `!"`, `!'`, `!)`, `!’`, `!”`,
	}
	innerEnders   = []string{`.[`, `.(`, `."`, `?[`, `?(`, `![`, `!(`}
	quoteClosers  = []string{")", `’`, `”`, `"`, `'`}
	namesWithStop = regexp.MustCompile(`Yahoo!`)
)

// HasSentEndChars reports whether a word ends with a mark that ends sentences,
// before or after what closes a quotation.
func (*wordTokenizer) HasSentEndChars(t *sentences.Token) bool {
	if slices.ContainsFunc(enders, func(s string) bool { return strings.HasSuffix(t.Tok, s) }) && !namesWithStop.MatchString(t.Tok) {
		return true
	}
	return slices.ContainsFunc(innerEnders, func(s string) bool { return strings.Contains(t.Tok, s) })
}

// stopAnnotation looks again at words with several stops, as "F.B.I.", at rows
// of stops, and at stops inside brackets and quotation marks.
type stopAnnotation struct {
	learned *sentences.Storage
	words   sentences.TokenParser
	ortho   sentences.Ortho
}

// Annotate marks which of the words end a sentence.
func (a *stopAnnotation) Annotate(tokens []*sentences.Token) []*sentences.Token {
	for _, pair := range (&sentences.DefaultTokenGrouper{}).Group(tokens) {
		if len(pair) < 2 || pair[1] == nil {
			if s := pair[0].Tok; strings.Contains(s, "\n") && strings.Contains(s, " ") {
				pair[0].SentBreak = false // a stray line break
			}
			continue
		}
		a.decide(pair[0], pair[1])
	}
	return tokens
}

var (
	severalStops = regexp.MustCompile(`((?:[\w]\.)+[\w]*\.)`)
	rowOfStops   = regexp.MustCompile(`(?:\.\s?){2,}\.`)
)

// often are the marks of a word that Punkt has seen with a small letter.
const often = 0b1110000

// decide sets whether a sentence ends after word, which is followed by next.
func (a *stopAnnotation) decide(word, next *sentences.Token) {
	if strings.HasSuffix(word.Tok, ".") && next.Tok == "." { // a row of stops, cut in words
		word.SentBreak, next.SentBreak = false, false
		return
	}
	stop := strings.HasSuffix(word.Tok, ".") && !word.SentBreak
	row := rowOfStops.MatchString(word.Tok)
	closed := word.SentBreak && slices.ContainsFunc(quoteClosers, func(s string) bool { return strings.HasSuffix(word.Tok, s) })
	starts := func() bool { return a.learned.SentStarters[a.words.TypeNoSentPeriod(next)] != 0 }
	switch {
	case row && (a.words.FirstUpper(next) || starts()):
		word.SentBreak = true
		return
	case closed && a.words.FirstLower(next) && !starts():
		word.SentBreak = false
		return
	case stop && a.words.FirstUpper(next) && a.learned.OrthoContext[a.words.TypeNoSentPeriod(next)]&often != 0:
		word.SentBreak = true
	}
	if !severalStops.MatchString(word.Tok) || a.words.IsInitial(word) {
		return
	}
	word.Abbr = true
	word.SentBreak = a.ortho.Heuristic(next) == 1 || a.words.FirstUpper(next) && starts()
}
