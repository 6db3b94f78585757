package document

import (
	"bytes"
	"errors"
	"fmt"
)

// fuelled returns a WebAssembly module that calls back after every so many
// rounds of its loops, so that whoever runs it can stop it. The runtime has a
// check of its own (WithCloseOnContextDone), which leaves the sandbox in every
// round: measured on the same 59 pages it makes reading one take 19 ms instead
// of 6, against 2.7 of pdftotext, which is less than half its speed on two cores.
// It also starts a goroutine for each call.
//
// The function to call is one that the module imports already, without
// parameters and with one result, which it has no other use for. The format is
// that of the WebAssembly Core Specification 3.0, chapter 5, as far as
// compilers make use of it; of anything else an error says what it is.
func fuelled(module []byte, callback string, rounds uint32) ([]byte, error) {
	if !bytes.HasPrefix(module, []byte("\x00asm\x01\x00\x00\x00")) {
		return nil, errors.New("is not a WebAssembly module")
	}
	r := wasmReader{b: module, at: 8}
	out := append(make([]byte, 0, len(module)+len(module)/4), module[:8]...)
	function, global := -1, -1
	globals := 0 // imported ones
	for r.at < len(module) && !r.bad {
		id := r.byte()
		size := int(r.number())
		if r.bad || size > len(module)-r.at {
			break
		}
		content := module[r.at : r.at+size]
		s := wasmReader{b: content}
		switch id {
		case 2:
			function, globals = s.imports(callback)
		case 6:
			n := s.number()
			global = globals + int(n)
			// A mutable i32 that starts at the number of rounds.
			content = append(appendNumber(nil, uint64(n)+1), content[s.at:]...)
			content = appendSigned(append(content, 0x7f, 1, 0x41), int64(rounds))
			content = append(content, 0x0b)
		case 10:
			if function < 0 || global < 0 {
				return nil, fmt.Errorf("imports no %s, or has no globals", callback)
			}
			content = s.bodies(check(function, global, rounds))
		}
		if s.bad {
			return nil, fmt.Errorf("has a section %d that isn't understood", id)
		}
		out = append(out, id)
		out = appendNumber(out, uint64(len(content)))
		out = append(out, content...)
		r.at += size
	}
	if r.bad || r.at != len(module) {
		return nil, errors.New("ends too early")
	}
	return out, nil
}

// check is the code that stands at the start of every loop: when no fuel is
// left, call and fill up; then use one.
func check(function, global int, rounds uint32) []byte {
	g := appendNumber(nil, uint64(global))
	var c []byte
	c = append(append(c, 0x23), g...)                                 // global.get
	c = append(c, 0x45, 0x04, 0x40)                                   // i32.eqz, if
	c = append(appendNumber(append(c, 0x10), uint64(function)), 0x1a) // call, drop
	c = appendSigned(append(c, 0x41), int64(rounds))                  // i32.const
	c = append(append(append(c, 0x24), g...), 0x0b)                   // global.set, end
	c = append(append(append(c, 0x23), g...), 0x41, 1, 0x6b)          // global.get, i32.const 1, i32.sub
	return append(append(c, 0x24), g...)                              // global.set
}

// wasmReader walks over a part of a module; bad says that it isn't as expected.
type wasmReader struct {
	b   []byte
	at  int
	bad bool
}

func (r *wasmReader) byte() byte {
	if r.at >= len(r.b) {
		r.bad = true
		return 0
	}
	r.at++
	return r.b[r.at-1]
}

func (r *wasmReader) number() (n uint32) {
	for shift := 0; shift < 35; shift += 7 {
		c := r.byte()
		n |= uint32(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
	r.bad = true
	return 0
}

// numbers skips so many numbers of any size, signed or not.
func (r *wasmReader) numbers(n int) {
	for range n {
		for r.byte() >= 0x80 {
		}
	}
}

func (r *wasmReader) skip(n int) {
	if n < 0 || n > len(r.b)-r.at {
		r.bad = true
		return
	}
	r.at += n
}

// imports returns the index of the imported function of that name and how many
// globals are imported.
func (r *wasmReader) imports(name string) (function, globals int) {
	function = -1
	functions := 0
	for n := r.number(); n > 0 && !r.bad; n-- {
		r.skip(int(r.number())) // the module
		size := int(r.number())
		from := r.at
		r.skip(size)
		if r.bad {
			break
		}
		switch kind := r.byte(); kind {
		case 0:
			if string(r.b[from:from+size]) == name {
				function = functions
			}
			functions++
			r.numbers(1)
		case 3:
			globals++
			r.skip(2)
		default:
			r.bad = true
		}
	}
	return function, globals
}

// bodies returns the code section with the check in every loop.
func (r *wasmReader) bodies(check []byte) []byte {
	n := r.number()
	out := appendNumber(make([]byte, 0, len(r.b)+len(r.b)/4), uint64(n))
	var body []byte
	for ; n > 0 && !r.bad; n-- {
		size := int(r.number())
		from := r.at
		r.skip(size)
		if r.bad {
			break
		}
		f := wasmReader{b: r.b[from:r.at]}
		body = f.body(body[:0], check)
		r.bad = r.bad || f.bad
		out = appendNumber(out, uint64(len(body)))
		out = append(out, body...)
	}
	return out
}

func (r *wasmReader) body(out, check []byte) []byte {
	for n := r.number(); n > 0 && !r.bad; n-- { // locals
		r.numbers(2)
	}
	copied := 0
	for r.at < len(r.b) && !r.bad {
		if op := r.byte(); op == 0x03 {
			r.numbers(1)
			out = append(append(out, r.b[copied:r.at]...), check...)
			copied = r.at
		} else {
			r.immediates(op)
		}
	}
	return append(out, r.b[copied:]...)
}

// immediates skips what follows an instruction's first byte.
func (r *wasmReader) immediates(op byte) {
	switch {
	case op >= 0x45 && op <= 0xc4, op == 0x00, op == 0x01, op == 0x05, op == 0x0a, op == 0x0b, op == 0x0f, op == 0x1a, op == 0x1b, op == 0xd1:
	case op == 0x02, op == 0x04, op == 0x08, op == 0x0c, op == 0x0d, op == 0x10, op == 0x12, op >= 0x20 && op <= 0x26, op >= 0x3f && op <= 0x42, op == 0xd0, op == 0xd2:
		r.numbers(1)
	case op == 0x11, op == 0x13, op >= 0x28 && op <= 0x3e:
		r.numbers(2)
	case op == 0x0e:
		r.numbers(int(min(r.number(), 1<<20)) + 1)
	case op == 0x1c:
		r.numbers(int(min(r.number(), 1<<20)))
	case op == 0x1f: // try_table
		r.numbers(1)
		for n := r.number(); n > 0 && !r.bad; n-- {
			if r.byte() < 2 {
				r.numbers(1)
			}
			r.numbers(1)
		}
	case op == 0x43:
		r.skip(4)
	case op == 0x44:
		r.skip(8)
	case op == 0xfc:
		switch n := r.number(); {
		case n <= 7:
		case n == 8, n == 10, n == 12, n == 14:
			r.numbers(2)
		case n <= 17:
			r.numbers(1)
		default:
			r.bad = true
		}
	case op == 0xfd: // vectors
		switch n := r.number(); {
		case n <= 11, n == 92, n == 93:
			r.numbers(2)
		case n == 12, n == 13:
			r.skip(16)
		case n >= 21 && n <= 34:
			r.skip(1)
		case n >= 84 && n <= 91:
			r.numbers(2)
			r.skip(1)
		case n > 275:
			r.bad = true
		}
	default:
		r.bad = true
	}
}

// appendNumber and appendSigned append a number in LEB128.
func appendNumber(b []byte, n uint64) []byte {
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n))
}

func appendSigned(b []byte, n int64) []byte {
	for n >= 0x40 || n < -0x40 {
		b = append(b, byte(n)&0x7f|0x80)
		n >>= 7
	}
	return append(b, byte(n)&0x7f)
}
