// Command pia-check tells whether what agencies tell the public about personal
// data holds against their contracts and records.
package main

import (
	"os"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}
