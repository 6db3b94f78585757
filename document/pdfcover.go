package document

import "image"

// The annotations of a PDF that may cover something: squares, ink, stamps and
// proposed redactions (the FPDF_ANNOT_ kinds).
var coveringAnnotations = map[int]bool{5: true, 13: true, 15: true, 28: true}

// mayCover reports whether something on the page may cover a passage: a dark
// filled path of the size of a word or more, an image over much of the page,
// as the scan under a layer of text is, or an annotation. Only such pages are
// drawn to be looked at.
func (p *pdfium) mayCover(page uint64, f *frame, things []thing) bool {
	for _, t := range things {
		b := f.box(t.left, t.bottom, t.right, t.top)
		width, height := b.X1-b.X0, b.Y1-b.Y0
		switch {
		case t.kind == pathThing && t.filled && t.shade <= darkest && width >= coverWidth && height >= coverHeight && width < 0.9*f.width,
			t.kind == imageThing && width*height > 0.3*f.width*f.height:
			return true
		}
	}
	for i := range min(p.integer("FPDFPage_GetAnnotCount", page), 1000) {
		annotation := p.pointer("FPDFPage_GetAnnot", page, uint64(i))
		if annotation == 0 {
			continue
		}
		kind := p.integer("FPDFAnnot_GetSubtype", annotation)
		p.call("FPDFPage_CloseAnnot", annotation)
		if coveringAnnotations[kind] {
			return true
		}
	}
	return false
}

// covers looks for covers on a page by its index from 0.
func (p *pdfium) covers(index int) []cover {
	b, err := p.draw(index, coverDPI, Box{}, true)
	if err != nil {
		return nil
	}
	return findCovers(&image.Gray{Pix: b.pix, Stride: b.stride, Rect: image.Rectangle{Max: b.size}}, coverDPI).covers
}
