package document

import "slices"

// heapMemory is the memory of an instance of PDFium where the system maps none.
type heapMemory []byte

func (m *heapMemory) Reallocate(size uint64) []byte {
	if size > pdfMemory {
		return nil
	}
	if n := int(size) - len(*m); n > 0 {
		*m = slices.Grow(*m, n)[:size]
	}
	return *m
}

func (m *heapMemory) Free() { *m = nil }
