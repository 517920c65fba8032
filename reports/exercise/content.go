package exercise

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/nlp/entities"
	"counterclaim/nlp/lexicon"
	"counterclaim/nlp/syntax"
	"counterclaim/nlp/values"
	"counterclaim/reports/wording"
)

// contents are the parts that keys are made of, by the name that styles.yaml
// gives them. Each lists what an answer about some sources may name.
func contents() map[string]func(b *builder, about []int) []Content {
	return map[string]func(b *builder, about []int) []Content{
		"says":        says,
		"attitude":    typed(nlp.Accusation, nlp.Denial, nlp.Evaluation),
		"demands":     typed(nlp.Demand, nlp.Commitment, nlp.Prediction),
		"purpose":     typed(nlp.Accusation, nlp.Demand, nlp.Commitment),
		"origin":      origin,
		"hedges":      hedges,
		"words":       loaded,
		"dates":       dates,
		"setting":     setting,
		"agree":       shared(compare.Agree),
		"conflict":    shared(compare.Conflict),
		"framing":     shared(compare.Framing),
		"alone":       alone,
		"checkable":   checkable,
		"uncheckable": uncheckable,
		"balance":     balance,
		"reasons":     reasons,
		"statement":   statement,
	}
}

// mostContent is how many things of one sort a key names.
const mostContent = 6

// cite quotes a claim with its lines.
func (b *builder) cite(c int) string {
	cl := b.v.Claims[c]
	s := b.sources[sourceOf(b.v, b.sources, c)]
	text := b.v.Quote(c) + " (" + s.ref(cl.Start, cl.End)
	if src := wording.Clean(cl.Source); src != "" {
		text += "; as said by " + src
	}
	return text + ")"
}

// claims lists what a source shows, in its order.
func (b *builder) claims(source int) []int {
	s := b.sources[source]
	var out []int
	for i, c := range b.v.Claims {
		if c.Party == s.party && c.Statement == s.statement && b.shown[i] && c.Type != nlp.Ceremonial {
			out = append(out, i)
		}
	}
	return out
}

// says lists the claims of a source that a summary would name: those of the
// chosen points, then others that read well alone.
func (b *builder) says(source int) []int {
	inPoint := map[int]bool{}
	for _, p := range b.points {
		for _, i := range p.pairs {
			inPoint[b.v.Pairs[i].A], inPoint[b.v.Pairs[i].B] = true, true
		}
	}
	value := func(c int) float64 {
		cl := b.v.Claims[c]
		x := cl.TypeProbability
		if inPoint[c] {
			x++
		}
		if cl.Type == nlp.Fact || cl.Type == nlp.Accusation {
			x += 0.5
		}
		return x
	}
	all := slices.DeleteFunc(b.claims(source), func(c int) bool { return !standsAlone(b.v, c) })
	slices.SortStableFunc(all, func(x, y int) int { return cmp.Compare(value(y), value(x)) })
	var out []int
	for _, c := range all { // no claim inside another
		if len(out) < mostContent && !b.overlaps(c, out) {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}

// overlaps reports whether a claim shares words with one of others, which are
// of the same source.
func (b *builder) overlaps(c int, others []int) bool {
	cl := b.v.Claims[c]
	return slices.ContainsFunc(others, func(o int) bool { return b.v.Claims[o].Start < cl.End && cl.Start < b.v.Claims[o].End })
}

func says(b *builder, about []int) []Content {
	var out []Content
	for _, s := range about {
		for _, c := range b.says(s) {
			out = append(out, Content{Text: b.cite(c) + "."})
		}
	}
	return out
}

// sureType is the probability from which the type of a claim is sure enough
// for a key.
const sureType = 0.6

// leastWords is the number of words from which a claim can be quoted for what
// its speaker wants.
const leastWords = 5

var typeWords = map[nlp.Type]string{
	nlp.Fact: "reports", nlp.Accusation: "accuses", nlp.Denial: "denies", nlp.Demand: "demands", nlp.Commitment: "promises",
	nlp.Evaluation: "judges", nlp.Legal: "argues from law", nlp.Prediction: "foresees",
}

// typed lists the claims of some types, at most three of each source.
func typed(types ...nlp.Type) func(b *builder, about []int) []Content {
	return func(b *builder, about []int) []Content {
		most := 3
		if len(about) == 1 {
			most = mostContent
		}
		var out []Content
		for _, s := range about {
			var named []int
			for _, c := range b.claims(s) {
				cl := b.v.Claims[c]
				if len(named) < most && !b.overlaps(c, named) && slices.Contains(types, cl.Type) && cl.TypeProbability >= sureType && cl.Source == "" && len(strings.Fields(cl.Text)) >= leastWords && !torn(b.v, c) {
					out = append(out, Content{Text: fmt.Sprintf("Source %s %s: %s.", b.sources[s].Letter, typeWords[cl.Type], b.cite(c))})
					named = append(named, c)
				}
			}
		}
		return out
	}
}

func origin(b *builder, about []int) []Content {
	var out []Content
	for _, i := range about {
		s := b.sources[i]
		text := fmt.Sprintf("Source %s speaks for: %s", s.Letter, s.Speaker)
		if !s.doc.Date.IsZero() {
			text += "; it is of " + s.doc.Date.Format("2 January 2006")
			if day := b.v.Case.Date; !day.IsZero() && day.Before(s.doc.Date) {
				text += fmt.Sprintf(" (%s after the date of the case)", wording.Count(int(s.doc.Date.Sub(day).Hours()/24), "day"))
			}
		}
		out = append(out, Content{Text: text + "."})
		seen := map[string]bool{}
		for _, c := range b.claims(i) {
			cl := b.v.Claims[c]
			if who := wording.Clean(cl.Source); who != "" && !seen[who] && len(seen) < 3 {
				seen[who] = true
				out = append(out, Content{Text: fmt.Sprintf("Source %s rests here on the word of “%s”: %s.", s.Letter, who, b.cite(c)), Check: "that this is who says it"})
			}
		}
	}
	return out
}

func hedges(b *builder, about []int) []Content {
	var out []Content
	for _, i := range about {
		n := 0
		for _, c := range b.claims(i) {
			cl := b.v.Claims[c]
			if (cl.Certainty == nlp.Possible || cl.Certainty == nlp.Probable) && n < 3 {
				out = append(out, Content{Text: fmt.Sprintf("Source %s is not certain: %s.", b.sources[i].Letter, b.cite(c)), Check: "that these words express doubt"})
				n++
			}
		}
	}
	return out
}

// strongWord is how far from neutral a word must be to count as loaded.
const strongWord = 0.5

// loaded lists words that judge, in claims that judge or accuse.
func loaded(b *builder, about []int) []Content {
	var out []Content
	for _, i := range about {
		s := b.sources[i]
		seen := map[string]bool{}
		var words []string
		for _, c := range b.claims(i) {
			cl := b.v.Claims[c]
			if cl.Type != nlp.Accusation && cl.Type != nlp.Evaluation || cl.Sentence >= len(s.doc.Sentences) || cl.LastToken > len(s.doc.Sentences[cl.Sentence].Tokens) {
				continue
			}
			for _, t := range s.doc.Sentences[cl.Sentence].Tokens[cl.FirstToken:cl.LastToken] {
				pos := map[string]byte{"NOUN": 'n', "VERB": 'v', "ADJ": 'a', "ADV": 'r'}[t.UPOS]
				word := strings.ToLower(t.Text)
				if pos == 0 || seen[word] || len(words) >= mostContent {
					continue
				}
				if p := lexicon.Polarity(strings.ToLower(t.Lemma), pos); p <= -strongWord || p >= strongWord {
					seen[word] = true
					words = append(words, fmt.Sprintf("“%s” (line %d)", word, s.lineOf(t.Start)))
				}
			}
		}
		if len(words) > 0 {
			out = append(out, Content{Text: fmt.Sprintf("Source %s, words that judge: %s.", s.Letter, strings.Join(words, ", ")), Check: "that each word judges here"})
		}
	}
	return out
}

func dates(b *builder, about []int) []Content {
	var out []Content
	var dated []int
	for _, i := range about {
		if !b.sources[i].doc.Date.IsZero() {
			dated = append(dated, i)
		}
	}
	slices.SortStableFunc(dated, func(x, y int) int { return b.sources[x].doc.Date.Compare(b.sources[y].doc.Date) })
	if len(dated) > 1 {
		var parts []string
		for _, i := range dated {
			parts = append(parts, fmt.Sprintf("Source %s on %s", b.sources[i].Letter, b.sources[i].doc.Date.Format("2 January 2006")))
		}
		out = append(out, Content{Text: "Order in time: " + strings.Join(parts, ", ") + ". A later source can know of an earlier one, and answer it."})
	}
	for _, i := range about {
		s := b.sources[i]
		seen := map[string]bool{}
		var times []string
		for _, c := range b.claims(i) {
			cl := b.v.Claims[c]
			t := wording.Clean(cl.Time)
			if at := strings.Index(s.doc.Text[cl.Start:cl.End], cl.Time); t != "" && at >= 0 && !seen[t] && len(times) < mostContent && strings.ContainsFunc(t, func(r rune) bool { return unicode.IsDigit(r) || unicode.IsUpper(r) }) {
				seen[t] = true
				times = append(times, fmt.Sprintf("“%s” (line %d)", t, s.lineOf(cl.Start+at)))
			}
		}
		if len(times) > 0 {
			out = append(out, Content{Text: fmt.Sprintf("Source %s names these times: %s.", s.Letter, strings.Join(times, ", "))})
		}
	}
	return out
}

func setting(b *builder, about []int) []Content {
	places, lines := map[string]int{}, map[string][]string{}
	for _, i := range about {
		s := b.sources[i]
		seen := map[string]bool{}
		for _, sentence := range s.doc.Sentences {
			if !s.shows(sentence.Start, sentence.End) {
				continue
			}
			for _, e := range sentence.Entities {
				name := wording.Clean(e.Text)
				if e.Type == entities.Place && e.Form == entities.Name && !e.Nested && name != "" {
					places[name]++
					if !seen[name] {
						seen[name] = true
						lines[name] = append(lines[name], s.ref(e.Start, e.End))
					}
				}
			}
		}
	}
	names := slices.Sorted(maps.Keys(places))
	slices.SortStableFunc(names, func(x, y string) int { return cmp.Compare(places[y], places[x]) })
	var parts []string
	for _, n := range names[:min(len(names), mostContent)] {
		parts = append(parts, fmt.Sprintf("%s (%s)", n, lines[n][0]))
	}
	if len(parts) == 0 {
		return nil
	}
	return []Content{{Text: "Places that the sources name: " + strings.Join(parts, "; ") + "."}}
}

// shared lists, one per point, the sure pairs of a relation between some
// sources: those of the chosen points first.
func (b *builder) shared(about []int, r compare.Relation) []int {
	var out []int
	rows := map[int]bool{}
	add := func(i int) {
		p := b.v.Pairs[i]
		if p.Relation != r || sureness(p) < b.o.MinScore || !b.shows(i) || rows[b.rowOf[i]] {
			return
		}
		if slices.Contains(about, sourceOf(b.v, b.sources, p.A)) && slices.Contains(about, sourceOf(b.v, b.sources, p.B)) {
			rows[b.rowOf[i]] = true
			out = append(out, i)
		}
	}
	for _, p := range b.points {
		for _, i := range p.pairs {
			add(i)
		}
	}
	rest := make([]int, len(b.v.Pairs))
	for i := range rest {
		rest[i] = i
	}
	slices.SortStableFunc(rest, func(x, y int) int { return cmp.Compare(sureness(b.v.Pairs[y]), sureness(b.v.Pairs[x])) })
	for _, i := range rest {
		if b.rowOf[i] >= 0 {
			add(i)
		}
	}
	return out
}

func shared(r compare.Relation) func(b *builder, about []int) []Content {
	heads := map[compare.Relation]string{compare.Agree: "They agree", compare.Conflict: "They conflict", compare.Framing: "Rival words"}
	return func(b *builder, about []int) []Content {
		var out []Content
		pairs := b.shared(about, r)
		for _, i := range pairs[:min(len(pairs), 8)] {
			text := heads[r] + ": " + b.both(i)
			if by := wording.DecidedBy(b.v.Pairs[i]); by != "" {
				text += " " + strings.ToUpper(by[:1]) + by[1:] + "."
			}
			out = append(out, Content{Text: text, Check: caution(b.v.Pairs[i])})
		}
		return out
	}
}

// topic names what the claims of some pairs are about without giving away
// what they say: the words for things and acts that two sources have in
// common, else a thing that each of the first two claims names.
func (b *builder) topic(pairs []int) string {
	var claims []int
	for _, i := range pairs {
		claims = append(claims, b.v.Pairs[i].A, b.v.Pairs[i].B)
	}
	first := map[string]int{} // by lemma: the source that has it, -1 for several
	for _, c := range claims {
		s := sourceOf(b.v, b.sources, c)
		for _, t := range b.tokens(c) {
			if at, ok := first[strings.ToLower(t.Lemma)]; !ok {
				first[strings.ToLower(t.Lemma)] = s
			} else if at != s {
				first[strings.ToLower(t.Lemma)] = -1
			}
		}
	}
	common := func(t syntax.Token) bool {
		return first[strings.ToLower(t.Lemma)] < 0 && (t.UPOS == "VERB" || t.UPOS == "ADJ" || thing(t))
	}
	var words []string
	seen := map[string]bool{}
	for _, c := range claims {
		last := -2
		for n, t := range b.tokens(c) {
			lemma := strings.ToLower(t.Lemma)
			if !common(t) || seen[lemma] || lexicon.Closed(lemma) || utf8.RuneCountInString(lemma) < 2 {
				continue
			}
			seen[lemma] = true
			if n == last+1 {
				words[len(words)-1] += " " + wording.Clean(t.Text)
			} else {
				words = append(words, wording.Clean(t.Text))
			}
			last = n
		}
	}
	if len(words) > 0 {
		return strings.Join(words[:min(len(words), 3)], ", ")
	}
	for _, c := range claims[:2] {
		tokens := b.tokens(c)
		if i := slices.IndexFunc(tokens, thing); i >= 0 {
			words = append(words, wording.Clean(tokens[i].Text))
		}
	}
	if len(words) > 0 {
		return strings.Join(words, " / ")
	}
	return wording.Clean(b.v.Rows[b.rowOf[pairs[0]]].Topic)
}

// thing reports whether a token names a thing.
func thing(t syntax.Token) bool { return t.UPOS == "NOUN" || t.UPOS == "PROPN" }

// tokens lists the tokens of a claim; none where the statement was not
// analysed.
func (b *builder) tokens(c int) []syntax.Token {
	cl, d := b.v.Claims[c], b.v.Document(c)
	if cl.Sentence >= len(d.Sentences) {
		return nil
	}
	all := d.Sentences[cl.Sentence].Tokens
	return all[min(cl.FirstToken, len(all)):min(cl.LastToken, len(all))]
}

// both sets the claims of a pair beside each other, with the reason.
func (b *builder) both(i int) string {
	p := b.v.Pairs[i]
	text := fmt.Sprintf("%s – %s: %s", b.cite(p.A), b.cite(p.B), wording.Phrase(p.Kind))
	if x, y, ok := telling(b.v, p); ok {
		text += fmt.Sprintf(" (%s – %s)", wording.Quoted(x), wording.Quoted(y))
	}
	return text + "."
}

// caution says how sure a pair is, if it is not sure.
func caution(p compare.Pair) string {
	if sureness(p) >= sureScore {
		return ""
	}
	return "(score " + wording.Score(p.Score) + ")"
}

// sureness is the score of a pair, or 1 if a person decided about it.
func sureness(p compare.Pair) float64 {
	if p.Decided != nil && p.Decided.By == compare.Person {
		return 1
	}
	return p.Score
}

// telling are the words of a pair's claims in which its kind shows.
func telling(v *wording.Report, p compare.Pair) (a, b string, ok bool) {
	for _, e := range p.Evidence {
		if e.What != string(p.Kind) && !(p.Kind == compare.Quantity && e.What == "number") && !(p.Kind == compare.Naming && e.What == "name") {
			continue
		}
		x, y := wording.Clean(e.A), wording.Clean(e.B)
		few := func(s string) bool { n := len(strings.Fields(s)); return n > 0 && n <= 6 }
		if few(x) && few(y) && !holds(x, y) && !holds(y, x) && inside(v.Claims[p.A].Text, x) && inside(v.Claims[p.B].Text, y) {
			return x, y, true
		}
	}
	return "", "", false
}

// holds reports whether a text has all words of another: "19 June" holds
// "June", and so does not stand against it.
func holds(text, words string) bool {
	all := strings.Fields(strings.ToLower(text))
	for _, w := range strings.Fields(strings.ToLower(words)) {
		if !slices.Contains(all, w) {
			return false
		}
	}
	return true
}

// inside reports whether words are a proper part of a text.
func inside(text, words string) bool {
	text = wording.Clean(text)
	return len(words) < len(text) && strings.Contains(strings.ToLower(text), strings.ToLower(words))
}

// aloneOf lists claims of a source that meet no claim of another party, that
// a reader would miss.
func (b *builder) aloneOf(source int) []int {
	lonely := map[int]bool{}
	for _, c := range b.v.Alone {
		lonely[c] = true
	}
	about := map[string]bool{} // the things that the points are about
	for _, p := range b.points {
		for _, t := range slices.Concat(b.tokens(b.v.Pairs[p.lead].A), b.tokens(b.v.Pairs[p.lead].B)) {
			if t.UPOS == "NOUN" || t.UPOS == "PROPN" {
				about[strings.ToLower(t.Lemma)] = true
			}
		}
	}
	value := func(c int) float64 {
		cl := b.v.Claims[c]
		x := cl.TypeProbability
		if len(wording.Quantities(cl.Claim)) > 0 || cl.Time != "" {
			x += 0.5
		}
		if slices.ContainsFunc(b.tokens(c), func(t syntax.Token) bool { return about[strings.ToLower(t.Lemma)] }) {
			x++
		}
		return x
	}
	all := slices.DeleteFunc(b.claims(source), func(c int) bool {
		cl := b.v.Claims[c]
		return !lonely[c] || cl.Type != nlp.Fact && cl.Type != nlp.Accusation || cl.Certainty == nlp.Hypothetical || !standsAlone(b.v, c)
	})
	slices.SortStableFunc(all, func(x, y int) int { return cmp.Compare(value(y), value(x)) })
	var out []int
	for _, c := range all {
		if !b.overlaps(c, out) {
			out = append(out, c)
		}
	}
	return out
}

func alone(b *builder, about []int) []Content {
	var out []Content
	for _, i := range about {
		all := b.aloneOf(i)
		for _, c := range all[:min(len(all), 3)] {
			out = append(out, Content{
				Text:  fmt.Sprintf("Only Source %s says: %s.", b.sources[i].Letter, b.cite(c)),
				Check: "that no other source says so in other words",
			})
		}
	}
	return out
}

// check says what would settle a claim of this sort.
func check(c nlp.Claim) string {
	if c.Source != "" {
		return "ask the one who is quoted, and compare the full words"
	}
	for _, v := range c.Values {
		switch v.Kind {
		case values.Number, values.Percent, values.Quantity, values.Money, values.Frequency:
			return "a number: who counted, when and how? Look for the record it was taken from"
		case values.Time, values.Date, values.Duration:
			return "a time: logs, recordings, messages with a time on them"
		case values.Ordinal:
		}
	}
	if c.Type == nlp.Legal {
		return "the text of the law, treaty or ruling itself"
	}
	if c.Place != "" {
		return "a place: maps, pictures, people who were there"
	}
	return "witnesses or documents that depend on no party"
}

func checkable(b *builder, about []int) []Content {
	var out []Content
	for _, i := range about {
		n := 0
		for _, c := range b.says(i) {
			cl := b.v.Claims[c]
			if (cl.Type == nlp.Fact || cl.Type == nlp.Legal || cl.Type == nlp.Accusation) && cl.Certainty != nlp.Hypothetical && n < 3 {
				out = append(out, Content{Text: fmt.Sprintf("Can be checked: %s – %s.", b.cite(c), check(cl.Claim))})
				n++
			}
		}
	}
	return out
}

func uncheckable(b *builder, about []int) []Content {
	why := map[nlp.Type]string{nlp.Evaluation: "a judgement", nlp.Prediction: "it has not happened yet"}
	var out []Content
	for _, i := range about {
		n := 0
		for _, c := range b.claims(i) {
			cl := b.v.Claims[c]
			if w := why[cl.Type]; w != "" && cl.TypeProbability >= sureType && n < 2 && standsAlone(b.v, c) {
				out = append(out, Content{Text: fmt.Sprintf("Cannot be checked: %s – %s.", b.cite(c), w)})
				n++
			}
		}
	}
	return out
}

func balance(b *builder, about []int) []Content {
	var out []Content
	for _, r := range []compare.Relation{compare.Agree, compare.Conflict, compare.Framing} {
		var topics []string
		for _, i := range b.shared(about, r) {
			p := b.v.Pairs[i]
			x, y := b.sources[sourceOf(b.v, b.sources, p.A)], b.sources[sourceOf(b.v, b.sources, p.B)]
			topics = append(topics, fmt.Sprintf("%s (%s; %s)", b.topic([]int{i}),
				x.ref(b.v.Claims[p.A].Start, b.v.Claims[p.A].End), y.ref(b.v.Claims[p.B].Start, b.v.Claims[p.B].End)))
		}
		if len(topics) == 0 {
			continue
		}
		head := map[compare.Relation]string{compare.Agree: "agree", compare.Conflict: "conflict", compare.Framing: "differ in words only"}[r]
		out = append(out, Content{Text: fmt.Sprintf("Sources %s on %s: %s.", head, wording.Count(len(topics), "point"), strings.Join(topics[:min(len(topics), 8)], "; "))})
	}
	return append(out, Content{Text: "No marks for saying which party is right without weighing; the comparison does not say it either."})
}

func reasons(b *builder, about []int) []Content {
	var out []Content
	kinds := map[string]bool{}
	for _, i := range b.shared(about, compare.Conflict) {
		p := b.v.Pairs[i]
		x, y := b.sources[sourceOf(b.v, b.sources, p.A)], b.sources[sourceOf(b.v, b.sources, p.B)]
		key := fmt.Sprintf("Sources %s and %s: %s", x.Letter, y.Letter, wording.Phrase(p.Kind))
		if !kinds[key] && len(kinds) < mostContent {
			kinds[key] = true
			out = append(out, Content{Text: fmt.Sprintf("%s (%s; %s).", key, x.ref(b.v.Claims[p.A].Start, b.v.Claims[p.A].End), y.ref(b.v.Claims[p.B].Start, b.v.Claims[p.B].End)), Check: caution(p)})
		}
	}
	if len(out) > 0 {
		out = append(out, Content{Text: "Reasons to weigh: what each party stands to lose, what it could see or count, when it spoke, and to whom."})
	}
	return out
}

func statement(b *builder, _ []int) []Content {
	if b.claim < 0 {
		return nil
	}
	heads := map[compare.Relation]string{compare.Agree: "Supports it", compare.Conflict: "Speaks against it", compare.Framing: "Says it in other words"}
	out := []Content{{Text: "The statement: " + b.cite(b.claim) + "."}}
	for _, i := range b.pairsOf(b.claim) {
		p := b.v.Pairs[i]
		other := p.A
		if other == b.claim {
			other = p.B
		}
		out = append(out, Content{Text: heads[p.Relation] + ": " + b.cite(other) + " – " + wording.Phrase(p.Kind) + ".", Check: caution(p)})
	}
	return out
}

// dependent are words that tie what they begin to what stands before it.
var dependent = set("it its he his him she her they their them this that these those which who whom whose what where when " +
	"we our us i my you your there and or but nor as while because if although though since so than to with by in for of from at on")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// standsAlone reports whether a claim can be read out of its sentence.
func standsAlone(v *wording.Report, c int) bool {
	cl := v.Claims[c]
	words := strings.Fields(cl.Text)
	if len(words) < 4 || len(words) > 32 {
		return false
	}
	first := strings.Trim(strings.ToLower(words[0]), "“”\"'‘’(,")
	if dependent[first] {
		return false
	}
	return clause(v, c)
}

// clause reports whether a claim has a subject and a verb with a time.
func clause(v *wording.Report, c int) bool {
	cl, d := v.Claims[c], v.Document(c)
	if cl.Head < 0 || cl.Sentence >= len(d.Sentences) || cl.Head >= len(d.Sentences[cl.Sentence].Tokens) {
		return len(d.Sentences) == 0 // a document without analysis
	}
	verb, subject := false, false
	tokens := d.Sentences[cl.Sentence].Tokens
	for _, t := range tokens[min(cl.FirstToken, len(tokens)):min(cl.LastToken, len(tokens))] {
		switch t.XPOS {
		case "VBD", "VBZ", "VBP", "MD": // a verb with a time
			verb = true
		}
		subject = subject || t.Head == cl.Head && (t.Rel == "nsubj" || t.Rel == "csubj" || t.Rel == "expl")
	}
	return verb && subject
}

// torn reports whether a claim begins in the middle of its sentence: with a
// word that joins it to what stands before, and without a clause of its own.
func torn(v *wording.Report, c int) bool {
	first, _, _ := strings.Cut(strings.ToLower(wording.Clean(v.Claims[c].Text)), " ")
	return dependent[first] && pronouns(first) == 0 && !firstPerson(first) && !clause(v, c)
}

// asked reports whether a claim is part of a question: a party that asks does
// not say so. What a person decided about stays.
func asked(v *wording.Report, c int) bool {
	cl, d := v.Claims[c], v.Document(c)
	if cl.Decided != nil && cl.Decided.By == compare.Person || cl.Sentence >= len(d.Sentences) {
		return false
	}
	q := d.Sentences[cl.Sentence]
	return strings.HasSuffix(strings.TrimRight(d.Text[q.Start:q.End], " \t\n\"'”’)"), "?")
}

// pronouns counts the words of a text that need what stands before it.
func pronouns(text string) int {
	n := 0
	for _, w := range strings.Fields(strings.ToLower(text)) {
		switch strings.Trim(w, ",.;:“”\"'‘’()") {
		case "it", "its", "he", "him", "his", "she", "her", "they", "them", "their", "this", "these", "those":
			n++
		}
	}
	return n
}

// firstPerson reports whether a text speaks of its speaker.
func firstPerson(text string) bool {
	for _, w := range strings.Fields(strings.ToLower(text)) {
		switch strings.Trim(w, ",.;:“”\"'‘’()") {
		case "we", "our", "ours", "us", "i", "my", "me", "mine", "ourselves":
			return true
		}
	}
	return false
}
