package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
)

// PackageFile is the name of the data package's description. It is written
// last: where it is, the tables are whole.
const PackageFile = "datapackage.json"

// The description of a data package, as in the Data Package Standard
// (https://datapackage.org), version 1, which the tools of Frictionless read.
type dataPackage struct {
	Profile      string            `json:"profile"`
	Name         string            `json:"name"`
	Title        string            `json:"title,omitempty"`
	Description  string            `json:"description"`
	Contributors []contributor     `json:"contributors"`
	Settings     map[string]string `json:"settings"` // of counterclaim; the standard allows further properties
	Resources    []resource        `json:"resources"`
}

type contributor struct {
	Title string `json:"title"`
	Role  string `json:"role"`
}

type resource struct {
	Name        string `json:"name"`
	Path        string `json:"path"`
	Profile     string `json:"profile"`
	Format      string `json:"format"`
	MediaType   string `json:"mediatype"`
	Encoding    string `json:"encoding,omitempty"`
	Description string `json:"description"`
	Bytes       int64  `json:"bytes,omitempty"`
	Hash        string `json:"hash,omitempty"`
	SHA256      string `json:"sha256"` // beside the standard's hash, which the tools of Frictionless do not check in Parquet
	Schema      schema `json:"schema"`
}

type schema struct {
	Fields      []field      `json:"fields"`
	PrimaryKey  []string     `json:"primaryKey,omitempty"`
	ForeignKeys []foreignKey `json:"foreignKeys,omitempty"`
}

type field struct {
	Name        string       `json:"name"`
	Type        string       `json:"type"`
	Format      string       `json:"format,omitempty"`
	Description string       `json:"description"`
	Constraints *constraints `json:"constraints,omitempty"`
}

type constraints struct {
	Required bool     `json:"required,omitempty"`
	Enum     []string `json:"enum,omitempty"`
}

type foreignKey struct {
	Fields    string    `json:"fields"`
	Reference reference `json:"reference"`
}

type reference struct {
	Resource string `json:"resource"` // empty: the resource itself
	Fields   string `json:"fields"`
}

// mediaTypes as registered, or as commonly used, for the formats.
var mediaTypes = map[string]string{Parquet: "application/vnd.apache.parquet", JSONL: "application/x-ndjson"}

func (f Folder) writePackage(about About) error {
	p := dataPackage{
		Profile: "data-package", Name: "counterclaim", Title: about.Title,
		Description:  "Statements of several parties, their claims, and which claims of different parties meet: agree, conflict, or name one thing in rival words. It says what was said, not what is true.",
		Contributors: []contributor{{Title: "counterclaim " + about.Version, Role: "wrangler"}},
		Settings:     about.Settings,
	}
	for _, format := range Formats {
		if !contains(about.Formats, format) {
			continue
		}
		for _, table := range Codebook() {
			if f.empty(table.Name, format) {
				continue // to frictionless-py, a file of JSON lines without a line is broken
			}
			r, err := f.resource(table, format, len(about.Formats) > 1)
			if err != nil {
				return err
			}
			p.Resources = append(p.Resources, r)
		}
	}
	b, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	return f.replace(filepath.Join(f.Dir, PackageFile), func(w io.Writer) error {
		_, err := w.Write(append(b, '\n'))
		return err
	})
}

// empty reports whether the file of a table has no bytes.
func (f Folder) empty(table, format string) bool {
	info, err := os.Stat(filepath.Join(f.Dir, table+"."+format))
	return err == nil && info.Size() == 0
}

// resource describes a file. Where a table is there in several formats, the
// resources are called statements-parquet and statements-jsonl.
func (f Folder) resource(t Table, format string, several bool) (resource, error) {
	name := func(table string) string {
		if several {
			return table + "-" + format
		}
		return table
	}
	r := resource{
		Name: name(t.Name), Path: t.Name + "." + format, Profile: "data-resource",
		Format: format, MediaType: mediaTypes[format], Description: t.About,
		Schema: schema{PrimaryKey: t.Key},
	}
	if format == JSONL {
		r.Profile, r.Encoding = "tabular-data-resource", "utf-8"
	}
	for _, c := range t.Columns {
		d := field{Name: c.Name, Type: c.Type, Description: c.About}
		if c.Format == "date" {
			d.Type = "date"
			if format == Parquet {
				d.Type = "string" // in Parquet it is a text; DuckDB and pandas read it with a cast
			}
		}
		if c.Type == "array" && format == Parquet {
			d.Type = "any" // frictionless-py reads a list of Parquet as what is no array to it
		}
		if !c.Null || c.Values != nil {
			d.Constraints = &constraints{Required: !c.Null, Enum: c.Values}
		}
		r.Schema.Fields = append(r.Schema.Fields, d)
		if to, ok := t.Refers[c.Name]; ok && !f.empty(to[0], format) {
			ref := reference{Fields: to[1]}
			if to[0] != "" {
				ref.Resource = name(to[0])
			}
			r.Schema.ForeignKeys = append(r.Schema.ForeignKeys, foreignKey{Fields: c.Name, Reference: ref})
		}
	}
	file, err := os.Open(filepath.Join(f.Dir, r.Path))
	if err != nil {
		return resource{}, err
	}
	defer file.Close()
	h := sha256.New()
	size, err := io.Copy(h, file)
	if err != nil {
		return resource{}, err
	}
	r.SHA256 = hex.EncodeToString(h.Sum(nil))
	if format == JSONL {
		r.Bytes, r.Hash = size, "sha256:"+r.SHA256
	}
	return r, nil
}
