package lexicon

import (
	"strings"
	"testing"
)

func TestRelations(t *testing.T) {
	hypernym := func(a, b string, pos byte) bool { return Hypernym(a, b, pos, 4) }
	exclusive := func(a, b string, _ byte) bool { return Exclusive(a, b) }
	tests := []struct {
		name string
		f    func(a, b string, pos byte) bool
		a, b string
		pos  byte
		want bool
	}{
		{"synonyms", Synonyms, "kill", "kill", 'v', true},
		{"synonyms", Synonyms, "attack", "assail", 'v', true},
		{"synonyms", Synonyms, "begin", "start", 'v', true},
		{"synonyms", Synonyms, "kill", "arrest", 'v', false},
		{"synonyms", Synonyms, "no such word", "nor this", 'n', false},
		{"related", Related, "responsible", "responsibility", 'a', false},
		{"related", Related, "big", "enormous", 'a', true},
		{"antonyms", Antonyms, "increase", "decrease", 'v', true},
		{"antonyms", Antonyms, "accept", "reject", 'v', true},
		{"antonyms", Antonyms, "advance", "retreat", 'v', true},
		{"antonyms", Antonyms, "war", "peace", 'n', true},
		{"antonyms", Antonyms, "arid", "wet", 'a', true},
		{"antonyms", Antonyms, "legal", "illegal", 'a', true},
		{"antonyms", Antonyms, "constructive", "unconstructive", 'a', true},
		{"antonyms", Antonyms, "confirm", "deny", 'v', true},
		{"antonyms", Antonyms, "withdrawal", "deployment", 'n', true},
		{"antonyms", Antonyms, "arrest", "release", 'n', true},
		{"antonyms", Antonyms, "kill", "murder", 'v', false},
		{"antonyms", Antonyms, "big", "big", 'a', false},
		{"hypernym", hypernym, "pistol", "weapon", 'n', true},
		{"hypernym", hypernym, "weapon", "pistol", 'n', false},
		{"hypernym", hypernym, "murder", "kill", 'v', true},
		{"hypernym", hypernym, "dog", "animal", 'n', true},
		{"hypernym", hypernym, "dog", "dog", 'n', false},
		{"siblings", CoHyponyms, "dog", "cat", 'n', true},
		{"siblings", CoHyponyms, "monday", "tuesday", 'n', true},
		{"siblings", CoHyponyms, "pistol", "weapon", 'n', false},
		{"exclusive", exclusive, "red", "blue", 'a', true},
		{"exclusive", exclusive, "grey", "gray", 'a', false},
		{"exclusive", exclusive, "autumn", "fall", 'n', false},
		{"exclusive", exclusive, "March", "April", 'n', false}, // lower case is asked for
		{"exclusive", exclusive, "french", "dutch", 'a', true},
		{"exclusive", exclusive, "monday", "march", 'n', false},
	}
	for _, tt := range tests {
		if got := tt.f(tt.a, tt.b, tt.pos); got != tt.want {
			t.Errorf("%s(%q, %q, %c) = %v, want %v", tt.name, tt.a, tt.b, tt.pos, got, tt.want)
		}
		if tt.name != "hypernym" && tt.f(tt.b, tt.a, tt.pos) != tt.want {
			t.Errorf("%s(%q, %q, %c) is not symmetric", tt.name, tt.b, tt.a, tt.pos)
		}
	}
}

func TestFamily(t *testing.T) {
	// Each line is one family; a part of speech follows each word.
	for _, line := range []string{
		"withdraw:v withdrawal:n",
		"explode:v explosion:n",
		"arrest:v arrest:n",
		"kill:v killing:n killer:n",
		"die:v death:n",
		"refuse:v refusal:n",
		"destroy:v destruction:n",
		"occupy:v occupation:n",
		"fail:v failure:n",
		"lose:v loss:n",
		"injure:v injury:n injured:a",
		"close:v closure:n",
		"deny:v denial:n",
		"detain:v detention:n detainee:n",
		"provoke:v provocation:n provocative:a",
		"illegal:a illegally:r illegality:n",
		"responsible:a responsibility:n",
		"bomb:v bombing:n",
	} {
		want := ""
		for i, w := range strings.Fields(line) {
			lemma, pos, _ := strings.Cut(w, ":")
			got := Family(lemma, pos[0])
			if i == 0 {
				want = got
			} else if got != want {
				t.Errorf("Family(%q, %s) = %q, want %q", lemma, pos, got, want)
			}
		}
	}
	for _, pair := range [][2]string{{"withdraw", "draw"}, {"act", "actress"}, {"attack", "defend"}, {"free", "refuse"}} {
		if FamilyOf(pair[0]) == FamilyOf(pair[1]) {
			t.Errorf("%q and %q are one family", pair[0], pair[1])
		}
	}
	if got := Family("zzyzx", 'n'); got != "zzyzx" {
		t.Errorf("unknown word: %q", got)
	}
}

func TestDerived(t *testing.T) {
	for _, d := range Derived("withdrawal", 'n') {
		if d == (Word{"withdraw", 'v'}) {
			return
		}
	}
	t.Errorf("Derived(withdrawal) = %v", Derived("withdrawal", 'n'))
}

func TestLemma(t *testing.T) {
	tests := []struct {
		word string
		pos  byte
		want string
	}{
		{"struck", 'v', "strike"},
		{"shelled", 'v', "shell"},
		{"Dying", 'v', "die"},
		{"hoping", 'v', "hope"},
		{"singing", 'v', "sing"},
		{"hopping", 'v', "hop"},
		{"helped", 'v', "help"},
		{"used", 'v', "use"},
		{"needed", 'v', "need"},
		{"bed", 'v', "bed"},
		{"said", 'v', "say"},
		{"countries", 'n', "country"},
		{"children", 'n', "child"},
		{"policemen", 'n', "policeman"},
		{"crisis", 'n', "crisis"},
		{"less", 'n', "less"},
		{"worst", 'a', "bad"},
		{"heavier", 'a', "heavy"},
		{"larger", 'a', "large"},
		{"Glorbs", 'n', "glorbs"},
		{"", 'n', ""},
	}
	for _, tt := range tests {
		if got := Lemma(tt.word, tt.pos); got != tt.want {
			t.Errorf("Lemma(%q, %c) = %q, want %q", tt.word, tt.pos, got, tt.want)
		}
	}
}

func TestVerbs(t *testing.T) {
	for _, v := range []string{"say", "claim", "allege", "report", "announce", "deny", "warn", "insist"} {
		if !Reporting(v) {
			t.Errorf("%q is no reporting verb", v)
		}
	}
	for _, v := range []string{"kill", "eat", "withdraw", ""} {
		if Reporting(v) {
			t.Errorf("%q is a reporting verb", v)
		}
	}
	signatures := []struct {
		word string
		c    Complement
		want Signature
	}{
		{"manage", To, Signature{True, False}},
		{"fail", To, Signature{False, True}},
		{"refuse", To, Signature{False, Likely}},
		{"force", NPTo, Signature{True, Open}},
		{"know", That, Signature{True, True}},
		{"claim", That, Signature{}},
		{"say", That, Signature{Likely, Open}},
		{"think", That, Signature{Open, Unlikely}},
		{"appear", To, Signature{Likely, Unlikely}},
		{"forget", That, Signature{True, True}},
		{"forget", To, Signature{False, True}},
	}
	for _, tt := range signatures {
		if got, ok := SignatureOf(tt.word, tt.c); !ok || got != tt.want {
			t.Errorf("SignatureOf(%q, %s) = %v, %v; want %v", tt.word, tt.c, got, ok, tt.want)
		}
	}
	if _, ok := SignatureOf("kill", That); ok {
		t.Error("kill has a signature")
	}
	if !Factive("know") || Factive("claim") || Factive("zzyzx") {
		t.Error("Factive: know, and only know")
	}
	if Hedge("perhaps") != "possible" || Hedge("about") != "approximate" || Hedge("village") != "" {
		t.Error("Hedge")
	}
	if !Booster("clearly") || Booster("perhaps") {
		t.Error("Booster")
	}
}

func TestClasses(t *testing.T) {
	for verb, want := range map[string]Class{
		"attack": Fight, "invade": Fight, "kill": Fight, "reject": Reject, "refuse": Reject,
		"accuse": Disapprove, "condemn": Disapprove, "threaten": Threaten, "say": State, "zzyzx": "",
	} {
		if got, code := ClassOf(verb); got != want {
			t.Errorf("ClassOf(%q) = %q (%s), want %q", verb, got, code, want)
		}
	}
	if !Oppose(Yield, Reject) || !Oppose(Reject, Yield) || Oppose(Fight, Assault) || Oppose("", "") {
		t.Error("Oppose")
	}
}

func TestPolarity(t *testing.T) {
	good := strings.Fields("v:liberate n:liberation n:peace n:victory a:constructive a:fair n:justice v:support v:defend a:valuable n:hero a:legal")
	bad := strings.Fields("n:crime n:massacre n:terrorism n:aggression n:provocation a:barbaric a:unfair a:shameful n:negligence v:attack v:threaten v:murder v:die a:toxic a:illegal n:war")
	for sign, words := range map[float64][]string{1: good, -1: bad} {
		for _, w := range words {
			if p := Polarity(w[2:], w[0]); p*sign <= 0 || p < -1 || p > 1 {
				t.Errorf("Polarity(%q) = %v", w, p)
			}
		}
	}
	for _, w := range strings.Fields("n:table n:house n:soldier n:officer v:say v:go n:bridge zzyzx") {
		if p := Polarity(w[2:], w[0]); p != 0 {
			t.Errorf("Polarity(%q) = %v, want none", w, p)
		}
	}
}

func TestSupersense(t *testing.T) {
	for w, want := range map[string]string{"n:minister": "noun.person", "n:region": "noun.location", "n:table": "noun.group", "v:run": "verb.motion", "n:zzyzx": ""} {
		if got := Supersense(w[2:], w[0]); got != want {
			t.Errorf("Supersense(%q) = %q, want %q", w, got, want)
		}
	}
}

func TestCommon(t *testing.T) {
	for w, want := range map[string]bool{"the": true, "village": true, "villages": true, "said": true, "rome": false, "monday": false, "zzyzx": false, "which": true} {
		if Common(w) != want {
			t.Errorf("Common(%q) = %v", w, !want)
		}
	}
	if !CalendarName("march") || !CalendarName("saturdays") || CalendarName("village") || !Weekday("monday") || Weekday("march") {
		t.Error("calendar")
	}
	if Clue("ministries") != "org" || Clue("ministry") != "org" || Clue("treaty") != "document" || Clue("cat") != "" {
		t.Error("Clue")
	}
	if !GivenName("Vladimir") || !FamilyName("Smith") || GivenName("zzyzx") {
		t.Error("names of persons")
	}
}

func TestNames(t *testing.T) {
	tests := []struct {
		name string
		want Name
	}{
		{"France", Name{CountryName, "FRA", "france"}},
		{"french republic", Name{CountryName, "FRA", "france"}},
		{"Côte d’Ivoire", Name{CountryName, "CIV", "ivory coast"}},
		{"Dutch", Name{DemonymName, "NLD", "netherlands"}},
		{"Baku", Name{CapitalName, "AZE", "baku"}},
		{"Kharkiv", Name{PlaceName, "UKR", "kharkov"}},
		{"NATO", Name{OrganizationName, "", "north atlantic treaty organization"}},
	}
	for _, tt := range tests {
		if got, ok := LookupName(tt.name); !ok || got != tt.want {
			t.Errorf("LookupName(%q) = %v, %v; want %v", tt.name, got, ok, tt.want)
		}
	}
	if _, ok := LookupName("Nosuchplace"); ok {
		t.Error("found a name that is not there")
	}
	if Demonym("Ukrainians") != "UKR" || Capital("Nairobi") != "KEN" || Country("Niger") == Country("Nigeria") {
		t.Error("countries")
	}
	c, ok := CountryByCode("DEU")
	if !ok || c.Name != "Germany" || c.Official != "Federal Republic of Germany" || c.Capital != "Berlin" || len(c.Demonyms) == 0 {
		t.Errorf("CountryByCode(DEU) = %+v, %v", c, ok)
	}
	if !NamePrefix("united arab") || NamePrefix("zzyzx") {
		t.Error("NamePrefix")
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Föhn-Straße  9": "fohn straße 9", " a  b ": "a b", "Donets’k": "donets'k", "": "", "abc": "abc",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
		if Fold(Fold(in)) != Fold(in) {
			t.Errorf("Fold is not idempotent on %q", in)
		}
	}
}

// TestFile reads every record of every section: each key is found at its
// number, the keys are in order, and no record points outside the file.
func TestFile(t *testing.T) {
	if !strings.HasPrefix(data, "CCLEX001") {
		t.Fatal("no lexicon")
	}
	words, synsets := section(wordSection).n, section(synsetSection).n
	for _, sec := range []int{wordSection, exceptionSection, tagSection, countrySection, nameSection} {
		table := section(sec)
		prev := ""
		for i := range table.n {
			if testing.Short() && i%97 != 0 {
				continue
			}
			k, v := table.at(i)
			n, got, ok := table.find(k)
			if !ok || n != i || got != v || k <= prev && i > 0 {
				t.Fatalf("section %d, record %d (%q): found %v at %d", sec, i, k, ok, n)
			}
			for _, cut := range []int{len(k), len(k) / 2, 1} {
				if !table.hasPrefix(k[:min(cut, len(k))]) {
					t.Fatalf("section %d: no key begins with %q of %q", sec, k[:cut], k)
				}
			}
			if table.hasPrefix(k + "\xff") {
				t.Fatalf("section %d: a key begins with %q", sec, k+"\xff")
			}
			prev = k
			if sec != wordSection {
				continue
			}
			for _, pos := range []byte(parts) {
				e, ok := lookup(k, pos)
				if !ok {
					continue
				}
				if e.family >= words || len(e.senses) == 0 {
					t.Fatalf("%q: bad record", k)
				}
				for _, s := range e.senses {
					if s.synset >= synsets {
						t.Fatalf("%q: bad synset", k)
					}
				}
			}
		}
	}
	for i := range synsets {
		for _, w := range synsetAt(i).words() {
			if w >= words {
				t.Fatalf("synset %d: bad word", i)
			}
		}
	}
}

func FuzzLookup(f *testing.F) {
	for _, s := range []string{"kill", "withdrawal", "", "\x00", "zzz\xff", "united states", strings.Repeat("a", 1000)} {
		f.Add(s, "die")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, pos := range []byte("nvarx") {
			if Synonyms(a, b, pos) != Synonyms(b, a, pos) {
				t.Errorf("Synonyms(%q, %q) is not symmetric", a, b)
			}
			if Opposed(a, b, pos) != Opposed(b, a, pos) {
				t.Errorf("Opposed(%q, %q) is not symmetric", a, b)
			}
			if Antonyms(a, a, pos) || Hypernym(a, a, pos, 3) {
				t.Errorf("%q against itself", a)
			}
			Family(a, pos)
			Lemma(a, pos)
			Derived(a, pos)
			CoHyponyms(a, b, pos)
		}
		LookupName(a)
		NamePrefix(a)
		SignatureOf(a, That)
		ClassOf(a)
	})
}

func BenchmarkLookup(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Known("withdrawal", 'n')
	}
}

func BenchmarkFamily(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Family("withdrawal", 'n')
	}
}

func BenchmarkSynonyms(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Synonyms("destroy", "demolish", 'v')
	}
}

func BenchmarkOpposed(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Opposed("arid", "wet", 'a')
	}
}

func BenchmarkHypernym(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Hypernym("pistol", "weapon", 'n', 4)
	}
}

func BenchmarkLookupName(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		LookupName("Kharkiv")
	}
}

// TestDemonymOf: whose people or things are so called.
func TestDemonymOf(t *testing.T) {
	for word, want := range map[string]Name{
		"Thai": {DemonymName, "THA", "thailand"}, "Thais": {DemonymName, "THA", "thailand"}, "Togolese": {DemonymName, "TGO", "togo"},
		"Pole": {DemonymName, "POL", "poland"}, "Turks": {DemonymName, "TUR", "turkiye"}, "Briton": {DemonymName, "GBR", "united kingdom"},
		"Korean": {DemonymName, "", "korea"}, "Scottish": {DemonymName, "", "scotland"}, "Europeans": {DemonymName, "", "europe"},
	} {
		if got, ok := DemonymOf(word); !ok || got != want {
			t.Errorf("%s: %+v, want %+v", word, got, want)
		}
	}
	for _, word := range []string{"Thailand", "Korea", "bridge", "", "Ss"} {
		if got, ok := DemonymOf(word); ok {
			t.Errorf("%s: %+v", word, got)
		}
	}
}

// TestPersonNames: names of many countries, but not of places and not ordinary words.
func TestPersonNames(t *testing.T) {
	for _, w := range []string{"Liz", "Lydia", "Agnieszka", "Giorgi"} {
		if !GivenName(w) {
			t.Errorf("%s is a given name", w)
		}
	}
	for _, w := range []string{"Kowalski", "Nakamura", "Hernandez", "Yilmaz"} {
		if !FamilyName(w) {
			t.Errorf("%s is a family name", w)
		}
	}
	for _, w := range []string{"Moscow", "Bridge", "Thailand", "Rock"} {
		if GivenName(w) {
			t.Errorf("%s is no given name", w)
		}
	}
}

func TestOperatorOf(t *testing.T) {
	for words, want := range map[string]Operator{
		"every":   {"all", Downward, Upward},
		"a few":   {"some", Upward, Upward},
		"few":     {"few", Downward, Downward},
		"only":    {"exact", NonMonotone, NonMonotone},
		"without": {"phrase", Downward, Upward},
	} {
		if got, ok := OperatorOf(words); !ok || got != want {
			t.Errorf("%s: %v %v, want %v", words, got, ok, want)
		}
	}
	if o, ok := OperatorOf("house"); ok {
		t.Error("house is an operator:", o)
	}
}

func TestKindsOfThings(t *testing.T) {
	if m, ok := Meet("living room", "dining room", 'n', 3); !ok || m.StepsA != 1 || m.StepsB != 1 || m.Depth < 4 {
		t.Error("rooms meet at", m, ok)
	}
	if _, ok := Meet("idea", "dog", 'n', 2); ok {
		t.Error("an idea and a dog are kinds of one thing")
	}
	if !Nuance("tiny", "small") || Nuance("small", "tiny") || Nuance("tiny", "large") {
		t.Error("tiny is a small that is more special, and no other way")
	}
	if !Material("brick") || !Material("plastic") || Material("minister") {
		t.Error("brick and plastic are materials, a minister is none")
	}
	if !Alike("close to", "near") || Alike("near", "far") || !Exclusive("near", "far away from") || !Exclusive("above", "underneath") {
		t.Error("positions")
	}
	if Demonym("Thai") != "THA" {
		t.Error("Thai")
	}
}
