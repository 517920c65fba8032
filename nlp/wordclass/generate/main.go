// Command generate clusters words by the vectors of the sentence encoder and
// writes classes.bin, which package wordclass embeds.
//
//	go run ./nlp/wordclass/generate -encoder nlp/model.bin -o nlp/wordclass/classes.bin WORDS...
//
// Each file of WORDS is read as text; what is written in letters counts, in
// lower case. The pieces of the encoder's own vocabulary that are words count
// too. What ships was made with all-MiniLM-L6-v2 from the training parts of
// the English Web Treebank and GUM and the index files of WordNet 3.0. The
// same input gives the same bytes.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"unicode"

	"counterclaim/nlp/embedding"
	"counterclaim/nlp/wordclass"
)

func main() {
	encoder := flag.String("encoder", "nlp/model.bin", "model file of the encoder")
	out := flag.String("o", "nlp/wordclass/classes.bin", "file to write")
	forms := flag.Int("forms", 256, "classes by form")
	senses := flag.Int("senses", 512, "classes by sense")
	flag.Parse()
	log.SetFlags(0)
	if err := run(*encoder, *out, *forms, *senses, flag.Args()); err != nil {
		log.Fatal("generate: ", err)
	}
}

func run(encoder, out string, forms, senses int, files []string) error {
	data, err := os.ReadFile(encoder)
	if err != nil {
		return err
	}
	m, err := embedding.Open(data)
	if err != nil {
		return err
	}
	words, err := wordsOf(m, files)
	if err != nil {
		return err
	}
	log.Printf("%d words", len(words))
	byForm := cluster(vectors(words, func(w string) []float32 { return formOf(m, w) }), forms)
	var sense [][]float32
	for chunk := range slices.Chunk(words, 512) {
		sense = append(sense, m.Encode(chunk)...)
	}
	bySense := cluster(sense, senses)
	classes := map[string][2]uint16{}
	for i, w := range words {
		classes[w] = [2]uint16{uint16(byForm[i] + 1), uint16(bySense[i] + 1)}
	}
	table := wordclass.Table(classes, words)
	log.Printf("%d bytes", len(table))
	return os.WriteFile(out, table, 0o644)
}

// wordsOf collects the words, sorted.
func wordsOf(m *embedding.Model, files []string) ([]string, error) {
	seen := map[string]bool{}
	add := func(w string) {
		w = strings.ToLower(w)
		if len(w) < 2 || len(w) > 18 || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }) {
			return
		}
		seen[w] = true
	}
	for id := int32(0); m.Piece(id) != ""; id++ {
		add(m.Piece(id))
	}
	for _, path := range files {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 1<<22)
		sc.Split(bufio.ScanWords)
		for sc.Scan() {
			add(sc.Text())
		}
		f.Close()
		if err := sc.Err(); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	words := make([]string, 0, len(seen))
	for w := range seen {
		words = append(words, w)
	}
	slices.Sort(words)
	return words, nil
}

func vectors(words []string, of func(string) []float32) [][]float32 {
	out := make([][]float32, len(words))
	for i, w := range words {
		out[i] = of(w)
	}
	return out
}

// formOf is the mean of the vectors of a word's pieces, before any layer.
func formOf(m *embedding.Model, w string) []float32 {
	ids := m.IDs(w)
	h := m.Embed(ids, nil, []int{len(ids)})
	v := make([]float32, m.Dim)
	h.Mean(v, h.Rows[m.Dim:len(h.Rows)-m.Dim])
	scale := embedding.Cosine(v, v)
	norm := float32(0)
	for _, x := range v {
		norm += x * x
	}
	if scale > 0 {
		inverse := 1 / sqrt(norm)
		for j := range v {
			v[j] *= inverse
		}
	}
	return v
}

func sqrt(x float32) float32 {
	y := x
	for range 30 {
		y = (y + x/y) / 2
	}
	return y
}

// cluster gives each vector, of length 1, one of k classes by spherical
// k-means on a sample.
func cluster(v [][]float32, k int) []int {
	random := rand.New(rand.NewPCG(1, 2))
	sample := make([][]float32, 0, 16000)
	for _, i := range random.Perm(len(v))[:min(len(v), 16000)] {
		sample = append(sample, v[i])
	}
	dim := len(v[0])
	centres := make([][]float32, k)
	for c := range centres {
		centres[c] = slices.Clone(sample[c*len(sample)/k])
	}
	for range 8 {
		sums := make([][]float32, k)
		for c := range sums {
			sums[c] = make([]float32, dim)
		}
		for _, x := range sample {
			s := sums[nearest(centres, x)]
			for j, a := range x {
				s[j] += a
			}
		}
		for c, s := range sums {
			norm := float32(0)
			for _, a := range s {
				norm += a * a
			}
			if norm == 0 {
				continue // an empty class keeps its centre
			}
			n := sqrt(norm)
			for j := range s {
				centres[c][j] = s[j] / n
			}
		}
	}
	out := make([]int, len(v))
	for i, x := range v {
		out[i] = nearest(centres, x)
	}
	return out
}

func nearest(centres [][]float32, x []float32) int {
	best, top := 0, float32(-2)
	for c, y := range centres {
		var s0, s1, s2, s3 float32
		for j := 0; j+3 < len(x); j += 4 {
			s0 += x[j] * y[j]
			s1 += x[j+1] * y[j+1]
			s2 += x[j+2] * y[j+2]
			s3 += x[j+3] * y[j+3]
		}
		if s := s0 + s1 + s2 + s3; s > top {
			best, top = c, s
		}
	}
	return best
}
