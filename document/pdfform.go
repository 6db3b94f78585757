package document

import (
	"encoding/binary"
	"strings"
)

// The kinds of annotations (FPDF_ANNOT_) whose text stands on the page, their
// flags that hide them, and the types of form fields (FPDF_FORMFIELD_) that hold
// text.
const (
	freeText, stamp, widget    = 3, 13, 20
	attachedFile               = 17
	hiddenAnnotation           = 1<<1 | 1<<5 // hidden, no view
	comboBox, listBox, textBox = 4, 5, 6
)

// maxAnnotations bounds the annotations of a page that are looked at.
const maxAnnotations = 5000

// flatten makes the text of form fields and annotations part of the page, which
// it loads anew. Fields whose look the file doesn't hold are returned as words,
// and notices tell of what is attached to the page.
func (p *pdfium) flatten(page uint64, index int, f *frame) (flat uint64, words []pdfWord, notices []string) {
	shown := false
	for i := range min(p.integer("FPDFPage_GetAnnotCount", page), maxAnnotations) {
		a := p.pointer("FPDFPage_GetAnnot", page, uint64(i))
		if a == 0 {
			continue
		}
		switch kind := p.integer("FPDFAnnot_GetSubtype", a); {
		case kind == attachedFile:
			if file := p.pointer("FPDFAnnot_GetFileAttachment", a); file != 0 {
				notices = append(notices, attached(p.utf16("FPDFAttachment_GetName", file), -1))
			}
		case kind != freeText && kind != stamp && kind != widget, p.integer("FPDFAnnot_GetFlags", a)&hiddenAnnotation != 0:
		case p.integer("FPDFAnnot_HasKey", a, p.cstring("AP")) != 0:
			shown = true
		case kind == widget:
			words = append(words, p.fieldWords(a, f)...)
		}
		p.call("FPDFPage_CloseAnnot", a)
	}
	const display, failed = 0, 0
	if !shown || p.integer("FPDFPage_Flatten", page, display) == failed {
		return page, words, notices
	}
	p.call("FPDF_ClosePage", page)
	return p.pointer("FPDF_LoadPage", p.doc, uint64(index)), words, notices
}

// fieldWords returns the value of a form field, set in its box.
func (p *pdfium) fieldWords(annotation uint64, f *frame) (words []pdfWord) {
	form := p.formEnvironment()
	switch p.integer("FPDFAnnot_GetFormFieldType", form, annotation) {
	case comboBox, listBox, textBox:
	default:
		return nil
	}
	value := p.utf16("FPDFAnnot_GetFormFieldValue", form, annotation)
	if strings.TrimSpace(value) == "" || p.integer("FPDFAnnot_GetRect", annotation, p.scratch) == 0 {
		return nil
	}
	r := p.floats(p.scratch, 4) // left, top, right, bottom
	box := f.box(r[0], r[3], r[2], r[1])
	// Nobody says in which type; what follows is that of a usual form.
	const usual, width, leading = 10, 0.5, 1.2
	size := min(usual, max(1, (box.Y1-box.Y0)/leading))
	x, base := box.X0, box.Y0+size
	for _, line := range strings.FieldsFunc(value, func(r rune) bool { return r == '\n' || r == '\r' }) {
		for _, w := range strings.Fields(line) {
			end := x + width*size*float32(len(w))
			if x > box.X0 && end > box.X1 {
				x, base = box.X0, base+leading*size
				end = x + width*size*float32(len(w))
			}
			words = append(words, pdfWord{text: w, box: Box{x, base - 0.8*size, end, base + 0.2*size}, base: base, size: size})
			x = end + width*size
		}
		x, base = box.X0, base+leading*size
	}
	return words
}

// formEnvironment returns what PDFium needs to be asked about form fields. It is
// given no functions to call back: no script of the document runs.
func (p *pdfium) formEnvironment() uint64 {
	if p.form == 0 {
		size := p.integer("FPDF_FORMFILLINFO_Size")
		info := p.malloc(size)
		b := p.memory(info, size)
		clear(b)
		binary.LittleEndian.PutUint32(b, 1) // the version of the structure
		p.form = p.pointer("FPDFDOC_InitFormFillEnvironment", p.doc, info)
	}
	return p.form
}
