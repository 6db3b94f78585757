package document

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// assemble puts the pages together to the document.
func (r *pdfReading) assemble(d *Document) {
	var lines []line
	markMargins(r.pages)
	printed := labels(r.pages)
	if slices.ContainsFunc(r.pages, func(p pdfPage) bool { return p.label != "" }) {
		for i := range r.pages {
			printed[i] = r.pages[i].label
		}
	}
	body := bodySize(r.pages)
	words := 0
	for i := range r.pages {
		for _, l := range r.pages[i].lines {
			words += len(l.words)
		}
	}
	d.Words = make([]Word, 0, words)
	var text strings.Builder
	var problems []Notice
	var tables tableWriter
	for i := range r.pages {
		markNotes(&r.pages[i], body)
		page := &r.pages[i]
		start := text.Len()
		for n := range page.lines {
			l := &page.lines[n]
			if l.apart && n > 0 {
				text.WriteByte('\n')
			}
			from := text.Len()
			for j, w := range l.words {
				at := Word{w.Start + int32(from), w.End + int32(from), w.Box}
				d.Words = append(d.Words, at)
				if l.aside == 0 && slices.Contains(l.marks, int32(j)) {
					d.Asides = append(d.Asides, Aside{int(at.Start), int(at.End), Footnote})
				}
			}
			text.WriteString(l.text)
			if l.aside == 0 {
				tables.line(i, l, from)
			} else {
				d.Asides = addAside(d.Asides, Aside{from, text.Len(), AsideKind(l.aside - 1)}, l.apart)
			}
			styled := line{from, text.Len(), l.size, l.bold}
			if page.source == OCR { // it guesses sizes
				styled.size, styled.bold = 0, false
			}
			lines = append(lines, styled)
			text.WriteByte('\n')
		}
		text.WriteByte('\f')
		out := Page{Number: i + 1, Start: start, End: text.Len(), Width: page.width, Height: page.height, Source: page.source, Confidence: page.confidence}
		if printed[i] != strconv.Itoa(i+1) {
			out.Label = printed[i]
		}
		for _, n := range page.notices {
			problems = append(problems, Notice{i + 1, n})
		}
		if page.err != nil {
			out.Source, out.Confidence = Unread, 0
			problems = append(problems, Notice{i + 1, page.err.Error()})
		}
		d.Pages = append(d.Pages, out)
		for _, c := range page.covers {
			r.file.covers = append(r.file.covers, pageCover{i + 1, c})
		}
		page.lines = nil
	}
	d.Text = text.String()
	d.Cells = tables.cells()
	d.outline(lines)
	d.Notices = append(d.Notices, joinNotices(problems)...)
}

// tableWriter collects the cells of lines, page after page.
type tableWriter struct {
	cellWriter
	page int   // of the last line
	last place // on that page
}

// line notes the cells of a line that stands at an offset. A table that ends a
// page and one of as many columns that begins the next are one.
func (w *tableWriter) line(page int, l *pdfLine, offset int) {
	turned := page != w.page
	w.page = page
	if len(l.places) == 0 {
		w.last = place{}
		return
	}
	for k, c := range l.places {
		end := len(l.text)
		if k+1 < len(l.places) {
			end = int(l.places[k+1].at)
		}
		goesOn := w.last.table == c.place.table
		if turned {
			goesOn = w.last.table > 0 && w.last.of == c.place.of
		}
		if !goesOn {
			w.seen++
		}
		if !goesOn || turned || w.last.row != c.place.row {
			w.rows++
		}
		w.add(TableCell{
			Start: offset + int(c.at), End: offset + len(strings.TrimRight(l.text[:end], "\t ")),
			Table: w.seen, Row: w.rows, Column: c.place.column,
		})
		w.last, turned = c.place, false
	}
}

// joinNotices makes one of notices that say the same of many pages in a row.
func joinNotices(list []Notice) (joined []Notice) {
	const few = 3
	slices.SortStableFunc(list, func(a, b Notice) int { return cmp.Or(cmp.Compare(a.Message, b.Message), cmp.Compare(a.Page, b.Page)) })
	for i := 0; i < len(list); {
		j := i + 1
		for j < len(list) && list[j].Message == list[i].Message && list[j].Page == list[j-1].Page+1 {
			j++
		}
		if j-i > few {
			joined = append(joined, Notice{list[i].Page, fmt.Sprintf("%s; so it is up to page %d", list[i].Message, list[j-1].Page)})
		} else {
			joined = append(joined, list[i:j]...)
		}
		i = j
	}
	slices.SortStableFunc(joined, func(a, b Notice) int { return cmp.Compare(a.Page, b.Page) })
	return joined
}

// addAside appends an aside, or makes the last one longer where both are lines
// of one footnote.
func addAside(list []Aside, a Aside, apart bool) []Aside {
	if n := len(list); n > 0 && !apart && a.Kind == Footnote && list[n-1].Kind == Footnote && list[n-1].End+1 == a.Start {
		list[n-1].End = a.End
		return list
	}
	return append(list, a)
}
