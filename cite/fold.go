package cite

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/pia-check/pia-check/document"
)

// folded is a text with everything levelled that typesetting changes and
// meaning doesn't: white space, hyphenation at line ends, ligatures, quotation
// marks, dashes and Unicode forms. Letters, digits and case stay. Every byte
// knows where in the source it comes from.
type folded struct {
	text   string
	source string
	start  []int32 // by byte of text: offset of the source character it comes from
	// broken[i] says that before byte i a hyphen at a line end was dropped; it
	// may have been the word's own.
	broken map[int]bool
	// dashes[i] says that byte i, a hyphen, was a dash between words.
	dashes map[int]bool
}

// fold levels a text, leaving out the asides.
func fold(source string, asides ...document.Aside) *folded {
	f := &folded{source: source}
	var b strings.Builder
	b.Grow(len(source))
	f.start = make([]int32, 0, len(source))
	emit := func(s string, from int) {
		b.WriteString(s)
		for range len(s) {
			f.start = append(f.start, int32(from))
		}
	}
	var scratch []byte
	lastSpace, lastLetter := false, false
	space := func(from int) {
		if !lastSpace {
			emit(" ", from)
		}
		lastSpace, lastLetter = true, false
	}
	for i := 0; i < len(source); {
		if len(asides) > 0 && i >= asides[0].Start {
			if to := asides[0].End; to > i {
				if strings.ContainsAny(source[i:to], "\n\f") { // the mark of a note stands within a line
					space(i)
				}
				i = to
			}
			asides = asides[1:]
			continue
		}
		c := source[i]
		if c < utf8.RuneSelf && c != '-' && c != '`' && c > ' ' && c != 0x7f {
			emit(source[i:i+1], i)
			lastSpace = false
			lastLetter = c|0x20 >= 'a' && c|0x20 <= 'z'
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(source[i:])
		switch {
		case dropped(r):
			if r == '\u00ad' { // a soft hyphen may stand before a line break
				if to := lineBreak(source, asides, i+size); to > 0 && lastLetter && startsWithLetter(source[to:]) {
					size = to - i
				}
			}
		case unicode.IsSpace(r):
			space(i)
		case isHyphen(r):
			if to := lineBreak(source, asides, i+size); to > 0 && lastLetter && startsWithLetter(source[to:]) {
				f.broken = mark(f.broken, b.Len())
				size = to - i
				break
			} else if to > 0 && !lastSpace && startsWithWord(source[to:]) { // "52.224-" and "1"
				size = to - i
			}
			emit("-", i)
			lastSpace, lastLetter = false, false
		default:
			s := punctuation(r)
			if s == "-" {
				f.dashes = mark(f.dashes, b.Len())
			}
			if s == "" {
				scratch = norm.NFKD.AppendString(scratch[:0], source[i:i+size])
				s = string(scratch)
			}
			emit(s, i)
			lastSpace, lastLetter = false, unicode.IsLetter(r)
		}
		i += size
	}
	f.text = b.String()
	return f
}

// mark adds a place to a set, which most texts have no need of.
func mark(places map[int]bool, at int) map[int]bool {
	if places == nil {
		places = map[int]bool{}
	}
	places[at] = true
	return places
}

// level is fold of a quote, whose own offsets nobody asks for.
func level(quote string) string {
	typeset := strings.IndexFunc(quote, func(r rune) bool { return r < ' ' || r >= 0x7f || r == '-' || r == '`' }) >= 0
	if !typeset && !strings.Contains(quote, "  ") {
		return strings.TrimSpace(quote)
	}
	return strings.TrimSpace(fold(quote).text)
}

// dropped reports characters that are not seen: zero-width ones and the soft
// hyphen.
func dropped(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return true
	}
	return r < ' ' && !unicode.IsSpace(r) || r == 0x7f
}

// isHyphen reports the characters that hyphenate words.
func isHyphen(r rune) bool { return r == '-' || r == '\u2010' || r == '\u2011' }

// lineBreak returns the offset of the first character of the next line when
// only blanks and one line end follow offset i, or the end of the page with
// what stands around it, else 0.
func lineBreak(s string, asides []document.Aside, i int) int {
	lines, page := 0, false
	for i < len(s) {
		if len(asides) > 0 && i >= asides[0].Start {
			if asides[0].End > i {
				i, page = asides[0].End, page || asides[0].Kind != document.Markup
			}
			asides = asides[1:]
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\n':
			lines++
		case r == '\f':
			page = true
		case !unicode.IsSpace(r) && !dropped(r):
			if lines == 1 || page {
				return i
			}
			return 0
		}
		i += size
	}
	return 0
}

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

func startsWithWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return wordRune(r)
}

// punctuation levels quotation marks, dashes and the ellipsis; "" for others.
func punctuation(r rune) string {
	switch r {
	case '‘', '’', '‚', '‛', '′', '`', '´', 'ʼ':
		return "'"
	case '“', '”', '„', '‟', '″':
		return `"`
	case '‒', '–', '—', '―', '−', '﹘', '﹣', '－':
		return "-"
	case '…':
		return "..."
	}
	return ""
}

// span returns the source offsets of the folded bytes [i, j).
func (f *folded) span(i, j int) (start, end int) {
	last := int(f.start[j-1])
	_, size := utf8.DecodeRuneInString(f.source[last:])
	return int(f.start[i]), last + size
}

// find returns the folded offsets of a folded quote in the folded bytes from
// offset from up to limit, or ok false. A hyphen of the quote may be one that
// was dropped at a line end, and of a space behind a word's hyphen, as a line end
// leaves it in text that was set anew ("non- technical"), each may know nothing.
func (f *folded) find(quote string, from, limit int) (i, j int, ok bool) {
	if quote == "" {
		return 0, 0, false
	}
	head, _, _ := strings.Cut(quote, "-")
	if head == "" {
		head = quote
	}
	for from <= limit {
		at := strings.Index(f.text[from:limit], head)
		if at < 0 {
			return 0, 0, false
		}
		i = from + at
		if j, ok := f.matchAt(i, quote); ok && j <= limit && f.wholeWords(i, j) {
			return i, j, true
		}
		from = i + 1
	}
	return 0, 0, false
}

// matchAt matches the quote at folded offset i and returns where it ends.
func (f *folded) matchAt(i int, quote string) (j int, ok bool) {
	j = i
	for k := 0; k < len(quote); k++ {
		if j < len(f.text) && f.text[j] == quote[k] {
			j++
			continue
		}
		switch {
		case k == 0:
			return 0, false
		case quote[k] == '-' && f.broken[j]:
			if k+1 < len(quote) && quote[k+1] == ' ' {
				k++
			}
		case f.text[j-1] != '-' || quote[k-1] != '-' || f.dashes[j-1] || !unicode.IsLetter(f.before(j, 2)):
			return 0, false
		case quote[k] == ' ':
		case j < len(f.text) && f.text[j] == ' ':
			j++
			k--
		default:
			return 0, false
		}
	}
	return j, true
}

// wholeWords reports whether the folded bytes [i, j) cut no word or number in
// two: "able" must not be cited out of "unable", "7 years" out of "17 years",
// nor "retained" out of "non-retained".
func (f *folded) wholeWords(i, j int) bool {
	if i > 0 && f.start[i] == f.start[i-1] || j < len(f.start) && f.start[j] == f.start[j-1] {
		return false // within one character of the source, such as an ellipsis
	}
	first, _ := utf8.DecodeRuneInString(f.text[i:j])
	last, _ := utf8.DecodeLastRuneInString(f.text[i:j])
	if wordRune(first) && !f.dashes[i-1] && joins(f.before(i, 1), f.before(i, 2), first) {
		return false
	}
	return !wordRune(last) || f.dashes[j] || !joins(f.after(j, 1), f.after(j, 2), last)
}

// joins reports whether the neighbour of a word's edge belongs to the word:
// directly, or as a hyphen, point or comma with more of the word beyond it.
func joins(neighbour, beyond, edge rune) bool {
	switch {
	case wordRune(neighbour):
		return true
	case neighbour == '-' && unicode.IsLetter(edge):
		return unicode.IsLetter(beyond)
	case neighbour == '.' || neighbour == ',':
		return unicode.IsDigit(edge) && unicode.IsDigit(beyond)
	}
	return false
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// before returns the n-th character before folded offset i, 0 if there is none.
func (f *folded) before(i, n int) rune {
	var r rune
	for range n {
		if i == 0 {
			return 0
		}
		var size int
		r, size = utf8.DecodeLastRuneInString(f.text[:i])
		i -= size
	}
	return r
}

// after returns the n-th character from folded offset j on, 0 if there is none.
func (f *folded) after(j, n int) rune {
	var r rune
	for range n {
		if j >= len(f.text) {
			return 0
		}
		var size int
		r, size = utf8.DecodeRuneInString(f.text[j:])
		j += size
	}
	return r
}
