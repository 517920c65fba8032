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

// threshold is the log-odds from which a gap is a boundary. It lies below
// zero because the model is too sure of the many gaps without a stop; chosen
// on the development parts.
const threshold = -0.6

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
	return float32(sum)*m.scale > threshold
}
