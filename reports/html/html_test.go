package html

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/nlp/read"
	"counterclaim/reports/internal/fixture"
	"counterclaim/reports/wording"
)

func render(t *testing.T, r *compare.Result) (string, *html.Node) {
	t.Helper()
	v, err := wording.New(r)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, v, Options{Provenance: wording.Provenance{Version: "v0.0.0-test"}}); err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), doc
}

func each(n *html.Node, f func(*html.Node)) {
	f(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, f)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func class(n *html.Node, name string) bool {
	return n.Type == html.ElementNode && slices.Contains(strings.Fields(attr(n, "class")), name)
}

func text(n *html.Node) string {
	var b strings.Builder
	each(n, func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	})
	return b.String()
}

var cases = map[string]func() *compare.Result{
	"ferry": fixture.Ferry, "hostile": fixture.Hostile, "silent": fixture.Silent,
	"many": func() *compare.Result { return fixture.Big(8, 200) },
}

// The page holds what the template puts there and nothing that a statement
// brought: no foreign element, no handler, no address, one script, one style.
func TestInert(t *testing.T) {
	known := strings.Fields("html head meta title style body a header p h1 h2 h3 h4 time ul ol li br nav main div section table caption thead tbody tfoot " +
		"tr th td svg rect dl dt dd span b figure figcaption g path pattern defs line circle text tspan form label input select option output button article blockquote hr details summary q code aside script")
	for name, make := range cases {
		t.Run(name, func(t *testing.T) {
			raw, doc := render(t, make())
			count := map[string]int{}
			each(doc, func(n *html.Node) {
				if n.Type == html.CommentNode {
					t.Errorf("comment %q", n.Data)
				}
				if n.Type != html.ElementNode {
					return
				}
				count[n.Data]++
				if !slices.Contains(known, n.Data) {
					t.Errorf("element <%s>", n.Data)
				}
				for _, a := range n.Attr {
					if strings.HasPrefix(a.Key, "on") || slices.Contains([]string{"style", "src", "action", "srcset", "formaction"}, a.Key) {
						t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
					}
					if a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
						t.Errorf("link to %q", a.Val)
					}
				}
			})
			for _, el := range []string{"script", "style"} {
				if count[el] != 1 {
					t.Errorf("%d elements <%s>", count[el], el)
				}
			}
			for _, c := range raw {
				if c < 0x20 && c != '\n' && c != '\t' || c >= 0x7F && c < 0xA0 || c >= 0x202A && c <= 0x202E {
					t.Fatalf("control character %U in the page", c)
				}
			}
		})
	}
}

// A browser allows the style and the script by the hashes of the policy.
func TestPolicy(t *testing.T) {
	_, doc := render(t, fixture.Ferry())
	var policy, style, script string
	each(doc, func(n *html.Node) {
		switch {
		case n.Data == "meta" && attr(n, "http-equiv") == "Content-Security-Policy":
			policy = attr(n, "content")
		case n.Type == html.ElementNode && n.Data == "style":
			style = text(n)
		case n.Type == html.ElementNode && n.Data == "script":
			script = text(n)
		}
	})
	for _, part := range []string{"default-src 'none'", "style-src '" + hash(style) + "'", "script-src '" + hash(script) + "'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("policy %q lacks %q", policy, part)
		}
	}
	if regexp.MustCompile(`url\(|@import|https?:`).MatchString(style + script) {
		t.Error("the style or the script fetches something")
	}
}

// Every id is unique and every link leads somewhere.
func TestLinks(t *testing.T) {
	for name, make := range cases {
		t.Run(name, func(t *testing.T) {
			_, doc := render(t, make())
			ids := map[string]bool{}
			each(doc, func(n *html.Node) {
				if id := attr(n, "id"); id != "" {
					if ids[id] {
						t.Errorf("two elements have the id %q", id)
					}
					ids[id] = true
				}
			})
			each(doc, func(n *html.Node) {
				if n.Data != "a" {
					return
				}
				if to := strings.TrimPrefix(attr(n, "href"), "#"); !ids[to] {
					t.Errorf("link to #%s, which is nowhere", to)
				}
			})
		})
	}
}

// Each claim is once in the points or among those alone, and its words are
// marked in its statement, all of them and no others.
func TestClaimsAreMarked(t *testing.T) {
	for name, make := range cases {
		t.Run(name, func(t *testing.T) {
			r := make()
			_, doc := render(t, r)
			marked := map[string]string{}
			said := map[string]int{}
			marks := map[string]int{}
			each(doc, func(n *html.Node) {
				switch {
				case class(n, "s"):
					for _, c := range strings.Fields(attr(n, "data-c")) {
						marked[c] += text(n)
					}
				case class(n, "claim"):
					said[attr(n, "data-c")]++
				case class(n, "m"):
					marks[attr(n, "data-c")]++
				}
			})
			for i, c := range r.Claims {
				id := strconv.Itoa(i)
				want := strings.ReplaceAll(wording.Clean(c.Text), " | ", "") // the bars of a table are its cells
				if got := strings.ReplaceAll(wording.Clean(marked[id]), " | ", ""); got != want {
					t.Errorf("claim %d: marked %q, want %q", i, got, want)
				}
				if said[id] != 1 || marks[id] != 1 {
					t.Errorf("claim %d is listed %d times and has %d letters, want 1 and 1", i, said[id], marks[id])
				}
			}
			if len(marks) != len(r.Claims) {
				t.Errorf("%d letters for %d claims", len(marks), len(r.Claims))
			}
		})
	}
}

// Whatever the claims, the spans of a text are the text.
func TestSpansCoverTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &nlp.Document{Text: rapid.StringOfN(rapid.RuneFrom([]rune("ab é漢 \n|.")), 0, 60, -1).Draw(t, "text")}
		n := len(d.Text)
		r := &compare.Result{Case: compare.Case{Parties: []compare.Party{{ID: "a", Statements: []*nlp.Document{d}}}}}
		for range rapid.IntRange(0, 8).Draw(t, "claims") {
			start := rapid.IntRange(0, n).Draw(t, "start")
			end := rapid.IntRange(start, n).Draw(t, "end")
			r.Claims = append(r.Claims, compare.Claim{Claim: nlp.Claim{Start: start, End: end, Text: d.Text[start:end]}})
		}
		slices.SortStableFunc(r.Claims, func(a, b compare.Claim) int { return a.Start - b.Start })
		for i := range r.Claims {
			r.Alone = append(r.Alone, i)
		}
		if cut := rapid.IntRange(0, n).Draw(t, "cut"); rapid.Bool().Draw(t, "blocks") {
			d.Blocks = []read.Block{{Kind: read.Heading, Start: 0, End: cut}, {Kind: read.Paragraph, Start: cut, End: n}}
		}
		v, err := wording.New(r)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		in := make([]int, len(r.Claims)) // bytes of each claim that are marked
		for _, p := range parts(v, d, claimsOf(v, 0, 0)) {
			for _, s := range p.Spans {
				got.WriteString(s.Text)
				for _, c := range strings.Fields(s.Claims) {
					i, err := strconv.Atoi(c)
					if err != nil {
						t.Fatal(err)
					}
					in[i] += len(s.Text)
				}
			}
		}
		if !utf8Cut(r.Claims, d) && got.String() != d.Text && strings.TrimSpace(d.Text) != "" {
			t.Fatalf("spans %q of text %q", got.String(), d.Text)
		}
		for i, c := range r.Claims {
			if !utf8Cut(r.Claims, d) && in[i] != c.End-c.Start && strings.TrimSpace(d.Text) != "" {
				t.Fatalf("claim %d of %d bytes has %d marked", i, c.End-c.Start, in[i])
			}
		}
	})
}

// utf8Cut says whether a claim or block begins or ends inside a character, so
// that the pieces are not valid text of their own.
func utf8Cut(claims []compare.Claim, d *nlp.Document) bool {
	inside := func(i int) bool { return i < len(d.Text) && d.Text[i]&0xC0 == 0x80 }
	for _, c := range claims {
		if inside(c.Start) || inside(c.End) {
			return true
		}
	}
	for _, b := range d.Blocks {
		if inside(b.Start) || inside(b.End) {
			return true
		}
	}
	return false
}
