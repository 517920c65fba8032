package syntax

import "strings"

// The word lists of the tokenizer. They follow what the training part of the
// English Web Treebank does.

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// prefixes keep the hyphen that follows them: "non-combat" is one token.
var prefixes = set(`e non mid pre anti re post co over pro multi ex sub semi neo un ultra inter intra counter micro macro trans
	para quasi pseudo psycho socio geo bi tri extra hyper mini meta proto under`)

// abbreviations keep the full stop that follows them.
var abbreviations = set(`mr mrs ms dr prof st sr jr vs etc inc ltd co corp bros dept univ ave blvd rd mt ft sgt lt col gen capt
	cpl maj brig adm cmdr gov sen rep reps sens rev hon pres amb jan feb mar apr jun jul aug sept sep oct nov dec
	mon tue tues wed thu thur thurs fri approx est attn cf al arrv dep ed eds tel ext messrs mme mlle supt insp
	ass't viz ibid assn hwy`)

// abbreviationsBeforeNumber keep their full stop only before a number.
var abbreviationsBeforeNumber = set(`no nos art arts para paras sec fig figs vol vols p pp ch res doc add rev v op c ca sat sun`)

// endings are the last parts of domain and file names.
var endings = set(`com org net gov edu mil int info biz io uk ru ua de fr eu az am il ir us ca au in cn jp
	doc docx xls xlsx pdf txt htm html php jpg jpeg png gif exe url zip ppt pptx csv xml`)

// units are split from the number before them.
var units = set(`am pm a p k km m mm cm kg g mg lb lbs ft oz hr hrs h min mins sec secs yr yrs year years ml mph kmh mw kw gb mb
	bn mln million billion x`)

// clipped words keep the apostrophe that begins them.
var clipped = set(`em til till cause n bout round tis twas`)

// currencyPrefixes are joined with the dollar sign that follows them.
var currencyPrefixes = set(`US U A C HK NZ CA AU S`)

// contractions that are written as one word, with where they are cut.
var contractions = map[string]int{
	"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "gimme": 3, "lemme": 3,
	"dont": 2, "didnt": 3, "doesnt": 4, "isnt": 2, "wasnt": 3, "arent": 3, "werent": 4, "couldnt": 5, "wouldnt": 5, "shouldnt": 6,
	"havent": 4, "hasnt": 3, "hadnt": 3, "cant": 2, "aint": 2, "thats": 4, "theyre": 4, "youre": 3, "ive": 1, "whats": 4,
}
