package corpus

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// pattern reads metadata from the path of a file: "{party}/{date}-{title}".
type pattern struct {
	text   string
	re     *regexp.Regexp // nil if there is no pattern
	fields []string
}

var placeholder = regexp.MustCompile(`\{([a-z]+)\}`)

// parsePattern compiles a pattern. It is matched against the path of a file in
// the corpus, without its ending; a placeholder takes as little as it can, and
// no slash.
func parsePattern(text string) (*pattern, error) {
	p := &pattern{text: text}
	if text == "" {
		return p, nil
	}
	var b strings.Builder
	b.WriteString("^")
	at := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(regexp.QuoteMeta(text[at:m[0]]))
		at = m[1]
		field := text[m[2]:m[3]]
		switch {
		case !known(field) || field == "text" || field == "path":
			return nil, fmt.Errorf("unknown {%s} in the pattern %q; known are {party}, {date}, {case}, {id}, {title}, {address}", field, text)
		case p.has(field):
			return nil, fmt.Errorf("{%s} stands twice in the pattern %q; name it once", field, text)
		case field == "date":
			b.WriteString(`(\d{4}-\d{2}-\d{2}|\d{8})`)
		default:
			b.WriteString(`([^/]+?)`)
		}
		p.fields = append(p.fields, field)
	}
	if len(p.fields) == 0 {
		return nil, fmt.Errorf("no placeholder in the pattern %q; write one such as {party}-{date}", text)
	}
	b.WriteString(regexp.QuoteMeta(text[at:]) + "$")
	var err error
	p.re, err = regexp.Compile(b.String())
	return p, err
}

func (p *pattern) has(field string) bool {
	for _, f := range p.fields {
		if f == field {
			return true
		}
	}
	return false
}

// match reads the fields of a path.
func (p *pattern) match(name string) (map[string]string, error) {
	fields := map[string]string{}
	if p.re == nil {
		return fields, nil
	}
	m := p.re.FindStringSubmatch(strings.TrimSuffix(name, path.Ext(name)))
	if m == nil {
		return nil, fmt.Errorf("the path does not fit the pattern %q; rename the file, or leave it out of the folder", p.text)
	}
	for i, field := range p.fields {
		fields[field] = m[i+1]
	}
	return fields, nil
}
