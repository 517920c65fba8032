package segment

import "strings"

// class says how an abbreviation behaves before a stop.
type class byte

const (
	plain   class = iota // not an abbreviation
	title                // stands before a name or word: the stop never ends the sentence
	counted              // stands before a number or code: "para. 4"
	neutral              // may stand anywhere: "Inc.", "a.m."
	dotted               // letters with dots between: "U.S"
	initial              // a single letter
)

// abbreviations by class, each in one, lower case, without the last stop. Sources: the
// United Nations Editorial Manual (abbreviations and document symbols), the
// Chicago Manual of Style (ranks, months, states, company forms).
var abbreviations = map[class]string{
	title: `mr mrs ms messrs mme mlle dr drs prof assoc hon rev fr sr. st ste mt ft
		gen lt col maj capt cpt cmdr cdr comdr brig sgt cpl pvt adm vadm radm amb gov sen rep
		supt insp det const pres rt esq. h.e h.r.h h.m m.v s.s m.s m.t lt.col lt.gen maj.gen brig.gen
		vs viz e.g i.e cf approx ca c. al. incl excl esp resp dept.`,
	counted: `no nos art arts para paras p pp vol vols sec secs sect ch chap chaps fig figs res
		doc docs add corr pt eq eqs ex ver tab app reg regs cl sched ser n°. nº`,
	neutral: `inc ltd co corp jr bros etc plc llc llp s.a a.g a.m p.m am pm ave blvd rd div dist
		est ext jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun
		ala ariz ark calif colo conn fla ga ill ind kan ky la md mass mich minn miss mont neb nev okla
		ore pa penn tenn tex va vt wash wis wyo ph.d m.d b.a m.a d.c a.d b.c b.c.e c.e
		ed eds trans univ intl natl assn bldg hq govt min max hr hrs sq km kg lb lbs oz mi`,
}

var classOf = func() map[string]class {
	m := map[string]class{}
	for c, list := range abbreviations {
		for _, a := range strings.Fields(list) {
			m[strings.TrimSuffix(a, ".")] = c
		}
	}
	return m
}()

// abbreviation returns the class of a word without its last stop.
func abbreviation(s string) class {
	if len(s) == 0 || len(s) > 12 {
		return plain
	}
	if len(s) == 1 {
		if c := s[0] | 0x20; 'a' <= c && c <= 'z' {
			return initial
		}
		return plain
	}
	if c, ok := classOf[lowerASCII(s)]; ok {
		return c
	}
	// Single letters with a dot between each two.
	if len(s)%2 == 1 {
		for i := 0; i < len(s); i++ {
			if letter := 'a' <= s[i]|0x20 && s[i]|0x20 <= 'z'; letter != (i%2 == 0) || i%2 == 1 && s[i] != '.' {
				return plain
			}
		}
		return dotted
	}
	return plain
}

// starters are words that, with a capital after an abbreviation, begin a
// sentence: closed-class words that no name begins with.
var starters = set(`
	the this that these those it he she we they you i his her its their our my your there here
	a an in on at by for from with as to of after before during since until while when where why what who whom
	whose which how if although though because unless but and or so yet nor however moreover furthermore
	nevertheless meanwhile therefore thus then also additionally finally further instead indeed later
	is are was were do does did has have had can could will would should may might must
	not no even all both each every some any many most few several another such please let according despite
	today yesterday tomorrow now`)

// exclamations stand for a sentence by themselves.
var exclamations = set(`yes yeah yep no nope oh ah uh huh mm mhm hm hmm wow okay ok right alright well hey hi hello
	thanks sure exactly absolutely please sorry goodbye bye`)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// lowerASCII lowers A to Z and copies nothing when there is nothing to lower.
func lowerASCII(s string) string {
	for i := 0; i < len(s); i++ {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return strings.ToLower(s)
		}
	}
	return s
}
