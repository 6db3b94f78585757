// Command pia-check tells whether what agencies tell the public about personal
// data holds against their contracts and records.
package main

import (
	"os"
	"runtime/debug"
)

func main() {
	// Most of what a case allocates is gone with the case. Collecting garbage at
	// nine times the live heap instead of two halves the time of large runs for
	// some twenty megabytes.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(800)
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}
