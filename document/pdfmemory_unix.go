//go:build unix

package document

import (
	"github.com/tetratelabs/wazero/experimental"
	"golang.org/x/sys/unix"
)

// mappedMemory is the memory of an instance of PDFium: address space of the most
// that it may have, of which the system gives what is used and takes back all at
// the end. In the heap it would be copied when it grows, and make the garbage
// collector wait for as much garbage.
type mappedMemory []byte

func newPDFMemory(capacity, most uint64) experimental.LinearMemory {
	m, err := unix.Mmap(-1, 0, int(max(capacity, most)), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return new(heapMemory)
	}
	return mappedMemory(m)
}

func (m mappedMemory) Reallocate(size uint64) []byte {
	if size > uint64(len(m)) {
		return nil
	}
	return m[:size:size]
}

func (m mappedMemory) Free() { unix.Munmap(m) }
