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
	used := make([][]*Statement, len(all.Parties))
	for from := 0; from < len(statements); {
		var some []*Statement
		var texts []*read.Text
		var options []nlp.Options
		var parties []int
		for size := 0; from < len(statements) && len(some) < together && size < togetherBytes; from++ {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			s := statements[from]
			text, err := c.Read(s)
			var bad *RecordError
			switch {
			case errors.As(err, &bad):
				out.Rejected = append(out.Rejected, bad)
				continue
			case err != nil:
				return nil, err
			case s.Voice != "" && s.Voice != s.ID:
				out.Copies = append(out.Copies, Copy{s, text})
				continue
			}
			some, texts, parties = append(some, s), append(texts, text), append(parties, of[from])
			options = append(options, speakers[of[from]])
			size += len(text.Canonical)
		}
		docs, bad := analyze(some, texts, options)
		out.Rejected = append(out.Rejected, bad...)
		for i, doc := range docs {
			if doc == nil {
				continue
			}
			doc.Path = some[i].ID
			p := parties[i]
			all.Parties[p].Statements = append(all.Parties[p].Statements, doc)
			used[p] = append(used[p], some[i])
		}
	}
	// A party is one that said something.
	kept := compare.Case{Title: all.Title, Date: all.Date}
	for i, p := range all.Parties {
		if len(p.Statements) > 0 {
			kept.Parties = append(kept.Parties, p)
			out.Statements = append(out.Statements, used[i])
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

// Short statements are analysed together: at most so many, and of so many bytes
// but for the last of them.
const (
	together      = 32
	togetherBytes = 32 << 10
)

// analyze analyses statements; what the program cannot do costs a statement,
// which is nil then, not a run of days.
func analyze(statements []*Statement, texts []*read.Text, options []nlp.Options) (docs []*nlp.Document, bad []*RecordError) {
	try := func(texts []*read.Text, options []nlp.Options) (docs []*nlp.Document, failed any) {
		defer func() { failed = recover() }()
		return nlp.AnalyzeAll(texts, options), nil
	}
	docs, failed := try(texts, options)
	if failed == nil {
		return docs, nil
	}
	docs = make([]*nlp.Document, len(statements))
	for i, s := range statements {
		one, failed := try(texts[i:i+1], options[i:i+1])
		if failed != nil {
			bad = append(bad, &RecordError{Where: s.Where, ID: s.ID, Reason: fmt.Sprintf("the program failed on it: %v; please report this with the statement", failed)})
			continue
		}
		docs[i] = one[0]
	}
	return docs, bad
}
