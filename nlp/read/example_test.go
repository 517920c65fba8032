package read_test

import (
	"fmt"
	"time"

	"counterclaim/nlp/read"
)

func ExampleRead() {
	text, err := read.Read("statement.md", []byte(`**MINISTRY OF WATER**
Lissarn, 12 August 2033

# On the events at the dam

1. **Release.** The gates were opened at *00:30*, and
   nobody was in danger.

(Signed) Ann Orr
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(text.Title, text.Date.Format(time.DateOnly))
	for _, b := range text.Blocks {
		fmt.Printf("%d %s %s %q\n", text.Source.Position(b.Start).Line, b.Kind, b.Marker, text.Canonical[b.Start:b.End])
	}
	// Output:
	// On the events at the dam 2033-08-12
	// 1 letterhead  "MINISTRY OF WATER"
	// 2 letterhead  "Lissarn, 12 August 2033"
	// 4 heading  "On the events at the dam"
	// 6 paragraph 1. "Release. The gates were opened at 00:30, and nobody was in danger."
	// 9 signature  "(Signed) Ann Orr"
}
