package lexicon

import "strings"

// Reporting reports whether a verb presents what someone says: one of its
// three most frequent senses is a verb of communication in WordNet that takes
// a that-clause, or it is in lists/reporting.tsv.
func Reporting(verb string) bool { return tagged("reporting", verb) }

// Implied says what follows for a complement clause.
type Implied int8

// What can follow.
const (
	Open     Implied = iota // nothing
	True                    // the complement is so
	False                   // the complement is not so
	Likely                  // not implied, but conveyed: it is so ("appears to have left")
	Unlikely                // not implied, but conveyed: it is not so ("does not think that it rained")
)

// Complement is the form of a complement clause.
type Complement string

// The complements that signatures tell apart.
const (
	That   Complement = "that"  // "knows that ..."
	To     Complement = "to"    // "managed to ..."
	NPTo   Complement = "np-to" // "forced them to ..."
	Gerund Complement = "ing"   // "avoided ...ing", "kept them from ...ing"
)

// Signature is what a verb implies of its complement when it is affirmed and
// when it is negated: manage +/-, refuse -/o, know +/+ (Karttunen 1971, 2012;
// Nairn, Condoravdi, Karttunen 2006), appear p/n, think o/n (Horn 1989).
type Signature struct {
	Affirmed, Negated Implied
}

// SignatureOf returns what a verb or predicate adjective ("able", "aware")
// implies of a complement of the given form; ok is false where it is not
// listed, and nothing may be concluded.
func SignatureOf(word string, c Complement) (s Signature, ok bool) {
	for _, line := range strings.Split(tag("signatures", word), "\n") {
		f := strings.Split(line, "\t")
		if len(f) >= 2 && f[0] == string(c) && len(f[1]) == 3 {
			return Signature{implied(f[1][0]), implied(f[1][2])}, true
		}
	}
	return Signature{}, false
}

func implied(c byte) Implied {
	switch c {
	case '+':
		return True
	case '-':
		return False
	case 'p':
		return Likely
	case 'n':
		return Unlikely
	}
	return Open
}

// Factive reports whether a word presents its that-clause as true, affirmed
// or negated: "knows", "does not know that".
func Factive(word string) bool {
	s, _ := SignatureOf(word, That)
	return s == Signature{True, True}
}

// Hedge returns how sure a hedging word leaves a claim: "possible"
// ("perhaps"), "probable" ("likely"), "approximate" ("about"), or "" if the
// word does not hedge. Modal verbs are included.
func Hedge(word string) string { return field(tag("hedges", word)) }

// Booster reports whether a word insists that a claim is certain: "clearly".
func Booster(word string) bool { return tagged("boosters", word) }

func field(s string) string {
	s, _, _ = strings.Cut(s, "\t")
	return s
}

// Class is a class of acts between actors: a root category of CAMEO, the
// codebook of Conflict and Mediation Event Observations (Schrodt 2012).
type Class string

// The classes, with CAMEO's numbers.
const (
	State       Class = "state"       // 01 make a public statement
	Appeal      Class = "appeal"      // 02
	Intend      Class = "intend"      // 03 express intent to cooperate
	Consult     Class = "consult"     // 04
	Diplomacy   Class = "diplomacy"   // 05 engage in diplomatic cooperation
	Cooperate   Class = "cooperate"   // 06 engage in material cooperation
	Aid         Class = "aid"         // 07 provide aid
	Yield       Class = "yield"       // 08
	Investigate Class = "investigate" // 09
	Insist      Class = "demand"      // 10
	Disapprove  Class = "accuse"      // 11 disapprove, accuse
	Reject      Class = "reject"      // 12
	Threaten    Class = "threaten"    // 13
	Protest     Class = "protest"     // 14
	ShowForce   Class = "show force"  // 15 exhibit force posture
	Reduce      Class = "reduce"      // 16 reduce relations
	Coerce      Class = "coerce"      // 17
	Assault     Class = "assault"     // 18
	Fight       Class = "fight"       // 19
	MassKill    Class = "mass kill"   // 20 use unconventional mass violence
)

var classes = [...]Class{"", State, Appeal, Intend, Consult, Diplomacy, Cooperate, Aid, Yield, Investigate, Insist,
	Disapprove, Reject, Threaten, Protest, ShowForce, Reduce, Coerce, Assault, Fight, MassKill}

// ClassOf returns the class of a verb and its full CAMEO code ("112"), or
// empty strings if the dictionaries do not place the verb.
func ClassOf(verb string) (Class, string) {
	code := tag("cameo", verb)
	if len(code) < 2 {
		return "", ""
	}
	n := int(code[0]-'0')*10 + int(code[1]-'0')
	if n < 1 || n >= len(classes) {
		return "", ""
	}
	return classes[n], code
}

// opposes lists classes whose definitions in the CAMEO codebook exclude each
// other as answers to the same thing: its categories 12 and 16 are defined as
// refusal, or ending, of what 03, 05 to 08 grant; 17 (sanctions, seizure) and
// 18 to 20 as the material opposite of 06 and 07.
var opposes = map[Class][]Class{
	Reject:     {Intend, Diplomacy, Cooperate, Aid, Yield},
	Reduce:     {Diplomacy, Cooperate, Aid},
	Coerce:     {Cooperate, Aid, Yield},
	Assault:    {Cooperate, Aid},
	Fight:      {Cooperate, Aid, Yield},
	MassKill:   {Cooperate, Aid},
	Disapprove: {Diplomacy},
}

// Oppose reports whether two classes of acts exclude each other as accounts
// of one act, as granting (yield) and refusing (reject).
func Oppose(a, b Class) bool {
	for _, c := range opposes[a] {
		if c == b {
			return true
		}
	}
	for _, c := range opposes[b] {
		if c == a {
			return true
		}
	}
	return false
}

// Polarity returns how a word judges what it is said of, from -1 (bad:
// "massacre") to 1 (good: "liberation"), 0 if it is neutral or unknown. It is
// spread from a few paradigm words over WordNet's relations and definitions
// (generate/polarity.go): right more often than not, and no more.
func Polarity(word string, pos byte) float64 {
	v := tag("polarity", string(pos)+word)
	if v == "" {
		return 0
	}
	return float64(int8(v[0])) / 100
}

// Monotonicity says what follows where a word is put for a broader or
// narrower one: what is broader, what is narrower, or neither.
type Monotonicity int8

// The monotonicities; as factors they give that of one inside another.
const (
	Downward    Monotonicity = -1
	NonMonotone Monotonicity = 0
	Upward      Monotonicity = 1
)

// Operator is what a word of lists/monotone.tsv does to the words around it.
type Operator struct {
	Sort   string       // "all", "most", "many", "some", "few", "no", "exact"; "not"; "phrase"; "clause"
	Phrase Monotonicity // in the phrase that it stands in, or that it opens
	Rest   Monotonicity // in the rest of the clause
}

// OperatorOf returns what a word ("every") or two ("a few") do to the words
// around them, in lower case.
func OperatorOf(words string) (Operator, bool) {
	f := strings.Split(tag("monotone", words), "\t")
	if len(f) != 3 {
		return Operator{}, false
	}
	return Operator{f[0], monotonicity(f[1]), monotonicity(f[2])}, true
}

func monotonicity(s string) Monotonicity {
	switch s {
	case "up":
		return Upward
	case "down":
		return Downward
	}
	return NonMonotone
}
