package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark is what stands before an item of a list.
type mark struct {
	size  int    // in bytes, with the blanks behind it
	style string // what the marks of one list have in common
	ord   int    // the item's place in its list, 0 for bullets
	// alt is the other reading of a mark that is a letter and a Roman numeral;
	// its size is 0 where there is none.
	alt *mark
	// sure says that the mark is one wherever it stands.
	sure bool
}

// The characters that are bullets wherever they start a line, with those that
// symbol fonts have in the place of bullets, and those that are bullets only
// before a blank and where an item can start.
const (
	sureBullets     = "•‣⁃◦●○∙▪▫■□◆◇➢➤►▶✓✔❖☐☑☒\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06e"
	possibleBullets = "-*+–—·o§>"
)

// markOf returns the mark that a line starts with.
func markOf(s string) (m mark, ok bool) {
	r, size := utf8.DecodeRuneInString(s)
	rest := s[size:]
	blanks := func() int { return len(rest) - len(strings.TrimLeftFunc(rest, blank)) }
	switch {
	case strings.ContainsRune(sureBullets, r):
		return mark{size: size + blanks(), style: string(r), sure: true}, true
	case strings.ContainsRune(possibleBullets, r):
		if n := blanks(); n > 0 || rest == "" && r != 'o' && r != '§' && r != '>' {
			return mark{size: size + n, style: string(r)}, true
		}
		return mark{}, false
	}
	open := ""
	if r == '(' {
		open, s = "(", rest
	}
	n := strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if n < 1 || n > 5 || s[n] != ')' && (s[n] != '.' || open != "") {
		return mark{}, false
	}
	body, rest := s[:n], s[n+1:]
	gap := blanks()
	if first, _ := utf8.DecodeRuneInString(rest); gap == 0 && rest != "" && !(s[n] == ')' && unicode.IsUpper(first)) {
		return mark{}, false
	}
	style := open + "?" + s[n:n+1]
	as := func(kind string, ord int) *mark {
		return &mark{size: len(open) + n + 1 + gap, style: strings.Replace(style, "?", kind, 1), ord: ord}
	}
	var readings []*mark
	switch c := body[0]; {
	case c >= '0' && c <= '9':
		ord := 0
		for _, c := range body {
			if c < '0' || c > '9' {
				return mark{}, false
			}
			ord = ord*10 + int(c-'0')
		}
		if ord > 0 && ord < 1000 {
			readings = append(readings, as("1", ord))
		}
	default:
		lower := strings.ToLower(body)
		kind, numeral := "a", "i"
		if body != lower {
			kind, numeral = "A", "I"
			if body != strings.ToUpper(body) {
				return mark{}, false
			}
		}
		if strings.Trim(lower, lower[:1]) == "" && len(lower) <= 2 { // a to z, aa to zz
			readings = append(readings, as(kind, int(lower[0]-'a')+1+26*(len(lower)-1)))
		}
		if n := romanNumber(lower); n > 0 && n < 50 {
			readings = append(readings, as(numeral, n))
		}
	}
	switch len(readings) {
	case 0:
		return mark{}, false
	case 2:
		readings[0].alt = readings[1]
	}
	return *readings[0], true
}

// romanNumber returns the value of a Roman numeral in small letters, 0 for none.
func romanNumber(s string) int {
	value := map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}
	n := 0
	for i := range len(s) {
		v := value[s[i]]
		if v == 0 {
			return 0
		}
		if i+1 < len(s) && v < value[s[i+1]] {
			v = -v
		}
		n += v
	}
	return n
}

// itemList is a list that is being read, inside those before it on the stack.
type itemList struct {
	style  string
	ord    int // of its last item
	indent int32
	item   int // the first sentence of its last item
	intro  int // the sentence that introduces it, -1 for none
}

// after reports whether the mark is the next one of the list.
func (l *itemList) after(m *mark) bool { return l.style == m.style && (m.ord == 0 || m.ord == l.ord+1) }

// begins reports whether the row, which starts with the mark, starts an item;
// it may also be a line of prose that happens to start like one.
func (s *segmenter) begins(m *mark, r row) bool {
	if m.sure || r.before == blankLine || r.cell || len(s.unit) == 0 {
		return true
	}
	for _, l := range s.lists {
		if l.after(m) || m.alt != nil && l.after(m.alt) {
			return true
		}
	}
	last := s.unit[len(s.unit)-1]
	text := strings.TrimRight(s.d.Text[last.start:last.end], closers)
	if end, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune(".?!:;,–—-", end) {
		return true
	}
	switch word := lastWord(text, len(text)); {
	case m.ord > 1 && (word == "and" || word == "or"):
		return true
	case m.ord > 1:
		return false
	case words().Open[word]:
		return false
	}
	return last.width*10 < last.measure*8
}

// enter makes the mark's list the innermost one, opening it where it is new, and
// returns the sentence that introduces its items.
func (s *segmenter) enter(m *mark, r row) (intro int) {
	if m.alt != nil && s.roman(m) {
		m = m.alt
	}
	last := len(s.list) - 1
	fresh := s.interrupted && s.introduces(last) // the sentence before it starts a list of its own
	if !fresh {
		for k := len(s.lists) - 1; k >= 0; k-- {
			l := &s.lists[k]
			if l.style != m.style || m.ord > 0 && m.ord <= l.ord || s.interrupted && (m.ord < 2 || m.ord != l.ord+1) {
				continue
			}
			if m.ord == 0 && r.indent > l.indent+1 && k == len(s.lists)-1 {
				break // bullets of one kind, further in
			}
			if m.ord == 0 && r.indent+1 < l.indent && k > 0 {
				continue // further out
			}
			s.lists = s.lists[:k+1]
			l.ord, l.item, s.interrupted = m.ord, len(s.list), false
			return l.intro
		}
	}
	if s.interrupted {
		s.lists = s.lists[:0]
	}
	intro = -1
	if n := len(s.lists); n > 0 {
		parent := s.lists[n-1]
		switch {
		case s.introduces(last):
			intro = last
		case r.indent > parent.indent:
			intro = parent.item
		default:
			intro = parent.intro
		}
	} else if s.introduces(last) {
		intro = last
	}
	s.lists = append(s.lists, itemList{m.style, m.ord, r.indent, len(s.list), intro})
	s.interrupted = false
	return intro
}

// roman reports whether a mark such as "(i)" is a numeral and no letter.
func (s *segmenter) roman(m *mark) bool {
	for k := len(s.lists) - 1; k >= 0; k-- {
		switch l := &s.lists[k]; {
		case l.after(m.alt):
			return true
		case l.after(m):
			return false
		}
	}
	return m.alt.ord == 1 || m.ord > 1
}

// introductory are words of a sentence that announces a list, whatever it ends
// with.
var introductory = []string{"following", "below", "as follows", "listed", "include", "such as"}

// introduces reports whether the sentence announces the list behind it.
func (s *segmenter) introduces(i int) bool {
	if i < 0 {
		return false
	}
	last := &s.list[i]
	text := strings.TrimRight(last.Text, closers)
	end, _ := utf8.DecodeLastRuneInString(text)
	announces := strings.ContainsRune(":–—", end)
	if announces || last.Kind != Prose {
		return announces && (last.Kind == Prose || last.Kind == Item)
	}
	for _, w := range introductory {
		if strings.Contains(text, w) {
			return true
		}
	}
	return words().Open[lastWord(text, len(text))]
}
