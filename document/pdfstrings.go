package document

import "unicode/utf16"

// cstring puts a string into the scratch memory.
func (p *pdfium) cstring(s string) uint64 {
	copy(p.memory(p.scratch, len(s)+1), s+"\x00")
	return p.scratch
}

// maxString bounds the names and values that are read from a document.
const maxString = 1 << 20

// utf16 calls a function that fills a buffer with UTF-16 and returns its length
// in bytes, both as its last parameters.
func (p *pdfium) utf16(name string, args ...uint64) string {
	return decodeUnits(p.filled(name, args...))
}

func (p *pdfium) filled(name string, args ...uint64) []byte {
	n := p.integer(name, append(args, 0, 0)...)
	if n <= 2 || n > maxString {
		return nil
	}
	at := p.malloc(n)
	p.call(name, append(args, at, uint64(n))...)
	b := append([]byte(nil), p.memory(at, n)...)
	p.call("free", at)
	return b
}

func decodeUnits(b []byte) string {
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		if u := uint16(b[i]) | uint16(b[i+1])<<8; u != 0 {
			units = append(units, u)
		}
	}
	return string(utf16.Decode(units))
}
