package document

import (
	"cmp"
	"slices"
	"strings"
)

// pdfLine is a line of a page: words that are read one after the other.
type pdfLine struct {
	words []pdfWord
	box   Box // as shown
	size  float32
	bold  bool
	apart bool // a blank line stands before it
}

// layOut puts the words of a page into lines in reading order: those that run as
// most do first, then what runs otherwise, as on margins. Boxes are then those
// of the page as shown.
func layOut(words []pdfWord, f *frame) []pdfLine {
	var ways [4][]pdfWord
	for _, w := range words {
		ways[w.way] = append(ways[w.way], w)
	}
	order := []int{0, 1, 2, 3}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(ways[b]), len(ways[a])) })
	var lines []pdfLine
	for _, way := range order {
		from := len(lines)
		for _, region := range regionsOf(rowsOf(ways[way])) {
			lines = append(lines, linesOf(region)...)
		}
		for i := from; i < len(lines); i++ {
			l := &lines[i]
			for j := range l.words {
				l.words[j].box = f.back(l.words[j].box, uint8(way))
			}
			l.box = f.back(l.box, uint8(way))
		}
	}
	return lines
}

// pdfRow is words that stand at one height, from left to right.
type pdfRow struct {
	words []pdfWord
	box   Box
	base  float32
	size  float32
}

// rowsOf sorts words into rows, from top to bottom.
func rowsOf(words []pdfWord) []pdfRow {
	words = slices.Clone(words)
	slices.SortStableFunc(words, func(a, b pdfWord) int { return cmp.Compare(a.base, b.base) })
	var rows []pdfRow
	for _, w := range words {
		at := -1
		for i := len(rows) - 1; i >= 0 && i >= len(rows)-8; i-- {
			r := &rows[i]
			if abs(w.base-r.base) < lineShift*min(w.size, r.size) || overlap(w.box, r.box) > 0.6 {
				at = i
				break
			}
		}
		if at < 0 {
			rows = append(rows, pdfRow{[]pdfWord{w}, w.box, w.base, w.size})
			continue
		}
		r := &rows[at]
		r.words = append(r.words, w)
		r.box = union(r.box, w.box)
		if w.size > r.size {
			r.base, r.size = w.base, w.size
		}
	}
	for _, r := range rows {
		slices.SortStableFunc(r.words, func(a, b pdfWord) int { return cmp.Compare(a.box.X0, b.box.X0) })
	}
	slices.SortStableFunc(rows, func(a, b pdfRow) int { return cmp.Compare(a.base, b.base) })
	return rows
}

// overlap returns how much of the lower of two boxes stands at the height of the
// other.
func overlap(a, b Box) float32 {
	return (min(a.Y1, b.Y1) - max(a.Y0, b.Y0)) / max(min(a.Y1-a.Y0, b.Y1-b.Y0), 0.01)
}

// regionsOf cuts rows into the regions that are read one after the other.
func regionsOf(rows []pdfRow) [][]pdfRow {
	if len(rows) == 0 {
		return nil
	}
	return [][]pdfRow{rows}
}

// linesOf makes a line of each row.
func linesOf(rows []pdfRow) []pdfLine {
	lines := make([]pdfLine, 0, len(rows))
	var pitches []float32
	for i := range rows[min(1, len(rows)):] {
		if pitch := rows[i+1].base - rows[i].base; pitch > 0 {
			pitches = append(pitches, pitch)
		}
	}
	slices.Sort(pitches)
	var pitch float32
	if len(pitches) > 0 {
		pitch = pitches[len(pitches)/2]
	}
	for i, r := range rows {
		l := pdfLine{words: r.words, box: r.box, size: r.size, bold: true}
		for _, w := range r.words {
			l.bold = l.bold && w.bold
		}
		l.apart = i == 0 || r.base-rows[i-1].base > 1.35*min(pitch, 2*r.size)
		lines = append(lines, l)
	}
	return lines
}

// assemble puts the pages together to the document.
func (r *pdfReading) assemble(d *Document) {
	var text strings.Builder
	for i := range r.pages {
		page := &r.pages[i]
		start := text.Len()
		for n := range page.lines {
			l := &page.lines[n]
			if l.apart && n > 0 {
				text.WriteByte('\n')
			}
			for j, w := range l.words {
				if j > 0 {
					text.WriteByte(' ')
				}
				at := text.Len()
				text.WriteString(w.text)
				d.Words = append(d.Words, Word{int32(at), int32(text.Len()), w.box})
			}
			text.WriteByte('\n')
		}
		text.WriteByte('\f')
		out := Page{Number: i + 1, Start: start, End: text.Len(), Width: page.width, Height: page.height, Source: page.source, Confidence: page.confidence}
		if page.err != nil {
			out.Source, out.Confidence = Unread, 0
			d.Notices = append(d.Notices, Notice{i + 1, page.err.Error()})
		}
		d.Pages = append(d.Pages, out)
		for _, c := range page.covers {
			r.file.covers = append(r.file.covers, pageCover{i + 1, c})
		}
		page.lines = nil
	}
	d.Text = text.String()
}
