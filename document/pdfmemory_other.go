//go:build !unix

package document

import "github.com/tetratelabs/wazero/experimental"

func newPDFMemory(uint64, uint64) experimental.LinearMemory { return new(heapMemory) }
