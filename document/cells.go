package document

import (
	"cmp"
	"slices"
)

// maxTableCells bounds the cells that are kept of a document's tables; of those
// behind it the text alone is.
const maxTableCells = 200_000

// cellWriter collects the cells of tables while a document is put together.
type cellWriter struct {
	list []TableCell
	open []*tableOpen // tables inside one another
	seen int          // tables
	rows int
}

// tableOpen is a table that is being read.
type tableOpen struct {
	number int
	below  []int // by column: how many rows, from this one on, a cell reaches down
	column int   // where the next cell of the row stands, unless one from above does
}

func (w *cellWriter) startTable() {
	w.seen++
	w.open = append(w.open, &tableOpen{number: w.seen})
}

func (w *cellWriter) endTable() {
	if n := len(w.open); n > 0 {
		w.open = w.open[:n-1]
	}
}

// table returns the innermost open table, nil for none.
func (w *cellWriter) table() *tableOpen {
	if n := len(w.open); n > 0 {
		return w.open[n-1]
	}
	return nil
}

// maxSpan bounds over how many columns and rows a cell reaches, as browsers do
// (HTML Standard, section 4.9.11).
const maxSpan = 1000

// startCell returns the column of a cell that reaches over some columns and
// rows.
func (t *tableOpen) startCell(across, down int) int {
	for t.column < len(t.below) && t.below[t.column] > 0 {
		t.column++
	}
	column := t.column
	t.column += min(max(across, 1), maxSpan)
	for len(t.below) < min(t.column, 2*maxSpan) {
		t.below = append(t.below, 0)
	}
	for i := column; i < min(t.column, len(t.below)); i++ {
		t.below[i] = min(max(down, 1), maxSpan)
	}
	return column
}

func (t *tableOpen) endRow() {
	for i := range t.below {
		t.below[i] = max(t.below[i]-1, 0)
	}
	t.column = 0
}

// add notes the text of a cell, or that more of the last one's follows.
func (w *cellWriter) add(c TableCell) {
	if n := len(w.list); n > 0 {
		if last := &w.list[n-1]; last.Table == c.Table && last.Row == c.Row && last.Column == c.Column {
			last.End = c.End
			return
		}
	}
	if c.End > c.Start && len(w.list) < maxTableCells {
		w.list = append(w.list, c)
	}
}

// cells returns the cells in order; of cells inside one another the inner ones.
func (w *cellWriter) cells() []TableCell {
	slices.SortStableFunc(w.list, func(a, b TableCell) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	kept := w.list[:0]
	for i, c := range w.list {
		if i+1 == len(w.list) || w.list[i+1].Start >= c.End {
			kept = append(kept, c)
		}
	}
	return kept
}
