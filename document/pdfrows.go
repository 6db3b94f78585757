package document

import (
	"cmp"
	"math"
	"slices"
	"unicode"
	"unicode/utf8"
)

// pdfRow is words that stand at one height, from left to right.
type pdfRow struct {
	words []pdfWord
	box   Box
	base  float32 // of the largest words
	size  float32
}

// tall is how much larger than most of the type letters are that stand for
// themselves: lines of a text beside them are no one row with them.
const tall = 1.6

// rowsOf sorts words into rows, from top to bottom.
func rowsOf(words []pdfWord) []pdfRow {
	words = slices.Clone(words)
	sizes := make([]float32, len(words))
	for i, w := range words {
		sizes[i] = w.size
	}
	limit := tall * median(sizes)
	slices.SortStableFunc(words, func(a, b pdfWord) int {
		if larger := a.size > limit; larger != (b.size > limit) {
			if larger {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.base, b.base)
	})
	var rows []pdfRow
	first := 0 // of the rows that may take a word
	for i, w := range words {
		if w.size > limit && (i == 0 || words[i-1].size <= limit) {
			first = 0
		}
		at := -1
		for k := len(rows) - 1; k >= first; k-- {
			r := &rows[k]
			small, large := min(w.size, r.size), max(w.size, r.size)
			if abs(w.base-r.base) < lineShift*small && large <= tall*small || large <= 2*tall*small && r.size <= limit == (w.size <= limit) && overlap(w.box, r.box) > 0.6 || abs(w.base-r.base) < 0.15*small {
				at = k
				break
			}
		}
		if at < 0 {
			rows = append(rows, pdfRow{[]pdfWord{w}, w.box, w.base, w.size})
			if w.size <= limit {
				first = max(0, len(rows)-8)
			}
			continue
		}
		r := &rows[at]
		r.words = append(r.words, w)
		r.box = union(r.box, w.box)
		if w.size > r.size {
			r.base, r.size = w.base, w.size
		}
	}
	for i := range rows {
		r := &rows[i]
		slices.SortStableFunc(r.words, func(a, b pdfWord) int { return cmp.Compare(a.box.X0, b.box.X0) })
		r.words = joinSpaced(r.words)
	}
	slices.SortStableFunc(rows, func(a, b pdfRow) int { return cmp.Compare(a.base, b.base) })
	return rows
}

// Letters set apart, as in some headings, are one word where at least
// leastSpaced stand at even gaps, no wider than spacedGap in parts of their size.
const leastSpaced, spacedGap = 4, 0.6

// joinSpaced joins the letters of words that are set apart.
func joinSpaced(words []pdfWord) []pdfWord {
	single := func(w *pdfWord) bool {
		r, size := utf8.DecodeRuneInString(w.text)
		return size == len(w.text) && unicode.IsLetter(r)
	}
	var joined []pdfWord
	for i := 0; i < len(words); {
		j := i + 1
		for least, most := float32(math.MaxFloat32), float32(0); j < len(words); j++ {
			a, b := &words[j-1], &words[j]
			gap := b.box.X0 - a.box.X1
			least, most = min(least, gap), max(most, gap)
			if !single(a) || !single(b) || b.typed || gap <= 0 || gap > spacedGap*a.size || most > 1.5*least {
				break
			}
		}
		w := words[i]
		if j-i >= leastSpaced {
			for _, next := range words[i+1 : j] {
				w.text += next.text
				w.box = union(w.box, next.box)
			}
			joined, i = append(joined, w), j
			continue
		}
		joined, i = append(joined, w), i+1
	}
	return joined
}

// overlap returns how much of the lower of two boxes stands at the height of the
// other.
func overlap(a, b Box) float32 {
	return (min(a.Y1, b.Y1) - max(a.Y0, b.Y0)) / max(min(a.Y1-a.Y0, b.Y1-b.Y0), 0.01)
}

// Between the columns of a text or a table there is a gutter, at one place at
// least seedGap wide and at every row gutterGap, in parts of the size of type,
// or a line is drawn in it.
const seedGap, gutterGap = 1.5, 0.7

// gutter is a strip without words that runs down over rows.
type gutter struct {
	x0, x1   float32
	from, to int // rows
	both     int // rows with words on both sides, or on one side and the next row's on the other
}

// bestGutter returns the gutter that parts most rows.
func (l *layout) bestGutter(rows []pdfRow) (best gutter, ok bool) {
	try := func(i int, x0, x1 float32) {
		if g := l.extend(rows, i, x0, x1); g.both > best.both {
			best, ok = g, true
		}
	}
	for i := range rows {
		r := &rows[i]
		if best.from <= i && i < best.to {
			continue // its gutters reach no further
		}
		for j := 1; j < len(r.words); j++ {
			x0, x1 := r.words[j-1].box.X1, r.words[j].box.X0
			if (x1-x0 >= seedGap*r.size || l.walled(x0, x1, r)) && !isMarker(r.words[:j]) && !l.barred(x0, x1, r) {
				try(i, x0, x1)
			}
		}
		// Columns whose lines don't stand at the same heights.
		if i+1 < len(rows) && rows[i+1].base-r.base < r.size {
			x0, x1 := r.box.X1, rows[i+1].box.X0
			if x0 > x1 {
				x0, x1 = rows[i+1].box.X1, r.box.X0
			}
			if x1-x0 >= gutterGap*r.size {
				try(i, x0, x1)
			}
		}
	}
	return best, ok && best.both >= 3
}

// extend makes a gutter of a gap in a row as long as it can be, and as wide as
// it is then.
func (l *layout) extend(rows []pdfRow, at int, x0, x1 float32) gutter {
	g := gutter{x0: x0, x1: x1, from: at, to: at + 1}
	narrow := func(i int) bool {
		a, b := g.x0, g.x1
		for _, w := range rows[i].words {
			switch {
			case w.box.X1 <= a || w.box.X0 >= b:
			case w.box.X0-a >= b-w.box.X1: // more room to the left of the word
				b = w.box.X0
			default:
				a = w.box.X1
			}
		}
		if b-a < gutterGap*rows[i].size && !l.walled(a, b, &rows[i]) || l.barred(a, b, &rows[i]) {
			return false
		}
		g.x0, g.x1 = a, b
		return true
	}
	for g.from > 0 && near(rows, g.from-1) && narrow(g.from-1) {
		g.from--
	}
	for g.to < len(rows) && near(rows, g.to-1) && narrow(g.to) {
		g.to++
	}
	side := 0 // of the row before
	for i := g.from; i < g.to; i++ {
		s := g.sides(&rows[i])
		if s == 3 && !isMarker(leftOf(rows[i].words, g.x0)) || s|side == 3 && s != side && i > g.from && rows[i].base-rows[i-1].base < rows[i].size {
			g.both++
		}
		side = s
	}
	return g
}

// walled reports whether a line is drawn down between two places in a row.
func (l *layout) walled(x0, x1 float32, r *pdfRow) bool {
	i, _ := slices.BinarySearchFunc(l.walls, x0-1, func(w Box, x float32) int { return cmp.Compare(w.X0, x) })
	for ; i < len(l.walls) && l.walls[i].X0 <= x1+1; i++ {
		if w := l.walls[i]; w.Y0 < r.base-0.5*r.size && w.Y1 > r.base {
			return x1 > x0
		}
	}
	return false
}

// near reports whether row i and the next are lines of one text or table.
func near(rows []pdfRow, i int) bool {
	return rows[i+1].base-rows[i].base < 4*max(rows[i].size, rows[i+1].size)
}

// sides tells on which sides of the gutter a row has words: 1 left, 2 right, 3
// both.
func (g *gutter) sides(r *pdfRow) (s int) {
	for _, w := range r.words {
		if w.box.X1 <= g.x0+0.1 {
			s |= 1
		} else {
			s |= 2
		}
	}
	return s
}

func leftOf(words []pdfWord, x float32) []pdfWord {
	n := 0
	for n < len(words) && words[n].box.X1 <= x+0.1 {
		n++
	}
	return words[:n]
}

var marker = pattern(`^(?:[(\[]?(?:[0-9]{1,3}|[A-Za-z]|[ivxlIVXL]{1,6})[.):\]]{1,2}|(?:[A-Z]\.)?[0-9]{1,3}(?:\.[0-9]{1,3}){0,5}\.?|[A-Za-z])$`)

// isMarker reports whether words are only what stands before an item of a list:
// a bullet, a number, a letter.
func isMarker(words []pdfWord) bool {
	if len(words) != 1 {
		return len(words) == 2 && isMarker(words[:1]) && isMarker(words[1:])
	}
	text := words[0].text
	if r, size := utf8.DecodeRuneInString(text); size == len(text) && !unicode.IsLetter(r) {
		return true
	}
	return marker().MatchString(text)
}
