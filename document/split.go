package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// passage is running text as a person reads it, with the source of each byte.
type passage struct {
	text string
	from []int32 // offset in the document of each byte of text
}

// source returns the document's offsets of the passage's bytes [i, j).
func (p *passage) source(i, j int) (start, end int) {
	return int(p.from[i]), int(p.from[j-1]) + 1
}

// readPassage reads lines of a document one after the other: white space
// folded, what is not seen dropped, words joined that a line end cuts.
func (d *Document) readPassage(rows []row) *passage {
	size := 0
	for _, r := range rows {
		size += r.end - r.start + 1
	}
	text := make([]byte, 0, size)
	p := &passage{from: make([]int32, 0, size)}
	space := -1 // offset of the white space that is still to be written
	for n, s := range rows {
		end, glued := s.end, false
		if n+1 < len(rows) {
			if glued = rows[n+1].glued; !glued && rows[n+1].before != sameLine {
				end, glued = d.joinWord(s.end, rows[n+1].start)
			}
		}
		for i := s.start; i < end; {
			r, size := utf8.DecodeRuneInString(d.Text[i:end])
			switch {
			case unicode.IsSpace(r):
				if space < 0 {
					space = i
				}
			case unseen(r):
			default:
				if space >= 0 && len(text) > 0 {
					text = append(text, ' ')
					p.from = append(p.from, int32(space))
				}
				space = -1
				for j := i; j < i+size; j++ {
					text = append(text, d.Text[j])
					p.from = append(p.from, int32(j))
				}
			}
			i += size
		}
		if !glued && space < 0 {
			space = end
		}
	}
	p.text = string(text)
	return p
}

const softHyphen = '\u00ad'

// unseen reports characters that are not seen: control characters, zero-width
// ones and the soft hyphen.
func unseen(r rune) bool {
	switch r {
	case softHyphen, '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return true
	}
	return r < ' ' && !unicode.IsSpace(r) || r == 0x7f
}

// joinWord reports whether the line that ends at one offset and the line that
// starts at another share a word, and where the first part of it ends: behind
// its hyphen where that is the word's own.
func (d *Document) joinWord(end, start int) (cut int, joined bool) {
	hyphen, size := utf8.DecodeLastRuneInString(d.Text[:end])
	switch hyphen {
	case '-', '\u2010', '\u2011', softHyphen:
	default:
		return end, false
	}
	cut = end - size
	before, _ := utf8.DecodeLastRuneInString(d.Text[:cut])
	after, _ := utf8.DecodeRuneInString(d.Text[start:])
	switch {
	case !unicode.IsLetter(before) && !unicode.IsDigit(before) || !unicode.IsLetter(after) && !unicode.IsDigit(after):
		return end, false
	case hyphen == softHyphen:
		return cut, true
	case unicode.IsDigit(before) || !unicode.IsLower(after):
		return end, true
	}
	first := lettersBefore(d.Text, cut)
	second := lettersAfter(d.Text, start)
	have := d.vocabulary()
	switch joined, hyphenated := have[first+second], have[first+"-"+second]; {
	case joined != hyphenated:
		if joined {
			return cut, true
		}
		return end, true
	case words().Prefixes[strings.ToLower(first)]:
		return end, true
	}
	return cut, true
}

func lettersBefore(s string, i int) string {
	start := i
	for start > 0 && i-start < maxWord {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if !unicode.IsLetter(r) {
			break
		}
		start -= size
	}
	return s[start:i]
}

func lettersAfter(s string, i int) string {
	end := i
	for end < len(s) && end-i < maxWord {
		r, size := utf8.DecodeRuneInString(s[end:])
		if !unicode.IsLetter(r) {
			break
		}
		end += size
	}
	return s[i:end]
}

type vocabularyKey struct{}

// vocabulary returns the words of the document that no line end cuts, those
// with a hyphen in them too.
func (d *Document) vocabulary() map[string]bool {
	return d.Memo(vocabularyKey{}, func() any {
		have := map[string]bool{}
		inWord := func(r rune) bool { return unicode.IsLetter(r) || r == '-' }
		for line := range strings.Lines(d.Text) {
			for w := range strings.FieldsFuncSeq(line, func(r rune) bool { return !inWord(r) }) {
				if len(w) < maxWord && !strings.HasSuffix(w, "-") {
					have[w] = true
				}
			}
		}
		return have
	}).(map[string]bool)
}

// maxMarks is the longest run of blanks and marks that the Unicode rules are
// asked about: they read ahead over marks, again from each.
const maxMarks = 32

// cuts returns where the sentences of a passage end: at the boundaries of
// Unicode (UAX #29) but for those behind abbreviations, and where the mark of a
// footnote hides one.
func (p *passage) cuts() []int {
	var cuts []int
	from := 0
	end := func(i int) {
		if strings.TrimSpace(p.text[from:i]) != "" {
			cuts = append(cuts, i)
			from = i
		}
	}
	it := sentences.FromString(maskMarks(p.text))
	for it.Next() {
		for i := it.Start(); i < it.End(); {
			j := noteMark(p.text, i, it.End())
			if j < 0 {
				break
			}
			end(j)
			i = j
		}
		at := it.End()
		last := lastWord(p.text, at)
		switch {
		case at < len(p.text) && abbreviated(strings.TrimRight(last, closers), firstWord(p.text, at)):
		case at < len(p.text) && strings.TrimSpace(p.text[from:at]) == last && numbers(last):
		default:
			end(at)
		}
	}
	end(len(p.text))
	return cuts
}

// maskMarks puts letters for what goes beyond a long run of marks.
func maskMarks(text string) string {
	var b []byte
	run := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			run = 0
		} else if run += size; run > maxMarks {
			if b == nil {
				b = []byte(text)
			}
			for j := range size {
				b[i+j] = 'a'
			}
		}
		i += size
	}
	if b == nil {
		return text
	}
	return string(b)
}

// numbers reports whether a word that ends in a point numbers what follows it.
func numbers(word string) bool {
	word = strings.TrimRight(word, ".)")
	return word != "" && len(word) <= 12 && (strings.ContainsAny(word, "0123456789") || len(strings.Trim(word, "(")) <= 1 || roman(word)) &&
		strings.IndexFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

func roman(s string) bool {
	return len(strings.Trim(s, "ivxlc")) == 0 || len(strings.Trim(s, "IVXLC")) == 0
}

// noteMark returns the end of the first mark of a footnote in text[i:end] that
// stands right behind a sentence, as in "are kept.12 The", or -1.
func noteMark(text string, i, end int) int {
	for i < end {
		at := strings.IndexAny(text[i:end], ".?!")
		if at < 0 {
			return -1
		}
		i += at + 1
		j := i
		for j < end && strings.ContainsRune(closers, rune(text[j])) {
			j++
		}
		k := j
		for k < end && k-j < 3 && text[k] >= '0' && text[k] <= '9' {
			k++
		}
		if k == j || k+1 >= len(text) || text[k] != ' ' {
			continue
		}
		word := lastWord(text, i)
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(firstWord(text, k), openers))
		letters := lettersBefore(text, i-1)
		if len(letters) > 1 && letters == strings.ToLower(letters) && unicode.IsUpper(next) && !abbreviated(word, "1") {
			return k + 1
		}
	}
	return -1
}
