package embedding

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

// realModel opens the model named by EMBEDDING_MODEL.
func realModel(t testing.TB) *Model {
	path := os.Getenv("EMBEDDING_MODEL")
	if path == "" {
		t.Skip("EMBEDDING_MODEL names no model file")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestReference compares with vectors computed in float32 by the original
// model: a JSON file, named by EMBEDDING_REFERENCE, of texts, their ids and
// vectors.
func TestReference(t *testing.T) {
	m := realModel(t)
	path := os.Getenv("EMBEDDING_REFERENCE")
	if path == "" {
		t.Skip("EMBEDDING_REFERENCE names no file")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var ref struct {
		Texts   []string
		IDs     [][]int32
		Vectors [][]float32
	}
	if err := json.Unmarshal(data, &ref); err != nil {
		t.Fatal(err)
	}
	if err := m.Verify(); err != nil {
		t.Fatal(err)
	}
	mean, least := 0.0, 1.0
	for i, v := range m.Encode(ref.Texts) {
		if got := m.IDs(ref.Texts[i]); fmt.Sprint(got) != fmt.Sprint(ref.IDs[i]) {
			t.Errorf("%q:\nids %v\nwant %v", ref.Texts[i], got, ref.IDs[i])
		}
		c := float64(Cosine(v, ref.Vectors[i]))
		mean += c / float64(len(ref.Texts))
		least = min(least, c)
	}
	t.Logf("cosine with float32: mean %.5f, least %.5f", mean, least)
	if mean < 0.99 {
		t.Errorf("mean cosine %.5f", mean)
	}
}

func BenchmarkRun(b *testing.B) {
	m := realModel(b)
	for _, size := range []int{8, 32, 64, 128, 256} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			var lens []int
			ids := make([]int32, 0, 1024)
			for len(ids)+size <= 1024 {
				lens = append(lens, size)
				for range size {
					ids = append(ids, int32(1000+len(ids)*37%20000))
				}
			}
			start := m.Embed(ids, nil, lens)
			h := m.Embed(ids, nil, lens)
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				copy(h.Rows, start.Rows)
				m.Run(&h, 0, m.Layers)
			}
			b.ReportMetric(float64(b.N*len(ids))/b.Elapsed().Seconds(), "pieces/s")
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	path := os.Getenv("EMBEDDING_MODEL")
	data, err := os.ReadFile(path)
	if err != nil {
		b.Skip("EMBEDDING_MODEL names no model file")
	}
	b.ReportAllocs()
	for range b.N {
		if _, err := Open(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTokenize(b *testing.B) {
	m := realModel(b)
	text := strings.Repeat("The ministry said on Tuesday that Armenia's forces had withdrawn from 12 villages. ", 100)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for range b.N {
		m.Tokenize(text)
	}
}
