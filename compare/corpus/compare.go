package corpus

import (
	"context"
	"errors"
	"fmt"

	"counterclaim/compare"
	"counterclaim/compare/versions"
	"counterclaim/nlp"
	"counterclaim/nlp/read"
)

// Compared is a case, read and compared.
type Compared struct {
	Case       Case
	Statements [][]*Statement // by party and statement of Result.Case
	Result     *compare.Result
	Versions   []PartyVersions
	Copies     []Copy // not compared: each is in one voice with a statement that is
	Rejected   []*RecordError
}

// Copy is a statement that says again what another says.
type Copy struct {
	*Statement
	Text *read.Text
}

// PartyVersions is what a party changed from one of its statements to the next.
type PartyVersions struct {
	Party   int // index into Result.Case.Parties
	Earlier int // index of the earlier statement; the later is the next
	Changes []versions.Change
}

// Compare reads the statements of one case, which are in order, and sets its
// parties side by side. A statement that cannot be read is set aside.
func (c *Corpus) Compare(ctx context.Context, statements []*Statement, o compare.Options) (*Compared, error) {
	out := &Compared{}
	if len(statements) == 0 {
		return nil, errors.New("a case without statements")
	}
	out.Case = statements[0].Case
	all := compare.Case{Title: out.Case.Title, Date: out.Case.Date}
	index := map[string]int{}
	var of []int // party of each statement
	for _, s := range statements {
		at, ok := index[s.Party.ID]
		if !ok {
			at = len(all.Parties)
			index[s.Party.ID] = at
			all.Parties = append(all.Parties, compare.Party{ID: s.Party.ID, Name: s.Party.Name, Aliases: s.Party.Aliases})
		}
		of = append(of, at)
	}
	speakers := compare.Speakers(all, o.Model)
	read := make([][]*Statement, len(all.Parties))
	for i, s := range statements {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		text, err := c.Read(s)
		if err == nil && s.Voice != "" && s.Voice != s.ID {
			out.Copies = append(out.Copies, Copy{s, text})
			continue
		}
		var doc *nlp.Document
		if err == nil {
			doc, err = analyze(s, text, speakers[of[i]])
		}
		var bad *RecordError
		if errors.As(err, &bad) {
			out.Rejected = append(out.Rejected, bad)
			continue
		}
		doc.Path = s.ID
		all.Parties[of[i]].Statements = append(all.Parties[of[i]].Statements, doc)
		read[of[i]] = append(read[of[i]], s)
	}
	// A party is one that said something.
	kept := compare.Case{Title: all.Title, Date: all.Date}
	for i, p := range all.Parties {
		if len(p.Statements) > 0 {
			kept.Parties = append(kept.Parties, p)
			out.Statements = append(out.Statements, read[i])
		}
	}
	var err error
	if out.Result, err = compare.Compare(ctx, kept, o); err != nil {
		return nil, err
	}
	for i, p := range kept.Parties {
		for j := 1; j < len(p.Statements); j++ {
			changes, err := versions.Between(ctx, p.Statements[j-1], p.Statements[j], o)
			if err != nil {
				return nil, err
			}
			out.Versions = append(out.Versions, PartyVersions{Party: i, Earlier: j - 1, Changes: changes})
		}
	}
	return out, nil
}

// analyze analyses a statement; what the program cannot do costs the
// statement, not a run of days.
func analyze(s *Statement, text *read.Text, o nlp.Options) (doc *nlp.Document, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &RecordError{Where: s.Where, ID: s.ID, Reason: fmt.Sprintf("the program failed on it: %v; please report this with the statement", p)}
		}
	}()
	return nlp.Analyze(text, o), nil
}
