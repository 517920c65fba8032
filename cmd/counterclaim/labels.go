package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"counterclaim/compare/gold"
)

// item is one line of a data file: the texts to answer from, and the label,
// which is looked at only when all answers are given.
type item struct {
	id       string
	texts    []string
	label    string
	category string // empty where the file has none
}

// columns names the columns that a task reads; the first name that a file
// has counts. Columns that are not named are ignored.
type columns struct {
	id, label []string
	texts     [][]string // several lists: all must be there
}

// readItems reads a TSV file with a header line.
func (a *app) readItems(ctx context.Context, path string, c columns) ([]item, error) {
	var header []string
	var id, label, category int
	var texts []int
	var items []item
	find := func(names []string) (int, error) {
		for _, n := range names {
			if i := slices.Index(header, strings.ToLower(n)); i >= 0 {
				return i, nil
			}
		}
		return 0, fmt.Errorf("no column %s; the columns are %s", strings.Join(names, " or "), strings.Join(header, ", "))
	}
	err := a.eachLine(ctx, path, func(_ int, line []byte) error {
		fields := strings.Split(strings.TrimRight(string(line), "\r\n"), "\t")
		if header == nil {
			header = strings.Split(strings.ToLower(strings.Join(fields, "\t")), "\t")
			var err error
			if id, err = find(c.id); err != nil {
				return err
			}
			if label, err = find(c.label); err != nil {
				return err
			}
			for _, names := range c.texts {
				at, err := find(names)
				if err != nil {
					return err
				}
				texts = append(texts, at)
			}
			category = slices.Index(header, "category")
			return nil
		}
		if len(fields) < len(header) {
			return fmt.Errorf("%d columns, the header has %d", len(fields), len(header))
		}
		it := item{id: fields[id], label: strings.ToLower(strings.TrimSpace(fields[label]))}
		for _, at := range texts {
			it.texts = append(it.texts, fields[at])
		}
		if category >= 0 && category != label {
			it.category = fields[category]
		}
		items = append(items, it)
		return nil
	})
	if err == nil && len(items) == 0 {
		err = fmt.Errorf("%s: no items; write a header line and one item a line", path)
	}
	return items, err
}

// header returns the column names of a TSV file.
func (a *app) header(path string) ([]string, error) {
	var names []string
	stop := errors.New("enough")
	err := a.eachLine(context.Background(), path, func(_ int, line []byte) error {
		names = strings.Split(strings.ToLower(string(bytes.TrimRight(line, "\r\n"))), "\t")
		return stop
	})
	if errors.Is(err, stop) {
		err = nil
	}
	return names, err
}

// answerAll calls answer for every item, several at a time. Answers must be
// kept by index, so that they do not depend on the number of workers.
func (a *app) answerAll(ctx context.Context, n int, answer func(i int)) error {
	group, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				if i%50 == 0 {
					a.progress("item %d of %d", i+1, n)
				}
				answer(i)
			}
		})
	}
	err := group.Wait()
	a.progress("")
	return err
}

// labelFigures are the figures of a task that gives each item a label.
type labelFigures struct {
	Task       string           `json:"task"`
	Items      int              `json:"items"`
	Accuracy   float64          `json:"accuracy"`
	MacroF1    float64          `json:"macro_f1"` // mean of the F1 of the labels that the file has
	Labels     []labelCount     `json:"labels"`
	Categories []categoryCounts `json:"categories,omitempty"`
}

type labelCount struct {
	Label string `json:"label"`
	countFigures
}

type categoryCounts struct {
	Category string  `json:"category"`
	Items    int     `json:"items"`
	Accuracy float64 `json:"accuracy"`
}

// newLabelFigures compares answers with labels; the two are of one set of
// words. A category that has only one item or is as many as the items is left
// out of the list.
func newLabelFigures(task string, wanted, answered, categories []string) *labelFigures {
	byLabel := map[string]*gold.Count{}
	of := func(label string) *gold.Count {
		if byLabel[label] == nil {
			byLabel[label] = &gold.Count{}
		}
		return byLabel[label]
	}
	byCategory := map[string]*gold.Ratio{}
	var all gold.Ratio
	for i := range wanted {
		of(wanted[i]).Gold++
		of(answered[i]).Predicted++
		right := wanted[i] == answered[i]
		all.Total++
		if right {
			of(wanted[i]).Right++
			all.Right++
		}
		if categories[i] != "" {
			r := byCategory[categories[i]]
			if r == nil {
				r = &gold.Ratio{}
				byCategory[categories[i]] = r
			}
			r.Total++
			if right {
				r.Right++
			}
		}
	}
	f := &labelFigures{Task: task, Items: len(wanted), Accuracy: all.Value()}
	labels := 0
	for _, label := range sorted(byLabel) {
		c := *byLabel[label]
		f.Labels = append(f.Labels, labelCount{label, newCountFigures(c)})
		if c.Gold > 0 {
			labels++
			f.MacroF1 += c.F1()
		}
	}
	f.MacroF1 /= float64(max(1, labels))
	const most = 50
	if len(byCategory) > 1 && len(byCategory) <= most {
		for _, name := range sorted(byCategory) {
			f.Categories = append(f.Categories, categoryCounts{name, byCategory[name].Total, byCategory[name].Value()})
		}
	}
	return f
}

func sorted[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (f *labelFigures) table(w io.Writer) {
	fmt.Fprint(w, f.Task+countColumns)
	for _, l := range f.Labels {
		l.row(w, l.Label)
	}
	fmt.Fprintf(w, "\f%s\titems\taccuracy\tmacro F1\t\n", f.Task)
	fmt.Fprintf(w, "all\t%d\t%.4f\t%.4f\t\n", f.Items, f.Accuracy, f.MacroF1)
	for _, c := range f.Categories {
		fmt.Fprintf(w, "%s\t%d\t%.4f\t\t\n", c.Category, c.Items, c.Accuracy)
	}
}

// rankFigures are the figures of a task that gives each item a score.
type rankFigures struct {
	Task             string       `json:"task"`
	Items            int          `json:"items"`
	AveragePrecision float64      `json:"average_precision"`
	AUC              float64      `json:"roc_auc"`
	Threshold        countFigures `json:"at_threshold"` // of the items, at the threshold of the program
}

func (f *rankFigures) table(w io.Writer) {
	fmt.Fprintf(w, "%s\titems\taverage precision\tROC AUC\t\n", f.Task)
	fmt.Fprintf(w, "all\t%d\t%.4f\t%.4f\t\n\f", f.Items, f.AveragePrecision, f.AUC)
	fmt.Fprint(w, f.Task+countColumns)
	f.Threshold.row(w, "at the threshold")
}

// ranking returns average precision and the area under the ROC curve of
// scores. Items of one score are taken together, so that the order of the
// file does not matter. Without items of either sort both are 0.
func ranking(scores []float64, positive []bool) (averagePrecision, auc float64) {
	order := make([]int, len(scores))
	total := 0
	for i := range order {
		order[i] = i
		if positive[i] {
			total++
		}
	}
	negatives := len(scores) - total
	if total == 0 || negatives == 0 {
		return 0, 0
	}
	key := func(i int) float64 {
		if math.IsNaN(scores[i]) {
			return math.Inf(-1)
		}
		return scores[i]
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(key(b), key(a)) })
	right, seen := 0, 0
	for seen < len(order) {
		end, hits := seen, 0
		for end < len(order) && key(order[end]) == key(order[seen]) {
			if positive[order[end]] {
				hits++
			}
			end++
		}
		misses := end - seen - hits
		auc += float64(misses) * (float64(right) + float64(hits)/2)
		right += hits
		seen = end
		averagePrecision += float64(hits) / float64(total) * float64(right) / float64(seen)
	}
	return averagePrecision, auc / float64(total) / float64(negatives)
}
