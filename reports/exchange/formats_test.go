package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"counterclaim/reports/wording"
)

var writers = map[string]func(io.Writer, *wording.Report, wording.Provenance) error{
	"annotations": WriteAnnotations, "brat": WriteBrat, "conllu": WriteCoNLLU, "datapackage": WriteDataPackage,
	"graphml": WriteGraphML, "qdpx": WriteQDA, "schema-org": unrated, "tei": WriteTEI,
}

func unrated(w io.Writer, v *wording.Report, p wording.Provenance) error {
	return WriteSchemaOrg(w, v, p, nil)
}

func unzip(t *testing.T, b []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[string][]byte)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// Whatever the statements hold, every format is written, is the same at every
// run, says that it does not judge, and is well formed where it is XML.
func TestFormats(t *testing.T) {
	for name, make := range cases {
		for format, write := range writers {
			t.Run(name+"/"+format, func(t *testing.T) {
				b := rendered(t, make(), write)
				if !bytes.Equal(b, rendered(t, make(), write)) {
					t.Error("two runs differ")
				}
				parts := map[string][]byte{format: b}
				if bytes.HasPrefix(b, []byte("PK")) {
					parts = unzip(t, b)
				}
				says := format == "conllu" // made by hand, the fixtures have no sentences
				for part, data := range parts {
					if !utf8.Valid(data) {
						t.Errorf("%s is not UTF-8", part)
					}
					says = says || bytes.Contains(data, []byte(wording.NoVerdict))
					if bytes.HasPrefix(data, []byte("<?xml")) {
						wellFormed(t, data)
					}
				}
				if !says {
					t.Error("it does not say that it does not judge")
				}
			})
		}
	}
}

// wellFormed also checks that every id is there once, and every reference to
// one leads somewhere.
func wellFormed(t *testing.T, data []byte) {
	t.Helper()
	ids, refs := make(map[string]bool), make(map[string]bool)
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		el, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range el.Attr {
			switch a.Name.Local {
			case "id", "guid":
				if ids[a.Value] {
					t.Errorf("two elements have the id %q", a.Value)
				}
				ids[a.Value] = true
			case "targetGUID", "originGUID", "creatingUser", "creatingUserGUID":
				refs[a.Value] = true
			case "source", "target", "from", "to", "ana", "wit", "corresp":
				for _, s := range strings.Fields(a.Value) {
					refs[strings.TrimPrefix(s, "#")] = true
				}
			}
		}
	}
	for r := range refs {
		if !ids[r] {
			t.Errorf("nothing has the id %q", r)
		}
	}
}

func TestOffsets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		runes := rapid.SliceOfN(rapid.RuneFrom([]rune("aé漢🚢\n")), 0, 700).Draw(t, "text")
		text := string(runes)
		if rapid.Bool().Draw(t, "broken") {
			text = "\xff" + text + "\xe6\xbc"
		}
		o := newOffsets(text)
		clean := []rune(exact(text))
		n := 0
		for i, r := range text {
			if got := o.of(i); got != n || clean[n] != r {
				t.Fatalf("byte %d is code point %d, want %d", i, got, n)
			}
			n++
		}
		if got := o.of(len(text)); got != n || n != len(clean) {
			t.Fatalf("the end is code point %d, want %d of %d", got, n, len(clean))
		}
	})
}

func TestFirstAndLast(t *testing.T) {
	for _, tt := range []struct {
		s           string
		n           int
		first, last string
	}{{"", 3, "", ""}, {"aé漢🚢", 2, "aé", "漢🚢"}, {"ab", 5, "ab", "ab"}, {"ab", 0, "", ""}} {
		if got := first(tt.s, tt.n); got != tt.first {
			t.Errorf("first(%q, %d) = %q", tt.s, tt.n, got)
		}
		if got := last(tt.s, tt.n); got != tt.last {
			t.Errorf("last(%q, %d) = %q", tt.s, tt.n, got)
		}
	}
}
