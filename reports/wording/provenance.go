package wording

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"counterclaim/nlp"
)

// Provenance says how a result was made, for who wants to make it again.
type Provenance struct {
	Version  string    // of the program
	Settings []Setting // that differ from the default, in order
}

// Setting is one setting of a run, by the name of its flag.
type Setting struct{ Name, Value string }

// String is the provenance in one line: "counterclaim v1.2.0, min-score 0.8".
func (p Provenance) String() string {
	s := strings.TrimSpace("counterclaim " + Clean(p.Version))
	if len(p.Settings) == 0 {
		return s + ", default settings"
	}
	for _, set := range p.Settings {
		s += ", " + Clean(set.Name) + " " + Clean(set.Value)
	}
	return s
}

// Hash is the SHA-256 of the canonical text of a statement, in hexadecimal.
func Hash(d *nlp.Document) string {
	sum := sha256.Sum256([]byte(d.Text))
	return hex.EncodeToString(sum[:])
}

// Hashes are the SHA-256 of the file of a statement, where there is one, and
// of the text that was read from it, in a line each.
func Hashes(d *nlp.Document) []string {
	var out []string
	if sum := d.Source.SHA256(); sum != "" {
		out = append(out, "file "+sum)
	}
	return append(out, "text "+Hash(d))
}

// Words is the number of words of a statement.
func Words(d *nlp.Document) int { return len(strings.Fields(d.Text)) }

// Method says how the comparison was made and what it cannot do, a paragraph
// each.
var Method = []string{
	"Each statement was cut into sentences and the claims inside them. Claims of different parties that speak to the same point form a pair; " +
		"a pair is an agreement, a conflict or a rival framing, for a stated reason. Points gather the pairs that belong together. " +
		"A claim that a statement only reports counts for its source, which is named beside it.",
	"The score of a pair is an estimate of how likely it is that the two claims meet and that their relation is right. " +
		"All of this was done by a program: it can miss claims, join claims that do not belong together, and misread a relation. " +
		"Read the words themselves, to which every line leads back, before you rely on one.",
	NoVerdict + " An agreement of two parties does not make a claim true, and a claim that one party makes alone may be true.",
}
