// Package compare sets the statements of several parties side by side: which
// claims meet, whether they agree, conflict or only name one thing in rival
// words, why, and which claims stay alone.
//
// The laws of the package: the result does not depend on the order of the
// parties nor on the number of workers; every claim is in exactly one of the
// rows or alone; a pair joins claims of two different parties.
package compare

import (
	"time"

	"counterclaim/nlp"
)

// Relation of two claims that meet.
type Relation string

// The relations.
const (
	Agree    Relation = "agree"    // both assert the same thing, or one follows from the other
	Conflict Relation = "conflict" // both cannot be true at once
	Framing  Relation = "framing"  // the same thing named or judged in rival terms
)

// Kind says why a pair has its relation; the closed list of the gold format.
type Kind string

// The kinds, in the order of the gold format (which settles ties).
const (
	Same     Kind = "same"
	Narrower Kind = "narrower"
	Broader  Kind = "broader"

	Negation Kind = "negation"
	Antonym  Kind = "antonym"
	Quantity Kind = "quantity"
	Time     Kind = "time"
	Place    Kind = "place"
	Actor    Kind = "actor"
	Patient  Kind = "patient"
	Blame    Kind = "blame"
	Modality Kind = "modality"
	Status   Kind = "status"
	Other    Kind = "other"

	Naming     Kind = "naming"
	Evaluation Kind = "evaluation"
)

// Case is what several parties said about the same events.
type Case struct {
	Title   string
	Date    time.Time // zero if none
	Parties []Party   // in display order
}

// Party is one of the speakers.
type Party struct {
	ID         string // [a-z0-9-]+
	Name       string
	Aliases    []string
	Statements []*nlp.Document
}

// Claim is a claim with its place in the case.
type Claim struct {
	nlp.Claim
	ID        string // "velmora/1/12": party, number of its statement, number of the claim in it
	Party     int    // index into Case.Parties
	Statement int    // index into Party.Statements

	Decided *Decided // nil where the program alone read it
}

// Pair is two claims of different parties that meet.
type Pair struct {
	A, B     int // indexes into Result.Claims; A's party comes before B's in display order
	Relation Relation
	Kind     Kind
	Score    float64 // calibrated probability that the two meet with this relation, in [0, 1]
	Evidence []Evidence
	Decided  *Decided // nil where our own judge alone decided

	meets float64 // probability that the two meet at all
}

// Evidence is one reason for or against a pair, in words.
type Evidence struct {
	What string // "quantity", "negation", "name", "meaning", ...: what was compared
	A, B string // the words of each side that it rests on
	Note string // in words a teacher understands
}

// Row is one point that the parties speak to.
type Row struct {
	Topic string  // a short line in the parties' own words
	Cells [][]int // by party index: indexes into Result.Claims in text order, empty where a party is silent
	Pairs []int   // indexes into Result.Pairs
}

// Result is the whole comparison: the one model from which every report is
// rendered.
type Result struct {
	Case   Case
	Claims []Claim // by party, statement, position
	Pairs  []Pair
	Rows   []Row
	Alone  []int // indexes into Claims, in order

	Overruled []Pair  // pairs of our own judge that, as a model or a person says, do not meet; in no row
	Apart     []Pair  // pairs that look like conflicts and were not taken for one: Evidence says what keeps them apart; in no row
	Judges    []Judge // who decided beside our own judge

	near []Pair // candidates just below our own judge's threshold, as it would judge them
}
