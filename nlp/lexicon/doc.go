// Package lexicon knows words: which mean the same or the opposite, which are
// kinds of one another, which are derived from one another, what a verb
// implies of its complement, and which names are countries, places, persons
// and organizations.
//
// Everything comes from documented sources, compiled by nlp/lexicon/generate
// into one file that is read in place: WordNet 3.0 (Princeton University),
// the country table of mledoze/countries (ODbL 1.0), the CAMEO dictionaries
// of PETRARCH2 (MIT), and the lists in nlp/lexicon/lists, each of which names
// its source in its head.
//
// Words are given as lemmas in lower case with blanks between the parts
// ("carry out"); a part of speech is 'n', 'v', 'a' (adjective) or 'r'
// (adverb). An unknown word has no relations: every question about it is
// answered with false or the empty value. All functions are safe for
// concurrent use.
package lexicon
