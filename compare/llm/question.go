package llm

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"counterclaim/compare/anchor"
	"counterclaim/compare/gold"
)

//go:embed instructions.txt
var instructions string

// Question is one thing to ask: two parties, all sentences of the one and a
// part of the other's.
type Question struct {
	ID           string    // SHA-256 of Instructions and Content
	Parties      [2]string // ids, for messages
	Instructions string
	Content      []byte // JSON

	claims  map[string]Ref // by id in the question
	parties [2]int
	texts   map[[2]int]*anchor.Text // by party and statement: shared by the questions of a case
	in      []Ref                   // sentences that are in the question
	names   map[Ref]string
}

// Limits of one question. An answer has a line for each candidate, and models
// cut long answers.
const (
	maxClaims     = 60  // of the first party in one question
	maxCandidates = 120 // pairs to decide in one question
	maxOther      = 120 // claims of the second party; of more, those near a candidate are asked about
)

// content is what a question says. Short keys and ids keep it short.
type content struct {
	Parties    []partyContent `json:"parties"`
	Candidates [][2]string    `json:"candidates"`
}

type partyContent struct {
	ID         string             `json:"id"`
	Name       string             `json:"name"`
	Statements []statementContent `json:"statements"`
}

type statementContent struct {
	Title     string            `json:"title,omitempty"`
	Date      string            `json:"date,omitempty"`
	Sentences []sentenceContent `json:"sentences"`
}

type sentenceContent struct {
	Text   string         `json:"text"`
	Claims []claimContent `json:"claims,omitempty"`
}

type claimContent struct {
	ID     string `json:"id"`
	Words  string `json:"words"`
	Source string `json:"source,omitempty"`
}

// Questions gives the questions of a case, in the order of the ids of its
// parties.
func Questions(c Case, candidates []Candidate) ([]Question, error) {
	order := make([]int, len(c.Parties))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(c.Parties[a].ID, c.Parties[b].ID) })
	texts := map[[2]int]*anchor.Text{}
	for p, party := range c.Parties {
		for s, statement := range party.Statements {
			texts[[2]int{p, s}] = anchor.NewText(statement.Text)
		}
	}
	byClaim := map[Ref][]Ref{} // of the party that comes first in order
	rank := make([]int, len(order))
	for n, p := range order {
		rank[p] = n
	}
	for _, k := range candidates {
		if rank[k.A.Party] > rank[k.B.Party] {
			k.A, k.B = k.B, k.A
		}
		byClaim[k.A] = append(byClaim[k.A], k.B)
	}
	var out []Question
	for i, a := range order {
		for _, b := range order[i+1:] {
			if !claims(&c.Parties[a]) || !claims(&c.Parties[b]) {
				continue
			}
			for _, part := range parts(&c.Parties[a], a, b, byClaim) {
				q, err := newQuestion(&c, a, b, part, byClaim)
				if err != nil {
					return nil, err
				}
				if len(q.in) == len(part) {
					continue // nothing of the other party is near
				}
				q.texts = texts
				out = append(out, q)
			}
		}
	}
	return out, nil
}

// claims says whether a party has any claim.
func claims(p *Party) bool {
	return slices.ContainsFunc(p.Statements, func(s Statement) bool { return len(s.Claims) > 0 })
}

// parts cuts the sentences of party a into those that fit in one question
// about a and b.
func parts(party *Party, a, b int, candidates map[Ref][]Ref) [][]Ref {
	var out [][]Ref
	var part []Ref
	claims, pairs := 0, 0
	for s, statement := range party.Statements {
		for _, sentence := range statement.Sentences {
			n, m := 0, 0
			for _, c := range statement.Claims {
				if c.Start >= sentence.Start && c.End <= sentence.End {
					n++
					for _, other := range candidates[Ref{a, s, c.Span}] {
						if other.Party == b {
							m++
						}
					}
				}
			}
			if len(part) > 0 && (claims+n > maxClaims || pairs+m > maxCandidates) {
				out = append(out, part)
				part, claims, pairs = nil, 0, 0
			}
			part = append(part, Ref{a, s, sentence})
			claims, pairs = claims+n, pairs+m
		}
	}
	if len(part) > 0 {
		out = append(out, part)
	}
	return out
}

// everything lists the sentences of a party.
func everything(party *Party, p int) []Ref {
	var out []Ref
	for s, statement := range party.Statements {
		for _, sentence := range statement.Sentences {
			out = append(out, Ref{p, s, sentence})
		}
	}
	return out
}

// near lists the sentences of party b that a question about a part of party
// a needs: all of them, or, where there are many, those that hold a candidate
// and their neighbours. So the cost of a case grows with its length and not
// with its square.
func near(c *Case, a, b int, part []Ref, candidates map[Ref][]Ref) []Ref {
	all := everything(&c.Parties[b], b)
	n := 0
	for _, s := range c.Parties[b].Statements {
		n += len(s.Claims)
	}
	if n <= maxOther {
		return all
	}
	wanted := make([]bool, len(all))
	for _, s := range part {
		for _, claim := range c.Parties[a].Statements[s.Statement].Claims {
			if claim.Start < s.Start || claim.End > s.End {
				continue
			}
			for _, other := range candidates[Ref{a, s.Statement, claim.Span}] {
				i := slices.IndexFunc(all, func(t Ref) bool {
					return other.Party == b && t.Statement == other.Statement && other.Start >= t.Start && other.End <= t.End
				})
				for j := max(i-1, 0); i >= 0 && j <= min(i+1, len(all)-1); j++ {
					wanted[j] = true
				}
			}
		}
	}
	var out []Ref
	for i, s := range all {
		if wanted[i] {
			out = append(out, s)
		}
	}
	return out
}

func newQuestion(c *Case, a, b int, part []Ref, candidates map[Ref][]Ref) (Question, error) {
	q := Question{
		Parties: [2]string{c.Parties[a].ID, c.Parties[b].ID}, parties: [2]int{a, b},
		Instructions: instructions, claims: map[string]Ref{}, names: map[Ref]string{},
	}
	rest := near(c, a, b, part, candidates)
	q.in = append(slices.Clone(part), rest...)
	text := content{
		Parties:    []partyContent{q.add("a", &c.Parties[a], part), q.add("b", &c.Parties[b], rest)},
		Candidates: [][2]string{},
	}
	for n := range len(q.claims) {
		ref, ok := q.claims[fmt.Sprintf("a%d", n+1)]
		if !ok {
			break
		}
		others := slices.Clone(candidates[ref])
		slices.SortFunc(others, func(x, y Ref) int {
			if x.Statement != y.Statement {
				return x.Statement - y.Statement
			}
			if x.Start != y.Start {
				return x.Start - y.Start
			}
			return x.End - y.End
		})
		for _, other := range slices.Compact(others) {
			if name, ok := q.names[other]; ok && other.Party == b {
				text.Candidates = append(text.Candidates, [2]string{q.names[ref], name})
			}
		}
	}
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return Question{}, err
	}
	q.Content = bytes.TrimSpace(buffer.Bytes())
	hash := sha256.New()
	hash.Write([]byte(q.Instructions))
	hash.Write([]byte{0})
	hash.Write(q.Content)
	q.ID = hex.EncodeToString(hash.Sum(nil))
	return q, nil
}

// add numbers the claims of sentences, and returns how they are asked.
func (q *Question) add(letter string, party *Party, sentences []Ref) partyContent {
	out := partyContent{ID: letter, Name: party.Name, Statements: []statementContent{}}
	n, last := 0, -1
	for _, s := range sentences {
		statement := &party.Statements[s.Statement]
		if s.Statement != last {
			last = s.Statement
			out.Statements = append(out.Statements, statementContent{Title: statement.Title, Date: statement.Date})
		}
		sentence := sentenceContent{Text: statement.Text[s.Start:s.End]}
		for _, c := range statement.Claims {
			if c.Start >= s.Start && c.End <= s.End {
				n++
				id := fmt.Sprintf("%s%d", letter, n)
				ref := Ref{s.Party, s.Statement, c.Span}
				q.claims[id], q.names[ref] = ref, id
				sentence.Claims = append(sentence.Claims, claimContent{id, statement.Text[c.Start:c.End], c.Source})
			}
		}
		to := &out.Statements[len(out.Statements)-1]
		to.Sentences = append(to.Sentences, sentence)
	}
	return out
}

// Schema is the JSON Schema of an answer, in the strict form that endpoints
// can hold a model to.
func Schema() json.RawMessage {
	var relations, kinds []string
	for _, r := range gold.Kinds {
		relations = append(relations, r.Relation)
		kinds = append(kinds, r.Kinds...)
	}
	object := func(properties map[string]any, order ...string) map[string]any {
		return map[string]any{"type": "object", "properties": properties, "required": order, "additionalProperties": false}
	}
	text := map[string]any{"type": "string"}
	schema := object(map[string]any{
		"claims": map[string]any{"type": "array", "items": object(map[string]any{"id": text, "quote": text}, "id", "quote")},
		"decisions": map[string]any{"type": "array", "items": object(map[string]any{
			"a": text, "b": text,
			"relation":   map[string]any{"type": "string", "enum": append(relations, none)},
			"kind":       map[string]any{"type": "string", "enum": append(kinds, "")},
			"confidence": map[string]any{"type": "number"},
			"words_a":    text, "words_b": text,
		}, "a", "b", "relation", "kind", "confidence", "words_a", "words_b")},
	}, "claims", "decisions")
	b, err := json.Marshal(schema)
	if err != nil {
		panic(err) // plain maps and strings
	}
	return b
}

// none is the relation of claims that do not meet.
const none = "none"
