// Command pia-check tells whether what agencies tell the public about personal
// data holds against their contracts and records.
package main

import (
	"os"
	"runtime/debug"
)

func main() {
	// Most of what a case allocates is gone with the case. Collecting garbage at
	// three times the live heap instead of two spares a third of the collections;
	// much more costs time again, for memory that is new has to be faulted in.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}
