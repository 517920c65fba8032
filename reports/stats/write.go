package stats

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"counterclaim/reports/wording"
)

// about describes every measure, with formula and source.
//
//go:embed about.md
var about []byte

// Write writes the report into a folder: each table as CSV and LaTeX, the
// tree, the plots, and about.md, which says what each of them is. The folder
// may be there; files of other names are left alone.
func (r *Report) Write(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	files := map[string][]byte{"about.md": about, "clusters.nwk": []byte(r.Tree)}
	for _, t := range r.Tables {
		b, err := t.csv()
		if err != nil {
			return err
		}
		files[t.Name+".csv"] = b
		files[t.Name+".tex"] = []byte(t.latex())
	}
	plots, err := r.plots()
	if err != nil {
		return err
	}
	for name, b := range plots {
		files[name] = b
	}
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := replace(dir, name, files[name]); err != nil {
			return err
		}
	}
	return nil
}

// replace puts a file in its place in one step.
func replace(dir, name string, b []byte) error {
	temp, err := os.CreateTemp(dir, name+".*.tmp")
	if err != nil {
		return err
	}
	_, err = temp.Write(b)
	if e := temp.Chmod(0o644); err == nil {
		err = e
	}
	if e := temp.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(temp.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		_ = os.Remove(temp.Name()) // what is left cannot be helped
	}
	return err
}

// csv writes the table as RFC 4180 asks, in UTF-8. No text is a formula to a
// spreadsheet.
func (t *Table) csv() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	for _, record := range slices.Concat([][]string{t.Columns}, t.Records) {
		cells := slices.Clone(record)
		for i, cell := range cells {
			if _, err := strconv.ParseFloat(cell, 64); err != nil {
				cells[i] = wording.Inert(cell)
			}
		}
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// longTable is from how many records on a table breaks over pages.
const longTable = 40

// latex writes the table for the packages booktabs and longtable. Columns of
// an interval are joined to one.
func (t *Table) latex() string {
	type column struct {
		name    string
		at      int
		rate    bool
		numeric bool
	}
	var columns []column
	for i := 0; i < len(t.Columns); i++ {
		c := column{name: t.Columns[i], at: i, numeric: true}
		if i+2 < len(t.Columns) && t.Columns[i+1] == c.name+"_low" {
			c.rate = true
		}
		for _, r := range t.Records {
			if strings.Trim(r[i], "0123456789.-") != "" {
				c.numeric = false
			}
		}
		columns = append(columns, c)
		if c.rate {
			i += 2
		}
	}
	var b strings.Builder
	align, heads := "", make([]string, len(columns))
	for i, c := range columns {
		heads[i] = tex(strings.ReplaceAll(c.name, "_", " "))
		if c.numeric && i > 0 {
			align += "r"
		} else {
			align += "l"
		}
	}
	head := strings.Join(heads, " & ") + " \\\\\n"
	long := len(t.Records) > longTable
	fmt.Fprintf(&b, "%% needs \\usepackage{booktabs,longtable}; 95 %% intervals in brackets\n")
	if long {
		fmt.Fprintf(&b, "\\begin{longtable}{%s}\n\\caption{%s}\\label{tab:%s}\\\\\n\\toprule\n%s\\midrule\n\\endfirsthead\n\\toprule\n%s\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n", align, tex(t.Caption), t.Name, head, head)
	} else {
		fmt.Fprintf(&b, "\\begin{table}\n\\centering\n\\caption{%s}\\label{tab:%s}\n\\begin{tabular}{%s}\n\\toprule\n%s\\midrule\n", tex(t.Caption), t.Name, align, head)
	}
	for _, r := range t.Records {
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = tex(r[c.at])
			if c.rate && r[c.at+1] != "" {
				cells[i] = fmt.Sprintf("%s [%s, %s]", short(r[c.at]), short(r[c.at+1]), short(r[c.at+2]))
			} else if c.rate {
				cells[i] = short(r[c.at])
			}
		}
		b.WriteString(strings.Join(cells, " & ") + " \\\\\n")
	}
	if long {
		b.WriteString("\\end{longtable}\n")
	} else {
		b.WriteString("\\bottomrule\n\\end{tabular}\n\\end{table}\n")
	}
	return b.String()
}

// short is a share with two decimals; the CSV has four.
func short(s string) string {
	if s == "" {
		return "--"
	}
	var x float64
	if _, err := fmt.Sscan(s, &x); err != nil {
		return tex(s)
	}
	return fmt.Sprintf("%.2f", x)
}

var texSigns = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `$`, `\$`, `&`, `\&`, `#`, `\#`, `%`, `\%`, `_`, `\_`, `~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
	`<`, `\textless{}`, `>`, `\textgreater{}`, `|`, `\textbar{}`, `"`, `\textquotedbl{}`, `[`, `{[}`, `]`, `{]}`,
)

// tex escapes a text for LaTeX; control characters become blanks.
func tex(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, s)
	return texSigns.Replace(s)
}
