package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"counterclaim/compare"
	"counterclaim/compare/casefile"
	"counterclaim/nlp"
	"counterclaim/nlp/read"
)

// openCase reads the description of the case that the arguments name: one
// folder (or its case.yaml), or [PARTY=]FILE...
func openCase(args []string) (*casefile.Case, error) {
	if len(args) == 1 {
		if info, err := os.Stat(args[0]); err == nil {
			if info.IsDir() {
				return casefile.Load(args[0])
			}
			if filepath.Base(args[0]) == casefile.FileName {
				return casefile.Load(filepath.Dir(args[0]))
			}
		}
	}
	return casefile.FromArgs(args)
}

// statementFiles lists the files of all statements of a case.
func statementFiles(c *casefile.Case) []string {
	var files []string
	for _, p := range c.Parties {
		for _, s := range p.Statements {
			file, _ := read.SplitName(c.File(s))
			files = append(files, file)
		}
	}
	return files
}

// readCase reads and analyses every statement of a case.
func (a *app) readCase(ctx context.Context, c *casefile.Case) (compare.Case, error) {
	out := compare.Case{Title: c.Title, Date: c.Date, Parties: make([]compare.Party, len(c.Parties))}
	var paths, names []string
	var options []nlp.Options
	for i, p := range c.Parties {
		out.Parties[i] = compare.Party{ID: p.ID, Name: p.Name, Aliases: p.Aliases}
	}
	speakers := compare.Speakers(out, nil)
	for i, p := range c.Parties {
		for _, s := range p.Statements {
			paths, names = append(paths, c.File(s)), append(names, s)
			options = append(options, speakers[i])
		}
	}
	docs, err := a.readStatements(ctx, paths, names, options)
	if err != nil {
		return compare.Case{}, err
	}
	for i, p := range c.Parties {
		out.Parties[i].Statements, docs = docs[:len(p.Statements):len(p.Statements)], docs[len(p.Statements):]
	}
	return out, nil
}

// readStatements reads and analyses files, several at a time; the order of
// the documents, warnings and errors is that of the paths. A document is
// called by its name.
func (a *app) readStatements(ctx context.Context, paths, names []string, options []nlp.Options) ([]*nlp.Document, error) {
	texts := make([]*read.Text, len(paths))
	for i, path := range paths { // reading is quick, and errors come in order
		text, err := a.readStatement(path)
		if err != nil {
			return nil, err
		}
		for _, skipped := range text.Skipped {
			a.warn("%s: not read: %s", path, skipped)
		}
		texts[i] = text
	}
	docs := make([]*nlp.Document, len(paths))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, text := range texts {
		a.progress("reading %s", names[i])
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			docs[i] = nlp.Analyze(text, options[i])
			docs[i].Path = names[i]
			return nil
		})
	}
	err := group.Wait()
	a.progress("")
	if err != nil {
		return nil, err
	}
	for i, doc := range docs {
		switch {
		case !looksEnglish(doc.Text):
			a.warn("%s does not look like English, the only language that is read; expect few claims or wrong ones", paths[i])
		case !slices.ContainsFunc(doc.Claims, func(c nlp.Claim) bool { return c.Type != nlp.Ceremonial }):
			a.warn("no claim found in %s", paths[i])
		}
	}
	return docs, nil
}

func (a *app) readStatement(path string) (*read.Text, error) {
	if path != casefile.Stdin {
		return read.ReadFile(path, a.limits)
	}
	data, err := io.ReadAll(io.LimitReader(a.in, a.limits.Filled().Bytes+1))
	if err != nil {
		return nil, fmt.Errorf("read standard input: %w", err)
	}
	return read.ReadLimited("standard input", data, a.limits)
}
