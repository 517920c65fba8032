package main

import "counterclaim/nlp/lexicon"

// fold brings a name into the form of its key, as the lexicon does on look-up.
func fold(s string) string { return lexicon.Fold(s) }
