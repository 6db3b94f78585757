package document

import (
	"errors"
	"math"
	"slices"
	"strings"
	"unicode"
)

// pdfPage is a page as it was read, its lines in reading order.
type pdfPage struct {
	width, height float32
	lines         []pdfLine
	rules         []Box  // short lines across, as above footnotes
	label         string // by the file
	look
	source     Source
	confidence float32
	covers     []cover
	notices    []string
	err        error // why it wasn't read
}

// frame turns the coordinates of a page, in which y goes upwards, into those of
// the page as it is shown, from its upper left corner.
type frame struct {
	left, top, right, bottom float32
	turned                   int // clockwise, by quarters
	width, height            float32
}

func (f *frame) point(x, y float32) (float32, float32) {
	switch f.turned {
	case 1:
		return y - f.bottom, x - f.left
	case 2:
		return f.right - x, y - f.bottom
	case 3:
		return f.top - y, f.right - x
	}
	return x - f.left, f.top - y
}

// direction turns a vector.
func (f *frame) direction(x, y float32) (float32, float32) {
	switch f.turned {
	case 1:
		return y, x
	case 2:
		return -x, y
	case 3:
		return -y, -x
	}
	return x, -y
}

func (f *frame) box(x0, y0, x1, y1 float32) Box {
	x0, y0 = f.point(x0, y0)
	x1, y1 = f.point(x1, y1)
	return Box{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}
}

// upright turns a box of the page so that text that runs to the right (0), down
// (1), to the left (2) or up (3) runs to the right; back undoes it.
func (f *frame) upright(b Box, way uint8) Box {
	switch way {
	case 1:
		return Box{b.Y0, f.width - b.X1, b.Y1, f.width - b.X0}
	case 2:
		return Box{f.width - b.X1, f.height - b.Y1, f.width - b.X0, f.height - b.Y0}
	case 3:
		return Box{f.height - b.Y1, b.X0, f.height - b.Y0, b.X1}
	}
	return b
}

func (f *frame) back(b Box, way uint8) Box {
	switch way {
	case 1:
		return Box{f.width - b.Y1, b.X0, f.width - b.Y0, b.X1}
	case 2:
		return f.upright(b, 2)
	case 3:
		return Box{b.Y0, f.height - b.X1, b.Y1, f.height - b.X0}
	}
	return b
}

var errPDFPage = errors.New("can't be read: it is damaged, or isn't in the file")

// pageOf reads a page by its index from 0.
func (p *pdfium) pageOf(index int) pdfPage {
	handle := p.pointer("FPDF_LoadPage", p.doc, uint64(index))
	if handle == 0 {
		return pdfPage{err: errPDFPage}
	}
	f := p.frameOf(handle)
	handle, fields, notices := p.flatten(handle, index, &f)
	defer p.call("FPDF_ClosePage", handle)
	page := pdfPage{width: f.width, height: f.height, notices: notices}
	text := p.pointer("FPDFText_LoadPage", handle)
	if text == 0 {
		return pdfPage{err: errPDFPage}
	}
	glyphs := p.glyphs(text)
	p.call("FPDFText_ClosePage", text)
	if p.err != nil {
		return page
	}
	words := append(f.words(glyphs, p.boldFonts(glyphs)), fields...)
	things := p.things(handle)
	page.look = f.look(words, things)
	words = page.visible(words, &f)
	if page.underScan() {
		page.source = OCR
	}
	if !page.scan() && p.mayCover(handle, &f, things) {
		page.covers = p.covers(index)
	}
	page.keep(layOut(words, things, &f))
	page.rules = f.shortRules(things, words)
	page.label = p.utf16("FPDF_GetPageLabel", p.doc, uint64(index))
	return page
}

// shortRules returns the lines across a part of the page that underline nothing,
// as those above footnotes.
func (f *frame) shortRules(things []thing, words []pdfWord) []Box {
	rules, _ := f.drawn(things, 0)
	return slices.DeleteFunc(rules, func(r Box) bool {
		return r.Y0 < f.height/4 || r.X1-r.X0 > noteRule*f.width || r.X1-r.X0 < f.width/20 ||
			slices.ContainsFunc(words, func(w pdfWord) bool {
				return w.way == 0 && r.Y0 > w.base-0.1*w.size && r.Y0 < w.base+0.4*w.size && r.X0 < w.box.X1 && r.X1 > w.box.X0
			})
	})
}

func (p *pdfium) frameOf(page uint64) frame {
	f := frame{width: p.float("FPDF_GetPageWidthF", page), height: p.float("FPDF_GetPageHeightF", page)}
	p.call("FPDF_GetPageBoundingBox", page, p.scratch)
	box := p.floats(p.scratch, 4)
	f.left, f.top, f.right, f.bottom = box[0], box[1], box[2], box[3]
	f.turned = p.integer("FPDFPage_GetRotation", page) & 3
	return f
}

// boldFonts tells which fonts of the page are bold.
func (p *pdfium) boldFonts(glyphs []glyph) map[uint32]bool {
	fonts := map[uint32]bool{}
	for _, g := range glyphs {
		if _, known := fonts[g.font]; known || g.font == 0 {
			continue
		}
		const forced = 1 << 18 // in the flags of a font descriptor
		bold := p.integer("FPDFFont_GetWeight", uint64(g.font)) >= 600 || p.integer("FPDFFont_GetFlags", uint64(g.font))&forced != 0
		if !bold {
			n := p.integer("FPDFFont_GetBaseFontName", uint64(g.font), p.scratch, 256)
			name := strings.ToLower(string(p.memory(p.scratch, min(max(n, 0), 256))))
			bold = strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy")
		}
		fonts[g.font] = bold
	}
	return fonts
}

// pdfWord is a word on a page. Its box is upright: turned so that the text runs
// to the right.
type pdfWord struct {
	text   string
	box    Box
	base   float32 // y of its base line
	size   float32 // of its type, in points
	way    uint8   // where its text runs
	bold   bool
	hidden bool // by its render mode
	glued  bool // no space stands before it
	typed  bool // the file has a space before it
	mark   bool // of a footnote
}

// Between characters of a word there is less than wordGap, in parts of the size
// of type; characters of one line lie no further than lineShift apart. A space
// that leaves less than noGap, or hides behind a letter by no more than noSpace,
// is none that anyone sees: some programs put one behind a ligature.
const wordGap, lineShift, noGap, noSpace = 0.13, 0.5, 0.02, 0.12

// words joins the characters of a page to words, in the order of the file.
func (f *frame) words(glyphs []glyph, bold map[uint32]bool) []pdfWord {
	var words []pdfWord
	var text []byte
	var w pdfWord
	glued, mark, space := false, false, false
	end := func() {
		if len(text) > 0 {
			w.text = string(text)
			words = append(words, w)
			text = text[:0]
		}
	}
	for i := range glyphs {
		g := &glyphs[i]
		if g.generated {
			continue
		}
		r := character(g)
		if r == ' ' {
			space = true
			continue
		}
		dx, dy := f.direction(g.matrix[0], g.matrix[1])
		way, sloped := wayOf(dx, dy)
		size := g.size * float32(math.Hypot(float64(g.matrix[2]), float64(g.matrix[3])))
		if size <= 0 || size > 4*f.height || math.IsNaN(float64(size)) {
			size = 1
		}
		box := f.upright(f.box(g.box[0], g.box[3], g.box[2], g.box[1]), way)
		ox, oy := f.point(g.x, g.y)
		base := f.upright(Box{ox, oy, ox, oy}, way).Y0
		// The font may claim to be taller than its letters are.
		box.Y0, box.Y1 = max(box.Y0, base-1.1*size), min(box.Y1, base+0.4*size)
		if box.Y0 >= box.Y1 || sloped {
			box.Y0, box.Y1 = base-0.8*size, base+0.2*size
		}
		if len(text) > 0 {
			small := min(size, w.size)
			gap := box.X0 - w.box.X1
			same := way == w.way && w.hidden == (g.mode == invisible) && abs(base-w.base) < lineShift*max(size, w.size)
			if sloped {
				same, gap = way == w.way, 0
			}
			if g.box == glyphs[i-1].box { // another letter of a ligature
				gap = 0
			}
			if !same || gap > wordGap*small || gap < -small || space && (gap > noGap*small || gap < -noSpace*small) {
				end()
			} else if raised := isRaised(size, base, &w); raised && isNoteMark(r) && !w.mark && !isUnit(text) || w.mark && !raised && size > 1.1*w.size {
				end()
				glued, mark = true, raised
			}
		}
		if len(text) == 0 {
			w = pdfWord{box: box, base: base, size: size, way: way, bold: bold[g.font], hidden: g.mode == invisible, glued: glued, typed: space, mark: mark}
			glued, mark = false, false
		}
		space = false
		text = append(text, string(r)...)
		w.box = union(w.box, box)
	}
	end()
	return words
}

func abs(x float32) float32 { return max(x, -x) }

// isRaised reports whether a character is smaller than a word and stands above
// its base line.
func isRaised(size, base float32, w *pdfWord) bool {
	return size < 0.85*w.size && w.base-base > 0.12*w.size
}

func isNoteMark(r rune) bool { return r >= '0' && r <= '9' || strings.ContainsRune("*†‡§¶", r) }

// isUnit reports what a raised digit behind it is a power of.
func isUnit(text []byte) bool {
	switch string(text) {
	case "10", "m", "cm", "mm", "km", "ft", "in", "mi", "yd":
		return true
	}
	return false
}

// wayOf returns the quarter in which text runs along a vector, and whether it
// slopes.
func wayOf(x, y float32) (way uint8, sloped bool) {
	switch {
	case x > 0 && abs(y) <= x:
		way = 0
	case y > 0 && abs(x) <= y:
		way = 1
	case x < 0 && abs(y) <= -x:
		way = 2
	case y < 0:
		way = 3
	}
	return way, min(abs(x), abs(y)) > 0.2*max(abs(x), abs(y))
}

// symbols are the characters of the fonts Symbol and Wingdings that are common
// in documents, where a file gives them by their private codes.
var symbols = map[rune]rune{
	0xf0b7: '•', 0xf0a7: '▪', 0xf0d8: '➢', 0xf0fc: '✓', 0xf0fe: '☑', 0xf0fd: '☒',
	0xf0a8: '☐', 0xf06f: '☐', 0xf071: '☐', 0xf072: '☐', 0xf0e0: '→', 0xf02d: '–', 0xf076: '❖',
}

// character returns what a character is to a reader: a space for all white
// space, U+FFFD where the file doesn't tell.
func character(g *glyph) rune {
	switch {
	case g.hyphen || g.r == '\u00ad':
		return '-' // soft hyphens that are painted are hyphens
	case unicode.IsSpace(g.r):
		return ' '
	case g.r < ' ' || g.r >= 0x7f && g.r < 0xa0 || g.r&0xfffe == 0xfffe || g.r > unicode.MaxRune || g.r >= 0xd800 && g.r < 0xe000:
		return unicode.ReplacementChar
	}
	if s, ok := symbols[g.r]; ok {
		return s
	}
	return g.r
}
