package read

import (
	"regexp"
	"strings"
)

// words makes a set of a list.
func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// finite are words that show a short line to be a sentence: subject pronouns
// and finite forms of the commonest English verbs. Closed classes of English
// grammar, chosen by hand.
var finite = words(`i we he she they it you is are was were am be been will would shall should can cannot could may might must
 has have had do does did don't doesn't didn't won't isn't aren't wasn't weren't says said there's it's we're
 demands calls asks condemns remains regrets thanks welcomes denies rejects`)

// linking are words after which no heading or name ends: a line that ends in
// one goes on in the next.
var linking = words(`a an the of to and or for from in on at by with as that which who between under into its their our his her &`)

// compounds are first parts after which a hyphen at the end of a line is the
// word's own ("well-known"). Numbers and closed-class prefixes of English
// spelling, chosen by hand.
var compounds = words(`well self non ex long short high low full half part pro anti multi cross post pre mid semi quasi all so
 one two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety first second third last
 north south east west left right far near old new good ill cease peace war land air sea man state world whole large small co
 vice counter third-party follow stand walk take back`)

// letterheads are lines that belong to the frame of a document: fields of a
// letter, an e-mail or a United Nations document, and delivery notes.
// Source: the layouts of United Nations documents (Distr., Original, Agenda
// item), RFC 5322 header fields, and common press-release formulas.
var letterheads = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^(distr\.?|original|agenda items?|items? \d+|subject|re|ref|reference|our ref|your ref|from|to|cc|bcc|sent|date|tel|telephone|phone|fax|e-?mail|web|website|embargo(ed)?|contact|press contact|media contact|enquir(y|ies)|media enquir(y|ies)|covers|message-id|reply-to|content-type)(\.|\b)[^.:]{0,24}:`),
	regexp.MustCompile(`(?i)^agenda items? \d+`),
	regexp.MustCompile(`(?i)^date of (report|issue|publication|filing|event|submission)\b`),
	regexp.MustCompile(`(?i)^(distr\.|original:|check against delivery|for immediate (release|use)|as delivered|embargoed (until|till)|not for (publication|release)|(un)?official translation|translated from|verbatim record|press release|media release|news release)`),
	regexp.MustCompile(`(?i)^(\w+-)?(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|\w+tieth|\w+) (special |emergency |annual |regular )?(session|year|meeting)$`),
	symbol,
}

// symbol is a document number such as A/78/568 or S/PV.7138.
var symbol = regexp.MustCompile(`^[A-Z]{1,6}(/[A-Z0-9.\-–]+){1,5}$`)

// dated begins a line that says when a document was issued.
var dated = regexp.MustCompile(`(?i)^(issued|updated|last updated|published|adopted|posted|revised|dated)\b`)

// addressees open a letter without a salutation.
var addressees = regexp.MustCompile(`(?i)^to (all|our|the|every|everyone|those|whoever|whom|his|her|sir|mr|mrs|ms|dr)\b[^!?;]{0,120}$`)

// salutations open a letter or a speech, and with it the body.
var salutations = regexp.MustCompile(`(?i)^((dear|honou?red|esteemed|my lords?|loving|beloved)\b.{0,80}|(sirs?|madam|gentlemen|colleagues|comrades|friends|excellenc(y|ies)|(distinguished|honou?rable|fellow)\b.{0,60}|(mr|mrs|ms|madam)\.? (president|speaker|chair|chairman|chairperson|secretary-general)\b.{0,60}|ladies and gentlemen|good (people|morning|afternoon|evening)|your (excellency|highness|majesty|honou?r|grace)\b.{0,60}|may it please .{0,60}))[,:!]$`)

// closings end a letter. Source: common English complimentary closes, modern
// and historical.
var closings = regexp.MustCompile(`(?i)^(yours? (very )?(sincerely|faithfully|truly|respectfully|etc)|sincerely( yours)?|respectfully( (yours|submitted))?|faithfully|(with )?(best|kind|warm|warmest|kindest)? ?(regards|wishes)|with (respect|thanks|gratitude|regards)|in solidarity|cordially|your .{0,60}(servant|brother|sister|friend|son|daughter|father|mother)|(i|we) (am|remain|have the honou?r to (be|remain)),? .{0,80}(servants?|brother|friend)|please accept.{0,40} the assurances? .{0,80})[,.]?$`)

// signed marks a signature, and what speaks for a body.
var (
	signed    = regexp.MustCompile(`(?i)^\(?\s*(signed|s\.|sgd\.?|/s/)\s*[):\]]`)
	onBehalf  = regexp.MustCompile(`(?i)^(for|on behalf of|by order of|per pro) (the|and on behalf|our|all)\b[^.!?]{0,100}$`)
	contact   = regexp.MustCompile(`(?i)^(press|media)? ?(contacts?|enquir(y|ies)|inquir(y|ies)|press office|tel|e-?mail|notes? to editors?)\b.{0,24}:`)
	ends      = regexp.MustCompile(`(?i)^(ends?|\(ends?\)|-+ ?ends? ?-+|-30-|#{3}|\* ?\* ?\*|\[?end of (statement|text|document|release)\]?)\.?$`)
	dateField = regexp.MustCompile(`(?i)^(dated?|executed|done|signed)\b( (this|on|at|in))?[:, ]`)
	annexes   = regexp.MustCompile(`(?i)^(annex|appendix|enclosure|attachment|schedule)( [ivxlc\d]+| [a-z])?\b`)
	direction = regexp.MustCompile(`^[(\[][^()\[\]]{2,60}[)\]]$`)
)

// statementNouns name kinds of statement; a line that begins with one, or
// has one and more, names the document.
var statementNouns = regexp.MustCompile(`(?i)\b((identical |open )?letters? (dated|to|from|of)|open letter|note verbale|statement|press release|press statement|press notice|media release|media statement|communiqu[eé]|declaration|resolution|remarks|speech|address|report|bulletin|briefing|notice|circular|appeal|complaint|answer|opinion|announcement|notification|memorandum|findings|testimony|evidence|examination|diary|annals|summary|update|message|question)\b`)

// organisations begin or end the names of bodies, which head a document but
// do not name it.
var organisations = regexp.MustCompile(`(?i)^(the )?(united nations|general (assembly|council|chamber)|security council|human rights council|economic and social council|assembly|council|parliament|senate|house of \w+|ministry|department|office|government|republic|kingdom|state|federation|union|commission|committee|agency|embassy|permanent (mission|delegation))\b`)
