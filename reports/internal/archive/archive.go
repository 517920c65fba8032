// Package archive writes zip files that are the same bytes from run to run:
// members in the order given, no time of day, no system's attributes.
package archive

import (
	"archive/zip"
	"fmt"
	"hash/crc32"
	"io"
)

// File is a member of an archive.
type File struct {
	Name   string
	Data   []byte
	Stored bool // not compressed, for readers that look for a member's bytes in the file
}

// Write writes the files as one zip archive.
func Write(w io.Writer, files ...File) error {
	z := zip.NewWriter(w)
	for _, f := range files {
		member, err := create(z, f)
		if err != nil {
			return fmt.Errorf("write %s: %w", f.Name, err)
		}
		if _, err := member.Write(f.Data); err != nil {
			return fmt.Errorf("write %s: %w", f.Name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write the archive: %w", err)
	}
	return nil
}

// create begins a member. The size and the checksum of a stored one stand
// before its bytes, as a reader of fixed places expects.
func create(z *zip.Writer, f File) (io.Writer, error) {
	if !f.Stored {
		return z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
	}
	size := uint64(len(f.Data))
	return z.CreateRaw(&zip.FileHeader{
		Name: f.Name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(f.Data), CompressedSize64: size, UncompressedSize64: size,
	})
}
