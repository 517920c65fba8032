// Package batch compares a whole corpus: it lists the statements, gathers them
// into cases, compares the cases part by part with several workers, and
// assembles the tables.
//
// The law of the package: the result depends on the corpus, the options that
// shape it and the program, and on nothing else. A run that was ended at any
// moment, by whatever means, goes on where it stopped, and the bytes are those
// of a run that nobody disturbed, for any number of workers and shards.
package batch

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"counterclaim/compare"
	"counterclaim/compare/corpus"
	"counterclaim/compare/grouping"
	"counterclaim/reports/dataset"
)

// Options of a run. Dir is needed, the others may be zero.
type Options struct {
	Dir     string            // folder of the results
	Program string            // identifies the program: what another one made is made again
	Version string            // of the program, for the data package
	Title   string            // of the corpus, for the data package
	Formats []string          // of the tables; nil is all
	Shape   map[string]string // options that shape the result, for the data package
	Group   grouping.Options  // of statements that come without their case
	Limit   int               // read only so many statements; 0 is all
	Workers int               // parts made at once; 0 is one for each processor
	Shard   int               // from 1: make only every Shards-th part, and no tables
	Shards  int               // 0: no shards

	Progress func(Progress) // nil: nobody looks
}

// Stage is what a run is doing.
type Stage string

// The stages, in order.
const (
	Listing    Stage = "listing"
	Grouping   Stage = "grouping"
	Comparing  Stage = "comparing"
	Assembling Stage = "assembling"
)

// Progress of a run.
type Progress struct {
	Stage Stage
	Done  int // statements; parts when assembling
	Fresh int // of these, made by this run
	Total int // 0 if not known
	Since time.Duration
}

// Summary says what a run did.
type Summary struct {
	Statements int // listed
	Cases      int
	Rejected   int // records set aside so far
	Reused     int // statements in parts that were there
	Made       int // statements in parts that this run made
	Finished   bool
}

// errEmpty is a corpus in which nothing can be read.
var errEmpty = errors.New("no statement in the corpus can be used")

// Run compares a corpus. The context ends it at any moment; what is done then
// is kept.
func Run(ctx context.Context, c *corpus.Corpus, o Options) (Summary, error) {
	if o.Formats == nil {
		o.Formats = dataset.Formats
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	if err := ours(o.Dir); err != nil {
		return Summary{}, err
	}
	folder, err := dataset.OpenFolder(o.Dir)
	if err != nil {
		return Summary{}, err
	}
	r := &run{corpus: c, folder: folder, options: o, begun: time.Now()}
	defer r.spool.close()
	if err := r.list(ctx); err != nil {
		return r.summary, err
	}
	if len(r.spool.entries) == 0 {
		err := folder.WriteRejected(r.rejected)
		if err == nil {
			err = errEmpty
		}
		if len(r.rejected) > 0 {
			err = fmt.Errorf("%w: %d records were set aside, the first: %w", err, len(r.rejected), r.first)
		}
		return r.summary, err
	}
	parts := r.plan()
	if err := r.compare(ctx, parts); err != nil {
		return r.summary, err
	}
	if o.Shards > 0 {
		return r.summary, nil
	}
	return r.summary, r.assemble(parts)
}

// ours refuses a folder that holds something else.
func ours(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		var cause *fs.PathError
		if errors.As(err, &cause) {
			err = cause.Err
		}
		return fmt.Errorf("%s: cannot be opened as a folder: %w; name another", dir, err)
	}
	for _, e := range entries {
		if e.Name() == "parts" && e.IsDir() {
			return nil
		}
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".tmp") {
			return fmt.Errorf("%s: the folder holds other files (%s); name a new or empty folder", dir, e.Name())
		}
	}
	return nil
}

type run struct {
	corpus   *corpus.Corpus
	folder   dataset.Folder
	options  Options
	begun    time.Time
	spool    spool
	grouper  grouping.Grouper
	loose    []int // entries that are in no case yet, in the order in which the grouper has them
	rejected []dataset.Rejected
	first    error
	summary  Summary
}

func (r *run) report(stage Stage, done, fresh, total int) {
	r.options.Progress(Progress{Stage: stage, Done: done, Fresh: fresh, Total: total, Since: time.Since(r.begun)})
}

// list reads the corpus once, checks every record and puts it into the spool.
func (r *run) list(ctx context.Context) error {
	if err := r.spool.open(r.options.Dir); err != nil {
		return err
	}
	var chunk []*corpus.Statement
	n := 0
	for s, err := range r.corpus.All() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var bad *corpus.RecordError
		switch {
		case errors.As(err, &bad):
			r.reject(bad)
			continue
		case err != nil:
			return err
		}
		chunk = append(chunk, s)
		if n++; n == r.options.Limit {
			break
		}
		if len(chunk) == 256 {
			if err := r.take(ctx, chunk); err != nil {
				return err
			}
			chunk = chunk[:0]
			r.report(Listing, n, n, 0)
		}
	}
	if err := r.take(ctx, chunk); err != nil {
		return err
	}
	r.group()
	r.summary.Statements, r.summary.Rejected = len(r.spool.entries), len(r.rejected)
	return r.spool.flush()
}

func (r *run) reject(bad *corpus.RecordError) {
	r.rejected = append(r.rejected, rejectedOf(bad))
	if r.first == nil {
		r.first = bad
	}
}

// take puts statements into the spool. Those without a case are read for what
// the grouping needs of them, several at a time.
func (r *run) take(ctx context.Context, chunk []*corpus.Statement) error {
	read := make([]grouping.Statement, len(chunk))
	bad := make([]*corpus.RecordError, len(chunk))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(r.options.Workers)
	for i, s := range chunk {
		if s.Case.ID != "" {
			continue
		}
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			text, err := r.corpus.Read(s)
			if errors.As(err, &bad[i]) {
				return nil
			}
			if err != nil {
				return err
			}
			read[i] = grouping.NewStatement(s.ID, s.Date, text)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i, s := range chunk {
		if bad[i] != nil {
			r.reject(bad[i])
			continue
		}
		if s.Case.ID == "" {
			r.grouper.Add(read[i])
			r.loose = append(r.loose, len(r.spool.entries))
		}
		if err := r.spool.add(s); err != nil {
			return err
		}
	}
	return nil
}

// group puts the statements without a case into cases.
func (r *run) group() {
	if len(r.loose) == 0 {
		return
	}
	r.report(Grouping, len(r.loose), 0, 0)
	entries := r.spool.entries
	id := func(i int) string { return entries[r.loose[i]].id }
	for _, group := range r.grouper.Group(r.options.Group) {
		for _, m := range group.Members {
			e := &entries[r.loose[m.Index]]
			e.inCase, e.title, e.voice = group.ID, group.Title, id(m.Voice)
			e.grouping = &corpus.Grouping{Similarity: m.Similarity, Shared: m.Shared}
			if m.Nearest >= 0 {
				e.grouping.Nearest = id(m.Nearest)
			}
		}
	}
	r.grouper = grouping.Grouper{}
}

func rejectedOf(bad *corpus.RecordError) dataset.Rejected {
	return dataset.Rejected{Where: bad.Where, ID: bad.ID, Reason: bad.Reason, Record: bad.Record}
}

// part is some whole cases.
type part struct {
	name  string
	cases [][]int // by case: indexes of entries
	size  int     // statements
}

// The sizes of parts, in statements. A part ends after a case: where the hash
// of the case says so, so that a case more or less changes the parts around it
// only, or where it is full.
const (
	leastPart = 16
	mostPart  = 64
	oneIn     = 4
)

// layout is the version of what parts hold; a change makes all parts anew.
const layout = "counterclaim-parts/1"

// plan puts the statements in order and cuts them into parts.
func (r *run) plan() []part {
	order := make([]int, len(r.spool.entries))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := &r.spool.entries[i], &r.spool.entries[j]
		if c := strings.Compare(a.inCase, b.inCase); c != 0 || r.corpus.Ordered {
			return c
		}
		return cmp.Or(strings.Compare(a.party, b.party), a.date.Compare(b.date), strings.Compare(a.id, b.id))
	})
	var parts []part
	p := part{}
	end := func() {
		if p.size > 0 {
			p.name = r.name(p)
			parts = append(parts, p)
			p = part{}
		}
	}
	for from := 0; from < len(order); {
		to := from
		id := r.spool.entries[order[from]].inCase
		for to < len(order) && r.spool.entries[order[to]].inCase == id {
			to++
		}
		p.cases = append(p.cases, order[from:to])
		p.size += to - from
		h := fnv.New32a()
		h.Write([]byte(id))
		if p.size >= mostPart || p.size >= leastPart && h.Sum32()%oneIn == 0 {
			end()
		}
		r.summary.Cases++
		from = to
	}
	end()
	return parts
}

// name is a hash of all that a part depends on.
func (r *run) name(p part) string {
	h := sha256.New()
	put := func(s string) {
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	put(layout)
	put(r.options.Program)
	for _, list := range p.cases {
		put("case")
		for _, i := range list {
			e := &r.spool.entries[i]
			put(string(e.sum[:]))
			if e.grouping != nil {
				put(fmt.Sprintf("%q %q %q %q %v %q", e.inCase, e.title, e.voice, e.grouping.Nearest, e.grouping.Similarity, e.grouping.Shared))
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// compare makes the parts that are missing.
func (r *run) compare(ctx context.Context, parts []part) error {
	var todo []part
	total := 0
	for i, p := range parts {
		if r.options.Shards > 0 && i%r.options.Shards != r.options.Shard-1 {
			continue
		}
		total += p.size
		if r.folder.HasPart(p.name) {
			r.summary.Reused += p.size
		} else {
			todo = append(todo, p)
		}
	}
	r.begun = time.Now()
	r.report(Comparing, r.summary.Reused, 0, total)
	var mu sync.Mutex
	each := max(1, r.options.Workers/max(1, len(todo))) // workers of one part
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(r.options.Workers)
	for _, p := range todo {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			tables := &dataset.Tables{}
			for _, list := range p.cases {
				statements := make([]*corpus.Statement, len(list))
				for i, at := range list {
					var err error
					if statements[i], err = r.spool.get(at); err != nil {
						return err
					}
				}
				compared, err := r.corpus.Compare(ctx, statements, compare.Options{Workers: each})
				if err != nil {
					return err
				}
				if err := tables.Add(compared); err != nil {
					return err
				}
				mu.Lock()
				r.summary.Made += len(list)
				r.report(Comparing, r.summary.Reused+r.summary.Made, r.summary.Made, total)
				mu.Unlock()
			}
			return r.folder.WritePart(p.name, tables)
		})
	}
	return g.Wait()
}

// assemble writes the tables.
func (r *run) assemble(parts []part) error {
	names := make([]string, len(parts))
	keep := map[string]bool{}
	for i, p := range parts {
		names[i], keep[p.name] = p.name, true
	}
	about := dataset.About{Title: r.options.Title, Version: r.options.Version, Formats: r.options.Formats, Settings: maps.Clone(r.options.Shape)}
	rejected, err := r.folder.Assemble(names, r.rejected, about, func(done int) { r.report(Assembling, done, done, len(names)) })
	if err != nil {
		return err
	}
	r.summary.Rejected, r.summary.Finished = rejected, true
	r.spool.close()
	if r.options.Limit > 0 {
		keep = nil // the parts of the whole corpus may be among them
	}
	return r.folder.Tidy(keep)
}

// spool keeps the records of a corpus on disk, and of each only what the plan
// needs in memory.
type spool struct {
	file    *os.File
	w       *bufio.Writer
	at      int64
	entries []entry
	intern  map[string]string
}

type entry struct {
	id, inCase, party string
	date              time.Time
	at                int64
	size              int
	sum               [sha256.Size]byte // of the record without its place in the input

	title, voice string // of a statement that was grouped
	grouping     *corpus.Grouping
}

func (s *spool) open(dir string) error {
	file, err := os.CreateTemp(dir, "spool.*.tmp")
	if err != nil {
		return fmt.Errorf("cannot write into %s: %w", dir, errors.Unwrap(err))
	}
	s.file, s.w, s.intern = file, bufio.NewWriterSize(file, 1<<16), map[string]string{}
	return nil
}

func (s *spool) same(text string) string {
	if known, ok := s.intern[text]; ok {
		return known
	}
	s.intern[text] = text
	return text
}

func (s *spool) add(st *corpus.Statement) error {
	b, err := json.Marshal(st)
	if err != nil {
		return err
	}
	placeless := *st
	placeless.Where, placeless.Text = "", "" // the text is in its hash
	sum, err := json.Marshal(placeless)
	if err != nil {
		return err
	}
	s.entries = append(s.entries, entry{
		id: st.ID, inCase: s.same(st.Case.ID), party: s.same(st.Party.ID), date: st.Date,
		at: s.at, size: len(b), sum: sha256.Sum256(sum),
	})
	s.at += int64(len(b))
	_, err = s.w.Write(b)
	return err
}

func (s *spool) flush() error { return s.w.Flush() }

func (s *spool) get(i int) (*corpus.Statement, error) {
	e := &s.entries[i]
	b := make([]byte, e.size)
	if _, err := s.file.ReadAt(b, e.at); err != nil {
		return nil, err
	}
	st := &corpus.Statement{}
	if err := json.Unmarshal(b, st); err != nil {
		return nil, err
	}
	if e.grouping != nil {
		st.Case, st.Voice, st.Grouping = corpus.Case{ID: e.inCase, Title: e.title}, e.voice, e.grouping
	}
	return st, nil
}

func (s *spool) close() {
	if s.file == nil {
		return
	}
	_ = s.file.Close() // it is not needed any more
	_ = os.Remove(s.file.Name())
	s.file = nil
}

// Inside reports whether a folder lies in another, or is it.
func Inside(dir, of string) bool {
	a, errA := filepath.Abs(dir)
	b, errB := filepath.Abs(of)
	if errA != nil || errB != nil {
		return false
	}
	rel, err := filepath.Rel(b, a)
	return err == nil && filepath.IsLocal(rel)
}
