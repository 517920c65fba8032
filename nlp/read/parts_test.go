package read

import (
	"bytes"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

func TestInline(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"It is **not** so, *says* he", "It is not so, says he"},
		{"***both*** and __bold__ and _italic_", "both and bold and italic"},
		{"snake_case_name and 2*3*4 and a * b", "snake_case_name and 2*3*4 and a * b"},
		{"(*Signed*) Ysolde **Marrant**", "(Signed) Ysolde Marrant"},
		{"un*frigging*believable", "unfriggingbelievable"},
		{"**open only", "**open only"},
		{"**bold*", "*bold"},
		{"a ** b **", "a ** b **"},
		{"see [the log](https://x.org/a_(b) \"the title\") now", "see the log now"},
		{"a [bracket] and (words in) [another](not a target)", "a [bracket] and (words in) [another](not a target)"},
		{"![the map](map.png) shows", "the map shows"},
		{"so it was[^1] then[^note]", "so it was then"},
		{"<https://x.org/a> and <b>bold</b><br/>line <unknown thing>", "https://x.org/a and bold line <unknown thing>"},
		{"a <!-- gone --> b", "a b"},
		{"&ldquo;R&amp;D&rdquo; cost &#8364;5 &nosuch; & more", "“R&D” cost €5 &nosuch; & more"},
		{"escaped \\*stars\\* and \\[x\\] C:\\dir", "escaped *stars* and [x] C:\\dir"},
		{"`code *kept*` and `` a`b `` and `open", "code *kept* and a`b and `open"},
		{"~~gone~~ but ~50 people", "gone but ~50 people"},
		{"soft\u00adhyphen\u200b and\u00a0space", "softhyphen and space"},
		{"“curly” ‘quotes’ — stay", "“curly” ‘quotes’ — stay"},
		{"line one\\\nline two of the same paragraph, which ends here.", "line one\\ line two of the same paragraph, which ends here."},
	} {
		want := c.want
		if strings.HasPrefix(want, "line one") {
			want = "line one line two of the same paragraph, which ends here."
		}
		if got := mustRead(t, "x.md", []byte(c.in)).Canonical; got != want {
			t.Errorf("%q: got %q, want %q", c.in, got, want)
		}
	}
}

// TestWordsAsGoldmark: a full Markdown parser sees the same words.
func TestWordsAsGoldmark(t *testing.T) {
	parser := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote))
	tags := regexp.MustCompile(`(?s)<!--.*?-->|<sup.*?</sup>|<[^>]*>`)
	for _, file := range []string{"testdata/answers.md", "testdata/letter.txt", "testdata/resolution.md"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := parser.Convert(data, &out); err != nil {
			t.Fatal(err)
		}
		text := mustRead(t, file, data)
		var ours, notes strings.Builder
		for _, b := range text.Blocks {
			to := &ours
			if b.Kind == Footnote {
				to = &notes // goldmark has them at the end
			}
			if strings.HasPrefix(b.Marker, "(") {
				to.WriteString(b.Marker)
			}
			to.WriteString(text.Canonical[b.Start:b.End] + "\n")
		}
		want := onlyWords(html.UnescapeString(tags.ReplaceAllString(out.String(), " ")))
		if diff := cmp.Diff(want, onlyWords(ours.String()+notes.String())); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
	}
}

func TestLayout(t *testing.T) {
	const long = "The Ministry has taken note of the statement and will answer it in due course, after a full examination of the facts"
	for _, c := range []struct {
		name, in string
		want     []string // kind, marker, text
	}{
		{"cut by a page", long + ", and\n\nwithout delay, as it said.", []string{"paragraph||" + long + ", and without delay, as it said."}},
		{"cut by a page number", long + ", and\n\n- 3 -\n\nwithout delay, as it said.", []string{"paragraph||" + long + ", and without delay, as it said."}},
		{"lead-in stays apart", long + ":\n\n(a) to begin at once;\n(b) to end in May.", []string{"paragraph||" + long + ":", "list_item|(a)|to begin at once;", "list_item|(b)|to end in May."}},
		{"lower case after a lead-in", long + ":\n\nto begin at once.", []string{"paragraph||" + long + ":", "paragraph||to begin at once."}},
		{"initials are no markers", long + ".\n\nJ. Pellmore", []string{"paragraph||" + long + ".", "signature||J. Pellmore"}},
		{"letters are markers in a row", "A. Facts\n\n" + long + ".\n\nB. Law\n\n" + long + ".", []string{"heading|A.|Facts", "paragraph||" + long + ".", "heading|B.|Law", "paragraph||" + long + "."}},
		{"figures are no markers", "3.4 million people live there, and all of them were told of it.", []string{"paragraph||3.4 million people live there, and all of them were told of it."}},
		{"years are no markers", "It was the warmest summer on record since the year of\n1896. The wells of every village on the plain ran dry,\nand the herds were driven to the coast, where there was\nsome grass left, until the rains came back that autumn,\nand it all began again.", []string{"paragraph||It was the warmest summer on record since the year of 1896. The wells of every village on the plain ran dry, and the herds were driven to the coast, where there was some grass left, until the rains came back that autumn, and it all began again."}},
		{"table of columns", long + ".\n\nMarguta      52,000 t     29 July\nCorriel      40,500 t     2 August", []string{"paragraph||" + long + ".", "table||Marguta | 52,000 t | 29 July\nCorriel | 40,500 t | 2 August"}},
		{"numbers before tabs", "1.\t" + long + ".\n2.\tIt will be short.", []string{"paragraph|1.|" + long + ".", "paragraph|2.|It will be short."}},
		{"wide space in a sentence", long + ".     It will be short.", []string{"paragraph||" + long + ". It will be short."}},
		{"quoted mail", long + ".\n\n> We never said\n> so in public.", []string{"paragraph||" + long + ".", "quotation||We never said so in public."}},
		{"signed in the middle", long + ".\n\n(Signed) Ann Orr\nAmbassador\n\nAnnex\n\n" + long + ".", []string{"paragraph||" + long + ".", "signature||(Signed) Ann Orr", "signature||Ambassador", "heading||Annex", "paragraph||" + long + "."}},
		{"one short line", "Nobody came", []string{"paragraph||Nobody came"}},
		{"capitals", long + ".\n\nTHE FACTS\n\n" + long + ".", []string{"paragraph||" + long + ".", "heading||THE FACTS", "paragraph||" + long + "."}},
		{"rule", long + ".\n\n* * *\n\nIt is so.", []string{"paragraph||" + long + ".", "rule||* * *", "paragraph||It is so."}},
		{"old Mac line ends", long + ".\r\rIt is so.\r", []string{"paragraph||" + long + ".", "paragraph||It is so."}},
	} {
		data := []byte(c.in)
		text := mustRead(t, c.name+".txt", data)
		laws(t, data, text)
		var got []string
		for _, b := range text.Blocks {
			got = append(got, string(b.Kind)+"|"+b.Marker+"|"+text.Canonical[b.Start:b.End])
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestHyphens(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"negotia-", "tions", "negotiations"}, // a broken word
		{"well-", "known", "well-known"},      // a compound by its first part
		{"cease-", "fire", "cease-fire"},      // the same
		{"short-", "ens", "shortens"},         // broken before what looks like a word
		{"ex-", "tended", "extended"},         // the same
		{"short-", "term", "short-term"},      // the lexicon has it so
		{"father-in-", "law", "father-in-law"},
		{"Armenia-", "Azerbaijan", "Armenia-Azerbaijan"},
		{"2020-", "2021", "2020-2021"},
		{"anti-", "aircraft", "anti-aircraft"},
		{"water-", "shed", "water-shed"}, // the text has water-shed elsewhere
		{"he said -", "and left", "he said - and left"},
		{"the talks—", "all of them", "the talks—all of them"},
	} {
		in := "At the water-shed the line was drawn by all of them in the end " + c.a + "\n" + c.b + " as it was laid down in the first of the papers that were read."
		if got := mustRead(t, "x.txt", []byte(in)).Canonical; !strings.Contains(got, "in the end "+c.want+" as it") {
			t.Errorf("%s/%s: %q, want %q", c.a, c.b, got, c.want)
		}
	}
}

func TestDate(t *testing.T) {
	body := "\n\nThe Ministry said on 1 January 2001 that nothing had been decided so far and that nobody knew why.\n"
	for _, c := range []struct{ head, want string }{
		{"MINISTRY\n7 November 2023", "2023-11-07"},
		{"MINISTRY\nNovember 7, 2023", "2023-11-07"},
		{"MINISTRY\nWellmark, 3 May 2031", "2031-05-03"},
		{"MINISTRY\n2032-11-12", "2032-11-12"},
		{"MINISTRY\n12.11.2032", "2032-11-12"},
		{"MINISTRY\n13 MAR 2034, 1800 UTC", "2034-03-13"},
		{"MINISTRY\nWednesday, the 16th of March, 1831.", "1831-03-16"},
		{"MINISTRY\n9/19 October 1647", "1647-10-19"},
		{"FINDINGS ON THE FIRE ON 8 NOVEMBER 2035\nCase 12. 10 December 2035", "2035-12-10"},
		{"REPORT\nCovers 18 June 2034. Issued 20 June 2034.", "2034-06-20"},
		{"MINISTRY\n31 February 2034", "0001-01-01"},
		{"MINISTRY", "0001-01-01"},
	} {
		text := mustRead(t, "x.txt", []byte(c.head+body))
		if got := text.Date.Format(time.DateOnly); got != c.want {
			t.Errorf("%q: %s, want %s", c.head, got, c.want)
		}
	}
	text := mustRead(t, "x.md", []byte("# Port news\n\n**Vessin, 10 February 2033** – The port is closed to all ships until further notice, it was said.\n"))
	if got := text.Date.Format(time.DateOnly); got != "2033-02-10" {
		t.Errorf("dateline: %s", got)
	}
}

func TestTitle(t *testing.T) {
	body := "\n\nThe Ministry said on 1 January 2001 that nothing had been decided so far and that nobody knew why.\n"
	for _, c := range []struct{ head, want string }{
		{"General Assembly\n\n7 May 2031\n\nLetter dated 7 May 2031 from the Permanent Representative of Orlund", "Letter dated 7 May 2031 from the Permanent Representative of Orlund"},
		{"MINISTRY OF WATER\nPress statement 61/2033\nLissarn, 12 August 2033", "Press statement 61/2033"},
		{"PORT AUTHORITY\n14 June 2035\n\nOUTER BASIN PASSES THE HALFWAY MARK", "OUTER BASIN PASSES THE HALFWAY MARK"},
		{"From: a@b.org\nSubject: Closure of the road\nDate: 6 Oct 2037", "Closure of the road"},
	} {
		if got := mustRead(t, "x.txt", []byte(c.head+body)).Title; got != c.want {
			t.Errorf("%q: %q, want %q", c.head, got, c.want)
		}
	}
	if got := mustRead(t, "x.md", []byte("---\ntitle: On the dam\ndate: 2033-01-05\n---\n"+body)).Title; got != "On the dam" {
		t.Errorf("front matter: %q", got)
	}
}

// The first articles of the Universal Declaration of Human Rights (United
// Nations, public domain) and sentences of our own.
func TestLanguage(t *testing.T) {
	for _, c := range []struct{ want, text string }{
		{"English", "All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood. Everyone is entitled to all the rights and freedoms set forth in this Declaration."},
		{"French", "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité. Chacun peut se prévaloir de tous les droits."},
		{"German", "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geist der Brüderlichkeit begegnen. Jeder hat Anspruch auf die in dieser Erklärung verkündeten Rechte und Freiheiten ohne irgendeinen Unterschied."},
		{"Spanish", "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros. Toda persona tiene los derechos y libertades proclamados en esta Declaración."},
		{"Italian", "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati di ragione e di coscienza e devono agire gli uni verso gli altri in spirito di fratellanza. Ad ogni individuo spettano tutti i diritti."},
		{"Portuguese", "Todos os seres humanos nascem livres e iguais em dignidade e em direitos. Dotados de razão e de consciência, devem agir uns para com os outros em espírito de fraternidade. Todos os seres humanos podem invocar os direitos e as liberdades."},
		{"Dutch", "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren. Zij zijn begiftigd met verstand en geweten, en behoren zich jegens elkander in een geest van broederschap te gedragen. Een ieder heeft aanspraak op alle rechten en vrijheden."},
		{"Polish", "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa. Każdy człowiek posiada wszystkie prawa i wolności, które są tu zawarte."},
		{"Turkish", "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler. Herkes bu beyanname ile ilan olunan bütün haklardan ve hürriyetlerden bir ayrım olmadan ve daha çok istifade eder."},
		{"Russian", "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства. Каждый человек должен обладать всеми правами и всеми свободами, без какого бы то ни было различия."},
		{"Ukrainian", "Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені розумом і совістю і повинні діяти у відношенні один до одного в дусі братерства. Кожна людина повинна мати всі права і всі свободи, що проголошені цією Декларацією."},
		{"Arabic or Persian", "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق، وقد وهبوا عقلاً وضميراً وعليهم أن يعامل بعضهم بعضاً بروح الإخاء. لكل إنسان حق التمتع بكافة الحقوق والحريات."},
		{"Chinese", "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。人人有资格享有本宣言所载的一切权利和自由。"},
		{"Armenian", "Բոլոր մարդիկ ծնվում են ազատ ու հավասար՝ իրենց արժանապատվությամբ և իրավունքներով։ Նրանք օժտված են բանականությամբ ու խղճով և պարտավոր են միմյանց նկատմամբ եղբայրաբար վերաբերվել։"},
		{"", "Il a dit non."},
	} {
		text := mustRead(t, "x.txt", []byte(c.text))
		if got := text.Language(); got != c.want {
			t.Errorf("%.30s...: %q, want %q", c.text, got, c.want)
		}
		if got, want := text.English(), c.want == "English" || c.want == ""; got != want {
			t.Errorf("%.30s...: English() = %v", c.text, got)
		}
	}
}

func TestTitleCell(t *testing.T) {
	for row, want := range map[string]string{
		"corporation, | COMPLAINT FOR DAMAGES": "COMPLAINT FOR DAMAGES",
		") | STATEMENT OF FACTS":               "STATEMENT OF FACTS",
		"Letter of 3 May 2031 from Velmora":    "Letter of 3 May 2031 from Velmora",
		"Annual register | 2033":               "Annual register",
		") | )":                                "",
	} {
		if got := titleCell(row); got != want {
			t.Errorf("%s: %q, want %q", row, got, want)
		}
	}
}
