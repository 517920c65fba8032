package archive

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"testing"
)

func TestWrite(t *testing.T) {
	files := []File{{Name: "mimetype", Data: []byte("a/b"), Stored: true}, {Name: "x/ü.txt", Data: bytes.Repeat([]byte("word "), 1000)}}
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if err := Write(b, files...); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two runs differ")
	}
	if !bytes.HasPrefix(first.Bytes()[30:], []byte("mimetypea/b")) {
		t.Error("a stored member is not found at its place in the bytes")
	}
	z, err := zip.NewReader(bytes.NewReader(first.Bytes()), int64(first.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name != files[i].Name || !bytes.Equal(got, files[i].Data) {
			t.Errorf("member %d is %s of %d bytes", i, f.Name, len(got))
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestWriteFails(t *testing.T) {
	if err := Write(full{}, File{Name: "a", Data: []byte("x")}); err == nil {
		t.Error("no error")
	}
}
