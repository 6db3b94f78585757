package document

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// row is a line of the running text, or the part of a line that stands between
// asides, headings and the cells of a table. It is never empty and neither
// starts nor ends with white space.
type row struct {
	start, end int
	before     gap
	glued      bool  // nothing stands between this row and the one before it
	cell       bool  // of a table
	more       bool  // the cell before it goes on, behind a mark such as that of bold words
	hard       bool  // the line before it ends by a mark, as with two blanks in Markdown
	section    int32 // 1 + the index of the heading that the row is part of, 0 for none
	indent     int32 // columns before the row, where it is the first of its line
	width      int32 // its characters and those before it on its line
	measure    int32 // the width of full lines around it
}

// gap is what stands between two rows.
type gap uint8

const (
	sameLine gap = iota
	nextLine
	pageBreak // or an aside
	blankLine
)

// maxRow bounds what is read as one line, in bytes.
const maxRow = 1 << 16

// lineEnds are the characters that end a line.
const lineEnds = "\n\f\r\v"

// rows returns the lines of the running text.
func (d *Document) rows() []row {
	return d.measured(d.rowsOf(0, len(d.Text), d.Asides, d.Sections, d.Pages))
}

// rowsOf returns the lines of the text from one offset to another, without the
// asides.
func (d *Document) rowsOf(from, to int, asides []Aside, sections []Section, pages []Page) []row {
	text := d.Text[from:to]
	list := make([]row, 0, strings.Count(text, "\n")-strings.Count(text, "\n\n")+2*len(asides)+1)
	newlines, column, lineEnd := 2, int32(0), -1 // the text starts as if behind a blank line
	broken, marked := false, false               // a page or an aside ends; the last line ends by a mark
	last := from
	for i := from; i < to; {
		for len(asides) > 0 && asides[0].End <= i {
			asides = asides[1:]
		}
		for len(sections) > 0 && sections[0].End <= i {
			sections = sections[1:]
		}
		stop, section := to, 0
		if len(asides) > 0 {
			a := asides[0]
			if a.Start <= i {
				i = a.End
				broken = broken || a.Kind != Markup
				continue
			}
			stop = a.Start
		}
		if len(sections) > 0 {
			if s := sections[0]; s.Start <= i {
				section, stop = len(d.Sections)-len(sections)+1, min(stop, s.End)
			} else {
				stop = min(stop, s.Start)
			}
		}
		if lineEnd < i {
			lineEnd = to
			if n := strings.IndexAny(d.Text[i:to], lineEnds); n >= 0 {
				lineEnd = i + n
			}
		}
		stop = min(stop, lineEnd)
		if long := i + maxRow; stop > long {
			for stop = long; !utf8.RuneStart(d.Text[stop]); stop-- {
			}
			if n := strings.LastIndexByte(d.Text[i:stop], ' '); n > 0 {
				stop = i + n
			}
		}
		line := d.Text[i:stop]
		text := strings.TrimLeftFunc(line, blank)
		start := stop - len(text)
		text = strings.TrimRightFunc(text, func(r rune) bool { return r != softHyphen && blank(r) })
		for len(pages) > 0 && pages[0].Start <= start {
			broken = broken || pages[0].Start > 0 && len(list) > 0
			pages = pages[1:]
		}
		if text != "" {
			r := row{start: start, end: start + len(text), section: int32(section), hard: marked, indent: column + indentOf(d.Text[i:start])}
			r.width = r.indent + int32(utf8.RuneCountInString(text))
			switch {
			case broken && newlines > 0:
				r.before = pageBreak
			case newlines > 1:
				r.before = blankLine
			case newlines == 1:
				r.before = nextLine
			default:
				r.glued = len(list) > 0 && d.glued(last, start)
			}
			if r.before == sameLine {
				r.indent = 0
			}
			list = append(list, r)
			column, newlines, broken, marked, last = r.width, 0, false, false, r.end
		}
		if i = stop; i == lineEnd && i < to {
			if d.Format == markdown {
				marked = strings.HasSuffix(line, "  ") || strings.HasSuffix(line, "\\")
			}
			if !strings.HasPrefix(d.Text[i:], "\r\n") {
				newlines++
			}
			column = 0
			i++
		}
	}
	return list
}

func blank(r rune) bool { return unicode.IsSpace(r) || unseen(r) }

// glued reports whether nothing but marks stands between two offsets.
func (d *Document) glued(from, to int) bool {
	i, _ := slices.BinarySearchFunc(d.Asides, from, func(a Aside, at int) int { return a.Start - at })
	for ; i < len(d.Asides) && from < to && d.Asides[i].Start == from; i++ {
		from = d.Asides[i].End
	}
	return from == to
}

// indentOf counts the columns that blanks take.
func indentOf(s string) int32 {
	n := int32(0)
	for _, r := range s {
		switch {
		case r == '\t':
			n += 4 - n%4
		case unicode.IsSpace(r):
			n++
		}
	}
	return n
}

// measured fills in the width of full lines: what nine in ten lines of the
// block do not exceed, or of the document where a block is too short to tell.
func (d *Document) measured(list []row) []row {
	var block, all []int32
	whole := int32(0)
	for pass := range 2 {
		for i := 0; i < len(list); {
			j := i + 1
			for j < len(list) && (list[j].before == nextLine || list[j].before == sameLine) {
				j++
			}
			block = block[:0]
			for _, r := range list[i:j] {
				if r.section == 0 {
					block = append(block, r.width)
				}
			}
			if pass == 0 && j > i+1 {
				all = append(all, block...)
			}
			if pass == 1 {
				measure := max(whole, leastMeasure)
				slices.Sort(block)
				switch n := len(block); {
				case n >= 5:
					measure = max(block[(n-1)*9/10], leastColumn)
				case n >= 3:
					measure = max(block[(n-1)*9/10], leastMeasure)
				case n > 0:
					measure = max(measure, block[n-1])
				}
				for k := range list[i:j] {
					list[i+k].measure = measure
				}
			}
			i = j
		}
		if pass == 0 && len(all) > 0 {
			slices.Sort(all)
			whole = all[(len(all)-1)*8/10]
		}
	}
	return list
}

// Lines shorter than these are no full ones: of a column, and of so few lines
// that they may be an address or a title.
const leastColumn, leastMeasure = 45, 60

// continues reports whether the row b goes on with the passage of row a.
func (d *Document) continues(a, b row) bool {
	text, next := d.Text[a.start:a.end], d.Text[b.start:b.end]
	switch {
	case a.section != b.section || a.cell || b.cell || b.hard:
		return false
	case isClause(text) && isClause(next): // lines of a list of clauses
		return false
	case b.before == sameLine || a.section > 0:
		return true
	case b.before == blankLine:
		return false
	}
	if b.before == nextLine && d.Format == markdown {
		return true
	}
	first, _ := utf8.DecodeRuneInString(next)
	word := next
	if i := strings.IndexFunc(next, unicode.IsSpace); i >= 0 {
		word = next[:i]
	}
	room := a.width + 1 + int32(utf8.RuneCountInString(word)) // what the line would have taken with it
	end := strings.TrimRight(text, closers)
	closed := end == "" || strings.HasSuffix(end, ".") || strings.HasSuffix(end, "?") || strings.HasSuffix(end, "!") || strings.HasSuffix(end, ":")
	switch {
	case strings.HasSuffix(end, "-") || strings.HasSuffix(text, string(softHyphen)):
		return true
	case b.before == pageBreak && closed:
		return false
	case unicode.IsLower(first):
		return b.before == pageBreak || room*2 >= a.measure
	case !closed && (b.before == pageBreak || room*2 >= a.measure) && (strings.HasSuffix(end, ",") || words().Open[strings.ToLower(lastWord(text, len(text)))]):
		return true
	}
	return room*10 >= a.measure*8
}
