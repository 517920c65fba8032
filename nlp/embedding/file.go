package embedding

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"strconv"
)

// file is an opened safetensors file: 8 bytes header length, a JSON header
// of tensor names, then the tensors' bytes.
type file struct {
	meta    map[string]string
	entries map[string]entry
	data    []byte // the tensors, after the header
}

type entry struct {
	Dtype   string `json:"dtype"`
	Shape   []int  `json:"shape"`
	Offsets [2]int `json:"data_offsets"`
}

// A tensor of more elements than this can't be in a file of this kind; the
// limit keeps products of shapes from overflowing.
const maxElements = 1 << 30

var elementSize = map[string]int{"I8": 1, "U8": 1, "F32": 4, "I32": 4}

func openFile(data []byte) (*file, error) {
	if len(data) < 8 {
		return nil, errors.New("embedding: model file is shorter than its header")
	}
	n := binary.LittleEndian.Uint64(data)
	if n > uint64(len(data)-8) {
		return nil, fmt.Errorf("embedding: header of %d bytes in a model file of %d", n, len(data))
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data[8:8+n], &raw); err != nil {
		return nil, fmt.Errorf("embedding: header: %w", err)
	}
	f := &file{entries: make(map[string]entry, len(raw)), data: data[8+n:]}
	for name, r := range raw {
		if name == "__metadata__" {
			if err := json.Unmarshal(r, &f.meta); err != nil {
				return nil, fmt.Errorf("embedding: metadata: %w", err)
			}
			continue
		}
		var e entry
		if err := json.Unmarshal(r, &e); err != nil {
			return nil, fmt.Errorf("embedding: tensor %s: %w", name, err)
		}
		if err := e.check(len(f.data)); err != nil {
			return nil, fmt.Errorf("embedding: tensor %s: %w", name, err)
		}
		f.entries[name] = e
	}
	return f, nil
}

func (e entry) check(size int) error {
	n := elementSize[e.Dtype]
	if n == 0 {
		return fmt.Errorf("unknown type %q", e.Dtype)
	}
	for _, d := range e.Shape {
		if d < 0 || d > maxElements || (d > 0 && n > maxElements/d) {
			return fmt.Errorf("bad shape %v", e.Shape)
		}
		n *= d
	}
	lo, hi := e.Offsets[0], e.Offsets[1]
	if lo < 0 || hi < lo || hi > size || hi-lo != n {
		return fmt.Errorf("bytes %d to %d of %d don't hold shape %v", lo, hi, size, e.Shape)
	}
	return nil
}

// verify compares the data with the checksum of the metadata.
func (f *file) verify() error {
	if sum := fmt.Sprintf("%08x", crc32.ChecksumIEEE(f.data)); sum != f.meta["crc32"] {
		return fmt.Errorf("embedding: model data has checksum %s, its header says %s", sum, f.meta["crc32"])
	}
	return nil
}

// reader takes tensors and numbers out of a file and keeps the first error.
type reader struct {
	*file
	err error
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("embedding: "+format, args...)
	}
}

// number reads a metadata integer in [lo, hi].
func (r *reader) number(key string, lo, hi int) int {
	n, err := strconv.Atoi(r.meta[key])
	if err != nil || n < lo || n > hi {
		r.fail("metadata %s is %q, want %d to %d", key, r.meta[key], lo, hi)
		return lo
	}
	return n
}

// bytes returns the bytes of a tensor of this type and shape, in place.
func (r *reader) bytes(name, dtype string, shape ...int) []byte {
	e, ok := r.entries[name]
	if !ok || e.Dtype != dtype || !equal(e.Shape, shape) {
		r.fail("tensor %s is %s %v, want %s %v", name, e.Dtype, e.Shape, dtype, shape)
		return nil
	}
	return r.data[e.Offsets[0]:e.Offsets[1]:e.Offsets[1]]
}

// floats returns a copy of a float32 tensor: the file need not be aligned.
func (r *reader) floats(name string, shape ...int) []float32 {
	return decodeFloats(r.bytes(name, "F32", shape...))
}

func decodeFloats(b []byte) []float32 {
	out := make([]float32, len(b)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out
}

func equal(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
