// Command counterclaim reads what several parties said about the same events
// and sets their claims side by side: where they agree, where they conflict
// and why, where they name one thing in rival words, and what one of them
// alone says. It reports what was said, never who is right.
//
// Everything below this command is data in, data out; files, flags, terminals
// and exit codes are here, one file per subcommand.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
