package main

func polarity(wn *wordnet) map[string]string { return nil }
