// Package axe finds axe-core, which checks whether a page can be used by
// people who cannot see it, or cannot use a mouse. For tests only.
package axe

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Source is the source of axe-core, found where npm puts it. Where it is
// missing, the test is skipped.
func Source(t *testing.T) string {
	t.Helper()
	dirs := []string{os.Getenv("AXE_CORE")}
	if root, err := exec.CommandContext(t.Context(), "npm", "root", "-g").Output(); err == nil {
		dirs = append(dirs, filepath.Join(strings.TrimSpace(string(root)), "axe-core"))
	}
	for _, dir := range dirs {
		if b, err := os.ReadFile(filepath.Join(dir, "axe.min.js")); dir != "" && err == nil {
			return string(b)
		}
	}
	t.Skip("axe-core is not installed; npm install -g axe-core, or name its folder in AXE_CORE")
	return ""
}

// Run is a script that checks the page and resolves to the number of checks
// that passed and what was found: {checks, violations}.
const Run = `(async () => {
	const found = await axe.run(document, { resultTypes: ["violations"] });
	return { checks: found.passes.length, violations: found.violations.map(v => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map(n => n.html).join(" ")) };
})()`

// Found is what Run resolves to.
type Found struct {
	Checks     int      `json:"checks"`
	Violations []string `json:"violations"`
}

// Check fails a test for each violation, and if the check did not run.
func (f Found) Check(t *testing.T) {
	t.Helper()
	if f.Checks < 20 {
		t.Errorf("axe-core made %d checks; did it run?", f.Checks)
	}
	for _, v := range f.Violations {
		t.Error(v)
	}
}
