// Package llm asks a language model which claims meet: few questions for a
// case, each about two parties, with their sentences, the claims in them by
// number, and the pairs that our own judge thinks of.
//
// It takes and gives plain data, and trusts nothing that comes back: an
// answer can only name claims that it was asked about, relations and kinds of
// the closed lists, and words that stand in the statements, which are looked
// up here. Whatever else it holds is left out and counted. No word that a
// model wrote gets into a result but its own name.
//
// The law of the package: the same case, candidates and kept answers give the
// same outcome, byte for byte, whatever the order of the parties; a question
// without a usable answer changes nothing.
package llm

import "time"

// Case is what is asked about.
type Case struct {
	Title   string
	Parties []Party
}

// Party is one of the speakers.
type Party struct {
	ID, Name   string
	Statements []Statement
}

// Statement is one statement with its sentences and claims, in order.
type Statement struct {
	Title, Date string
	Text        string
	Sentences   []Span
	Claims      []Claim
}

// Span is a run [Start, End) of bytes of a statement's text.
type Span struct{ Start, End int }

// Claim is a claim of a statement.
type Claim struct {
	Span
	Source string // who asserts it, if not the party
}

// Ref names a run of words of a case.
type Ref struct {
	Party, Statement int // indexes
	Span
}

// Candidate is a pair of claims to decide.
type Candidate struct{ A, B Ref }

// Outcome is what the answers say, checked.
type Outcome struct {
	Decisions []Decision
	Judges    []Judge
	Open      []Question // without a usable answer
	Problems  []string   // each a line: what was left out or failed, and where
	LeftOut   LeftOut
}

// Decision on two runs of words of different parties.
type Decision struct {
	A, B       Ref
	Relation   string // empty: they do not meet
	Kind       string
	Confidence float64
	WordsA     string // words of A and B that decide; they stand in the claims
	WordsB     string
	Judge      int // index into Outcome.Judges
	Time       time.Time
}

// Judge is one who answered.
type Judge struct {
	Name        string
	Person      bool
	First, Last time.Time
	Asked       int
	Answered    int
}

// LeftOut counts what answers held that was not used.
type LeftOut struct {
	Malformed int // decisions that are not of the form asked for
	Unknown   int // decisions on claims that were not in the question
	Label     int // unknown relations and kinds
	Repeated  int // pairs decided before in the same answer
	Quotes    int // proposed claims and deciding words that do not stand in the text
}

// Add adds counts.
func (l *LeftOut) Add(m LeftOut) {
	l.Malformed += m.Malformed
	l.Unknown += m.Unknown
	l.Label += m.Label
	l.Repeated += m.Repeated
	l.Quotes += m.Quotes
}
