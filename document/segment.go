package document

import (
	"strings"
)

// segmenter reads rows one after the other, puts those together that make a
// passage, and cuts the passages into sentences.
type segmenter struct {
	d    *Document
	list []Sentence

	unit        []row // the rows of the passage that is being read
	size        int   // of the passage, in bytes
	item        bool  // the passage is an item of a list
	intro       int   // of the item
	pending     bool  // the mark of an item stands alone on its line
	lists       []itemList
	interrupted bool // a passage that is no item follows the last item
	asked       bool // the last sentence is a question
}

// maxPassage bounds what is read as one passage, in bytes; beyond it a sentence
// is cut.
const maxPassage = 1 << 18

func (s *segmenter) read(rows []row) {
	bars, led, open := false, false, false // within a row with bars, one that starts with one, and a cell that goes on
	for _, r := range rows {
		if r.before != sameLine || r.section > 0 {
			bars, led, open = r.section == 0 && s.d.barred(r), s.d.bar(r.start), false
		}
		for i, c := range s.d.cells(r, bars) {
			c.more = open && i == 0 && !s.d.bar(r.start)
			s.add(c)
		}
		open = bars && led && !s.d.bar(r.end-1)
	}
	s.flush()
}

// add adds a row to the passage, or starts another one with it.
func (s *segmenter) add(r row) {
	if r.section == 0 && r.before != sameLine && !r.cell && !r.more {
		if m, ok := markOf(s.d.Text[r.start:r.end]); ok && s.begins(&m, r) {
			s.flush()
			s.item, s.intro = true, s.enter(&m, r)
			r.start += m.size
			if s.pending = r.start >= r.end; !s.pending {
				s.put(r)
			}
			return
		}
	}
	switch n := len(s.unit); {
	case s.pending && r.section == 0 && !r.cell:
	case n > 0 && s.size < maxPassage && s.continues(s.unit[n-1], r):
	default:
		s.flush()
	}
	s.pending = false
	s.put(r)
}

func (s *segmenter) put(r row) {
	s.unit = append(s.unit, r)
	s.size += r.end - r.start
}

// continues reports whether the row b goes on with the passage of row a.
func (s *segmenter) continues(a, b row) bool {
	if b.more {
		return true
	}
	if s.item && b.before == nextLine && b.section == 0 && !a.cell && !b.cell && b.indent > s.lists[len(s.lists)-1].indent {
		return true // hangs below the words of the item
	}
	return s.d.continues(a, b)
}

// flush cuts the passage into sentences and makes room for the next one.
func (s *segmenter) flush() {
	if len(s.unit) > 0 {
		s.cut()
	}
	s.unit, s.size, s.item, s.pending = s.unit[:0], 0, false, false
}

func (s *segmenter) cut() {
	first, from := s.unit[0], len(s.list)
	kind := Prose
	switch {
	case first.section > 0:
		kind = Heading
	case s.item:
		kind = Item
	case first.cell:
		kind = Cell
	}
	s.list = s.d.appendSentences(s.list, s.unit, kind)
	if len(s.list) == from {
		return
	}
	switch {
	case kind == Item && s.intro < from: // the item of an outer list may have no words
		s.list[from].Intro = s.intro
	case kind == Item:
	case kind == Heading:
		s.lists, s.interrupted = s.lists[:0], false
	case len(s.lists) > 0 && first.indent <= s.lists[len(s.lists)-1].indent:
		s.interrupted = true
	}
	for i := from; i < len(s.list); i++ {
		text := s.list[i].Text
		asks := strings.HasSuffix(strings.TrimRight(text, closers), "?")
		switch {
		case kind == Heading:
			asks = asks || s.d.Sections[first.section-1].asks()
		case s.asked && !asks:
			asks = prompts(text)
		}
		if asks {
			s.list[i].Kind = Question
		}
		s.asked = asks
	}
}

// asks reports whether the heading is a question or a prompt of a form, which
// are numbered.
func (s *Section) asks() bool {
	if s.Number == "" {
		return strings.HasSuffix(s.Title, "?") || strings.HasSuffix(s.Title, ".") && prompts(s.Title)
	}
	_, title, _ := strings.Cut(s.Title, s.Number)
	title = strings.TrimLeft(title, ".:) ")
	return strings.Contains(title, "?") || words().Asks[firstWord(title, 0)] || prompts(title)
}

// prompts reports whether a sentence tells the writer of an answer what to
// write.
func prompts(text string) bool {
	first, rest, _ := strings.Cut(text, " ")
	if first == "If" {
		second, _, _ := strings.Cut(rest, " ")
		switch strings.Trim(second, ",;:") {
		case "so", "yes", "no", "not":
			return true
		}
	}
	return words().Prompts[strings.TrimRight(first, ",:")]
}

// bar reports whether a bar between cells stands at an offset.
func (d *Document) bar(at int) bool {
	return d.Text[at] == '|' && (at == 0 || d.Text[at-1] != '\\')
}

// barred reports whether a row is one of a table with bars between its cells,
// and mostly before the first and behind the last, too.
func (d *Document) barred(r row) bool {
	return d.bar(r.start) || strings.Count(d.Text[r.start:r.end], " |") > 1
}

// cells returns the cells of a row of a table, or the row itself: cells stand
// between tabs, or in Markdown between bars.
func (d *Document) cells(r row, bars bool) []row {
	text := d.Text[r.start:r.end]
	if r.section > 0 || !bars && !strings.Contains(text, "\t") {
		return []row{r}
	}
	var list []row
	from := 0
	if m, ok := markOf(text); ok && !bars {
		from = m.size
		if !strings.Contains(text[from:], "\t") {
			return []row{r}
		}
	}
	add := func(i, j int) {
		part := strings.TrimLeftFunc(text[i:j], blank)
		start := j - len(part)
		part = strings.TrimRightFunc(part, blank)
		if part == "" || bars && strings.Trim(part, "-:") == "" {
			return
		}
		c := r
		c.start, c.end, c.cell = r.start+start, r.start+start+len(part), true
		if len(list) > 0 {
			c.before, c.glued, c.indent = sameLine, false, 0
		}
		list = append(list, c)
	}
	at := 0
	for i := from; i < len(text); i++ {
		if bars && d.bar(r.start+i) || !bars && text[i] == '\t' {
			add(at, i)
			at = i + 1
		}
	}
	add(at, len(text))
	if len(list) == 1 && !bars {
		list[0].cell = false
	}
	return list
}
