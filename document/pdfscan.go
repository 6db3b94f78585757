package document

import (
	"unicode"
)

// What tells a scan from a page of text.
const (
	scanShare    = 0.5 // of the page that images cover
	scanLetters  = 200 // a stamp or a header has fewer, a page of text more
	garbageShare = 0.2 // of characters that stand for nothing
	hiddenShare  = 0.8 // of letters that aren't painted, as under a scan
	leastInk     = 8   // drawn shapes that may be letters
)

// sourceOf says where the text of a page comes from, and whether it has to be
// read by OCR: what is on it is an image, or its text means nothing.
func (f *frame) sourceOf(words []pdfWord, things []thing) (source Source, scan bool) {
	letters, garbage, hidden := 0, 0, 0
	for _, w := range words {
		for _, r := range w.text {
			switch {
			case r == unicode.ReplacementChar, unicode.Is(unicode.Co, r):
				garbage++
			case unicode.IsLetter(r), unicode.IsDigit(r):
				letters++
				if w.hidden {
					hidden++
				}
			}
		}
	}
	if float32(hidden) > hiddenShare*float32(letters) {
		source = OCR // by whoever made the file
	}
	var covered float32
	drawn := 0
	for _, t := range things {
		b := f.box(t.left, t.bottom, t.right, t.top)
		b = Box{max(b.X0, 0), max(b.Y0, 0), min(b.X1, f.width), min(b.Y1, f.height)}
		if b.X0 >= b.X1 || b.Y0 >= b.Y1 {
			continue
		}
		switch {
		case t.kind == imageThing:
			covered += (b.X1 - b.X0) * (b.Y1 - b.Y0)
			drawn = leastInk
		case (t.filled || t.stroked) && b.X1-b.X0 > thinLine && b.Y1-b.Y0 > thinLine && b.X1-b.X0 < 0.9*f.width:
			drawn++
		}
	}
	switch {
	case letters+garbage == 0:
		scan = drawn >= leastInk
	case float32(garbage) > garbageShare*float32(letters+garbage):
		scan = true
	default:
		scan = letters < scanLetters && covered > scanShare*f.width*f.height
	}
	return source, scan
}

// takeScan puts the text that OCR read into the page, unless the page's own
// text says as much.
func (page *pdfPage) takeScan(s scan) {
	page.source, page.confidence = OCR, s.confidence
	page.lines, page.covers = nil, s.covers
	for i, w := range s.words {
		if i == 0 || w.line != s.words[i-1].line {
			page.lines = append(page.lines, pdfLine{box: w.box, apart: i > 0 && w.paragraph != s.words[i-1].paragraph})
		}
		l := &page.lines[len(page.lines)-1]
		l.words = append(l.words, pdfWord{text: w.text, box: w.box})
		l.box = union(l.box, w.box)
		l.size = max(l.size, w.box.Y1-w.box.Y0)
	}
}
