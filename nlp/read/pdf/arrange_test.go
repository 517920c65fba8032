package pdf

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"counterclaim/nlp/read/lines"
)

// set puts text on a page, in letters of half their size, from (x, y) on.
func set(x, y, size float64, text string) []glyph {
	w := &word{base: y, size: size}
	var out []glyph
	space := true
	for _, r := range text {
		if r == ' ' {
			space = true
			x += size * 0.35
			continue
		}
		out = append(out, glyph{r: r, left: x, right: x + size*0.45, bottom: y, top: y + size*0.7, word: w, space: space})
		x += size * 0.5
		space = false
	}
	return out
}

func page(parts ...[]glyph) []glyph {
	var out []glyph
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// paragraph sets lines below each other.
func paragraph(x, y, size float64, texts ...string) []glyph {
	var out []glyph
	for i, s := range texts {
		out = append(out, set(x, y-float64(i)*size*1.2, size, s)...)
	}
	return out
}

func render(ls []lines.Line) string {
	var b strings.Builder
	for i, l := range ls {
		switch {
		case i == 0:
		case l.Join == lines.Goes:
			b.WriteByte(' ')
		default:
			b.WriteByte('\n')
		}
		if l.Note {
			b.WriteString("[" + l.Marker + "] ")
		}
		b.WriteString(l.Text)
	}
	return b.String()
}

func TestArrange(t *testing.T) {
	long := strings.Repeat("word ", 12) + "end"
	raised := func(x, y float64, text string) []glyph {
		out := set(x, y+4, 7, text)
		for i := range out {
			out[i].space = false
		}
		return out
	}
	bold := func(glyphs []glyph) []glyph {
		for i := range glyphs {
			w := *glyphs[i].word
			w.bold, glyphs[i].word = true, &w
		}
		return glyphs
	}
	filled := func(n int) []string {
		var out []string
		for i := range n {
			out = append(out, fmt.Sprintf("%02d ", i)+strings.Repeat("word ", 11)+"end")
		}
		return out
	}
	for _, c := range []struct {
		name  string
		pages [][]glyph
		want  string
	}{
		{"one paragraph", [][]glyph{paragraph(50, 700, 10, long, long, "short.")}, long + " " + long + " short."},
		{"a short line ends it", [][]glyph{paragraph(50, 700, 10, long, "short.", "New "+long)}, long + " short.\nNew " + long},
		{"over pages", [][]glyph{page(paragraph(50, 700, 10, long, long)), page(paragraph(50, 700, 10, "and "+long, "end."))}, long + " " + long + " and " + long + " end."},
		{"heads and feet", [][]glyph{
			page(set(50, 780, 10, "Mission of X"), paragraph(50, 700, 10, "First "+long, "one."), set(250, 30, 10, "1")),
			page(set(50, 780, 10, "Mission of X"), paragraph(50, 700, 10, "Second "+long, "two."), set(250, 30, 10, "2")),
			page(set(50, 780, 10, "Mission of X"), paragraph(50, 700, 10, "Third "+long, "three."), set(250, 30, 10, "3")),
		}, "First " + long + " one.\nSecond " + long + " two.\nThird " + long + " three."},
		{"a title that comes back is no head", [][]glyph{
			page(set(50, 780, 10, "A/1"), paragraph(50, 700, 10, long+".")),
			page(set(50, 780, 10, "A/1"), paragraph(50, 700, 10, "Annex 1 to the "+long, "to the Council", "One.")),
			page(set(50, 780, 10, "A/1"), paragraph(50, 700, 10, "Annex 2 to the "+long, "to the Council", "Two.")),
		}, long + ".\nAnnex 1 to the " + long + " to the Council\nOne.\nAnnex 2 to the " + long + " to the Council\nTwo."},
		{"a heading of two centred lines, the first of them full", [][]glyph{page(bold(paragraph(50, 700, 10, "Note "+long)), bold(set(193, 688, 10, "Velmora")), paragraph(50, 676, 10, "He "+long, long+"."))},
			"Note " + long + " Velmora\nHe " + long + " " + long + "."},
		{"line numbers", [][]glyph{page(paragraph(50, 700, 10, long, long, long, long, long), paragraph(20, 700, 10, "1", "2", "3", "4", "5"))}, strings.TrimSpace(strings.Repeat(long+" ", 5))},
		{"line numbers close to the text", [][]glyph{paragraph(50, 700, 10, "3 "+long, "4 "+long, "5 "+long, "6 "+long, "7 the end.")}, strings.Repeat(long+" ", 4) + "the end."},
		{"years are none", [][]glyph{paragraph(50, 700, 10, "1914 a", "1918 b", "1939 c", "1945 d", "1989 e")}, "1914 a 1918 b 1939 c 1945 d 1989 e"},
		{"a column of figures is none", [][]glyph{page(paragraph(50, 700, 10, "a", "b", "c", "d"), paragraph(200, 700, 10, "1", "2", "3", "4"))}, "a    1\nb    2\nc    3\nd    4"},
		{"two columns", [][]glyph{page(paragraph(50, 700, 10, filled(6)...), paragraph(400, 700, 10, filled(6)...))},
			strings.Join(filled(6), " ") + " " + strings.Join(filled(6), " ")},
		{"two columns in rows", [][]glyph{func() []glyph {
			var out []glyph
			for i, s := range filled(6) {
				out = append(out, set(50, 700-float64(i)*12, 10, s)...)
				out = append(out, set(400, 700-float64(i)*12, 10, s)...)
			}
			return out
		}()}, strings.Join(filled(6), " ") + " " + strings.Join(filled(6), " ")},
		{"a last column of few lines", [][]glyph{page(set(50, 760, 10, "Register"), set(600, 760, 10, "2033"), paragraph(50, 700, 10, filled(12)...), paragraph(400, 700, 10, filled(2)...))},
			"Register\n" + strings.Join(filled(12), " ") + "\n2033\n" + strings.Join(filled(2), " ")},
		{"footnote", [][]glyph{page(paragraph(50, 700, 10, long+"ed"), raised(357, 700, "1"), paragraph(50, 688, 10, "more words."), set(50, 64, 7, "1"), paragraph(56, 60, 8, "The note."))},
			long + "ed more words.\n[1] The note."},
		{"a power is no footnote", [][]glyph{page(set(50, 700, 10, "Of 12 m"), raised(84, 700, "2"), set(95, 700, 10, "in all"))}, "Of 12 m2 in all"},
		{"note at the end", [][]glyph{page(set(50, 700, 10, "He said so"), raised(97, 700, "1"), set(110, 700, 10, "again"))}, "He said so again"},
		{"list", [][]glyph{paragraph(50, 700, 10, long+":", "(a) "+long+";", "(b) it")}, long + ":\n(a) " + long + ";\n(b) it"},
		{"ligature", [][]glyph{set(50, 700, 10, "the oﬃce ﬁred")}, "the office fired"},
	} {
		if got := render(arrange(c.pages)); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// FuzzArrange: characters anywhere on a page come through, each once, but for
// what belongs to the page.
func FuzzArrange(f *testing.F) {
	f.Add([]byte("abcdefghijklmnopqrstuvwxyz0123456789"))
	f.Add([]byte(strings.Repeat("\x05\x60\x0a\x01a\x05\x61\x0a\x00b", 30)))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<13 {
			return
		}
		sheets := [][]glyph{nil}
		var w *word
		for i := 0; i+4 < len(data); i += 5 {
			x, y, size := float64(data[i])*3, float64(data[i+1])*3, float64(data[i+2]%40)/2
			if data[i+3]&1 != 0 || w == nil {
				w = &word{base: y, size: size, bold: data[i+3]&2 != 0, italic: data[i+3]&4 != 0}
			}
			if data[i+3]&0x78 == 0x78 {
				sheets = append(sheets, nil)
			}
			g := glyph{r: rune(data[i+4]), left: x, right: x + size/2, bottom: y, top: y + size, word: w, space: data[i+3]&1 != 0, broken: data[i+3]&0x80 != 0}
			if g.r > ' ' {
				sheets[len(sheets)-1] = append(sheets[len(sheets)-1], g)
			}
		}
		count := 0
		for _, s := range sheets {
			count += len(s)
		}
		got := 0
		for _, l := range arrange(sheets) {
			got += len(strings.ReplaceAll(l.Text, " ", ""))
			for _, run := range []lines.Run{l.Bold, l.Italic} {
				if run.Start < 0 || run.End < run.Start || run.End > len(l.Text) {
					t.Fatalf("run %v of %q", run, l.Text)
				}
			}
			if l.Page < 1 || l.Page > len(sheets) {
				t.Fatalf("page %d of %d", l.Page, len(sheets))
			}
		}
		if got > 3*count+len(sheets)*100 {
			t.Fatalf("%d characters of %d", got, count)
		}
	})
}

// TestArrangeLinearTime: pages of very many characters, wherever they stand.
func TestArrangeLinearTime(t *testing.T) {
	for name, at := range map[string]func(i int) (x, y, size float64){
		"one line":     func(i int) (float64, float64, float64) { return float64(i), 500, 10 },
		"one place":    func(int) (float64, float64, float64) { return 100, 500, 10 },
		"one column":   func(i int) (float64, float64, float64) { return 100, -float64(i), 1 },
		"everywhere":   func(i int) (float64, float64, float64) { return float64(i * 7919 % 601), float64(i * 104729 % 811), 8 },
		"without size": func(i int) (float64, float64, float64) { return float64(i % 50), float64(i / 50), 0 },
		"marks":        func(i int) (float64, float64, float64) { return float64(i * 7919 % 601), float64(i * 104729 % 811), 3 },
	} {
		var sheet []glyph
		for i := range 100000 {
			x, y, size := at(i)
			r := 'a' + rune(i%26)
			if name == "marks" {
				r = '0' + rune(i%10)
			}
			sheet = append(sheet, glyph{r: r, left: x, right: x + size/2, bottom: y, top: y + size, word: &word{base: y, size: size}, space: i%5 == 0})
		}
		start := time.Now()
		arrange([][]glyph{sheet, sheet[:1000], nil})
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s took %v", name, took)
		} else if testing.Verbose() {
			t.Logf("%s: %v", name, took.Round(time.Millisecond))
		}
	}
}
