// Package nlp reads one statement: it cuts a text into blocks, sentences and
// claims, and says of each claim who asserts it, about whom, what, when,
// where, how much, how surely, and what type of assertion it is.
//
// The law of the package: every annotation holds byte offsets into
// Document.Text, and Text[Start:End] is exactly the words that the
// annotation quotes. The leaves below this package (read, segment, syntax,
// values, entities, claims, lexicon, embedding) know plain text, tokens and
// their own small types; only this package puts them together.
package nlp

import (
	"time"

	"counterclaim/nlp/entities"
	"counterclaim/nlp/logistic"
	"counterclaim/nlp/read"
	"counterclaim/nlp/syntax"
	"counterclaim/nlp/values"
)

// Document is one statement, read and analysed.
type Document struct {
	Path      string        // as named by the user
	Title     string        // found in the text, or empty
	Date      time.Time     // the date the statement carries; zero if none was found
	Author    string        // as the file declares it; empty if it does not
	Address   string        // where a web page was published; empty if it does not say
	Text      string        // canonical text: what all offsets refer to
	Source    read.Source   // maps canonical offsets to lines of the file
	Blocks    []read.Block  // in order, without overlap
	Speeches  []read.Speech // annexes in which somebody else speaks, in order
	Sentences []Sentence    // in order, without overlap
	Claims    []Claim       // in order of Start

	called  map[string]string // what each thing is called, by the key of its mentions
	speaker string            // key of the party that speaks; empty if it is of no case
}

// Sentence is one sentence of a block.
type Sentence struct {
	Start, End int // bytes of Document.Text
	Block      int // index into Document.Blocks
	Tokens     []syntax.Token
	Entities   []entities.Entity
	Values     []values.Value
}

// Type says what kind of assertion a claim is; the closed list of the gold
// format.
type Type string

// The types of claim.
const (
	Fact       Type = "fact"       // a checkable event, state or figure
	Accusation Type = "accusation" // a wrong done by a named actor
	Denial     Type = "denial"     // "not X", said against what others say
	Demand     Type = "demand"     // a call or request on someone
	Commitment Type = "commitment" // a promise or policy of the speaker
	Evaluation Type = "evaluation" // a judgement that can't be checked
	Legal      Type = "legal"      // a claim of law, right or obligation
	Prediction Type = "prediction" // what will happen
	Ceremonial Type = "ceremonial" // greeting, thanks, formula; no claim
)

// Types lists every type in the order of the gold format.
var Types = []Type{Fact, Accusation, Denial, Demand, Commitment, Evaluation, Legal, Prediction, Ceremonial}

// Polarity of a claim.
type Polarity string

// The polarities.
const (
	Positive Polarity = "positive"
	Negative Polarity = "negative"
)

// Certainty with which a claim is asserted.
type Certainty string

// The degrees of certainty.
const (
	Certain      Certainty = "certain"
	Probable     Certainty = "probable"
	Possible     Certainty = "possible"
	Hypothetical Certainty = "hypothetical" // conditions, questions, demands: not asserted to be so
)

// Claim is one thing that a statement asserts: a contiguous run of its words
// with its analysis. A field that was not recognised is empty.
type Claim struct {
	Start, End int    // bytes of Document.Text
	Text       string // Document.Text[Start:End]
	Sentence   int    // index into Document.Sentences
	FirstToken int    // token range [FirstToken, LastToken) in the sentence
	LastToken  int
	Head       int // token index in the sentence of the predicate's head, -1 if none

	Type              Type
	TypeProbability   float64           // of Type, in [0, 1]
	TypeProbabilities [9]float64        // of each of Types, by the encoder alone: what the judge looks at
	TypeReasons       []logistic.Reason // traits that speak most for Type
	Met               float64           // probability that other parties speak to it, judged from the claim alone
	Source            string            // the words that name who asserts it; empty when the party does itself
	Polarity          Polarity
	Certainty         Certainty
	Sources           []string // the chain of sources, Source first: who reports it, who reports that

	Actor     string // who did it, in resolved words
	Predicate string // lemma of the head, with particle
	Patient   string // to whom or what
	Recipient string // whom it is given, said or asked
	Place     string
	Time      string    // in its words, and what they leave open in brackets: "two days later (2031-05-06)"
	TimeFrom  time.Time // bounds of the first time, [TimeFrom, TimeTo); zero where unknown or open
	TimeTo    time.Time
	Modal     string         // "must", "will", "may", ... over the predicate; empty if none
	Values    []values.Value // numbers, quantities, dates, times inside the claim
	Entities  []entities.Entity

	Meaning Meaning // where the claim lies among others

	sourceKey string // entity key of Source
}
