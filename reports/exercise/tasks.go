package exercise

import (
	"fmt"
	"slices"
	"strings"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/nlp/syntax"
	"counterclaim/reports/quiz"
	"counterclaim/reports/wording"
)

// The answers of a task on what a source says.
var saidOptions = []string{"True: the source says so", "False: the source says otherwise", "Not said: the source is silent on this"}

// markScore is the score from which a task may be marked by a machine as right
// or wrong by the relation of a pair.
const markScore = 0.7

// notSaid is what to check of a task whose answer is that a source is silent.
const notSaid = "that the source does not say so in other words"

// The most tasks of each sort in a quiz.
const (
	mostMatches    = 6
	mostSaid       = 6
	mostTogether   = 3
	mostWho        = 3
	mostHighlights = 3
	mostShort      = 3
)

// leastAnswers is the number of answers below which the last pair of a
// matching task answers itself; the form of Moodle asks for as many.
const leastAnswers = 3

// mostQuoted is the number of words up to which a claim is quoted in a task.
const mostQuoted = 20

// tasks makes the short tasks of the quiz, from the sure pairs of the points.
func (b *builder) tasks() []quiz.Item {
	var out []quiz.Item
	out = append(out, b.matching()...)
	out = append(out, b.said()...)
	out = append(out, b.together()...)
	out = append(out, b.who()...)
	out = append(out, b.findWords()...)
	return out
}

// forPaper takes the tasks that are printed: all matching, and of the others
// as many of each kind as the style asks for.
func (b *builder) forPaper(items []quiz.Item) []quiz.Item {
	var out []quiz.Item
	count := map[quiz.Kind]int{}
	if b.style.Tasks == 0 {
		return nil
	}
	for _, i := range items {
		most := b.style.Tasks
		if i.Kind != quiz.Choice {
			most = (most + 1) / 2
		}
		if count[i.Kind]++; count[i.Kind] <= most && i.Kind != quiz.Short {
			out = append(out, i)
		}
	}
	return out
}

func (b *builder) quote(c int) string {
	return capital(strings.TrimRight(strings.Trim(wording.Clean(b.v.Claims[c].Text), "“”"), ".,;:"))
}

func (b *builder) source(c int) *Source { return b.sources[sourceOf(b.v, b.sources, c)] }

// feedback says where the answer is found.
func (b *builder) feedback(i int) string { return capital(b.both(i)) }

// matching asks to join claims of two sources that speak of the same point.
func (b *builder) matching() []quiz.Item {
	two := b.nearest()
	item := quiz.Item{Kind: quiz.Match, Name: "Match the claims",
		Prompt: b.fill("Match each claim of {source} with the claim of {other} that speaks of the same point.", two)}
	var pairs []int
	for _, r := range wording.Relations {
		pairs = append(pairs, b.shared(two, r)...)
	}
	rows, left, right, lowest := map[int]bool{}, map[string]bool{}, map[string]bool{}, 1.0
	for _, i := range pairs {
		p := b.v.Pairs[i]
		x, y := p.A, p.B
		if sourceOf(b.v, b.sources, x) != two[0] {
			x, y = y, x
		}
		l, r := b.quote(x), b.quote(y)
		if rows[b.rowOf[i]] || left[l] || right[r] || len(item.Left) >= mostMatches {
			continue
		}
		rows[b.rowOf[i]], left[l], right[r] = true, true, true
		item.Left, item.Right = append(item.Left, l), append(item.Right, r)
		lowest = min(lowest, sureness(p))
		item.Answers = append(item.Answers, len(item.Right)-1)
	}
	if len(item.Left) < 2 {
		return nil
	}
	if lowest < sureScore {
		item.Check = "that each pair is about one point (the least sure has the score " + wording.Score(lowest) + ")"
	}
	if b.o.Level > 1 || len(item.Right) < leastAnswers {
		for _, c := range b.aloneOf(two[1]) {
			if q := b.quote(c); !right[q] {
				item.Right = append(item.Right, q) // matches nothing
				break
			}
		}
	}
	order := b.chance.Perm(len(item.Right))
	shuffled := make([]string, len(item.Right))
	for from, to := range order {
		shuffled[to] = item.Right[from]
	}
	for i, a := range item.Answers {
		item.Answers[i] = order[a]
	}
	item.Right, item.Marks = shuffled, len(item.Left)
	return []quiz.Item{item}
}

// said asks whether a source says something, says otherwise, or is silent.
func (b *builder) said() []quiz.Item {
	var byAnswer [3][]quiz.Item
	used := map[int]bool{}
	add := func(answer, source, c int, feedback, check string) {
		if used[c] || !b.quotable(c) {
			return
		}
		used[c] = true
		s := b.sources[source]
		byAnswer[answer] = append(byAnswer[answer], quiz.Item{
			Kind: quiz.Choice, Marks: 1, Name: "Said or not", Options: saidOptions, Correct: answer, Feedback: feedback, Check: check,
			Prompt: fmt.Sprintf("True, false or not said? According to Source %s: %s.", s.Letter, b.quote(c)),
		})
	}
	for _, p := range b.points {
		for _, i := range p.pairs {
			pair := b.v.Pairs[i]
			a, c := pair.A, pair.B
			sa, sc := sourceOf(b.v, b.sources, a), sourceOf(b.v, b.sources, c)
			sure := sureness(pair) >= markScore
			switch {
			case pair.Relation == compare.Conflict && sure:
				add(1, sa, c, b.feedback(i), caution(pair))
				add(0, sa, a, b.cite(a)+".", "")
				add(1, sc, a, b.feedback(i), caution(pair))
			case pair.Relation == compare.Agree && sure && b.o.Level > 1 && (pair.Kind == compare.Same || pair.Kind == compare.Narrower):
				if b.carries(a, c) { // a claim that says more says what the other says
					add(0, sa, c, b.feedback(i), caution(pair))
				}
			default:
				add(0, sa, a, b.cite(a)+".", "")
			}
		}
	}
	for x := range b.sources {
		other := (x + 1 + b.chance.IntN(max(1, len(b.sources)-1))) % len(b.sources)
		if b.sources[other].party == b.sources[x].party {
			continue
		}
		all := b.aloneOf(x)
		if i := slices.IndexFunc(all, b.quotable); i >= 0 {
			add(2, other, all[i], fmt.Sprintf("Only Source %s says: %s.", b.sources[x].Letter, b.cite(all[i])), notSaid)
		}
	}
	for i := range byAnswer {
		b.chance.Shuffle(len(byAnswer[i]), func(x, y int) { byAnswer[i][x], byAnswer[i][y] = byAnswer[i][y], byAnswer[i][x] })
	}
	var out []quiz.Item
	for round := 0; len(out) < mostSaid; round++ {
		more := false
		for i := range byAnswer {
			if round < len(byAnswer[i]) && len(out) < mostSaid {
				out, more = append(out, byAnswer[i][round]), true
			}
		}
		if !more {
			break
		}
	}
	b.chance.Shuffle(len(out), func(x, y int) { out[x], out[y] = out[y], out[x] })
	return out
}

// quotable reports whether a claim can be put to students without what stands
// around it: it is a sentence of its own, and no word of it points elsewhere.
func (b *builder) quotable(c int) bool {
	text := b.v.Claims[c].Text
	return standsAlone(b.v, c) && !firstPerson(text) && pronouns(text) == 0
}

// carries reports whether a claim has every number and name of another: only
// then does it say what the other says in each detail.
func (b *builder) carries(claim, other int) bool {
	has := map[string]bool{}
	for _, t := range b.tokens(claim) {
		has[strings.ToLower(t.Lemma)] = true
	}
	return !slices.ContainsFunc(b.tokens(other), func(t syntax.Token) bool {
		return (t.UPOS == "NUM" || t.UPOS == "PROPN") && !has[strings.ToLower(t.Lemma)]
	})
}

// together asks whether two claims can both be true.
func (b *builder) together() []quiz.Item {
	var out []quiz.Item
	for _, p := range b.points {
		pair := b.v.Pairs[p.lead]
		if pair.Relation == compare.Framing || sureness(pair) < markScore || len(out) >= mostTogether {
			continue
		}
		out = append(out, quiz.Item{
			Kind: quiz.TrueFalse, Marks: 1, Name: "Can both be true", True: pair.Relation == compare.Agree, Feedback: b.feedback(p.lead), Check: caution(pair),
			Prompt: fmt.Sprintf("Source %s: “%s”. Source %s: “%s”. True or false: both can be true at once.",
				b.source(pair.A).Letter, b.quote(pair.A), b.source(pair.B).Letter, b.quote(pair.B)),
		})
	}
	return out
}

// who asks which source a claim is from, where the others contradict it.
func (b *builder) who() []quiz.Item {
	var out []quiz.Item
	for _, p := range b.points {
		pair := b.v.Pairs[p.lead]
		if pair.Relation != compare.Conflict || sureness(pair) < markScore || len(out) >= mostWho {
			continue
		}
		c := pair.A
		if b.chance.IntN(2) == 1 {
			c = pair.B
		}
		if !b.quotable(c) || b.agreed(c) {
			continue
		}
		item := quiz.Item{Kind: quiz.Choice, Marks: 1, Name: "Who says so", Feedback: b.cite(c) + ".", Check: "that no other source says the same",
			Prompt: fmt.Sprintf("Which source says this? %s.", b.quote(c))}
		for i, s := range b.sources {
			if s == b.source(c) {
				item.Correct = i
			}
			item.Options = append(item.Options, fmt.Sprintf("Source %s (%s)", s.Letter, s.Speaker))
		}
		if len(item.Options) > 1 {
			out = append(out, item)
		}
	}
	return out
}

// agreed reports whether any pair, sure or not, has another party say the
// same as the claim.
func (b *builder) agreed(c int) bool {
	return slices.ContainsFunc(b.v.Pairs, func(p compare.Pair) bool {
		return p.Relation == compare.Agree && (p.A == c || p.B == c) && p.Score > 0.2
	})
}

// findWords asks for the words of one source that stand against words of
// another: to mark in the sentence, or to write down.
func (b *builder) findWords() []quiz.Item {
	var marks, writes []quiz.Item
	for _, p := range b.points {
		for _, i := range p.pairs {
			pair := b.v.Pairs[i]
			x, y, ok := telling(b.v, pair)
			if !ok || pair.Relation == compare.Agree || sureness(pair) < markScore {
				continue
			}
			from, to := pair.A, pair.B
			if b.chance.IntN(2) == 1 {
				from, to, x, y = to, from, y, x
			}
			verb := "contradict"
			if pair.Relation == compare.Framing {
				verb = "are a rival name for"
			}
			s := b.source(to)
			passage, ok := passageOf(s, b.v.Claims[to].Claim, y)
			if !ok {
				continue
			}
			about := fmt.Sprintf("“%s” in Source %s (line %d)", x, b.source(from).Letter, b.source(from).lineOf(b.v.Claims[from].Start))
			if q := b.quote(from); len(strings.Fields(q)) <= mostQuoted { // a bare figure says little
				about = fmt.Sprintf("“%s” in “%s” (Source %s, line %d)", x, q, b.source(from).Letter, b.source(from).lineOf(b.v.Claims[from].Start))
			}
			if len(marks) <= len(writes) {
				marks = append(marks, quiz.Item{
					Kind: quiz.Highlight, Marks: 1, Name: "Mark the words", Passage: passage, Feedback: b.feedback(i), Check: caution(pair),
					Prompt: fmt.Sprintf("Mark the words of this sentence of Source %s that %s %s.", s.Letter, verb, about),
				})
			} else {
				writes = append(writes, quiz.Item{
					Kind: quiz.Short, Marks: 1, Name: "Write the words", Accepted: []string{y}, Feedback: b.feedback(i), Check: caution(pair),
					Prompt: fmt.Sprintf("Which words of Source %s (line %d) %s %s? Copy them.", s.Letter, s.lineOf(b.v.Claims[to].Start), verb, about),
				})
			}
			break // one for each point
		}
	}
	return append(marks[:min(len(marks), mostHighlights)], writes[:min(len(writes), mostShort)]...)
}

// passageOf is the sentence of a claim, word by word, with the target marked.
func passageOf(s *Source, c nlp.Claim, target string) ([]quiz.Word, bool) {
	start, end := c.Start, c.End
	for _, i := range s.unitsFor(c.Start, c.End) {
		if s.body(s.units[i]) {
			start, end = min(start, s.units[i].start), max(end, s.units[i].end)
		}
	}
	if len(strings.Fields(s.doc.Text[start:end])) > 60 {
		start, end = c.Start, c.End
	}
	plain := func(w string) string { return strings.ToLower(strings.Trim(w, ".,;:!?“”\"'‘’()[]")) }
	var words []quiz.Word
	for _, f := range strings.Fields(wording.Clean(s.doc.Text[start:end])) {
		words = append(words, quiz.Word{Text: f})
	}
	want := strings.Fields(target)
	first := len(strings.Fields(s.doc.Text[start:c.Start]))
	found := -1
	for i := range words {
		ok := i+len(want) <= len(words)
		for j := range want {
			ok = ok && plain(words[i+j].Text) == plain(want[j])
		}
		if ok && (found < 0 || found < first) {
			found = i
		}
	}
	if found < 0 || len(want) == len(words) {
		return nil, false
	}
	for j := range want {
		words[found+j].Target = true
	}
	return words, true
}

// essay is a written question as an item of the quiz, with the mark scheme
// for who marks it.
func essay(number int, q Question, a Answer) quiz.Item {
	prompt := q.Text
	for _, p := range q.Parts {
		prompt += "\n• " + p
	}
	var notes []string
	for _, l := range a.Levels {
		notes = append(notes, l.Marks+": "+l.Descriptor)
	}
	for _, c := range a.Content {
		note := "• " + c.Text
		if c.Check != "" {
			note += " [Check " + c.Check + ".]"
		}
		notes = append(notes, note)
	}
	return quiz.Item{Kind: quiz.Essay, Name: fmt.Sprintf("Question %d: %s", number, q.Kind), Prompt: prompt, Marks: q.Marks, Grader: strings.Join(notes, "\n"), Space: q.Space}
}

// taskOf is an item without its answer.
func taskOf(i quiz.Item) Task {
	t := Task{Kind: i.Kind, Prompt: i.Prompt, Marks: i.Marks}
	switch i.Kind {
	case quiz.Match:
		t.Left, t.Right = i.Left, i.Right
	case quiz.Choice:
		t.Options = i.Options
	case quiz.TrueFalse:
		t.Options = []string{"True", "False"}
	case quiz.Highlight:
		t.Passage = i.Sentence()
	case quiz.Short, quiz.Essay:
	}
	return t
}

// answerOf is the answer of an item in words.
func answerOf(i quiz.Item) string {
	switch i.Kind {
	case quiz.Match:
		var parts []string
		for l, r := range i.Answers {
			parts = append(parts, fmt.Sprintf("%d – %s", l+1, strings.ToLower(letter(r))))
		}
		return strings.Join(parts, ", ") + "."
	case quiz.TrueFalse:
		if i.True {
			return "True. " + i.Feedback
		}
		return "False. " + i.Feedback
	case quiz.Choice:
		head, _, _ := strings.Cut(i.Options[i.Correct], ":")
		return head + ". " + i.Feedback
	case quiz.Short:
		return strings.Join(i.Accepted, " or ") + ". " + i.Feedback
	case quiz.Highlight:
		return "“" + i.Target() + "”. " + i.Feedback
	case quiz.Essay:
	}
	return i.Feedback
}
