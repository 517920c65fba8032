// Package reports renders a comparison. One result goes in, many formats come
// out: no format decides or computes anything about the claims again, so that
// all of them say the same.
package reports

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"counterclaim/compare"
	"counterclaim/nlp"
	"counterclaim/reports/exchange"
	"counterclaim/reports/html"
	"counterclaim/reports/office"
	"counterclaim/reports/table"
	"counterclaim/reports/wording"
)

// The formats.
const (
	Table       = "table"
	Markdown    = "md"
	HTML        = "html"
	DOCX        = "docx"
	ODT         = "odt"
	XLSX        = "xlsx"
	JSON        = "json"
	CSV         = "csv"
	Annotations = "annotations" // W3C Web Annotation
	Brat        = "brat"        // brat standoff, in a zip archive
	CoNLLU      = "conllu"
	DataPackage = "datapackage" // Frictionless data package of CSV, in a zip archive
	GraphML     = "graphml"
	QDA         = "qdpx" // REFI-QDA project
	SchemaOrg   = "schema-org"
	TEI         = "tei"
)

// Formats lists the formats of Write.
var Formats = []string{
	Table, Markdown, HTML, DOCX, ODT, XLSX, JSON, CSV,
	Annotations, Brat, CoNLLU, DataPackage, GraphML, QDA, SchemaOrg, TEI,
}

// ClaimFormats lists the formats of WriteClaims.
var ClaimFormats = []string{Table, Markdown, JSON, CSV}

// Options of a report; the zero value is usable.
type Options struct {
	Width    int       // columns of a terminal table; 80 if 0
	Color    bool      // colour a terminal table
	Version  string    // of the program, for the provenance
	MinScore float64   // table, md, docx, odt: pairs with a lower score are counted but not shown; html: where the filter begins; the others carry every pair
	Apart    bool      // table, md: show the pairs that look like conflicts, with what keeps them apart
	Ratings  []Rating  // schema-org: what persons say of claims
	Settings []Setting // of the run, that differ from the default
}

// Rating is what a person says of a claim.
type Rating = exchange.Rating

// ReadRatings reads a table of ratings in CSV; path names it in errors.
func ReadRatings(r io.Reader, path string) ([]Rating, error) { return exchange.ReadRatings(r, path) }

// Setting is one setting of a run, by the name of its flag.
type Setting = wording.Setting

// Write writes r in one of Formats. It fails on an unknown format and on a
// result whose indexes point outside it.
func Write(w io.Writer, r *compare.Result, format string, opts Options) error {
	v, err := wording.New(r)
	if err != nil {
		return err
	}
	switch format {
	case Table:
		return table.Write(w, v, opts.table())
	case Markdown:
		return table.WriteMarkdown(w, v, opts.table())
	case HTML:
		return html.Write(w, v, html.Options{Provenance: opts.provenance(), MinScore: opts.MinScore})
	case DOCX:
		return office.WriteReportDOCX(w, v, opts.office())
	case ODT:
		return office.WriteReportODT(w, v, opts.office())
	case XLSX:
		return office.WriteXLSX(w, v, opts.office())
	case JSON:
		return exchange.WriteJSON(w, v, opts.provenance())
	case CSV:
		return exchange.WriteCSV(w, v)
	case Annotations:
		return exchange.WriteAnnotations(w, v, opts.provenance())
	case Brat:
		return exchange.WriteBrat(w, v, opts.provenance())
	case CoNLLU:
		return exchange.WriteCoNLLU(w, v, opts.provenance())
	case DataPackage:
		return exchange.WriteDataPackage(w, v, opts.provenance())
	case GraphML:
		return exchange.WriteGraphML(w, v, opts.provenance())
	case QDA:
		return exchange.WriteQDA(w, v, opts.provenance())
	case SchemaOrg:
		return exchange.WriteSchemaOrg(w, v, opts.provenance(), opts.Ratings)
	case TEI:
		return exchange.WriteTEI(w, v, opts.provenance())
	}
	return unknown(format, Formats)
}

// WriteClaims writes the claims of statements that are not compared, in one
// of ClaimFormats.
func WriteClaims(w io.Writer, docs []*nlp.Document, format string, opts Options) error {
	switch format {
	case Table:
		return table.WriteClaims(w, docs, opts.table())
	case Markdown:
		return table.WriteClaimsMarkdown(w, docs)
	case JSON:
		return exchange.WriteClaimsJSON(w, docs, opts.Version)
	case CSV:
		return exchange.WriteClaimsCSV(w, docs)
	}
	return unknown(format, ClaimFormats)
}

func (o Options) table() table.Options {
	return table.Options{Width: o.Width, Color: o.Color, MinScore: o.MinScore, Apart: o.Apart, Provenance: o.provenance()}
}

func (o Options) provenance() wording.Provenance {
	return wording.Provenance{Version: o.Version, Settings: o.Settings}
}

func (o Options) office() office.Options {
	return office.Options{Provenance: o.provenance(), MinScore: o.MinScore}
}

func unknown(format string, known []string) error {
	return fmt.Errorf("unknown format %q; known are %s", format, strings.Join(known, ", "))
}

// endings are the endings of files and their formats, in the order in which
// they are named to a user.
var endings = []struct{ ending, format string }{
	{".txt", Table}, {".md", Markdown}, {".markdown", Markdown}, {".html", HTML}, {".htm", HTML},
	{".docx", DOCX}, {".odt", ODT}, {".xlsx", XLSX}, {".json", JSON}, {".csv", CSV},
	{".jsonld", Annotations}, {".conllu", CoNLLU}, {".graphml", GraphML}, {".qdpx", QDA}, {".tei", TEI}, {".xml", TEI},
}

// FormatOf is the format that the ending of a file's name asks for.
func FormatOf(path string) (string, error) {
	ending := strings.ToLower(filepath.Ext(path))
	var known []string
	for _, e := range endings {
		if e.ending == ending {
			return e.format, nil
		}
		known = append(known, e.ending)
	}
	if ending == ".zip" {
		return "", fmt.Errorf("%q may be one of two formats; name it with --format %s or --format %s", path, DataPackage, Brat)
	}
	return "", fmt.Errorf("no format is known for the ending of %q; use %s, or name one with --format", path, strings.Join(known, ", "))
}

// Schema returns the JSON Schema of the JSON formats.
func Schema() []byte { return exchange.Schema() }
