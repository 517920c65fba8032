package compare

import (
	"fmt"
	"slices"
	"strings"

	"counterclaim/compare/evidence"
	"counterclaim/nlp"
	"counterclaim/nlp/entities"
	"counterclaim/nlp/read"
	"counterclaim/nlp/values"
)

// basis says what a kind rests on.
type basis struct {
	facts []evidence.What // that show it, the strongest first
	roles []role          // whose words are set against each other where no fact shows it
	note  string          // in plain words, for those
}

// role gives a part of a claim.
type role func(nlp.Roles) read.Span

func actor(r nlp.Roles) read.Span     { return r.Actor }
func patient(r nlp.Roles) read.Span   { return r.Patient }
func place(r nlp.Roles) read.Span     { return r.Place }
func predicate(r nlp.Roles) read.Span { return r.Predicate }

var (
	// bases of the kinds in which two claims differ.
	bases = map[Kind]basis{
		Negation:   {nil, []role{predicate}, "one side denies what the other says"},
		Antonym:    {[]evidence.What{evidence.Opposite}, []role{predicate}, "the two exclude each other"},
		Quantity:   {[]evidence.What{evidence.Number}, nil, "the figures differ"},
		Time:       {[]evidence.What{evidence.Clock, evidence.Number}, nil, "the times differ"},
		Place:      {nil, []role{place}, "the places differ"},
		Actor:      {nil, []role{actor, predicate}, "they name others as the ones who did it"},
		Patient:    {nil, []role{patient, predicate}, "they name others as those that it was done to"},
		Blame:      {nil, []role{actor, predicate}, "they lay the blame with others"},
		Modality:   {nil, []role{predicate}, "they differ in whether it was done, was to be done, or was left undone"},
		Status:     {nil, []role{predicate}, "they give it another standing"},
		Other:      {[]evidence.What{evidence.Opposite}, []role{predicate}, "the two exclude each other"},
		Naming:     {nil, []role{predicate}, "rival words for one thing"},
		Evaluation: {[]evidence.What{evidence.Judgement}, []role{predicate}, "they judge it differently"},
	}
	// ties show that two claims that do not agree speak of one thing.
	ties = []evidence.What{evidence.Name, evidence.Number, evidence.Clock, evidence.Act, evidence.Word}
)

const (
	most = 3 // facts that are shown for a pair

	// alikeAt is the cosine of two phrases, each in the light of its sentence,
	// from which one is shown as the other's counterpart.
	alikeAt = 0.55
)

// side is one claim of a pair, with the words of its roles.
type side struct {
	claim *nlp.Claim
	roles nlp.Roles
}

// side reads the words of a claim.
func (r *Result) side(claim int) side {
	c := &r.Claims[claim]
	return side{&c.Claim, r.document(claim).Roles(&c.Claim)}
}

func (s side) words(at read.Span) string {
	if at == (read.Span{}) {
		return ""
	}
	return strings.Join(strings.Fields(s.claim.Text[at.Start-s.claim.Start:at.End-s.claim.Start]), " ")
}

// name is the key of the name that a phrase ends in; empty if it is none.
func (s side) name(at read.Span) string {
	for _, e := range s.claim.Entities {
		if e.End == at.End && e.Start >= at.Start && e.Form == entities.Name {
			return e.Key
		}
	}
	return ""
}

// first gives the words of the first role that says something by itself.
func (s side) first(roles []role) string {
	for _, r := range roles {
		if w := s.words(r(s.roles)); w != "" && !pronouns[strings.ToLower(w)] {
			return w
		}
	}
	return ""
}

// pronouns that say nothing to one who has not read on.
var pronouns = map[string]bool{
	"it": true, "this": true, "that": true, "these": true, "those": true, "he": true, "she": true, "they": true, "him": true, "her": true,
	"them": true, "who": true, "which": true, "whom": true, "what": true, "there": true,
}

func (s side) meaning(at read.Span) []float32 {
	return s.claim.Meaning.Words(at.Start-s.claim.Start, at.End-s.claim.Start)
}

// explain says what a pair of a kind rests on: what shows the kind, then what
// ties the two claims together.
func explain(kind Kind, facts []evidence.Fact, near float64, a, b side) []Evidence {
	if kind == Same || kind == Narrower || kind == Broader {
		return sameness(facts, near, a, b)
	}
	on := bases[kind]
	out := pick(nil, facts, evidence.Against, on.facts)
	if len(out) == 0 {
		e := contrast(kind, on, a, b)
		e.What = string(kind)
		out = append(out, e)
	}
	return pick(out, facts, evidence.For, ties)
}

// pick appends facts of a weight, in the order of what they are about, until
// there are enough.
func pick(out []Evidence, facts []evidence.Fact, weight evidence.Weight, about []evidence.What) []Evidence {
	for _, what := range about {
		for _, f := range facts {
			if f.What == what && f.Weight == weight && len(out) < most {
				out = append(out, Evidence{What: string(f.What), A: f.A, B: f.B, Note: f.Note})
			}
		}
	}
	return out
}

// sameness says what two claims that agree have in common, figures first.
func sameness(facts []evidence.Fact, near float64, a, b side) []Evidence {
	out := pick(nil, facts, evidence.For, []evidence.What{evidence.Number, evidence.Clock, evidence.Act})
	if len(out) == 0 {
		x, y, ok := counterparts(a, b, a.roles.Nouns, b.roles.Nouns)
		if !ok {
			x, y, ok = counterparts(a, b, []read.Span{a.roles.Predicate}, []read.Span{b.roles.Predicate})
		}
		if ok {
			out = append(out, Evidence{What: "meaning", A: x, B: y, Note: "these words are near in meaning"})
		}
	}
	out = pick(out, facts, evidence.For, []evidence.What{evidence.Synonym, evidence.Name, evidence.Word})
	if len(out) == 0 {
		out = append(out, Evidence{What: "meaning", Note: fmt.Sprintf("the two claims are near in meaning (%.2f)", near)})
	}
	return out
}

// contrast sets the words against each other in which two claims differ. It
// quotes nothing where it cannot tell which these are.
func contrast(kind Kind, on basis, a, b side) Evidence {
	e := Evidence{Note: on.note}
	if kind == Naming || kind == Evaluation {
		if x, y, ok := counterparts(a, b, a.roles.Nouns, b.roles.Nouns); ok {
			e.A, e.B = x, y
			return e
		}
	}
	x, y := a.first(on.roles), b.first(on.roles)
	if x != "" && y != "" && !strings.EqualFold(x, y) {
		e.A, e.B = x, y
		return e
	}
	if kind == Quantity || kind == Time {
		e.A, e.B = figure(a.claim, kind == Time), figure(b.claim, kind == Time)
		if e.A == "" || e.B == "" || strings.EqualFold(e.A, e.B) {
			e.A, e.B = "", ""
		}
	}
	return e
}

// figure is the first value of a claim that a conflict about times, or about
// figures, may turn on, as the claim has it.
func figure(c *nlp.Claim, times bool) string {
	for _, v := range c.Values {
		if calendar := v.Kind == values.Date || v.Kind == values.Time; v.Kind != values.Ordinal && (calendar == times || v.Kind == values.Duration) {
			return v.Text
		}
	}
	return ""
}

// counterparts finds the two phrases that are nearest in meaning and do not
// say the same words.
func counterparts(a, b side, left, right []read.Span) (x, y string, ok bool) {
	best := alikeAt
	for _, l := range left {
		for _, r := range right {
			lw, rw := a.words(l), b.words(r)
			if lw == "" || rw == "" || sharesWord(lw, rw) || strings.HasSuffix(lw, ".") || strings.HasSuffix(rw, ".") {
				continue
			}
			if x, y := a.name(l), b.name(r); x != "" && y != "" && x != y {
				continue // near, but others: two towns
			}
			if s := nlp.Alike(a.meaning(l), b.meaning(r)); s > best {
				best, x, y, ok = s, lw, rw, true
			}
		}
	}
	return x, y, ok
}

// sharesWord reports whether two phrases share a word of substance.
func sharesWord(a, b string) bool {
	of := strings.Fields(strings.ToLower(b))
	for _, w := range strings.Fields(strings.ToLower(a)) {
		if len(w) > 3 && slices.Contains(of, w) {
			return true
		}
	}
	return false
}
