package document

import (
	"encoding/binary"
	"image/color"
	"math"
	"slices"
	"unicode"
	"unicode/utf16"
)

// glyph is a character of a page as PDFium tells it, in the page's own
// coordinates: points, y upwards.
type glyph struct {
	r          rune
	generated  bool // made up by PDFium: a space or a line end
	hyphen     bool // at the end of a line, the word going on
	unmapped   bool // the font doesn't say which character it is
	font       uint32
	mode       int32      // how it is painted; 3 is not at all
	matrix     [4]float32 // a, b, c, d of its text matrix
	box        [4]float32 // left, top, right, bottom; as wide as its advance
	x, y, size float32    // its origin and the size of its font before the matrix
}

// invisible is the render mode of text that isn't painted, as under a scan.
const invisible = 3

// thing is an object on a page other than text, in the page's own coordinates.
type thing struct {
	kind                     int32 // one of the FPDF_PAGEOBJ_ kinds
	left, bottom, right, top float32
	shade                    uint8 // of its filling, from 0 for black
	filled, stroked          bool
}

// The kinds of page objects.
const (
	pathThing  = 2
	imageThing = 3
	formThing  = 5
)

// The sizes of the records of pdfbulk.wat, and how many are read at once.
const (
	glyphSize, thingSize = 80, 48
	bulkCount            = 4096
)

// A page with more than that is not text that a person reads.
const maxGlyphs, maxThings = 1 << 20, 1 << 18

func f32(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) }
func f64(b []byte) float32 {
	return float32(math.Float64frombits(binary.LittleEndian.Uint64(b)))
}

// records calls a function of the bulk module over n records of a size.
func (p *pdfium) records(name string, page uint64, n, size int, each func(b []byte)) {
	at := p.malloc(min(n, bulkCount) * size)
	for from := 0; from < n && p.err == nil; from += bulkCount {
		to := min(n, from+bulkCount)
		p.call(name, page, uint64(from), uint64(to), at)
		b := p.memory(at, (to-from)*size)
		for ; len(b) > 0 && p.err == nil; b = b[size:] {
			each(b)
		}
	}
	p.call("free", at)
}

// glyphs reads the characters of a text page.
func (p *pdfium) glyphs(text uint64) []glyph {
	n := min(p.integer("FPDFText_CountChars", text), maxGlyphs)
	if n <= 0 {
		return nil
	}
	list := make([]glyph, 0, n)
	p.records("characters", text, n, glyphSize, func(b []byte) {
		u := binary.LittleEndian.Uint32
		g := glyph{
			r: rune(u(b)), generated: b[4]&1 != 0, hyphen: b[4]&2 != 0, unmapped: b[4]&4 != 0,
			font: u(b[8:]), mode: int32(u(b[12:])),
			x: f64(b[56:]), y: f64(b[64:]), size: f64(b[72:]),
		}
		for i := range 4 {
			g.matrix[i], g.box[i] = f32(b[16+4*i:]), f32(b[40+4*i:])
		}
		// What UTF-16 gives in two halves is one character.
		if k := len(list) - 1; k >= 0 && utf16.IsSurrogate(list[k].r) {
			if r := utf16.DecodeRune(list[k].r, g.r); r != unicode.ReplacementChar {
				list[k].r = r
				return
			}
		}
		list = append(list, g)
	})
	return list
}

// matrix places what is in a form on the page.
type matrix [6]float32

func (m *matrix) apply(t *thing) {
	x := [4]float32{t.left, t.left, t.right, t.right}
	y := [4]float32{t.bottom, t.top, t.bottom, t.top}
	for i := range x {
		x[i], y[i] = m[0]*x[i]+m[2]*y[i]+m[4], m[1]*x[i]+m[3]*y[i]+m[5]
	}
	t.left, t.right = slices.Min(x[:]), slices.Max(x[:])
	t.bottom, t.top = slices.Min(y[:]), slices.Max(y[:])
}

// within returns the matrix of a form that stands in a form.
func (m *matrix) within(o matrix) matrix {
	return matrix{
		m[0]*o[0] + m[1]*o[2], m[0]*o[1] + m[1]*o[3],
		m[2]*o[0] + m[3]*o[2], m[2]*o[1] + m[3]*o[3],
		m[4]*o[0] + m[5]*o[2] + o[4], m[4]*o[1] + m[5]*o[3] + o[5],
	}
}

// maxForms is how deep forms stand in forms.
const maxForms = 8

// things reads the objects of a page, those in forms included.
func (p *pdfium) things(page uint64) []thing {
	return p.thingsIn(nil, "objects", "FPDFPage_CountObjects", page, matrix{1, 0, 0, 1}, 0)
}

func (p *pdfium) thingsIn(list []thing, read, count string, holder uint64, m matrix, depth int) []thing {
	n := min(p.integer(count, holder), maxThings-len(list))
	if n <= 0 {
		return list
	}
	var forms []uint64
	p.records(read, holder, n, thingSize, func(b []byte) {
		u := binary.LittleEndian.Uint32
		t := thing{
			kind: int32(u(b)), left: f32(b[4:]), bottom: f32(b[8:]), right: f32(b[12:]), top: f32(b[16:]),
			shade:  shade(color.NRGBA{b[20], b[24], b[28], b[32]}),
			filled: u(b[36:]) != 0 && u(b[32:]) > 0, stroked: u(b[40:]) != 0,
		}
		switch t.kind {
		case pathThing, imageThing:
			m.apply(&t)
			list = append(list, t)
		case formThing:
			forms = append(forms, uint64(u(b[44:])))
		}
	})
	for _, form := range forms {
		if depth == maxForms || p.integer("FPDFPageObj_GetMatrix", form, p.scratch) == 0 {
			continue
		}
		inner := matrix(p.floats(p.scratch, 6))
		list = p.thingsIn(list, "innerObjects", "FPDFFormObj_CountObjects", form, inner.within(m), depth+1)
	}
	return list
}
