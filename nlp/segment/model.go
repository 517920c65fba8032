package segment

import (
	_ "embed"
	"encoding/binary"
	"math"
)

// model is a logistic regression over hashed features, one signed byte a
// weight.
type model struct {
	scale   float32 // of one unit of weight, in log-odds
	weights string  // 1<<tableBits bytes
}

//go:embed weights.bin
var weightsFile string

var shipped = loadModel(weightsFile)

// loadModel reads a file as written by Model.Bytes. A file of the wrong size
// gives a model that follows the engine alone.
func loadModel(file string) model {
	if len(file) != 4+1<<tableBits {
		return model{}
	}
	bits := binary.LittleEndian.Uint32([]byte(file[:4]))
	return model{math.Float32frombits(bits), file[4:]}
}

// decide reports whether gap i ends a sentence.
func (m model) decide(g *gaps, i int) bool {
	if m.weights == "" {
		return g.stops[g.words[i].end]
	}
	var buf [64]uint32
	sum := 0
	for _, f := range g.features(i, buf[:0]) {
		sum += int(int8(m.weights[f]))
	}
	return sum > 0
}
