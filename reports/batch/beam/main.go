// Command beam compares a corpus on many machines: `counterclaim batch` as an
// Apache Beam pipeline of the same functions. It is a module of its own, so
// that the everyday program does not carry Beam. README.md says how to run it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/gcs"   // gs://
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local" // files
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/s3"    // s3://
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
)

func main() {
	input := flag.String("input", "", "tables of statements as JSON lines: a path, gs://… or s3://…, with * for several files")
	output := flag.String("output", "", "what the names of the tables begin with: out/, gs://bucket/run1/")
	files := flag.Int("files", 1, "files that each table is written to")
	flag.Parse()
	beam.Init()
	if *input == "" || *output == "" || *files < 1 || *files > 10_000 {
		fmt.Fprintln(os.Stderr, "beam: name --input and --output, and --files from 1 to 10000; see --help")
		os.Exit(2)
	}
	p, s := beam.NewPipelineWithRoot()
	pipeline(s, *input, *output, *files)
	if err := beamx.Run(context.Background(), p); err != nil {
		fmt.Fprintln(os.Stderr, "beam:", err)
		os.Exit(1)
	}
}
