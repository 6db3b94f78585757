package document

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence is one sentence of the document, or what stands for one: a heading,
// a list item, a cell of a table. Text[Start:End] is its source, which may hold
// asides where it runs over a page break. Between sentences stand blanks, the
// marks of lists ("•", "(a)") and of Markdown, and the borders of tables.
type Sentence struct {
	Start, End int
	// Text is the sentence as a person reads it: white space folded, words
	// joined that were hyphenated at line ends, asides left out.
	Text    string
	Kind    SentenceKind
	Section int // index in Sections of the innermost heading above, -1 for none
	// Intro is the index of the sentence that introduces this list item, such
	// as "The system collects:", or of the item whose list this one is in; -1
	// for none. It is stated for the first sentence of an item.
	Intro int
	// Redacted says that a passage of the sentence is withheld.
	Redacted bool
}

// SentenceKind says what a sentence is part of.
type SentenceKind uint8

// The kinds of sentences.
const (
	Prose SentenceKind = iota
	Heading
	Question // of a form, whose answer follows
	Item     // of a list
	Cell     // of a table
	Note     // of a footnote
	Margin   // a running header or footer, or a line of a table of contents
)

type sentencesKey struct{}

// Sentences returns the sentences of the document in order of Start. Apart from
// those of asides inside another they don't overlap. They are found once and
// shared: callers must not change them.
func (d *Document) Sentences() []Sentence {
	return d.Memo(sentencesKey{}, func() any {
		s := &segmenter{d: d}
		s.read(d.rows())
		list := merge(s.list, d.asideSentences())
		for i := range list {
			list[i].Section = d.sectionIndex(list[i].Start)
		}
		d.markRedacted(list)
		return list
	}).([]Sentence)
}

// sectionIndex returns the innermost heading at or above the offset, -1 for
// none.
func (d *Document) sectionIndex(offset int) int {
	return sort.Search(len(d.Sections), func(i int) bool { return d.Sections[i].Start > offset }) - 1
}

// asideSentences returns the sentences of what stands outside the running text.
func (d *Document) asideSentences() []Sentence {
	var list []Sentence
	for _, a := range d.Asides {
		rows := d.rowsOf(a.Start, a.End, nil, nil, nil)
		switch a.Kind {
		case Markup:
		case Footnote:
			list = d.appendSentences(list, rows, Note)
		default:
			for i := range rows {
				list = d.appendSentences(list, rows[i:i+1], Margin)
			}
		}
	}
	return list
}

// appendSentences adds the sentences of a passage. A heading and a line of a
// margin are one.
func (d *Document) appendSentences(list []Sentence, rows []row, kind SentenceKind) []Sentence {
	p := d.readPassage(rows)
	if strings.TrimSpace(p.text) == "" {
		return list
	}
	cuts := []int{len(p.text)}
	if kind != Heading && kind != Margin {
		cuts = p.cuts()
	}
	from := 0
	for _, to := range cuts {
		text := strings.TrimLeft(p.text[from:to], " ")
		at := to - len(text)
		text = strings.TrimRight(text, " ")
		start, end := p.source(at, at+len(text))
		list = append(list, Sentence{Start: start, End: end, Text: text, Kind: kind, Intro: -1})
		from = to
	}
	return list
}

// merge returns the sentences of both lists in order of Start. Only those of
// the first have introductions.
func merge(a, b []Sentence) []Sentence {
	if len(b) == 0 {
		return a
	}
	list := make([]Sentence, 0, len(a)+len(b))
	moved := make([]int, len(a)) // the new index of each of a
	for i, s := range a {
		for len(b) > 0 && b[0].Start < s.Start {
			list, b = append(list, b[0]), b[1:]
		}
		moved[i] = len(list)
		if s.Intro >= 0 {
			s.Intro = moved[s.Intro]
		}
		list = append(list, s)
	}
	return append(list, b...)
}

// markRedacted marks the sentences in which a redaction stands, and those that
// it cuts short.
func (d *Document) markRedacted(list []Sentence) {
	for _, r := range d.Redactions {
		next := sort.Search(len(list), func(i int) bool { return list[i].Start > r.At })
		before, held := next-1, false
		for i := next - 1; i >= 0 && i >= next-maxNested; i-- {
			if r.At <= list[i].End {
				list[i].Redacted = true
				if isOmission(list[i].Text) { // it stands alone, and may cut its neighbours short
					before = i - 1
				} else {
					held = true
				}
			}
		}
		switch {
		case held:
			continue
		case before == next-1 && next < len(list) && !strings.ContainsAny(d.Text[r.At:list[next].Start], lineEnds):
			list[next].Redacted = true // its beginning was taken for the label of an item
			continue
		}
		if before >= 0 && !strings.HasSuffix(strings.TrimRight(list[before].Text, closers), ".") {
			list[before].Redacted = true
		}
		if next < len(list) {
			if first, _ := utf8.DecodeRuneInString(list[next].Text); unicode.IsLower(first) {
				list[next].Redacted = true
			}
		}
	}
}

// maxNested is how many sentences of asides may stand inside another one for a
// redaction before them to be seen.
const maxNested = 64
