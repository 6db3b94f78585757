package document

import (
	"encoding/binary"
	"image/color"
	"math"
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
	filled                   bool  // a path, with
	shade                    uint8 // from 0 for black
}

// The kinds of page objects.
const (
	pathThing  = 2
	imageThing = 3
	formThing  = 5
)

// The sizes of the records of pdfbulk.wat, and how many are read at once.
const (
	glyphSize, thingSize = 80, 52
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
		list = append(list, g)
	})
	return list
}

// things reads the objects of a page.
func (p *pdfium) things(page uint64) []thing {
	n := min(p.integer("FPDFPage_CountObjects", page), maxThings)
	if n <= 0 {
		return nil
	}
	var list []thing
	p.records("objects", page, n, thingSize, func(b []byte) {
		u := binary.LittleEndian.Uint32
		if kind := int32(u(b)); kind == pathThing || kind == imageThing || kind == formThing {
			fill := color.NRGBA{b[20], b[24], b[28], b[32]}
			list = append(list, thing{
				kind: kind, left: f32(b[4:]), bottom: f32(b[8:]), right: f32(b[12:]), top: f32(b[16:]),
				filled: u(b[36:]) != 0, shade: shade(fill),
			})
		}
	})
	return list
}
