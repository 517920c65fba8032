// Command generate writes lexicon.bin, the compact file that package lexicon
// embeds, from WordNet 3.0 (Debian package wordnet-base), a table of
// countries, the CAMEO dictionaries of PETRARCH2, and the word lists in
// nlp/lexicon/lists.
//
//	go run ./nlp/lexicon/generate -wordnet /usr/share/wordnet -lists DIR -own nlp/lexicon/lists -o nlp/lexicon/lexicon.bin
//
// DIR holds countries.tsv (mledoze/countries, as a table) and cameo/ (the
// dictionaries of openeventdata/petrarch2). The same input gives the same
// bytes.
package main

import (
	"encoding/binary"
	"flag"
	"fmt"
	"math/bits"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode"
)

func main() {
	wordnetDir := flag.String("wordnet", "/usr/share/wordnet", "folder of WordNet's dictionary files")
	lists := flag.String("lists", "", "folder with countries.tsv and cameo/")
	own := flag.String("own", "nlp/lexicon/lists", "folder with the package's own word lists")
	out := flag.String("o", "nlp/lexicon/lexicon.bin", "file to write")
	flag.Parse()
	if err := run(*wordnetDir, *lists, *own, *out); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(wordnetDir, lists, own, out string) error {
	wn, err := readWordNet(wordnetDir)
	if err != nil {
		return err
	}
	countries, err := readCountries(filepath.Join(lists, "countries.tsv"))
	if err != nil {
		return err
	}
	verbs, err := readCameoVerbs(filepath.Join(lists, "cameo", "CAMEO.2.0.txt"))
	if err != nil {
		return err
	}
	gazetteer, err := gather(countries, wn, lists)
	if err != nil {
		return err
	}
	tags, err := readLists(own)
	if err != nil {
		return err
	}
	for v, code := range verbs {
		tags.set("cameo\t"+v, code)
	}
	if err := personNames(gazetteer, tags, wn, own); err != nil {
		return err
	}
	for _, w := range proper(wn) {
		tags.set("proper\t"+w, "")
	}
	for _, r := range regions(wn) {
		tags.set("region\t"+r, "")
	}
	for _, v := range reporting(wn) {
		tags.set("reporting\t"+v, "")
	}
	for w, p := range polarity(wn) {
		tags.set("polarity\t"+w, p)
	}
	countryTable := newTable()
	for _, c := range countries {
		countryTable.set(c.code, strings.Join([]string{c.name, c.official, c.capital, strings.Join(c.demonyms, "|")}, "\t"))
	}
	words, synsets := compile(wn, tags)
	exceptions := newTable()
	for form, lemmas := range wn.exc {
		exceptions.set(form, lemmas)
	}
	data := container(words.encode(), synsets.encode(), exceptions.encode(), tags.encode(), countryTable.encode(), gazetteer.encode())
	fmt.Printf("%d words, %d synsets, %d names, %d bytes\n", len(words.keys), len(synsets.records), len(gazetteer.keys), len(data))
	return os.WriteFile(out, data, 0o644)
}

// keeps says whether a synset goes into the file: not the proper names, which
// go to the gazetteer, and not the Latin names of animals and plants.
func keeps(s *synset) bool {
	if s.instance() {
		return false
	}
	if s.pos == 'n' && (s.lexfile == nounAnimal || s.lexfile == nounPlant) {
		for _, w := range s.words {
			if !unicode.IsUpper(rune(w[0])) {
				return true
			}
		}
		return false
	}
	return true
}

// compile numbers words and synsets and writes their records; package
// lexicon (wordnet.go) documents the layout.
func compile(wn *wordnet, tags *table) (*table, *list) {
	kept := 0
	for _, s := range wn.order {
		if keeps(s) {
			s.id = kept
			kept++
		}
	}
	senses := func(pos byte, lemma string) []sense {
		var out []sense
		for _, s := range wn.senses[pos][lemma] {
			if s.set.id >= 0 {
				out = append(out, s)
			}
		}
		return out
	}
	words := newTable()
	for _, p := range partsOfSpeech {
		for lemma := range wn.senses[p.pos] {
			if len(senses(p.pos, lemma)) > 0 {
				words.set(lemma, "")
			}
		}
	}
	number := map[string]int{}
	for i, w := range words.sorted() {
		number[w] = i
	}
	family := families(wn, func(pos byte, lemma string) bool { return len(senses(pos, lemma)) > 0 })
	for _, w := range words.sorted() {
		var v []byte
		for _, p := range partsOfSpeech {
			ss := senses(p.pos, w)
			if len(ss) == 0 {
				continue
			}
			v = append(v, p.pos)
			key := family[string(p.pos)+w]
			if own, ok := tags.values["families\t"+w]; ok && p.pos == 'n' {
				key = own
			}
			f, ok := number[key]
			if !ok {
				f = number[w]
			}
			v = binary.AppendUvarint(v, uint64(f))
			v = binary.AppendUvarint(v, uint64(len(ss)))
			for _, s := range ss {
				v = binary.AppendUvarint(v, uint64(s.set.id)<<4|uint64(min(bits.Len(uint(s.count)), 15)))
			}
			var ds []uint64
			for _, d := range wn.derived(p.pos, w) {
				if n, ok := number[d[1:]]; ok {
					ds = append(ds, uint64(n)<<2|uint64(strings.IndexByte("nvar", d[0])))
				}
			}
			v = binary.AppendUvarint(v, uint64(len(ds)))
			for _, d := range ds {
				v = binary.AppendUvarint(v, d)
			}
		}
		words.set(w, string(v))
	}
	synsets := &list{}
	for _, s := range wn.order {
		if s.id >= 0 {
			synsets.records = append(synsets.records, record(wn, s, number))
		}
	}
	return words, synsets
}

// record writes one synset.
func record(wn *wordnet, s *synset, number map[string]int) []byte {
	v := []byte{s.pos, byte(s.lexfile)}
	targets := func(symbols ...string) {
		var ids []int
		for _, p := range s.ptrs {
			for _, want := range symbols {
				if p.symbol != want {
					continue
				}
				if t := wn.sets[strings.Replace(p.target, "s", "a", 1)]; t != nil && t.id >= 0 {
					ids = append(ids, t.id)
				}
			}
		}
		sort.Ints(ids)
		v = binary.AppendUvarint(v, uint64(len(ids)))
		for _, id := range ids {
			v = binary.AppendUvarint(v, uint64(id))
		}
	}
	targets("@")
	targets("&")
	targets("*", ">")
	var antonyms []uint64
	for _, p := range s.ptrs {
		if p.symbol != "!" {
			continue
		}
		t := wn.sets[strings.Replace(p.target, "s", "a", 1)]
		if t == nil || t.id < 0 || p.src == 0 || p.dst == 0 {
			continue
		}
		antonyms = append(antonyms, uint64(number[strings.ToLower(s.words[p.src-1])]), uint64(number[strings.ToLower(t.words[p.dst-1])]), uint64(t.id))
	}
	v = binary.AppendUvarint(v, uint64(len(antonyms)/3))
	for _, a := range antonyms {
		v = binary.AppendUvarint(v, a)
	}
	v = binary.AppendUvarint(v, uint64(len(s.words)))
	for _, w := range s.words {
		v = binary.AppendUvarint(v, uint64(number[strings.ToLower(w)]))
	}
	return v
}

// reporting returns the verbs one of whose three most frequent senses is a
// verb of communication that takes a that-clause.
func reporting(wn *wordnet) []string {
	var out []string
	for v, ss := range wn.senses['v'] {
		for i, s := range ss {
			if i < 3 && s.set.lexfile == verbCommunication && s.set.frames[thatClause] {
				out = append(out, v)
				break
			}
		}
	}
	sort.Strings(out)
	return out
}

// readLists reads every .tsv of a folder: lines that do not begin with '#'
// are a word and its fields; the key is the file's name and the word.
func readLists(dir string) (*table, error) {
	t := newTable()
	files, err := filepath.Glob(filepath.Join(dir, "*.tsv"))
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	for _, f := range files {
		kind := strings.TrimSuffix(filepath.Base(f), ".tsv")
		err := eachLine(f, func(line string) error {
			if line == "" || line[0] == '#' {
				return nil
			}
			word, rest, _ := strings.Cut(line, "\t")
			key := kind + "\t" + word
			if old, ok := t.values[key]; ok {
				rest = old + "\n" + rest
			}
			t.set(key, rest)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return t, nil
}
