package review

import (
	"slices"
)

// Coded is a pair or a claim that at least one coder labelled.
type Coded struct {
	A, B   *Place            // B is nil for a claim
	Labels map[string]string // by coder: of a pair "conflict quantity" or "none"; of a claim its type, or "none"
}

// Machine is the name of the program among the coders.
const Machine = "the program"

// File is the records of one file of decisions.
type File struct {
	Name    string
	Records []Record
}

// Coders lists who decided in files: every person of every file, by name, or
// by name and file where one name stands in several, and the program.
func Coders(files []File) []string {
	var out []string
	for _, f := range files {
		for _, r := range Active(f.Records) {
			if name := coder(files, f, r.Who); r.What != Note && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return append(out, Machine)
}

func coder(files []File, f File, who string) string {
	for _, g := range files {
		if g.Name != f.Name && slices.ContainsFunc(g.Records, func(r Record) bool { return r.Who == who }) {
			return who + " (" + f.Name + ")"
		}
	}
	return who
}

// Code brings together what the coders of several files say of the same pairs
// and of the same claims. Two runs of words are the same if they share at
// least half of the shorter one. The last decision of a coder counts. With
// rest, a pair that a coder left alone counts as accepted.
func Code(files []File, rest bool) (pairs, claims []Coded) {
	for _, f := range files {
		for _, r := range Active(f.Records) {
			name := coder(files, f, r.Who)
			switch r.What {
			case Pair:
				a, b := r.A, r.B
				kind := r.Kind
				if a.Party > b.Party {
					a, b = b, a
					kind = Turned(kind)
				}
				u := unit(&pairs, a, b)
				u.Labels[name] = label(r.Relation, kind)
				if r.Own != nil && u.Labels[Machine] == "" {
					own := r.Own.Kind
					if a != r.A {
						own = Turned(own)
					}
					u.Labels[Machine] = label(r.Own.Relation, own)
				}
			case Claim:
				if r.Type == "" && !r.Drop {
					continue
				}
				u := unit(&claims, r.A, nil)
				if u.Labels[name] = r.Type; r.Drop {
					u.Labels[name] = None
				}
			case Note, Undo:
			}
		}
	}
	if rest {
		for _, u := range pairs {
			for _, name := range Coders(files) {
				if u.Labels[name] == "" {
					u.Labels[name] = u.Labels[Machine]
				}
			}
		}
	}
	return pairs, claims
}

// Turned is the kind of a pair whose claims change sides.
func Turned(kind string) string {
	switch kind {
	case "narrower":
		return "broader"
	case "broader":
		return "narrower"
	}
	return kind
}

func label(relation, kind string) string {
	if kind == "" {
		return relation
	}
	return relation + " " + kind
}

// unit finds or adds what stands at a place, or two.
func unit(list *[]Coded, a, b *Place) *Coded {
	for i := range *list {
		if u := &(*list)[i]; same(u.A, a) && (b == nil || same(u.B, b)) {
			return u
		}
	}
	*list = append(*list, Coded{A: a, B: b, Labels: map[string]string{}})
	return &(*list)[len(*list)-1]
}

func same(x, y *Place) bool {
	if x.Party != y.Party || x.Statement != y.Statement {
		return false
	}
	n := min(x.End, y.End) - max(x.Start, y.Start)
	return n > 0 && 2*n >= min(x.End-x.Start, y.End-y.Start)
}
