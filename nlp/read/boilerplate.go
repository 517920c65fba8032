package read

import (
	"regexp"
	"strings"
	"unicode"
)

// The headings of boilerplate. Source: common practice of press releases and
// of filings with courts and stock exchanges (safe-harbour statements under
// the Private Securities Litigation Reform Act, certificates of service under
// the Federal Rules of Civil Procedure, signature pages of SEC forms).
var (
	aboutHead    = regexp.MustCompile(`^(?i:about)\s+(?:(?i:the)\s+)?([\p{Lu}\d][^.!?;]{0,80}?)\s*[:.]?$`)
	contactHead  = regexp.MustCompile(`(?i)^((press|media|investors?|public|public relations|general|further|all)( and (press|media|investors?|analysts?))? )*(contacts?|relations|enquir(y|ies)|inquir(y|ies)|information|office|details)( (details|information|for (the )?(press|media|investors)))?\s*:?$|^for (more|further|additional)? ?(information|details|enquiries|inquiries)\b[^.!?]{0,60}$`)
	lawyerHead   = regexp.MustCompile(`(?i)^((cautionary|safe[- ]harbou?r|legal) (statements?|notes?|notice|language|disclaimer)\b.{0,90}|(cautionary .{0,40})?(note |information |statement )?(regarding|on|about|concerning)? ?forward[- ]looking (statements?|information)|(legal )?disclaimers?|copyright( notice)?|certificate of (service|mailing|compliance|word count)|proof of service)\s*[:.]?$`)
	numberedHead = regexp.MustCompile(`(?i)^(item|section|article|part|chapter)\s+([0-9]+|[ivx]+)(\.[0-9]+)*\b`)
	signHead     = regexp.MustCompile(`(?i)^(signatures?|signature page|verification)\s*:?$`)
	reach        = regexp.MustCompile(`[\w.+-]+@[\w-]+\.[\w.-]+|\+\d[\d ().\-–]{6,}\d|\(\d{2,5}\)\s?\d[\d .\-–]{4,}\d|\b\d{3,5}[ .\-–]\d{3,4}([ .\-–]\d{2,5})?\b|(?i:\b(https?://|www\.)\S+)`)
	askUs        = regexp.MustCompile(`(?i)\b(contact|call|e-?mail|write to|visit|telephone|phone|reach|(more|further) (information|details)|enquiries|inquiries)\b`)
)

// partWords are the words with which the headings above begin: to look at the
// first word is quicker than to match.
var partWords = words(`about press media investor investors public general further all contact contacts relations enquiry enquiries inquiry inquiries
 information office details for more cautionary safe safe-harbor safe-harbour legal note statement regarding on concerning forward forward-looking
 disclaimer disclaimers copyright certificate proof signature signatures verification item section article part chapter`)

// maxBoilerplate is the most blocks of text below a heading of boilerplate;
// more is a chapter.
const maxBoilerplate = 6

// markBoilerplate names the parts of a document that say nothing of its
// matter: what is below a heading such as "About Norrland Ferries" at the end
// of a press release, or below "Forward-looking statements"; and whom to ask,
// which belongs to the signature. A heading alone is no witness: the text
// below "About X" must speak of X, and the part must be short.
func markBoilerplate(drafts []draft, body int) {
	end := len(drafts) // of the part whose heading is looked for
	tail := true       // nothing of the matter is below
	prose, address := 0, false
	for i := len(drafts) - 1; i > body; i-- {
		d := &drafts[i]
		kind := Kind("")
		switch part := drafts[i:end]; {
		case d.kind == Footnote && end == i+1:
			end = i
			continue
		case tail && d.runsIn():
			kind = Boilerplate
		case tail && d.asksUs():
			kind = Signature
		case !d.headsPart(drafts[i+1:end], prose > 0):
			if d.isText() {
				prose++
			}
			tail = tail && prose <= maxBoilerplate
			address = address || tail && reach.MatchString(d.text)
			continue
		case prose > maxBoilerplate || len(part) < 2:
		case lawyerHead.MatchString(d.text), tail && d.isAbout(part[1:]):
			kind = Boilerplate
		case tail && (signHead.MatchString(d.text) || address && contactHead.MatchString(d.text)):
			kind = Signature
		}
		for j := i; j < end && kind != ""; j++ {
			if p := &drafts[j]; p.kind == "" && !p.isEnd() {
				p.kind = kind
			}
		}
		tail = tail && kind != ""
		end, prose, address = i, 0, false
	}
}

// isText reports a block of sentences.
func (d *draft) isText() bool {
	return !d.short() || d.isSentence() || d.terminal() && d.words() >= 4
}

// headsPart reports a line that may stand over a part; prose says that there
// are sentences below.
func (d *draft) headsPart(below []draft, prose bool) bool {
	if d.kind != "" || !d.short() || d.words() > 14 || d.bullet || d.columns {
		return false
	}
	if d.level > 0 || prose && (d.bold || isCaps(d.text) && d.gap) {
		return true
	}
	if prose && d.gap && len(below) > 0 && below[0].isText() && d.isHeading(below, false, false) {
		return true
	}
	first, _, _ := strings.Cut(d.text, " ")
	if !partWords[strings.ToLower(strings.Trim(first, ":."))] {
		return false
	}
	named := numberedHead.MatchString(d.text) || aboutHead.MatchString(d.text) || contactHead.MatchString(d.text) || lawyerHead.MatchString(d.text) || signHead.MatchString(d.text)
	return named && !d.isSentence()
}

// runsIn reports a paragraph that begins with its heading: "About Norrland
// Ferries: Norrland ...".
func (d *draft) runsIn() bool {
	if d.kind != "" || d.bullet || d.marker != "" || d.level > 0 || d.quote {
		return false
	}
	head, rest, ok := strings.Cut(d.text, ":")
	if !ok || len(head) > 80 || !hasWord(rest) {
		return false
	}
	if lawyerHead.MatchString(head) {
		return true
	}
	m := aboutHead.FindStringSubmatch(head)
	return m != nil && speaksOf(rest, m[1])
}

// asksUs reports a line that says how somebody can be reached.
func (d *draft) asksUs() bool {
	return d.kind == "" && d.short() && !d.bullet && d.marker == "" && d.level == 0 && !d.quote && reach.MatchString(d.text) && askUs.MatchString(d.text)
}

// isAbout reports a heading "About X" over a text that speaks of X.
func (d *draft) isAbout(below []draft) bool {
	m := aboutHead.FindStringSubmatch(d.text)
	if m == nil {
		return false
	}
	for i := range below {
		if !below[i].isEnd() && below[i].kind != Rule {
			return speaksOf(below[i].text, m[1])
		}
	}
	return false
}

// speaksOf reports a text whose first words hold a name, or a word of it that
// begins with a capital.
func speaksOf(text, name string) bool {
	const first = 160
	text = strings.ToLower(text[:min(len(text), first)])
	for _, word := range strings.Fields(name) {
		word = strings.Trim(word, `.,;:!?"'“”‘’()`)
		if r := []rune(word); len(r) > 2 && unicode.IsUpper(r[0]) && strings.Contains(text, strings.ToLower(word)) {
			return true
		}
	}
	return false
}
