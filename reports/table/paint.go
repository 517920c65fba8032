package table

import "counterclaim/compare"

// paint colours text for a terminal; the zero value leaves it plain.
type paint struct{ on bool }

func (p paint) with(code, s string) string {
	if !p.on || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p paint) bold(s string) string  { return p.with("1", s) }
func (p paint) faint(s string) string { return p.with("2", s) }

// relation colours by relation. The word is always there too, so that no
// meaning is lost without colour.
func (p paint) relation(r compare.Relation, s string) string {
	switch r {
	case compare.Conflict:
		return p.with("1;31", s)
	case compare.Agree:
		return p.with("1;34", s)
	case compare.Framing:
		return p.with("1;33", s)
	}
	return s
}
