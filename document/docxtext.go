package document

import (
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// endParagraph makes a block of the paragraph that ends.
func (w *wordReader) endParagraph(f *wordFrame) {
	p := f.para
	if p == nil {
		return
	}
	f.para = nil
	w.paragraphs++
	p.properly, f.run.properly, f.text = false, false, false
	if p.joins {
		p.joins = false
		f.joined = p
		return
	}
	b := p.block
	b.text = p.b.String()
	if p.pageFirst {
		b.breaks = slices.Insert(b.breaks, 0, 0)
	}
	b.level, b.toc = w.styles.heading(p.style)
	if p.outline > 0 {
		b.level = min(p.outline, maxLevel)
	}
	b.bold = p.letters > 0 && p.boldOnes == p.letters
	most := 0
	for _, size := range slices.Sorted(maps.Keys(p.sizes)) {
		if p.sizes[size] > most {
			b.size, most = size, p.sizes[size]
		}
	}
	if blankText := strings.TrimSpace(b.text) == ""; blankText || len(b.text) > maxHeading {
		b.level = 0
		if blankText && len(b.breaks) == 0 && len(b.notes) == 0 {
			f.blocks = append(f.blocks, p.boxes...)
			return
		}
	}
	num, ilvl := p.num, p.ilvl
	if num == "" {
		if num, ilvl = w.styles.list(p.style); p.ilvl > 0 {
			ilvl = p.ilvl
		}
	}
	if num != "" && num != "0" && strings.TrimSpace(b.text) != "" {
		if prefix := w.numbering.next(num, ilvl, p.style); prefix != "" {
			if b.list = b.level == 0; b.list && !strings.HasPrefix(prefix, " ") {
				prefix = strings.Repeat("  ", ilvl) + prefix
			}
			text := strings.TrimLeft(b.text, " \t\n")
			for i := range b.marks {
				b.marks[i] = b.marks[i].moved(len(prefix) + len(text) - len(b.text))
			}
			for i := range b.breaks {
				b.breaks[i] = max(b.breaks[i]-len(b.text)+len(text), 0)
				if b.breaks[i] > 0 {
					b.breaks[i] += len(prefix)
				}
			}
			b.text = prefix + text
			w.size += len(prefix)
		}
	}
	f.blocks = append(f.blocks, b)
	f.blocks = append(f.blocks, p.boxes...)
}

// maxCell is how long the text of a cell may be in a row that is read as one
// line, in bytes.
const maxCell = 200

var formNumber = pattern(`^(?:PIA *-? *)?[0-9]{1,2}[a-z]?[.:)]?$`)

// rowBlocks returns the blocks of a row: one line where every cell holds a short
// paragraph, else the paragraphs, as in the forms that are laid out as tables.
func (w *wordReader) rowBlocks(table *wordTable) []wordBlock {
	w.rows++
	cells := table.cells
	row := wordBlock{row: true}
	filled, apart := 0, false
	for i, blocks := range cells {
		for k := range blocks {
			if b := &blocks[k]; b.cells == nil { // of no table in the cell
				b.cells = []TableCell{{Table: table.number, Row: w.rows, Column: table.columns[i]}}
			}
		}
		n := 0
		for _, b := range blocks {
			if strings.TrimSpace(b.text) != "" {
				n++
				apart = apart || b.level > 0 || b.list || b.row || len(b.text) > maxCell || strings.Contains(b.text, "\n") || asking(b.text)
			}
		}
		if n > 0 {
			filled++
		}
		apart = apart || n > 1
	}
	if apart || filled < 2 {
		list := slices.Concat(cells...)
		// The number of a question stands in a cell before it.
		kept := list[:0]
		for i, b := range list {
			if n := len(kept); i > 0 && n > 0 {
				if number := strings.TrimSpace(kept[n-1].text); formNumber().MatchString(number) && asking(b.text) {
					b.text = number + " " + b.text
					for k := range b.breaks {
						b.breaks[k] += len(number) + 1
					}
					for k := range b.marks {
						b.marks[k] = b.marks[k].moved(len(number) + 1)
					}
					b.notes = slices.Concat(kept[n-1].notes, b.notes)
					kept = kept[:n-1]
				}
			}
			kept = append(kept, b)
		}
		return kept
	}
	row.bold = true
	var text strings.Builder
	for i, blocks := range cells {
		if i > 0 {
			text.WriteByte('\t')
		}
		row.cells = append(row.cells, TableCell{Start: text.Len(), Table: table.number, Row: w.rows, Column: table.columns[i]})
		for _, b := range blocks {
			for _, at := range b.breaks {
				row.breaks = append(row.breaks, text.Len()+at)
			}
			text.WriteString(strings.ReplaceAll(b.text, "\t", " "))
			row.notes = append(row.notes, b.notes...)
			row.size = max(row.size, b.size)
			row.bold = row.bold && (b.bold || strings.TrimSpace(b.text) == "")
		}
	}
	row.text = text.String()
	return []wordBlock{row}
}

// readNotes reads the footnotes or the endnotes.
func (w *wordReader) readNotes(x *xmlReader, kind string) error {
	for {
		t, err := x.next()
		if err != nil {
			return err
		}
		start, ok := t.(xml.StartElement)
		if !ok || start.Name.Local != kind {
			continue
		}
		depth := x.depth
		blocks, err := w.readBlocks(x, depth)
		if kindOf := attr(start, "type"); kindOf == "" || kindOf == "normal" {
			w.notes[kind+" "+attr(start, "id")] = blocks
		}
		if err != nil {
			return err
		}
	}
}

// readComments counts the comments, which are no part of the text.
func (w *wordReader) readComments(x *xmlReader) error {
	for {
		t, err := x.next()
		if err != nil {
			return err
		}
		if start, ok := t.(xml.StartElement); ok && start.Name.Local == "comment" {
			w.comments++
			if author := strings.TrimSpace(attr(start, "author")); author != "" {
				w.authors[author] = true
			}
		}
	}
}

// assemble puts the blocks together to the document.
func (w *wordReader) assemble(d *Document, header, footer []wordBlock) {
	a := wordAssembly{w: w, d: d, starts: []int{0}}
	a.margin(header, Header)
	for i := range w.body {
		a.block(&w.body[i])
	}
	a.margin(footer, Footer)
	d.Text = a.b.String()
	d.Cells = a.cells.cells()
	for i, start := range a.starts {
		end := len(d.Text)
		if i+1 < len(a.starts) {
			end = a.starts[i+1]
		}
		d.Pages = append(d.Pages, Page{Number: i + 1, Start: start, End: end})
	}
	notice := func(n int, format string, args ...any) {
		if n > 0 {
			d.Notices = append(d.Notices, Notice{Message: fmt.Sprintf(format, args...)})
		}
	}
	notice(w.inserted+w.deleted, "holds tracked changes (%d insertions, %d deletions); it is read as if all were accepted", w.inserted, w.deleted)
	by := ""
	if len(w.authors) > 0 {
		by = " by " + strings.Join(slices.Sorted(maps.Keys(w.authors)), ", ")
	}
	notice(w.comments, "holds %d comments%s, which are no part of its text and are not read", w.comments, by)
	notice(w.hidden, "holds hidden text (%d characters), which is not read", w.hidden)
	d.sortAsides()
	d.outline(a.lines)
}

// wordAssembly writes blocks one after the other.
type wordAssembly struct {
	w      *wordReader
	d      *Document
	b      strings.Builder
	starts []int // of pages
	lines  []line
	cells  cellWriter
	filled bool // the running page holds something
	note   int  // the number of the last note
	before *wordBlock
}

// margin writes headers or footers, each text once.
func (a *wordAssembly) margin(blocks []wordBlock, kind AsideKind) {
	seen := map[string]bool{}
	for _, b := range blocks {
		text := strings.TrimSpace(b.text)
		if text == "" || seen[text] {
			continue
		}
		seen[text] = true
		if kind == Footer && len(seen) == 1 && a.b.Len() > 0 {
			a.b.WriteString("\n")
		}
		start := a.b.Len()
		a.b.WriteString(text)
		a.d.Asides = append(a.d.Asides, Aside{start, a.b.Len(), kind})
		a.b.WriteString("\n")
		a.filled = true
	}
	if kind == Header && len(seen) > 0 {
		a.b.WriteString("\n")
	}
}

// block writes a block and the notes that it refers to.
func (a *wordAssembly) block(b *wordBlock) {
	if a.before != nil && !(a.before.list && b.list || a.before.row && b.row || a.before.toc && b.toc) {
		a.b.WriteString("\n")
	}
	a.before = b
	start := a.b.Len()
	a.b.WriteString(b.text)
	for i, c := range b.cells {
		end := len(b.text)
		if i+1 < len(b.cells) {
			end = b.cells[i+1].Start
		}
		if text := b.text[c.Start:end]; strings.TrimSpace(text) != "" {
			c.Start, c.End = start+c.Start, start+c.Start+len(strings.TrimRightFunc(text, blank))
			a.cells.add(c)
		}
	}
	from := 0
	for _, at := range b.breaks {
		at = min(at, len(b.text))
		// A break that Word noted where one was set is the same.
		if a.filled = a.filled || strings.TrimSpace(b.text[from:at]) != ""; a.filled {
			a.starts = append(a.starts, start+at)
			a.filled = false
		}
		from = at
	}
	a.filled = a.filled || strings.TrimSpace(b.text[from:]) != ""
	trimmed := strings.TrimRightFunc(b.text, blank)
	switch {
	case trimmed == "":
	case b.toc:
		a.d.Asides = append(a.d.Asides, Aside{start, start + len(trimmed), Contents})
	case b.level > 0:
		a.d.Sections = append(a.d.Sections, newSection(b.level, b.text, start, start+len(trimmed)))
	default:
		for _, m := range b.marks {
			a.d.Asides = append(a.d.Asides, Aside{start + m.start, start + m.end, Footnote})
		}
	}
	a.lines = append(a.lines, line{start, a.b.Len(), b.size, b.bold})
	a.b.WriteString("\n")
	for _, id := range b.notes {
		a.writeNote(id)
	}
}

func (a *wordAssembly) writeNote(id string) {
	var texts []string
	for _, b := range a.w.notes[id] {
		if text := strings.TrimSpace(b.text); text != "" {
			texts = append(texts, text)
		}
	}
	delete(a.w.notes, id) // a note that is referred to again stands once
	a.note++
	if len(texts) == 0 {
		return
	}
	start := a.b.Len()
	fmt.Fprintf(&a.b, "[%d] %s", a.note, strings.Join(texts, "\n"))
	a.d.Asides = append(a.d.Asides, Aside{start, a.b.Len(), Footnote})
	a.b.WriteString("\n")
}
