package llm

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Sources are where answers come from, in this order. All may be left out.
type Sources struct {
	Imported []Reply
	Store    *Store
	Model    string // whose kept answers count; empty: whichever there is
	Client   *Client
}

// atOnce is how many questions are under way at a time.
const atOnce = 4

// Consult gathers the answers to questions. It fails if the endpoint cannot
// be reached at all, refuses the key, or a folder of answers cannot be used;
// a single question without a usable answer is a problem, said in a line.
func Consult(ctx context.Context, questions []Question, from Sources) (*Outcome, error) {
	imported := map[string]Reply{}
	for _, r := range from.Imported {
		imported[r.Question] = r
	}
	results := make([]result, len(questions))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(atOnce)
	var writing sync.Mutex
	for i := range questions {
		g.Go(func() error {
			q := &questions[i]
			r, fresh, err := from.answer(ctx, q, imported)
			results[i] = r
			if err != nil {
				return err
			}
			if fresh && from.Store != nil && r.usable {
				writing.Lock()
				defer writing.Unlock()
				if err := from.Store.Put(r.reply); err != nil {
					return fmt.Errorf("keep the answer: %w", err)
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return gather(questions, results), nil
}

// result is what became of a question.
type result struct {
	reply   Reply
	answer  answer
	usable  bool
	problem string // why it has no usable answer, if one was sought
}

// answer finds the answer to a question; fresh says that it is not kept yet.
func (s *Sources) answer(ctx context.Context, q *Question, imported map[string]Reply) (r result, fresh bool, err error) {
	if reply, ok := imported[q.ID]; ok {
		return parse(reply), true, nil
	}
	if s.Store != nil {
		reply, ok, err := s.Store.Get(q.ID, s.Model)
		if err != nil {
			return r, false, err
		}
		if ok {
			return parse(reply), false, nil
		}
	}
	if s.Client == nil {
		return r, false, nil
	}
	const attempts = 2 // a model that answers badly once may do better
	for range attempts {
		reply, err := s.Client.Ask(ctx, q)
		var fatal hopelessError
		switch {
		case errors.As(err, &fatal), ctx.Err() != nil:
			return r, false, err
		case err != nil:
			return result{problem: err.Error()}, false, nil //nolint:nilerr // only this question fails, and that is said
		}
		before := r
		r = parse(reply)
		if r.usable && !r.answer.cut {
			break
		}
		if before.usable && (!r.usable || len(before.answer.decisions) > len(r.answer.decisions)) {
			r = before
		}
	}
	return r, true, nil
}

func parse(reply Reply) result {
	a, err := readAnswer(reply.Content)
	if err != nil {
		return result{reply: reply, problem: "the answer is " + err.Error()}
	}
	return result{reply: reply, answer: a, usable: true}
}

func gather(questions []Question, results []result) *Outcome {
	out := &Outcome{}
	for i := range questions {
		q, r := &questions[i], &results[i]
		where := fmt.Sprintf("question %d of %d (%s, %s)", i+1, len(questions), q.Parties[0], q.Parties[1])
		if !r.usable {
			out.Open = append(out.Open, *q)
			if r.problem != "" {
				out.Problems = append(out.Problems, where+": "+r.problem)
			}
			continue
		}
		decisions, left := q.check(r.answer)
		out.LeftOut.Add(left)
		if r.answer.cut {
			out.Problems = append(out.Problems, fmt.Sprintf("%s: the answer is cut; decisions in it that count: %d", where, len(decisions)))
		}
		judge := out.judge(r.reply)
		for _, d := range decisions {
			d.Judge, d.Time = judge, r.reply.Time
			out.Decisions = append(out.Decisions, d)
		}
	}
	for i := range out.Judges {
		out.Judges[i].Asked = len(questions)
	}
	return out
}

// judge counts an answer for who gave it.
func (o *Outcome) judge(r Reply) int {
	i := slices.IndexFunc(o.Judges, func(j Judge) bool { return j.Name == r.Name && j.Person == r.Person })
	if i < 0 {
		i = len(o.Judges)
		o.Judges = append(o.Judges, Judge{Name: r.Name, Person: r.Person, First: r.Time, Last: r.Time})
	}
	j := &o.Judges[i]
	j.Answered++
	if r.Time.Before(j.First) {
		j.First = r.Time
	}
	if r.Time.After(j.Last) {
		j.Last = r.Time
	}
	return i
}
