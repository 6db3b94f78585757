// Command pia-check tells whether what agencies tell the public about personal
// data holds against their contracts and records.
package main

import (
	"os"
	"runtime/debug"
)

func main() {
	// Most of what a case allocates is gone with the case. Collecting garbage at
	// five times the live heap instead of two spares most of the collections; more
	// costs time again, for memory that is new has to be faulted in.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	// Not so where documents of thousands of pages take memory in earnest.
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(768 << 20)
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}
