package embedding

import (
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"hash/crc32"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// tiny opens the random model of export/tiny.py, with its own data.
func tiny(t testing.TB) *Model {
	t.Helper()
	data, err := os.ReadFile("testdata/tiny.ccm")
	if err != nil {
		t.Fatal(err)
	}
	m, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Verify(); err != nil {
		t.Fatal(err)
	}
	return m
}

// example is one text with the outputs of the float32 original.
type example struct {
	Text   string
	Pieces []string
	IDs    []int32
	Types  []int32
	Vector []float32
	States [][]float32 // after the embeddings and each layer
	Stance []float32   // dense head on each row of the last state
}

func examples(t testing.TB) []example {
	t.Helper()
	data, err := os.ReadFile("testdata/tiny.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []example
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func near(t *testing.T, what string, got, want []float32, least float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d numbers, want %d", what, len(got), len(want))
	}
	if c := Cosine(got, want); !(c >= least) {
		t.Errorf("%s: cosine with the original %.5f, want %.3f or more", what, c, least)
	}
}

func TestOriginal(t *testing.T) {
	m := tiny(t)
	for _, e := range examples(t) {
		if got := m.IDs(e.Text); !slices.Equal(got, e.IDs) {
			t.Errorf("%q: ids %v, want %v", e.Text, got, e.IDs)
		}
		for i, id := range e.IDs {
			if m.Piece(id) != e.Pieces[i] {
				t.Errorf("piece %d is %q, want %q", id, m.Piece(id), e.Pieces[i])
			}
		}
		h := m.Embed(e.IDs, e.Types, []int{len(e.IDs)})
		near(t, e.Text+" embedded", h.Rows, e.States[0], 0.9999)
		for l := range m.Text {
			m.Run(&h, l, l+1)
			near(t, fmt.Sprintf("%q after layer %d", e.Text, l), h.Rows, e.States[l+1], 0.998)
		}
		near(t, e.Text+" stance", m.Dense("stance", h.Rows), e.Stance, 0.998)
		near(t, e.Text+" vector", m.Encode([]string{e.Text})[0], e.Vector, 0.998)
	}
}

func TestHeadsAndTensors(t *testing.T) {
	m := tiny(t)
	if got := m.Heads(); !slices.Equal(got, []string{"stance"}) {
		t.Errorf("heads %v", got)
	}
	if x, shape := m.Tensor("roles"); len(x) != 64 || !slices.Equal(shape, []int{2, 32}) {
		t.Errorf("tensor roles has %d numbers, shape %v", len(x), shape)
	}
	if x, _ := m.Tensor("none"); x != nil {
		t.Error("a tensor that isn't there")
	}
	if m.Dense("none", make([]float32, 32)) != nil || m.Dense("stance", make([]float32, 33)) != nil {
		t.Error("outputs for an unknown head or half a row")
	}
}

// checksum of the bits of x.
func checksum(x []float32) string {
	var b []byte
	for _, v := range x {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return fmt.Sprintf("%08x", crc32.ChecksumIEEE(b))
}

// TestGolden holds the outputs to the last bit, for every implementation
// that the machine can run: the golden file is the same on all machines.
func TestGolden(t *testing.T) {
	for _, k := range available {
		m := tiny(t)
		m.kernels = k
		var got strings.Builder
		for _, e := range examples(t) {
			h := m.Embed(e.IDs, e.Types, []int{len(e.IDs)})
			fmt.Fprintf(&got, "%s", checksum(h.Rows))
			m.Run(&h, 0, m.Text)
			fmt.Fprintf(&got, " %s %s %s\n", checksum(h.Rows), checksum(m.Dense("stance", h.Rows)), checksum(m.Encode([]string{e.Text})[0]))
		}
		const path = "testdata/tiny.golden"
		if *update && k == generic {
			if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got.String() != string(want) {
			t.Errorf("%s:\n%s\nwant\n%s", k.name, got.String(), want)
		}
	}
}

// TestBatch proves that a sequence's result does not depend on the others
// of its batch, nor on how the layers are divided among calls.
func TestBatch(t *testing.T) {
	m := tiny(t)
	var ids, types []int32
	var lens []int
	var single [][]float32
	for n := range 40 {
		size := n * 37 % 61
		at := len(ids)
		for i := range size {
			ids = append(ids, int32(5+(n*31+i*17)%140))
			types = append(types, int32(i%2))
		}
		lens = append(lens, size)
		h := m.Embed(ids[at:], types[at:], []int{size})
		m.Run(&h, 0, 2)
		single = append(single, h.Rows)
	}
	h := m.Embed(ids, types, lens)
	m.Run(&h, 0, 1)
	m.Run(&h, 1, 2)
	for i := range lens {
		sameBits(t, fmt.Sprintf("sequence %d", i), single[i], h.Sequence(i))
	}
}

func TestAppend(t *testing.T) {
	m := tiny(t)
	a := m.Embed([]int32{2, 7, 8, 3, 2, 9, 3}, nil, []int{4, 3})
	pair := Hidden{Dim: m.Dim}
	pair.Append(a.Sequence(0), a.Sequence(1))
	pair.Append(a.Sequence(1))
	if !slices.Equal(pair.Lens, []int{7, 3}) {
		t.Fatalf("lens %v", pair.Lens)
	}
	sameBits(t, "pair", a.Rows, pair.Sequence(0))
	before := slices.Clone(a.Rows)
	m.Run(&pair, 0, 2)
	sameBits(t, "rows of the parts", before, a.Rows)
}

// TestUpper runs the further layer, a copy of the first one.
func TestUpper(t *testing.T) {
	m := tiny(t)
	if m.Layers != 3 || m.Text != 2 {
		t.Fatalf("%d layers, %d for texts", m.Layers, m.Text)
	}
	a := m.Embed([]int32{2, 7, 8, 9, 3}, nil, []int{5})
	b := m.Embed([]int32{2, 7, 8, 9, 3}, nil, []int{5})
	m.Run(&a, 0, 1)
	m.Run(&b, 2, 3)
	sameBits(t, "upper layer", a.Rows, b.Rows)
}

func TestConcurrent(t *testing.T) {
	m := tiny(t)
	texts := []string{"the minister said", "no one was injured", strings.Repeat("they denied it ", 20)}
	want := m.Encode(texts)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				for i, v := range m.Encode(texts) {
					if !slices.Equal(v, want[i]) {
						t.Errorf("text %d differs", i)
					}
				}
			}
		})
	}
	wg.Wait()
}

func TestLongSequence(t *testing.T) {
	m := tiny(t)
	ids := make([]int32, 700) // more than the model has positions
	for i := range ids {
		ids[i] = int32(i*1000 - 300) // mostly out of range
	}
	h := m.Embed(ids, nil, []int{700})
	m.Run(&h, 0, 2)
	for _, v := range h.Rows {
		if v-v != 0 {
			t.Fatal("a row is not finite")
		}
	}
}

func TestTokenize(t *testing.T) {
	m := tiny(t)
	for _, c := range []struct{ text, want string }{
		{"The Minister said", "the|The minister|Minister said|said"},
		{"reporting, it's", "report|report ##ing|ing ,|, it|it '|' s|s"},
		{"naïve cafe\u0301s", "naive|naïve c|c ##a|a ##f|f ##e|e\u0301 ##s|s"},
		{"a\u200db\x00c", "a|a ##b|b ##c|c"},
		{"it中it", "it|it 中|中 it|it"},
		{"q\xffx", "q|q ##x|x"},
		{"[SEP]", "[|[ s|S ##e|E ##p|P ]|]"},
		{"żółw", "[UNK]|żółw"},
		{"  \t\n\u2003", ""},
		{strings.Repeat("a", 101), "[UNK]|" + strings.Repeat("a", 101)},
		{"가", "[UNK]|가"},
	} {
		var got []string
		for _, p := range m.Tokenize(c.text) {
			got = append(got, m.Piece(p.ID)+"|"+strings.ToValidUTF8(c.text[p.Start:p.End], ""))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func checkPieces(t *testing.T, m *Model, text string) {
	t.Helper()
	last := Piece{}
	for _, p := range m.Tokenize(text) {
		if p.Start < last.Start || p.End <= p.Start || p.End > len(text) || p.ID < 0 || m.Piece(p.ID) == "" {
			t.Fatalf("piece %v after %v of %d bytes", p, last, len(text))
		}
		if p.Start < last.End && utf8.RuneCountInString(text[p.Start:last.End]) > 1 {
			t.Fatalf("pieces %v and %v overlap", last, p)
		}
		if !utf8.RuneStart(text[p.Start]) || p.End < len(text) && !utf8.RuneStart(text[p.End]) && utf8.ValidString(text) {
			t.Fatalf("piece %v cuts a character", p)
		}
		last = p
	}
}

func TestTokenizeIsLinear(t *testing.T) {
	m := tiny(t)
	for _, text := range []string{
		strings.Repeat("(", 20000) + strings.Repeat(")", 20000),
		strings.Repeat("a", 1<<20), strings.Repeat("a ", 1<<19), strings.Repeat("\x00", 1<<20),
		strings.Repeat("\xff", 1<<20), strings.Repeat("e\u0301", 1<<18), "a" + strings.Repeat("\u0301", 1<<19),
	} {
		start := time.Now()
		checkPieces(t, m, text)
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%.20q…: %v", text, d)
		}
		m.Encode([]string{text})
	}
}

func FuzzTokenize(f *testing.F) {
	for _, e := range examples(f) {
		f.Add(e.Text)
	}
	f.Add("a\u0301\u0344b\x00\xffc\ufffd\u200d\U0002f81a\u1e9b\u0323 각")
	m := tiny(f)
	f.Fuzz(func(t *testing.T, text string) { checkPieces(t, m, text) })
}

func FuzzOpen(f *testing.F) {
	data, err := os.ReadFile("testdata/tiny.ccm")
	if err != nil {
		f.Fatal(err)
	}
	n := 8 + int(binary.LittleEndian.Uint64(data))
	f.Add(data[8:n], data[n:])
	f.Add(data[8:n], data[n:n+1000])
	f.Add([]byte(`{"__metadata__":{"format":"counterclaim-encoder","version":"1"}}`), []byte{})
	f.Fuzz(func(t *testing.T, header, tensors []byte) {
		file := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
		if m, err := Open(append(append(file, header...), tensors...)); err == nil {
			m.Encode([]string{"the minister said"})
			for _, name := range m.Heads() {
				m.Dense(name, make([]float32, m.Dim))
			}
		}
	})
}

func TestOpenErrors(t *testing.T) {
	data, err := os.ReadFile("testdata/tiny.ccm")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 7, 8, 100, 5000, len(data) - 1} {
		if _, err := Open(data[:n]); err == nil {
			t.Errorf("the first %d bytes open without error", n)
		}
	}
	for _, change := range [][2]string{
		{`"heads":"2"`, `"heads":"3"`}, {`"layers":"3"`, `"layers":"9"`}, {`"text_layers":"2"`, `"text_layers":"4"`}, {`"version":"1"`, `"version":"2"`},
		{`"dim":"32"`, `"dim":"48"`}, {`"eps":"1e-12"`, `"eps":"1e-xx"`}, {`"I8"`, `"I9"`},
	} {
		bad := strings.Replace(string(data), change[0], change[1], 1)
		if bad == string(data) {
			t.Fatalf("%s is not in the file", change[0])
		}
		if _, err := Open([]byte(bad)); err == nil {
			t.Errorf("opens with %s", change[1])
		}
	}
	flipped := slices.Clone(data)
	flipped[len(flipped)-1] ^= 1
	if m, err := Open(flipped); err == nil && m.Verify() == nil {
		t.Error("Verify misses a flipped bit")
	}
}

// TestJoin proves that sequences of parts come out as if each were put
// together first.
func TestJoin(t *testing.T) {
	m := tiny(t)
	parts := m.Embed([]int32{2, 7, 8, 9, 3, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}, nil, []int{1, 4, 7, 13, 0})
	sequences := [][]int{{0, 1, 2}, {0, 2, 1}, {}, {4}, {3}, {0, 3, 3}, {4, 1, 4}}
	for range 40 {
		sequences = append(sequences, []int{0, 3, 2})
	}
	whole := Hidden{Dim: m.Dim}
	for _, s := range sequences {
		var rows []float32
		for _, p := range s {
			rows = append(rows, parts.Sequence(p)...)
		}
		whole.Append(rows)
	}
	before := slices.Clone(parts.Rows)
	for _, layers := range [][2]int{{0, 0}, {2, 3}, {0, 3}} {
		want := Hidden{Dim: m.Dim, Rows: slices.Clone(whole.Rows), Lens: whole.Lens}
		m.Run(&want, layers[0], layers[1])
		got := m.Join(&parts, sequences, layers[0], layers[1])
		if !slices.Equal(got.Lens, want.Lens) {
			t.Fatalf("lens %v, want %v", got.Lens, want.Lens)
		}
		sameBits(t, fmt.Sprint("layers ", layers), want.Rows, got.Rows)
		sameBits(t, "rows of the parts", before, parts.Rows)
	}
}
