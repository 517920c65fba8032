package syntax

import (
	"encoding/binary"
	"strings"
)

// Classes are what the network tells apart, in the order of its outputs.
type Classes struct {
	Tags      []string // Penn tag and universal part of speech: "NN|NOUN"
	Relations []string // of Universal Dependencies, without subtypes
}

// Pack makes a model file of a trained network, as train/train.py writes it,
// and of the lemmas of sentences.
func Pack(network []byte, c Classes, sentences [][]Token) []byte {
	lemmas := trainLemmas(sentences)
	var scripts []string
	for _, s := range lemmas.scripts {
		scripts = append(scripts, s.String())
	}
	text := func(list []string) []byte { return []byte(strings.Join(list, "\n")) }
	out := []byte(magic)
	for _, section := range [][]byte{network, text(c.Tags), text(c.Relations), text(scripts), lemmas.choice.pack()} {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(section)))
		out = append(out, section...)
	}
	return out
}
