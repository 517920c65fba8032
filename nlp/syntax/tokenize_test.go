package syntax

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

func TestTokenize(t *testing.T) {
	for _, test := range []struct{ in, want, reason string }{
		{"They did not fire.", "They|did|not|fire|.", "plain words"},
		{"They don't, can't and won’t.", "They|do|n't|,|ca|n't|and|wo|n’t|.", "negation is a word of its own, in either apostrophe"},
		{"We cannot confirm it.", "We|can|not|confirm|it|.", "cannot is two words"},
		{"It's the mission's report; they're sure we'll come.", "It|'s|the|mission|'s|report|;|they|'re|sure|we|'ll|come|.", "clitics"},
		{"the soldiers' families", "the|soldiers|'|families", "plural possessive"},
		{"O'Brien met Sha'lan at eight o'clock", "O'Brien|met|Sha'lan|at|eight|o'clock", "apostrophes inside names stay"},
		{"a 44-day war, a cease-fire and a so-called line", "a|44|-|day|war|,|a|cease|-|fire|and|a|so|-|called|line", "hyphens are split"},
		{"non-combat losses, e-mail, re-elected, anti-tank", "non-combat|losses|,|e-mail|,|re-elected|,|anti-tank", "but not after prefixes"},
		{"Some 2,880 men and 1.5 million", "Some|2,880|men|and|1.5|million", "numbers keep commas and points"},
		{"1,200, then", "1,200|,|then", "a comma after a number is a comma"},
		{"At 06:40, on 9/11 (11/28/2000)", "At|06:40|,|on|9/11|(|11/28/2000|)", "times and dates stay whole"},
		{"at 5pm and 10 a.m. on the 3rd", "at|5|pm|and|10|a.m.|on|the|3rd", "units are split, ordinals are not"},
		{"at 7:30PM, 1.5m high, 1,200kg", "at|7:30|PM|,|1.5|m|high|,|1,200|kg", "also after numbers with marks inside"},
		{"the U.N. and the U.S. mission", "the|U.N.|and|the|U.S.|mission", "acronyms keep their stops"},
		{"Gen. A. Varn met Dr. Lee Jr. in Sept. 2020.", "Gen.|A.|Varn|met|Dr.|Lee|Jr.|in|Sept.|2020|.", "abbreviations"},
		{"Resolution No. 5, Art. 51, para. 3. No. It did.", "Resolution|No.|5|,|Art.|51|,|para.|3|.|No|.|It|did|.", "No. only before a number"},
		{"It cost $5,000 or US$6 (€7), 40%.", "It|cost|$|5,000|or|US$|6|(|€|7|)|,|40|%|.", "currency signs"},
		{"Write to press@mfa.example.org, or see https://mfa.example.org/a?b=1.", "Write|to|press@mfa.example.org|,|or|see|https://mfa.example.org/a?b=1|.", "addresses"},
		{"“We refuse”, he said… and left -- fast – so", "“|We|refuse|”|,|he|said|…|and|left|--|fast|–|so", "typographic marks"},
		{"Really?! Yes!!! Well...", "Really|?!|Yes|!!!|Well|...", "runs of end marks"},
		{"and/or he/she w/o I/C", "and|/|or|he|/|she|w/o|I/C", "slashes"},
		{"AT&T and Smith&Jones", "AT&T|and|Smith|&|Jones", "ampersands in acronyms"},
		{"in the 1990s, the '90s, the 80's", "in|the|1990s|,|the|'90s|,|the|80's", "decades"},
		{"call 713-853-3989 or 345-9945, pages 5-7", "call|713-853-3989|or|345-9945|,|pages|5|-|7", "telephone numbers stay, ranges do not"},
		{"see the report.doc, (Men's):9.5.", "see|the|report.doc|,|(|Men|'s|)|:|9.5|.", "file names; marks without blanks"},
		{"", "", "nothing"},
		{" \n\t\u00a0 ", "", "only gaps"},
		{"日本語 текст", "日本語|текст", "other scripts are runs of letters"},
	} {
		var got []string
		for _, tok := range Tokenize(test.in, 0) {
			got = append(got, tok.Text)
		}
		if g := strings.Join(got, "|"); g != test.want {
			t.Errorf("%s: Tokenize(%q)\n got %s\nwant %s", test.reason, test.in, g, test.want)
		}
	}
}

// checkOffsets fails unless the tokens quote the text, in order, and leave out
// nothing but gaps.
func checkOffsets(t *testing.T, text string, base int, tokens []Token) {
	t.Helper()
	at := base
	gap := func(from, to int) {
		for _, r := range text[from-base : to-base] {
			if !isGap(r) {
				t.Fatalf("%q: %q is in no token", clip(text), r)
			}
		}
	}
	for _, tok := range tokens {
		if tok.Start < at || tok.End <= tok.Start || tok.End > base+len(text) {
			t.Fatalf("%q: token %+v out of order or range", clip(text), tok)
		}
		if text[tok.Start-base:tok.End-base] != tok.Text {
			t.Fatalf("%q: token %+v does not quote the text", clip(text), tok)
		}
		gap(at, tok.Start)
		at = tok.End
	}
	gap(at, base+len(text))
}

func clip(s string) string { return s[:min(len(s), 80)] }

var hostile = []string{
	strings.Repeat("(", 20000) + strings.Repeat(")", 20000), strings.Repeat("a", 1<<20), strings.Repeat("'", 1<<17), strings.Repeat("a'", 1<<17),
	strings.Repeat("a-", 1<<17), strings.Repeat(".", 1<<17), strings.Repeat("a.", 1<<17), strings.Repeat("a@", 1<<17), strings.Repeat("@a", 1<<17),
	strings.Repeat("1,", 1<<17), strings.Repeat("e-", 1<<17), strings.Repeat("www.", 1<<17), strings.Repeat("://", 1<<17), strings.Repeat("n't", 1<<17),
	strings.Repeat("\xff", 1<<17), strings.Repeat("\x00", 1<<17), strings.Repeat("e\u0301", 1<<17), strings.Repeat("…", 1<<17), strings.Repeat("word ", 1<<17),
	"a\x00b", "\xf0\x9f", "’", "n't", "'s", ".", "@", "www.", "5pm'", "I.", "A.B.", "U.S.'s",
}

func TestTokenizeHostileLinearTime(t *testing.T) {
	for _, text := range hostile {
		start := time.Now()
		checkOffsets(t, text, 7, Tokenize(text, 7))
		if d := time.Since(start); d > 4*time.Second {
			t.Errorf("%q: %d bytes took %s", clip(text), len(text), d)
		}
	}
}

func TestFoldKeepsPlainText(t *testing.T) {
	for _, s := range []string{"plain", "It's", "été"} {
		if got := foldForm(s); got != s {
			t.Errorf("foldForm(%q) = %q", s, got)
		}
	}
	if got := foldForm("“won’t”"); got != `"won't"` {
		t.Errorf("foldForm gives %q", got)
	}
}

func FuzzTokenize(f *testing.F) {
	for _, text := range hostile {
		f.Add(text[:min(len(text), 40)])
	}
	f.Add("He said: “U.N. forces (approx. 1,200) can't leave at 06:40.” See http://a.b/c.")
	f.Fuzz(func(t *testing.T, text string) {
		tokens := Tokenize(text, 3)
		checkOffsets(t, text, 3, tokens)
		if !utf8.ValidString(text) {
			return
		}
		for _, tok := range tokens {
			if strings.ContainsFunc(tok.Text, unicode.IsSpace) {
				t.Fatalf("token %q holds white space", tok.Text)
			}
		}
	})
}

func BenchmarkTokenize(b *testing.B) {
	text := strings.Repeat("The ministry's spokesman said on 4 May that U.N. forces (approx. 1,200 men) couldn't cross the 44-day line. ", 100)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Tokenize(text, 0)
	}
}
