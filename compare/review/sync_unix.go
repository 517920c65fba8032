//go:build unix

package review

import (
	"os"
	"path/filepath"
)

// syncFolder makes a new file's name safe on the disk.
func syncFolder(file string) error {
	d, err := os.Open(filepath.Dir(file))
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
