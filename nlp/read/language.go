package read

import (
	"strings"
	"unicode"
)

// minLanguageWords is how many words it takes to judge a language.
const minLanguageWords = 30

// profiles are the commonest function words of European languages: closed
// classes of each grammar, chosen by hand. Words that several languages
// share are in all of their lists and so decide nothing.
var profiles = []struct {
	language string
	script   *unicode.RangeTable
	words    map[string]bool
}{
	{"English", unicode.Latin, words(`the of and to in that is was for it with as his on be at by had not are but from or have an they which you were her all she there would their we him been has when who will more no if out so said what its about than into them can only other some could these two may then do first any my now such like our over me even most made after also did many must through years where much your way well should because each those people how too little good very upon against being shall under until`)},
	{"French", unicode.Latin, words(`le la les de des du et en un une que qui dans pour pas sur au aux avec ce cette ces il elle est sont ne plus par se nous vous ils son sa ses leur leurs mais ou été avoir être fait comme tout tous à d l c qu n s`)},
	{"German", unicode.Latin, words(`der die das und in den von zu mit dem des auf für ist im nicht ein eine einer als auch es an werden aus er hat dass daß sie nach wird bei einem einen um am sind noch wie über so zum zur haben nur oder aber vor bis durch wurde wurden sich`)},
	{"Spanish", unicode.Latin, words(`de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde`)},
	{"Italian", unicode.Latin, words(`di e il la che in a un per è una del non sono da con si dei le i gli della al nel alla lo ma anche come più delle dell suo ha se o ed sua essere stato questo questa nella dal dalla degli ai`)},
	{"Portuguese", unicode.Latin, words(`de a o que e do da em um para com não uma os no se na por mais as dos como mas foi ao ele das à seu sua ou ser quando muito nos já está eu também só pelo pela até isso ela entre`)},
	{"Dutch", unicode.Latin, words(`de het een en van in is dat op te zijn met voor niet aan er die ook als maar om door bij uit naar dan nog werd wordt heeft deze over worden hebben tot meer of wat kan geen ze hij`)},
	{"Swedish", unicode.Latin, words(`och att det i en som på är av för med den till inte har de ett om hade men var jag sig från vi så kan när år under också efter eller nu sin där vid mot ska skulle`)},
	{"Norwegian or Danish", unicode.Latin, words(`og at det i en som på er av for med den til ikke har de et om havde hadde men var jeg sig seg fra vi så kan når ved også efter etter eller nu nå sin der mod mot skal skulle blev ble af`)},
	{"Polish", unicode.Latin, words(`w i na z do nie się o że jest to za od po jak przez dla ich jego ale co są oraz tym przy czy był została było tego które który która przed pod tak tylko ze`)},
	{"Czech", unicode.Latin, words(`a v se na že je s z do o k i ale za by pro jsou jako po od který která které jeho jsem byl byla bylo není to tak při podle nebo až už před`)},
	{"Romanian", unicode.Latin, words(`de şi și în a la cu pe din care că nu o un se este sunt pentru mai prin au fost ca al ale după sau dar această acest lui le ce`)},
	{"Turkish", unicode.Latin, words(`ve bir bu da de için ile olarak olan çok daha en gibi kadar sonra ancak ne ise her o ya değil var olduğu tarafından göre karşı mi kendi`)},
	{"Hungarian", unicode.Latin, words(`a az és hogy nem is egy ez de meg csak már van volt mint ki el még azt majd vagy kell sem ha után által között szerint ezt lehet minden`)},
	{"Finnish", unicode.Latin, words(`ja on ei että se oli mutta hän ovat myös kun kuin sen joka tai ole jo niin olla vain mukaan jos sekä ollut ne voi tämä sitä hänen`)},
	{"Ukrainian", unicode.Cyrillic, words(`і в на з не що до та у це за є як про від для або також після які який цього його але був була було ми ще й`)},
	{"Russian", unicode.Cyrillic, words(`и в не на что с по как к из у за от о для это а так но его она он они был была было были мы также после которые который при или до же`)},
}

// scripts that name a language or a group of them by themselves.
var scripts = []struct {
	language string
	script   *unicode.RangeTable
}{
	{"Arabic or Persian", unicode.Arabic}, {"Hebrew", unicode.Hebrew}, {"Greek", unicode.Greek},
	{"Armenian", unicode.Armenian}, {"Georgian", unicode.Georgian}, {"Hindi", unicode.Devanagari},
	{"Bengali", unicode.Bengali}, {"Thai", unicode.Thai}, {"Korean", unicode.Hangul},
	{"Japanese", unicode.Hiragana}, {"Japanese", unicode.Katakana}, {"Chinese", unicode.Han},
	{"Amharic", unicode.Ethiopic},
}

// Language returns the likely language of the text in English, such as
// "English" or "Russian"; "" if it has fewer than 30 words or fits none.
func (t *Text) Language() string {
	sample := t.Canonical[:cut(t.Canonical, 0, min(len(t.Canonical), 20000))]
	latin, cyrillic, letters := 0, 0, 0
	others := make([]int, len(scripts))
	for _, r := range sample {
		switch {
		case !unicode.IsLetter(r):
			continue
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		default:
			for i, s := range scripts {
				if unicode.Is(s.script, r) {
					others[i]++
					break
				}
			}
		}
		letters++
	}
	for i, n := range others {
		// Japanese has more Chinese characters than letters of its own.
		if need := 2; n >= minLanguageWords && (n*need > letters || scripts[i].language == "Japanese" && n*10 > letters) {
			return scripts[i].language
		}
	}
	script := unicode.Latin
	if cyrillic > latin {
		script = unicode.Cyrillic
	}
	fields := strings.FieldsFunc(strings.ToLower(sample), isNotWord)
	if len(fields) < minLanguageWords {
		return ""
	}
	best, most := "", 0
	for _, p := range profiles {
		if p.script != script {
			continue
		}
		n := 0
		for _, f := range fields {
			if p.words[f] {
				n++
			}
		}
		if n > most {
			best, most = p.language, n
		}
	}
	// Running text of any of these languages has 30 to 50 function words in
	// a hundred; one in ten leaves room for lists of names and figures.
	if most*10 < len(fields) {
		return ""
	}
	return best
}

// English reports that the text is English, or that nothing speaks for
// another language.
func (t *Text) English() bool {
	language := t.Language()
	return language == "English" || language == ""
}
