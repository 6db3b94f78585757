package document

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

func isAlphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Running headers and footers stand in the outer parts of pages, at one height
// within a tolerance in points, and say the same on neighbouring pages.
const (
	marginShare = 0.16 // of the page's height
	sameHeight  = 5
	nearPages   = 4
	shortFile   = 4 // pages; in a longer one they stand on three pages at least
)

// exemptionCode is a code of the Freedom of Information Act or the Privacy Act
// on what is withheld, such as (b)(7)(E) (5 U.S.C. 552(b), 552a(j) and (k)).
var exemptionCode = pattern(`\([bjk]\) ?\([1-9]\)`)

// margin is a line in the outer part of a page.
type margin struct {
	line    int // of its page
	page    int
	height  float32 // from the edge of the page
	inner   bool    // too far from the edge, but for a page that isn't full
	outer   bool    // one of the first and last lines
	bottom  bool
	key     string // its text without the numbers
	numbers []int  // those, in order
}

// Of a page's lines the first two and the last three, and of these only short
// ones, may be running lines that stand further in, as on a page that isn't full.
const firstLines, lastLines, shortLine = 2, 3, 12

var numberRun = pattern(`[0-9]+|\b[ivxl]{1,6}\b`)

func marginOf(p *pdfPage, line int) (m margin, ok bool) {
	l := &p.lines[line]
	m.bottom, m.height = l.box.Y0 > p.height/2, l.box.Y0
	if m.bottom {
		m.height = p.height - l.box.Y1
	}
	m.outer = (line < firstLines || line >= len(p.lines)-lastLines) && len(l.words) <= shortLine
	m.inner = m.height > marginShare*p.height
	text := l.text
	if m.inner && !m.outer || exemptionCode().MatchString(text) || !strings.ContainsFunc(text, isAlphanumeric) || l.raised {
		return m, false // the last is a footnote
	}
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	m.key = numberRun().ReplaceAllStringFunc(text, func(number string) string {
		value := romanValue(number)
		if number[0] <= '9' {
			value = atoi(number)
		} else if value == 0 {
			return number
		}
		m.numbers = append(m.numbers, value)
		return "#"
	})
	return m, true
}

// repeats reports whether two lines say the same at one height, the numbers in
// them being the same or counting pages; the height doesn't matter where they do
// count.
func (m *margin) repeats(o *margin) bool {
	pages := m.page - o.page
	if pages == 0 || pages > nearPages || pages < -nearPages {
		return false
	}
	counts := false
	for i := range m.numbers {
		d := m.numbers[i] - o.numbers[i]
		if d != 0 && d != pages {
			return false
		}
		counts = counts || d == pages
	}
	return !m.inner && !o.inner && abs(m.height-o.height) <= sameHeight || m.outer && o.outer && counts
}

// markMargins finds the running headers and footers.
func markMargins(pages []pdfPage) {
	type place struct {
		key    string
		bottom bool
	}
	margins := make([][]*margin, len(pages)) // of each page, from the edges inwards
	all := map[place][]*margin{}             // in order of pages
	for n := range pages {
		p := &pages[n]
		for i := range p.lines {
			if m, ok := marginOf(p, i); ok {
				m.line, m.page = i, n
				margins[n] = append(margins[n], &m)
				all[place{m.key, m.bottom}] = append(all[place{m.key, m.bottom}], &m)
			}
		}
		slices.SortStableFunc(margins[n], func(a, b *margin) int { return cmp.Compare(a.height, b.height) })
	}
	least := 2
	if len(pages) <= shortFile {
		least = 1
	}
	for n := range pages {
		p := &pages[n]
		ended := map[bool]bool{} // by side
		for _, m := range margins[n] {
			if ended[m.bottom] {
				continue
			}
			same := all[place{m.key, m.bottom}]
			from, _ := slices.BinarySearchFunc(same, n-nearPages, func(o *margin, page int) int { return cmp.Compare(o.page, page) })
			others, last := 0, n
			for _, o := range same[from:] {
				if o.page > n+nearPages {
					break
				}
				if o.page != last && m.repeats(o) {
					others, last = others+1, o.page
				}
			}
			if others < least {
				// A page's own lines at the edge don't hide the running ones.
				ended[m.bottom] = m.height > marginShare/2*p.height
				continue
			}
			kind := Header
			if m.bottom {
				kind = Footer
			}
			p.lines[m.line].aside = 1 + int8(kind)
		}
	}
}

// Footnotes are set smaller than the text, or below a short line; each starts
// with a mark.
const noteSize, noteRule = 0.93, 0.45

var noteStart = pattern(`^([0-9]{1,3}|[*†‡§¶]{1,3})(?:$|[.)]?$|[A-Z“"(\[])`)

// markNotes finds the footnotes of a page: what stands at the end of it, or of a
// column, from a line that starts with a mark. Body is the size of most of the
// document's type.
func markNotes(p *pdfPage, body float32) {
	marks := map[string]bool{} // in the text
	for i := range p.lines {
		l := &p.lines[i]
		for _, j := range l.marks {
			if j > 0 {
				marks[l.text[l.words[j].Start:l.words[j].End]] = true
			}
		}
	}
	end := true // only running lines follow, or the text goes on further up
	var below float32
	for i := len(p.lines) - 1; i >= 0; i-- {
		l := &p.lines[i]
		if l.aside != 0 {
			continue
		}
		if below != 0 && l.box.Y1 > below+l.size && l.box.Y0 > p.height/3 {
			end = true // the end of the column before
		}
		below = l.box.Y0
		if !end {
			continue
		}
		end = false
		from := i
		for from >= 0 && p.lines[from].box.Y0 <= l.box.Y1 && p.isNote(&p.lines[from], body) {
			from--
		}
		for from++; from <= i && !p.startsNote(&p.lines[from], marks); from++ {
		}
		for k := i; k >= from; k-- {
			p.lines[k].apart = p.startsNote(&p.lines[k], marks)
			p.lines[k].aside = 1 + int8(Footnote)
			below = p.lines[k].box.Y0
		}
		i = min(i, from)
	}
}

// isNote reports whether a line may be one of a footnote.
func (p *pdfPage) isNote(l *pdfLine, body float32) bool {
	return l.aside == 0 && !l.framed && !l.cells && l.box.Y0 > p.height/4 && (l.size < noteSize*body || l.size < 1.05*body && p.ruleAbove(l, p.height))
}

// startsNote reports whether a line is the first of a footnote: its mark stands
// in the text, is raised, or follows a short line.
func (p *pdfPage) startsNote(l *pdfLine, marks map[string]bool) bool {
	m := noteStart().FindStringSubmatch(l.first())
	return m != nil && (marks[m[1]] || l.raised || p.ruleAbove(l, 2*l.size))
}

// ruleAbove reports whether a short line at the left stands above a line of text,
// no further than a distance.
func (p *pdfPage) ruleAbove(l *pdfLine, distance float32) bool {
	return slices.ContainsFunc(p.rules, func(r Box) bool {
		return r.Y0 < l.box.Y0+2 && r.Y0 > l.box.Y0-distance && r.X0 < p.width/3 && abs(r.X0-l.box.X0) < 2*l.size
	})
}

// bodySize returns the size of most letters of the pages.
func bodySize(pages []pdfPage) float32 {
	count := map[float32]int{}
	for i := range pages {
		for _, l := range pages[i].lines {
			count[round(l.size)] += len(l.text)
		}
	}
	var body float32
	for size, n := range count {
		if n > count[body] || n == count[body] && size < body {
			body = size
		}
	}
	return body
}

// round levels what is a size in points, which files give in fractions.
func round(size float32) float32 { return float32(int(size*4+0.5)) / 4 }

// printed is a page number as it is printed.
type printed struct {
	text   string
	series string // what stands before the number, or "i" for Roman numerals
	value  int
}

var pageNumber = pattern(`^([A-Za-z]{1,3}[-–.])?([0-9]{1,4})$`)

// numbersOf returns what may be the page number in the running lines of a page.
func numbersOf(p *pdfPage) (list []printed) {
	for i := range p.lines {
		l := &p.lines[i]
		if l.aside != 1+int8(Header) && l.aside != 1+int8(Footer) {
			continue
		}
		for _, w := range l.words {
			word := strings.TrimFunc(l.text[w.Start:w.End], func(r rune) bool { return !isAlphanumeric(r) })
			if m := pageNumber().FindStringSubmatch(word); m != nil {
				list = append(list, printed{word, m[1], atoi(m[2])})
			} else if value := romanValue(word); value > 0 {
				list = append(list, printed{word, "i", value})
			}
		}
	}
	return list
}

func atoi(digits string) (n int) {
	for _, c := range digits {
		n = 10*n + int(c-'0')
	}
	return n
}

// romanValue returns the value of a Roman numeral below a hundred, 0 for what is none.
func romanValue(s string) int {
	values := map[rune]int{'i': 1, 'v': 5, 'x': 10, 'l': 50}
	total, before := 0, 0
	for _, c := range strings.ToLower(s) {
		v := values[c]
		if v == 0 {
			return 0
		}
		if total += v; v > before {
			total -= 2 * before
		}
		before = v
	}
	if s == "" || toRoman(total) != strings.ToLower(s) {
		return 0
	}
	return total
}

func toRoman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value int
		text  string
	}{{50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.text)
		}
	}
	return b.String()
}

// labels returns the printed numbers of the pages: of the numbers on a page the
// one that goes on counting over most pages before and behind it; empty where
// there is none.
func labels(pages []pdfPage) []string {
	type count struct {
		series string
		first  int // the value that the first page would have
	}
	on := make([][]printed, len(pages))
	length := make([]map[count]int, len(pages)) // of runs
	for n := range pages {
		on[n] = numbersOf(&pages[n])
		length[n] = map[count]int{}
		for _, c := range on[n] {
			length[n][count{c.series, c.value - n}] = 1
		}
	}
	// A page without its number, as where a chapter starts, doesn't end a run.
	for n := 1; n < len(pages); n++ {
		for c := range length[n] {
			before := length[n-1][c]
			if before == 0 && n > 1 {
				before = length[n-2][c]
			}
			length[n][c] += before
		}
	}
	for n := len(pages) - 2; n >= 0; n-- {
		for c := range length[n] {
			length[n][c] = max(length[n][c], length[n+1][c])
			if n+2 < len(pages) {
				length[n][c] = max(length[n][c], length[n+2][c])
			}
		}
	}
	list := make([]string, len(pages))
	for n := range pages {
		best := 1
		for _, c := range on[n] {
			if l := length[n][count{c.series, c.value - n}]; l > best {
				list[n], best = c.text, l
			}
		}
	}
	return list
}
