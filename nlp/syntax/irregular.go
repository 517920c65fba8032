package syntax

import "strings"

// irregular lists irregular verbs by base, past and participle, for those that
// a treebank may lack.
const irregular = `arise arose arisen
awake awoke awoken
bear bore borne
beget begot begotten
behold beheld beheld
bend bent bent
beset beset beset
bestride bestrode bestridden
bet bet bet
bid bid bid
bind bound bound
bleed bled bled
breed bred bred
burst burst burst
cast cast cast
cling clung clung
creep crept crept
deal dealt dealt
dig dug dug
dwell dwelt dwelt
flee fled fled
fling flung flung
forbid forbade forbidden
forecast forecast forecast
foresee foresaw foreseen
forego forewent foregone
forgo forwent forgone
forsake forsook forsaken
forswear forswore forsworn
freeze froze frozen
grind ground ground
hew hewed hewn
inlay inlaid inlaid
kneel knelt knelt
leap leapt leapt
lean leant leant
learn learnt learnt
mislay mislaid mislaid
mislead misled misled
mistake mistook mistaken
misunderstand misunderstood misunderstood
mow mowed mown
outdo outdid outdone
outgrow outgrew outgrown
overcome overcame overcome
overdo overdid overdone
overhang overhung overhung
overhear overheard overheard
override overrode overridden
overrun overran overrun
oversee oversaw overseen
overtake overtook overtaken
overthrow overthrew overthrown
partake partook partaken
rebuild rebuilt rebuilt
redo redid redone
repay repaid repaid
retake retook retaken
rewrite rewrote rewritten
rend rent rent
saw sawed sawn
seek sought sought
sew sewed sewn
shake shook shaken
shear sheared shorn
shed shed shed
shrink shrank shrunk
slay slew slain
slink slunk slunk
slit slit slit
smite smote smitten
sow sowed sown
speed sped sped
spin spun spun
split split split
spread spread spread
spring sprang sprung
steal stole stolen
stick stuck stuck
sting stung stung
stink stank stunk
strew strewed strewn
stride strode stridden
strike struck struck
string strung strung
strive strove striven
swear swore sworn
sweep swept swept
swell swelled swollen
swing swung swung
tear tore torn
thrust thrust thrust
tread trod trodden
undergo underwent undergone
underlie underlay underlain
undertake undertook undertaken
underwrite underwrote underwritten
undo undid undone
unwind unwound unwound
uphold upheld upheld
upset upset upset
weave wove woven
weep wept wept
wind wound wound
withdraw withdrew withdrawn
withhold withheld withheld
withstand withstood withstood
wring wrung wrung`

// irregularPlurals lists nouns by singular and plural.
const irregularPlurals = `axis axes
barracks barracks
crisis crises
criterion criteria
echo echoes
embargo embargoes
feces feces
headquarters headquarters
hero heroes
hypothesis hypotheses
index indices
mosquito mosquitoes
oasis oases
parenthesis parentheses
phenomenon phenomena
potato potatoes
synthesis syntheses
tomato tomatoes
tornado tornadoes
torpedo torpedoes
veto vetoes
volcano volcanoes`

// irregularForms gives the forms as tokens to learn lemmas from.
func irregularForms() []Token {
	var out []Token
	for line := range strings.Lines(irregularPlurals) {
		f := strings.Fields(line)
		out = append(out, Token{Text: f[1], Lemma: f[0], XPOS: "NNS", UPOS: "NOUN"})
	}
	for line := range strings.Lines(irregular) {
		f := strings.Fields(line)
		out = append(out, Token{Text: f[1], Lemma: f[0], XPOS: "VBD", UPOS: "VERB"}, Token{Text: f[2], Lemma: f[0], XPOS: "VBN", UPOS: "VERB"})
	}
	return out
}
