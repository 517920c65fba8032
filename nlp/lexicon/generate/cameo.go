package main

import (
	"regexp"
	"strings"
)

var (
	cameoBlock = regexp.MustCompile(`^---\s+\S+\s+\[([0-9:]+|---)\]`)
	cameoVerb  = regexp.MustCompile(`^(\+?[A-Z][A-Z_+'-]*)\s*(?:\{[^}]*\})?\s*(?:\[([0-9:]+|---)\])?`)
)

// cameoPattern is a pattern with its code and the verbs that it was seen with.
var cameoPattern = regexp.MustCompile(`^-.*\[([0-9]{3,4})[0-9:]*\]\s*#\s*(.*)$`)

// readCameoVerbs reads the verbs of a PETRARCH dictionary: verb -> CAMEO code,
// its own or, failing that, that of its block. A verb that has neither gets
// the root category (two digits) of most of the patterns it was seen with, if
// it was seen with at least three and most of them agree.
func readCameoVerbs(path string) (map[string]string, error) {
	verbs := map[string]string{}
	seen := map[string]map[string]int{} // verb -> root category -> patterns
	code, inside := "", false
	err := eachLine(path, func(line string) error {
		line = strings.TrimRight(line, " \t\r")
		if m := cameoBlock.FindStringSubmatch(line); m != nil {
			code, inside = m[1], true
			return nil
		}
		if !inside || line == "" {
			return nil
		}
		if line[0] == '-' {
			if m := cameoPattern.FindStringSubmatch(line); m != nil {
				for _, v := range strings.Split(m[2], ",") {
					v = cameoName(strings.TrimSpace(v))
					if seen[v] == nil {
						seen[v] = map[string]int{}
					}
					seen[v][m[1][:2]]++
				}
			}
			return nil
		}
		if strings.HasPrefix(line, "~") {
			inside = false
			return nil
		}
		line, _, _ = strings.Cut(line, "#")
		m := cameoVerb.FindStringSubmatch(line)
		if m == nil {
			return nil
		}
		own := m[2]
		if own == "" {
			own = code
		}
		if strings.HasPrefix(own, "-") {
			return nil
		}
		own, _, _ = strings.Cut(own, ":") // the code of the first of two actors
		if verb := cameoName(m[1]); verbs[verb] == "" {
			verbs[verb] = own
		}
		return nil
	})
	for verb, roots := range seen {
		all, most, best := 0, 0, ""
		for root, n := range roots {
			all += n
			if n > most || n == most && root < best {
				most, best = n, root
			}
		}
		if verbs[verb] == "" && all >= 3 && 2*most > all {
			verbs[verb] = best
		}
	}
	return verbs, err
}

func cameoName(s string) string {
	return strings.ToLower(strings.ReplaceAll(strings.Trim(s, "+_"), "_", " "))
}

// actor is a named block of an actor dictionary: all names, with the code of
// the block.
type actor struct {
	name, code string
	head       string // first name of the block
}

var actorCode = regexp.MustCompile(`\[([A-Z~]+)[^\]]*\]`)

// readActors reads names with the first code of their block that stands
// without dates, or failing that the last.
func readActors(path string) ([]actor, error) {
	var out []actor
	var block []string
	var codes []string
	flush := func() {
		if len(block) > 0 && len(codes) > 0 {
			code := codes[len(codes)-1]
			for _, n := range block {
				out = append(out, actor{n, code, block[0]})
			}
		}
		block, codes = nil, nil
	}
	err := eachLine(path, func(line string) error {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimRight(line, " \t\r")
		if line == "" || line[0] == '!' || line[0] == '&' {
			return nil
		}
		name, _, _ := strings.Cut(line, "[")
		if line[0] == '\t' || line[0] == ' ' {
			name = ""
		} else if line[0] != '+' && line[0] != '[' {
			flush()
		}
		for _, m := range actorCode.FindAllStringSubmatch(line, -1) {
			codes = append(codes, m[1])
		}
		name = strings.Trim(strings.ReplaceAll(name, "_", " "), "+ \t;")
		if name != "" {
			block = append(block, strings.ToLower(name))
		}
		return nil
	})
	flush()
	return out, err
}
