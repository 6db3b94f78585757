package document

import (
	"slices"
	"strings"
)

// pdfLine is a line of a page, small enough that those of thousands of pages are
// kept until the document is put together.
type pdfLine struct {
	text   string
	words  []Word  // with their places in the line's text
	marks  []int32 // indices of words that are marks of footnotes
	box    Box     // as shown
	size   float32
	bold   bool
	apart  bool // a blank line stands before it
	framed bool // lines are drawn down beside it, as in a table
	cells  bool // it is the row of a table
	places []cellStart
	raised bool // its first word is smaller and stands higher than the others
	aside  int8 // 1 + its AsideKind; 0 for the running text
}

// cellStart is where a cell of a table starts or goes on in the line's text.
type cellStart struct {
	at    int32
	place place
}

// first returns the first word of a line.
func (l *pdfLine) first() string { return l.text[:l.words[0].End] }

// keep makes the lines of the page of those laid out.
func (page *pdfPage) keep(laid []laidLine) {
	count, size := 0, 0
	for _, l := range laid {
		count += len(l.words)
		for _, w := range l.words {
			size += len(w.text) + 1
		}
	}
	var text strings.Builder
	text.Grow(size)
	words := make([]Word, 0, count)
	page.lines = make([]pdfLine, 0, len(laid))
	for _, l := range laid {
		line := pdfLine{
			box: l.box, size: l.size, bold: l.bold, apart: l.apart, framed: l.framed, cells: len(l.cells) > 0,
			raised: isRaised(l.words[0].size, l.words[0].base, &pdfWord{size: l.size, base: l.base}),
		}
		if l.at.table > 0 {
			line.places = append(line.places, cellStart{0, l.at})
		}
		start, from := text.Len(), len(words)
		for i, w := range l.words {
			switch {
			case i == 0, w.glued:
			case slices.Contains(l.cells, i):
				text.WriteByte('\t')
			default:
				text.WriteByte(' ')
			}
			at := text.Len() - start
			if k := slices.Index(l.cells, i); k >= 0 && k < len(l.columns) {
				l.at.column = l.columns[k]
				line.places = append(line.places, cellStart{int32(at), l.at})
			}
			text.WriteString(w.text)
			words = append(words, Word{int32(at), int32(at + len(w.text)), w.box})
			if w.mark {
				line.marks = append(line.marks, int32(i))
			}
		}
		line.text, line.words = text.String()[start:], words[from:len(words):len(words)]
		page.lines = append(page.lines, line)
	}
}
