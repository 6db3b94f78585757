package document

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// pageWriter puts the text of a page of markup together: blocks apart by blank
// lines, items and rows on lines of their own, cells apart by tabs.
type pageWriter struct {
	d     *Document
	b     []byte
	gap   string // what has to stand before the next word
	mark  string // of an item, before its first word
	item  int    // open items
	lines []line // blocks, and whether all of each is bold
	start int    // of the block
	begun bool   // the block holds a word
	plain bool   // the block holds letters that are not bold

	heading int // where the running heading starts, -1 outside
	aside   int // where the running aside starts
	inAside int // asides inside one another
	kind    AsideKind

	cells   cellWriter
	rows    []pageRow // of tables inside one another
	lastRow int       // where the last row ends that is one line
	// tight says that no blank stands behind an opening bracket: the source has
	// line ends wherever it likes.
	tight bool
}

// pageRow is a row of a table that is being read.
type pageRow struct {
	start   int   // in the text
	cells   []int // where they start
	columns []int // where they stand, nil outside of tables
	apart   bool  // it is no line of short cells
}

func (w *pageWriter) size() int { return len(w.b) }

func (w *pageWriter) tooLong() error { return tooLong(len(w.b), len(w.lines)) }

// stronger returns the gap that parts more: a blank line, a line end, a blank.
func stronger(a, b string) string {
	if len(b) > len(a) || len(b) == len(a) && b == "\n" {
		return b
	}
	return a
}

func (w *pageWriter) breakBlock() {
	w.endLine()
	w.gap = stronger(w.gap, "\n\n")
}

func (w *pageWriter) breakLine() { w.gap = stronger(w.gap, "\n") }

// endLine notes how the block that ends looks.
func (w *pageWriter) endLine() {
	if w.begun {
		w.lines = append(w.lines, line{start: w.start, end: len(w.b), bold: !w.plain})
	}
	w.begun, w.plain = false, false
}

// flush writes what has to stand before the next word.
func (w *pageWriter) flush() {
	if n := len(w.b); n > 0 && !(w.tight && w.gap == " " && (w.b[n-1] == '(' || w.b[n-1] == '[')) {
		w.b = append(w.b, w.gap...)
	}
	w.gap = ""
	if !w.begun {
		w.start, w.begun = len(w.b), true
	}
	if w.mark != "" {
		w.b = append(w.b, w.mark...)
		w.mark = ""
	}
}

// write writes text with its white space folded.
func (w *pageWriter) write(s string, bold bool) {
	for i := 0; i < len(s); {
		c := s[i]
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == 0 {
			w.gap = stronger(w.gap, " ")
			i++
			continue
		}
		end := i
		for end < len(s) && s[end] != ' ' && s[end] != '\n' && s[end] != '\t' && s[end] != '\r' && s[end] != '\f' && s[end] != 0 {
			end++
		}
		w.flush()
		w.word(s[i:end])
		w.plain = w.plain || !bold
		i = end
	}
}

func (w *pageWriter) word(s string) {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	w.b = append(w.b, s...)
}

// writePre writes text whose lines are its own.
func (w *pageWriter) writePre(s string, bold bool) {
	for i, text := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		if i > 0 {
			if w.gap == "\n" {
				w.gap = "\n\n"
			} else {
				w.breakLine()
			}
		}
		if indent := len(text) - len(strings.TrimLeft(text, " ")); indent > 0 && indent < len(text) && w.gap == "\n" {
			w.gap += text[:indent]
		}
		for k, part := range strings.Split(strings.TrimSpace(strings.ReplaceAll(text, "\x00", "")), "\t") {
			if k > 0 {
				w.gap = stronger(w.gap, " ")
			}
			if part != "" {
				w.flush()
				w.word(part)
				w.plain = w.plain || !bold
			}
		}
	}
}

func (w *pageWriter) startItem(mark string) {
	w.endLine()
	w.gap = stronger(w.gap, "\n")
	w.mark = mark
	w.item++
}

func (w *pageWriter) endItem() {
	w.endLine()
	w.item--
	w.mark = ""
	if w.gap == "\n\n" && w.item >= 0 { // paragraphs inside the item end with it
		w.gap = "\n"
	}
	w.gap = stronger(w.gap, "\n")
}

func (w *pageWriter) startHeading() {
	if w.heading < 0 && w.inAside == 0 {
		w.heading = len(w.b)
	}
	w.spoil()
}

// spoil keeps the rows around from being put on one line.
func (w *pageWriter) spoil() {
	for i := range w.rows {
		w.rows[i].apart = true
	}
}

func (w *pageWriter) endHeading(level int) {
	if w.heading < 0 {
		return
	}
	start := w.heading
	w.heading = -1
	text := string(w.b[start:])
	trimmed := strings.TrimLeftFunc(text, blank)
	start += len(text) - len(trimmed)
	if end := start + len(trimmed); trimmed != "" && len(trimmed) <= maxHeading {
		w.d.Sections = append(w.d.Sections, newSection(level, trimmed, start, end))
	}
}

func (w *pageWriter) startAside(kind AsideKind) bool {
	w.breakBlock()
	if w.inAside++; w.inAside == 1 {
		w.aside, w.kind = len(w.b), kind
		w.heading = -1
		w.spoil()
	}
	return true
}

func (w *pageWriter) endAside() {
	w.breakBlock()
	if w.inAside--; w.inAside > 0 {
		return
	}
	text := string(w.b[w.aside:])
	trimmed := strings.TrimLeftFunc(text, blank)
	if trimmed != "" {
		start := w.aside + len(text) - len(trimmed)
		w.d.Asides = append(w.d.Asides, Aside{start, start + len(trimmed), w.kind})
	}
}

// noteMark makes an aside of the mark of a footnote, which was raised and starts
// at an offset. In a row of a table it is only set apart.
func (w *pageWriter) noteMark(start int) {
	text := string(w.b[start:])
	mark := strings.TrimSpace(text)
	start += strings.Index(text, mark)
	before := w.b[:start]
	switch n := len(before); {
	case w.inAside > 0 || w.heading >= 0 || !w.begun || w.start >= start || !isRaisedMark(mark):
	case isUnit(before[bytes.LastIndexAny(before, " \n\t(")+1:]):
	case len(w.rows) == 0:
		w.d.Asides = append(w.d.Asides, Aside{start, len(w.b), Footnote})
	case before[n-1] != ' ' && before[n-1] != '\n':
		w.b = append(append(before, ' '), mark...)
	}
}

// isRaisedMark reports whether raised text is the mark of a footnote, such as "1"
// or "[12]".
func isRaisedMark(s string) bool {
	s = strings.Trim(s, "[]() ")
	return s != "" && len(s) <= 3 && strings.IndexFunc(s, func(r rune) bool { return !isNoteMark(r) }) < 0
}

func (w *pageWriter) startRow() {
	w.endLine()
	w.gap = stronger(w.gap, "\n")
	w.rows = append(w.rows, pageRow{start: len(w.b)})
}

// startCell starts a cell that reaches over some columns and rows.
func (w *pageWriter) startCell(across, down int) {
	w.breakBlock()
	n := len(w.rows)
	if n == 0 {
		return
	}
	row := &w.rows[n-1]
	row.cells = append(row.cells, len(w.b))
	if t := w.cells.table(); t != nil {
		row.columns = append(row.columns, t.startCell(across, down))
	}
}

// endRow puts a row on one line where every cell is a short paragraph.
func (w *pageWriter) endRow() {
	n := len(w.rows)
	if n == 0 {
		return
	}
	row := w.rows[n-1]
	w.rows = w.rows[:n-1]
	defer func() {
		if t := w.cells.table(); t != nil {
			t.endRow()
		}
		w.endLine()
		if w.gap = "\n"; row.apart {
			w.gap = "\n\n"
		}
	}()
	if n > 1 { // a table inside a cell
		w.rows[n-2].apart = true
	}
	var cells []string
	var places []TableCell
	for i, at := range row.cells {
		to := len(w.b)
		if i+1 < len(row.cells) {
			to = row.cells[i+1]
		}
		cell := bytes.TrimSpace(w.b[at:to])
		if len(cell) == 0 {
			continue
		}
		at += bytes.Index(w.b[at:to], cell)
		places = append(places, TableCell{Start: at, End: at + len(cell), Column: i})
		text := string(cell[:min(len(cell), maxCell+1)])
		cells = append(cells, text)
		if len(text) > maxCell || strings.Contains(text, "\n") || asking(text) {
			row.apart = true
		}
	}
	if row.apart || len(cells) < 2 || row.start > len(w.b) {
		row.apart = row.apart && len(cells) > 0
		w.place(&row, places)
		return
	}
	lead := len(w.b[row.start:]) - len(strings.TrimLeft(string(w.b[row.start:]), " \n"))
	if w.lastRow == row.start && lead > 1 { // rows are lines of one block
		w.b[row.start], lead = '\n', 1
	}
	w.b = append(w.b[:row.start+lead], strings.Join(cells, "\t")...)
	w.lastRow = len(w.b)
	at := row.start + lead
	for i, cell := range cells {
		places[i].Start, places[i].End = at, at+len(cell)
		at += len(cell) + 1
	}
	w.place(&row, places)
	// The cells are one line now.
	for k := len(w.lines) - 1; k >= 0 && w.lines[k].start >= row.start; k-- {
		w.lines = w.lines[:k]
	}
	w.start, w.begun, w.plain = row.start+lead, true, true
}

// place notes where the cells of a row stand in their table.
func (w *pageWriter) place(row *pageRow, places []TableCell) {
	t := w.cells.table()
	if t == nil || len(row.columns) != len(row.cells) {
		return
	}
	w.cells.rows++
	for _, c := range places {
		c.Table, c.Row, c.Column = t.number, w.cells.rows, row.columns[c.Column]
		w.cells.add(c)
	}
}

// finish fills in the document.
func (w *pageWriter) finish() error {
	w.endLine()
	w.d.Cells = w.cells.cells()
	w.d.Text = string(w.b)
	if len(w.d.Pages) == 0 {
		w.d.Pages = []Page{{Number: 1, End: len(w.d.Text)}}
	}
	w.d.Pages[len(w.d.Pages)-1].End = len(w.d.Text)
	w.d.outline(w.lines)
	return nil
}
