package exchange

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"counterclaim/nlp"
	"counterclaim/nlp/entities"
	"counterclaim/reports/internal/archive"
	"counterclaim/reports/wording"
)

// WriteBrat writes a zip archive of brat standoff: for every statement its
// text and its claims and names (velmora-1.txt, velmora-1.ann), the
// configuration that a brat server needs, the pairs in a table beside it,
// since brat has no links between documents, and a note that says what counts.
func WriteBrat(w io.Writer, v *wording.Report, p wording.Provenance) error {
	var files []archive.File
	add := func(name, text string) { files = append(files, archive.File{Name: name, Data: []byte(text)}) }
	add("README.txt", fmt.Sprintf("%s: statements compared, in brat standoff.\n\n%s\n\nMade by %s.\nOffsets: %s.\n"+
		"pairs.tsv names claims by document and id, since brat has no links between documents.\n", v.Title(), wording.NoVerdict, p, OffsetUnit))
	add("annotation.conf", bratConfiguration())
	names := make([]string, len(v.Claims)) // by claim: document and id
	for i, party := range v.Case.Parties {
		for j, d := range party.Statements {
			base := fmt.Sprintf("%s-%d", party.ID, j+1)
			var ann strings.Builder
			b := bratDocument{out: &ann, text: exact(d.Text), at: newOffsets(d.Text), seen: make(map[string]bool)}
			for c, cl := range v.Claims {
				if cl.Party == i && cl.Statement == j {
					names[c] = base + "\t" + b.claim(v, c)
				}
			}
			add(base+".txt", b.text)
			add(base+".ann", ann.String())
		}
	}
	var pairs strings.Builder
	pairs.WriteString("document_a\tid_a\tdocument_b\tid_b\trelation\tkind\tscore\treason\n")
	for _, pair := range v.Pairs {
		fmt.Fprintf(&pairs, "%s\t%s\t%s\t%s\t%v\t%s\n", names[pair.A], names[pair.B], pair.Relation, pair.Kind, wording.Round4(pair.Score), oneLine(v.Reason(pair)))
	}
	add("pairs.tsv", pairs.String())
	return archive.Write(w, files...)
}

// bratDocument writes the annotations of one text.
type bratDocument struct {
	out   *strings.Builder
	text  string
	at    offsets
	n     int // text-bound annotations so far
	attrs int
	notes int
	seen  map[string]bool // names that are written
}

// claim writes a claim with its attributes and names, and returns its id.
func (b *bratDocument) claim(v *wording.Report, c int) string {
	cl := v.Claims[c]
	typ := "Claim"
	if cl.Type != "" {
		typ = bratName(string(cl.Type))
	}
	id := b.span(typ, cl.Start, cl.End)
	attr := func(name, value string) {
		if value != "" {
			b.attrs++
			fmt.Fprintf(b.out, "A%d\t%s %s %s\n", b.attrs, name, id, value)
		}
	}
	attr("Polarity", string(cl.Polarity))
	attr("Certainty", string(cl.Certainty))
	attr("Relation", relationsOf(v, c)[0])
	note := cl.ID
	if cl.Source != "" {
		note += "; source: " + oneLine(wording.Visible(cl.Source))
	}
	if s := wording.ReadBy(cl); s != "" {
		note += "; " + s
	}
	b.notes++
	fmt.Fprintf(b.out, "#%d\tAnnotatorNotes %s\t%s\n", b.notes, id, note)
	for _, e := range cl.Entities {
		key := fmt.Sprint(e.Start, " ", e.End, " ", e.Type)
		if e.Start >= 0 && e.Start < e.End && e.End <= len(b.at.text) && e.Type != "" && !b.seen[key] {
			b.seen[key] = true
			b.span(bratName(string(e.Type)), e.Start, e.End)
		}
	}
	return id
}

// span writes a text-bound annotation. Where a line ends inside it, it goes
// on in a fragment of its own, as brat asks for.
func (b *bratDocument) span(typ string, start, end int) string {
	b.n++
	id := fmt.Sprintf("T%d", b.n)
	var where, words []string
	for from := start; from < end; {
		to := end
		if i := strings.IndexByte(b.at.text[from:end], '\n'); i >= 0 {
			to = from + i
		}
		if from < to {
			where = append(where, fmt.Sprintf("%d %d", b.at.of(from), b.at.of(to)))
			words = append(words, exact(b.at.text[from:to]))
		}
		from = to + 1
	}
	if len(where) == 0 { // nothing but line breaks; brat knows no empty span
		where, words = []string{fmt.Sprintf("%d %d", b.at.of(start), b.at.of(end))}, []string{oneLine(b.at.text[start:end])}
	}
	fmt.Fprintf(b.out, "%s\t%s %s\t%s\n", id, typ, strings.Join(where, ";"), strings.Join(words, " "))
	return id
}

func bratName(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func bratConfiguration() string {
	var b strings.Builder
	b.WriteString("[entities]\n")
	for _, t := range nlp.Types {
		b.WriteString(bratName(string(t)) + "\n")
	}
	b.WriteString("Claim\n")
	for _, t := range []entities.Type{entities.Person, entities.Organization, entities.Place, entities.Event, entities.Document} {
		b.WriteString(bratName(string(t)) + "\n")
	}
	b.WriteString("\n[relations]\n\n[events]\n\n[attributes]\n")
	one := func(name string, values ...string) {
		b.WriteString(name + "\tArg:<ENTITY>, Value:" + strings.Join(values, "|") + "\n")
	}
	one("Polarity", string(nlp.Positive), string(nlp.Negative))
	one("Certainty", string(nlp.Certain), string(nlp.Probable), string(nlp.Possible), string(nlp.Hypothetical))
	var relations []string
	for _, r := range wording.Relations {
		relations = append(relations, string(r))
	}
	one("Relation", slices.Concat(relations, []string{Alone})...)
	return b.String()
}
