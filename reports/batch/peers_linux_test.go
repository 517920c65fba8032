package batch

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/jdkato/prose/v2"
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"counterclaim/compare/corpus"
	"counterclaim/compare/corpus/synthetic"
	"counterclaim/nlp/embedding"
	"counterclaim/nlp/read"
	"counterclaim/nlp/segment"
)

// BenchmarkPeers sets what a corpus costs here beside what parts of the work
// cost elsewhere, on the same invented statements in one run, each in a
// process of its own on one core: words per second of computing time (which a
// busy machine does not stretch), and the largest resident memory.
//
//   - counterclaim: from the table of statements to the tables of results.
//
//   - prose: github.com/jdkato/prose/v2, tags and names only, its model loaded
//     once.
//
//   - embeddings: a vector for each sentence by the encoder that is built in,
//     then the cosine of every two: what a comparison by sentence embeddings
//     without an index takes.
//
//     go test -run xxx -bench Peers -benchtime 1x -count 6 ./reports/batch | tee new.txt; benchstat new.txt
func BenchmarkPeers(b *testing.B) {
	for _, n := range []int{250, 1000, 4000} {
		table := filepath.Join(b.TempDir(), "corpus.jsonl")
		words := writeSynthetic(b, table, n)
		for _, tool := range []string{"counterclaim", "prose", "embeddings"} {
			b.Run(fmt.Sprintf("%s/%d", tool, n), func(b *testing.B) {
				var seconds, peak float64
				for b.Loop() {
					cmd := exec.Command(os.Args[0], "-test.run", "^TestPeer$")
					cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "PEER_TOOL="+tool, "PEER_TABLE="+table, "PEER_DIR="+b.TempDir())
					if out, err := cmd.CombinedOutput(); err != nil {
						b.Fatalf("%v: %s", err, out)
					}
					seconds += (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
					if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
						peak = max(peak, float64(usage.Maxrss)/1024)
					}
				}
				b.ReportMetric(float64(words*b.N)/seconds, "words/cpu-s")
				b.ReportMetric(seconds/float64(b.N), "cpu-s/op")
				b.ReportMetric(peak, "peak-MB")
			})
		}
	}
}

// writeSynthetic writes n statements as a table and counts their words.
func writeSynthetic(b *testing.B, path string, n int) (words int) {
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	e := json.NewEncoder(f)
	for s := range synthetic.Statements(synthetic.Options{Seed: 1}) {
		if err := e.Encode(s); err != nil {
			b.Fatal(err)
		}
		words += len(strings.Fields(s.Text))
		if n--; n == 0 {
			break
		}
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return words
}

// TestPeer is the process that BenchmarkPeers measures.
func TestPeer(t *testing.T) {
	tool := os.Getenv("PEER_TOOL")
	if tool == "" {
		t.Skip("a process of BenchmarkPeers")
	}
	c, err := corpus.Open(os.Getenv("PEER_TABLE"), nil, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if tool == "counterclaim" {
		if _, err := Run(context.Background(), c, Options{Dir: os.Getenv("PEER_DIR"), Program: "peer", Workers: 1}); err != nil {
			t.Fatal(err)
		}
		return
	}
	var texts []string
	for s, err := range c.All() {
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, s.Text)
	}
	switch tool {
	case "prose":
		model := prose.ModelFromData("en")
		tags := 0
		for _, text := range texts {
			doc, err := prose.NewDocument(text, prose.UsingModel(model), prose.WithSegmentation(false))
			if err != nil {
				t.Fatal(err)
			}
			tags += len(doc.Tokens()) + len(doc.Entities())
		}
		if tags == 0 {
			t.Error("no tag")
		}
	case "embeddings":
		if near := allPairs(t, texts); near == 0 {
			t.Error("no two sentences are near")
		}
	default:
		t.Errorf("no tool %q", tool)
	}
}

// allPairs counts the pairs of sentences whose vectors are near.
func allPairs(t *testing.T, texts []string) (near int) {
	file, err := os.ReadFile(filepath.Join("..", "..", "nlp", "model.bin"))
	if err != nil {
		t.Fatal(err)
	}
	model, err := embedding.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	var sentences []string
	for _, text := range texts {
		statement, err := read.Read("text", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range segment.Document(statement.Canonical) {
			sentences = append(sentences, statement.Canonical[s.Start:s.End])
		}
	}
	all := matrix(model, sentences)
	const rows = 256 // at a time, to bound the memory
	sims := make([]float32, rows*all.Rows)
	for from := 0; from < all.Rows; from += rows {
		some := all
		some.Rows = min(rows, all.Rows-from)
		some.Data = all.Data[from*all.Stride : (from+some.Rows)*all.Stride]
		out := blas32.General{Rows: some.Rows, Cols: all.Rows, Stride: all.Rows, Data: sims[:some.Rows*all.Rows]}
		blas32.Gemm(blas.NoTrans, blas.Trans, 1, some, all, 0, out)
		for _, v := range out.Data {
			if v > 0.6 {
				near++
			}
		}
	}
	return near
}

func matrix(model *embedding.Model, sentences []string) blas32.General {
	m := blas32.General{Rows: len(sentences), Cols: model.Dim, Stride: model.Dim}
	for _, v := range model.Encode(sentences) {
		m.Data = append(m.Data, v...)
	}
	return m
}
