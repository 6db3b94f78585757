package document

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// laidLine is a line of a page as it is laid out: words that are read one after
// the other. Their boxes are upright until the layout is done.
type laidLine struct {
	words []pdfWord
	cells []int // indices of words that start a further cell of a table's row
	// at is where the line's first word stands in a table, and columns where its
	// further cells do; none of a line in a cell.
	at      place
	columns []int
	box     Box
	base    float32
	size    float32
	bold    bool
	apart   bool // a blank line stands before it
	// framed says that lines are drawn down beside it, as in a table.
	framed bool
}

// place is a cell of a table on a page: its table and row from 1 on, its column
// from 0 of how many. It is zero outside of tables.
type place struct{ table, row, column, of int }

// layout puts the words of a page into lines in reading order.
type layout struct {
	// rules and walls are the lines that are drawn across and down, and the
	// edges of frames and shading, upright, from top to bottom and from left to
	// right.
	rules, walls []Box
	bars         []Box // dark and filled, as over what is withheld
	lines        []laidLine
	tables, rows int // how many tables and rows of theirs there are so far
}

// layOut returns the lines of a page: those that run as most do first, then what
// runs otherwise, as on margins. Boxes are then those of the page as shown.
func layOut(words []pdfWord, things []thing, f *frame) []laidLine {
	var ways [4][]pdfWord
	for _, w := range words {
		ways[w.way] = append(ways[w.way], w)
	}
	order := []int{0, 1, 2, 3}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(ways[b]), len(ways[a])) })
	var lines []laidLine
	for _, way := range order {
		if len(ways[way]) == 0 {
			continue
		}
		var l layout
		l.rules, l.walls = f.drawn(things, uint8(way))
		l.bars = f.bars(things, uint8(way))
		l.order(rowsOf(ways[way]), 0)
		for _, line := range l.lines {
			for j := range line.words {
				line.words[j].box = f.back(line.words[j].box, uint8(way))
			}
			line.box = f.back(line.box, uint8(way))
			lines = append(lines, line)
		}
	}
	return lines
}

// A line is at most thinLine wide and at least minLine long, in points. On a
// page with more than manyLines they are a drawing.
const thinLine, minLine, manyLines = 3, 6, 4000

// drawn returns the lines of a page, upright for text that runs a way.
func (f *frame) drawn(things []thing, way uint8) (rules, walls []Box) {
	for _, t := range things {
		if t.kind != pathThing || !t.filled && !t.stroked {
			continue
		}
		b := f.upright(f.box(t.left, t.bottom, t.right, t.top), way)
		if b.X1-b.X0 >= minLine && b.Y1-b.Y0 < f.height/2 {
			rules = append(rules, Box{b.X0, b.Y0, b.X1, b.Y0})
			if b.Y1-b.Y0 > thinLine {
				rules = append(rules, Box{b.X0, b.Y1, b.X1, b.Y1})
			}
		}
		if b.Y1-b.Y0 >= minLine && b.X1-b.X0 < f.width/2 {
			walls = append(walls, Box{b.X0, b.Y0, b.X0, b.Y1})
			if b.X1-b.X0 > thinLine {
				walls = append(walls, Box{b.X1, b.Y0, b.X1, b.Y1})
			}
		}
	}
	if len(rules)+len(walls) > manyLines {
		return nil, nil
	}
	slices.SortFunc(rules, func(a, b Box) int { return cmp.Or(cmp.Compare(a.Y0, b.Y0), cmp.Compare(a.X0, b.X0)) })
	slices.SortFunc(walls, func(a, b Box) int { return cmp.Or(cmp.Compare(a.X0, b.X0), cmp.Compare(a.Y0, b.Y0)) })
	return rules, walls
}

// bars returns the dark boxes of a page, upright.
func (f *frame) bars(things []thing, way uint8) (bars []Box) {
	for _, t := range things {
		if t.kind == pathThing && t.filled && t.shade <= darkest && len(bars) < manyLines {
			if b := f.upright(f.box(t.left, t.bottom, t.right, t.top), way); b.Y1-b.Y0 > thinLine {
				bars = append(bars, b)
			}
		}
	}
	return bars
}

// barred reports whether dark boxes fill a gap between two words of a row: what
// is withheld there belongs to the line.
func (l *layout) barred(x0, x1 float32, r *pdfRow) bool {
	const reach = 3
	var filled float32
	for _, b := range l.bars {
		if b.X0 > x0-reach && b.X1 < x1+reach && b.Y0 < r.base-0.2*r.size && b.Y1 > r.base-0.5*r.size {
			filled += b.X1 - b.X0
		}
	}
	return filled > 0.4*(x1-x0)
}

// maxDepth bounds columns within columns.
const maxDepth = 6

// order appends the lines of rows in reading order. Where a gutter runs down
// over rows they are columns or a table; what stands above is read before, what
// stands below after.
func (l *layout) order(rows []pdfRow, depth int) {
	for len(rows) > 0 {
		g, ok := l.bestGutter(rows)
		if !ok || depth == maxDepth {
			l.plain(rows)
			return
		}
		if g.from > 0 {
			l.order(rows[:g.from], depth+1)
		}
		l.columns(rows[g.from:g.to], depth+1)
		rows = rows[g.to:]
	}
}

// columns appends the lines of rows that a gutter cuts: column after column
// where they are prose, else row after row, and each cell as a whole where it
// has several lines.
func (l *layout) columns(rows []pdfRow, depth int) {
	cuts := l.cutsOf(rows)
	if len(cuts) == 0 {
		l.plain(rows)
		return
	}
	bands := l.ruled(rows)
	ruled := len(bands) > 1
	if !ruled {
		columns := cut(rows, cuts)
		if isProse(columns) {
			for _, c := range columns {
				l.order(rowsOf(c), depth)
			}
			return
		}
		bands = spaced(rows, cuts)
	}
	l.tables++
	at := place{table: l.tables, of: len(cuts) + 1}
	for _, band := range bands {
		l.band(band, cuts, at, ruled, depth)
	}
}

// band appends the lines of one row of a table, or of several that nothing tells
// apart.
func (l *layout) band(rows []pdfRow, cuts []float32, at place, ruled bool, depth int) {
	all := cut(rows, cuts)
	columns := slices.DeleteFunc(slices.Clone(all), func(c []pdfWord) bool { return len(c) == 0 })
	if len(columns) > 1 && len(rows) > 1 && (flow(columns) >= cellFlow || ruled && !isGrid(rows, columns)) {
		l.rows++
		at.row = l.rows
		for i, c := range all {
			if len(c) == 0 {
				continue
			}
			from := len(l.lines)
			l.order(rowsOf(c), depth)
			l.lines[from].apart = true
			at.column = i
			for j := from; j < len(l.lines); j++ {
				if l.lines[j].at.table == 0 { // of no table in the cell
					l.lines[j].at = at
				}
			}
		}
		return
	}
	from := len(l.lines)
	l.plain(rows)
	if from > 0 && len(l.lines[from-1].cells) > 0 {
		l.lines[from].apart = false // the next row of a table
	}
	for i := from; i < len(l.lines); i++ {
		line := &l.lines[i]
		line.cells, line.columns = line.cells[:0], line.columns[:0]
		if i == from || len(columns) > 1 { // else a cell that goes on
			l.rows++
		}
		line.at = at
		line.at.row = l.rows
		line.at.column, _ = slices.BinarySearch(cuts, line.words[0].box.X0)
		for j := 1; j < len(line.words); j++ {
			before, _ := slices.BinarySearch(cuts, line.words[j-1].box.X0)
			if here, _ := slices.BinarySearch(cuts, line.words[j].box.X0); here != before {
				line.cells = append(line.cells, j)
				line.columns = append(line.columns, here)
			}
		}
	}
}

// cutsOf returns where all rows can be cut without cutting a word, but for
// between the markers of a list and what they mark.
func (l *layout) cutsOf(rows []pdfRow) (cuts []float32) {
	var words []pdfWord
	var size float32
	for _, r := range rows {
		words = append(words, r.words...)
		size = max(size, r.size)
	}
	slices.SortStableFunc(words, func(a, b pdfWord) int { return cmp.Compare(a.box.X0, b.box.X0) })
	marks, end := true, words[0].box.X1
	for i, w := range words {
		if i > 0 && (w.box.X0-end >= gutterGap*min(size, w.size) || l.parted(end, w.box.X0, rows)) {
			if !marks {
				cuts = append(cuts, (w.box.X0+end)/2)
			}
			marks = true
		}
		end = max(end, w.box.X1)
		marks = marks && isMarker([]pdfWord{w})
	}
	return cuts
}

// parted reports whether lines show that a narrow gap between words is one
// between columns: a wall stands in it at some row, or rules end and start
// again, as those below the heads of columns do.
func (l *layout) parted(x0, x1 float32, rows []pdfRow) bool {
	if x1 <= x0 {
		return false
	}
	for i := range rows {
		if l.walled(x0, x1, &rows[i]) {
			return true
		}
	}
	i, _ := slices.BinarySearchFunc(l.rules, rows[0].box.Y0, func(r Box, y float32) int { return cmp.Compare(r.Y0, y) })
	for ; i+1 < len(l.rules) && l.rules[i+1].Y0 <= rows[len(rows)-1].base; i++ {
		a, b := l.rules[i], l.rules[i+1]
		if b.Y0-a.Y0 < 1 && a.X1 < b.X0 && a.X1 < x1+2 && b.X0 > x0-2 && b.X0-a.X1 < x1-x0+8 {
			return true
		}
	}
	return false
}

// cut returns the words of each column.
func cut(rows []pdfRow, cuts []float32) [][]pdfWord {
	columns := make([][]pdfWord, len(cuts)+1)
	for _, r := range rows {
		for _, w := range r.words {
			i, _ := slices.BinarySearch(cuts, w.box.X0)
			columns[i] = append(columns[i], w)
		}
	}
	return columns
}

// ruled cuts rows where lines are drawn between them.
func (l *layout) ruled(rows []pdfRow) [][]pdfRow {
	var box Box
	for i, r := range rows {
		if box = union(box, r.box); i == 0 {
			box = r.box
		}
	}
	return cutRows(rows, func(above, below *pdfRow) bool {
		y0, y1 := above.base-0.2*above.size, max(below.base-0.4*below.size, above.base+0.1)
		var covered float32
		end := box.X0
		i, _ := slices.BinarySearchFunc(l.rules, y0, func(r Box, y float32) int { return cmp.Compare(r.Y0, y) })
		for ; i < len(l.rules) && l.rules[i].Y0 <= y1; i++ {
			r := l.rules[i]
			if x0, x1 := max(r.X0, end), min(r.X1, box.X1); x1 > x0 {
				covered += x1 - x0
				end = x1
			}
		}
		return covered > 0.6*(box.X1-box.X0)
	})
}

// spaced cuts rows where there is more space between them than elsewhere, and
// where the first column goes on after a row without it.
func spaced(rows []pdfRow, cuts []float32) [][]pdfRow {
	var pitches []float32
	for i := 1; i < len(rows); i++ {
		if p := rows[i].base - rows[i-1].base; p > 0.5*rows[i].size {
			pitches = append(pitches, p)
		}
	}
	if len(pitches) == 0 {
		return [][]pdfRow{rows}
	}
	slices.Sort(pitches)
	pitch := pitches[len(pitches)/5]
	return cutRows(rows, func(above, below *pdfRow) bool {
		return below.base-above.base > 1.25*pitch || below.box.X0 < cuts[0] && above.box.X0 > cuts[0]
	})
}

func cutRows(rows []pdfRow, between func(above, below *pdfRow) bool) (bands [][]pdfRow) {
	from := 0
	for i := 1; i < len(rows); i++ {
		if between(&rows[i-1], &rows[i]) {
			bands = append(bands, rows[from:i])
			from = i
		}
	}
	return append(bands, rows[from:])
}

// What tells the columns of a text and cells of several lines from tables whose
// lines are rows: the share of lines that go on with a small letter, how full
// lines are, how many there are.
const proseFlow, cellFlow, proseFill, proseLines, proseWords = 0.35, 0.25, 0.55, 6, 3

// flow returns the share of lines but the first that start with a small letter
// below a line that is rather full.
func flow(columns [][]pdfWord) float32 {
	on, all := 0, 0
	for _, c := range columns {
		rows := rowsOf(c)
		var right float32
		for _, r := range rows {
			right = max(right, r.box.X1)
		}
		for i := 1; i < len(rows); i++ {
			all++
			first, _ := utf8.DecodeRuneInString(rows[i].words[0].text)
			if above := rows[i-1].box; unicode.IsLower(first) && above.X1-above.X0 > 0.6*(right-above.X0) {
				on++
			}
		}
	}
	return float32(on) / float32(max(all, 1))
}

// isGrid reports rows of a table that are full, each a line.
func isGrid(rows []pdfRow, columns [][]pdfWord) bool {
	if len(rows) < 3 {
		return false
	}
	full := 0
	for _, c := range columns {
		full += len(rowsOf(c))
	}
	return 10*full >= 8*len(rows)*len(columns)
}

func isProse(columns [][]pdfWord) bool {
	if len(columns) > 3 || flow(columns) < proseFlow {
		return false
	}
	for _, c := range columns {
		rows := rowsOf(c)
		if len(rows) < proseLines || len(c) < proseWords*len(rows) {
			return false
		}
		var all, box = float32(0), rows[0].box
		for _, r := range rows {
			box = union(box, r.box)
			all += r.box.X1 - r.box.X0
		}
		if all < proseFill*float32(len(rows))*(box.X1-box.X0) {
			return false
		}
	}
	return true
}

// cellGap is how wide a gap is that alone tells cells of a row apart, in parts of
// the size of type.
const cellGap = 3

// plain appends a line of each row.
func (l *layout) plain(rows []pdfRow) {
	var pitches []float32
	for i := range rows[min(1, len(rows)):] {
		if pitch := rows[i+1].base - rows[i].base; pitch > 0 {
			pitches = append(pitches, pitch)
		}
	}
	pitch := median(pitches)
	for i, r := range rows {
		line := laidLine{words: r.words, box: r.box, base: r.base, size: r.size, bold: true, framed: l.walled(0, math.MaxFloat32, &r)}
		for j := range r.words {
			w := &r.words[j]
			line.bold = line.bold && w.bold
			// A mark may stand apart from the word that it belongs to.
			if j > 0 && isRaised(w.size, w.base, &pdfWord{size: r.size, base: r.base}) && strings.Trim(w.text, "0123456789*†‡§¶") == "" {
				w.mark = true
			}
			if j > 0 && w.box.X0-r.words[j-1].box.X1 > cellGap*r.size && !isMarker(r.words[:j]) && !l.barred(r.words[j-1].box.X1, w.box.X0, &r) {
				line.cells = append(line.cells, j)
			}
		}
		line.apart = i == 0 || r.base-rows[i-1].base > 1.35*min(pitch, 2*r.size)
		l.lines = append(l.lines, line)
	}
}
