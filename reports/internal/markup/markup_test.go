package markup

import (
	"encoding/xml"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"counterclaim/reports/wording"
)

func TestWriter(t *testing.T) {
	w := New()
	w.Open("a", "x", `1 "<&`, "left", "")
	w.Element("b", "<two> & \x00")
	w.Empty("c")
	want := `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<a x="1 &#34;&lt;&amp;"><b>&lt;two&gt; &amp; ␀</b><c/></a>` + "\n"
	if got := string(w.Bytes()); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// Whatever the text, the document is well formed and holds it.
func TestTextReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		w := New()
		w.Element("a", s, "x", s)
		var got struct {
			Text string `xml:",chardata"`
			X    string `xml:"x,attr"`
		}
		if err := xml.Unmarshal(w.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		want := strings.Map(func(r rune) rune {
			if r == '\v' || r == '\f' || r == 0xFFFE || r == 0xFFFF { // not characters of XML
				return 0xFFFD
			}
			return r
		}, wording.Visible(s))
		if got.Text != want || got.X != want {
			t.Fatalf("read %q and, as an attribute, %q; want %q", got.Text, got.X, want)
		}
	})
}
