// Command generate writes the two files that package readability embeds, from
// the English word list of wordfreq (PyPI package wordfreq 3.1.1, file
// wordfreq/data/large_en.msgpack.gz) and from WordNet 3.0 (Debian package
// wordnet-base).
//
//	go run ./nlp/readability/generate -wordfreq large_en.msgpack.gz -wordnet /usr/share/wordnet -o nlp/readability
//
// The same input gives the same bytes.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func main() {
	wordfreq := flag.String("wordfreq", "large_en.msgpack.gz", "`file` of word frequencies")
	wordnet := flag.String("wordnet", "/usr/share/wordnet", "`folder` of WordNet's dictionary files")
	out := flag.String("o", "nlp/readability", "`folder` to write to")
	flag.Parse()
	if err := run(*wordfreq, *wordnet, *out); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

const (
	listed = 30 // tenths of Zipf: words less common than this are not in the list of frequencies
	easy   = 42 // words more common than this get no meaning
)

func run(wordfreq, wordnet, out string) error {
	zipf, err := readFrequencies(wordfreq)
	if err != nil {
		return fmt.Errorf("%s: %w", wordfreq, err)
	}
	byZipf := map[string][]string{}
	for w, z := range zipf {
		if z >= listed {
			byZipf[fmt.Sprint(z)] = append(byZipf[fmt.Sprint(z)], w)
		}
	}
	if err := write(filepath.Join(out, "frequencies.gz"), byZipf); err != nil {
		return err
	}
	counts, err := readCounts(filepath.Join(wordnet, "cntlist.rev"))
	if err != nil {
		return err
	}
	byMeaning := map[string][]string{}
	for _, p := range []struct {
		pos  byte
		name string
	}{{'n', "noun"}, {'v', "verb"}, {'a', "adj"}, {'r', "adv"}} {
		if err := readMeanings(wordnet, p.pos, p.name, zipf, counts, byMeaning); err != nil {
			return err
		}
	}
	return write(filepath.Join(out, "meanings.gz"), byMeaning)
}

// write writes a line for every key, with the words that have it.
func write(path string, lines map[string][]string) error {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	words := 0
	for _, key := range slices.Sorted(maps.Keys(lines)) {
		slices.Sort(lines[key])
		words += len(lines[key])
		fmt.Fprintf(z, "%s\t%s\n", key, strings.Join(lines[key], " "))
	}
	if err := z.Close(); err != nil {
		return err
	}
	fmt.Printf("%s: %d words, %d bytes\n", path, words, b.Len())
	return os.WriteFile(path, b.Bytes(), 0o644)
}

// readMeanings adds the first definition of the most frequent sense of every
// word of one part of speech that is known but not easy, if it has one sense
// only, or one that was seen twice as often as the next.
func readMeanings(dir string, pos byte, name string, zipf, counts map[string]int, into map[string][]string) error {
	glosses := map[string]string{}
	err := eachLine(filepath.Join(dir, "data."+name), func(line string) {
		if body, gloss, ok := strings.Cut(line, " | "); ok && !strings.Contains(body, " @i ") {
			glosses[body[:8]] = definition(gloss)
		}
	})
	if err != nil {
		return err
	}
	return eachLine(filepath.Join(dir, "index."+name), func(line string) {
		f := strings.Fields(line)
		z, known := zipf[f[0]]
		if !known || z >= easy || strings.ContainsAny(f[0], "_.0123456789") {
			return
		}
		var pointers, senses int
		if _, err := fmt.Sscan(f[2]+" "+f[3], &senses, &pointers); err != nil || 4+pointers+2 >= len(f) {
			return
		}
		// lemma pos synset_cnt p_cnt [ptr_symbol...] sense_cnt tagsense_cnt synset_offset...
		first := counts[string(pos)+f[0]+" 1"]
		if senses > 1 && (first < 2 || first < 2*counts[string(pos)+f[0]+" 2"]) {
			return // no sense prevails
		}
		if g := glosses[f[4+pointers+2]]; g != "" {
			into[g] = append(into[g], string(pos)+f[0])
		}
	})
}

// readCounts reads how often each sense was seen in the texts in which WordNet
// counts senses, by part of speech, lemma, and number of the sense.
func readCounts(path string) (map[string]int, error) {
	pos := map[string]string{"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
	counts := map[string]int{}
	err := eachLine(path, func(line string) {
		f := strings.Fields(line)
		if len(f) != 3 {
			return
		}
		lemma, rest, ok := strings.Cut(f[0], "%")
		if n, err := strconv.Atoi(f[2]); ok && rest != "" && err == nil {
			counts[pos[rest[:1]]+lemma+" "+f[1]] = n
		}
	})
	return counts, err
}

// definition is a gloss without examples, remarks in brackets, and second
// definitions; it is empty if it is too long.
func definition(gloss string) string {
	gloss, _, _ = strings.Cut(gloss, `; "`)
	gloss = remark.ReplaceAllString(gloss, "")
	gloss, _, _ = strings.Cut(gloss, ";")
	if gloss = strings.TrimSpace(strings.ReplaceAll(gloss, "`", "'")); len(gloss) > longest {
		return ""
	}
	return gloss
}

// remark is a remark in brackets, which may hold another.
var remark = regexp.MustCompile(`\s*\((?:[^()]|\([^()]*\))*\)`)

// longest is the longest definition in bytes that helps a reader.
const longest = 110

func eachLine(path string, f func(string)) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	sc := bufio.NewScanner(file)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		if !strings.HasPrefix(sc.Text(), "  ") { // the licence at the top
			f(sc.Text())
		}
	}
	return sc.Err()
}

// readFrequencies reads the "cB" format of wordfreq: a MessagePack array of a
// header and, for 0, 1, 2, ... hundredths of a bel below certainty, the words
// of that frequency. It returns the frequency of each in tenths of Zipf.
func readFrequencies(path string) (map[string]int, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	d := decoder{bufio.NewReader(z)}
	n, err := d.array()
	if err != nil {
		return nil, err
	}
	if err := d.skipHeader(); err != nil {
		return nil, err
	}
	out := map[string]int{}
	for cB := range n - 1 {
		words, err := d.array()
		if err != nil {
			return nil, err
		}
		for range words {
			w, err := d.text()
			if err != nil {
				return nil, err
			}
			out[w] = (900 - cB + 5) / 10 // a Zipf of 9 is every word
		}
	}
	return out, nil
}

// decoder reads the part of MessagePack that the list needs.
type decoder struct{ r *bufio.Reader }

var errFormat = errors.New("not a word list of wordfreq (cB, version 1)")

func (d decoder) size(bytes int) (int, error) {
	var b [4]byte
	if _, err := io.ReadFull(d.r, b[4-bytes:]); err != nil {
		return 0, err
	}
	return int(binary.BigEndian.Uint32(b[:])), nil
}

func (d decoder) array() (int, error) {
	c, err := d.r.ReadByte()
	switch {
	case err != nil:
		return 0, err
	case c&0xf0 == 0x90:
		return int(c & 0x0f), nil
	case c == 0xdc:
		return d.size(2)
	case c == 0xdd:
		return d.size(4)
	}
	return 0, errFormat
}

func (d decoder) text() (string, error) {
	c, err := d.r.ReadByte()
	n := int(c & 0x1f)
	switch {
	case err != nil:
		return "", err
	case c&0xe0 == 0xa0:
	case c == 0xd9:
		if n, err = d.size(1); err != nil {
			return "", err
		}
	default:
		return "", errFormat
	}
	b := make([]byte, n)
	_, err = io.ReadFull(d.r, b)
	return string(b), err
}

// skipHeader reads {"format": "cB", "version": 1}.
func (d decoder) skipHeader() error {
	c, err := d.r.ReadByte()
	if err != nil {
		return err
	}
	if c != 0x82 {
		return errFormat
	}
	for range 2 {
		key, err := d.text()
		if err != nil {
			return err
		}
		if key == "format" {
			if v, err := d.text(); err != nil || v != "cB" {
				return errFormat
			}
		} else if v, err := d.r.ReadByte(); err != nil || v != 1 {
			return errFormat
		}
	}
	return nil
}
