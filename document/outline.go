package document

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is what a reader knows of the look of a line, for telling headings.
type line struct {
	start, end int     // in Text
	size       float32 // of its letters in points, 0 where it is not known
	bold       bool
}

// outline finds the headings of a document whose Text, Pages and Asides are
// filled in, and marks a table of contents. Sections that the reader took from
// the file's own markup stay as they are, but for what they are about; a
// document in Markdown that has some has no others. Lines tell how the text
// looks, in order; there may be none.
func (d *Document) outline(lines []line) {
	o := &outliner{d: d, given: d.Sections}
	o.rows = d.markContents(d.measured(d.rowsOf(0, len(d.Text), d.Asides, d.Sections, d.Pages)))
	o.dress(lines)
	o.propose()
	o.dropContents()
	o.followTemplate()
	o.acceptNamed()
	o.followNumbers()
	o.acceptLooks()
	d.Sections = o.sections()
}

// outliner finds headings among the rows of a document.
type outliner struct {
	d     *Document
	rows  []row
	size  []float32 // of the letters of each row, 0 where it is not known
	bold  []bool    // rows in bold letters, in a text that isn't
	body  float32   // the size of most letters
	given []Section // by the file's markup
	found []heading // what may be a heading, in order
}

// heading is a passage that may be a heading.
type heading struct {
	start, end int
	title      string // white space folded
	words      string // of the title, without its number
	label      label  // size 0 when there is none
	level      int    // by the markup, 0 for none
	styled     bool   // larger or bolder than the text around it
	alone      bool   // no text follows in its paragraph
	asks       bool   // a question or a prompt
	listed     bool   // a neighbouring paragraph has the number before or behind it
	size       float32
	bold       bool
	entries    []entry // the headings of templates whose title it has
	as         *templateHeading
	accepted   bool
}

// entry is a heading of a template.
type entry struct {
	template *template
	index    int
}

// dress puts the look of the lines on the rows.
func (o *outliner) dress(lines []line) {
	o.size, o.bold = make([]float32, len(o.rows)), make([]bool, len(o.rows))
	letters := map[float32]int{}
	bold, all := 0, 0
	for i, r := range o.rows {
		for len(lines) > 0 && lines[0].end <= r.start {
			lines = lines[1:]
		}
		if len(lines) == 0 || lines[0].start > r.start {
			continue
		}
		l := lines[0]
		o.size[i], o.bold[i] = l.size, l.bold
		letters[l.size] += r.end - r.start
		all += r.end - r.start
		if l.bold {
			bold += r.end - r.start
		}
	}
	most := 0
	for size, n := range letters {
		if n > most || n == most && size < o.body {
			o.body, most = size, n
		}
	}
	if bold*2 > all {
		clear(o.bold)
	}
}

// styled reports whether a row looks like a heading.
func (o *outliner) styled(i int) bool {
	return o.bold[i] && o.size[i] >= o.body*0.95 || o.body > 0 && o.size[i] >= o.body*1.12
}

// Bounds of headings, in bytes: of all, of those by their look, and of those
// whose words are no question.
const maxHeading, maxStyled, maxTitle = 600, 240, 120

// propose lists what may be a heading: what the markup says, lines with a look
// of their own, the titles of templates, questions, and what starts with a
// number.
func (o *outliner) propose() {
	given := len(o.given) > 0 && o.d.Format == markdown
	var before *heading // the paragraph before this one
	for i := 0; i < len(o.rows); {
		r := o.rows[i]
		if r.section > 0 {
			s := o.given[r.section-1]
			h := heading{start: s.Start, end: s.End, title: s.Title, words: s.Title, level: s.Level, alone: true, asks: s.asks()}
			if l, ok := labelOf(s.Title); ok {
				h.label, h.words = l, s.Title[l.size:]
			}
			h.entries = titled(h.words)
			o.found = append(o.found, h)
			for i++; i < len(o.rows) && o.rows[i].section == r.section; i++ {
			}
			before = nil
			continue
		}
		j := o.paragraph(i)
		if given {
			i = j
			continue
		}
		p := o.passage(i, j)
		h, ok := o.candidate(i, j, p)
		if l := h.label; before != nil && len(l.parts) == 1 && len(before.label.parts) == 1 && l.series == before.label.series && l.parts[0] == before.label.parts[0]+1 {
			h.listed = true
			if n := len(o.found); n > 0 && o.found[n-1].start == before.start {
				o.found[n-1].listed = true
			}
		}
		before = &h
		from := i + 1
		if ok {
			o.found = append(o.found, h)
			for from < len(o.rows) && o.rows[from].start < h.end {
				from++
			}
			j = max(j, from)
		}
		o.insides(from, j)
		i = j
	}
}

// passage reads the first rows of the paragraph from row i to row j.
func (o *outliner) passage(i, j int) *passage {
	size, k := 0, i
	for k < j && size <= maxHeading {
		size += o.rows[k].end - o.rows[k].start
		k++
	}
	return o.d.readPassage(o.rows[i:k])
}

// paragraph returns the row behind the paragraph that starts with row i.
func (o *outliner) paragraph(i int) int {
	number, _ := labelOf(o.d.Text[o.rows[i].start:o.rows[i].end])
	for i++; i < len(o.rows); i++ {
		a, b := o.rows[i-1], o.rows[i]
		if !o.d.continues(a, b) || o.styled(i-1) != o.styled(i) || o.size[i-1] != o.size[i] && o.styled(i) {
			break
		}
		if b.before == sameLine {
			continue
		}
		text := o.d.Text[b.start:b.end]
		l, numbered := labelOf(text)
		_, marked := markOf(text)
		if (numbered || marked) && closedLine(o.d.Text[a.start:a.end]) ||
			numbered && l.series == number.series && skipped(number.parts, l.parts) == 0 {
			break
		}
	}
	return i
}

// insides proposes the titles that start a line inside a paragraph.
func (o *outliner) insides(i, j int) {
	for k := i; k < j; k++ {
		if o.rows[k].before == sameLine || k > 0 && !closedLine(o.d.Text[o.rows[k-1].start:o.rows[k-1].end]) {
			continue
		}
		if r := o.rows[k]; untitled(o.d.Text[r.start:r.end]) {
			continue
		}
		p := o.passage(k, j)
		if n, entries := titleAt(p.text); len(entries) > 0 && n < len(p.text) {
			o.found = append(o.found, o.cut(p, 0, n, heading{entries: entries}))
		}
	}
}

// closedLine reports whether a line ends a sentence or announces something.
func closedLine(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, closers))
	return strings.ContainsRune(".?!:;", r)
}

// cut fills in what the heading is in the first n bytes of the passage.
func (o *outliner) cut(p *passage, size, n int, h heading) heading {
	h.title = strings.TrimSpace(p.text[:n])
	h.start, h.end = p.source(0, len(h.title))
	h.words = p.text[min(size, len(h.title)):len(h.title)]
	h.alone = h.alone || n >= len(p.text)
	return h
}

// candidate returns what may be a heading at the start of the paragraph from row
// i to row j. Where there is none, the heading holds the paragraph's number.
func (o *outliner) candidate(i, j int, p *passage) (heading, bool) {
	h := heading{start: o.rows[i].start, styled: o.styled(i), size: o.size[i], bold: o.bold[i]}
	if o.rows[i].cell || p.text == "" || strings.Contains(o.d.Text[o.rows[i].start:o.rows[i].end], "\t") && !h.styled {
		if _, ok := labelOf(p.text); !ok {
			return h, false
		}
	}
	l, numbered := labelOf(p.text)
	if numbered && l.size >= len(p.text) && j < len(o.rows) && o.rows[j].section == 0 && !o.rows[j].cell { // the words are on the next line
		k := o.paragraph(j)
		words := o.passage(j, k).text
		if _, ok := labelOf(words); !ok && (asking(words) || len(words) <= maxTitle && !closedLine(words)) {
			p = o.passage(i, k)
			l, _ = labelOf(p.text)
		}
	}
	if n, entries := titleAt(p.text); len(entries) > 0 {
		h.entries, h.label = entries, l
		return o.cut(p, l.size, n, h), true
	}
	if !numbered {
		if m := bareLabel().FindStringSubmatch(p.text); m != nil && asking(p.text[len(m[0]):]) {
			l, numbered = label{size: len(m[0]), number: m[1], series: "?", parts: numberParts(strings.TrimRight(m[1], "abcdefghijklmnopqrstuvwxyz"))}, true
		}
	}
	h.label = l
	words := p.text[l.size:]
	first, _ := utf8.DecodeRuneInString(words)
	closed := strings.TrimRight(p.text, closers)
	short := len(p.text) <= maxTitle && !strings.HasSuffix(closed, ";") && !strings.HasSuffix(closed, ",")
	switch {
	case asking(words):
		n := len(p.text)
		if !h.styled {
			n = l.size + (&passage{text: words}).cuts()[0]
		}
		h.asks = true
		return o.cut(p, l.size, n, h), n <= maxHeading
	case h.styled && len(p.text) <= maxStyled && strings.IndexFunc(p.text, unicode.IsLetter) >= 0 && (numbered || !strings.HasSuffix(closed, ".")):
		return o.cut(p, l.size, len(p.text), h), true
	case !numbered || unicode.IsLower(first):
		return h, false
	}
	caption := 0 // with which a longer paragraph starts
	if n := strings.IndexAny(words, ".:"); n > 0 && n <= 70 && strings.HasPrefix(words[n+1:], " ") && capitalised(words[:n]) {
		caption = l.size + n + 1
	}
	switch {
	case short && !obliges(words) && (caption == 0 || !closedLine(p.text)) && (!strings.HasSuffix(closed, ".") || len(words) <= 60 && capitalised(words)):
		return o.cut(p, l.size, len(p.text), h), true
	case l.series == "" || l.named || len(l.parts) < 2:
		return h, false
	case caption > 0:
		return o.cut(p, l.size, caption, h), true
	}
	return o.cut(p, l.size, l.size, h), true // a numbered paragraph
}

// obliges reports whether words lead up to duties in a list: "The Contractor
// shall not:".
func obliges(words string) bool {
	list := strings.Fields(words)
	return strings.HasSuffix(words, ":") && slices.ContainsFunc(list[:min(len(list), 6)], func(w string) bool {
		switch strings.Trim(w, ",:") {
		case "shall", "must", "may", "will", "agree", "agrees", "undertakes":
			return true
		}
		return false
	})
}

// asking reports whether words are, or start with, a question or a prompt.
func asking(words string) bool {
	if prompts(words) {
		return true
	}
	end := strings.IndexByte(words, '?')
	return end > 0 && end <= maxHeading && !strings.Contains(words[:end], ". ")
}

// capitalised reports whether words read like a title: few, the longer ones with
// a capital.
func capitalised(words string) bool {
	list := strings.Fields(words)
	for _, w := range list {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, openers))
		if len(w) > 4 && unicode.IsLower(first) {
			return false
		}
	}
	return len(list) <= 9
}

// titleAt returns the titles of templates that a text starts with, behind its
// number, and where they end: with the paragraph or at a colon.
func titleAt(text string) (n int, entries []entry) {
	words, size := text, 0
	if l, ok := labelOf(text); ok {
		words, size = text[l.size:], l.size
	}
	for _, t := range titlesBy()[firstKey(words)] {
		end, ok := titlePrefix(words, t.title)
		if !ok {
			continue
		}
		switch rest := strings.TrimLeft(words[end:], " "); {
		case strings.Trim(rest, " .:") == "":
			end = len(words)
		case rest[0] == ':':
			end += strings.IndexByte(words[end:], ':') + 1
		default:
			continue
		}
		if size+end > n {
			n, entries = size+end, nil
		}
		if size+end == n {
			entries = append(entries, t.entry)
		}
	}
	return n, entries
}

// untitled reports whether a line starts with two words that no title starts
// with, which spares reading on. The last word of a line is not looked at, for it
// may go on in the next.
func untitled(line string) bool {
	if l, ok := labelOf(line); ok {
		line = line[l.size:]
	}
	first := firstKey(line)
	if first == "" || strings.Count(strings.TrimSpace(line), " ") < 2 {
		return false
	}
	return !slices.ContainsFunc(titlesBy()[first], func(t templateTitle) bool {
		_, ok := titlePrefix(line, t.title[:min(2, len(t.title))])
		return ok
	})
}

// titled returns the headings of templates whose title the words are.
func titled(words string) []entry {
	n, entries := titleAt(words)
	if n < len(words) {
		return nil
	}
	return entries
}

// sections returns the headings that were accepted, with their levels.
func (o *outliner) sections() []Section {
	var list []Section
	lv := leveller{styles: map[style]int{}}
	for i := range o.found {
		h := &o.found[i]
		if !h.accepted || len(list) > 0 && h.start < list[len(list)-1].End {
			continue
		}
		s := newSection(lv.level(h), h.title, h.start, h.end)
		if h.label.size > 0 {
			s.Number = h.label.number
		}
		s.About = lv.about(h)
		list = append(list, s)
		lv.last = append(lv.last, h)
	}
	return list
}
