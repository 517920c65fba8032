package quiz

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"counterclaim/reports/internal/archive"
	"counterclaim/reports/internal/markup"
	"counterclaim/reports/wording"
)

// Names of QTI 3.0.1: namespaces, schemas and templates of response
// processing, as the examples of 1EdTech use them.
const (
	qtiNS       = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
	qtiSchema   = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0p1_v1p0.xsd"
	qtiTemplate = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/"
	packNS      = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
	packSchema  = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd"
	schemaNS    = "http://www.w3.org/2001/XMLSchema-instance"
)

// writeQTI writes a package: a manifest, a test, an item for each question
// and a stimulus for each text.
func writeQTI(w io.Writer, q Quiz) error {
	files := []archive.File{{Name: "imsmanifest.xml", Data: qtiManifest(q)}, {Name: "test.xml", Data: qtiTest(q)}}
	for n, t := range q.Texts {
		files = append(files, archive.File{Name: textFile(n), Data: qtiText(n, t)})
	}
	for n, i := range q.Items {
		files = append(files, archive.File{Name: itemFile(n), Data: qtiItem(n, i, q.Texts)})
	}
	return archive.Write(w, files...)
}

func itemID(n int) string   { return fmt.Sprintf("item-%02d", n+1) }
func textID(n int) string   { return fmt.Sprintf("text-%02d", n+1) }
func itemFile(n int) string { return "items/" + itemID(n) + ".xml" }
func textFile(n int) string { return "texts/" + textID(n) + ".xml" }

func qtiManifest(q Quiz) []byte {
	m := markup.New()
	m.Open("manifest", "xmlns", packNS, "xmlns:xsi", schemaNS, "xsi:schemaLocation", packNS+" "+packSchema, "identifier", "quiz")
	m.Open("metadata")
	m.Element("schema", "QTI Package")
	m.Element("schemaversion", "3.0.1")
	m.Close()
	m.Empty("organizations")
	m.Open("resources")
	resource := func(id, typ, file string, depends ...string) {
		m.Open("resource", "identifier", id, "type", typ, "href", file)
		m.Empty("file", "href", file)
		for _, d := range depends {
			m.Empty("dependency", "identifierref", d)
		}
		m.Close()
		m.Line()
	}
	var items, texts []string
	for n := range q.Items {
		items = append(items, itemID(n))
	}
	for n := range q.Texts {
		texts = append(texts, textID(n))
	}
	resource("test", "imsqti_test_xmlv3p0", "test.xml", items...)
	for n := range q.Texts {
		resource(textID(n), "imsqti_stimulus_xmlv3p0", textFile(n))
	}
	for n := range q.Items {
		resource(itemID(n), "imsqti_item_xmlv3p0", itemFile(n), texts...)
	}
	return m.Bytes()
}

// openQTI opens the root of a file.
func openQTI(m *markup.Writer, name, id, title string, attrs ...string) {
	m.Open(name, append([]string{"xmlns", qtiNS, "xmlns:xsi", schemaNS, "xsi:schemaLocation", qtiNS + " " + qtiSchema,
		"identifier", id, "title", wording.Clean(title)}, attrs...)...)
}

func qtiTest(q Quiz) []byte {
	m := markup.New()
	openQTI(m, "qti-assessment-test", "test", q.Title)
	m.Open("qti-test-part", "identifier", "part", "navigation-mode", "nonlinear", "submission-mode", "simultaneous")
	m.Open("qti-assessment-section", "identifier", "section", "title", wording.Clean(q.Title), "visible", "true")
	for n := range q.Items {
		m.Empty("qti-assessment-item-ref", "identifier", itemID(n), "href", itemFile(n))
		m.Line()
	}
	return m.Bytes()
}

func qtiText(n int, t Text) []byte {
	m := markup.New()
	openQTI(m, "qti-assessment-stimulus", textID(n), t.Title, "xml:lang", "en")
	m.Open("qti-stimulus-body")
	m.Element("h2", wording.Clean(t.Title))
	m.Open("p")
	m.Element("em", wording.Clean(t.Intro))
	m.Close()
	m.Open("ol")
	for _, l := range t.Lines {
		m.Element("li", wording.Clean(l))
		m.Line()
	}
	return m.Bytes()
}

const response = "RESPONSE"

func qtiItem(n int, i Item, texts []Text) []byte {
	m := markup.New()
	openQTI(m, "qti-assessment-item", itemID(n), i.Name, "adaptive", "false", "time-dependent", "false", "xml:lang", "en")
	m.Line()
	template := qtiAnswer(m, i)
	for _, o := range []struct {
		id, external string
		value        int
	}{{"SCORE", map[bool]string{true: "human"}[i.Kind == Essay], 0}, {"MAXSCORE", "", i.Marks}} {
		m.Open("qti-outcome-declaration", "identifier", o.id, "cardinality", "single", "base-type", "float", "external-scored", o.external)
		m.Open("qti-default-value")
		m.Element("qti-value", strconv.Itoa(o.value))
		m.Close()
		m.Close()
	}
	m.Line()
	for n, t := range texts {
		m.Empty("qti-assessment-stimulus-ref", "identifier", textID(n), "href", "../"+textFile(n), "title", wording.Clean(t.Title))
	}
	m.Line()
	m.Open("qti-item-body")
	qtiInteraction(m, i)
	if i.Kind == Essay { // not for the others: not every player hides what is for the scorer
		m.Open("qti-rubric-block", "use", "scoring", "view", "scorer")
		m.Open("qti-content-body")
		qtiParagraphs(m, i.Grader)
		m.Close()
		m.Close()
	}
	m.Close()
	m.Line()
	if template != "" {
		m.Empty("qti-response-processing", "template", qtiTemplate+template+".xml")
	}
	return m.Bytes()
}

// qtiAnswer declares the right answer, and names the template by which an
// answer is marked.
func qtiAnswer(m *markup.Writer, i Item) (template string) {
	declare := func(cardinality, base string, values ...string) {
		m.Open("qti-response-declaration", "identifier", response, "cardinality", cardinality, "base-type", base)
		if len(values) == 0 {
			return
		}
		m.Open("qti-correct-response")
		for _, v := range values {
			m.Element("qti-value", v)
		}
		m.Close()
	}
	entry := func(key string, attrs ...string) {
		m.Empty("qti-map-entry", append([]string{"map-key", key, "mapped-value", "1"}, attrs...)...)
	}
	defer m.Close()
	switch i.Kind {
	case Match:
		var pairs []string
		for l, r := range i.Answers {
			pairs = append(pairs, "L"+strconv.Itoa(l+1)+" R"+strconv.Itoa(r+1))
		}
		declare("multiple", "directedPair", pairs...)
		m.Open("qti-mapping", "default-value", "0")
		for _, p := range pairs {
			entry(p)
		}
		m.Close()
		return "map_response"
	case TrueFalse:
		declare("single", "identifier", map[bool]string{true: "C1", false: "C2"}[i.True])
		return "match_correct"
	case Choice:
		declare("single", "identifier", "C"+strconv.Itoa(i.Correct+1))
		return "match_correct"
	case Short:
		var accepted []string
		for _, a := range i.Accepted {
			accepted = append(accepted, wording.Clean(a))
		}
		declare("single", "string", accepted[0])
		m.Open("qti-mapping", "default-value", "0")
		for _, a := range accepted {
			entry(a, "case-sensitive", "false")
		}
		m.Close()
		return "map_response"
	case Highlight:
		var words []string
		for n, w := range i.Passage {
			if w.Target {
				words = append(words, "W"+strconv.Itoa(n+1))
			}
		}
		declare("multiple", "identifier", words...)
		return "match_correct"
	case Essay:
		declare("single", "string")
	}
	return ""
}

func qtiInteraction(m *markup.Writer, i Item) {
	choices := func(options ...string) {
		m.Open("qti-choice-interaction", "response-identifier", response, "shuffle", "false", "max-choices", "1")
		m.Element("qti-prompt", wording.Clean(i.Prompt))
		for n, o := range options {
			m.Element("qti-simple-choice", wording.Clean(o), "identifier", "C"+strconv.Itoa(n+1))
		}
		m.Close()
	}
	switch i.Kind {
	case Match:
		m.Open("qti-match-interaction", "response-identifier", response, "shuffle", "false", "max-associations", strconv.Itoa(len(i.Left)))
		m.Element("qti-prompt", wording.Clean(i.Prompt))
		for _, set := range []struct {
			prefix string
			texts  []string
		}{{"L", i.Left}, {"R", i.Right}} {
			m.Open("qti-simple-match-set")
			for n, t := range set.texts {
				m.Element("qti-simple-associable-choice", wording.Clean(t), "identifier", set.prefix+strconv.Itoa(n+1), "match-max", "1")
			}
			m.Close()
		}
		m.Close()
	case TrueFalse:
		choices("True", "False")
	case Choice:
		choices(i.Options...)
	case Short:
		qtiParagraphs(m, i.Prompt)
		m.Open("p")
		m.Empty("qti-text-entry-interaction", "response-identifier", response, "expected-length", "40")
		m.Close()
	case Highlight:
		m.Open("qti-hottext-interaction", "response-identifier", response, "max-choices", "0")
		m.Element("qti-prompt", wording.Clean(i.Prompt))
		m.Open("p")
		for n, w := range i.Passage {
			if n > 0 {
				m.Text(" ")
			}
			m.Element("qti-hottext", wording.Clean(w.Text), "identifier", "W"+strconv.Itoa(n+1))
		}
		m.Close()
		m.Close()
	case Essay:
		qtiParagraphs(m, i.Prompt)
		m.Empty("qti-extended-text-interaction", "response-identifier", response, "expected-lines", strconv.Itoa(max(5, i.Space)))
	}
}

func qtiParagraphs(m *markup.Writer, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		if line = wording.Clean(line); line != "" {
			m.Element("p", line)
		}
	}
}
