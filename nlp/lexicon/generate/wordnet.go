package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// Lexicographer files of WordNet that are asked for by number (lexnames(5)).
const (
	nounAnimal        = 5
	nounGroup         = 14
	nounLocation      = 15
	nounObject        = 17
	nounPerson        = 18
	nounPlant         = 20
	verbCommunication = 32
)

// thatClause is the verb frame "Somebody ----s that CLAUSE" (wninput(5)).
const thatClause = 26

// pointer is one relation of a synset, or of the word src of it (0: of all)
// to the word dst of the synset target.
type pointer struct {
	symbol   string
	target   string
	src, dst int
}

type synset struct {
	key     string // part of speech and byte offset in the data file
	pos     byte   // n v a r; satellites are a
	lexfile int
	words   []string // as written, without syntactic marker
	ptrs    []pointer
	frames  map[int]bool // frames that hold for every word
	gloss   string
	id      int // number in the output, -1 if left out
}

// instance reports whether a synset is a thing with a name of its own.
func (s *synset) instance() bool {
	for _, p := range s.ptrs {
		if p.symbol == "@i" {
			return true
		}
	}
	return false
}

// sense is one meaning of a word; senses come in WordNet's order, the most
// frequent first.
type sense struct {
	set   *synset
	count int // of cntlist.rev: times seen in the sense-tagged texts
}

type wordnet struct {
	sets   map[string]*synset
	order  []*synset
	senses map[byte]map[string][]sense // by part of speech and lower-case lemma
	exc    map[string]string           // pos + inflected form -> lemmas, separated by blanks
}

var partsOfSpeech = []struct {
	pos  byte
	name string
}{{'n', "noun"}, {'v', "verb"}, {'a', "adj"}, {'r', "adv"}}

func readWordNet(dir string) (*wordnet, error) {
	wn := &wordnet{sets: map[string]*synset{}, senses: map[byte]map[string][]sense{}, exc: map[string]string{}}
	counts, err := readCounts(filepath.Join(dir, "cntlist.rev"))
	if err != nil {
		return nil, err
	}
	for _, p := range partsOfSpeech {
		if err := wn.readData(filepath.Join(dir, "data."+p.name), p.pos); err != nil {
			return nil, err
		}
		wn.senses[p.pos] = map[string][]sense{}
		if err := wn.readIndex(filepath.Join(dir, "index."+p.name), p.pos, counts); err != nil {
			return nil, err
		}
		if err := wn.readExceptions(filepath.Join(dir, p.name+".exc"), p.pos); err != nil {
			return nil, err
		}
	}
	return wn, nil
}

// eachLine calls f with the lines of a file that are not part of the licence
// at its top.
func eachLine(path string, f func(line string) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	sc := bufio.NewScanner(file)
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		if strings.HasPrefix(sc.Text(), "  ") {
			continue
		}
		if err := f(sc.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	return sc.Err()
}

// readCounts reads lemma + pos + sense number -> count.
func readCounts(path string) (map[string]int, error) {
	pos := map[string]string{"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
	counts := map[string]int{}
	err := eachLine(path, func(line string) error {
		f := strings.Fields(line)
		lemma, rest, ok := strings.Cut(f[0], "%")
		if !ok || len(f) != 3 {
			return fmt.Errorf("no sense key: %q", line)
		}
		n, err := strconv.Atoi(f[2])
		counts[pos[rest[:1]]+lemma+" "+f[1]] = n
		return err
	})
	return counts, err
}

func (wn *wordnet) readData(path string, pos byte) error {
	return eachLine(path, func(line string) error {
		body, gloss, _ := strings.Cut(line, " | ")
		f := strings.Fields(body)
		s := &synset{key: string(pos) + f[0], pos: pos, gloss: gloss, frames: map[int]bool{}, id: -1}
		var err error
		if s.lexfile, err = strconv.Atoi(f[1]); err != nil {
			return err
		}
		n, err := strconv.ParseInt(f[3], 16, 32)
		if err != nil {
			return err
		}
		i := 4
		for range n {
			w, _, _ := strings.Cut(f[i], "(")
			s.words = append(s.words, strings.ReplaceAll(w, "_", " "))
			i += 2
		}
		np, err := strconv.Atoi(f[i])
		if err != nil {
			return err
		}
		i++
		for range np {
			src, err := strconv.ParseInt(f[i+3][:2], 16, 32)
			if err != nil {
				return err
			}
			dst, err := strconv.ParseInt(f[i+3][2:], 16, 32)
			if err != nil {
				return err
			}
			s.ptrs = append(s.ptrs, pointer{f[i], f[i+2] + f[i+1], int(src), int(dst)})
			i += 4
		}
		if pos == 'v' && i < len(f) {
			nf, err := strconv.Atoi(f[i])
			if err != nil {
				return err
			}
			for k := range nf {
				if f[i+3+3*k] != "00" {
					continue
				}
				frame, err := strconv.Atoi(f[i+2+3*k])
				if err != nil {
					return err
				}
				s.frames[frame] = true
			}
		}
		wn.sets[s.key] = s
		wn.order = append(wn.order, s)
		return nil
	})
}

func (wn *wordnet) readIndex(path string, pos byte, counts map[string]int) error {
	return eachLine(path, func(line string) error {
		f := strings.Fields(line)
		n, err := strconv.Atoi(f[2])
		if err != nil {
			return err
		}
		lemma := strings.ReplaceAll(f[0], "_", " ")
		for i, offset := range f[len(f)-n:] {
			s := wn.sets[string(pos)+offset]
			if s == nil {
				return fmt.Errorf("no synset %s", offset)
			}
			c := counts[string(pos)+f[0]+" "+strconv.Itoa(i+1)]
			wn.senses[pos][lemma] = append(wn.senses[pos][lemma], sense{s, c})
		}
		return nil
	})
}

func (wn *wordnet) readExceptions(path string, pos byte) error {
	return eachLine(path, func(line string) error {
		f := strings.Fields(strings.ReplaceAll(line, "_", "\x00"))
		if len(f) < 2 {
			return nil
		}
		for i := range f {
			f[i] = strings.ReplaceAll(f[i], "\x00", "_")
		}
		wn.exc[string(pos)+strings.ReplaceAll(f[0], "_", " ")] = strings.ReplaceAll(strings.Join(f[1:], "|"), "_", " ")
		return nil
	})
}

// derived returns the words that WordNet's derivational and pertainym
// pointers join to lemma in pos, as pos + lemma, in order.
func (wn *wordnet) derived(pos byte, lemma string) []string {
	seen := map[string]bool{}
	for _, s := range wn.senses[pos][lemma] {
		for _, p := range s.set.ptrs {
			if p.symbol != "+" && p.symbol != `\` && p.symbol != "<" || p.src == 0 {
				continue
			}
			if strings.ToLower(s.set.words[p.src-1]) != lemma {
				continue
			}
			t := wn.sets[strings.Replace(p.target, "s", "a", 1)]
			if t == nil || p.dst == 0 {
				continue
			}
			seen[string(t.pos)+strings.ToLower(t.words[p.dst-1])] = true
		}
	}
	delete(seen, string(pos)+lemma)
	out := make([]string, 0, len(seen))
	for k := range seen {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
