package main

import (
	"bytes"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

var manDir = flag.String("man", "", "write the manual pages into `FOLDER`: see .ci/release")

// TestManual makes the manual pages, one for each command. They are made here
// and not by the program, which needs no part of that.
func TestManual(t *testing.T) {
	dir := *manDir
	if dir == "" {
		dir = t.TempDir()
	}
	a := &app{in: strings.NewReader(""), out: io.Discard, err: io.Discard}
	root := a.rootCommand()
	root.DisableAutoGenTag = true
	released := time.Unix(0, 0).UTC() // a page without a date would change from month to month
	header := &doc.GenManHeader{Section: "1", Source: "counterclaim", Manual: "counterclaim", Date: &released}
	if err := doc.GenManTree(root, header, dir); err != nil {
		t.Fatal(err)
	}
	pages := 0
	var check func(*cobra.Command)
	check = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				check(sub)
			}
		}
		pages++
		path := filepath.Join(dir, strings.ReplaceAll(c.CommandPath(), " ", "-")+".1")
		page, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{".TH ", ".SH NAME", ".SH SYNOPSIS"} {
			if !bytes.Contains(page, []byte(want)) {
				t.Errorf("%s has no %s", path, want)
			}
		}
		if c.Example != "" && !bytes.Contains(page, []byte(".SH EXAMPLE")) {
			t.Errorf("%s has no examples", path)
		}
		groff, err := exec.LookPath("groff")
		if err != nil {
			return // the pages are there; nobody can set them
		}
		cmd := exec.CommandContext(t.Context(), groff, "-man", "-Tascii", "-ww", "-P-cbou")
		cmd.Stdin = bytes.NewReader(page)
		var out, warnings bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &warnings
		if err := cmd.Run(); err != nil || warnings.Len() > 0 || !strings.Contains(out.String(), "SYNOPSIS") {
			t.Errorf("%s: %v %s %.300s", path, err, &warnings, &out)
		}
	}
	check(root)
	if pages < 10 {
		t.Errorf("only %d pages", pages)
	}
}
