// Command pia-check tells whether what agencies tell the public about personal
// data holds against their contracts and records.
package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

func main() {
	// Most of what a case allocates is gone with the case. Collecting garbage at
	// five times the live heap instead of two spares most of the collections; more
	// costs time again, for memory that is new has to be faulted in. The spare
	// block is never touched, so it takes no memory: it makes a small heap count
	// as a larger one, while a large one is hardly collected any later.
	var spare []byte
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
		spare = make([]byte, 4<<20)
	}
	useHugePages()
	code := run(os.Args[1:], os.Stdout, os.Stderr)
	runtime.KeepAlive(spare)
	os.Exit(code)
}
