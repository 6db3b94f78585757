package document

import (
	"errors"
	"slices"
	"unicode"
)

// What tells a scan from a page of text.
const (
	scanShare    = 0.5 // of the page that images cover
	scanLetters  = 200 // a stamp or a header has fewer, a page of text more
	garbageShare = 0.2 // of characters that stand for nothing
	hiddenShare  = 0.8 // of letters that aren't painted, as under a scan
	leastInk     = 8   // drawn shapes that may be letters
	scanGain     = 1.3 // times the letters that OCR must read to be worth more than the page's own
)

// look is what a page's text and images say about where its text comes from.
type look struct {
	letters, garbage, hidden int
	covered                  float32 // of the page, by images
	shapes                   int     // drawn ones that may be letters, images included
}

func (f *frame) look(words []pdfWord, things []thing) (l look) {
	for _, w := range words {
		for _, r := range w.text {
			switch {
			case r == unicode.ReplacementChar, unicode.Is(unicode.Co, r):
				l.garbage++
			case isAlphanumeric(r):
				l.letters++
				if w.hidden {
					l.hidden++
				}
			}
		}
	}
	for _, t := range things {
		b := f.box(t.left, t.bottom, t.right, t.top)
		b = Box{max(b.X0, 0), max(b.Y0, 0), min(b.X1, f.width), min(b.Y1, f.height)}
		if b.X0 >= b.X1 || b.Y0 >= b.Y1 {
			continue
		}
		switch {
		case t.kind == imageThing:
			l.covered += (b.X1 - b.X0) * (b.Y1 - b.Y0) / (f.width * f.height)
			l.shapes += leastInk
		case (t.filled || t.stroked) && b.X1-b.X0 > thinLine && b.Y1-b.Y0 > thinLine && b.X1-b.X0 < 0.9*f.width:
			l.shapes++
		}
	}
	return l
}

// garbled reports whether the text means nothing: its fonts don't say which
// letters they show.
func (l *look) garbled() bool {
	return float32(l.garbage) > garbageShare*float32(l.letters+l.garbage)
}

// scan reports whether a page has to be read by OCR: what is on it is an image,
// or its text means nothing.
func (l *look) scan() bool {
	switch {
	case l.letters+l.garbage == 0:
		return l.shapes >= leastInk
	case l.garbled():
		return true
	case l.underScan():
		return false
	}
	return l.letters < scanLetters && l.covered > scanShare
}

// underScan reports whether the text is what someone else's OCR read of the image
// that covers the page.
func (l *look) underScan() bool {
	return l.hidden > 0 && float32(l.hidden) > hiddenShare*float32(l.letters) && l.covered > scanShare
}

var errGarbled = errors.New("holds text whose fonts don't say which letters they show, and OCR is off; --ocr auto reads it")

// noticeHidden tells of text that a reader of the page doesn't see.
const noticeHidden = "holds text that is not shown; it is not read"

// visible returns the words that a person sees on the page, or under the scan
// that covers it: text may be hidden for searching, but not to be cited.
func (page *pdfPage) visible(words []pdfWord, f *frame) []pdfWord {
	n := len(words)
	words = slices.DeleteFunc(words, func(w pdfWord) bool {
		b := f.back(w.box, w.way)
		x, y := (b.X0+b.X1)/2, (b.Y0+b.Y1)/2
		return x < 0 || y < 0 || x > f.width || y > f.height || w.hidden && page.covered <= scanShare
	})
	if len(words) < n {
		page.notices = append(page.notices, noticeHidden)
	}
	return words
}

// takeScan puts the text that OCR read into the page, unless the page's own
// text says as much.
func (page *pdfPage) takeScan(s scan, force bool) {
	letters := 0
	for _, w := range s.words {
		for _, r := range w.text {
			if isAlphanumeric(r) {
				letters++
			}
		}
	}
	page.covers = s.covers
	if !force && !page.garbled() && page.letters > 0 && float32(letters) < scanGain*float32(page.letters) {
		return
	}
	page.source, page.confidence = OCR, s.confidence
	var lines []laidLine
	for i, w := range s.words {
		if i == 0 || w.line != s.words[i-1].line {
			lines = append(lines, laidLine{box: w.box, apart: i > 0 && w.paragraph != s.words[i-1].paragraph})
		}
		l := &lines[len(lines)-1]
		l.words = append(l.words, pdfWord{text: w.text, box: w.box})
		l.box = union(l.box, w.box)
	}
	levelSizes(lines)
	page.keep(lines)
}

// levelSizes gives the lines of a scan their size of type: that of all of the
// page, but for those whose words are clearly taller. How tall a word is hangs
// on its letters, too.
func levelSizes(lines []laidLine) {
	const taller = 1.35
	sizes := make([]float32, len(lines))
	for i, l := range lines {
		heights := make([]float32, len(l.words))
		for j, w := range l.words {
			heights[j] = w.box.Y1 - w.box.Y0
		}
		sizes[i] = median(heights)
	}
	all := median(slices.Clone(sizes))
	for i := range lines {
		lines[i].size = all
		if sizes[i] > taller*all {
			lines[i].size = sizes[i]
		}
	}
}

// median sorts the values and returns the one in the middle, 0 for none.
func median(values []float32) float32 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)/2]
}
